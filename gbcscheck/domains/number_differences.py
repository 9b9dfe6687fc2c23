"""Which classes of numbers one set has and another lacks, with an example of each."""

from __future__ import annotations

from fractions import Fraction

from gbcscheck.domains.rational import Rational, decimal_text, tidy
from gbcscheck.domains.spans import Span, canonical_spans, intersect, outside, simple_number, snap

Spans = tuple[Span, ...]


def missing_numbers(
    spans: Spans, step: Rational | None, others: Spans, other_step: Rational | None
) -> list[tuple[str, Rational]]:
    """Label and example of each class of numbers of one set (its spans and step) that another set lacks.

    The classes: below, above, between two ranges of the other, exactly an open end, finer than its step.
    """
    found: dict[str, Rational] = {}
    first_gap = ""
    for gap in outside(others):
        label = _label(gap)
        if label.startswith("between"):
            first_gap = first_gap or label
            label = first_gap
        if label not in found:
            region = gap if gap.is_point else Span(gap.low, gap.high, True, True)
            inside, _ = canonical_spans(intersect(spans, (region,)), step)
            if inside:
                found[label] = _nearest(inside, gap)
        if gap.is_point:
            continue
        for end, is_open in ((gap.low, gap.low_open), (gap.high, gap.high_open)):
            if end is not None and not is_open and _holds(spans, step, end):
                found.setdefault(f"exactly {decimal_text(end)}", end)
    if other_step is not None:
        finer = _off_lattice(spans, step, others, other_step)
        if finer is not None:
            found[_between_two(others, other_step) or f"finer than {decimal_text(other_step)}"] = finer
    return list(found.items())


def _holds(spans: Spans, step: Rational | None, number: Rational) -> bool:
    return (step is None or number % step == 0) and any(span.holds(number) for span in spans)


def _label(gap: Span) -> str:
    if gap.is_point:
        return f"exactly {decimal_text(gap.low or 0)}"
    if gap.low is None:
        return f"below {decimal_text(gap.high or 0)}"
    if gap.high is None:
        return f"above {decimal_text(gap.low)}"
    return f"between {decimal_text(gap.low)} and {decimal_text(gap.high)}"


def _between_two(others: Spans, step: Rational) -> str:
    """A label for what lies between the only two members of a set, whose distance is no resolution; else empty."""
    if len(others) == 1 and others[0].low is not None and others[0].high is not None:
        low, high = others[0].low, others[0].high
        if high - low == step:
            return f"between {decimal_text(low)} and {decimal_text(high)}"
    return ""


def _nearest(inside: Spans, gap: Span) -> Rational:
    """The number that is nearest to the bounded end of a gap, or a simple one where there is no nearest."""
    if gap.low is None:
        last = inside[-1]
        if last.high is not None and not last.high_open:
            return last.high
        return simple_number(last)
    return simple_number(inside[0])


def _off_lattice(spans: Spans, step: Rational | None, others: Spans, other_step: Rational) -> Rational | None:
    """A number within the other's spans that is no multiple of its step."""
    for span in intersect(spans, others):
        if step is not None:
            inside = snap(span, step)
            if inside is None:
                continue
            start = inside.low if inside.low is not None else inside.high
            pace = step if inside.low is not None else -step
            for number in (step, start, None if start is None else tidy(start + pace)):
                if number is not None and number % other_step and inside.holds(number):
                    return number
        elif span.is_point:
            if span.low is not None and span.low % other_step:
                return span.low
        else:
            return _between_multiples(span, other_step)
    return None


def _between_multiples(span: Span, step: Rational) -> Rational:
    """A number of a span of many that is no multiple of ``step``, with as few decimals as do."""
    pace = Fraction(step)
    start: Rational = 0
    if span.low is not None:
        start = span.low
    elif span.high is not None:
        start = tidy(span.high - 2 * step)
    while True:
        pace /= 10
        for count in range(1, 11):
            number = tidy((start // pace + count) * pace)
            if number % step and span.holds(number):
                return number
