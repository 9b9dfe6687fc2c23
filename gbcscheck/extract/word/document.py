"""Word documents: their tables with number, caption and heading, on the grid, in both views of tracked changes.

``read_document`` is where everything begins. The elements are those of the document's own XML (``root``, ``body``, the
``w:tbl`` of a table, the ``w:tr`` of a row, the ``w:tc`` of a cell): whoever changes them and writes the root of the
main part back (``package.main``) leaves all other parts as they were (``package.content``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.extract.word.changes import count_changes
from gbcscheck.extract.word.found_tables import FoundTable, find_tables
from gbcscheck.extract.word.grid import Grid, GridCell, GridRow, all_rows, joined, lay_out, squeezed
from gbcscheck.extract.word.package import WordPackage
from gbcscheck.extract.word.styles import NO_STYLES, Styles, read_styles
from gbcscheck.extract.word.text import WordText, read_cell
from gbcscheck.extract.word.views import VIEWS, View, blocks

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=True)
class WordTable:
    """What people call one table: a number (``Table 28d``; empty where it has none), the text of its caption, the
    heading above it, what stands between caption and table (``notes``), and its ``w:tbl``: several where it goes on
    under another caption. ``name`` is its number, made unique in the document (``Table 28d (2)``); ``within`` the table
    in a cell of which it stands, and ``changes`` how many tracked changes are in it."""

    name: str
    number: str
    caption: str
    heading: str
    notes: tuple[str, ...]
    parts: tuple[_Element, ...]
    changes: int
    styles: Styles = field(default=NO_STYLES, repr=False)
    where: str = ""
    within: str = ""
    _grids: dict[View, Grid] = field(default_factory=dict, repr=False)

    def grid(self, view: View = "final") -> Grid:
        """The rows of the table in a view, those of all its parts one after the other: numbered from 1 as they stand in
        the document, whatever the view, and so are its columns. OverLimit for more columns than are read."""
        if view not in self._grids:
            views = VIEWS if self.changes else (view,)  # without a change it is the same in both
            first = 1
            found: dict[View, list[Grid]] = {one: [] for one in views}
            for part in self.parts:
                where = f"{self.where} · {self.name}"
                laid = {one: lay_out(part, one, where=where, first=first) for one in views}
                for one, grid in laid.items():
                    found[one].append(squeezed(list(laid.values()), grid))
                first += sum(1 for _ in all_rows(part))
            self._grids.update({one: joined(grids) for one, grids in found.items()})
        return self._grids[view]

    def rows(self, view: View = "final") -> tuple[GridRow, ...]:
        """The rows that stand in a view."""
        return self.grid(view).rows

    def read(self, cell: GridCell, view: View = "final") -> WordText:
        """What stands in a cell in a view; of one that goes on with another, what stands in that."""
        return WordText() if cell.origin is None else read_cell(cell.origin, view, self.styles)

    def text(self, cell: GridCell, view: View = "final") -> str:
        """The text of a cell in a view."""
        return self.read(cell, view).text

    def cell(self, row: int, column: int, view: View = "final") -> GridCell | None:
        """The cell at a place as reports name it: ``row`` and ``column`` count from 1. None where there is none."""
        found = next((one for one in self.rows(view) if one.number == row), None)
        return None if found is None else found.at(column - 1)


@dataclass(slots=True)
class WordDocument:
    """A document: its package, the root and the body of its main part, its styles and its tables in their order.
    ``changes`` counts all tracked changes of the main part."""

    where: str
    package: WordPackage
    root: _Element
    body: _Element
    styles: Styles
    tables: tuple[WordTable, ...] = ()
    changes: int = 0

    @property
    def changes_in_text(self) -> int:
        """How many tracked changes stand outside of all tables."""
        return self.changes - sum(table.changes for table in self.tables if not table.within)

    def table(self, name: str) -> WordTable | None:
        """The table of a name."""
        return next((one for one in self.tables if one.name == name), None)

    def blocks(self) -> Iterator[_Element]:
        """The paragraphs and tables of the body, in their order."""
        return blocks(self.body)


def read_document(path: Path, *, shown: str | None = None) -> WordDocument:
    """Read a Word document (.docx or .docm); ``shown`` is the path that errors name.

    Raises UnreadableSource for what is none, saying what it is (an old .doc, a workbook, one protected by a password),
    and for one that is truncated, damaged, dangerous or nested too deeply; OverLimit for one that is too large.
    """
    where = shown or str(path)
    package = WordPackage.read(path, where=where)
    root, body = package.document()
    parts = package.related("styles")
    styles = read_styles(package.tree(parts[0])) if parts else NO_STYLES
    found = find_tables(body, styles, where)
    tables = tuple(_table(one, styles, where) for one in found)
    return WordDocument(where, package, root, body, styles, tables, count_changes(root))


def _table(found: FoundTable, styles: Styles, where: str) -> WordTable:
    return WordTable(
        found.name,
        found.number,
        found.caption,
        found.heading,
        found.notes,
        found.parts,
        sum(map(count_changes, found.parts)),
        styles,
        where,
        found.within,
    )
