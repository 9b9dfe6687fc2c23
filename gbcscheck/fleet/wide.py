"""One part of a fleet that has one column an item, looked at by the engine.

Engines are quick with one column as a file has it, and slow with many that a row is put together of. So each column is
asked for itself which of its values have to be judged one by one, and whose these are is looked up in the end. Few rows
are kept with all of their values: those of older reads, whose numbers are taken off, and one in so many as an example
of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.engines import ROW, Engine, union
from gbcscheck.fleet.newest import may_be_older, older_rows, without
from gbcscheck.fleet.prepared import Part
from gbcscheck.fleet.scan import CELLS, Scan, counted, group_of, recent
from gbcscheck.fleet.tables import (
    DAY,
    DEVICE,
    FIRMWARE,
    MANUFACTURER,
    PLACE,
    READ,
    TIME,
    WHO,
    Cells,
    cells_of,
    plain_rows,
    text_of,
    with_read,
)
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
_ALL, _KEPT, _FOUND = "all", "kept", "found"


def scan_wide(scan: Scan, part: Part, folder: Path) -> dict[str, Any]:
    """What is told of a part; what is kept of it is written below a folder."""
    engine, asked = scan.engine, scan.asked
    rows = plain_rows(engine, part)
    cells = cells_of(rows, part)
    told = counted(scan, with_read(rows, part), all_named=_are_all_named(part))
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
        engine.write_all(values_of_columns(every, few, asked), folder / _ALL)
        values = engine.staged(folder / _ALL)
    step = max(1, total // SAMPLE)
    old, sampled = _kept(scan, rows, dated, step if many else 0, folder / _KEPT)
    if old is not None:
        _take_off(told, scan, old)
    told["columns"] = _counted_values(
        scan, part, cells, few, every, values, old, told["looked_at"], from_files=all_count
    )
    of_known = values if total >= MANY_ROWS else None
    engine.write_all((_looked_at(scan, rows, one, of_known if one in few else None) for one in cells), folder / _FOUND)
    found = without(engine.staged(folder / _FOUND), engine, scan.older)
    who = rows.select(DEVICE, MANUFACTURER, FIRMWARE, TIME, *PLACE)
    placed = dated(who.inner_join(found, PLACE))
    engine.write(placed.select(*WHO, *PLACE, "name", "kind", "text", "unit"), folder / CELLS)
    if values is not None:
        held = values if old is None else less_values(values, union(values_of_columns(old, few, asked)))
        engine.write(held, folder / VALUES / "few")
    if many:
        told["estimated"] = {one.meant.name: step for one in many if step > 1}
        looked_at = engine.staged(folder / CELLS)
        engine.write_all(estimated_values(sampled, many, asked, step, looked_at), folder / VALUES / "many")
    return told


def _kept(
    scan: Scan, rows: ir.Table, dated: Callable[[ir.Table], ir.Table], step: int, folder: Path
) -> tuple[ir.Table | None, ir.Table | None]:
    """The rows of older reads, None where there are none, and one in ``step`` of the others, None where that is 0."""
    engine = scan.engine
    is_example = [rows[ROW] % step == 0] if step else []
    wanted = [*is_example, *may_be_older(rows, engine, scan.older)]
    if not wanted:
        return None, None
    engine.write(dated(rows.filter(reduce(or_, wanted))).drop(DEVICE, READ), folder)
    kept = engine.staged(folder)
    old = None if scan.older.folder is None else older_rows(kept, engine, scan.older)
    return old, without(kept.filter(kept[ROW] % step == 0), engine, scan.older) if step else None


def _take_off(told: dict[str, Any], scan: Scan, old: ir.Table) -> None:
    """Take the rows of older reads off what is told of all rows."""
    counts: Counter[tuple[str, ...]] = Counter()
    for *names, count in told["groups"]:
        counts[tuple(names)] += count
    by = old.group_by([MANUFACTURER, FIRMWARE, DAY])
    for row in scan.engine.rows(by.aggregate(count=old.count())):
        counts[group_of(row)] -= row["count"]
        told["looked_at"] -= row["count"]
    told["groups"] = sorted([*names, count] for names, count in counts.items() if count)


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
    *,
    from_files: bool,
) -> list[list[Any]]:
    """Each column with how many values it has, and lacks: by its different values where these are known, of ``few``;
    ``from_files`` says that what the files say of their columns holds. Those of older reads are taken off."""
    there = _present(scan, part, [one for one in cells if one not in few], every, from_files=from_files)
    if values is not None:
        sums = values.group_by("name").aggregate(count=values["devices"].sum())
        there |= {one.meant.name: 0 for one in few}
        there |= {row["name"]: int(row["count"]) for row in scan.engine.rows(sums)}
    gone = {} if old is None else _present(scan, part, cells, old)
    names = [*(one.meant.name for one in cells), *(name for name, _ in part.columns.others)]
    present = [there[name] - gone.get(name, 0) for name in names]
    return [[name, "", count, looked_at - count] for name, count in zip(names, present, strict=True)]


def _present(
    scan: Scan, part: Part, cells: Sequence[Cells], rows: ir.Table, *, from_files: bool = False
) -> dict[str, int]:
    """How many values some rows have, in columns and in those that mean no item."""
    sums = {one.meant.name: scan.asked.values(rows[one.column], one.kind) for one in cells}
    sums |= {name: rows[f"u{number}"].count() for number, (name, _) in enumerate(part.columns.others)}
    said = {name: part.filled(name) for name in sums} if from_files and not part.files[0].is_json else {}
    known = {name: count for name, count in said.items() if count is not None}
    numbered = {f"n{number}": one for number, (name, one) in enumerate(sums.items()) if name not in known}
    told = scan.engine.rows(rows.aggregate(**numbered))[0] if numbered else {}
    return {name: known[name] if name in known else int(told[f"n{n}"] or 0) for n, name in enumerate(sums)}


def _are_all_named(part: Part) -> bool:
    """Whether the files say themselves that each of their rows says whose it is."""
    count = part.filled(part.columns.role(DEVICE))
    return count is not None and not part.files[0].is_json and count == sum(one.rows for one in part.files)


def _looked_at(scan: Scan, rows: ir.Table, cells: Cells, values: ir.Table | None) -> ir.Table:
    """The values of one column that have to be looked at, one a row, with their places. Where the different texts of a
    column are known (``values``), each is asked for once, and the column is searched for those that have to be: engines
    do that faster than they hold texts against patterns."""
    import ibis

    column = rows[cells.column]
    needed = scan.asked.needs_looking_at(column, cells)
    if values is not None and column.type().is_string():
        different = values.filter(values["name"] == cells.meant.name)
        listed = different.filter(scan.asked.needs_looking_at(different["text"], cells)).select("text")
        texts = sorted(row["text"] for row in scan.engine.rows(listed.limit(LISTED + 1)))
        if not texts:
            needed = column.isnull() & column.notnull()
        elif len(texts) <= LISTED:
            needed = scan.engine.is_one_of(column, texts)
    found = rows.filter(needed)
    return found.select(
        *PLACE,
        name=ibis.literal(cells.meant.name),
        kind=ibis.literal(cells.kind),
        text=text_of(found[cells.column]),
        unit=ibis.literal(""),
    )
