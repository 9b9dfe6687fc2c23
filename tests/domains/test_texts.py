"""Sets of texts: lists, lengths and patterns, and what is decided about patterns and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import NONE, Domain, NotExact, Texts, Undecided, text_set, texts, union
from gbcscheck.domains.patterns import BadPattern, compiled, examples, widths


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (texts(0, 0), text_set([""])),
        (texts(patterns=["gbcs|dlms"]), text_set(["dlms", "gbcs"])),
        (texts(1, 4, ["gbcs|dlms|zigbeePlain"]), text_set(["gbcs", "dlms"])),
        (texts(patterns=["[0-9]{20}"]), texts(20, 20, ["[0-9]{20}"])),
        (texts(patterns=["[0-9]{20}"]).meet(texts(0, 20)), texts(patterns=["[0-9]{20}"])),
        (texts(5, 4), NONE),
        (texts(0, 3, ["[0-9]{4}"]), NONE),
        (texts(0, 20).meet(texts(10)), texts(10, 20)),
        (union(texts(1, 5), text_set([""])), texts(0, 5)),
        (union(texts(0, 5), texts(6, 9)), texts(0, 9)),
        (union(text_set(["B"]), text_set(["A"]), text_set(["A"])), text_set(["A", "B"])),
    ],
)
def test_equal_sets_are_equal(one: Domain, two: Domain) -> None:
    assert one == two


def test_a_list_against_a_pattern_is_decided_by_matching() -> None:
    digits = texts(patterns=["[0-9]+"])
    assert text_set(["1", "22"]).is_subset(digits) is True
    assert text_set(["1", "A"]).is_subset(digits) is False
    assert text_set(["1", "A"]).meet(digits) == text_set(["1"])
    assert text_set(["1", "A"]).difference_classes(digits) == (('not matching "[0-9]+"', "A"),)
    assert digits.difference_witness(text_set(["1", "22"])) is not None


def test_a_single_space_is_a_value() -> None:
    space = text_set([" "])
    assert space.meet(text_set([""])) is NONE
    assert space.contains(" ")
    assert space.is_subset(texts(1)) is True


def test_two_patterns_that_nobody_can_compare_are_unknown() -> None:
    one, two = texts(patterns=["(ab)*c"]), texts(patterns=["(ab)*d"])
    both = one.meet(two)
    assert both.is_empty() is None
    with pytest.raises(Undecided):
        both.witness()
    same = texts(patterns=["[0-9]+"])
    other = texts(patterns=[r"\d+"])
    assert same.is_subset(other) is None
    assert same.difference_witness(other) is None
    assert both.is_subset(one) is True
    assert same.is_subset(texts(1)) is True


def test_a_proven_difference_of_patterns_is_reported() -> None:
    letters, digits = texts(patterns=["[A-Z]+"]), texts(patterns=["[0-9]+"])
    assert letters.is_subset(digits) is False
    found = letters.difference_witness(digits)
    assert letters.contains(found)
    assert not digits.contains(found)


@pytest.mark.parametrize(
    ("one", "two", "labels"),
    [
        (texts(1, 30), texts(1, 20), ["longer than 20 characters"]),
        (texts(0, 20), texts(1, 20), ["shorter than 1 character"]),
        (
            texts(0, 30),
            texts(1, 20, ["[ -~]+"]),
            ["longer than 20 characters", "shorter than 1 character", 'not matching "[ -~]+"'],
        ),
        (text_set(["A", "B", "C", "D", "E"]), text_set(["A"]), ['not in the list: "B", "C", "D" and 1 more']),
        (text_set(["A", "BB"]), texts(2, 3), ["shorter than 2 characters"]),
        (texts(), text_set(["A", "0", " ", "a", "é", "\n", "\u0100"]), ["not in the list"]),
        (texts(1, 1), text_set(["A", "0", " ", "a", "é", "\n", "\u0100"]), ["not in the list"]),
    ],
)
def test_classes_of_texts_that_are_lacking(one: Domain, two: Domain, labels: list[str]) -> None:
    classes = one.difference_classes(two)
    assert [label for label, _ in classes] == labels
    for _, example in classes:
        assert one.contains(example)
        assert not two.contains(example)


def test_lengths_of_ten_million_are_no_trouble() -> None:
    long = texts(0, 10_240_000)
    assert long.is_subset(texts(0, 72_000)) is False
    found = long.difference_witness(texts(0, 72_000))
    assert isinstance(found, str)
    assert len(found) == 72_001


def test_lengths_beyond_showing_have_no_witness() -> None:
    huge = texts(1 << 40)
    assert huge.is_empty() is False
    with pytest.raises(Undecided):
        huge.witness()


@pytest.mark.parametrize("pattern", ["[a", "a++", "a*?", "(?=a)b", "(", "a{2,1}", "[b-a]", "x{99999999999}"])
def test_what_is_no_pattern_of_xml_schema_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        texts(patterns=[pattern])


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("a^b", "a^b", "ab"),
        ("a$", "a$", "a"),
        ("a.c", "abc", "a\rc"),
        ("[a-z-[aeiou]]", "b", "a"),
        (r"\i\c*", "_a-b", "-a"),
        (r"\d", "5", "A"),
        ("[ -~]+", "Aé"[:1], "é"),
        ("[^0-9]", "A", "5"),
    ],
)
def test_patterns_mean_what_xml_schema_says(pattern: str, matching: str, other: str) -> None:
    domain = texts(patterns=[pattern])
    assert domain.contains(matching)
    assert not domain.contains(other)


def test_patterns_match_whole_texts_only() -> None:
    assert not texts(patterns=["[0-9]+"]).contains("1\n")
    assert not texts(patterns=["[0-9]+"]).contains("a1")


PIECES = st.sampled_from(["a", "[0-9]", "[A-F]{2}", "(b|cd)", "x?", "y*", r"\.", "[^q]", "z{1,3}"])


@given(st.lists(PIECES, min_size=1, max_size=4).map("".join), st.integers(0, 12))
def test_examples_match_and_lie_within_the_widths(pattern: str, length: int) -> None:
    found = examples(pattern, length)
    low, high = widths(pattern)
    assert found
    for text in found:
        assert compiled(pattern).fullmatch(text)
        assert low <= len(text)
        assert high is None or len(text) <= high


def test_repeats_of_repeats_make_no_endless_example() -> None:
    endless = texts(patterns=["((a{4000}){4000}){4000}"])
    assert endless.is_empty() is None
    assert endless.is_subset(texts(1)) is True


def test_a_union_of_other_shapes_is_refused() -> None:
    with pytest.raises(NotExact):
        union(texts(5, 9), text_set(["A"]))


def test_large_enumerations_are_quick() -> None:
    many = [text_set([f"state {n}"]) for n in range(3000)]
    joined = union(*many)
    assert isinstance(joined, Texts)
    assert len(joined.listed or ()) == 3000
