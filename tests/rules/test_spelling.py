"""The rule on misspelt names of types."""

from __future__ import annotations

import pytest
from planted_workbooks import both_releases, shipped
from rule_releases import findings, part, says

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
