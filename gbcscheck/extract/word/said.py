"""What a Word document says of itself (title page, page headers, its title), and what of it is not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gbcscheck.extract.word.changes import count_changes
from gbcscheck.extract.word.names import STRICT, TRANSITIONAL, local
from gbcscheck.extract.word.text import read_cell, read_paragraph
from gbcscheck.extract.word.views import View, contained, paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

    from gbcscheck.extract.word.document import WordDocument

_FIRST = 30
"""Paragraphs with text in them that may make a title page."""
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_BESIDE = ("header", "footer", "footnotes", "endnotes")
_BOXES = tuple(f"{{{namespace}}}txbxContent" for namespace in (TRANSITIONAL, STRICT))
_TABLES = tuple(f"{{{namespace}}}tbl" for namespace in (TRANSITIONAL, STRICT))
_EMBEDDED = tuple(f"{{{namespace}}}altChunk" for namespace in (TRANSITIONAL, STRICT))


def said_of_itself(document: WordDocument, view: View) -> Iterator[tuple[str, str]]:
    """Texts by which a document may be recognised, each with where it stands: the lines of its title page as one, its
    page headers, the title in its properties. Nobody's name is looked at."""
    title = ", ".join(_title_page(document, view))
    if title:
        yield "the first page", title
    headers = dict.fromkeys(
        " ".join(read_cell(document.package.tree(part), view, document.styles).text.split())
        for part in document.package.related("header")
    )
    for text in headers:
        if text:
            yield "a page header", text
    for relation in document.package.relations(""):
        if relation.kind == "core-properties" and relation.target in document.package.parts:
            text = document.package.tree(relation.target).findtext(_TITLE, "").strip()
            if text:
                yield "the title of the document", text


def _title_page(document: WordDocument, view: View) -> Iterator[str]:
    """The first paragraphs of a document, up to a table or the second heading."""
    first = next(contained(document.body, ("tbl",), view), None)
    count = headings = 0
    for group in paragraphs(document.body, view):
        if first is not None and _is_behind(group[0], first):
            return
        text = " ".join(read_paragraph(group, view, document.styles).text.split())
        if not text:
            continue
        headings += document.styles.level_of(group[-1], view) == 0
        count += 1
        if count > _FIRST or headings > 1:
            return
        yield text


def _is_behind(paragraph: _Element, table: _Element) -> bool:
    """Whether a paragraph stands behind the first table, as far as is told by who comes before it in its own parent."""
    parent = paragraph.getparent()
    if parent is table.getparent() and parent is not None:
        return parent.index(paragraph) > parent.index(table)
    return False


def unlooked(document: WordDocument, view: View) -> Iterator[str]:
    """What of a document nobody looks at where its tables are read: tracked changes in text outside of tables, tables
    that stand in text boxes, page headers or notes, embedded documents."""
    beside = [document.package.tree(part) for kind in _BESIDE for part in document.package.related(kind)]
    changes = document.changes_in_text + sum(map(count_changes, beside))
    if changes:
        yield f"{_counted(changes, 'tracked change')} in text outside tables {_were(changes)} not looked at"
    boxes = [box for part in (document.root, *beside) for box in part.iter(*_BOXES) if _is_read_once(box)]
    tables = sum(1 for box in boxes for _ in box.iter(*_TABLES)) + sum(
        1 for part in beside for _ in part.iter(*_TABLES)
    )
    if tables:
        yield f"{_counted(tables, 'table')} in text boxes, page headers or notes {_were(tables)} not looked at"
    embedded = sum(1 for _ in document.root.iter(*_EMBEDDED))
    if embedded:
        yield f"{_counted(embedded, 'embedded document')} {_were(embedded)} not looked at"


def _is_read_once(box: _Element) -> bool:
    """Whether a text box is not the second form of one that is counted already."""
    return not any(local(around) == "mc:Fallback" for around in box.iterancestors())


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
