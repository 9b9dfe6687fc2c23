"""What the parts of a sentence of a clause mean together: the sets of values and the facts that it states."""

from __future__ import annotations

from dataclasses import replace

from gbcscheck.domains import numbers, points
from gbcscheck.domains.rational import Rational, exact, quotient, tidy
from gbcscheck.domains.units import base_unit
from gbcscheck.notation.clause_parts import Amount, Parts, Said, Stated
from gbcscheck.notation.grammars import Refusal
from gbcscheck.notation.times_of_day import every_time_of_day


def said_of(stated: Stated, clause_unit: str | None) -> tuple[tuple[Said, ...], str | None, bool]:
    """What a sentence says, the unit that it names, and whether its numbers have none and need one. ``clause_unit`` is
    that of the other sentences of its clause. Raises Refusal for what cannot be meant together."""
    parts = stated.parts
    amounts = [end[0] for end in (parts.low, parts.high) if end] + list(parts.among)
    amounts += [one for one in (parts.step, parts.default) if isinstance(one, Amount)]
    if parts.kind == "time":
        return _times(parts), None, False
    if parts.kind == "whole" and (amounts or parts.unit):
        raise Refusal("", "numbers beside what is no number")
    unit = _common_unit(parts.unit, amounts)
    _refuse_doubtful_units(parts)
    used = unit or clause_unit
    if parts.kind in ("integer", "unsigned") and any(one.number != int(one.number) for one in amounts):
        raise Refusal("", "an integer, and a number that is none")
    if parts.kind == "unsigned" and any(one.number < 0 for one in amounts):
        raise Refusal("", "an unsigned integer, and a number below 0")
    found = [Said("unit", value=parts.unit)] if parts.unit else []
    found += _permitted(parts, amounts, used)
    found += parts.said
    if isinstance(parts.default, Amount):
        found.append(Said("default", points([_sized(parts.default, used)], _base(used))))
    elif parts.default is not None:
        found.append(Said("default", parts.default))
    if not found:
        raise Refusal("", "it says of which kind the value is, and no more")
    needs = bool(amounts) and not used and parts.kind not in ("integer", "unsigned", "sized")
    return tuple(found), parts.unit, needs


def _permitted(parts: Parts, amounts: list[Amount], unit: str | None) -> list[Said]:
    """Which values a sentence permits."""
    is_whole = parts.kind in ("integer", "unsigned", "sized")
    base = _base(unit)
    if parts.among:
        if parts.low or parts.high or parts.step:
            raise Refusal("", "single values, and a range beside them")
        return [Said("permitted", points([_sized(one, unit) for one in parts.among], base))]
    if not (parts.low or parts.high or parts.step or parts.kind in ("integer", "unsigned")):
        return []
    ends = [end[0] for end in (parts.low, parts.high) if end]
    if parts.kind == "unsigned" and parts.low is None:
        parts = replace(parts, low=(Amount("0", 0, None), False))
    pace = _sized(parts.step, unit) if parts.step else _usual_step(ends, parts.unit, unit)
    if is_whole and parts.step is None:
        pace = 1 if unit is None else base_unit(unit)[1]
    if pace <= 0:
        raise Refusal("", "a resolution has to be more than nothing")
    low, high = (None if end is None else _sized(end[0], unit) for end in (parts.low, parts.high))
    if low is not None and high is not None and low > high:
        raise Refusal("", f"a range from {ends[0].written} cannot end at {ends[-1].written}")
    for end in (low, high):
        if end is not None and exact(end) % exact(pace):
            raise Refusal("", "an end of the range is no multiple of the resolution")
    domain = numbers(
        low,
        high,
        low_open=bool(parts.low and parts.low[1]),
        high_open=bool(parts.high and parts.high[1]),
        step=pace,
        unit=base,
    )
    if domain.is_empty():
        raise Refusal("", "the range holds no value")
    return [Said("permitted", domain)]


def _usual_step(ends: list[Amount], stated: str | None, unit: str | None) -> Rational:
    """The resolution of a range that names none: 1, or the last decimal place that its ends are written to, as in
    tables of settings; of the unit that the sentence names for the value. Refused where that is not certain: a range
    in several units, or in so many of a unit (``0 to 1 hour``) where it is not said that the value is in it."""
    named = dict.fromkeys(name for name in (stated, *(end.unit for end in ends)) if name)
    if len(named) > 1:
        raise Refusal("", f"a range in {' and '.join(named)}, and no resolution is said")
    size = base_unit(unit)[1] if unit else 1
    if stated is None and named and size != 1:
        raise Refusal("", f"a range up to so many {unit}, and neither a resolution nor that the value is in {unit}")
    places = max((len(end.written.partition(".")[2]) for end in ends), default=0)
    return tidy(quotient(1, 10**places) * size)


def _common_unit(stated: str | None, amounts: list[Amount]) -> str | None:
    """The unit of a sentence: the one that it names, of which those behind its numbers have to be of the same kind."""
    named = [name for name in (stated, *(one.unit for one in amounts)) if name]
    if len({_base(name) for name in named}) > 1:
        raise Refusal("", f"two units: {named[0]} and {next(name for name in named if _base(name) != _base(named[0]))}")
    if stated is None and len(set(named)) > 1 and any(one.unit is None for one in amounts):
        raise Refusal("", f"two units, and a number without one: {' and '.join(dict.fromkeys(named))}")
    return named[0] if named else None


def _refuse_doubtful_units(parts: Parts) -> None:
    """Refuse a number without a unit beside one of another unit than the value is in: it may be either."""
    for group in ([end[0] for end in (parts.low, parts.high) if end], parts.among):
        named = {one.unit for one in group if one.unit}
        bare = [one.written for one in group if one.unit is None and one.number]
        if bare and parts.unit is not None and named - {parts.unit}:
            raise Refusal("", f"two units, and {bare[0]} without one: {parts.unit} and {min(named - {parts.unit})}")


def _base(unit: str | None) -> str | None:
    return base_unit(unit)[0] if unit else None


def _sized(amount: Amount, unit: str | None) -> Rational:
    """A number in the base unit of its own unit, or of the sentence's."""
    used = amount.unit or unit
    return tidy(exact(amount.number) * base_unit(used)[1]) if used else amount.number


def _times(parts: Parts) -> tuple[Said, ...]:
    """A time of day, maybe at steps of so much."""
    if parts.low or parts.high or parts.among or parts.unit:
        raise Refusal("", "a time of day has no range of numbers and no unit")
    step = None
    if parts.step is not None:
        if parts.step.unit is None or _base(parts.step.unit) != "s":
            raise Refusal("", "the resolution of a time of day is so many hours, minutes or seconds")
        step = _sized(parts.step, None)
    domain = every_time_of_day(step)
    if domain is None:
        raise Refusal("", "times of day at such steps are none that hour, minute and second say apart")
    found = [Said("permitted", domain), *parts.said]
    if isinstance(parts.default, Amount):
        raise Refusal("", "a time of day, and a number as its default")
    return (*found, Said("default", parts.default)) if parts.default is not None else tuple(found)
