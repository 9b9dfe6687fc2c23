"""A list of settings that no title calls a table: a data item, its value, maybe its unit; or one device a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gbcscheck.device.configuration.leaf import clipped
from gbcscheck.device.configuration.objects import read_object_name
from gbcscheck.device.configuration.table_cells import TableCells
from gbcscheck.device.configuration.table_shapes import Listed
from gbcscheck.extract.sheets import Row, Sheet
from gbcscheck.notation.setting_words import BLANKS


def judge_list(file: TableCells, sheet: Sheet, listed: Listed) -> None:
    """A list that no title calls one: a data item, its value, maybe its unit; or one device a column, under its
    name."""
    header = listed.header
    of_values = {*listed.values, *listed.values.values(), *listed.scales}
    used = {listed.name, *of_values, *listed.objects[:3], *listed.objects.names}
    filled = (*([header] if header is not None else ()), *listed.body)
    for place in range(max(len(row.cells) for row in filled)):
        held = next((row.at(place) for row in filled if not row.at(place).is_blank), None)
        if held is not None and place not in used:
            file.record.left_out(clipped(held.text), sheet.place(held), "a column that is not read")
    devices = header if len(listed.values) > 1 else None
    body = listed.body if devices is None else _of_items(file, sheet, listed)
    if header is not None and devices is None:
        file.record.fact(clipped(header.at(0).text), header.at(1).text, sheet.place(header.at(0)))
    for place in listed.values:
        if devices is not None:
            file.record.branch(clipped(devices.at(place).text), sheet.place(devices.at(place)))
            file.record.depth += 1
        _column(file, sheet, listed, body, place)
        file.judge.values.end()
        if devices is not None:
            file.record.depth -= 1


def _of_items(file: TableCells, sheet: Sheet, listed: Listed) -> list[Row]:
    """The rows of a list of several devices that name a data item; the others are told once, as columns are that
    name none where a row is a device."""
    rows = []
    for row in listed.body:
        text = row.at(listed.name).text
        named = file.named(row, text, listed.objects) if text else ""
        if not text or file.name_of(named) or read_object_name(named) is not None:
            rows.append(row)
        else:
            file.stranger(sheet, row.at(listed.name), "a row that names no data item")
    return rows


def _column(file: TableCells, sheet: Sheet, listed: Listed, body: Sequence[Row], place: int) -> None:
    """One column of values of a list."""
    seen: dict[tuple[int, int, str], str] = {}
    for row in body:
        cell = row.at(place)
        name = file.named(row, row.at(listed.name).text, listed.objects)
        if not name and not cell.is_blank:
            file.record.left_out(clipped(cell.text), sheet.place(cell), "a row without a data item")
            continue
        if cell.is_blank:
            file.record.fact(clipped(name), cell.text, sheet.place(row.at(listed.name)))
            continue
        file.next_row()
        file.stand_at(sheet.place(cell))
        file.once(name, row, place, seen)
        of_units = listed.values[place]
        unit = row.at(of_units).text if of_units is not None else ""
        if why := file.disagreement(row, row.at(listed.name).text, listed.objects):
            cell = replace(cell, problem=why)
        file.cell(name, cell, unit if unit not in BLANKS else "", listed.why_scaled(row, place))
