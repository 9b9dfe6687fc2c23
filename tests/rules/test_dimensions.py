"""Values in units of another quantity."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_releases import findings, part, says

from gbcscheck import check, load

ROW = part("GBCS", says("U1/Item.value", "type", "0..65535"), says("U1/Item.value", "class", value="71"))


@pytest.mark.parametrize("attribute", ["default", "permitted", "constant"])
def test_volts_of_a_time(attribute: str) -> None:
    smets = part("SMETS2", says("Item.value", "unit", value="min"))
    (found,) = findings("R110", ROW, smets, part("Table", says("Item", attribute, "207 V")))
    assert (found.severity, found.witness) == ("error", "207 V")
    assert findings("R110", ROW, smets, part("Table", says("Item", attribute, "1800 s"))) == []


def test_a_number_without_a_unit_and_a_unit_that_nobody_knows_say_nothing() -> None:
    for unit, value in (("s", "207"), ("furlong", "207 V")):
        smets = part("SMETS2", says("Item.value", "unit", value=unit))
        assert findings("R110", ROW, smets, part("Table", says("Item.value", "default", value))) == []


def test_two_units_that_documents_name_are_told_once() -> None:
    smets = part("SMETS2", says("Item.value", "unit", value="s"))
    table = part("Table", says("Item.value", "default", "207 V"), says("Item.value", "unit", value="V"))
    assert findings("R110", ROW, smets, table) == []
    assert len(findings("R106", ROW, smets, table)) == 1


def test_so_many_of_a_unit_is_a_unit() -> None:
    for unit, rule in (("0.1 V", "R110"), ("10 s", "")):
        smets = part("SMETS2", says("Item.value", "unit", value=unit))
        table = part("Table", says("Item.value", "default", "30 s"))
        assert [one.rule for one in findings("R110", ROW, smets, table)] == ([rule] if rule else [])
    smets = part("SMETS2", says("Item.value", "unit", value="s"))
    table = part("Table", says("Item.value", "default", "207 V"), says("Item.value", "unit", value="0.1 V"))
    assert findings("R110", ROW, smets, table) == []
    assert len(findings("R106", ROW, smets, table)) == 1


def test_a_field_of_a_class_has_the_unit_that_cosem_gives_it() -> None:
    row = part(
        "GBCS",
        says("U1/Limit.min_over_threshold_duration", "type", "0..65535"),
        says("U1/Limit.min_over_threshold_duration", "class", value="71"),
    )
    cosem = part("COSEM", says("class 71/min_over_threshold_duration", "unit", value="s"))
    (found,) = findings("R110", row, cosem, part("Table", says("Limit", "default", "3 V")))
    assert found.statements[1].subject == "class 71/min_over_threshold_duration"


def test_the_randomised_offset_limit_is_no_voltage(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("Data item,Default\nRandomisedOffsetLimit,207 V\nRMSVoltageSagThreshold,207 V\n", encoding="utf-8")
    findings_of = [one for one in check(load(table, release="current")).findings if one.rule == "R110"]
    assert [one.subject for one in findings_of] == ["RandomisedOffsetLimit.value"]
