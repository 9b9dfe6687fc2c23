"""Values of configurations, read as values of their data item's type."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from configuration_runs import MAXIMUM_DEMAND, context, judge
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.configuration.form import Form, form_of
from gbcscheck.device.configuration.values import NotRead, NotSet, read_value
from gbcscheck.domains import BitString, DateValue, Quantity, TimeValue

ENTRY = f"{MAXIMUM_DEMAND}.entries[*]."
WEEK, SWITCH, BEGIN = f"{ENTRY}exec_weekdays", f"{ENTRY}switch_time", f"{ENTRY}begin_date"
SAG, OFFSET, SUPPLIER = (
    "RMSVoltageSagThreshold.threshold_normal",
    "RandomisedOffsetLimit.value",
    "ContactDetails.supplierName",
)


def form(item: str) -> Form:
    catalogue = context("current").catalogue
    return form_of(catalogue, catalogue.items[item])


@pytest.mark.parametrize(
    ("item", "raw", "value"),
    [
        (WEEK, "Mon-Fri", BitString("1111100")),
        (WEEK, "daily", BitString("1111111")),
        (WEEK, "0b1111111", BitString("1111111")),
        (WEEK, "0xFE", BitString("1111111")),
        (WEEK, "1111100", BitString("1111100")),
        (WEEK, ["Sat", "Sun"], BitString("0000011")),
        (WEEK, [True, False, True, True, True, True, 1], BitString("1011111")),
        (SWITCH, "17:00", TimeValue(17, 0, 0, 0)),
        (SWITCH, "17:00:30.25", TimeValue(17, 0, 30, 25)),
        (SWITCH, "0x110000FF", TimeValue(17, 0, 0, 255)),
        (SWITCH, "time(hour 16, minute 0, second 0, hundredths 0)", TimeValue(16, 0, 0, 0)),
        (BEGIN, "0x000001FFFF", DateValue(0, 1, 255, 255)),
        (BEGIN, "1 Nov", DateValue(0xFFFF, 11, 1, 255)),
        (BEGIN, "2021-11-01", DateValue(2021, 11, 1, 255)),
        (f"{ENTRY}script_logical_name", "0-0:10.128.100.255", bytes.fromhex("00000A8064FF")),
        (f"{ENTRY}script_logical_name", "0.0.10.128.100.255", bytes.fromhex("00000A8064FF")),
        (f"{ENTRY}script_logical_name", "00 00 0A 80 64 FF", bytes.fromhex("00000A8064FF")),
        (f"{ENTRY}script_logical_name", "00:00:0a:80:64:ff", bytes.fromhex("00000A8064FF")),
        (f"{ENTRY}script_logical_name", "00-00-0A-80-64-FF", bytes.fromhex("00000A8064FF")),
        (f"{ENTRY}script_logical_name", "0x00 0x00 0x0A 0x80 0x64 0xFF", bytes.fromhex("00000A8064FF")),
        (f"{ENTRY}script_logical_name", "00000A8064FF", bytes.fromhex("00000A8064FF")),
        (SUPPLIER, "AB CD", b"AB CD"),
        (f"{ENTRY}enable", True, True),
        (f"{ENTRY}enable", 1, True),
        (f"{ENTRY}enable", "0xFF", True),
        (f"{ENTRY}enable", "no", False),
        (f"{ENTRY}exec_specdays", "", NotSet("")),
        (f"{ENTRY}exec_specdays", "bits(0)", BitString("")),
        (SAG, 207, Quantity(207, "V")),
        (SAG, "207", Quantity(207, "V")),
        (SAG, "0xCF", Quantity(207, "V")),
        (SAG, "207 V", Quantity(207, "V")),
        (SAG, "0.207 kV", Quantity(207, "V")),
        (SAG, Decimal("207.5"), Quantity(Fraction(415, 2), "V")),
        (OFFSET, "30 min", Quantity(1800, "s")),
        (SUPPLIER, "Mon-Fri", b"Mon-Fri"),
        (SUPPLIER, "0x4142", b"AB"),
        (SUPPLIER, '"AB"', b"AB"),
        (SUPPLIER, "Café", "Café".encode()),
        (SAG, None, NotSet("")),
        (SAG, "NA", NotSet("NA")),
    ],
)
def test_readings(item: str, raw: object, value: object) -> None:
    found = read_value(raw, form(item))
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("item", "raw"),
    [
        (WEEK, "often"),
        (WEEK, 254),
        (WEEK, True),
        (WEEK, {"Mon": True}),
        (WEEK, "0xFF"),
        (SWITCH, "25:00"),
        (SWITCH, "16:00-20:00"),
        (SAG, "200..253 V"),
        (SAG, "high"),
        (SAG, True),
        (SAG, [1, 2]),
        (f"{ENTRY}enable", 2),
    ],
)
def test_what_cannot_be_read(item: str, raw: object) -> None:
    with pytest.raises(NotRead) as refused:
        read_value(raw, form(item))
    assert refused.value.problem
    assert not refused.value.unit


@given(st.integers(0, 2**32 - 1))
def test_a_number_and_its_text_are_the_same(number: int) -> None:
    of_sag, voltage = form(SAG), Quantity(number, "V")
    for written in (number, str(number), f"0x{number:08X}"):
        assert read_value(written, of_sag) == voltage


def test_a_stated_unit_decides_what_a_number_means() -> None:
    seconds, minutes = replace(form(OFFSET), unit="s"), replace(form(OFFSET), unit="min")
    assert read_value(30, seconds) == read_value("30 s", seconds) == read_value("0.5 min", seconds) == Quantity(30, "s")
    assert read_value(30, minutes) == read_value("30 min", minutes) == read_value("1800 s", minutes) == 30
    with pytest.raises(NotRead) as refused:
        read_value("230 V", seconds)
    assert refused.value.unit


def test_an_item_without_a_type_takes_any_single_value() -> None:
    bare = replace(form(SAG), kinds=(), unit="")
    assert read_value("0x0102", bare) == b"\x01\x02"
    assert read_value("some words", bare) == "some words"
    assert read_value([1, "2"], bare) == (1, 2)


@pytest.mark.parametrize(
    ("item", "written", "value", "rules"),
    [
        ("CalorificValue.value", 39.5, "395", []),
        ("CalorificValue.value", "39,5", "395", []),
        ("CalorificValue.value", "39.5 MJ/m3", "395", ["D610"]),
        ("CalorificValue.value", {"value": 39, "unit": "MJ/m3"}, "390", ["D610"]),
        ("CalorificValue.value", 395, "395", []),
        ("CalorificValue.value", 39.55, "39.55", ["D503"]),
        ("ConversionFactor.value", 1.02264, "102264", []),
        ("ConversionFactor.value", -0.5, "-0.5", ["D503"]),
        ("UncontrolledGasFlowRate.value", 1.5, "15000", []),
        ("UncontrolledGasFlowRate.value", 6.6, "6.6", ["D503"]),
        ("SupplyTamperState.value", "locked", "True", []),
        ("SupplyTamperState.value", "Unlocked", "Unlocked", ["D602"]),
    ],
)
def test_a_value_as_a_document_of_the_release_writes_it(
    item: str, written: object, value: str, rules: list[str]
) -> None:
    run = judge({item: written}, "current")
    assert run.rules == rules
    assert str(next(one for one in run.record.entries if one.subject == item).value) == value


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        *(
            (one, [])
            for one in ("FF FF FF FF FF", "FF:FF:FF:FF:FF", "ff-ff-ff-ff-ff", "FFFFFFFFFF", "0xFF 0xFF 0xFF 0xFF 0xFF")
        ),
        ("00 00 01 FF FF", ["D504"]),
        ("FF FF FF FF", ["D602"]),
        ("FF:FF-FF:FF:FF", ["D602"]),
    ],
)
def test_octets_of_a_date_in_every_notation(written: str, rules: list[str]) -> None:
    assert judge({f"{MAXIMUM_DEMAND}.entries[1].end_date": written}, "current").rules == rules


def test_numbers_with_signs_between_are_no_octets_of_a_time() -> None:
    item = f"{MAXIMUM_DEMAND}.entries[1].switch_time"
    assert judge({item: "16:00:00"}, "current").leaf(item).value == TimeValue(16, 0, 0, 0)
    assert judge({item: "12 30 00 00"}, "current").rules == ["D602"]
    assert judge({item: "10 00 00 FF"}, "current").rules == []
