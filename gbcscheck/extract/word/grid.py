"""The rows of a table laid out on its grid (ECMA-376 part 1, 17.4): each cell in the columns that it stands in.

``lay_out`` counts the columns of the grid of one ``w:tbl``; ``squeezed`` those that people see.

Rows and cells in content controls count as any other. Cells that are left out before and after a row are blank ones;
a cell that goes on with the one above it is that one. A row that does not fill the grid is a fault: its values may
stand under titles of other columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gbcscheck.extract.word.names import attribute, child, children, is_on, local, number
from gbcscheck.extract.word.views import View, contained, has_cell, has_row, in_view
from gbcscheck.frozen import frozen
from gbcscheck.limits import COLUMNS

if TYPE_CHECKING:
    from lxml.etree import _Element


@frozen
class GridCell:
    """A cell on the grid: its ``w:tc`` (None for a place that the row leaves out), its first column (from 0) and how
    many it spans. Where it goes on with a cell above or beside it, ``origin`` is that one's element and ``origin_row``
    (from 1) and ``origin_column`` its place; else its own. ``asks`` says that it stands in a content control in which
    nothing was entered."""

    element: _Element | None
    column: int
    span: int
    origin: _Element | None
    origin_row: int
    origin_column: int
    asks: bool = False

    @property
    def is_merged(self) -> bool:
        """Whether it goes on with another cell."""
        return self.origin is not self.element


@frozen
class GridRow:
    """A row that stands in a view: its number (from 1) as it stands in the document's table, counting all that are in
    the file, its ``w:tr``, its cells, and whether it is marked as a row of titles."""

    number: int
    element: _Element
    cells: tuple[GridCell, ...]
    is_title: bool

    @property
    def width(self) -> int:
        """How many columns of the grid it takes."""
        return self.cells[-1].column + self.cells[-1].span if self.cells else 0

    def at(self, column: int) -> GridCell | None:
        """The cell that stands in a column; None beyond the last."""
        return next((cell for cell in self.cells if cell.column <= column < cell.column + cell.span), None)


@frozen
class Grid:
    """The rows of one ``w:tbl`` in a view, how many columns it has, and what is wrong with rows, each with the number
    of the row (``5, "4 columns, where the table has 5"``)."""

    rows: tuple[GridRow, ...]
    width: int
    faults: tuple[tuple[int, str], ...] = ()


def all_rows(table: _Element) -> Iterator[_Element]:
    """Every ``w:tr`` of a table, whatever the view, in its order."""
    return contained(table, ("tr",), None)


def all_cells(row: _Element) -> Iterator[_Element]:
    """Every ``w:tc`` of a row, whatever the view, in its order."""
    return contained(row, ("tc",), None)


def lay_out(table: _Element, view: View, *, where: str, first: int = 1) -> Grid:
    """The grid of a ``w:tbl`` in a view; ``first`` is the number of its first row. OverLimit for more columns than are
    read."""
    rows: list[GridRow] = []
    faults: list[tuple[int, str]] = []
    above: dict[int, GridCell] = {}
    present = set(contained(table, ("tr",), view))
    for place, row in enumerate(all_rows(table), start=first):
        if row not in present or not has_row(row, view):
            continue
        laid = _row(row, place, view, above, faults, where)
        above = {cell.column: cell for cell in laid.cells}
        rows.append(laid)
    width = _width(table, rows, view)
    faults.extend((row.number, _fault(row.width, width)) for row in rows if row.width != width)
    return Grid(tuple(_aligned(rows, width, faults)), width, tuple(sorted(faults)))


def _aligned(rows: list[GridRow], width: int, faults: list[tuple[int, str]]) -> Iterator[GridRow]:
    """The rows, with those whose borders were moved by hand in the columns of the others: of as many cells as most rows
    have, of which one stands under two of theirs and fills neither. With more or fewer cells that is a fault."""
    shapes = Counter(tuple((cell.column, cell.span) for cell in row.cells) for row in rows)
    usual = max(shapes, key=lambda shape: shapes[shape], default=())
    ends = {column for column, _ in usual} | {width}
    for row in rows:
        if row.width != width or not any(_crosses(cell, usual, ends) for cell in row.cells):
            yield row
        elif len(row.cells) == len(usual):
            places = zip(row.cells, usual, strict=True)
            cells = tuple(_moved(cell, *place) for cell, place in places)
            yield replace(row, cells=cells)
        else:
            faults.append((row.number, "a cell stands under two columns of the table and fills neither"))
            yield row


def _crosses(cell: GridCell, usual: Sequence[tuple[int, int]], ends: set[int]) -> bool:
    """Whether a cell overlaps one of the usual ones, and neither holds the other."""
    first, end = cell.column, cell.column + cell.span
    if first in ends and end in ends:
        return False
    return any(
        first < column + span
        and column < end
        and (first < column or end > column + span)
        and (column < first or column + span > end)
        for column, span in usual
    )


def _moved(cell: GridCell, column: int, span: int) -> GridCell:
    origin = cell.origin_column if cell.is_merged else column
    return replace(cell, column=column, span=span, origin_column=origin)


def _row(
    row: _Element, place: int, view: View, above: dict[int, GridCell], faults: list[tuple[int, str]], where: str
) -> GridRow:
    """One row; ``above`` are the cells of the row over it by their first columns."""
    properties = in_view(child(row, "trPr"), "trPrChange", view)
    cells: list[GridCell] = []
    column = _left_out(properties, "gridBefore", cells, 0, place, where)
    for element in contained(row, ("tc",), view):
        if not has_cell(element, view):
            continue
        own = in_view(child(element, "tcPr"), "tcPrChange", view)
        span = max(number(child(own, "gridSpan"), default=1), 1)
        COLUMNS.hold(column + span, where=where)
        cell = GridCell(element, column, span, element, place, column, _asks(element, row))
        merge = _merge(element, own, view)
        if merge and column in above and above[column].element is not None:
            over = above[column]
            if over.span != span:
                faults.append((place, f"column {column + 1} is merged with a cell of another width above it"))
            cell = GridCell(element, column, span, over.origin, over.origin_row, over.origin_column, over.asks)
        elif _goes_on(child(own, "hMerge")):
            cell = _beside(cell, cells)
        cells.append(cell)
        column += span
    _left_out(properties, "gridAfter", cells, column, place, where)
    return GridRow(place, row, tuple(cells), is_on(child(properties, "tblHeader")))


def _asks(cell: _Element, row: _Element) -> bool:
    """Whether a content control around a cell shows what is to be entered, and not what was."""
    around = cell.getparent()
    while around is not None and around is not row:
        if local(around) == "sdt" and is_on(child(child(around, "sdtPr"), "showingPlcHdr")):
            return True
        around = around.getparent()
    return False


def _merge(cell: _Element, properties: _Element | None, view: View) -> bool:
    """Whether a cell goes on with the one above it (17.4.84; a tracked change of it: 17.13.5.5)."""
    tracked = child(child(cell, "tcPr"), "cellMerge")
    if tracked is not None:
        return attribute(tracked, "vMerge" if view == "final" else "vMergeOrig") == "cont"
    return _goes_on(child(properties, "vMerge"))


def _goes_on(merge: _Element | None) -> bool:
    """Whether a merge is there and does not begin a new cell."""
    return merge is not None and attribute(merge, "val", "continue") != "restart"


def _beside(cell: GridCell, before: list[GridCell]) -> GridCell:
    """A cell that goes on with the one to its left (17.4.22)."""
    if not before or before[-1].element is None:
        return cell
    left = before[-1]
    return GridCell(cell.element, cell.column, cell.span, left.origin, left.origin_row, left.origin_column, left.asks)


def _left_out(
    properties: _Element | None, name: str, cells: list[GridCell], column: int, place: int, where: str
) -> int:
    """Add the columns that a row leaves out before or after its cells; the column behind them."""
    count = number(child(properties, name))
    COLUMNS.hold(column + count, where=where)
    cells.extend(GridCell(None, column + one, 1, None, place, column + one) for one in range(count))
    return column + count


def _width(table: _Element, rows: list[GridRow], view: View) -> int:
    """How many columns a table has: as many as each row takes, else as its grid says, else as most rows take."""
    widths = Counter(row.width for row in rows)
    if len(widths) < 2:
        return next(iter(widths), 0)
    grid = child(table, "tblGrid")
    changed = child(grid, "tblGridChange") if view == "original" else None
    stated = child(changed, "tblGrid") if changed is not None else grid
    columns = sum(1 for _ in children(stated, "gridCol")) if stated is not None else 0
    return columns if columns in widths else max(widths, key=lambda width: (widths[width], width))


def _fault(found: int, expected: int) -> str:
    columns = f"{found} column{'s' if found != 1 else ''}"
    return f"{columns}, where the table has {expected}: {'a gap' if found < expected else 'a surplus'}"


def squeezed(grids: Sequence[Grid], wanted: Grid) -> Grid:
    """The ``wanted`` one of the grids of a ``w:tbl`` in its views, with columns as people count them: a column of the
    grid in which no cell of any of them begins is none."""
    starts = sorted(
        {cell.column for grid in grids for row in grid.rows for cell in row.cells if cell.element is not None}
    )
    return Grid(tuple(_squeezed(row, starts) for row in wanted.rows), len(starts), wanted.faults)


def joined(grids: Sequence[Grid]) -> Grid:
    """The rows of several grids, one after the other."""
    rows = tuple(row for grid in grids for row in grid.rows)
    faults = tuple(fault for grid in grids for fault in grid.faults)
    return Grid(rows, max((grid.width for grid in grids), default=0), faults)


def _squeezed(row: GridRow, starts: Sequence[int]) -> GridRow:
    cells: list[GridCell] = []
    for cell in row.cells:
        first, end = bisect_left(starts, cell.column), bisect_left(starts, cell.column + cell.span)
        if end > first:
            origin = bisect_left(starts, cell.origin_column)
            cells.append(replace(cell, column=first, span=end - first, origin_column=origin))
    return replace(row, cells=tuple(cells))
