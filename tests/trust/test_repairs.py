"""Of conflicts planted in the published documents ``repair`` gives back what stood there, and nothing else.

A small share, of documents that are read quickly, put in together and held against the rules that read what these say;
``repairs.py`` counts many, by all rules.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from recall import Laboratory
from repairs import CHOICE, REPAIRED, WRONG, Result, results, table

from gbcscheck.rules import RULES

SEED, COUNT = 20261128, 30
DOCUMENTS = ("Table 28d", "MP131", "use case list", "matrix")
"""Those that are read quickly."""
SHEETS = ("Use cases", "DLMS")
"""Those of the workbook that state what is in these documents."""


@pytest.fixture(scope="module")
def found(corpus: Path) -> list[Result]:
    whole = Laboratory.of(corpus, DOCUMENTS, SHEETS)
    own = [whole.places.parts[one] for one in DOCUMENTS]
    said = {statement.attribute for one in own for statement in whole.places.catalogue.parts[one]}
    laboratory = replace(whole, rules=tuple(rule for rule in RULES if said & set(rule.reads)))
    plants = {
        (one.document, *one.edits[0].cells): one
        for one in laboratory.planter.plants(SEED, COUNT)
        if one.second and one.edits[0].action == "change"
    }
    return results(laboratory, list(plants.values()))


def test_no_edit_is_wrong(found: list[Result]) -> None:
    assert [one.edits for one in found if one.outcome == WRONG] == []


def test_the_original_is_given_back(found: list[Result]) -> None:
    given_back = sum(one.outcome in (REPAIRED, CHOICE) for one in found)
    assert len(found) >= 4
    assert given_back >= 0.9 * len(found), table(found)
    assert any(one.outcome == REPAIRED for one in found), table(found)
