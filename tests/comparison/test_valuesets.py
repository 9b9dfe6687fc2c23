"""Two statements compared as sets of values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.comparison.valuesets import difference, only_the_unit, set_of
from gbcscheck.model import Specification, Statement
from gbcscheck.notation.canonical import parse_domain, print_domain


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0xFE", "0b11111110"),
        ("0b1111111", "0xFE"),
        ("0xFE", "0b1111111"),
        ("0b11111110", "0b1111111"),
        ("1 | 2 | 3", "1..3"),
        ('"A" | "B"', '"B" | "A"'),
        ("0..600 s", "0..600 s"),
        ("0x001E", "30"),
    ],
)
def test_another_notation_is_no_change(old: str, new: str) -> None:
    assert difference(parse_domain(old), parse_domain(new)).same


@pytest.mark.parametrize(
    ("old", "new", "change", "witness"),
    [
        ("0..10", "0..9", "narrowed", "10"),
        ("0..9", "0..10", "widened", "10"),
        ("0..10", "5..15", "moved", "4"),
        ("0..10", "text", "retyped", "0"),
        ('"A" | "B"', '"A"', "narrowed", '"B"'),
        ("any", "0..1", "narrowed", '""'),
        ("0b1111111", "0b1111100", "moved", "0b1111111"),
        ("0b11111111", "0b1111111", "moved", "0b11111111"),
    ],
)
def test_what_became_of_a_set(old: str, new: str, change: str, witness: str) -> None:
    found = difference(parse_domain(old), parse_domain(new))
    assert (found.change, found.witness) == (change, witness)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("0..10 s", "0..10 min", True),
        ("30 s", "30 min", True),
        ("0..10", "0..10 V", True),
        ("0..10 s", "0..11 s", False),
        ("60 s", "1 min", False),
        ('"5 s"', '"5 min"', False),
    ],
)
def test_the_same_numbers_in_another_unit(old: str, new: str, expected: bool) -> None:
    assert only_the_unit(old, new) is expected


def test_the_first_values_that_are_lost_and_gained_are_named() -> None:
    found = difference(parse_domain('"A" | "B"'), parse_domain('"A" | "C" | "D" | "E" | "F" | "G"'))
    assert (found.lost_words, found.gained_words) == ('"B"', '"C", "D", "E", "F" and 1 more')


def test_patterns_are_compared_as_languages() -> None:
    found = difference(parse_domain('text matching "[A-Z]{3}"'), parse_domain('text matching "[B-Z]{3}|A[A-Z]{2}"'))
    assert (found.lost, found.gained) == (True, False)
    same = difference(parse_domain('text matching "[A-Z]{3}"'), parse_domain('text matching "[A-Z][A-Z]{2}"'))
    assert same.same


def test_patterns_that_are_too_large_to_be_decided_are_unknown() -> None:
    large = parse_domain('text matching "(a{1,90}b?){1,90}"')
    found = difference(large, parse_domain('text matching "(a{1,90}b{0,1}){1,90}"'))
    assert (found.lost, found.gained) == (None, None)


def test_a_set_that_nobody_could_read_is_unknown() -> None:
    found = difference(None, parse_domain("1"))
    assert (found.lost, found.gained, found.witness) == (None, None, "")


def test_several_statements_are_their_union_and_a_fact_is_a_text() -> None:
    spec = Specification("GBCS", "1.0")

    def statement_of(domain: str | None = None, value: str | None = None) -> Statement:
        return Statement("X", "roles", spec, "synthetic", "", "x.json", "", domain, value)

    union = set_of([statement_of("1"), statement_of("2")])
    assert union is not None
    assert union == parse_domain("1 | 2")
    fact, none = set_of([statement_of(value="Other  User")]), set_of([statement_of(value="N/A")])
    assert fact is not None
    assert none is not None
    assert (print_domain(fact), print_domain(none)) == ('"Other User"', "none")
    assert set_of([statement_of()]) is None


@given(st.sets(st.integers(0, 20), min_size=1), st.sets(st.integers(0, 20), min_size=1))
def test_lost_and_gained_are_the_differences_of_the_sets(one: set[int], other: set[int]) -> None:
    old, new = (parse_domain(" | ".join(map(str, sorted(numbers)))) for numbers in (one, other))
    found = difference(old, new)
    assert (found.lost, found.gained) == (bool(one - other), bool(other - one))
    if found.witness:
        assert int(found.witness) in one ^ other
