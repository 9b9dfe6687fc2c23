"""A change document as a Word document, made with python-docx (extra ``documents``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from gbcscheck.authoring.archives import with_settled_dates
from gbcscheck.authoring.package import EPOCH
from gbcscheck.authoring.paper.content import SENTENCE, Conflict, OpenChoice, Paper, Row
from gbcscheck.authoring.smallest import pieces
from gbcscheck.errors import GbcscheckError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

HOW = "pip install 'gbcscheck[documents]'"
_TITLES = ("No.", "Where", "Current text", "Proposed text", "Reason", "Parties affected")
_WIDTHS = (1.1, 6.4, 4.3, 4.3, 6.5, 3.1)
"""Widths of the columns of changes in centimetres; together the width of a page on its side."""
_FACT_WIDTHS = (4.8, 20.9)
_FONT = "Arial"
_DARK, _RED, _BLUE, _GREY = "1F3349", "B3261E", "0B57A4", "E9EDF1"
"""Of headings; of deleted and of inserted text; behind titles of columns."""


def document_of(paper: Paper) -> bytes:
    """The document as the octets of a .docx; the same paper gives the same octets. GbcscheckError where python-docx is
    not installed."""
    try:
        import docx
    except ImportError:
        raise GbcscheckError(f"python-docx is not installed, which writes Word documents: {HOW}") from None
    document = docx.Document()
    _prepare(document, paper)
    _write(document, paper)
    content = BytesIO()
    document.save(content)
    return with_settled_dates(content.getvalue())


def _prepare(document: Document, paper: Paper) -> None:
    """The page, the styles, the footer, and what is known of the document."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt, RGBColor

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    sizes = {"Normal": 10, "Title": 20, "Heading 1": 14, "Heading 2": 11.5}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(_name(kind), None)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(_DARK)
            style.font.bold = True
            style.paragraph_format.space_before = Pt(14 if name == "Heading 1" else 10)
            style.paragraph_format.space_after = Pt(4)
            style.paragraph_format.keep_with_next = True
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    about: Any = document.core_properties
    about.author = about.last_modified_by = "gbcscheck"
    about.title, about.comments, about.revision = paper.title, "", 1
    about.created = about.modified = datetime(*EPOCH)
    _footer(section.footer.paragraphs[0], paper.title)


def _write(document: Document, paper: Paper) -> None:
    document.add_paragraph(paper.title, style="Title")
    _facts(document, paper)
    document.add_paragraph()
    _sentence(document.add_paragraph())
    document.add_heading("1. Changes proposed", 1)
    if not paper.groups:
        document.add_paragraph("None.")
    for number, group in enumerate(paper.groups, 1):
        document.add_heading(f"1.{number} {group.title}", 2)
        introduction = document.add_paragraph(f"Amend {group.title} (read from {group.path}) as follows.")
        introduction.paragraph_format.keep_with_next = True
        _changes(document, group.rows)
    _section(document, paper, "settled", "Conflicts that these changes settle", paper.settled)
    if section := paper.numbers.get("choices"):
        document.add_heading(f"{section}. Choices left to people", 1)
        for number, choice in enumerate(paper.choices, 1):
            _choice(document, f"{section}.{number}", choice)
    _section(document, paper, "unsettled", "Conflicts without a proposal", paper.unsettled)


def _facts(document: Document, paper: Paper) -> None:
    table = _table(document, _FACT_WIDTHS)
    for name, text in paper.facts:
        cells = table.add_row().cells
        _put(cells[0].paragraphs[0], name, bold=True)
        _put(cells[1].paragraphs[0], text)
        _shade(cells[0])
        _fit(cells, _FACT_WIDTHS)


def _sentence(paragraph: Paragraph) -> None:
    """The sentence that says how changes are marked, its words marked so."""
    struck, underlined = "struck through", "underlined"
    before, _, rest = SENTENCE.partition(struck)
    between, _, behind = rest.partition(underlined)
    _put(paragraph, before)
    _put(paragraph, struck, deleted=True)
    _put(paragraph, between)
    _put(paragraph, underlined, inserted=True)
    _put(paragraph, behind)


def _section(document: Document, paper: Paper, name: str, title: str, conflicts: Sequence[Conflict]) -> None:
    if conflicts:
        document.add_heading(f"{paper.numbers[name]}. {title}", 1)
    for one in conflicts:
        _conflict(document, one)


