"""Rules on references."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_workbooks import found_in, planted
from rule_releases import findings, lists, part, says

from gbcscheck.facts.crosswalk import ListSide

MATRIX = ListSide("DUIS", "matrix", "service-reference")
USED = ListSide("GBCS", "", "service-reference")


def matrix(*references: str) -> object:
    return part("DUIS", *(says(r, "service-reference", value=r) for r in references), name="matrix")


def test_a_reference_to_nothing_lists_all_that_use_it() -> None:
    users = part(
        "GBCS",
        says("U1", "service-reference", value="6.20"),
        says("U2", "service-reference", value="6.20"),
        says("U3", "service-reference", value="6.2"),
        says("U4", "service-reference", value="N/A"),
    )
    pair = lists("reference", "within", USED, MATRIX, "N/A")
    (found,) = findings("X101", users, matrix("6.2", "7.1"), pairs=[pair])
    assert found.subject == "U1"
    assert found.also == ("U2",)
    assert found.statements[1].written == "the list as a whole"
    assert found.statements[1].place.pointer is None
    assert findings("X101", users, matrix("6.2", "6.20"), pairs=[pair]) == []


def test_a_default_of_an_item_that_no_use_case_knows() -> None:
    rows = part("GBCS", says("U1/Threshold.value", "type", "0..65535"), name="use cases")
    table = part("GBCS", says("Treshold.value", "default", "5", text="5", source="T!B2"), name="Table")
    (found,) = findings("X103", rows, table)
    assert "Threshold" in found.suggestion
    for name in ("Threshold.value", "Threshold", "threshold . Value"):
        assert findings("X103", rows, part("GBCS", says(name, "default", "5"), name="Table")) == []
    assert findings("X103", table) == []


def test_an_item_of_several_elements_that_names_none_lists_them() -> None:
    rows = part(
        "GBCS", says("U1/Period.start", "type", "0..9"), says("U1/Period.end", "type", "0..9"), name="use cases"
    )
    (found,) = findings("X103", rows, part("GBCS", says("Period", "default", "5"), name="Table"))
    assert found.suggestion == "name one of its elements: Period.start, Period.end"
    (found,) = findings("X103", rows, part("GBCS", says("Period.days", "default", "5"), name="Table"))
    assert found.message == 'the table names Period, and no element of it is called "days"'


def test_a_range_beside_the_default_makes_an_item_no_better_known() -> None:
    rows = part("GBCS", says("U1/Threshold.value", "type", "0..65535"), name="use cases")
    table = part("GBCS", says("Treshold", "default", "5"), says("Treshold", "permitted", "0..9"), name="Table")
    other = part("SMETS2", says("Treshold", "permitted", "0..9"), name="items")
    (found,) = findings("X103", rows, table)
    assert found.suggestion == "perhaps Threshold is meant"
    assert findings("X103", rows, table, other) == []


@pytest.mark.parametrize(("attribute", "value"), [("settable-by", "none"), ("unit", "V")])
def test_a_misspelt_name_of_an_item_is_told_whatever_is_said_of_it(attribute: str, value: str) -> None:
    rows = part("GBCS", says("U1/Threshold.value", "type", "0..65535"), name="use cases")
    for name, told in (("Treshold.value", 1), ("Threshold.value", 0), ("Tariff.value", 0)):
        found = findings("X103", rows, part("SMETS2", says(name, attribute, value=value), name="items"))
        assert len(found) == told
        assert told == 0 or found[0].suggestion == "perhaps Threshold.value is meant"


def test_the_last_element_alone_finds_the_only_item_that_has_it() -> None:
    rows = part("GBCS", says("U1/Period.entries[*].days", "type", "bits(7)"), name="use cases")
    assert findings("X103", rows, part("GBCS", says("Period.days", "default", "0xFE"), name="Table")) == []


def test_a_row_of_a_use_case_that_is_not_listed() -> None:
    listing = [says("ECS38", "message-code", "75"), says("ECS38/Item.value", "type", "0..9")]
    slip = says("ECS380/Item.value", "type", "0..9")
    (found,) = findings("X104", part("GBCS", *listing, slip, name="use cases"))
    assert found.subject == "ECS380"
    assert "ECS38" in found.suggestion
    assert findings("X104", part("GBCS", *listing, name="use cases")) == []
    assert findings("X104", part("GBCS", slip, name="use cases")) == []


def test_an_object_of_a_use_case_that_there_is_not_is_told(corpus: Path, tmp_path: Path) -> None:
    edit = ("Objects", {"mapping table row #": "75"}, "use cases", "ECS12\nGCS099")
    found = found_in("X104", planted(corpus, tmp_path, ("ECS12", "GCS09"), edit))
    assert [(one.subject, one.severity) for one in found] == [("GCS099", "error")]
