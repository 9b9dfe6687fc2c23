"""Values of a request and a command: found by subject, by what stands beside them, by key, and together."""

from __future__ import annotations

import pytest
from pair_files import request_entries

from gbcscheck.device.pairs.values import Values
from gbcscheck.facts.crosswalk import LinkEnd

PRICES = request_entries(
    """
    Prices
      BlockPrices
        @index 1
        BlockPrice 10
          @index 1
        BlockPrice 11
          @index 2
      BlockPrices
        @index 2
        BlockPrice 20
          @index 1
        BlockPrice none
          @index x
    """
)
BLOCK = "/Prices/BlockPrices/BlockPrice"
SCHEDULES = request_entries(
    """
    Calendar
      Schedule
        Days
          Day Monday
          Day Sunday
      Schedule
        Days
      Schedule
        Days
          Day Friday
    """
)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("", ["10", "11", "20", "none"]),
        ("@index = 1", ["10", "20"]),
        ("BlockPrices/@index = 2", ["20", "none"]),
        ("BlockPrices/@index = 3", []),
        ("Nothing/@index = 1", []),
        ("# = 2", ["11", "none"]),
        ("with /Prices/BlockPrices/@index", ["10", "11", "20", "none"]),
        ("with /Prices/Other", []),
    ],
)
def test_values_of_a_subject_by_what_stands_beside_them(where: str, found: list[str]) -> None:
    assert [one.value for one in Values(PRICES).find(BLOCK, where)] == found


@pytest.mark.parametrize(
    ("terms", "keys"),
    [
        (["@index"], [1, 2, 1, None]),
        (["@index: map 1=160, 2=176", "BlockPrices/@index"], [161, 177, 162, None]),
        (["#"], [1, 2, 1, 2]),
        (["@index: plus 100"], [101, 102, 101, None]),
        (["nothing"], [None, None, None, None]),
    ],
)
def test_a_key_is_the_sum_of_what_stands_beside_a_value(terms: list[str], keys: list[int | None]) -> None:
    values = Values(PRICES)
    assert [values.key_of(one, terms) for one in values.find(BLOCK)] == keys


def test_the_places_of_what_names_a_value() -> None:
    values = Values(PRICES)
    end = LinkEnd("request", BLOCK, key=("@index: map 1=160", "BlockPrices/@index", "#"))
    named = [list(values.named_by(one, end)) for one in values.find(BLOCK)[:1]]
    assert [[PRICES[place].label for place in places] for places in named] == [["@index", "@index"]]
    assert [[PRICES[place].depth for place in places] for places in named] == [[3, 2]]


def test_values_together_by_what_is_around_them() -> None:
    groups = Values(SCHEDULES).gathered("/Calendar/Schedule/Days/Day", "", "Schedule")
    assert [[one.value for one in group] for group in groups] == [["Monday", "Sunday"], [], ["Friday"]]
