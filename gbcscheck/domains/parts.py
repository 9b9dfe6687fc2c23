"""Parts of a value that stand for something of their own: a field of a date, some octets of a string, some bits of a
number.

A service request writes day, month and year in three elements, or two point numbers in two; the command holds them in
one value. Fields are those of the Blue Book (4.1.6.1); octets are counted from 1, as GBCS does; bit 0 of a number is
the least significant one, and bit 0 of a bit string the first.
"""

from __future__ import annotations

import re
from functools import cache

from gbcscheck.domains.base import ANY, NONE, Domain, NotExact, NoWitness, Value
from gbcscheck.domains.bits import BitString
from gbcscheck.domains.choice import Choice, union
from gbcscheck.domains.conversion_base import BadConversion
from gbcscheck.domains.cosem import (
    DATE_TIME_FIELDS,
    CosemProduct,
    DateTimeValue,
    DateValue,
    TimeValue,
    cosem_date,
    cosem_date_time,
    cosem_time,
)
from gbcscheck.domains.lists import ListOf
from gbcscheck.domains.numbers import integers
from gbcscheck.domains.octets import Octets, octets, octets_set
from gbcscheck.domains.singletons import domain_of
from gbcscheck.frozen import frozen

_RANGE = re.compile(r"(octet|bit)s? (\d{1,4})(?:\.\.(\d{1,4})?)?", re.ASCII)
_MOMENTS: dict[int, type[DateValue | TimeValue | DateTimeValue]] = {4: TimeValue, 5: DateValue, 12: DateTimeValue}
"""What octets of a date or time are, by their number."""
_WHOLE = {4: cosem_time, 5: cosem_date, 12: cosem_date_time}
"""All that so many octets of a date or time can be."""


@frozen
class Part:
    """A part of values: ``of`` one value, ``of_set`` of all the values of a set."""

    name: str

    def of(self, value: Value) -> Value:
        """The part of one value. Raises NoWitness where the value has none of that name."""
        raise NotImplementedError

    def of_set(self, values: Domain) -> Domain:
        """The parts of all the values of a set. Raises NotExact where that is no set that a domain can express."""
        raise NotImplementedError


def _of_members(part: Part, values: Domain) -> Domain:
    """The parts of the members of a set, one by one; of a member without it, none."""
    members = None if values is ANY else values.members(256)
    if members is None:
        raise NotExact(f"which {part.name} the values of {values} have is not known")
    found = []
    for member in members:
        try:
            found.append(domain_of(part.of(member)))
        except NoWitness:
            continue
    return union(*found) if found else NONE


@frozen
class Field(Part):
    """A field of a COSEM date, time or date-time: ``month``."""

    def of(self, value: Value) -> Value:
        if isinstance(value, bytes) and len(value) in _MOMENTS:
            value = _MOMENTS[len(value)].from_octets(value)
        if isinstance(value, DateValue | TimeValue | DateTimeValue):
            names = type_fields(value)
            if self.name in names:
                return value.fields()[names.index(self.name)]
        raise NoWitness(f"{value} has no {self.name}")

    def of_set(self, values: Domain) -> Domain:
        if isinstance(values, Choice):
            return union(*(self.of_set(one) for one in values.alternatives))
        if isinstance(values, Octets) and values.lengths is not None and values.lengths.low == values.lengths.high:
            whole = _WHOLE.get(values.lengths.low)
            values = values if whole is None else whole()
        if isinstance(values, CosemProduct):
            if self.name not in values.names:
                return NONE
            return values.parts[values.names.index(self.name)]
        return _of_members(self, values)


def type_fields(value: DateValue | TimeValue | DateTimeValue) -> tuple[str, ...]:
    """The names of the fields of a date, time or date-time, in their order."""
    count, whole = len(value.fields()), DATE_TIME_FIELDS
    return whole if count == len(whole) else whole[4:8] if isinstance(value, TimeValue) else whole[:4]


@frozen
class SomeOctets(Part):
    """Octets ``first`` to ``last`` of a string, from 1; without ``last`` all from the first on."""

    first: int
    last: int | None

    def of(self, value: Value) -> Value:
        if not isinstance(value, bytes) or len(value) < self.first:
            raise NoWitness(f"{value!r} has no {self.name}")
        return value[self.first - 1 : self.last]

    def of_set(self, values: Domain) -> Domain:
        if isinstance(values, Octets):
            if values.lengths is None:
                return octets_set(one[self.first - 1 : self.last] for one in values.listed if len(one) >= self.first)
            low, high = values.lengths
            most = None if high is None else max(0, high - self.first + 1)
            size = None if self.last is None else self.last - self.first + 1
            if size is not None:
                most = size if most is None else min(most, size)
            least = max(1, min(low - self.first + 1, most if most is not None else low))
            return octets(least, most) if most != 0 else NONE
        return _of_members(self, values)


@frozen
class SomeBits(Part):
    """Bits ``first`` to ``last`` of a number, 0 the least significant, as a number; of a bit string, 0 the first, as
    one bit."""

    first: int
    last: int

    def of(self, value: Value) -> Value:
        if isinstance(value, BitString):
            if self.first == self.last < len(value.bits):
                return int(value.bits[self.first])
        elif isinstance(value, bytes):
            return self._of_number(int.from_bytes(value, "big"))
        elif isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return self._of_number(value)
        raise NoWitness(f"{value!r} has no {self.name}")

    def _of_number(self, value: int) -> int:
        return value >> self.first & ((1 << (self.last - self.first + 1)) - 1)

    def of_set(self, values: Domain) -> Domain:
        whole = integers(0, (1 << (self.last + 1)) - 1)
        if values is not ANY and whole.is_subset(values):
            return integers(0, (1 << (self.last - self.first + 1)) - 1)
        return _of_members(self, values)


@frozen
class SomeBit(Part):
    """One bit of a value; which, a table says that is not at hand."""

    def of(self, value: Value) -> Value:
        raise NotExact("which bit of the value it is, a table says that is not at hand")

    def of_set(self, values: Domain) -> Domain:
        return integers(0, 1)


@frozen
class Member(Part):
    """A member of a list, whichever it is."""

    def of(self, value: Value) -> Value:
        raise NoWitness(f"which member of {value!r} is meant is not said")

    def of_set(self, values: Domain) -> Domain:
        if isinstance(values, ListOf):
            return values.item
        raise NotExact(f"{values} are no lists")


@cache
def parse_part(text: str) -> Part:
    """The part that a text names: ``month`` (a field of a date or time), ``octets 1..13``, ``octets 14..``, ``bit 3``,
    ``bits 0..3``, ``a bit`` (nobody knows which), ``member`` (of a list). Raises BadConversion."""
    if text in DATE_TIME_FIELDS:
        return Field(text)
    if text == "a bit":
        return SomeBit(text)
    if text == "member":
        return Member(text)
    match = _RANGE.fullmatch(text)
    if match is None:
        raise BadConversion(f"{text!r} is no part of a value, as in month, octets 1..13, bits 0..3 or member")
    kind, first, last = match[1], int(match[2]), int(match[3]) if match[3] else None
    if ".." not in text:
        last = first
    if (last is not None and last < first) or (kind == "octet" and first == 0) or (kind == "bit" and last is None):
        raise BadConversion(
            f"{text!r} is no part of a value: octets count from 1, and the last is not before the first"
        )
    return SomeOctets(text, first, last) if kind == "octet" else SomeBits(text, first, last if last is not None else 0)
