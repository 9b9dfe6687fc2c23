"""XML that anybody may have written, read without entities, external files or network.

The text is looked through before a parser sees it: a reference to an entity that the document itself declares, a
parameter entity, an external entity or an excess of size is refused with its line and column. A document type
declaration as such is no harm (the W3C signature schema has one): its external subset is never fetched.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from gbcscheck.errors import UnreadableSource
from gbcscheck.frozen import frozen
from gbcscheck.inputs.files import read_octets
from gbcscheck.inputs.kinds import is_zip, looks_like
from gbcscheck.limits import ELEMENTS, OCTETS

if TYPE_CHECKING:
    from lxml.etree import _Element

ENCODINGS = ("utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252")
"""Encodings that a document without byte order mark may declare; with one, UTF-8 and UTF-16 are read."""

_DECLARATION = re.compile(r"<\?xml(?=[ \t\r\n])[^>]*\?>")
_DECLARED = re.compile(rb"""<\?xml[ \t\r\n][^>]*?\bencoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z0-9._:-]+)["']""")
_MARK = re.compile(r"<!--|<!\[CDATA\[|<\?|<!DOCTYPE|<(?![!?/])|&")
_SPANS = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_NAME = r"[^\s<>&;%\"'\[\]()!?/=#]+"
_REFERENCE = re.compile(rf"&(?!(?:amp|lt|gt|quot|apos);)({_NAME});")
_SUBSET_MARK = re.compile(
    rf"<!--|<\?|[\"'\[\]>]|%({_NAME});?|<!ENTITY\s+(?:%\s+)?({_NAME})\s+(?:SYSTEM|PUBLIC)\b|<!(\w+)"
)
_HINT = re.compile(r",? *(?:use|try) XML_PARSE_HUGE[^,]*")


@frozen
class XmlDocument:
    """A well-formed document: ``root`` as lxml has it, ``text`` without its XML declaration (lines and columns kept),
    ``lines`` the line (from 1) on which each start tag begins, in document order."""

    where: str
    root: _Element
    text: str
    lines: tuple[int, ...]

    def line_by_element(self) -> dict[_Element, int]:
        """The line of each element; lxml itself says where a start tag ends."""
        from lxml import etree

        return dict(zip(self.root.iter(etree.Element), self.lines, strict=True))


def load_xml(path: Path, *, shown: str | None = None) -> XmlDocument:
    """Read an XML file; ``shown`` is the path that errors name.

    Raises UnreadableSource, with line and column where there is one, for a file that is missing, empty, too large, not
    XML, truncated, nested too deeply or in another encoding than it says, and for one that refers to an entity, uses
    parameter entities or declares external ones.
    """
    where = shown or str(path)
    return parse_xml(read_octets(path, where=where), where=where)


def parse_xml(content: bytes, *, where: str) -> XmlDocument:
    """The document in some octets; errors as in ``load_xml``."""
    from lxml import etree

    OCTETS.hold(len(content), where=where)
    if is_zip(content):
        raise UnreadableSource(f"{looks_like(content)}; an XML document was expected", where=f"{where}:1")
    text = _decoded(content, where)
    declaration = _DECLARATION.match(text)
    if declaration:
        text = re.sub(r"[^\n]", " ", declaration.group()) + text[declaration.end() :]
    if not text.strip():
        raise UnreadableSource("the file has no element", where=f"{where}:1")
    lines = _looked_through(text, where)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        message = _HINT.sub("", re.sub(r", line \d+, column \d+.*$", "", error.msg or "", flags=re.DOTALL)).strip()
        line, column = error.position
        raise UnreadableSource(f"not well-formed XML: {message}", where=f"{where}:{line}:{column}") from None
    return XmlDocument(where, root, text, lines)


def _decoded(content: bytes, where: str) -> str:
    """The text of a document by its byte order mark or the encoding that it declares, else UTF-8."""
    encoding = "utf-8"
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise UnreadableSource("encoded in UTF-32; UTF-8 or UTF-16 was expected", where=f"{where}:1")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    elif declared := _DECLARED.match(content[:1024]):
        encoding = declared[1].decode("ascii").lower()
        if encoding not in ENCODINGS:
            raise UnreadableSource(
                f"declares the encoding {declared[1].decode('ascii')}; without a byte order mark "
                f"{', '.join(ENCODINGS)} are read",
                where=f"{where}:1",
            )
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableSource(
            f"not {encoding.removesuffix('-sig').upper()}: octet 0x{content[error.start]:02X} at offset {error.start}",
            where=f"{where}:{line}",
        ) from None


# --- what is looked for before parsing -------------------------------------------------------------------------------


def _looked_through(text: str, where: str) -> tuple[int, ...]:
    """The line of each start tag; raises UnreadableSource for what is refused.

    Where markup is not closed the search ends: the parser names that place.
    """
    lines: list[int] = []
    line, counted, position, most = 1, 0, 0, ELEMENTS.most
    while mark := _MARK.search(text, position):
        token, start, position = mark.group(), mark.start(), mark.end()
        if token == "<":
            line += text.count("\n", counted, start)
            counted = start
            lines.append(line)
            if len(lines) > most:
                raise ELEMENTS.exceeded(where=f"{where}:{line}")
        elif token == "&":
            _refuse_reference(text, start, where)
        else:
            end = _after_doctype(text, position, where) if token == "<!DOCTYPE" else _after(text, position, token)
            if end is None:
                break
            position = end
    return tuple(lines)


def _after(text: str, position: int, opening: str) -> int | None:
    """Offset after the comment, CDATA section or instruction of which ``position`` is the inside."""
    closing = _SPANS[opening]
    end = text.find(closing, position)
    return None if end < 0 else end + len(closing)


def _after_doctype(text: str, position: int, where: str) -> int | None:
    """Offset after a document type declaration; None where it is not closed."""
    inside, declaration = False, ""
    while mark := _SUBSET_MARK.search(text, position):
        token, position = mark.group(), mark.end()
        if token in _SPANS:
            end = _after(text, position, token)
        elif token in "\"'":
            end = text.find(token, position) + 1 or None
            if end is not None and declaration == "ATTLIST":
                reference = _REFERENCE.search(text, position, end)
                if reference:
                    _refuse_reference(text, reference.start(), where)
        else:
            end = position
            if mark[1] is not None:
                _refuse(f"uses the parameter entity %{mark[1]};, which is not allowed", text, mark.start(), where)
            if mark[2] is not None:
                _refuse(f"declares the external entity {mark[2]}, which is not allowed", text, mark.start(), where)
            if token == ">" and not inside:
                return position
            if token in "[]":
                inside = token == "["
            declaration = mark[3] or ("" if token == ">" else declaration)
        if end is None:
            return None
        position = end
    return None


def _refuse_reference(text: str, offset: int, where: str) -> None:
    """Refuse the entity reference at an offset, unless it is one of the five of XML itself or no reference at all."""
    reference = _REFERENCE.match(text, offset)
    if reference:
        _refuse(f"refers to the entity &{reference[1]};, which is not allowed", text, offset, where)


def _refuse(problem: str, text: str, offset: int, where: str) -> NoReturn:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    raise UnreadableSource(problem, where=f"{where}:{line}:{column}")
