"""Conversions from what a service request writes to forms that commands have of their own: seconds and minutes counted
from a start, identifiers, numbers in octets.

``UTCTime`` is that of the ZigBee Cluster Library: seconds since 2000-01-01T00:00:00Z in 32 bits; the event logs of
electricity meters are selected by the same number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from gbcscheck.domains.base import ANY, ENUMERABLE, NONE, Domain, NotExact, Value
from gbcscheck.domains.choice import union
from gbcscheck.domains.conversion_base import Conversion, each
from gbcscheck.domains.numbers import Numbers, canonical, integers, numbers, points
from gbcscheck.domains.octets import Octets, octets, octets_set
from gbcscheck.domains.rational import quotient
from gbcscheck.domains.spans import moved
from gbcscheck.domains.texts import Texts, text_set, texts
from gbcscheck.domains.xml_moments import DAY, XsDateTimeValue, day_number
from gbcscheck.domains.xml_products import xs_product
from gbcscheck.domains.xml_times import XsDateTime, XsTime, xs_time
from gbcscheck.frozen import frozen

_START = day_number(2000, 1, 1) * DAY
"""The place of UTCTime 0 on the time line, in seconds."""
_COUNTED = integers(0, 0xFFFFFFFF)
_PLACES = integers(_START, _START + 0xFFFFFFFF)
_EUI = re.compile(r"(?:[0-9A-Fa-f]{2}-){7}[0-9A-Fa-f]{2}", re.ASCII)
_EUI_LENGTH, _EUI_OCTETS = 23, 8
_MINUTES = numbers(0, DAY - 60, step=60)


def _each_member(domain: Domain, of_one: Callable[[Value], Iterable[Value]], what: str) -> list[Value]:
    members = None if domain is ANY else domain.members(ENUMERABLE)
    if members is None:
        raise NotExact(f"{what} of {domain} are no set that can be listed")
    return [found for member in members for found in of_one(member)]


@frozen
class ToUtcTime(Conversion):
    """An xs:dateTime with a zone, on a whole second, to the seconds since 2000-01-01T00:00:00Z."""

    @property
    def name(self) -> str:
        return "xs:dateTime to UTCTime"

    def image(self, domain: Domain) -> Domain:
        return each(domain, self._image)

    def _image(self, domain: Domain) -> Domain:
        if domain is ANY:
            return _COUNTED
        if not isinstance(domain, XsDateTime):
            return NONE
        found = _each_member(domain, self._seconds, "the seconds")
        return points(one for one in found if isinstance(one, int))

    @staticmethod
    def _seconds(value: Value) -> Iterable[Value]:
        if isinstance(value, XsDateTimeValue) and value.zone is not None and _PLACES.contains(value.place):
            yield int(value.place) - _START

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, self._preimage)

    def _preimage(self, domain: Domain) -> Domain:
        counted = _COUNTED if domain is ANY else domain.meet(_COUNTED)
        if not isinstance(counted, Numbers):
            return NONE
        return xs_product(XsDateTime, {"zoned": _moved(counted, _START), "unzoned": NONE})


@frozen
class ToMinutes(Conversion):
    """An xs:time on Z, of a whole minute, to the minutes since midnight."""

    @property
    def name(self) -> str:
        return "xs:time to minutes"

    def image(self, domain: Domain) -> Domain:
        return each(domain, self._image)

    def _image(self, domain: Domain) -> Domain:
        whole = xs_time(seconds=_MINUTES, zone=points([0]))
        met = whole if domain is ANY else domain.meet(whole)
        if not isinstance(met, XsTime):
            return NONE
        if met.placed or not isinstance(met.seconds, Numbers):
            raise NotExact(f"{domain} is no set whose fields vary each by themselves")
        return met.seconds.scaled(quotient(1, 60))

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, self._preimage)

    def _preimage(self, domain: Domain) -> Domain:
        minutes = domain.meet(integers(0, 1439)) if domain is not ANY else integers(0, 1439)
        return xs_time(seconds=minutes.scaled(60), zone=points([0])) if isinstance(minutes, Numbers) else NONE


@frozen
class EuiToOctets(Conversion):
    """An EUI-64 as DUIS writes it, ``00-DB-12-34-56-78-90-A0``, to its eight octets; octets stay."""

    @property
    def name(self) -> str:
        return "EUI to octets"

    def image(self, domain: Domain) -> Domain:
        return each(domain, self._image)

    def _image(self, domain: Domain) -> Domain:
        whole = octets(_EUI_OCTETS, _EUI_OCTETS)
        if domain is ANY:
            return whole
        if isinstance(domain, Octets):
            return domain.meet(whole)
        if not isinstance(domain, Texts):
            return NONE
        if domain.listed is not None:
            return octets_set(bytes.fromhex(one.replace("-", "")) for one in domain.listed if _EUI.fullmatch(one))
        return whole if domain.lengths.holds(_EUI_LENGTH) else NONE

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, self._preimage)

    def _preimage(self, domain: Domain) -> Domain:
        met = octets(_EUI_OCTETS, _EUI_OCTETS) if domain is ANY else domain.meet(octets(_EUI_OCTETS, _EUI_OCTETS))
        if not isinstance(met, Octets):
            return NONE
        if met.lengths is None:
            spelt = {spelling for one in met.listed for spelling in (one.hex("-"), one.hex("-").upper())}
            if any(sum(digit.isalpha() for digit in one.hex()) > 1 for one in met.listed):
                raise NotExact("an identifier can be written in too many ways to list")
            return union(text_set(spelt), met)
        return union(texts(_EUI_LENGTH, _EUI_LENGTH, [_EUI.pattern.replace("(?:", "(")]), met)


@frozen
class NumberToOctets(Conversion):
    """A whole number to the ``count`` octets that hold it, the most significant first; octets stay."""

    count: int

    @property
    def name(self) -> str:
        return f"number to octets {self.count}"

    @property
    def _numbers(self) -> Domain:
        return integers(0, 256**self.count - 1)

    def image(self, domain: Domain) -> Domain:
        return each(domain, self._image)

    def _image(self, domain: Domain) -> Domain:
        whole = octets(self.count, self.count)
        if domain is ANY:
            return whole
        if isinstance(domain, Octets):
            return domain.meet(whole)
        if not isinstance(domain, Numbers) or domain.unit is not None:
            return NONE
        if self._numbers.is_subset(domain):
            return whole
        return octets_set(
            one.to_bytes(self.count, "big")
            for one in _each_member(domain.meet(self._numbers), lambda one: (one,), "the octets")
            if isinstance(one, int)
        )

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, self._preimage)

    def _preimage(self, domain: Domain) -> Domain:
        whole = octets(self.count, self.count)
        met = whole if domain is ANY else domain.meet(whole)
        if not isinstance(met, Octets):
            return NONE
        if met.lengths is None:
            return union(points([int.from_bytes(one, "big") for one in met.listed]), met)
        return union(self._numbers, met)


@frozen
class OctetsToNumber(Conversion):
    """``count`` octets to the whole number that they hold, the most significant first: an event code that a response
    writes in hexadecimal, and the device has as a number."""

    count: int

    @property
    def name(self) -> str:
        return f"octets to number {self.count}"

    def image(self, domain: Domain) -> Domain:
        return each(domain, self._image)

    def _image(self, domain: Domain) -> Domain:
        found = NumberToOctets(self.count).preimage(domain if domain is ANY or isinstance(domain, Octets) else NONE)
        return found.meet(numbers(step=1))

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, self._preimage)

    def _preimage(self, domain: Domain) -> Domain:
        return NONE if isinstance(domain, Octets) else NumberToOctets(self.count).image(domain)


class _NotKnown(Conversion):
    """A conversion of which no document at hand says what becomes of a value by itself."""

    __slots__ = ()

    def image(self, domain: Domain) -> Domain:
        return self._of(domain)

    def preimage(self, domain: Domain) -> Domain:
        return self._of(domain)

    def _of(self, domain: Domain) -> Domain:
        if domain.is_empty() is True:
            return NONE
        raise NotExact(f"what becomes of {domain} ({self.name}) is not known")


@frozen
class ScaleBeside(_NotKnown):
    """Numbers multiplied by a factor that stands in other values of the same message: a divisor that the device
    returns beside its register."""

    factor: str

    @property
    def name(self) -> str:
        return f"scale by {self.factor}"


@frozen
class Unstated(_NotKnown):
    """Two forms of one item of which no document at hand says which value of the one is which of the other."""

    @property
    def name(self) -> str:
        return "unstated"


@frozen
class Plus(Conversion):
    """Whole numbers to those that are greater by a number: the script 101 of block 1."""

    distance: int

    @property
    def name(self) -> str:
        return f"plus {self.distance}"

    def image(self, domain: Domain) -> Domain:
        return each(domain, lambda one: _moved(one, self.distance))

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, lambda one: _moved(one, -self.distance))


def _moved(domain: Domain, distance: int) -> Domain:
    if domain is ANY:
        return numbers(step=1)
    if not isinstance(domain, Numbers):
        return NONE
    if domain.step is not None and distance % domain.step:
        raise NotExact(f"{domain}, {distance} further on, are no numbers with one step")
    return canonical([moved(span, distance) for span in domain.spans], domain.step, domain.unit)


WIRE_CONVERSIONS: tuple[Conversion, ...] = (ToUtcTime(), ToMinutes(), EuiToOctets(), Unstated())
