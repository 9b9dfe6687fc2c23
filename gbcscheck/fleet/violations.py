"""The values that an engine is not sure of: each different one judged once, and what is found joined back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from gbcscheck.fleet.engines import FILE, ROW, Engine, telling
from gbcscheck.fleet.judged_values import Value, ValuesJudge, judged_batches, verdict_schema
from gbcscheck.fleet.tables import DEVICE, FIRMWARE, MANUFACTURER, READ
from gbcscheck.fleet.wrong_devices import WrongDevices

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow

VIOLATIONS = "violations.parquet"
ROWS = 65_536
"""Rows of a group of the list of violations."""
COLUMNS = (
    *("device", "item", "name", "value", "unit", "read", "source", "row", "manufacturer", "firmware"),
    *("rule", "severity", "fingerprint", "message", "kind", "text"),
)
"""Columns of the list of violations: ``item`` is what the finding is about, ``name`` the column or the item's name that
the file has, ``row`` the row of the file, from 1 on (of CSV with that of the titles, of JSON lines the line); ``kind``
and ``text`` are the value as it was read, of which ``value`` is what a report shows."""
_KEY = list(Value._fields)


class Verdicts(NamedTuple):
    """The table of verdicts, and how many different values were judged."""

    path: Path
    distinct: int


def different_values(engine: Engine, cells: ir.Table, folder: Path) -> ir.Table:
    """Every different value among some, how many ``devices`` hold it (each has one value of a name), and the times of
    its ``first`` and ``last`` read, null for none. It is written below ``folder``, a new one."""
    read = cells[READ]
    engine.write(cells.group_by(_KEY).aggregate(devices=cells.count(), first=read.min(), last=read.max()), folder)
    return engine.staged(folder)


def judge_values(engine: Engine, different: ir.Table, judge: ValuesJudge, folder: Path) -> Verdicts:
    """Judge every different value, in memory that does not grow with their number."""
    from pyarrow import parquet

    folder.mkdir(parents=True)
    path = folder / "verdicts.parquet"
    distinct = 0
    where = "the values that are judged one by one"
    with telling(where), parquet.ParquetWriter(path, verdict_schema()) as writer:
        for batch in judged_batches(judge, engine.batches(different.select(*_KEY))):
            distinct += sum(1 for position in batch.column("position").to_pylist() if position == 0)
            writer.write_batch(batch)
    return Verdicts(path, distinct)


def tally(engine: Engine, different: ir.Table, verdicts: ir.Table) -> dict[tuple[str, str], dict[str, int]]:
    """How many values were judged one by one, by name and unit, and by verdict."""
    joined = different.inner_join(verdicts.filter(verdicts["position"] == 0).select(*_KEY, "verdict"), _KEY)
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in engine.rows(joined.group_by(["name", "unit", "verdict"]).aggregate(count=joined["devices"].sum())):
        found.setdefault((row["name"], row["unit"]), {})[row["verdict"]] = int(row["count"])
    return found


def violation_schema() -> pyarrow.Schema:
    """The columns of the list of violations with their types."""
    import pyarrow

    numbers = {"row": pyarrow.int64()}
    return pyarrow.schema([(name, numbers.get(name, pyarrow.string())) for name in COLUMNS])


def write_violations(
    engine: Engine,
    cells: ir.Table,
    verdicts: ir.Table,
    target: Path,
    path_of: Callable[[str], str],
    wrong: WrongDevices,
) -> None:
    """Write the list of violations, in the order of devices and items, and count its devices; ``path_of`` says which
    file a row comes from."""
    import pyarrow
    from pyarrow import parquet

    found = cells.inner_join(verdicts.filter(verdicts["rule"] != ""), _KEY)
    ordered = found.order_by(DEVICE, "subject", "name", FILE, ROW, "position")
    schema = violation_schema()
    paths: dict[str, str] = {}
    with telling(str(target.name)), parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in _groups(engine.ordered(_listed(ordered))):
            files = batch.column("source").to_pylist()
            for file in files:
                if file not in paths:
                    paths[file] = path_of(file)
            columns = {name: batch.column(name) for name in COLUMNS}
            columns["source"] = pyarrow.array([paths[file] for file in files], pyarrow.string())
            rows = pyarrow.table([columns[name].cast(schema.field(name).type) for name in COLUMNS], schema=schema)
            writer.write_table(rows)
            wrong.add(rows, batch.column("number"))
    wrong.finish()


def _listed(rows: ir.Table) -> ir.Table:
    return rows.select(
        device=rows[DEVICE],
        item=rows["subject"],
        name=rows["name"],
        value=rows["written"],
        unit=rows["unit"],
        read=rows[READ],
        source=rows[FILE],
        row=rows[ROW] + 1,
        manufacturer=rows[MANUFACTURER],
        firmware=rows[FIRMWARE],
        rule=rows["rule"],
        severity=rows["severity"],
        fingerprint=rows["fingerprint"],
        message=rows["message"],
        kind=rows["kind"],
        text=rows["text"],
        number=rows["number"],
    )


def _groups(batches: Any) -> Any:
    """Batches of as many rows each, the last one aside, whatever the engine hands over."""
    import pyarrow

    waiting: list[pyarrow.RecordBatch] = []
    count = 0
    for batch in batches:
        while batch.num_rows:
            taken = batch.slice(0, ROWS - count)
            batch = batch.slice(taken.num_rows)
            waiting.append(taken)
            count += taken.num_rows
            if count == ROWS:
                yield pyarrow.Table.from_batches(waiting).combine_chunks()
                waiting, count = [], 0
    if waiting:
        yield pyarrow.Table.from_batches(waiting).combine_chunks()
