"""PDF documents: their ruled tables as sheets, each cell with how certain its text is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.listed_tables import ListedTable, Listing
from gbcscheck.extract.pdf.reading import read_document
from gbcscheck.extract.pdf.tables import PdfCell, PdfTable
from gbcscheck.extract.sheets import Cell, LeftOut, Row, Sheet, Surroundings

__all__ = ["listed_tables", "read_pdf", "sheets"]

_TOLD = 3
"""Places that are named where a PDF has no table."""
HOW = "--accept-uncertain takes it"


def read_pdf(
    path: Path,
    *,
    shown: str | None = None,
    pages: Sequence[int] | None = None,
    jobs: int = 1,
) -> tuple[PdfTable, ...]:
    """The ruled tables of a PDF, each over all its pages; errors as ``read_document`` raises them."""
    return read_document(path, shown=shown, pages=pages, jobs=jobs).tables


def sheets(
    path: Path,
    *,
    shown: str | None = None,
    jobs: int = 1,
    accept_uncertain: bool = False,
) -> list[Sheet]:
    """The ruled tables of a PDF as sheets, each named by its number. A cell that is not certain has a problem that says
    so and what was read, and no value, unless such are accepted.

    Raises UnreadableSource where the PDF has no ruled table, and as ``read_document`` does.
    """
    where = shown or str(path)
    document = read_document(path, shown=shown, jobs=jobs)
    if not document.tables:
        pages = "its page" if document.pages == 1 else f"its {document.pages:,} pages"
        first = "".join(f"; page {page}: {reason}" for page, reason in document.not_read[:_TOLD])
        more = len(document.not_read) - _TOLD
        raise UnreadableSource(
            f"no table with rulings on {pages}; tables without rulings are not read{first}"
            f"{f' and {more:,} more' if more > 0 else ''}",
            where=where,
        )
    found = [_sheet(table, document.said, accept_uncertain=accept_uncertain) for table in document.tables]
    told = tuple(LeftOut("page", f"page {page}", reason) for page, reason in document.not_read)
    return [_with(found[0], told), *found[1:]] if told else found


def listed_tables(path: Path, *, shown: str | None = None, jobs: int = 1) -> Listing:
    """What tables a PDF has, and what of its pages is not read; errors as ``read_document`` raises them."""
    document = read_document(path, shown=shown, jobs=jobs)
    not_read = tuple(f"page {page}: {reason}" for page, reason in document.not_read)
    return Listing(tuple(map(_listed, document.tables)), not_read)


def _listed(table: PdfTable) -> ListedTable:
    cells = {cell.address: cell for row in table.rows for cell in row.cells if cell.address}
    titles = tuple(" ".join(cell.text.split()) for cell in table.rows[0].cells) if table.rows else ()
    return ListedTable(
        table.name,
        table.rows[-1].number if table.rows else 0,
        table.columns,
        titles,
        table.number,
        table.caption,
        pages=table.pages,
        uncertain=sum(bool(cell.uncertain) and not cell.unread for cell in cells.values()),
        unread=sum(bool(cell.unread) for cell in cells.values()),
    )


def _sheet(table: PdfTable, said: tuple[tuple[str, str], ...], *, accept_uncertain: bool) -> Sheet:
    made: dict[str, Cell] = {}
    rows = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            if cell.address not in made:
                made[cell.address] = _cell(cell, accept_uncertain=accept_uncertain)
            cells.append(made[cell.address])
        rows.append(Row(row.number, tuple(cells)))
    pages = {row.number: f"page {row.page}" for row in table.rows}
    around = Surroundings(table.number, above=(Cell("", table.caption),) if table.caption else (), said=said)
    return Sheet(table.name, tuple(rows), around=around, pages=pages, left_out=tuple(_struck(table)))


def _cell(cell: PdfCell, *, accept_uncertain: bool) -> Cell:
    if cell.unread:
        return Cell(cell.address, None, cell.unread)
    if cell.uncertain and not accept_uncertain:
        read = f'; read as "{" ".join(cell.text.split())}"' if cell.text else ""
        return Cell(cell.address, None, f"uncertain: {cell.uncertain}{read} ({HOW})")
    if not cell.text:
        return Cell(cell.address, None, deleted=cell.struck)
    return Cell(cell.address, cell.text)


def _struck(table: PdfTable) -> Iterator[LeftOut]:
    """What is struck out within the text of cells, once for each."""
    seen: set[str] = set()
    for row in table.rows:
        for cell in row.cells:
            if cell.struck and cell.address not in seen and cell.text:
                seen.add(cell.address)
                what = "struck out, in a colour as in a redline" if cell.redlined else "struck out"
                yield LeftOut("text", f"page {row.page}, {table.name}!{cell.address}", f'{what}: "{cell.struck}"')


def _with(sheet: Sheet, told: tuple[LeftOut, ...]) -> Sheet:
    return replace(sheet, left_out=(*told, *sheet.left_out))
