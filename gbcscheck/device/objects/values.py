"""Values in the XML that gurux-dlms writes of COSEM objects, as A-XDR data: every reading that the text allows.

The XML keeps the type of some values (attribute ``Type``, a tag of IEC 62056-5-3) and none of those whose type the
class fixes. Where several octets could have been meant each is a reading, and ``lost`` says what the text does not
hold; what cannot be told at all is ``Unclear``. What becomes of dates and times stands in ``instants``.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Sequence
from decimal import Decimal
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
from gbcscheck.device.objects.instants import (
    Candidates,
    date_candidates,
    date_time_candidates,
    time_candidates,
)
from gbcscheck.device.objects.unclear import Unclear

ENUM, INTEGER, LONG, UNSIGNED, LONG_UNSIGNED, DOUBLE_LONG, DOUBLE_LONG_UNSIGNED = 22, 15, 16, 17, 18, 5, 6
FLOAT32, FLOAT64, DATE_TIME, DATE, TIME = 23, 24, 25, 26, 27
PLAIN_INT = (DOUBLE_LONG, DOUBLE_LONG_UNSIGNED, INTEGER, LONG, UNSIGNED, LONG_UNSIGNED, 20, 21, ENUM)
"""What the type 5 may stand for: gurux-dlms gives it to whole numbers of which it does not know the type."""
MOST_DIGITS = 20
"""Digits of the largest whole number of COSEM (long64-unsigned)."""
MOST_BITS = 64
"""Of a week; a number is not longer."""
_HEX = re.compile(r"[0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2})*")
_TRUTHS = {"1": 1, "true": 1, "0": 0, "false": 0}
_ROUNDING = Decimal(2) ** -51
"""How far a number times a power of ten may be off, as a part of itself, once both were floating-point numbers."""
TYPE_LOST, BITS_LOST, DIGITS_LOST = "type", "number of bits", "last digits"


class Readings(NamedTuple):
    """Every value that a text allows, the likeliest first; never empty. ``lost`` names what the text does not hold."""

    values: tuple[Data, ...]
    lost: tuple[str, ...] = ()

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
    lost = tuple(dict.fromkeys(one for member in members for one in member.lost))
    return Readings(tuple(Data(tag, tuple(m.at(n) for m in members), line, 0) for n in range(count)), lost)


# --- simple values ---------------------------------------------------------------------------------------------------


def number(text: str, tag: int, line: int) -> Readings:
    """A whole number of a type."""
    if not re.fullmatch(r"-?\d{1,20}", text):
        raise Unclear(f'"{text[:40]}" is no whole number', faulty=True)
    found = int(text)
    low, high = _limits(tag)
    if not low <= found <= high:
        raise Unclear(f"{found} does not fit into {TAGS[tag]}", faulty=True)
    return Readings.one(tag, found, line)


def _limits(tag: int) -> tuple[int, int]:
    size, signed = NUMBERS[tag]
    return (-(1 << 8 * size - 1), (1 << 8 * size - 1) - 1) if signed else (0, (1 << 8 * size) - 1)


def scaled(text: str, tag: int, scaler: Decimal, line: int) -> Readings:
    """A number of a register, which gurux-dlms writes multiplied by the register's scaler: as a floating-point number,
    so that 5321 at -5 is written ``0.05321000000000001``, and a number of more than 15 digits is one of several."""
    try:
        whole = Decimal(text) / scaler
    except ArithmeticError:
        raise Unclear(f'"{text[:40]}" is no number', faulty=True) from None
    if not whole.is_finite() or whole.adjusted() > MOST_DIGITS:
        raise Unclear(f'"{text[:40]}" is no number that a type can hold', faulty=True)
    off, (low, high) = abs(whole) * _ROUNDING, _limits(tag)
    least, most = math.ceil(whole - off), math.floor(whole + off)
    if least > most:
        raise Unclear(f"{text} is no whole multiple of the scaler {scaler}")
    least, most = max(least, low), min(most, high)
    if least > most:
        raise Unclear(f"{whole:f} does not fit into {TAGS[tag]}", faulty=True)
    nearest = min(max(round(whole), least), most)
    found = dict.fromkeys((nearest, least, most))
    return Readings(tuple(Data(tag, one, line, 0) for one in found), (DIGITS_LOST,) if len(found) > 1 else ())


def boolean(text: str, line: int) -> Readings:
    """``1`` or ``0``; the .NET library writes ``True`` or ``False``."""
    truth = _TRUTHS.get(text.strip().lower())
    if truth is None:
        raise Unclear(f'"{text[:40]}" is neither 0 nor 1', faulty=True)
    return Readings.one(BOOLEAN, truth, line)


def bit_string(text: str, line: int) -> Readings:
    """Binary digits, the first bit first."""
    if text.strip("01"):
        raise Unclear(f'"{text[:40]}" is no row of bits', faulty=True)
    octets = bytes(int(text[at : at + 8].ljust(8, "0"), 2) for at in range(0, len(text), 8))
    return Readings.one(BIT_STRING, Bits(octets, len(text)), line)


def weekdays(text: str, line: int) -> Readings:
    """The days of a week as one number, the first bit (Monday) worth 1. How many bits there were is lost: seven, as
    class 10 has them, or as few more as the number needs; 0 is also what no bits at all become."""
    if len(text) > MOST_DIGITS or not text.isdecimal() or int(text) >= 1 << MOST_BITS:
        raise Unclear(f'"{text[:40]}" is no week', faulty=True)
    days = int(text)
    week = "".join("1" if days >> day & 1 else "0" for day in range(max(7, days.bit_length())))
    found = bit_string(week, line).values
    return Readings(found if days else (*found, *bit_string("", line).values), (BITS_LOST,))


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
    if tag == OCTET_STRING and shown_type in _SHOWN_AS:
        return _SHOWN_AS[shown_type](text, line)
    if tag in (OCTET_STRING, UTF8_STRING):
        return octet_string(text, line, tag)
    if tag == VISIBLE_STRING:
        return Readings.one(tag, text.encode("utf-8"), line)
    if tag in (FLOAT32, FLOAT64):
        return _floating(text, tag, line)
    if str(tag) in _SHOWN_AS:
        return _SHOWN_AS[str(tag)](text, line, tag)
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
    return Readings(tuple(found), (TYPE_LOST,)) if found else number(text, DOUBLE_LONG, line)


def _floating(text: str, tag: int, line: int) -> Readings:
    try:
        return Readings.one(tag, struct.pack(">f" if tag == FLOAT32 else ">d", float(text)), line)
    except (ValueError, OverflowError):
        raise Unclear(f'"{text[:40]}" is no floating-point number', faulty=True) from None


# --- dates and times -------------------------------------------------------------------------------------------------


def date(text: str, line: int, tag: int = OCTET_STRING) -> Readings:
    """``12/25/*``: month, day, year."""
    return _instants(date_candidates(text), tag, line)


def time(text: str, line: int, tag: int = OCTET_STRING) -> Readings:
    """``17:00:00``."""
    return _instants(time_candidates(text), tag, line)


def date_time(text: str, line: int, tag: int = OCTET_STRING) -> Readings:
    """``02/14/2022 17:34:51``, perhaps with a zone."""
    return _instants(date_time_candidates(text), tag, line)


_SHOWN_AS = {str(DATE_TIME): date_time, str(DATE): date, str(TIME): time}
"""Types of dates and times, by which octets too may be written."""


def moment(text: str, line: int) -> Readings:
    """``12/25/* 16:32:48`` of a list of execution times: a structure of time and date (class 22)."""
    day, _, clock = text.strip().partition(" ")
    days = _instants(date_candidates(day, every_field="*" not in text), OCTET_STRING, line)
    return compound(STRUCTURE, (time(clock, line), days), line)


def _instants(found: Candidates, tag: int, line: int) -> Readings:
    return Readings(tuple(Data(tag, one, line, 0) for one in found.octets), found.lost)
