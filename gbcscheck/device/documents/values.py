"""The values that XML writes: a literal held against what the schema says of its element or attribute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.domains.literals import (
    COLLAPSE,
    Form,
    NotOfType,
    beyond_type,
    built_in,
    normalized,
    parse_form,
    read_literal,
)
from gbcscheck.model import Statement
from gbcscheck.notation.canonical import parse_domain

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

_PATTERN = re.compile(r", pattern .*?(?=, (?:min|max)(?:In|Ex)clusive |$)", re.DOTALL)
_BOUND = re.compile(r", ((?:min|max)(?:In|Ex)clusive) (\S+?)(?=, |$)")

StatementByAttribute = Mapping[str, Statement]
"""What a schema says of one element or attribute, by statement attribute."""


class Reading(NamedTuple):
    """A literal as a value; whether it is permitted (None: nobody can say), and the statement that refuses it.
    ``reason`` says what was expected where the literal is no value of its type at all."""

    value: object
    permitted: bool | None
    stated: Statement
    reason: str = ""


def read_written(literal: str, by_attribute: StatementByAttribute) -> Reading:
    """What a literal is by the statements ``permitted`` (there has to be one), ``type``, ``literals``, ``constant``."""
    stated = by_attribute["permitted"]
    domain = parse_domain(stated.domain) if stated.domain is not None else None
    form = form_of(by_attribute, domain)
    if form is None:
        value: object = _loosely(literal, domain)
        return Reading(value, None if domain is None else domain.contains(value), stated)
    try:
        value = read_literal(literal, form, *([domain] if domain is not None else []))
    except NotOfType as error:
        return Reading(literal, False, stated, str(error))
    if domain is None and (expected := beyond_type(value, form) or _beyond_bounds(value, form, stated.text or "")):
        return Reading(value, False, stated, expected)
    if domain is not None and not domain.contains(value):
        return Reading(value, False, stated)
    left = by_attribute.get("literals")
    if (
        left is not None
        and left.domain
        and not parse_domain(left.domain).contains(normalized(literal, form.white_space))
    ):
        return Reading(value, False, left)
    fixed = by_attribute.get("constant")
    if fixed is not None and fixed.domain and not _is_fixed(value, parse_domain(fixed.domain)):
        return Reading(value, False, fixed)
    return Reading(value, None if domain is None else True, stated)


def form_of(by_attribute: StatementByAttribute, domain: Domain | None) -> Form | None:
    """How values are written: by the type, by the words of the permitted set, or else by its kind. None for texts of
    which nobody says what becomes of blanks, and for sets of several kinds."""
    kind = by_attribute.get("type")
    for text in (kind.text, str(kind.value)) if kind is not None else ():
        if text and (form := parse_form(text)) is not None:
            return form
    if (form := parse_form((by_attribute["permitted"].text or "").partition(",")[0])) is not None:
        return form
    from gbcscheck.domains import Booleans, Numbers, Octets, XsDate, XsDateTime, XsTime

    if isinstance(domain, Numbers):
        return built_in("xs:integer" if domain.step == 1 else "xs:decimal")
    kinds = {Booleans: "xs:boolean", Octets: "xs:hexBinary", XsTime: "xs:time", XsDate: "xs:date"}
    name = {**kinds, XsDateTime: "xs:dateTime"}.get(type(domain))
    return built_in(name) if name else None


def _beyond_bounds(value: object, form: Form, text: str) -> str:
    """What was expected of a number that a bound in the words of a type leaves out, where no set of values says so;
    empty where it is within, and for what is no number."""
    from gbcscheck.domains import numbers

    if not isinstance(value, int | Fraction) or isinstance(value, bool):
        return ""
    for facet, literal in _BOUND.findall(_PATTERN.sub("", text)):
        try:
            bound = read_literal(literal, form)
        except NotOfType:
            continue
        if not isinstance(bound, int | Fraction):
            continue
        is_open, low = facet.endswith("Exclusive"), facet.startswith("min")
        within = numbers(bound, None, low_open=is_open) if low else numbers(None, bound, high_open=is_open)
        if not within.contains(value):
            return f"a value within {facet} {literal} was expected"
    return ""


def _loosely(literal: str, domain: Domain | None) -> str:
    """A text with its blanks where the set has it so, else with its blanks collapsed."""
    if domain is None or domain.contains(literal):
        return literal
    collapsed = normalized(literal, COLLAPSE)
    return collapsed if domain.contains(collapsed) else literal


def _is_fixed(value: object, fixed: Domain) -> bool:
    """Whether a value is the fixed one; equal instants in two zones are one value (XML Schema Part 2, 3.2.7.3)."""
    from gbcscheck.domains import XsDateTimeValue, XsDateValue, XsTimeValue, moments_equal_to

    if fixed.contains(value):
        return True
    if not isinstance(value, XsTimeValue | XsDateValue | XsDateTimeValue):
        return False
    return not moments_equal_to(value).meet(fixed).is_empty()
