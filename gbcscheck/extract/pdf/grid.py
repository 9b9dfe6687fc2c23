"""The cells of a ruled table as a grid: which cell stands in which row and column, and over how many."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from gbcscheck.extract.pdf.glyphs import Box, Glyph
from gbcscheck.frozen import frozen

_SAME = 1.0
"""Edges that are no further from each other, in points, are one."""


@frozen
class Grid:
    """A table: its edges from the left and from the top, and the cell of each place by its number; None where there is
    none. ``boxes`` are the cells, ``spans`` their first and last row and column."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]
    spans: tuple[tuple[int, int, int, int], ...]
    places: tuple[tuple[int | None, ...], ...]

    @property
    def box(self) -> Box:
        """The table's outer edges."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> int | None:
        """The number of the cell at a point."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if 0 <= row < len(self.places) and 0 <= column < len(self.places[row]):
            return self.places[row][column]
        return None


def grid_of(cells: Iterable[Box]) -> Grid:
    """The grid of a table's cells."""
    boxes = sorted(cells, key=lambda box: (box[1], box[0]))
    xs = _edges(edge for box in boxes for edge in (box[0], box[2]))
    ys = _edges(edge for box in boxes for edge in (box[1], box[3]))
    places: list[list[int | None]] = [[None] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    spans = []
    for number, (x0, top, x1, bottom) in enumerate(boxes):
        left, right = _nearest(xs, x0), _nearest(xs, x1) - 1
        first, last = _nearest(ys, top), _nearest(ys, bottom) - 1
        spans.append((first, last, left, right))
        for row in range(first, last + 1):
            for column in range(left, right + 1):
                places[row][column] = number
    return Grid(tuple(xs), tuple(ys), tuple(boxes), tuple(spans), tuple(map(tuple, places)))


def _edges(edges: Iterable[float]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _SAME:
            found.append(edge)
    return found


def _nearest(edges: Sequence[float], edge: float) -> int:
    place = bisect_left(edges, edge)
    if place == len(edges) or (place > 0 and edge - edges[place - 1] <= edges[place] - edge):
        return place - 1
    return place


def spilt(glyph: Glyph, box: Box) -> bool:
    """Whether a glyph is drawn over the edge of the cell that its middle stands in."""
    out = max(box[0] - glyph.x0, glyph.x1 - box[2])
    return out > max(1.5, 0.3 * (glyph.x1 - glyph.x0))
