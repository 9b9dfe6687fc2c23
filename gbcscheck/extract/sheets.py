"""A sheet as the readers see it: cells with their addresses and raw values, merged cells filled in, a header row."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from gbcscheck.errors import UnreadableSource
from gbcscheck.frozen import frozen
from gbcscheck.model.statements import PAGED, Place

RawValue = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
"""What a cell holds, with its type: the number 4.1 and the text ``4.10`` stay what they are."""

GAPS = "rows that do not fill the columns of their table, so that a value may stand under the title of another"
"""What is wrong with a document's table whose rows have gaps."""
HEADER_WITHIN = 30
"""A header row is looked for in this many rows from the top."""


@frozen
class Cell:
    """One cell: its address (``K685``), its raw value, and why it has none where something stands in the way (a
    formula without a stored value, an error value). ``format`` is its number format, empty for the general one;
    ``deleted`` the text of a cell that is struck out as a whole."""

    address: str
    value: RawValue
    problem: str = ""
    format: str = ""
    deleted: str = ""

    @property
    def text(self) -> str:
        """The value as text: trimmed, line breaks as ``\\n``, numbers without a needless ``.0``, dates in ISO form."""
        return text_of(self.value)

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing in the cell, or nothing but blanks; text that is struck out is something."""
        return (
            not self.problem
            and not self.deleted
            and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))
        )


@frozen
class Row:
    """One row of a sheet; ``number`` counts from 1 as in the file."""

    number: int
    cells: tuple[Cell, ...]

    def at(self, column: int) -> Cell:
        """The cell of a column (from 0); a blank one beyond the last."""
        return self.cells[column] if column < len(self.cells) else Cell(address_of(self.number, column), None)

    @property
    def is_blank(self) -> bool:
        """Whether no cell of the row holds anything."""
        return all(cell.is_blank for cell in self.cells)


@frozen
class Hidden:
    """What a workbook does not show: the sheet itself, some of its rows (from 1) and columns (from 0)."""

    sheet: bool = False
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


@frozen
class Surroundings:
    """What stands around a table of a document: its number (``Table 28d``; empty where it has none), the heading above
    it, its caption and the notes over it as cells without an address, and what the document says of itself, each text
    with where it stands. ``faults`` are rows that do not fill the table's columns, ``unlooked`` what of the document
    nobody looks at, ``notes`` how many marks of footnotes the table has; ``is_alone`` says that the document has no
    other table."""

    number: str = ""
    heading: str = ""
    above: tuple[Cell, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()
    unlooked: tuple[str, ...] = ()
    notes: int = 0
    is_alone: bool = False


@frozen
class Sheet:
    """One sheet: its name, its rows, what has to be known of how it was read (``note``), what of it is hidden, and the
    sign between the fields of a line where it is a CSV file. ``around`` is there where it is a table of a document,
    which has a sheet for each of its tables."""

    name: str
    rows: tuple[Row, ...]
    note: str = ""
    hidden: Hidden = Hidden()
    delimiter: str = ""
    around: Surroundings | None = None

    def place(self, cell: Cell) -> str:
        """The cell's place as statements cite it: ``DLMS!K685``; of what stands over a table, the table's name."""
        return f"{self.name}!{cell.address}" if cell.address else self.name

    def words(self, cell: Cell) -> str:
        """The same as people name it: of a document by the numbers of the row and the column."""
        place = self.place(cell)
        return Place.words(PAGED[0], place) if self.around else place


@frozen
class Header:
    """The header row of a sheet: where it is, and the column (from 0) of each wanted title."""

    row: Row
    columns: Mapping[str, int] = field(default_factory=dict)

    def body(self, sheet: Sheet) -> Iterator[Row]:
        """The rows below the header that hold anything."""
        return (row for row in sheet.rows if row.number > self.row.number and not row.is_blank)

    def cell(self, row: Row, title: str) -> Cell:
        """The cell of a row under a title; a blank one where the sheet has no such column."""
        column = self.columns.get(title)
        return Cell("", None) if column is None else row.at(column)


def text_of(value: RawValue) -> str:
    """A raw value as text, see ``Cell.text``."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def column_letters(column: int) -> str:
    """Letters of a column counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address_of(row: int, column: int) -> str:
    """Address of a cell; ``row`` counts from 1, ``column`` from 0."""
    return f"{column_letters(column)}{row}"


def plain_title(title: str) -> str:
    """A title without blanks, line breaks and case, for comparing."""
    return re.sub(r"\s+", "", title).casefold()


def find_header(sheet: Sheet, wanted: Iterable[str], required: Iterable[str], *, where: str) -> Header:
    """The first row among the top rows that holds every required title; case and blanks do not count.

    ``wanted`` names all titles that the reader knows. Raises UnreadableSource with the titles found in the row that
    comes nearest, and those that it lacks.
    """
    needed = list(required)
    found, best = _headers(sheet, wanted, needed)
    if found is None:
        raise _no_header(sheet, best, needed, where)
    return found


def found_header(sheet: Sheet, wanted: Iterable[str], required: Iterable[str]) -> Header | None:
    """The header row as ``find_header`` finds it; None where there is none."""
    return _headers(sheet, wanted, list(required))[0]


def _headers(sheet: Sheet, wanted: Iterable[str], needed: list[str]) -> tuple[Header | None, Header | None]:
    """The first row with every title that is needed, and the one that comes nearest."""
    keys = {plain_title(title): title for title in wanted}
    best: Header | None = None
    for row in sheet.rows:
        if row.number > HEADER_WITHIN:
            break
        columns: dict[str, int] = {}
        for column, cell in enumerate(row.cells):
            title = keys.get(plain_title(cell.text)) if isinstance(cell.value, str) else None
            if title is not None:
                columns.setdefault(title, column)
        found = Header(row, columns)
        if all(title in columns for title in needed):
            return found, found
        if best is None or len(columns) > len(best.columns):
            best = found
    return None, best


def _no_header(sheet: Sheet, best: Header | None, needed: list[str], where: str) -> UnreadableSource:
    if best is None or best.row.is_blank:
        found = "nothing" if not any(not row.is_blank for row in sheet.rows) else "no title that is known"
    else:
        found = f"row {best.row.number}: {titles_of(best.row)}"
    missing = [title for title in needed if best is None or title not in best.columns]
    return UnreadableSource(
        f"sheet {sheet.name!r} has no header row with the expected titles in its first {HEADER_WITHIN} rows",
        where=where,
        detail=f"  found     {found}\n  expected  {', '.join(needed)}\n  missing   {', '.join(missing)}",
    )


def titles_of(row: Row, limit: int = 20) -> str:
    """The texts of a row's cells, for a message."""
    texts = [re.sub(r"\s+", " ", cell.text) for cell in row.cells if not cell.is_blank]
    shown = [text if len(text) <= 40 else text[:37] + "..." for text in texts[:limit]]
    return ", ".join(shown) + (f" and {len(texts) - limit} more" if len(texts) > limit else "")
