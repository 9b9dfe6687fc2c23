"""Cells of the column "constant value", and their values as the row's type holds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import Domain, bits, bits_of, boolean, cosem_date, octets_of, points
from gbcscheck.domains.base import NotInterpretable
from gbcscheck.notation.dlms_constant import read_dlms_constant
from gbcscheck.notation.dlms_type import read_dlms_type
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.obis import logical_name

CELLS: list[tuple[str, str, Domain]] = [
    ("||0b11111110 (bit padding is on the least significant bit)", "bit-string(7)", bits_of("1111111")),
    ("||0xFE", "bit-string(7)", bits_of("1111111")),
    ("||0b1111111", "bit-string(7)", bits_of("1111111")),
    ("||0x", "bit-string(0)", bits(0, 0)),
    ("||0x000001FFFF", "octet-string(5)", octets_of(bytes.fromhex("000001FFFF"))),
    ("'0-0:10.0.100.255||0x00000A0064FF", "octet-string(6)", octets_of(bytes.fromhex("00000A0064FF"))),
    ("||0x01 (credit) or 0x02 (prepayment)", "enum", points([1, 2])),
    ("||0x01", "boolean", boolean(True)),
    ("||0x0033", "long-unsigned", points([51])),
    ("||0x00000000", "double-long", points([0])),
    ("0x00", "integer", points([0])),
    ("27", "enum", points([27])),
    ("-5", "integer", points([-5])),
    ("0", "integer[[OPTIONAL]]", points([0])),
    ("1 | 2", "enum", points([1, 2])),
]


@pytest.mark.parametrize(("text", "data_type", "domain"), CELLS)
def test_a_constant_is_a_value_of_its_type(text: str, data_type: str, domain: Domain) -> None:
    constant = read_dlms_constant(text)
    assert constant is not None
    assert constant.domain(read_dlms_type(data_type)) == domain


@pytest.mark.parametrize("text", ["-", "--", "", "  "])
def test_a_dash_fixes_nothing(text: str) -> None:
    assert read_dlms_constant(text) is None


def test_octets_become_a_date_where_the_row_holds_one() -> None:
    constant = read_dlms_constant("||0x000001FFFF")
    assert constant is not None
    assert str(constant.domain(cosem_date())) == "date(year 0, month 1, day 255, weekday 255)"


def test_notes_stay_with_their_values() -> None:
    constant = read_dlms_constant("||0x01 (credit) or 0x02 (prepayment)")
    assert constant is not None
    assert len(constant.alternatives) == 2
    assert constant.meanings(read_dlms_type("enum")) == ((points([1]), "credit"), (points([2]), "prepayment"))


def test_an_instance_stands_before_its_octets() -> None:
    constant = read_dlms_constant("'0-0:10.0.100.255||0x00000A0064FF")
    assert constant is not None
    assert constant.instance == "0-0:10.0.100.255"
    assert constant.alternatives == ((octets_of(logical_name(constant.instance)), ""),)


@given(st.binary(max_size=20))
def test_any_octets_are_read_back(octets: bytes) -> None:
    constant = read_dlms_constant(f"||0x{octets.hex().upper()}")
    assert constant is not None
    assert constant.alternatives == ((octets_of(octets), ""),)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("||27", 2),
        ("||0x0", 2),
        ("|0x00", 0),
        ("||", 2),
        ("||0xFE padding", 7),
        ("||0xFEG", 2),
        ("0x01 or", 7),
        ("1 2", 2),
        ("2.5", 1),
        ("0-0:10.0.100.255", 16),
        ("0-0:10.0.300.255||0x00", 0),
        ("(credit)", 0),
        ("to be decided", 0),
    ],
)
def test_a_near_miss_is_refused_at_its_place(text: str, place: int) -> None:
    with pytest.raises(NotationError) as caught:
        read_dlms_constant(text)
    assert caught.value.start == place


def test_a_set_bit_of_the_padding_is_no_week_day() -> None:
    constant = read_dlms_constant("||0b11111111")
    assert constant is not None
    with pytest.raises(NotInterpretable, match="padding"):
        constant.domain(read_dlms_type("bit-string(7)"))
