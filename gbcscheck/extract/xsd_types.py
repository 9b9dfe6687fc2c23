"""Simple types of XML Schema as domains: the built-in type and every restriction on the way from it, met.

What is exact and what is not (XML Schema Part 2):

* whiteSpace does not narrow a text domain; it is part of the form of a type, by which literals are read, and so is the
  built-in type itself (``1.0`` is no literal of xs:integer).
* Bounds and enumerations of times and dates are places on the time line (3.2.7.3): an enumerated instant is a value in
  every zone.
* totalDigits t with f fraction digits (t of them where fractionDigits is not given) holds the multiples of 10^-n
  below 10^(t-n) for every n up to f (4.3.11). Where the other facets keep within 10^(t-f) that is one lattice and the
  domain is exact, and so it is for whole numbers. Otherwise it is no domain.
* Patterns on anything but texts and booleans, xs:float and xs:double (binary fractions), durations and the parts of
  dates are no domain: the type is given as text alone, with the reason. The literals that such patterns and totalDigits
  leave are a set of texts of its own, ``literals``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, TypeAlias

from gbcscheck import domains as d
from gbcscheck.domains import Domain
from gbcscheck.domains.literals import COLLAPSE, INTEGERS, LEXICAL, Form, NotOfType, built_in, normalized, read_literal
from gbcscheck.domains.singletons import domain_of
from gbcscheck.domains.xml_products import XsProduct
from gbcscheck.extract.xsd_chain import (
    LISTS,
    builtin_name,
    chain_of,
    facets_of,
    form_of,
    is_list,
    is_repeated_by_domain,
    is_union,
    written,
)
from gbcscheck.frozen import frozen

_MANY_DIGITS = 1000
"""Digits beyond which a facet is not worked out."""

_TEXTS: dict[str, tuple[str, ...]] = {
    "string": (),
    "normalizedString": (),
    "token": (),
    "anyURI": (),
    **dict.fromkeys(("QName", "NOTATION"), (r"([\i-[:]][\c-[:]]*:)?[\i-[:]][\c-[:]]*",)),
    "language": ("[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",),
    "Name": (r"\i\c*",),
    "NMTOKEN": (r"\c+",),
    **dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY"), (r"[\i-[:]][\c-[:]]*",)),
}
"""The built-in text types and their patterns (3.2.1, 3.2.17 to 3.2.19, 3.3.1 to 3.3.11)."""

_BUILT_IN: dict[str, Callable[[], Domain]] = {
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
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
_COUNT = re.compile(r"\+?[0-9]+")
_MOST_DIGITS_WRITTEN = 40
"""Total digits beyond which no set of literals is made for them."""

Known: TypeAlias = dict[int, Domain]
"""Domains by the identity of the type."""


class NoDomain(Exception):
    """A type that cannot be said as a domain; the message is the reason."""


@frozen
class SimpleType:
    """What a simple type permits: ``domain`` (None where there is none, for the ``reason``), and ``text``, the
    built-in type with the facets as they are written; empty where the domain says as much (a list of texts).
    ``form`` is how values are written, ``literals`` what patterns and digits leave of it where the domain does not
    say so (None: everything)."""

    domain: Domain | None
    text: str
    form: Form
    literals: Domain | None
    reason: str = ""


def read_simple_type(simple: Any, known: Known | None = None) -> SimpleType:
    """What a simple type of xmlschema permits; ``known`` keeps what was worked out for the next type."""
    chain, form = chain_of(simple), form_of(simple)
    try:
        domain = _domain(chain, {} if known is None else known)
    except NoDomain as error:
        return SimpleType(None, written(simple), form, _literals(chain, with_digits=True), str(error))
    text = "" if is_repeated_by_domain(simple) else written(simple)
    return SimpleType(domain, text, form, _literals(chain, with_digits=False))


def read_value(simple: Any, literal: str) -> Domain | None:
    """The domain of the one value that a literal (a default, a fixed value) means in a type; None where it is not
    worked out."""
    try:
        return domain_of(_value(simple, literal, d.ANY))
    except (NoDomain, d.NotExact):
        return None


def _domain(chain: list[Any], known: Known) -> Domain:
    """The values of the last type of a chain."""
    domain = _without_digits(chain, known)
    total, fraction = _least(chain, "totalDigits"), _least(chain, "fractionDigits")
    named = any(name in ("totalDigits", "fractionDigits") for step in chain[1:] for name, _ in facets_of(step))
    return domain.meet(_of_digits(domain, total, fraction)) if named else domain


def _without_digits(chain: list[Any], known: Known) -> Domain:
    """The values of the last type of a chain, however many digits they have: those depend on every other facet."""
    key = id(chain[-1])
    if key not in known:
        known[key] = _restricted(chain, known) if len(chain) > 1 else _first_domain(chain[0], known)
    return known[key]


def _restricted(chain: list[Any], known: Known) -> Domain:
    """The values of the base of a type, met with what its own facets allow."""
    *bases, simple = chain
    facets = list(facets_of(simple))
    domain = _without_digits(bases, known)
    listed = [value for name, value in facets if name == "enumeration"]
    if listed:
        domain = domain.meet(_joined(_enumerated(bases[-1], value, domain) for value in listed))
    patterns = [value for name, value in facets if name == "pattern"]
    if patterns:
        domain = domain.meet(_matching(domain, patterns))
    for name, value in facets:
        if name in ("length", "minLength", "maxLength"):
            low = 0 if name == "maxLength" else _whole(value)
            domain = domain.meet(_measured(chain[0])(low, None if name == "minLength" else _whole(value)))
        elif name.endswith("clusive"):
            domain = domain.meet(_bounded(domain, name, value, chain[0]))
    return domain


def _first_domain(simple: Any, known: Known) -> Domain:
    """The values of a type that begins a chain."""
    if is_list(simple):
        return d.list_of(_domain(chain_of(simple.item_type), known))
    if is_union(simple):
        return _joined(_domain(chain_of(member), known) for member in simple.member_types)
    return builtin_domain(builtin_name(simple) or "")


def _least(chain: list[Any], facet: str) -> int | None:
    """The least value of totalDigits or fractionDigits on a chain."""
    values = [_whole(value) for step in chain[1:] for name, value in facets_of(step) if name == facet]
    if facet == "fractionDigits" and f"xs:{builtin_name(chain[0])}" in INTEGERS:
        values.append(0)
    return min(values, default=None)


def _whole(value: str) -> int:
    text = normalized(value, COLLAPSE)
    if not _COUNT.fullmatch(text) or len(text) > _MANY_DIGITS:
        raise NoDomain(f"a facet with the value {value[:20]}")
    return int(text)


# --- what facets allow -----------------------------------------------------------------------------------------------


def builtin_domain(name: str) -> Domain:
    """The values of a built-in type by its local name; NoDomain where they are not worked out."""
    if f"xs:{name}" in INTEGERS:
        low, high = INTEGERS[f"xs:{name}"]
        return d.integers(low, high)
    if name in _TEXTS:
        return d.texts(patterns=_TEXTS[name])
    if name in LISTS:
        return d.list_of(builtin_domain(LISTS[name]), 1)
    if name not in _BUILT_IN:
        raise NoDomain(f"the values of xs:{name} are not worked out")
    return _BUILT_IN[name]()


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
    if name in LISTS or is_list(first):
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


def _bounded(domain: Domain, facet: str, value: str, first: Any) -> Domain:
    if not isinstance(domain, d.Numbers | XsProduct):
        raise NoDomain(f"{facet} on what is no number and no time")
    bound = _read(value, built_in(f"xs:{builtin_name(first)}"), d.ANY)
    if isinstance(bound, d.XsTimeValue | d.XsDateValue | d.XsDateTimeValue):
        return d.moments_within(bound, facet)
    assert isinstance(bound, int | Fraction)
    is_open = facet.endswith("Exclusive")
    if facet.startswith("min"):
        return d.numbers(bound, None, low_open=is_open)
    return d.numbers(None, bound, high_open=is_open)


def _of_digits(domain: Domain, total: int | None, fraction: int | None) -> Domain:
    """The numbers of at most ``total`` digits, ``fraction`` of them decimals; see the top of this module."""
    if max(total or 0, fraction or 0) > _MANY_DIGITS:
        raise NoDomain(f"more than {_MANY_DIGITS} digits")
    if total is None:
        return d.numbers(step=Fraction(1, 10 ** (fraction or 0)))
    decimals = total if fraction is None else min(fraction, total)
    step = Fraction(1, 10**decimals)
    most = 10**total - 1
    lattice = domain.meet(d.numbers(step=step))
    inside = d.numbers(-most * step, most * step, step=step)
    if decimals and lattice.meet(inside) != lattice:
        raise NoDomain(f"{total} total digits, {decimals} of them decimals at most: the more digits before the point")
    return inside


# --- what may be written ---------------------------------------------------------------------------------------------


def _literals(chain: list[Any], *, with_digits: bool) -> Domain | None:
    """The literals that the patterns of a type leave where its domain does not hold them, and, with the digits, those
    that totalDigits and fractionDigits leave; None for all of them."""
    base = f"xs:{builtin_name(chain[0])}"
    if base not in LEXICAL and base not in ("xs:time", "xs:date", "xs:dateTime"):
        return None
    patterns = []
    for step in chain[1:]:
        alternatives = [value for name, value in facets_of(step) if name == "pattern"]
        if alternatives:
            patterns.append("|".join(alternatives))
    if with_digits and base == "xs:decimal":
        try:
            total, fraction = _least(chain, "totalDigits"), _least(chain, "fractionDigits")
        except NoDomain:
            total = fraction = None
        if total is not None and total <= _MOST_DIGITS_WRITTEN:
            patterns.append(_digits_written(total, total if fraction is None else min(total, fraction)))
    if not patterns:
        return None
    own, _ = LEXICAL.get(base, ("", ""))
    if own and "?!" not in own:
        patterns.append(own.replace("(?:", "("))
    try:
        return d.texts(patterns=patterns)
    except ValueError:
        return None


def _digits_written(total: int, decimals: int) -> str:
    """The pattern of numbers of some digits: for each number of decimals as many before the point as are left."""
    ways = (f"[0-9]{{0,{total - count}}}(\\.[0-9]{{0,{count}}}0*)?" for count in range(decimals + 1))
    return f"[-+]?0*({'|'.join(ways)})"


# --- single values ---------------------------------------------------------------------------------------------------


def _enumerated(simple: Any, literal: str, domain: Domain) -> Domain:
    """What an enumerated literal permits: its value, a time or date in every zone (4.3.5)."""
    value = _value(simple, literal, domain)
    if isinstance(value, d.XsTimeValue | d.XsDateValue | d.XsDateTimeValue):
        return d.moments_equal_to(value)
    try:
        return domain_of(value)
    except d.NotExact as error:
        raise NoDomain(f"{literal!r}: {error}") from None


def _value(simple: Any, literal: str, domain: Domain) -> d.Value:
    """The one value that a literal means in a type; of a union, one that ``domain`` has."""
    form = form_of(simple)
    if not _has_values(form):
        raise NoDomain(f"single values of {form} are not worked out")
    return _read(literal, form, domain)


def _has_values(form: Form) -> bool:
    if form.parts:
        return all(_has_values(part) for part in form.parts)
    name = form.base.removeprefix("xs:")
    return name in _TEXTS or form.base in INTEGERS or name in _BUILT_IN


def _read(literal: str, form: Form, domain: Domain) -> d.Value:
    try:
        return read_literal(literal, form, domain)
    except NotOfType:
        raise NoDomain(f"{literal!r} is not worked out as a value") from None
