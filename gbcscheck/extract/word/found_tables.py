"""Which tables a document has: what stands above and below each, which are one, and how each is named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from gbcscheck.extract.word.captions import Caption, read_caption
from gbcscheck.extract.word.fields import fields_of
from gbcscheck.extract.word.grid import all_cells, all_rows, lay_out, squeezed
from gbcscheck.extract.word.names import STRICT, TRANSITIONAL, local
from gbcscheck.extract.word.styles import NO_LEVEL, Styles
from gbcscheck.extract.word.text import read_cell, read_paragraph
from gbcscheck.extract.word.views import VIEWS, View, blocks, has_paragraph_mark, has_row

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLES = (f"{{{TRANSITIONAL}}}tbl", f"{{{STRICT}}}tbl")
_WITHIN = 5
"""Paragraphs with text in them, going up from a table, among which its caption is looked for."""
_TOGETHER = 3
"""Paragraphs with text in them that may stand between two tables under one caption."""


@dataclass(slots=True)
class FoundTable:
    """A table as ``document.WordTable`` has it, without what is read of it."""

    name: str
    number: str
    caption: str
    heading: str
    notes: tuple[str, ...]
    parts: tuple[_Element, ...]
    within: str = ""


@dataclass(slots=True)
class _Around:
    """What stands around one ``w:tbl`` of the body, in the view in which it stands."""

    table: _Element
    view: View
    heading: str
    above: Caption | None = None
    above_in: _Element | None = None
    below: Caption | None = None
    below_in: _Element | None = None
    notes: tuple[str, ...] = ()
    between: int = 0
    after_heading: bool = False
    caption: Caption | None = field(default=None)


def find_tables(body: _Element, styles: Styles, where: str) -> list[FoundTable]:
    """The tables of a body in their order, those in cells behind the table in which they stand."""
    found = _tables_in(body, styles, where, "")
    _make_unique(found)
    return found


def _tables_in(container: _Element, styles: Styles, where: str, heading: str, cell: str = "") -> list[FoundTable]:
    """The tables of a body, or of a ``cell`` that is named so, under a heading of another table where there is none."""
    items = list(blocks(container))
    headings = [
        place
        for place, one in enumerate(items)
        if local(one) == "p" and any(styles.level_of(one, view) < NO_LEVEL for view in VIEWS)
    ]
    around = [_around(items, place, styles, headings) for place in _places(items)]
    _assign(around)
    found: list[FoundTable] = []
    for count, one in enumerate(around, start=1):
        one.heading = one.heading or heading
        if not _is_joined(one, found, where):
            name = f"{_ordinal(count)} table" if not cell else cell if len(around) == 1 else f"{cell}, {count}"
            found.append(_named(one, name, found if count > 1 else ()))
    return [table for one in found for table in (one, *_nested(one, styles, where))]


def _ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``11th``."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _places(items: Sequence[_Element]) -> Iterator[int]:
    return (place for place, one in enumerate(items) if local(one) == "tbl")


# --- what stands around ----------------------------------------------------------------------------------------------


def _around(items: Sequence[_Element], place: int, styles: Styles, headings: Sequence[int]) -> _Around:
    """The captions above and below a table, the texts between, and the heading."""
    table = items[place]
    view: View = "final" if any(has_row(row, "final") for row in all_rows(table)) else VIEWS[0]
    found = _Around(table, view, "")
    notes: list[str] = []
    for group, text in _upwards(items, place, view):
        is_heading = styles.level_of(group[-1], view) < NO_LEVEL
        caption = _caption(group, text, view, styles)
        if caption is not None:
            found.above, found.above_in = caption, group[-1]
            break
        if is_heading:
            found.after_heading = True
            break
        notes.append(text)
        found.between += 1
        if len(notes) >= _WITHIN:
            break
    found.notes = tuple(reversed(notes if found.above else notes[:_TOGETHER]))
    first = next(_downwards(items, place, view), None)
    if first is not None and styles.level_of(first[0][-1], view) == NO_LEVEL:
        found.below, found.below_in = _caption(*first, view, styles), first[0][-1]
    over = (items[one] for one in reversed(headings[: bisect_left(headings, place)]))
    found.heading = _heading(over, view, styles, found.above)
    return found


def _upwards(items: Sequence[_Element], place: int, view: View) -> Iterator[tuple[tuple[_Element, ...], str]]:
    """The paragraphs above a table that hold text, the next one first, up to another table."""
    group: list[_Element] = []
    for one in reversed(items[:place]):
        if local(one) != "p":
            break
        if group and has_paragraph_mark(one, view):
            yield from _with_text(group, view)
            group = []
        group.insert(0, one)
    if group:
        yield from _with_text(group, view)


def _downwards(items: Sequence[_Element], place: int, view: View) -> Iterator[tuple[tuple[_Element, ...], str]]:
    """The paragraphs below a table that hold text, up to another table."""
    group: list[_Element] = []
    for one in islice(items, place + 1, None):
        if local(one) != "p":
            break
        group.append(one)
        if has_paragraph_mark(one, view):
            yield from _with_text(group, view)
            group = []


def _with_text(group: Sequence[_Element], view: View) -> Iterator[tuple[tuple[_Element, ...], str]]:
    text = read_paragraph(group, view).text
    if text:
        yield tuple(group), text


def _caption(group: Sequence[_Element], text: str, view: View, styles: Styles) -> Caption | None:
    is_styled = styles.of_paragraph(group[-1], view).is_caption
    return read_caption(text, is_styled=is_styled, fields=[one for part in group for one in fields_of(part)])


def _heading(over: Iterator[_Element], view: View, styles: Styles, above: Caption | None) -> str:
    """The heading under which a table stands, of those over it, the next one first; empty where there is none."""
    for one in over:
        if styles.level_of(one, view) < NO_LEVEL:
            text = " ".join(read_paragraph(one, view).text.split())
            if text and (above is None or text != above.text):
                return text
    return ""


def _assign(tables: Sequence[_Around]) -> None:
    """Give each table its caption: where most stand above, the one above, else the one below; one paragraph is the
    caption of one table."""
    is_above = sum(one.below is not None for one in tables) <= sum(one.above is not None for one in tables)
    taken: set[_Element | None] = set()
    for is_first in (True, False):
        for one in tables:
            by_above = is_above == is_first
            caption, paragraph = (one.above, one.above_in) if by_above else (one.below, one.below_in)
            if one.caption is None and caption is not None and paragraph not in taken:
                one.caption = caption
                taken.add(paragraph)


# --- names -----------------------------------------------------------------------------------------------------------


def _is_joined(one: _Around, found: list[FoundTable], where: str) -> bool:
    """Whether a table goes on with an earlier one under its caption, to which it is added then: the last one of that
    number, or the one before, of as many columns."""
    if one.caption is None or not one.caption.is_continued or not found:
        return False
    number = one.caption.number
    first = next((table for table in reversed(found) if table.number == number), None) if number else found[-1]
    if first is None or _width(first.parts[0], where) != _width(one.table, where):
        return False
    first.parts = (*first.parts, one.table)
    return True


def _width(table: _Element, where: str) -> int:
    grids = [lay_out(table, view, where=where) for view in VIEWS]
    return max(squeezed(grids, grid).width for grid in grids)


def _named(one: _Around, name: str, before: Sequence[FoundTable]) -> FoundTable:
    """A table by its caption, else by that of the one before it, under which it stands too, else by ``name``."""
    caption, notes = one.caption or _in_first_row(one), list(one.notes)
    if caption is None:
        last = before[-1] if before else None
        if last is not None and last.number and not one.after_heading and one.between <= _TOGETHER:
            return FoundTable(last.number, last.number, last.caption, one.heading, one.notes, (one.table,))
        return FoundTable(name, "", "", one.heading, one.notes, (one.table,))
    text = caption.text
    if caption.number and not caption.title and notes and caption is one.above:
        text = f"{text} {notes.pop(0)}"
    text = " ".join(text.split())
    return FoundTable(caption.number or name, caption.number, text, one.heading, tuple(notes), (one.table,))


def _in_first_row(one: _Around) -> Caption | None:
    """The caption that stands in the first row of a table, alone."""
    row = next((row for row in all_rows(one.table) if has_row(row, one.view)), None)
    texts = (
        [] if row is None else [text for cell in islice(all_cells(row), 3) if (text := read_cell(cell, one.view).text)]
    )
    caption = read_caption(texts[0], is_styled=False) if len(texts) == 1 else None
    return caption if caption is not None and caption.number else None


def _make_unique(found: Sequence[FoundTable]) -> None:
    """Number the tables of one name: ``Table 28d``, ``Table 28d (2)``."""
    seen: dict[str, int] = {}
    taken = {one.name for one in found}
    for one in found:
        seen[one.name] = count = seen.get(one.name, 0) + 1
        if count > 1:
            while (name := f"{one.name} ({count})") in taken:
                count += 1
            taken.add(name)
            one.name = name


def _nested(table: FoundTable, styles: Styles, where: str) -> Iterator[FoundTable]:
    """The tables in cells of a table; those without a number are named by the row and column in which they stand."""
    first = 1
    for part in table.parts:
        if next(part.iterdescendants(*_TABLES), None) is not None:
            for row, column, cell in _cells(part, first, where):
                name = f"{table.name} (in row {row}, column {column})"
                for found in _tables_in(cell, styles, where, table.heading, name):
                    found.within = found.within or table.name
                    yield found
        first += sum(1 for _ in all_rows(part))


def _cells(part: _Element, first: int, where: str) -> Iterator[tuple[int, int, _Element]]:
    """The cells of a table with tables in them, each with its row and its column, counted from 1."""
    grids = [lay_out(part, view, where=where, first=first) for view in VIEWS]
    columns = {
        cell.element: cell.column + 1 for grid in grids for row in squeezed(grids, grid).rows for cell in row.cells
    }
    for row, element in enumerate(all_rows(part), start=first):
        for place, cell in enumerate(all_cells(element), start=1):
            if next(cell.iterdescendants(*_TABLES), None) is not None:
                yield row, columns.get(cell, place), cell
