"""What a Parquet file says of its columns is taken where it says it of all rows, and says it surely."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from gbcscheck.fleet.prepared import filled_columns


def filled(path: Path, columns: dict[str, pyarrow.Array], **options: Any) -> dict[str, int]:
    parquet.write_table(pyarrow.table(columns), path, **options)
    return filled_columns(parquet.ParquetFile(path).metadata)


def test_values_are_counted_over_all_groups_of_rows(tmp_path: Path) -> None:
    columns = {
        "whole": pyarrow.array([1, None, 3, None, 5]),
        "double": pyarrow.array([1.0, float("nan"), None, 2.0, 2.0]),
        "text": pyarrow.array(["a", "b", None, "NA", "c"]),
        "nothing": pyarrow.array([None] * 5, pyarrow.string()),
        "truth": pyarrow.array([True, False, True, None, True]),
    }
    expected = {"whole": 3, "double": 4, "text": 4, "nothing": 0, "truth": 4}
    for rows in (5, 2, 1):
        assert filled(tmp_path / f"{rows}.parquet", columns, row_group_size=rows) == expected


@pytest.mark.parametrize("kind", [pyarrow.string(), pyarrow.large_string(), pyarrow.binary()])
def test_a_text_that_may_be_empty_is_not_counted(kind: pyarrow.DataType, tmp_path: Path) -> None:
    columns = {"text": pyarrow.array(["a", "", "c"]).cast(kind), "whole": pyarrow.array([1, 2, 3])}
    assert filled(tmp_path / "one.parquet", columns) == {"whole": 3}
    assert filled(tmp_path / "each.parquet", columns, row_group_size=1) == {"whole": 3}


def test_without_statistics_nothing_is_said(tmp_path: Path) -> None:
    columns = {"whole": pyarrow.array([1, None]), "text": pyarrow.array(["a", "b"])}
    assert filled(tmp_path / "none.parquet", columns, write_statistics=False) == {}
    assert filled(tmp_path / "some.parquet", columns, write_statistics=["text"]) == {"text": 2}


def test_nested_columns_are_not_counted(tmp_path: Path) -> None:
    columns = {
        "list": pyarrow.array([[1, 2], None]),
        "record": pyarrow.array([{"a": 1}, None]),
        "record.a": pyarrow.array([None, 1]),
    }
    assert filled(tmp_path / "nested.parquet", columns) == {"record.a": 1}


def test_of_no_rows_there_are_no_values(tmp_path: Path) -> None:
    assert filled(tmp_path / "empty.parquet", {"text": pyarrow.array([], pyarrow.string())}) == {"text": 0}
