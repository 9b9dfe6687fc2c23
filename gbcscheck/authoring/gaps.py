"""What was not read of a workbook or document, and what of it was compared with nothing, by cell."""

from __future__ import annotations

from gbcscheck.authoring.places import cell_of
from gbcscheck.frozen import frozen
from gbcscheck.model import Place
from gbcscheck.model.coverage import ItemCoverage, NotRead, TableCoverage
from gbcscheck.printable import clean, one_line
from gbcscheck.report import Report

UNREAD, UNCOMPARED = "unread", "uncompared"
"""What can have become of a cell that no finding is about."""

Cell = tuple[str, str]
"""Sheet and address."""


@frozen
class Gap:
    """A cell that was not read, or an item that was compared with nothing, with its cells: what became of it, of what,
    and why."""

    kind: str
    cells: tuple[Cell, ...]
    subject: str
    reason: str
    what: str = ""

    @property
    def text(self) -> str:
        """What the comment of the cell says: why it was not read, and of how much nothing was checked."""
        told = {"column": "Nothing in this column was checked.", "row": "Nothing in this row was checked."}
        return f"Not read: {self.reason}. {told.get(self.what, 'What stands here was not checked.')}"


def gaps_in(report: Report, where: str) -> list[Gap]:
    """The gaps of a file that reports call ``where``: what was not read first."""
    tables = [table for table in report.coverage.tables if table.path == where] if report.coverage else []
    unread = [_unread(one, cell) for table in tables for one in table.not_read if (cell := cell_of(one.place, where))]
    return [*unread, *(gap for table in tables for gap in _uncompared(table, where))]


def kinds_by_cell(gaps: list[Gap]) -> dict[Cell, Gap]:
    """The gap of each cell, the first of several."""
    found: dict[Cell, Gap] = {}
    for gap in gaps:
        for cell in gap.cells:
            found.setdefault(cell, gap)
    return found


def _unread(one: NotRead, cell: Cell) -> Gap:
    return Gap(UNREAD, (cell,), clean(one.title), clean(one_line(one.reason)).rstrip("."), one.what)


def _uncompared(table: TableCoverage, where: str) -> list[Gap]:
    return [_of_item(item, where) for item in table.items if not item.is_compared]


def _of_item(item: ItemCoverage, where: str) -> Gap:
    places: list[Place] = [statement.place for statement in item.statements]
    cells = dict.fromkeys(cell for place in places if (cell := cell_of(place, where)))
    reason = "no rule held it against another document" if item.is_known else "no other document speaks of it"
    return Gap(UNCOMPARED, tuple(cells), clean(item.subject), reason)
