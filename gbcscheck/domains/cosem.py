"""COSEM date, time and date-time: their values in octets, and sets of them with wildcards and special values.

Encodings: Blue Book 4.1.6.1. A set is a product, each field varying by itself; whether a month has a day 31 is asked
in ``cosem_calendar``. In a date-time, 0 is also a month, a day and a day of the week: GBCS activates at once with the
octets 0000000000000000008000FF.
"""

from __future__ import annotations

from typing import ClassVar, Self

from gbcscheck.domains.base import NONE, Domain, Value
from gbcscheck.domains.choice import union
from gbcscheck.domains.numbers import integers, points, without_unit
from gbcscheck.domains.products import Product
from gbcscheck.frozen import frozen

UNSPECIFIED = 0xFF
"""Not specified, in every field of one octet."""
UNSPECIFIED_YEAR = 0xFFFF
UNSPECIFIED_DEVIATION = -0x8000
"""The octets 0x8000 read as a signed number of minutes."""
FURTHEST_DEVIATION = 14 * 60
"""Minutes between local time and UTC, at most. Zones reach 14 hours, and as a set none is refused; what a device may
hold is asked in ``cosem_calendar``."""
DST_END, DST_BEGIN = 0xFD, 0xFE
"""Months: the month in which summer time ends or begins."""
SECOND_LAST_DAY, LAST_DAY = 0xFD, 0xFE
"""Days of the month."""

DATE_FIELDS = ("year", "month", "day", "weekday")
TIME_FIELDS = ("hour", "minute", "second", "hundredths")
DATE_TIME_FIELDS = (*DATE_FIELDS, *TIME_FIELDS, "deviation", "status")


@frozen
class DateValue:
    """A COSEM date as its five octets hold it; weekday 1 is Monday.

    >>> str(DateValue.from_octets(bytes.fromhex("000001FFFF")))
    '0x000001FFFF'
    """

    year: int
    month: int
    day: int
    weekday: int

    def octets(self) -> bytes:
        """The five octets."""
        return self.year.to_bytes(2, "big") + bytes((self.month, self.day, self.weekday))

    @classmethod
    def from_octets(cls, octets: bytes) -> DateValue:
        """Read five octets, whatever they hold. Raises ValueError for another number of octets."""
        _expect(octets, 5)
        return cls(int.from_bytes(octets[:2], "big"), octets[2], octets[3], octets[4])

    def fields(self) -> tuple[int, ...]:
        """Year, month, day, day of week."""
        return (self.year, self.month, self.day, self.weekday)

    def __str__(self) -> str:
        return f"0x{self.octets().hex().upper()}"


@frozen
class TimeValue:
    """A COSEM time as its four octets hold it."""

    hour: int
    minute: int
    second: int
    hundredths: int

    def octets(self) -> bytes:
        """The four octets."""
        return bytes(self.fields())

    @classmethod
    def from_octets(cls, octets: bytes) -> TimeValue:
        """Read four octets, whatever they hold. Raises ValueError for another number of octets."""
        _expect(octets, 4)
        return cls(*octets)

    def fields(self) -> tuple[int, ...]:
        """Hour, minute, second, hundredths of a second."""
        return (self.hour, self.minute, self.second, self.hundredths)

    def __str__(self) -> str:
        return f"0x{self.octets().hex().upper()}"


@frozen
class DateTimeValue:
    """A COSEM date-time as its twelve octets hold it; the deviation is in minutes, signed."""

    date: DateValue
    time: TimeValue
    deviation: int
    status: int

    def octets(self) -> bytes:
        """The twelve octets."""
        deviation = self.deviation.to_bytes(2, "big", signed=True)
        return self.date.octets() + self.time.octets() + deviation + bytes((self.status,))

    @classmethod
    def from_octets(cls, octets: bytes) -> DateTimeValue:
        """Read twelve octets, whatever they hold. Raises ValueError for another number of octets."""
        _expect(octets, 12)
        deviation = int.from_bytes(octets[9:11], "big", signed=True)
        return cls(DateValue.from_octets(octets[:5]), TimeValue.from_octets(octets[5:9]), deviation, octets[11])

    def fields(self) -> tuple[int, ...]:
        """The fields of the date, of the time, deviation and clock status."""
        return (*self.date.fields(), *self.time.fields(), self.deviation, self.status)

    def __str__(self) -> str:
        return f"0x{self.octets().hex().upper()}"


