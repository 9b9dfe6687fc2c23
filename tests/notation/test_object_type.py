"""Data types of the Objects sheet, and which COSEM encoding a row has."""

from __future__ import annotations

import pytest

from gbcscheck.domains import DateTimeValue, DateValue, TimeValue, cosem_date, cosem_date_time, cosem_time
from gbcscheck.notation.dlms_type import read_dlms_type
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.object_type import ObjectType, cosem_domain, encoding, read_object_type

CELLS = {
    "INTEGER": ObjectType("INTEGER"),
    "iNTEGER": ObjectType("INTEGER"),
    "INTEGER[1..3]": ObjectType("INTEGER", None, 1, 3),
    "BOOLEAN (three)": ObjectType("BOOLEAN", None, 3, 3),
    "Two BIT-STRINGs": ObjectType("BIT-STRING", None, 2, 2),
    "Series of BOOLEANS": ObjectType("BOOLEAN", None, 0, None),
    "Series of Event / Alert Codes and BIT-STRINGs": ObjectType("STRUCTURE", None, 0, None),
    "DATE-TIME": ObjectType("DATE-TIME"),
    "DATE-TIME no wildcards": ObjectType("DATE-TIME", False),
    "TIME NO WILDCARDS": ObjectType("TIME", False),
    "DATE WITH WILDCARDS": ObjectType("DATE", True),
    "DATE-TIME and Periodicity": ObjectType("STRUCTURE"),
    "Method": ObjectType("METHOD"),
    "method": ObjectType("METHOD"),
    "": None,
}


@pytest.mark.parametrize("text", CELLS)
def test_a_cell_reads_as_its_type(text: str) -> None:
    assert read_object_type(text) == CELLS[text]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("INTEGERS", 0),
        ("INTEGER[3..1]", 11),
        ("DATE-TIME without wildcards", 10),
        ("Series of things", 10),
        ("four BOOLEANS", 0),
        ("BOOLEAN three", 8),
    ],
)
def test_a_near_miss_is_refused_at_its_place(text: str, place: int) -> None:
    with pytest.raises(NotationError) as caught:
        read_object_type(text)
    assert caught.value.start == place


@pytest.mark.parametrize(
    ("object_type", "data_type", "encoded"),
    [
        ("TIME NO WILDCARDS", "octet-string(4)", "time"),
        ("DATE", "octet-string(5)", "date"),
        ("DATE-TIME no wildcards", "octet-string(5)", "date"),
        ("DATE WITH WILDCARDS", "octet-string(12)", "date-time"),
        ("DATE-TIME", "octet-string(12)[[OPTIONAL]]", "date-time"),
        ("DATE-TIME", "double-long-unsigned", None),
        ("OCTET-STRING", "octet-string(12)", None),
        ("DATE-TIME and Periodicity", "octet-string(12)", None),
    ],
)
def test_the_length_tells_which_encoding_is_meant(object_type: str, data_type: str, encoded: str | None) -> None:
    assert encoding(read_object_type(object_type), read_dlms_type(data_type)) == encoded


def test_a_row_without_a_type_has_no_encoding() -> None:
    assert encoding(None, read_dlms_type("octet-string(12)")) is None
    assert encoding(read_object_type("DATE"), None) is None


def test_without_wildcards_every_part_of_a_date_and_time_is_given() -> None:
    date, time = cosem_domain("date", False), cosem_domain("time", False)
    assert date.contains(DateValue(2021, 11, 1, 0xFF))
    assert not date.contains(DateValue(0xFFFF, 11, 1, 0xFF))
    assert not date.contains(DateValue(2021, 11, 0xFE, 1))
    assert time.contains(TimeValue(16, 0, 0, 0xFF))
    assert not time.contains(TimeValue(16, 0, 0xFF, 0))


@pytest.mark.parametrize("special", ["0000000000000000008000FF", "FFFFFFFFFFFFFFFFFF8000FF"])
def test_an_activation_may_be_at_once_or_cancelled(special: str) -> None:
    assert cosem_domain("date-time", False).contains(DateTimeValue.from_octets(bytes.fromhex(special)))


def test_a_date_and_time_without_wildcards_has_no_special_days() -> None:
    last_day = DateTimeValue(DateValue(2021, 2, 0xFE, 0xFF), TimeValue(0, 0, 0, 0), -0x8000, 0)
    assert not cosem_domain("date-time", False).contains(last_day)
    assert cosem_domain("date-time", None).contains(last_day)


def test_with_wildcards_everything_legal_is_allowed() -> None:
    assert cosem_domain("date", True) == cosem_date()
    assert cosem_domain("time") == cosem_time()
    assert cosem_domain("date-time") == cosem_date_time()
