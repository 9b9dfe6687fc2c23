"""One sheet's cells: their style numbers, and the place of what hangs on the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.authoring.package import RELATION
from gbcscheck.authoring.places import position
from gbcscheck.authoring.workbook.book import Book, tag
from gbcscheck.authoring.workbook.styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element

_AFTER_DRAWING = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""What may follow the legacy drawing in a worksheet (ECMA-376, part 1, CT_Worksheet)."""


class SheetCells:
    """The XML of one worksheet."""

    def __init__(self, package: Book, part: str) -> None:
        self._package = package
        self._part = part
        self._root = package.tree(part)
        self._rows = self._numbered_rows()
        self._cells: dict[int, dict[int, _Element]] = {}

    @staticmethod
    def order(cell: str) -> tuple[int, int]:
        """Cells row by row."""
        return position(cell)

    def fill(self, cell: str, styles: Styles, severity: str) -> None:
        """Give a cell the fill of a severity, all else of its style kept."""
        found = self._cell(cell)
        found.set("s", str(styles.filled(int(found.get("s", "0")), severity)))

    def has_drawing(self) -> bool:
        """Whether the sheet has a legacy drawing, which holds the boxes of comments."""
        return self._root.find(tag("legacyDrawing")) is not None

    def set_drawing(self, relation: str) -> None:
        """Let the sheet show a legacy drawing."""
        from lxml import etree

        made = etree.Element(tag("legacyDrawing"), {f"{{{RELATION}}}id": relation})
        later = {tag(name) for name in _AFTER_DRAWING}
        for child in self._root:
            inside = (
                {grandchild.tag for choice in child for grandchild in choice} if "Alternate" in child.tag else set()
            )
            if child.tag in later or inside & later:
                child.addprevious(made)
                return
        self._root.append(made)

    def write(self) -> None:
        """Put the part back."""
        self._package.put_tree(self._part, self._root)

    # --- rows and cells ----------------------------------------------------------------------------------------------

    def _data(self) -> _Element:
        found = self._root.find(tag("sheetData"))
        assert found is not None, "a worksheet that was read has cells"
        return found

    def _numbered_rows(self) -> dict[int, _Element]:
        """Rows by number; a row without one follows the row before it."""
        rows: dict[int, _Element] = {}
        number = 0
        for row in self._data().iterfind(tag("row")):
            number = int(row.get("r", number + 1))
            rows.setdefault(number, row)
        return rows

    def _row(self, number: int) -> _Element:
        from lxml import etree

        if number not in self._rows:
            made = etree.Element(tag("row"), {"r": str(number)})
            later = min((other for other in self._rows if other > number), default=None)
            if later is None:
                self._data().append(made)
            else:
                self._rows[later].addprevious(made)
            self._rows[number] = made
        return self._rows[number]

    def _cell(self, address: str) -> _Element:
        from lxml import etree

        number, column = position(address)
        row = self._row(number)
        if number not in self._cells:
            cells: dict[int, _Element] = {}
            at = 0
            for cell in row.iterfind(tag("c")):
                at = position(cell.get("r", ""))[1] if cell.get("r") else at + 1
                cells.setdefault(at, cell)
            self._cells[number] = cells
        cells = self._cells[number]
        if column not in cells:
            made = etree.Element(tag("c"), {"r": address, "s": self._usual_style(row, column)})
            later = min((other for other in cells if other > column), default=None)
            if later is None:
                before = [cells[other] for other in sorted(cells)]
                if before:
                    before[-1].addnext(made)
                else:
                    row.insert(0, made)
            else:
                cells[later].addprevious(made)
            cells[column] = made
        return cells[column]

    def _usual_style(self, row: _Element, column: int) -> str:
        """The style of a cell that is not there: its row's, else its column's."""
        if row.get("customFormat") in ("1", "true"):
            return row.get("s", "0")
        for group in self._root.iterfind(f"{tag('cols')}/{tag('col')}"):
            if int(group.get("min", "0")) <= column <= int(group.get("max", "0")):
                return group.get("style", "0")
        return "0"
