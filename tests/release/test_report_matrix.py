"""The rows of the matrix out of a release: a data item under all of its names."""

from __future__ import annotations

from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.matrix import matrix_rows
from gbcscheck.release.releases import load_release


def test_an_item_has_the_words_of_every_specification_that_speaks_of_it() -> None:
    rows = {row.name: row for row in matrix_rows(Catalogue.of(load_release("before-mp131")))}
    item = "MaximumDemandConfigurableTimePeriod.entries[*]"
    row = rows[f"{item}.exec_weekdays"]
    assert {f"{item}.exec_weekdays", f"ECS37/{item}.exec_weekdays"} <= set(row.subjects)
    assert {"GBCS 3.2 Table 28d", "GBCS 3.1 use cases"} <= {str(one.specification) for one in row.statements}
    assert len(row.statements) == len(set(row.statements))
    names = {one.specification.name for one in rows[f"{item}.switch_time"].statements}
    assert {"GBCS", "DUIS", "MMC"} <= names


def test_a_row_is_something_that_somebody_speaks_of() -> None:
    rows = matrix_rows(Catalogue.of(load_release("before-mp131")))
    assert all(row.statements for row in rows)
    assert len({row.name for row in rows}) == len(rows)
