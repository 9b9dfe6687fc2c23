"""Sets of numbers: one form for one set, steps, units, unions, and what one set has that another lacks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import (
    ANY,
    NONE,
    Domain,
    NotExact,
    Numbers,
    Quantity,
    integers,
    null,
    numbers,
    points,
    text_set,
    union,
)
from gbcscheck.domains.rational import common_divisor, common_multiple, decimal_text, exact


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (points([1, 2, 3]), integers(1, 3)),
        (points([3, 1, 2, 2]), integers(1, 3)),
        (points([2, 4]), numbers(2, 4, step=2)),
        (integers(0, 10).meet(numbers(0, 10, step=5)), points([0, 5, 10])),
        (numbers("0.5", "1.5", step=1), points([1])),
        (numbers(0, 10, low_open=True, high_open=True, step=1), integers(1, 9)),
        (numbers(0, 1, step="0.25"), points(["0", "0.25", "0.5", "0.75", "1"])),
        (numbers(5, 5), points([5])),
        (numbers(5, 5, low_open=True), NONE),
        (numbers(7, 3), NONE),
        (integers(0, 3, unit="min"), numbers(0, 180, step=60, unit="s")),
        (points([1], "kV"), points([1000], "V")),
        (union(integers(0, 10), integers(11, 20)), integers(0, 20)),
        (union(numbers(0, 1, high_open=True), numbers(1, 2)), numbers(0, 2)),
        (union(numbers(0, 1, high_open=True), points([1])), numbers(0, 1)),
        (union(integers(0, 10), points(["0.5"])), points([*range(11), "0.5"])),
        (union(numbers(0, 4, step=2), numbers(1, 3, step=2)), points([0, 2, 4])),
        (union(numbers(0, 10, step=2), integers(0)), integers(0)),
        (numbers(0, "429496729.5", step="0.1"), numbers("-0.05", "429496729.55", step="0.1")),
    ],
)
def test_equal_sets_are_equal(one: Domain, two: Domain) -> None:
    assert one == two
    assert hash(one) == hash(two)


def test_separate_numbers_have_no_step_and_neighbours_have_one() -> None:
    separate = points([1, 4, 9])
    neighbours = points([6, 9, 12, 30])
    assert isinstance(separate, Numbers)
    assert isinstance(neighbours, Numbers)
    assert separate.step is None
    assert neighbours.step == 3
    assert str(neighbours) == "6 | 9 | 12 | 30"


@pytest.mark.parametrize(
    "parts", [(integers(0), points(["0.5"])), (numbers(0, 1), integers(5)), (integers(0), numbers(step=3))]
)
def test_a_union_without_a_single_step_is_refused(parts: tuple[Domain, Domain]) -> None:
    with pytest.raises(NotExact):
        union(*parts)


def test_members_and_kinds_of_numbers() -> None:
    tenths = numbers(0, 10, step="0.1")
    assert tenths.contains(Fraction(1, 10))
    assert tenths.contains(Decimal("0.1"))
    assert tenths.contains(3)
    assert not tenths.contains(Fraction(1, 100))
    assert not tenths.contains(True)
    assert not tenths.contains("0.1")
    assert integers(0, 3).members() == (0, 1, 2, 3)
    assert integers(0).members() is None
    assert numbers(0, 1).members() is None
    assert integers(0, 10_000).members() is None


@pytest.mark.parametrize("wrong", [0.1, True, None])
def test_floating_point_is_refused(wrong: object) -> None:
    with pytest.raises(TypeError):
        points([wrong])  # type: ignore[list-item]


def test_a_step_has_to_be_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        numbers(0, 1, step=0)


# --- units -----------------------------------------------------------------------------------------------------------


def test_a_set_without_a_unit_takes_numbers_of_any() -> None:
    volts = integers(0, 300, unit="V")
    plain = integers(0, 253)
    assert plain.meet(volts) == integers(0, 253, unit="V")
    assert plain.contains(Quantity(5, "V"))
    assert plain.contains(5)
    assert volts.contains(Quantity(5, "V"))
    assert not volts.contains(5)
    assert volts.meet(integers(0, 300, unit="A")) is NONE
    assert volts.is_subset(integers()) is True
    assert integers(0, 5).is_subset(volts) is False
    assert integers(0, 5).difference_classes(volts) == (("no unit", 0),)


def test_units_are_kept_in_their_base_unit() -> None:
    assert Quantity(30, "minutes") == Quantity(1800, "s")
    assert str(Quantity("0.5", "kV")) == "500 V"
    assert numbers(0, 30, step=1, unit="min").contains(Quantity(2, "min"))
    assert not numbers(0, 30, step=1, unit="min").contains(Quantity(30, "s"))
    with pytest.raises(KeyError):
        integers(0, 1, unit="furlong")


def test_numbers_of_two_units_are_a_choice_and_none_with_numbers_without() -> None:
    either = union(integers(0, 5, unit="V"), integers(0, 9, unit="A"))
    assert either.contains(Quantity(9, "A"))
    assert not either.contains(Quantity(9, "V"))
    assert either.meet(integers(3, 5)) == union(integers(3, 5, unit="V"), integers(3, 5, unit="A"))
    assert union(integers(0, 5, unit="V"), integers(0, 9)) == integers(0, 9)
    with pytest.raises(NotExact):
        union(integers(0, 9, unit="V"), integers(0, 5))


# --- differences -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "classes"),
    [
        (integers(-5, 70000), integers(0, 65535), (("below 0", -1), ("above 65535", 65536))),
        (integers(0, 30), union(integers(0, 10), integers(20, 30)), (("between 10 and 20", 11),)),
        (numbers(0, 1, step="0.01"), numbers(0, 1, step="0.1"), (("finer than 0.1", Fraction(1, 100)),)),
        (numbers(0, 10), integers(0, 10), (("finer than 1", Fraction(1, 10)),)),
        (integers(60, 70), numbers(60, 70, low_open=True), (("exactly 60", 60),)),
        (numbers(0, 10), numbers(0, 10, high_open=True), (("exactly 10", 10),)),
        (integers(0, 5), integers(0, 5), ()),
        (integers(0, 5), integers(0), ()),
        (points([1, 7]), integers(0, 5), (("above 5", 7),)),
        (integers(0, 9, unit="V"), integers(0, 5, unit="V"), (("above 5 V", Quantity(6, "V")),)),
        (integers(0, 9, unit="V"), integers(0, 9, unit="A"), (("a value in V", Quantity(0, "V")),)),
        (integers(0, 9), text_set(["A"]), (("a number", 0),)),
        (union(integers(0, 9), null()), integers(0, 9), (("null", null().witness()),)),
        (integers(), integers(0), (("below 0", -1),)),
        (numbers(), numbers(step=1), (("finer than 1", Fraction(1, 10)),)),
    ],
)
def test_classes_of_numbers_that_are_lacking(one: Domain, two: Domain, classes: object) -> None:
    assert one.difference_classes(two) == classes


def test_any_lacks_nothing_and_nothing_is_any() -> None:
    assert integers().difference_witness(ANY) is None
    assert ANY.is_subset(integers()) is False
    assert ANY.difference_witness(integers()) == ""


@pytest.mark.parametrize(
    ("domain", "words"),
    [
        (integers(0, 255), "whole numbers from 0 to 255"),
        (integers(), "any whole number"),
        (integers(0), "whole numbers from 0 up"),
        (integers(None, 5), "whole numbers up to 5"),
        (numbers(), "any number"),
        (numbers(0, 10, low_open=True, high_open=True), "numbers above 0 and below 10"),
        (numbers(0, "6.5535", step="0.0001"), "numbers from 0 to 6.5535 in steps of 0.0001"),
        (points([1, 2, 5]), "1, 2 or 5"),
        (points([5], "V"), "5 V"),
        (union(integers(0, 10), integers(20, 30)), "whole numbers from 0 to 10 or from 20 to 30"),
        (points(n * n for n in range(20)), "one of 20 values: 0, 1, 4, 9, 16, 25, 36, 49 and so on"),
    ],
)
def test_words(domain: Domain, words: str) -> None:
    assert domain.describe() == words


# --- scaled agreement: the same range in two notations (not a conflict) -------------------------------------------


@pytest.mark.parametrize(
    ("octets", "divisor", "high", "step"),
    [(4, 10, "429496729.5", "0.1"), (4, 100000, "42949.67295", "0.00001"), (2, 10000, "6.5535", "0.0001")],
)
def test_scaled_integers_equal_decimals(octets: int, divisor: int, high: str, step: str) -> None:
    whole = integers(0, 256**octets - 1)
    assert isinstance(whole, Numbers)
    assert whole.scaled(Fraction(1, divisor)) == numbers(0, high, step=step)


# --- exact arithmetic ------------------------------------------------------------------------------------------------

RATIONALS = st.fractions(min_value=-1000, max_value=1000, max_denominator=60)


@given(RATIONALS.filter(bool), RATIONALS.filter(bool))
def test_divisors_and_multiples(one: Fraction, two: Fraction) -> None:
    divisor, multiple = common_divisor(one, two), common_multiple(one, two)
    assert one % divisor == 0 == two % divisor
    assert multiple % one == 0 == multiple % two
    assert divisor > 0
    assert multiple > 0
    assert abs(one * two) == divisor * multiple


@given(RATIONALS)
def test_numbers_are_written_without_loss(number: Fraction) -> None:
    assert exact(decimal_text(number)) == number
