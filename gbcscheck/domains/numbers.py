"""Sets of numbers: unions of intervals with open or closed ends, on a lattice or dense, with or without a unit."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import ClassVar

from gbcscheck.domains.base import ENUMERABLE, NONE, Classes, Domain, NotExact, Value
from gbcscheck.domains.number_differences import missing_numbers
from gbcscheck.domains.rational import Rational, common_divisor, common_multiple, decimal_text, exact, tidy
from gbcscheck.domains.spans import (
    Span,
    canonical_spans,
    clip,
    intersect,
    is_inside,
    merge,
    multiples,
    outside,
    simple_number,
)
from gbcscheck.domains.units import base_unit
from gbcscheck.frozen import frozen
from gbcscheck.limits import LISTED

Exact = int | Fraction | Decimal | str
"""What numbers may be given as; floating point is refused."""


@frozen
class Quantity:
    """A number with a unit, kept in the base unit.

    >>> str(Quantity(30, "min"))
    '1800 s'
    """

    number: Rational
    unit: str

    def __post_init__(self) -> None:
        base, size = base_unit(self.unit)
        object.__setattr__(self, "number", tidy(exact(self.number) * size))
        object.__setattr__(self, "unit", base)

    def __str__(self) -> str:
        return f"{decimal_text(self.number)} {self.unit}"


@frozen
class Numbers(Domain):
    """Numbers in some spans. Not to be created itself: see ``integers``, ``numbers`` and ``points``.

    ``step``: every member is a whole multiple of it; None where numbers are dense or stand alone. ``unit``: the base
    unit of the members; None where it is not said, and then a number belongs whatever unit it has.
    """

    kind: ClassVar[str] = "a number"
    rank: ClassVar[int] = 1

    spans: tuple[Span, ...]
    step: Rational | None
    unit: str | None

    def contains(self, value: Value) -> bool:
        if type(value) is int:
            return self.unit is None and self.holds(value)
        if isinstance(value, Quantity):
            if self.unit is not None and self.unit != value.unit:
                return False
            number: Rational = value.number
        elif isinstance(value, int | Fraction | Decimal) and not isinstance(value, bool):
            if self.unit is not None:
                return False
            number = exact(value)
        else:
            return False
        return self.holds(number)

    def holds(self, number: Rational) -> bool:
        """Whether a number is among the members, whatever their unit."""
        if self.step is not None and number % self.step:
            return False
        if len(self.spans) == 1:
            return self.spans[0].holds(number)
        return any(span.holds(number) for span in self.spans)

    @property
    def low(self) -> Rational | None:
        """The lower end; None where unbounded."""
        return self.spans[0].low

    @property
    def high(self) -> Rational | None:
        """The upper end; None where unbounded."""
        return self.spans[-1].high

    def numbers(self, limit: int = ENUMERABLE) -> tuple[Rational, ...] | None:
        """The members without their unit, if there are at most ``limit``; else None."""
        found: list[Rational] = []
        for span in self.spans:
            if span.low is None or span.high is None:
                return None
            if span.is_point:
                found.append(span.low)
            elif self.step is None or (span.high - span.low) // self.step + len(found) >= limit:
                return None
            else:
                found.extend(multiples(span, self.step))
        return tuple(found) if len(found) <= limit else None

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        found = self.numbers(limit)
        return None if found is None else tuple(self._value(number) for number in found)

    def witness(self) -> Value:
        return self._value(0 if self.holds(0) else simple_number(self.spans[0]))

    def with_unit(self, unit: str | None) -> Numbers:
        """The same numbers in another base unit."""
        return Numbers(self.spans, self.step, unit)

    def scaled(self, factor: Rational) -> Numbers:
        """Every member multiplied by ``factor``, which is not 0."""
        spans = [
            Span(
                None if span.low is None else tidy(span.low * factor),
                None if span.high is None else tidy(span.high * factor),
                span.low_open,
                span.high_open,
            )
            for span in self.spans
        ]
        if factor < 0:
            spans = [Span(span.high, span.low, span.high_open, span.low_open) for span in reversed(spans)]
        return Numbers(
            tuple(spans),
            None if self.step is None else tidy(self.step * (-factor if factor < 0 else factor)),
            self.unit,
        )

    def _value(self, number: Rational) -> Value:
        return number if self.unit is None else Quantity(number, self.unit)

    def _meet(self, other: Domain) -> Domain:
        assert isinstance(other, Numbers)
        if self.unit is not None and other.unit is not None and self.unit != other.unit:
            return NONE
        if self.unit == other.unit:
            for point, among in ((self, other), (other, self)):
                if point.step is None and len(point.spans) == 1 and point.spans[0].is_point:
                    number = point.spans[0].low
                    return point if number is not None and among.holds(number) else NONE
        if self.step == other.step and self.unit == other.unit and len(self.spans) == len(other.spans) == 1:
            one, two = self.spans[0], other.spans[0]
            if is_inside(one, two):
                return self
            if is_inside(two, one):
                return other
        if self.step is None or other.step is None:
            step = self.step if other.step is None else other.step
        else:
            step = common_multiple(self.step, other.step)
        return canonical(intersect(self.spans, other.spans), step, self.unit or other.unit)

    def _join(self, other: Domain) -> Domain:
        assert isinstance(other, Numbers)
        return join_numbers((self, other))

    def _classes_across_kinds(self, other: Domain) -> Classes:
        return ((f"a number in {self.unit}" if self.unit else self.kind, self.witness()),)

    def _classes(self, other: Domain) -> Classes:
        assert isinstance(other, Numbers)
        if self.unit is not None and other.unit is not None and self.unit != other.unit:
            return ((f"a value in {self.unit}", self.witness()),)
        found: list[tuple[str, Value]] = []
        if self.unit is None and other.unit is not None:
            found.append(("no unit", self.witness()))
        unit = self.unit or other.unit
        for label, number in missing_numbers(self.spans, self.step, other.spans, other.step):
            found.append((f"{label} {unit}" if unit else label, number if unit is None else Quantity(number, unit)))
        return tuple(found)


# --- construction ----------------------------------------------------------------------------------------------------


def integers(low: int | None = None, high: int | None = None, *, unit: str | None = None) -> Domain:
    """Whole numbers from ``low`` to ``high``, both included; in a unit, whole numbers of that unit."""
    return numbers(low, high, step=1, unit=unit)


def numbers(
    low: Exact | None = None,
    high: Exact | None = None,
    *,
    low_open: bool = False,
    high_open: bool = False,
    step: Exact | None = None,
    unit: str | None = None,
) -> Domain:
    """The multiples of ``step`` (all numbers where it is None) between two ends, in a unit or in none.

    Raises ValueError for a step that is not positive and KeyError for an unknown unit.

    >>> str(numbers(0, "6.5535", step="0.0001")), str(numbers(0, 30, step=1, unit="min"))
    ('0..6.5535 step 0.0001', '0..1800 step 60 s')
    """
    base, size = (None, 1) if unit is None else base_unit(unit)
    bounds = [None if end is None else tidy(exact(end) * size) for end in (low, high)]
    pace = None if step is None else tidy(exact(step) * size)
    if pace is not None and pace <= 0:
        raise ValueError(f"a step has to be positive: {pace}")
    span = clip(Span(bounds[0], bounds[1], low_open and low is not None, high_open and high is not None))
    return NONE if span is None else canonical([span], pace, base)


def points(values: Iterable[Exact], unit: str | None = None) -> Domain:
    """Exactly these numbers.

    >>> str(points([1, 2, 5])), str(points([2, 4, 6], "V"))
    ('1 | 2 | 5', '2 V | 4 V | 6 V')
    """
    base, size = (None, 1) if unit is None else base_unit(unit)
    given = [tidy(exact(value) * size) for value in values]
    if len(given) == 1:
        return Numbers((Span(given[0], given[0]),), None, base)
    return canonical([Span(number, number) for number in given], None, base)


def without_unit(domain: Domain) -> Domain:
    """The same set, for a field that has no unit. Raises ValueError where it has one."""
    for one in getattr(domain, "alternatives", (domain,)):
        if isinstance(one, Numbers) and one.unit is not None:
            raise ValueError(f"this field has no unit, {one.unit} was given")
    return domain


def canonical(spans: list[Span], step: Rational | None, unit: str | None) -> Domain:
    """The set of the multiples of ``step`` in some spans, in its one form."""
    merged, pace = canonical_spans(spans, step)
    return Numbers(merged, pace, unit) if merged else NONE


# --- union -----------------------------------------------------------------------------------------------------------


def join_numbers(parts: Iterable[Numbers]) -> Domain:
    """The union of sets of numbers of one unit; raises NotExact where it has no single lattice."""
    given = list(parts)
    units = {part.unit for part in given}
    if len(units) != 1:
        raise NotExact("numbers with a unit and numbers without, or with another, are no set of one shape")
    steps = [part.step for part in given if part.step is not None]
    separate = [span for part in given if part.step is None for span in part.spans]
    lines = [span for span in separate if not span.is_point]
    step: Rational | None = None
    if steps and not lines:
        step = reduce(common_divisor, [*steps, *(span.low or 0 for span in separate)])
    finest = [span for part in given if part.step == step and step is not None for span in part.spans]
    covered = tuple(merge([*lines, *finest], step))
    spans = list(separate)
    listed = 0
    for part in given:
        if part.step is not None and part.step != step:
            apart = _apart(part, covered)
            listed += len(apart)
            if listed > LISTED.most:
                raise NotExact(LISTED.problem(LISTED.most, more=True))
            spans.extend(apart)
        elif part.step is not None:
            spans.extend(part.spans)
    return canonical(spans, step, given[0].unit)


def _apart(part: Numbers, covered: tuple[Span, ...]) -> list[Span]:
    """The members of a set on a lattice outside of some spans, one by one."""
    rest = canonical(intersect(part.spans, tuple(outside(covered))), part.step, None)
    if not isinstance(rest, Numbers):
        return []
    listed = rest.numbers()
    if listed is None:
        raise NotExact(f"{part} with numbers between its steps is no set with one step")
    return [Span(number, number) for number in listed]
