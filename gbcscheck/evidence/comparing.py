"""Two sets of values held against each other: whether they can be, what has to be assumed, and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gbcscheck.evidence.reading import read_like

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


def is_comparable(values: Domain, kind: Domain) -> bool:
    """Whether a set is of a kind, or can be read so."""
    return type(read_like(values, kind)) is type(kind) or type(read_like(kind, values)) is type(values)


def common_values(one: Domain, other: Domain) -> Domain:
    """The values that two sets have in common, octets of the one read as the kind of the other."""
    one, other = _of_one_kind(one, other)
    return one.meet(other)


def is_within(values: Domain, permitted: Domain) -> bool | None:
    """Whether some values are all permitted; None where nobody can say. Of one date or time as people write it one
    encoding that is permitted will do: the day of the week, hundredths and the deviation are left open."""
    from gbcscheck.domains.cosem import is_one_moment

    values, permitted = _of_one_kind(values, permitted)
    if not is_one_moment(values):
        return values.is_subset(permitted)
    empty = values.meet(permitted).is_empty()
    return None if empty is None else not empty


def _of_one_kind(one: Domain, other: Domain) -> tuple[Domain, Domain]:
    """Two sets of which octets are read as the kind of the other; as they are where they cannot be."""
    from gbcscheck.domains import Octets

    return (one, read_like(other, one)) if isinstance(other, Octets) else (read_like(one, other), other)


def nearest_outside(these: Sequence[Domain], those: Sequence[Domain]) -> tuple[Domain, Domain] | None:
    """The first readings of two sides of which the one is not within the other; None where any two readings agree,
    or where that cannot be told of some."""
    pairs = [(one, other) for one in these for other in those]
    if not pairs or any(is_within(one, other) is not False for one, other in pairs):
        return None
    return pairs[0]


def is_answered(these: Sequence[Domain], those: Sequence[Domain]) -> bool:
    """Whether it can be told of two sides whether some reading of the one is within one of the other."""
    told = [is_within(one, other) for one in these for other in those]
    return True in told or (bool(told) and None not in told)


def is_number(domain: Domain | None) -> bool:
    """Whether a set is one of numbers."""
    from gbcscheck.domains import Numbers

    return isinstance(domain, Numbers)


def unit_of(domain: Domain) -> str:
    """The unit of a set of numbers; empty where it has none."""
    from gbcscheck.domains import Numbers

    return (domain.unit or "") if isinstance(domain, Numbers) else ""


def in_unit(value: Domain, unit: str) -> Domain:
    """Single numbers without a unit, as so many of a unit; any other set as it is."""
    from gbcscheck.domains import Numbers, points

    numbers = value.numbers() if isinstance(value, Numbers) else None
    return points(list(numbers), unit) if numbers else value


def assumed_unit(values: Domain, *others: Domain) -> str:
    """One sentence on the unit that has to be assumed to compare some sets: that of ``values``, where it is stated and
    that of one of the others is not. Empty where nothing is assumed."""
    unit = unit_of(values)
    silent = any(is_number(other) and not unit_of(other) for other in others)
    return f"The other side states no unit; its numbers are taken to be in {unit} here." if unit and silent else ""
