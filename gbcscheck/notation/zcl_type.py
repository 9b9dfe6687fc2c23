"""Data types of the ZigBee Cluster Library as the GBCS ZCL and GBZ sheets name them: ``UINT24``, ``OCTETSTRING[n]``."""

from __future__ import annotations

import re
from functools import cache

from gbcscheck.domains import ANY, Domain, booleans, integers, octets, octets_of, text_set, texts
from gbcscheck.frozen import frozen
from gbcscheck.notation.grammars import Builders, Refusal, read

LONGEST_STRING = 254
"""The longest octet or character string: its length takes one octet, in which 0xFF stands for no value."""


@frozen
class ZclType:
    """A data type.

    ``name`` is without its count or nibbles; ``octets`` is how many octets a value takes, None where that varies;
    ``signed`` whether the most significant bit is a sign; ``nibbles`` that each half octet has a meaning of its own.
    """

    name: str
    octets: int | None = None
    signed: bool = False
    nibbles: bool = False

    @property
    def is_number(self) -> bool:
        """Whether a value is a whole number: integers, enumerations, bitmaps and UTC times."""
        return self.octets is not None and self.name not in ("Date", "TimeOfDay", "BOOLEAN")

    @property
    def is_string(self) -> bool:
        """Whether a value is a length and then that many octets or characters."""
        return self.name in ("OCTETSTRING", "CHARSTRING")

    def domain(self) -> Domain:
        """The values of the type; everything for structures and types that only the ZigBee standard describes."""
        if self.is_number and self.octets is not None:
            count = 1 << 8 * self.octets
            return integers(-count // 2, count // 2 - 1) if self.signed else integers(0, count - 1)
        if self.name == "BOOLEAN":
            return booleans()
        if self.is_string:
            return self.strings(0, LONGEST_STRING)
        if self.octets is not None:
            return octets(self.octets, self.octets)
        return ANY

    def strings(self, shortest: int, longest: int) -> Domain:
        """The octet or character strings from ``shortest`` to ``longest``, the octet of their length not counted."""
        return texts(shortest, longest) if self.name == "CHARSTRING" else octets(shortest, longest)

    def text(self, content: bytes) -> Domain:
        """One octet or character string. Raises UnicodeDecodeError for octets that are no characters (UTF-8)."""
        return text_set([content.decode()]) if self.name == "CHARSTRING" else octets_of(content)

    def number(self, value: int, written: str = "") -> int:
        """``value`` as the type holds it: a hexadecimal of full width in a signed type is its bit pattern."""
        hexadecimal = re.fullmatch(r"0[xX]([0-9A-Fa-f]+)", written)
        if self.signed and self.octets is not None and hexadecimal and len(hexadecimal[1]) == 2 * self.octets:
            count = 1 << 8 * self.octets
            return value - count if count // 2 <= value < count else value
        return value


@cache
def read_zcl_type(text: str) -> ZclType | None:
    """Read a cell of the column ``data type`` of the ZCL sheet; nothing where it is blank or a dash.

    Raises NotationError.
    """
    if text.strip() in ("", "-", "--"):
        return None
    data_type: ZclType = read("zcl_type", text, _BUILDERS, _WORDS)
    return data_type


def _whole(name: str, nibbles: str = "") -> ZclType:
    width = int(name.lstrip("ABEIMNPTU"))
    if nibbles and not name.startswith("BITMAP"):
        raise Refusal(nibbles, f"only a bitmap has nibbles, not {name}")
    return ZclType(str(name), width // 8, name.startswith("INT"), bool(nibbles))


_BUILDERS: Builders = {
    "whole": _whole,
    "boolean": lambda name: ZclType(str(name), 1),
    "time": lambda name: ZclType("UTCTime" if name.startswith("UTC") else str(name), 4),
    "string": lambda name, _count="": ZclType(str(name)),
    "structure": lambda name, _count="": ZclType(str(name)),
    "external": lambda _: ZclType("ZigBee standard"),
}

_WORDS = {
    "WHOLE": "a data type as UINT24, ENUM8 or BITMAP8",
    "TIME": "'UTCTime', 'Date' or 'TimeOfDay'",
    "STRING": "'OCTETSTRING' or 'CHARSTRING'",
    "COUNT": "'[n]'",
    "EXTERNAL": "'Refer to ZigBee standard'",
}
