"""A document as a package of parts (ECMA-376, part 2): changed part by part, and written.

Parts that nobody changes keep their octets, their order and their place in the archive.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gbcscheck.errors import UnreadableSource
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from lxml.etree import _Element

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships"
"""The beginning of the types of relations, and the same in the strict form (part 1, annex A)."""
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"
_SIGNATURES = "_xmlsignatures/"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every part that is written anew: a zip archive needs one, and the same input gives the same octets."""


@frozen
class Relation:
    """A relation of a part: its identifier, the last word of its type (``comments``), and the part it points at."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a document by name. ``where`` is the path that errors name, ``noun`` what they call the document,
    ``archive`` its octets and ``xml`` its XML parts, both as the readers have checked them."""

    def __init__(self, where: str, noun: str, archive: bytes, xml: Mapping[str, bytes]) -> None:
        self.where = where
        self.noun = noun
        self._archive = archive
        self._xml = xml
        self._changed: dict[str, bytes] = {}
        with zipfile.ZipFile(io.BytesIO(archive)) as parts:
            self._names = tuple(parts.namelist())

    @property
    def is_signed(self) -> bool:
        """Whether a signature covers the document, which any change would break (ECMA-376, part 2, clause 12)."""
        return any(name.startswith(_SIGNATURES) for name in self._names)

    # --- parts -------------------------------------------------------------------------------------------------------

    def has(self, part: str) -> bool:
        """Whether there is a part of this name, whatever its case: names differ by more than case."""
        wanted = part.casefold()
        return any(name.casefold() == wanted for name in (*self._names, *self._changed))

    def octets(self, part: str) -> bytes:
        """The content of a part as it now is."""
        if part in self._changed:
            return self._changed[part]
        if part in self._xml:
            return self._xml[part]
        with zipfile.ZipFile(io.BytesIO(self._archive)) as archive:
            return archive.read(part)

    def tree(self, part: str) -> _Element:
        """The XML of a part."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            return etree.fromstring(self.octets(part), parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableSource(f"a damaged {self.noun}: part {part}: {error.msg}", where=self.where) from None

    def put(self, part: str, content: bytes) -> None:
        """Change or add a part."""
        self._changed[part] = content

    def put_tree(self, part: str, root: _Element) -> None:
        """Change or add a part of XML."""
        from lxml import etree

        self.put(part, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def free(self, stem: str, ending: str) -> str:
        """A name that no part has: ``stem``, a number and ``ending``."""
        number = 1
        while self.has(f"{stem}{number}{ending}"):
            number += 1
        return f"{stem}{number}{ending}"

    # --- relations and types -----------------------------------------------------------------------------------------

    def main_part(self) -> str:
        """The part that the package is about; UnreadableSource where it names none that is there."""
        found = self.related("", "officeDocument")
        if found is None or found.target not in self._xml:
            raise UnreadableSource(f"a damaged {self.noun}: its parts do not name the {self.noun}", where=self.where)
        return found.target

    def relations(self, part: str) -> Iterator[Relation]:
        """What a part points at inside the package; the package itself is the part without a name."""
        name = _relations_of(part)
        if name not in self._xml and name not in self._changed:
            return
        for one in self.tree(name).iterfind(f"{{{_RELATIONS}}}Relationship"):
            if one.get("TargetMode") != "External":
                target = posixpath.join(posixpath.dirname(part), one.get("Target", ""))
                kind = one.get("Type", "").rpartition("/")[2]
                yield Relation(one.get("Id", ""), kind, posixpath.normpath(f"/{target}").lstrip("/"))

    def related(self, part: str, kind: str) -> Relation | None:
        """The first relation of a kind."""
        return next((one for one in self.relations(part) if one.kind == kind), None)

    def relate(self, part: str, kind: str, target: str, *, base: str = RELATION) -> str:
        """Let a part point at another by a relation of a kind; the relation's identifier."""
        from lxml import etree

        name = _relations_of(part)
        if name in self._xml or name in self._changed:
            root = self.tree(name)
        else:
            root = etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
        taken = {one.get("Id") for one in root}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        attributes = {"Id": f"rId{number}", "Type": f"{base}/{kind}", "Target": f"/{target}"}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
        self.put_tree(name, root)
        return f"rId{number}"

    def declare(self, part: str, content_type: str) -> None:
        """Say of which type a new part is."""
        from lxml import etree

        root = self.tree(_CONTENT_TYPES)
        etree.SubElement(root, f"{{{_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": content_type})
        self.put_tree(_CONTENT_TYPES, root)

    # --- writing -----------------------------------------------------------------------------------------------------

    def content(self) -> bytes:
        """The archive: the old parts in their order, the new ones behind them."""
        written = io.BytesIO()
        left = dict(self._changed)
        with (
            zipfile.ZipFile(io.BytesIO(self._archive)) as old,
            zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for info in old.infolist():
                changed = left.pop(info.filename, None)
                entry = zipfile.ZipInfo(info.filename, info.date_time)
                entry.compress_type = info.compress_type
                entry.external_attr = info.external_attr
                new.writestr(entry, old.read(info) if changed is None else changed)
            for name, octets in left.items():
                added = zipfile.ZipInfo(name, EPOCH)
                added.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(added, octets)
        return written.getvalue()


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
