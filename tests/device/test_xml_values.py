"""Literals of XML read as values of their type."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.documents.values import Reading, read_written
from gbcscheck.domains import XsDateTimeValue, XsDateValue, XsTimeValue
from gbcscheck.model import Specification, Statement
from gbcscheck.notation.canonical import parse_domain


def stated(attribute: str, domain: str | None, value: str | None = None, text: str | None = None) -> Statement:
    return Statement("/X", attribute, Specification("DUIS", "5.4"), "published", "", "", "", domain, value, text)


def judged(literal: str, domain: str | None, text: str | None = None, **by_attribute: Statement) -> Reading:
    return read_written(literal, {"permitted": stated("permitted", domain, text=text), **by_attribute})


def read(literal: str, domain: str, text: str | None = None) -> object:
    found = judged(literal, domain, text)
    assert found.permitted, found
    return found.value


@pytest.mark.parametrize(
    ("literal", "domain", "text", "value"),
    [
        (" 7 ", "0..10", "xs:unsignedInt", 7),
        ("+007", "0..10", "xs:unsignedInt", 7),
        ("7.50", "0..10 step 0.1", "xs:decimal", Fraction(15, 2)),
        ("7.", "0..10", "xs:decimal", 7),
        (".5", "0..10 step 0.1", "xs:decimal", Fraction(1, 2)),
        ("1", "boolean", "xs:boolean", True),
        ("false", "boolean", "xs:boolean", False),
        ("0aFF", "octets(2)", "xs:hexBinary", b"\x0a\xff"),
        ("", "octets", "xs:hexBinary", b""),
        ("ZGVm\n YXVsdA==", "octets", "xs:base64Binary", b"default"),
        (" ", '" " | "x"', None, " "),
        (" x ", '"x"', None, "x"),
        (" x ", "text(1..9)", "xs:string", " x "),
        ("17:00:00+00:00", "xs:time", None, XsTimeValue(61200, 0)),
        ("2024-02-29", "xs:date", None, XsDateValue(2024, 2, 29, None)),
    ],
)
def test_literals(literal: str, domain: str, text: str | None, value: object) -> None:
    found = read(literal, domain, text)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("literal", "domain", "text", "expected"),
    [
        ("7.0", "0..10", "xs:unsignedInt", "a whole number"),
        ("1_000", "int", "xs:integer", "a whole number"),
        ("１２", "int", "xs:integer", "a whole number"),
        ("\u00a05", "int", "xs:integer", "a whole number"),
        ("1_0.5", "decimal", "xs:decimal", "a decimal number"),
        ("YR==", "octets", "xs:base64Binary", "base64"),
        ("0000-01-01", "xs:date", None, "no year 0000"),
        ("", "0..10", "xs:unsignedInt", "a whole number"),
        ("1e3", "0..9999", "xs:decimal", "a decimal number"),
        ("٣", "0..10", "xs:unsignedInt", "a whole number"),
        ("1" * 401, "int", "xs:integer", "at most 400 digits"),
        ("yes", "boolean", "xs:boolean", "true, false, 1 or 0"),
        ("0a f", "octets", "xs:hexBinary", "hexadecimal"),
        ("abc", "octets", "xs:hexBinary", "hexadecimal"),
        ("ZGVm=YXVsdA", "octets", "xs:base64Binary", "base64"),
        ("ZGVm\x80YXVsdA==", "octets", "xs:base64Binary", "base64"),
        ("25:00:00Z", "xs:time", None, "xs:time"),
        ("24:00:01Z", "xs:time", None, "after 24:00:00"),
        ("2025-02-29", "xs:date", None, "month 2 of 2025 has no day 29"),
        ("2025-04-31T00:00:00Z", "xs:dateTime", None, "month 4 of 2025 has no day 31"),
    ],
)
def test_what_is_none(literal: str, domain: str, text: str | None, expected: str) -> None:
    found = judged(literal, domain, text)
    assert found.permitted is False
    assert expected in found.reason


@given(st.text(max_size=40), st.sampled_from(["int", "decimal", "boolean", "octets", "xs:time", "xs:date", "text"]))
def test_any_text_is_a_value_or_none(literal: str, domain: str) -> None:
    found = judged(literal, domain)
    if found.permitted:
        assert parse_domain(domain).contains(found.value)
    else:
        assert found.reason


@given(st.integers(-(10**30), 10**30))
def test_whole_numbers_are_read_as_they_are_written(number: int) -> None:
    assert read(str(number), "int", "xs:integer") == number


# --- by the form of the type -----------------------------------------------------------------------------------------


def test_blanks_count_as_the_type_says() -> None:
    listed = '"A B" | "C"'
    for words, inside, outside in (
        ("t:X (xs:string)", ["A B", "C"], [" C", "C ", "C\n", "A  B", "\u00a0C", "A\nB"]),
        ("t:X (xs:normalizedString)", ["A B", "A\nB", "C"], [" C", "C\n", "A  B"]),
        ("t:X (xs:token)", ["A B", " C", "C\n", "A  B", "A\n B", "\tC "], ["\u00a0C", "C\u2003", "A\u00a0B"]),
        ("t:X (xs:string, whiteSpace collapse)", ["C\n"], ["\u00a0C"]),
        ("xs:token", ["C\n"], ["\u00a0C"]),
    ):
        kind = stated("type", None, words.partition(" (")[0], words)
        found = {text: judged(text, listed, type=kind).permitted for text in (*inside, *outside)}
        assert found == {**dict.fromkeys(inside, True), **dict.fromkeys(outside, False)}, words


@pytest.mark.parametrize(
    ("words", "inside", "outside"),
    [
        (
            "xs:double",
            ["1", "-1.5e+3", ".5", "5.", "INF", "-INF", "NaN", " 1 "],
            ["+INF", "inf", "1e", "1_0", "１", ""],
        ),
        ("xs:float", ["1E5"], ["0x1"]),
        ("xs:duration", ["P1D", "-P1Y2M3DT4H5M6.7S", "PT0S"], ["P", "P1", "PT", "P1H", "P-1D", "1D"]),
        ("xs:gYear", ["2025", "-0001", "12025Z"], ["0000", "25", "02025", "2025+15:00"]),
        ("xs:gYearMonth", ["2025-02"], ["2025-13", "2025-2"]),
        ("xs:gMonthDay", ["--02-29", "--12-31Z"], ["--02-30", "--04-31", "-02-01"]),
        ("xs:gMonth", ["--01"], ["--13", "01"]),
        ("xs:gDay", ["---31"], ["---32", "31"]),
    ],
)
def test_types_without_a_set_of_values_have_a_form_all_the_same(
    words: str, inside: list[str], outside: list[str]
) -> None:
    kind = stated("type", None, words)
    assert {text: judged(text, None, type=kind).permitted for text in inside} == dict.fromkeys(inside)
    assert {text: judged(text, None, type=kind).permitted for text in outside} == dict.fromkeys(outside, False)


def test_lists_and_unions() -> None:
    kind = stated("type", None, "t:L", "t:L (list of xs:int)")
    several = "list(0..9, 1..3)"
    assert judged(" 1 +2\n3 ", several, type=kind).value == (1, 2, 3)
    assert [judged(text, several, type=kind).permitted for text in ("1 2", "", "1 2 3 4", "1 10")] == [
        True,
        False,
        False,
        False,
    ]
    assert "whole number" in judged("1,2", several, type=kind).reason
    either = stated("type", None, "t:U", "t:U (union of xs:unsignedByte and xs:string)")
    assert [judged(text, '0..255 | "off"', type=either).permitted for text in ("7", "off", "300", " off")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_pattern_on_a_number_is_about_what_is_written() -> None:
    kind, two = stated("type", None, "t:N", "t:N (xs:integer)"), stated("literals", 'text matching "0[0-9]"')
    assert judged("07", None, type=kind, literals=two).permitted is None
    assert judged(" 07\n", None, type=kind, literals=two).permitted is None
    refused = judged("7", None, type=kind, literals=two)
    assert (refused.permitted, refused.stated) == (False, two)


def test_bounds_hold_where_no_set_of_values_says_so() -> None:
    kind = stated("type", None, "t:N", "t:N (xs:int)")
    words = "xs:int, pattern [0-9]+, minInclusive 5, maxExclusive 100"
    found = {text: judged(text, None, words, type=kind).permitted for text in ("5", "99", "4", "100", "3000000000")}
    assert found == {"5": None, "99": None, "4": False, "100": False, "3000000000": False}
    assert "maxExclusive 100" in judged("100", None, words, type=kind).reason
    kind = stated("type", None, "t:D", "t:D (xs:decimal)")
    words = "xs:decimal, totalDigits 4, fractionDigits 2, maxInclusive 5000"
    assert [judged(text, None, words, type=kind).permitted for text in ("5000.0", "5000.1")] == [None, False]


def test_a_fixed_value_is_the_same_value_however_it_is_written() -> None:
    kind = stated("type", None, "xs:decimal")
    fixed = stated("constant", "1.5", text="1.5")
    assert judged("01.50", "decimal", type=kind, constant=fixed).permitted
    assert judged("1.6", "decimal", type=kind, constant=fixed).stated is fixed
    then = stated("constant", "xs:dateTime(year 2025, month 1, day 2, seconds 0, zone 0)", text="2025-01-02T00:00:00Z")
    kind = stated("type", None, "xs:dateTime")
    for text, same in (
        ("2025-01-01T24:00:00Z", True),
        ("2025-01-02T01:00:00+01:00", True),
        ("2025-01-02T00:00:00", False),
    ):
        assert judged(text, "xs:dateTime", type=kind, constant=then).permitted is same, text


def test_bounds_of_dates_and_times_are_kept() -> None:
    kind = stated("type", None, "t:D", "t:D (xs:dateTime)")
    until = XsDateTimeValue.parse("2030-01-01T00:00:00Z").place
    bounded = f"xs:dateTime(zoned ..{until} step any, unzoned ..<{until - 50400} step any)"
    for text, permitted in (
        ("2029-12-31T24:00:00Z", True),
        ("2030-01-01T01:00:00+01:00", True),
        ("2030-01-01T00:00:00", False),
        ("2030-01-01T00:00:00.1Z", False),
        ("2029-12-31T09:59:59", True),
    ):
        assert judged(text, bounded, type=kind).permitted is permitted, text
