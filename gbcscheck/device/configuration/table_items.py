"""A table of settings with one data item a row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gbcscheck.device.configuration.leaf import clipped
from gbcscheck.device.configuration.table_cells import TableCells
from gbcscheck.device.configuration.table_shapes import device_places, is_of_devices, object_columns
from gbcscheck.extract.sheets import Row
from gbcscheck.extract.table_beside import beside
from gbcscheck.extract.table_cells import shown_text, unit_of_title
from gbcscheck.extract.table_mapping import ROW_FACTS
from gbcscheck.notation.setting_words import BLANKS

if TYPE_CHECKING:
    from gbcscheck.extract.table_layout import Table


def judge_items(file: TableCells, table: Table) -> None:
    """Judge a table of one data item a row."""
    from gbcscheck.extract.table_body import entries
    from gbcscheck.facts.item_names import item_names

    aids, objects = beside(table), object_columns(table.titles, table.mapping)
    for address, title in table.strangers(aids.says_which).items():
        where = f"{table.sheet.name}!{address}"
        if is_of_devices(title):
            file.record.fact(title, "which device each row is of", where)
            continue
        file.record.left_out(title, where, "a column that is not read" if title else "a column without a title")
    for place, column in table.columns:
        if column.attribute not in ("value", *ROW_FACTS):
            address = f"{table.sheet.name}!{table.title_cell(place).address}"
            file.record.left_out(clipped(table.title(place)), address, "a column that is not judged")
    devices = device_places(table)
    of_device: dict[tuple[int, str], int] = {}
    seen: dict[tuple[int, int, str], str] = {}
    for entry in entries(table):
        row, name = entry.row, file.named(entry.row, entry.name, objects)
        if why := entry.why or aids.why_aside(table, row):
            _tell_row(file, table, row, why)
            continue
        file.next_row()
        for place, column in aids.columns(table, row):
            if column.attribute != "value":
                continue
            cell = row.at(place)
            if cell.deleted:
                file.record.left_out(clipped(cell.deleted), table.sheet.place(cell), "struck out")
            if cell.is_blank or cell.deleted:
                continue
            file.stand_at(table.sheet.place(cell))
            if not name:
                file.record.left_out(clipped(cell.text), table.sheet.place(cell), "a row without a data item")
                continue
            device = " ".join(row.at(one).text for one in devices)
            number = of_device.setdefault((place, device), len(of_device))
            file.once(name, row, number, seen)
            file.judge.values.house.column = number
            unit_place = table.unit_of(place)
            unit = row.at(unit_place).text if unit_place is not None else ""
            unit = unit if unit not in BLANKS else unit_of_title(column.unit)
            if not unit and item_names().expected(name) == "quantity":
                unit = entry.unit or aids.of_all.text
            if why := file.disagreement(row, entry.name, objects):
                cell = replace(cell, problem=why)
            file.cell(name, cell, unit, aids.why_scaled(table, row, column, shown_text(cell)))


def _tell_row(file: TableCells, table: Table, row: Row, why: str) -> None:
    filled = [cell for cell in row.cells if not cell.is_blank]
    first = filled[0]
    if len(filled) == 1 and not first.deleted:
        file.record.fact(clipped(first.text), why, table.sheet.place(first))
    else:
        file.record.left_out(clipped(first.text or first.deleted), table.sheet.place(first), why)
