"""The shipped crosswalk against its schema, the use case tables and the XML schemas of the corpus."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from crosswalk_places import Table, read_request
from crosswalk_proof import PRESENT, Pair
from crosswalk_shipped import ALERTS, CROSSWALK, FILES, LINKS, SCHEMAS, TABLES, named, of_file

from gbcscheck.device.gas.payloads import ENTRIES
from gbcscheck.domains.conversions import parse_conversion
from gbcscheck.domains.parts import parse_part
from gbcscheck.facts.crosswalk import Link
from gbcscheck.facts.crosswalk_file import SCHEMA
from gbcscheck.inputs.json_schema import violations
from gbcscheck.notation.canonical import parse_domain
from gbcscheck.wildcards import subject_fits

BODIES = {
    "6.4.1": "UpdateDeviceConfigurationLoadLimitingGeneralSettings",
    "6.4.2": "UpdateDeviceConfigurationLoadLimitingCounterReset",
    "6.5": "UpdateDeviceConfigurationVoltage",
    "6.6": "UpdateDeviceConfigurationGasConversion",
    "6.7": "UpdateDeviceConfigurationGasFlow",
    "6.12": "UpdateDeviceConfigurationInstantaneousPowerThreshold",
    "6.18.1": "SetMaximumDemandConfigurableTimePeriod",
    "6.18.2": "ResetMaximumDemandRegisters",
    "7.12": "SetRandomisedOffsetLimit",
}
"""The element that each service request of the first group has as its body."""

COMMANDS = {
    "6.4.1": ("ECS28a",),
    "6.4.2": ("ECS28b",),
    "6.5": ("ECS29a", "ECS29b", "ECS29c", "ECS29d"),
    "6.6": ("GCS23",),
    "6.7": ("GCS24", "GCS24a"),
    "6.12": ("ECS34",),
    "6.18.1": ("ECS37",),
    "6.18.2": ("ECS57",),
    "7.12": ("ECS38",),
}
"""The use cases that carry each service request of the first group to a device."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_file_follows_the_schema(file: Path) -> None:
    assert list(violations(json.loads(file.read_text("utf-8")), SCHEMA)) == []


def test_an_element_sets_a_row_only_once() -> None:
    ends = [
        (link.item, link.service_request, end.subject, end.where, row.subject, row.part)
        for link in LINKS
        for end in link.all_ends_of("request")
        for row in link.all_ends_of("command", "gbz")
    ]
    assert len(ends) == len(set(ends))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_link_says_what_its_ends_allow(file: Path) -> None:
    for link in of_file(file):
        requests, carriers = link.all_ends_of("request"), link.all_ends_of("command", "gbz")
        is_invoked = any(end.where == PRESENT for end in requests)
        sets = bool(requests and carriers and not is_invoked)
        assert (sets if link.settable else not sets or link.note) or not requests, link
        assert link.service_request or not link.all_ends_of("request", "command"), link
        readings = link.all_ends_of("reading")
        unasked = bool(readings) and all(end.subject.startswith(ALERTS) for end in readings)
        assert bool(link.read_service_request) != unasked or not link.all_ends_of("response", "reading"), link
        assert link.all_ends_of("response") or not link.all_ends_of("reading"), link
        assert not (link.members == "" and any(end.key or end.gather for end in link.ends)), link
        assert (link.members == "by key") == any(end.key for end in link.ends), link


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_conversion_part_key_and_rest_is_one(file: Path) -> None:
    for link in of_file(file):
        for end in link.ends:
            assert parse_conversion(end.conversion).name == end.conversion, link
            assert not end.part or parse_part(end.part).name == end.part, link
            for term in end.key:
                assert parse_conversion(term.partition(":")[2].strip()), link
        assert not link.rest or parse_domain(link.rest).is_empty() is False


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_row_exists_in_each_version_that_has_its_use_case(file: Path, tables: Mapping[str, Table]) -> None:
    for subject in {end.row for link in of_file(file) for end in link.all_ends_of("command", "response", "gbz")}:
        having = [table for table in tables.values() if subject.partition("/")[0] in table.rows]
        assert any(subject in table.rows for table in having), subject


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_part_of_an_entry_is_one(file: Path) -> None:
    for end in (end for link in of_file(file) for end in link.ends if end.row != end.subject):
        name = end.row.rpartition("/")[2].removesuffix(" (Refer to ZigBee spec)")
        assert end.subject.removeprefix(f"{end.row}[*].") in {part.name for part in ENTRIES[name]}, end


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_path_exists_in_the_newest_schemas(file: Path, schemas: Mapping[str, Table]) -> None:
    duis, mmc = schemas[f"DUIS {SCHEMAS[-1]}"], schemas[f"MMC {SCHEMAS[-1]}"]
    for link in of_file(file):
        assert [end.subject for end in link.all_ends_of("request") if end.subject not in duis.rows] == []
        assert [end.subject for end in link.all_ends_of("reading") if end.subject not in mmc.rows] == []


