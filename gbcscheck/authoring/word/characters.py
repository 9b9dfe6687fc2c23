"""The characters of a cell as they are once all changes are accepted, each with the run in which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gbcscheck.extract.cell_text import lowered, raised
from gbcscheck.extract.word.names import attribute, child, is_on, local
from gbcscheck.extract.word.styles import Style, Styles
from gbcscheck.extract.word.symbols import PRIVATE, shown_sign, sign_of
from gbcscheck.extract.word.views import paragraphs, stands_in
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from lxml.etree import _Element

_DESCENDED = ("hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo")
_TRACKED = ("ins", "del", "moveFrom", "moveTo")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@frozen
class Character:
    """A character: its sign, its ``w:p``, and the run and the element of it (``w:t``, ``w:tab``) in which it stands
    ``offset`` characters from the beginning; of a break between paragraphs neither, and the ``w:p`` before it.
    ``of_field`` says that it is the result of a field."""

    sign: str
    paragraph: _Element
    run: _Element | None = None
    node: _Element | None = None
    offset: int = 0
    of_field: bool = False


def characters(cell: _Element, styles: Styles) -> list[Character]:
    """The characters of a cell that are seen once all changes are accepted, in their order: not what is struck out,
    hidden, or the instruction of a field."""
    found: list[Character] = []
    reader = _Reader(styles)
    for group in paragraphs(cell, "final"):
        if found or reader.is_begun:
            found.append(Character("\n", reader.paragraph))
        reader.is_begun = True
        for one in group:
            found.extend(reader.read(one))
    return found


class _Reader:
    """Reads paragraph after paragraph; a field may go over several."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []  # whether the result of each open field has begun
        self._last = ""
        self.is_begun = False
        self.paragraph: _Element

    def read(self, paragraph: _Element) -> Iterator[Character]:
        """The characters of one ``w:p``."""
        self.paragraph = paragraph
        yield from self._inside(paragraph, self._styles.of_paragraph(paragraph, "final"), of_field=False)

    def _inside(self, element: _Element, style: Style, *, of_field: bool) -> Iterator[Character]:
        for one in element:
            name = local(one)
            if name == "r":
                yield from self._run(one, style, of_field)
            elif name == "fldSimple":
                yield from self._inside(one, style, of_field=True)
            elif name in _DESCENDED or (name in _TRACKED and stands_in(one, "final")):
                yield from self._inside(one, style, of_field=of_field)
            elif name == "sdt" and not is_on(child(child(one, "sdtPr"), "showingPlcHdr")):
                content = child(one, "sdtContent")
                if content is not None:
                    yield from self._inside(content, style, of_field=of_field)

    def _run(self, run: _Element, style: Style, of_field: bool) -> Iterator[Character]:
        format_ = self._styles.of_run(child(run, "rPr"), style)
        is_seen = not format_.struck and not format_.hidden
        for node in run:
            name = local(node)
            if name == "fldChar":
                self._field(attribute(node, "fldCharType"))
            elif is_seen and all(self._fields):
                if name == "sym":
                    font = attribute(node, "font") or format_.font
                    signs = shown_sign(font, attribute(node, "char")) or "\N{REPLACEMENT CHARACTER}"
                elif name == "t":
                    text = "".join(_in_unicode(sign, format_.font) for sign in node.text or "")
                    signs = self._signs(text, format_.raised)
                else:
                    signs = _SIGNS.get(name, "")
                for offset, sign in enumerate(signs):
                    self._last = sign
                    yield Character(sign, self.paragraph, run, node, offset, of_field or bool(self._fields))

    def _signs(self, text: str, place: str) -> str:
        """The signs of a text, raised and lowered digits as such; of what is raised and no number none is seen."""
        if place == "superscript":
            return raised(text, self._last)
        return lowered(text) if place == "subscript" else text

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _in_unicode(sign: str, font: str) -> str:
    """A character of a text, that of a font of symbols for a private-use one, as cells are read."""
    known = sign_of(font, ord(sign)) if ord(sign) in PRIVATE else sign
    return known or "\N{REPLACEMENT CHARACTER}"
