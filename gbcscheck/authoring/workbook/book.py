"""A workbook as a package: the parts of its sheets by their names, and what keeps it from being changed."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.authoring.package import RELATION, Package
from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.inputs.containers import checked_parts
from gbcscheck.inputs.files import read_octets

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def tag(name: str) -> str:
    """A name in the namespace of spreadsheets."""
    return f"{{{MAIN}}}{name}"


def new_root(name: str) -> _Element:
    """The first element of a new part, in the namespace of spreadsheets."""
    from lxml import etree

    return etree.fromstring(f'<{name} xmlns="{MAIN}"/>')


class Book(Package):
    """The parts of a workbook. ``main`` is its main part, ``sheets`` are the names of its worksheets and of their
    parts, ``names`` those of all its sheets."""

    def __init__(self, where: str, archive: bytes, xml: dict[str, bytes]) -> None:
        super().__init__(where, "workbook", archive, xml)
        self.main = self.main_part()
        root = self.tree(self.main)
        if root.tag == f"{{{STRICT}}}workbook":
            raise GbcscheckError("saved as Strict Open XML; save it as an Excel workbook (.xlsx)", where=where)
        if root.tag != tag("workbook"):
            raise UnreadableSource("a damaged workbook: its main part is none", where=where)
        relations = {one.id: one for one in self.relations(self.main)}
        listed = list(root.iterfind(f"{tag('sheets')}/{tag('sheet')}"))
        self.names = tuple(sheet.get("name", "") for sheet in listed)
        self.sheets: dict[str, str] = {}
        for sheet in listed:
            one = relations.get(sheet.get(f"{{{RELATION}}}id", ""))
            if one is not None and one.kind == "worksheet" and one.target in xml:
                self.sheets[sheet.get("name", "")] = one.target

    @cached_property
    def shared_texts(self) -> list[_Element]:
        """The texts that cells share, in their order (ECMA-376 part 1, 18.4.9)."""
        related = self.related(self.main, "sharedStrings")
        return [] if related is None else list(self.tree(related.target).iterfind(tag("si")))

    @classmethod
    def read(cls, path: Path, *, where: str) -> Book:
        """Read a workbook. UnreadableSource for what is no sound workbook, GbcscheckError for one that cannot be
        changed: one that is signed, or saved as Strict Open XML."""
        xml = checked_parts(path, where=where)
        book = cls(where, read_octets(path, where=where), xml)
        if book.is_signed:
            raise GbcscheckError("the workbook is signed, and a changed copy would break the signature", where=where)
        return book
