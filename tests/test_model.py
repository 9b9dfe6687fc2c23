"""Places, statements and fingerprints."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gbcscheck.model import Finding, Place, Specification, Statement, without_repeat

STATEMENT = Statement(
    subject="Item.value",
    attribute="default",
    specification=Specification("GBCS", "3.2", "Table 28d"),
    provenance="synthetic",
    clause="Table 28d, row 1",
    path="draft.xlsx",
    source="Table 28d!D7",
    domain="0b1111100",
    text="0b11111000",
)
FINDING = Finding("V101", "error", "Item.value", "differs", (STATEMENT,))


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("DLMS!K685", Place("f", sheet="DLMS", cell="K685")),
        ("'Table 28d'!D7", Place("f", sheet="Table 28d", cell="D7")),
        ("Table 28d!D7", Place("f", sheet="Table 28d", cell="D7")),
        ("line 1864", Place("f", line=1864)),
        ("line 12 of Other Schema.xsd", Place("Other Schema.xsd", line=12)),
        ("/12/Service Reference", Place("f", pointer="/12/Service Reference")),
        ("", Place("f")),
    ],
)
def test_sources_are_read_into_places(source: str, place: Place) -> None:
    assert Place.parse("f", source) == place


def test_a_line_of_another_file_is_one_of_a_file_beside_it() -> None:
    assert Place.parse("xsd/5.4/DUIS.xsd", "line 12 of MMC.xsd") == Place("xsd/5.4/MMC.xsd", line=12)


def test_places_are_printed_the_way_people_write_them() -> None:
    assert str(Place("a.xlsx", sheet="DLMS", cell="K685")) == "a.xlsx · DLMS!K685"
    assert str(Place("a.xsd", line=12)) == "a.xsd:12"
    assert str(Place("a.json", pointer="/1")) == "a.json#/1"


def test_what_a_cell_says_in_its_own_words_comes_first() -> None:
    assert STATEMENT.written == "0b11111000"
    assert STATEMENT._replace(text=None).written == "0b1111100"


def test_a_fingerprint_holds_no_path_line_cell_or_version() -> None:
    moved = STATEMENT._replace(
        path="elsewhere/other.csv",
        source="line 3",
        specification=Specification("GBCS", "4.0", "Table 28d"),
        clause="Table 28d, row 99",
    )
    assert replace(FINDING, statements=(moved,)).fingerprint == FINDING.fingerprint


def test_a_fingerprint_tells_rules_subjects_and_parts_apart() -> None:
    other_part = STATEMENT._replace(specification=Specification("GBCS", "3.2", "Table 28a"))
    prints = {
        FINDING.fingerprint,
        replace(FINDING, rule="V102").fingerprint,
        replace(FINDING, subject="Other.value").fingerprint,
        replace(FINDING, statements=(other_part,)).fingerprint,
    }
    assert len(prints) == 4


@pytest.mark.parametrize(
    ("path", "source", "words"),
    [
        ("draft.xlsx", "Table 28d!D7", "Table 28d!D7"),
        ("draft.docx", "Table 28d!D7", "Table 28d, row 7, column 4"),
        ("DRAFT.DOCX", "Table 28d!AA12", "Table 28d, row 12, column 27"),
        ("draft.pdf", "page 212, Table 28d!A1", "page 212, Table 28d, row 1, column 1"),
        ("draft.docx", "Table 28d!7:9", "Table 28d!7:9"),
    ],
)
def test_cells_are_named_as_people_name_them(path: str, source: str, words: str) -> None:
    place = Place.parse(path, source)
    assert place.cell_words == words
    assert str(place) == f"{path} · {words}"


def test_the_number_of_a_repeat_is_taken_off_at_the_end_alone() -> None:
    assert [without_repeat(one) for one in ("GCS23/Status (ENUM8) #3", "8.14.4 #2", "a #1/b", "row #")] == [
        "GCS23/Status (ENUM8)",
        "8.14.4",
        "a #1/b",
        "row #",
    ]
