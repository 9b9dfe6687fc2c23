"""Distributions: every device stands in one bin, bounds of what is permitted are edges, and tails stand apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ibis
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shares import examples

from gbcscheck.fleet.bin_edges import MOST_BINS, Edges, bins_between
from gbcscheck.fleet.distributions import distributions
from gbcscheck.fleet.engines import Engine, start
from gbcscheck.fleet.permitted import Permitted
from gbcscheck.fleet.value_counts import Setting, held_values
from gbcscheck.model.fleet import Distribution

COUNTS = {"name": "string", "unit": "string", "kind": "string", "text": "string", "devices": "int64"}
WRONG = {"name": "string", "unit": "string", "kind": "string", "text": "string", "wrong": "int64"}
OFFSET = Setting("Offset.value", "Offset.value")
COLOUR = Setting("Colour.value", "Colour.value")
SETTINGS = {("Offset", ""): OFFSET, ("offset_limit", ""): OFFSET, ("Colour", ""): COLOUR}
UP_TO_1799 = Permitted("0..1799", "s", ((0.0, 1799.0),))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    running = start("duckdb", memory=1 << 29, threads=1, folder=tmp_path_factory.mktemp("engine"))
    yield running
    running.close()


def told(
    engine: Engine, folder: Path, values: list[tuple[str, str, int]], wrong: list[tuple[str, str, str]],
    permitted: Permitted = UP_TO_1799,
) -> tuple[Distribution, ...]:  # fmt: skip
    """Distributions of values (name, text, devices), of which some devices hold a violation (device, name, text)."""
    counts = ibis.memtable([(name, "", "text", text, n) for name, text, n in values], schema=COUNTS)
    devices = Counter((name, "", "text", text) for _, name, text in set(wrong))
    wrong_values = ibis.memtable([(*value, count) for value, count in devices.items()], schema=WRONG)
    settings, held = held_values(engine, counts, wrong_values, SETTINGS, folder / "held")
    of = {OFFSET: permitted, COLOUR: Permitted("red or blue")}
    return distributions(engine, held, settings, of.__getitem__)


def test_bounds_of_what_is_permitted_are_edges_and_the_tail_stands_apart(engine: Engine, tmp_path: Path) -> None:
    values = [("Offset", str(number), 3) for number in range(0, 1800, 7)]
    wrong = [(f"m{n}", "Offset", "65535") for n in range(4)] + [("m9", "Offset", "1800")]
    (one,) = told(engine, tmp_path, [*values, ("Offset", "65535", 4), ("Offset", "1800", 1)], wrong)
    assert (one.item, one.unit, one.permitted, one.others) == ("Offset.value", "s", "0..1799", 0)
    assert len(one.bins) <= MOST_BINS
    inside = [each for each in one.bins if not each.outside]
    assert (inside[0].low, inside[-1].high, inside[-1].label) == (0.0, 1800.0, "1750 to 1799")
    assert sum(each.count for each in inside) == 3 * len(values)
    assert [(each.label, each.count, each.wrong) for each in one.bins if each.outside] == [
        ("1800", 1, 1), ("65535", 4, 4),
    ]  # fmt: skip
    assert not any(each.wrong for each in inside)


def test_many_different_numbers_outside_share_bins_that_become_wider(engine: Engine, tmp_path: Path) -> None:
    values = [("Offset", str(number), 1) for number in (*range(0, 1800, 7), *range(1800, 60_000, 97))]
    wrong = [(f"m{n}", "Offset", str(n)) for n in range(1800, 60_000, 97)]
    (one,) = told(engine, tmp_path, values, wrong)
    outside = [each for each in one.bins if each.outside]
    assert [each.label for each in outside] == [
        "1800 to 1809", "1810 to 1899", "1900 to 2799", "2800 to 11799", "11800 to 59903",
    ]  # fmt: skip
    assert sum(each.count for each in one.bins) == len(values)
    assert sum(each.wrong for each in outside) == sum(each.count for each in outside) == len(wrong)


def test_names_of_one_item_are_one_distribution(engine: Engine, tmp_path: Path) -> None:
    (one,) = told(engine, tmp_path, [("Offset", "600", 2), ("offset_limit", "600", 3), ("Offset", "60.5", 1)], [])
    assert [(each.label, each.count) for each in one.bins] == [("60.5", 1), ("600", 5)]


def test_values_in_words_are_told_by_how_many_hold_them_and_what_is_wrong_is_not_hidden(
    engine: Engine, tmp_path: Path
) -> None:
    values = [("Colour", f"shade {n:02}", 100 + n) for n in range(20)] + [("Colour", "mud", 1)]
    (one,) = told(engine, tmp_path, values, [("m1", "Colour", "mud")])
    assert [each.label for each in one.bins] == [*(f"shade {n:02}" for n in range(19, 11, -1)), "mud"]
    assert [(each.wrong, each.outside) for each in one.bins[-2:]] == [(0, False), (1, True)]
    assert one.others == sum(100 + n for n in range(12))


def test_words_among_numbers_stand_behind_them(engine: Engine, tmp_path: Path) -> None:
    (one,) = told(engine, tmp_path, [("Offset", "600", 9), ("Offset", "n/a!", 2)], [("m1", "Offset", "n/a!")])
    assert [(each.label, each.low, each.count, each.wrong) for each in one.bins] == [
        ("600", 600.0, 9, 0), ("n/a!", None, 2, 1),
    ]  # fmt: skip


def test_what_has_the_most_violations_comes_first(engine: Engine, tmp_path: Path) -> None:
    found = told(engine, tmp_path, [("Colour", "red", 9), ("Offset", "9999", 1)], [("m1", "Offset", "9999")])
    assert [one.item for one in found] == ["Offset.value", "Colour.value"]


def test_of_nothing_nothing_is_told(engine: Engine, tmp_path: Path) -> None:
    assert told(engine, tmp_path, [], []) == ()


# --- edges -----------------------------------------------------------------------------------------------------------


def in_bin(number: float, each: Edges) -> bool:
    return number == each.low or each.low <= number < each.high


stretches = st.lists(st.integers(-1000, 100_000), min_size=0, max_size=8, unique=True).map(sorted).map(
    lambda ends: tuple(zip(map(float, ends[::2]), map(float, ends[1::2]), strict=False))
)  # fmt: skip


@settings(max_examples=examples(60))
@given(st.lists(st.integers(-2000, 2_000_000), min_size=2, max_size=30), stretches, st.booleans())
@example([68, -102], ((-1.0, 0.0), (1.0, 67.0)), True)  # one bin around zero, which no round number does
def test_each_number_lies_in_exactly_one_bin(numbers: list[int], permitted: Any, is_whole: bool) -> None:
    values = [float(one) if is_whole else one / 8 for one in numbers]
    bins = bins_between(min(values), max(values), permitted, (), is_whole=is_whole)
    assert len(bins) <= MOST_BINS
    for value in values:
        (found,) = [each for each in bins if in_bin(value, each)]
        if permitted:
            assert found.outside != any(low <= value <= high for low, high in permitted)


def test_numbers_without_bounds_have_bins_of_one_width() -> None:
    bins = bins_between(3.0, 998.0, (), (), is_whole=True)
    assert [(one.low, one.high) for one in bins[:2]] == [(3.0, 50.0), (50.0, 100.0)]
    assert bins[-1].high == 999.0
