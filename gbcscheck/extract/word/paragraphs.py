"""The paragraphs of a Word document in a view, with the numbers before them: those that Word puts there and those that
are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gbcscheck.extract.word.document import WordDocument
from gbcscheck.extract.word.names import local
from gbcscheck.extract.word.numbering import Counter, Label, read_numbering
from gbcscheck.extract.word.styles import NO_LEVEL, Styles
from gbcscheck.extract.word.text import WordText, read_paragraph
from gbcscheck.extract.word.views import View, contained, has_cell, has_paragraph_mark, has_row
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPED_CLAUSE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6}){1,12}[A-Z]?)\.?\s+(?=\S)(.*)", re.DOTALL)
_TYPED_CHAPTER = re.compile(r"([0-9]{1,3}[A-Z]?)\.?[ \t]+(?=\S)(.*)", re.DOTALL)
_TYPED_LABEL = re.compile(r"(\((?:[a-z]|[ivx]{1,5}|[0-9]{1,2})\)|[a-z]\)|[•·▪○–-])\s+(?=\S)(.*)", re.DOTALL)
_CLAUSE = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){0,12}[A-Z]?")
JOINED = "paragraphs of several lists are joined in it, which programs number in several ways"
_NOT_READ = ("toc ", "table of figures", "index ", "header", "footer")
"""How the names of the styles of lists of contents and the like begin."""


@frozen
class WordParagraph:
    """A paragraph: the number of its clause (``5.7.4``) or the label of an item of a list (``(i)``, ``•``), each empty
    where it has none; whether it is a heading; its text, without them; ``problems`` are what of it was not read, or why
    its number is not known, ``notes`` how many footnotes it has.
    ``is_typed``: the number is part of the text as it stands in the file."""

    number: str
    label: str
    is_heading: bool
    text: str
    problems: tuple[str, ...] = ()
    notes: int = 0
    style: str = ""
    is_typed: bool = False


def read_paragraphs(document: WordDocument, view: View = "final") -> Iterator[WordParagraph | None]:
    """The paragraphs of the body of a document in a view, in its order; None for a table or what else stands between
    them, whose paragraphs count in their lists all the same. Empty paragraphs and lists of contents are left out.
    Errors as ``WordPackage`` raises them."""
    return _Reader(document, view).paragraphs()


class _Reader:
    """Reads the paragraphs of a document one after the other, and counts those that are in a list."""

    def __init__(self, document: WordDocument, view: View) -> None:
        package = document.package
        roots = [next((package.tree(part) for part in package.related(kind)), None) for kind in ("numbering", "styles")]
        self._body, self._view, self._styles = document.body, view, document.styles
        self._numbering = read_numbering(*roots)
        self._counter = Counter(self._numbering)

    def paragraphs(self) -> Iterator[WordParagraph | None]:
        for one in _groups(self._body, self._view):
            if not isinstance(one, tuple):
                self._count_within(one)
                yield None
            elif (found := self._read(one)) is not None:
                yield found

    def _read(self, group: tuple[_Element, ...]) -> WordParagraph | None:
        """A paragraph, counted in its list; None where nothing of it is seen."""
        last = group[-1]
        style = self._styles.of_paragraph(last, self._view)
        text = read_paragraph(group, self._view, self._styles)
        if not text.text and not has_paragraph_mark(last, self._view):
            return None  # deleted, and nothing follows that it could go on with
        named = self._named(last)
        label = self._counter.label(*named) if named is not None else None
        if (not text.text and not text.struck) or style.name.startswith(_NOT_READ):
            return None
        others = (one for one in group[:-1] if self._named(one) != named)
        if any(read_paragraph(one, self._view, self._styles).text for one in others):
            text = replace(text, problems=(*text.problems, JOINED))
        return _paragraph(text, label, self._styles, last, self._view)

    def _named(self, paragraph: _Element) -> tuple[str, int] | None:
        style = self._styles.of_paragraph(paragraph, self._view)
        return self._numbering.named_by(paragraph, style.id, self._view)

    def _count_within(self, table: _Element) -> None:
        """Count the paragraphs in the cells of a table."""
        for row in contained(table, ("tr",), self._view):
            for cell in contained(row, ("tc",), self._view) if has_row(row, self._view) else ():
                for one in _groups(cell, self._view) if has_cell(cell, self._view) else ():
                    if isinstance(one, tuple):
                        self._read(one)
                    else:
                        self._count_within(one)


def _groups(container: _Element, view: View) -> Iterator[tuple[_Element, ...] | _Element]:
    """The paragraphs as ``views.paragraphs`` joins them, and the tables and embedded documents between them."""
    group: list[_Element] = []
    for one in contained(container, ("p", "tbl", "altChunk"), view):
        is_paragraph = local(one) == "p"
        if is_paragraph:
            group.append(one)
            if not has_paragraph_mark(one, view):
                continue
        if group:
            yield tuple(group)
            group = []
        if not is_paragraph:
            yield one
    if group:
        yield tuple(group)


def _paragraph(text: WordText, label: Label | None, styles: Styles, element: _Element, view: View) -> WordParagraph:
    problems = list(text.problems)
    if text.struck:
        problems.append(f'text that is struck out: "{text.struck}"')
    is_heading = styles.level_of(element, view) < NO_LEVEL
    style = styles.of_paragraph(element, view).name
    number = shown = ""
    body = text.text
    if label is not None and label.problem:
        problems.append(label.problem)
    elif label is not None and label.text:
        bare = label.text.strip().rstrip(".").strip()
        is_clause = not label.is_bullet and _CLAUSE.fullmatch(bare) and ("." in bare or is_heading)
        number, shown = (bare, "") if is_clause else ("", label.text.strip())
    is_typed = not number and not shown
    if is_typed:
        number, shown, body = _typed(text.text, is_heading)
    return WordParagraph(number, shown, is_heading, body, tuple(problems), text.notes, style, is_typed)


def _typed(text: str, is_heading: bool) -> tuple[str, str, str]:
    """The number of a clause and the label of a list's item that are typed before a text, and the text behind them."""
    found = _TYPED_CLAUSE.fullmatch(text) or (_TYPED_CHAPTER.fullmatch(text) if is_heading else None)
    if found:
        return found[1], "", found[2]
    found = _TYPED_LABEL.fullmatch(text)
    return ("", found[1], found[2]) if found else ("", "", text)
