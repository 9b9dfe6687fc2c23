"""Configurations as programs write them: groups, lists of records, names of one's own, units in names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from configuration_runs import context, judge

from gbcscheck.device.configuration.read import judge_configuration, judge_json_lines
from gbcscheck.device.model import FileRecord

SAG, OFFSET = "RMSVoltageSagThreshold", "RandomisedOffsetLimit"


def test_groups_are_descended_into_and_told() -> None:
    run = judge({"voltage": {SAG: 207, "deeper": {OFFSET: "30 V"}}, "meters": [{OFFSET: 70000}]}, "current")
    assert run.rules == ["D606", "D503"]
    assert (run.record.values, run.record.unknown) == (3, 0)
    told = run.record.remarks_told()
    assert [one.partition('"')[2].partition('"')[0] for one in told] == ["voltage", "deeper", "meters"]


def test_what_a_group_has_that_is_no_item_is_unknown() -> None:
    run = judge({"voltage": {SAG: 207, "colour": "red"}, "about": {"colour": "red"}}, "current")
    assert run.rules == ["D601", "D601"]
    assert (run.record.values, run.record.unknown) == (1, 2)


def test_an_item_beside_a_group_that_has_it_too_is_given_twice_and_groups_may_be_devices() -> None:
    assert judge({SAG: 207, "voltage": {SAG: 208}}, "current").rules == ["D605"]
    assert judge({"meter a": {SAG: 207}, "meter b": {SAG: 208}}, "current").rules == []


RECORDS = [
    {"class": 71, "obis": "0-0:17.0.3.255", "attribute": 4, "value": 207, "unit": "V"},
    {"logical_name": "00005E2C0001", "class_id": 1, "attribute_id": 2, "value": 29, "unit": "min"},
    {"Parameter": "RMSVoltageSwellThreshold", "Value": "253 V", "remark": "as agreed"},
]


@pytest.mark.parametrize("wrapped", [lambda x: x, lambda x: {"items": x}, lambda x: {"settings": x}])
def test_lists_of_records(wrapped: Any) -> None:
    run = judge(wrapped(RECORDS), "current")
    assert (run.rules, run.record.values, run.record.unknown) == ([], 3, 0)
    again = judge(wrapped([*RECORDS, {"name": SAG, "value": 1}, {"name": "Foo", "value": 1}]), "current")
    assert (sorted(again.rules), again.record.values, again.record.unknown) == (["D601", "D605"], 4, 1)


def test_one_record_is_a_configuration_of_one_value() -> None:
    run = judge(RECORDS[0], "current")
    assert (run.rules, run.record.values, run.record.unknown) == ([], 1, 0)
    run = judge({**RECORDS[0], "value": "5000000000 V"}, "current")
    assert [(one.rule, one.statements[0].source) for one in run.findings] == [("D503", "line 1")]


def test_records_under_names_of_ones_own() -> None:
    run = judge({"thresholds": {"sag": RECORDS[0], "offset": {**RECORDS[1], "value": 30}}}, "current")
    assert (run.rules, run.record.values, run.record.unknown) == (["D501"], 2, 0)


def test_records_in_a_line_of_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(json.dumps({"items": RECORDS}) + "\n" + json.dumps({"g": {f"{OFFSET} (min)": 30}}) + "\n")
    record = FileRecord(str(path))
    assert judge_json_lines(str(path), path, context("current"), record).reason == ""
    assert (record.values, [finding.rule for finding in record.findings]) == (4, ["D501"])


def test_remarks_do_not_grow_with_the_file() -> None:
    document = [{"g": {OFFSET: 5}} for _ in range(50)]
    told = judge(document, "current").record.remarks_told()
    assert len(told) == 1
    assert told[0].endswith("; likewise in 49 further places")


def test_names_of_ones_own_by_the_mapping_beside(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    content = b'{"voltage": {"sag": "5000000000 V"}, "off": 70000, "period": {"sag": 30}, "other": 1}'
    path.write_bytes(content)
    subjects = {"voltage.sag": SAG, "period.sag": "RMSVoltageSagMeasurementPeriod", "off": OFFSET}
    (tmp_path / "own.mapping.json").write_text(json.dumps({"columns": {"Value": "default"}, "subjects": subjects}))
    record = FileRecord(str(path))
    judge_configuration(str(path), content, context("current"), record)
    assert [(one.rule, one.subject) for one in record.findings] == [
        ("D503", f"{SAG}.threshold_normal"),
        ("D503", f"{OFFSET}.value"),
        ("D601", "other"),
    ]
    assert (record.values, record.unknown) == (3, 1)
    assert any("own.mapping.json" in one for one in record.remarks_told())


@pytest.mark.parametrize(
    ("name", "value", "rules"),
    [
        (f"{OFFSET} (min)", 30, ["D501"]),
        (f"{OFFSET} [min]", 29, []),
        (f"{OFFSET} (min)", "30 s", []),
        (f"{OFFSET} (V)", 30, ["D606"]),
        (f"{SAG} (kV)", 1, ["D609"]),
        ("RMS voltage sag threshold (V)", 207, []),
    ],
)
def test_units_behind_names(name: str, value: object, rules: list[str]) -> None:
    assert judge({name: value}, "current").rules == rules
