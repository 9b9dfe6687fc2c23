"""Values of xs:time, xs:date and xs:dateTime: what is written, read by XML Schema Part 2 (3.2.7 to 3.2.9), and its
place on the time line, by which values are equal and bounds are kept.

Years are those of version 1.0 of XML Schema: there is no year 0000, and leap years follow the arithmetic of its
appendix E.
"""

from __future__ import annotations

import re
from fractions import Fraction

from gbcscheck.domains.rational import Rational, decimal_text, exact, tidy
from gbcscheck.frozen import frozen

DAY = 86400
"""Seconds of a day, and the time of day that is written 24:00:00."""

_DATE = r"(?P<year>-?(?:[1-9]\d{4,8}|\d{4}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d{1,100})?)"
_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_FORMS = {"xs:date": _DATE + _ZONE, "xs:time": _TIME + _ZONE, "xs:dateTime": f"{_DATE}T{_TIME}{_ZONE}"}
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _parse(name: str, text: str) -> re.Match[str]:
    match = re.fullmatch(_FORMS[name], text, re.ASCII)
    if match is None:
        raise ValueError(f"{text!r} is no {name}")
    return match


def _seconds(match: re.Match[str]) -> Rational:
    seconds = int(match["hour"]) * 3600 + int(match["minute"]) * 60 + exact(match["second"])
    if seconds > DAY:
        raise ValueError(f"{match[0]!r}: after 24:00:00 there is no time of day")
    return tidy(seconds)


def _day(match: re.Match[str]) -> tuple[int, int, int]:
    year, month, day = (int(match[field]) for field in ("year", "month", "day"))
    if year == 0:
        raise ValueError(f"{match[0]!r}: there is no year 0000 in XML Schema 1.0")
    if day > days_of(year, month):
        raise ValueError(f"{match[0]!r}: month {month} of {year} has no day {day}")
    return year, month, day


def _zone(match: re.Match[str]) -> int | None:
    zone = match["zone"]
    if zone is None or zone == "Z":
        return None if zone is None else 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone[0] == "-" else minutes


# --- the calendar ----------------------------------------------------------------------------------------------------


def days_of(year: int, month: int) -> int:
    """The number of days of a month (Part 2, appendix E)."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTHS[month - 1] + leap


def day_number(year: int, month: int, day: int) -> int:
    """The days from 0001-01-01 to a date; years before 1 count from -1 backwards."""
    sign, between = (1, year - 1) if year > 0 else (-1, -year)
    whole = sign * (between * 365 + between // 4 - between // 100 + between // 400)
    return whole + sum(days_of(year, one) for one in range(1, month)) + day - 1


def date_of(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day by its number."""
    year = number * 400 // 146097 + 1
    year = year if year > 0 else year - 1
    while day_number(year, 1, 1) > number:
        year = -1 if year == 1 else year - 1
    while day_number(_next(year), 1, 1) <= number:
        year = _next(year)
    rest = number - day_number(year, 1, 1)
    month = 1
    while rest >= days_of(year, month):
        rest -= days_of(year, month)
        month += 1
    return year, month, rest + 1


def _next(year: int) -> int:
    return 1 if year == -1 else year + 1


# --- words -----------------------------------------------------------------------------------------------------------


def zone_text(zone: int | None) -> str:
    """The zone as it is written: ``Z``, ``+01:00``, or nothing where there is none."""
    if not zone:
        return "" if zone is None else "Z"
    return f"{'-' if zone < 0 else '+'}{abs(zone) // 60:02}:{abs(zone) % 60:02}"


