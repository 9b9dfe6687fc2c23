"""Cells of the GBZ sheet: elements, octets, components and values in the context of their element."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import ANY, Domain, integers, octets, octets_of, points, text_set, texts
from gbcscheck.notation import gbz
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.gbz import (
    GbzComponent,
    GbzElement,
    octets_domain,
    read_gbz_component,
    read_gbz_element,
    read_gbz_octets,
    read_gbz_value,
)
from gbcscheck.notation.zcl_type import ZclType, read_zcl_type

ELEMENTS = {
    "Provider ID (UINT32)": GbzElement("Provider ID", ZclType("UINT32", 4)),
    "Start Time (UTCtime)": GbzElement("Start Time", ZclType("UTCTime", 4)),
    "Tariff Type / Charging Scheme (BITMAP8 (NIBBLES))": GbzElement(
        "Tariff Type / Charging Scheme", ZclType("BITMAP8", 1, nibbles=True)
    ),
    "Omitted if unsuccessful\nAttribute Value (INT32)": GbzElement("Attribute Value", ZclType("INT32", 4, True), True),
    "Samples (Refer to ZigBee spec)": GbzElement("Samples", ZclType("ZigBee standard")),
    "Total number of GBZ Use Case Specific Component(s)": GbzElement(
        "Total number of GBZ Use Case Specific Component(s)"
    ),
    "security control byte (SC)": GbzElement("security control byte (SC)"),
    "Min. Issuer Event ID (UINT32)": GbzElement("Min. Issuer Event ID", ZclType("UINT32", 4)),
    "Transaction sequence number": GbzElement("Transaction sequence number"),
}


@pytest.mark.parametrize("text", ELEMENTS)
def test_an_element_is_a_name_and_a_type(text: str) -> None:
    assert read_gbz_element(text) == ELEMENTS[text]


@pytest.mark.parametrize(("text", "place"), [("Provider ID (UINT33)", 0), ("Provider ID (number)", 12), ("", 0)])
def test_an_element_of_no_known_type_is_refused(text: str, place: int) -> None:
    with pytest.raises(NotationError) as caught:
        read_gbz_element(text)
    assert caught.value.start == place


@pytest.mark.parametrize(
    ("text", "counts", "domain"),
    [
        ("4", (4,), points([4])),
        ("0 | 12", (0, 12), points([0, 12])),
        ("*", (), integers(0, None)),
    ],
)
def test_octets_are_numbers(text: str, counts: tuple[int, ...], domain: Domain) -> None:
    assert read_gbz_octets(text) == counts
    assert octets_domain(counts) == domain


@pytest.mark.parametrize(("text", "place"), [("Message Code", 0), ("0x04", 1), ("4 |", 3), ("4 5", 2), ("1-4", 1)])
def test_what_counts_no_octets_is_refused(text: str, place: int) -> None:
    with pytest.raises(NotationError) as caught:
        read_gbz_octets(text)
    assert caught.value.start == place


@pytest.mark.parametrize(
    ("text", "component"),
    [
        ("Change Debt", GbzComponent("Change Debt")),
        ("GetSnapshot (12 instances)", GbzComponent("GetSnapshot", 12, 12)),
        ("PublishDayProfile (0-5 instances)", GbzComponent("PublishDayProfile", 0, 5)),
        ("SetEventConfiguration (1-n instances)", GbzComponent("SetEventConfiguration", 1, None)),
        (
            "Alternate response: if no instances of the command above are returned",
            GbzComponent("Alternate response", 0, None),
        ),
    ],
)
def test_a_component_is_a_command_and_a_number_of_it(text: str, component: GbzComponent) -> None:
    assert read_gbz_component(text) == component


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("PublishDayProfile (5-1 instances)", 21),
        ("PublishDayProfile (some)", 19),
        ("Publish (2)", 10),
        ("Alternate response: x", 20),
    ],
)
def test_a_near_miss_of_a_component_is_refused(text: str, place: int) -> None:
    with pytest.raises(NotationError) as caught:
        read_gbz_component(text)
    assert caught.value.start == place


VALUES: list[tuple[str, str, str, str, Domain]] = [
    # value, type, octets, reading, domain
    ("*", "INT32", "4", gbz.FREE, integers(-(2**31), 2**31 - 1)),
    ("*", "OCTETSTRING", "21", gbz.FREE, octets(20, 20)),
    ("*", "OCTETSTRING", "*", gbz.FREE, octets(0, 254)),
    ("*", "CHARSTRING", "*", gbz.FREE, texts(0, 254)),
    ("*", "Refer to ZigBee spec", "*", gbz.FREE, ANY),
    ("*", "", "1", gbz.FREE, integers(0, 255)),
    ("*", "", "12", gbz.FREE, octets(12, 12)),
    ("*", "", "*", gbz.FREE, ANY),
    ("* (see GBCS section 7.2.10)", "", "1", gbz.FREE, integers(0, 255)),
    ("0b00011001", "", "1", gbz.CONSTANT, points([0x19])),
    ("0x0302", "ENUM16", "2", gbz.CONSTANT, points([0x302])),
    ("0xFFFFFFFF", "INT32", "4", gbz.CONSTANT, points([-1])),
    ("0xFFFFFFFF", "UINT32", "4", gbz.CONSTANT, points([2**32 - 1])),
    ("0x00", "OCTETSTRING", "1", gbz.CONSTANT, octets_of(b"")),
    ("0x024142", "CHARSTRING", "3", gbz.CONSTANT, text_set(["AB"])),
    ("0x00 | 0x03", "ENUM8", "*", gbz.CHOICE, points([0, 3])),
    ("0x00|0x01(last message)", "", "1", gbz.CHOICE, points([0, 1])),
    ("0-11", "UINT8", "1", gbz.RANGE, integers(0, 11)),
    ("0–11", "UINT8", "1", gbz.RANGE, integers(0, 11)),
    ("0 - 0xFFFFFFFF", "UINT32", "4", gbz.RANGE, integers(0, 2**32 - 1)),
    ("0 - 0xFFFFFFFF", "INT32", "4", gbz.RANGE, integers(0, 2**32 - 1)),
    ("1-n", "", "1", gbz.RANGE, integers(1, 255)),
    ("0x0028 + total length of any variable fields below", "", "2", gbz.MINIMUM, integers(0x28, 0xFFFF)),
    ("UTC Time; 0 = immediate", "UTCTime", "4", gbz.TIME, integers(0, 2**32 - 1)),
    ("0x01 || PPMID originator counter", "", "9", gbz.CONCATENATION, octets(9, 9)),
    ("Encoding(X)", "", "*", gbz.LENGTH, integers(0, None)),
    ("Meter entity ID", "", "8", gbz.IDENTIFIER, octets(8, 8)),
    (
        "Empty or a 12 character octet-string containing a date-time",
        "",
        "0 | 12",
        gbz.OPTIONAL_OCTETS,
        octets(0, 12),
    ),
]


@pytest.mark.parametrize(("text", "data_type", "counts", "reading", "domain"), VALUES)
def test_a_value_reads_in_the_context_of_its_element(
    text: str, data_type: str, counts: str, reading: str, domain: Domain
) -> None:
    value = read_gbz_value(text, read_zcl_type(data_type), read_gbz_octets(counts))
    assert value is not None
    assert (value.reading, value.domain) == (reading, domain)


def test_what_a_value_says_beside_its_set() -> None:
    last = read_gbz_value("0x02|0x03(last message)", None, (1,))
    counter = read_gbz_value("0x02 || PPMID originator counter", None, (9,))
    at_once = read_gbz_value("UTC Time; 0 = immediate", read_zcl_type("UTCTime"), (4,))
    assert last is not None
    assert counter is not None
    assert at_once is not None
    assert last.meanings == ((3, "last message"),)
    assert (counter.prefix, counter.content) == (b"\x02", "PPMID originator counter")
    assert at_once.meanings == ((0, "immediate"),)
    assert read_gbz_value("--") is None


@given(st.integers(1, 4), st.data())
def test_hexadecimal_of_full_width_reads_as_the_octets_of_an_unsigned_field(count: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, 256**count - 1))
    value = read_gbz_value(f"0x{number:0{2 * count}X}", None, (count,))
    assert value is not None
    assert value.domain == points([number])


@pytest.mark.parametrize(
    ("text", "data_type", "counts", "place", "problem"),
    [
        ("0x00 | ", "", "1", 7, "ends too early"),
        ("0x00, 0x01", "", "1", 4, "not a GBZ value"),
        ("0x0G", "", "1", 0, "not a GBZ value"),
        ("11-0", "UINT8", "1", 3, "cannot end at 0"),
        ("0x0028 + length", "", "2", 9, "not a GBZ value"),
        ("0x1 || PPMID originator counter", "", "9", 0, "octets, as 0x01"),
        ("0x03AB", "OCTETSTRING", "2", 0, "the length 3 stands before 1 octets"),
        ("0x01FF", "CHARSTRING", "2", 0, "no characters"),
        ("12", "OCTETSTRING", "2", 0, "written as octets"),
        ("free", "UINT8", "1", 0, "not a GBZ value"),
        ("0-11", "OCTETSTRING", "*", 0, "the data type is OCTETSTRING"),
        ("* and more", "UINT8", "1", 2, "not a GBZ value"),
    ],
)
def test_a_near_miss_is_refused_at_its_place(text: str, data_type: str, counts: str, place: int, problem: str) -> None:
    with pytest.raises(NotationError, match=problem) as caught:
        read_gbz_value(text, read_zcl_type(data_type), read_gbz_octets(counts))
    assert caught.value.start == place
