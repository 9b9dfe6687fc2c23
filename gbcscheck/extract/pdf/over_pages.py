"""Tables over pages: which table of a page goes on with one of the page before, or of the column of text before, and
with which of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gbcscheck.extract.pdf.captions import Caption
from gbcscheck.extract.pdf.joining import Habits, has_breaks
from gbcscheck.extract.pdf.lines import Line
from gbcscheck.extract.pdf.rows import (
    Piece,
    TableRow,
    doubt,
    goes_on,
    is_no_row,
    is_page_full,
    join_rows,
    mend_merged,
)
from gbcscheck.extract.pdf.running_lines import own_lines

_FIT = 2.5
"""Points by which the columns of a table may differ from one page to the next."""
_ROWS_TO_TELL = 4


@dataclass
class ShownByRows:
    """What rows of a table show, by columns: in which cells are merged over rows, into which somebody put breaks, and
    which are filled in each of the ``count`` rows that are no titles."""

    merged: list[bool]
    breaks: list[bool]
    filled: list[bool]
    count: int = 0

    @classmethod
    def of_none(cls, width: int) -> ShownByRows:
        """What no rows of that many columns show."""
        return cls([False] * width, [False] * width, [True] * width)

    def copied(self) -> ShownByRows:
        """The same, to which more rows may be added."""
        return ShownByRows([*self.merged], [*self.breaks], [*self.filled], self.count)

    def add(self, row: TableRow, habits: Habits, *, is_title: bool = False) -> None:
        """Look at one more row."""
        self.count += not is_title
        for place, slot in enumerate(row.slots):
            self.merged[place] = self.merged[place] or slot.rows > 1
            if not self.breaks[place] and len(slot.lines) > 1:
                self.breaks[place] = has_breaks(slot.lines, habits, slot.width, slot.limit)
            if not is_title and not (slot.lines and slot.rows == 1):
                self.filled[place] = False

    @property
    def always_filled(self) -> list[int]:
        """The columns that are filled in every row, where there are enough of them to tell."""
        return [place for place, filled in enumerate(self.filled) if filled] if self.count >= _ROWS_TO_TELL else []


@dataclass
class WholeTable:
    """A table while its pages are joined: its caption, its parts on pages, its rows, and the number of each, by which
    titles that are repeated count. ``shown`` is what all of its rows but the last show, which may still go on."""

    caption: Caption | None
    pieces: list[Piece]
    shown: ShownByRows
    rows: list[TableRow] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    count: int = 0

    @classmethod
    def beginning(cls, caption: Caption | None, piece: Piece, habits: Habits) -> WholeTable:
        """A table that begins with that part."""
        whole = cls(caption, [piece], ShownByRows.of_none(len(piece.xs) - 1))
        whole.add(piece.rows, habits)
        return whole

    @property
    def header_rows(self) -> int:
        """How many rows of titles it has."""
        return self.pieces[0].header_rows

    def add(self, rows: Iterable[TableRow], habits: Habits, repeated: int = 0) -> None:
        """Add rows, behind titles once more, which count and are none."""
        self.count += repeated
        for row in rows:
            if self.rows:
                self.shown.add(self.rows[-1], habits, is_title=len(self.rows) <= self.header_rows)
            self.count += 1
            self.rows.append(row)
            self.numbers.append(self.count)


def goes_on_with(
    wholes: Sequence[WholeTable],
    piece: Piece,
    beside: Sequence[Piece],
    caption: Caption | None,
    running: set[str],
    bottom: float,
    *,
    below: bool,
) -> WholeTable | None:
    """The table that one of a page, or of a column of text, goes on with; None where it is one of its own. It follows
    directly on that one, has columns of the same widths, and no caption but one that says so."""
    if caption is not None and caption.is_continued:
        for one in reversed(wholes):
            if one.caption is not None and one.caption.number == caption.number:
                return one if _fits(one.pieces[-1], piece) else None
        return None
    last = wholes[-1] if wholes else None
    if last is None or not _fits(last.pieces[-1], piece):
        return None
    before = last.pieces[-1]
    if before.page.number == piece.page.number:
        if before.column + 1 != piece.column or not is_page_full(before, bottom):
            return None
        if any(one.column == piece.column and one.box[1] < piece.box[1] for one in beside):
            return None
    elif before.page.number != piece.page.number - 1 or piece is not beside[0]:
        return None
    if caption is not None and (not below or last.caption is not None):
        return None
    if any(line.base > before.box[3] for line in _text_over(before, running)):
        return None
    return None if any(line.base < piece.box[1] for line in _text_over(piece, running)) else last


def _text_over(piece: Piece, running: set[str]) -> Iterator[Line]:
    """The lines of text over and under a table but for those that all pages have."""
    for line in own_lines(piece.page, running):
        if line.x0 < piece.box[2] and line.x1 > piece.box[0]:
            yield line


def _fits(before: Piece, piece: Piece) -> bool:
    """Whether the columns of two tables have the same widths."""
    if len(before.xs) != len(piece.xs):
        return False
    return all(
        abs((one - before.xs[0]) - (other - piece.xs[0])) < _FIT for one, other in zip(before.xs, piece.xs, strict=True)
    )


def join(whole: WholeTable, piece: Piece, habits: Habits, bottom: float) -> None:
    """Let a table go on with that of the next page: without the titles once more, and with a row that goes on."""
    headers = whole.header_rows
    rows = piece.rows
    repeated = 0
    if len(rows) >= headers and all(
        rows[index].key == whole.rows[index].key for index in range(min(headers, len(whole.rows)))
    ):
        repeated = headers
    before = whole.pieces[-1]
    whole.pieces.append(piece)
    if len(rows) <= repeated:
        whole.count += repeated
        return
    upper, lower = whole.rows[-1], rows[repeated]
    others = whole.shown.copied()
    for row in rows[repeated + 1 :]:
        others.add(row, habits)
    filled = others.always_filled
    everything = others
    for row in (upper, *rows[: repeated + 1]):
        everything.add(row, habits, is_title=True)
    verdict: bool | None = False
    if len(whole.rows) > headers and is_page_full(before, bottom):
        verdict = goes_on(upper, lower, filled, habits, everything.breaks)
    both = [place for place, slot in enumerate(lower.slots) if slot.lines]
    if verdict is False:
        mend_merged(upper, lower, everything.merged)
    if verdict or (verdict is None and is_no_row(lower, filled)):
        join_rows(upper, lower, is_certain=bool(verdict))
        whole.count += repeated
        whole.add(rows[repeated + 1 :], habits)
        return
    if verdict is None:
        doubt(upper, both)
        doubt(lower, range(len(lower.slots)))
    whole.add(rows[repeated:], habits, repeated)
