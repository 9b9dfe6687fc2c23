"""What people write in tables of settings."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import Bits, BitString, Domain, TimeValue, union
from gbcscheck.notation import setting
from gbcscheck.notation.canonical import parse_domain
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.setting import Blank, Setting
from gbcscheck.notation.setting_builder import DAYS
from gbcscheck.notation.table_value import read_setting

SETTINGS: list[tuple[str, str, str]] = [
    # text, reading, domain in the canonical notation
    ("253 V", setting.QUANTITY, "253 V"),
    ("253V", setting.QUANTITY, "253 V"),
    ("30 min", setting.QUANTITY, "1800 s"),
    ("30 minutes", setting.QUANTITY, "1800 s"),
    ("1.5 kWh", setting.QUANTITY, "1500 Wh"),
    ("-5", setting.QUANTITY, "-5"),
    ("10 %", setting.QUANTITY, "10 %"),
    ("0x3", setting.QUANTITY, "3"),
    ("1 | 2 | 5", setting.CHOICE, "1 | 2 | 5"),
    ("1, 2 or 5 s", setting.CHOICE, "1 s | 2 s | 5 s"),
    ("0..1799 s", setting.RANGE, "0..1799 s"),
    ("0 - 1799 s", setting.RANGE, "0..1799 s"),
    ("0 s to 1799 s", setting.RANGE, "0..1799 s"),
    ("0 to 1.5", setting.RANGE, "0..1.5 step 0.1"),
    ("at least 5 V", setting.RANGE, "5.. V"),
    (">= 5 V", setting.RANGE, "5.. V"),
    ("up to 20 A", setting.RANGE, "..20 A"),
    ("> 5", setting.RANGE, "6.."),
    ("less than 5", setting.RANGE, "..4"),
    ("0x00 - 0xFF", setting.RANGE, "0..255"),
    ("Mon-Fri", setting.WEEK_DAYS, "0b1111100"),
    ("Monday to Friday", setting.WEEK_DAYS, "0b1111100"),
    ("weekdays", setting.WEEK_DAYS, "0b1111100"),
    ("daily", setting.WEEK_DAYS, "0b1111111"),
    ("every day", setting.WEEK_DAYS, "0b1111111"),
    ("weekends", setting.WEEK_DAYS, "0b0000011"),
    ("Sat, Sun and Mon", setting.WEEK_DAYS, "0b1000011"),
    ("Sat - Tue", setting.WEEK_DAYS, "0b1100011"),
    ("daily except Sundays", setting.WEEK_DAYS, "0b1111110"),
    ("16:00", setting.TIME_OF_DAY, "time(hour 16, minute 0, second 0, hundredths 0 | 255)"),
    ("midnight", setting.TIME_OF_DAY, "time(hour 0, minute 0, second 0, hundredths 0 | 255)"),
    ("16:00:30.25", setting.TIME_OF_DAY, "time(hour 16, minute 0, second 30, hundredths 25)"),
    ("16:00:30.2500", setting.TIME_OF_DAY, "time(hour 16, minute 0, second 30, hundredths 25)"),
    (
        "16:00-20:00",
        setting.PERIOD,
        "{start: time(hour 16, minute 0, second 0, hundredths 0 | 255),"
        " end: time(hour 20, minute 0, second 0, hundredths 0 | 255)}",
    ),
    ("2021-11-01", setting.DATE, "date(year 2021, month 11, day 1)"),
    ("1st November 2021", setting.DATE, "date(year 2021, month 11, day 1)"),
    ("29 Feb", setting.DATE, "date(year 65535, month 2, day 29)"),
    ("the end of February", setting.DATE, "date(year 65535, month 2, day 254)"),
    (
        "1 Nov to end Feb",
        setting.SEASON,
        "{start: date(year 65535, month 11, day 1), end: date(year 65535, month 2, day 254)}",
    ),
    (
        "2021-11-01T00:00Z",
        setting.DATE_TIME,
        "date-time(year 2021, month 11, day 1, hour 0, minute 0, second 0, hundredths 0 | 255, deviation -32768 | 0)",
    ),
    ("yes", setting.SWITCH, "true"),
    ("Off", setting.SWITCH, "false"),
    ("enabled or disabled", setting.SWITCH, "boolean"),
    ("0x000001FFFF", setting.OCTETS, "0x000001FFFF"),
    ("0x00 00 01 ff FF", setting.OCTETS, "0x000001FFFF"),
    ("0x", setting.OCTETS, "octets(0)"),
    ("0x01 or 0x02", setting.OCTETS, "0x01 | 0x02"),
    ("0b11111110", setting.BITS, "0b11111110"),
    ('"Unknown" | " "', setting.TEXT, '"Unknown" | " "'),
]


@pytest.mark.parametrize(("text", "reading", "domain"), SETTINGS)
def test_a_text_reads_as_its_setting(text: str, reading: str, domain: str) -> None:
    assert read_setting(text) == Setting(reading, parse_domain(domain))


@pytest.mark.parametrize("marker", ["", "NA", "N/A", "n/a", "-", "--", "–"])
def test_a_blank_cell_keeps_its_marker(marker: str) -> None:
    assert read_setting(f" {marker} ") == Blank(marker)


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("1,000", 0, "1000 or 1.000?"),
        ("01/11/2021", 0, "1 Nov or 11 Jan?"),
        ("16:60", 0, "the minute of a time of day is at most 59, not 60"),
        ("16:00-24:00", 6, "the day ends before 24:00"),
        ("about 5", 0, "near what is meant"),
        ("5 V approx", 0, "near what is meant"),
        ("30 Feb", 0, "the calendar has no such day"),
        ("29 Feb 2021", 0, "the calendar has no such day"),
        ("2021-13-01", 0, "the calendar has no such day"),
        ("2021-11-01T25:00", 0, "no such date and time"),
        ("1.5 Nov", 0, "expected a date"),
        ("Mon-Fry", 4, "not a setting"),
        ("Monfri", 0, "not a setting"),
        ("10..0 V", 4, "cannot end at 0"),
        ("0xFF - 0x00", 7, "cannot end at 0x00"),
        ("5 V to 10 A", 7, "one unit"),
        ("0x0G", 3, "not a setting"),
        ("unknown", 0, "not a setting"),
        ("12:00 to", 8, "ends too early"),
        ("yes or yes", 7, "not a setting"),
    ],
)
def test_a_near_miss_is_refused_at_its_place(text: str, place: int, problem: str) -> None:
    with pytest.raises(NotationError, match=problem) as caught:
        read_setting(text)
    assert caught.value.start == place


def test_the_unit_of_the_column_is_for_numbers_without_one() -> None:
    assert read_setting("30", "min") == read_setting("1800 s")
    assert read_setting("0..30", "min") == read_setting("0 to 30 min")
    assert read_setting("30 s", "min") == read_setting("30 s")
    with pytest.raises(NotationError, match="no unit of the same kind as min"):
        read_setting("30 V", "min")


@given(st.decimals(-1000, 1000, places=3), st.decimals(0, 1000, places=3))
def test_any_range_holds_its_ends_and_its_middle(low: Decimal, width: Decimal) -> None:
    setting = read_setting(f"{low} to {low + width}")
    assert isinstance(setting, Setting)
    for number in (low, low + width):
        assert setting.domain.contains(number)
    assert not setting.domain.contains(low - 1)


@given(st.sets(st.integers(0, 6), min_size=1))
def test_any_days_of_the_week_are_the_union_of_each(days: set[int]) -> None:
    names = [DAYS[day].capitalize() for day in sorted(days)]
    setting = read_setting(", ".join(names))
    assert isinstance(setting, Setting)
    assert setting.domain.contains(BitString("".join("1" if day in days else "0" for day in range(7))))
    assert isinstance(setting.domain, Bits)
    assert setting.domain.members() is not None


@given(st.times())
def test_any_time_of_day_is_the_time_that_a_meter_holds(time: datetime.time) -> None:
    setting = read_setting(time.strftime("%H:%M:%S"))
    assert isinstance(setting, Setting)
    assert setting.domain.contains(TimeValue(time.hour, time.minute, time.second, 0xFF))


def test_two_settings_of_one_kind_can_be_joined() -> None:
    first, second = read_setting("253 V"), read_setting("216 V")
    assert isinstance(first, Setting)
    assert isinstance(second, Setting)
    joined: Domain = union(first.domain, second.domain)
    assert read_setting("216 | 253 V") == Setting(setting.CHOICE, joined)


@pytest.mark.parametrize(
    ("text", "expected", "problem"),
    [
        ("207 V (1)", "quantity", "1 behind 207 V may be the mark of a footnote"),
        ("1 (Prepayment)", "", "1 and Prepayment: a number and a word for it"),
        ("0 = disabled", "", "0 and disabled: a number and a word for it"),
        ("600 s (900 s)", "", "600 s is not 900 s"),
        ("disabled", "quantity", "a switch and not a quantity"),
        ("off", "duration", "a switch and not a duration"),
    ],
)
def test_why_a_value_with_something_beside_it_is_none(text: str, expected: str, problem: str) -> None:
    with pytest.raises(NotationError, match=problem):
        read_setting(text, expected=expected)
