"""The rule on titles of one code in two documents."""

from __future__ import annotations

import pytest
from planted_workbooks import both_releases, shipped
from rule_releases import findings, part, says

from gbcscheck.facts.extract_file import Extract


def titled(specification: str, title: str, version: str = "1.0") -> Extract:
    return part(specification, says("ECS37", "title", value=title), version=version)


@both_releases
def test_what_is_published_is_silent(release: str) -> None:
    assert shipped("N125", release) == []


@pytest.mark.parametrize("title", ["ECS37 Set Time", "set  time", "Set-Time"])
def test_a_code_before_it_blanks_signs_and_case_are_no_difference(title: str) -> None:
    assert findings("N125", titled("GBCS", "Set Time"), titled("DCC", title)) == []


def test_other_words_are_told_and_a_list_without_a_version_makes_a_note() -> None:
    (found,) = findings("N125", titled("GBCS", "Set Time"), titled("DCC", "ECS37 Set Clock"))
    assert (found.severity, found.witness) == ("warning", "Set Time and ECS37 Set Clock")
    (found,) = findings("N125", titled("GBCS", "Set Time"), titled("DCC", "ECS37 Set Clock", "unstated"))
    assert found.severity == "note"
