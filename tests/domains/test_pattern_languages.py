"""Patterns compared as languages."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import Domain, Texts, texts
from gbcscheck.domains.pattern_languages import TooLarge, missing_text
from gbcscheck.domains.patterns import compiled


def missing(wide: Domain, narrow: Domain) -> str | None:
    assert isinstance(wide, Texts)
    assert isinstance(narrow, Texts)
    return missing_text(wide, narrow)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("[0-9]{2}", "[0-9][0-9]"),
        ("(ab|ac)d*", "a[bc]d*"),
        ("(a|b)*", "(a*b*)*"),
        (r"[\p{L}\p{M}\p{N}\p{S}]+", r"\w+"),
        (r"\d+", r"\p{Nd}\d*"),
        ("[a-z-[aeiou]]", "[b-df-hj-np-tv-z]"),
        (r".+", "[^\n\r]+"),
        ("a{2,4}", "aa(a(a)?)?"),
    ],
)
def test_the_same_language_in_other_words(one: str, other: str) -> None:
    first, second = texts(patterns=[one]), texts(patterns=[other])
    assert missing(first, second) is None
    assert missing(second, first) is None


@pytest.mark.parametrize(
    ("wide", "narrow", "text"),
    [
        ("[0-9]{1,4}", "[0-9]{1,3}", "0000"),
        ("[A-Z]+", "[A-Y]+", "Z"),
        (r"[0-9]+", r"\d+", None),
        (r"\d", "[0-9]", "\u0660"),
        (".*Z", ".*", None),
        (".*", ".*Z", ""),
        ("([0-9A-Fa-f]{2})*", "([0-9A-F]{2})*", "0a"),
    ],
)
def test_a_shortest_text_that_one_lacks(wide: str, narrow: str, text: str | None) -> None:
    assert missing(texts(patterns=[wide]), texts(patterns=[narrow])) == text


def test_lengths_and_several_patterns_count() -> None:
    assert missing(texts(0, 3, ["a*"]), texts(patterns=["a{0,3}"])) is None
    assert missing(texts(0, 4, ["a*"]), texts(patterns=["a{0,3}"])) == "aaaa"
    assert missing(texts(2, None, ["a*"]), texts(patterns=["aa+"])) is None
    assert missing(texts(patterns=["[a-c]+", "[b-d]+"]), texts(patterns=["[bc]+"])) is None
    assert missing(texts(), texts(patterns=["a+"])) == ""


def test_what_is_too_large_is_undecided() -> None:
    with pytest.raises(TooLarge):
        missing(texts(patterns=["(a{1,100}){1,100}"]), texts(patterns=["a+"]))


PATTERNS = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "[^a]", "."]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from("*+?")).map(lambda pair: f"({pair[0]}){pair[1]}"),
        inner.map(lambda one: f"({one}){{1,2}}"),
    ),
    max_leaves=5,
)
WORDS = ["".join(word) for length in range(5) for word in itertools.product("abc", repeat=length)]


@given(PATTERNS, PATTERNS)
def test_as_all_short_texts_say(one: str, other: str) -> None:
    wide, narrow = texts(patterns=[f"{one}[^b]?"]), texts(patterns=[f"{other}[^b]?"])
    one, other = f"{one}[^b]?", f"{other}[^b]?"
    found = missing(wide, narrow)
    lost = [word for word in WORDS if compiled(one).fullmatch(word) and not compiled(other).fullmatch(word)]
    if found is None:
        assert lost == []
    else:
        assert wide.contains(found)
        assert not narrow.contains(found)
        assert all(len(found) <= len(word) for word in lost)
