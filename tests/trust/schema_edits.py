"""Edits of one line of a schema, as people make them by mistake; each gives the new line, or None where it has nothing
to change. No edit adds or takes away a line, so that every other declaration stays where it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from cell_edits import misspelt

LineEdit = Callable[[str, Random], "str | None"]
Ends = tuple["float | None", "float | None"]
"""The least and the greatest of some numbers, None of which nothing is said."""
INFINITY = float("inf")

_LARGER = {
    "xs:unsignedByte": "xs:unsignedShort",
    "xs:unsignedShort": "xs:unsignedInt",
    "xs:unsignedInt": "xs:unsignedLong",
    "xs:byte": "xs:short",
    "xs:short": "xs:int",
    "xs:int": "xs:long",
    "xs:positiveInteger": "xs:nonNegativeInteger",
    "xs:nonNegativeInteger": "xs:integer",
}
_SMALLER = {large: small for small, large in _LARGER.items()}
_SIGNED = {
    "xs:unsignedInt": "xs:int",
    "xs:unsignedShort": "xs:short",
    "xs:unsignedByte": "xs:byte",
    "xs:int": "xs:unsignedInt",
}
_OTHER = {
    "xs:unsignedInt": "xs:dateTime",
    "xs:unsignedShort": "xs:time",
    "xs:int": "xs:date",
    "xs:time": "xs:unsignedInt",
    "xs:dateTime": "xs:boolean",
    "xs:date": "xs:dateTime",
    "xs:boolean": "xs:dateTime",
    "xs:decimal": "xs:dateTime",
}


def greater_maximum(line: str, rng: Random) -> str | None:
    """The greatest value has a digit more before its point."""
    return _facet(line, "maxInclusive", lambda value: f"9{value}" if value[0].isdigit() else None)


def smaller_maximum(line: str, rng: Random) -> str | None:
    """The greatest value has lost its first digit, or is nine tenths."""
    return _facet(line, "maxInclusive", lambda value: value[1:].lstrip("0") if value[1:].strip("0.") else None)


def smaller_minimum(line: str, rng: Random) -> str | None:
    """The least value is less than it was."""
    return _facet(
        line, "minInclusive", lambda value: str(int(value) - 1 - rng.randrange(99)) if _is_whole(value) else None
    )


def greater_minimum(line: str, rng: Random) -> str | None:
    """The least value is one more."""
    return _facet(line, "minInclusive", lambda value: str(int(value) + 1) if _is_whole(value) else None)


def longer(line: str, rng: Random) -> str | None:
    """A text may be longer than it was."""
    return _facet(line, "maxLength", lambda value: str(int(value) + 1 + rng.randrange(9)))


def shorter(line: str, rng: Random) -> str | None:
    """A text has to be shorter than it was."""
    return _facet(line, "maxLength", lambda value: str(int(value) - 1) if int(value) > 1 else None)


def finer(line: str, rng: Random) -> str | None:
    """A decimal has a digit more behind its point."""
    return _facet(line, "fractionDigits", lambda value: str(int(value) + 1))


def coarser(line: str, rng: Random) -> str | None:
    """A decimal has a digit less behind its point."""
    return _facet(line, "fractionDigits", lambda value: str(int(value) - 1) if int(value) else None)


def member_gone(line: str, rng: Random) -> str | None:
    """A member of an enumeration is gone."""
    return _end_of(line) if re.search(r"<xs:enumeration\b[^>]*/>", line) else None


def member_added(line: str, rng: Random) -> str | None:
    """An enumeration has a member more, named much like another."""
    match = re.search(r'(<xs:enumeration\b[^>]*value=")([^"]+)("[^>]*/>)', line)
    return f"{line[: match.end()]}{match[1]}{match[2]}2{match[3]}{line[match.end() :]}" if match else None


def member_misspelt(line: str, rng: Random) -> str | None:
    """A member of an enumeration has lost a letter."""
    return _facet(line, "enumeration", lambda value: misspelt(value, rng))


def larger_type(line: str, rng: Random) -> str | None:
    """An element has the next larger type of numbers."""
    return _retyped(line, _LARGER)


def smaller_type(line: str, rng: Random) -> str | None:
    """An element has the next smaller type of numbers."""
    return _retyped(line, _SMALLER)


def other_sign(line: str, rng: Random) -> str | None:
    """What cannot be negative may be, or the other way round."""
    return _retyped(line, _SIGNED)


def other_type(line: str, rng: Random) -> str | None:
    """An element has a type of another kind."""
    return _retyped(line, _OTHER)


def optional(line: str, rng: Random) -> str | None:
    """An element that has to be there need not be."""
    if "minOccurs" in line or not re.search(r'<xs:element name="\w+" type="[^"]+"', line):
        return None
    return line.replace("<xs:element ", '<xs:element minOccurs="0" ', 1)


def mandatory(line: str, rng: Random) -> str | None:
    """An element that need not be there has to be."""
    return (
        line.replace('minOccurs="0"', 'minOccurs="1"', 1) if 'minOccurs="0"' in line and "<xs:element" in line else None
    )


def more_often(line: str, rng: Random) -> str | None:
    """An element may come more often."""
    match = re.search(r'<xs:element[^>]*maxOccurs="(\d+)"', line)
    return f"{line[: match.start(1)]}{int(match[1]) + 1}{line[match.end(1) :]}" if match else None


def element_gone(line: str, rng: Random) -> str | None:
    """An element is not there any more."""
    return _end_of(line) if re.fullmatch(r'\s*<xs:element name="\w+"[^<>]*/>\s*', line) else None


def element_misspelt(line: str, rng: Random) -> str | None:
    """An element is called otherwise."""
    match = re.search(r'<xs:element\b[^>]*\bname="(\w+)"', line)
    new = misspelt(match[1], rng) if match else None
    return f"{line[: match.start(1)]}{new}{line[match.end(1) :]}" if match and new else None


def fixed(line: str, rng: Random) -> str | None:
    """An element that may have any number of its type has one alone."""
    match = re.search(r'<xs:element name="\w+" type="xs:(?:unsigned\w+|int)"', line)
    return f'{line[: match.end()]} fixed="{rng.randrange(2, 90)}"{line[match.end() :]}' if match else None


def type_of_nothing(line: str, rng: Random) -> str | None:
    """A type is named that nobody declares."""
    match = re.search(r'type="(?:sr|ra):(\w+)"', line)
    new = misspelt(match[1], rng) if match else None
    return f"{line[: match.start(1)]}{new}{line[match.end(1) :]}" if match and new else None


_ENDS: dict[str, tuple[float, float]] = {
    "xs:unsignedByte": (0, 2**8 - 1),
    "xs:unsignedShort": (0, 2**16 - 1),
    "xs:unsignedInt": (0, 2**32 - 1),
    "xs:unsignedLong": (0, 2**64 - 1),
    "xs:byte": (-(2**7), 2**7 - 1),
    "xs:short": (-(2**15), 2**15 - 1),
    "xs:int": (-(2**31), 2**31 - 1),
    "xs:long": (-(2**63), 2**63 - 1),
    "xs:positiveInteger": (1, INFINITY),
    "xs:nonNegativeInteger": (0, INFINITY),
    "xs:integer": (-INFINITY, INFINITY),
}
"""The least and greatest number of a type (XML Schema Part 2, 3.3)."""


def ends(line: str) -> Ends | None:
    """The least and greatest number of which a line speaks, None for the one of which it does not; None of a line that
    speaks of neither, or of a type that is none of whole numbers."""
    match = re.search(r'<xs:(min|max)Inclusive\b[^>]*value="(-?\d+(?:\.\d+)?)"', line)
    if match:
        return (float(match[2]), None) if match[1] == "min" else (None, float(match[2]))
    match = re.search(r'<xs:element\b[^>]*type="(xs:\w+)"', line)
    return _ENDS.get(match[1]) if match else None


def longest(line: str) -> int:
    """How long a text may be, by a line that says it; 0 of any other."""
    match = re.search(r'<xs:maxLength\b[^>]*value="(\d+)"', line)
    return int(match[1]) if match else 0


def most_often(line: str) -> float:
    """How often an element may stand; without a word of it, once."""
    match = re.search(r'maxOccurs="(\d+|unbounded)"', line)
    return 1 if match is None else INFINITY if match[1] == "unbounded" else int(match[1])


def _facet(line: str, name: str, change: Callable[[str], str | None]) -> str | None:
    match = re.search(rf'<xs:{name}\b[^>]*value="([^"]+)"', line)
    new = change(match[1]) if match else None
    return f"{line[: match.start(1)]}{new}{line[match.end(1) :]}" if match and new else None


def _retyped(line: str, types: dict[str, str]) -> str | None:
    match = re.search(r'<xs:element\b[^>]*type="(xs:\w+)"', line)
    new = types.get(match[1]) if match else None
    return f"{line[: match.start(1)]}{new}{line[match.end(1) :]}" if match and new else None


def _is_whole(value: str) -> bool:
    return re.fullmatch(r"-?\d+", value) is not None


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
