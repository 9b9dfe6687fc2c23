"""What could be written in a cell after what another says: in the words and in the form of the cell itself."""

from __future__ import annotations

import pytest

from gbcscheck.model import Specification, Statement
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.mended_text import with_clause, with_near_word, with_word
from gbcscheck.proposals.renaming import _called
from gbcscheck.proposals.replacing import Replacement
from gbcscheck.proposals.search import Way, _rewrites_a_row

SPEC = Specification("GBCS", "4.0", "use cases")


def _statement(source: str, attribute: str, value: str) -> Statement:
    return Statement("ECS01/Item", attribute, SPEC, "published", "ECS01", "uc.xlsx", source, None, value)


def _candidate(source: str, attribute: str, subject: str = "ECS01/Item") -> Candidate:
    return Candidate((Replacement(_statement(source, attribute, "a"), subject, None, "b", "b"),), (), ())


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


def test_the_name_of_a_row_follows_what_the_row_is_about() -> None:
    misspelt = _statement("ZCL!D90", "name", "ConersionFactor: value")
    found = _called("GCS21a/ConversionFactor.value")(misspelt)
    assert found is not None
    assert (found.subject, found.value) == ("GCS21a/ConversionFactor.value", "ConversionFactor: value")
    assert _called("GCS21a/ConversionFactor.value")(misspelt._replace(attribute="type")) is None


def test_several_columns_of_one_row_are_no_clear_way_out() -> None:
    kind, number = _candidate("DLMS!J445", "type"), _candidate("DLMS!F445", "object")
    assert _rewrites_a_row(Way((kind, number), frozenset({0})))
    assert not _rewrites_a_row(Way((kind, _candidate("DLMS!J446", "type")), frozenset({0})))
    assert not _rewrites_a_row(Way((kind,), frozenset({0})))
