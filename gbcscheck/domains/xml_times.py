"""Sets of values of xs:time, xs:date and xs:dateTime: the three kinds, how they are made, and what enumerations and
bounds of a schema leave of them. What they have in common is in ``xml_products``."""

from __future__ import annotations

from typing import ClassVar

from gbcscheck.domains.base import NONE, Domain
from gbcscheck.domains.choice import union
from gbcscheck.domains.numbers import integers, numbers, points
from gbcscheck.domains.rational import Rational
from gbcscheck.domains.xml_moments import DAY, Moment, XsDateTimeValue, XsDateValue, XsTimeValue
from gbcscheck.domains.xml_products import (
    FURTHEST,
    NO_ZONE,
    OFFSETS,
    XsProduct,
    xs_product,
)
from gbcscheck.frozen import frozen

ANY_YEAR = union(integers(None, -1), integers(1))
ANY_MONTH = integers(1, 12)
ANY_DAY = integers(1, 31)
ANY_CLOCK = numbers(0, DAY, high_open=True)
ANY_SECONDS = numbers(0, DAY)
ANY_ZONE = union(OFFSETS, NO_ZONE)
_TIMES_IN_UTC = numbers(-FURTHEST * 60, DAY + FURTHEST * 60, high_open=True)


@frozen
class XsTime(XsProduct):
    """Values of xs:time; see ``xs_time``."""

    kind: ClassVar[str] = "an xs:time"
    rank: ClassVar[int] = 10
    names: ClassVar[tuple[str, ...]] = ("seconds", "zone")
    value_type: ClassVar[type[Moment]] = XsTimeValue
    legal: ClassVar[dict[str, Domain]] = {
        "seconds": ANY_SECONDS,
        "zone": ANY_ZONE,
        "zoned": _TIMES_IN_UTC,
        "unzoned": ANY_CLOCK,
    }

    seconds: Domain
    zone: Domain
    zoned: Domain
    unzoned: Domain


@frozen
class XsDate(XsProduct):
    """Values of xs:date; see ``xs_date``."""

    kind: ClassVar[str] = "an xs:date"
    rank: ClassVar[int] = 9
    names: ClassVar[tuple[str, ...]] = ("year", "month", "day", "zone")
    value_type: ClassVar[type[Moment]] = XsDateValue
    legal: ClassVar[dict[str, Domain]] = {
        "year": ANY_YEAR,
        "month": ANY_MONTH,
        "day": ANY_DAY,
        "zone": ANY_ZONE,
        "zoned": numbers(step=60),
        "unzoned": numbers(step=DAY),
    }

    year: Domain
    month: Domain
    day: Domain
    zone: Domain
    zoned: Domain
    unzoned: Domain


@frozen
class XsDateTime(XsProduct):
    """Values of xs:dateTime; see ``xs_date_time``."""

    kind: ClassVar[str] = "an xs:dateTime"
    rank: ClassVar[int] = 11
    names: ClassVar[tuple[str, ...]] = ("year", "month", "day", "seconds", "zone")
    value_type: ClassVar[type[Moment]] = XsDateTimeValue
    legal: ClassVar[dict[str, Domain]] = {
        "year": ANY_YEAR,
        "month": ANY_MONTH,
        "day": ANY_DAY,
        "seconds": ANY_CLOCK,
        "zone": ANY_ZONE,
        "zoned": numbers(),
        "unzoned": numbers(),
    }

    year: Domain
    month: Domain
    day: Domain
    seconds: Domain
    zone: Domain
    zoned: Domain
    unzoned: Domain


# --- construction ----------------------------------------------------------------------------------------------------


def xs_time(**fields: Domain) -> Domain:
    """Values of xs:time by ``seconds`` since midnight (86400: written 24:00:00) and ``zone`` in minutes (null: none
    written), at the places ``zoned`` and ``unzoned`` of the time line; what is not given may be anything legal. Raises
    ValueError for another name or kind of set.

    >>> from gbcscheck.domains import integers
    >>> xs_time(zone=integers(0, 0)).contains(XsTimeValue.parse("17:00:00Z"))
    True
    """
    return xs_product(XsTime, fields)


def xs_date(**fields: Domain) -> Domain:
    """Values of xs:date by ``year``, ``month``, ``day``, and the rest as for ``xs_time``; the places are of the first
    instants of days."""
    return xs_product(XsDate, fields)


def xs_date_time(**fields: Domain) -> Domain:
    """Values of xs:dateTime by ``year``, ``month``, ``day``, ``seconds``, and the rest as for ``xs_time``."""
    return xs_product(XsDateTime, fields)


# --- values and bounds on the time line ------------------------------------------------------------------------------

_SHAPES: dict[type[Moment], type[XsProduct]] = {XsTimeValue: XsTime, XsDateValue: XsDate, XsDateTimeValue: XsDateTime}


def moments_equal_to(value: Moment) -> Domain:
    """Every way to write one value: the same instant in each zone (Part 2, 3.2.7.3 and 4.3.5).

    >>> moments_equal_to(XsDateTimeValue.parse("2025-01-01T12:00:00Z")).contains(
    ...     XsDateTimeValue.parse("2025-01-01T13:00:00+01:00")
    ... )
    True
    """
    shape = _SHAPES[type(value)]
    here: Domain = points([value.place])
    return xs_product(
        shape, {"unzoned": here, "zoned": NONE} if value.zone is None else {"zoned": here, "unzoned": NONE}
    )


def moments_within(value: Moment, facet: str) -> Domain:
    """What a bound (``minInclusive``, ``maxExclusive``, ...) leaves: of values with a zone and without those that are
    certainly in order with it. Between the two kinds there is an order only beyond 14 hours (Part 2, 3.2.7.3)."""
    shape = _SHAPES[type(value)]
    low, is_open = facet.startswith("min"), facet.endswith("Exclusive")
    own, other = ("unzoned", "zoned") if value.zone is None else ("zoned", "unzoned")
    apart = value.place + (FURTHEST * 60 if low else -FURTHEST * 60)
    return xs_product(shape, {own: _beyond(value.place, low, is_open), other: _beyond(apart, low, True)})


def _beyond(place: Rational, low: bool, is_open: bool) -> Domain:
    return numbers(place, None, low_open=is_open) if low else numbers(None, place, high_open=is_open)
