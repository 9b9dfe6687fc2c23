"""Domains and values written out: any domain in the canonical notation, any value on one line for a reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from gbcscheck.domains.base import Anything, Domain, Nothing, Value
from gbcscheck.domains.bits import Bits, BitString
from gbcscheck.domains.booleans import Booleans, Nulls
from gbcscheck.domains.choice import Choice
from gbcscheck.domains.cosem import CosemProduct, CosemDate, CosemDateTime, CosemTime
from gbcscheck.domains.lengths import Lengths
from gbcscheck.domains.lists import ListOf
from gbcscheck.domains.numbers import Numbers
from gbcscheck.domains.octets import Octets
from gbcscheck.domains.products import Record, RecordValue
from gbcscheck.domains.rational import decimal_text
from gbcscheck.domains.spans import Span
from gbcscheck.domains.texts import Texts
from gbcscheck.domains.xml_products import XsProduct
from gbcscheck.domains.xml_times import XsDate, XsDateTime, XsTime

NAMES: dict[type[Domain], str] = {
    CosemDate: "date",
    CosemTime: "time",
    CosemDateTime: "date-time",
    XsDate: "xs:date",
    XsTime: "xs:time",
    XsDateTime: "xs:dateTime",
}
"""What the sets of dates and times are called in the notation."""

LISTED = 8
"""A set on a lattice with at most this many members is written as a list where its step is not 1."""
LONGEST_VALUE = 120
"""Characters of a value that are shown; the rest is counted."""


def written(domain: Domain) -> str:
    """A domain in the canonical notation; parsing it gives the domain back."""
    return _WRITERS[type(domain)](domain)


def _numbers(domain: Numbers) -> str:
    unit = f" {domain.unit}" if domain.unit else ""
    if domain.step is not None and domain.step != 1:
        listed = domain.numbers(LISTED)
        if listed is not None:
            return " | ".join(f"{decimal_text(number)}{unit}" for number in listed)
    step = "" if domain.step == 1 else " step any" if domain.step is None else f" step {decimal_text(domain.step)}"
    return " | ".join(_span(span, domain.step == 1, step, unit) for span in domain.spans)


def _span(span: Span, whole: bool, step: str, unit: str) -> str:
    low = "" if span.low is None else decimal_text(span.low)
    high = "" if span.high is None else decimal_text(span.high)
    if span.is_point:
        return f"{low}{unit}"
    if not low and not high:
        return f"{'int' if whole else 'decimal'}{'' if whole or step == ' step any' else step}{unit}"
    if whole and low and high and (span.high or 0) - (span.low or 0) == 1:
        return f"{low}{unit} | {high}{unit}"
    return f"{low}{'<' * span.low_open}..{'<' * span.high_open}{high}{step}{unit}"


def _texts(domain: Texts) -> str:
    if domain.listed is not None:
        return " | ".join(quoted(text) for text in domain.listed)
    counts = "" if domain.lengths == (0, None) else f"({domain.lengths.written()})"
    return f"text{counts}" + "".join(f" matching {quoted(pattern)}" for pattern in domain.patterns)


def _bits(domain: Bits) -> str:
    if domain.lengths is not None:
        return _counted("bits", domain.lengths)
    return f"0b{domain.mask}" if domain.mask is not None else " | ".join(_bit_string(bits) for bits in domain.listed)


def _bit_string(bits: str) -> str:
    return f"0b{bits}" if bits else "bits(0)"


def _octets(domain: Octets) -> str:
    if domain.lengths is not None:
        return _counted("octets", domain.lengths)
    return " | ".join(f"0x{octets.hex().upper()}" if octets else "octets(0)" for octets in domain.listed)


def _counted(name: str, lengths: Lengths) -> str:
    return name if lengths == (0, None) else f"{name}({lengths.written()})"


def _booleans(domain: Booleans) -> str:
    return "boolean" if len(domain.values) == 2 else "true" if domain.values[0] else "false"


def _list(domain: ListOf) -> str:
    counts = "" if domain.lengths == (0, None) else f", {domain.lengths.written()}"
    return f"list({written(domain.item)}{counts})"


def _record(domain: Record) -> str:
    return "{" + ", ".join(f"{_name(name)}: {written(part)}" for name, part in domain.fields) + "}"


def _name(name: str) -> str:
    plain = name.isascii() and name.replace("_", "a").isalnum() and not name[:1].isdigit()
    return name if plain and name not in KEYWORDS else quoted(name)


def _product(domain: CosemProduct | XsProduct) -> str:
    shown = [(name, getattr(domain, name)) for name in domain.legal]
    fields = [f"{name} {written(part)}" for name, part in shown if part != domain.legal[name]]
    return NAMES[type(domain)] + (f"({', '.join(fields)})" if fields else "")


def _choice(domain: Choice) -> str:
    return " | ".join(written(one) for one in domain.alternatives)


KEYWORDS = frozenset(
    (
        *("any", "none", "null", "int", "decimal", "step", "text", "matching"),
        *("bits", "octets", "boolean", "true", "false", "list", "time", "date"),
    )
)
"""Words of the notation, which stand in quotes where they are the name of a field."""

_WRITERS: dict[type[Domain], Callable[[Any], str]] = {
    Anything: lambda _: "any",
    Nothing: lambda _: "none",
    Nulls: lambda _: "null",
    Numbers: _numbers,
    Texts: _texts,
    Bits: _bits,
    Octets: _octets,
    Booleans: _booleans,
    ListOf: _list,
    Record: _record,
    Choice: _choice,
    **dict.fromkeys(NAMES, _product),
}


def quoted(text: str) -> str:
    """A text in quotation marks, with the escapes of JSON."""
    return json.dumps(text, ensure_ascii=False)


# --- values ----------------------------------------------------------------------------------------------------------


def written_value(value: Value) -> str:
    """A value on one line: ``287``, ``"A"``, ``0b1111111``, ``0x0E``, ``17:00:00Z``. A long one is cut, and its length
    given.

    >>> written_value("x" * 500)[-23:]
    'xxxx…" (500 characters)'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Fraction):
        return decimal_text(value)
    if isinstance(value, str):
        if len(value) <= LONGEST_VALUE:
            return quoted(value)
        return f'{quoted(value[:LONGEST_VALUE])[:-1]}…" ({len(value)} characters)'
    if isinstance(value, bytes):
        shown = f"0x{value[: LONGEST_VALUE // 2].hex().upper()}"
        return shown if len(value) <= LONGEST_VALUE // 2 else f"{shown}… ({len(value)} octets)"
    if isinstance(value, BitString):
        if len(value.bits) <= LONGEST_VALUE:
            return str(value)
        return f"0b{value.bits[:LONGEST_VALUE]}… ({len(value.bits)} bits)"
    if isinstance(value, tuple):
        entries = [written_value(entry) for entry in value[:LISTED]]
        more = f", … ({len(value)} entries)" if len(value) > LISTED else ""
        return f"[{', '.join(entries)}{more}]"
    if isinstance(value, RecordValue):
        return "{" + ", ".join(f"{_name(name)}: {written_value(field)}" for name, field in value.fields) + "}"
    return str(value)
