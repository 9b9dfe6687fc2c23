"""What people have in hand, looked up: codes, clauses, places, names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "rules"))
from rule_releases import catalogue_of, part, says

from gbcscheck.near_names import plain
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import plain_all
from gbcscheck.release.lookup import look_up

ROW = "U1/Item.value"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return catalogue_of(
        part(
            "GBCS",
            says("U1", "message-code", value="0x004A"),
            says("U1", "service-reference", value="6.18"),
            says("U2", "service-reference", value="6.1"),
            says(ROW, "object", value="0-0:12.0.0.255", clause="U1, row 748", source="DLMS!F685"),
            says(ROW, "type", "0..9", clause="U1, row 748", source="DLMS!J685"),
            says(ROW, "reference", value="SMETS 5.7.4.26 / 9.6.2.6", clause="U1, row 748", source="DLMS!C685"),
            says("U1/Other.value", "type", "0..9", clause="U1, row 7480", source="DLMS!J686"),
            says("U1/Other.value", "reference", value="5.7.4.266", source="DLMS!C686"),
            says("0x8F35", "name", value="an event"),
            source_name="gbcs/tables.xlsx",
            name="use cases",
        ),
        part(
            "DUIS",
            says("/Request/Body/Set/StartTime", "permitted", "xs:time", source="line 985"),
            says("/Request/Body/Set/StartTimeOfDay", "permitted", "xs:time", source="line 986"),
            says("6.18.1", "service-reference", value="6.18"),
            source_name="DUIS Schema V5.4.xsd",
            name="schema",
        ),
    )


@pytest.mark.parametrize(
    ("text", "names", "is_what"),
    [
        ("U1", ("U1",), ""),
        ("6.18.1", ("6.18.1",), ""),
        ("0x8F35", ("0x8F35",), ""),
        ("0x004a", ("U1",), "the message code"),
        ("0-0:12.0.0.255", (ROW,), "the object"),
        ("5.7.4.26", (ROW,), "a clause that is cited"),
        ("SMETS2 9.6.2.6", (ROW,), "a clause that is cited"),
        ("6.18", ("U1", "6.18.1"), "the service reference"),
        ("748", (ROW,), "the mapping row"),
        ("mapping row 748", (ROW,), "the mapping row"),
        ("DLMS!J685", (ROW,), "a cell"),
        ("'dlms'!$J$685", (ROW,), "a cell"),
        ("gbcs/tables.xlsx · DLMS!J685", (ROW,), "a cell"),
        ("tables.xlsx · DLMS!J685", (ROW,), "a cell"),
        ("DLMS!Z685", (ROW,), "a cell of the row"),
        ("DUIS Schema V5.4.xsd:985", ("/Request/Body/Set/StartTime",), "a line"),
        ("start time", ("/Request/Body/Set/StartTime", "/Request/Body/Set/StartTimeOfDay"), ""),
        ("item", ("Item.value", ROW), ""),
        ("DUIS schema", ("/Request/Body/Set/StartTime", "/Request/Body/Set/StartTimeOfDay", "6.18.1"), ""),
        ("other.xlsx · DLMS!J685", (), ""),
        ("5.7.4.2", (), ""),
        ("0x004B", (), ""),
        ("DLMS!J1", (), ""),
    ],
)
def test_what_a_text_stands_for(catalogue: Catalogue, text: str, names: tuple[str, ...], is_what: str) -> None:
    found = look_up(catalogue, text)
    assert (found.names, found.is_what) == (names, is_what)


def test_a_place_says_what_stands_there(catalogue: Catalogue) -> None:
    assert [one.attribute for one in look_up(catalogue, "DLMS!J685").statements] == ["type"]
    assert len(look_up(catalogue, "DLMS!A685").statements) == 3


@pytest.mark.parametrize(
    "names", [["A b", "c_D", "E\tf"], ["Ä b", "c"], ["a\nb", "c"], [], ["", " "], ["x\x1cy", "ß"], ["_"]]
)
def test_many_names_in_plain_are_those_of_each(names: list[str]) -> None:
    assert list(plain_all(names)) == [plain(name) for name in names]
