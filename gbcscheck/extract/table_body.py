"""The rows of a table of settings: which data item each is about, and which are about none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gbcscheck.extract.sheets import Cell, Row, titles_of
from gbcscheck.extract.table_beside import heads_aside, unit_of_heading
from gbcscheck.extract.table_layout import Table
from gbcscheck.extract.table_mapping import Column
from gbcscheck.extract.table_titles import Titles
from gbcscheck.extract.transcript import one_line
from gbcscheck.frozen import frozen
from gbcscheck.model import PROVENANCES

_NOTE_FROM = 80
"""A row that holds nothing but a text longer than this is a note, no data item."""
_NOTE = re.compile(r"(?:notes?\b|key\b\s*:|source\b\s*:|[*†‡]|\(?[0-9a-z]\)\s).*", re.IGNORECASE | re.DOTALL)
_ANNOUNCEMENT = re.compile(r"(?:table|annex|appendix|schedule|figure)\s+[0-9A-Z]", re.IGNORECASE)
_DITTO = re.compile(r"[\"″〃”]|''|-\s*[\"″〃”]\s*-|ditto|do\.", re.IGNORECASE)
"""Marks for the same as above."""
_OF_OTHER_TABLES = (
    *("action", "alarm", "author", "by", "change", "change description", "code", "comment", "date", "description"),
    *("event", "id", "issue", "meaning", "name", "no", "number", "owner", "reason", "revision", "severity", "status"),
    *("summary", "text", "title", "version"),
)
"""Titles that tables of other things have."""
_MARK_OF_PART = re.compile(r"^[-–—•·↳→>*\s]+(?=\w)")
NOTE = "a note"
NAME_ALONE = "a heading, or a data item without values"
NO_ITEM = "a row without a data item, and none stands above it"


@frozen
class Entry:
    """A row and the name of its data item. ``why`` says why a row is not taken; where it is that of a data item which
    the rows above began, ``above`` is the row that names it, and ``said`` are the columns that those have filled.
    ``unit`` is that of the heading over it."""

    row: Row
    name: str
    texts: tuple[str, ...] = ()
    why: str = ""
    above: Row | None = None
    said: frozenset[int] = frozenset()
    unit: str = ""


@dataclass
class _Reader:
    """Reads a table's rows one after the other; ``item`` is what the row above is about."""

    table: Table
    titles: Titles
    item: Entry | None = None
    number: int = 0
    aside: str = ""
    """The heading that sets the rows below it aside."""
    unit: str = ""
    above: str = ""
    """The item that stood alone above elements of it."""
    begun: list[Entry] = field(default_factory=list)
    """A row with a name alone, until it is known whether rows below go on with it."""

    def entries(self) -> Iterator[Entry]:
        self.number = self.table.header.number
        rows = [row for row in self.table.rows() if not row.is_blank]
        for index, row in enumerate(rows):
            follows = row.number == self.number + 1
            self.number = row.number
            if not follows:
                self.item, self.above = None, ""
            announced = index > 0 and _is_announcement(rows[index - 1])
            if self._is_foreign(row, follows, announced=announced):
                yield from self._forget()
                yield from self._foreign(rows[index:])
                return
            yield from self._entry(row)
        yield from self._forget()

    def _entry(self, row: Row) -> Iterator[Entry]:
        texts = self._nested(row, ["" if _DITTO.fullmatch(text) else text for text in self.table.subject_texts(row)])
        why = self._heading(row)
        if why and why != NOTE:
            self._head(row)
        elif self.aside:
            why = f'under "{self.aside}"'
        named = [row.at(place) for places in self.table.subject for place in places]
        if any(cell.deleted or cell.problem for cell in named):
            yield from self._forget()
            self.item = None
            yield Entry(row, "")
        elif why and why is not NAME_ALONE:
            yield from self._forget()
            self.item = None
            yield Entry(row, "", why=why)
        elif not texts[0]:
            yield self._continued(row, texts)
        else:
            yield from self._forget()
            entry = Entry(row, self.table.mapping.data_item(texts), tuple(texts), why=why, unit=self.unit)
            self.item = entry
            if why:
                self.begun.append(entry)
            else:
                yield entry

    def _nested(self, row: Row, texts: list[str]) -> list[str]:
        """The texts of a row; of an element below a name alone without the element's name in the place of the item's,
        so that it goes on with that name."""
        from gbcscheck.facts.item_names import item_names

        is_next = bool(self.begun) and self.begun[-1].row.number == row.number - 1
        above = self.begun[-1].name if is_next else self.above
        name = _MARK_OF_PART.sub("", texts[0])
        if not above or not name or any(texts[1:]) or not item_names().is_element(above, name):
            self.above = ""
            return texts
        self.above = above
        self.begun.clear()
        return [f"{above}.{name}", *texts[1:]]

    def _head(self, row: Row) -> None:
        """Note what a heading says of the rows below it; a row of titles, or with a note, says nothing of them."""
        texts = {cell.address: one_line(cell.text) for cell in row.cells if not cell.is_blank}
        if len(texts) == 1:
            (text,) = texts.values()
            self.aside = text if heads_aside(text) else ""
            self.unit = unit_of_heading(text)

    def _continued(self, row: Row, texts: list[str]) -> Entry:
        """A row that goes on with the data item above it: with another element of it, or with more of the same."""
        if any(row.at(place).problem for place in self.table.subject[0]) or self.item is None:
            return Entry(row, "")
        self.begun.clear()
        above, filled = self.item, [text for text in texts if text]
        if filled:
            first = next(place for place, text in enumerate(texts) if text)
            full = (*above.texts[:first], *texts[first:])
            self.item = Entry(row, self.table.mapping.data_item(full), full, unit=self.unit)
            return self.item
        said = above.said | {place for place, _ in self.table.columns if not above.row.at(place).is_blank}
        origin = above.above or above.row
        name = self.table.mapping.data_item(above.texts)
        found = Entry(row, name, above.texts, above=origin, said=frozenset(said), unit=self.unit)
        self.item = found
        return found

    def _forget(self) -> Iterator[Entry]:
        yield from self.begun
        self.begun.clear()

    # --- rows that are about no data item ----------------------------------------------------------------------------

    def _heading(self, row: Row) -> str:
        """Why a row is about no data item; empty where it is about one."""
        filled = {cell.address: cell for cell in row.cells if not cell.is_blank}
        if [cell.text for cell in row.cells] == [cell.text for cell in self.table.header.cells]:
            return "the titles once more"
        if len(filled) == 1:
            (only,) = filled.values()
            if sum(cell.address == only.address for cell in row.cells) > 1:
                return "a heading over several columns"
            if len(only.text) > _NOTE_FROM or _NOTE.fullmatch(only.text):
                return NOTE
        if _numbers_columns([cell.text for cell in filled.values()]):
            return "it numbers the columns"
        named = self.titles.column(row.at(self.table.subject[0][0]))
        if named is not None and named.attribute not in ("ignore", "clause"):
            return "its name is the title of a column"
        return NAME_ALONE if self._is_name_alone(row, filled) else ""

    def _is_name_alone(self, row: Row, filled: dict[str, Cell]) -> bool:
        """Whether nothing but the data item's name stands in a row, and maybe its number."""
        named = {row.at(place).address for place in self.table.subject[0]}
        numbers = {row.at(place).address for place, column in self.table.columns if column.attribute == "ignore"}
        rest = [cell for address, cell in filled.items() if address not in named]
        return all(cell.address in numbers and cell.text.rstrip(".)").isdecimal() for cell in rest) and bool(
            named & filled.keys()
        )

    def _is_foreign(self, row: Row, follows: bool, *, announced: bool) -> bool:
        """Whether a row begins another table, whose titles are not known: they are texts that say nothing under those
        of this one. ``announced``: the row above it says that a table follows."""
        filled = list({cell.address: cell for cell in row.cells if not cell.is_blank}.values())
        if len(filled) < 2 or not all(isinstance(cell.value, str) and not cell.problem for cell in filled):
            return False
        if [cell.text for cell in row.cells] == [cell.text for cell in self.table.header.cells]:
            return False
        known = sum(self.titles.column(cell) is not None or self.titles.subject(cell) is not None for cell in filled)
        if follows and known < 2 and not announced:
            return False
        values = [self._is_value(row.at(place), column) for place, column in self.table.columns]
        strange = values.count(False)
        if True in values or not strange:
            return False
        usual = known + sum(cell.text.casefold() in _OF_OTHER_TABLES for cell in filled)
        return follows or announced or usual > 0 or strange > 1

    def _is_value(self, cell: Cell, column: Column) -> bool | None:
        """Whether a cell can be a value or a unit in its column; None where it is blank, or in a column of neither."""
        from gbcscheck.domains.unit_words import is_unit_text
        from gbcscheck.notation.errors import NotationError
        from gbcscheck.notation.setting_words import BLANKS
        from gbcscheck.notation.table_value import read_setting

        if cell.text in BLANKS:
            return None
        if column.attribute == "unit":
            return is_unit_text(cell.text)
        if not self.titles.is_value(column):
            return None
        if any(sign.isdigit() for sign in cell.text):
            return True
        try:
            read_setting(cell.text)
        except NotationError:
            return False
        return True

    def _foreign(self, rows: list[Row]) -> Iterator[Entry]:
        why = f"another table, whose titles are not known: {titles_of(rows[0], 8)}"
        for row in rows:
            yield Entry(row, "", why=why)


def _numbers_columns(texts: list[str]) -> bool:
    """Whether the texts of a row count from 1, or from A, and say nothing else: ``(1)``, ``(2)``, ``(3)``."""
    plain = [text.strip("()[]. ").casefold() for text in texts]
    counted = [str(number + 1) for number in range(len(plain))], list("abcdefghijklmnopqrstuvwxyz"[: len(plain)])
    return len(plain) > 2 and plain in counted


def _is_announcement(row: Row) -> bool:
    """Whether a row is the number of a table and its title, and nothing else."""
    texts = {cell.address: cell.text for cell in row.cells if not cell.is_blank}
    return len(texts) == 1 and any(_ANNOUNCEMENT.match(text) for text in texts.values())


def entries(table: Table) -> Iterator[Entry]:
    """The rows of a table that hold anything, each with its data item or with why it has none."""
    return _Reader(table, Titles(table.mapping)).entries()


def provenance_of(table: Table, row: Row) -> str:
    """What the row's own column says of how it is known; empty where it says nothing of that kind."""
    place = table.of("provenance")
    text = row.at(place).text.casefold() if place is not None else ""
    return text if text in PROVENANCES else ""
