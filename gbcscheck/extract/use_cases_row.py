"""One row of a GBCS table: its cells by title, their places, the clause that they stand in, the data item it names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from gbcscheck.extract.sheets import Cell, Header, Row, Sheet
from gbcscheck.extract.transcript import DASHES, Transcript, as_name, one_line
from gbcscheck.frozen import frozen

T = TypeVar("T")


@frozen
class Columns:
    """A sheet, where its columns are, and which of the use case tables it is (``DLMS``)."""

    sheet: Sheet
    header: Header
    name: str


@frozen
class TableRow:
    """One row of a sheet of the workbook."""

    columns: Columns
    row: Row

    def cell(self, title: str) -> Cell:
        """The cell under a title."""
        return self.columns.header.cell(self.row, title)

    def text(self, title: str) -> str:
        """The text under a title."""
        return self.cell(title).text

    def place(self, title: str) -> str:
        """Where the cell under a title is: ``DLMS!K685``."""
        return self.columns.sheet.place(self.cell(title))

    def column(self, title: str) -> str:
        """The column of a title as the statistics name it."""
        return f"{self.columns.name} / {title}"

    @property
    def clause(self) -> str:
        """Where the row stands in the document: ``ECS37, row 730``."""
        number = self.text("mapping table row #")
        return f"{self.text('use case')}, row {number}" if number else self.text("use case")

    @property
    def identity(self) -> object:
        """What tells the row from others of its table: its number in the mapping table, else its name alone."""
        return self.text("mapping table row #")

    def attempt(self, transcript: Transcript, title: str, read: Callable[[str], T]) -> T | None:
        """What ``read`` makes of the cell under a title, see ``Transcript.attempt``."""
        return transcript.attempt(self.column(title), self.place(title), self.cell(title), read)

    def read(
        self, transcript: Transcript, subject: str, attribute: str, title: str, read: Callable[[str], T]
    ) -> T | None:
        """What ``read`` makes of the cell under a title, counted as read; where it cannot be read, its text is stated.

        A cell that states nothing gives None. So does one that ``read`` reads as nothing: let it return a tuple.
        """
        found = self.attempt(transcript, title, read)
        text = self.text(title)
        if found is not None:
            transcript.count(self.column(title), "read")
        elif text not in DASHES:
            transcript.say(subject, attribute, self.place(title), text=text, clause=self.clause)
        return found

    def say_fact(self, transcript: Transcript, subject: str, attribute: str, title: str) -> None:
        """State the cell's text (or number, as it is typed) as a fact that is not a set."""
        cell = self.cell(title)
        if transcript.blank(self.column(title), cell):
            return
        if cell.problem:
            transcript.unread(self.column(title), self.place(title), "", cell.problem)
            return
        value = cell.value if isinstance(cell.value, int | float) else one_line(cell.text)
        transcript.count(self.column(title), "read")
        transcript.say(subject, attribute, self.place(title), value=value, clause=self.clause)

    def references(self, transcript: Transcript) -> str:
        """The clauses of SMETS and CHTS that the row refers to, on one line; empty where there are none
        (marks such as ``(DLMS)`` say that only the protocol needs the row)."""
        from gbcscheck.notation.use_case import read_references

        title = "ref."
        references = self.attempt(transcript, title, read_references)
        if references is None:
            return ""
        transcript.count(self.column(title), "read")
        return "; ".join(one_line(line) for line in self.text(title).splitlines()) if references else ""

    def say_references(self, transcript: Transcript, subject: str) -> None:
        """State the clauses of SMETS and CHTS that the row refers to."""
        text = self.references(transcript)
        if text and transcript.is_new(subject, "reference", text):
            transcript.say(subject, "reference", self.place("ref."), value=text, clause=self.clause)


def data_item(name: str) -> str:
    """Name of the data item in a cell such as ``MaximumDemandConfigurableTimePeriod: entries[1..2].index``.

    >>> data_item("DailyReadLog(excExport): method: readLog")
    'DailyReadLog(excExport)'
    """
    return as_name(name.partition(":")[0]).replace(" ", "")


def own_element(name: str) -> str:
    """What follows the data item's name in GBCS's own words, as a path.

    >>> own_element("MeterBalance: methodInput: adjustmentValue")
    'methodInput.adjustmentValue'
    """
    return re.sub(r"\s*:\s*", ".", as_name(name.partition(":")[2])).replace(" ", "").strip(".")


def joined(item: str, element: str) -> str:
    """A data item's element: ``Item.element``."""
    return f"{item}.{element}" if element else item
