"""One part of a fleet that has one row a value, looked at by the engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.columns import ItemColumn
from gbcscheck.fleet.engines import Engine
from gbcscheck.fleet.newest import without
from gbcscheck.fleet.prepared import Part
from gbcscheck.fleet.scan import CELLS, Scan, counted, recent
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
    kind_of,
    rows_of,
    text_of,
)
from gbcscheck.fleet.value_counts import VALUES, values_of_rows

if TYPE_CHECKING:
    import ibis.expr.types as ir

DEVICES = "devices"
"""What is kept of a part: its devices, each with its newest read."""
MOST_NAMES = 20_000
"""Different names of items, with their units, that a table may have."""
_BRANCH = "branch"


def scan_long(scan: Scan, part: Part, folder: Path) -> dict[str, Any]:
    """What is told of a part; what is kept of it is written below a folder."""
    import ibis

    newest = without(rows_of(scan.engine, part), scan.engine, scan.older)
    told = counted(scan, newest)
    rows = recent(newest, scan.since)
    kind = kind_of(rows[VALUE].type(), is_json=part.files[0].is_json)
    rows = rows.mutate(**{ITEM: rows[ITEM].fill_null(""), UNIT: rows[UNIT].fill_null("")})
    scan.engine.write(values_of_rows(rows, scan.asked, kind), folder / VALUES / "few")
    missing = scan.asked.is_missing(rows[VALUE], kind).cast("int64")
    pairs_there = scan.engine.rows(
        rows.group_by([ITEM, UNIT]).aggregate(count=rows.count(), missing=missing.sum()).limit(MOST_NAMES + 1)
    )
    _refuse_many(len(pairs_there), part)
    pairs = sorted((row[ITEM], row[UNIT], row["count"], int(row["missing"])) for row in pairs_there)
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
    return told


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
