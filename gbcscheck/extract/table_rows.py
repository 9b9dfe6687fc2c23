"""What one row of a table of settings says of its data item."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from gbcscheck.extract.sheets import Cell, Row
from gbcscheck.extract.table_beside import NOTHING, Beside
from gbcscheck.extract.table_body import NO_ITEM, Entry, provenance_of
from gbcscheck.extract.table_cells import (
    RowUnit,
    UnreadCell,
    between,
    domain_of,
    read_text,
    read_texts,
    read_type,
    read_value,
    shown_text,
    unit_of_title,
)
from gbcscheck.extract.table_layout import Table
from gbcscheck.extract.table_mapping import BOUNDS, ROW_FACTS, Column
from gbcscheck.extract.transcript import Transcript, one_line
from gbcscheck.frozen import frozen
from gbcscheck.model import PROVENANCES
from gbcscheck.notation.setting_words import BLANKS, is_blank_mark

if TYPE_CHECKING:
    from gbcscheck.domains import Domain
    from gbcscheck.notation.setting import Blank, Setting


def say_row(transcript: Transcript, table: Table, entry: Entry, provenance: str, beside: Beside = NOTHING) -> None:
    """State what a row says; ``provenance`` is the table's, stated again only where the row has another; ``beside`` is
    what stands beside its values and bears on them."""
    row = entry.row
    deleted = next((cell for places in table.subject for cell in map(row.at, places) if cell.deleted), None)
    if deleted is not None:
        transcript.unread("data item", table.sheet.place(deleted), deleted.deleted, "struck out: the row is deleted")
        return
    if why := entry.why or beside.why_aside(table, row):
        first = next(cell for cell in row.cells if not cell.is_blank)
        transcript.leave_out("row", table.sheet.place(first), entry.name, why)
        return
    if not entry.name:
        named = [row.at(place) for place in table.subject[0]]
        cell = next((cell for cell in named if cell.problem), named[0])
        transcript.unread("data item", table.sheet.place(cell), "", cell.problem or NO_ITEM)
        return
    own = provenance_of(table, row)
    _ItemRow(transcript, table, entry, own if own and own != provenance else None, beside).say()


@frozen
class _ItemRow:
    """A row with its data item; ``provenance`` is None where it is that of the table."""

    transcript: Transcript
    table: Table
    entry: Entry
    provenance: str | None
    beside: Beside

    @property
    def row(self) -> Row:
        return self.entry.row

    @property
    def subject(self) -> str:
        return self.entry.name

    def say(self) -> None:
        bounds: dict[str, tuple[int, Column]] = {}
        seen: set[tuple[str, str]] = set()
        for place, column in self.beside.columns(self.table, self.row):
            key = (column.attribute, self.row.at(place).address)
            if key in seen or self._is_said(place, column):  # one cell over two columns of the same title
                continue
            seen.add(key)
            if column.attribute in BOUNDS:
                bounds.setdefault(column.attribute, (place, column))
            elif column.attribute in ROW_FACTS:
                self._row_fact(place, column)
            else:
                self._attribute(place, column)
        if bounds:
            self._bounds(bounds)

    def _is_said(self, place: int, column: Column) -> bool:
        """Whether a row that goes on with an item says nothing in a column, or what rows above say already: that is
        told."""
        above, cell = self.entry.above, self.row.at(place)
        if above is None:
            return False
        if cell.is_blank or column.attribute == "ignore" or cell.address == above.at(place).address:
            return True
        if place not in self.entry.said or self.beside.says_which is not None:
            return False
        self._unread(place, cell.text, f"the row goes on with {self.subject}, of which a row above says this already")
        return True

    def _attribute(self, place: int, column: Column) -> None:
        cell = self.table.mapping.cell(column.attribute)
        if cell == "set":
            self._set(place, column)
        elif cell == "data type":
            self._read(place, column, read_type)
        elif cell == "texts":
            self._read(place, column, read_texts)
        else:
            self._fact(place, column, in_words=cell == "words")

    # --- the row's own facts -----------------------------------------------------------------------------------------

    def _text(self, attribute: str) -> str:
        return self._text_at(self.table.of(attribute))

    def _text_at(self, place: int | None) -> str:
        """The text of a column, of the row or of the one above that it goes on with."""
        if place is None:
            return ""
        rows = (self.row, self.entry.above) if self.entry.above else (self.row,)
        texts = (one_line(shown_text(row.at(place))) for row in rows)
        return next((text for text in texts if text not in BLANKS), "")

    def _clause(self) -> str:
        return self._text("clause") or self.table.mapping.clause or self.table.clause

    def _unit(self, place: int, column: Column) -> RowUnit:
        """The unit of numbers of a column that have none of their own: the row's, the title's, the whole table's."""
        text = self._text_at(self.table.unit_of(place))
        if text:
            return RowUnit(text, "row")
        behind = unit_of_title(column.unit) if column.unit else ""
        if behind or self.table.mapping.unit:
            return RowUnit(behind or self.table.mapping.unit, "title")
        return RowUnit(self.entry.unit, "table") if self.entry.unit else self.beside.of_all

    def _expected(self) -> str:
        from gbcscheck.facts.item_names import item_names

        return item_names().expected(self.subject)

    # --- statements --------------------------------------------------------------------------------------------------

    def _state(
        self,
        attribute: str,
        cell: Cell,
        *,
        domain: Domain | None = None,
        value: str | int | float | None = None,
        text: str | None = None,
        clause: str | None = None,
    ) -> None:
        self.transcript.say(
            self.subject,
            attribute,
            self.table.sheet.place(cell),
            domain=domain,
            value=value,
            text=text,
            clause=self._clause() if clause is None else clause,
            provenance=self.provenance,
        )

    def _is_nothing(self, place: int, *, is_set: bool = False) -> bool:
        """Whether a cell holds nothing, or a word for it: stated, so that two marks of one document can be compared.
        Text that is struck out is deleted, and states nothing."""
        cell = self.row.at(place)
        if cell.deleted:
            self._unread(place, cell.deleted, "struck out: deleted")
            return True
        if cell.problem or not (cell.text in BLANKS or (is_set and is_blank_mark(cell.text))):
            return False
        self.transcript.count(self.table.title(place), "blank")
        self._state("blank", cell, text=cell.text, clause=f"{self._clause()}, {self.table.title(place)}")
        return True

    def _unread(self, place: int, text: str, reason: str) -> None:
        self.transcript.unread(self.table.title(place), self.table.sheet.place(self.row.at(place)), text, reason)

    def _state_unit_of_title(self, column: Column, place: int, setting: Setting | Blank | None, text: str) -> None:
        """State the unit behind the title of a column, where a number of the row has no other; once a row."""
        from gbcscheck.domains import Numbers
        from gbcscheck.notation.setting import Setting

        unit = self._unit(place, column)
        is_number = isinstance(setting, Setting) and isinstance(setting.domain, Numbers)
        if unit.of != "title" or not column.unit or not is_number or any(sign.isalpha() for sign in text):
            return
        if self.transcript.is_new(self.subject, "unit", self.row.number):
            self._state("unit", self.table.title_cell(place, column.unit), value=unit.name())

    def _row_fact(self, place: int, column: Column) -> None:
        if self._is_nothing(place):
            return
        cell, title = self.row.at(place), self.table.title(place)
        if column.attribute == "provenance" and cell.text.casefold() not in PROVENANCES:
            self._unread(place, cell.text, f"one of {', '.join(PROVENANCES)} was expected")
        elif column.attribute == "unit":
            self._own_unit(place, one_line(shown_text(cell)))
        else:
            self.transcript.count(title, "bare" if column.attribute == "ignore" else "read")

    def _own_unit(self, place: int, text: str) -> None:
        """State the unit of the row, by its name in the table of units; one that is not known keeps its text."""
        from gbcscheck.domains.unit_words import UnknownUnit, read_unit

        cell = self.row.at(place)
        try:
            name = read_unit(text)
        except UnknownUnit as error:
            self._unread(place, text, str(error))
            self._state("unit", cell, text=text)
            return
        self.transcript.count(self.table.title(place), "read")
        if name is not None:
            self._state("unit", cell, value=name, text=text)

    def _fact(self, place: int, column: Column, *, in_words: bool = False) -> None:
        """State a cell as it stands: as a value, or as the source's own words."""
        if self._is_nothing(place):
            return
        cell = self.row.at(place)
        if cell.problem:
            self._unread(place, "", cell.problem)
            return
        self.transcript.count(self.table.title(place), "read")
        if in_words:
            self._state(column.attribute, cell, text=cell.text)
            return
        seen = one_line(shown_text(cell))
        value = cell.value if isinstance(cell.value, int | float) and seen == cell.text else seen
        self._state(column.attribute, cell, value=value)

    def _read(self, place: int, column: Column, read: Callable[[str], Domain]) -> None:
        """State a cell that ``read`` reads; its text alone where it cannot be read."""
        if self._is_nothing(place):
            return
        cell = self.row.at(place)
        domain = self.transcript.attempt(self.table.title(place), self.table.sheet.place(cell), cell, read)
        if domain is not None:
            self.transcript.count(self.table.title(place), "read")
        if domain is not None or cell.text:
            self._state(column.attribute, cell, domain=domain, text=cell.text)

    def _set(self, place: int, column: Column) -> None:
        if self._is_nothing(place, is_set=True):
            return
        cell, title = self.row.at(place), self.table.title(place)
        text = shown_text(cell)
        is_date = column.attribute == "permitted" and isinstance(cell.value, datetime.date)  # made of a range as 1-12
        expected = self._expected() or ("quantity" if is_date else "")
        setting = self._setting(place, cell, text, lambda: self._one(place, column, expected))
        if setting is not None:
            self.transcript.count(title, "read")
        if setting is not None or text:
            self._state(column.attribute, cell, domain=domain_of(setting), text=text)
            self._state_unit_of_title(column, place, setting, text)

    def _one(self, place: int, column: Column, expected: str) -> Setting | Blank:
        """What a cell says; a default is one value, and no range."""
        from gbcscheck.notation.setting import RANGE, Setting

        cell = self._pointed(place)
        setting = read_value(cell, self._unit(place, column), expected)
        self.beside.refuse(self.table, self.row, place, column, shown_text(cell), setting)
        if column.attribute == "default" and isinstance(setting, Setting) and setting.reading == RANGE:
            raise UnreadCell("a range, where one value was expected")
        return setting

    def _pointed(self, place: int) -> Cell:
        """A cell with points as the decimal signs of its numbers. Raises NotationError as ``with_points``."""
        cell = self.row.at(place)
        return replace(cell, value=self.table.pointed(cell.value)) if isinstance(cell.value, str) else cell

    def _setting(
        self, place: int, cell: Cell, text: str, read: Callable[[], Setting | Blank]
    ) -> Setting | Blank | None:
        """What a cell was read as; None, with the reason, where it cannot be."""
        from gbcscheck.notation.errors import NotationError

        if cell.problem:
            self._unread(place, "", cell.problem)
            return None
        try:
            return read()
        except (NotationError, UnreadCell) as error:
            self._unread(place, text, str(error))
            return None

    def _bounds(self, bounds: dict[str, tuple[int, Column]]) -> None:
        """State what lies between the row's minimum and maximum as permitted."""
        present = {name: end for name, end in bounds.items() if not self._is_nothing(end[0], is_set=True)}
        if not present:
            return
        texts = {name: shown_text(self.row.at(end[0])) for name, end in present.items()}
        written = " to ".join(texts[name] for name in BOUNDS if name in texts)
        if len(texts) == 1:
            written = " ".join(
                {"minimum": "at least", "maximum": "at most"}[name] + f" {t}" for name, t in texts.items()
            )
        place, column = next(iter(present.values()))
        setting: Setting | Blank | None = None
        if self._are_ends(present):
            whole = Cell(self.row.at(place).address, written)
            setting = self._setting(place, whole, written, lambda: self._within(present, written))
        domain = domain_of(setting)
        if domain is not None:
            self.transcript.count(" and ".join(self.table.title(end[0]) for end in present.values()), "read")
        self._state("permitted", self.row.at(place), domain=domain, text=written)
        self._state_unit_of_title(column, place, setting, " ".join(texts.values()))

    def _within(self, present: Mapping[str, tuple[int, Column]], written: str) -> Setting | Blank:
        """What a minimum and a maximum, or one of the two, leave."""
        units = [self._unit(*present[name]) for name in BOUNDS if name in present]
        if len(present) == 2:
            texts = [self.table.pointed(shown_text(self.row.at(present[name][0]))) for name in BOUNDS]
            low, high = zip(texts, units, strict=True)
            return between(low, high, self._expected())
        return read_text(self.table.pointed(written), units[0], self._expected())

    def _are_ends(self, present: dict[str, tuple[int, Column]]) -> bool:
        """Whether the cells of a minimum and a maximum are single values, each by itself; those that are none are
        told."""
        from gbcscheck.notation.setting import DATE, DATE_TIME, OCTETS, QUANTITY, TIME_OF_DAY, Setting

        found = []
        for place, column in present.values():
            cell = self.row.at(place)
            read = partial(self._one, place, column, self._expected())
            setting = self._setting(place, cell, shown_text(cell), read)
            is_end = isinstance(setting, Setting) and setting.reading in (
                QUANTITY,
                DATE,
                DATE_TIME,
                OCTETS,
                TIME_OF_DAY,
            )
            if setting is not None and not is_end:
                self._unread(place, shown_text(cell), "a minimum or maximum is one value")
            found.append(is_end)
        return all(found)
