"""A list of the tables of a file, as values."""

from __future__ import annotations

from gbcscheck.frozen import frozen


@frozen
class ListedTable:
    """A table of a document, or a sheet: its name (what ``--table`` or ``--sheet`` takes), its number, caption and the
    heading above it as far as it has any, how many rows and columns it has, the texts of its first row, and how many
    tracked changes stand in it. Of a PDF the first and last page of it, and how many of its cells are not certain or
    not read."""

    name: str
    rows: int
    columns: int
    titles: tuple[str, ...]
    number: str = ""
    caption: str = ""
    heading: str = ""
    changes: int = 0
    pages: tuple[int, int] | None = None
    uncertain: int = 0
    unread: int = 0


@frozen
class Listing:
    """The tables of a file, and what of it nobody looks at."""

    tables: tuple[ListedTable, ...]
    unlooked: tuple[str, ...] = ()
