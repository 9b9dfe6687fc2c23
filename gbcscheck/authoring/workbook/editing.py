"""A copy of a workbook with edits in it: the cells that they are about, and no other octet of any part.

A cell that is written anew keeps its style, with its number format; its text stands in the sheet itself, so that other
cells which share the old text keep it. A number stays a number where its format shows the new one as it is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from gbcscheck.authoring.edited import Edited, Locate, by_cell, by_place, not_made, own_place, refuse
from gbcscheck.authoring.places import cell_of, position
from gbcscheck.authoring.spans import NotMade, spans_of, with_spans
from gbcscheck.authoring.workbook.book import Book, tag
from gbcscheck.authoring.workbook.cell_octets import CellOctets, cells_in
from gbcscheck.authoring.workbook.rich_text import Run, runs_in, with_spans_in_runs, written_runs
from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.number_format import GENERAL, NotShown, shown_number
from gbcscheck.extract.sheets import Cell, Sheet
from gbcscheck.extract.table_cells import shown_text
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.model import Place
from gbcscheck.model.repairs import Edit

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?")
_PROTECTED = re.compile(rb'<(?:\w+:)?sheetProtection\b[^>]*\bsheet="(?:1|true)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def edited_workbook(
    workbook: Path, edits: Sequence[Edit], *, shown: str | None = None, locate: Locate = own_place
) -> Edited:
    """A copy of a workbook with those of the edits that are about it; the workbook itself is only read.

    ``shown`` is the path under which the statements of the edits cite it, as ``locate`` says it. Where the workbook has
    formulas they are marked to be worked out anew when it is opened. GbcscheckError, or Problems where there are
    several, for a place at which the old text does not stand, a formula, and a workbook that cannot be changed;
    UnreadableSource for what is no sound workbook.
    """
    where = shown or str(workbook)
    book = Book.read(workbook, where=str(workbook))
    sheets = read_workbook(workbook)
    notes: list[str] = []
    problems: list[GbcscheckError] = []
    written: dict[str, dict[str, bytes]] = {}
    octets: dict[str, dict[str, CellOctets]] = {}

    def row(place: Place) -> Iterator[tuple[str, str]]:
        number = position(place.cell or "A0")[0]
        rows = sheets[place.sheet or ""].rows if place.sheet in sheets else ()
        return ((cell.address, shown_text(cell)) for one in rows if one.number == number for cell in one.cells)

    for place, group in by_cell(by_place(edits, where, locate), row, problems).items():
        try:
            sheet, cell = _cell_of(place, where, sheets)
            part = book.sheets.get(sheet, "")
            if part not in octets:
                octets[part] = cells_in(book.octets(part))
                if _PROTECTED.search(book.octets(part)):
                    notes.append(f"the sheet {sheet} is protected, and is so in the copy: its changed cells are too")
            found = octets[part].get(cell.address)
            if found is None:
                raise NotMade(f"the sheet has no cell {cell.address}")
            written.setdefault(part, {})[cell.address] = _written(book, found, cell, group, notes, place)
        except NotMade as error:
            problems.append(not_made(place, str(error)))
    refuse(problems)
    for part, cells in written.items():
        book.put(part, _with_cells(book.octets(part), [(octets[part][at], new) for at, new in cells.items()]))
    if written and any(_FORMULA.search(book.octets(part)) for part in book.sheets.values()):
        _calculate_on_load(book)
        notes.append("its formulas are marked to be worked out anew when it is opened")
    return Edited(book.content(), sum(map(len, written.values())), tuple(notes))


def _cell_of(place: Place, where: str, sheets: dict[str, Sheet]) -> tuple[str, Cell]:
    """The sheet's name and the cell of a place: the top left one of a merged range."""
    at = cell_of(place, where)
    if at is None or at[0] not in sheets:
        raise NotMade("no cell of the workbook; a sheet and a cell were expected")
    cells = (cell for row in sheets[at[0]].rows for cell in row.cells)
    return at[0], next((cell for cell in cells if cell.address == at[1]), Cell(at[1], None))


def _written(
    book: Book, octets: CellOctets, cell: Cell, edits: Sequence[Edit], notes: list[str], place: Place
) -> bytes:
    """The octets of a cell with edits in it."""
    if octets.has_formula:
        raise NotMade(
            f"a formula, whose result {cell.text} stands there; change what it is worked out from, or write the value "
            "in its place by hand"
        )
    kind = octets.attributes.get("t", "n")
    if kind in ("s", "inlineStr"):
        runs = runs_in(book, octets)
        spans = spans_of("".join(run.text for run in runs), edits)
        return octets.with_text(written_runs(with_spans_in_runs(runs, spans), octets.prefix))
    text = shown_text(cell)
    new = with_spans(text, spans_of(text, edits))
    if kind == "n" and (number := _number_for(new, cell.format or GENERAL)):
        return octets.with_number(number)
    if text:
        notes.append(f"{place.cell_words} held a value that is no text, {text}, and is a text now")
    return octets.with_text(written_runs([Run(new)], octets.prefix))


def _number_for(text: str, format_: str) -> str:
    """The number that a cell of a format shows as a text, as workbooks store it: ``1800`` for ``1800 s`` with the
    format ``0 "s"``, ``0.75`` for ``75%``; also that of a number with fewer decimals than it is shown with. Empty for
    none."""
    said = _NUMBER.search(text)
    if not said:
        return ""
    number = Decimal(said[0])
    shares = (number, number / 100) if "%" in text else (number,)
    for one in shares:
        try:
            shown = shown_number(float(one) if one != one.to_integral_value() else int(one), format_)
        except NotShown:
            continue
        if shown == text or (said[0] == text and _NUMBER.fullmatch(shown) and Decimal(shown) == one):
            return f"{one.normalize():f}"
    return ""


def _with_cells(part: bytes, cells: list[tuple[CellOctets, bytes]]) -> bytes:
    for octets, new in sorted(cells, key=lambda pair: pair[0].start, reverse=True):
        part = part[: octets.start] + new + part[octets.end :]
    return part


def _calculate_on_load(book: Book) -> None:
    """Mark that formulas are worked out anew on opening (ECMA-376 part 1, 18.2.2)."""
    from lxml import etree

    root = book.tree(book.main)
    found = root.find(tag("calcPr"))
    if found is None:
        found = etree.Element(tag("calcPr"))
        before = ("definedNames", "externalReferences", "functionGroups", "sheets")
        next(one for name in before if (one := root.find(tag(name))) is not None).addnext(found)
    found.set("fullCalcOnLoad", "1")
    book.put_tree(book.main, root)
