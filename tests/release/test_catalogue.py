"""Statements by subject and by data item."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue, independent
from gbcscheck.release.item_names import split_row
from gbcscheck.release.lookup import look_up
from gbcscheck.release.releases import Release

sys.path.insert(0, str(Path(__file__).parents[1] / "rules"))
from rule_releases import link, part, says

ROWS = part(
    "GBCS",
    says("U1", "direction", value="Update"),
    says("U1/Period.entries[*].days", "type", "bits(7)"),
    says("U1/Period.entries[*].days", "class", value="10"),
    says("U2", "direction", value="Read"),
    says("U2/Period.entries[*].days", "type", "bits(7)"),
    says("U2/Limit.value", "type", "0..255"),
    says("G1/Command/Set/Divisor (UINT16)", "constant", "1"),
    name="use cases",
)
TABLE = part("GBCS", says("period . entries[*] . DAYS", "default", "0xFE"), says("Limit", "default", "5"), name="T")
COSEM = part("COSEM", says("class 10/entries[*].days", "encoding", value="weekdays"))
SCHEMA = part("DUIS", says("/Request/Days", "permitted", "text"))


@pytest.fixture
def catalogue() -> Catalogue:
    links = (link("Period.entries[*].days", request="/Request/Days", command="U1/Period.entries[*].days"),)
    return Catalogue.of(Release("t", "", "", (ROWS, TABLE, COSEM, SCHEMA), Crosswalk(links)))


def test_rows_of_one_data_item_come_together_with_their_direction(catalogue: Catalogue) -> None:
    item = catalogue.items["Period.entries[*].days"]
    assert [(row.use_case, row.direction) for row in item.rows] == [("U1", "Update"), ("U2", "Read")]
    assert len(item.links) == 1


def test_a_table_finds_its_item_whatever_case_and_blanks(catalogue: Catalogue) -> None:
    item = catalogue.items["Period.entries[*].days"]
    assert [s.domain for s in catalogue.item_statements(item, "default")] == ["0xFE"]
    assert [s.domain for s in catalogue.item_statements(catalogue.items["Limit.value"], "default")] == ["5"]


def test_paths_and_layouts_are_no_data_items(catalogue: Catalogue) -> None:
    assert not [name for name in catalogue.items if name.startswith("/") or "Divisor" in name]
    assert split_row("U1/Item.value") == ("U1", "Item.value")
    assert split_row("/Request/Days") == ("", "")
    assert split_row("G1/Command/Set/Divisor") == ("", "")


def test_the_encoding_of_an_item_is_that_of_its_class(catalogue: Catalogue) -> None:
    assert catalogue.encoding(catalogue.items["Period.entries[*].days"]) == "weekdays"
    assert catalogue.encoding(catalogue.items["Limit.value"]) == ""


def test_names_are_found_by_their_parts(catalogue: Catalogue) -> None:
    assert look_up(catalogue, "limit.VALUE").names == ("Limit.value",)
    assert "Period.entries[*].days" in look_up(catalogue, "days").names
    assert look_up(catalogue, "nothing of the kind").names == ()
    assert plain("Max_Demand Period") == "maxdemandperiod"


def test_what_is_derived_from_a_file_is_not_held_against_it() -> None:
    (source,) = part("GBCS", says("A", "permitted", "1", source="S!A1"), source_name="t.xlsx").statements()
    (derived,) = part(
        "SMETS2", says("A", "permitted", "2", source="S!A1"), source_name="t.xlsx", provenance="derived"
    ).statements()
    (other,) = part("SMETS2", says("A", "permitted", "2"), provenance="derived").statements()
    assert not independent(source, derived)
    assert independent(source, other)


def test_what_is_worked_out_of_a_catalogue_is_worked_out_once_and_is_its_own(catalogue: Catalogue) -> None:
    asked: list[Catalogue] = []

    def number_of_items(of: Catalogue) -> list[int]:
        asked.append(of)
        return [len(of.items)]

    other = Catalogue.of(catalogue.release)
    assert catalogue.once(number_of_items) is catalogue.once(number_of_items)
    assert other.once(number_of_items) is not catalogue.once(number_of_items)
    assert [one is catalogue for one in asked] == [True, False]
    assert other == catalogue, "what is worked out is no part of what a catalogue is"
    assert "number_of_items" not in repr(catalogue)


@pytest.mark.parametrize("attribute", ["type", "permitted", "direction", "default", "nothing"])
def test_first_statements_by_attribute_are_those_of_each_subject(catalogue: Catalogue, attribute: str) -> None:
    firsts = catalogue.firsts(attribute)
    assert all(firsts.get(subject) is catalogue.first(subject, attribute) for subject in catalogue.by_subject)
    assert firsts.get("no such subject") is None
    told = [(one.specification, one.subject) for one in catalogue.by_attribute.get(attribute, ())]
    assert list(catalogue.said_of(attribute)) == told
