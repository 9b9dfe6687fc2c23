"""xs:time, xs:date and xs:dateTime: their values in the form in which they are written, and sets of them.

A set is a box over the fields of what is written: the day, the seconds since midnight, the zone. ``24:00:00`` is
written differently from ``00:00:00`` and a value of its own here, 86400 seconds (XML Schema Part 2 takes both for one
time; the next hop of a message sees what is written). Whether a month has a day 31 is not looked at.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import ClassVar, Self

from gbcscheck.domains.base import NONE, Classes, Domain, Value, try_witness
from gbcscheck.domains.booleans import NULL, null
from gbcscheck.domains.boxes import Box
from gbcscheck.domains.choice import union
from gbcscheck.domains.frozen import Frozen
from gbcscheck.domains.numbers import integers, numbers, without_unit
from gbcscheck.domains.rational import Rational, decimal_text, exact, tidy

DAY = 86400
"""Seconds of a day, and the time of day that is written 24:00:00."""
FURTHEST = 14 * 60
"""The greatest offset of a zone, in minutes (XML Schema Part 2, 3.2.7.3)."""

TYPICAL_YEAR = 2025
"""The year of examples, where a set has it."""

_DATE = r"(?P<year>-?(?:[1-9]\d{4,8}|\d{4}))-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?P<hour>[01]\d|2[0-4]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d{1,100})?)"
_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_FORMS = {"xs:date": _DATE + _ZONE, "xs:time": _TIME + _ZONE, "xs:dateTime": f"{_DATE}T{_TIME}{_ZONE}"}


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


def _zone(match: re.Match[str]) -> int | None:
    zone = match["zone"]
    if zone is None or zone == "Z":
        return None if zone is None else 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return -minutes if zone[0] == "-" else minutes


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


class XsTimeValue(Frozen):
    """An xs:time: seconds since midnight (86400: written 24:00:00) and zone in minutes, None where none is written.

    >>> str(XsTimeValue.parse("17:00:00.2500+00:00"))
    '17:00:00.25Z'
    """

    __slots__ = ("seconds", "zone")

    seconds: Rational
    zone: int | None

    @classmethod
    def parse(cls, text: str) -> XsTimeValue:
        """Read what is written. Raises ValueError for anything but an xs:time."""
        match = _parse("xs:time", text)
        return cls(_seconds(match), _zone(match))

    def __str__(self) -> str:
        return clock_text(self.seconds) + zone_text(self.zone)


class XsDateValue(Frozen):
    """An xs:date: year, month, day and zone in minutes, None where none is written."""

    __slots__ = ("day", "month", "year", "zone")

    year: int
    month: int
    day: int
    zone: int | None

    @classmethod
    def parse(cls, text: str) -> XsDateValue:
        """Read what is written. Raises ValueError for anything but an xs:date."""
        match = _parse("xs:date", text)
        return cls(int(match["year"]), int(match["month"]), int(match["day"]), _zone(match))

    def __str__(self) -> str:
        return _date_text(self.year, self.month, self.day) + zone_text(self.zone)


class XsDateTimeValue(Frozen):
    """An xs:dateTime: day, seconds since midnight (86400: written 24:00:00) and zone."""

    __slots__ = ("day", "month", "seconds", "year", "zone")

    year: int
    month: int
    day: int
    seconds: Rational
    zone: int | None

    @classmethod
    def parse(cls, text: str) -> XsDateTimeValue:
        """Read what is written. Raises ValueError for anything but an xs:dateTime."""
        match = _parse("xs:dateTime", text)
        return cls(int(match["year"]), int(match["month"]), int(match["day"]), _seconds(match), _zone(match))

    def __str__(self) -> str:
        return f"{_date_text(self.year, self.month, self.day)}T{clock_text(self.seconds)}{zone_text(self.zone)}"


# --- sets ------------------------------------------------------------------------------------------------------------

ANY_YEAR = integers()
ANY_MONTH = integers(1, 12)
ANY_DAY = integers(1, 31)
ANY_SECONDS = numbers(0, DAY)
EVERY_OFFSET = integers(-FURTHEST, FURTHEST)
"""Z and every other zone, in minutes."""
ANY_ZONE = union(EVERY_OFFSET, null())
LEGAL: dict[str, Domain] = {
    "year": ANY_YEAR,
    "month": ANY_MONTH,
    "day": ANY_DAY,
    "seconds": ANY_SECONDS,
    "zone": ANY_ZONE,
}
"""What each field may hold."""


class XsBox(Box):
    """What the three kinds have in common."""

    __slots__ = ()

    def _with(self, parts: tuple[Domain, ...]) -> Self:
        return type(self)(*parts)

    def _field_classes(self, name: str, mine: Domain, theirs: Domain) -> Classes:
        if name == "zone":
            return _zone_classes(mine, theirs)
        classes = mine.difference_classes(theirs)
        if name != "seconds":
            return tuple((f"{name} {label}", example) for label, example in classes)
        return tuple((_seconds_label(label, example), example) for label, example in classes)

    def _typical(self, name: str, part: Domain) -> Value | None:
        return TYPICAL_YEAR if name == "year" and part.contains(TYPICAL_YEAR) else try_witness(part)

    def witness(self) -> Value:
        names = zip(self.names, self.parts, strict=True)
        return self._value(tuple(self._typical(name, part) for name, part in names))

    def describe(self) -> str:
        from gbcscheck.domains.wording import describe_xs_box

        return describe_xs_box(self)


def _zone_classes(mine: Domain, theirs: Domain) -> Classes:
    """No zone, the zone Z and other offsets, where the other side lacks them; of an offset, one that is common."""
    found: list[tuple[str, Value]] = []
    likely = [offset for offset in (60, -60) if mine.contains(offset) and not theirs.contains(offset)]
    offset = (
        likely[0]
        if likely
        else mine.meet(union(integers(-FURTHEST, -1), integers(1, FURTHEST))).difference_witness(theirs)
    )
    if offset is not None:
        found.append(("a zone offset", offset))
    if mine.contains(0) and not theirs.contains(0):
        found.append(("zone Z", 0))
    if mine.contains(NULL) and not theirs.contains(NULL):
        found.append(("no zone", NULL))
    return tuple(found)


def _seconds_label(label: str, example: Value) -> str:
    assert isinstance(example, int | Fraction)
    if example == DAY:
        return "24:00:00"
    step = label.removeprefix("finer than ")
    if step != label:
        names = {
            "1": "a fraction of a second",
            "0.1": "more than one decimal of a second",
            "0.01": "more than two decimals of a second",
            "0.001": "more than three decimals of a second",
        }
        return names.get(step, f"a time between steps of {step} seconds")
    word, _, ends = label.partition(" ")
    return f"a time {word} {' and '.join(clock_text(exact(end)) for end in ends.split(' and '))}"


class XsTime(XsBox):
    """Values of xs:time; see ``xs_time``."""

    __slots__ = ("seconds", "zone")

    kind: ClassVar[str] = "an xs:time"
    names: ClassVar[tuple[str, ...]] = ("seconds", "zone")

    seconds: Domain
    zone: Domain

    @property
    def parts(self) -> tuple[Domain, ...]:
        return (self.seconds, self.zone)

    def _fields_of(self, value: Value) -> tuple[Value, ...] | None:
        return (value.seconds, _field(value.zone)) if isinstance(value, XsTimeValue) else None

    def _value(self, fields: tuple[Value, ...]) -> Value:
        return XsTimeValue(_number(fields[0]), _minutes(fields[1]))


class XsDate(XsBox):
    """Values of xs:date; see ``xs_date``."""

    __slots__ = ("day", "month", "year", "zone")

    kind: ClassVar[str] = "an xs:date"
    names: ClassVar[tuple[str, ...]] = ("year", "month", "day", "zone")

    year: Domain
    month: Domain
    day: Domain
    zone: Domain

    @property
    def parts(self) -> tuple[Domain, ...]:
        return (self.year, self.month, self.day, self.zone)

    def _fields_of(self, value: Value) -> tuple[Value, ...] | None:
        if not isinstance(value, XsDateValue):
            return None
        return (value.year, value.month, value.day, _field(value.zone))

    def _value(self, fields: tuple[Value, ...]) -> Value:
        year, month, day = (int(_number(field)) for field in fields[:3])
        return XsDateValue(year, month, day, _minutes(fields[3]))


class XsDateTime(XsBox):
    """Values of xs:dateTime; see ``xs_date_time``."""

    __slots__ = ("day", "month", "seconds", "year", "zone")

    kind: ClassVar[str] = "an xs:dateTime"
    names: ClassVar[tuple[str, ...]] = ("year", "month", "day", "seconds", "zone")

    year: Domain
    month: Domain
    day: Domain
    seconds: Domain
    zone: Domain

    @property
    def parts(self) -> tuple[Domain, ...]:
        return (self.year, self.month, self.day, self.seconds, self.zone)

    def _fields_of(self, value: Value) -> tuple[Value, ...] | None:
        if not isinstance(value, XsDateTimeValue):
            return None
        return (value.year, value.month, value.day, value.seconds, _field(value.zone))

    def _value(self, fields: tuple[Value, ...]) -> Value:
        year, month, day = (int(_number(field)) for field in fields[:3])
        return XsDateTimeValue(year, month, day, _number(fields[3]), _minutes(fields[4]))


def _field(zone: int | None) -> Value:
    return NULL if zone is None else zone


def _minutes(field: Value) -> int | None:
    return field if isinstance(field, int) else None


def _number(field: Value) -> Rational:
    assert isinstance(field, int | Fraction)
    return field


def xs_time(*, seconds: Domain = ANY_SECONDS, zone: Domain = ANY_ZONE) -> Domain:
    """Values of xs:time by seconds since midnight (86400: written 24:00:00) and zone in minutes (null: none written).

    >>> from gbcscheck.domains import integers
    >>> xs_time(zone=integers(0, 0)).contains(XsTimeValue.parse("17:00:00Z"))
    True
    """
    return _box(XsTime, {"seconds": seconds, "zone": zone})


def xs_date(
    *, year: Domain = ANY_YEAR, month: Domain = ANY_MONTH, day: Domain = ANY_DAY, zone: Domain = ANY_ZONE
) -> Domain:
    """Values of xs:date by their fields; the zone as for ``xs_time``."""
    return _box(XsDate, {"year": year, "month": month, "day": day, "zone": zone})


def xs_date_time(
    *,
    year: Domain = ANY_YEAR,
    month: Domain = ANY_MONTH,
    day: Domain = ANY_DAY,
    seconds: Domain = ANY_SECONDS,
    zone: Domain = ANY_ZONE,
) -> Domain:
    """Values of xs:dateTime by their fields; seconds and zone as for ``xs_time``."""
    return _box(XsDateTime, {"year": year, "month": month, "day": day, "seconds": seconds, "zone": zone})


def _box(shape: type[XsTime | XsDate | XsDateTime], fields: dict[str, Domain]) -> Domain:
    parts = tuple(LEGAL[name].meet(without_unit(fields[name])) for name in shape.names)
    return NONE if NONE in parts else shape(*parts)
