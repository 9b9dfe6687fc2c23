"""The rule on titles of one code in two documents."""

from __future__ import annotations

import pytest
from planted_workbooks import shipped
from rule_releases import findings, part, says

from gbcscheck.facts.extract_file import Extract


def titled(specification: str, title: str, version: str = "1.0") -> Extract:
    return part(specification, says("ECS37", "title", value=title), version=version)


def test_titles_of_gbcs_4_0_are_those_of_the_list_and_six_of_3_1_are_older() -> None:
    assert shipped("N125", "current") == []
    older = shipped("N125", "before-mp131")
    assert {one.severity for one in older} == {"note"}
    assert [one.subject for one in older] == ["ECS15c", "ECS46a", "ECS52", "ECS61c", "ECS62", "HECS01"]
    assert older[0].why.endswith("the version of GBCS after 3.1 that it follows would settle it.")


@pytest.mark.parametrize("title", ["ECS37 Set Time", "set  time", "Set-Time"])
def test_a_code_before_it_blanks_signs_and_case_are_no_difference(title: str) -> None:
    assert findings("N125", titled("GBCS", "Set Time"), titled("DCC", title)) == []


def test_other_words_are_told_and_a_list_without_a_version_makes_a_note() -> None:
    (found,) = findings("N125", titled("GBCS", "Set Time"), titled("DCC", "ECS37 Set Clock"))
    assert (found.severity, found.witness) == ("warning", "Set Time and ECS37 Set Clock")
    (found,) = findings("N125", titled("GBCS", "Set Time"), titled("DCC", "ECS37 Set Clock", "unstated"))
    assert found.severity == "note"


@pytest.mark.parametrize("title", ["Set Maximm Demand", "Set Maxmium Demand", "Set Maxinum Demand"])
def test_a_misspelt_word_is_no_gap_between_versions(title: str) -> None:
    (found,) = findings("N125", titled("GBCS", title), titled("DCC", "ECS37 Set Maximum Demand", "unstated"))
    assert (found.severity, found.why) == ("warning", "one of the two is misspelt.")


@pytest.mark.parametrize("title", ["Set Maximums Demand", "Set Minimum Demand", "Get Maximum Demand", "Maximum Demand"])
def test_another_ending_or_word_may_be_that_of_another_version(title: str) -> None:
    (found,) = findings("N125", titled("GBCS", title), titled("DCC", "ECS37 Set Maximum Demand", "unstated"))
    assert found.severity == "note"


def test_a_word_that_a_third_title_has_is_not_misspelt() -> None:
    other = part("GBCS", says("ECS37", "title", value="Set Former Name"), says("ECS38", "title", value="Former Names"))
    listed = part(
        "DCC",
        says("ECS37", "title", value="Set Farmer Name"),
        says("ECS39", "title", value="Farmer Names"),
        version="unstated",
    )
    (found,) = findings("N125", other, listed)
    assert found.severity == "note"
