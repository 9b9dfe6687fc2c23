"""Values in the XML that gurux-dlms writes of COSEM objects, as A-XDR data: every reading that the text allows.

The XML keeps the type of some values (attribute ``Type``, a tag of IEC 62056-5-3) and none of those whose type the
class fixes. It loses the day of the week, hundredths of a second, deviation and clock status of dates and times, and
writes ``*`` for a field that is 0 as for one that is not specified; a deviation that is specified becomes a zone
(``Z``, ``+01:00``), which says nothing where a date or a time stands alone. Where several octets could have been meant
each is a reading (the day of the week is taken as not specified, hundredths as 0 or not specified: no specification of
the field fixes others), and what cannot be told is ``Unclear``.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from gbcscheck.cosem.axdr import (
    ARRAY,
    BIT_STRING,
    BOOLEAN,
    NULL,
    NUMBERS,
    OCTET_STRING,
    STRUCTURE,
    TAGS,
    UTF8_STRING,
    VISIBLE_STRING,
    Bits,
    Data,
)

ENUM, INTEGER, LONG, UNSIGNED, LONG_UNSIGNED, DOUBLE_LONG, DOUBLE_LONG_UNSIGNED = 22, 15, 16, 17, 18, 5, 6
FLOAT32, FLOAT64, DATE_TIME, DATE, TIME = 23, 24, 25, 26, 27
PLAIN_INT = (DOUBLE_LONG, DOUBLE_LONG_UNSIGNED, INTEGER, LONG, UNSIGNED, LONG_UNSIGNED, 20, 21, ENUM)
"""What the type 5 may stand for: gurux-dlms gives it to whole numbers of which it does not know the type."""
MOST_READINGS = 16
MOST_DIGITS = 20
"""Digits of the largest whole number of COSEM (long64-unsigned)."""

_DATE = re.compile(r"(\*|BEGIN|END|\d{1,2})/(\*|LASTDAY2?|\d{1,2})/(\*|\d{4})")
_TIME = re.compile(r"(\*|\d{1,2}):(\*|\d{1,2}):(\*|\d{1,2})")
_ZONE = re.compile(r"([0-9*:/]+)(?:Z|([+-])-?(\d{1,2}):(\d{2}))")
"""What stands before a zone, and the zone. Of zones west of Greenwich gurux-dlms writes the sign twice (``--1:00``)."""
_HEX = re.compile(r"[0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2})*")
_MONTHS = {"END": 0xFD, "BEGIN": 0xFE}
_DAYS = {"LASTDAY2": 0xFD, "LASTDAY": 0xFE}


class Unclear(Exception):
    """A text that cannot be turned into the octets that the meter had; ``faulty`` where it is no value at all."""

    def __init__(self, reason: str, *, faulty: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.faulty = faulty


class Readings(NamedTuple):
    """Every value that a text allows, the likeliest first; never empty."""

    values: tuple[Data, ...]

    @classmethod
    def one(cls, tag: int, value: int | bytes | Bits | None, line: int) -> Readings:
        """A text that allows one value; ``line`` takes the place of its offset."""
        return cls((Data(tag, value, line, 0),))

    def at(self, number: int) -> Data:
        """A reading by its number; the last where there are fewer."""
        return self.values[min(number, len(self.values) - 1)]


def compound(tag: int, members: Sequence[Readings], line: int) -> Readings:
    """An array or a structure. Its readings take those of its members side by side: each value is judged by itself."""
    count = max((len(member.values) for member in members), default=1)
    return Readings(tuple(Data(tag, tuple(m.at(n) for m in members), line, 0) for n in range(count)))


# --- simple values ---------------------------------------------------------------------------------------------------


def number(text: str, tag: int, line: int) -> Readings:
    """A whole number of a type."""
    size, signed = NUMBERS[tag]
    if not re.fullmatch(r"-?\d{1,20}", text):
        raise Unclear(f'"{text[:40]}" is no whole number', faulty=True)
    found = int(text)
    low, high = (-(1 << 8 * size - 1), (1 << 8 * size - 1) - 1) if signed else (0, (1 << 8 * size) - 1)
    if not low <= found <= high:
        raise Unclear(f"{found} does not fit into {TAGS[tag]}", faulty=True)
    return Readings.one(tag, found, line)


def scaled(text: str, tag: int, scaler: Decimal, line: int) -> Readings:
    """A number of a register, which gurux-dlms writes multiplied by the register's scaler."""
    try:
        whole = Decimal(text) / scaler
    except ArithmeticError:
        raise Unclear(f'"{text[:40]}" is no number', faulty=True) from None
    if not whole.is_finite() or whole.adjusted() > MOST_DIGITS:
        raise Unclear(f'"{text[:40]}" is no number that a type can hold', faulty=True)
    if whole != whole.to_integral_value():
        raise Unclear(f"{text} is no whole multiple of the scaler {scaler}")
    return number(str(int(whole)), tag, line)


