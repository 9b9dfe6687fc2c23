"""What octets and bits mean in words, and words of people that mean days of the week."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import gbcscheck.domains
from gbcscheck.domains import (
    BitString,
    DateValue,
    Domain,
    Value,
    bits,
    bits_of,
    cosem_date,
    integers,
    octets,
    octets_of,
    text_set,
)
from gbcscheck.domains.cosem_words import in_words, parse_weekdays
from gbcscheck.domains.encoding_words import describe_as


def _octets(text: str) -> Domain:
    return octets_of(bytes.fromhex(text))


@pytest.mark.parametrize(
    ("what", "encoding", "words"),
    [
        (_octets("FE"), "weekdays", "every day"),
        (bits_of("11111110"), "weekdays", "every day"),
        (bits_of("1111111"), "weekdays", "every day"),
        (bits_of("11111000"), "weekdays", "Monday to Friday"),
        (bits_of("0000011"), "weekdays", "Saturday and Sunday"),
        (bits_of("1010001"), "weekdays", "Monday, Wednesday and Sunday"),
        (bits_of("0010000"), "weekdays", "Wednesday"),
        (bits_of("0000000"), "weekdays", "no day"),
        (BitString("1111100"), "weekdays", "Monday to Friday"),
        (bits(7, 7), "weekdays", "7 bits"),
        (bits_of("11111111"), "weekdays", "0b11111111"),
        (_octets("000001FFFF"), "date", "January of year 0, any day"),
        (_octets("FFFFFFFFFF"), "date", "any date"),
        (_octets("07E40301FF"), "date", "1 March 2020"),
        (_octets("07E4030107"), "date", "1 March 2020, Sunday"),
        (_octets("FFFF0C19FF"), "date", "25 December of any year"),
        (_octets("07E4FEFEFF"), "date", "the last day of the month in which summer time begins of year 2020"),
        (
            _octets("FFFFFDFD07"),
            "date",
            "the second last Sunday of the month in which summer time ends of any year",
        ),
        (_octets("FFFFFFFF01"), "date", "every Monday of any month"),
        (_octets("07E4FF01FF"), "date", "day 1 of any month of 2020"),
        (_octets("07E401E0FF"), "date", "0x07E401E0FF"),
        (_octets("0000"), "date", "0x0000"),
        (octets(5, 5), "date", "5 octets"),
        (cosem_date(), "date", "any COSEM date"),
        (bytes.fromhex("11000000"), "time", "17:00:00"),
        (bytes.fromhex("110000FF"), "time", "17:00:00"),
        (bytes.fromhex("11000019"), "time", "17:00:00.25"),
        (bytes.fromhex("FFFFFFFF"), "time", "any time"),
        (bytes.fromhex("FF1E00FF"), "time", "any hour, minute 30, second 0"),
        (_octets("0000000000000000008000FF"), "date-time", "at once"),
        (_octets("FFFFFFFFFFFFFFFFFF8000FF"), "date-time", "cancelled"),
        (_octets("07E40301FF110000008000FF"), "date-time", "1 March 2020, 17:00:00"),
        (
            _octets("07E40301FF11000000003C80"),
            "date-time",
            "1 March 2020, 17:00:00, deviation 60 min, clock status 0x80",
        ),
        (integers(0, 5), "date", "whole numbers from 0 to 5"),
        (text_set(["A"]), "weekdays", '"A"'),
        (5, "something else", "5"),
        (integers(0, 5), "", "whole numbers from 0 to 5"),
        ((1, "A"), "date", '[1, "A"]'),
    ],
)
def test_words(what: Domain | Value, encoding: str, words: str) -> None:
    assert describe_as(what, encoding) == words


def test_a_day_of_the_week_beyond_sunday_is_a_number() -> None:
    assert in_words(DateValue(2020, 3, 1, 9)) == "1 March 2020, day of week 9"
    assert in_words(5) == "5"


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("Mon-Fri", "1111100"),
        ("Monday to Friday", "1111100"),
        ("MON – FRI", "1111100"),
        ("weekdays", "1111100"),
        ("Weekends", "0000011"),
        ("daily", "1111111"),
        ("Every  day.", "1111111"),
        ("Mon, Wed & Fri", "1010100"),
        ("Mondays and Tuesdays", "1100000"),
        ("Sat/Sun", "0000011"),
        ("Fri-Mon", "1000111"),
        ("Thurs", "0001000"),
        ("Tues to Thur, Sun", "0111001"),
        ("weekdays and Sat", "1111110"),
        ("Mon..Sun", "1111111"),
        ("wednesday", "0010000"),
    ],
)
def test_days_as_people_write_them(text: str, week: str) -> None:
    assert parse_weekdays(text) == bits_of(week)


@pytest.mark.parametrize(
    "text", ["", "16:00-20:00", "monthly", "Mo", "Mon-", "Mon-Tue-Wed", "month", "wed nesday", "NA", "sunset"]
)
def test_what_names_no_days(text: str) -> None:
    assert parse_weekdays(text) is None


@pytest.mark.parametrize("module", [one.name for one in pkgutil.iter_modules(gbcscheck.domains.__path__)])
def test_examples_in_the_docstrings(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"gbcscheck.domains.{module}")).failed == 0
