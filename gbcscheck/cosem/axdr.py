"""Values of COSEM attributes in A-XDR (Blue Book 4.1.5; IEC 62056-5-3): every one with its place in the octets.

Read with limits on depth, count and length that hold before anything is allocated. A length in more octets than it
takes is read.
"""

from __future__ import annotations

from itertools import repeat
from typing import NamedTuple

from gbcscheck.cosem.errors import OctetsError, left, plural
from gbcscheck.cosem.lengths import read_length

NULL, ARRAY, STRUCTURE, BOOLEAN, BIT_STRING = 0, 1, 2, 3, 4
OCTET_STRING, VISIBLE_STRING, UTF8_STRING, BCD, COMPACT_ARRAY = 9, 10, 12, 13, 19

TAGS = {
    NULL: "null-data",
    ARRAY: "array",
    STRUCTURE: "structure",
    BOOLEAN: "boolean",
    BIT_STRING: "bit-string",
    5: "double-long",
    6: "double-long-unsigned",
    OCTET_STRING: "octet-string",
    VISIBLE_STRING: "visible-string",
    UTF8_STRING: "utf8-string",
    BCD: "bcd",
    15: "integer",
    16: "long",
    17: "unsigned",
    18: "long-unsigned",
    COMPACT_ARRAY: "compact-array",
    20: "long64",
    21: "long64-unsigned",
    22: "enum",
    23: "float32",
    24: "float64",
    25: "date-time",
    26: "date",
    27: "time",
    28: "delta-integer",
    29: "delta-long",
    30: "delta-double-long",
    31: "delta-unsigned",
    32: "delta-long-unsigned",
    33: "delta-double-long-unsigned",
    255: "dont-care",
}
"""Type tags and names (IEC 62056-5-3, Data)."""

NUMBERS = {
    5: (4, True),
    6: (4, False),
    BCD: (1, False),
    15: (1, True),
    16: (2, True),
    17: (1, False),
    18: (2, False),
    20: (8, True),
    21: (8, False),
    22: (1, False),
    28: (1, True),
    29: (2, True),
    30: (4, True),
    31: (1, False),
    32: (2, False),
    33: (4, False),
}
"""Octets of the whole numbers, and whether they have a sign."""
FIXED = {23: 4, 24: 8, 25: 12, 26: 5, 27: 4}
"""Octets of the types that are kept as octets and have a fixed length: floating point, date-time, date, time."""
STRINGS = frozenset((OCTET_STRING, VISIBLE_STRING, UTF8_STRING))
"""Types of which a length and so many octets follow."""
COMPOUND = frozenset((ARRAY, STRUCTURE))
"""Types of which a count and so many values follow."""

DEEPEST = 24
"""Deepest nesting that is read; COSEM objects need five."""
MOST_VALUES = 200_000
"""Most values of one message. The longest profile buffer that GBCS allows has 19,056 entries of four values each."""
MOST_PER_OCTET = 8
"""Most values of one message for each of its octets. Only the members of compact-arrays can take none of their own, and
without this bound a few octets could describe a great many."""


class Bits(NamedTuple):
    """A bit-string: its octets with the most significant bit first, and its length in bits."""

    octets: bytes
    length: int

    def __str__(self) -> str:
        return "".join(f"{octet:08b}" for octet in self.octets)[: self.length]


class Compact(NamedTuple):
    """A compact-array: the octets of its type description, and the members that it describes."""

    description: bytes
    members: tuple[Data, ...]


Value = int | bytes | Bits | Compact | tuple["Data", ...] | None
"""What a value is, by its tag: see ``Data``."""


class Data(NamedTuple):
    """A value. ``offset`` and ``length`` are those of all its octets, tag included where it has one of its own (the
    members of a compact-array have none). ``value`` is by tag: int, Bits, octets, a tuple of Data (array,
    structure), Compact, or None; a boolean is its octet, since any octet but 0 is true."""

    tag: int
    value: Value
    offset: int
    length: int

    @property
    def type_name(self) -> str:
        """Name of the type, as the specifications write it."""
        return TAGS[self.tag]

    @property
    def members(self) -> tuple[Data, ...]:
        """The members of an array, structure or compact-array; none of any other value."""
        if isinstance(self.value, Compact):
            return self.value.members
        return self.value if self.tag in COMPOUND and isinstance(self.value, tuple) else ()


class Budget:
    """How many values may still be read of a message of so many octets."""

    __slots__ = ("left", "most")

    def __init__(self, octets: int) -> None:
        self.left = self.most = min(MOST_VALUES, MOST_PER_OCTET * octets)

    def take(self, count: int, at: int) -> None:
        """Have ``count`` values read at ``at``; OctetsError where they are too many."""
        self.left -= count
        if self.left < 0:
            raise OctetsError(f"more than {self.most:,} values", at)


def read_data(octets: bytes, at: int = 0, end: int | None = None, *, budget: Budget | None = None) -> Data:
    """The value at ``at``; it ends where its own lengths say, at ``offset + length``. OctetsError where it cannot be
    decoded before ``end``. The values of one message share a ``budget``."""
    end = len(octets) if end is None else end
    return _read(octets, at, end, 0, budget or Budget(end - at))


def _read(octets: bytes, at: int, end: int, depth: int, budget: Budget) -> Data:
    if at >= end:
        raise OctetsError("the octets end where a value was expected", at)
    tag = octets[at]
    if tag in COMPOUND:
        return _read_members(octets, at, end, depth, budget)
    if tag == COMPACT_ARRAY:
        return _read_compact(octets, at, end, depth, budget)
    if tag not in TAGS:
        raise OctetsError(f"0x{tag:02X} is no type tag; {_runs(frozenset(TAGS))} was expected", at, tag=tag)
    value, stop = _read_content(octets, at + 1, end, tag)
    return Data(tag, value, at, stop - at)


