"""What is permitted of an item, in words and as stretches of numbers in the unit of a column."""

from __future__ import annotations

import pytest

from gbcscheck.device.context import Choices, load_context
from gbcscheck.fleet.permitted import Permitted, permitted
from gbcscheck.release.catalogue import Catalogue

OFFSET = "RandomisedOffsetLimit.value"
WEEKDAYS = "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_context(Choices()).catalogue


def test_numbers_have_stretches_in_the_unit_that_the_column_says(catalogue: Catalogue) -> None:
    assert permitted(catalogue, OFFSET) == Permitted("whole numbers from 0 to 1799 s", "s", ((0.0, 1799.0),))
    minutes = permitted(catalogue, OFFSET, "min")
    assert minutes.unit == "min"
    assert minutes.stretches == ((0.0, pytest.approx(1799 / 60)),)


def test_a_unit_of_something_else_has_no_stretches(catalogue: Catalogue) -> None:
    assert permitted(catalogue, OFFSET, "V") == Permitted("whole numbers from 0 to 1799", "V")


def test_what_a_use_case_fixes_is_told_in_words(catalogue: Catalogue) -> None:
    assert permitted(catalogue, WEEKDAYS) == Permitted("0b1111111")


def test_nothing_is_told_of_what_is_no_single_item(catalogue: Catalogue) -> None:
    assert permitted(catalogue, "MaximumDemandConfigurableTimePeriod") == Permitted("")
