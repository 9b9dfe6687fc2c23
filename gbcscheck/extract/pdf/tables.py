"""The tables of a document: those of its pages joined where one goes on over a page, each with its number and rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from gbcscheck.extract.pdf.captions import Caption, caption_at_end, caption_of, captions_of, stands_below
from gbcscheck.extract.pdf.joining import ColumnHabits, Habits, Text, habits_of_column, has_breaks, joined, plain_word
from gbcscheck.extract.pdf.lines import Line
from gbcscheck.extract.pdf.page_content import PageContent
from gbcscheck.extract.pdf.rows import (
    Piece,
    Slot,
    TableRow,
    doubt,
    goes_on,
    is_no_row,
    is_page_full,
    join_rows,
    mend_merged,
    pieces_of,
)
from gbcscheck.extract.sheets import address_of
from gbcscheck.extract.table_mapping import USUAL
from gbcscheck.frozen import frozen

_FIT = 2.5
"""Points by which the columns of a table may differ from one page to the next."""
_TITLE_LINES = 30
"""Lines of the first page that may be a title."""


@frozen
class PdfCell:
    """A cell: the address of its first place (``D7``), its text, why that is not certain, why it is not read; what of
    it is struck out, and whether that is in a colour, as in a redline."""

    address: str
    text: str
    uncertain: str = ""
    unread: str = ""
    struck: str = ""
    redlined: bool = False


@frozen
class PdfRow:
    """A row: its number in the table from 1, the page on which it begins, its cells."""

    number: int
    page: int
    cells: tuple[PdfCell, ...]


@frozen
class PdfTable:
    """A table over all its pages: a name that no other table has, its number (``Table 28d``), its caption, its rows.
    The titles that a page repeats count as rows and are none of ``rows``."""

    name: str
    number: str
    caption: str
    rows: tuple[PdfRow, ...]
    pages: tuple[int, int]
    columns: int
    headers: int = 1


@dataclass
class _Whole:
    """A table while its pages are joined; ``left_out`` are the places, in its rows, of titles that are repeated."""

    caption: Caption | None
    pieces: list[Piece]
    rows: list[TableRow] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    count: int = 0

    def add(self, rows: Iterable[TableRow], repeated: int = 0) -> None:
        self.count += repeated
        for row in rows:
            self.count += 1
            self.rows.append(row)
            self.numbers.append(self.count)


def tables_of(pages: Sequence[PageContent]) -> tuple[PdfTable, ...]:
    """The tables of some pages that follow on each other."""
    pages = [page for page in pages if page.has_text]
    below = stands_below(pages)
    running = _running_lines(pages)
    bottom = max((_lowest(page, running) for page in pages), default=0.0)
    wholes: list[_Whole] = []
    habits = Habits(words={plain_word(word) for title in _titles() for word in title.split()})
    everything: list[tuple[list[Piece], list[Caption | None]]] = []
    left_behind: Caption | None = None
    for page in pages:
        pieces = pieces_of(page)
        for piece in pieces:
            for slot in _slots(piece.rows):
                habits.take(slot.lines, slot.width, slot.limit)
            cut = {id(slot) for row in (*piece.rows[: piece.header_rows + 1], piece.rows[-1]) for slot in row.slots}
            for slot in _slots(piece.rows):
                habits.learn(slot.lines, is_cut=id(slot) in cut)
        by_index = captions_of(page, below=below)
        captions = [by_index[piece.index] for piece in pieces]
        if captions and captions[0] is None and not below:
            captions[0] = left_behind
        everything.append((pieces, captions))
        left_behind = caption_at_end(page, [line for line in page.around if not _is_running(page, line, running)])
    for page in pages:
        for line in page.around:
            habits.words.update(plain_word(word) for word in line.text.split()[1:-1])
    for pieces, captions in everything:
        for piece, caption in zip(pieces, captions, strict=True):
            before = _goes_on_with(wholes, piece, pieces, caption, running, bottom, below=below)
            if before is not None:
                _join(before, piece, habits, bottom)
                before.caption = before.caption or caption
                wholes.remove(before)  # what is read next may go on with it
                wholes.append(before)
                continue
            whole = _Whole(caption, [piece])
            whole.add(piece.rows)
            wholes.append(whole)
    wholes.sort(key=lambda whole: whole.pieces[0].page.number)
    return tuple(_named(wholes, habits))


def _titles() -> Iterator[str]:
    """The usual titles of tables of settings: their words are known before any is read."""
    yield from USUAL.columns
    yield from (name for names in USUAL.subject for name in names)


def _slots(rows: Iterable[TableRow]) -> Iterator[Slot]:
    seen: set[int] = set()
    for row in rows:
        for slot in row.slots:
            if id(slot) not in seen:
                seen.add(id(slot))
                yield slot


# --- what pages repeat -----------------------------------------------------------------------------------------------


def _squeezed(line: Line) -> str:
    return re.sub(r"[0-9]+", "#", line.text)


def _running_lines(pages: Sequence[PageContent]) -> set[str]:
    """The lines that pages have at their top and bottom, however their numbers differ: on several, at one height."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        counts.update({(_squeezed(line), round(line.base / 4)) for line in page.around if _at_edge(page, line)})
    least = max(2, len(pages) // 5)
    return {text for (text, height), count in counts.items() if count + counts[text, height + 1] >= least}


def _at_edge(page: PageContent, line: Line) -> bool:
    y = line.base / page.height if page.height else 0.5
    y = y % 1.0
    return y < 0.2 or y > 0.8


def _lowest(page: PageContent, running: set[str]) -> float:
    """The lowest text of a page, but for what all pages have."""
    lines = [line.base for line in page.around if not _is_running(page, line, running)]
    return max([*lines, *(table.grid.box[3] for table in page.tables)], default=0.0)


def _is_running(page: PageContent, line: Line, running: set[str]) -> bool:
    return _squeezed(line) in running and _at_edge(page, line)


# --- tables over pages -----------------------------------------------------------------------------------------------


def _goes_on_with(
    wholes: Sequence[_Whole],
    piece: Piece,
    beside: Sequence[Piece],
    caption: Caption | None,
    running: set[str],
    bottom: float,
    *,
    below: bool,
) -> _Whole | None:
    """The table that one of a page, or of a column of text, goes on with; None where it is one of its own. It follows
    directly on that one, has columns of the same widths, and no caption but one that says so."""
    if caption is not None and caption.is_continued:
        named = [one for one in wholes if one.caption is not None and one.caption.number == caption.number]
        return named[-1] if named and _fits(named[-1].pieces[-1], piece) else None
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
    for line in piece.page.around:
        if line.x0 < piece.box[2] and line.x1 > piece.box[0] and not _is_running(piece.page, line, running):
            yield line


def _fits(before: Piece, piece: Piece) -> bool:
    """Whether the columns of two tables have the same widths."""
    if len(before.xs) != len(piece.xs):
        return False
    return all(
        abs((one - before.xs[0]) - (other - piece.xs[0])) < _FIT for one, other in zip(before.xs, piece.xs, strict=True)
    )


def _join(whole: _Whole, piece: Piece, habits: Habits, bottom: float) -> None:
    """Let a table go on with that of the next page: without the titles once more, and with a row that goes on."""
    headers = whole.pieces[0].header_rows
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
    verdict: bool | None = False
    others = [*whole.rows[headers:-1], *rows[repeated + 1 :]]
    if len(whole.rows) > headers and is_page_full(before, bottom):
        verdict = goes_on(upper, lower, others, habits, _breaks([*whole.rows, *rows], habits))
    both = [place for place, slot in enumerate(lower.slots) if slot.lines]
    if verdict is False:
        mend_merged(upper, lower, _merged([*whole.rows, *rows]))
    if verdict or (verdict is None and is_no_row(lower, others)):
        join_rows(upper, lower, is_certain=bool(verdict))
        whole.count += repeated
        rows = rows[repeated + 1 :]
        whole.add(rows)
        return
    if verdict is None:
        doubt(upper, both)
        doubt(lower, range(len(lower.slots)))
    whole.add(rows[repeated:], repeated)


def _merged(rows: Sequence[TableRow]) -> list[bool]:
    """In which columns cells are merged over rows."""
    return [any(row.slots[place].rows > 1 for row in rows) for place in range(len(rows[0].slots))]


def _breaks(rows: Sequence[TableRow], habits: Habits) -> list[bool]:
    """In which columns somebody put breaks into cells."""
    width = max(len(row.slots) for row in rows)
    found = [False] * width
    for row in rows:
        for place, slot in enumerate(row.slots):
            if not found[place] and len(slot.lines) > 1:
                found[place] = has_breaks(slot.lines, habits, slot.width, slot.limit)
    return found


# --- what a table says -----------------------------------------------------------------------------------------------


def said_of_itself(pages: Sequence[PageContent]) -> tuple[tuple[str, str], ...]:
    """Texts by which a document may be recognised, each with where it stands: the first page down to its first table,
    and what its pages repeat at their top and bottom."""
    first = next((page for page in pages if page.has_text), None)
    if first is None:
        return ()
    top = min((table.grid.box[1] for table in first.tables), default=first.height)
    lines = [line.text for line in first.around if line.base < top and caption_of(line.text) is None][:_TITLE_LINES]
    running = _running_lines(pages)
    repeated = dict.fromkeys(line.text for line in first.around if _is_running(first, line, running))
    said = [("the first page", ", ".join(lines))] if lines else []
    return (*said, *(("what its pages repeat", text) for text in repeated))


def _named(wholes: Sequence[_Whole], habits: Habits) -> Iterator[PdfTable]:
    taken: set[str] = set()
    for whole in wholes:
        first = whole.pieces[0].page.number
        wanted = whole.caption.number if whole.caption is not None else f"table on page {first}"
        name, count = wanted, 1
        while name.casefold() in taken:
            count += 1
            name = f"{wanted} ({count})"
        taken.add(name.casefold())
        yield PdfTable(
            name,
            whole.caption.number if whole.caption is not None else "",
            whole.caption.text if whole.caption is not None else "",
            tuple(_rows(whole, habits)),
            (first, whole.pieces[-1].page.number),
            len(whole.pieces[0].xs) - 1,
            whole.pieces[0].header_rows,
        )


def _rows(whole: _Whole, habits: Habits) -> Iterator[PdfRow]:
    columns = _columns(whole, habits)
    titles = ColumnHabits()
    header = {id(slot) for row in whole.rows[: whole.pieces[0].header_rows] for slot in row.slots}
    made: dict[int, PdfCell] = {}
    for number, row in zip(whole.numbers, whole.rows, strict=True):
        cells = []
        for place, slot in enumerate(row.slots):
            key = id(slot)
            if key not in made:
                text = joined(slot.lines, habits, slot.width, slot.limit, titles if key in header else columns[place])
                made[key] = _cell(address_of(number, place), slot, text)
            cells.append(made[key])
        yield PdfRow(number, row.page, tuple(cells))


def _columns(whole: _Whole, habits: Habits) -> list[ColumnHabits]:
    """What the columns of a table show of blanks and breaks in their cells; titles are no such cells."""
    breaks = _breaks(whole.rows, habits)
    body = whole.rows[whole.pieces[0].header_rows :]
    found = []
    for place, has_any in enumerate(breaks):
        slots = {id(row.slots[place]): row.slots[place] for row in body if place < len(row.slots)}
        found.append(habits_of_column([slot.lines for slot in slots.values()], breaks=has_any))
    return found


def _cell(address: str, slot: Slot, text: Text) -> PdfCell:
    return PdfCell(
        address,
        text.text,
        slot.uncertain or text.uncertain,
        slot.unread or text.unread,
        text.struck,
        text.redlined,
    )
