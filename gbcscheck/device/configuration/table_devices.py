"""A table of settings with one device a row, and one data item a column."""

from __future__ import annotations

from gbcscheck.device.configuration.cells import is_number
from gbcscheck.device.configuration.leaf import clipped
from gbcscheck.device.configuration.table_cells import TableCells, row_name
from gbcscheck.device.configuration.table_shapes import DeviceColumns, device_columns
from gbcscheck.extract.sheets import Cell, Sheet
from gbcscheck.notation.setting_words import BLANKS


def judge_devices(file: TableCells, sheet: Sheet, columns: DeviceColumns) -> None:
    """Judge a table of one device a row."""
    _titles_of_devices(file, sheet, columns)
    units: dict[int, str] = {}
    below = (row for row in sheet.rows if row.number > columns.header.number and not row.is_blank)
    top = columns.header.number
    for row in below:
        if file.gatherer.is_full:
            break
        holds_numbers = any(is_number(row.at(place)) for place in columns.items)
        again = None if holds_numbers else device_columns(sheet, row, file.name_of)
        if again is not None:
            columns, top, units = again, row.number, {}
            _titles_of_devices(file, sheet, columns)
            continue
        if row.number == top + 1 and columns.is_of_units(row):
            units = {place: row.at(place).text for place in columns.items}
            file.record.fact(row_name(row), "the units of the columns", f"{sheet.name}!{row.cells[0].address}")
            continue
        file.next_row()
        filled = [place for place in columns.items if not row.at(place).is_blank]
        if not filled:
            first = next(cell for cell in row.cells if not cell.is_blank)
            file.record.left_out(clipped(first.text), sheet.place(first), "a row without a value of a data item")
            continue
        file.stand_at(f"{sheet.name}!{row.cells[0].address}")
        if file.judge.values.shows:
            file.record.branch(row_name(row), file.place(""))
        file.record.depth += 1
        for place in filled:
            name, unit = columns.items[place]
            file.stand_at(sheet.place(row.at(place)))
            beside = row.at(columns.units[place]).text if place in columns.units else ""
            unit = unit or (beside if beside not in BLANKS else "") or units.get(place, "")
            file.cell(name, row.at(place), unit)
        file.judge.values.end()
        file.record.depth -= 1


def _titles_of_devices(file: TableCells, sheet: Sheet, columns: DeviceColumns) -> None:
    for cell in columns.strangers():
        file.stranger(sheet, cell, "a column that names no data item")
    _columns_once(file, sheet, columns)


def _columns_once(file: TableCells, sheet: Sheet, columns: DeviceColumns) -> None:
    """Tell of an item that two columns name."""
    seen: dict[tuple[int, str], Cell] = {}
    for place, (name, _) in columns.items.items():
        identity, cell = file.judge.identity(name), columns.header.at(place)
        if identity is not None and seen.setdefault(identity, cell) is not cell:
            file.stand_at(sheet.place(cell))
            file.judge.given_twice(name, f"{sheet.place(seen[identity])} and {sheet.place(cell)} name", "")
