"""What an item asks of values of one kind, as sets of that kind: the requirements of ``evidence.fitting`` as
``device/items/problems.py`` holds values against them.

Of the sets within a requirement one will do, and every requirement has to be met. A value that cannot be read as the
kind of a set is no problem for what is permitted, fixed, set or shown, and no value of the type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gbcscheck.domains import (
    ANY,
    NONE,
    Bits,
    Choice,
    CosemDate,
    CosemDateTime,
    CosemTime,
    Domain,
    NotExact,
    NotInterpretable,
    Numbers,
    Octets,
    cosem_date,
    cosem_date_time,
    cosem_time,
    points,
    union,
)
from gbcscheck.domains.interpret_as import interpret_as, is_readable
from gbcscheck.domains.singletons import domain_of
from gbcscheck.evidence.conversion import DATE_TIME, Route
from gbcscheck.evidence.fitting import ENCODED, Requirement, Requirements
from gbcscheck.frozen import frozen

SHAPES: dict[type[Domain], tuple[Domain, int]] = {
    CosemDate: (cosem_date(), ENCODED["date"]),
    CosemTime: (cosem_time(), ENCODED["time"]),
    CosemDateTime: (cosem_date_time(), ENCODED["date-time"]),
}
"""All dates and times of a kind, and how many octets each has."""


@frozen
class Wanted:
    """What meets a requirement: the members of any of some sets; ``is_open`` where other values may meet it as well."""

    sets: tuple[Domain, ...]
    is_open: bool = False

    def together(self) -> Wanted:
        """The sets as one, where there is such a set."""
        try:
            return Wanted((union(*self.sets),), self.is_open) if self.sets else self
        except NotExact:
            return self


def wanted_of(
    requirements: Requirements, shape: type[Domain], unit: str | None, longest: int | None = None
) -> tuple[Wanted, ...]:
    """What is asked of values of a kind: numbers in a base unit or in none, bits of at most ``longest``. Requirements
    of which nothing is asked are left out, and those that can be met together as one set are one."""
    found = (_wanted(requirement, shape, unit, longest) for requirement in requirements)
    asked = [one.together() for one in found if one is not None]
    met: Domain = SHAPES[shape][0] if shape in SHAPES else ANY  # octets that are none of its dates are not read
    apart: list[Wanted] = []
    for one in asked:
        if one.is_open or len(one.sets) != 1:
            apart.append(one)
        else:
            met = met.meet(one.sets[0])
    return (*([Wanted((met,))] if met is not ANY else ()), *dict.fromkeys(apart))


def _wanted(requirement: Requirement, shape: type[Domain], unit: str | None, longest: int | None) -> Wanted | None:
    if requirement.asks == "encoding":
        return None if shape is not Octets else Wanted((), is_open=True)
    sets: list[Domain] = []
    is_open = False
    stated: Iterable[tuple[Domain, Domain, Route | None]]
    if requirement.routes:
        stated = [(one.kind, one.encodings, one) for one in requirement.routes]
    else:
        stated = [(one, one, None) for _, one in requirement.stated]
    for kind, one, route in stated:
        found = _as_shape(kind, one, shape, longest)
        if found is None and requirement.asks != "type":
            return None  # what cannot be read as this is no problem
        if found is ANY:
            return None
        if isinstance(found, Unclear):
            is_open = True
        elif found is not None:
            sets.extend(_in_unit(requirement, found, unit, of_choice=isinstance(kind, Choice)))
            is_activation = requirement.asks == "set" and route is not None and route.end.conversion == DATE_TIME
            sets.extend(_no_time() if is_activation else ())
    return Wanted(tuple(dict.fromkeys(sets)), is_open)


class Unclear:
    """That values can be read as members of a set, in a way that is not put into an expression."""


def _as_shape(kind: Domain, values: Domain, shape: type[Domain], longest: int | None) -> Domain | Unclear | None:
    """The members of a set (read as ``kind``) as values of another kind; None where these cannot be read as members."""
    if kind is ANY:
        return ANY
    if any(isinstance(one, Bits) and _is_shorter(one, longest) for one in _alternatives(kind)) and shape is Bits:
        return Unclear()  # what is longer may have padding, or cannot be read
    if isinstance(kind, Choice):
        if kind != values or not any(type(one) is shape for one in kind.alternatives):
            return Unclear()
        return union(*(one for one in kind.alternatives if type(one) is shape))
    if type(kind) is shape:
        return values if type(values) is shape else NONE if values is NONE else Unclear()
    if shape in SHAPES and isinstance(kind, Octets):
        every, count = SHAPES[shape]
        if kind != values:
            return Unclear()
        if kind.lengths is not None:
            return ANY if kind.lengths.holds(count) else NONE
        try:
            return interpret_as(kind, every)
        except NotInterpretable:
            return Unclear()
    return Unclear() if is_readable(shape, type(kind)) else None


def _alternatives(kind: Domain) -> tuple[Domain, ...]:
    return kind.alternatives if isinstance(kind, Choice) else (kind,)


def _is_shorter(kind: Bits, longest: int | None) -> bool:
    high = kind.length_range.high
    return high is not None and (longest is None or high < longest)


def _in_unit(requirement: Requirement, values: Domain, unit: str | None, *, of_choice: bool) -> Iterator[Domain]:
    """The numbers that are members, of values in a unit (None: in none), as ``problems.py`` holds units against each
    other; other sets as they are."""
    # a number without a unit is taken to be in the one that is stated, but not where a choice states it
    is_counted = bool(requirement.routes) or (requirement.asks == "permitted" and not of_choice)
    for one in _alternatives(values):
        if not isinstance(one, Numbers):
            yield one
        elif one.unit in (None, unit) or (unit is None and is_counted):
            yield one.with_unit(None)


def _no_time() -> Iterator[Domain]:
    """The two date-times that stand for no time, at once and cancelled, which every request can ask for."""
    from gbcscheck.domains.cosem_words import AT_ONCE, CANCELLED

    nothing = points([0])
    yield cosem_date_time(
        **dict.fromkeys(("year", "month", "day", "weekday", "hour", "minute", "second", "hundredths"), nothing)
    )
    yield domain_of(AT_ONCE)
    yield domain_of(CANCELLED)
