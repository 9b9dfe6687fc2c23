"""Quantities in tables of settings, as sets of numbers: values, ranges, bounds, tolerances, with their units."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from gbcscheck.domains import numbers, points
from gbcscheck.domains.rational import decimal_text, exact, quotient
from gbcscheck.domains.unit_words import UnknownUnit, read_unit
from gbcscheck.domains.units import base_unit
from gbcscheck.frozen import frozen
from gbcscheck.notation.grammars import Refusal
from gbcscheck.notation.setting import CHOICE, QUANTITY, RANGE, Setting


@frozen
class Quantity:
    """A number as written, and its unit where one is written after it."""

    written: str
    number: Decimal
    unit: str | None


class QuantityBuilder:
    """What each rule of the grammar on quantities stands for, in a column of one unit."""

    def __init__(self, unit: str | None) -> None:
        self._unit = unit

    def quantity(self, number: str, unit: str | None = None) -> Quantity:
        if unit is None:
            return Quantity(number, Decimal(number), None)
        try:
            name = read_unit(unit)
        except UnknownUnit as error:
            raise Refusal(unit, str(error)) from None
        if name is not None and self._unit is not None and base_unit(name)[0] != base_unit(self._unit)[0]:
            raise Refusal(unit, f"'{unit}' is no unit of the same kind as {self._unit}")
        return Quantity(number, Decimal(number), name)

    def money(self, sign: str, number: str) -> Quantity:
        return self.quantity(number, sign)

    def some_quantities(self, *quantities: Quantity) -> Setting:
        unit = self._common_unit(*quantities)
        reading = QUANTITY if len(quantities) == 1 else CHOICE
        return Setting(reading, points([q.number for q in quantities], unit))

    def span(self, low: Quantity, high: Quantity) -> Setting:
        low, high, unit = self._in_one_unit(low, high)
        if low.number > high.number:
            raise Refusal(high.written, f"a range from {low.written} cannot end at {high.written}")
        return Setting(RANGE, numbers(low.number, high.number, unit=unit, step=_resolution(low, high)))

    def bound(self, side: str, end: Quantity) -> Setting:
        unit, step = self._common_unit(end), _resolution(end)
        is_open = _is_strict(side)
        if _is_lower(side):
            return Setting(RANGE, numbers(end.number, None, low_open=is_open, unit=unit, step=step))
        return Setting(RANGE, numbers(None, end.number, high_open=is_open, unit=unit, step=step))

    def bound_behind(self, end: Quantity, words: str) -> Setting:
        return self.bound("at least" if words.lower().endswith(_MORE) else "at most", end)

    def two_bounds(self, lower: str, low: Quantity, upper: str, high: Quantity) -> Setting:
        low, high, unit = self._in_one_unit(low, high)
        if low.number > high.number:
            raise Refusal(high.written, f"a range from {low.written} cannot end at {high.written}")
        ends = numbers(
            low.number,
            high.number,
            low_open=_is_strict(lower),
            high_open=_is_strict(upper),
            unit=unit,
            step=_resolution(low, high),
        )
        return Setting(RANGE, ends)

    def tolerance(self, middle: Quantity, by: Quantity) -> Setting:
        return self._around(middle, by, by)

    def around_zero(self, by: Quantity) -> Setting:
        return self._around(Quantity("0", Decimal(0), by.unit), by, by)

    def tolerances(self, middle: Quantity, written: str) -> Setting:
        ends = {sign: self.quantity(number, unit or None) for sign, number, unit in _TOLERANCE.findall(written)}
        shared = next((end.unit for end in ends.values() if end.unit), None)
        below, above = (replace(ends[sign], unit=ends[sign].unit or shared) for sign in "-+")
        return self._around(middle, below, above)

    def _around(self, middle: Quantity, below: Quantity, above: Quantity) -> Setting:
        """The range about a value: by so many per cent of it, or by so much."""
        spoken = next((by.unit for by in (below, above) if by.unit not in (None, "%")), None)
        unit = middle.unit or spoken or self._unit
        low, high = (_share(middle, by, unit) for by in (below, above))
        step = _resolution(
            *(Quantity("", end.normalize(), None) for end in (middle.number - low, middle.number + high))
        )
        return Setting(RANGE, numbers(middle.number - low, middle.number + high, unit=unit, step=step))

    def _common_unit(self, *quantities: Quantity) -> str | None:
        """The unit of quantities of which the last names it for those before; else that of the column."""
        units = {quantity.unit for quantity in quantities if quantity.unit is not None}
        if len(units) > 1:
            raise Refusal(quantities[-1].written, "one value or range, one unit")
        return units.pop() if units else self._unit

    def _in_one_unit(self, low: Quantity, high: Quantity) -> tuple[Quantity, Quantity, str | None]:
        """The ends of a range in one unit; those of two units of one kind in the smaller."""
        if not low.unit or not high.unit or low.unit == high.unit:
            return low, high, self._common_unit(low, high)
        (base, size), (other, size_too) = base_unit(low.unit), base_unit(high.unit)
        if base != other:
            raise Refusal(high.written, "one value or range, one unit")
        smaller = low.unit if size < size_too else high.unit
        by = base_unit(smaller)[1]
        ends = [
            Quantity(end.written, Decimal(decimal_text(quotient(exact(end.number) * whole, by))), smaller)
            for end, whole in ((low, size), (high, size_too))
        ]
        return ends[0], ends[1], smaller


def _resolution(*ends: Quantity) -> Decimal:
    """The step of a range: 1, or the last decimal place that its ends are written to."""
    exponents = [end.number.as_tuple().exponent for end in ends]
    return Decimal(1).scaleb(min(0, *(e for e in exponents if isinstance(e, int))))


def _is_strict(side: str) -> bool:
    return side.strip().lower() in _STRICT


def _is_lower(side: str) -> bool:
    return side.strip().lower().startswith(_LOWER)


def _share(middle: Quantity, by: Quantity, unit: str | None) -> Decimal:
    """How much a tolerance is, in the unit of the value that it is about."""
    if by.unit == "%" and unit == "%" and middle.number:
        raise Refusal(by.written, "per cent of a percentage: points, or a share of it?")
    if by.unit == "%" and unit != "%":
        return abs(middle.number) * by.number / 100
    if by.unit is None or unit is None or by.unit == unit:
        return by.number
    (base, size), (other, whole) = base_unit(by.unit), base_unit(unit)
    if base != other:
        raise Refusal(by.written, "one value or range, one unit")
    return Decimal(decimal_text(quotient(exact(by.number) * size, whole)))


_TOLERANCE = re.compile(r"([+-]) ?([0-9.]+) ?(%|[A-Za-z]+)?")
_STRICT = ("above", "more than", "greater than", "exceeding", "over", ">", "below", "less than", "under", "<")
_LOWER = (
    "at least",
    "min",
    "not less",
    "no less",
    ">=",
    "=>",
    "≥",
    "above",
    "more than",
    "greater",
    "exceeding",
    "over",
    ">",
)
_MORE = ("more", "above", "over", "higher", "greater", "longer", "upwards")
