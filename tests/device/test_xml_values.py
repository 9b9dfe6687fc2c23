"""Literals of XML read as values of their type."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.documents.values import NotOfType, read_literal
from gbcscheck.domains import XsDateValue, XsTimeValue
from gbcscheck.model import Specification, Statement
from gbcscheck.notation.canonical import parse_domain


def read(literal: str, domain: str, text: str | None = None) -> object:
    stated = Statement("/X", "permitted", Specification("DUIS", "5.4"), "published", "", "", "", domain, None, text)
    return read_literal(literal, parse_domain(domain), stated)


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
        ("24:00:01Z", "xs:time", None, "xs:time"),
        ("2025-02-29", "xs:date", None, "month 2 of 2025 has no day 29"),
        ("2025-04-31T00:00:00Z", "xs:dateTime", None, "month 4 of 2025 has no day 31"),
    ],
)
def test_what_is_none(literal: str, domain: str, text: str | None, expected: str) -> None:
    with pytest.raises(NotOfType, match=expected):
        read(literal, domain, text)


@given(st.text(max_size=40), st.sampled_from(["int", "decimal", "boolean", "octets", "xs:time", "xs:date", "text"]))
def test_any_text_is_a_value_or_none(literal: str, domain: str) -> None:
    try:
        value = read(literal, domain)
    except NotOfType:
        return
    assert parse_domain(domain).contains(value)


@given(st.integers(-(10**30), 10**30))
def test_whole_numbers_are_read_as_they_are_written(number: int) -> None:
    assert read(str(number), "int", "xs:integer") == number
