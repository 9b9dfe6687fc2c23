"""Data types of the ZigBee Cluster Library, as GBCS names them."""

from __future__ import annotations

import pytest

from gbcscheck.domains import ANY, Domain, booleans, integers, octets, octets_of, text_set, texts
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.zcl_type import ZclType, read_zcl_type

CELLS: list[tuple[str, ZclType, Domain]] = [
    ("UINT8", ZclType("UINT8", 1), integers(0, 255)),
    ("UINT24", ZclType("UINT24", 3), integers(0, 2**24 - 1)),
    ("UINT48", ZclType("UINT48", 6), integers(0, 2**48 - 1)),
    ("INT32", ZclType("INT32", 4, signed=True), integers(-(2**31), 2**31 - 1)),
    ("ENUM16", ZclType("ENUM16", 2), integers(0, 65535)),
    ("BITMAP8 (NIBBLES)", ZclType("BITMAP8", 1, nibbles=True), integers(0, 255)),
    ("BITMAP32", ZclType("BITMAP32", 4), integers(0, 2**32 - 1)),
    ("UTCTime", ZclType("UTCTime", 4), integers(0, 2**32 - 1)),
    ("UTCtime", ZclType("UTCTime", 4), integers(0, 2**32 - 1)),
    ("Date", ZclType("Date", 4), octets(4, 4)),
    ("BOOLEAN", ZclType("BOOLEAN", 1), booleans()),
    ("OCTETSTRING[n]", ZclType("OCTETSTRING"), octets(0, 254)),
    ("CHARSTRING", ZclType("CHARSTRING"), texts(0, 254)),
    ("STRUCTURE[n]", ZclType("STRUCTURE"), ANY),
    ("Refer to ZigBee standard", ZclType("ZigBee standard"), ANY),
]


@pytest.mark.parametrize(("text", "data_type", "domain"), CELLS)
def test_a_cell_reads_as_its_type(text: str, data_type: ZclType, domain: Domain) -> None:
    read = read_zcl_type(text)
    assert read == data_type
    assert read.domain() == domain


@pytest.mark.parametrize("text", ["--", "-", ""])
def test_a_dash_names_no_type(text: str) -> None:
    assert read_zcl_type(text) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("UINT7", 0),
        ("UINT80", 0),
        ("uint8", 0),
        ("UINT8 UINT16", 6),
        ("ENUM32", 0),
        ("UINT8 (NIBBLES)", 6),
        ("BITMAP8 (BITS)", 8),
        ("OCTETSTRING[20]", 11),
        ("Refer to section 7", 0),
    ],
)
def test_a_near_miss_is_refused_at_its_place(text: str, place: int) -> None:
    with pytest.raises(NotationError) as caught:
        read_zcl_type(text)
    assert caught.value.start == place


@pytest.mark.parametrize(
    ("written", "number", "meant"),
    [
        ("0xFFFFFFFF", 2**32 - 1, -1),
        ("0x80000000", 2**31, -(2**31)),
        ("0x7FFFFFFF", 2**31 - 1, 2**31 - 1),
        ("0xFF", 255, 255),
        ("4294967295", 2**32 - 1, 2**32 - 1),
        ("-0x7FFFFFFF", -(2**31) + 1, -(2**31) + 1),
    ],
)
def test_a_hexadecimal_of_full_width_is_the_bit_pattern_of_a_signed_type(written: str, number: int, meant: int) -> None:
    assert ZclType("INT32", 4, signed=True).number(number, written) == meant
    assert ZclType("UINT32", 4).number(number, written) == number


def test_strings_are_octets_or_characters() -> None:
    assert ZclType("OCTETSTRING").strings(1, 4) == octets(1, 4)
    assert ZclType("CHARSTRING").strings(1, 4) == texts(1, 4)
    assert ZclType("OCTETSTRING").text(b"ab") == octets_of(b"ab")
    assert ZclType("CHARSTRING").text(b"ab") == text_set(["ab"])
