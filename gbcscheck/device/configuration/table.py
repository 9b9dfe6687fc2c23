"""Configurations in workbooks and CSV files: one data item a row, or one device a row; the header says which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.configuration.cells import TITLES, NoValue, cell_value, is_number, titles_with
from gbcscheck.device.configuration.gather import Gatherer
from gbcscheck.device.configuration.judge import ConfigurationJudge
from gbcscheck.device.configuration.leaf import clipped
from gbcscheck.device.configuration.own_names import mapping_beside
from gbcscheck.device.configuration.read import FULL, ConfigurationVerdict
from gbcscheck.device.configuration.rules import NOT_OF_TYPE, UNKNOWN_ITEM
from gbcscheck.device.context import Context
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.domains.unit_words import is_unit_text
from gbcscheck.extract.chosen_tables import NotTaken, shown_sheets
from gbcscheck.extract.sheets import HEADER_WITHIN, Cell, Row, Sheet, titles_of
from gbcscheck.extract.table_beside import beside
from gbcscheck.extract.table_cells import shown_text, unit_of_title
from gbcscheck.extract.table_choice import TableChoice
from gbcscheck.extract.table_mapping import TableMapping
from gbcscheck.extract.table_titles import Titles
from gbcscheck.frozen import frozen
from gbcscheck.inputs.kinds import is_zip
from gbcscheck.notation.setting_words import BLANKS

if TYPE_CHECKING:
    from gbcscheck.extract.table_layout import Table

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


@frozen
class _Columns:
    """A table with one device a row: the columns (from 0) of data items with their names and units."""

    header: Row
    items: Mapping[int, tuple[str, str]]

    def strangers(self) -> Iterator[Cell]:
        """Cells of the header that name no data item."""
        for place, cell in enumerate(self.header.cells):
            if place not in self.items and not cell.is_blank:
                yield cell


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
        self._rows = 0

    def _place(self, pointer: str) -> str:
        while pointer not in self._places:
            pointer = pointer.rpartition("/")[0]
        return self._places[pointer]

    def sheet(self, sheet: Sheet) -> None:
        """Judge a sheet, if there is a table on it."""
        tables = _item_tables(sheet, self._titles)
        columns = None if tables else _device_table(sheet, self._name_of)
        listed = not tables and columns is None and _is_list(sheet, self._name_of)
        if not tables and columns is None and not listed:
            return
        self._judged.append(sheet.name)
        if sheet.note:
            self._record.fact("encoding", sheet.note, sheet.name)
        if tables:
            for table in tables:
                self._items_in_rows(table)
        elif columns is not None:
            self._devices_in_rows(sheet, columns)
        else:
            self._list(sheet)
        self._judge.values.end()

    def _name_of(self, text: str) -> str:
        """The name of the data item that a text means; empty where it means none."""
        name = self._titles.data_item([text]) if text else ""
        return name if name and self._judge.finder.find(name) is not None else ""

    # --- one data item a row -----------------------------------------------------------------------------------------

    def _items_in_rows(self, table: Table) -> None:
        from gbcscheck.extract.table_body import entries
        from gbcscheck.facts.item_names import item_names

        aids = beside(table)
        for address, title in table.strangers(aids.says_which).items():
            why = "a column that is not read" if title else "a column without a title"
            self._record.left_out(title, f"{table.sheet.name}!{address}", why)
        seen: dict[tuple[int, int, str], str] = {}
        for entry in entries(table):
            row, name = entry.row, entry.name
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
                self._once(name, row, place, seen)
                self._judge.values.house.column = place
                unit_place = table.unit_of(place)
                unit = row.at(unit_place).text if unit_place is not None else ""
                unit = unit if unit not in BLANKS else unit_of_title(column.unit)
                if not unit and item_names().expected(name) == "quantity":
                    unit = entry.unit or aids.of_all.text
                self._cell(name, cell, unit, aids.why_scaled(table, row, column, shown_text(cell)))

    def _tell_row(self, table: Table, row: Row, why: str) -> None:
        filled = [cell for cell in row.cells if not cell.is_blank]
        first = filled[0]
        if len(filled) == 1 and not first.deleted:
            self._record.fact(clipped(first.text), why, table.sheet.place(first))
        else:
            self._record.left_out(clipped(first.text or first.deleted), table.sheet.place(first), why)

    def _list(self, sheet: Sheet) -> None:
        """A list that no title calls one: a data item, its value, maybe its unit; or one device a column, under its
        name."""
        filled = [row for row in sheet.rows if not row.is_blank]
        header = None if self._name_of(filled[0].at(0).text) else filled[0]
        body = filled if header is None else filled[1:]
        columns = _list_columns(header, body, self._titles)
        for place in range(1, max(len(row.cells) for row in filled)):
            held = next((row.at(place) for row in filled if not row.at(place).is_blank), None)
            if held is not None and place != columns.unit and place not in columns.values:
                self._record.left_out(clipped(held.text), sheet.place(held), "a column that is not read")
        devices = header if len(columns.values) > 1 else None
        if header is not None and devices is None:
            self._record.fact(clipped(header.at(0).text), header.at(1).text, sheet.place(header.at(0)))
        for place in columns.values:
            if devices is not None:
                self._record.branch(clipped(devices.at(place).text), sheet.place(devices.at(place)))
                self._record.depth += 1
            self._column(sheet, body, place, columns.unit)
            self._judge.values.end()
            if devices is not None:
                self._record.depth -= 1

    def _column(self, sheet: Sheet, body: Sequence[Row], place: int, unit: int | None) -> None:
        """One column of values of a list."""
        seen: dict[tuple[int, int, str], str] = {}
        for row in body:
            text, cell = row.at(0).text, row.at(place)
            name = self._name_of(text) or text
            if not name and not cell.is_blank:
                self._record.left_out(clipped(cell.text), sheet.place(cell), "a row without a data item")
                continue
            if cell.is_blank:
                self._record.fact(clipped(name), cell.text, sheet.place(row.at(0)))
                continue
            self._next_row()
            self._places = {"": sheet.place(cell)}
            self._once(name, row, place, seen)
            self._cell(name, cell, row.at(unit).text if unit is not None and row.at(unit).text not in BLANKS else "")

    def _once(self, name: str, row: Row, place: int, seen: dict[tuple[int, int, str], str]) -> None:
        """Tell of an item that an earlier row of the same column names too."""
        identity = self._judge.identity(name)
        if identity is not None:
            first = seen.setdefault((place, *identity), row_name(row))
            if first != row_name(row):
                self._judge.given_twice(name, f"{first} and {row_name(row)} name", "")

    def _cell(self, name: str, cell: Cell, unit: str, why_not: str = "") -> None:
        why, value = cell.problem or (why_not if is_number(cell) else ""), None
        if not why:
            try:
                value = cell_value(cell, unit)
            except NoValue as error:
                why = str(error)
        if why:
            problem = Problem(NOT_OF_TYPE, f"{why}: there is no value to be judged")
            self._judge.values.wrong(problem, clipped(name), cell.text, name, "")
            return
        self._judge.items({name: value}, "")

    def _next_row(self) -> None:
        self._rows += 1
        self._judge.values.shows = self._gatherer.record.tree and self._rows <= SHOWN_ROWS

    # --- one device a row --------------------------------------------------------------------------------------------

    def _devices_in_rows(self, sheet: Sheet, columns: _Columns) -> None:
        for cell in columns.strangers():
            self._stranger(sheet, cell)
        for row in sheet.rows:
            if row.number <= columns.header.number or row.is_blank or self._gatherer.is_full:
                continue
            self._next_row()
            filled = {name: row.at(place) for place, (name, _) in columns.items.items() if not row.at(place).is_blank}
            if not filled:
                continue
            self._places = {"": f"{sheet.name}!{row.cells[0].address}"}
            if self._judge.values.shows:
                self._record.branch(row_name(row), self._places[""])
            self._record.depth += 1
            units = dict(columns.items.values())
            for name, cell in filled.items():
                self._places = {"": sheet.place(cell)}
                self._cell(name, cell, units[name])
            self._judge.values.end()
            self._record.depth -= 1

    def _stranger(self, sheet: Sheet, cell: Cell) -> None:
        """A column that is no data item is told; one that is spelt nearly like an item is a fault."""
        from difflib import get_close_matches

        place = sheet.place(cell)
        by_plain = {head.casefold(): head for head in self._judge.finder.names.heads}
        near = get_close_matches(cell.text.casefold(), by_plain, n=3, cutoff=NEARLY)
        self._record.left_out(clipped(cell.text), place, "a column that names no data item")
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


_UNIT = re.compile(r"(.+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*", re.DOTALL)
_POWER_OF_TEN = re.compile(r"(?:10*|0[.,]0*1)\s*[^\W\d]")
NEARLY = 0.8
"""How much alike a title and the name of a data item are where the one is taken for the other misspelt."""


def row_name(row: Row) -> str:
    """``row 7``."""
    return f"row {row.number}"


def _item_tables(sheet: Sheet, titles: TableMapping) -> list[Table]:
    """The tables of a sheet that have a column of values."""
    from gbcscheck.extract.table_layout import tables_on

    return [table for table in tables_on(sheet, titles, sheet.name) if table.of("value") is not None]


def _device_table(sheet: Sheet, name_of: Callable[[str], str]) -> _Columns | None:
    """The first of the top rows of which two titles, or all its cells, are names of data items, maybe with a unit
    behind; or of which the last is one, over values."""
    for row in sheet.rows:
        if row.number > HEADER_WITHIN:
            return None
        items: dict[int, tuple[str, str]] = {}
        titles = [place for place, cell in enumerate(row.cells) if not cell.is_blank and isinstance(cell.value, str)]
        for place in titles:
            text = row.at(place).text
            behind = _UNIT.fullmatch(text)
            if name := name_of(text):
                items[place] = (name, "")
            elif behind and (name := name_of(behind[1])) and is_unit_text(behind[2]):
                items[place] = (name, behind[2])
        filled = sum(not cell.is_blank for cell in row.cells)
        alone = len(items) == 1 and max(titles) in items and _is_over_values(sheet, row, max(titles))
        if len(items) > 1 or (items and len(items) == filled) or alone:
            return _Columns(row, items)
    return None


def _is_over_values(sheet: Sheet, header: Row, place: int) -> bool:
    """Whether values stand under a cell, at least in half of the rows."""
    below = [row.at(place) for row in sheet.rows if row.number > header.number and not row.is_blank]
    return 2 * sum(is_number(cell) or _is_value(cell.text) for cell in below) >= len(below) > 0


class _ListColumns(NamedTuple):
    """The columns (from 0) of a list: those with values, and the one with units."""

    values: tuple[int, ...]
    unit: int | None


def _list_columns(header: Row | None, body: Sequence[Row], mapping: TableMapping) -> _ListColumns:
    """The columns of a list of data items. Under a row of names every column is of values that has no other title and
    holds some at least in half of its cells; else the first is, and units are the second where it holds no values."""
    cells = {
        place: [row.at(place) for row in body if not row.at(place).is_blank]
        for place in range(1, max((len(row.cells) for row in body), default=0))
    }
    if header is None:
        return _ListColumns((1,), None if any(_is_value(cell.text) for cell in cells.get(2, ())) else 2)
    titles = Titles(mapping)
    said = {place: titles.column(header.at(place)) for place in cells}
    units = [
        place
        for place, found in cells.items()
        if ((column := said[place]) is not None and column.attribute == "unit")
        or (found and all(is_unit_text(cell.text) and not _is_value(cell.text) for cell in found))
    ]
    values = [
        place
        for place, found in cells.items()
        if place not in units
        and said[place] is None
        and not header.at(place).is_blank
        and 2 * sum(is_number(cell) or _is_value(cell.text) for cell in found) >= len(found) > 0
    ]
    return _ListColumns(tuple(values) or (1,), next(iter(units), None))


def _is_value(text: str) -> bool:
    """Whether a text is a value rather than a unit, which may be ten of something or a tenth (``0.1 V``)."""
    return text[:1].isdigit() and _POWER_OF_TEN.match(text) is None


def _is_list(sheet: Sheet, name_of: Callable[[str], str]) -> bool:
    """Whether a sheet without a header is a list of data items with their values behind: at least half of the first
    column's cells name one."""
    firsts = [row.at(0).text for row in sheet.rows if not row.is_blank]
    known_ones = sum(bool(name_of(text)) for text in firsts)
    return bool(known_ones) and 2 * known_ones >= len(firsts)
