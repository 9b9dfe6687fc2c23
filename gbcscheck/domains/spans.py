"""Intervals of numbers and the few operations on lists of them that sets of numbers are made of.

A list of spans is sorted, and its members neither overlap nor touch; on a lattice of whole multiples of a step no two
are neighbours either, and every end is a closed multiple of the step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from gbcscheck.domains.rational import Rational, common_divisor, tidy


class Span(NamedTuple):
    """An interval; an end of None is unbounded, and an open end is not in it."""

    low: Rational | None
    high: Rational | None
    low_open: bool = False
    high_open: bool = False

    @property
    def is_point(self) -> bool:
        """Whether the interval is a single number."""
        return self.low is not None and self.low == self.high

    def holds(self, number: Rational) -> bool:
        """Whether a number lies in the interval."""
        if self.low is not None and (number < self.low or (self.low_open and number == self.low)):
            return False
        return self.high is None or not (number > self.high or (self.high_open and number == self.high))


def moved(span: Span, distance: Rational) -> Span:
    """The span with every number greater by a distance."""
    low = None if span.low is None else tidy(span.low + distance)
    high = None if span.high is None else tidy(span.high + distance)
    return Span(low, high, span.low_open, span.high_open)


def clip(span: Span) -> Span | None:
    """The span, or None where it is empty."""
    if span.low is None or span.high is None or span.low < span.high:
        return span
    return span if span.low == span.high and not span.low_open and not span.high_open else None


def snap(span: Span, step: Rational) -> Span | None:
    """The span from the first to the last multiple of ``step`` in it, or None where it holds none."""
    low, high = span.low, span.high
    if low is not None:
        multiple = -(-low // step)
        low = multiple * step
        if span.low_open and low == span.low:
            low += step
        low = tidy(low)
    if high is not None:
        high = high // step * step
        if span.high_open and high == span.high:
            high -= step
        high = tidy(high)
    return clip(Span(low, high))


def merge(spans: Iterable[Span], step: Rational | None) -> list[Span]:
    """Any spans as a list of spans: sorted, overlapping and touching ones joined; on a lattice, neighbours too."""
    ordered = sorted(spans, key=_start)
    merged: list[Span] = []
    for span in ordered:
        if merged and _joined(merged[-1], span, step):
            last = merged[-1]
            if last.high is not None and (span.high is None or span.high > last.high):
                merged[-1] = Span(last.low, span.high, last.low_open, span.high_open)
            elif last.high == span.high and last.high_open and not span.high_open:
                merged[-1] = Span(last.low, last.high, last.low_open, False)
        else:
            merged.append(span)
    return merged


def _start(span: Span) -> tuple[bool, Rational, bool]:
    return (False, 0, False) if span.low is None else (True, span.low, span.low_open)


def _joined(left: Span, right: Span, step: Rational | None) -> bool:
    if left.high is None or right.low is None:
        return True
    if step is not None:
        return right.low <= left.high + step
    return right.low < left.high or (right.low == left.high and not (left.high_open and right.low_open))


def intersect(left: tuple[Span, ...], right: tuple[Span, ...]) -> list[Span]:
    """The numbers in both of two lists of spans."""
    found: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        both = overlap(left[i], right[j])
        if both is not None:
            found.append(both)
        if _ends_first(left[i], right[j]):
            i += 1
        else:
            j += 1
    return found


def overlap(left: Span, right: Span) -> Span | None:
    """The numbers in both of two spans, or None where there is none."""
    low, low_open = left.low, left.low_open
    if low is None or (right.low is not None and right.low > low):
        low, low_open = right.low, right.low_open
    elif right.low == low:
        low_open = low_open or right.low_open
    high, high_open = left.high, left.high_open
    if high is None or (right.high is not None and right.high < high):
        high, high_open = right.high, right.high_open
    elif right.high == high:
        high_open = high_open or right.high_open
    return clip(Span(low, high, low_open, high_open))


def is_inside(inner: Span, outer: Span) -> bool:
    """Whether all numbers of a span, closed at both ends, are in another that is so too."""
    if inner.low is None or inner.high is None or outer.low is None or outer.high is None:
        return False
    if inner.low_open or inner.high_open or outer.low_open or outer.high_open:
        return False
    return outer.low <= inner.low and inner.high <= outer.high


def _ends_first(left: Span, right: Span) -> bool:
    if left.high is None:
        return False
    if right.high is None or left.high < right.high:
        return True
    return left.high == right.high and (left.high_open or not right.high_open)


def outside(spans: tuple[Span, ...]) -> list[Span]:
    """The numbers in none of a list of spans: below the first, between two, above the last."""
    gaps: list[Span] = []
    low: Rational | None = None
    low_open = False
    for index, span in enumerate(spans):
        if span.low is not None:
            gap = clip(Span(low if index else None, span.low, low_open, not span.low_open))
            if gap is not None:
                gaps.append(gap)
        low, low_open = span.high, not span.high_open
        if low is None:
            return gaps
    gaps.append(Span(low, None, low_open if spans else False))
    return gaps


def multiples(span: Span, step: Rational) -> Iterator[Rational]:
    """The multiples of ``step`` in a bounded span that begins and ends with one."""
    number = span.low
    assert number is not None
    assert span.high is not None
    while number <= span.high:
        yield number
        number = tidy(number + step)


def simple_number(span: Span) -> Rational:
    """A number of a span of many that is short to write: a closed end, a whole number, or as few decimals as do."""
    if span.low is not None and not span.low_open:
        return span.low
    if span.high is not None and not span.high_open:
        return span.high
    if span.low is None:
        return 0 if span.high is None or span.high > 0 else tidy(-(-span.high // 1) - 1)
    step: Rational = 1
    while True:
        number = tidy((span.low // step + 1) * step)
        if span.holds(number):
            return number
        step = Fraction(step) / 10


def canonical_spans(spans: list[Span], step: Rational | None) -> tuple[tuple[Span, ...], Rational | None]:
    """The multiples of ``step`` (all numbers where it is None) in some spans, in their one form, and their step.

    Separate numbers stand on the lattice of their greatest common divisor if two of them are neighbours on it, else
    on none.
    """
    if len(spans) == 1:
        only = spans[0] if step is None else snap(spans[0], step)
        return (only,) if only is not None else (), None if only is None or only.is_point else step
    if step is not None:
        spans = [snapped for span in spans if (snapped := snap(span, step)) is not None]
    merged = merge(spans, step)
    if all(span.is_point for span in merged):
        if len(merged) > 1:
            divisor = reduce(common_divisor, [span.low or 0 for span in merged])
            if divisor != step:
                merged = merge(merged, divisor)
                step = divisor
        if all(span.is_point for span in merged):
            step = None
    return tuple(merged), step
