"""The rule on misspelt names of types."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from planted_workbooks import both_releases, found_in, shipped
from rule_releases import findings, part, says

from gbcscheck.extract.service_requests import read_service_requests
from gbcscheck.model import Finding


@both_releases
def test_one_type_of_the_schemas_is_misspelt(release: str) -> None:
    (found,) = shipped("N123", release)
    assert (found.severity, found.witness, found.suggestion) == ("note", "Configuratin", "write Configuration")
    assert found.subject == "/Request/Body/SetDeviceConfigurationExportMPAN"


def told(name: str) -> list[Finding]:
    right = [says(f"/Set{number}", "type", value=f"sr:Set{number}Schedule") for number in range(10)]
    return findings("N123", part("DUIS", *right, says("/Odd", "type", value=name), name="schema"))


@pytest.mark.parametrize("word", ["Schedle", "Scheddule", "Schudule", "Shcedule"])
def test_a_letter_too_few_too_many_or_another_is_told(word: str) -> None:
    (found,) = told(f"sr:Odd{word}")
    assert (found.witness, found.suggestion) == (word, "write Schedule")


@pytest.mark.parametrize("word", ["Schedules", "Scheduled", "Scheduler", "Calendar", "Schedule"])
def test_endings_and_other_words_are_no_misspelling(word: str) -> None:
    assert told(f"sr:Odd{word}") == []


def worded(*texts: str, attribute: str = "audience") -> list[Finding]:
    said = [says(f"ECS9{number:02}", attribute, value=text) for number, text in enumerate(texts)]
    return findings("N126", part("GBCS", *said, name="use cases"))


@pytest.mark.parametrize("text", ["Remote Prty", "Remotte Party", "Remoto Party"])
def test_a_misspelt_word_of_a_list_is_told(text: str) -> None:
    (found,) = worded(*["Remote Party"] * 9, text)
    assert (found.severity, found.subject, found.witness) == ("warning", "ECS909", text)
    assert found.suggestion == "write Remote Party"


def test_a_misspelt_role_among_several_is_told() -> None:
    many = [says(f"ECS9{number:02}", "roles", '"Access Control Broker" | "Supplier"') for number in range(9)]
    odd = says("ECS999", "roles", '"Access Control Broker" | "Suplier"')
    (found,) = findings("N126", part("GBCS", *many, odd, name="use cases"))
    assert (found.subject, found.suggestion) == ("ECS999", "write Supplier")


@pytest.mark.parametrize("code", ["ISX", "IZ", "SI"])
def test_a_code_of_a_role_that_there_is_not_is_told(corpus: Path, tmp_path: Path, code: str) -> None:
    matrix = json.loads((corpus / "duis-request-matrix.json").read_text("utf-8"))
    matrix[5]["Eligible User Roles"] = [code]
    path = tmp_path / "duis-request-matrix.json"
    path.write_text(json.dumps(matrix), encoding="utf-8")
    (found,) = found_in("N126", read_service_requests(path).extract)
    assert (found.witness, found.suggestion.split()[0]) == (code, "write")


@pytest.mark.parametrize("texts", [["HAN Only Message"], ["Remote Prty", "Remote Prty"], ["Remote Parties"]])
def test_what_is_another_word_or_stands_often_is_none(texts: list[str]) -> None:
    assert worded(*["Remote Party"] * 9, *texts) == []


def test_no_word_of_what_ships_is_misspelt() -> None:
    assert [one for release in ("current", "before-mp131", "after-mp131") for one in shipped("N126", release)] == []
