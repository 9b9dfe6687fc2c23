"""How many devices hold which value of each item: what distributions and the drift against defaults are made of.

Each part leaves a table of its different values, so that a value is looked at once, however many devices hold it. The
engine keeps what does not fit into its memory on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.fleet.engines import Engine
from gbcscheck.fleet.judged_values import JSON
from gbcscheck.fleet.readings import DECIMAL, WHOLE, matches
from gbcscheck.fleet.tables import ITEM, UNIT, VALUE, Asked, Cells, text_of
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    import ibis.expr.types as ir

VALUES = "values"
"""What is kept of a part: each value with its name and unit, and how many devices hold it."""
COUNTED = ("name", "unit", "kind", "text")
"""By what values are told apart: the name and unit that stand over or beside them, the kind of text, the text."""


@frozen
class Setting:
    """A data item as values stand under its names: ``item`` is its path, ``leaf`` the name of the item, empty where it
    has several parts; ``unit`` is that which the files say, empty for none."""

    item: str
    leaf: str
    unit: str = ""


def values_of_columns(rows: ir.Table, cells: Iterable[Cells], asked: Asked) -> list[ir.Table]:
    """The different values of columns that mean items, each with the number of its rows (wide layout), by column."""
    return [_values_of_column(rows, one, asked) for one in cells]


def _values_of_column(rows: ir.Table, cells: Cells, asked: Asked) -> ir.Table:
    import ibis

    column = rows[cells.column]
    there = rows.filter(~asked.is_missing(column, cells.kind))
    counted = there.group_by(value=there[cells.column]).aggregate(devices=there.count())
    return counted.select(
        name=ibis.literal(cells.meant.name),
        unit=ibis.literal(""),
        kind=ibis.literal(cells.kind),
        text=text_of(counted["value"]),
        devices=counted["devices"],
    )


def less_values(values: ir.Table, less: ir.Table) -> ir.Table:
    """Numbers of devices by value without some of them."""
    both = values.union(less.mutate(devices=-less["devices"]))
    left = both.group_by(list(COUNTED)).aggregate(devices=both["devices"].sum())
    return left.filter(left["devices"] > 0)


def estimated_values(
    rows: ir.Table, cells: Sequence[Cells], asked: Asked, step: int, looked_at: ir.Table
) -> list[ir.Table]:
    """The same of columns with many different values: of those that are certainly fine as many as ``step`` times those
    of some ``rows``; of those that were looked at one by one, in whatever row, as many as there are."""
    tables = []
    for one in cells:
        fine = rows.filter(asked.is_fine(rows[one.column], one.meant, one.kind))
        found = _values_of_column(fine, one, asked)
        tables.append(found.mutate(devices=found["devices"] * step))
    names = [one.meant.name for one in cells]
    others = looked_at.filter(looked_at["name"].isin(names))
    counted = others.group_by(list(COUNTED)).aggregate(devices=others.count())
    return [*tables, counted.select(*COUNTED, "devices")]


def values_of_rows(rows: ir.Table, asked: Asked, kind: str) -> ir.Table:
    """The same of rows that name an item each (long layout); names and units are texts, empty for none."""
    import ibis

    there = rows.filter(~asked.is_missing(rows[VALUE], kind))
    counted = there.group_by(name=there[ITEM], unit=there[UNIT], value=there[VALUE]).aggregate(devices=there.count())
    return counted.select(
        "name", "unit", kind=ibis.literal(kind), text=text_of(counted["value"]), devices=counted["devices"]
    )


def wrong_values(different: ir.Table, verdicts: ir.Table) -> ir.Table:
    """The different values that were judged one by one and have a finding that is no note, with the number of their
    devices (``wrong``)."""
    serious = verdicts.filter((verdicts["rule"] != "") & (verdicts["severity"] != "note"))
    return different.semi_join(serious, list(COUNTED)).select(*COUNTED, wrong="devices")


def held_values(
    engine: Engine,
    counts: ir.Table,
    wrong: ir.Table,
    settings: Mapping[tuple[str, str], Setting],
    folder: Path,
) -> tuple[tuple[Setting, ...], ir.Table]:
    """The values of all parts by setting: the settings, and a table of their numbers (``setting``), ``kind``, ``text``
    (what is shown of a value), ``number`` (null for what is no plain number), ``devices`` and ``wrong``, the devices of
    these with a violation. It is written below ``folder``, a new one.

    ``counts`` has the values of the parts, ``wrong`` is that of ``wrong_values``, ``settings`` says which name and unit
    stands for what.
    """
    import ibis

    listed = tuple(sorted(set(settings.values()), key=lambda one: (one.item, one.unit)))
    number_of = {one: number for number, one in enumerate(listed)}
    names = [{"name": name, "unit": unit, "setting": number_of[one]} for (name, unit), one in sorted(settings.items())]
    meant = ibis.memtable(names, schema={"name": "string", "unit": "string", "setting": "int64"})
    found = counts.inner_join(meant, ["name", "unit"]).left_join(wrong, list(COUNTED), rname="{name}_wrong")
    text = _shown(found)
    held = found.mutate(shown=text, wrong=found["wrong"].fill_null(0))
    held = held.group_by(["setting", "kind", "shown"]).aggregate(
        devices=held["devices"].sum(), wrong=held["wrong"].sum()
    )
    number = ibis.cases((matches(held["shown"], f"{WHOLE}|{DECIMAL}"), held["shown"].try_cast("float64")))
    engine.write(
        held.select("setting", "kind", text=held["shown"], number=number, devices=held["devices"], wrong=held["wrong"]),
        folder,
    )
    return listed, engine.staged(folder)


def _shown(table: ir.Table) -> Any:
    """The text of a value without the quotation marks that JSON has around it."""
    import ibis

    text = table["text"]
    quoted = (table["kind"] == JSON) & text.startswith('"') & ~text.contains("\\")
    return ibis.cases((quoted, text.substr(1, text.length() - 2)), else_=text)
