"""The rows of an extract as columns: each cell a number into one table of texts, so that what many rows share is held
once, and a row is made when somebody asks for it."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import accumulate
from typing import cast, overload

from gbcscheck.facts.extract_file import ExtractRow, Scalar

Cell = Scalar | None
Numbers = Sequence[int]

MEMBERS = ExtractRow._fields
"""What the columns hold, in their order."""
SUBJECT, ATTRIBUTE, DOMAIN, VALUE, TEXT, CLAUSE, SOURCE, PROVENANCE = range(len(MEMBERS))

new_row = cast("Callable[[tuple[Cell, ...]], ExtractRow]", partial(tuple.__new__, ExtractRow))
"""A row of its cells, made without a call of Python code."""


class Columns(Sequence[ExtractRow]):
    """The rows of one extract.

    The table of texts begins with None (number 0) and the subjects, each once, in the order of the rows (1 and up);
    ``others`` gives the rest of it when a row is first made. ``by_subject`` and ``by_attribute`` are the numbers of the
    rows in the order of their subjects and attributes; ``starts`` where in ``by_subject`` each subject begins, and its
    end; ``again`` those rows whose subject and attribute an earlier one has too. ``content`` is the SHA-256 of the file
    that they were read from, if they were.
    """

    def __init__(
        self,
        columns: Sequence[Numbers],
        subjects: Sequence[str],
        others: Callable[[], Sequence[Cell]],
        *,
        content: str = "",
        by_subject: Numbers | None = None,
        starts: Numbers | None = None,
        by_attribute: Numbers | None = None,
        again: Numbers | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self.subjects = subjects
        self.content = content
        self._others = others
        rows = range(len(self.columns[SUBJECT]))
        self.by_subject = sorted(rows, key=self.columns[SUBJECT].__getitem__) if by_subject is None else by_subject
        self.by_attribute = (
            sorted(rows, key=self.columns[ATTRIBUTE].__getitem__) if by_attribute is None else by_attribute
        )
        self.starts = _starts(self.columns[SUBJECT], len(subjects)) if starts is None else starts
        self.again = _again(self.columns[SUBJECT], self.columns[ATTRIBUTE]) if again is None else again

    @classmethod
    def of(cls, rows: Iterable[ExtractRow], *, content: str = "") -> Columns:
        """The columns of some rows."""
        rows = tuple(rows)
        cells = list(zip(*rows, strict=True)) if rows else [()] * len(MEMBERS)
        subjects = tuple(dict.fromkeys(cells[SUBJECT]))
        known: dict[object, int] = {None: 0, **dict(zip(subjects, range(1, len(subjects) + 1), strict=True))}
        others: list[Cell] = []
        numbers: list[Numbers] = []
        for column in cells:
            keys = column if set(map(type, column)) <= {str, type(None)} else list(map(_key, column))
            for key, cell in dict(zip(keys, column, strict=True)).items():
                if key not in known:
                    known[key] = len(known)
                    others.append(cell)
            numbers.append(array("I", map(known.__getitem__, keys)))
        return cls(numbers, subjects, lambda: others, content=content)

    @cached_property
    def table(self) -> Sequence[Cell]:
        """What each number stands for."""
        return [None, *self.subjects, *self._others()]

    @property
    def others(self) -> Sequence[Cell]:
        """The table behind the subjects."""
        return self.table[1 + len(self.subjects) :]

    @cached_property
    def empty(self) -> frozenset[int]:
        """The numbers of the columns in which no cell holds anything."""
        return frozenset(member for member, column in enumerate(self.columns) if not any(column))

    def __len__(self) -> int:
        return len(self.columns[SUBJECT])

    @overload
    def __getitem__(self, index: int) -> ExtractRow: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[ExtractRow]: ...

    def __getitem__(self, index: int | slice) -> ExtractRow | Sequence[ExtractRow]:
        if isinstance(index, slice):
            return tuple(self[row] for row in range(*index.indices(len(self))))
        table = self.table
        return new_row(tuple([table[column[index]] for column in self.columns]))

    def __iter__(self) -> Iterator[ExtractRow]:
        return map(new_row, zip(*(self.cells(member) for member in range(len(MEMBERS))), strict=True))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, (Columns, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def cells(self, member: int) -> Iterator[Cell]:
        """All cells of one column, row by row."""
        return map(self.table.__getitem__, self.columns[member])

    def rows_of_subject(self, number: int) -> Numbers:
        """The rows of a subject, by its place among the subjects (from 0)."""
        return self.by_subject[self.starts[number] : self.starts[number + 1]]

    def rows_of_attribute(self, attribute: str) -> Numbers:
        """The rows that say one attribute, in their order."""
        column = self.columns[ATTRIBUTE].__getitem__
        number = self.number_of(attribute)
        if number is None:
            return ()
        begin = bisect_left(self.by_attribute, number, key=column)
        return self.by_attribute[begin : bisect_right(self.by_attribute, number, begin, key=column)]

    def number_of(self, attribute: str) -> int | None:
        """The number of an attribute that rows say; None where none does."""
        return self._attributes.get(attribute)

    @property
    def attributes(self) -> Iterable[str]:
        """The attributes that rows say, each once."""
        return self._attributes

    @cached_property
    def _attributes(self) -> dict[str, int]:
        """The number of each attribute, in the order in which the rows first say them."""
        column, order = self.columns[ATTRIBUTE], self.by_attribute
        firsts: list[int] = []
        at = 0
        while at < len(order):
            firsts.append(order[at])
            at = bisect_right(order, column[order[at]], at, key=column.__getitem__)
        return {cast(str, self.table[column[row]]): column[row] for row in sorted(firsts)}


def _key(cell: Cell) -> object:
    """What tells cells apart: 1, 1.0 and True are equal and are not the same, nor are 0.0 and -0.0."""
    return cell if cell is None or isinstance(cell, str) else (type(cell), repr(cell))


def _starts(column: Numbers, subjects: int) -> Numbers:
    """Where each subject begins among the rows in the order of their subjects."""
    counted = [0] * (subjects + 1)
    for number in column:
        counted[number] += 1
    return array("I", accumulate(counted))


def _again(subjects: Numbers, attributes: Numbers) -> Numbers:
    """The rows whose subject and attribute an earlier row has too."""
    seen: set[tuple[int, int]] = set()
    found = array("I")
    for row, key in enumerate(zip(subjects, attributes, strict=True)):
        if key in seen:
            found.append(row)
        seen.add(key)
    return found
