"""What a person says of which tables of a file are to be read."""

from __future__ import annotations

from typing import Literal

from gbcscheck.frozen import frozen

View = Literal["original", "final"]
"""Of a document with tracked changes: before them, or with all of them accepted."""
VIEWS: tuple[View, ...] = ("original", "final")


@frozen
class TableChoice:
    """What is to be read of a file: a sheet by its name, a table by its number, its title or its place (``Table 28d``,
    ``Sheet1!A7``), a column by its title or by what it is for (``Proposed``), and whether what is hidden is read too.
    Empty where nothing is said. ``view`` is how a document with tracked changes is read: as it was before them
    (``original``), or with all of them accepted (``final``)."""

    sheet: str = ""
    table: str = ""
    column: str = ""
    hidden: bool = False
    view: View = "final"


ALL = TableChoice()
"""Every table that is shown."""
