"""Content models: words are matched as by regular expressions, languages compared as by all short words."""

from __future__ import annotations

import re

import pytest
from content_samples import LETTERS, MODELS, WORDS, pattern
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import content_languages
from gbcscheck.domains.content_languages import Missing, missing
from gbcscheck.domains.content_models import (
    INVALID,
    NO_CHILD,
    NO_WORD,
    UNDECLARED,
    VALID,
    Letter,
    Model,
    ModelChange,
    Named,
    Repeated,
    after_all,
    first,
    nullable,
    replaced,
    wildcard,
)
from gbcscheck.notation.content_model import parse_model, print_model


def takes(model: Model, word: str) -> bool:
    """Whether a model has a word of one-letter names."""
    return nullable(after_all(model, map(Letter, word)))


def words_of(found: Missing) -> str:
    """The word that a comparison found."""
    return "".join(letter.name for letter in found.word)


@given(MODELS)
def test_words_are_those_of_the_regular_expression(model: Model) -> None:
    expression = re.compile(pattern(model))
    assert [word for word in WORDS if takes(model, word)] == [word for word in WORDS if expression.fullmatch(word)]


@given(MODELS, MODELS)
def test_a_language_lacks_a_word_where_some_word_shows_it(one: Model, other: Model) -> None:
    found = missing(one, other)
    lacking = [word for word in WORDS if takes(one, word) and not takes(other, word)]
    if found.found:
        word = words_of(found)
        assert takes(one, word)
        assert not takes(other, word)
        assert not lacking or len(word) == len(lacking[0])
    else:
        assert found.found is False
        assert lacking == []


@given(MODELS, MODELS, st.sampled_from([(0, 0), (0, 1), (1, 1), (1, None), (2, 3)]))
def test_limits_keep_to_words_with_so_many_of_a_name(one: Model, other: Model, limit: tuple[int, int | None]) -> None:
    low, high = limit
    found = missing(one, other, {"A": limit})
    lacking = [
        word
        for word in WORDS
        if takes(one, word) and not takes(other, word) and low <= word.count("A") <= (high if high is not None else 99)
    ]
    if found.found:
        word = words_of(found)
        assert takes(one, word)
        assert not takes(other, word)
        assert low <= word.count("A")
        assert high is None or word.count("A") <= high
    else:
        assert lacking == []


@given(MODELS)
def test_the_first_letters_are_those_with_which_a_word_begins(model: Model) -> None:
    begun = {letter for letter in LETTERS if after_all(model, [Letter(letter)]) != NO_WORD}
    assert {leaf.name for leaf in first(model) if isinstance(leaf, Named)} == begun


@given(MODELS, st.sets(st.sampled_from(LETTERS)))
def test_what_is_forbidden_stands_in_no_word(model: Model, names: set[str]) -> None:
    forbidden = replaced(model, ModelChange(forbidden=names))
    expected = [word for word in WORDS if takes(model, word) and not names & set(word)]
    assert [word for word in WORDS if takes(forbidden, word)] == expected


@given(MODELS, st.sets(st.sampled_from(LETTERS)))
def test_what_is_erased_is_taken_out_of_each_word(model: Model, names: set[str]) -> None:
    erased = replaced(model, ModelChange(erased=names))
    for word in WORDS:
        if takes(model, word):
            assert takes(erased, "".join(letter for letter in word if letter not in names))


@given(MODELS)
def test_a_printed_model_is_read_back(model: Model) -> None:
    again = parse_model(print_model(model))
    assert [takes(again, word) for word in WORDS] == [takes(model, word) for word in WORDS]
    assert parse_model(print_model(again)) == again


def test_a_child_left_out_takes_the_groups_that_hold_nothing_else_with_it() -> None:
    change = ModelChange(without={"B"})
    for text, expected in (
        ("(A, B)", "(A)"),
        ("(A | B)", "(A)"),
        ("(A, (B | B+))", "(A)"),
        ("(A | (B, C))", "(A | C)"),
        ("(B)", "()"),
    ):
        assert replaced(parse_model(text), change) == parse_model(expected)


@pytest.mark.parametrize(
    ("process", "standings"),
    [("strict", {VALID}), ("lax", {VALID, UNDECLARED}), ("skip", {VALID, UNDECLARED, INVALID})],
)
def test_a_wildcard_takes_what_its_processing_lets_through(process: str, standings: set[str]) -> None:
    model = wildcard(["urn:a"], others=False, process=process)
    for standing in (VALID, UNDECLARED, INVALID):
        assert (after_all(model, [Letter("", "urn:a", standing)]) == NO_CHILD) == (standing in standings)
    assert after_all(model, [Letter("", "urn:b", VALID)]) == NO_WORD


@pytest.mark.parametrize(
    ("wide", "narrow", "lost"),
    [
        ("<any skip>", "<any lax>", True),
        ("<any lax>", "<any skip>", False),
        ("<not urn:t ##local lax>", "<any lax>", False),
        ("<any lax>", "<not urn:t ##local lax>", True),
        ("<urn:a urn:b lax>", "<urn:a lax>", True),
        ("<urn:a lax>", "<not urn:b lax>", False),
        ("<urn:b lax>", "<not urn:b lax>", True),
    ],
)
def test_wildcards_are_compared_by_namespaces_and_processing(wide: str, narrow: str, lost: bool) -> None:
    one, other = (parse_model(f"(A, {text}?)") for text in (wide, narrow))
    assert missing(one, other).found is lost


def test_a_wildcard_takes_named_elements_of_its_namespace() -> None:
    one, other = parse_model("(A)"), parse_model("(<urn:t lax>)")
    assert missing(one, other, None, {"A": "urn:t"}).found is False
    assert missing(one, other, None, {"A": "urn:o"}).found is True


def test_what_would_take_too_long_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"E{number}" for number in range(30)]
    one = parse_model(f"({' & '.join(f'{name}?' for name in names)})")
    other = parse_model(f"({' | '.join(names)}){{0..30}}")
    monkeypatch.setattr(content_languages, "MAX_PAIRS", 500)
    assert missing(one, other) == Missing(None)
    assert missing(one, one) == Missing(False)


def test_long_repetitions_are_compared_by_their_counts() -> None:
    one, other = parse_model("(A{0..2000}, B)"), parse_model("(A{0..2001}, B)")
    assert missing(one, other).found is False
    assert words_of(missing(other, one)) == "A" * 2001 + "B"
    assert isinstance(parse_model("(A{0..2000})"), Repeated)
