"""Elements of the byte layout that the sheet leaves to the ZigBee standard ("Refer to ZigBee spec"): lists of entries
without a count of their own, and what one entry holds.

The structures are those of the ZigBee Cluster Library (Price, Calendar and Events clusters), as far as test messages
show them too; other elements stay as they are. A part of an entry has the subject of its element with ``[*].`` and its
name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gbcscheck.device.gas.values import Hexadecimal, UtcTime

COUNT_MASK = 0x0F
"""The bits of an octet before repeated values that say how many there are."""


class Part(NamedTuple):
    """One part of an entry: its name and its octets, the least significant first; a ``size`` of 0 is a string behind
    the octet of its length. ``counted``: it comes as often as the part before it says in its lower four bits; ``once``:
    it stands before the first entry alone."""

    name: str
    size: int
    shown: type[int] = int
    counted: bool = False
    once: bool = False


class Piece(NamedTuple):
    """A part as it stands in a message: where in the octets of its element, how many octets it takes, and the number
    that it is, or its octets where it is a string."""

    part: Part
    at: int
    size: int
    value: int | bytes


DATE = (Part("year", 1), Part("month", 1), Part("day of month", 1), Part("day of week", 1))
"""A ZigBee date: years since 1900, and 255 for any value of a field."""
START_TIME = "start time"
"""Minutes after midnight."""
ENTRIES: Mapping[str, tuple[Part, ...]] = {
    "Day Schedule Entries": (Part(START_TIME, 2), Part("price tier or friendly credit", 1)),
    "Season Entry": (*DATE, Part("week ID", 1)),
    "Special Day Entry": (*DATE, Part("day ID", 1)),
    "Block Threshold Sub-payload": (
        Part("tier and number of thresholds", 1, Hexadecimal),
        Part("block threshold", 6, counted=True),
    ),
    "Price Matrix Sub-payload": (Part("tier or block", 1, Hexadecimal), Part("price", 4)),
}
"""What one entry of each element holds, by the element's name."""
LOGS: Mapping[str, tuple[Part, ...]] = {
    "Log Payload": (
        Part("log payload control", 1, Hexadecimal, once=True),
        Part("log ID", 1, Hexadecimal),
        Part("event ID", 2, Hexadecimal),
        Part("event time", 4, UtcTime),
        Part("event data", 0),
    ),
}
"""The same of elements with something before the first entry, and strings in their entries."""


def entries_of(parts: tuple[Part, ...], octets: bytes) -> list[list[Piece]] | None:
    """The entries of an element; None where its octets are no whole number of them.

    >>> parts = ENTRIES["Price Matrix Sub-payload"]
    >>> [[piece.value for piece in entry] for entry in entries_of(parts, bytes.fromhex("018025000002D8270000")) or ()]
    [[1, 9600], [2, 10200]]
    >>> entries_of(parts, bytes.fromhex("0180")) is None
    True
    """
    found: list[list[Piece]] = []
    at = 0
    while at < len(octets):
        entry: list[Piece] = []
        for part in parts:
            if part.once and found:
                continue
            last = entry[-1].value if part.counted else 1
            for _ in range(last & COUNT_MASK if isinstance(last, int) else 0):
                size = part.size or 1 + octets[at] if at < len(octets) else 1
                if at + size > len(octets):
                    return None
                raw = octets[at : at + size]
                entry.append(Piece(part, at, size, int.from_bytes(raw, "little") if part.size else raw[1:]))
                at += size
        found.append(entry)
    return found
