"""Sets of values in plain words, as they can stand in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gbcscheck.domains.base import PLAIN_WORDS, Anything, Domain, Nothing
from gbcscheck.domains.bits import Bits
from gbcscheck.domains.booleans import NULL, Booleans, Nulls
from gbcscheck.domains.choice import Choice
from gbcscheck.domains.cosem import CosemDate, CosemDateTime, CosemProduct, CosemTime, is_one_moment, with_the_rest_open
from gbcscheck.domains.cosem_words import in_words
from gbcscheck.domains.lengths import ANY_LENGTH, Lengths
from gbcscheck.domains.lists import ListOf
from gbcscheck.domains.numbers import Numbers
from gbcscheck.domains.octets import Octets
from gbcscheck.domains.products import Record
from gbcscheck.domains.rational import Rational, decimal_text
from gbcscheck.domains.spans import Span
from gbcscheck.domains.texts import Texts
from gbcscheck.domains.value_text import print_value
from gbcscheck.domains.words import SHOWN, counted, quoted, some_of
from gbcscheck.domains.xml_moments import clock_text, zone_text
from gbcscheck.domains.xml_products import OFFSETS, XsProduct, place_text
from gbcscheck.domains.xml_times import XsDate, XsDateTime, XsTime


def describe(domain: Domain) -> str:
    """A set in plain words: ``whole numbers from 0 to 255``, ``any text``, ``Monday to Friday``."""
    return PLAIN_WORDS(domain)


# --- strings, lists, records -----------------------------------------------------------------------------------------


def _booleans(domain: Booleans) -> str:
    return " or ".join("true" if value else "false" for value in domain.values)


def _texts(domain: Texts) -> str:
    if domain.listed is not None:
        return some_of([quoted(text) for text in domain.listed])
    words = "any text" if domain.lengths == ANY_LENGTH else f"a text of {_lengths(domain.lengths, 'character')}"
    return words + "".join(f" matching {quoted(pattern)}" for pattern in domain.patterns)


def _bits(domain: Bits) -> str:
    if domain.lengths is not None:
        return _lengths(domain.lengths, "bit")
    if domain.mask is None:
        return some_of([f"0b{bits}" for bits in domain.listed])
    if "x" not in domain.mask:
        return f"0b{domain.mask}"
    fixed = [f"bit {i} = {bit}" for i, bit in enumerate(domain.mask) if bit != "x"]
    return f"{len(domain.mask)} bits with {', '.join(fixed)}"


def _octets(domain: Octets) -> str:
    if domain.lengths is None:
        return some_of([f"0x{octets.hex().upper()}" for octets in domain.listed])
    return _lengths(domain.lengths, "octet")


def _lengths(lengths: Lengths, unit: str) -> str:
    """A range of counts, with a unit in the singular."""
    low, high = lengths
    if high == low:
        return counted(low, unit)
    if high is None:
        return f"any number of {counted(2, unit)[2:]}" if low == 0 else f"at least {counted(low, unit)}"
    return f"{low} to {counted(high, unit)}" if low else f"at most {counted(high, unit)}"


def _list(domain: ListOf) -> str:
    if domain.lengths.high == 0:
        return "the empty list"
    return f"a list of {_lengths(domain.lengths, 'entry')} ({describe(domain.item)})"


def _record(domain: Record) -> str:
    inside = "; ".join(f"{name}: {describe(part)}" for name, part in domain.fields)
    return f"a record of {inside}" if inside else "a record without fields"


def _choice(domain: Choice) -> str:
    return ", or ".join(describe(one) for one in domain.alternatives)


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(domain: Numbers) -> str:
    unit = f" {domain.unit}" if domain.unit else ""
    listed = domain.numbers(SHOWN)
    if listed is not None and (len(listed) <= 2 or domain.step != 1 or len(domain.spans) > 1):
        return some_of([decimal_text(number) for number in listed]) + unit
    whole = domain.numbers()
    if whole is not None and len(whole) < 2 * len(domain.spans):
        return some_of([decimal_text(number) for number in whole]) + unit
    noun = "whole numbers" if domain.step == 1 else "numbers"
    if len(domain.spans) == 1 and domain.low is None and domain.high is None:
        words = f"any {noun[:-1]}"
    else:
        words = f"{noun} {' or '.join(_span(span) for span in domain.spans[:SHOWN])}"
        if len(domain.spans) > SHOWN:
            words += f" and so on ({len(domain.spans)} ranges)"
    if domain.step not in (None, 1):
        words += f" in steps of {decimal_text(domain.step or 0)}"
    return words + unit


def _span(span: Span, in_words: Callable[[Rational], str] = decimal_text) -> str:
    if span.is_point:
        return in_words(span.low or 0)
    low, high = span.low, span.high
    if low is not None and high is not None and not span.low_open and not span.high_open:
        return f"from {in_words(low)} to {in_words(high)}"
    words = []
    if low is not None:
        words.append(f"above {in_words(low)}" if span.low_open else f"from {in_words(low)} up")
    if high is not None:
        words.append(f"below {in_words(high)}" if span.high_open else f"up to {in_words(high)}")
    return " and ".join(words)


# --- dates and times -------------------------------------------------------------------------------------------------


def _cosem(domain: CosemProduct) -> str:
    restricted = [
        f"{name}: {describe(part)}"
        for name, part in zip(domain.names, domain.parts, strict=True)
        if part != domain.legal[name]
    ]
    members = domain.members(1)
    if members:
        return in_words(members[0])
    if is_one_moment(domain) and domain.contains(bare := with_the_rest_open(domain)):
        return in_words(bare)
    return f"{domain.kind} with {'; '.join(restricted)}" if restricted else f"any {domain.kind[2:]}"


def _xml(domain: XsProduct) -> str:
    members = domain.members(1)
    if members:
        return print_value(members[0])
    words = []
    for name, part in zip(domain.names, domain.parts, strict=True):
        if part == domain.legal[name]:
            continue
        if name == "zone":
            words.append(_zones(part))
        elif name == "seconds" and isinstance(part, Numbers) and len(part.spans) == 1 and not part.spans[0].is_point:
            bounds = f"{clock_text(part.low or 0)} to {clock_text(part.high or 0)}"
            before = " (not included)" if part.spans[0].high_open else ""
            pace = "" if part.step is None else f" in steps of {decimal_text(part.step)} s"
            words.append(bounds + before + pace)
        else:
            words.append(f"{name}: {describe(part)}")
    words += _places(domain)
    return f"{domain.kind[3:]} with {', '.join(words)}" if words else f"any {domain.kind[3:]}"


def _places(domain: XsProduct) -> list[str]:
    """The bounds on the time line, of values with a zone and of those without."""
    words = []
    for name, kind, zone in (("zoned", "in a zone", 0), ("unzoned", "without a zone", None)):
        line = getattr(domain, name)
        if line == domain.legal[name] or not isinstance(line, Numbers):
            continue

        def place_in_words(place: Rational, zone: int | None = zone) -> str:
            return place_text(domain.value_type, place, zone)

        legal = domain.legal[name]
        assert isinstance(legal, Numbers)
        ranges = [_span(_within(span, legal), place_in_words) for span in line.spans[:SHOWN]]
        more = f" and so on ({len(line.spans)} ranges)" if len(line.spans) > SHOWN else ""
        words.append(f"{kind}: {' or '.join(ranges)}{more}")
    return words


def _within(span: Span, legal: Numbers) -> Span:
    """A span without the ends that it has in common with all that is legal."""
    low, high = (None if end == of_all else end for end, of_all in ((span.low, legal.low), (span.high, legal.high)))
    return span._replace(low=low, high=high)


def _zones(part: Domain) -> str:
    """The zones that a set of times leaves, none at all among them."""
    words = []
    for one in getattr(part, "alternatives", (part,)):
        if one == OFFSETS:
            words.append("a zone")
        elif isinstance(one, Numbers):
            words.append(some_of([f"zone {zone_text(int(minutes))}" for minutes in one.numbers() or ()]))
    if part.contains(NULL):
        words.append("no zone")
    return " or ".join(words)


_DESCRIBERS: dict[type[Domain], Callable[[Any], str]] = {
    Anything: lambda _: "anything",
    Nothing: lambda _: "no value",
    Nulls: lambda _: "null",
    Numbers: _numbers,
    Texts: _texts,
    Bits: _bits,
    Octets: _octets,
    Booleans: _booleans,
    ListOf: _list,
    Record: _record,
    Choice: _choice,
    **dict.fromkeys((CosemDate, CosemTime, CosemDateTime), _cosem),
    **dict.fromkeys((XsDate, XsTime, XsDateTime), _xml),
}
PLAIN_WORDS.answer_with(_DESCRIBERS)
