"""Tables of other shapes as plain ones: with their items in columns, or without a title over the items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gbcscheck.extract.sheets import HEADER_WITHIN, Cell, Row, Sheet
from gbcscheck.extract.table_titles import Titles


def turned(sheet: Sheet) -> Sheet:
    """The sheet with its columns as rows, numbered from 1, from the first row on that has several cells; every cell
    keeps its address."""
    rows = list(sheet.rows)
    while rows and len({cell.address for cell in rows[0].cells if not cell.is_blank}) < 2:
        del rows[0]
    width = max((len(row.cells) for row in rows), default=0)
    columns = (Row(place + 1, tuple(row.at(place) for row in rows)) for place in range(width))
    return replace(sheet, rows=tuple(columns))


def with_corner(sheet: Sheet, titles: Titles) -> Sheet:
    """The sheet with a title over the column of items, where the first row that has titles has none over the texts to
    their left."""
    for index, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        known = [place for place in range(len(row.cells)) if titles.column(row.at(place)) is not None]
        values = [place for place in known if titles.is_value(titles.column(row.at(place)))]
        corner = known[0] - 1 if known else -1
        if not values or corner < 0 or not row.at(corner).is_blank or len(known) < 2 <= len(set(_filled(row))):
            continue
        below = [later.at(corner) for later in sheet.rows[index + 1 :] if not later.is_blank]
        if below and all(isinstance(cell.value, str | None) for cell in below) and not below[0].is_blank:
            cells = list(row.cells)
            cells[corner] = Cell(cells[corner].address, titles.mapping.subject[0][0])
            return replace(sheet, rows=(*sheet.rows[:index], Row(row.number, tuple(cells)), *sheet.rows[index + 1 :]))
    return sheet


def _filled(row: Row) -> Iterator[str]:
    return (cell.address for cell in row.cells if not cell.is_blank)
