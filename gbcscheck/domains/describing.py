"""Sets of values in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gbcscheck.domains.printing import quoted
from gbcscheck.domains.rational import Rational, decimal_text

if TYPE_CHECKING:
    from gbcscheck.domains.base import Domain
    from gbcscheck.domains.numbers import Numbers
    from gbcscheck.domains.spans import Span
    from gbcscheck.domains.xml_products import XsProduct

__all__ = ["a_few", "describe_numbers", "describe_xs_product", "quoted", "some_of"]

SHOWN = 8
"""Members of a list that are named before the rest is counted."""
FEW = 3


def some_of(words: list[str]) -> str:
    """Members as alternatives; of a long list the first ones and how many there are.

    >>> some_of(["1", "2", "5"])
    '1, 2 or 5'
    """
    if len(words) == 1:
        return words[0]
    if len(words) <= SHOWN:
        return f"{', '.join(words[:-1])} or {words[-1]}"
    return f"one of {len(words)} values: {', '.join(words[:SHOWN])} and so on"


def a_few(words: list[str]) -> str:
    """The first few words, and how many more there are.

    >>> a_few(["A", "B", "C", "D", "E"])
    'A, B, C and 2 more'
    """
    if len(words) <= FEW:
        return ", ".join(words[:-1]) + f" and {words[-1]}" if len(words) > 1 else words[0]
    return f"{', '.join(words[:FEW])} and {len(words) - FEW} more"


def describe_numbers(domain: Numbers) -> str:
    """A set of numbers in plain words: ``whole numbers from 0 to 255``."""
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


def _span(span: Span, said: Callable[[Rational], str] = decimal_text) -> str:
    if span.is_point:
        return said(span.low or 0)
    low, high = span.low, span.high
    if low is not None and high is not None and not span.low_open and not span.high_open:
        return f"from {said(low)} to {said(high)}"
    words = []
    if low is not None:
        words.append(f"above {said(low)}" if span.low_open else f"from {said(low)} up")
    if high is not None:
        words.append(f"below {said(high)}" if span.high_open else f"up to {said(high)}")
    return " and ".join(words)


def describe_xs_product(domain: XsProduct) -> str:
    """A set of XML dates or times in plain words."""
    from gbcscheck.domains.numbers import Numbers
    from gbcscheck.domains.printing import written_value
    from gbcscheck.domains.xml_moments import clock_text

    members = domain.members(1)
    if members:
        return written_value(members[0])
    words = []
    for name, part in zip(domain.names, domain.parts, strict=True):
        if part == domain.legal[name]:
            continue
        if name == "zone":
            words.append(_zones(part))
        elif name == "seconds" and isinstance(part, Numbers) and len(part.spans) == 1 and not part.spans[0].is_point:
            ends = f"{clock_text(part.low or 0)} to {clock_text(part.high or 0)}"
            before = " (not included)" if part.spans[0].high_open else ""
            pace = "" if part.step is None else f" in steps of {decimal_text(part.step)} s"
            words.append(ends + before + pace)
        else:
            words.append(f"{name}: {part.describe()}")
    words += _places(domain)
    return f"{domain.kind[3:]} with {', '.join(words)}" if words else f"any {domain.kind[3:]}"


def _places(domain: XsProduct) -> list[str]:
    """The bounds on the time line, of values with a zone and of those without."""
    from gbcscheck.domains.numbers import Numbers
    from gbcscheck.domains.xml_products import place_text

    words = []
    for name, kind, zone in (("zoned", "in a zone", 0), ("unzoned", "without a zone", None)):
        line = getattr(domain, name)
        if line == domain.legal[name] or not isinstance(line, Numbers):
            continue

        def said(place: Rational, zone: int | None = zone) -> str:
            return place_text(domain.value_type, place, zone)

        legal = domain.legal[name]
        assert isinstance(legal, Numbers)
        ranges = [_span(_within(span, legal), said) for span in line.spans[:SHOWN]]
        more = f" and so on ({len(line.spans)} ranges)" if len(line.spans) > SHOWN else ""
        words.append(f"{kind}: {' or '.join(ranges)}{more}")
    return words


def _within(span: Span, legal: Numbers) -> Span:
    """A span without the ends that it has in common with all that is legal."""
    low, high = (None if end == of_all else end for end, of_all in ((span.low, legal.low), (span.high, legal.high)))
    return span._replace(low=low, high=high)


def _zones(part: Domain) -> str:
    """The zones that a set of times leaves, none at all among them."""
    from gbcscheck.domains.booleans import NULL
    from gbcscheck.domains.numbers import Numbers
    from gbcscheck.domains.xml_moments import zone_text
    from gbcscheck.domains.xml_products import OFFSETS

    words = []
    for one in getattr(part, "alternatives", (part,)):
        if one == OFFSETS:
            words.append("a zone")
        elif isinstance(one, Numbers):
            words.append(some_of([f"zone {zone_text(int(minutes))}" for minutes in one.numbers() or ()]))
    if part.contains(NULL):
        words.append("no zone")
    return " or ".join(words)
