"""Sets of values written out: any set in the canonical notation. Parsing what is written gives the set back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gbcscheck.domains.base import NOTATION, Anything, Domain, Nothing
from gbcscheck.domains.bits import Bits
from gbcscheck.domains.booleans import Booleans, Nulls
from gbcscheck.domains.choice import Choice
from gbcscheck.domains.cosem import CosemProduct
from gbcscheck.domains.kinds import DATED
from gbcscheck.domains.lengths import ANY_LENGTH, Lengths
from gbcscheck.domains.lists import ListOf
from gbcscheck.domains.numbers import Numbers
from gbcscheck.domains.octets import Octets
from gbcscheck.domains.products import Record
from gbcscheck.domains.rational import decimal_text
from gbcscheck.domains.spans import Span
from gbcscheck.domains.texts import Texts
from gbcscheck.domains.value_text import print_fields
from gbcscheck.domains.words import quoted
from gbcscheck.domains.xml_products import XsProduct

LISTED = 8
"""A set on a lattice with at most this many members is written as a list where its step is not 1."""


def print_domain(domain: Domain) -> str:
    """A set in the canonical notation; parsing it gives the set back."""
    return NOTATION(domain)


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
    return _counted("text", domain.lengths) + "".join(f" matching {quoted(pattern)}" for pattern in domain.patterns)


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
    return name if lengths == ANY_LENGTH else f"{name}({_lengths(lengths)})"


def _lengths(lengths: Lengths) -> str:
    """A range of counts: ``5``, ``0..12``, ``1..``."""
    if lengths.high == lengths.low:
        return str(lengths.low)
    return f"{lengths.low}..{'' if lengths.high is None else lengths.high}"


def _booleans(domain: Booleans) -> str:
    return "boolean" if len(domain.values) == 2 else "true" if domain.values[0] else "false"


def _list(domain: ListOf) -> str:
    counts = "" if domain.lengths == ANY_LENGTH else f", {_lengths(domain.lengths)}"
    return f"list({print_domain(domain.item)}{counts})"


def _record(domain: Record) -> str:
    return print_fields(tuple((name, print_domain(part)) for name, part in domain.fields))


def _dated(domain: CosemProduct | XsProduct) -> str:
    shown = [(name, getattr(domain, name)) for name in domain.legal]
    fields = [f"{name} {print_domain(part)}" for name, part in shown if part != domain.legal[name]]
    return DATED[type(domain)].word + (f"({', '.join(fields)})" if fields else "")


def _choice(domain: Choice) -> str:
    return " | ".join(print_domain(one) for one in domain.alternatives)


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
    **dict.fromkeys(DATED, _dated),
}
NOTATION.answer_with(_WRITERS)
