"""Patterns that Python's engine would try in ever more ways: the same answers, in a bounded time."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shares import examples

from gbcscheck.domains import texts
from gbcscheck.domains.patterns import BadPattern, compiled
from gbcscheck.domains.regular import Walked, bounded
from gbcscheck.limits import OverLimit, by_limits

NESTED = [
    "(a+)+b",
    "(a|a)*b",
    "(a|aa)+",
    "a*a*a*a*a*a*b",
    "([a-c]{1,9}){1,9}d",
    "(x?){40}x{40}",
    "((a*)*)*b",
    "(.*,)*x",
]


@pytest.mark.parametrize("pattern", NESTED)
@pytest.mark.parametrize("text", ["a" * 60 + "!", "a" * 60 + "b", "x" * 60, "a,b," * 20 + "x", ""])
def test_what_would_never_end_is_answered_in_a_moment(pattern: str, text: str) -> None:
    began = time.process_time()
    compiled(pattern).fullmatch(text)
    texts(patterns=[pattern]).contains(text)
    assert time.process_time() - began < 1


def test_the_answers_are_right() -> None:
    assert not compiled("(a+)+b").fullmatch("a" * 60)
    assert compiled("(a+)+b").fullmatch("a" * 60 + "b")
    assert compiled("(x?){40}x{40}").fullmatch("x" * 60)
    assert not compiled("(x?){40}x{40}").fullmatch("x" * 81)
    assert not compiled("((a{2}){3}){4}|(b+)+c").fullmatch("a" * 23)
    assert compiled("((a{2}){3}){4}|(b+)+c").fullmatch("a" * 24)


@pytest.mark.parametrize("pattern", ["[0-9]{4}", "[A-Z]{1,3}-[0-9]+", "(a|b)c?", r"(\d{1,3}\.){3}\d{1,3}", ".*"])
def test_a_plain_pattern_is_left_to_python(pattern: str) -> None:
    assert isinstance(compiled(pattern), re.Pattern)


ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", r"\d", ".", "[a-c]"])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}"])).map(
            lambda p: f"({p[0]}){p[1]}"
        ),
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda p: f"({p[0]}|{p[1]})"),
        inner.map(lambda one: f"(?={one}){one}"),
        inner.map(lambda one: f"(?!{one})."),
    ),
    max_leaves=6,
)


@settings(max_examples=examples(400))
@given(PATTERNS, st.text("abc1\n", max_size=9))
def test_both_engines_agree(pattern: str, text: str) -> None:
    expression, walked = re.compile(pattern), Walked.of(pattern)
    assert (walked.fullmatch(text) is not None) is (expression.fullmatch(text) is not None)
    assert (walked.match(text) is not None) is (expression.match(text) is not None)


@given(st.text("ab\n", max_size=4))
def test_anchors_mean_what_they_mean_in_python(text: str) -> None:
    for pattern in (r"^(?:(a|b)+)$", r"^(a|\n)*$(?!\n\Z)", r"\A(a*)*\Z"):
        assert (Walked.of(pattern).match(text) is not None) is (re.match(pattern, text) is not None)


def test_what_cannot_be_found_out_is_told_and_never_guessed() -> None:
    with by_limits({"pattern-steps": 1000}), pytest.raises(OverLimit, match="more than 1,000 steps in holding a text"):
        Walked.of("((a|b)*c?)*d").fullmatch("ab" * 1000)


def test_a_pattern_that_is_too_long_is_no_pattern() -> None:
    with pytest.raises(BadPattern, match="10,001 characters in a pattern of texts; at most 10,000"):
        texts(patterns=["[ab]" * 2500 + "c"])


def test_a_row_of_many_nodes_has_no_example_and_no_traceback() -> None:
    domain = texts(patterns=["[ab]" * 2000])
    assert domain.contains("ab" * 1000)
    assert domain.is_empty() in (None, False)


def test_the_engine_is_chosen_by_the_ways_through_a_pattern() -> None:
    assert isinstance(bounded(re.compile("(a+)+")), Walked)
    assert isinstance(bounded(re.compile(r"(a)\1")), re.Pattern)
