"""Tables of settings on a sheet: what their columns say, and what document each is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from gbcscheck.extract.decimal_signs import Sign, decimal_sign, with_points
from gbcscheck.extract.document_names import recognised
from gbcscheck.extract.sheets import Cell, Row, Sheet, Surroundings, text_of
from gbcscheck.extract.table_mapping import BOUNDS, Column, TableMapping
from gbcscheck.extract.table_regions import Region, find_regions
from gbcscheck.extract.table_titles import Titles
from gbcscheck.extract.table_turned import turned, with_corner
from gbcscheck.extract.transcript import one_line
from gbcscheck.frozen import frozen
from gbcscheck.limits import COLUMNS
from gbcscheck.model import UNSTATED, Specification

_ONCE = (*BOUNDS, "clause", "provenance")
_BROKEN_PATH = re.compile(r"(?<=\])\s*\.\s*(?=[A-Za-z_])")
"""Where a line that is broken within a path of elements (``entries[*].begin_date``) leaves a blank."""


@frozen
class Table:
    """A table: its sheet with nothing on it but the table, its rows of titles, where the subject's columns are (from 0;
    several where one title is merged over them), what the other columns say, and all titles by their columns. ``above``
    are the cells over it, ``left_out`` columns that are not read since another one was named, ``is_turned`` says that
    its items stand in columns, ``decimal`` what its numbers show of their decimal sign, ``recognised`` the words that
    say what document it is of."""

    sheet: Sheet
    mapping: TableMapping
    headers: tuple[Row, ...]
    subject: tuple[tuple[int, ...], ...]
    columns: tuple[tuple[int, Column], ...]
    titles: dict[int, str]
    specification: Specification
    above: tuple[Cell, ...] = ()
    left_out: tuple[int, ...] = ()
    is_turned: bool = False
    decimal: Sign = ""
    recognised: str = ""

    def pointed(self, text: str) -> str:
        """A value of the table with a decimal point in its numbers, see ``with_points``."""
        return with_points(text, self.decimal, self.sheet.delimiter)

    @property
    def header(self) -> Row:
        """The last row of titles."""
        return self.headers[-1]

    @property
    def clause(self) -> str:
        """Where the table stands in its document: its number, and the heading above it where it is known."""
        around = self.sheet.around
        under = f' (under "{around.heading}")' if around and around.heading else ""
        return f"{self.specification.part}{under}"

    @property
    def place(self) -> str:
        """Where the table begins: the place of its first title."""
        first = next((cell for cell in self.headers[0].cells if not cell.is_blank), self.headers[0].cells[0])
        return self.sheet.place(first)

    def rows(self) -> Iterator[Row]:
        """The rows below the titles, blank ones too."""
        return (row for row in self.sheet.rows if row.number > self.header.number)

    def subject_texts(self, row: Row) -> list[str]:
        """The text of each subject column; those of columns under one merged title are joined. A cell over several
        columns counts in the first."""
        texts: list[str] = []
        seen: set[str] = set()
        for places in self.subject:
            cells = {cell.address: cell for cell in (row.at(place) for place in places) if cell.address not in seen}
            seen.update(cells)
            names = (one_line(cell.text) for cell in cells.values() if not cell.is_blank)
            texts.append(".".join(_BROKEN_PATH.sub(".", name) for name in names))
        return texts

    def strangers(self, besides: int | None = None) -> dict[str, str]:
        """Titles that say nothing to the mapping, by the address of their cell; empty for none over a column that
        holds something. ``besides`` is a column that is read all the same."""
        used = {*(place for places in self.subject for place in places), *(place for place, _ in self.columns)}
        used.update(self.left_out if besides is None else (*self.left_out, besides))
        found: dict[str, str] = {}
        rows = [row for row in self.rows() if not row.is_blank]
        width = max((len(row.cells) for row in (*self.headers, *rows)), default=0)
        for place in range(width):
            if place not in used and (self.title(place) or any(self._is_own(row, place) for row in rows)):
                found[self.title_cell(place).address] = self.title(place)
        return found

    def repeated(self) -> dict[str, str]:
        """Titles of columns that are not read, since an earlier one says the same of a row (its minimum or maximum, its
        clause, its provenance), by the address of the column in the header row."""
        found: dict[str, str] = {}
        first: dict[str, int] = {}
        for place, column in self.columns:
            earlier = first.setdefault(column.attribute, place)
            if column.attribute in _ONCE and place != earlier and any(self._is_own(row, place) for row in self.rows()):
                found[self.title_cell(place).address] = self.title(place)
        return found

    def _is_own(self, row: Row, place: int) -> bool:
        """Whether the cell in a column holds something and is not merged with the one to its left."""
        cell = row.at(place)
        return not cell.is_blank and (place == 0 or cell.address != row.at(place - 1).address)

    def title(self, place: int) -> str:
        """The title of a column, on one line."""
        return self.titles.get(place, "")

    def title_cell(self, place: int, part: str = "") -> Cell:
        """The cell of a column's title: the lowest one that holds a text, or this ``part`` of one."""
        cells = [row.at(place) for row in reversed(self.headers)]
        return next((cell for cell in cells if not cell.is_blank and part in text_of(cell.value)), cells[0])

    def of(self, attribute: str) -> int | None:
        """The first column that says an attribute."""
        return next((place for place, column in self.columns if column.attribute == attribute), None)

    def unit_of(self, place: int) -> int | None:
        """The column of units for the numbers of a column: the only one, else of several the next one to the right of
        it, or to the left where they stand before their values."""
        units = [one for one, column in self.columns if column.attribute == "unit"]
        if len(units) < 2:
            return units[0] if units else None
        values = [one for one, column in self.columns if column.attribute in (*BOUNDS, "default", "permitted", "value")]
        if values and units[0] < values[0]:
            return next((one for one in reversed(units) if one < place), None)
        return next((one for one in units if one > place), None)


