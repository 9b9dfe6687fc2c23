"""The summary of a fleet as JSON: it keeps to its schema, and nothing of the run is missing."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import pytest
from fleet_runs import OFFSET, fleet_run, hostile_run

from gbcscheck.api.schemas import PACKAGE, SCHEMAS
from gbcscheck.inputs.json_schema import violations
from gbcscheck.model.fleet import FleetRun, Since
from gbcscheck.report.fleet_json import fleet_document, render_fleet_json

SCHEMA = PACKAGE / SCHEMAS["fleet"][0]
HOSTILE = "\x1b[31m\udcff</script>\n::error::x \u202e"


@pytest.mark.parametrize(
    "run",
    [fleet_run(), hostile_run(HOSTILE), FleetRun("current", "spark", "long", (), ()),
     replace(fleet_run(), since=Since("runs/october", (), "judged by another release"))],
    ids=["whole", "hostile", "empty", "another release"],
)  # fmt: skip
def test_it_keeps_to_the_schema_that_ships(run: FleetRun) -> None:
    assert list(violations(json.loads(render_fleet_json(run)), SCHEMA)) == []


def test_the_schema_refuses_what_no_run_tells() -> None:
    document = fleet_document(fleet_run())
    document["summary"]["devices"] = -1
    assert list(violations(document, SCHEMA))


def test_every_member_of_a_run_is_told() -> None:
    document = fleet_document(replace(fleet_run(), since_time="2026-10-01"))
    told = set(document) | set(document["summary"])
    assert {one.name for one in fields(FleetRun)} <= told
    assert document["summary"] == {
        "devices": 10_000, "wrong": 1_213, "clean": 8_787, "values": 29_990, "by_engine": 28_777, "distinct": 4,
        "violations": 1_213, "older_reads": 400,
    }  # fmt: skip


def test_a_finding_has_its_devices_and_who_says_what() -> None:
    found = fleet_document(fleet_run())["findings"][1]
    assert (found["rule"], found["item"], found["written"], found["unit"]) == ("D501", OFFSET, "1800", "s")
    assert (found["count"], found["devices"]) == (1_190, ["meter-000001", "meter-000017"])
    assert found["statements"][0]["specification"] == "device"
    assert found["statements"][1]["source"]["cell"] == "D7"


def test_hostile_texts_are_what_they_were_and_printable() -> None:
    text = render_fleet_json(hostile_run(HOSTILE))
    assert json.loads(text)["columns"][0]["name"] == HOSTILE
    assert all(line.isprintable() for line in text.split("\n"))
