"""The comments of a Word document (ECMA-376 part 1, 17.13.4): those that it has, and ours beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gbcscheck.authoring.package import RELATION, STRICT_RELATION
from gbcscheck.authoring.word.copy import AUTHOR, WordCopy
from gbcscheck.extract.word.names import child
from gbcscheck.extract.word.package import is_strict
from gbcscheck.extract.word.views import paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

INITIALS = "gc"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXT_STYLE, _REFERENCE_STYLE = "CommentText", "CommentReference"
"""Word's own styles of comments, where the document has them."""


class WordComments:
    """The part of a document that holds its comments, made where there is none."""

    def __init__(self, copy: WordCopy) -> None:
        from lxml import etree

        self._copy = copy
        related = copy.package.related(copy.main, "comments")
        self._is_new = related is None
        self._part = related.target if related else copy.package.free("word/gbcscheckComments", ".xml")
        if related:
            self._root = copy.package.tree(self._part)
        else:
            self._root = etree.Element(copy.name("comments"), nsmap={"w": copy.namespace})
        copy.take_ids(self._root)

    def put(self, cell: _Element, text: str) -> bool:
        """Comment on the text of a cell; False where the cell has no paragraph. Of a text with blocks between empty
        lines the first line of each is in bold."""
        from lxml import etree

        copy = self._copy
        groups = list(paragraphs(cell, "final"))
        if not groups:
            return False
        number = copy.next_id()
        first, last = groups[0][0], groups[-1][-1]
        start = etree.Element(copy.name("commentRangeStart"))
        end = etree.Element(copy.name("commentRangeEnd"))
        for mark in (start, end):
            mark.set(copy.name("id"), number)
        first.insert(0 if child(first, "pPr") is None else 1, start)
        last.append(end)
        last.append(self._reference(number))
        self._root.append(self._comment(number, text))
        return True

    def write(self) -> None:
        """Put the part back, a new one tied to the document; nothing where there is no comment in it."""
        if not len(self._root):
            return
        package = self._copy.package
        package.put_tree(self._part, self._root)
        if self._is_new:
            base = STRICT_RELATION if is_strict(self._copy.root) else RELATION
            package.relate(self._copy.main, "comments", self._part, base=base)
            package.declare(self._part, _TYPE)

    def _reference(self, number: str) -> _Element:
        from lxml import etree

        copy = self._copy
        run = etree.Element(copy.name("r"))
        self._style(run, "rPr", "rStyle", _REFERENCE_STYLE)
        etree.SubElement(run, copy.name("commentReference")).set(copy.name("id"), number)
        return run

    def _comment(self, number: str, text: str) -> _Element:
        from lxml import etree

        copy = self._copy
        comment = etree.Element(copy.name("comment"))
        for name, value in (("id", number), ("author", AUTHOR), ("initials", INITIALS)):
            comment.set(copy.name(name), value)
        for block in text.split("\n\n"):
            for place, line in enumerate(block.split("\n")):
                paragraph = etree.SubElement(comment, copy.name("p"))
                self._style(paragraph, "pPr", "pStyle", _TEXT_STYLE)
                if len(comment) == 1:
                    mark = etree.SubElement(paragraph, copy.name("r"))
                    self._style(mark, "rPr", "rStyle", _REFERENCE_STYLE)
                    etree.SubElement(mark, copy.name("annotationRef"))
                run = etree.SubElement(paragraph, copy.name("r"))
                if not place:
                    etree.SubElement(etree.SubElement(run, copy.name("rPr")), copy.name("b"))
                written = etree.SubElement(run, copy.name("t"))
                written.text = line
                written.set(_SPACE, "preserve")
        return comment

    def _style(self, element: _Element, properties: str, kind: str, style: str) -> None:
        """Give an element one of Word's styles, where the document has it."""
        from lxml import etree

        if style in self._copy.document.styles.by_id:
            named = etree.SubElement(etree.SubElement(element, self._copy.name(properties)), self._copy.name(kind))
            named.set(self._copy.name("val"), style)