def tables_on(sheet: Sheet, mapping: TableMapping, stem: str, wanted: str = "") -> tuple[Table, ...]:
    """The tables on a sheet, each by its own titles. ``stem`` is the file's name without its ending, ``wanted`` the
    title of a column that holds the default whatever it is called.

    Where there is none, one whose column of data items has no title is looked for, and one with its items in columns.
    """
    titles = Titles(mapping, wanted)
    regions, is_turned = find_regions(sheet, titles), False
    if not regions:
        regions = find_regions(with_corner(sheet, titles), titles)
    if not regions and len(sheet.rows) <= COLUMNS.most:
        sides, is_turned = with_corner(turned(sheet), titles), True
        found = find_regions(sides, titles) or find_regions(turned(sheet), titles)
        above = tuple(cell for row in sheet.rows for cell in row.cells if row.number < _first_of(sides))
        regions = tuple(replace(one, above=above) for one in found if _has_value(one, titles))
    tables = [_table(sheet, mapping, one, stem, is_turned=is_turned) for one in regions]
    if not sheet.delimiter:
        return tuple(tables)
    return tuple(replace(table, decimal=decimal_sign(_values(table, titles))) for table in tables)


def _values(table: Table, titles: Titles) -> Iterator[str]:
    """The texts in the columns of values."""
    places = [place for place, column in table.columns if titles.is_value(column)]
    return (row.at(place).text for row in table.rows() for place in places)


def _has_value(region: Region, titles: Titles) -> bool:
    return any(titles.is_value(column) for _, column in region.columns.columns)


def _first_of(sides: Sheet) -> int:
    """The first row of the sheet from which a turned one was made."""
    digits = [int("".join(filter(str.isdigit, cell.address))) for row in sides.rows[:1] for cell in row.cells[:1]]
    return digits[0] if digits else 1


def _table(sheet: Sheet, mapping: TableMapping, region: Region, stem: str, *, is_turned: bool) -> Table:
    found = region.columns
    above = (*sheet.around.above, *region.above) if sheet.around else region.above
    specification, words = _specification(sheet, above, mapping, stem)
    table = Table(
        replace(sheet, rows=(*region.headers, *region.rows)),
        mapping,
        region.headers,
        found.subject,
        found.columns,
        found.titles,
        specification,
        above,
        is_turned=is_turned,
        recognised=words,
    )
    return replace(table, columns=tuple(_with_units(replace(table, columns=tuple(_unnumbered(table))))))


def _with_units(table: Table) -> Iterator[tuple[int, Column]]:
    """The columns of a table; one that has no title of its own and holds nothing but units behind values is one of
    units."""
    from gbcscheck.domains.unit_words import is_unit_text

    titles, known = Titles(table.mapping), dict(table.columns)
    subject = {place for places in table.subject for place in places}
    for place in range(max(known, default=-1) + 2):
        before, column = known.get(place - 1), known.get(place)
        texts = [text for row in table.rows() if (text := row.at(place).text)]
        is_free = place not in subject and (column == before if column else not table.title(place))
        shares = column is None or table.title_cell(place).address == table.title_cell(place - 1).address
        if titles.is_value(before) and is_free and shares and texts and all(map(is_unit_text, texts)):
            yield place, Column("unit")
        elif column is not None:
            yield place, column


def _unnumbered(table: Table) -> Iterator[tuple[int, Column]]:
    """The columns of a table; one before the data item that only counts the rows is no clause: one number after the
    other, or under a title that says no more than that it refers, rising ones."""
    first = min(place for places in table.subject for place in places)
    for place, column in table.columns:
        if column.attribute == "clause" and place < first and _counts(table, place):
            yield place, Column("ignore")
        else:
            yield place, column


def _counts(table: Table, place: int) -> bool:
    texts = [text.rstrip(".)") for row in table.rows() if (text := row.at(place).text)]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 7]
    most = 1 if table.title(place).casefold().startswith(("clause", "section")) else max(numbers, default=0)
    rising = all(0 < later - earlier <= most for earlier, later in pairwise(numbers))
    return len(numbers) == len(texts) > 0 and rising


def _specification(sheet: Sheet, cells: Sequence[Cell], mapping: TableMapping, stem: str) -> tuple[Specification, str]:
    """What the table is of, as the mapping says, else as the cells above it, the sheet's or the file's name do; and the
    words that say so, empty where the table goes by the name of its file."""
    above = [(sheet.place(cell), cell.text) for cell in cells]
    around = sheet.around or Surroundings()
    document = (*around.said, ("the heading above it", around.heading))
    names = (("the name of the sheet", sheet.name), ("the name of the file", re.sub(r"[-_]+", " ", stem)))
    found = recognised((*above, *document, *names))
    if sheet.around:
        own = (*above, *(document if around.is_alone else document[-1:]))
        found = replace(found, part=around.number or recognised(own).part)
    specification = Specification(
        mapping.specification or found.name or stem,
        mapping.version or found.version or UNSTATED,
        mapping.part or found.part or (sheet.name if sheet.name != stem else ""),
    )
    return specification, "by its mapping" if mapping.specification else found.how
