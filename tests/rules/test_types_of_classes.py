"""The rules on data types that the class of an object or the encoding of a link decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_workbooks import Edit, both_releases, found_in, planted, shipped
from rule_releases import findings, link, part, says

CALENDARS = ("ECS26a", "ECS08a", "ECS61d", "ECS18b", "ECS37", "ECS46c")


def in_calendar(number: str, new: str) -> Edit:
    return ("DLMS", {"mapping table row #": number, "use case": "ECS08a"}, "DLMS COSEM data types", new)


@both_releases
@pytest.mark.parametrize("code", ["R124", "R125"])
def test_what_is_published_is_silent(code: str, release: str) -> None:
    """Among it is a threshold of another type than twenty others: that of a balance, which is so in other classes."""
    assert shipped(code, release) == []


@pytest.mark.parametrize(
    ("number", "new"), [("764", "octet-string(5)"), ("734", "bit-string(8)")], ids=["time", "bits"]
)
def test_an_element_of_another_type_than_in_other_objects_of_its_class_is_told(
    corpus: Path, tmp_path: Path, number: str, new: str
) -> None:
    (found,) = found_in("R124", planted(corpus, tmp_path, CALENDARS, in_calendar(number, new)))
    assert found.subject.startswith("ECS08a/")
    assert found.witness.startswith(f"{new} and ")


def test_marks_behind_a_type_and_what_is_in_force_are_no_difference() -> None:
    rows = [
        row
        for number, path in enumerate(["table_active:a[1..2].b", "table_passive: a[1..9].b", "table_active:a[1].b"])
        for row in (
            says(f"U1/Item{number}.b", "class", value="20"),
            says(f"U1/Item{number}.b", "element", value=path),
            says(f"U1/Item{number}.b", "type", "0..255", text="unsigned" if number else "unsigned [[OPTIONAL]]"),
        )
    ]
    odd = [
        says("U1/Odd.b", "class", value="20"),
        says("U1/Odd.b", "element", value="table_passive:a[1..3].b"),
        says("U1/Odd.b", "type", "0..65535", text="long-unsigned"),
    ]
    assert findings("R124", part("GBCS", *rows)) == []
    (found,) = findings("R124", part("GBCS", *rows, *odd))
    assert found.subject == "U1/Odd.b"
    again = [says("U1/Odd.c", "class", value="3"), *odd[1:2]]
    elsewhere = [
        says("U1/Odd.c", "class", value="3"),
        says("U1/Odd.c", "element", value="value"),
        says("U1/Odd.c", "type", "0..65535", text="long-unsigned"),
    ]
    assert again[0] in elsewhere
    assert findings("R124", part("GBCS", *rows, *odd, *elsewhere)) == []


@pytest.mark.parametrize(
    ("kind", "told"),
    [("0..4294967295", 0), ("0..65535", 1), ("-2147483648..2147483647", 1), ("0..18446744073709551615", 0)],
)
def test_a_row_that_is_smaller_than_the_encoding_of_its_link_is_told(kind: str, told: int) -> None:
    times = link("Log.from", request="/R/Start", command="U1/Log.from", convert="xs:dateTime to UTCTime")
    request = part("DUIS", says("/R/Start", "permitted", "xs:dateTime"))
    found = findings("R125", request, part("GBCS", says("U1/Log.from", "type", kind)), links=[times])
    assert len(found) == told