def boolean(text: str, line: int) -> Readings:
    """``1`` or ``0``."""
    if text not in ("0", "1"):
        raise Unclear(f'"{text[:40]}" is neither 0 nor 1', faulty=True)
    return Readings.one(BOOLEAN, int(text), line)


def bit_string(text: str, line: int) -> Readings:
    """Binary digits, the first bit first."""
    if text.strip("01"):
        raise Unclear(f'"{text[:40]}" is no row of bits', faulty=True)
    octets = bytes(int(text[at : at + 8].ljust(8, "0"), 2) for at in range(0, len(text), 8))
    return Readings.one(BIT_STRING, Bits(octets, len(text)), line)


def weekdays(text: str, line: int) -> Readings:
    """The days of a week as one number, Monday worth 1, Sunday 64; 0 is also what no bits at all become."""
    if not _is_octet(text) or int(text) > 127:
        raise Unclear(f'"{text[:40]}" is no week', faulty=True)
    week = "".join("1" if int(text) >> day & 1 else "0" for day in range(7))
    found = bit_string(week, line)
    return found if int(text) else Readings((*found.values, *bit_string("", line).values))


def octet_string(text: str, line: int, tag: int = OCTET_STRING) -> Readings:
    """Hexadecimal pairs with blanks between."""
    if text and not _HEX.fullmatch(text):
        raise Unclear(f'"{text[:40]}" is not written as hexadecimal octets')
    return Readings.one(tag, bytes.fromhex(text), line)


def logical_name(text: str, line: int) -> Readings:
    """Six numbers with points between."""
    return Readings.one(OCTET_STRING, octets_of_name(text), line)


def octets_of_name(text: str) -> bytes:
    """The six octets of a logical name; Unclear for any other text."""
    fields = text.split(".")
    if len(fields) != 6 or not all(_is_octet(field) for field in fields):
        raise Unclear(f'"{text[:40]}" is no logical name', faulty=True)
    return bytes(int(field) for field in fields)


def typed(text: str, type_: str, shown_type: str, line: int) -> Readings:
    """A simple value of the type that the XML states. ``shown_type`` is the type as which it is written, if another."""
    tag = int(type_) if _is_octet(type_) else -1
    if tag not in TAGS or tag in (ARRAY, STRUCTURE):
        raise Unclear(f"the type {type_[:20]} is none that holds a simple value", faulty=True)
    if tag == NULL:
        return Readings.one(NULL, None, line)
    if tag == DOUBLE_LONG and not shown_type:
        return _plain_int(text, line)
    if tag in NUMBERS:
        if shown_type:
            raise Unclear("written with the scaler of its object, which is not at hand")
        return number(text, tag, line)
    if tag == BOOLEAN:
        return boolean(text, line)
    if tag == BIT_STRING:
        return bit_string(text, line)
    if tag in (OCTET_STRING, UTF8_STRING):
        return octet_string(text, line, tag)
    if tag == VISIBLE_STRING:
        return Readings.one(tag, text.encode("utf-8"), line)
    if tag in (FLOAT32, FLOAT64):
        return _floating(text, tag, line)
    if tag in (DATE_TIME, DATE, TIME):
        return {DATE_TIME: date_time, DATE: date, TIME: time}[tag](text, line, tag)
    raise Unclear(f"how the type {TAGS[tag]} is written is not known")


