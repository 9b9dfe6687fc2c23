"""A user's workbook with the findings in it: clashing cells filled and commented, and a sheet that lists them all.

The copy is the workbook's own package with a few parts changed or added: the sheets that have findings get style
numbers and comments, the styles get fills, the workbook gets a sheet. Every other part (formulas and their stored
values, charts, shapes, images, macros, pivot tables, links, form controls) is copied octet for octet, so nothing is
lost that a library would have to understand to write again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.authoring.annotated import Annotated
from gbcscheck.model import SEVERITIES

if TYPE_CHECKING:
    from gbcscheck.authoring.texts import FindingInCell
    from gbcscheck.report import Report

LIST_SHEET = "gbcscheck"
"""Name of the sheet that lists the findings, with a number behind it where the workbook has such a sheet."""


def annotate(workbook: Path, report: Report, *, shown: str | None = None) -> Annotated:
    """A copy of a workbook with the findings of a report in it, and with what was not read and what was compared with
    nothing; the workbook itself is only read.

    ``shown`` is the path under which the statements of the report cite it. Waived findings are listed and mark
    nothing. Raises UnreadableSource for what is no sound workbook, GbcscheckError for one that cannot be changed: one
    that is signed, or saved as Strict Open XML.
    """
    from gbcscheck.authoring.gaps import UNREAD, gaps_in, kinds_by_cell
    from gbcscheck.authoring.texts import comment_text, sides_in
    from gbcscheck.authoring.workbook.book import Book
    from gbcscheck.authoring.workbook.cells import SheetCells
    from gbcscheck.authoring.workbook.comments import SheetComments
    from gbcscheck.authoring.workbook.listing import add_list
    from gbcscheck.authoring.workbook.styles import Styles

    where = shown or str(workbook)
    package = Book.read(workbook, where=str(workbook))
    styles = Styles(package)
    sides = sides_in(report, where)
    gaps = gaps_in(report, where)
    gap_of = kinds_by_cell(gaps)
    notes: list[str] = []
    marked = left = 0
    for sheet, part in package.sheets.items():
        cells = {cell: found for (name, cell), found in sides.items() if name == sheet}
        cells = {
            cell: with_marks for cell, found in cells.items() if (with_marks := [one for one in found if one.marks])
        }
        open_cells = {cell: gap for (name, cell), gap in gap_of.items() if name == sheet and cell not in cells}
        if not cells and not open_cells:
            continue
        grid = SheetCells(package, part)
        comments = SheetComments(package, part, grid)
        for cell in sorted(cells, key=grid.order):
            grid.fill(cell, styles, _worst(cells[cell]))
            if not comments.put(cell, comment_text(cells[cell])):
                notes.append(
                    f"{sheet}!{cell} has a threaded comment; it is filled and listed, and has no other comment"
                )
        for cell in sorted(open_cells, key=grid.order):
            grid.fill(cell, styles, open_cells[cell].kind)
            if open_cells[cell].kind == UNREAD:
                comments.put(cell, open_cells[cell].text)
        comments.write()
        grid.write()
        marked += len(cells)
        left += len(open_cells)
    name = add_list(package, styles, report, where, LIST_SHEET, gaps)
    if name != LIST_SHEET:
        notes.append(
            f"the workbook has a sheet {LIST_SHEET!r} already, and any marks of an earlier run are still in it; the "
            f"findings are on the sheet {name!r}"
        )
    missing = sorted({sheet for sheet, _ in sides if sheet not in package.sheets})
    notes.extend(f"no sheet {sheet!r} to mark" for sheet in missing)
    styles.write()
    return Annotated(package.content(), marked, tuple(notes), left)


def _worst(sides: list[FindingInCell]) -> str:
    return min((one.finding.severity for one in sides), key=SEVERITIES.index)
