"""The service request matrix and the use case list: what each row says, and files of another kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.service_requests import MATRIX, USE_CASE_LIST, read_service_requests, written
from gbcscheck.facts.extract_file import ExtractRow, Reading

ROW: dict[str, Any] = {
    "Service Request Name": "Read  things",
    "Service Reference": "4.10",
    "Service Reference Variant": "4.10",
    "Critical": "No",
    "On Demand": "Yes",
    "Future Dated Response Pattern": "DSP",
    "DCC Scheduled": "No",
    "Non-Device Request": "No",
    "Eligible User Roles": ["IS", "ED"],
}
USE_CASE = {
    "Use Case Name": "Set Alert Behaviours",
    "Use Case Title": "ECS25a1 Set Alert Behaviours",
    "Message Type": "SME.C.NC",
    "Use Case Description": "A sentence that is not kept.",
    "Remote Party or HAN Message": "Remote Party",
    "Service Reference": "6.22",
    "Code": "ECS25a",
}


def read(tmp_path: Path, document: object) -> Reading:
    path = tmp_path / "list.json"
    path.write_text(json.dumps(document))
    return read_service_requests(path)


def test_a_row_of_the_matrix(tmp_path: Path) -> None:
    reading = read(tmp_path, [ROW])
    assert reading.extract.specification == MATRIX
    assert {row.attribute: row.value for row in reading.extract.rows if row.value is not None} == {
        "service-reference": "4.10",
        "title": "Read things",
        "critical": "No",
        "on-demand": "Yes",
        "future-dated": "DSP",
        "dcc-scheduled": "No",
        "non-device": "No",
    }
    assert {row.subject for row in reading.extract.rows} == {"4.10"}
    assert reading.extract.rows[-1] == ExtractRow(
        "4.10", "roles", domain='"ED" | "IS"', text="IS, ED", source="/0/Eligible User Roles"
    )


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    reading = read(tmp_path, [ROW | {"Service Reference": 4.1, "Service Reference Variant": 4.1}])
    assert {(row.attribute, row.value) for row in reading.extract.rows} >= {
        ("service-reference", 4.1),
        ("variant", 4.1),
    }
    assert {row.subject for row in reading.extract.rows} == {"4.1"}


def test_a_variant_that_comes_twice_is_numbered(tmp_path: Path) -> None:
    assert {row.subject for row in read(tmp_path, [ROW, ROW]).extract.rows} == {"4.10", "4.10 #2"}


def test_roles_in_one_text(tmp_path: Path) -> None:
    reading = read(tmp_path, [ROW | {"Eligible User Roles": "ED, IS; GS"}])
    assert reading.extract.rows[-1].domain == '"ED" | "GS" | "IS"'


def test_what_cannot_be_read_is_listed(tmp_path: Path) -> None:
    rows = [
        {"Service Reference Variant": "", "Critical": "Yes"},
        ROW | {"Eligible User Roles": [1], "Critical": {"a": 1}, "Colour": "red"},
    ]
    places = [cell.place for cell in read(tmp_path, rows).unread]
    assert places == ["/0/Service Reference Variant", "/1/Critical", "/1/Eligible User Roles", "/1/Colour"]


def test_a_row_of_the_use_case_list(tmp_path: Path) -> None:
    reading = read(tmp_path, [USE_CASE])
    assert reading.extract.specification == USE_CASE_LIST
    assert [(row.subject, row.attribute, row.value) for row in reading.extract.rows] == [
        ("ECS25a1", "name", "Set Alert Behaviours"),
        ("ECS25a1", "title", "ECS25a1 Set Alert Behaviours"),
        ("ECS25a1", "code", "ECS25a"),
        ("ECS25a1", "message-type", "SME.C.NC"),
        ("ECS25a1", "audience", "Remote Party"),
        ("ECS25a1", "service-reference", "6.22"),
    ]
    assert reading.extract.rows[0].source == "/0/Use Case Name"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([{"a": 1}], "found     a"),
        ([], "a JSON array of objects was expected"),
        ({"a": 1}, "a JSON array of objects was expected"),
        ([ROW, 1], "an object was expected at /1"),
    ],
)
def test_files_of_another_kind(tmp_path: Path, document: object, message: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(tmp_path, document)
    assert message in str(caught.value)


def test_the_published_matrix(corpus: Path) -> None:
    reading = read_service_requests(corpus / "duis-request-matrix.json")
    assert len({row.subject for row in reading.extract.rows}) == 129
    assert reading.unread == ()


def test_the_published_use_case_list(corpus: Path) -> None:
    reading = read_service_requests(corpus / "gbcs-use-cases.json")
    subjects = {row.subject for row in reading.extract.rows}
    assert len(subjects) == 207
    assert {"ECS25a", "ECS25a1", "ECS25a2", "ECS25a3", "ECS37"} <= subjects
    assert reading.unread == ()


def test_json_values_are_told_as_json() -> None:
    assert [written(value) for value in (None, "a", True, [1, None])] == ["", "a", "true", "[1, null]"]