def _expect(octets: bytes, count: int) -> None:
    if len(octets) != count:
        raise ValueError(f"{count} octets were expected, these are {len(octets)}")


# --- what a field may hold -------------------------------------------------------------------------------------------

_OCTET = integers(0, 255)
_LEGAL_DATE = {
    "year": integers(0, 0xFFFF),
    "month": union(integers(1, 12), integers(DST_END, UNSPECIFIED)),
    "day": union(integers(1, 31), integers(SECOND_LAST_DAY, UNSPECIFIED)),
    "weekday": union(integers(1, 7), integers(UNSPECIFIED, UNSPECIFIED)),
}
_LEGAL_TIME = {
    "hour": union(integers(0, 23), integers(UNSPECIFIED, UNSPECIFIED)),
    "minute": union(integers(0, 59), integers(UNSPECIFIED, UNSPECIFIED)),
    "second": union(integers(0, 59), integers(UNSPECIFIED, UNSPECIFIED)),
    "hundredths": union(integers(0, 99), integers(UNSPECIFIED, UNSPECIFIED)),
}
_LEGAL_DATE_TIME = {
    "year": _LEGAL_DATE["year"],
    **{name: union(integers(0, 0), _LEGAL_DATE[name]) for name in DATE_FIELDS[1:]},
    **_LEGAL_TIME,
    "deviation": union(
        integers(UNSPECIFIED_DEVIATION, UNSPECIFIED_DEVIATION), integers(-FURTHEST_DEVIATION, FURTHEST_DEVIATION)
    ),
    "status": _OCTET,
}


class CosemProduct(Product):
    """What the three kinds have in common."""

    __slots__ = ()

    legal: ClassVar[dict[str, Domain]] = {}

    def _with(self, parts: tuple[Domain, ...]) -> Self:
        return type(self)(*parts)


@frozen
class CosemDate(CosemProduct):
    """COSEM dates (5 octets); see ``cosem_date``."""

    kind: ClassVar[str] = "a COSEM date"
    rank: ClassVar[int] = 6
    names: ClassVar[tuple[str, ...]] = DATE_FIELDS
    legal: ClassVar[dict[str, Domain]] = _LEGAL_DATE

    year: Domain
    month: Domain
    day: Domain
    weekday: Domain

    @property
    def parts(self) -> tuple[Domain, ...]:
        return (self.year, self.month, self.day, self.weekday)

    def _fields_of(self, value: Value) -> tuple[Value, ...] | None:
        return value.fields() if isinstance(value, DateValue) else None

    def _value(self, fields: tuple[Value, ...]) -> Value:
        return DateValue(*_whole(fields))


@frozen
class CosemTime(CosemProduct):
    """COSEM times (4 octets); see ``cosem_time``."""

    kind: ClassVar[str] = "a COSEM time"
    rank: ClassVar[int] = 7
    names: ClassVar[tuple[str, ...]] = TIME_FIELDS
    legal: ClassVar[dict[str, Domain]] = _LEGAL_TIME

    hour: Domain
    minute: Domain
    second: Domain
    hundredths: Domain

    @property
    def parts(self) -> tuple[Domain, ...]:
        return (self.hour, self.minute, self.second, self.hundredths)

    def _fields_of(self, value: Value) -> tuple[Value, ...] | None:
        return value.fields() if isinstance(value, TimeValue) else None

    def _value(self, fields: tuple[Value, ...]) -> Value:
        return TimeValue(*_whole(fields))


