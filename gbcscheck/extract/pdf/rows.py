"""Rows of tables as they stand on pages, and whether one goes on over the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gbcscheck.extract.pdf.glyphs import Box
from gbcscheck.extract.pdf.grid import Grid
from gbcscheck.extract.pdf.joining import Habits
from gbcscheck.extract.pdf.lines import Line
from gbcscheck.extract.pdf.page_content import PageContent, PageTable

OVER_THE_PAGE = "its row may go on over the page"
MERGED_ON = "it may be the rest of a merged cell of the page before"
_FULL = 2.3
"""A page is full where less than so many lines would fit below a table."""


@dataclass
class Slot:
    """A cell of a table on a page, or over pages: its lines, the room for them, over how many rows and columns it goes,
    and what is not certain of it or not read. ``address`` is that of its first place in the whole table."""

    lines: tuple[Line, ...]
    width: float
    limit: float
    uncertain: str = ""
    unread: str = ""
    rows: int = 1
    address: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether no text stands in it."""
        return not self.lines and not self.unread and not self.uncertain

    @property
    def raw(self) -> str:
        """Its text, however its lines are joined, for comparing."""
        return "".join("".join(line.text.split()) for line in self.lines)


@dataclass
class TableRow:
    """A row: the page on which it begins, and its cells by columns; one that is merged stands in all its places."""

    page: int
    slots: list[Slot]

    @property
    def key(self) -> list[str]:
        """What is compared to tell a row of titles that is repeated."""
        return [slot.raw for slot in self.slots]


@dataclass
class Piece:
    """A table on one page: its rows, its edges from left to right, its box, the page, its place among the page's tables
    and the column of text that it stands in."""

    rows: list[TableRow]
    xs: tuple[float, ...]
    box: Box
    page: PageContent
    index: int
    header_rows: int = 1
    column: int = 0


def pieces_of(page: PageContent) -> list[Piece]:
    """The tables of a page in the order in which one reads them: from the top, those of a column of text after those of
    the column to its left."""
    found = [_piece(page, index) for index in range(len(page.tables))]
    columns: list[tuple[float, float]] = []
    for piece in sorted(found, key=lambda one: one.box[0]):
        if columns and piece.box[0] < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], piece.box[2])
        else:
            columns.append((piece.box[0], piece.box[2]))
    for piece in found:
        piece.column = next(place for place, (left, right) in enumerate(columns) if left <= piece.box[0] < right)
    found.sort(key=lambda one: (one.column, one.box[1]))
    return found


def _piece(page: PageContent, index: int) -> Piece:
    """A table of a page as rows."""
    table = page.tables[index]
    grid = table.grid
    left, right = _padding(table)
    slots = []
    for content, box, span in zip(table.cells, grid.boxes, grid.spans, strict=True):
        slots.append(
            Slot(
                content.lines,
                0.0 if content.is_turned else box[2] - box[0] - left - right,
                0.0 if content.is_turned else box[2] - right,
                content.uncertain,
                content.unread,
                span[1] - span[0] + 1,
            )
        )
    rows = []
    for places in grid.places:
        none = Slot((), 0, 0)
        rows.append(TableRow(page.number, [none if one is None else slots[one] for one in places]))
    return Piece(rows, grid.xs, grid.box, page, index, _header_rows(grid))


def _padding(table: PageTable) -> tuple[float, float]:
    """The room that a table leaves at the left and at the right of its cells' text."""
    left = right = 12.0
    for content, box in zip(table.cells, table.grid.boxes, strict=True):
        for line in content.lines:
            if line.text and not content.is_turned:
                left, right = min(left, line.x0 - box[0]), min(right, box[2] - line.x1)
    left = max(left, 0.0)
    return left, max(min(left, right), 0.0)


