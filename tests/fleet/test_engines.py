"""What engines are given of the memory."""

from __future__ import annotations

from pathlib import Path

import pytest

ibis = pytest.importorskip("ibis")
pytest.importorskip("duckdb")

from gbcscheck.fleet.engines import resident, start  # noqa: E402


def test_duckdb_gives_up_memory_only_while_an_order_is_handed_over(tmp_path: Path) -> None:
    engine = start("duckdb", memory=resident() + (4 << 30), threads=1, folder=tmp_path)
    limits: list[str] = []

    def limit() -> str:
        ((found,),) = engine.connection.raw_sql("SELECT current_setting('memory_limit')").fetchall()
        return str(found)

    rows = ibis.range(10).unnest().name("number").as_table()
    limits.append(limit())
    list(engine.batches(rows))
    limits.append(limit())
    handed_over = engine.ordered(rows.order_by("number"))
    assert next(handed_over).num_rows == 10
    list(handed_over)
    limits.append(limit())
    assert len(set(limits)) == 1
    told: list[int] = []
    engine._limit = told.append  # type: ignore[attr-defined]
    list(engine.ordered(rows))
    lower, whole = told
    assert lower < whole / 2
    engine.close()
