"""Changes of schemas against independent validators: who is hurt, and nothing said where nobody is."""

from __future__ import annotations

from pathlib import Path

import pytest
from schema_changes import SchemaChange, assert_agrees, compared, oracle
from schema_model_changes import MODELS
from schema_name_changes import NAMES
from schema_rewrites import REWRITES
from schema_type_changes import TYPES

CHANGES = (*MODELS, *NAMES, *TYPES)


def test_there_are_sixty_kinds_of_change_and_each_is_one() -> None:
    assert len({change.name for change in CHANGES}) == len(CHANGES) >= 60
    assert all(oracle(change).possible for change in CHANGES)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_who_is_hurt_is_whom_the_validators_refuse(tmp_path: Path, change: SchemaChange) -> None:
    assert_agrees(change, tmp_path)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_a_change_taken_back_hurts_the_other_side(tmp_path: Path, change: SchemaChange) -> None:
    assert_agrees(change.backwards, tmp_path)


@pytest.mark.parametrize("rewrite", REWRITES, ids=lambda change: change.name)
def test_the_same_schema_in_other_words_is_no_change(tmp_path: Path, rewrite: SchemaChange) -> None:
    assert oracle(rewrite).accepted
    assert not oracle(rewrite).possible
    found = [one for one in compared(rewrite, tmp_path) if one.verdict != "neutral"]
    assert found == []
