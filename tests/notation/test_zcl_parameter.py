"""Cells of the column "attribute/value/parameter" of the ZCL sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import booleans, integers, list_of, octets, points, texts
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.zcl_parameter import (
    ARRAY,
    ATTRIBUTE,
    BARE_NAME,
    CHOICE,
    ELSEWHERE,
    LENGTH,
    RANGE,
    SPECIAL,
    TIME,
    ZclParameter,
    read_zcl_parameter,
)
from gbcscheck.notation.zcl_type import read_zcl_type

UTC = integers(0, 2**32 - 1)

CELLS: list[tuple[str, str, ZclParameter]] = [
    (
        "Uncontrolled Flow Threshold\n0 - 0xFFFF",
        "UINT16",
        ZclParameter("Uncontrolled Flow Threshold", RANGE, integers(0, 65535)),
    ),
    (
        "Uncontrolled Flow Threshold\n0 – 0xFFFF",
        "UINT16",
        ZclParameter("Uncontrolled Flow Threshold", RANGE, integers(0, 65535)),
    ),
    (
        "Debt Amount\n-0x7FFFFFFF - 0x7FFFFFFF",
        "INT32",
        ZclParameter("Debt Amount", RANGE, integers(-(2**31) + 1, 2**31 - 1)),
    ),
    (
        "Number of Block Thresholds in Use\n0X00 - 0X03",
        "UINT8",
        ZclParameter("Number of Block Thresholds in Use", RANGE, integers(0, 3)),
    ),
    (
        "Cut Off Value\n-0x7FFFFFFF - +0x7FFFFFFF Set to 0xFFFFFFFF to leave it unchanged",
        "INT32",
        ZclParameter(
            "Cut Off Value",
            RANGE,
            integers(-(2**31) + 1, 2**31 - 1),
            specials=((-1, "to leave it unchanged"),),
        ),
    ),
    (
        "Cut Off Value\nSet to 0xFFFFFFFF (do not change)",
        "INT32",
        ZclParameter(
            "Cut Off Value",
            CHOICE,
            points([-1]),
            meanings=((-1, "do not change"),),
            specials=((-1, "do not change"),),
        ),
    ),
    (
        "Currency\n826 (GBP) | 978 (EUR)",
        "UINT16",
        ZclParameter("Currency", CHOICE, points([826, 978]), meanings=((826, "GBP"), (978, "EUR"))),
    ),
    (
        "Debt Recovery Frequency\n0x00 = per hour 0x01 = per day",
        "ENUM8",
        ZclParameter("Debt Recovery Frequency", CHOICE, points([0, 1]), meanings=((0, "per hour"), (1, "per day"))),
    ),
    (
        "SupplyTamperState\n0x03 means supply state is UNCHANGED; 0x00 means supply state is LOCKED",
        "ENUM8",
        ZclParameter(
            "SupplyTamperState",
            CHOICE,
            points([0, 3]),
            meanings=((3, "supply state is UNCHANGED"), (0, "supply state is LOCKED")),
        ),
    ),
    (
        "Proposed Supply Status (after Implementation)\n1= Arm supply",
        "ENUM8",
        ZclParameter(
            "Proposed Supply Status", CHOICE, points([1]), meanings=((1, "Arm supply"),), note="after Implementation"
        ),
    ),
    (
        "Block Threshold Divisor\n0x0003E8 = 1000",
        "UINT24",
        ZclParameter("Block Threshold Divisor", CHOICE, points([1000])),
    ),
    ("Multiplier\n0x0001", "UINT16", ZclParameter("Multiplier", CHOICE, points([1]))),
    (
        "Price Trailing Digit\n0x50 - MS nibble = digits to right of decimal point",
        "BITMAP8 (NIBBLES)",
        ZclParameter(
            "Price Trailing Digit",
            CHOICE,
            points([0x50]),
            note="MS nibble = digits to right of decimal point",
        ),
    ),
    ("TopUp Code\nn = 20; UTRN", "OCTETSTRING[n]", ZclParameter("TopUp Code", LENGTH, octets(20, 20), note="UTRN")),
    ("Message\nn = 1 - 116", "CHARSTRING[n]", ZclParameter("Message", LENGTH, texts(1, 116))),
    ("Start Time\nUTC Time", "UTCTime", ZclParameter("Start Time", TIME, UTC)),
    (
        "Start Time\nUTC Time 0 = immediate",
        "UTCTime",
        ZclParameter("Start Time", TIME, UTC, meanings=((0, "immediate"),)),
    ),
    (
        "Start Time\nUTC Time Set to 0xFFFFFFFE to cancel",
        "UTCTime",
        ZclParameter("Start Time", TIME, UTC, specials=((0xFFFFFFFE, "to cancel"),)),
    ),
    (
        "Latest End Time\nSet to 0xFFFFFFFE to retrieve all entries",
        "--",
        ZclParameter("Latest End Time", SPECIAL, specials=((0xFFFFFFFE, "to retrieve all entries"),)),
    ),
    (
        "Debt Recovery Balance Percentage\nTime-based debt: set to 0",
        "UINT16",
        ZclParameter("Debt Recovery Balance Percentage", SPECIAL, specials=((0, "Time-based debt"),)),
    ),
    (
        "SnapshotPayloadType: 6 (Block Tier Information (No Billing))",
        "--",
        ZclParameter(
            "SnapshotPayloadType", CHOICE, points([6]), meanings=((6, "Block Tier Information (No Billing)"),)
        ),
    ),
    (
        "Snapshot Cause = 0x00006008 (Change of Meter Mode | Change of Supplier)",
        "--",
        ZclParameter(
            "Snapshot Cause",
            CHOICE,
            points([0x6008]),
            meanings=((0x6008, "Change of Meter Mode | Change of Supplier"),),
        ),
    ),
    (
        "Event Control / Log ID: where Log ID is 0x3 (own log) or 0x6 (copy)",
        "--",
        ZclParameter(
            "Event Control / Log ID", CHOICE, points([3, 6]), part="Log ID", meanings=((3, "own log"), (6, "copy"))
        ),
    ),
    (
        "Day Schedule Entries\nUINT16:Minutes From Midnight x n",
        "STRUCTURE[n]",
        ZclParameter("Day Schedule Entries", ARRAY, list_of(integers(0, 65535)), part="Minutes From Midnight"),
    ),
    (
        "SpecialDayEntry\nDate: Special Day Date x n",
        "STRUCTURE[n]",
        ZclParameter("SpecialDayEntry", ARRAY, list_of(octets(4, 4)), part="Special Day Date"),
    ),
    (
        "Block Threshold Sub-payload\nUINT48:Block Threshold[1..3]",
        "STRUCTURE",
        ZclParameter(
            "Block Threshold Sub-payload", ARRAY, list_of(integers(0, 2**48 - 1), 1, 3), part="Block Threshold"
        ),
    ),
    (
        "Day Schedule Entries\nBOOLEAN: (1=Active; 0 = inactive) x n",
        "STRUCTURE[n]",
        ZclParameter("Day Schedule Entries", ARRAY, list_of(booleans()), meanings=((1, "Active"), (0, "inactive"))),
    ),
    (
        "Commodity: CalorificValue: 0x0304",
        "UINT32",
        ZclParameter("CalorificValue", ATTRIBUTE, attribute_set="Commodity", attribute_ids=(0x0304,)),
    ),
    (
        "TOU Information: CurrentTierNSummationDelivered: 0x0100, 0x0102",
        "UINT48",
        ZclParameter(
            "CurrentTierNSummationDelivered",
            ATTRIBUTE,
            attribute_set="TOU Information",
            attribute_ids=(0x0100, 0x0102),
        ),
    ),
    (
        "Block Information (Delivered): CurrentNoTierBlockNSummationDelivered: 0x0700-0x0703",
        "UINT48",
        ZclParameter(
            "CurrentNoTierBlockNSummationDelivered",
            ATTRIBUTE,
            attribute_set="Block Information (Delivered)",
            attribute_ids=(0x0700, 0x0701, 0x0702, 0x0703),
        ),
    ),
    ("Earliest Start Time", "--", ZclParameter("Earliest Start Time", BARE_NAME)),
    ("NumberOfSamples (calculated)", "--", ZclParameter("NumberOfSamples", BARE_NAME, note="calculated")),
    ("Refer to ZigBee standard", "--", ZclParameter("", ELSEWHERE)),
    ("Log Payload: refer to ZigBee standard:", "--", ZclParameter("Log Payload", ELSEWHERE)),
    ("Event Configuration\nRefer to ZigBee standard", "BITMAP8", ZclParameter("Event Configuration", ELSEWHERE)),
]


@pytest.mark.parametrize(("text", "data_type", "parameter"), CELLS)
def test_a_cell_reads_as_its_parameter(text: str, data_type: str, parameter: ZclParameter) -> None:
    assert read_zcl_parameter(text, read_zcl_type(data_type)) == parameter


@pytest.mark.parametrize("text", ["--", "-", ""])
def test_a_dash_names_no_parameter(text: str) -> None:
    assert read_zcl_parameter(text) is None


def test_a_range_that_its_type_cannot_hold_stays_as_written() -> None:
    parameter = read_zcl_parameter("Debt Recovery Amount\n0 - 0xFFFFFFFF", read_zcl_type("INT32"))
    assert parameter is not None
    assert parameter.domain == integers(0, 2**32 - 1)


@given(st.integers(-(2**31), 2**32), st.integers(0, 2**32), st.sampled_from(["{}", "{:#x}", "{:#010X}"]))
def test_any_range_is_read_in_decimal_and_hexadecimal(low: int, width: int, form: str) -> None:
    text = f"Limit\n{form.format(low)} - {form.format(low + width)}".replace("0X", "0x")
    parameter = read_zcl_parameter(text, read_zcl_type("UINT32"))
    assert parameter is not None
    assert parameter.domain == integers(low, low + width)


@pytest.mark.parametrize(
    ("text", "data_type", "place", "problem"),
    [
        ("Uncontrolled Flow Threshold 0 - 0xFFFF", "UINT16", 28, "not a ZCL parameter"),
        ("Day ID\n0xFF - 1", "UINT8", 14, "cannot end at 1"),
        ("Day ID\n1 - ", "UINT8", 11, "ends too early"),
        ("Day ID\n1 to 0xFF", "UINT8", 9, "not a ZCL parameter"),
        ("Day ID\n1 - 0xFG", "UINT8", 11, "not a ZCL parameter"),
        ("Divisor\n0x0003E8 = 999", "UINT24", 19, "0x0003E8 is 1000"),
        ("Limit\nn = 1 - 4", "UINT8", 10, "the data type is UINT8"),
        ("Limit\nn = 1 - 4", "--", 10, "not given"),
        ("Currency\n826 (GBP) 978 (EUR)", "UINT16", 19, "not a ZCL parameter"),
        ("Start Time\nUTC", "UTCTime", 11, "not a ZCL parameter"),
        ("Commodity: CalorificValue: 772", "UINT32", 27, "not a ZCL parameter"),
        ("Block Threshold: BlockNThreshold: 0x0102-0x0100", "UINT48", 41, "cannot end at 0x0100"),
        ("Start Time: The date-time of the first snapshot. It is in UTC", "--", 47, "not a ZCL parameter"),
        ("Start Time, End Time shall be equal", "--", 10, "not a ZCL parameter"),
        ("lower case", "--", 0, "not a ZCL parameter"),
        ("Password\n0x00", "OCTETSTRING[n]", 9, "the data type is OCTETSTRING"),
        ("Entries\nBOOLEAN: (1=on; 2=off) x n", "STRUCTURE[n]", 8, "no boolean"),
        ("Entries\nUINT7:Index x n", "STRUCTURE[n]", 8, "not a ZCL parameter"),
        ("Values\nUINT8:Index[3..1]", "STRUCTURE", 22, "cannot end at 1"),
    ],
)
def test_a_near_miss_is_refused_at_its_place(text: str, data_type: str, place: int, problem: str) -> None:
    with pytest.raises(NotationError, match=problem) as caught:
        read_zcl_parameter(text, read_zcl_type(data_type))
    assert caught.value.start == place
