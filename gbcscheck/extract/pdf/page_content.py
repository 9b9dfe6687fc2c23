"""One page of a PDF: its ruled tables with the lines of text in each cell, the text around them, and what is not
read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gbcscheck.extract.pdf.forms import hold_drawing
from gbcscheck.extract.pdf.glyphs import Box, Glyph, direction_of, glyph_of, main_direction, turned
from gbcscheck.extract.pdf.grid import Grid, grid_of, spilt
from gbcscheck.extract.pdf.lines import Line, lines_of
from gbcscheck.extract.pdf.marks import is_behind_text, is_struck, marks_on_text, thin_lines
from gbcscheck.extract.pdf.open_rows import closing_lines
from gbcscheck.frozen import frozen
from gbcscheck.limits import CROSSINGS, PAGE_OBJECTS

if TYPE_CHECKING:
    from pdfplumber.page import Page

_COVERED = 0.8
"""The share of a page that an image covers where the page is a scan."""
_EDGES = (("h", "top"), ("v", "x0"))
SPILT = "text drawn over the edge of its cell"
OUTSIDE = "text within the table stands in none of its cells"
TURNED = "texts that run in different ways"
NESTED = "another table stands in the cell"
SCANNED = "its text lies on an image of the page, as a program wrote it that reads scans"


@frozen
class CellContent:
    """One cell of a table: the lines of text in it, and why it is not certain, or not read, beside what its lines
    say. The lines of one that ``is_turned`` run another way than those of the page: where they end says nothing of the
    edges of its cell."""

    lines: tuple[Line, ...] = ()
    uncertain: str = ""
    unread: str = ""
    is_turned: bool = False


@frozen
class PageTable:
    """A table on a page: its grid, and what is in the cells, by their numbers."""

    grid: Grid
    cells: tuple[CellContent, ...]


@frozen
class PageContent:
    """What a page has: its number from 1, its tables from the top, the lines of text outside of them (with their ends),
    its size as one reads it, and what of it is not read."""

    number: int
    tables: tuple[PageTable, ...]
    around: tuple[Line, ...]
    width: float
    height: float
    is_scan: bool = False
    not_read: tuple[str, ...] = ()
    has_text: bool = False


def content_of(page: Page, where: str) -> PageContent:
    """What a page of pdfplumber has. OverLimit for one with more of it than is read."""
    number = int(page.page_number)
    where = f"{where} · page {number}"
    hold_drawing(page, where)
    chars: list[dict[str, Any]] = page.chars
    PAGE_OBJECTS.hold(sum(len(objects) for objects in page.objects.values()), where=where)
    covered = _is_covered(page)
    width, height = float(page.width), float(page.height)
    if not any(not char["text"].isspace() for char in chars):
        return PageContent(number, (), (), width, height, is_scan=covered)
    way = main_direction(chars)
    by_way: dict[int | None, list[Glyph]] = defaultdict(list)
    for order, char in enumerate(chars):
        found = direction_of(char)
        by_way[found].append(glyph_of(char, way if found is None else found, order))
    glyphs = by_way.pop(way, [])
    skewed = by_way.pop(None, [])
    through, under = marks_on_text(thin_lines(page.objects, way), glyphs)
    if through:
        glyphs = [one._replace(struck=True) if is_struck(one, through) else one for one in glyphs]
    grids = _grids(page, {mark.drawn for mark in (*through, *under)}, glyphs, way, where)
    tables, outside = _filled(grids, glyphs, by_way, way, is_scan=covered)
    not_read = ["text at an angle (a stamp, a watermark)"] if any(not one.is_blank for one in skewed) else []
    around = lines_around(outside)
    box = turned((0, 0, width, height), way)
    return PageContent(
        number, tables, around, box[2] - box[0], box[3] - box[1], covered, tuple(not_read), has_text=True
    )


def _is_covered(page: Page) -> bool:
    """Whether an image covers the page."""
    area = float(page.width) * float(page.height)
    return any(
        (image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) > _COVERED * area
        for image in page.objects.get("image", ())
    )


def _grids(page: Page, on_text: set[tuple[str, int]], glyphs: Sequence[Glyph], way: int, where: str) -> list[Grid]:
    """The ruled tables of a page, from what is drawn on it without what is drawn on text."""
    on_text = on_text | {
        ("rect", index)
        for index, one in enumerate(page.objects.get("rect", ()))
        if one.get("fill") and not one.get("stroke") and one["height"] < 60
        if is_behind_text(turned((one["x0"], one["top"], one["x1"], one["bottom"]), way), glyphs)
    }
    if on_text:
        drawn = {id(page.objects[kind][index]) for kind, index in on_text}
        page = page.filter(lambda one: id(one) not in drawn)
    across, down = ({round(edge[end]) for edge in page.edges if edge["orientation"] == kind} for kind, end in _EDGES)
    CROSSINGS.hold(len(across) * len(down), where=where)
    settings = {"explicit_horizontal_lines": closing} if (closing := closing_lines(page)) else None
    found = [grid_of(turned(cell, way) for cell in table.cells) for table in page.find_tables(settings)]
    found.sort(key=lambda grid: (grid.box[1], grid.box[0]))
    return found


def _filled(
    grids: Sequence[Grid],
    glyphs: Sequence[Glyph],
    others: Mapping[int | None, Sequence[Glyph]],
    way: int,
    *,
    is_scan: bool,
) -> tuple[tuple[PageTable, ...], list[Glyph]]:
    """The tables with their text, and the glyphs that stand in none."""
    held: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in grids]
    strays: list[set[int]] = [set() for _ in grids]
    run_on: list[set[int]] = [set() for _ in grids]
    outside: list[Glyph] = []
    last: tuple[Glyph, int, int] | None = None
    for glyph in glyphs:
        x, y = glyph.middle
        inner = [index for index, grid in enumerate(grids) if _holds(grid.box, x, y)]
        if not inner:
            outside.append(glyph)
            continue
        index = max(inner, key=lambda one: grids[one].box[1])
        cell = grids[index].cell_at(x, y)
        if last is not None and cell is not None and last[1:] != (index, cell) and _runs_on(last[0], glyph):
            run_on[index].update({cell, last[2]} if last[1] == index else {cell})
        if not glyph.is_blank:
            last = None if cell is None else (glyph, index, cell)
        if cell is not None:
            held[index][cell].append(glyph)
        elif not glyph.is_blank:
            strays[index].update(_cells_near(grids[index], y))
    tables = []
    for index, grid in enumerate(grids):
        turned_in = _turned_in(grid, others, way)
        cells = tuple(
            _cell(grid, number, held[index].get(number, ()), turned_in.get(number, ()))
            for number in range(len(grid.boxes))
        )
        doubts = {**dict.fromkeys(strays[index], OUTSIDE), **dict.fromkeys(run_on[index], SPILT)}
        tables.append(PageTable(grid, tuple(_with_doubts(cells, grid, doubts, grids, is_scan=is_scan))))
    return tuple(tables), outside


def _runs_on(before: Glyph, glyph: Glyph) -> bool:
    """Whether a glyph follows on another one as within a word, or with a blank between them."""
    gap = 0.35 if glyph.order == before.order + 1 else 0.7
    follows = before.order < glyph.order <= before.order + 2 and not glyph.is_blank
    return follows and abs(glyph.base - before.base) < 0.5 and -1 < glyph.x0 - before.x1 < gap * glyph.size


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _cells_near(grid: Grid, y: float) -> Iterator[int]:
    """The cells of the rows at a height."""
    for number, box in enumerate(grid.boxes):
        if box[1] <= y < box[3]:
            yield number


def _turned_in(
    grid: Grid, others: Mapping[int | None, Sequence[Glyph]], way: int
) -> dict[int, tuple[tuple[int, Glyph], ...]]:
    """The glyphs of cells whose text runs another way than the page's, with that way."""
    found: dict[int, list[tuple[int, Glyph]]] = defaultdict(list)
    for other, glyphs in others.items():
        for glyph in glyphs:
            x, y = glyph.middle
            x0, top, x1, bottom = turned(_turned_back((x, y, x, y), other or 0), way)
            if not _holds(grid.box, x0, top):
                continue
            cell = grid.cell_at((x0 + x1) / 2, (top + bottom) / 2)
            if cell is not None:
                found[cell].append((other or 0, glyph))
    return {cell: tuple(glyphs) for cell, glyphs in found.items()}


