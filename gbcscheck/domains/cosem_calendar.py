"""Dates that no calendar has: what the fields of a COSEM date say together, where each by itself may be.

The sets of dates are products, each field varying by itself (``domains/cosem.py``); a day 31 in a month of 30 days, or
29 February of a common year, is within them and is no day all the same (Blue Book 4.1.6.1: a date is one of the
calendar).
"""

from __future__ import annotations

from calendar import isleap, weekday

from gbcscheck.domains.base import Value
from gbcscheck.domains.cosem import UNSPECIFIED, UNSPECIFIED_DEVIATION, DateTimeValue, DateValue
from gbcscheck.domains.cosem_words import MONTHS, WEEKDAYS

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month, in the year in which it has the most."""
_FEBRUARY = 2
_GREGORIAN = range(1583, 10_000)
"""Years in which the day of the week of a date is known: whole years of the Gregorian calendar, of four digits."""
_RESERVED = 0b0111_0000
_FIELDS = 9
"""Octets of the date and the time of a date-time, before deviation and status."""
DEVIATIONS = range(-720, 841)
"""Minutes between local time and UTC (Blue Book 4.1.6.1)."""


def no_such_day(value: Value) -> str:
    """Why a COSEM date or date-time names no day, or no time of one, in words; empty where it can, and for any other
    value.

    A field that is not specified, or has a special value, says nothing of the others. Zero is a month, a day or a day
    of the week only where all of the date and the time is zero: then a command takes effect at once (GBCS).

    >>> no_such_day(DateValue(0xFFFF, 4, 31, 0xFF)), no_such_day(DateValue(2023, 2, 29, 0xFF))
    ('April has 30 days', 'February 2023 has 28 days')
    >>> no_such_day(DateValue(2024, 2, 29, 3))
    '29 February 2024 is a Thursday'
    """
    if isinstance(value, DateTimeValue):
        far = _far(value.deviation)
        return far if is_at_once(value) else _zero(value.date) or _beyond(value.date) or far
    return _zero(value) or _beyond(value) if isinstance(value, DateValue) else ""


def is_at_once(value: DateTimeValue) -> bool:
    """Whether all of the date and the time is zero, so that a command takes effect at once (GBCS): with a deviation and
    a clock status that are not specified, as GBCS writes it, or with any other.

    >>> is_at_once(DateTimeValue.from_octets(bytes(12)))
    True
    """
    return value.octets()[:_FIELDS] == bytes(_FIELDS)


def reserved_status(value: Value) -> str:
    """Why the clock status of a date-time is none, in words: bits 4 to 6 are reserved (Blue Book 4.1.6.1), and all of
    them are set where the status is not specified. Empty for any other value."""
    if not isinstance(value, DateTimeValue) or value.status == UNSPECIFIED or not value.status & _RESERVED:
        return ""
    return f"the clock status 0x{value.status:02X} sets bits that are reserved"


def _far(deviation: int) -> str:
    known = deviation == UNSPECIFIED_DEVIATION or deviation in DEVIATIONS
    return "" if known else f"a deviation is {DEVIATIONS[0]} to {DEVIATIONS[-1]} minutes, and this one {deviation}"


def _zero(date: DateValue) -> str:
    for name, field in (("month", date.month), ("day", date.day), ("day of week", date.weekday)):
        if field == 0:
            return f"no {name} has the number 0"
    return ""


def weekday_of(date: DateValue) -> int | None:
    """The day of the week (1 is Monday) of a date that is given in full and that the calendar has; None of any other.

    >>> weekday_of(DateValue(2024, 2, 29, 0xFF)), weekday_of(DateValue(2023, 2, 29, 0xFF))
    (4, None)
    """
    try:
        return weekday(date.year, date.month, date.day) + 1 if date.year in _GREGORIAN else None
    except ValueError:
        return None


def _beyond(date: DateValue) -> str:
    """What is wrong with the day of a month, or with the day of the week of a date that is given in full."""
    if not (1 <= date.month <= 12 and 1 <= date.day <= 31):
        return ""
    month = MONTHS[date.month - 1]
    is_short = date.year in _GREGORIAN and date.month == _FEBRUARY and not isleap(date.year)
    days = 28 if is_short else _DAYS[date.month - 1]
    if date.day > days:
        return f"{month} {date.year} has {days} days" if is_short else f"{month} has {days} days"
    right = weekday_of(date)
    if right is not None and 1 <= date.weekday <= 7 and date.weekday != right:
        return f"{date.day} {month} {date.year} is a {WEEKDAYS[right - 1]}"
    return ""
