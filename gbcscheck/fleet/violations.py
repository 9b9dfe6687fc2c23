"""The values that an engine is not sure of: each different one judged once, and what is found joined back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import accumulate, groupby
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
GROUPS = 16
"""Groups of rows of the table of verdicts that are in memory."""
_KEY = list(Value._fields)
_LISTED = {one: one for one in ("name", "unit", "rule", "severity", "fingerprint", "message", "kind", "text")}
_LISTED |= {"subject": "item", "written": "value"}
"""Columns of the list of violations by those of the table of verdicts."""


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
    engine: Engine, cells: ir.Table, verdicts: Path, target: Path, path_of: Callable[[str], str], wrong: WrongDevices
) -> None:
    """Write the list of violations, in the order of devices and items, and count its devices; ``verdicts`` is the path
    of their table, ``path_of`` says which file a row comes from.

    The engine puts the numbers of verdicts into the order, and not the long texts of findings."""
    import pyarrow
    from pyarrow import parquet

    schema = violation_schema()
    paths: dict[str, str] = {}
    texts = _VerdictRows(verdicts)
    ordered = _in_order(cells, engine.read([str(verdicts)]))
    with telling(str(target.name)), parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for batch in _groups(engine.ordered(ordered)):
            numbers = batch.column("number").chunk(0)
            found = texts.of(numbers).rename_columns(_LISTED)
            files = batch.column("source").to_pylist()
            for file in files:
                if file not in paths:
                    paths[file] = path_of(file)
            source = pyarrow.array([paths[file] for file in files], pyarrow.string())
            columns = {**_columns(found), **_columns(batch), "source": source}
            rows = pyarrow.table([columns[name].cast(schema.field(name).type) for name in COLUMNS], schema=schema)
            writer.write_table(rows)
            wrong.add(rows, numbers)
    wrong.finish()


def _in_order(cells: ir.Table, verdicts: ir.Table) -> ir.Table:
    """Whose each violation is, with the number of its verdict, in the order of devices and items."""
    import ibis

    bad = verdicts.filter(verdicts["rule"] != "")
    placed = bad.select(*_KEY, "number", place=ibis.dense_rank().over(order_by=["subject", "name"]))
    found = cells.inner_join(placed, _KEY)
    return found.order_by(DEVICE, "place", FILE, ROW, "number").select(
        *(DEVICE, READ, MANUFACTURER, FIRMWARE, "number"), source=found[FILE], row=found[ROW] + 1
    )


def _columns(table: pyarrow.Table) -> dict[str, pyarrow.ChunkedArray]:
    return dict(zip(table.column_names, table.columns, strict=True))


class _VerdictRows:
    """The rows of the table of verdicts by their numbers; few groups of rows are in memory."""

    def __init__(self, path: Path) -> None:
        from pyarrow import parquet

        file = parquet.ParquetFile(path)
        counts = (file.metadata.row_group(number).num_rows for number in range(file.num_row_groups))
        self._starts = [0, *accumulate(counts)]
        self._read = lru_cache(maxsize=GROUPS)(partial(file.read_row_group, columns=list(_LISTED)))

    def of(self, numbers: pyarrow.Array) -> pyarrow.Table:
        """The rows of some numbers, in their order."""
        import pyarrow
        from pyarrow import compute

        different = numbers.unique().sort()
        parts = []
        for group, some in groupby(different.to_pylist(), key=lambda one: bisect_right(self._starts, one) - 1):
            parts.append(self._read(group).take([one - self._starts[group] for one in some]))
        return pyarrow.concat_tables(parts).combine_chunks().take(compute.index_in(numbers, different))


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
