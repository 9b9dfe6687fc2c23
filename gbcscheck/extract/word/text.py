"""The text of paragraphs and cells in a view, as a person sees it in print, and what of it was not read.

Read from the runs themselves: insertions, deletions and moves by the view, fields by their result, symbols by the table
of their font, content controls and smart tags as what stands in them; struck-out text apart; marks of footnotes not at
all. What is no text (a picture, an equation, a text box) is a problem of the paragraph or cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from gbcscheck.extract.cell_text import lowered, raised
from gbcscheck.extract.word.fields import OpenFields, empty_field
from gbcscheck.extract.word.names import attribute, child, is_on, local
from gbcscheck.extract.word.styles import NO_STYLES, UNKNOWN, RunFormat, Style, Styles
from gbcscheck.extract.word.symbols import PRIVATE, is_symbol_font, shown_sign, sign_of
from gbcscheck.extract.word.views import (
    BLOCKS,
    View,
    alternative,
    contained,
    has_paragraph_mark,
    in_view,
    stands_in,
)
from gbcscheck.frozen import frozen
from gbcscheck.notation.plain_text import seen_text

if TYPE_CHECKING:
    from lxml.etree import _Element


@frozen
class WordText:
    """What was read of a paragraph or a cell: its text (lines with ``\\n`` between them), text that is struck out,
    what in it was not read, each in words, and how many marks of footnotes and endnotes it has."""

    text: str = ""
    struck: str = ""
    problems: tuple[str, ...] = ()
    notes: int = 0


def read_paragraph(
    paragraph: _Element | Sequence[_Element], view: View = "final", styles: Styles = NO_STYLES
) -> WordText:
    """The text of a ``w:p`` in a view; of several of them, as ``views.paragraphs`` joins them, that of all as one."""
    reader = _Reader(view, styles)
    for one in paragraph if isinstance(paragraph, list | tuple) else (cast("_Element", paragraph),):
        reader.paragraph(one)
    return reader.found()


def read_cell(cell: _Element, view: View = "final", styles: Styles = NO_STYLES) -> WordText:
    """The text of a ``w:tc`` in a view: its paragraphs in its order, each on lines of its own.

    A table in it is not mixed with its text: it is a problem, and is read as a table of its own. Works on anything else
    that holds paragraphs too: a body, a header, a footnote.
    """
    reader = _Reader(view, styles)
    is_new = True
    for one in contained(cell, BLOCKS, view):
        name = local(one)
        if name == "p":
            if is_new:
                reader.new_line()
            reader.paragraph(one)
            is_new = has_paragraph_mark(one, view)
            continue
        is_new = True
        reader.problem("an embedded document" if name == "altChunk" else _TABLE)
    return reader.found()


_TABLE = "a table in the cell, read as a table of its own"


_DESCENDED = ("hyperlink", "smartTag", "customXml", "sdtContent", "dir", "bdo", "fldSimple", "rubyBase")
_TRACKED = ("ins", "del", "moveFrom", "moveTo")
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_NOT_READ = {
    "drawing": "a picture or a drawing",
    "pict": "a picture or a drawing",
    "object": "an embedded object",
    "contentPart": "a drawing by hand",
    "subDoc": "another document",
    **dict.fromkeys(("m:oMath", "m:oMathPara"), "an equation"),
    **dict.fromkeys(("pgNum", "dayShort", "dayLong", "monthShort", "monthLong"), "a date or number that Word puts in"),
    **dict.fromkeys(("yearShort", "yearLong"), "a date or number that Word puts in"),
}
_BOXES = ("txbxContent",)


class _Reader:
    """Gathers the text of paragraphs, one after the other; a field may go over several of them."""

    def __init__(self, view: View, styles: Styles) -> None:
        self._view = view
        self._styles = styles
        self._parts: list[str] = []
        self._struck: list[str] = []
        self._problems: dict[str, None] = {}
        self._characters = 0
        self._notes = 0
        self._fields = OpenFields()
        self._style: Style = UNKNOWN
        self._lines = 0

    def found(self) -> WordText:
        text = seen_text("".join(self._parts).replace("\u2011", "-"))
        lines = "\n".join(line.strip(" \t") for line in text.split("\n"))
        struck = seen_text("".join(self._struck)).strip()
        return WordText(lines.strip(), struck, tuple(self._problems), self._notes)

    def new_line(self) -> None:
        """Begin another paragraph."""
        if self._lines:
            self._parts.append("\n")
            self._struck.append("\n" if self._struck else "")
        self._lines += 1

    def problem(self, what: str) -> None:
        self._problems[what] = None

    def _lost(self, what: str) -> None:
        """Something was not read, if there is anything."""
        if what:
            self.problem(what)

    def paragraph(self, element: _Element) -> None:
        self._style = self._styles.of_paragraph(element, self._view)
        self._inside(element)

    def _inside(self, element: _Element) -> None:
        """Read what stands in a paragraph, or in what stands in it."""
        for one in element:
            name = local(one)
            if name == "r":
                self._run(one)
            elif name in _TRACKED:
                if stands_in(one, self._view):
                    self._inside(one)
            elif name in _DESCENDED:
                self._descend(name, one)
            elif name == "sdt":
                self._control(one)
            elif name == "ruby":
                self._inside(one)
                self.problem("a reading aid above text")
            elif name in _NOT_READ:
                self._other(name, one)
            elif name == "mc:AlternateContent":
                chosen = alternative(one)
                if chosen is not None:
                    self._inside(chosen)

    def _descend(self, name: str, around: _Element) -> None:
        """What stands in something around runs."""
        before = self._amount if name == "fldSimple" else 0
        self._inside(around)
        if not self._is_shown:
            return
        if name == "bdo" and attribute(around, "val") == "rtl":
            self.problem("text that is shown from right to left")
        elif name == "fldSimple" and self._amount == before:
            self._lost(empty_field(attribute(around, "instr")))

    def _control(self, control: _Element) -> None:
        """A content control: what stands in it, unless that only asks for an entry."""
        if is_on(child(child(control, "sdtPr"), "showingPlcHdr")):
            self.problem("a content control in which nothing was entered")
            return
        content = child(control, "sdtContent")
        if content is not None:
            self._inside(content)

    def _other(self, name: str, element: _Element) -> None:
        """Something that is no text. A drawing may hold a text box."""
        if not self._is_shown:
            return
        boxed = name in ("drawing", "pict") and any(local(one) in _BOXES for one in element.iter())
        self.problem("a text box" if boxed else _NOT_READ[name])

    # --- runs --------------------------------------------------------------------------------------------------------

    def _run(self, run: _Element) -> None:
        properties = child(run, "rPr")
        if properties is not None:
            properties = in_view(properties, "rPrChange", self._view)
        format_ = self._styles.of_run(properties, self._style)
        self._in_run(run, format_)

    def _in_run(self, run: _Element, format_: RunFormat) -> None:
        for one in run:
            name = local(one)
            if name == "t" or name == "delText":
                self._text(one.text or "", format_)
            elif name in _CHARACTERS:
                self._put(_CHARACTERS[name], format_)
            elif name == "fldChar":
                self._lost(self._fields.step(one, self._amount))
            elif name == "instrText" or name == "delInstrText":
                self._fields.instruct(one.text or "")
            elif name == "sym":
                self._symbol(attribute(one, "font") or format_.font, attribute(one, "char"), format_)
            elif name == "footnoteReference" or name == "endnoteReference":
                self._notes += 1
            elif name in _NOT_READ:
                self._other(name, one)
            elif name == "ruby":
                self._inside(one)
                self.problem("a reading aid above text")
            elif name == "mc:AlternateContent":
                chosen = alternative(one)
                if chosen is not None:
                    self._in_run(chosen, format_)

    def _text(self, text: str, format_: RunFormat) -> None:
        if not text:
            return
        if not text.isascii() or is_symbol_font(format_.font):
            text = self._in_unicode(text, format_.font)
        self._put(text, format_)

    def _in_unicode(self, text: str, font: str) -> str:
        """A text with the characters that private-use ones stand for; a problem where it is not known which. Text in
        plain characters is left alone where the font has the same ones, since programs differ in what they show."""
        found = ""
        for sign in text:
            code = ord(sign)
            if code in PRIVATE:
                known = sign_of(font, code)
                if known is None:
                    self.problem(f"a character of its own font, U+{code:04X} in {font or 'no font'}")
                found += known or "\N{REPLACEMENT CHARACTER}"
                continue
            if is_symbol_font(font) and not sign.isspace() and sign_of(font, code) != sign and code < 0x100:
                self.problem(f'"{sign}" in the font {font}, which has another character there')
            elif 0xE000 <= code <= 0xF8FF:
                self.problem(f"a private-use character, U+{code:04X} in {font or 'no font'}")
            found += sign
        return found

    def _symbol(self, font: str, code: str, format_: RunFormat) -> None:
        """A character by the code of a font (17.3.3.30)."""
        known = shown_sign(font, code)
        if known is None and self._is_shown:
            self.problem(f"a symbol that is not known, {code or 'without a code'} of {font or 'no font'}")
        self._put(known or "\N{REPLACEMENT CHARACTER}", format_)

    def _put(self, text: str, format_: RunFormat) -> None:
        if not self._is_shown:
            return
        if format_.hidden:
            if text.strip():
                self.problem("text that is hidden")
            return
        if format_.struck:
            self._characters += len(text)
            self._struck.append(text)
            return
        if format_.raised == "superscript":
            shown = raised(text, self._parts[-1] if self._parts else "")
            self._notes += bool(text.strip()) and not shown
            text = shown
        elif format_.raised == "subscript":
            text = lowered(text)
        self._characters += len(text)
        self._parts.append(text)

    # --- fields ------------------------------------------------------------------------------------------------------

    @property
    def _is_shown(self) -> bool:
        """Whether what comes is seen: not the instruction of a field, nor what stands in it."""
        return self._fields.is_shown

    @property
    def _amount(self) -> int:
        """How much was gathered so far."""
        return self._characters + len(self._problems) + self._notes
