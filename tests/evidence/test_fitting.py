"""What a value has to fit: what is permitted under an item's own name is found whichever way the name is written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.evidence.fitting import fitting_sent, limited_item, limited_items
from gbcscheck.release.catalogue import Catalogue

sys.path.insert(0, str(Path(__file__).parents[1] / "rules"))
from rule_releases import READING, REQUEST, catalogue_of, link, part, says, schema_of

ITEMS = ("Item.value", "Item.other", "Item.list[*].value", "It em", "Other.value", "Gas", "U1/Item.value", "/a/b")
NAMES = (*ITEMS, "Item", "item.VALUE", "it_em", "Other", "other", "GAS", "Item.list[*]", "Nothing")
ROWS = tuple(f"{use_case}/{item}" for use_case in ("U1", "U2") for item in ITEMS)
LAYOUTS = (*ROWS, "U1/Command/Part/Gas")


def release(rows: list[str], limits: list[tuple[str, str]], linked: list[tuple[str, str]]) -> Catalogue:
    """Rows with a type, what is said of some subjects, and links from items to rows."""
    links = [link(item, command=row, response=row) for item, row in linked]
    table = part("SMETS2", *(says(subject, attribute, "1..5") for subject, attribute in limits))
    return catalogue_of(part("GBCS", *(says(row, "type", "int") for row in rows)), table, links=links)


@given(
    st.lists(st.sampled_from(ROWS), unique=True),
    st.lists(st.tuples(st.sampled_from((*NAMES, *ROWS)), st.sampled_from(("permitted", "constant", "default")))),
    st.lists(st.tuples(st.sampled_from((*ITEMS, "Linked")), st.sampled_from(LAYOUTS)), max_size=4),
)
def test_the_limited_item_of_a_row_is_that_of_all_limited_items(
    rows: list[str], limits: list[tuple[str, str]], linked: list[tuple[str, str]]
) -> None:
    catalogue, all_at_once = release(rows, limits, linked), release(rows, limits, linked)
    known = limited_items(all_at_once)
    for row in (*LAYOUTS, *NAMES):
        assert limited_item(catalogue, row) == known.get(row)


@pytest.mark.parametrize("name", ["Item.value", "item", "ITEM . value", "it_em"])
def test_a_limit_under_the_items_own_name_is_asked_of_what_is_sent(name: str) -> None:
    catalogue = release(["U1/Item.value"], [(name, "permitted")], [])
    asked = [one.stated[0][0].subject for one in fitting_sent(catalogue, "U1/Item.value")]
    assert asked == [name]


def test_items_are_not_worked_out_where_no_subject_may_name_one() -> None:
    catalogue = release(["U1/Item.value"], [("Nothing", "permitted")], [])
    assert fitting_sent(catalogue, "U1/Item.value") == ()
    assert "items" not in vars(catalogue)


def test_every_link_of_a_row_says_what_is_asked_in_the_order_of_the_links() -> None:
    links = [
        link("One", request=REQUEST, command="U1/Item.value"),
        link("Two", request=READING, command="U1/Item.value"),
    ]
    schemas = (schema_of("1..5", "int"), schema_of("2..7", "int", READING, "MMC"))
    (through,) = fitting_sent(catalogue_of(*schemas, links=links), "U1/Item.value")
    assert through.asks == "set"
    assert [(route.link.item, route.stated.subject) for route in through.routes] == [("One", REQUEST), ("Two", READING)]
