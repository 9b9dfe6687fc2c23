"""A Word document as a package of parts (ECMA-376 part 2): read behind the usual checks, its parts found by relations.

Nothing outside of it is opened, whatever a relation names; a macro is never run.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.word.names import STRICT, TRANSITIONAL, local
from gbcscheck.frozen import frozen
from gbcscheck.inputs.containers import WORD_DOCUMENT, unpacked_parts
from gbcscheck.inputs.files import read_octets
from gbcscheck.limits import WORD_ELEMENTS

if TYPE_CHECKING:
    from lxml.etree import _Element

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_NESTED = re.compile(r"[Ee]xcessive depth")
_HINT = re.compile(r",? *(?:use|try) XML_PARSE_HUGE[^,]*|, line \d+, column \d+.*$", re.DOTALL)


@frozen
class Relation:
    """A relation of a part: its identifier, the last word of its type (``styles``), and the part that it names."""

    id: str
    kind: str
    target: str


@frozen
class WordPackage:
    """A package: the file's octets (``content``, from which a changed copy is made), its XML parts by name, the names
    of all parts in their order, and the name of the main one (``word/document.xml`` as a rule)."""

    where: str
    content: bytes
    parts: Mapping[str, bytes]
    names: tuple[str, ...]
    main: str

    @classmethod
    def read(cls, path: Path, *, where: str) -> WordPackage:
        """Read a package. Raises UnreadableSource for what is none, and for one that is protected by a password,
        truncated, damaged, dangerous, that has parts of one name twice, or whose main part is missing."""
        content = read_octets(path, where=where)
        parts = unpacked_parts(content, where=where, kind=WORD_DOCUMENT)
        names = _names(content)
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise UnreadableSource(f"a damaged Word document: two parts are called {twice[0]}", where=where)
        package = cls(where, content, parts, names, "")
        mains = [one.target for one in package.relations("") if one.kind == "officeDocument"]
        if not mains:
            raise UnreadableSource(
                "a damaged Word document: _rels/.rels names no main part; a relation of the type officeDocument was "
                "expected",
                where=where,
            )
        return cls(where, content, parts, names, mains[0])

    @property
    def is_signed(self) -> bool:
        """Whether it bears a signature, which any change of it breaks."""
        return any(name.startswith("_xmlsignatures/") for name in self.names)

    @property
    def has_macros(self) -> bool:
        """Whether programs are in it. None is ever run."""
        return any(name.endswith("vbaProject.bin") for name in self.names)

    def relations(self, part: str) -> Iterator[Relation]:
        """What a part names inside the package; the package itself is the part without a name."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self.parts:
            return
        for one in self.tree(listed).iter(_RELATIONS):
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target", "")))).lstrip("/")
                yield Relation(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target)

    def related(self, kind: str) -> tuple[str, ...]:
        """The parts of a kind (``styles``, ``numbering``, ``header``, ``footnotes``, ``comments``) that the main part
        names, in its order; UnreadableSource where one of them is missing."""
        found = tuple(dict.fromkeys(one.target for one in self.relations(self.main) if one.kind == kind))
        for part in found:
            if part not in self.parts:
                raise UnreadableSource(
                    f"a damaged Word document: {self.main} names the part {part}, which is not in it", where=self.where
                )
        return found

    def tree(self, part: str) -> _Element:
        """The root of a part of XML. Raises UnreadableSource for one that is missing, not well-formed or nested too
        deeply, or that declares a document type; OverLimit for one of too many elements."""
        from lxml import etree

        if part not in self.parts:
            raise UnreadableSource(f"a damaged Word document: the part {part} is not in it", where=self.where)
        content = self.parts[part]
        WORD_ELEMENTS.hold(content.count(b"<") - content.count(b"</"), where=f"{self.where} · {part}")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_blank_text=False
        )
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            message = _HINT.sub("", error.msg or "").strip()
            if _NESTED.search(message):
                message = "its elements are nested more than 256 deep"
            raise UnreadableSource(f"a damaged Word document: part {part}: {message}", where=self.where) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableSource(
                f"part {part} of the Word document declares a document type, which no Word document needs",
                where=self.where,
            )
        return root

    def document(self) -> tuple[_Element, _Element]:
        """The root of the main part, and the body in it; UnreadableSource where it is another kind of document."""
        root = self.tree(self.main)
        if local(root) != "document":
            raise UnreadableSource(
                f"a damaged Word document: the part {self.main} is <{_shown(root)}>; <w:document> was expected",
                where=self.where,
            )
        body = next((one for one in root if local(one) == "body"), None)
        if body is None:
            raise UnreadableSource(f"a damaged Word document: {self.main} has no body", where=self.where)
        return root, body


def is_strict(root: _Element) -> bool:
    """Whether a part is in the strict form of Office Open XML (ECMA-376 part 1)."""
    return str(root.tag).startswith(f"{{{STRICT}}}")


def namespace_of(root: _Element) -> str:
    """The namespace of WordprocessingML that a part uses, for a writer."""
    return STRICT if is_strict(root) else TRANSITIONAL


def _shown(root: _Element) -> str:
    return str(root.tag).rpartition("}")[2][:60]


def _names(content: bytes) -> tuple[str, ...]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return tuple(archive.namelist())
