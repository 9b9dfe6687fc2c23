from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains.cosem import DateTimeValue, DateValue, TimeValue
from gbcscheck.domains.cosem_calendar import no_such_day
from gbcscheck.domains.cosem_words import AT_ONCE, CANCELLED, in_words

DATES = st.dates(min_value=date(1583, 1, 1))
NOON = TimeValue(12, 0, 0, 0xFF)


def at(day: DateValue, *, deviation: int = -0x8000) -> DateTimeValue:
    return DateTimeValue(day, NOON, deviation, 0xFF)


@given(DATES, st.booleans())
def test_every_day_of_the_calendar_is_one(day: date, has_weekday: bool) -> None:
    value = DateValue(day.year, day.month, day.day, day.isoweekday() if has_weekday else 0xFF)
    assert no_such_day(value) == no_such_day(at(value)) == ""


@given(DATES, st.integers(1, 7))
def test_a_day_of_the_week_is_that_of_its_date(day: date, weekday: int) -> None:
    assert (no_such_day(DateValue(day.year, day.month, day.day, weekday)) == "") == (weekday == day.isoweekday())


@given(st.integers(1, 9999), st.integers(1, 12), st.integers(1, 31))
def test_a_day_that_the_calendar_does_not_have_is_none(year: int, month: int, day: int) -> None:
    try:
        date(max(year, 1583), month, day)
        exists = True
    except ValueError:
        exists = False
    assert (no_such_day(DateValue(max(year, 1583), month, day, 0xFF)) == "") == exists


@pytest.mark.parametrize("month", [4, 6, 9, 11])
def test_short_months_have_30_days_in_any_year(month: int) -> None:
    assert no_such_day(DateValue(0xFFFF, month, 31, 0xFF)).endswith("has 30 days")
    assert no_such_day(DateValue(0xFFFF, month, 30, 0xFF)) == ""


def test_29_february_is_a_day_of_some_years() -> None:
    assert no_such_day(DateValue(0xFFFF, 2, 29, 0xFF)) == no_such_day(DateValue(2024, 2, 29, 0xFF)) == ""
    assert no_such_day(DateValue(0xFFFF, 2, 30, 0xFF)) == "February has 29 days"
    assert no_such_day(DateValue(1900, 2, 29, 0xFF)) == "February 1900 has 28 days"


def test_what_is_not_given_says_nothing_of_the_rest() -> None:
    for day in ("FFFF03FE07", "FFFFFD0107", "FFFF04FFFF", "FFFFFF1FFF", "07E8FF1F03", "FFFF071605"):
        assert no_such_day(DateValue.from_octets(bytes.fromhex(day))) == "", day


def test_zero_stands_in_the_time_that_means_at_once_alone() -> None:
    assert no_such_day(AT_ONCE) == no_such_day(CANCELLED) == ""
    assert no_such_day(at(DateValue(2024, 2, 0, 0xFF))) == "no day has the number 0"
    assert no_such_day(at(DateValue(2024, 0, 2, 0xFF))) == "no month has the number 0"
    assert no_such_day(at(DateValue(2024, 2, 2, 0))) == "no day of week has the number 0"


def test_a_deviation_is_that_of_a_zone() -> None:
    new_year = DateValue(2024, 1, 1, 0xFF)
    for deviation in (-0x8000, -720, 0, 840):
        assert no_such_day(at(new_year, deviation=deviation)) == ""
    for deviation in (-721, 841, 0x7FFF):
        assert no_such_day(at(new_year, deviation=deviation)).endswith(f"and this one {deviation}")


def test_other_values_name_no_day() -> None:
    assert no_such_day(NOON) == no_such_day(7) == ""


def test_the_last_weekday_of_a_month_in_words() -> None:
    words = {
        "FFFF03FE07": "the last Sunday of March of any year",
        "FFFF03FDFF": "the second last day of March of any year",
    }
    for octets, told in words.items():
        assert in_words(DateValue.from_octets(bytes.fromhex(octets))) == told
