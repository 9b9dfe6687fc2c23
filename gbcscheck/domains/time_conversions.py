"""Conversions between the dates and times of XML Schema and those of COSEM, in both directions.

COSEM time has no zone: what is written in XML has to be on Z. It has hundredths of a second and no 24:00:00. A COSEM
date-time has a deviation, the minutes from local time to UTC (Blue Book 4.1.6.1): the offset of the zone in XML with
the other sign, so that ``+01:00`` is -60. Z is a deviation that is not specified, as GBCS sends it, or 0.

Coming from XML, a day of the week and a clock status are not specified (0xFF), nor is the deviation of Z (0x8000); a
set of COSEM values takes in what is written in XML if it has any of its encodings: hundredths not specified for a
whole second, a day of the week that is specified if every one may be, a deviation of 0 for Z. Going to XML, a day of
the week is left out. Sets that are restricted on the time line (bounds, enumerations) are no products of fields, and
NotExact is raised for them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from gbcscheck.domains.base import ANY, NONE, Domain, NotExact
from gbcscheck.domains.choice import union
from gbcscheck.domains.conversion_base import Conversion, each
from gbcscheck.domains.cosem import (
    UNSPECIFIED,
    UNSPECIFIED_DEVIATION,
    UNSPECIFIED_YEAR,
    CosemDate,
    CosemDateTime,
    CosemTime,
    cosem_date,
    cosem_date_time,
    cosem_time,
)
from gbcscheck.domains.numbers import Numbers, canonical, integers, numbers, points
from gbcscheck.domains.spans import Span
from gbcscheck.domains.xml_products import FURTHEST, OFFSETS, XsProduct
from gbcscheck.domains.xml_times import XsDate, XsDateTime, XsTime, xs_date, xs_date_time, xs_time
from gbcscheck.frozen import frozen

_SECOND, _MINUTE, _HOUR, _DAY = 100, 6000, 360000, 8640000
"""In hundredths of a second."""
_MOST_RUNS = 20000
"""Separate ranges of times that are put together before a set counts as none that can be expressed."""

_Z = integers(0, 0)
_YEARS = integers(0, UNSPECIFIED_YEAR - 1)
_CLOCK = numbers(0, Fraction(_DAY - 1, _SECOND), step="0.01")
_FREE = integers(UNSPECIFIED, UNSPECIFIED)
_UNSAID = points([UNSPECIFIED_DEVIATION])
_UNDEVIATED = points([0])
_AWAY = union(integers(-FURTHEST, -1), integers(1, FURTHEST))
_WEEK = integers(1, 7)

Clock = tuple[Domain, Domain, Domain, Domain]
"""Hours, minutes, seconds and hundredths of a product of COSEM times."""


# --- the time of day -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def seconds_of(clock: Clock) -> Domain:
    """The seconds since midnight of the COSEM times in a product that specify hour, minute and second.

    Raises NotExact where they are too many separate ranges.
    """
    units = (_HOUR, _MINUTE, _SECOND, 1)
    fields = [[unit * n for n in _literals(part)] for part, unit in zip(clock, units, strict=True)]
    if clock[3].contains(UNSPECIFIED) and 0 not in fields[3]:
        fields[3].append(0)
    step = math.gcd(*(distance for field in fields for distance in field)) or 1
    runs = [(0, 0)]
    for field in reversed(fields):
        runs = _merged(sorted((low + n, high + n) for n in field for low, high in runs), step)
        if len(runs) > _MOST_RUNS:
            raise NotExact("the times of this set are too many separate ranges")
    hundredths = canonical([Span(low, high) for low, high in runs], step, None)
    return hundredths.scaled(Fraction(1, _SECOND)) if isinstance(hundredths, Numbers) else NONE


def _literals(part: Domain) -> list[int]:
    """The members of a field that are no wildcard."""
    assert isinstance(part, Numbers)
    listed = part.numbers() or ()
    return [int(number) for number in listed if number != UNSPECIFIED]


def _merged(runs: list[tuple[int, int]], step: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in runs:
        if merged and low <= merged[-1][1] + step:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


@lru_cache(maxsize=256)
def clock_of(seconds: Domain) -> Clock:
    """The product of COSEM times at some seconds since midnight, whole hundredths before 24:00:00. Raises NotExact
    where they are no product."""
    assert isinstance(seconds, Numbers)
    step = int((seconds.step or Fraction(1, _SECOND)) * _SECOND)
    spans = [(int((span.low or 0) * _SECOND), int((span.high or 0) * _SECOND)) for span in seconds.spans]
    fields = []
    for unit, count in ((_HOUR, 24), (_MINUTE, 60), (_SECOND, 60), (1, 100)):
        fields.append(points(sorted({n for low, high in spans for n in _cells(low, high, step, unit, count)})))
    clock = (fields[0], fields[1], fields[2], fields[3])
    if seconds_of(clock) != seconds:
        raise NotExact("these times of day are no set whose hours, minutes and seconds vary each by themselves")
    return clock


def _cells(low: int, high: int, step: int, unit: int, count: int) -> set[int]:
    """The values of one field over the multiples of ``step`` from ``low`` to ``high``."""
    if step <= unit:
        first, last = low // unit, high // unit
        return set(range(count)) if last - first >= count else {n % count for n in range(first, last + 1)}
    turns = math.lcm(step, unit * count) // step
    return {low_n // unit % count for low_n in range(low, min(high, low + step * turns) + 1, step)}


# --- the conversions -------------------------------------------------------------------------------------------------


@frozen
class TimeConversion(Conversion):
    """One of the conversions below, given by its two functions on sets of one kind."""

    label: str
    forward: Callable[[Domain], Domain]
    backward: Callable[[Domain], Domain]

    @property
    def name(self) -> str:
        return self.label

    def image(self, domain: Domain) -> Domain:
        return each(domain, self.forward)

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, self.backward)


def _on_fields(domain: Domain) -> Domain:
    """A set that is a product of fields; NotExact for one that is restricted on the time line."""
    if isinstance(domain, XsProduct) and domain.placed:
        raise NotExact(f"{domain} is no set whose fields vary each by themselves")
    return domain


def _xs_time_to_time(domain: Domain) -> Domain:
    met = xs_time(seconds=_CLOCK, zone=_Z).meet(_on_fields(domain))
    if not isinstance(met, XsTime):
        return NONE
    hour, minute, second, hundredths = clock_of(met.seconds)
    return cosem_time(hour=hour, minute=minute, second=second, hundredths=hundredths)


def _time_to_xs_time(domain: Domain) -> Domain:
    whole = cosem_time() if domain is ANY else domain
    if not isinstance(whole, CosemTime):
        return NONE
    return xs_time(seconds=seconds_of((whole.hour, whole.minute, whole.second, whole.hundredths)), zone=_Z)


def _all_times_at(domain: Domain) -> Domain:
    """Every COSEM time that stands for an xs:time of a set."""
    exact = _xs_time_to_time(domain)
    if not isinstance(exact, CosemTime):
        return NONE
    return CosemTime(exact.hour, exact.minute, exact.second, _or_unspecified(exact.hundredths))


def _or_unspecified(hundredths: Domain) -> Domain:
    return union(hundredths, _FREE) if hundredths.contains(0) else hundredths


def _xs_date_to_date(domain: Domain, years: Domain = _YEARS) -> Domain:
    met = xs_date(year=years, zone=_Z).meet(_on_fields(domain))
    if not isinstance(met, XsDate):
        return NONE
    return cosem_date(year=met.year, month=met.month, day=met.day, weekday=_FREE)


def _date_to_xs_date(domain: Domain, years: Domain = _YEARS) -> Domain:
    whole = cosem_date() if domain is ANY else domain
    if not isinstance(whole, CosemDate):
        return NONE
    return xs_date(year=years.meet(whole.year), month=whole.month, day=whole.day, zone=_Z)


_YEARS_OR_ANY = integers(0, UNSPECIFIED_YEAR)
"""Years as a DUIS date of a schedule has them: 65535 is every year, as its two octets are in COSEM."""


def _xs_date_to_any_date(domain: Domain) -> Domain:
    return _xs_date_to_date(domain, _YEARS_OR_ANY)


def _any_date_to_xs_date(domain: Domain) -> Domain:
    return _date_to_xs_date(domain, _YEARS_OR_ANY)


def _all_dates_at(domain: Domain) -> Domain:
    exact = _xs_date_to_date(domain)
    return CosemDate(exact.year, exact.month, exact.day, cosem_weekdays()) if isinstance(exact, CosemDate) else NONE


def cosem_weekdays() -> Domain:
    """Every legal day of the week of a COSEM date."""
    whole = cosem_date()
    assert isinstance(whole, CosemDate)
    return whole.weekday


def _with_any_weekday(convert: Callable[[Domain], Domain]) -> Callable[[Domain], Domain]:
    """A conversion to XML that raises NotExact for a set of dates on some days of the week only."""

    def checked(domain: Domain) -> Domain:
        if isinstance(domain, CosemDate | CosemDateTime):
            weekday = domain.weekday
            if not weekday.contains(UNSPECIFIED) and not _WEEK.is_subset(weekday):
                raise NotExact("dates on some days of the week only are no set that XML Schema can express")
        return convert(domain)

    return checked


def _xs_date_time_to_date_time(domain: Domain) -> Domain:
    met = xs_date_time(year=_YEARS, seconds=_CLOCK, zone=OFFSETS).meet(_on_fields(domain))
    if not isinstance(met, XsDateTime):
        return NONE
    hour, minute, second, hundredths = clock_of(met.seconds)
    return cosem_date_time(
        year=met.year,
        month=met.month,
        day=met.day,
        weekday=_FREE,
        hour=hour,
        minute=minute,
        second=second,
        hundredths=hundredths,
        deviation=_deviations(met.zone),
        status=_FREE,
    )


def _deviations(zones: Domain) -> Domain:
    """The deviations that stand for some zones: of Z, one that is not specified."""
    offsets = zones.meet(_AWAY)
    away = offsets.scaled(-1) if isinstance(offsets, Numbers) else NONE
    return union(away, _UNSAID) if zones.contains(0) else away


def _zones(deviations: Domain) -> Domain:
    """The zones that some deviations stand for."""
    given = deviations.meet(OFFSETS)
    zones = given.scaled(-1) if isinstance(given, Numbers) else NONE
    return union(zones, _Z) if deviations.contains(UNSPECIFIED_DEVIATION) else zones


def _date_time_to_xs_date_time(domain: Domain) -> Domain:
    whole = cosem_date_time() if domain is ANY else domain
    if not isinstance(whole, CosemDateTime):
        return NONE
    return xs_date_time(
        year=_YEARS.meet(whole.year),
        month=whole.month,
        day=whole.day,
        seconds=seconds_of((whole.hour, whole.minute, whole.second, whole.hundredths)),
        zone=_zones(whole.deviation),
    )


def _all_date_times_at(domain: Domain) -> Domain:
    exact = _xs_date_time_to_date_time(domain)
    if not isinstance(exact, CosemDateTime):
        return NONE
    return cosem_date_time(
        year=exact.year,
        month=exact.month,
        day=exact.day,
        weekday=cosem_weekdays(),
        hour=exact.hour,
        minute=exact.minute,
        second=exact.second,
        hundredths=_or_unspecified(exact.hundredths),
        deviation=union(exact.deviation, _UNDEVIATED)
        if exact.deviation.contains(UNSPECIFIED_DEVIATION)
        else exact.deviation,
    )


TIME_CONVERSIONS: tuple[Conversion, ...] = (
    TimeConversion("xs:time to time", _xs_time_to_time, _time_to_xs_time),
    TimeConversion("xs:date to date", _xs_date_to_date, _with_any_weekday(_date_to_xs_date)),
    TimeConversion("xs:date to date or any year", _xs_date_to_any_date, _with_any_weekday(_any_date_to_xs_date)),
    TimeConversion(
        "xs:dateTime to date-time", _xs_date_time_to_date_time, _with_any_weekday(_date_time_to_xs_date_time)
    ),
    TimeConversion("time to xs:time", _time_to_xs_time, _all_times_at),
    TimeConversion("date to xs:date", _date_to_xs_date, _all_dates_at),
    TimeConversion("date-time to xs:dateTime", _date_time_to_xs_date_time, _all_date_times_at),
)
