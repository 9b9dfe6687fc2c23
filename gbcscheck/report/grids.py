"""Plain tables of what is said of a thing: the rows of a use case, the elements of a service request, versions side by
side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gbcscheck.frozen import frozen
from gbcscheck.printable import clean
from gbcscheck.report.layout import Layout, Line, heading, paint, paragraph
from gbcscheck.report.table import table

LONGEST = 200
"""A longer text is cut in a cell."""


@frozen
class GridRow:
    """The cells of one row, as many as there are headings; ``style`` as the lines of a report have it."""

    cells: tuple[str, ...]
    style: str = ""


@frozen
class Grid:
    """A table with a title; ``note`` stands below it."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[GridRow, ...]
    note: str = ""

    def without_empty_columns(self) -> Grid:
        """The same without the columns of which every cell is empty; the first one stays."""
        filled = [n for n in range(len(self.headings)) if not n or any(row.cells[n] for row in self.rows)]
        return replace(
            self,
            headings=tuple(self.headings[n] for n in filled),
            rows=tuple(GridRow(tuple(row.cells[n] for n in filled), row.style) for row in self.rows),
        )


def render_grids(grids: Sequence[Grid], layout: Layout) -> str:
    """Tables one below the other; of one without rows its note alone."""
    return paint((line for grid in grids for line in _lines(grid, layout)), colour=layout.colour)


def _lines(grid: Grid, layout: Layout) -> Iterator[Line]:
    if grid.title:
        yield from heading(("", ""), clean(grid.title), layout, style="strong")
        yield ()
    if grid.rows:
        rows = [[(_cut(cell), row.style) for cell in row.cells] for row in grid.rows]
        yield from table([clean(one) for one in grid.headings], rows, layout)
        yield ()
    if grid.note:
        yield from paragraph(("", ""), clean(grid.note), layout, style="faint")
        yield ()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
