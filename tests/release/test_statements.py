"""Statements made when they are asked for are those that the extracts state, in the same order, each one object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.model import Specification, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release
from gbcscheck.release.statements import Joined, Statements

names = st.sampled_from(["A", "B", "A/x", "B/x", "/p/q", ""])
rows = st.lists(
    st.builds(
        ExtractRow,
        names,
        st.sampled_from(["type", "default", "unit"]),
        st.none() | st.just("1"),
        st.none() | st.sampled_from(["v", 1, True, 1.0]),
        st.none(),
        st.sampled_from(["", "clause"]),
        st.sampled_from(["", "line 1", "line 2"]),
        st.none() | st.just("published"),
    ),
    max_size=8,
)
extracts = st.lists(
    st.builds(
        lambda name, given_rows, source: Extract(
            Specification(name, "1", "part"), "derived", tuple(given_rows), path=f"{name}.json", source_name=source
        ),
        st.sampled_from(["GBCS", "DUIS"]),
        rows,
        st.sampled_from(["", "draft.xlsx"]),
    ),
    max_size=4,
)


def release(given_extracts: Iterable[Extract]) -> Release:
    return Release("r", "", "", tuple(given_extracts), Crosswalk())


def stated(given_extracts: Iterable[Extract]) -> list[Statement]:
    """What some extracts state, those of one part together."""
    parts: dict[Specification, list[Statement]] = {}
    for extract in given_extracts:
        parts.setdefault(extract.specification, []).extend(extract.statements())
    return [statement for part in parts.values() for statement in part]


@given(extracts)
def test_the_catalogue_has_every_statement_by_subject_and_by_attribute(given_extracts: list[Extract]) -> None:
    expected = stated(given_extracts)
    subjects = list(dict.fromkeys(statement.subject for statement in expected))
    attributes = list(dict.fromkeys(statement.attribute for statement in expected))
    catalogue = Catalogue.of(release(given_extracts))
    assert len(catalogue.statements) == len(expected)
    assert list(catalogue.by_subject) == subjects
    assert list(catalogue.by_attribute) == attributes
    assert len(catalogue.by_subject) == len(subjects)
    assert len(catalogue.by_attribute) == len(attributes)
    for subject in subjects:
        about = tuple(statement for statement in expected if statement.subject == subject)
        assert subject in catalogue.by_subject
        assert catalogue.by_subject[subject] == catalogue.about(subject) == about
        for attribute in attributes:
            found = tuple(statement for statement in about if statement.attribute == attribute)
            assert catalogue.about(subject, attribute) == found
            assert catalogue.first(subject, attribute) == (found[0] if found else None)
    for attribute in attributes:
        found = tuple(statement for statement in expected if statement.attribute == attribute)
        assert catalogue.by_attribute[attribute] == found
    assert repr(tuple(catalogue.statements)) == repr(tuple(expected)), "1 is not True"
    for part, statements in catalogue.parts.items():
        assert list(statements) == [statement for statement in expected if statement.specification == part]
    assert catalogue.about("nobody") == ()
    assert "nobody" not in catalogue.by_subject
    with pytest.raises(KeyError):
        catalogue.by_attribute["nothing"]


@given(rows, st.booleans())
def test_a_statement_is_one_object_however_it_is_asked_for(given_rows: list[ExtractRow], all_first: bool) -> None:
    extract = Extract(Specification("GBCS", "1"), "derived", tuple(given_rows), path="own.json")
    statements = Statements(extract)
    if all_first:
        list(statements)
    one_by_one = [statements[index] for index in range(len(statements))]
    assert one_by_one == list(extract.statements())
    assert all(mine is theirs for mine, theirs in zip(one_by_one, statements, strict=True))
    assert statements[1:] == tuple(one_by_one[1:])
    assert [statements[-1]] == one_by_one[-1:] if given_rows else len(statements) == 0
    both = Joined([statements, Statements(replace(extract, path="other.json"))])
    assert [both[index] for index in range(len(both))] == list(both)
    assert both[2:] == tuple(both)[2:]
    with pytest.raises(IndexError):
        both[len(both)]


def test_releases_share_the_statements_of_an_extract() -> None:
    extract = Extract(Specification("GBCS", "1"), "derived", (ExtractRow("A", "unit", value="V"),), path="own.json")
    shared: dict[object, object] = {}
    one, other = (Catalogue.of(release([extract]), shared) for _ in range(2))  # type: ignore[arg-type]
    assert one.parts[extract.specification] is other.parts[extract.specification]
