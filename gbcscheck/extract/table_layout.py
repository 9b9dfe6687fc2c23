"""Where a table of settings is in a file: its sheet, its header row, its columns, and what document it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.document_names import recognised
from gbcscheck.extract.sheets import HEADER_WITHIN, Row, Sheet, address_of, titles_of
from gbcscheck.extract.table_mapping import BOUNDS, ROW_FACTS, Column, TableMapping
from gbcscheck.extract.transcript import one_line
from gbcscheck.frozen import frozen
from gbcscheck.model import UNSTATED, Specification

_ONCE = (*BOUNDS, "clause", "provenance")
_NOTE_FROM = 80
"""A row that holds nothing but a text longer than this is a note, no data item."""


@frozen
class Table:
    """A sheet with its header row: where the subject's columns are (from 0; several where one title is merged over
    them), what the other columns say, the document it is of, and what says so."""

    sheet: Sheet
    mapping: TableMapping
    header: Row
    subject: tuple[tuple[int, ...], ...]
    columns: tuple[tuple[int, Column], ...]
    specification: Specification
    recognised: str

    def body(self) -> Iterator[Row]:
        """The rows below the header that are about a data item."""
        for row in self.sheet.rows:
            if row.number > self.header.number and not row.is_blank and not self._is_heading(row):
                yield row

    def subject_texts(self, row: Row) -> list[str]:
        """The text of each subject column; those of columns under one merged title are joined. A cell over several
        columns counts in the first."""
        texts: list[str] = []
        seen: set[str] = set()
        for places in self.subject:
            cells = {cell.address: cell for cell in (row.at(place) for place in places) if cell.address not in seen}
            seen.update(cells)
            texts.append(".".join(one_line(cell.text) for cell in cells.values() if not cell.is_blank))
        return texts

    def strangers(self) -> dict[str, str]:
        """Titles that say nothing to the mapping, by the address of their cell; empty for none over a column that
        holds something."""
        used = {*(place for places in self.subject for place in places), *(place for place, _ in self.columns)}
        found: dict[str, str] = {}
        rows = list(self.body())
        width = max((len(row.cells) for row in (self.header, *rows)), default=0)
        for place in range(width):
            cell = self.header.at(place)
            if place not in used and (not cell.is_blank or any(self._is_own(row, place) for row in rows)):
                found[cell.address] = one_line(cell.text)
        return found

    def repeated(self) -> dict[str, str]:
        """Titles of columns that are not read, since an earlier one says the same of a row (its minimum or maximum, its
        clause, its provenance), by the address of the column in the header row."""
        found: dict[str, str] = {}
        first: dict[str, int] = {}
        for place, column in self.columns:
            earlier = first.setdefault(column.attribute, place)
            if column.attribute in _ONCE and place != earlier and any(self._is_own(row, place) for row in self.body()):
                found[address_of(self.header.number, place)] = self.title(place)
        return found

    def _is_own(self, row: Row, place: int) -> bool:
        """Whether the cell in a column holds something and is not merged with the one to its left."""
        cell = row.at(place)
        return not cell.is_blank and (place == 0 or cell.address != row.at(place - 1).address)

    def title(self, place: int) -> str:
        """The title of a column, on one line."""
        return one_line(self.header.at(place).text)

    def of(self, attribute: str) -> int | None:
        """The first column that says an attribute."""
        return next((place for place, column in self.columns if column.attribute == attribute), None)

    def _is_heading(self, row: Row) -> bool:
        """Whether a row is one cell over several columns, the header once more, or a note."""
        filled = {cell.address: cell for cell in row.cells if not cell.is_blank}
        if len(filled) > 1:
            return [cell.text for cell in row.cells] == [cell.text for cell in self.header.cells]
        (only,) = filled.values()
        is_wide = sum(cell.address == only.address for cell in row.cells) > 1
        return is_wide or len(only.text) > _NOTE_FROM or only.text.casefold().startswith("note")


def choose_table(
    sheets: list[Sheet], mapping: TableMapping, name: str, stem: str, where: str
) -> tuple[Table, tuple[str, ...]]:
    """The table to read, and the names of sheets that hold others.

    ``name`` is the sheet asked for, empty for the first with a header row; ``stem`` is the file's name without ending.
    Raises UnreadableSource with the sheets, or the titles, that were found.
    """
    if name:
        named = [sheet for sheet in sheets if sheet.name.casefold() == name.casefold()]
        if not named:
            there = ", ".join(sheet.name for sheet in sheets)
            raise UnreadableSource(f"no sheet is called {name!r}; there are: {there}", where=where)
        sheets = named
    tables = [table for sheet in sheets if (table := _table(sheet, mapping, stem)) is not None]
    if not tables:
        raise _no_header(sheets, mapping, where)
    return tables[0], tuple(table.sheet.name for table in tables[1:])


def _table(sheet: Sheet, mapping: TableMapping, stem: str) -> Table | None:
    """The sheet with the first of its top rows that has the first subject column and a column that says something."""
    for row in sheet.rows:
        if row.number > HEADER_WITHIN:
            return None
        subject: dict[int, list[int]] = {}
        columns: list[tuple[int, Column]] = []
        for place, cell in enumerate(row.cells):
            title = cell.text if isinstance(cell.value, str) else ""
            known, which = mapping.column(title), mapping.subject_place(title)
            is_merged = which in subject and cell.address == row.at(subject[which][0]).address
            if which is not None and (which not in subject or is_merged):
                subject.setdefault(which, []).append(place)
            elif known is not None:
                column, unit = known
                columns.append((place, replace(column, unit=unit or column.unit)))
        if 0 in subject and any(column.attribute not in ROW_FACTS for _, column in columns):
            places = tuple(tuple(subject[which]) for which in sorted(subject))
            return Table(sheet, mapping, row, places, tuple(columns), *_specification(sheet, row, mapping, stem))
    return None


def _specification(sheet: Sheet, header: Row, mapping: TableMapping, stem: str) -> tuple[Specification, str]:
    """What the table is of, as the mapping says, else as the rows above it, the sheet's or the file's name do; and the
    words that say so, empty where the table goes by the name of its file."""
    above = [
        (f"{sheet.name}!{cell.address}", cell.text)
        for row in sheet.rows
        if row.number < header.number
        for cell in row.cells
    ]
    names = (("the name of the sheet", sheet.name), ("the name of the file", re.sub(r"[-_]+", " ", stem)))
    found = recognised((*above, *names))
    specification = Specification(
        mapping.specification or found.name or stem,
        mapping.version or found.version or UNSTATED,
        mapping.part or found.part or (sheet.name if sheet.name != stem else ""),
    )
    return specification, "by its mapping" if mapping.specification else found.how


def _no_header(sheets: list[Sheet], mapping: TableMapping, where: str) -> UnreadableSource:
    tops = [(sheet, next((row for row in sheet.rows[:HEADER_WITHIN] if not row.is_blank), None)) for sheet in sheets]
    found = [f"  {sheet.name}, row {row.number}: {titles_of(row)}" for sheet, row in tops if row is not None]
    says = [title for title, column in mapping.columns.items() if column.attribute not in ROW_FACTS]
    expected = f"  one of   {', '.join(mapping.subject[0])}\n  and of   {', '.join(says)}"
    return UnreadableSource(
        f"no header row with titles that are known in the first {HEADER_WITHIN} rows",
        where=where,
        detail="found\n" + ("\n".join(found) or "  nothing") + "\nexpected\n" + expected,
    )
