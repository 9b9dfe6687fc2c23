"""Simple types of XML Schema as domains: the built-in type and every restriction on the way from it, met.

What is exact and what is not (XML Schema Part 2):

* whiteSpace does not narrow a text domain: the values of xs:token have no leading, trailing or double blanks, which
  the domain ``text`` does not say; enumerated texts are normalised as the type asks.
* totalDigits t with f fraction digits (t of them where fractionDigits is not given) holds the multiples of 10^-n
  below 10^(t-n) for every n up to f (4.3.11). Where the other facets keep within 10^(t-f) that is one lattice and the
  domain is exact, and so it is for whole numbers. Otherwise the domain is the multiples of 10^-f below 10^t: both
  ends are right, and between 10^(t-f) and 10^t it holds values with more digits than t.
* Bounds on times and dates, patterns on anything but texts and booleans, xs:float and xs:double (binary fractions),
  durations and the parts of dates are no domain: the type is given as text alone, with the reason.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from gbcscheck import domains as d
from gbcscheck.domains import Domain
from gbcscheck.extract.xsd_chain import (
    builtin_name,
    chain_of,
    facets_of,
    is_list,
    is_repeated_by_domain,
    is_union,
    written,
)

_MANY_DIGITS = 1000
"""Digits beyond which a facet is not worked out."""

_BITS = {"byte": 8, "short": 16, "int": 32, "long": 64}
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    **{name: (-(2**bits // 2), 2**bits // 2 - 1) for name, bits in _BITS.items()},
    **{f"unsigned{name.capitalize()}": (0, 2**bits - 1) for name, bits in _BITS.items()},
}
"""The ends of the built-in integer types (3.3.13 to 3.3.25)."""

_TEXTS: dict[str, tuple[str, ...]] = {
    "string": (),
    "normalizedString": (),
    "token": (),
    "anyURI": (),
    "QName": (),
    "NOTATION": (),
    "language": ("[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",),
    "Name": (r"\i\c*",),
    "NMTOKEN": (r"\c+",),
    **dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY"), (r"[\i-[:]][\c-[:]]*",)),
}
"""The built-in text types and their patterns (3.2.1, 3.2.17 to 3.2.19, 3.3.1 to 3.3.11)."""

_LISTS = {"NMTOKENS": "NMTOKEN", "IDREFS": "IDREF", "ENTITIES": "ENTITY"}
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


Known: TypeAlias = dict[int, Domain]
"""Domains by the identity of the type."""


class NoDomain(Exception):
    """A type that cannot be said as a domain; the message is the reason."""


@dataclass(frozen=True, slots=True)
class SimpleType:
    """What a simple type permits: ``domain`` (None where there is none, for the ``reason``), and ``text``, the
    built-in type with the facets as they are written; empty where the domain says as much (a list of texts)."""

    domain: Domain | None
    text: str
    reason: str = ""


def read_simple_type(simple: Any, known: Known | None = None) -> SimpleType:
    """What a simple type of xmlschema permits; ``known`` keeps what was worked out for the next type."""
    try:
        domain = _domain(chain_of(simple), {} if known is None else known)
    except NoDomain as error:
        return SimpleType(None, written(simple), str(error))
    return SimpleType(domain, "" if is_repeated_by_domain(simple) else written(simple))


def read_literal(simple: Any, literal: str) -> Domain | None:
    """The domain of the one value that a literal (a default, a fixed value) means in a type; None where it is not
    worked out."""
    try:
        return _literal(simple, literal)
    except NoDomain:
        return None


def _domain(chain: list[Any], known: Known) -> Domain:
    """The values of the last type of a chain."""
    key = id(chain[-1])
    if key not in known:
        known[key] = _restricted(chain, known) if len(chain) > 1 else _first_domain(chain[0], known)
    return known[key]


def _restricted(chain: list[Any], known: Known) -> Domain:
    """The values of the base of a type, met with what its own facets allow."""
    *bases, simple = chain
    facets = list(facets_of(simple))
    domain = _domain(bases, known)
    listed = [value for name, value in facets if name == "enumeration"]
    if listed:
        domain = domain.meet(_joined(_literal(bases[-1], value) for value in listed))
    patterns = [value for name, value in facets if name == "pattern"]
    if patterns:
        domain = domain.meet(_matching(domain, patterns))
    for name, value in facets:
        if name in ("length", "minLength", "maxLength"):
            low = 0 if name == "maxLength" else _whole(value)
            domain = domain.meet(_measured(chain[0])(low, None if name == "minLength" else _whole(value)))
        elif name.endswith("clusive"):
            domain = domain.meet(_bounded(domain, name, value))
    if any(name in ("totalDigits", "fractionDigits") for name, _ in facets):
        domain = domain.meet(_of_digits(domain, _least(chain, "totalDigits"), _least(chain, "fractionDigits")))
    return domain


def _first_domain(simple: Any, known: Known) -> Domain:
    """The values of a type that begins a chain."""
    if is_list(simple):
        return d.list_of(_domain(chain_of(simple.item_type), known))
    if is_union(simple):
        return _joined(_domain(chain_of(member), known) for member in simple.member_types)
    return _builtin_domain(builtin_name(simple) or "")


def _least(chain: list[Any], facet: str) -> int | None:
    """The least value of totalDigits or fractionDigits on a chain."""
    values = [_whole(value) for step in chain[1:] for name, value in facets_of(step) if name == facet]
    if facet == "fractionDigits" and builtin_name(chain[0]) in _INTEGERS:
        values.append(0)
    return min(values, default=None)


def _whole(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise NoDomain(f"a facet with the value {value[:20]}") from None


# --- what facets allow -----------------------------------------------------------------------------------------------


def _builtin_domain(name: str) -> Domain:
    if name in _INTEGERS:
        low, high = _INTEGERS[name]
        return d.integers(low, high)
    if name in _TEXTS:
        return d.texts(patterns=_TEXTS[name])
    if name in _LISTS:
        return d.list_of(_builtin_domain(_LISTS[name]), 1)
    makers: dict[str, Callable[[], Domain]] = {
        "decimal": d.numbers,
        "boolean": d.booleans,
        "hexBinary": d.octets,
        "base64Binary": d.octets,
        "time": d.xs_time,
        "date": d.xs_date,
        "dateTime": d.xs_date_time,
        "anySimpleType": lambda: d.ANY,
        "anyAtomicType": lambda: d.ANY,
    }
    if name not in makers:
        raise NoDomain(f"the values of xs:{name} are not worked out")
    return makers[name]()


def _joined(parts: Iterable[Domain]) -> Domain:
    """The union of some domains; of texts in one go."""
    found = list(parts)
    try:
        listed = [one.members() if isinstance(one, d.Texts) else None for one in found]
        if found and None not in listed:
            return d.text_set(str(text) for texts in listed if texts for text in texts)
        return d.union(*found) if found else d.NONE
    except d.NotExact as error:
        raise NoDomain(f"a union: {error}") from None


def _measured(first: Any) -> Callable[..., Domain]:
    """The domain whose lengths the length facets of a chain count: entries, octets or characters."""
    name = builtin_name(first)
    if name in _LISTS or is_list(first):
        return lambda low, high: d.list_of(d.ANY, low, high)
    return d.octets if name in ("hexBinary", "base64Binary") else d.texts


def _matching(domain: Domain, patterns: list[str]) -> Domain:
    """What the patterns of one step allow: any one of them has to match (4.3.4.3)."""
    if isinstance(domain, d.Booleans):
        matcher = d.texts(patterns=["|".join(patterns)])
        return d.union(*(d.boolean(value) for literal, value in _BOOLEANS.items() if matcher.contains(literal)))
    if not isinstance(domain, d.Texts):
        raise NoDomain("a pattern on what is no text")
    try:
        return d.texts(patterns=["|".join(patterns)])
    except ValueError as error:
        raise NoDomain(f"a pattern that cannot be read: {error}") from None


def _bounded(domain: Domain, facet: str, value: str) -> Domain:
    if not isinstance(domain, d.Numbers):
        raise NoDomain(f"{facet} on what is no number")
    number = _number(value)
    is_open = facet.endswith("Exclusive")
    if facet.startswith("min"):
        return d.numbers(number, None, low_open=is_open)
    return d.numbers(None, number, high_open=is_open)


def _of_digits(domain: Domain, total: int | None, fraction: int | None) -> Domain:
    """The numbers of at most ``total`` digits, ``fraction`` of them decimals; see the top of this module."""
    if max(total or 0, fraction or 0) > _MANY_DIGITS:
        raise NoDomain(f"more than {_MANY_DIGITS} digits")
    if total is None:
        return d.numbers(step=Fraction(1, 10 ** (fraction or 0)))
    step = Fraction(1, 10 ** (total if fraction is None else min(fraction, total)))
    most = 10**total - 1
    lattice = domain.meet(d.numbers(step=step))
    inside = d.numbers(-most * step, most * step, step=step)
    return inside if lattice.meet(inside) == lattice else d.numbers(-most, most, step=step)


def _number(value: str) -> Fraction:
    try:
        return Fraction(value.strip())
    except (ValueError, ZeroDivisionError):
        raise NoDomain(f"{value[:20]} is not worked out as a number") from None


# --- single values ---------------------------------------------------------------------------------------------------


def _literal(simple: Any, literal: str) -> Domain:
    """The one value that a literal means."""
    first = chain_of(simple)[0]
    if is_union(first):
        for member in first.member_types:
            if member.is_valid(literal):
                return _literal(member, literal)
        raise NoDomain(f"{literal!r} is no value of the union")
    name = builtin_name(first)
    try:
        if name in _TEXTS:
            return d.text_set([simple.normalize(literal)])
        value = " ".join(literal.split())
        if name in _INTEGERS or name == "decimal":
            return d.points([_number(value)])
        if name == "boolean":
            return d.boolean(_BOOLEANS[value])
        if name == "hexBinary":
            return d.octets_of(bytes.fromhex(value))
        if name == "base64Binary":
            return d.octets_of(base64.b64decode(value.replace(" ", ""), validate=True))
        return _moment(name, value)
    except (KeyError, ValueError, binascii.Error):
        raise NoDomain(f"{literal!r} is not worked out as a value") from None


def _moment(name: str | None, value: str) -> Domain:
    """A time, date or both, as it is written."""
    if name == "time":
        time = d.XsTimeValue.parse(value)
        return d.xs_time(seconds=d.points([time.seconds]), zone=_zone(time.zone))
    fields: Any
    if name == "date":
        date = d.XsDateValue.parse(value)
        fields = {key: d.points([getattr(date, key)]) for key in ("year", "month", "day")}
        return d.xs_date(**fields, zone=_zone(date.zone))
    if name == "dateTime":
        moment = d.XsDateTimeValue.parse(value)
        fields = {key: d.points([getattr(moment, key)]) for key in ("year", "month", "day", "seconds")}
        return d.xs_date_time(**fields, zone=_zone(moment.zone))
    raise NoDomain(f"single values of xs:{name} are not worked out")


def _zone(zone: int | None) -> Domain:
    return d.null() if zone is None else d.points([zone])
