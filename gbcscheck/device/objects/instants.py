"""Dates and times as gurux-dlms writes them in XML: every row of octets that a text can stand for.

The form holds month, day, year, hour, minute and second, and little else:

* the day of the week, hundredths of a second and the clock status are not written;
* ``*`` is written of a field that is not specified as of one that is 0 or none of its field (a year before 1900, too);
* the last day but one and the last day of the month in which summer time begins or ends are both written ``01``;
* of a date and time in which every field is specified the special months and days are written as ``01`` as well;
* a deviation becomes a zone (``Z``, ``+01:00``), which says nothing where a date or a time stands alone; of a zone west
  of Greenwich the minutes are written the wrong way round (52 minutes are ``-00:08``).

Of what is not written at all only these are readings: any day of the week, or for a date of the calendar its own or
none; hundredths that are 0 or not specified; a clock status that is not specified, 0 or summer time. No specification
of the field fixes others.
"""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

from gbcscheck.device.objects.unclear import Unclear
from gbcscheck.domains import DateValue
from gbcscheck.domains.cosem_calendar import weekday_of

_DATE = re.compile(r"(\*|BEGIN|END|\d{1,2})/(\*|LASTDAY2?|\d{1,2})/(\*|\d{4})")
_TIME = re.compile(r"(\*|\d{1,2}):(\*|\d{1,2}):(\*|\d{1,2})")
_ZONE = re.compile(r"([0-9*:/]+)(?:Z|([+-])(-?)(\d{1,2}):(\d{2}))")
"""What stands before a zone, and the zone. Of zones west of Greenwich gurux-dlms writes the sign twice (``--1:00``)."""
_NO_DEVIATION = b"\x80\x00"
_SPECIAL_MONTHS = {"END": 0xFD, "BEGIN": 0xFE}
_SPECIAL_DAYS = {"LASTDAY2": 0xFD, "LASTDAY": 0xFE}
_ANY_WEEKDAY = (0xFF, 1, 2, 3, 4, 5, 6, 7)
WEEKDAY, HUNDREDTHS, STATUS = "day of week", "hundredths", "clock status"
STAR, LAST_DAY, DEVIATION = "0 or not specified (*)", "special days and months (01)", "deviation"


class Candidates(NamedTuple):
    """The octets that a text can stand for, the likeliest first, and what it has lost."""

    octets: tuple[bytes, ...]
    lost: tuple[str, ...]


def date_candidates(text: str, *, every_field: bool = False) -> Candidates:
    """``12/25/*``: month, day, year; five octets. ``every_field`` where it may stand beside a time as if every field of
    both were specified."""
    month, day, year = _date_parts(_zone_of(text.strip())[0])
    octets = _dates(month, day, year, every_field=every_field)
    if (month, day, year) == ("*", "*", "*"):
        octets.append(bytes(5))
    return _candidates(octets, _lost_of_date(month, day, year, every_field=every_field))


def time_candidates(text: str) -> Candidates:
    """``17:00:00``; four octets."""
    return _candidates(_times(_zone_of(text.strip())[0]), [HUNDREDTHS])


def date_time_candidates(text: str) -> Candidates:
    """``02/14/2022 17:34:51``, perhaps with a zone; twelve octets."""
    written, _, clock = text.strip().partition(" ")
    clock, deviations = _zone_of(clock.strip())
    tails = [b"\x80\x00\xff", b"\x00\x00\x00", b"\x80\x00\x00"]
    if deviations:
        tails = [
            minutes.to_bytes(2, "big", signed=True) + status
            for minutes in deviations
            for status in (b"\x00", b"\xff", b"\x80")
        ]
    month, day, year = _date_parts(written)
    every_field = bool(deviations) and "*" not in text
    dates, times = _dates(month, day, year, every_field=every_field), _times(clock)
    octets = [date + time + tail for tail in tails for date, time in product(dates, times)]
    if (month, day, year) == ("*", "*", "*") and times[0] == bytes(4):
        octets[1:1] = [bytes(9) + _NO_DEVIATION + b"\xff"]
    lost = _lost_of_date(month, day, year, every_field=every_field)
    return _candidates(octets, [*lost, HUNDREDTHS, STATUS, *([] if deviations else [DEVIATION])])


def _candidates(octets: list[bytes], lost: list[str]) -> Candidates:
    return Candidates(tuple(dict.fromkeys(octets)), tuple(dict.fromkeys(lost)))


def _zone_of(text: str) -> tuple[str, list[int]]:
    """A text without the zone at its end, and the deviations in minutes that it may stand for (local time to UTC)."""
    match = _ZONE.fullmatch(text)
    if match is None:
        return text, []
    clock, sign, twice, hours, minutes = match.groups()
    if sign is None:
        return clock, [0]
    away, past = int(hours) * 60, int(minutes)
    if sign == "+":
        return clock, [-(away + past)]
    turned = away + (60 - past) % 60
    return clock, [turned] if twice else list(dict.fromkeys((away + past, turned)))


def _date_parts(text: str) -> tuple[str, str, str]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise Unclear(f'"{text[:40]}" is no date as gurux-dlms writes it')
    return match[1], match[2], match[3]


def _lost_of_date(month: str, day: str, year: str, *, every_field: bool) -> list[str]:
    lost = [WEEKDAY]
    if "*" in (month, day, year):
        lost.append(STAR)
    if (month in _SPECIAL_MONTHS and _number(day) == 1) or (every_field and 1 in (_number(month), _number(day))):
        lost.append(LAST_DAY)
    return lost


def _dates(month: str, day: str, year: str, *, every_field: bool) -> list[bytes]:
    years = [0xFFFF, 0] if year == "*" else [int(year)]
    months = [_SPECIAL_MONTHS[month]] if month in _SPECIAL_MONTHS else _field(month)
    days = [_SPECIAL_DAYS[day]] if day in _SPECIAL_DAYS else _field(day)
    if every_field and _number(month) == 1:
        months.extend(_SPECIAL_MONTHS.values())
    if (every_field or month in _SPECIAL_MONTHS) and _number(day) == 1:
        days.extend(_SPECIAL_DAYS.values())
    found = [DateValue(*parts, 0xFF) for parts in product(years, months, days)]
    return [date.octets()[:4] + bytes((weekday,)) for date in found for weekday in _weekdays(date)]


def _weekdays(date: DateValue) -> tuple[int, ...]:
    """Days of the week that a date may have had: none stands beside a month or a day that is 0."""
    if 0 in (date.month, date.day):
        return (0xFF,)
    own = weekday_of(date)
    return _ANY_WEEKDAY if own is None else (0xFF, own)


def _times(text: str) -> list[bytes]:
    match = _TIME.fullmatch(text)
    if match is None:
        raise Unclear(f'"{text[:40]}" is no time as gurux-dlms writes it')
    fields = bytes(0xFF if field == "*" else int(field) for field in match.groups())
    return [fields + b"\x00", fields + b"\xff"]


def _field(text: str) -> list[int]:
    return [0xFF, 0] if text == "*" else [int(text)]


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else -1