def _turned_back(box: Box, way: int) -> Box:
    """A box of the page as it lies, from one of the page turned by ``way``."""
    return turned(box, {90: 270, 270: 90}.get(way, way))


def _cell(grid: Grid, number: int, glyphs: Sequence[Glyph], others: Sequence[tuple[int, Glyph]]) -> CellContent:
    drawn = [one for one in glyphs if not one.is_blank]
    if any(not one.is_blank for _, one in others):
        ways = {way for way, one in others if not one.is_blank}
        doubt = TURNED if drawn or len(ways) > 1 else ""
        return CellContent(lines_of([one for _, one in others]), doubt, is_turned=True)
    if not drawn:
        return CellContent()
    return CellContent(lines_of(glyphs), SPILT if any(spilt(one, grid.boxes[number]) for one in drawn) else "")


def _with_doubts(
    cells: Sequence[CellContent], grid: Grid, doubts: Mapping[int, str], grids: Sequence[Grid], *, is_scan: bool
) -> Iterator[CellContent]:
    for number, cell in enumerate(cells):
        reason = SCANNED if is_scan and cell.lines else doubts.get(number, "")
        if any(other is not grid and _is_within(other.box, grid.boxes[number]) for other in grids):
            reason = NESTED
        yield CellContent(cell.lines, cell.uncertain or reason, cell.unread) if reason else cell


def _is_within(inner: Box, outer: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def lines_around(glyphs: Sequence[Glyph]) -> tuple[Line, ...]:
    """The lines of text outside of tables; those that stand beside each other with a wide gap are lines of their
    own."""
    rows: dict[float, list[Glyph]] = {}
    last = None
    for glyph in sorted(glyphs, key=lambda one: one.base):
        if last is None or glyph.base - last > 2:
            last = glyph.base
        rows.setdefault(last, []).append(glyph)
    found: list[Line] = []
    for row in rows.values():
        row.sort(key=lambda one: one.x0)
        run: list[Glyph] = []
        for glyph in row:
            if run and glyph.x0 - run[-1].x1 > 1.5 * max(glyph.size, 4):
                found.extend(lines_of(run))
                run = []
            run.append(glyph)
        found.extend(lines_of(run))
    found.sort(key=lambda line: (line.base, line.x0))
    return tuple(found)
