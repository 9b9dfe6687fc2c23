"""What a person says of which tables of a file are to be read."""

from __future__ import annotations

from gbcscheck.frozen import frozen


@frozen
class TableChoice:
    """What is to be read of a file: a sheet by its name, a table by its number, its title or its place (``Table 28d``,
    ``Sheet1!A7``), a column by its title or by what it is for (``Proposed``), and whether what is hidden is read too.
    Empty where nothing is said."""

    sheet: str = ""
    table: str = ""
    column: str = ""
    hidden: bool = False


ALL = TableChoice()
"""Every table that is shown."""
