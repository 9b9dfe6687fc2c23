"""What octets and bits of dates, times and days of the week mean, in plain words, and the other way round."""

from __future__ import annotations

import re

from gbcscheck.domains.base import Domain, Value
from gbcscheck.domains.bits import BitString, bits_of
from gbcscheck.domains.cosem import (
    DST_BEGIN,
    DST_END,
    LAST_DAY,
    SECOND_LAST_DAY,
    UNSPECIFIED,
    UNSPECIFIED_DEVIATION,
    UNSPECIFIED_YEAR,
    DateTimeValue,
    DateValue,
    TimeValue,
)
from gbcscheck.domains.value_text import print_value

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Bit 0 of a week is Monday (COSEM class 10, exec_weekdays); day of week 1 is Monday (Blue Book 4.1.6.1)."""
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_STATUS_BITS = (
    "invalid",
    "doubtful",
    "another clock base",
    "invalid clock status",
    "reserved bit 4",
    "reserved bit 5",
    "reserved bit 6",
    "summer time",
)
AT_ONCE = DateTimeValue.from_octets(bytes.fromhex("0000000000000000008000FF"))
"""The date-time at which a future-dated command takes effect immediately (GBCS)."""
CANCELLED = DateTimeValue.from_octets(bytes.fromhex("FFFFFFFFFFFFFFFFFF8000FF"))
"""The date-time that cancels a future-dated command (GBCS)."""
NEVER = "3000-12-31T00:00:00"
"""How a service request writes the time of execution that cancels a future-dated command (DUIS): nobody lives to see
it, and its octets are no time."""


def in_words(value: Value) -> str:
    """A COSEM date, time or date-time, or the days of a week (7 bits), in plain words; any other value as written."""
    if isinstance(value, BitString) and len(value.bits) == 7:
        return weekdays_in_words(value.bits)
    if isinstance(value, DateValue):
        return _date_in_words(value)
    if isinstance(value, TimeValue):
        return _time_in_words(value)
    if isinstance(value, DateTimeValue):
        if value in (AT_ONCE, CANCELLED):
            return "at once" if value == AT_ONCE else "cancelled"
        at_once = value.date == AT_ONCE.date and value.time == AT_ONCE.time
        words = "at once" if at_once else f"{_date_in_words(value.date)}, {_time_in_words(value.time)}"
        if value.deviation != UNSPECIFIED_DEVIATION:
            words += f", deviation {value.deviation} min"
        return words if value.status == UNSPECIFIED else f"{words}, clock status 0x{value.status:02X}"
    return print_value(value)


def clock_status_in_words(status: int) -> str:
    """The bits of a clock status by name (Blue Book 4.1.6.1); empty where none is set, or the status is not specified.

    >>> clock_status_in_words(0x81), clock_status_in_words(0xFF)
    ('invalid, summer time', '')
    """
    if status == UNSPECIFIED:
        return ""
    return ", ".join(name for bit, name in enumerate(_STATUS_BITS) if status >> bit & 1)


def weekdays_in_words(week: str) -> str:
    """Seven characters 0 and 1, Monday first, in words.

    >>> weekdays_in_words("1111100"), weekdays_in_words("1010001")
    ('Monday to Friday', 'Monday, Wednesday and Sunday')
    """
    days = [day for day, bit in enumerate(week) if bit == "1"]
    if len(days) in (0, 7):
        return "every day" if days else "no day"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"
    names = [WEEKDAYS[day] for day in days]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _date_in_words(date: DateValue) -> str:
    if date.fields() == (UNSPECIFIED_YEAR, UNSPECIFIED, UNSPECIFIED, UNSPECIFIED):
        return "any date"
    named = 1 <= date.month <= 12
    special = {DST_END: "the month in which summer time ends", DST_BEGIN: "the month in which summer time begins"}
    month = MONTHS[date.month - 1] if named else special.get(date.month, f"month {date.month}")
    plain_year = UNSPECIFIED_YEAR > date.year >= 1000
    if date.month == UNSPECIFIED:
        of_year = f" of {'' if plain_year else 'year '}{date.year}"
        period = "any month" + ("" if date.year == UNSPECIFIED_YEAR else of_year)
    elif date.year == UNSPECIFIED_YEAR:
        period = f"{month} of any year"
    else:
        period = f"{month} {date.year}" if named and plain_year else f"{month} of year {date.year}"
    weekday = WEEKDAYS[date.weekday - 1] if 1 <= date.weekday <= 7 else ""
    if date.weekday != UNSPECIFIED and not weekday and (date.weekday or date.month or date.day):
        weekday = f"day of week {date.weekday}"
    if date.day == UNSPECIFIED:
        return f"every {weekday} of {period}" if weekday else f"{period}, any day"
    if date.day in (LAST_DAY, SECOND_LAST_DAY):
        words = f"the {'last' if date.day == LAST_DAY else 'second last'} {weekday or 'day'} of {period}"
        weekday = ""
    else:
        words = f"{date.day} {period}" if named else f"day {date.day} of {period}"
    return f"{words}, {weekday}" if weekday else words


def _time_in_words(time: TimeValue) -> str:
    if all(field == UNSPECIFIED for field in time.fields()):
        return "any time"
    if UNSPECIFIED not in time.fields()[:3]:
        tail = "" if time.hundredths in (0, UNSPECIFIED) else f".{time.hundredths:02}"
        return f"{time.hour:02}:{time.minute:02}:{time.second:02}{tail}"
    fields = zip(("hour", "minute", "second"), time.fields(), strict=False)
    return ", ".join(f"any {name}" if field == UNSPECIFIED else f"{name} {field}" for name, field in fields)


# --- days of the week, as people write them --------------------------------------------------------------------------

_EVERY_DAY = frozenset(
    ("daily", "every day", "everyday", "all days", "all week", "each day", "any day", "7 days", "all days of the week")
)
_GROUPS = {
    "weekdays": "1111100",
    "weekday": "1111100",
    "every weekday": "1111100",
    "weekends": "0000011",
    "weekend": "0000011",
}
_ABBREVIATIONS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_BETWEEN = re.compile(r"\s*(?:-|–|—|\.\.|\bto\b|\bthrough\b|\buntil\b)\s*")
_APART = re.compile(r"\s*(?:,|;|/|&|\+|\band\b)\s*")


def parse_weekdays(text: str) -> Domain | None:
    """The days of a week that people's words name, as 7 bits, Monday first; None for a text that names no days.

    >>> str(parse_weekdays("Mon-Fri")), str(parse_weekdays("daily")), str(parse_weekdays("Sat, Sun"))
    ('0b1111100', '0b1111111', '0b0000011')
    """
    plain = " ".join(text.strip().rstrip(".").casefold().split())
    if plain in _EVERY_DAY:
        return bits_of("1111111")
    if plain in _GROUPS:
        return bits_of(_GROUPS[plain])
    days: set[int] = set()
    for piece in _APART.split(plain):
        if piece in _GROUPS:
            days.update(day for day, bit in enumerate(_GROUPS[piece]) if bit == "1")
            continue
        bounds = [_day(word) for word in _BETWEEN.split(piece)]
        if len(bounds) > 2:
            return None
        first, last = bounds[0], bounds[-1]
        if first is None or last is None:
            return None
        days.update((first + n) % 7 for n in range((last - first) % 7 + 1))
    return bits_of("".join("1" if day in days else "0" for day in range(7)))


def _day(word: str) -> int | None:
    name = word.rstrip(".")
    if name in _ABBREVIATIONS:
        return _ABBREVIATIONS[name]
    name = name.removesuffix("s") if len(name) > 4 else name
    for day, full in enumerate(WEEKDAYS):
        if len(name) >= 3 and (name == full.casefold() or name == full[:3].casefold()):
            return day
    return None
