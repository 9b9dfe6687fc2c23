"""Changes of what values may be against independent validators: who is hurt, and nothing said where nobody is."""

from __future__ import annotations

from pathlib import Path

import pytest
from schema_changes import SchemaChange, assert_agrees, compared, oracle
from schema_value_changes import VALUES


def test_there_are_forty_kinds_of_change_and_each_is_one() -> None:
    assert len({change.name for change in VALUES}) == len(VALUES) >= 40


@pytest.mark.parametrize("change", VALUES, ids=lambda change: change.name)
def test_who_is_hurt_is_whom_the_validators_refuse(tmp_path: Path, change: SchemaChange) -> None:
    assert_agrees(change, tmp_path)


@pytest.mark.parametrize("change", VALUES, ids=lambda change: change.name)
def test_a_change_taken_back_hurts_the_other_side(tmp_path: Path, change: SchemaChange) -> None:
    assert_agrees(change.backwards, tmp_path)


@pytest.mark.parametrize(
    "change", [change for change in VALUES if not oracle(change).possible], ids=lambda change: change.name
)
def test_nothing_is_told_of_the_same_values_written_otherwise(tmp_path: Path, change: SchemaChange) -> None:
    assert [one for one in compared(change, tmp_path) if one.verdict not in ("neutral", "compatible")] == []
