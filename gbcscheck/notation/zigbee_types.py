"""The atomic data types of the ZigBee Cluster Library (07-5123, clause 2.6.2): their names, the octet by which a
message says which one a value is of, and what each can hold."""

from __future__ import annotations

from collections.abc import Mapping

from gbcscheck.domains import ANY, Domain, booleans, integers, octets, texts
from gbcscheck.frozen import frozen

LONGEST_STRING = 254
"""The longest string of a length of one octet, in which 0xFF stands for no value."""
LONGEST_LONG_STRING = 65_534
"""The same of a length of two octets."""


@frozen
class AtomicType:
    """A data type by the name that cluster definitions give it (``INT24U``): the octet that stands for it in messages,
    how many octets a value takes (None where that varies), and its values."""

    name: str
    identifier: int
    octets: int | None
    domain: Domain

    @property
    def is_signed(self) -> bool:
        """Whether it is a number with a sign."""
        return self.name.startswith("INT") and self.name.endswith("S")

    @property
    def is_number(self) -> bool:
        """Whether a value is a whole number."""
        return self.name.startswith(("INT", "ENUM", "BITMAP", "DATA", "UTC"))

    @property
    def is_string(self) -> bool:
        """Whether a value is a length and then that many octets or characters."""
        return self.octets is None and "STRING" in self.name

    def number(self, written: str) -> int:
        """The number of an end of a range: a hexadecimal in a signed type is its bit pattern (``0x800001`` of
        INT24S). ValueError for what is no number."""
        value = int(written, 0)
        if self.is_signed and self.octets is not None and written.lower().startswith("0x"):
            size = 1 << 8 * self.octets
            return value - size if size // 2 <= value < size else value
        return value


def _types() -> Mapping[str, AtomicType]:
    widths = range(1, 9)
    found = [AtomicType("NO_DATA", 0x00, 0, ANY), AtomicType("BOOLEAN", 0x10, 1, booleans())]
    for name, first, sizes in (("DATA", 0x08, widths), ("BITMAP", 0x18, widths), ("ENUM", 0x30, (1, 2))):
        found += [_whole(f"{name}{8 * size}", first + size - 1, size) for size in sizes]
    found += [_whole(f"INT{8 * size}U", 0x20 + size - 1, size) for size in widths]
    for size in widths:
        half = 1 << 8 * size - 1
        found.append(AtomicType(f"INT{8 * size}S", 0x28 + size - 1, size, integers(-half, half - 1)))
    found += [
        AtomicType("OCTET_STRING", 0x41, None, octets(0, LONGEST_STRING)),
        AtomicType("CHAR_STRING", 0x42, None, texts(0, LONGEST_STRING)),
        AtomicType("LONG_OCTET_STRING", 0x43, None, octets(0, LONGEST_LONG_STRING)),
        AtomicType("LONG_CHAR_STRING", 0x44, None, texts(0, LONGEST_LONG_STRING)),
        _whole("UTC_TIME", 0xE2, 4),
    ]
    sized = {"FLOAT_SEMI": (0x38, 2), "FLOAT_SINGLE": (0x39, 4), "FLOAT_DOUBLE": (0x3A, 8), "TIME_OF_DAY": (0xE0, 4)}
    sized |= {"DATE": (0xE1, 4), "CLUSTER_ID": (0xE8, 2), "ATTRIBUTE_ID": (0xE9, 2), "BACNET_OID": (0xEA, 4)}
    sized |= {"IEEE_ADDRESS": (0xF0, 8), "SECURITY_KEY": (0xF1, 16)}
    found += [AtomicType(name, number, size, octets(size, size)) for name, (number, size) in sized.items()]
    found += [
        AtomicType(name, 0x48 + at, None, ANY) for name, at in (("ARRAY", 0), ("STRUCT", 4), ("SET", 8), ("BAG", 9))
    ]
    return {one.name: one for one in found}


def _whole(name: str, identifier: int, size: int) -> AtomicType:
    return AtomicType(name, identifier, size, integers(0, (1 << 8 * size) - 1))


ATOMIC: Mapping[str, AtomicType] = _types()
"""Every atomic type by its name in capitals."""
