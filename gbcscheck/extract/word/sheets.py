"""The tables of a Word document as the sheets that all readers of tables take, one a table, named by its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gbcscheck.extract.sheets import Cell, Row, Sheet, Surroundings, address_of
from gbcscheck.extract.word.document import WordDocument, WordTable, read_document
from gbcscheck.extract.word.grid import GridCell, GridRow
from gbcscheck.extract.word.said import said_of_itself, unlooked
from gbcscheck.extract.word.text import WordText
from gbcscheck.extract.word.views import View
from gbcscheck.limits import CELLS, ROWS

ASKS = "a content control in which nothing was entered"


def read_sheets(path: Path, view: View = "final", *, shown: str | None = None) -> list[Sheet]:
    """The tables of a Word document as sheets; errors as ``read_document`` and ``sheets`` raise them."""
    return sheets(read_document(path, shown=shown), view)


def sheets(document: WordDocument, view: View = "final") -> list[Sheet]:
    """The tables that stand in a view, one sheet each, with a name of its own. Rows are numbered from 1 as they stand
    in the document, those of a table that goes on under another caption one after the other; titles that are repeated
    are left out. A cell over several columns or rows stands in all of them, with the address of its first.

    A cell in which something is no text (a picture, a table, a symbol that is not known) has a ``problem``, and so has
    every cell of a row that does not fill the grid. Raises OverLimit for more rows or cells than are read.
    """
    said, left = tuple(said_of_itself(document, view)), tuple(unlooked(document, view))
    found: list[Sheet] = []
    cells = 0
    for table in document.tables:
        grid = table.grid(view)
        where = f"{document.where} · {table.name}"
        ROWS.hold(len(grid.rows), where=where)
        cells += len(grid.rows) * grid.width
        CELLS.hold(cells, where=where)
        if grid.rows:
            found.append(_sheet(table, view, said, left, _note(document), is_alone=len(document.tables) == 1))
    return found


def _note(document: WordDocument) -> str:
    """What has to be known of how a document was read."""
    told = ["it has macros, which were not run"] if document.package.has_macros else []
    return "; ".join(told)


def _sheet(
    table: WordTable,
    view: View,
    said: tuple[tuple[str, str], ...],
    left: tuple[str, ...],
    note: str,
    *,
    is_alone: bool,
) -> Sheet:
    grid = table.grid(view)
    faults: dict[int, list[str]] = {}
    for number, fault in grid.faults:
        faults.setdefault(number, []).append(fault)
    texts: dict[object, WordText] = {}
    rows = [_row(table, row, view, faults.get(row.number, ()), texts) for row in grid.rows]
    titles = _count_of_titles(grid.rows)
    around = Surroundings(
        table.number,
        table.heading,
        tuple(Cell("", text) for text in (table.caption, *table.notes) if text),
        said,
        tuple(f"row {number}: {'; '.join(told)}" for number, told in faults.items()),
        left,
        sum(one.notes for one in texts.values()),
        is_alone,
    )
    return Sheet(table.name, tuple(_without_repeats(rows, titles)), note, around=around)


def _row(table: WordTable, row: GridRow, view: View, faults: Sequence[str], texts: dict[object, WordText]) -> Row:
    cells: list[Cell] = []
    for cell in row.cells:
        cells.extend([_cell(table, cell, view, faults, texts)] * cell.span)
    return Row(row.number, tuple(cells))


def _cell(table: WordTable, cell: GridCell, view: View, faults: Sequence[str], texts: dict[object, WordText]) -> Cell:
    address = address_of(cell.origin_row, cell.origin_column)
    if cell.origin is None:
        return Cell(address, None, "; ".join(faults))
    found = texts.get(cell.origin)
    if found is None:
        texts[cell.origin] = found = table.read(cell, view)
    problems = [*faults, *found.problems, *([ASKS] if cell.asks else [])]
    if problems:
        return Cell(address, None, f"{'; '.join(problems)}: not read")
    if not found.text and found.struck:
        return Cell(address, None, deleted=found.struck)
    return Cell(address, found.text or None)


# --- titles that are repeated ----------------------------------------------------------------------------------------


def _count_of_titles(rows: Sequence[GridRow]) -> int:
    """How many rows of titles a table is marked to have; 1 where none is marked."""
    return max(next((place for place, row in enumerate(rows) if not row.is_title), len(rows)), 1)


def _without_repeats(rows: Sequence[Row], titles: int) -> Iterator[Row]:
    """The rows of a table without those that say its titles once more, at a break between pages or parts."""
    head = [_texts(row) for row in rows[:titles]]
    if len(set(head[0])) < 2:
        yield from rows
        return
    place = 0
    while place < len(rows):
        again = place > 0 and [_texts(row) for row in rows[place : place + len(head)]] == head
        if again:
            place += len(head)
            continue
        yield rows[place]
        place += 1


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(" ".join(cell.text.split()) for cell in row.cells)
