"""The comments of one sheet: their texts, and the boxes that show them (VML, ECMA-376 part 4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gbcscheck.authoring.places import position
from gbcscheck.authoring.texts import cell_string
from gbcscheck.authoring.workbook.book import Book, new_root, tag
from gbcscheck.authoring.workbook.cells import SheetCells
from gbcscheck.errors import GbcscheckError

if TYPE_CHECKING:
    from lxml.etree import _Element

AUTHOR = "gbcscheck"

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_BOX_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_DRAWING = (
    "<xml" + "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items()) + ">"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE = re.compile(rb"<(\w+):shape\b.*?</\1:shape>", re.DOTALL)
_CELL = re.compile(rb"<(\w+):Row>\s*(\d{1,7})\s*</\1:Row>\s*<\1:Column>\s*(\d{1,5})\s*</\1:Column>")
_ANCHOR = re.compile(rb"<(\w+):Anchor>((?:\s*\d{1,7}\s*,){7}\s*\d{1,7}\s*)</\1:Anchor>")
_COLUMNS = 6
"""Columns that a box spans."""
_LINE = 62
"""Characters that fit a line of a box, about."""
_MOST_ROWS = 26


class SheetComments:
    """The comments of a sheet, those that it has and ours."""

    def __init__(self, package: Book, sheet: str, grid: SheetCells) -> None:

        self._package, self._sheet, self._grid = package, sheet, grid
        related = package.related(sheet, "comments")
        self._part = related.target if related else package.free("xl/gbcscheckComments", ".xml")
        self._is_new = related is None
        self._root = package.tree(self._part) if related else new_root("comments")
        self._by_cell = {one.get("ref", ""): one for one in self._root.iter(tag("comment"))}
        self._threaded = frozenset(_threaded(package, sheet))
        self._boxes: list[tuple[str, int]] = []
        self._grown: dict[tuple[int, int], int] = {}

    def put(self, cell: str, text: str) -> bool:
        """Write a comment, below the one that the cell has already; False where that is a thread, which stays alone."""
        if cell in self._threaded:
            return False
        lines = sum(1 + len(line) // _LINE for line in text.split("\n"))
        known = self._by_cell.get(cell)
        if known is not None:
            _add_run(_runs(known), f"\n\n{text}")
            row, column = position(cell)
            self._grown[row - 1, column - 1] = min(lines, _MOST_ROWS)
            return True
        made = self._new_comment(cell)
        _add_run(_runs(made), text)
        self._boxes.append((cell, min(lines + 1, _MOST_ROWS)))
        return True

    def write(self) -> None:
        """Put the parts back, the new ones tied to the sheet."""
        if not self._boxes and not self._grown:
            return
        self._package.put_tree(self._part, self._root)
        if self._is_new:
            self._package.relate(self._sheet, "comments", self._part)
            self._package.declare(self._part, _COMMENTS_TYPE)
        self._write_drawing()

    # --- texts -------------------------------------------------------------------------------------------------------

    def _new_comment(self, cell: str) -> _Element:
        from lxml import etree

        comments = self._root.find(tag("commentList"))
        if comments is None:
            comments = etree.SubElement(self._root, tag("commentList"))
        made = etree.Element(tag("comment"), {"ref": cell, "authorId": str(self._author()), "shapeId": "0"})
        etree.SubElement(made, tag("text"))
        later = (one for one in comments if position(one.get("ref", "A1")) > position(cell))
        following = next(later, None)
        if following is None:
            comments.append(made)
        else:
            following.addprevious(made)
        self._by_cell[cell] = made
        return made

    def _author(self) -> int:
        from lxml import etree

        authors = self._root.find(tag("authors"))
        if authors is None:
            authors = etree.Element(tag("authors"))
            self._root.insert(0, authors)
        names = [one.text for one in authors.iterfind(tag("author"))]
        if AUTHOR in names:
            return names.index(AUTHOR)
        etree.SubElement(authors, tag("author")).text = AUTHOR
        return len(names)

    # --- boxes -------------------------------------------------------------------------------------------------------

    def _write_drawing(self) -> None:
        related = self._package.related(self._sheet, "vmlDrawing") if self._grid.has_drawing() else None
        part = related.target if related else self._package.free("xl/drawings/gbcscheckDrawing", ".vml")
        drawing = self._package.octets(part) if related else _DRAWING.encode("ascii")
        if b"</xml>" not in drawing:
            raise GbcscheckError(
                f"the drawing {part}, which holds the boxes of comments, is not as expected", where=self._package.where
            )
        drawing = _SHAPE.sub(self._with_room, drawing)
        self._package.put(part, self._with_boxes(drawing))
        if related is None:
            self._grid.set_drawing(self._package.relate(self._sheet, "vmlDrawing", part))
            self._package.declare(part, _DRAWING_TYPE)

    def _with_boxes(self, drawing: bytes) -> bytes:
        """The drawing with our boxes behind all that is in it."""
        head, _, tail = drawing.rpartition(b"</xml>")
        used = [int(number) for number in re.findall(rb"_x0000_s(\d{1,9})\b", drawing)]
        first = max([1024, *used]) + 1
        spaces = "".join(
            f' xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items() if f"xmlns:{prefix}=".encode() not in head
        )
        added = "" if b"_x0000_t202" in head else _BOX_TYPE.replace("<v:shapetype", f"<v:shapetype{spaces}", 1)
        added += "".join(_box(cell, rows, first + index, spaces) for index, (cell, rows) in enumerate(self._boxes))
        return head + added.encode("ascii") + b"</xml>" + tail

    def _with_room(self, shape: re.Match[bytes]) -> bytes:
        """A box that was there, with room for what its comment has got."""
        box = shape.group()
        cell = _CELL.search(box)
        lines = self._grown.get((int(cell[2]), int(cell[3]))) if cell else None
        if cell is None or lines is None:
            return box
        if _ANCHOR.search(box):
            return _ANCHOR.sub(lambda anchor: _larger(anchor, lines), box)
        made = b"<%s:Anchor>%s</%s:Anchor>" % (cell[1], _anchor(int(cell[2]), int(cell[3]), lines).encode(), cell[1])
        return box[: cell.start()] + made + box[cell.start() :]


def _larger(anchor: re.Match[bytes], rows: int) -> bytes:
    """An anchor (left column and offset, top row, right column, bottom row) that ends ``rows`` further down, and as
    far to the right as our boxes do."""
    numbers = [int(number) for number in anchor[2].split(b",")]
    numbers[4] = max(numbers[4], numbers[0] + _COLUMNS)
    numbers[6] += rows
    return b"<%s:Anchor>%s</%s:Anchor>" % (anchor[1], b", ".join(b"%d" % number for number in numbers), anchor[1])


def _anchor(row: int, column: int, rows: int) -> str:
    """Where the box of a cell (row and column from 0) stands: to the right of it, ``rows`` high."""
    top = max(0, row - 1)
    return f"{column + 1}, 15, {top}, 4, {column + 1 + _COLUMNS}, 15, {top + rows}, 4"


def _box(cell: str, rows: int, number: int, spaces: str) -> str:
    """The box of a comment, to the right of its cell; hidden until the pointer is over it."""
    row, column = (one - 1 for one in position(cell))
    return (
        f'<v:shape{spaces} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;width:360pt;'
        f'height:{rows * 15}pt;z-index:{number - 1024};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{_anchor(row, column, rows)}</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def _runs(comment: _Element) -> _Element:
    """The text of a comment as runs: one that was plain becomes the first of them."""
    from lxml import etree

    text = comment.find(tag("text"))
    if text is None:
        text = etree.SubElement(comment, tag("text"))
    plain = text.find(tag("t"))
    if plain is not None:
        run = etree.Element(tag("r"))
        plain.addprevious(run)
        run.append(plain)
        plain.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return text


def _add_run(text: _Element, words: str) -> None:
    from lxml import etree

    run = etree.Element(tag("r"))
    style = etree.SubElement(run, tag("rPr"))
    etree.SubElement(style, tag("sz"), {"val": "9"})
    etree.SubElement(style, tag("rFont"), {"val": "Tahoma"})
    made = etree.SubElement(run, tag("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    made.text = cell_string(words)
    runs = text.findall(tag("r"))
    if runs:
        runs[-1].addnext(run)
    else:
        text.insert(0, run)


def _threaded(package: Book, sheet: str) -> list[str]:
    """The cells whose comment is a thread, which other programs keep in a part of its own."""
    found: list[str] = []
    for relation in package.relations(sheet):
        if relation.kind == "threadedComment":
            found.extend(one.get("ref", "") for one in package.tree(relation.target).iter() if one.get("ref"))
    return found