def _is_octet(text: str) -> bool:
    return len(text) <= 3 and text.isdecimal() and int(text) < 256


def _plain_int(text: str, line: int) -> Readings:
    found: list[Data] = []
    for tag in PLAIN_INT:
        try:
            found.extend(number(text, tag, line).values)
        except Unclear:
            continue
    return Readings(tuple(found)) if found else number(text, DOUBLE_LONG, line)


def _floating(text: str, tag: int, line: int) -> Readings:
    try:
        return Readings.one(tag, struct.pack(">f" if tag == FLOAT32 else ">d", float(text)), line)
    except (ValueError, OverflowError):
        raise Unclear(f'"{text[:40]}" is no floating-point number', faulty=True) from None


# --- dates and times -------------------------------------------------------------------------------------------------


def date(text: str, line: int, tag: int = OCTET_STRING) -> Readings:
    """``12/25/*``: month, day, year. The day of the week is lost."""
    return _dated(_dates(_without_zone(text.strip())[0]), tag, line)


def time(text: str, line: int, tag: int = OCTET_STRING) -> Readings:
    """``17:00:00``. Hundredths are lost."""
    return _dated(_times(_without_zone(text.strip())[0]), tag, line)


def date_time(text: str, line: int, tag: int = OCTET_STRING) -> Readings:
    """``02/14/2022 17:34:51``, perhaps with a zone. The clock status is lost, too, and without a zone the deviation."""
    day, _, clock = text.strip().partition(" ")
    clock, deviation = _without_zone(clock.strip())
    tails: tuple[bytes, ...] = (b"\x80\x00\xff", b"\x00\x00\x00", b"\x80\x00\x00")
    if deviation is not None:
        tails = tuple(deviation.to_bytes(2, "big", signed=True) + status for status in (b"\x00", b"\xff", b"\x80"))
    whole = [d + t + tail for tail in tails for d, t in product(_dates(day), _times(clock))]
    return _dated(whole, tag, line)


def moment(text: str, line: int) -> Readings:
    """``12/25/* 16:32:48`` of a list of execution times: a structure of time and date (class 22)."""
    day, _, clock = text.strip().partition(" ")
    return compound(STRUCTURE, (time(clock, line), date(day, line)), line)


def _without_zone(text: str) -> tuple[str, int | None]:
    """A text without the zone at its end, and the deviation in minutes that the zone stands for (local time to UTC)."""
    match = _ZONE.fullmatch(text)
    if match is None:
        return text, None
    clock, sign, hours, minutes = match.groups()
    if sign is None:
        return clock, 0
    away = int(hours) * 60 + int(minutes)
    return clock, away if sign == "-" else -away


def _dated(octets: Sequence[bytes], tag: int, line: int) -> Readings:
    unique = tuple(dict.fromkeys(octets))[:MOST_READINGS]
    return Readings(tuple(Data(tag, one, line, 0) for one in unique))


def _dates(text: str) -> list[bytes]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise Unclear(f'"{text[:40]}" is no date as gurux-dlms writes it')
    months = [_MONTHS[match[1]]] if match[1] in _MONTHS else _field(match[1])
    days = [_DAYS[match[2]]] if match[2] in _DAYS else _field(match[2])
    years = [0xFFFF, 0] if match[3] == "*" else [int(match[3])]
    return [y.to_bytes(2, "big") + bytes((m, d, 0xFF)) for y, m, d in product(years, months, days)]


def _times(text: str) -> list[bytes]:
    match = _TIME.fullmatch(text)
    if match is None:
        raise Unclear(f'"{text[:40]}" is no time as gurux-dlms writes it')
    fields = bytes(0xFF if field == "*" else int(field) for field in match.groups())
    return [fields + b"\x00", fields + b"\xff"]


def _field(text: str) -> list[int]:
    return [0xFF, 0] if text == "*" else [int(text)]
