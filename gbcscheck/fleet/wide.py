"""One part of a fleet that has one column an item, looked at by the engine.

Engines are quick with columns as a file has them and slow with what is left of them after a join, so all rows are
counted and asked. The few that matter are kept apart: those with a value to be judged one by one, those of older reads,
whose numbers are then taken off, and one in so many as an example of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.engines import ROW, Engine, union
from gbcscheck.fleet.newest import may_be_older, older_rows, without
from gbcscheck.fleet.prepared import Part
from gbcscheck.fleet.scan import CELLS, Scan, counted, recent
from gbcscheck.fleet.tables import PLACE, WHO, Cells, cells_of, plain_rows, text_of, with_read
from gbcscheck.fleet.value_counts import VALUES, estimated_values, less_values, values_of_columns

if TYPE_CHECKING:
    import ibis.expr.types as ir

SAMPLE = 50_000
"""Rows at the beginning that tell whether a column holds few different values, and about as many by which those of one
with many are estimated."""
EXACT = 2_000_000
"""Rows of a part up to which all columns with few different values are counted wholly, unless that is asked for."""
MANY_ROWS = 500_000
"""Rows from which on it pays to ask for the different values of a column first."""
FEW, LISTED = 2_500, 1_000
"""Different values of a column in these rows, and different ones that have to be looked at, that are counted as few."""
_ALL, _KEPT = "all", "kept"


def scan_wide(scan: Scan, part: Part, folder: Path) -> dict[str, Any]:
    """What is told of a part; what is kept of it is written below a folder."""
    engine, asked = scan.engine, scan.asked
    rows = plain_rows(engine, part)
    cells = cells_of(rows, part)
    told = counted(scan, with_read(rows, part))
    all_count = not (told["unnamed"] or told["before"])

    def dated(some: ir.Table) -> ir.Table:
        """Rows with the times of their reads, those that are looked at: names are not read again where all count."""
        some = with_read(some, part)
        return some if all_count else recent(some, scan.since)

    every = dated(rows)
    total = told["looked_at"]
    few = _with_few_values(engine, rows, cells, total)
    if total > EXACT and not scan.exact:  # texts are counted all the same: each is asked for once
        few = [one for one in few if rows[one.column].type().is_string()]
    many = [one for one in cells if one not in few]
    values = None
    if few:
        engine.write(values_of_columns(every, few, asked), folder / _ALL)
        values = engine.staged(folder / _ALL)
    needed = [_needed(scan, rows, one, values if total >= MANY_ROWS and one in few else None) for one in cells]
    step = max(1, total // SAMPLE)
    conditions = [
        *(one(rows) for one in needed),
        *([rows[ROW] % step == 0] if many else []),
        *may_be_older(rows, engine, scan.older),
    ]
    engine.write(dated(rows.filter(_count(conditions) > 0)), folder / _KEPT)
    kept = engine.staged(folder / _KEPT)
    old = None if scan.older.folder is None else older_rows(kept, engine, scan.older)
    if old is not None:
        _take_off(told, counted(scan, old))
    told["columns"] = _counted_values(scan, part, cells, few, every, values, old, told["looked_at"])
    found = union(_looked_at(kept, one(kept), of) for one, of in zip(needed, cells, strict=True))
    engine.write(without(found, engine, scan.older), folder / CELLS)
    if values is not None:
        held = values if old is None else less_values(values, values_of_columns(old, few, asked))
        engine.write(held, folder / VALUES / "few")
    if many:
        told["estimated"] = {one.meant.name: step for one in many if step > 1}
        sampled = without(kept.filter(kept[ROW] % step == 0), engine, scan.older)
        engine.write(
            estimated_values(sampled, many, asked, step, engine.staged(folder / CELLS)), folder / VALUES / "many"
        )
    return told


def _count(conditions: Sequence[Any]) -> Any:
    """How many conditions hold. Every one is so asked of all rows: an engine that asks the next one only of the rows
    that are left loses what it knows of columns with few different values."""
    if len(conditions) == 1:
        return conditions[0].cast("int64")
    half = len(conditions) // 2
    return _count(conditions[:half]) + _count(conditions[half:])


def _take_off(told: dict[str, Any], old: dict[str, Any]) -> None:
    """What is told of all rows, without some of them."""
    less = {tuple(names): count for *names, count in old["groups"]}
    told["looked_at"] -= old["looked_at"]
    left = ([*names, count - less.get(tuple(names), 0)] for *names, count in told["groups"])
    told["groups"] = [group for group in left if group[-1]]


def _with_few_values(engine: Engine, rows: ir.Table, cells: Sequence[Cells], count: int) -> list[Cells]:
    """The columns that hold few different values, by the rows at the beginning."""
    flat = [one for one in cells if not rows[one.column].type().is_nested()]
    if not flat or count <= SAMPLE:
        return flat
    start = rows.select(*(one.column for one in flat)).limit(SAMPLE)
    different = engine.rows(start.aggregate(**{one.column: start[one.column].nunique() for one in flat}))[0]
    return [one for one in flat if different[one.column] <= FEW]


def _counted_values(
    scan: Scan,
    part: Part,
    cells: Sequence[Cells],
    few: Sequence[Cells],
    every: ir.Table,
    values: ir.Table | None,
    old: ir.Table | None,
    looked_at: int,
) -> list[list[Any]]:
    """Each column with how many values it has, and lacks: by its different values where these are known, of ``few``.
    Those of older reads are taken off."""
    there = _present(scan, part, [one for one in cells if one not in few], every)
    if values is not None:
        sums = values.group_by("name").aggregate(count=values["devices"].sum())
        there |= {one.meant.name: 0 for one in few}
        there |= {row["name"]: int(row["count"]) for row in scan.engine.rows(sums)}
    gone = {} if old is None else _present(scan, part, cells, old)
    names = [*(one.meant.name for one in cells), *(name for name, _ in part.columns.others)]
    present = [there[name] - gone.get(name, 0) for name in names]
    return [[name, "", count, looked_at - count] for name, count in zip(names, present, strict=True)]


def _present(scan: Scan, part: Part, cells: Sequence[Cells], rows: ir.Table) -> dict[str, int]:
    """How many values some rows have, in columns and in those that mean no item."""
    sums = {one.meant.name: scan.asked.values(rows[one.column], one.kind) for one in cells}
    sums |= {name: rows[f"u{number}"].count() for number, (name, _) in enumerate(part.columns.others)}
    if not sums:
        return {}
    numbered = {f"n{number}": one for number, one in enumerate(sums.values())}
    told = scan.engine.rows(rows.aggregate(**numbered))[0]
    return {name: int(told[number] or 0) for name, number in zip(sums, numbered, strict=True)}


def _needed(scan: Scan, rows: ir.Table, cells: Cells, values: ir.Table | None) -> Callable[[ir.Table], Any]:
    """Whether a value of some rows has to be looked at. Where the different texts of a column are known, each is asked
    for once, and the column is searched for those that have to be: engines do that faster than they hold texts against
    patterns."""

    def asked(some: ir.Table) -> Any:
        return scan.asked.needs_looking_at(some[cells.column], cells)

    if values is None or not rows[cells.column].type().is_string():
        return asked
    different = values.filter(values["name"] == cells.meant.name)
    listed = different.filter(scan.asked.needs_looking_at(different["text"], cells)).select("text").limit(LISTED + 1)
    texts = sorted(row["text"] for row in scan.engine.rows(listed))
    if len(texts) > LISTED:
        return asked
    if not texts:
        return lambda some: some[cells.column].isnull() & some[cells.column].notnull()
    return lambda some: scan.engine.is_one_of(some[cells.column], texts)


def _looked_at(rows: ir.Table, needed: Any, cells: Cells) -> ir.Table:
    """The values of one column that have to be looked at, one a row."""
    import ibis

    found = rows.filter(needed)
    return found.select(
        *WHO,
        *PLACE,
        name=ibis.literal(cells.meant.name),
        kind=ibis.literal(cells.kind),
        text=text_of(found[cells.column]),
        unit=ibis.literal(""),
    )
