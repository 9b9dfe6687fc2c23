"""The order of versions as documents state them: ``4.9`` before ``4.10``, ``v4.3 draft 2`` before ``4.3``."""

from __future__ import annotations

import re
from functools import lru_cache

from gbcscheck.frozen import frozen

STAGES = ("alpha", "beta", "rc")
"""What stands before a version, in this order; ``draft`` does too, and has no order with these."""
DRAFT = "draft"

_VERSION = re.compile(
    r"(?:(?:version|issue|edition|v)[ .]*)?"
    r"(?P<numbers>[0-9]{1,9}(?:\.[0-9]{1,9}){0,9})"
    r"(?P<letter>[a-z])?"
    r"(?:[ ._(-]*(?P<stage>draft|alpha|beta|rc)(?:[ ._-]*(?P<count>[0-9]{1,9}(?:\.[0-9]{1,9}){0,9}))?\)?)?"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_LONGEST = 100
"""Characters; no version is longer, and of a longer text none is read."""


@frozen
class _Version:
    """A version in parts: what kind of text it is, its numbers without zeros at the end, a letter (``5.3a`` is after
    ``5.3``), and the stage before it with a number; both empty of the version itself."""

    kind: str
    numbers: tuple[int, ...]
    letter: str = ""
    stage: str = ""
    count: tuple[int, ...] = ()


def compare_versions(one: str, other: str) -> int | None:
    """-1, 0 or 1 where a version stands before another, is the same in other words, or after it; None where they have
    no order: a text without a number, a date against a number, a draft against a release candidate, ``5.3a`` against
    ``5.3.1``."""
    if one == other:
        return 0
    left, right = _parsed(one), _parsed(other)
    if left is None or right is None or left.kind != right.kind:
        return None
    first, second = (left.numbers, left.letter), (right.numbers, right.letter)
    if first != second:
        shorter, longer = sorted((left, right), key=lambda version: len(version.numbers))
        if shorter.letter and shorter.numbers == longer.numbers[: len(shorter.numbers)] != longer.numbers:
            return None
        return -1 if first < second else 1
    if left.stage != right.stage:
        if not left.stage or not right.stage:
            return -1 if left.stage else 1
        if DRAFT in (left.stage, right.stage):
            return None
        return -1 if STAGES.index(left.stage) < STAGES.index(right.stage) else 1
    return (left.count > right.count) - (left.count < right.count)


def is_later(one: str, other: str) -> bool:
    """Whether a version stands after another for certain."""
    return compare_versions(one, other) == 1


def latest(versions: list[str]) -> str | None:
    """The version that no other one is after; None where there is none, or some have no order with it."""
    for version in versions:
        if all(compare_versions(version, other) in (0, 1) for other in versions):
            return version
    return None


@lru_cache(maxsize=4096)
def _parsed(text: str) -> _Version | None:
    words = " ".join(text.split()).casefold()
    if len(words) > _LONGEST:
        return None
    if _DATE.fullmatch(words):
        numbers = tuple(map(int, words.split("-")))
        return _Version("day" if len(numbers) == 3 else "month", numbers)
    found = _VERSION.fullmatch(words)
    if found is None:
        return None
    numbers, count = _numbers(found["numbers"]), _numbers(found["count"] or "")
    return _Version("numbers", numbers, found["letter"] or "", found["stage"] or "", count)


def _numbers(text: str) -> tuple[int, ...]:
    numbers = [int(number) for number in text.split(".")] if text else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
