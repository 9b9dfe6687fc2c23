"""What tables a file has, without reading what they say: for a person who looks for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.csv_sheet import read_csv
from gbcscheck.extract.sheets import Row, Sheet, column_letters
from gbcscheck.extract.source_kinds import is_word
from gbcscheck.extract.table_choice import VIEWS, TableChoice, View
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from gbcscheck.extract.word.document import WordTable
    from gbcscheck.extract.word.grid import GridCell


@frozen
class ListedTable:
    """A table of a document, or a sheet: its name (what ``--table`` or ``--sheet`` takes), its number, caption and the
    heading above it as far as it has any, how many rows and columns it has, the texts of its first row, and how many
    tracked changes stand in it."""

    name: str
    rows: int
    columns: int
    titles: tuple[str, ...]
    number: str = ""
    caption: str = ""
    heading: str = ""
    changes: int = 0


@frozen
class Listing:
    """The tables of a file, and what of it nobody looks at."""

    tables: tuple[ListedTable, ...]
    unlooked: tuple[str, ...] = ()


@frozen
class CellChange:
    """A cell that differs between the views of a document: the name of its table, its row and column (from 1), the text
    of the first row in that column, and its text before the tracked changes and with them; None where it is not
    there."""

    table: str
    row: int
    column: int
    title: str
    original: str | None
    final: str | None

    @property
    def source(self) -> str:
        """Its place as statements cite it."""
        return f"{self.table}!{column_letters(self.column - 1)}{self.row}"


def list_tables(path: Path, *, shown: str | None = None) -> Listing:
    """The tables of a Word document as they are with all changes accepted, or the sheets of a workbook or CSV file;
    errors as the readers of these raise them."""
    if not is_word(path):
        is_csv = path.suffix.lower() == ".csv"
        sheets = [read_csv(path, shown=shown)] if is_csv else list(read_workbook(path, shown=shown).values())
        return Listing(tuple(_of_sheet(sheet) for sheet in sheets))
    from gbcscheck.extract.word.document import read_document
    from gbcscheck.extract.word.said import unlooked

    document = read_document(path, shown=shown)
    return Listing(tuple(map(_of_table, document.tables)), tuple(unlooked(document, "final")))


def _of_table(table: WordTable) -> ListedTable:
    rows = table.rows()
    titles = [table.text(cell) for cell in rows[0].cells] if rows else []
    columns = table.grid().width
    return ListedTable(
        table.name, len(rows), columns, _lines(titles), table.number, table.caption, table.heading, table.changes
    )


def _of_sheet(sheet: Sheet) -> ListedTable:
    first = next((row for row in sheet.rows if not row.is_blank), Row(1, ()))
    texts = {cell.address: cell.text for cell in first.cells}
    columns = max((len(row.cells) for row in sheet.rows), default=0)
    return ListedTable(sheet.name, len(sheet.rows), columns, _lines(texts.values()))


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) for text in texts)


def cell_changes(path: Path, choice: TableChoice, *, shown: str | None = None) -> tuple[CellChange, ...]:
    """The cells of the chosen tables of a Word document that differ between its views, in their order.

    UnreadableSource where no table is called so, and for a file that is no Word document.
    """
    where = shown or str(path)
    if not is_word(path):
        raise UnreadableSource("two views are had of a Word document alone (.docx, .docm)", where=where)
    from gbcscheck.extract.word.document import read_document

    document = read_document(path, shown=shown)
    name = (choice.table or choice.sheet).casefold()
    chosen = [one for one in document.tables if not name or name in _called(one)]
    if not chosen:
        there = ", ".join(one.name for one in document.tables) or "none"
        raise UnreadableSource(f'no table is called "{choice.table or choice.sheet}"; there are: {there}', where=where)
    return tuple(change for one in chosen for change in _changes(one))


def _called(table: WordTable) -> tuple[str, ...]:
    number = table.number.casefold()
    return table.name.casefold(), number, number.removeprefix("table").strip(), table.caption.casefold()


def _changes(table: WordTable) -> Iterator[CellChange]:
    if not table.changes:
        return
    seen: dict[tuple[int, int], dict[str, str]] = {}
    for view in VIEWS:
        for row in table.rows(view):
            for cell in row.cells:
                if not cell.is_merged:
                    seen.setdefault((row.number, cell.column + 1), {})[view] = _whole_text(table, cell, view)
    first = next(iter(table.rows() or table.rows("original")), None)
    titles = {cell.column + 1: " ".join(table.text(cell).split()) for cell in first.cells} if first else {}
    for (number, column), texts in sorted(seen.items()):
        original, final = texts.get("original"), texts.get("final")
        if original != final and (original or final):
            yield CellChange(table.name, number, column, titles.get(column, ""), original, final)


def _whole_text(table: WordTable, cell: GridCell, view: View) -> str:
    """The text of a cell, and what is struck out in it, as such."""
    found = table.read(cell, view)
    struck = f"(struck out: {found.struck})" if found.struck else ""
    return "\n".join(text for text in (found.text, struck) if text)
