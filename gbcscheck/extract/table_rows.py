"""What one row of a table of settings says of its data item."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gbcscheck.extract.sheets import Cell, Row
from gbcscheck.extract.table_layout import Table
from gbcscheck.extract.table_mapping import BOUNDS, ROW_FACTS, Column
from gbcscheck.extract.transcript import Transcript, one_line
from gbcscheck.frozen import frozen
from gbcscheck.model import PROVENANCES

if TYPE_CHECKING:
    from gbcscheck.domains import Domain
    from gbcscheck.notation.table_value import Blank, Setting


def provenance_of(table: Table, row: Row) -> str:
    """What the row's own column says of how it is known; empty where it says nothing of that kind."""
    place = table.of("provenance")
    text = row.at(place).text.casefold() if place is not None else ""
    return text if text in PROVENANCES else ""


def say_row(transcript: Transcript, table: Table, row: Row, provenance: str) -> None:
    """State what a row says; ``provenance`` is the table's, stated again only where the row has another."""
    named = [row.at(place) for place in table.subject[0]]
    texts = table.subject_texts(row)
    problem = next((cell for cell in named if cell.problem), None)
    if problem is not None or not texts[0]:
        cell = problem or named[0]
        transcript.unread("data item", table.sheet.place(cell), "", cell.problem or "a row without a data item")
        return
    subject = table.mapping.data_item(texts)
    own = provenance_of(table, row)
    _ItemRow(transcript, table, row, subject, own if own and own != provenance else None).say()


@frozen
class _ItemRow:
    """A row with its data item; ``provenance`` is None where it is that of the table."""

    transcript: Transcript
    table: Table
    row: Row
    subject: str
    provenance: str | None

    def say(self) -> None:
        bounds: dict[str, tuple[int, Column]] = {}
        seen: set[tuple[str, str]] = set()
        for place, column in self.table.columns:
            key = (column.attribute, self.row.at(place).address)
            if key in seen:  # one cell over two columns of the same title
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
        self._unit_of_header()

    def _attribute(self, place: int, column: Column) -> None:
        cell = self.table.mapping.cell(column.attribute)
        if cell == "set":
            self._set(place, column)
        elif cell == "data type":
            self._read(place, column, _type)
        elif cell == "texts":
            self._read(place, column, _texts)
        else:
            self._fact(place, column, in_words=cell == "words")

    # --- the row's own facts -----------------------------------------------------------------------------------------

    def _text(self, attribute: str) -> str:
        place = self.table.of(attribute)
        text = "" if place is None else one_line(self.row.at(place).text)
        return "" if text in _blanks() else text

    def _clause(self) -> str:
        return self._text("clause") or self.table.mapping.clause or self.table.specification.part

    def _unit(self, column: Column) -> str:
        return self._text("unit") or column.unit or self.table.mapping.unit

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

    def _is_nothing(self, place: int) -> bool:
        """Whether a cell holds nothing, or a word for it: stated, so that two marks of one document can be compared."""
        cell = self.row.at(place)
        if cell.problem or cell.text not in _blanks():
            return False
        self.transcript.count(self.table.title(place), "blank")
        self._state("blank", cell, text=cell.text, clause=f"{self._clause()}, {self.table.title(place)}")
        return True

    def _unread(self, place: int, text: str, reason: str) -> None:
        self.transcript.unread(self.table.title(place), self.table.sheet.place(self.row.at(place)), text, reason)

    def _unit_of_header(self) -> None:
        """State the unit that stands behind the title of a column, where the cell is a number without one of its own
        and the row has none either."""
        for place, column in self.table.columns:
            number = not any(sign.isalpha() for sign in self.row.at(place).text)
            known = self._is_set(column) and _known_unit(column.unit)
            if known and number and not self._text("unit"):
                self._state("unit", self.table.header.at(place), value=column.unit)
                return

    def _is_set(self, column: Column) -> bool:
        return column.attribute in BOUNDS or self.table.mapping.cell(column.attribute) == "set"

    def _row_fact(self, place: int, column: Column) -> None:
        if self._is_nothing(place):
            return
        cell, title = self.row.at(place), self.table.title(place)
        if column.attribute == "provenance" and cell.text.casefold() not in PROVENANCES:
            self._unread(place, cell.text, f"one of {', '.join(PROVENANCES)} was expected")
        elif column.attribute == "unit":
            self.transcript.count(title, "read")
            self._state("unit", cell, value=one_line(cell.text))
        else:
            self.transcript.count(title, "bare" if column.attribute == "ignore" else "read")

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
        value = cell.value if isinstance(cell.value, int | float) else one_line(cell.text)
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
        from gbcscheck.notation.table_value import read_cell

        cell = self.row.at(place)
        unit = _known_unit(self._unit(column))
        self._read(place, column, lambda _text: _domain(read_cell(cell.value, unit)))

    def _bounds(self, bounds: dict[str, tuple[int, Column]]) -> None:
        """State what lies between the row's minimum and maximum as permitted."""
        from gbcscheck.notation.table_value import read_setting

        present = {name: end for name, end in bounds.items() if not self._is_nothing(end[0])}
        if not present:
            return
        place, column = next(iter(present.values()))
        texts = {name: self.row.at(end[0]).text for name, end in present.items()}
        if len(texts) == 2:
            text = f"{texts['minimum']} to {texts['maximum']}"
        else:
            text = " ".join({"minimum": "at least", "maximum": "at most"}[name] + f" {t}" for name, t in texts.items())
        unit = _known_unit(self._unit(column))
        cell = self.row.at(place)
        problem = next((self.row.at(end[0]).problem for end in present.values() if self.row.at(end[0]).problem), "")
        whole = Cell(cell.address, text, problem)
        place_of = self.table.sheet.place(cell)
        title = " and ".join(self.table.title(end[0]) for end in present.values())
        domain = self.transcript.attempt(title, place_of, whole, lambda written: _domain(read_setting(written, unit)))
        if domain is not None:
            self.transcript.count(title, "read")
        self._state("permitted", cell, domain=domain, text=text)


def _blanks() -> tuple[str, ...]:
    from gbcscheck.notation.table_value import BLANKS

    return BLANKS


def _domain(setting: Setting | Blank) -> Domain:
    from gbcscheck.notation.table_value import Setting

    assert isinstance(setting, Setting)
    return setting.domain


def _type(text: str) -> Domain:
    from gbcscheck.notation.dlms_type import read_dlms_type

    return read_dlms_type(text).domain()


def _texts(text: str) -> Domain:
    import re

    from gbcscheck.domains import text_set

    return text_set([one_line(one) for one in re.split(r"[,;\n]", text) if one.strip()])


def _known_unit(unit: str) -> str | None:
    """The unit, if it is one that the notation knows; numbers of any other stay without."""
    from gbcscheck.domains.units import is_unit

    return unit if unit and is_unit(unit) else None
