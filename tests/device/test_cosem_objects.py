"""COSEM objects as XML: what is read of each element, and what is not."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from configuration_runs import context
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gbcscheck.cosem.axdr import BIT_STRING, OCTET_STRING, Bits
from gbcscheck.device.configuration.read import ConfigurationVerdict
from gbcscheck.device.model import FileRecord
from gbcscheck.device.objects import values
from gbcscheck.device.objects.instants import HUNDREDTHS, STAR, WEEKDAY
from gbcscheck.device.objects.judge import RULES, judge_cosem_objects
from gbcscheck.device.objects.layouts import LAYOUTS
from gbcscheck.device.objects.unclear import Unclear
from gbcscheck.errors import UnreadableSource
from gbcscheck.model.device_files import FACT, FITS, OPEN, WRONG


def judge(*objects: str) -> tuple[ConfigurationVerdict, FileRecord]:
    record = FileRecord("objects.xml")
    document = "<Objects>\n" + "\n".join(objects) + "\n</Objects>"
    return judge_cosem_objects("objects.xml", document.encode(), context("current"), record), record


def entry(weekdays: int = 127, switch: str = "17:00:00", begin: str = "01/*/*", end: str = "*/*/*") -> str:
    return (
        "<Item><Index>1</Index><Enable>1</Enable><LogicalName>0.0.10.128.100.255</LogicalName>\n"
        f"<ScriptSelector>1</ScriptSelector><SwitchTime> {switch}</SwitchTime><ValidityWindow>65535</ValidityWindow>\n"
        f"<ExecWeekdays>{weekdays}</ExecWeekdays><ExecSpecDays/><BeginDate>{begin}</BeginDate>\n"
        f"<EndDate>{end}</EndDate></Item>"
    )


def schedule(*entries: str) -> str:
    return f"<GXDLMSSchedule><LN>0.0.12.0.0.255</LN>\n<Entries>{''.join(entries)}</Entries></GXDLMSSchedule>"


def data(name: str, value: str) -> str:
    return f"<GXDLMSData><LN>{name}</LN>{value}</GXDLMSData>"


# --- zones -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "deviation"),
    [("Z", "0000"), ("+01:00", "ffc4"), ("--1:00", "003c"), ("-05:30", "014a")],
)
def test_a_zone_stands_for_the_deviation(zone: str, deviation: str) -> None:
    found = values.date_time(f"02/14/2022 17:34:51{zone}", 1).values
    assert {bytes(one.value).hex()[18:22] for one in found if isinstance(one.value, bytes)} == {deviation}


def test_a_zone_says_nothing_of_a_time_or_a_date_alone() -> None:
    assert values.time("17:00:00Z", 1) == values.time("17:00:00", 1)
    assert values.date("01/01/2024+01:00", 1) == values.date("01/01/2024", 1)


# --- judged ----------------------------------------------------------------------------------------------------------


def test_the_maximum_demand_period_of_a_conforming_meter() -> None:
    verdict, record = judge(schedule(entry(), entry(switch="22:00:00")))
    assert verdict == ("", "objects")
    assert record.findings == []
    assert record.values == 20
    verdicts = {one.label: one.verdict for one in record.entries}
    assert verdicts["exec_weekdays"] == verdicts["switch_time"] == verdicts["enable"] == FITS
    assert verdicts["begin_date"] == OPEN  # the year 0 and a year that is not specified are written alike


def test_weekdays_alone_are_told_with_their_line() -> None:
    _, record = judge(schedule(entry(weekdays=31)))
    (finding,) = record.findings
    assert finding.severity == "error"
    assert finding.subject.endswith("exec_weekdays")
    assert finding.statements[0].source == "line 5"
    assert any(s.attribute == "constant" for s in finding.statements)


@pytest.mark.parametrize("begin", ["11/01/2021", "02/LASTDAY/*", "BEGIN/01/*", "*/*/*"])
def test_a_begin_date_that_is_the_constant_under_no_reading(begin: str) -> None:
    _, record = judge(schedule(entry(begin=begin)))
    assert [finding.subject.rpartition(".")[2] for finding in record.findings] == ["begin_date"]


def test_a_wildcard_where_none_is_allowed() -> None:
    _, record = judge(schedule(entry(switch="17:*:00")))
    assert [finding.subject.rpartition(".")[2] for finding in record.findings] == ["switch_time"]


def test_no_bits_and_no_days_are_written_alike_and_left_open() -> None:
    _, record = judge(schedule(entry(weekdays=0)))
    assert next(one.verdict for one in record.entries if one.label == "exec_weekdays") == OPEN


def test_a_wildcard_may_be_a_zero_and_neither_is_allowed() -> None:
    calendar = "<GXDLMSActivityCalendar><LN>0.0.13.0.0.255</LN><Time>{}</Time></GXDLMSActivityCalendar>"
    _, record = judge(calendar.format("*/01/2024 10:00:00"))
    (finding,) = record.findings
    assert finding.rule == "D207"
    assert finding.why.startswith("The text can stand for ")
    assert "each of them wrong (it does not hold: day of week, 0 or not specified (*)" in finding.why
    assert judge(calendar.format("*/*/* 00:00:00"))[1].findings == []


def test_more_bits_than_a_week_has() -> None:
    _, record = judge(schedule(entry(weekdays=255)))
    assert [(finding.rule, finding.subject.rpartition(".")[2]) for finding in record.findings] == [
        ("D204", "exec_weekdays")
    ]


def test_a_register_written_as_floating_point_number() -> None:
    assert values.scaled("0.05321000000000001", 6, Decimal("1e-05"), 3).values == ((6, 5321, 3, 0),)
    found = values.scaled("1.8446744073709553e+18", 21, Decimal("0.1"), 3)
    assert {one.value for one in found.values} > {2**64 - 1}
    assert found.lost == (values.DIGITS_LOST,)
    with pytest.raises(Unclear):
        values.scaled("0.053215", 6, Decimal("1e-05"), 3)


@given(st.integers(-(2**31), 2**32 - 1), st.integers(-6, 6))
def test_every_number_of_four_octets_is_read_back_through_a_scaler(number: int, scaler: int) -> None:
    power = 10.0**scaler
    tag = 5 if number < 0 else 6
    assert values.scaled(str(number * power), tag, Decimal(str(power)), 3).values == ((tag, number, 3, 0),)


@pytest.mark.parametrize(("text", "truth"), [("True", 1), ("False", 0), ("1", 1), ("0", 0), ("true", 1)])
def test_truths_as_libraries_write_them(text: str, truth: int) -> None:
    assert values.boolean(text, 1).at(0).value == truth


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("03/LASTDAY/*", "FFFF03FE07"),  # the last Sunday
        ("BEGIN/01/*", "FFFFFEFE07"),
        ("END/01/*", "FFFFFDFDFF"),
        ("*/*/*", "0000000000"),
        ("01/*/*", "000001FFFF"),
    ],
)
def test_dates_that_a_meter_can_have_held(text: str, held: str) -> None:
    assert bytes.fromhex(held) in octets_of(values.date(text, 1))


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("*/*/* 00:00:00", "0000000000000000008000FF"),  # at once
        ("*/*/* *:*:*", "FFFFFFFFFFFFFFFFFF8000FF"),  # cancelled
        ("03/01/2020 16:00:00Z", "07E403FE0710000000000000"),
        ("01/01/2020 16:00:00Z", "07E4FEFE0710000000000000"),
        ("11/01/2020 16:00:00-00:08", "07E40B01FF100000000034FF"),
        ("11/01/2020 16:00:00--5:15", "07E40B01FF10000000015900"),
    ],
)
def test_times_that_a_meter_can_have_held(text: str, held: str) -> None:
    assert bytes.fromhex(held) in octets_of(values.date_time(text, 1))


@pytest.mark.parametrize(
    ("shown", "text", "held"),
    [
        ("25", "02/14/2022 17:34:51", "07E6020EFF112233008000FF"),
        ("26", "03/LASTDAY/*", "FFFF03FE07"),
        ("27", " 17:00:00", "110000FF"),
    ],
)
def test_octets_that_are_written_as_a_date_or_a_time(shown: str, text: str, held: str) -> None:
    found = values.typed(text, "9", shown, 1)
    assert {one.tag for one in found.values} == {OCTET_STRING}
    assert bytes.fromhex(held) in octets_of(found)


def test_a_value_that_is_wrong_stays_with_its_neighbours_in_one_line() -> None:
    """Both entries stand in one line; each is wrong in one field of its own, under every reading."""
    document = schedule(entry(weekdays=31), entry(begin="11/01/2021")).replace("\n", "")
    _, record = judge(document)
    assert sorted(finding.subject.rpartition(".")[2] for finding in record.findings) == ["begin_date", "exec_weekdays"]


def test_what_a_text_has_lost_is_told() -> None:
    _, record = judge(schedule(entry()))
    (lost,) = [one.value for one in record.entries if one.label == "lost"]
    assert all(one in lost for one in (WEEKDAY, HUNDREDTHS, STAR))


def test_a_value_that_is_open_for_what_was_lost_is_named() -> None:
    _, record = judge(schedule(entry()))
    assert [one.partition(":")[0] for one in record.not_read] == ['line 5, "begin_date"', 'line 6, "end_date"']
    assert "open, since its text can stand for several values" in record.not_read[0]


def test_attributes_that_are_not_judged_are_named() -> None:
    _, record = judge(
        schedule(entry()), "<GXDLMSProfileGeneric><LN>1.0.99.1.0.255</LN><Buffer/></GXDLMSProfileGeneric>"
    )
    assert any(
        "GXDLMSProfileGeneric 1-0:99.1.0.255 Buffer" in one and "without the types" in one for one in record.not_read
    )
    assert any("ProfileEntries" in one and "never read" in one for one in record.not_read)


def test_a_type_that_the_row_does_not_have() -> None:
    _, record = judge(data("0.0.94.44.0.1", '<Value Type="17">5</Value>'))
    (finding,) = record.findings
    assert finding.subject.endswith("RandomisedOffsetLimit.value")


def test_the_type_that_stands_for_any_whole_number_is_no_fault() -> None:
    _, record = judge(data("0.0.94.44.0.1", '<Value Type="5">5</Value>'))
    assert record.findings == []
    assert [one.verdict for one in record.entries if one.label == "value"] == [OPEN]


def test_a_value_that_no_service_request_sets() -> None:
    _, record = judge(data("0.0.94.44.0.1", '<Value Type="18">1800</Value>'))
    assert [(finding.rule, finding.severity) for finding in record.findings] == [("D501", "warning")]


# --- not judged ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (data("0.0.94.44.0.1", "<Value/>"), "not read from the meter"),
        (data("0.0.94.44.0.1", "<Value>5</Value>"), "its type is not written"),
        (data("0.0.99.99.0.1", '<Value Type="18">5</Value>'), "no use case table speaks of"),
        (
            data("0.0.94.44.0.1", '<Value Type="9" UIType="10">bytearray(b\'ABC\')</Value>'),
            "not written as hexadecimal",
        ),
        ("<GXDLMSClock><LN>0.0.1.0.0.255</LN><Status>0</Status></GXDLMSClock>", "never read"),
        ("<GXDLMSProfileGeneric><LN>1.0.99.1.0.255</LN><Buffer/></GXDLMSProfileGeneric>", "without the types"),
        ("<GXDLMSGateway><LN>0.0.19.0.0.255</LN><Anything>0</Anything></GXDLMSGateway>", "this class is not read"),
        ("<GXDLMSSchedule><LN>0.0.12.0.0.255</LN><Colour>red</Colour></GXDLMSSchedule>", "no use case table"),
    ],
)
def test_what_is_not_judged_has_its_reason(xml: str, reason: str) -> None:
    verdict, record = judge(xml)
    assert verdict.reason
    assert record.values == 0
    assert record.findings == []
    assert any(reason in str(one.value) for one in record.entries if one.verdict == FACT)


@pytest.mark.parametrize(
    "xml",
    [
        data("0.0.94.44.0.1", '<Value Type="18">70000</Value>'),
        data("0.0.94.44.0.1", '<Value Type="18">many</Value>'),
        data("0.0.94.44.0.1", '<Value Type="3">2</Value>'),
        data("0.0.94.44.0.1", '<Value Type="99">2</Value>'),
        data("0.0.94.44", '<Value Type="18">5</Value>'),
        schedule("<Item><Index>1</Index></Item>"),
        schedule(entry(weekdays=-1)),
    ],
)
def test_texts_that_are_no_value(xml: str) -> None:
    _, record = judge(xml)
    assert [finding.rule for finding in record.findings] == ["D607"]
    assert [one.verdict for one in record.entries if one.verdict == WRONG] == [WRONG]


def test_other_documents() -> None:
    verdict = judge_cosem_objects("x", b"<Request/>", context("current"), FileRecord("x"))
    assert "Objects was expected" in verdict.reason
    with pytest.raises(UnreadableSource):
        judge_cosem_objects("x", b"<Objects>", context("current"), FileRecord("x"))
    entity = b'<!DOCTYPE o [<!ENTITY e SYSTEM "file:///etc/hostname">]><Objects>&e;</Objects>'
    with pytest.raises(UnreadableSource):
        judge_cosem_objects("x", entity, context("current"), FileRecord("x"))
    assert [rule.code for rule in RULES] == ["D607"]


TEXTS = st.sampled_from(["", " ", "0", "1", "-1", "17:00:00", "01/*/*", "*/*/* *:*:*", "0.0.1.0.0.255", "00 FF", "NaN"])
TYPES = st.sampled_from(
    ["", "0", "1", "2", "3", "4", "5", "6", "9", "10", "13", "22", "23", "24", "25", "99", "9" * 5000]
)
FIELDS = st.sampled_from(["Item", "Index", "Start", "DayId", "Actions", "Time", "Date", "LN", "Name"])


def element(draw: st.DrawFn, name: str, depth: int) -> etree._Element:
    one = etree.Element(name)
    one.text = draw(TEXTS | st.text("0123456789.:/* -+eIinfNaT", max_size=12))
    for attribute in ("Type", "UIType"):
        if draw(st.booleans()):
            one.set(attribute, draw(TYPES))
    for _ in range(draw(st.integers(0, 2)) if depth else 0):
        one.append(element(draw, draw(FIELDS), depth - 1))
    if draw(st.booleans()):
        one.append(etree.Comment("a comment"))
    return one


@given(st.data())
def test_any_text_in_any_element_is_read_or_has_a_reason(drawn: st.DataObject) -> None:
    kind = drawn.draw(st.sampled_from(sorted(LAYOUTS)))

    @st.composite
    def objects(draw: st.DrawFn) -> etree._Element:
        one = etree.Element(kind)
        for attribute in LAYOUTS[kind].attributes:
            for name in attribute.elements:
                one.append(element(draw, name, 3))
        return one

    one = drawn.draw(objects())
    lines = dict.fromkeys(one.iter(etree.Element), 1)
    for attribute in LAYOUTS[kind].attributes:
        found = [child for name in attribute.elements if (child := one.find(name)) is not None]
        count = 1
        with suppress(Unclear):
            count = len(attribute.read(found, lines).values)
        assert 1 <= count <= 1024


def test_comments_are_no_entries_and_split_no_text() -> None:
    verdict, record = judge(
        schedule("<!-- first -->", entry()), data("0.0.94.44.0.1", '<Value Type="18">1<!-- -->7</Value>')
    )
    assert verdict.reason == ""
    assert record.findings == []
    assert [one.value.value for one in record.entries if one.label == "value"] == [17]


WEEKDAYS = ("FF", "01", "02", "03", "04", "05", "06", "07")


def octets_of(readings: values.Readings) -> set[bytes]:
    return {one.value for one in readings.values if isinstance(one.value, bytes)}


# --- readings --------------------------------------------------------------------------------------------------------


def test_readings_of_dates_and_times() -> None:
    assert [one.value for one in values.time("17:00:30", 1).values] == [b"\x11\x00\x1e\x00", b"\x11\x00\x1e\xff"]
    assert values.date("01/*/*", 1).at(0).value == bytes.fromhex("FFFF01FFFF")
    any_january = {bytes.fromhex(year + "01FF" + day) for year in ("FFFF", "0000") for day in WEEKDAYS}
    assert octets_of(values.date("01/*/*", 1)) == any_january | {
        bytes.fromhex(text) for text in ("FFFF0100FF", "00000100FF")
    }
    second_last = {bytes.fromhex("07E5FDFD" + day) for day in WEEKDAYS}
    assert octets_of(values.date("END/LASTDAY2/2021", 1)) == second_last
    assert octets_of(values.date("12/25/2021", 1)) == {bytes.fromhex("07E50C19" + day) for day in ("FF", "06")}
    moments = {one.value for one in values.date_time("02/14/2022 17:34:51", 1).values}
    assert bytes.fromhex("07E6020EFF112233008000FF") in moments
    assert all(len(one) == 12 for one in moments if isinstance(one, bytes))


def test_readings_of_bits_octets_and_scaled_numbers() -> None:
    assert values.weekdays("31", 3).values == ((BIT_STRING, Bits(b"\xf8", 7), 3, 0),)
    assert values.bit_string("1000000001", 3).at(0).value == Bits(b"\x80\x40", 10)
    assert values.octet_string("00 FF", 3).values == ((OCTET_STRING, b"\x00\xff", 3, 0),)
    assert values.scaled("0.1", 6, Decimal("0.01"), 3).at(0).value == 10
    with pytest.raises(Unclear):
        values.scaled("0.105", 6, Decimal("0.01"), 3)
    with pytest.raises(Unclear) as unclear:
        values.date("1 November", 3)
    assert not unclear.value.faulty