def clock_text(seconds: Rational) -> str:
    """A time of day as it is written: ``17:00:00``, ``23:59:59.25``.

    >>> clock_text(61200), clock_text(86400), clock_text(Fraction(1, 4))
    ('17:00:00', '24:00:00', '00:00:00.25')
    """
    whole = int(seconds // 1)
    rest = decimal_text(tidy(Fraction(seconds) - whole))
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{rest[1:] if rest != '0' else ''}"


def _date_text(year: int, month: int, day: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


# --- values ----------------------------------------------------------------------------------------------------------


@frozen
class XsTimeValue:
    """An xs:time: seconds since midnight (86400: written 24:00:00) and zone in minutes, None where none is written.

    >>> str(XsTimeValue.parse("17:00:00.2500+00:00"))
    '17:00:00.25Z'
    """

    seconds: Rational
    zone: int | None

    @classmethod
    def parse(cls, text: str) -> XsTimeValue:
        """Read what is written. Raises ValueError for anything but an xs:time."""
        match = _parse("xs:time", text)
        return cls(_seconds(match), _zone(match))

    @classmethod
    def at(cls, place: Rational, zone: int | None) -> XsTimeValue | None:
        """The value at a place of the time line, written in a zone; None where that zone has no such time."""
        seconds = tidy(place + 60 * (zone or 0))
        return cls(seconds, zone) if 0 <= seconds < DAY else None

    @property
    def place(self) -> Rational:
        """Seconds from midnight, UTC where a zone is written; 24:00:00 is 00:00:00 (Part 2, 3.2.8)."""
        return tidy(self.seconds % DAY - 60 * (self.zone or 0))

    def __str__(self) -> str:
        return clock_text(self.seconds) + zone_text(self.zone)


@frozen
class XsDateValue:
    """An xs:date: year, month, day and zone in minutes, None where none is written."""

    year: int
    month: int
    day: int
    zone: int | None

    @classmethod
    def parse(cls, text: str) -> XsDateValue:
        """Read what is written. Raises ValueError for anything but an xs:date: 30 February is none."""
        match = _parse("xs:date", text)
        return cls(*_day(match), _zone(match))

    @classmethod
    def at(cls, place: Rational, zone: int | None) -> XsDateValue | None:
        """The value that begins at a place of the time line, written in a zone; None where no day of it begins
        there."""
        number, rest = divmod(place + 60 * (zone or 0), DAY)
        return None if rest else cls(*date_of(int(number)), zone)

    @property
    def place(self) -> Rational:
        """Seconds from 0001-01-01T00:00:00, UTC where a zone is written, to the beginning of the day (3.2.9)."""
        return day_number(self.year, self.month, self.day) * DAY - 60 * (self.zone or 0)

    def __str__(self) -> str:
        return _date_text(self.year, self.month, self.day) + zone_text(self.zone)


@frozen
class XsDateTimeValue:
    """An xs:dateTime: day, seconds since midnight and zone. What is written 24:00:00 is 00:00:00 of the next day
    (Part 2, 3.2.7.1).

    >>> str(XsDateTimeValue.parse("2024-12-31T24:00:00Z"))
    '2025-01-01T00:00:00Z'
    """

    year: int
    month: int
    day: int
    seconds: Rational
    zone: int | None

    @classmethod
    def parse(cls, text: str) -> XsDateTimeValue:
        """Read what is written. Raises ValueError for anything but an xs:dateTime."""
        match = _parse("xs:dateTime", text)
        day, seconds = _day(match), _seconds(match)
        if seconds == DAY:
            day, seconds = date_of(day_number(*day) + 1), 0
        return cls(*day, seconds, _zone(match))

    @classmethod
    def at(cls, place: Rational, zone: int | None) -> XsDateTimeValue:
        """The value at a place of the time line, written in a zone."""
        number, seconds = divmod(place + 60 * (zone or 0), DAY)
        return cls(*date_of(int(number)), tidy(seconds), zone)

    @property
    def place(self) -> Rational:
        """Seconds from 0001-01-01T00:00:00, UTC where a zone is written."""
        return tidy(day_number(self.year, self.month, self.day) * DAY + self.seconds - 60 * (self.zone or 0))

    def __str__(self) -> str:
        return f"{_date_text(self.year, self.month, self.day)}T{clock_text(self.seconds)}{zone_text(self.zone)}"


Moment = XsTimeValue | XsDateValue | XsDateTimeValue
