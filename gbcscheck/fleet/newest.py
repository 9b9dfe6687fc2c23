"""Which reads are older than another one of the same device: found by the names of devices and the times of reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.engines import FILE, ROW, Engine, telling, union
from gbcscheck.fleet.prepared import Part
from gbcscheck.fleet.tables import DEVICE, ITEM, READ, TIME, rows_of
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    import ibis.expr.types as ir

TIED = "tied"
PRIME = 1_000_000_007
"""Places are added up by what is left of their hashes beside this: Ibis 12 has no exclusive or for Spark."""
DEVICES, ITEMS = 1 << 46, 1 << 16
"""What is left of the hashes of devices and items beside these is put together, in 62 bits."""
FURTHEST = 1 << 32
"""More rows than files have, in the number of a place."""
EXAMPLES = 5


@frozen
class Older:
    """Reads that are not looked at since their device (of the long layout: its item) has a newer one. ``folder`` holds
    their files and rows, None where there is none; ``count`` is how many, ``tied`` those of the same time as the one
    that is looked at, the last of them in the files; ``examples`` are devices of these."""

    folder: Path | None
    count: int = 0
    tied: int = 0
    examples: tuple[str, ...] = ()
    mark: str = ""
    """What changes where other reads are older."""


def named(rows: ir.Table) -> Any:
    """Whether a row says whose it is."""
    return rows[DEVICE].notnull() & (rows[DEVICE] != "")


def find_older(engine: Engine, parts: list[Part], folder: Path, since: str) -> Older:
    """The older reads of some parts, written below ``folder`` if there are any."""
    import ibis

    is_long = parts[0].columns.layout == "long"
    tables = [_reads(rows_of(engine, part), since, is_long=is_long) for part in parts]
    reads = union(_alike(tables))
    with telling("the names of the devices"):
        hashed = reads.select(hash=_whose(reads, engine, is_long=is_long))
        # numbered, and not counted, which takes DuckDB twice as long
        numbered = hashed.mutate(place=ibis.row_number().over(group_by="hash"))
        engine.write(numbered.filter(numbered["place"] == 1).select("hash"), folder / "several")
        several = engine.staged(folder / "several")
        if not engine.rows(several.limit(1)):
            return Older(None)
        _write_older(engine, reads, several, folder / "older", is_long=is_long)
        older = engine.staged(folder / "older")
        place = older[FILE] + older[ROW].cast("string")
        told = engine.rows(
            older.aggregate(
                count=older.count(), tied=older[TIED].cast("int64").sum(), mark=(engine.hash(place) % PRIME).sum()
            )
        )[0]
    if not told["count"]:
        return Older(None)
    tied = older.filter(older[TIED]).select(DEVICE).distinct().order_by(DEVICE).limit(EXAMPLES)
    examples = tuple(row[DEVICE] for row in engine.rows(tied))
    mark = f"{told['count']} {told['tied']} {told['mark']}"
    return Older(folder / "older", int(told["count"] - told["tied"]), int(told["tied"]), examples, mark)


def _whose(reads: ir.Table, engine: Engine, *, is_long: bool) -> Any:
    """A number of the device of each read, and of its item in the long layout, which few others share."""
    device = engine.hash(reads[DEVICE])
    if not is_long:
        return device
    return (device % DEVICES).cast("int64") * ITEMS + (engine.hash(reads[ITEM].fill_null("")) % ITEMS).cast("int64")


def _reads(rows: ir.Table, since: str, *, is_long: bool) -> ir.Table:
    rows = rows.filter(named(rows))
    if since:
        rows = rows.filter(rows[READ] >= since)
    return rows.select(DEVICE, READ, TIME, FILE, ROW, *([ITEM] if is_long else []))


def _alike(tables: list[ir.Table]) -> list[ir.Table]:
    """Reads whose times can be compared: as the files have them where these agree, else as texts."""
    types = {table[TIME].type() for table in tables}
    is_time = len(types) == 1 and not next(iter(types)).is_string() and not next(iter(types)).is_nested()
    if is_time:
        return [table.drop(READ) for table in tables]
    return [table.drop(TIME).rename({TIME: READ}) for table in tables]


def _write_older(engine: Engine, reads: ir.Table, several: ir.Table, folder: Path, *, is_long: bool) -> None:
    import ibis

    found = reads.mutate(hash=_whose(reads, engine, is_long=is_long))
    found = found.semi_join(several, "hash")
    of = [found[DEVICE], *([found[ITEM]] if is_long else [])]
    order = [ibis.desc(found[TIME], nulls_first=False), ibis.desc(found[FILE]), ibis.desc(found[ROW])]
    placed = found.mutate(
        place=ibis.row_number().over(group_by=of, order_by=order), newest=found[TIME].max().over(group_by=of)
    )
    tied = (placed[TIME] == placed["newest"]).fill_null(False) | placed["newest"].isnull()
    older = placed.mutate(**{TIED: tied}).filter(placed["place"] > 0)
    engine.write(older.select(DEVICE, FILE, ROW, TIED).order_by(FILE, ROW), folder)


def without(rows: ir.Table, engine: Engine, older: Older) -> ir.Table:
    """Rows without those of older reads."""
    if older.folder is None:
        return rows
    gone = engine.staged(older.folder)
    return rows.anti_join(gone, [FILE, ROW])


def older_rows(rows: ir.Table, engine: Engine, older: Older) -> ir.Table:
    """The rows of older reads among some."""
    assert older.folder is not None
    return rows.semi_join(engine.staged(older.folder), [FILE, ROW])


def may_be_older(rows: ir.Table, engine: Engine, older: Older) -> list[Any]:
    """Whether a row is one of an older read, or perhaps one of very few others; no condition where there is none."""
    if older.folder is None:
        return []
    gone = engine.staged(older.folder)
    return [_place(rows, engine).isin(_place(gone, engine))]


def _place(rows: ir.Table, engine: Engine) -> Any:
    """The place of a row as one number, which two places hardly share."""
    return (engine.hash(rows[FILE]) % PRIME).cast("int64") * FURTHEST + rows[ROW]
