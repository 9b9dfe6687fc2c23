"""The laws of the algebra, for every kind of set and for mixtures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from domain_strategies import BY_KIND, DOMAINS, FRACTIONS, UNDECIDED
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import (
    ANY,
    NONE,
    NULL,
    BitString,
    DateValue,
    Domain,
    NotExact,
    NoWitness,
    Quantity,
    TimeValue,
    Undecided,
    Value,
    XsTimeValue,
    union,
)
from gbcscheck.notation.canonical import parse_by_grammar, parse_domain, print_domain, print_value

VALUES = st.one_of(
    FRACTIONS,
    FRACTIONS.map(lambda number: Quantity(number, "V")),
    st.text("A0é", max_size=3),
    st.text("01", max_size=3).map(BitString),
    st.binary(max_size=2),
    st.booleans(),
    st.just(NULL),
    st.lists(st.integers(-2, 8), max_size=3).map(tuple),
    st.just(TimeValue(17, 0, 0, 255)),
    st.just(DateValue(0, 0, 1, 255)),
    st.just(XsTimeValue(61200, 0)),
)

PAIRS = {kind: st.tuples(one, one) for kind, one in BY_KIND.items()}
PAIRS["undecided"] = st.tuples(UNDECIDED, UNDECIDED)
PAIRS["everything"] = st.tuples(DOMAINS, DOMAINS)


def of_each_kind(test: Callable[[str, st.DataObject], None]) -> Callable[..., None]:
    """Run a test for pairs of sets of each kind."""
    return pytest.mark.parametrize("kind", list(PAIRS))(given(data=st.data())(test))


@of_each_kind
def test_meet_is_the_intersection(kind: str, data: st.DataObject) -> None:
    one, two = data.draw(PAIRS[kind])
    three, _ = data.draw(PAIRS[kind])
    met = one.meet(two)
    assert met == two.meet(one)
    assert one.meet(one) == one
    assert met.meet(two) == met
    assert met.meet(three) == one.meet(two.meet(three))
    assert one.meet(ANY) == one
    assert one.meet(NONE) is NONE
    for value in [data.draw(VALUES), *_some(one), *_some(two), *_some(met)]:
        assert met.contains(value) == (one.contains(value) and two.contains(value))


@of_each_kind
def test_subset_is_meet_equals_and_equal_sets_are_equal(kind: str, data: st.DataObject) -> None:
    one, two = data.draw(PAIRS[kind])
    assert (one.is_subset(two) is True) == (one.meet(two) == one)
    assert one.meet(two).is_subset(one) is True
    assert NONE.is_subset(one) is True
    assert one.is_subset(ANY) is True
    both_ways = one.is_subset(two) is True and two.is_subset(one) is True
    assert both_ways == (one == two)
    if one == two:
        assert hash(one) == hash(two)


@of_each_kind
def test_a_witness_is_contained(kind: str, data: st.DataObject) -> None:
    one, _ = data.draw(PAIRS[kind])
    try:
        found = one.witness()
    except NoWitness:
        assert one.is_empty() is True
    except Undecided:
        assert one.is_empty() is None
    else:
        assert one.contains(found)
        assert one.is_empty() is False
        assert print_value(found)


@of_each_kind
def test_differences_are_in_one_and_not_in_the_other(kind: str, data: st.DataObject) -> None:
    one, two = data.draw(PAIRS[kind])
    classes = one.difference_classes(two)
    for label, example in classes:
        assert label
        assert one.contains(example), label
        assert not two.contains(example), label
    assert len({label for label, _ in classes}) == len(classes)
    found = one.difference_witness(two)
    if found is not None:
        assert one.contains(found)
        assert not two.contains(found)
        assert one.is_subset(two) is False
    elif one.exact and two.exact:
        assert one.is_subset(two) is True
    else:
        assert one.is_subset(two) is not False


@of_each_kind
def test_union_holds_what_either_holds(kind: str, data: st.DataObject) -> None:
    one, two = data.draw(PAIRS[kind])
    try:
        joined = union(one, two)
    except NotExact:
        return
    for value in [data.draw(VALUES), *_some(one), *_some(two), *_some(joined)]:
        assert joined.contains(value) == (one.contains(value) or two.contains(value))
    assert one.is_subset(joined) is not False
    assert union(two, one) == joined


@of_each_kind
def test_members_are_all_of_them(kind: str, data: st.DataObject) -> None:
    one, two = data.draw(PAIRS[kind])
    members = one.members(300)
    if members is None:
        return
    assert all(one.contains(member) for member in members)
    assert len(members) <= 300
    assert len({print_value(member) for member in members}) == len(members)
    assert (len(members) == 0) == (one is NONE)
    assert (one.is_subset(two) is True) == all(two.contains(member) for member in members)


@of_each_kind
def test_print_and_parse(kind: str, data: st.DataObject) -> None:
    one, _ = data.draw(PAIRS[kind])
    text = print_domain(one)
    assert parse_by_grammar(text) == one
    assert parse_domain(text) == one
    assert print_domain(parse_domain(text)) == text
    assert str(one) == text
    assert one.describe()


def _some(domain: Domain) -> list[Value]:
    try:
        return [domain.witness()]
    except (NoWitness, Undecided):
        return []
