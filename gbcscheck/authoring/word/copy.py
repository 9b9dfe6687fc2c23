"""A Word document that is to be copied with changes: its tables, its package, and what stands against changing it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.authoring.package import Package
from gbcscheck.authoring.places import cell_of, position
from gbcscheck.authoring.spans import NotMade
from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.sheets import column_letters
from gbcscheck.extract.word.document import WordDocument, WordTable, read_document
from gbcscheck.extract.word.names import attribute, child
from gbcscheck.extract.word.package import namespace_of
from gbcscheck.model import Place

if TYPE_CHECKING:
    from lxml.etree import _Element

AUTHOR = "gbcscheck"
"""Who changes and comments: the program, and no person. No date is given: it may be left out (ECMA-376 part 1, 17.13.5,
``w:date``), and the same input gives the same octets."""
_FORBIDS = {
    "readOnly": "it may only be read",
    "forms": "only its form fields may be filled in",
    "comments": "it takes comments alone",
}
"""What a protection means that forbids tracked changes, by its kind (17.15.1.29)."""


class WordCopy:
    """A document as it is read, whose main part is changed in place (``root``) and written with ``content``."""

    def __init__(self, path: Path, *, where: str) -> None:
        self.document: WordDocument = read_document(path, shown=where)
        read = self.document.package
        self.package = Package(where, "Word document", read.content, read.parts)
        self.main = read.main
        self.root = self.document.root
        self.namespace = namespace_of(self.root)
        self.notes: list[str] = []
        self._last_id = 0
        self.take_ids(self.root)

    def name(self, local: str) -> str:
        """A name in the namespace of WordprocessingML that the document uses."""
        return f"{{{self.namespace}}}{local}"

    def allow(self, *, comments: bool) -> None:
        """Hold the document against what keeps it from taking tracked changes, or ``comments``: raises GbcscheckError
        for one that is signed or protected; notes what a reader has to know."""
        where = self.document.where
        if self.package.is_signed:
            raise GbcscheckError("the document is signed, and a changed copy would break the signature", where=where)
        settings = self._settings()
        protection = child(settings, "documentProtection")
        if protection is not None and attribute(protection, "enforcement", "0") not in ("0", "false", "off"):
            kind = attribute(protection, "edit")
            if kind in _FORBIDS and not (comments and kind == "comments"):
                raise GbcscheckError(
                    f"the document is protected: {_FORBIDS[kind]}; stop the protection (in Word: Review, Restrict "
                    "Editing) and run again",
                    where=where,
                )
        if _is_recommended(child(settings, "writeProtection")):
            self.notes.append("its author recommends to open it for reading alone, and the copy says so too")
        if self.document.package.has_macros:
            self.notes.append("it has macros, which are in the copy as they were")

    def _settings(self) -> _Element | None:
        parts = self.document.package.related("settings")
        return self.document.package.tree(parts[0]) if parts else None

    def cell(self, place: Place) -> tuple[WordTable, _Element]:
        """The table and the ``w:tc`` of a place: the first cell of a merged one. NotMade where there is none."""
        at = cell_of(place, self.document.where)
        table = None if at is None else self.document.table(at[0])
        if at is None or table is None:
            raise NotMade("the document has no such table")
        found = table.cell(*position(at[1]))
        if found is None or found.origin is None:
            raise NotMade("the table has no such cell")
        return table, found.origin

    def row(self, place: Place) -> Iterator[tuple[str, str]]:
        """The cells of the row of a place as it is once all changes are accepted: addresses and texts."""
        at = cell_of(place, self.document.where)
        table = None if at is None else self.document.table(at[0])
        if at is None or table is None:
            return
        number = position(at[1])[0]
        for cell in (cell for row in table.rows() if row.number == number for cell in row.cells):
            yield f"{column_letters(cell.column)}{number}", table.text(cell)

    def take_ids(self, root: _Element) -> None:
        """Keep the numbers of another part of the document from being given again."""
        self._last_id = max([self._last_id, *_numbers(root, self.name("id"))])

    def next_id(self) -> str:
        """A number that no change, bookmark or comment of the document has (17.13.5, ``w:id``)."""
        self._last_id += 1
        return str(self._last_id)

    def content(self) -> bytes:
        """The copy: the main part as it now is, and every other part as it was or was put."""
        self.package.put_tree(self.main, self.root)
        return self.package.content()


def _is_recommended(protection: _Element | None) -> bool:
    """Whether a protection against writing is a recommendation (17.15.1.93)."""
    return attribute(protection, "recommended", "0") not in ("0", "false", "off")


def _numbers(root: _Element, name: str) -> list[int]:
    found = (str(one.get(name)) for one in root.iter() if one.get(name) is not None)
    return [int(text) for text in found if text.isascii() and text.isdigit() and len(text) < 10]
