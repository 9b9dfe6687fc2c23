"""The set that holds exactly one value, for a value of each type."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from gbcscheck.domains.base import NONE, Domain, NotExact, Value
from gbcscheck.domains.bits import BitString, bits_set
from gbcscheck.domains.booleans import Null, boolean, null
from gbcscheck.domains.cosem import (
    DATE_FIELDS,
    DATE_TIME_FIELDS,
    TIME_FIELDS,
    DateTimeValue,
    DateValue,
    TimeValue,
    cosem_date,
    cosem_date_time,
    cosem_time,
)
from gbcscheck.domains.lists import list_of
from gbcscheck.domains.numbers import Quantity, points
from gbcscheck.domains.octets import octets_set
from gbcscheck.domains.products import RecordValue, record
from gbcscheck.domains.texts import text_set
from gbcscheck.domains.xml_moments import XsDateTimeValue, XsDateValue, XsTimeValue
from gbcscheck.domains.xml_times import xs_date, xs_date_time, xs_time


def domain_of(value: Value) -> Domain:
    """The set that holds exactly one value; NONE for a COSEM date or time with a field that has no legal value.

    Raises NotExact for a list of different entries, TypeError for what is no value of any kind.

    >>> str(domain_of(287)), str(domain_of((1, 1)))
    ('287', 'list(1, 2)')
    """
    make = OF_TYPE.get(type(value)) or next((OF_TYPE[one] for one in type(value).__mro__ if one in OF_TYPE), None)
    if make is None:
        raise TypeError(f"{value!r} is no value of any kind")
    return make(value)


def _number(value: int | Fraction) -> Domain:
    return points([value])


def _list(value: tuple[Value, ...]) -> Domain:
    if len({domain_of(entry) for entry in value}) > 1:
        raise NotExact("a list of different entries is no set of one shape")
    return list_of(domain_of(value[0]) if value else NONE, len(value), len(value))


def _record(value: RecordValue) -> Domain:
    return record({name: domain_of(field) for name, field in value.fields})


def _cosem(
    make: Callable[..., Domain], names: tuple[str, ...]
) -> Callable[[DateValue | TimeValue | DateTimeValue], Domain]:
    def made(value: DateValue | TimeValue | DateTimeValue) -> Domain:
        return make(**{name: points([field]) for name, field in zip(names, value.fields(), strict=True)})

    return made


def _zone(zone: int | None) -> Domain:
    return null() if zone is None else points([zone])


def _day(value: XsDateValue | XsDateTimeValue) -> dict[str, Domain]:
    return {"year": points([value.year]), "month": points([value.month]), "day": points([value.day])}


def _xs_time(value: XsTimeValue) -> Domain:
    return xs_time(seconds=points([value.seconds]), zone=_zone(value.zone))


def _xs_date(value: XsDateValue) -> Domain:
    return xs_date(**_day(value), zone=_zone(value.zone))


def _xs_date_time(value: XsDateTimeValue) -> Domain:
    return xs_date_time(**_day(value), seconds=points([value.seconds]), zone=_zone(value.zone))


OF_TYPE: dict[type, Callable[[Any], Domain]] = {
    bool: boolean,
    int: _number,
    Fraction: _number,
    Quantity: lambda value: points([value.number], value.unit),
    str: lambda value: text_set([value]),
    bytes: lambda value: octets_set([value]),
    BitString: lambda value: bits_set([value.bits]),
    Null: lambda _: null(),
    tuple: _list,
    RecordValue: _record,
    DateValue: _cosem(cosem_date, DATE_FIELDS),
    TimeValue: _cosem(cosem_time, TIME_FIELDS),
    DateTimeValue: _cosem(cosem_date_time, DATE_TIME_FIELDS),
    XsTimeValue: _xs_time,
    XsDateValue: _xs_date,
    XsDateTimeValue: _xs_date_time,
}
"""For each type of values, what makes the set of one."""
