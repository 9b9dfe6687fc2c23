"""House rules on configurations of devices: single values, relations, entries of lists, tables and JSON lines."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from functools import cache

import pytest
from configuration_runs import MAXIMUM_DEMAND, PATH, Run, context

from gbcscheck.device.configuration.read import judge_configuration, judge_json_lines
from gbcscheck.device.configuration.table import judge_table
from gbcscheck.device.context import Context
from gbcscheck.device.model import FileRecord
from gbcscheck.evidence.house_rules import HouseRule, Related, Within
from gbcscheck.model.device_files import WRONG
from gbcscheck.model.rules import Rule
from gbcscheck.notation.canonical import parse_domain

SAG, SWELL = "RMSVoltageSagThreshold", "RMSVoltageSwellThreshold"
SWITCH = f"{MAXIMUM_DEMAND}.entries[*].switch_time"


def house(code: str, asked: Within | Related, subject: str = "") -> HouseRule:
    rule = Rule(code, f"rule-{code.lower()}", "joint", "error", "Is it so?", reads=("default", "constant"))
    return HouseRule(rule, subject, "value", asked, "Guide 4", "rules/mine.toml", 7)


RULES = (
    house("H1", Related(SAG, "<", SWELL)),
    house("H2", Related(f"{MAXIMUM_DEMAND}.entries[1].switch_time", "!=", f"{MAXIMUM_DEMAND}.entries[2].switch_time")),
    house("H3", Within(parse_domain("180..250 V")), "RMSVoltageS*Threshold*"),
    house("H4", Related(SWITCH, "!=", SWITCH.replace("switch_time", "begin_date"))),
)


@cache
def with_rules() -> Context:
    return replace(context(), house=RULES)


def judge(document: object) -> Run:
    record = FileRecord(PATH)
    return Run(judge_configuration(PATH, json.dumps(document, indent=1).encode(), with_rules(), record), record)


def of_house(run: Run) -> list[str]:
    return [rule for rule in run.rules if rule.startswith("H")]


def test_values_that_keep_the_rules_are_no_finding() -> None:
    assert of_house(judge({SAG: "207 V", SWELL: "249 V"})) == []
    assert of_house(judge({SAG: "207 V"})) == []
    assert of_house(judge({SWELL: 190})) == []


def test_a_relation_is_told_with_both_values_and_the_rule() -> None:
    run = judge({SAG: "240 V", SWELL: "230 V"})
    found = run.finding("H1")
    assert found.subject == f"{SAG}.threshold_normal"
    assert [str(statement.place) for statement in found.statements] == [
        "meter.json:2",
        "meter.json:3",
        "rules/mine.toml:7",
    ]
    assert found.statements[2].specification.name == "house rules"
    assert found.witness == "240 V and 230 V"


def test_a_single_value_is_wrong_where_its_rule_is_broken() -> None:
    run = judge({SAG: "170 V"})
    found = run.finding("H3")
    assert (found.severity, found.message) == ("error", "its value has to lie in 180..250 V")
    assert run.leaf(SAG).verdict == WRONG


def test_a_number_without_a_unit_is_in_that_of_its_item() -> None:
    found = judge({SAG: 170}).finding("H3")
    assert found.severity == "error"
    assert "170 V" in found.witness


@pytest.mark.parametrize(("second", "expected"), [("16:00", ["H2"]), ("20:00", [])])
def test_entries_that_a_rule_names_by_number_are_held_against_each_other(second: str, expected: list[str]) -> None:
    entries = [{"switch_time": "16:00"}, {"switch_time": second}]
    assert of_house(judge({MAXIMUM_DEMAND: entries})) == expected
    numbered = {f"{MAXIMUM_DEMAND}.entries[{n}].switch_time": one["switch_time"] for n, one in enumerate(entries, 1)}
    assert of_house(judge(numbered)) == expected


def test_each_configuration_of_a_list_stands_alone() -> None:
    assert of_house(judge([{SAG: "240 V"}, {SWELL: "230 V"}])) == []
    assert of_house(judge([{SAG: "207 V", SWELL: "230 V"}, {SAG: "240 V", SWELL: "230 V"}])) == ["H1"]


def test_lines_far_down_a_file_are_judged_too() -> None:
    good, bad = ({SAG: "207 V", SWELL: f"{volts} V"} for volts in (230, 200))
    record = FileRecord(PATH)
    lines = [good] * 150 + [bad] * 2
    judge_json_lines(PATH, io.BytesIO("\n".join(map(json.dumps, lines)).encode()), with_rules(), record)
    (found,) = record.findings
    assert found.rule == "H1"
    assert found.statements[0].source == "line 151"
    assert "likewise at line 152" in found.message


def test_rows_and_columns_of_tables_that_are_devices_stand_alone() -> None:
    devices = f"Device,{SAG},{SWELL}\na,207 V,230 V\nb,240 V,230 V\n"
    items = f"Data item,Value\n{SAG},240 V\n{SWELL},230 V\n"
    for text, places in ((devices, ["B3", "C3"]), (items, ["B2", "B3"])):
        record = FileRecord("settings.csv")
        judge_table("settings.csv", text.encode(), with_rules(), record)
        (found,) = [finding for finding in record.findings if finding.rule == "H1"]
        assert [statement.place.cell for statement in found.statements[:2]] == places
