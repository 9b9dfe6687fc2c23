"""What is needed to look at the parts of a fleet, and what is told of a part in either layout."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.columns import Recogniser
from gbcscheck.fleet.engines import FILE, ROW, Engine
from gbcscheck.fleet.newest import Older, named, without
from gbcscheck.fleet.prepared import Part
from gbcscheck.fleet.tables import DAY, FIRMWARE, MANUFACTURER, READ, Asked, rows_of
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    import ibis.expr.types as ir

CELLS = "cells"
"""What is kept of a part: the values to be judged one by one."""
EXAMPLES = 5


@frozen
class Scan:
    """What is needed to look at parts: the engine, what is asked of values, what names mean, and which reads are older;
    ``since`` is the time from which on reads are looked at; ``exact`` says that values are counted and not estimated,
    however many rows there are."""

    engine: Engine
    asked: Asked
    recogniser: Recogniser
    older: Older
    since: str = ""
    exact: bool = False


def looked_at(scan: Scan, part: Part) -> ir.Table:
    """The rows of a part that are looked at: the newest read of each device, none before the time from which on."""
    return recent(without(rows_of(scan.engine, part), scan.engine, scan.older), scan.since)


def recent(rows: ir.Table, since: str) -> ir.Table:
    """Rows that say whose they are, none before the time from which on."""
    rows = rows.filter(named(rows))
    return rows.filter(rows[READ] >= since) if since else rows


def counted(scan: Scan, rows: ir.Table, *, all_named: bool = False) -> dict[str, Any]:
    """How many rows there are, by whether they are looked at (``unnamed`` without a device, ``before`` the time from
    which on), of which devices (``groups``), and examples of those without a name; ``all_named`` says that there are no
    such."""
    import ibis

    known = ibis.literal(True) if all_named else named(rows).fill_null(False)
    late = (rows[READ] >= scan.since).fill_null(False) if scan.since else ibis.literal(True)
    by = rows.mutate(known=known, recent=late)
    groups = by.group_by(["known", "recent", MANUFACTURER, FIRMWARE, DAY]).aggregate(count=by.count())
    told: dict[str, Any] = {"unnamed": 0, "before": 0, "looked_at": 0, "groups": [], "nameless": []}
    for row in scan.engine.rows(groups):
        if not row["known"]:
            told["unnamed"] += row["count"]
        elif not row["recent"]:
            told["before"] += row["count"]
        else:
            told["looked_at"] += row["count"]
            told["groups"].append([*group_of(row), row["count"]])
    told["groups"].sort()
    if told["unnamed"]:
        without_name = by.filter(~by["known"]).select(FILE, ROW).order_by(FILE, ROW).limit(EXAMPLES)
        told["nameless"] = [[row[FILE], row[ROW]] for row in scan.engine.rows(without_name)]
    return told


def group_of(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """The manufacturer, firmware and day of a row, empty where there is none."""
    return row[MANUFACTURER] or "", row[FIRMWARE] or "", "" if row[DAY] is None else str(row[DAY])
