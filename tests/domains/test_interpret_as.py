"""Raw cells read in the context of their type: octets, literals and numbers that say the same thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import (
    ANY,
    NONE,
    NULL,
    BitString,
    DateTimeValue,
    DateValue,
    Domain,
    NotExact,
    NotInterpretable,
    Quantity,
    RecordValue,
    TimeValue,
    Value,
    XsDateTimeValue,
    XsDateValue,
    XsTimeValue,
)
from gbcscheck.domains.interpret_as import interpret_as
from gbcscheck.domains.singletons import domain_of
from gbcscheck.notation.canonical import parse_domain


@pytest.mark.parametrize(
    ("raw", "to", "read"),
    [
        # one week in three notations: not a conflict
        ("0xFE", "bits(7)", "0b1111111"),
        ("0b11111110", "bits(7)", "0b1111111"),
        ("0b1111111", "bits(7)", "0b1111111"),
        ("0b11111000", "bits(7)", "0b1111100"),
        ("0b1111xxx0", "bits(7)", "0b1111xxx"),
        ("0b1010", "bits(7)", "0b1010"),
        ("0xFE", "bits(8)", "0b11111110"),
        ("0xFE", "bits(0..20)", "0b11111110"),
        ("0xFFFE", "bits(15)", "0b111111111111111"),
        ("octets(1)", "bits(7)", "bits(7)"),
        ("octets(1)", "bits(8)", "bits(8)"),
        ("octets(2)", "bits(0..20)", "bits(16)"),
        ("bits(7)", "bits(0..3)", "bits(7)"),
        # integers
        ("0x0E", "0..255", "14"),
        ("0x00000A8064FF", "0..", "176186623"),
        ("0x01 | 0x02", "0..255", "1 | 2"),
        ("0xFFFFFFFF", "-2147483648..2147483647", "-1"),
        ("0x7FFFFFFF", "-2147483648..2147483647", "2147483647"),
        ("0xFFFFFFFF", "0..4294967295", "4294967295"),
        ("0x0100", "0..255", "256"),
        ("0b00001001", "0..255", "9"),
        ("0b0000100x", "0..255", "8 | 9"),
        ("octets(1)", "0..65535", "0..255"),
        ("27", "octets(1)", "0x1B"),
        ("-1", "octets(2)", "0xFFFF"),
        ("0..255", "octets(1)", "octets(1)"),
        ("0..3", "octets(1)", "0x00 | 0x01 | 0x02 | 0x03"),
        ("300", "0..255", "300"),
        # TRUE is 0xFF on the wire and 0x01 in the templates: not a conflict
        ("0x01", "boolean", "true"),
        ("0xFF", "boolean", "true"),
        ("0x00", "boolean", "false"),
        ("0x00 | 0xFF", "boolean", "boolean"),
        ("1", "boolean", "true"),
        ("0b0", "boolean", "false"),
        # dates and times
        ("0x000001FFFF", "date", "date(year 0, month 1, day 255, weekday 255)"),
        ("0xFFFFFFFFFF", "date", "date(year 65535, month 255, day 255, weekday 255)"),
        ("0x11000000", "time", "time(hour 17, minute 0, second 0, hundredths 0)"),
        ("0x11000000 | 0x12000000", "time", "time(hour 17 | 18, minute 0, second 0, hundredths 0)"),
        (
            "0x0000000000000000008000FF",
            "date-time",
            "date-time(year 0, month 0, day 0, weekday 0, hour 0, minute 0, second 0, hundredths 0, "
            "deviation -32768, status 255)",
        ),
        ("octets(5)", "date", "date"),
        ("date(year 0, month 1, day 255, weekday 255)", "octets(5)", "0x000001FFFF"),
        # texts, as XML and JSON write values
        ('"17:00:00Z"', "xs:time", "xs:time(seconds 61200, zone 0)"),
        ('"2020-12-31Z"', "xs:date", "xs:date(year 2020, month 12, day 31, zone 0)"),
        ('"3000-12-31T00:00:00.00Z"', "xs:dateTime", "xs:dateTime(year 3000, month 12, day 31, seconds 0, zone 0)"),
        ('"5" | "7.50"', "decimal", "5 | 7.5"),
        ('"true" | "0"', "boolean", "boolean"),
        ('"AB"', "octets(2)", "0x4142"),
        ('"Café"', "octets(0..8)", "0x436166C3A9"),
        ('"2024-12-31T24:00:00Z"', "xs:dateTime", "xs:dateTime(year 2025, month 1, day 1, seconds 0, zone 0)"),
        # structures
        ("list(0x0E, 1..2)", "list(0..255)", "list(14, 1..2)"),
        ("list(none, 0)", "list(0..255)", "list(none, 0)"),
        ("{a: 0x01, b: 0xFE}", "{a: boolean, b: bits(7)}", "{a: true, b: 0b1111111}"),
        # choices
        ("0x0E", "0..255 | null", "14"),
        ("0x0E | null", "0..255 | null", "14 | null"),
        ("0xFE", "null | bits(7)", "0b1111111"),
        ("0xFFFF", "octets(2) | null", "0xFFFF"),
        # no constraint
        ("any", "0..255", "0..255"),
        ("none", "0..255", "none"),
        ("0x0E", "any", "0x0E"),
    ],
)
def test_read_as(raw: str, to: str, read: str) -> None:
    assert str(interpret_as(parse_domain(raw), parse_domain(to))) == read


@pytest.mark.parametrize(
    ("raw", "to", "reason"),
    [
        ("0xFF", "bits(7)", "a bit of the padding behind the first 7 bits is set"),
        ("0b11111111", "bits(7)", "padding"),
        ("0b1111xxxx", "bits(7)", "padding"),
        ("0b111111100", "bits(7)", "has 9 bits, 7 are there to be filled"),
        ("0xFE00", "bits(7)", "has 16 bits"),
        ("27", "bits(7)", "cannot be read as a bit string"),
        ("0x000001FF", "date", "5 octets"),
        ("octets(4)", "date", "5 octets"),
        ("0x18000000", "time", "a field has no legal value"),
        ("0x11000000 | 0x12010000", "time", "no box"),
        ("0x02", "boolean", "0x01 and 0xFF are true"),
        ("0x0001", "boolean", "0x01 and 0xFF are true"),
        ("5", "boolean", "0x01 and 0xFF are true"),
        ("bits(0)", "boolean", "0x01 and 0xFF are true"),
        ("300", "octets(1)", "cannot be read as 1 octet"),
        ("5", "octets(0..12)", "how many"),
        ("0..", "octets(1)", "only single values"),
        ('"25:00:00"', "xs:time", "cannot be read as an xs:time"),
        ('"2025-02-29Z"', "xs:date", "cannot be read as an xs:date"),
        ('"0000-01-01Z"', "xs:date", "cannot be read as an xs:date"),
        ('"2025-02-30T00:00:00Z"', "xs:dateTime", "cannot be read as an xs:dateTime"),
        ('"noon" | "17:00:00Z"', "xs:time", "cannot be read as an xs:time"),
        ('"1e5"', "decimal", "cannot be read as a number"),
        ('"\ud800"', "octets(3)", "surrogate"),
        ("text", "decimal", "only single values"),
        ("text", "octets(2)", "only single"),
        ('"A"', "bits(7)", "cannot be read as a bit string"),
        ("{a: 1}", "{b: int}", "fields"),
        ('"A"', "bits(7) | null", "cannot be read as 7 bits, or null"),
        ("0x0E", "none", "cannot be read as nothing"),
    ],
)
def test_what_cannot_be_read_says_why(raw: str, to: str, reason: str) -> None:
    with pytest.raises(NotInterpretable, match=reason):
        interpret_as(parse_domain(raw), parse_domain(to))


@given(st.integers(1, 24), st.data())
def test_padding_is_dropped_whatever_the_length(count: int, data: st.DataObject) -> None:
    literal = data.draw(st.text("01", min_size=count, max_size=count))
    to = parse_domain(f"bits({count})")
    packed = BitString(literal).octets()
    assert interpret_as(parse_domain(f"0x{packed.hex()}"), to) == domain_of(BitString(literal))
    padded = literal.ljust(len(packed) * 8, "0")
    assert interpret_as(parse_domain(f"0b{padded}"), to) == domain_of(BitString(literal))


@given(st.integers(1, 4), st.data())
def test_octets_and_integers_go_both_ways(count: int, data: st.DataObject) -> None:
    octets = data.draw(st.binary(min_size=count, max_size=count))
    whole = parse_domain(f"0..{256**count - 1}")
    number = interpret_as(domain_of(octets), whole)
    assert number.is_subset(whole) is True
    assert interpret_as(number, parse_domain(f"octets({count})")) == domain_of(octets)


@pytest.mark.parametrize(
    "value",
    [
        True,
        5,
        Quantity(5, "V"),
        "A",
        b"\x01",
        BitString("101"),
        NULL,
        (1, 1),
        (),
        RecordValue((("a", 1), ("b", "x"))),
        DateValue(0, 1, 255, 255),
        TimeValue(17, 0, 0, 0),
        DateTimeValue.from_octets(bytes(8) + b"\x00\x80\x00\xff"),
        XsTimeValue(61200, None),
        XsDateValue(2020, 1, 1, 0),
        XsDateTimeValue(2020, 1, 1, 86399, -60),
    ],
)
def test_the_set_of_one_value(value: Value) -> None:
    domain = domain_of(value)
    assert domain.members() == (value,)
    assert domain.witness() == value


def test_what_is_no_value() -> None:
    assert domain_of(TimeValue(24, 0, 0, 0)) is NONE
    with pytest.raises(TypeError):
        domain_of(object())
    with pytest.raises(NotExact):
        domain_of((1, "A"))


def test_conforming_twice_changes_nothing() -> None:
    week: Domain = parse_domain("bits(7)")
    once = interpret_as(parse_domain("0xFE"), week)
    assert interpret_as(once, week) == once
    assert interpret_as(ANY, ANY) is ANY
