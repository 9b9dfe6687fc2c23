"""What DuckDB says of a value by the predicates is what the judge of single devices says."""

from __future__ import annotations

from collections import Counter

import pytest
from edge_values import COLUMNS, DuckDB, all_predicates, asked_of_engine, disagreements, edges, items_by_key
from hypothesis import HealthCheck, given, settings
from random_releases import Released, releases
from shares import examples

from gbcscheck.domains import Numbers, bits

pytest.importorskip("ibis")

FEWEST = 2_000
"""Pairs of an item and a value that the corpus has at least."""
MOST_UNDECIDED = 0.6
"""The share of the corpus, which is made of what is hard to tell, that may be left to the judge."""


def test_every_kind_of_item_and_of_column_is_in_the_corpus() -> None:
    made = all_predicates()
    asked = {tuple(type(kind) for kind in made[edge.item]._form.kinds) for edge in edges()}
    assert asked == {tuple(type(kind) for kind in one._form.kinds) for one in made.values()}
    assert {edge.column for edge in edges()} == set(COLUMNS)
    assert len({(edge.item, edge.raw) for edge in edges() if edge.column == "string"}) >= FEWEST


def test_the_engine_says_of_every_value_what_the_judge_says(capsys: pytest.CaptureFixture[str]) -> None:
    made, values = all_predicates(), edges()
    told = asked_of_engine(made, DuckDB(), values)
    assert disagreements(made, values, told) == []
    said = Counter(fits for (fits, missing) in told if not missing)
    undecided = said[None] / said.total()
    with capsys.disabled():
        print(f"\n{len(values):,} values: {said[True]:,} fit, {said[False]:,} do not, {undecided:.1%} undecided")
    assert min(said[True], said[False]) > FEWEST / 2
    assert undecided < MOST_UNDECIDED
    some_fit = {edge.item for edge, (fits, _) in zip(values, told, strict=True) if fits}
    compiled = [item for item in items_by_key() if made[item].compiled and made[item]._form.kinds != (bits(0, 0),)]
    assert [item for item in compiled if item not in some_fit] == [], "no bits at all cannot be written"
    of_numbers = [
        fits
        for edge, (fits, _) in zip(values, told, strict=True)
        if edge.column == "int64" and edge.value is not None and _is_of_plain_numbers(edge.item)
    ]
    assert len(of_numbers) > 300
    assert None not in of_numbers


def _is_of_plain_numbers(item: str) -> bool:
    """Whether whole numbers of an item are read as themselves: no document writes them otherwise."""
    form = all_predicates()[item]._form
    return bool(form.kinds) and all(isinstance(kind, Numbers) for kind in form.kinds) and not form.documents


@given(released=releases())
@settings(max_examples=examples(3), suppress_health_check=list(HealthCheck))
def test_of_random_items_and_values_too(released: Released) -> None:
    made, values = released
    assert disagreements(made, values, asked_of_engine(made, DuckDB(), values)) == []