def _runs(tags: frozenset[int]) -> str:
    """Type tags in few words: ``0x00 to 0x06, 0x09 to 0x0A ... or 0xFF``."""
    firsts = sorted(tag for tag in tags if tag - 1 not in tags)
    lasts = sorted(tag for tag in tags if tag + 1 not in tags)
    runs = [f"0x{a:02X}" if a == b else f"0x{a:02X} to 0x{b:02X}" for a, b in zip(firsts, lasts, strict=True)]
    return f"{', '.join(runs[:-1])} or {runs[-1]}"


def _read_members(octets: bytes, at: int, end: int, depth: int, budget: Budget) -> Data:
    tag = octets[at]
    if depth >= DEEPEST:
        raise OctetsError(f"nested more than {DEEPEST} deep", at, tag=tag)
    count, here = read_length(octets, at + 1, end, tag)
    if count > end - here:
        wanted = f"{TAGS[tag]} of {plural(count, 'member')}"
        raise OctetsError(f"{wanted} was expected, {left(end - here)}", at + 1, tag=tag)
    budget.take(count, at)
    members = []
    for _ in range(count):
        member = _read(octets, here, end, depth + 1, budget)
        members.append(member)
        here = member.offset + member.length
    return Data(tag, tuple(members), at, here - at)


def _read_content(octets: bytes, at: int, end: int, tag: int) -> tuple[Value, int]:
    """A simple value without its tag, and the offset behind it."""
    if tag in NUMBERS:
        size, signed = NUMBERS[tag]
        return int.from_bytes(_take(octets, at, end, size, tag), "big", signed=signed), at + size
    if tag in STRINGS:
        length, start = read_length(octets, at, end, tag)
        if end - start < length:
            raise _short(tag, length, end - start, at)
        return octets[start : start + length], start + length
    if tag == BOOLEAN:
        return _take(octets, at, end, 1, tag)[0], at + 1
    if tag == BIT_STRING:
        length, start = read_length(octets, at, end, tag)
        size = (length + 7) // 8
        if end - start < size:
            raise _short(tag, size, end - start, at)
        return Bits(octets[start : start + size], length), start + size
    if tag in FIXED:
        return _take(octets, at, end, FIXED[tag], tag), at + FIXED[tag]
    return None, at


def _take(octets: bytes, at: int, end: int, size: int, tag: int) -> bytes:
    if end - at < size:
        raise _short(tag, size, end - at, at)
    return octets[at : at + size]


def _short(tag: int, size: int, rest: int, at: int) -> OctetsError:
    return OctetsError(f"{TAGS[tag]} of {plural(size, 'octet')} was expected, {left(rest)}", at, tag=tag)


# --- compact-array ---------------------------------------------------------------------------------------------------

Described = tuple[int, int, tuple["Described", ...]]
"""What a type description says: tag, count of an array's elements, descriptions of the members."""


def _read_compact(octets: bytes, at: int, end: int, depth: int, budget: Budget) -> Data:
    described, here = _read_description(octets, at + 1, end, depth + 1, budget)
    description = octets[at + 1 : here]
    counted = here
    length, here = read_length(octets, counted, end, COMPACT_ARRAY)
    stop = here + length
    if stop > end:
        raise _short(COMPACT_ARRAY, length, end - here, counted)
    members = []
    while here < stop:
        member = _read_described(octets, here, stop, described, budget)
        if not member.length:
            raise OctetsError("a compact-array whose members take no octets has no end", here, tag=COMPACT_ARRAY)
        members.append(member)
        here += member.length
    return Data(COMPACT_ARRAY, Compact(description, tuple(members)), at, stop - at)


def _read_description(octets: bytes, at: int, end: int, depth: int, budget: Budget) -> tuple[Described, int]:
    if depth > DEEPEST:
        raise OctetsError(f"nested more than {DEEPEST} deep", at, tag=COMPACT_ARRAY)
    if at >= end:
        raise OctetsError("the octets end where a type description was expected", at, tag=COMPACT_ARRAY)
    budget.take(1, at)
    tag = octets[at]
    at += 1
    if tag == ARRAY:
        count = int.from_bytes(_take(octets, at, end, 2, ARRAY), "big")
        member, at = _read_description(octets, at + 2, end, depth + 1, budget)
        return (tag, count, (member,)), at
    if tag == STRUCTURE:
        counted = at
        count, at = read_length(octets, at, end, COMPACT_ARRAY)
        if count > end - at:
            wanted = plural(count, "type description")
            raise OctetsError(f"{wanted} expected, {left(end - at)}", counted, tag=COMPACT_ARRAY)
        members = []
        for _ in range(count):
            member, at = _read_description(octets, at, end, depth + 1, budget)
            members.append(member)
        return (tag, count, tuple(members)), at
    if tag not in TAGS or tag == COMPACT_ARRAY:
        wanted = _runs(frozenset(TAGS) - {COMPACT_ARRAY})
        raise OctetsError(f"0x{tag:02X} describes no type; {wanted} was expected", at - 1, tag=COMPACT_ARRAY)
    return (tag, 0, ()), at


def _read_described(octets: bytes, at: int, end: int, described: Described, budget: Budget) -> Data:
    budget.take(1, at)
    tag, count, inner = described
    if tag not in COMPOUND:
        value, stop = _read_content(octets, at, end, tag)
        return Data(tag, value, at, stop - at)
    start, members = at, []
    for one in repeat(inner[0], count) if tag == ARRAY else inner:
        member = _read_described(octets, at, end, one, budget)
        members.append(member)
        at += member.length
    return Data(tag, tuple(members), start, at - start)


# --- writing ---------------------------------------------------------------------------------------------------------
