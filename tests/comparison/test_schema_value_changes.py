"""Changes of what values may be against independent validators: who is hurt, and nothing said where nobody is."""

from __future__ import annotations

from pathlib import Path

import pytest
from schema_changes import SchemaChange, assert_agrees, compared, oracle
from schema_value_changes import VALUES

WRITTEN_OTHERWISE = (
    "xs:string becomes xs:token",
    "xs:string becomes xs:normalizedString",
    "xs:token becomes xs:anyURI",
    "a pattern that says nothing",
    "a pattern is the enumeration before",
    "numbers are written otherwise",
    "decimals are written otherwise",
    "octets are written otherwise",
    "an instant is written in another zone",
    "an enumerated instant is written in another zone",
    "two steps become one",
    "maxInclusive of xs:duration P1Y becomes P12M",
    "maxInclusive of xs:float 10 becomes 1e1",
    "a listed double is written otherwise",
    "a float is a double",
    "a text may be of any simple type",
    "a text without blanks around it may be of any simple type",
)
"""The changes that hurt nobody, by name."""


def test_there_are_forty_kinds_of_change_and_each_is_one() -> None:
    names = {change.name for change in VALUES}
    assert len(names) == len(VALUES) >= 40
    assert names.issuperset(WRITTEN_OTHERWISE)


@pytest.mark.parametrize("change", VALUES, ids=lambda change: change.name)
def test_who_is_hurt_is_whom_the_validators_refuse(tmp_path: Path, change: SchemaChange) -> None:
    assert_agrees(change, tmp_path)
    assert bool(oracle(change).possible) is (change.name not in WRITTEN_OTHERWISE)


@pytest.mark.parametrize("change", VALUES, ids=lambda change: change.name)
def test_a_change_taken_back_hurts_the_other_side(tmp_path: Path, change: SchemaChange) -> None:
    assert_agrees(change.backwards, tmp_path)


@pytest.mark.parametrize(
    "change", [change for change in VALUES if change.name in WRITTEN_OTHERWISE], ids=lambda change: change.name
)
def test_nothing_is_told_of_the_same_values_written_otherwise(tmp_path: Path, change: SchemaChange) -> None:
    assert [one for one in compared(change, tmp_path) if one.verdict not in ("neutral", "compatible")] == []
