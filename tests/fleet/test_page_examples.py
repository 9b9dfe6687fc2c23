"""The examples of ``docs/fleet.md`` that are no commands (those are run by ``tests/cli/test_cli_docs.py``); the one on
Spark is run where its session is, in ``test_spark.py``."""

from __future__ import annotations

import doctest
import re
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from in_process import command

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "docs" / "samples" / "fleet" / "reads.parquet"


def blocks(language: str) -> list[str]:
    """The blocks of code of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_example_on_duckdb_says_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = (block for block in blocks("pycon") if "duckdb" in block)
    test = doctest.DocTestParser().get_doctest(example, {}, "duckdb", "fleet.md", 0)
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_model_over_the_printed_checks_says_which_firmware_is_wrong() -> None:
    """As dbt does it: the references of the page are replaced, and what results is SQL of DuckDB."""
    (query,) = blocks("sql")
    printed = command("fleet", SAMPLE, "--sql", "duckdb").stdout
    model = printed.replace('"fleet"', f"read_parquet('{SAMPLE}')").rstrip().removesuffix(";")
    assert model != printed
    with duckdb.connect() as engine:
        rows = engine.execute(query.replace("{{ ref('verdicts') }}", f"({model})")).fetchall()
    assert rows[0] == ("Cedar", "1.2.0", 20, 48)
    assert [wrong for *_, wrong, _ in rows[1:]] == [0, 0, 0, 0]
    assert sum(devices for *_, devices in rows) == 241


def test_the_parquet_sample_is_the_csv_sample() -> None:
    from pyarrow import parquet

    text = SAMPLE.with_suffix(".csv").read_text(encoding="ascii")
    table = parquet.read_table(BytesIO(SAMPLE.read_bytes()))
    rows = [
        ",".join("" if one is None else one.isoformat() if hasattr(one, "isoformat") else str(one) for one in row)
        for row in zip(*(column.to_pylist() for column in table.columns), strict=True)
    ]
    assert text.splitlines() == [",".join(table.column_names), *rows]
