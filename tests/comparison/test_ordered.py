"""Restrictions of floats, durations and parts of dates, held against each other by value."""

from __future__ import annotations

import pytest

from gbcscheck.comparison.ordered import ordered_difference, ordered_values
from gbcscheck.comparison.valuesets import Difference
from gbcscheck.domains import Domain, texts
from gbcscheck.model import Specification, Statement


def permitted(text: str) -> list[Statement]:
    return [Statement("/V", "permitted", Specification("X", "1", "schema"), "published", "", "x", "line 1", text=text)]


def found(old: str, new: str, written: Domain | None = None) -> Difference | None:
    return ordered_difference(permitted(old), permitted(new), (written, written))


@pytest.mark.parametrize(
    ("old", "new", "lost", "gained", "witness"),
    [
        ("xs:gYear, maxInclusive 2025", "xs:gYear, maxInclusive 2020", True, False, "2025"),
        ("xs:gYear, maxInclusive 2020", "xs:gYear, maxInclusive 2025", False, True, "2025"),
        ("xs:gYear, maxInclusive 2025", "xs:gYear, maxExclusive 2026", False, True, "2025Z"),
        ("xs:duration, maxInclusive P1Y", "xs:duration, maxInclusive P12M", False, False, ""),
        ("xs:duration, maxInclusive P1M", "xs:duration, maxInclusive P30D", True, True, "P1M"),
        ("xs:double, enumeration 1", "xs:double, enumeration 1.0", False, False, ""),
        ("xs:float, maxInclusive 10", "xs:double, maxInclusive 10", None, None, ""),
        ("xs:float, maxInclusive 10", "xs:double, maxInclusive 5", True, None, "10"),
        ("xs:float", "xs:double", False, False, ""),
        ("xs:float, minInclusive 0", "xs:float, minInclusive 0, maxInclusive 7", True, False, "8"),
    ],
)
def test_losses_and_gains_are_shown_by_a_literal(
    old: str, new: str, lost: bool | None, gained: bool | None, witness: str
) -> None:
    difference = found(old, new)
    assert difference is not None
    assert (difference.lost, difference.gained, difference.witness) == (lost, gained, witness)


def test_a_literal_that_the_pattern_refuses_shows_nothing() -> None:
    even = texts(patterns=["2.[0-9][02468]"])
    difference = found("xs:gYear, maxInclusive 2025", "xs:gYear, maxInclusive 2024", even)
    assert difference == Difference(None, False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("xs:float", "xs:gYear"),
        ("xs:int, maxInclusive 5", "xs:int, maxInclusive 6"),
        ("xs:float, enumeration 1, enumeration 2, enumeration 1", "xs:float, enumeration 1"),
        ("xs:float, maxInclusive ten", "xs:float"),
        ("list of xs:float", "list of xs:double"),
    ],
)
def test_what_is_of_another_kind_is_left_to_others(old: str, new: str) -> None:
    assert found(old, new) is None


@pytest.mark.parametrize(
    ("base", "old", "new", "same"),
    [
        ("xs:float", "1", "1.0", True),
        ("xs:duration", "P1D", "PT24H", True),
        ("xs:gYear", "2025", "2026", False),
        ("xs:duration", "P1M", "P30D", False),
    ],
)
def test_single_values_are_compared_by_value(base: str, old: str, new: str, *, same: bool) -> None:
    difference = ordered_values(base, old, new)
    assert difference is not None
    assert difference.same is same
    assert ordered_values("xs:int", old, new) is None
