"""Dates and times of COSEM and of XML Schema: values, sets, wildcards, zones, what is written and what it means."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import (
    NONE,
    DateTimeValue,
    DateValue,
    Domain,
    TimeValue,
    XsDateTimeValue,
    XsDateValue,
    XsTimeValue,
    cosem_date,
    cosem_date_time,
    cosem_time,
    integers,
    moments_equal_to,
    moments_within,
    null,
    numbers,
    points,
    text_set,
    union,
    xs_date,
    xs_date_time,
    xs_time,
)
from gbcscheck.domains.cosem_words import AT_ONCE, CANCELLED
from gbcscheck.notation.canonical import print_value

# --- COSEM -----------------------------------------------------------------------------------------------------------


@given(st.binary(min_size=12, max_size=12))
def test_octets_and_back(octets: bytes) -> None:
    assert DateTimeValue.from_octets(octets).octets() == octets
    assert DateValue.from_octets(octets[:5]).octets() == octets[:5]
    assert TimeValue.from_octets(octets[:4]).octets() == octets[:4]
    assert print_value(DateTimeValue.from_octets(octets)) == f"0x{octets.hex().upper()}"


@pytest.mark.parametrize("shape", [DateValue, TimeValue, DateTimeValue])
def test_another_number_of_octets_is_refused(shape: type[DateValue | TimeValue | DateTimeValue]) -> None:
    with pytest.raises(ValueError, match="octets were expected"):
        shape.from_octets(b"\x00" * 6)


@pytest.mark.parametrize(
    ("octets", "legal"),
    [
        ("000001FFFF", True),
        ("00000101FF", True),
        ("0000FF01FF", True),
        ("FFFFFFFFFF", True),
        ("07E40CFEFF", True),
        ("07E4FDFD07", True),
        ("07E4FEFF01", True),
        ("07E40D01FF", False),
        ("07E40100FF", False),
        ("07E401E001", False),
        ("07E401FC01", False),
        ("07E4012008", False),
    ],
)
def test_legal_dates(octets: str, legal: bool) -> None:
    assert cosem_date().contains(DateValue.from_octets(bytes.fromhex(octets))) is legal


def test_the_begin_date_of_the_maximum_demand_period_is_the_literal_year_0() -> None:
    begin = DateValue.from_octets(bytes.fromhex("000001FFFF"))
    assert begin == DateValue(year=0, month=1, day=0xFF, weekday=0xFF)
    assert cosem_date().contains(begin)


@pytest.mark.parametrize(
    ("octets", "legal"),
    [
        ("11000000", True),
        ("FFFFFFFF", True),
        ("18000000", False),
        ("173B3B63", True),
        ("173C0000", False),
        ("00000064", False),
    ],
)
def test_legal_times(octets: str, legal: bool) -> None:
    assert cosem_time().contains(TimeValue.from_octets(bytes.fromhex(octets))) is legal


def test_at_once_and_cancelled_are_date_times() -> None:
    for value in (AT_ONCE, CANCELLED):
        assert cosem_date_time().contains(value)
    assert AT_ONCE.deviation == -0x8000
    assert cosem_date_time(month=integers(1, 12)).contains(AT_ONCE) is False


def test_fields_restrict_and_do_not_widen() -> None:
    assert cosem_time(hour=integers(0, 99)) == cosem_time(hour=integers(0, 23))
    assert cosem_time(hour=integers(24, 30)) is NONE
    assert cosem_time().meet(cosem_date()) is NONE
    with pytest.raises(ValueError, match="has no field day"):
        cosem_time(day=integers(1, 2))
    with pytest.raises(ValueError, match="no unit"):
        cosem_time(hour=integers(0, 2, unit="h"))


@pytest.mark.parametrize(
    ("one", "two", "labels"),
    [
        (cosem_time(), cosem_time(hour=integers(0, 23)), ["hour above 23"]),
        (cosem_date(), cosem_date(year=points([0xFFFF])), ["year below 65535"]),
        (cosem_time(), text_set(["17:00"]), ["a COSEM time"]),
    ],
)
def test_classes_of_cosem_values_that_are_lacking(one: Domain, two: Domain, labels: list[str]) -> None:
    assert [label for label, _ in one.difference_classes(two)] == labels


def test_a_union_of_boxes_may_differ_in_one_field() -> None:
    assert union(cosem_time(hour=integers(0, 11)), cosem_time(hour=integers(12, 23))) == cosem_time(
        hour=integers(0, 23)
    )


# --- XML Schema ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("17:00:00Z", "17:00:00Z"),
        ("17:00:00+00:00", "17:00:00Z"),
        ("17:00:00-00:00", "17:00:00Z"),
        ("17:00:00.2500Z", "17:00:00.25Z"),
        ("17:00:00.00Z", "17:00:00Z"),
        ("24:00:00", "24:00:00"),
        ("24:00:00.000+14:00", "24:00:00+14:00"),
        ("00:00:00.001-05:30", "00:00:00.001-05:30"),
    ],
)
def test_times_as_written(text: str, shown: str) -> None:
    assert str(XsTimeValue.parse(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17:00",
        "25:00:00",
        "24:00:01",
        "24:30:00",
        "17:60:00",
        "17:00:60",
        "17:00:00 Z",
        "17:00:00+14:01",
        "17:00:00+15:00",
        "1٧:00:00",
        "17:00:00.Z",
    ],
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"xs:time|no time of day"):
        XsTimeValue.parse(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-12-31Z", XsDateValue(2020, 12, 31, 0)),
        ("-0044-03-15", XsDateValue(-44, 3, 15, None)),
        ("12020-01-01+01:00", XsDateValue(12020, 1, 1, 60)),
    ],
)
def test_dates_as_written(text: str, value: XsDateValue) -> None:
    assert XsDateValue.parse(text) == value
    assert str(value) == text


@pytest.mark.parametrize("text", ["2020-13-01", "2020-1-1", "20-01-01", "02020-01-01", "2020-01-32", "2020-01-00"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="is no xs:date"):
        XsDateValue.parse(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2025-02-30", "has no day 30"),
        ("2025-02-29", "has no day 29"),
        ("1900-02-29", "has no day 29"),
        ("12345-02-29", "has no day 29"),
        ("-0001-02-29", "has no day 29"),
        ("2025-04-31", "has no day 31"),
        ("0000-01-01", "no year 0000"),
    ],
)
def test_days_that_no_calendar_has(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        XsDateValue.parse(text)
    with pytest.raises(ValueError, match=reason):
        XsDateTimeValue.parse(f"{text}T00:00:00Z")


@pytest.mark.parametrize("text", ["2024-02-29", "2000-02-29", "12344-02-29", "-0004-02-29"])
def test_the_29th_of_february_of_leap_years(text: str) -> None:
    assert str(XsDateValue.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2025-01-01T24:00:00Z", "2025-01-02T00:00:00Z"),
        ("2024-12-31T24:00:00.00+01:00", "2025-01-01T00:00:00+01:00"),
        ("2024-02-28T24:00:00", "2024-02-29T00:00:00"),
        ("2023-02-28T24:00:00", "2023-03-01T00:00:00"),
        ("-0001-12-31T24:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T24:00:00Z", "10000-01-01T00:00:00Z"),
    ],
)
def test_24_00_00_is_the_next_day(text: str, same: str) -> None:
    assert XsDateTimeValue.parse(text) == XsDateTimeValue.parse(same)


@given(st.integers(-(10**7), 10**7), st.none() | st.integers(-840, 840))
def test_places_are_values_and_back(number: int, zone: int | None) -> None:
    value = XsDateTimeValue.at(Fraction(number * 3601, 7), zone)
    assert value.place == Fraction(number * 3601, 7)
    assert XsDateTimeValue.parse(str(XsDateTimeValue.at(number * 3601, zone))).place == number * 3601
    day = XsDateValue.at(number * 86400 - 60 * (zone or 0), zone)
    assert day is not None
    assert XsDateValue.parse(str(day)) == day


@given(st.dates(), st.integers(0, 86399))
def test_places_are_those_of_the_calendar(day: datetime.date, seconds: int) -> None:
    value = XsDateTimeValue(day.year, day.month, day.day, seconds, 0)
    assert value.place == (day.toordinal() - 1) * 86400 + seconds


def test_equal_instants_are_one_value_of_an_enumeration() -> None:
    listed = moments_equal_to(XsDateTimeValue.parse("2025-01-02T00:00:00Z"))
    for text in ("2025-01-01T24:00:00Z", "2025-01-02T01:00:00+01:00", "2025-01-01T10:00:00-14:00"):
        assert listed.contains(XsDateTimeValue.parse(text)), text
    for text in ("2025-01-02T00:00:00", "2025-01-02T00:00:00+01:00", "2025-01-02T00:00:00.001Z"):
        assert not listed.contains(XsDateTimeValue.parse(text)), text
    midnight = moments_equal_to(XsTimeValue.parse("24:00:00"))
    assert midnight == moments_equal_to(XsTimeValue.parse("00:00:00"))
    assert midnight.contains(XsTimeValue.parse("00:00:00"))
    assert not midnight.contains(XsTimeValue.parse("00:00:00Z"))
    # the example of Part 2, 3.2.9
    day = moments_equal_to(XsDateValue.parse("2002-10-10+13:00"))
    assert day.contains(XsDateValue.parse("2002-10-09-11:00"))


@pytest.mark.parametrize(
    ("bound", "facet", "inside", "outside"),
    [
        (
            "2025-01-02T00:00:00Z",
            "minInclusive",
            ["2025-01-02T00:00:00Z", "2025-01-02T01:00:00+01:00", "2025-01-02T14:00:01"],
            ["2025-01-02T00:59:59+01:00", "2025-01-02T00:00:00", "2025-01-02T14:00:00", "2025-01-01T14:00:00"],
        ),
        (
            "2025-01-02T00:00:00",
            "maxInclusive",
            ["2025-01-02T00:00:00", "2025-01-01T24:00:00", "2025-01-01T09:59:59Z"],
            ["2025-01-02T00:00:00.1", "2025-01-01T10:00:00Z", "2025-01-02T00:00:00Z"],
        ),
        ("2025-01-02T00:00:00Z", "minExclusive", ["2025-01-02T00:00:01Z"], ["2025-01-02T00:00:00Z"]),
        ("2025-01-02T00:00:00Z", "maxExclusive", ["2025-01-01T23:59:59Z"], ["2025-01-01T24:00:00Z"]),
    ],
)
def test_bounds_know_no_order_within_14_hours(bound: str, facet: str, inside: list[str], outside: list[str]) -> None:
    within = moments_within(XsDateTimeValue.parse(bound), facet)
    assert [text for text in inside if not within.contains(XsDateTimeValue.parse(text))] == []
    assert [text for text in outside if within.contains(XsDateTimeValue.parse(text))] == []


def test_differences_of_bounds_are_told_as_dates() -> None:
    old = moments_within(XsDateValue.parse("2030-12-31Z"), "maxInclusive")
    new = moments_within(XsDateValue.parse("2029-12-31Z"), "maxInclusive")
    assert [label for label, _ in old.difference_classes(new)] == ["after 2029-12-31Z", "after 2029-12-30"]
    assert new.difference_classes(old) == ()
    assert new.is_subset(old) is True
    assert xs_date().is_subset(old) is False
    assert new.describe() == ("xs:date with in a zone: up to 2029-12-31Z, without a zone: up to 2029-12-30")
    after = moments_within(XsDateValue.parse("2020-01-01"), "minExclusive").meet(xs_date(zone=null()))
    assert after == moments_within(XsDateValue.parse("2020-01-02"), "minInclusive").meet(xs_date(zone=null()))


def test_date_times_as_written() -> None:
    value = XsDateTimeValue.parse("3000-12-31T00:00:00.00Z")
    assert value == XsDateTimeValue(3000, 12, 31, 0, 0)
    assert str(value) == "3000-12-31T00:00:00Z"
    with pytest.raises(ValueError, match="is no xs:dateTime"):
        XsDateTimeValue.parse("3000-12-31 00:00:00Z")


@given(
    st.fractions(min_value=0, max_value=86399, max_denominator=1).flatmap(
        lambda s: st.sampled_from([s, s + Fraction(1, 4), s + Fraction(1, 1000)])
    ),
    st.none() | st.integers(-840, 840),
)
def test_what_is_written_is_read_back(seconds: Fraction, zone: int | None) -> None:
    value = XsTimeValue(seconds, zone)
    assert XsTimeValue.parse(str(value)) == value
    assert xs_time().contains(value)


def test_24_00_00_is_a_value_of_its_own() -> None:
    midnight, end = XsTimeValue.parse("00:00:00Z"), XsTimeValue.parse("24:00:00Z")
    assert midnight != end
    assert midnight.place == end.place
    before = xs_time(seconds=numbers(0, 86400, high_open=True))
    assert before.contains(midnight)
    assert not before.contains(end)
    assert xs_time().difference_classes(before) == (("24:00:00", XsTimeValue(86400, 0)),)


@pytest.mark.parametrize(
    ("carried", "classes"),
    [
        (
            xs_time(seconds=numbers(0, "86399.99", step="0.01"), zone=points([0])),
            [
                ("24:00:00", "24:00:00Z"),
                ("more than two decimals of a second", "00:00:00.001Z"),
                ("a zone offset", "00:00:00+01:00"),
                ("no zone", "00:00:00"),
            ],
        ),
        (
            xs_time(seconds=integers(61200, 79200), zone=null()),
            [
                ("a time below 17:00:00", "00:00:00"),
                ("24:00:00", "24:00:00"),
                ("a fraction of a second", "17:00:00.1"),
                ("a zone offset", "17:00:00+01:00"),
                ("zone Z", "17:00:00Z"),
            ],
        ),
    ],
)
def test_each_class_of_time_that_cannot_be_carried(carried: Domain, classes: list[tuple[str, str]]) -> None:
    found = [(label, print_value(example)) for label, example in xs_time().difference_classes(carried)]
    assert [label for label, _ in found] == [label for label, _ in classes]
    assert found[-2:] == classes[-2:]


def test_examples_of_dates_are_of_this_age() -> None:
    assert str(xs_date().witness()) == "2025-01-01Z"
    assert str(xs_date_time(year=integers(1999, 1999)).witness()) == "1999-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("domain", "words"),
    [
        (xs_time(), "any xs:time"),
        (xs_date_time(), "any xs:dateTime"),
        (xs_time(zone=points([0])), "xs:time with zone Z"),
        (xs_time(zone=null()), "xs:time with no zone"),
        (xs_time(zone=union(points([0]), null())), "xs:time with zone Z or no zone"),
        (xs_time(zone=integers(-840, 840)), "xs:time with a zone"),
        (
            xs_time(seconds=numbers(0, "86399.99", step="0.01"), zone=points([0])),
            "xs:time with 00:00:00 to 23:59:59.99 in steps of 0.01 s, zone Z",
        ),
        (xs_time(seconds=numbers(0, 86400, high_open=True)), "xs:time with 00:00:00 to 24:00:00 (not included)"),
        (xs_time(seconds=points([61200]), zone=points([0])), "17:00:00Z"),
        (xs_date(year=integers(2000, 2030)), "xs:date with year: whole numbers from 2000 to 2030"),
        (cosem_time(), "any COSEM time"),
        (cosem_time(hour=integers(0, 23)), "a COSEM time with hour: whole numbers from 0 to 23"),
        (cosem_time(hour=points([17]), minute=points([0]), second=points([0]), hundredths=points([0])), "17:00:00"),
    ],
)
def test_words(domain: Domain, words: str) -> None:
    assert domain.describe() == words
