"""One part of a fleet, looked at by the engine: how many there are, and the values that have to be judged one by one."""

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
from gbcscheck.fleet.value_counts import VALUES, values_of_columns, values_of_rows
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    import ibis.expr.types as ir

CELLS, DEVICES = "cells", "devices"
"""What is kept of a part: the values to be judged one by one, and (long layout) the devices with their newest read."""
EXAMPLES = 5
MOST_NAMES = 20_000
"""Different names of items, with their units, that a table of the long layout may have."""
_BRANCH = "branch"


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
    cells = cells_of(rows, part)
    newest = _recent(without(rows, scan.engine, scan.older), scan.since)
    totals = {one.column: scan.asked.values(newest[one.column], one.kind) for one in cells}
    totals |= {f"u{number}": newest[f"u{number}"].count() for number in range(len(part.columns.others))}
    counted = scan.engine.rows(newest.aggregate(**totals))[0]
    names = [one.meant.name for one in cells] + [name for name, _ in part.columns.others]
    told["columns"] = [
        [name, "", int(count or 0), told["looked_at"] - int(count or 0)]
        for name, count in zip(names, (counted[column] for column in totals), strict=True)
    ]
    scan.engine.write(values_of_columns(newest, cells, scan.asked), folder / VALUES)
    # Rows are looked for among all of them, and older reads left out then: few are left by that time.
    needed = {one.column: scan.asked.needs_looking_at(rows[one.column], one) for one in cells}
    found = rows.filter(_any(list(needed.values()))).select(*WHO, *PLACE, *needed)
    suspicious = _recent(without(found, scan.engine, scan.older), scan.since)
    scan.engine.write(suspicious, folder / "suspicious")
    found = scan.engine.staged(folder / "suspicious")
    scan.engine.write(union(_unpivoted(scan, found, one) for one in cells), folder / CELLS)


def _any(conditions: Sequence[Any]) -> Any:
    found = conditions[0]
    for one in conditions[1:]:
        found = found | one
    return found


def _unpivoted(scan: Scan, rows: ir.Table, cells: Cells) -> ir.Table:
    """The values of one column that have to be looked at, one a row."""
    import ibis

    column = rows[cells.column]
    needed = rows.filter(scan.asked.needs_looking_at(column, cells))
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
    scan.engine.write(values_of_rows(rows, scan.asked, kind), folder / VALUES)
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
    columns = list(zip(*names, strict=True)) or [[], [], []]
    parquet.write_table(pyarrow.table([list(column) for column in columns], schema=schema), path)
    return engine.read([str(path)])


def _refuse_many(count: int, part: Part) -> None:
    from gbcscheck.errors import UnreadableSource

    if count > MOST_NAMES:
        raise UnreadableSource(
            f"more than {MOST_NAMES:,} different names of items and units: is this the column of the items?",
            where=part.where,
        )
