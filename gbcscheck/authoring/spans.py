"""Which characters of a text an edit replaces: the whole of it, or the one place in it where the old text stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from gbcscheck.frozen import frozen
from gbcscheck.model.repairs import Edit
from gbcscheck.printable import one_line

LONGEST_TOLD = 80
"""Of a text that stands where another was expected, so many characters are told."""


class NotMade(Exception):
    """Why an edit cannot be made; the message is for people and says what stands there."""


@frozen
class Span:
    """Characters of a text, from ``start`` to before ``end``, and what is to stand in their place."""

    start: int
    end: int
    new: str


def spans_of(text: str, edits: Iterable[Edit]) -> tuple[Span, ...]:
    """What the edits of one place replace in its text, in the order of the text.

    An old text that is the whole text but for blanks around it replaces that; one that is a part of it has to stand
    there once, as words of its own. Which blanks, line breaks and dashes it has, and characters that are not seen, do
    not matter. NotMade where it does not stand there, stands there several times, or where two edits would change the
    same characters into different ones.
    """
    found = {Span(*_place(text, edit.old), edit.new) for edit in edits}
    spans = tuple(sorted(found, key=lambda span: (span.start, span.end, span.new)))
    for one, other in pairwise(spans):
        if other.start < one.end or one.start == other.start:
            raise NotMade(
                f"{told(text[one.start : one.end])} would become {told(one.new)} by one edit, "
                f"and {told(text[other.start : other.end])} become {told(other.new)} by another"
            )
    return spans


def with_spans(text: str, spans: Iterable[Span]) -> str:
    """The text with its spans replaced."""
    for span in sorted(spans, key=lambda span: span.start, reverse=True):
        text = text[: span.start] + span.new + text[span.end :]
    return text


def are_alike(text: str, other: str) -> bool:
    """Whether two texts are one but for blanks, dashes and characters that are not seen."""
    return _plain(text)[0] == _plain(other)[0]


def stands_in(text: str, old: str) -> bool:
    """Whether an edit of a text would find its old text there."""
    try:
        _place(text, old)
    except NotMade:
        return False
    return True


def _place(text: str, old: str) -> tuple[int, int]:
    plain, offsets = _plain(text)
    wanted, _ = _plain(old)
    if not plain and not wanted:
        return 0, len(text)
    if not wanted:
        raise NotMade(f"{told(text)} stands there, and nothing was expected")
    if plain == wanted:
        return offsets[0], offsets[-1] + 1
    starts = [at for at in range(len(plain)) if plain.startswith(wanted, at) and _is_whole(plain, at, len(wanted))]
    if len(starts) == 1:
        return offsets[starts[0]], offsets[starts[0] + len(wanted) - 1] + 1
    if starts:
        raise NotMade(f"{told(old)} stands {len(starts)} times in {told(text)}, and once was expected")
    raise NotMade(f"{told(text) if plain else 'nothing'} stands there, and {told(old)} was expected")


def _is_whole(text: str, start: int, length: int) -> bool:
    """Whether no word or number goes on before or behind a part of a text."""
    end = start + length
    before = start > 0 and _goes_on(text[start - 1], text[start])
    behind = end < len(text) and _goes_on(text[end - 1], text[end])
    return not before and not behind


def _goes_on(first: str, second: str) -> bool:
    return (first.isalnum() or first in "_.") and (second.isalnum() or second == "_")


def _plain(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and for each of its characters the offset of that which it comes from: blanks around it
    left out, others each one."""
    signs: list[str] = []
    offsets: list[int] = []
    for offset, sign in enumerate(text):
        plain = _plain_sign(sign)
        if plain and not (plain == " " and (not signs or signs[-1] == " ")):
            signs.append(plain)
            offsets.append(offset)
    if signs and signs[-1] == " ":
        signs.pop()
        offsets.pop()
    return "".join(signs), offsets


def _plain_sign(sign: str) -> str:
    if sign.isspace():
        return " "
    if sign.isascii():
        return sign
    category = unicodedata.category(sign)
    return "" if category == "Cf" else "-" if category == "Pd" or sign == "\u2212" else sign


def told(text: str) -> str:
    """A text in quotes and in one line, cut where it is long."""
    line = one_line(text)
    return f'"{line}"' if len(line) <= LONGEST_TOLD else f'"{line[: LONGEST_TOLD - 1]}…"'