def _header_rows(grid: Grid) -> int:
    """How many rows of titles a table has as its grid shows: no cell of theirs reaches below them, and below a title
    over several columns stand others."""
    count = 1
    while count < min(5, len(grid.places) - 1):
        reach = max((last + 1 for first, last, _, _ in grid.spans if first < count), default=count)
        is_over = any(right > left for first, last, left, right in grid.spans if last == count - 1)
        below = max(reach, count + 1 if is_over and count < 3 else count)
        if below == count:
            break
        count = below
    return min(count, 5)


# --- over the page ---------------------------------------------------------------------------------------------------


def is_page_full(piece: Piece, bottom: float) -> bool:
    """Whether a table reaches the lowest line of text that pages have, ``bottom``, so that a row may go on."""
    height = max((_line_height(slot.lines) for row in piece.rows for slot in row.slots if slot.lines), default=12.0)
    return bottom - piece.box[3] < _FULL * height


def _line_height(lines: Sequence[Line]) -> float:
    heights = [lower.base - upper.base for upper, lower in pairwise(lines)]
    return min(heights) if heights else 1.2 * lines[0].size


def goes_on(
    upper: TableRow, lower: TableRow, filled: Sequence[int], habits: Habits, breaks: Sequence[bool]
) -> bool | None:
    """Whether the first row of a page goes on with the last one of the page before; None where it cannot be told.

    ``filled`` are the columns that every other row of the table fills, ``habits`` how the document breaks lines,
    ``breaks`` in which columns somebody put breaks into cells. A row that lacks what every other row has is no row of
    its own.
    """
    both = [place for place, slot in enumerate(lower.slots) if slot.lines]
    if not both:
        return False
    lacks = sum(not lower.slots[place].lines for place in filled)
    if any(not upper.slots[place].lines for place in both):
        return None if lacks else False
    ends = stops = 0
    for place in both:
        last, first = upper.slots[place].lines[-1], lower.slots[place].lines[0]
        room = upper.slots[place].limit - last.x1
        fits = room > first.piece + habits.blank * last.size + 1
        if last.ends_blank and not fits:
            ends += 1
        elif breaks[place]:
            continue
        elif fits or (habits.tells(room, last.size) and not _may_go_on(last, first, room)):
            stops += 1
    if lacks:
        return None if stops and lacks < 2 else True
    if (stops or len(filled) > 2) and not ends:
        return False
    return True if ends and not stops and habits.draws_blanks else None


def is_no_row(lower: TableRow, filled: Sequence[int]) -> bool:
    """Whether the first row of a page lacks what every other row has, so that it can only go on with another."""
    return not lower.slots[0].lines or any(not lower.slots[place].lines for place in filled)


def _may_go_on(last: Line, first: Line, room: float) -> bool:
    """Whether a line without a blank at its end may be broken there: within a word, or after a sign."""
    return last.text[-1:] in "-/|–—\xad" or (" " not in last.text and room < first.head + 0.5)


def join_rows(upper: TableRow, lower: TableRow, *, is_certain: bool) -> None:
    """Let a row go on with the first row of the next page."""
    for mine, other in zip(upper.slots, lower.slots, strict=True):
        if not other.lines and not other.unread:
            continue
        mine.lines += other.lines
        mine.uncertain = mine.uncertain or other.uncertain or ("" if is_certain else OVER_THE_PAGE)
        mine.unread = mine.unread or other.unread


def mend_merged(upper: TableRow, lower: TableRow, merged: Sequence[bool]) -> None:
    """Where cells of a column are merged over rows, one without text at the top of a page may be the rest of one that
    began on the page before: it is taken for it, and is not certain."""
    for place, (mine, other) in enumerate(zip(upper.slots, lower.slots, strict=True)):
        if merged[place] and other.is_blank and mine.lines:
            other.lines, other.uncertain = mine.lines, MERGED_ON
            other.width, other.limit = mine.width, mine.limit


def doubt(row: TableRow, places: Iterable[int]) -> None:
    """Mark the cells of a row that may go on over the page."""
    for place in places:
        row.slots[place].uncertain = row.slots[place].uncertain or OVER_THE_PAGE
