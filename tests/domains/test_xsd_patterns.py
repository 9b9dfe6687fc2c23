"""Regular expressions as XML Schema means them (Part 2, appendix F), where Python means something else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains.patterns import compiled


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        (r"\w", "é1Ⅷ²\u0301$+<", "_-. \u00a0"),
        (r"\W", "_-. ", "a$"),
        (r"\s", " \t\n\r", "\u00a0\u2003\x0b\u0085"),
        (r"\S", "\u00a0a\U0001f600", "\t "),
        (r"[\w-[\d]]", "a$", "1_"),
        (r"[^\s]", "\u00a0x", " \n"),
        (r"[\S]", "\u00a0x]!", " \n"),
        (r"[^\w]", " _", "a"),
        (r"[\s\d]", " 1", "a\u00a0"),
        (r"[\\\s]", "\\ ", "as"),
        (r"\d", "1１٣", "²½a"),
        (r"\D", "a²", "1"),
        (r"\i", "a:_é", "-1 "),
        (r"\c", "a-.1:", " "),
        (r".", "a\u2028\u0085", "\n\r"),
        (r"[.]", ".", "a"),
        (r"[a-z-[aeiou]]", "b", "a1"),
        (r"[\^$]", "^$", "a"),
        (r"[\-+]", "-+", "a"),
        (r"\p{Lu}", "AÉ", "a"),
        (r"\P{L}", "1", "a"),
        (r"\p{IsGreek}", "α", "a"),
        (r"\p{IsBasicLatin}", "a", "é"),
        (r"\P{IsBasicLatin}", "é", "a"),
    ],
)
def test_classes_of_characters(pattern: str, inside: str, outside: str) -> None:
    match = compiled(pattern).fullmatch
    assert [sign for sign in inside if not match(sign)] == []
    assert [sign for sign in outside if match(sign)] == []


@given(st.characters(exclude_categories=["Cs"]))
def test_words_are_all_but_punctuation_separators_and_controls(sign: str) -> None:
    of_a_word = unicodedata.category(sign)[0] not in "PZC"
    assert bool(compiled(r"\w").fullmatch(sign)) is of_a_word
    assert bool(compiled(r"[\w]").fullmatch(sign)) is of_a_word
    assert bool(compiled(r"[\W]").fullmatch(sign)) is not of_a_word


def test_anchors_are_characters_and_the_whole_text_has_to_match() -> None:
    assert compiled("^a$").fullmatch("^a$")
    assert not compiled("^a$").fullmatch("a")
    assert not compiled("[0-9]{2}").fullmatch("12\n")
    assert not compiled("a|b").fullmatch("ab")
