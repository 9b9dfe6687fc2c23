"""What a workbook does not show: left out of what is read, and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gbcscheck.extract.sheets import Cell, Row, Sheet, column_letters

HOW = "not read; --hidden reads it"
"""What can be done about something that is hidden."""


def without_hidden(sheet: Sheet) -> Sheet:
    """The sheet with the cells of hidden columns blank, and without its hidden rows."""
    hidden = sheet.hidden
    if not hidden.rows and not hidden.columns:
        return sheet
    rows = (row for row in sheet.rows if row.number not in hidden.rows)
    return replace(sheet, rows=tuple(_without(row, hidden.columns) for row in rows) if hidden.columns else tuple(rows))


def _without(row: Row, columns: frozenset[int]) -> Row:
    cells = (Cell(cell.address, None) if place in columns else cell for place, cell in enumerate(row.cells))
    return Row(row.number, tuple(cells))


def hidden_places(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Each run of hidden rows or columns that hold anything: which they are, the place (``Table 28d!7:9``), the
    reason."""
    hidden = sheet.hidden
    rows = [row.number for row in sheet.rows if row.number in hidden.rows and not row.is_blank]
    for first, last in runs(rows):
        yield "row", f"{sheet.name}!{first}:{last}", f"{'a hidden row' if first == last else 'hidden rows'}: {HOW}"
    columns = [place for place in sorted(hidden.columns) if any(not row.at(place).is_blank for row in sheet.rows)]
    for first, last in runs(columns):
        named = f"{column_letters(first)}:{column_letters(last)}"
        yield "column", f"{sheet.name}!{named}", f"{'a hidden column' if first == last else 'hidden columns'}: {HOW}"


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of numbers that follow on each other, by their ends."""
    first = last = None
    for number in numbers:
        if last is not None and number == last + 1:
            last = number
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = number
    if first is not None and last is not None:
        yield first, last
