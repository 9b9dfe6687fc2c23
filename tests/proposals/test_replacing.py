"""Statements replaced in memory are those of a document that says otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.model import Specification, Statement
from gbcscheck.proposals.replacing import Bench, Replacement, column_of, row_of
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release

SPEC = Specification("Part", "1", "sheet")
ROWS = (
    ExtractRow("U1/Item", "type", "0..255", text="unsigned", clause="U1, row 7", source="A!C7"),
    ExtractRow("U1/Item", "constant", "3", text="3", clause="U1, row 7", source="A!D7"),
    ExtractRow("U2/Item", "constant", "4", text="4", clause="U2, row 8", source="A!D8"),
    ExtractRow("U1/Item #2", "constant", "5", text="5", clause="U1, row 9", source="A!D9"),
)


@pytest.fixture
def bench() -> Bench:
    extract = Extract(SPEC, "published", ROWS, source_name="part.xlsx", path="part.json")
    return Bench([Release("own", "", "", (extract,), Crosswalk())])


def _rows(catalogue: Catalogue) -> list[ExtractRow]:
    (extract,) = catalogue.release.extracts
    return list(extract.rows)


def _statement(bench: Bench, subject: str, attribute: str) -> Statement:
    found = bench.catalogues[0].first(subject, attribute)
    assert found is not None
    return found


def test_another_text_is_all_that_changes(bench: Bench) -> None:
    fixed = _statement(bench, "U2/Item", "constant")
    (changed,) = bench.with_replaced([Replacement(fixed, fixed.subject, "9", None, "nine")])
    assert _rows(changed) == [*ROWS[:2], ROWS[2]._replace(domain="9", text="nine"), ROWS[3]]
    assert changed.about("U2/Item", "constant") == (replace_statement(fixed, "9", "nine"),)
    assert _rows(bench.catalogues[0]) == list(ROWS)
    assert bench.with_replaced([]) == bench.catalogues


def replace_statement(statement: Statement, domain: str, text: str) -> Statement:
    return statement._replace(domain=domain, text=text)


def test_with_another_name_all_of_a_row_is_of_it(bench: Bench) -> None:
    fixed = _statement(bench, "U1/Item", "constant")
    (changed,) = bench.with_replaced([Replacement(fixed, "U3/Item", *fixed[7:])])
    assert [row.subject for row in _rows(changed)] == ["U3/Item", "U3/Item", "U2/Item", "U1/Item"]
    assert [row.clause for row in _rows(changed)] == ["U3, row 7", "U3, row 7", "U2, row 8", "U1, row 9"]


def test_what_says_nothing_is_gone_and_what_said_nothing_is_there(bench: Bench) -> None:
    fixed = _statement(bench, "U1/Item", "constant")
    (without,) = bench.with_replaced([Replacement(fixed, fixed.subject, None, None, None)])
    assert _rows(without) == [ROWS[0], *ROWS[2:]]
    empty = fixed._replace(attribute="permitted", source="A!E7", domain=None, text="")
    (added,) = bench.with_replaced([Replacement(empty, fixed.subject, "1 | 2", None, "1, 2")])
    assert _rows(added)[:4] == list(ROWS)
    assert _rows(added)[4] == ExtractRow("U1/Item", "permitted", "1 | 2", None, "1, 2", "U1, row 7", "A!E7")


def test_several_releases_share_what_nobody_edits(bench: Bench) -> None:
    other = replace(bench.releases[0], name="other")
    both = Bench([bench.releases[0], other])
    fixed = _statement(both, "U2/Item", "constant")
    found = both.with_replaced([Replacement(fixed, fixed.subject, "9", None, "9")])
    assert [one.first("U2/Item", "constant").domain for one in found] == ["9", "9"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("source", "row", "column"),
    [
        ("A!D7", "A!7", "A!D"),
        ("/12/Critical", "/12/", ""),
        ("/statements/3", "/statements/3", ""),
        ("line 4", "line 4", ""),
    ],
)
def test_rows_and_columns_are_known_by_the_place(source: str, row: str, column: str) -> None:
    statement = Statement("S", "constant", SPEC, "published", "", "part.xlsx", source, "1")
    assert row_of(statement) == ("part.xlsx", row)
    assert column_of(statement) == (SPEC, "constant", column)
