"""Parts of values: fields of dates and times, octets, bits."""

from __future__ import annotations

import pytest
from domain_strategies import cosem_sets
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import BitString, DateTimeValue, DateValue, NotExact, TimeValue, Value
from gbcscheck.domains.base import NoWitness
from gbcscheck.domains.conversion_base import BadConversion
from gbcscheck.domains.cosem import DATE_TIME_FIELDS
from gbcscheck.domains.parts import parse_part
from gbcscheck.notation.canonical import parse_domain


@pytest.mark.parametrize(
    ("part", "value", "found"),
    [
        ("month", bytes.fromhex("07DF0501FF"), 5),
        ("year", DateValue(0xFFFF, 12, 25, 0xFF), 0xFFFF),
        ("day", bytes.fromhex("07DE0A1BFF000000008000FF"), 27),
        ("minute", bytes.fromhex("091E0000"), 30),
        ("hour", TimeValue(9, 30, 0, 0), 9),
        ("octets 1..2", b"ABCD", b"AB"),
        ("octets 3..", b"ABCD", b"CD"),
        ("octet 4", b"ABCD", b"D"),
        ("bits 4..7", 0x31, 3),
        ("bits 0..7", b"\x01\x02", 2),
        ("bit 1", BitString("0100"), 1),
        ("bit 0", 2, 0),
    ],
)
def test_of_a_value(part: str, value: Value, found: Value) -> None:
    assert parse_part(part).of(value) == found


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("month", bytes.fromhex("091E0000")),
        ("hour", DateValue(2020, 1, 1, 255)),
        ("month", "2020-01-01"),
        ("octets 5..", b"ABCD"),
        ("octets 1..2", 7),
        ("bit 4", BitString("0100")),
        ("member", (1, 2)),
        ("bits 0..3", True),
        ("bits 0..3", -1),
    ],
)
def test_a_value_without_the_part(part: str, value: Value) -> None:
    with pytest.raises(NoWitness):
        parse_part(part).of(value)


@pytest.mark.parametrize(
    ("part", "domain", "found"),
    [
        ("month", "date-time(month 3 | 10)", "3 | 10"),
        ("month", "date(month 3) | date-time(month 4)", "3 | 4"),
        ("hour", "date", "none"),
        ("month", "octets(5)", "1..12 | 253..255"),
        ("minute", "octets(4)", "0..59 | 255"),
        ("octets 1..13", "octets(0..26)", "octets(1..13)"),
        ("octets 14..", "octets(0..26)", "octets(1..13)"),
        ("octets 1..13", "octets(26)", "octets(13)"),
        ("octets 3..", "octets(0..2)", "none"),
        ("octets 1..2", "0x414243 | 0x44", "0x44 | 0x4142"),
        ("bits 4..7", "0..255", "0..15"),
        ("bits 4..7", "0x31 | 0x32", "3"),
        ("member", "list(0..255, 1..3)", "0..255"),
    ],
)
def test_of_a_set(part: str, domain: str, found: str) -> None:
    assert str(parse_part(part).of_set(parse_domain(domain))) == found


def test_a_set_whose_parts_are_not_known() -> None:
    with pytest.raises(NotExact, match=r"bits 4\.\.7"):
        parse_part("bits 4..7").of_set(parse_domain("0..10010 step 7"))


@given(cosem_sets(), st.sampled_from(DATE_TIME_FIELDS))
def test_the_parts_of_members_are_parts_of_the_set(values: object, name: str) -> None:
    from gbcscheck.domains import Domain

    assert isinstance(values, Domain)
    field = parse_part(name)
    for member in values.members(20) or ():
        if isinstance(member, DateValue | TimeValue | DateTimeValue):
            try:
                found = field.of(member)
            except NoWitness:
                continue
            assert field.of_set(values).contains(found)


@pytest.mark.parametrize("text", ["", "months", "octets 0..3", "octets 4..2", "bits 3..", "octet", "bits 3..1"])
def test_what_names_no_part(text: str) -> None:
    with pytest.raises(BadConversion, match="is no part of a value"):
        parse_part(text)
