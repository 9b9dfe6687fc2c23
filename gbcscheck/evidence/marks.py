"""Marks in columns of tables: a row that has one, and the cell of a row that has none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

_CELL = re.compile(r"(.+)!([A-Z]+)([0-9]+)")
BLANK = "(blank)"
"""What a report shows of a cell that holds no mark."""


@frozen
class Marks:
    """The marks of one attribute in a release, by subject; and the columns in which they stand, by file and sheet."""

    attribute: str
    made: Mapping[str, Statement]
    columns: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, catalogue: Catalogue, attribute: str) -> Marks:
        """Those of an attribute; a mark may be repeated on one subject by tables of two kinds."""
        made = catalogue.firsts(attribute)
        columns: dict[tuple[str, str], str] = {}
        for mark in catalogue.by_attribute.get(attribute, ()):
            cell = _CELL.fullmatch(mark.source)
            if cell is not None:
                columns.setdefault((mark.path, cell[1]), cell[2])
        return cls(attribute, made, columns)

    def __contains__(self, subject: str) -> bool:
        return subject in self.made

    def are_in_table_of(self, row: Statement) -> bool:
        """Whether any row of the table in which a statement stands has a mark: without one, the table may have no
        column for it."""
        cell = _CELL.fullmatch(row.source)
        if cell is None:
            return any(mark.path == row.path for mark in self.made.values())
        return (row.path, cell[1]) in self.columns

    def at(self, row: Statement) -> Statement:
        """The mark of the subject of a row's statement, else what the row says there: nothing, at the cell that holds
        nothing (at the row itself where it is no row of cells)."""
        if row.subject in self.made:
            return self.made[row.subject]
        cell = _CELL.fullmatch(row.source)
        column = self.columns.get((row.path, cell[1])) if cell is not None else None
        source = f"{cell[1]}!{column}{cell[3]}" if cell is not None and column else row.source
        return row._replace(attribute=self.attribute, source=source, domain=None, value=None, text=BLANK)
