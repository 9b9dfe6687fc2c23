"""One word, clause, member or number of a text put right, and the rest as it stands."""

from __future__ import annotations

import pytest

from gbcscheck.proposals.mended_text import (
    with_clause,
    with_near_member,
    with_near_word,
    with_number,
    with_word,
    without_one,
)


@pytest.mark.parametrize(
    ("text", "other", "new"),
    [
        ("ECS68 Critical Sensitve Alert", "Critical Sensitive Alert", "ECS68 Critical Sensitive Alert"),
        ("Critical Sensitve Alert", "ECS68 Critical Sensitive Alert", "Critical Sensitive Alert"),
        ("Conersion Factor: value", "GCS21a/Conversion Factor.value", "Conversion Factor: value"),
        ("Set the Clock", "Read the Clock", ""),
        ("Sensitve Aler of it", "Sensitive Alert of it", ""),
    ],
)
def test_one_misspelt_word_is_put_right_in_the_text_that_stands_there(text: str, other: str, new: str) -> None:
    assert with_word(text, other) == new


@pytest.mark.parametrize(
    ("text", "other", "new"),
    [
        ("SMETS 4.6.5.3\n5.7.5.10 / 5.13.2.391", "SMETS 5.7.5.10 / 5.13.2.3", "SMETS 4.6.5.3\n5.7.5.10 / 5.13.2.3"),
        ("SMETS 4.6.4.3091", "SMETS 4.6.4.30; SMETS 5.7.4.48", "SMETS 4.6.4.30"),
        ("SMETS 4.6.4.30", "SMETS 5.7.4.48", ""),
        ("SMETS 4.6.4.30", "SMETS 4.6.4.30; SMETS 5.7.4.48", ""),
    ],
)  # fmt: skip
def test_one_clause_is_put_right_and_no_other_is_taken_over(text: str, other: str, new: str) -> None:
    assert with_clause(text, other) == new


@pytest.mark.parametrize(
    ("text", "word", "new"),
    [("IS, GSX", "GS", "IS, GS"), ("IS, GS", "GS", ""), ("GSX", "GS", ""), ("IS, ED", "GS", "")],
)
def test_the_word_of_a_list_that_is_nearly_the_one_asked_for_is_put_right(text: str, word: str, new: str) -> None:
    assert with_near_word(text, word) == new


def test_numbers_are_written_as_they_stand() -> None:
    assert list(with_number("Change Debt : 0x82", 2)) == ["Change Debt : 0x02"]
    assert list(with_number("0b0011", 9)) == ["0b1001"]
    assert list(with_number("6", 6)) == []
    assert list(with_number("SMETS 5.7", 1)) == []


def test_a_list_loses_each_of_its_members_in_turn() -> None:
    assert list(without_one("IS, GS, ED")) == ["GS, ED", "IS, ED", "IS, GS"]
    assert list(without_one("Supplier\nNetwork Operator")) == ["Network Operator", "Supplier"]
    assert list(without_one("IS")) == []


@pytest.mark.parametrize(
    ("text", "member", "mended"),
    [
        ("Network Operator, Acess Control Broker", "Access Control Broker", "Network Operator, Access Control Broker"),
        ("Acess Control Broker\nSupplier", "Access Control Broker", "Access Control Broker\nSupplier"),
        ("Acess Control Broker", "Access Control Broker", ""),
        ("Network Operator, Access Control Broker", "Access Control Broker", ""),
        ("Network Operator, Supplier", "Access Control Broker", ""),
    ],
)
def test_a_member_of_several_words_is_put_right_and_the_others_stay(text: str, member: str, mended: str) -> None:
    assert with_near_member(text, member) == mended
