"""What is drawn through or under text: lines that strike out, underlines, and marks behind it; none is a ruling."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from gbcscheck.extract.pdf.glyphs import Box, Glyph, turned

_THICK = 2.5
"""A line is at most this thick, in points; so is a rectangle that is one."""
_STRUCK = (0.12, 0.5)
"""How far above the line on which a glyph stands the line through it is, in sizes of the glyph."""
_UNDER = -0.3
"""How far below it an underline is at most."""


class Mark(NamedTuple):
    """A thin line that runs along text: where, and what draws it, by its place in the page's own lists."""

    x0: float
    x1: float
    y: float
    drawn: tuple[str, int]


def thin_lines(objects: Mapping[str, Sequence[Mapping[str, Any]]], way: int) -> list[Mark]:
    """Every thin line of a page that runs along its text."""
    found = []
    for kind in ("line", "rect", "curve"):
        for index, one in enumerate(objects.get(kind, ())):
            x0, top, x1, bottom = turned((one["x0"], one["top"], one["x1"], one["bottom"]), way)
            if bottom - top <= _THICK and x1 - x0 > bottom - top:
                found.append(Mark(x0, x1, (top + bottom) / 2, (kind, index)))
    return found


def marks_on_text(marks: Iterable[Mark], glyphs: Iterable[Glyph]) -> tuple[list[Mark], list[Mark]]:
    """The lines that run through glyphs, and those that run closely under them, with nothing beside them: neither is a
    ruling of a table."""
    by_base: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        by_base[round(glyph.base)].append(glyph)
    for row in by_base.values():
        row.sort(key=lambda glyph: glyph.x0)
    bases = sorted(by_base)
    through: list[Mark] = []
    under: list[Mark] = []
    for mark in marks:
        for place in range(bisect_left(bases, mark.y - 12), len(bases)):
            if bases[place] > mark.y + 30:
                break
            row = by_base[bases[place]]
            share = _along(mark, row, *_STRUCK)
            if share > 0.8:
                through.append(mark)
                break
            if share == 0 and _along(mark, row, _UNDER, _STRUCK[0]) > 0.9 and mark.x1 - mark.x0 < _length(row) + 1:
                under.append(mark)
                break
    return through, under


def _length(row: Sequence[Glyph]) -> float:
    return row[-1].x1 - row[0].x0


def _along(mark: Mark, row: Sequence[Glyph], low: float, high: float) -> float:
    """Which share of a line has glyphs of a row at that height."""
    covered = 0.0
    for glyph in row:
        if glyph.x0 > mark.x1:
            break
        if glyph.x1 > mark.x0 and low * glyph.size <= glyph.base - mark.y <= high * glyph.size:
            covered += min(glyph.x1, mark.x1) - max(glyph.x0, mark.x0)
    return covered / max(mark.x1 - mark.x0, 0.1)


def is_struck(glyph: Glyph, through: Sequence[Mark]) -> bool:
    """Whether a line runs through the middle of a glyph."""
    width = max(glyph.x1 - glyph.x0, 0.1)
    low, high = (glyph.base - part * glyph.size for part in reversed(_STRUCK))
    return any(
        low <= mark.y <= high and min(glyph.x1, mark.x1) - max(glyph.x0, mark.x0) > 0.5 * width for mark in through
    )


def is_behind_text(box: Box, glyphs: Sequence[Glyph]) -> bool:
    """Whether a filled rectangle marks a run of text and is no cell: it ends where glyphs do, and is no higher than a
    line of them."""
    x0, top, x1, bottom = box
    inside = [glyph for glyph in glyphs if x0 - 1 <= glyph.x0 and glyph.x1 <= x1 + 1 and top < glyph.middle[1] < bottom]
    if not inside:
        return False
    size = max(glyph.size for glyph in inside)
    ends = min(glyph.x0 for glyph in inside) - x0, x1 - max(glyph.x1 for glyph in inside)
    return bottom - top < 1.6 * size and max(ends) < 1
