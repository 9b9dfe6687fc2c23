"""One part of a fleet, looked at by the engine: how much there is, and which values have to be judged one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.columns import ItemColumn, Recogniser
from gbcscheck.fleet.engines import FILE, ROW, Engine, union
from gbcscheck.fleet.newest import Older, named, without
from gbcscheck.fleet.prepared import Part
from gbcscheck.fleet.tables import (
    DAY,
    DEVICE,
    FIRMWARE,
    ITEM,
    MANUFACTURER,
    PLACE,
    READ,
    UNIT,
    VALUE,
    WHO,
    Asked,
    Cells,
    cells_of,
    kind_of,
    rows_of,
    text_of,
)
from gbcscheck.fleet.value_counts import VALUES, estimated_values, values_of_columns, values_of_rows
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    import ibis.expr.types as ir

CELLS, DEVICES = "cells", "devices"
"""What is kept of a part: the values to be judged one by one, and (long layout) the devices with their newest read."""
EXAMPLES = 5
MOST_NAMES = 20_000
"""Different names of items, with their units, that a table of the long layout may have."""
SAMPLE = 50_000
"""Rows at the beginning that tell whether a column holds few different values, and about as many by which those of one
with many are estimated."""
MANY_ROWS = 500_000
"""Rows from which on it pays to ask for the different values of a column first."""
FEW, LISTED = 2_500, 1_000
"""Different values of a column in these rows, and different ones that have to be looked at, that are counted as few."""
BITS = 62
"""Columns whose conditions stand in one number."""
_BRANCH, _MASK = "branch", "mask"


@frozen
class Scan:
    """What is needed to look at parts: the engine, what is asked of values, what names mean, and which reads are older;
    ``since`` is the time from which on reads are looked at."""

    engine: Engine
    asked: Asked
    recogniser: Recogniser
    older: Older
    since: str = ""


def scan_part(scan: Scan, part: Part, folder: Path) -> dict[str, Any]:
    """Look at a part, and write what is kept of it below a new folder: what is told of it, as JSON has it.

    ``rows`` by whether they are looked at (``unnamed`` without a device, ``before`` the time from which on), ``groups``
    of devices, and of each column or name how many values it has (``present``) and lacks (``missing``).
    """
    folder.mkdir(parents=True)
    rows = rows_of(scan.engine, part)
    newest = without(rows, scan.engine, scan.older)
    told = _counted(scan, newest)
    if part.columns.layout == "long":
        _long(scan, part, _recent(newest, scan.since), folder, told)
    else:
        _wide(scan, part, rows, folder, told)
    scan.engine.forget()
    return told


def looked_at(scan: Scan, part: Part) -> ir.Table:
    """The rows of a part that are looked at: the newest read of each device, none before the time from which on."""
    return _recent(without(rows_of(scan.engine, part), scan.engine, scan.older), scan.since)


def _recent(rows: ir.Table, since: str) -> ir.Table:
    rows = rows.filter(named(rows))
    return rows.filter(rows[READ] >= since) if since else rows


def _counted(scan: Scan, rows: ir.Table) -> dict[str, Any]:
    import ibis

    known = named(rows).fill_null(False)
    recent = (rows[READ] >= scan.since).fill_null(False) if scan.since else ibis.literal(True)
    by = rows.mutate(known=known, recent=recent)
    groups = by.group_by(["known", "recent", MANUFACTURER, FIRMWARE, DAY]).aggregate(count=by.count())
    told: dict[str, Any] = {"unnamed": 0, "before": 0, "looked_at": 0, "groups": [], "nameless": []}
    for row in scan.engine.rows(groups):
        if not row["known"]:
            told["unnamed"] += row["count"]
        elif not row["recent"]:
            told["before"] += row["count"]
        else:
            told["looked_at"] += row["count"]
            day = "" if row[DAY] is None else str(row[DAY])
            told["groups"].append([row[MANUFACTURER] or "", row[FIRMWARE] or "", day, row["count"]])
    told["groups"].sort()
    if told["unnamed"]:
        without_name = by.filter(~by["known"]).select(FILE, ROW).order_by(FILE, ROW).limit(EXAMPLES)
        told["nameless"] = [[row[FILE], row[ROW]] for row in scan.engine.rows(without_name)]
    return told


# --- one column an item ----------------------------------------------------------------------------------------------


def _wide(scan: Scan, part: Part, rows: ir.Table, folder: Path, told: dict[str, Any]) -> None:
    engine, asked = scan.engine, scan.asked
    cells = cells_of(rows, part)
    newest = without(rows, engine, scan.older)
    if told["unnamed"] or told["before"]:
        newest = _recent(newest, scan.since)  # else the names are not read again with each column
    few = _with_few_values(engine, rows, cells, told["looked_at"])
    many = [one for one in cells if one not in few]
    if few:
        engine.write(values_of_columns(newest, few, asked), folder / VALUES / "few")
    values = engine.staged(folder / VALUES / "few") if few else None
    told["columns"] = _counted_values(scan, part, cells, few, newest, values, told["looked_at"])
    # Rows are looked for among all of them, and older reads left out then: few are left by that time.
    listed = values if told["looked_at"] >= MANY_ROWS else None
    needed = [_needed(scan, rows, one, listed if one in few else None) for one in cells]
    masks = {f"{_MASK}{start}": _mask(needed[start : start + BITS]) for start in range(0, len(needed), BITS)}
    marked = rows.mutate(**masks)
    found = marked.filter(_any([marked[mask] != 0 for mask in masks]))
    found = found.select(*WHO, *PLACE, *masks, *(one.column for one in cells))
    engine.write(_recent(without(found, engine, scan.older), scan.since), folder / "suspicious")
    found = engine.staged(folder / "suspicious")
    engine.write(union(_unpivoted(found, one, number) for number, one in enumerate(cells)), folder / CELLS)
    if many:
        step = max(1, told["looked_at"] // SAMPLE)
        told["estimated"] = {one.meant.name: step for one in many if step > 1}
        sampled = newest.filter(newest[ROW] % step == 0).select(*(one.column for one in many))
        engine.write(sampled, folder / "sampled")
        sampled = engine.staged(folder / "sampled")
        engine.write(
            estimated_values(sampled, many, asked, step, engine.staged(folder / CELLS)), folder / VALUES / "many"
        )


def _with_few_values(engine: Engine, rows: ir.Table, cells: Sequence[Cells], count: int) -> list[Cells]:
    """The columns that hold few different values, by the rows at the beginning."""
    flat = [one for one in cells if not rows[one.column].type().is_nested()]
    if not flat or count <= SAMPLE:
        return flat
    start = rows.select(*(one.column for one in flat)).limit(SAMPLE)
    counted = engine.rows(start.aggregate(**{one.column: start[one.column].nunique() for one in flat}))[0]
    return [one for one in flat if counted[one.column] <= FEW]


def _counted_values(
    scan: Scan,
    part: Part,
    cells: Sequence[Cells],
    few: Sequence[Cells],
    newest: ir.Table,
    values: ir.Table | None,
    looked_at: int,
) -> list[list[Any]]:
    """Each column with how many values it has, and lacks: by its different values where these are known, of ``few``."""
    known: dict[str, int] = {}
    if values is not None:
        sums = values.group_by("name").aggregate(count=values["devices"].sum())
        known = {row["name"]: int(row["count"]) for row in scan.engine.rows(sums)}
        known |= {one.meant.name: 0 for one in few if one.meant.name not in known}
    sums = {
        one.meant.name: scan.asked.values(newest[one.column], one.kind) for one in cells if one.meant.name not in known
    }
    sums |= {name: newest[f"u{number}"].count() for number, (name, _) in enumerate(part.columns.others)}
    if sums:
        numbered = {f"n{number}": one for number, one in enumerate(sums.values())}
        counted = scan.engine.rows(newest.aggregate(**numbered))[0]
        known |= {name: int(counted[number] or 0) for name, number in zip(sums, numbered, strict=True)}
    names = [*(one.meant.name for one in cells), *(name for name, _ in part.columns.others)]
    return [[name, "", known[name], looked_at - known[name]] for name in names]


def _needed(scan: Scan, rows: ir.Table, cells: Cells, values: ir.Table | None) -> Any:
    """Whether a value has to be looked at. Where the different texts of a column are known, each is asked for once, and
    the column is searched for those that have to be: engines do that faster than they hold texts against patterns."""
    column = rows[cells.column]
    asked = scan.asked.needs_looking_at(column, cells)
    if values is None or not column.type().is_string():
        return asked
    different = values.filter(values["name"] == cells.meant.name)
    listed = different.filter(scan.asked.needs_looking_at(different["text"], cells)).select("text").limit(LISTED + 1)
    texts = sorted(row["text"] for row in scan.engine.rows(listed))
    if len(texts) > LISTED:
        return asked
    if not texts:
        return column.isnull() & column.notnull()
    import ibis

    return ibis.array(texts).contains(column).fill_null(False)  # what IN asks of many texts is a join to DuckDB


def _mask(conditions: Sequence[Any]) -> Any:
    """A number with a bit for each condition that holds. Every condition is so asked of all rows: an engine that asks
    the next one only of the rows that are left loses what it knows of columns with few different values."""
    found = conditions[0].cast("int64")
    for number, one in enumerate(conditions[1:], start=1):
        found = found + one.cast("int64") * (1 << number)
    return found


def _any(conditions: Sequence[Any]) -> Any:
    found = conditions[0]
    for one in conditions[1:]:
        found = found | one
    return found


def _unpivoted(rows: ir.Table, cells: Cells, number: int) -> ir.Table:
    """The values of one column that have to be looked at, one a row."""
    import ibis

    start, bit = number - number % BITS, number % BITS
    needed = rows.filter((rows[f"{_MASK}{start}"] & (1 << bit)) != 0)
    return needed.select(
        *WHO,
        *PLACE,
        name=ibis.literal(cells.meant.name),
        kind=ibis.literal(cells.kind),
        text=text_of(needed[cells.column]),
        unit=ibis.literal(""),
    )


# --- one row a value -------------------------------------------------------------------------------------------------


def _long(scan: Scan, part: Part, rows: ir.Table, folder: Path, told: dict[str, Any]) -> None:
    import ibis

    kind = kind_of(rows[VALUE].type(), is_json=part.files[0].is_json)
    rows = rows.mutate(**{ITEM: rows[ITEM].fill_null(""), UNIT: rows[UNIT].fill_null("")})
    scan.engine.write(values_of_rows(rows, scan.asked, kind), folder / VALUES / "few")
    missing = scan.asked.is_missing(rows[VALUE], kind).cast("int64")
    counted = scan.engine.rows(
        rows.group_by([ITEM, UNIT]).aggregate(count=rows.count(), missing=missing.sum()).limit(MOST_NAMES + 1)
    )
    _refuse_many(len(counted), part)
    pairs = sorted((row[ITEM], row[UNIT], row["count"], int(row["missing"])) for row in counted)
    told["columns"] = [[item, unit, count - none, none] for item, unit, count, none in pairs]
    branches: dict[tuple[str, str], list[tuple[str, str]]] = {}
    meant: dict[tuple[str, str], ItemColumn] = {}
    for item, unit, *_ in pairs:
        found = scan.recogniser.item(item) if item else None
        if found is not None:
            key = (found.leaf, unit or found.unit)
            branches.setdefault(key, []).append((item, unit))
            meant[key] = found
    devices = rows.group_by(DEVICE).aggregate(
        read=rows[READ].max(), manufacturer=rows[MANUFACTURER].max(), firmware=rows[FIRMWARE].max(), day=rows[DAY].max()
    )
    scan.engine.write(devices, folder / DEVICES)
    names = [(item, unit, number) for number, pairs_of in enumerate(branches.values()) for item, unit in pairs_of]
    table = _names_table(scan.engine, names, folder / "names.parquet")
    found_rows = rows.inner_join(table, [rows[ITEM] == table["named"], rows[UNIT] == table["beside"]])
    fine = [
        (found_rows[_BRANCH] == number, scan.asked.is_fine(found_rows[VALUE], meant[key], kind, key[1] or None))
        for number, key in enumerate(branches)
    ]
    is_fine = ibis.cases(*fine, else_=ibis.literal(False)) if fine else ibis.literal(False)
    needed = found_rows.filter(~(scan.asked.is_missing(found_rows[VALUE], kind) | is_fine))
    cells = needed.select(
        *WHO,
        *PLACE,
        name=needed[ITEM],
        kind=ibis.literal(kind),
        text=text_of(needed[VALUE]),
        unit=needed[UNIT],
    )
    scan.engine.write(cells, folder / CELLS)


def _names_table(engine: Engine, names: Sequence[tuple[str, str, int]], path: Path) -> ir.Table:
    """Items and units as they are written, each with the number of what is asked of its values."""
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([("named", pyarrow.string()), ("beside", pyarrow.string()), (_BRANCH, pyarrow.int64())])
    columns = [[row[place] for row in names] for place in range(len(schema))]
    parquet.write_table(pyarrow.table(columns, schema=schema), path)
    return engine.read([str(path)])


def _refuse_many(count: int, part: Part) -> None:
    from gbcscheck.errors import UnreadableSource

    if count > MOST_NAMES:
        raise UnreadableSource(
            f"more than {MOST_NAMES:,} different names of items and units: is this the column of the items?",
            where=part.where,
        )
