"""Rows joined anew in memory say what the reader makes of the document once the cell is another one."""

from __future__ import annotations

from pathlib import Path

import pytest
from joined_workbook import NUMBER as TITLE
from joined_workbook import bench_of, read, said

from gbcscheck.model import Statement
from gbcscheck.proposals.rejoining import NUMBER, USE_CASE, Rejoining
from gbcscheck.release.catalogue import Catalogue


@pytest.mark.parametrize(
    ("place", "wrong", "at", "edit"),
    [
        (("DLMS", 3, TITLE), "90", ("U2/Limit.value", "name", "DLMS"), (NUMBER, "90", "10")),
        (("DLMS", 4, TITLE), "91", ("U1/Start.value", "name", "DLMS"), (NUMBER, "91", "11")),
        (("DLMS", 3, TITLE), "12", ("U2/Limit.value", "name", "DLMS"), (NUMBER, "12", "10")),
        (("DLMS", 6, TITLE), "99", ("U2/Logbook.value", "name", "DLMS"), (NUMBER, "99", "12")),
        (("Objects", 2, TITLE), "90", ("U1/Limit.value", "category", "Objects"), (NUMBER, "90", "10")),
        (("Objects", 3, TITLE), "91", ("U1/Start.value", "category", "Objects"), (NUMBER, "91", "11")),
        (("Objects", 2, "use cases"), "U1", ("U1/Limit.value", "category", "Objects"), (USE_CASE, "U1", "U1 U2")),
        (("Objects", 3, "use cases"), "U1", ("U1/Start.value", "category", "Objects"), (USE_CASE, "U1", "U1 U2")),
        (("Objects", 3, "use cases"), "U2", ("U2/Beginning.value", "category", "Objects"), (USE_CASE, "U2", "U2 U1")),
    ],
)
def test_in_memory_it_is_as_if_read_again(
    tmp_path: Path, place: tuple[str, int, str], wrong: str, at: tuple[str, str, str], edit: tuple[str, str, str]
) -> None:
    right = read(tmp_path)
    bench = bench_of(read(tmp_path, {place: wrong}))
    catalogue = bench.catalogues[0]
    assert said(catalogue.release.extracts[0]) != said(right)
    statement = _statement(catalogue, *at)
    before = bench_of(right).catalogues[0]  # where the list had a use case that it says nothing of now
    replacements = Rejoining(catalogue, lambda _: before).written(statement, *edit)
    assert (replacements[0].statement, replacements[0].key) == (statement, edit)
    (changed,) = bench.with_replaced(replacements)
    assert said(changed.release.extracts[0]) == said(right)


def test_a_row_in_another_use_case_takes_what_the_list_of_objects_says(tmp_path: Path) -> None:
    catalogue = bench_of(read(tmp_path, {("DLMS", 4, "use case"): "U91"})).catalogues[0]
    statement = _statement(catalogue, "U91/Start.value", "name", "DLMS")
    before = bench_of(read(tmp_path)).catalogues[0]
    moved = list(Rejoining(catalogue, lambda _: before).moved(statement, "U1/Start.value"))
    assert {one.statement.attribute for one in moved if one.subject == "U1/Start.value"} >= {
        "category",
        "value-type",
        "encoding",
        "permitted",
        "type",
    }


def _statement(catalogue: Catalogue, subject: str, attribute: str, sheet: str) -> Statement:
    return next(one for one in catalogue.about(subject, attribute) if one.source.startswith(sheet))
