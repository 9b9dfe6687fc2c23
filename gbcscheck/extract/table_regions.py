"""Where tables stand on a sheet: each by its own titles, several below and beside each other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile

from gbcscheck.extract.sheets import HEADER_WITHIN, Cell, Row, Sheet, plain_title
from gbcscheck.extract.table_titles import Columns, Titles
from gbcscheck.frozen import frozen

_LOOKED_AT = 100
"""Rows by which it is told whether a column only numbers its rows."""
_NUMBER = re.compile(r"\d+(?:\.\d+)*[a-z]?[.)]?")


@frozen
class Region:
    """A table on a sheet: its rows of titles, what they say, the rows below them with nothing of other tables in them,
    and the cells above it, which may say what it is: its own first."""

    headers: tuple[Row, ...]
    columns: Columns
    rows: tuple[Row, ...]
    above: tuple[Cell, ...]


@dataclass
class _Open:
    """A table whose end is not known yet: the indexes of its first row of titles and of the first row below them, the
    columns that may be its own (``left`` to ``right``) and those that are (``first`` to ``last``: with titles, none of
    them blank but between some that are known), and the index of the row that ends it."""

    top: int
    body: int
    left: int
    right: int
    first: int
    last: int
    columns: Columns
    end: int = 0


@frozen
class _Span:
    """Columns of a row in which a table may have its titles."""

    left: int
    right: int


@dataclass
class _Sheet:
    """The tables of one sheet, found row after row."""

    rows: Sequence[Row]
    titles: Titles
    width: int
    open: list[_Open] = field(default_factory=list)
    closed: list[_Open] = field(default_factory=list)

    def find(self) -> list[_Open]:
        """All tables, from top to bottom and from left to right."""
        for index, row in enumerate(self.rows):
            if any(self.titles.subject(cell) == 0 for cell in row.cells):
                self._titles_at(index)
        for one in self.open:
            one.end = len(self.rows)
        return sorted((*self.closed, *self.open), key=lambda one: (one.top, one.left))

    def _titles_at(self, index: int) -> None:
        """Open the tables that have their titles in a row, if there are any."""
        row = self.rows[index]
        inner = [one for one in self.open if one.top <= index < one.body]
        heads = [place for place in range(len(row.cells)) if self.titles.subject(row.at(place)) == 0]
        if all(any(one.first <= head <= one.last for one in inner) for head in heads):
            return
        spans = _spans(row, self.titles, self.width)
        found = [one for span in spans if (one := self._at(index, span)) is not None]
        if len(found) < len(spans):  # what is no table by itself belongs to the one beside it
            found = [one for one in [self._at(index, _Span(0, self.width - 1))] if one is not None]
        for one in found:
            self._add(one)

    def _at(self, index: int, span: _Span) -> _Open | None:
        """The table with titles in some columns of a row, and of the row below it where that holds more of them."""
        row = self.rows[index]
        left, right = self._between(index, span)
        known = [place for place in range(left, right + 1) if self._is_known(row.at(place))]
        if not known:
            return None
        first, last = _with_neighbours(row, min(known), max(known), left, right)
        below = self.rows[index + 1] if index + 1 < len(self.rows) else None
        reach = last
        while below and row.at(reach + 1).is_blank and self.titles.is_inner(below.at(reach + 1)):
            reach += 1
        more = below is not None and self.titles.is_below(row, below, first, reach)
        is_next = (
            more and below and self._is_whole(row, first, last) and self._is_whole(_unlike(below, row), first, reach)
        )
        count = 1 + int(more and not is_next)
        reach = self._reach_above(index, reach if count > 1 else last)
        top = index - int(self._is_group(index, first, reach))
        rows = [one if one is row else _limited(one, first, reach) for one in self.rows[top : index + count]]
        right = max(right, reach)
        columns = self.titles.read(rows, left, right)
        numbers = {place for places in columns.subject[:1] for place in places if self._numbers(index + count, place)}
        if numbers:
            columns = self.titles.read(rows, left, right, numbers)
        return _Open(top, index + count, left, right, *_own(columns), columns) if columns.is_table else None

    def _between(self, index: int, span: _Span) -> tuple[int, int]:
        """The columns of a span without those of tables that go on beside the titles in it: these have no blank row
        above, or not even a title that is not known stands in their columns."""
        left, right = span.left, span.right
        known, first, last = self._known_around(index, span)
        for one in self.open:
            goes_on = index == 0 or not _is_empty(self.rows[index - 1], one.first, one.last)
            if known and known[0] > one.last and (first > one.last or goes_on):
                left = max(left, one.last + 1)
            elif known and known[-1] < one.first and (last < one.first or goes_on):
                right = min(right, one.first - 1)
        return left, right

    def _known_around(self, index: int, span: _Span) -> tuple[list[int], int, int]:
        """The places of titles that are known about the first one of a data item in a span, and the ends of the columns
        that have any, with no column between them that has none, be it in the row below."""
        row = self.rows[index]
        below = self.rows[index + 1] if index + 1 < len(self.rows) else Row(row.number + 1, ())
        heads = [place for place in range(span.left, span.right + 1) if self.titles.subject(row.at(place)) == 0]
        if not heads:
            return [], span.left, span.right

        def holds(place: int) -> bool:
            return not row.at(place).is_blank or self.titles.is_inner(below.at(place))

        first = last = heads[0]
        while first > span.left and holds(first - 1):
            first -= 1
        while last < span.right and holds(last + 1):
            last += 1
        return [place for place in range(first, last + 1) if self._is_known(row.at(place))], first, last

    def _is_known(self, cell: Cell) -> bool:
        return self.titles.subject(cell) is not None or self.titles.column(cell) is not None

    def _add(self, new: _Open) -> None:
        """Open a table; those above it end where it begins, those beside it have no columns of its."""
        for one in list(self.open):
            if new.first > one.last:
                one.right = min(one.right, new.first - 1)
                new.left = max(new.left, one.last + 1)
            elif new.last < one.first:
                one.left = max(one.left, new.last + 1)
                new.right = min(new.right, one.first - 1)
            else:
                one.end = new.top
                self.open.remove(one)
                self.closed.append(one)
        self.open.append(new)

    def _reach_above(self, index: int, last: int) -> int:
        """The last column of a row of titles, with those to the right of it that have theirs in the row above alone."""
        if index == 0:
            return last
        above, row = self.rows[index - 1], self.rows[index]
        while row.at(last + 1).is_blank and self.titles.column(above.at(last + 1)) is not None:
            last += 1
        return last

    def _is_group(self, index: int, left: int, right: int) -> bool:
        """Whether the row above a row of titles has titles over some of them: texts alone, of which one stands over
        several columns but not over all, or over a blank cell and is known, or several stand there, and none over the
        data item."""
        if index == 0 or self._is_in_body(index - 1, left, right):
            return False
        above, row = self.rows[index - 1], self.rows[index]
        if above.number != row.number - 1:
            return False
        filled: dict[str, int] = {}
        for place in range(left, min(right + 1, len(above.cells))):
            cell = above.at(place)
            if cell.is_blank or cell.address == row.at(place).address:
                continue
            if not isinstance(cell.value, str) or self.titles.subject(row.at(place)) == 0 or place == left:
                return False
            alone = row.at(place).is_blank and self.titles.column(cell) is not None
            filled[cell.address] = filled.get(cell.address, int(alone)) + 1
        return len(filled) > 1 or any(count > 1 for count in filled.values())

    def _is_in_body(self, index: int, left: int, right: int) -> bool:
        """Whether a row belongs to a table that has some of these columns: no blank row parts it from that, or it names
        a data item of it."""
        parted = index > 0 and _is_empty(self.rows[index - 1], left, right)
        for one in self.open:
            if one.first <= right and left <= one.last:
                named = any(not self.rows[index].at(place).is_blank for place in one.columns.subject[0])
                if index < one.body or named or not parted:
                    return True
        return False

    def _is_whole(self, row: Row, left: int, right: int) -> bool:
        """Whether a row of titles makes a table by itself."""
        return self.titles.read([row], left, right).is_table

    def _numbers(self, body: int, place: int) -> bool:
        """Whether a column only numbers its rows (``7``, ``2.1``, ``3b``), which names nothing."""
        block = takewhile(lambda row: not row.is_blank, self.rows[body : body + _LOOKED_AT])
        texts = (text for row in block if (text := row.at(place).text))
        first = next(texts, "")
        return all(_NUMBER.fullmatch(text) for text in chain((first,), texts))


def _own(columns: Columns) -> tuple[int, int]:
    """The first and the last column of a table: those that say something, and titles next to them."""
    known = {place for places in columns.subject for place in places} | {place for place, _ in columns.columns}
    first, last = min(known), max(known)
    while first - 1 in columns.titles:
        first -= 1
    while last + 1 in columns.titles:
        last += 1
    return first, last


def _unlike(row: Row, other: Row) -> Row:
    """A row with nothing in it but cells that do not stand in another one, too."""
    cells = (
        cell if cell.address != other.at(place).address else Cell("", None) for place, cell in enumerate(row.cells)
    )
    return Row(row.number, tuple(cells))


def _with_neighbours(row: Row, first: int, last: int, left: int, right: int) -> tuple[int, int]:
    """Some columns of a row with those next to them that hold anything."""
    while first > left and not row.at(first - 1).is_blank:
        first -= 1
    while last < right and not row.at(last + 1).is_blank:
        last += 1
    return first, last


def find_regions(sheet: Sheet, titles: Titles) -> tuple[Region, ...]:
    """The tables of a sheet."""
    width = max((len(row.cells) for row in sheet.rows), default=0)
    tables = _Sheet(sheet.rows, titles, width).find()
    by_top: dict[int, list[_Open]] = {}
    for one in tables:
        by_top.setdefault(one.top, []).append(one)
    ends = [_body_end(sheet.rows, one, by_top) for one in tables]
    ended = sorted(zip((one.end for one in tables), ends, strict=True))
    first = min(by_top, default=0)
    regions: list[Region] = []
    passed = stop = 0
    for one, end in zip(tables, ends, strict=True):
        while passed < len(ended) and ended[passed][0] <= one.top:
            stop, passed = max(stop, ended[passed][1]), passed + 1
        above = _cells_above(sheet.rows[stop : one.top], sheet.rows[: min(first, HEADER_WITHIN)], one)
        regions.append(_region(sheet.rows[one.top : end], one, above))
    return tuple(regions)


def _region(rows: Sequence[Row], table: _Open, above: tuple[Cell, ...]) -> Region:
    """A table of some rows, with nothing in them but its columns."""
    limited = tuple(_limited(row, table.left, table.right) for row in rows)
    count = table.body - table.top
    titles = {place: title for place, title in table.columns.titles.items() if table.left <= place <= table.right}
    return Region(limited[:count], replace(table.columns, titles=titles), limited[count:], above)


def _cells_above(rows: Sequence[Row], first: Sequence[Row], table: _Open) -> tuple[Cell, ...]:
    """The cells of rows over a table, those over its own columns first, and of the first rows of its sheet."""
    own = (row.at(place) for row in rows for place in range(table.left, min(table.right + 1, len(row.cells))))
    others = (cell for row in (*rows, *first) for cell in row.cells)
    return tuple({id(cell): cell for cell in (*own, *others)}.values())


def _body_end(rows: Sequence[Row], table: _Open, by_top: Mapping[int, Sequence[_Open]]) -> int:
    """The index after a table's last row: before the rows that head the next ones, which have a single cell over
    each. ``by_top`` has the tables by their first rows."""
    if table.end not in by_top:
        return table.end
    following = [other for top in range(table.end, table.end + 3) for other in by_top.get(top, ())]
    index = table.end
    while index > table.body and _heads(rows[index - 1], table, following):
        index -= 1
        if rows[index].number != rows[index - 1].number + 1 or _is_empty(rows[index - 1], table.left, table.right):
            break
    return index


def _heads(row: Row, table: _Open, following: Sequence[_Open]) -> bool:
    """Whether a row holds a single cell at most, or texts that each stand over the first column of a table that
    follows."""
    cells = {cell.address: place for place, cell in enumerate(row.cells) if not cell.is_blank}
    own = [place for place in cells.values() if table.left <= place <= table.right]
    if len(own) < 2:
        return True
    texts = all(isinstance(row.at(place).value, str) for place in own)
    return texts and {other.first for other in following}.issuperset(own)


def _is_empty(row: Row, left: int, right: int) -> bool:
    return all(cell.is_blank for cell in row.cells[left : right + 1])


def _limited(row: Row, left: int, right: int) -> Row:
    """A row with nothing in it but the cells of some columns."""
    if left == 0 and right + 1 >= len(row.cells):
        return row
    blank = (Cell(cell.address, None) for cell in row.cells[:left])
    return Row(row.number, (*blank, *row.cells[left : right + 1]))


def _spans(row: Row, titles: Titles, width: int) -> list[_Span]:
    """The columns of a row in which tables beside each other have their titles: the title of the data item stands there
    once more, or behind a column without a title."""
    heads = [place for place in range(len(row.cells)) if titles.subject(row.at(place)) == 0]
    heads = [place for place in heads if place == 0 or row.at(place).address != row.at(place - 1).address]
    starts = [0]
    for head in heads[1:]:
        gap = next((place for place in range(head - 1, heads[0], -1) if row.at(place).is_blank), None)
        if gap is not None and gap > starts[-1] and not _has_head(heads, gap, head):
            starts.append(gap + 1)
        elif plain_title(row.at(head).text) == plain_title(row.at(heads[0]).text):
            starts.append(head - _shared(row, heads[0], head))
    ends = [start - 1 for start in starts[1:]] + [width - 1]
    return [_Span(start, end) for start, end in zip(starts, ends, strict=True)]


def _has_head(heads: Sequence[int], left: int, right: int) -> bool:
    return any(left < head < right for head in heads)


def _shared(row: Row, first: int, again: int) -> int:
    """How many titles before the data item's are those before its first one."""
    count = 0
    while count < first and plain_title(row.at(first - 1 - count).text) == plain_title(row.at(again - 1 - count).text):
        count += 1
    return count
