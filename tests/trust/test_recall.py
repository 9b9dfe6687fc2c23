"""Of conflicts planted in the published documents, ``check`` finds no fewer than it did; what is planted is told apart
from what was there."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import Edit
from planting import Plant
from recall import Laboratory, Outcome, by_kind, share, table
from shares import portion

SEED, COUNT = 20261128, portion(300, least=5 * 14)
FLOORS = {
    "missing": 0.9,
    "enumeration": 1.0,
    "reference": 0.95,
    "naming": 0.95,
    "code": 1.0,
    "duplicate": 0.95,
    "range": 0.95,
    "optionality": 0.95,
    "value": 0.95,
    "default": 1.0,
    "unit": 1.0,
    "configurability": 0.95,
    "encoding": 0.95,
    "joint": 1.0,
}
"""The share of the plants with a second source that was found of each kind, less a little. Who betters it raises it."""
FLOOR = 0.98
"""The same of all."""


@pytest.fixture(scope="module")
def laboratory(corpus: Path) -> Laboratory:
    return Laboratory.of(corpus)


@pytest.fixture(scope="module")
def outcomes(laboratory: Laboratory) -> list[Outcome]:
    return laboratory.outcomes(laboratory.planter.plants(SEED, COUNT), size=60)


def test_there_are_as_many_plants_of_each_kind_and_half_on_what_is_linked(outcomes: list[Outcome]) -> None:
    assert len(outcomes) == COUNT
    assert {one.plants for one in by_kind(outcomes)} == {COUNT // 14, -(-COUNT // 14)}
    linked = sum(one.plant.linked for one in outcomes)
    assert COUNT * 0.3 < linked < COUNT * 0.7


def test_no_fewer_are_found_than_were(outcomes: list[Outcome]) -> None:
    below = [one.line() for one in by_kind(outcomes) if one.recall < FLOORS[one.name]]
    assert below == [], table(outcomes)
    assert share("all", outcomes).recall >= FLOOR, table(outcomes)


def test_each_miss_has_its_reason(outcomes: list[Outcome]) -> None:
    assert [one.plant.answer() for one in outcomes if not one.found and not one.reason] == []


def test_a_plant_is_the_same_for_the_same_seed(laboratory: Laboratory) -> None:
    def answers(plants: list[Plant]) -> list[object]:
        return [one.answer() for one in plants]

    assert answers(laboratory.planter.plants(5, 40)) == answers(laboratory.planter.plants(5, 40))
    assert answers(laboratory.planter.plants(5, 40)) != answers(laboratory.planter.plants(6, 40))


def test_documents_without_a_plant_give_no_new_finding(laboratory: Laboratory) -> None:
    source = laboratory.sources
    same = (
        Edit("GBCS", 5, "DLMS", {}),
        Edit("DUIS", 9, text=source.schemas["DUIS"][8]),
        Edit("matrix", 0),
        Edit("units", 0),
    )
    assert laboratory.new_findings(source.read(same)) == []
