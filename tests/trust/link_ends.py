"""Whether the other ends of a link state what an edit of a row changes: told by their texts, apart from the tool.

A link alone makes nothing a second source. An element of type ``xs:integer`` says nothing of how many octets a device
has for the number, and an element of a response says nothing against a row that holds less than it can show.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple


class End(NamedTuple):
    """Another end of a link: its role, its conversion, and the text of its type or of what it permits; or, as
    ``itself``, the part of the row that a link means."""

    role: str
    conversion: str
    part: str
    text: str


ByLink = Callable[[str, str, Sequence[End]], bool]
"""Whether ends state what becomes of an old text a new one."""
Span = tuple[int | None, int | None]

_BITS = {
    "unsigned": 8,
    "long-unsigned": 16,
    "double-long-unsigned": 32,
    "long64-unsigned": 64,
    "integer": -8,
    "long": -16,
    "double-long": -32,
    "long64": -64,
    "xs:unsignedByte": 8,
    "xs:unsignedShort": 16,
    "xs:unsignedInt": 32,
    "xs:unsignedLong": 64,
    "xs:byte": -8,
    "xs:short": -16,
    "xs:int": -32,
    "xs:long": -64,
    **{f"UINT{bits}": bits for bits in (8, 16, 24, 32, 40, 48, 56, 64)},
    **{f"INT{bits}": -bits for bits in (8, 16, 24, 32, 40, 48, 56, 64)},
}
"""Types of whole numbers by their bits, negative where they have a sign."""
_OPEN: dict[str, Span] = {
    "xs:integer": (None, None),
    "xs:decimal": (None, None),
    "xs:nonNegativeInteger": (0, None),
    "xs:positiveInteger": (1, None),
}


def anyhow(old: str, new: str, ends: Sequence[End]) -> bool:
    """A link is enough: what becomes of the text is of another kind than any end has."""
    return bool(ends)


def of_settable(old: str, new: str, ends: Sequence[End]) -> bool:
    """A request lets the value be chosen."""
    return any(end.role == "request" for end in ends)


def of_numbers(old: str, new: str, ends: Sequence[End]) -> bool:
    """A row has the old type; or a request has numbers that the new type lacks, or a time in 32 bits; or a response
    shows all numbers of the old type and not all of the new one."""
    was, is_now = span(old), span(new)
    return any(_is_against(end, old, was, is_now) for end in ends)


def _is_against(end: End, old: str, was: Span | None, is_now: Span | None) -> bool:
    if end.role in ("command", "response"):
        return plain_type(end.text) == plain_type(old)
    if end.conversion.endswith(" to UTCTime"):
        return True
    theirs = span(end.text)
    if theirs is None or was is None or is_now is None:
        return False
    if end.conversion:  # a factor or a difference that this looks at no closer
        return end.role == "request" and None not in theirs
    if end.role == "request":
        return not _within(theirs, is_now) and _within(theirs, was)
    return _within(was, theirs) and not _within(is_now, theirs)


def of_lengths(old: str, new: str, ends: Sequence[End]) -> bool:
    """A row has the old length; or a request has texts that are too long now, or sets a bit that is gone; or the octets
    are those of a date or time, or of an identifier of a fixed length; or a response shows no more than the old."""
    was, is_now = (int((re.findall(r"\((\d+)\)", text) or ["0"])[0]) for text in (old, new))
    for end in ends:
        bit = re.fullmatch(r"bit (\d+)", end.part)
        longest = re.search(r"maxLength (\d+)|text\(\d+\.\.(\d+)\)", end.text)
        most = int(next(filter(None, longest.groups()))) if longest else None
        is_fixed = re.search(r"to (?:date|time|date-time|octets \d+)$|^EUI ", end.conversion)
        if end.role in ("command", "response"):
            found = plain_type(end.text) == plain_type(old)
        elif bit is not None:
            found = int(bit[1]) >= is_now
        elif most is not None and not is_fixed:
            found = most > is_now if end.role == "request" else was <= most < is_now
        else:
            found = is_fixed is not None
        if found:
            return True
    return False


def span(text: str) -> Span | None:
    """The least and the greatest number of a type with its facets, as they are written; None for no numbers."""
    word = plain_type(text.partition(",")[0])
    bits = _BITS.get(word)
    if bits is None and word not in _OPEN:
        return None
    least, most = _OPEN.get(word) or (0 if (bits or 0) > 0 else -(2 ** (-(bits or 0) - 1)), _greatest(bits or 0))
    facets = {name: int(number) for name, number in re.findall(r"(m\w+Inclusive) (-?\d+)", text)}
    return facets.get("minInclusive", least), facets.get("maxInclusive", most)


def _greatest(bits: int) -> int:
    return int(2**bits - 1 if bits > 0 else 2 ** (-bits - 1) - 1)


def _within(inner: Span, outer: Span) -> bool:
    least = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    return least and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))


def plain_type(text: str) -> str:
    """A type without the marks behind it.

    >>> plain_type("double-long-unsigned[[OPTIONAL]]")
    'double-long-unsigned'
    """
    return "".join(re.sub(r"\[\[.*?\]\]", "", text).split())
