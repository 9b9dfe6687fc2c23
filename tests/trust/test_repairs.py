"""Of conflicts planted in the published documents ``repair`` gives back what stood there, and nothing else.

A small share; ``repairs.py`` counts many.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from recall import Laboratory
from repairs import CHOICE, REPAIRED, WRONG, Result, results, table

SEED, COUNT = 20261128, 120
DOCUMENTS = ("Table 28d", "MP131", "MMC", "use case list")
"""Those that are read quickly."""


@pytest.fixture(scope="module")
def found(corpus: Path) -> list[Result]:
    laboratory = Laboratory.of(corpus)
    plants = [one for one in laboratory.planter.plants(SEED, COUNT) if one.document in DOCUMENTS]
    return results(laboratory, plants)


def test_no_edit_is_wrong(found: list[Result]) -> None:
    assert [one.edits for one in found if one.outcome == WRONG] == []


def test_the_original_is_given_back(found: list[Result]) -> None:
    given_back = sum(one.outcome in (REPAIRED, CHOICE) for one in found)
    assert len(found) >= 8
    assert given_back >= 0.9 * len(found), table(found)
    assert sum(one.outcome == REPAIRED for one in found) >= 0.7 * len(found), table(found)
