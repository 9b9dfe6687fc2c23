"""What of a replaced text is shown as deleted and inserted: whole words, those that differ and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gbcscheck.authoring.spans import Span

_WORDS = re.compile(r"\s+|\S+")


def differing(text: str, span: Span) -> Iterator[Span]:
    """The spans of a text in which what stands and what is to stand differ, by whole words, so that both can be read:
    ``600`` and ``1800``, not ``600`` with ``18`` before the zeros. Texts of as many lines are held line against line.

    >>> [one.new for one in differing("from 0 to 600 s", Span(0, 15, "from 0 to 1800 s"))]
    ['1800']
    """
    old = text[span.start : span.end]
    lines, others = old.split("\n"), span.new.split("\n")
    if len(lines) != len(others):
        lines, others = [old], [span.new]
    start = span.start
    for line, other in zip(lines, others, strict=True):
        if line != other:
            yield _differing(line, other, start)
        start += len(line) + 1


def _differing(old: str, new: str, start: int) -> Span:
    words, others = _WORDS.findall(old), _WORDS.findall(new)
    before = _common(words, others)
    behind = _common(words[before:][::-1], others[before:][::-1])
    while before and _goes_on(words, others, before):
        before -= 1
    while behind and _goes_on(words[::-1], others[::-1], behind):
        behind -= 1
    first = len("".join(words[:before]))
    last = len("".join(words[: len(words) - behind]))
    return Span(start + first, start + last, "".join(others[before : len(others) - behind]))


def _common(words: list[str], others: list[str]) -> int:
    """How many words two texts begin with alike."""
    number = 0
    while number < min(len(words), len(others)) and words[number] == others[number]:
        number += 1
    return number


def _goes_on(words: list[str], others: list[str], kept: int) -> bool:
    """Whether what is kept ends in the middle of something that is read as one: in digits that blanks group."""
    last = next((word for word in reversed(words[:kept]) if word.strip()), "")
    following = [next((word for word in each[kept:] if word.strip()), "") for each in (words, others)]
    return last.isdigit() and any(word[:1].isdigit() for word in following)


def pieces(old: str, new: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Two texts in pieces, each with whether it stands in one of them alone: by whole words, as ``differing``.

    >>> pieces("from 0 to 600 s", "from 0 to 1800 s")[1]
    [('from 0 to ', False), ('1800', True), (' s', False)]
    """
    before: list[tuple[str, bool]] = []
    after: list[tuple[str, bool]] = []
    at = 0
    for span in differing(old, Span(0, len(old), new)):
        kept = old[at : span.start]
        before += [(kept, False), (old[span.start : span.end], True)]
        after += [(kept, False), (span.new, True)]
        at = span.end
    before.append((old[at:], False))
    after.append((old[at:], False))
    return [one for one in before if one[0]], [one for one in after if one[0]]
