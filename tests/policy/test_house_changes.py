"""What a change does to house rules: they ask for less, for more, or nobody can tell; and what holds when refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.evidence.house_rules import HouseRule, Related, Stated, Within, outside
from gbcscheck.model.rules import Rule
from gbcscheck.notation.canonical import parse_domain
from gbcscheck.policy.configuration import Configuration
from gbcscheck.policy.house_changes import house_changes

Asked = Within | Stated | Related


def sets(permitted: str = "", forbidden: str = "") -> Within:
    return Within(
        parse_domain(permitted) if permitted else None,
        parse_domain(forbidden) if forbidden else None,
    )


def related(relation: str, *domains: str, right: str = "B") -> Related:
    return Related("A", relation, right, *map(parse_domain, domains))


def house(asked: Asked, subject: str = "Sag*", severity: str = "warning", attribute: str = "value") -> HouseRule:
    rule = Rule("H1", "mine", "range", severity, "Is it so?")
    return HouseRule(rule, subject, attribute, asked, "Guide 4.2", "rules/mine.toml", 7)


def told(old: HouseRule, new: HouseRule) -> list[tuple[str, bool]]:
    return [(one.text.removeprefix("house rule H1 "), one.loosens) for one in house_changes([old], [new])[0]]


OLD = house(sets("1..9"))


def test_nothing_is_told_of_a_rule_in_another_place_and_in_other_words() -> None:
    moved = replace(OLD, path="rules/b.toml", line=99, title="ACME", source="5", rule=replace(OLD.rule, question="So?"))
    assert house_changes([OLD], [moved]) == ((), (moved,))
    assert told(OLD, house(sets("1..4 | 5..9"))) == []


@pytest.mark.parametrize(
    ("old", "new", "text", "loosens"),
    [
        (OLD, house(sets("1..9"), severity="note"), "is note instead of warning", True),
        (OLD, house(sets("1..9"), severity="error"), "is error instead of warning", False),
        (OLD, house(sets("1..9"), "SagT*"), 'is about "SagT*" instead of "Sag*"', True),
        (OLD, house(sets("1..9"), "S*"), 'is about "S*" instead of "Sag*"', False),
        (OLD, house(sets("1..9"), attribute="default"), "is about default instead of value", True),
        (OLD, house(sets("1..12")), 'asks "in 1..12" instead of "in 1..9", and 10 passes', True),
        (OLD, house(sets("2..9")), 'asks "in 2..9" instead of "in 1..9"', False),
        (OLD, house(sets("1..9", "5")), 'asks "in 1..9, not in 5" instead of "in 1..9"', False),
        (OLD, house(sets("", "0")), 'asks "not in 0" instead of "in 1..9"', True),
        (
            house(sets("", "0..3")),
            house(sets("", "0..2")),
            'asks "not in 0..2" instead of "not in 0..3", and 3 passes',
            True,
        ),
        (OLD, house(Stated(), attribute="value"), 'asks "stated" instead of "in 1..9"', True),
        (house(related("<=")), house(related("<")), 'asks "A < B" instead of "A <= B"', False),
        (house(related("<")), house(related("<=")), 'asks "A <= B" instead of "A < B"', True),
        (house(related("<")), house(related("<", right="C")), 'asks "A < C" instead of "A < B"', True),
        (
            house(related("implies", "1..5", "2")),
            house(related("implies", "1..4", "2")),
            'asks "A in 1..4 implies B in 2" instead of "A in 1..5 implies B in 2", and 5 passes',
            True,
        ),
        (
            house(related("implies", "1..5", "2..3")),
            house(related("implies", "1..6", "2")),
            'asks "A in 1..6 implies B in 2" instead of "A in 1..5 implies B in 2 | 3"',
            False,
        ),
    ],
)
def test_each_change_of_a_rule_is_told(old: HouseRule, new: HouseRule, text: str, loosens: bool) -> None:
    assert told(old, new) == [(text, loosens)]
    changes, in_force = house_changes([old], [new], refuse=True)
    assert [one.refused for one in changes] == [loosens]
    assert in_force == ((old,) if loosens else (new,))


def test_what_nobody_can_compare_counts_as_looser_and_says_so() -> None:
    old, new = (house(sets(rf'text matching "{pattern}"')) for pattern in (r"\\p{Lu}*", r"\\p{L}+x"))
    ((text, loosens),) = told(old, new)
    assert loosens
    assert text.endswith("whether it asks for as much as before cannot be told")


@pytest.mark.parametrize(
    ("wide", "narrow", "loosens"),
    [
        ("Sag*", "SagThreshold", False),
        (
            "*Threshold",
            "SagThreshold",
            True,
        ),  # the bare name stands for SagThreshold.value, which the pattern is not for
        ("*.value", "SagThreshold.value", False),
        ("*", "U1/*", True),
        ("U*/*", "U1/*", False),
        ("a[*].x", "a*.x", True),
        ("a*.x", "a[*].x", False),
    ],
)
def test_a_pattern_is_about_all_that_another_is_about(wide: str, narrow: str, loosens: bool) -> None:
    assert [one for _, one in told(house(sets("1"), narrow), house(sets("1"), wide))] == [loosens]


def test_a_rule_that_is_gone_and_one_that_is_new() -> None:
    other = replace(OLD, rule=replace(OLD.rule, code="H2"), line=9)
    changes, in_force = house_changes([OLD], [other], before="abc")
    assert [(one.text, one.where, one.loosens) for one in changes] == [
        ("house rule H1 is gone", "rules/mine.toml:7 (abc)", True),
        ("house rule H2 is new", "rules/mine.toml:9", False),
    ]
    assert in_force == (other,)
    assert house_changes([OLD], [other], refuse=True)[1] == (other, OLD)


@pytest.mark.parametrize(("new", "loosens"), [((), True), ((OLD,), False)])
def test_a_file_that_is_not_named_any_longer_loosens_where_rules_are_gone(
    new: tuple[HouseRule, ...], loosens: bool
) -> None:
    both = [
        Configuration(Path("gbcscheck.toml"), rules=rules, lines={"rules": 3}) for rules in (("a", "b"), ("b", "c"))
    ]
    told = [one for one in house_changes([OLD], new, (both[0], both[1]))[0] if one.where == "gbcscheck.toml:3"]
    assert [(one.text, one.loosens) for one in told] == [
        ('"a" is not among the rules any longer', loosens),
        ('"c" is among the rules now', False),
    ]


SETS = st.sets(st.integers(0, 6), min_size=1)


@given(SETS, SETS, st.integers(0, 6))
def test_what_counts_as_no_looser_lets_nothing_more_pass(old: set[int], new: set[int], value: int) -> None:
    was, now = (sets(" | ".join(map(str, sorted(one)))) for one in (old, new))
    if not any(one.loosens for one in house_changes([house(was)], [house(now)])[0]):
        readings = [parse_domain(str(value))]
        assert outside(readings, now) or not outside(readings, was)