def _conflict(document: Document, one: Conflict, *, with_reason: bool = True) -> None:
    from docx.shared import Cm, Pt

    told = document.add_paragraph()
    told.paragraph_format.keep_with_next = True
    told.paragraph_format.space_before = Pt(6)
    _put(told, f"{one.number} {one.item}".strip(), bold=True)
    _put(told, f": {one.message} ({one.rule}, {one.severity}).")
    for side in (*one.sides, *([f"Why: {one.why}"] if one.why and with_reason else [])):
        line = document.add_paragraph(style="List Bullet")
        line.paragraph_format.left_indent = Cm(1)
        line.paragraph_format.space_after = Pt(1)
        _put(line, side)


def _choice(document: Document, number: str, choice: OpenChoice) -> None:
    from docx.shared import Pt

    document.add_heading(f"{number} {choice.conflict.item}", 2)
    for one in (choice.conflict, *choice.also):
        _conflict(document, one, with_reason=False)
    why = document.add_paragraph(choice.why)
    why.paragraph_format.keep_with_next = True
    why.paragraph_format.space_before = Pt(6)
    for way in choice.ways:
        told = document.add_paragraph()
        told.paragraph_format.keep_with_next = True
        _put(told, f"{way.letter}) ", bold=True)
        _put(told, way.text)
        _changes(document, way.rows)


def _changes(document: Document, rows: Sequence[Row]) -> None:
    """The table of changes: its titles come again on every page, and no row is broken over two."""
    table = _table(document, _WIDTHS)
    titles = table.add_row()
    for cell, title in zip(titles.cells, _TITLES, strict=True):
        _put(cell.paragraphs[0], title, bold=True)
        _shade(cell)
    _mark(titles, "tblHeader")
    _fit(titles.cells, _WIDTHS)
    for row in rows:
        made = table.add_row()
        _mark(made, "cantSplit")
        _fit(made.cells, _WIDTHS)
        number, where, old, new, reason, parties = made.cells
        before, after = pieces(row.old, row.new)
        _put(number.paragraphs[0], row.number)
        _put(where.paragraphs[0], row.where, bold=True)
        _put(where.add_paragraph(), row.item, size=8.5)
        for text, alone in before:
            _put(old.paragraphs[0], text, deleted=alone)
        for text, alone in after:
            _put(new.paragraphs[0], text, inserted=alone)
        _put(reason.paragraphs[0], row.reason)
        _put(parties.paragraphs[0], ", ".join(row.parties))
    document.add_paragraph().paragraph_format.space_after = 0


# --- pieces of a document --------------------------------------------------------------------------------------------


def _name(local: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{local}"))


def _put(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    deleted: bool = False,
    inserted: bool = False,
    size: float | None = None,
) -> None:
    """A run of text; what no XML may hold is left out of it by ``printable.clean`` before."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.bold = bold or None
    if deleted:
        run.font.strike = True
    if inserted:
        run.font.underline = True
    if deleted or inserted:
        run.font.color.rgb = RGBColor.from_string(_RED if deleted else _BLUE)
    if size:
        run.font.size = Pt(size)


def _table(document: Document, widths: Sequence[float]) -> Any:
    from docx.shared import Cm

    table = document.add_table(0, len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


def _fit(cells: Sequence[_Cell], widths: Sequence[float]) -> None:
    """The widths of a row's cells, and a little room around their text."""
    from docx.shared import Cm, Pt

    for cell, width in zip(cells, widths, strict=True):
        cell.width = Cm(width)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)


def _shade(cell: _Cell) -> None:
    from docx.oxml import OxmlElement

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _GREY)):
        shade.set(_name(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark(row: Any, name: str) -> None:
    """Let a row be one of titles, or not be broken over pages."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))


def _footer(paragraph: Paragraph, title: str) -> None:
    """The title, and the number of the page and of all pages, at the right."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    stops = paragraph.paragraph_format.tab_stops
    style: Any = paragraph.style
    for stop in style.paragraph_format.tab_stops:
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(Cm(sum(_WIDTHS)), WD_TAB_ALIGNMENT.RIGHT)
    _put(paragraph, f"{title}\tpage ", size=8)
    _number(paragraph, "PAGE")
    _put(paragraph, " of ", size=8)
    _number(paragraph, "NUMPAGES")


def _number(paragraph: Paragraph, field: str) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(8)
        if kind == "separate":
            instruction = OxmlElement("w:instrText")
            instruction.text = field
            run._r.append(instruction)
            run = paragraph.add_run()
            run.font.size = Pt(8)
        mark = OxmlElement("w:fldChar")
        mark.set(_name("fldCharType"), kind)
        run._r.append(mark)
        if kind == "separate":
            _put(paragraph, "1", size=8)