def test_each_pattern_of_what_is_not_linked_fits_something(schemas: Mapping[str, Table]) -> None:
    subjects = [*schemas[f"DUIS {SCHEMAS[-1]}"].rows, *schemas[f"MMC {SCHEMAS[-1]}"].rows]
    without = [one.subject for one in CROSSWALK.unlinked if not any(subject_fits(one.subject, s) for s in subjects)]
    assert without == []


@pytest.mark.parametrize("version", SCHEMAS)
@pytest.mark.parametrize("service_request", BODIES)
def test_every_leaf_of_the_requests_is_linked(service_request: str, version: str, schemas: Mapping[str, Table]) -> None:
    body = f"/Request/Body/{BODIES[service_request]}"
    paths = [path for path in schemas[f"DUIS {version}"].rows if path.startswith(body + "/")]
    link_ends = [path for path in paths if not any(other.startswith(path + "/") for other in paths)]
    linked = {
        end.subject for link in LINKS if link.service_request == service_request for end in link.ends_of("request")
    }
    left_out = [path for path in link_ends if path not in linked]
    assert link_ends
    assert [path for path in left_out if not any(subject_fits(one.subject, path) for one in CROSSWALK.unlinked)] == []


@pytest.mark.parametrize("service_request", COMMANDS)
def test_every_row_of_the_commands_is_linked(service_request: str, tables: Mapping[str, Table]) -> None:
    linked = {
        end.subject for link in LINKS if link.service_request == service_request for end in link.ends_of("command")
    }
    rows = [
        subject
        for version in TABLES
        for subject, attributes in tables[version].rows.items()
        if subject.partition("/")[0] in COMMANDS[service_request] and subject.count("/") == 1 and "type" in attributes
    ]
    assert rows
    assert [subject for subject in rows if subject not in linked] == []


@pytest.mark.parametrize("service_request", BODIES)
def test_the_bodies_are_those_of_the_service_requests(service_request: str, available: list[Pair]) -> None:
    bodies = set()
    for pair in available:
        paths = {element.path: element.text for element in read_request(pair.request)}
        if paths["/Request/Header/ServiceReferenceVariant"] == service_request:
            bodies.add(next(path for path in paths if path.startswith("/Request/Body/")))
    assert bodies == ({f"/Request/Body/{BODIES[service_request]}"} if service_request not in ("6.7", "7.12") else set())


@pytest.mark.parametrize("link", [link for link in LINKS if link.reading_proof.startswith("structure")], ids=named)
def test_a_reading_proved_by_structure_has_the_requests_names_and_types(
    link: Link, schemas: Mapping[str, Table]
) -> None:
    for version in SCHEMAS:
        duis, mmc = schemas[f"DUIS {version}"], schemas[f"MMC {version}"]
        for request, reading in zip(link.ends_of("request"), link.ends_of("reading"), strict=True):
            sent, shown = request.subject.rpartition("/"), reading.subject.rpartition("/")
            assert sent[2] == shown[2]
            assert duis.value(request.subject, "type") == mmc.value(reading.subject, "type")
            assert _bare(duis.value(sent[0], "type")) == _bare(mmc.value(shown[0], "type"))


def _bare(type_name: str) -> str:
    return type_name.rpartition(":")[2]
