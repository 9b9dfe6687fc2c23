"""Conversions between what one hop of a message holds and what the next does, as functions on sets of values.

A conversion is a partial function: what it cannot carry has no image. ``image`` is the set of what comes out of a set,
``preimage`` the set of all that goes into one. Both raise NotExact where that is no set that a domain can express.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, reduce

from gbcscheck.domains.base import ANY, NONE, Domain
from gbcscheck.domains.conversion_base import BadConversion, Conversion, each
from gbcscheck.domains.numbers import Numbers, numbers
from gbcscheck.domains.rational import Rational, decimal_text, exact, quotient
from gbcscheck.domains.string_conversions import Hex, TextToOctets, ToBits
from gbcscheck.domains.units import base_unit
from gbcscheck.domains.value_maps import Map, parse_map
from gbcscheck.frozen import frozen

__all__ = [
    "BadConversion",
    "Chain",
    "Conversion",
    "Hex",
    "Identity",
    "Map",
    "Scale",
    "TextToOctets",
    "ToBits",
    "Unit",
    "parse_conversion",
]


@frozen
class Identity(Conversion):
    """The same value."""

    @property
    def name(self) -> str:
        return ""

    def image(self, domain: Domain) -> Domain:
        return domain

    def preimage(self, domain: Domain) -> Domain:
        return domain


@frozen
class Scale(Conversion):
    """Numbers multiplied by a factor, exactly; units stay.

    >>> from gbcscheck.domains import integers
    >>> str(Scale(exact("1/10")).image(integers(0, 0xFFFFFFFF)))
    '0..429496729.5 step 0.1'
    """

    factor: Rational

    @property
    def name(self) -> str:
        return f"scale {decimal_text(self.factor)}"

    def image(self, domain: Domain) -> Domain:
        return each(domain, lambda one: _scaled(one, self.factor))

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, lambda one: _scaled(one, quotient(1, self.factor)))


def _scaled(domain: Domain, factor: Rational) -> Domain:
    if domain is ANY:
        return numbers()
    return domain.scaled(factor) if isinstance(domain, Numbers) else NONE


@frozen
class Unit(Conversion):
    """Numbers without a unit taken to be in one; numbers that already have it stay."""

    unit: str

    @property
    def name(self) -> str:
        return f"unit {self.unit}"

    def image(self, domain: Domain) -> Domain:
        return each(domain, self._image)

    def preimage(self, domain: Domain) -> Domain:
        return each(domain, self._preimage)

    def _image(self, domain: Domain) -> Domain:
        base, size = base_unit(self.unit)
        if domain is ANY:
            return numbers(unit=self.unit)
        if not isinstance(domain, Numbers):
            return NONE
        if domain.unit is None:
            return domain.scaled(size).with_unit(base)
        return domain if domain.unit == base else NONE

    def _preimage(self, domain: Domain) -> Domain:
        base, size = base_unit(self.unit)
        if domain is ANY:
            return numbers()
        if not isinstance(domain, Numbers) or domain.unit not in (None, base):
            return NONE
        return domain.with_unit(None).scaled(quotient(1, size))


# --- chains and names ------------------------------------------------------------------------------------------------


@frozen
class Chain(Conversion):
    """Several conversions, one after the other."""

    links: tuple[Conversion, ...]

    @property
    def name(self) -> str:
        return "; ".join(link.name for link in self.links)

    def image(self, domain: Domain) -> Domain:
        return reduce(lambda met, link: link.image(met), self.links, domain)

    def preimage(self, domain: Domain) -> Domain:
        return reduce(lambda met, link: link.preimage(met), reversed(self.links), domain)


@cache
def _named() -> Mapping[str, Conversion]:
    from gbcscheck.domains.time_conversions import TIME_CONVERSIONS
    from gbcscheck.domains.wire_conversions import WIRE_CONVERSIONS

    return {conversion.name: conversion for conversion in (*TIME_CONVERSIONS, *WIRE_CONVERSIONS)}


@cache
def parse_conversion(text: str) -> Conversion:
    """The conversion that a text names; an empty text is the identity.

    ``scale 1/10``, ``unit V``, ``hex``, ``bits 7``, ``text to octets``, ``map A=1, B=2``, ``xs:time to time``,
    ``xs:date to date``, ``xs:dateTime to date-time``, the same three the other way round, ``xs:date to date or any
    year``, ``xs:dateTime to UTCTime``, ``xs:time to minutes``, ``EUI to octets``, ``number to octets 1``, ``octets to
    number 2``, ``plus 100``, and chains with ``;`` (outside of quotation marks). ``scale by Divisor`` and ``unstated``
    are those of which nobody can say what becomes of a value. Raises BadConversion.
    """
    links = [_parse_link(link.strip()) for link in _split(text)]
    return links[0] if len(links) == 1 else Chain(tuple(links))


def _split(text: str) -> list[str]:
    pieces = re.findall(r'(?:"(?:[^"\\]|\\.)*"|[^;"]|")+', text)
    return pieces or [""]


def _parse_link(text: str) -> Conversion:
    if not text:
        return Identity()
    if text in _named():
        return _named()[text]
    word, _, rest = text.partition(" ")
    rest = rest.strip()
    if text == "hex":
        return Hex()
    if text == "text to octets":
        return TextToOctets()
    if word == "scale" and rest.startswith("by ") and rest[3:].strip():
        from gbcscheck.domains.wire_conversions import ScaleBeside

        return ScaleBeside(rest[3:].strip())
    if word == "scale":
        return Scale(_factor(rest))
    if word == "unit":
        try:
            base_unit(rest)
        except KeyError:
            raise BadConversion(f"{rest!r} is not a unit that is known here") from None
        return Unit(rest)
    if word == "bits" and rest.isdecimal() and 0 < int(rest) <= 4096:
        return ToBits(int(rest))
    if word == "plus" and re.fullmatch(r"-?\d{1,9}", rest, re.ASCII):
        from gbcscheck.domains.wire_conversions import Plus

        return Plus(int(rest))
    if word == "number" and (match := re.fullmatch(r"to octets ([1-8])", rest)):
        from gbcscheck.domains.wire_conversions import NumberToOctets

        return NumberToOctets(int(match[1]))
    if word == "octets" and (match := re.fullmatch(r"to number ([1-8])", rest)):
        from gbcscheck.domains.wire_conversions import OctetsToNumber

        return OctetsToNumber(int(match[1]))
    if word == "map":
        return parse_map(rest)
    raise BadConversion(f"{text!r} is no conversion")


def _factor(text: str) -> Rational:
    if not re.fullmatch(r"[-+]?\d{1,40}(?:\.\d{1,40})?(?:/\d{1,40})?", text, re.ASCII):
        raise BadConversion(f"{text!r} is no factor, as in scale 1/10 or scale 0.1")
    whole, _, divisor = text.partition("/")
    if divisor and not int(divisor):
        raise BadConversion(f"{text!r} divides by 0")
    factor = quotient(exact(whole), int(divisor or 1))
    if factor == 0:
        raise BadConversion("a factor of 0 leaves nothing to compare")
    return factor
