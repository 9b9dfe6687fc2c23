"""Configurations in workbooks and CSV files: one data item a row, or one device a row; the header says which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.device.configuration.cells import TITLES, NoValue, cell_value, is_number, titles_with
from gbcscheck.device.configuration.gather import Gatherer
from gbcscheck.device.configuration.judge import ConfigurationJudge
from gbcscheck.device.configuration.leaf import clipped
from gbcscheck.device.configuration.names import head_of
from gbcscheck.device.configuration.objects import read_object_name
from gbcscheck.device.configuration.own_names import mapping_beside
from gbcscheck.device.configuration.read import FULL, ConfigurationVerdict
from gbcscheck.device.configuration.rules import NOT_OF_TYPE, UNKNOWN_ITEM
from gbcscheck.device.configuration.table_shapes import (
    DeviceColumns,
    Listed,
    ObjectColumns,
    device_columns,
    device_places,
    device_table,
    is_of_devices,
    item_tables,
    lists_on,
    object_columns,
    with_objects,
)
from gbcscheck.device.context import Context
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.extract.chosen_tables import NotTaken, shown_sheets
from gbcscheck.extract.decimal_signs import Sign, decimal_sign, with_points
from gbcscheck.extract.sheets import HEADER_WITHIN, Cell, Row, Sheet, titles_of
from gbcscheck.extract.table_beside import beside
from gbcscheck.extract.table_cells import shown_text, unit_of_title
from gbcscheck.extract.table_choice import TableChoice
from gbcscheck.extract.table_mapping import ROW_FACTS, TableMapping
from gbcscheck.inputs.kinds import is_zip
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.setting_words import BLANKS

if TYPE_CHECKING:
    from gbcscheck.extract.table_layout import Table

NEARLY = 0.8
"""How much alike a title and the name of a data item are where the one is taken for the other misspelt."""
SHOWN_ROWS = 1_000
"""Rows whose values are entered one by one; those of the others are judged and counted."""
FORM = "table"


def judge_table(path: str, content: bytes, context: Context, record: FileRecord) -> ConfigurationVerdict:
    """Judge the tables of settings in a workbook (.xlsx) or a CSV file, every sheet that is shown and has one.

    Raises UnreadableSource for what is neither, or damaged.
    """
    left_out: list[NotTaken] = []
    choice = TableChoice(hidden=context.choices.hidden)
    sheets = list(shown_sheets(_sheets(path, content), choice, path, left_out))
    file = _Tables(context, record, mapping_beside(path, record))
    for sheet in sheets:
        file.sheet(sheet)
    for one in left_out:
        record.left_out("", one.place, one.reason)
    return file.verdict(sheets, left_out)


def _sheets(path: str, content: bytes) -> list[Sheet]:
    """The sheets of a file by its content; the readers want a file, whose name a CSV sheet bears."""
    from gbcscheck.extract.csv_sheet import read_csv
    from gbcscheck.extract.workbook import read_workbook
    from gbcscheck.inputs.temporary import private_folder

    with private_folder() as folder:
        copy = Path(folder, Path(path).name if path != "-" else "standard input.csv")
        copy.write_bytes(content)
        if is_zip(content):
            return list(read_workbook(copy, shown=path).values())
        return [read_csv(copy, shown=path)]


class _Tables:
    """The tables of one file, judged one after the other."""

    def __init__(self, context: Context, record: FileRecord, mapping: TableMapping | None) -> None:
        self._record = record
        self._titles = TITLES if mapping is None else titles_with(mapping)
        self._gatherer = Gatherer(record)
        self._places: dict[str, str] = {}
        self._judge = ConfigurationJudge(
            context.catalogue, self._gatherer, self._place, context.choices.device_type, context.house
        )
        self._judged: list[str] = []
        self._decimal: Sign = ""
        self._delimiter = ""
        self._rows = 0

    def _place(self, pointer: str) -> str:
        while pointer not in self._places:
            pointer = pointer.rpartition("/")[0]
        return self._places[pointer]

    def sheet(self, sheet: Sheet) -> None:
        """Judge a sheet, if there is a table on it."""
        titles = with_objects(sheet, self._titles)
        tables = item_tables(sheet, titles)
        columns = None if tables else device_table(sheet, self._name_of)
        listed = lists_on(sheet, self._is_item, titles) if not tables and columns is None else []
        if not tables and columns is None and not listed:
            return
        self._judged.append(sheet.name)
        self._delimiter = sheet.delimiter if sheet.delimiter in (";", "\t") else ""
        numbers = (cell.text for row in sheet.rows for cell in row.cells if cell.text[:1].isdigit())
        self._decimal = decimal_sign(numbers) if self._delimiter else ""
        if sheet.note:
            self._record.fact("encoding", sheet.note, sheet.name)
        for table in tables:
            self._items_in_rows(table)
        if columns is not None:
            self._devices_in_rows(sheet, columns)
        for one in listed:
            self._list(sheet, one)
        self._judge.values.end()

    def _name_of(self, text: str) -> str:
        """The name of the data item that a text means; empty where it means none."""
        name = self._titles.data_item([text]) if text else ""
        return name if name and self._judge.finder.means(name) else ""

    def _is_item(self, text: str) -> bool:
        return bool(self._name_of(text)) or (bool(text) and self._judge.finder.is_object(text))

    def _named(self, row: Row, text: str, objects: ObjectColumns) -> str:
        """The name of the data item that a row is about: by its name, or by the object that it names."""
        if self._name_of(text) and read_object_name(text) is None:
            return self._name_of(text)
        names = tuple(objects.names_of(row))
        return next((name for one in names if (name := self._name_of(one))), "") or next(iter(names), text)

    def _disagreement(self, row: Row, text: str, objects: ObjectColumns) -> str:
        """Why the object that a row names cannot hold the data item of its name."""
        if objects.object < 0 or read_object_name(row.at(objects.object).text) is None:
            return ""
        names = (text, *(row.at(place).text for place in objects.names))
        known = [name for one in names if one and (name := self._name_of(one))]
        return self._judge.finder.disagreement(known, next(objects.names_of(row)))

    # --- one data item a row -----------------------------------------------------------------------------------------

    def _items_in_rows(self, table: Table) -> None:
        from gbcscheck.extract.table_body import entries
        from gbcscheck.facts.item_names import item_names

        aids, objects = beside(table), object_columns(table.titles, table.mapping)
        for address, title in table.strangers(aids.says_which).items():
            where = f"{table.sheet.name}!{address}"
            if is_of_devices(title):
                self._record.fact(title, "which device each row is of", where)
                continue
            self._record.left_out(title, where, "a column that is not read" if title else "a column without a title")
        for place, column in table.columns:
            if column.attribute not in ("value", *ROW_FACTS):
                address = f"{table.sheet.name}!{table.title_cell(place).address}"
                self._record.left_out(clipped(table.title(place)), address, "a column that is not judged")
        devices = device_places(table)
        of_device: dict[tuple[int, str], int] = {}
        seen: dict[tuple[int, int, str], str] = {}
        for entry in entries(table):
            row, name = entry.row, self._named(entry.row, entry.name, objects)
            if why := entry.why or aids.why_aside(table, row):
                self._tell_row(table, row, why)
                continue
            self._next_row()
            for place, column in aids.columns(table, row):
                if column.attribute != "value":
                    continue
                cell = row.at(place)
                if cell.deleted:
                    self._record.left_out(clipped(cell.deleted), table.sheet.place(cell), "struck out")
                if cell.is_blank or cell.deleted:
                    continue
                self._places = {"": table.sheet.place(cell)}
                if not name:
                    self._record.left_out(clipped(cell.text), table.sheet.place(cell), "a row without a data item")
                    continue
                device = " ".join(row.at(one).text for one in devices)
                number = of_device.setdefault((place, device), len(of_device))
                self._once(name, row, number, seen)
                self._judge.values.house.column = number
                unit_place = table.unit_of(place)
                unit = row.at(unit_place).text if unit_place is not None else ""
                unit = unit if unit not in BLANKS else unit_of_title(column.unit)
                if not unit and item_names().expected(name) == "quantity":
                    unit = entry.unit or aids.of_all.text
                if why := self._disagreement(row, entry.name, objects):
                    cell = replace(cell, problem=why)
                self._cell(name, cell, unit, aids.why_scaled(table, row, column, shown_text(cell)))

    def _tell_row(self, table: Table, row: Row, why: str) -> None:
        filled = [cell for cell in row.cells if not cell.is_blank]
        first = filled[0]
        if len(filled) == 1 and not first.deleted:
            self._record.fact(clipped(first.text), why, table.sheet.place(first))
        else:
            self._record.left_out(clipped(first.text or first.deleted), table.sheet.place(first), why)

    def _list(self, sheet: Sheet, listed: Listed) -> None:
        """A list that no title calls one: a data item, its value, maybe its unit; or one device a column, under its
        name."""
        header = listed.header
        of_values = {*listed.values, *listed.values.values(), *listed.scales}
        used = {listed.name, *of_values, *listed.objects[:3], *listed.objects.names}
        filled = (*([header] if header is not None else ()), *listed.body)
        for place in range(max(len(row.cells) for row in filled)):
            held = next((row.at(place) for row in filled if not row.at(place).is_blank), None)
            if held is not None and place not in used:
                self._record.left_out(clipped(held.text), sheet.place(held), "a column that is not read")
        devices = header if len(listed.values) > 1 else None
        body = listed.body if devices is None else self._of_items(sheet, listed)
        if header is not None and devices is None:
            self._record.fact(clipped(header.at(0).text), header.at(1).text, sheet.place(header.at(0)))
        for place in listed.values:
            if devices is not None:
                self._record.branch(clipped(devices.at(place).text), sheet.place(devices.at(place)))
                self._record.depth += 1
            self._column(sheet, listed, body, place)
            self._judge.values.end()
            if devices is not None:
                self._record.depth -= 1

    def _of_items(self, sheet: Sheet, listed: Listed) -> list[Row]:
        """The rows of a list of several devices that name a data item; the others are told once, as columns are that
        name none where a row is a device."""
        rows = []
        for row in listed.body:
            text = row.at(listed.name).text
            named = self._named(row, text, listed.objects) if text else ""
            if not text or self._name_of(named) or read_object_name(named) is not None:
                rows.append(row)
            else:
                self._stranger(sheet, row.at(listed.name), "a row that names no data item")
        return rows

    def _column(self, sheet: Sheet, listed: Listed, body: Sequence[Row], place: int) -> None:
        """One column of values of a list."""
        seen: dict[tuple[int, int, str], str] = {}
        for row in body:
            cell = row.at(place)
            name = self._named(row, row.at(listed.name).text, listed.objects)
            if not name and not cell.is_blank:
                self._record.left_out(clipped(cell.text), sheet.place(cell), "a row without a data item")
                continue
            if cell.is_blank:
                self._record.fact(clipped(name), cell.text, sheet.place(row.at(listed.name)))
                continue
            self._next_row()
            self._places = {"": sheet.place(cell)}
            self._once(name, row, place, seen)
            of_units = listed.values[place]
            unit = row.at(of_units).text if of_units is not None else ""
            if why := self._disagreement(row, row.at(listed.name).text, listed.objects):
                cell = replace(cell, problem=why)
            self._cell(name, cell, unit if unit not in BLANKS else "", listed.why_scaled(row, place))

    def _once(self, name: str, row: Row, place: int, seen: dict[tuple[int, int, str], str]) -> None:
        """Tell of an item that an earlier row of the same column, and device, names too."""
        identity = self._judge.identity(name)
        if identity is not None:
            first = seen.setdefault((place, *identity), row_name(row))
            if first != row_name(row):
                self._judge.given_twice(name, f"{first} and {row_name(row)} name", "")

    def _cell(self, name: str, cell: Cell, unit: str, why_not: str = "") -> None:
        why, value = cell.problem or (why_not if is_number(cell) else ""), None
        if not why:
            try:
                value = cell_value(self._pointed(name, cell), unit)
            except NoValue as error:
                why = str(error)
            except NotationError as error:
                why = f'"{clipped(cell.text)}": {error.problem}'
        if why:
            problem = Problem(NOT_OF_TYPE, f"{why}: there is no value to be judged")
            self._judge.values.wrong(problem, clipped(name), cell.text, name, "")
            return
        self._judge.items({name: value}, "")

    def _pointed(self, name: str, cell: Cell) -> Cell:
        """The cell of a number, as text with a decimal point, whatever sign the numbers of its CSV file have;
        NotationError where that cannot be told."""
        if not self._delimiter or not isinstance(cell.value, str) or not self._judge.is_number(name):
            return cell
        return replace(cell, value=with_points(cell.value, self._decimal, self._delimiter))

    def _next_row(self) -> None:
        self._rows += 1
        self._judge.values.shows = self._gatherer.record.tree and self._rows <= SHOWN_ROWS

    # --- one device a row --------------------------------------------------------------------------------------------

    def _devices_in_rows(self, sheet: Sheet, columns: DeviceColumns) -> None:
        self._titles_of_devices(sheet, columns)
        units: dict[int, str] = {}
        below = (row for row in sheet.rows if row.number > columns.header.number and not row.is_blank)
        top = columns.header.number
        for row in below:
            if self._gatherer.is_full:
                break
            holds_numbers = any(is_number(row.at(place)) for place in columns.items)
            again = None if holds_numbers else device_columns(sheet, row, self._name_of)
            if again is not None:
                columns, top, units = again, row.number, {}
                self._titles_of_devices(sheet, columns)
                continue
            if row.number == top + 1 and columns.is_of_units(row):
                units = {place: row.at(place).text for place in columns.items}
                self._record.fact(row_name(row), "the units of the columns", f"{sheet.name}!{row.cells[0].address}")
                continue
            self._next_row()
            filled = [place for place in columns.items if not row.at(place).is_blank]
            if not filled:
                first = next(cell for cell in row.cells if not cell.is_blank)
                self._record.left_out(clipped(first.text), sheet.place(first), "a row without a value of a data item")
                continue
            self._places = {"": f"{sheet.name}!{row.cells[0].address}"}
            if self._judge.values.shows:
                self._record.branch(row_name(row), self._places[""])
            self._record.depth += 1
            for place in filled:
                name, unit = columns.items[place]
                self._places = {"": sheet.place(row.at(place))}
                beside = row.at(columns.units[place]).text if place in columns.units else ""
                unit = unit or (beside if beside not in BLANKS else "") or units.get(place, "")
                self._cell(name, row.at(place), unit)
            self._judge.values.end()
            self._record.depth -= 1

    def _titles_of_devices(self, sheet: Sheet, columns: DeviceColumns) -> None:
        for cell in columns.strangers():
            self._stranger(sheet, cell, "a column that names no data item")
        self._columns_once(sheet, columns)

    def _columns_once(self, sheet: Sheet, columns: DeviceColumns) -> None:
        """Tell of an item that two columns name."""
        seen: dict[tuple[int, str], Cell] = {}
        for place, (name, _) in columns.items.items():
            identity, cell = self._judge.identity(name), columns.header.at(place)
            if identity is not None and seen.setdefault(identity, cell) is not cell:
                self._places = {"": sheet.place(cell)}
                self._judge.given_twice(name, f"{sheet.place(seen[identity])} and {sheet.place(cell)} name", "")

    def _stranger(self, sheet: Sheet, cell: Cell, why: str) -> None:
        """A column or row that is no data item is told; one that is spelt nearly like an item is a fault."""
        from difflib import get_close_matches

        place = sheet.place(cell)
        if read_object_name(cell.text) is not None:
            self._record.left_out(clipped(cell.text), place, why)
            problem = self._judge.finder.why_not(clipped(cell.text), "")
            self._gatherer.add(problem, subject=clipped(cell.text), written=clipped(cell.text), source=place)
            return
        by_plain = {head.casefold(): head for head in self._judge.finder.names.heads}
        near = get_close_matches(head_of(cell.text)[0].casefold(), by_plain, n=3, cutoff=NEARLY)
        self._record.left_out(clipped(cell.text), place, why)
        if near:
            message = f'no specification of the release has a data item "{clipped(cell.text)}"'
            problem = Problem(UNKNOWN_ITEM, message, suggestion=f"near it: {', '.join(by_plain[one] for one in near)}")
            self._gatherer.add(problem, subject=clipped(cell.text), written=clipped(cell.text), source=place)

    # --- the end -----------------------------------------------------------------------------------------------------

    def verdict(self, sheets: list[Sheet], left_out: Sequence[NotTaken]) -> ConfigurationVerdict:
        """What came of the file; ``left_out`` is what of it is hidden."""
        self._gatherer.close()
        others = [sheet.name for sheet in sheets if sheet.name not in self._judged and sheet.rows]
        if not self._judged:
            tops = [(sheet, next((row for row in sheet.rows if not row.is_blank), None)) for sheet in sheets]
            found = "; ".join(
                (
                    *(f"{sheet.name}: {titles_of(row, 8)}" for sheet, row in tops if row is not None),
                    *(f"{one.place}, {one.reason}" for one in left_out),
                )
            )
            wanted = "a header row with the titles Data item and Value, or with names of data items, was expected"
            return ConfigurationVerdict(f"{wanted} in the first {HEADER_WITHIN} rows; found {found or 'nothing'}", FORM)
        for name in others:
            self._record.left_out("", name, "a sheet without a table of settings")
        if self._gatherer.is_full:
            return ConfigurationVerdict(FULL, FORM)
        nothing = not self._record.values and not self._record.findings
        return ConfigurationVerdict("no data item has a value in it" if nothing else "", FORM)


def row_name(row: Row) -> str:
    """``row 7``."""
    return f"row {row.number}"
