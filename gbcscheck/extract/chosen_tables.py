"""Which tables of a file are read, and which of their columns: those that a person names, else all that are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.hidden import HOW, hidden_places, runs, without_hidden
from gbcscheck.extract.sheets import Row, Sheet, Surroundings, titles_of
from gbcscheck.extract.table_choice import TableChoice
from gbcscheck.extract.table_layout import Table, tables_on
from gbcscheck.extract.table_mapping import BOUNDS, ROW_FACTS, Column, TableMapping
from gbcscheck.extract.table_titles import Titles

_MOST_SHOWN = 20
"""First rows that an error shows."""


class NoTable(UnreadableSource):
    """A file is sound, and has no table of settings."""


class NotTaken(NamedTuple):
    """Something of a file that is not read: a row, a column, a sheet or a table, its place, and why."""

    what: str
    place: str
    reason: str


def choose_tables(
    sheets: Sequence[Sheet], mapping: TableMapping, choice: TableChoice, stem: str, where: str
) -> tuple[tuple[Table, ...], tuple[NotTaken, ...]]:
    """The tables to read, and what is not taken: sheets, tables, rows and columns.

    ``stem`` is the file's name without ending. Raises UnreadableSource where a name fits nothing, where no table is
    found, and where several columns say the same and it is not said which is meant; with what there is.
    """
    left_out: list[NotTaken] = []
    tables: list[Table] = []
    sheets, choice = _of_document(sheets, choice, left_out)
    shown = list(shown_sheets(sheets, choice, where, left_out))
    left_out.extend(NotTaken(*one) for sheet in shown for one in sheet.left_out)
    for sheet in shown:
        found = tables_on(sheet, mapping, stem, choice.column)
        tables.extend(found)
        left_out.extend(_above(sheet, found))
        if not found and sheet.rows:
            if sheet.around:
                left_out.append(NotTaken("table", sheet.name, "no table of settings: no titles that are known"))
                continue
            reason = "a sheet without a table of settings: no titles that are known"
            left_out.append(NotTaken("sheet", sheet.name, reason))
    if not tables:
        raise _no_header(shown, mapping, where, left_out)
    named = _named(tables, choice.table, where)
    places = {table.place for table in named}
    others = (table for table in tables if table.place not in places)
    left_out.extend(NotTaken("table", table.place, "another table than the one that was named") for table in others)
    if choice.column:
        named = _with_column(named, choice.column, where)
    _ask(named, where)
    return tuple(named), tuple(left_out)


def _of_document(
    sheets: Sequence[Sheet], choice: TableChoice, left_out: list[NotTaken]
) -> tuple[Sequence[Sheet], TableChoice]:
    """The tables of a document that are chosen by their number, their caption, or the name that each has by itself
    (``Table 28d (2)``), and the choice that is left then: all of them where none is called so. What the document has
    besides its tables is added to ``left_out``."""
    for line in next((sheet.around.unlooked for sheet in sheets if sheet.around), ()):
        left_out.append(NotTaken("text", "the document", line))
    name = choice.table.casefold()
    numbered = [sheet for sheet in sheets if sheet.around and name in _of_number(sheet.around)]
    named = numbered or [sheet for sheet in sheets if sheet.around and name == sheet.name.casefold()]
    if not name or not named:
        return sheets, choice
    places = {sheet.name for sheet in named}
    others = (sheet.name for sheet in sheets if sheet.name not in places)
    left_out.extend(NotTaken("table", other, "another table than the one that was named") for other in others)
    return named, replace(choice, table="")


def _of_number(around: Surroundings) -> Iterator[str]:
    """What a table of a document may be called by its number and its caption."""
    number = around.number.casefold()
    yield from (number, number.removeprefix("table").strip())
    yield from (cell.text.casefold() for cell in around.above[:1])


def _above(sheet: Sheet, tables: Sequence[Table]) -> Iterator[NotTaken]:
    """Rows of several cells over the first table of a sheet; the last one, next to it, may name what stands below."""
    tops = [table.headers[0].number for table in tables if not table.is_turned]
    top = min(tops, default=0)
    rows = [row.number for row in sheet.rows if row.number < top - 1 and _count(row) > 1]
    for first, last in runs(rows):
        yield NotTaken("row", f"{sheet.name}!{first}:{last}", "over the first table: no titles that are known")


def _count(row: Row) -> int:
    return len({cell.address for cell in row.cells if not cell.is_blank})


def shown_sheets(sheets: Sequence[Sheet], choice: TableChoice, where: str, left_out: list[NotTaken]) -> Iterator[Sheet]:
    """The sheets to look at, without what is hidden on them, which is added to ``left_out``. UnreadableSource where no
    sheet has the name that was chosen."""
    if choice.sheet:
        named = [sheet for sheet in sheets if sheet.name.casefold() == choice.sheet.casefold()]
        if not named:
            there = ", ".join(sheet.name for sheet in sheets)
            raise UnreadableSource(f"no sheet is called {choice.sheet!r}; there are: {there}", where=where)
        others = (sheet.name for sheet in sheets if sheet not in named)
        left_out.extend(NotTaken("sheet", name, "another sheet than the one that was named") for name in others)
        sheets = named
    for sheet in sheets:
        if choice.hidden:
            yield sheet
        elif sheet.hidden.sheet and not choice.sheet:
            left_out.append(NotTaken("sheet", sheet.name, f"a hidden sheet: {HOW}"))
        else:
            left_out.extend(NotTaken(*one) for one in hidden_places(sheet))
            yield without_hidden(sheet)


def _named(tables: Sequence[Table], name: str, where: str) -> list[Table]:
    """The tables of a name; all where none is given."""
    named = [table for table in tables if not name or name.casefold() in _names(table)]
    if not named:
        there = "; ".join(
            table.sheet.name
            if table.sheet.around
            else f"{table.specification.part or 'a table without a number'} at {table.place}"
            for table in tables
        )
        raise UnreadableSource(f"no table is called {name!r}; there are: {there}", where=where)
    return named


def _names(table: Table) -> Iterator[str]:
    part = table.specification.part.casefold()
    yield from (part, part.removeprefix("table").strip(), table.place.casefold(), table.place.split("!")[-1].casefold())
    yield from (cell.text.casefold() for cell in table.above if not cell.is_blank)


# --- columns ---------------------------------------------------------------------------------------------------------


def _with_column(tables: Sequence[Table], name: str, where: str) -> list[Table]:
    """The tables with the column that was named in the place of others that say the same."""
    titles = Titles(tables[0].mapping, name)
    if not any(_fitting(table, titles) for table in tables):
        there = dict.fromkeys(title for table in tables for title in table.titles.values() if title)
        raise UnreadableSource(f"no column is called {name!r}; there are: {', '.join(there)}", where=where)
    return [_only(table, _fitting(table, titles)) for table in tables]


def _fitting(table: Table, titles: Titles) -> dict[int, Column]:
    """The columns of values with the title that was named, or one part of it, or that are for what was named."""
    return {
        place: column
        for place, column in table.columns
        if titles.is_value(column)
        and titles.is_wanted(
            column.variant, table.title(place), *table.title(place).split(" / "), table.title_cell(place).address
        )
    }


def _only(table: Table, wanted: dict[int, Column]) -> Table:
    """The table without columns that say what a wanted one says, and without those for something else."""
    if not wanted:
        return table
    says = {column.attribute for column in wanted.values()}
    others = {place: column for place, column in table.columns if column.attribute in says and place not in wanted}
    variants = {column.variant for column in others.values()} - {column.variant for column in wanted.values()} - {""}
    for place, column in table.columns:
        if column.variant in variants and column.attribute not in ("clause", "provenance", "ignore"):
            others[place] = column
    left_out = tuple(sorted(others))
    columns = tuple((place, column) for place, column in table.columns if place not in left_out)
    return replace(table, columns=columns, left_out=left_out)


def _ask(tables: Iterable[Table], where: str) -> None:
    """Raise UnreadableSource where several columns of a table say the same under different titles."""
    questions = [one for table in tables if (one := _question(table))]
    if questions:
        titles = ", ".join(dict.fromkeys(f'--column "{title}"' for _, asked in questions for title in asked))
        raise UnreadableSource(
            f"several columns say the same, and which is meant is not said: give {titles}, or a mapping",
            where=where,
            detail="\n".join(f"  {found}" for found, _ in questions),
        )


def _question(table: Table) -> tuple[str, list[str]] | None:
    """What has to be asked of a table: the columns that say the same, and what each may be called."""
    titles = Titles(table.mapping)
    by_attribute: dict[str, dict[str, tuple[int, Column]]] = {}
    for place, column in table.columns:
        if titles.is_value(column) and (column.attribute not in BOUNDS or column.variant):
            cell = table.title_cell(place).address
            by_attribute.setdefault(column.attribute, {}).setdefault(cell, (place, column))
    several = {attribute: list(found.values()) for attribute, found in by_attribute.items() if len(found) > 1}
    if not several:
        return None
    columns = [one for found in several.values() for one in found]
    shown = ", ".join(f"{table.sheet.words(table.title_cell(place))} {table.title(place)}" for place, _ in columns)
    names = [_name(table, *one) for one in columns]
    if any(len({_name(table, *one) for one in found}) < len(found) for found in several.values()):
        names = [table.title_cell(place).address for place, _ in columns]
    return f"columns of {' and of '.join(several)}: {shown}", names


def _name(table: Table, place: int, column: Column) -> str:
    return column.variant or table.title(place)


def _no_header(sheets: Sequence[Sheet], mapping: TableMapping, where: str, left_out: Sequence[NotTaken]) -> NoTable:
    tops = [(sheet, next((row for row in sheet.rows if not row.is_blank), None)) for sheet in sheets]
    found = [f"  {sheet.name}, row {row.number}: {titles_of(row)}" for sheet, row in tops if row is not None]
    if len(found) > _MOST_SHOWN:
        found[_MOST_SHOWN:] = [f"  and {len(found) - _MOST_SHOWN:,} more"]
    found.extend(f"  {one.place}: {one.reason}" for one in left_out if "hidden" in one.reason)
    unread = [(sheet, cell) for sheet, row in tops if row is not None for cell in row.cells if cell.problem]
    found.extend(f"  {sheet.words(cell)}: {cell.problem}" for sheet, cell in unread[:_MOST_SHOWN])
    says = [title for title, column in mapping.columns.items() if column.attribute not in ROW_FACTS]
    expected = f"  one of   {', '.join(mapping.subject[0])}\n  and of   {', '.join(says)}"
    return NoTable(
        "no header row with titles that are known",
        where=where,
        detail="found\n"
        + ("\n".join(found) or "  nothing")
        + "\nexpected\n"
        + expected
        + "\n  --column TITLE names the column of the defaults where it is called otherwise",
    )