@frozen
class CosemDateTime(CosemProduct):
    """COSEM dates and times (12 octets); see ``cosem_date_time``."""

    kind: ClassVar[str] = "a COSEM date-time"
    rank: ClassVar[int] = 8
    names: ClassVar[tuple[str, ...]] = DATE_TIME_FIELDS
    legal: ClassVar[dict[str, Domain]] = _LEGAL_DATE_TIME

    year: Domain
    month: Domain
    day: Domain
    weekday: Domain
    hour: Domain
    minute: Domain
    second: Domain
    hundredths: Domain
    deviation: Domain
    status: Domain

    @property
    def parts(self) -> tuple[Domain, ...]:
        return tuple(getattr(self, name) for name in DATE_TIME_FIELDS)

    def _fields_of(self, value: Value) -> tuple[Value, ...] | None:
        return value.fields() if isinstance(value, DateTimeValue) else None

    def _value(self, fields: tuple[Value, ...]) -> Value:
        numbers = _whole(fields)
        return DateTimeValue(DateValue(*numbers[:4]), TimeValue(*numbers[4:8]), numbers[8], numbers[9])


def _whole(fields: tuple[Value, ...]) -> list[int]:
    return [field for field in fields if isinstance(field, int)]


WHOLE_SECOND = points([0, UNSPECIFIED])
"""The hundredths of a whole second: 0, or not specified."""
LEFT_OPEN = frozenset(("weekday", "deviation", "status"))
"""Fields that a date or time may leave open and still be one day and one time of day."""


def is_one_moment(domain: Domain) -> bool:
    """Whether a set of COSEM dates or times holds the encodings of a single day, time of day, or both: everything but
    the day of the week, the deviation and the clock status is given; hundredths may be 0 or not specified."""
    if not isinstance(domain, CosemProduct):
        return False
    return all(
        part.members(1) is not None or (name == "hundredths" and part == WHOLE_SECOND)
        for name, part in zip(domain.names, domain.parts, strict=True)
        if name not in LEFT_OPEN
    )


def with_the_rest_open(moment: CosemProduct) -> Value:
    """The encoding of a single day or time of day in which all that may be left open is not specified."""
    bare = {
        "weekday": UNSPECIFIED,
        "hundredths": UNSPECIFIED,
        "deviation": UNSPECIFIED_DEVIATION,
        "status": UNSPECIFIED,
    }
    fields: list[Value] = []
    for name, part in zip(moment.names, moment.parts, strict=True):
        members = part.members(1)
        fields.append(members[0] if members else bare[name])
    return moment._value(tuple(fields))


# --- construction ----------------------------------------------------------------------------------------------------


def cosem_date(**fields: Domain) -> Domain:
    """COSEM dates: ``year``, ``month``, ``day``, ``weekday``, each a set of numbers; what is not given may be
    anything legal, wildcards and special values included. Raises ValueError for another name or kind of set.

    >>> from gbcscheck.domains import integers
    >>> cosem_date(year=integers(0xFFFF, 0xFFFF)).contains(DateValue(0xFFFF, 12, 25, 0xFF))
    True
    """
    return _product(CosemDate, fields)


def cosem_time(**fields: Domain) -> Domain:
    """COSEM times: ``hour``, ``minute``, ``second``, ``hundredths``; as ``cosem_date``."""
    return _product(CosemTime, fields)


def cosem_date_time(**fields: Domain) -> Domain:
    """COSEM dates and times: the fields of both, ``deviation`` in minutes and clock ``status``; as ``cosem_date``."""
    return _product(CosemDateTime, fields)


def _product(shape: type[CosemDate | CosemTime | CosemDateTime], fields: dict[str, Domain]) -> Domain:
    unknown = sorted(set(fields) - set(shape.names))
    if unknown:
        raise ValueError(f"{shape.kind} has no field {unknown[0]}; it has {', '.join(shape.names)}")
    parts = []
    for name in shape.names:
        part = shape.legal[name]
        parts.append(part.meet(without_unit(fields[name])) if name in fields else part)
    return NONE if NONE in parts else shape(*parts)
