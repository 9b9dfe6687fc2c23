"""The cells of one file of tables, judged as the values of data items: which item a name means, in which unit."""

from __future__ import annotations

from dataclasses import replace

from gbcscheck.device.configuration.cells import TITLES, NoValue, cell_value, is_number, titles_with
from gbcscheck.device.configuration.gather import Gatherer
from gbcscheck.device.configuration.judge import ConfigurationJudge
from gbcscheck.device.configuration.leaf import clipped
from gbcscheck.device.configuration.names import head_of
from gbcscheck.device.configuration.objects import read_object_name
from gbcscheck.device.configuration.rules import NOT_OF_TYPE, UNKNOWN_ITEM
from gbcscheck.device.configuration.table_shapes import ObjectColumns
from gbcscheck.device.context import Context
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.extract.decimal_signs import Sign, decimal_sign, with_points
from gbcscheck.extract.sheets import Cell, Row, Sheet
from gbcscheck.extract.table_mapping import TableMapping
from gbcscheck.notation.errors import NotationError

NEARLY = 0.8
"""How much alike a title and the name of a data item are where the one is taken for the other misspelt."""
SHOWN_ROWS = 1_000
"""Rows whose values are entered one by one; those of the others are judged and counted."""


class TableCells:
    """What is known and told of the tables of one file while they are judged one after the other."""

    def __init__(self, context: Context, record: FileRecord, mapping: TableMapping | None) -> None:
        self.record = record
        self.titles = TITLES if mapping is None else titles_with(mapping)
        self.gatherer = Gatherer(record)
        self._places: dict[str, str] = {}
        self.judge = ConfigurationJudge(
            context.catalogue, self.gatherer, self.place, context.choices.device_type, context.house
        )
        self._decimal: Sign = ""
        self._delimiter = ""
        self._rows = 0

    def begin(self, sheet: Sheet) -> None:
        """From here on it is the cells of this sheet."""
        self._delimiter = sheet.delimiter if sheet.delimiter in (";", "\t") else ""
        numbers = (cell.text for row in sheet.rows for cell in row.cells if cell.text[:1].isdigit())
        self._decimal = decimal_sign(numbers) if self._delimiter else ""

    def stand_at(self, place: str) -> None:
        """From here on what is told is told of this place."""
        self._places = {"": place}

    def place(self, pointer: str) -> str:
        """Where the value stands to which a pointer leads."""
        while pointer and pointer not in self._places:
            pointer = pointer.rpartition("/")[0]
        return self._places[pointer]

    def name_of(self, text: str) -> str:
        """The name of the data item that a text means; empty where it means none."""
        name = self.titles.data_item([text]) if text else ""
        return name if name and self.judge.finder.means(name) else ""

    def is_item(self, text: str) -> bool:
        """Whether a text names a data item, or an object that holds one."""
        return bool(self.name_of(text)) or (bool(text) and self.judge.finder.is_object(text))

    def named(self, row: Row, text: str, objects: ObjectColumns) -> str:
        """The name of the data item that a row is about: by its name, or by the object that it names."""
        if self.name_of(text) and read_object_name(text) is None:
            return self.name_of(text)
        names = tuple(objects.names_of(row))
        return next((name for one in names if (name := self.name_of(one))), "") or next(iter(names), text)

    def disagreement(self, row: Row, text: str, objects: ObjectColumns) -> str:
        """Why the object that a row names cannot hold the data item of its name."""
        if objects.object < 0 or read_object_name(row.at(objects.object).text) is None:
            return ""
        names = (text, *(row.at(place).text for place in objects.names))
        known = [name for one in names if one and (name := self.name_of(one))]
        return self.judge.finder.disagreement(known, next(objects.names_of(row)))

    def once(self, name: str, row: Row, place: int, seen: dict[tuple[int, int, str], str]) -> None:
        """Tell of an item that an earlier row of the same column, and device, names too."""
        identity = self.judge.identity(name)
        if identity is not None:
            first = seen.setdefault((place, *identity), row_name(row))
            if first != row_name(row):
                self.judge.given_twice(name, f"{first} and {row_name(row)} name", "")

    def cell(self, name: str, cell: Cell, unit: str, why_not: str = "") -> None:
        """Judge a cell as the value of a data item; ``why_not`` says why a number in it cannot be one."""
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
            self.judge.values.wrong(problem, clipped(name), cell.text, name, "")
            return
        self.judge.items({name: value}, "")

    def _pointed(self, name: str, cell: Cell) -> Cell:
        """The cell of a number, as text with a decimal point, whatever sign the numbers of its CSV file have;
        NotationError where that cannot be told."""
        if not self._delimiter or not isinstance(cell.value, str) or not self.judge.is_number(name):
            return cell
        return replace(cell, value=with_points(cell.value, self._decimal, self._delimiter))

    def next_row(self) -> None:
        """A row more; those beyond the first thousand are not entered value by value."""
        self._rows += 1
        self.judge.values.shows = self.gatherer.record.tree and self._rows <= SHOWN_ROWS

    def stranger(self, sheet: Sheet, cell: Cell, why: str) -> None:
        """A column or row that is no data item is told; one that is spelt nearly like an item is a fault."""
        from difflib import get_close_matches

        place = sheet.place(cell)
        if read_object_name(cell.text) is not None:
            self.record.left_out(clipped(cell.text), place, why)
            problem = self.judge.finder.why_not(clipped(cell.text), "")
            self.gatherer.add(problem, subject=clipped(cell.text), written=clipped(cell.text), source=place)
            return
        by_plain = {head.casefold(): head for head in self.judge.finder.names.heads}
        near = get_close_matches(head_of(cell.text)[0].casefold(), by_plain, n=3, cutoff=NEARLY)
        self.record.left_out(clipped(cell.text), place, why)
        if near:
            message = f'no specification of the release has a data item "{clipped(cell.text)}"'
            problem = Problem(UNKNOWN_ITEM, message, suggestion=f"near it: {', '.join(by_plain[one] for one in near)}")
            self.gatherer.add(problem, subject=clipped(cell.text), written=clipped(cell.text), source=place)


def row_name(row: Row) -> str:
    """``row 7``."""
    return f"row {row.number}"
