"""The tables of a document: those of its pages joined where one goes on over a page, each with its number and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gbcscheck.extract.pdf.captions import (
    Caption,
    caption_at_end,
    caption_at_start,
    caption_of,
    captions_of,
    stands_below,
)
from gbcscheck.extract.pdf.joining import ColumnHabits, Habits, Text, habits_of_column, joined, plain_word
from gbcscheck.extract.pdf.lone_captions import lone_captions
from gbcscheck.extract.pdf.over_pages import ShownByRows, WholeTable, goes_on_with, join
from gbcscheck.extract.pdf.page_content import PageContent
from gbcscheck.extract.pdf.rows import Piece, Slot, TableRow, pieces_of
from gbcscheck.extract.pdf.running_lines import is_running, lowest_text, own_lines, running_lines
from gbcscheck.extract.sheets import address_of
from gbcscheck.extract.table_mapping import USUAL
from gbcscheck.frozen import frozen

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


@frozen
class FoundTables:
    """The tables of a document, and the captions, each with its page, at which none with rulings stands."""

    tables: tuple[PdfTable, ...]
    lone_captions: tuple[tuple[int, Caption], ...] = ()


def tables_of(pages: Sequence[PageContent]) -> FoundTables:
    """The tables of some pages that follow on each other."""
    pages = [page for page in pages if page.has_text]
    below = stands_below(pages)
    running = running_lines(pages)
    bottom = max((lowest_text(page, running) for page in pages), default=0.0)
    habits = Habits(words={plain_word(word) for title in _titles() for word in title.split()})
    everything: list[tuple[list[Piece], list[Caption | None]]] = []
    left_behind: Caption | None = None
    for page in pages:
        pieces = pieces_of(page)
        _learn(habits, pieces)
        by_index = captions_of(page, below=below)
        captions = [by_index[piece.index] for piece in pieces]
        if captions and captions[0] is None and not below:
            captions[0] = left_behind
        if below and everything:
            _name_from_next(*everything[-1], page, running)
        everything.append((pieces, captions))
        left_behind = caption_at_end(page, running)
    for page in pages:
        for line in page.around:
            habits.words.update(plain_word(word) for word in line.text.split()[1:-1])
    wholes: list[WholeTable] = []
    for pieces, captions in everything:
        for piece, caption in zip(pieces, captions, strict=True):
            before = goes_on_with(wholes, piece, pieces, caption, running, bottom, below=below)
            if before is None:
                wholes.append(WholeTable.beginning(caption, piece, habits))
                continue
            join(before, piece, habits, bottom)
            before.caption = before.caption or caption
            if before is not wholes[-1]:  # what is read next may go on with it
                wholes = [*(one for one in wholes if one is not before), before]
    wholes.sort(key=lambda whole: whole.pieces[0].page.number)
    named = [caption for _, captions in everything for caption in captions if caption is not None]
    return FoundTables(tuple(_named(wholes, habits)), tuple(lone_captions(pages, named, running)))


def _name_from_next(
    pieces: Sequence[Piece], captions: list[Caption | None], following: PageContent, running: set[str]
) -> None:
    """Name the table that ends a page by the caption that the ``following`` one begins with."""
    if not pieces or captions[-1] is not None or pieces[-1].page.number != following.number - 1:
        return
    last = pieces[-1]
    if all(line.base < last.box[3] for line in own_lines(last.page, running)):
        captions[-1] = caption_at_start(following, running)


def _learn(habits: Habits, pieces: Iterable[Piece]) -> None:
    """Learn from the tables of a page how the document breaks lines."""
    for piece in pieces:
        cut = {id(slot) for row in (*piece.rows[: piece.header_rows + 1], piece.rows[-1]) for slot in row.slots}
        for slot in _slots(piece.rows):
            habits.take(slot.lines, slot.width, slot.limit)
            habits.learn(slot.lines, is_cut=id(slot) in cut)


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


# --- what a table says -----------------------------------------------------------------------------------------------


def said_of_itself(pages: Sequence[PageContent]) -> tuple[tuple[str, str], ...]:
    """Texts by which a document may be recognised, each with where it stands: the first page down to its first table,
    and what its pages repeat at their top and bottom."""
    first = next((page for page in pages if page.has_text), None)
    if first is None:
        return ()
    top = min((table.grid.box[1] for table in first.tables), default=first.height)
    lines = [line.text for line in first.around if line.base < top and caption_of(line.text) is None][:_TITLE_LINES]
    running = running_lines(pages)
    repeated = dict.fromkeys(line.text for line in first.around if is_running(first, line, running))
    said = [("the first page", ", ".join(lines))] if lines else []
    return (*said, *(("what its pages repeat", text) for text in repeated))


def _named(wholes: Sequence[WholeTable], habits: Habits) -> Iterator[PdfTable]:
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
            whole.header_rows,
        )


def _rows(whole: WholeTable, habits: Habits) -> Iterator[PdfRow]:
    columns = _columns(whole, habits)
    titles = ColumnHabits()
    header = {id(slot) for row in whole.rows[: whole.header_rows] for slot in row.slots}
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


def _columns(whole: WholeTable, habits: Habits) -> list[ColumnHabits]:
    """What the columns of a table show of blanks and breaks in their cells; titles are no such cells."""
    shown = ShownByRows.of_none(len(whole.rows[0].slots) if whole.rows else 0)
    for row in whole.rows:
        shown.add(row, habits)
    body = whole.rows[whole.header_rows :]
    found = []
    for place, has_any in enumerate(shown.breaks):
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
