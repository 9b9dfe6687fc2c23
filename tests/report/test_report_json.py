"""The JSON report and the schema that ships with it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator
from report_examples import CONTRADICTION, DEFAULT, NOTE, example_report

from gbcscheck.inputs.json_schema import violations
from gbcscheck.model import HOUSE_RULE, KINDS, PROVENANCES, SEVERITIES
from gbcscheck.report import Report
from gbcscheck.report.json import SCHEMA, render_json, report_document


@pytest.fixture(scope="module")
def schema() -> dict[str, object]:
    document = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def broken(report: Report) -> list[str]:
    document = json.loads(render_json(report))
    return [f"{violation.pointer}: {violation.message}" for violation in violations(document, SCHEMA)]


def test_the_schema_is_a_schema(schema: dict[str, object]) -> None:
    Draft202012Validator.check_schema(schema)


def test_the_schema_knows_the_words_of_the_model() -> None:
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    assert definitions["kind"]["enum"] == list(KINDS)
    assert definitions["finding"]["properties"]["severity"]["enum"] == list(SEVERITIES)
    assert definitions["statement"]["properties"]["provenance"]["enum"] == [*PROVENANCES, HOUSE_RULE]


def test_a_report_is_valid() -> None:
    assert broken(example_report()) == []
    assert broken(replace(example_report(), findings=(), problems=(), skipped=(), release="", note="")) == []


def test_a_cell_that_could_not_be_read_has_no_value() -> None:
    unread = DEFAULT._replace(domain=None, text="see note 3")
    document = report_document(example_report(replace(CONTRADICTION, statements=(unread,))))
    assert document["findings"][0]["statements"][0]["value"] is None
    assert document["findings"][0]["statements"][0]["text"] == "see note 3"
    assert broken(example_report(replace(CONTRADICTION, statements=(unread,)))) == []


def test_what_is_not_in_the_schema_is_refused() -> None:
    document = report_document(example_report())
    document["findings"][0]["colour"] = "red"
    assert [violation.pointer for violation in violations(document, SCHEMA)] == ["/findings/0"]


def test_every_finding_is_listed_notes_included() -> None:
    document = report_document(example_report(CONTRADICTION, NOTE))
    assert [finding["severity"] for finding in document["findings"]] == ["error", "note"]
    assert document["summary"] == {
        "error": 1,
        "warning": 0,
        "note": 1,
        "statements": 41_234,
        "subjects": 1,
        "kinds": {"enumeration": 1, "default": 1},
    }


def test_one_finding_in_full() -> None:
    (finding,) = report_document(example_report(CONTRADICTION))["findings"]
    assert finding == {
        "rule": "V101",
        "name": "default-contradicts-constant",
        "kind": "default",
        "severity": "error",
        "subject": "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays",
        "message": "default contradicts the constant of the use case",
        "witness": "Saturday: in the constant, not in the default",
        "why": "no service request can set week days",
        "suggestion": "write 0b11111110 in Table 28d!D7",
        "fingerprint": CONTRADICTION.fingerprint,
        "statements": [
            {
                "specification": "GBCS",
                "version": "3.2",
                "part": "Table 28d",
                "clause": "Table 28d",
                "subject": "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays",
                "attribute": "default",
                "value": "0b1111100",
                "text": "0b11111000",
                "meaning": "Monday to Friday",
                "provenance": "synthetic",
                "source": {"path": "gbcs/table-28d.xlsx", "sheet": "Table 28d", "cell": "D7"},
            },
            {
                "specification": "GBCS",
                "version": "3.1",
                "part": "use cases",
                "clause": "ECS37, row 730",
                "subject": "ECS37/MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays",
                "attribute": "constant",
                "value": "0b1111111",
                "text": "||0b11111110 (bit padding is on the least significant bit)",
                "meaning": "every day of the week",
                "provenance": "published",
                "source": {"path": "gbcs/use-cases-3.1.xlsx", "sheet": "DLMS", "cell": "K685"},
            },
        ],
        "also": [],
    }


def test_problems_and_specifications_are_told() -> None:
    document = report_document(example_report())
    assert document["problems"] == [{"where": "draft.xlsx", "problem": "the file is empty", "detail": ""}]
    assert document["specifications"] == [
        {"name": "GBCS", "version": "3.1", "parts": ["use cases"]},
        {"name": "GBCS", "version": "3.2", "parts": ["Table 28d"]},
        {"name": "DUIS", "version": "5.1", "parts": ["schema", "service requests"]},
    ]
