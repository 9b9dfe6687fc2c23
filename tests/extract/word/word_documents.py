"""Word documents made for tests: tables of given texts in the layouts in which people and programs leave them.

Raw WordprocessingML in a small package, so that every layout is exactly what it says; ``python_docx`` makes some with
python-docx, and LibreOffice saves all of them once more (``test_word_layouts.py``).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from gbcscheck.extract.word.names import STRICT, TRANSITIONAL

Rows = Sequence[Sequence[str]]
Layout = Callable[[Rows], str]

BY = 'w:id="7" w:author="A. Nonymous" w:date="2020-01-01T00:00:00Z"'
"""What every tracked change has; no reader may keep the name or the date."""

_NAMES = (
    f'xmlns:w="{TRANSITIONAL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Tabellentitel"><w:name w:val="Table title"/>'
    '<w:basedOn w:val="Beschriftung"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/>'
    '<w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)
"""Styles with the ids of a German Word: only their names are the same everywhere."""


# --- paragraphs, cells, rows -----------------------------------------------------------------------------------------


def run(text: str, properties: str = "") -> str:
    """A run; line breaks as ``w:br``."""
    parts = [f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in text.split("\n")]
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{'<w:br/>'.join(parts)}</w:r>"


def paragraph(inner: str = "", style: str = "", more: str = "") -> str:
    """A paragraph of some runs; ``more`` are further properties of it."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p>{f'<w:pPr>{named}{more}</w:pPr>' if named or more else ''}{inner}</w:p>"


def caption(text: str, style: str = "Beschriftung") -> str:
    return paragraph(run(text), style)


def heading(text: str, level: int = 1) -> str:
    return paragraph(run(text), f"berschrift{level}")


def cell(inner: str, properties: str = "") -> str:
    """A cell of some paragraphs, or of one of some runs."""
    block = inner if inner.startswith("<w:p") else paragraph(inner)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{block}</w:tc>"


def row(cells: Sequence[str], properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def table(rows: Sequence[str], columns: int, properties: str = "") -> str:
    grid = "".join('<w:gridCol w:w="900"/>' for _ in range(columns))
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def inserted(inner: str) -> str:
    return f"<w:ins {BY}>{inner}</w:ins>"


def deleted(text: str) -> str:
    return f'<w:del {BY}><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def simple_field(instruction: str, result: str) -> str:
    return f'<w:fldSimple w:instr="{escape(instruction)}">{run(result)}</w:fldSimple>'


def field(instruction: str, result: str) -> str:
    """A field in several runs, its result the runs that are given."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control(inner: str, properties: str = "") -> str:
    """A content control around runs, cells or rows."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def plain_row(texts: Sequence[str], properties: str = "") -> str:
    return row([cell(run(text)) for text in texts], properties)


def plain_table(rows: Rows, properties: str = "") -> str:
    return table([plain_row(texts) for texts in rows], len(rows[0]), properties)


# --- layouts: the same rows, in other forms --------------------------------------------------------------------------


def plain(rows: Rows) -> str:
    return caption("Table 28d: Default values") + plain_table(rows)


def in_controls(rows: Rows) -> str:
    """Rows and cells in content controls and custom XML, some in each other."""
    made: list[str] = []
    for number, texts in enumerate(rows):
        cells = [cell(control(run(text)) if place % 3 == 2 else run(text)) for place, text in enumerate(texts)]
        wrapped = [
            control(one) if place % 2 else f'<w:customXml w:element="x">{one}</w:customXml>' if place == 2 else one
            for place, one in enumerate(cells)
        ]
        whole = row(wrapped)
        made.append(control(whole) if number % 2 else whole)
    return caption("Table 28d: Default values") + control(table(made, len(rows[0])))


def tracked(rows: Rows) -> str:
    """Every cell a change: the final view has the texts, the original one others; rows that are deleted between."""
    made = []
    for number, texts in enumerate(rows):
        cells = [cell(deleted("9") + inserted(run(text)) if number else run(text)) for text in texts]
        made.append(row(cells, f"<w:ins {BY}/>" if number == 3 else ""))
        if number == 1:
            gone = f"<w:p><w:pPr><w:rPr><w:del {BY}/></w:rPr></w:pPr>{deleted('gone')}</w:p>"
            made.append(row([cell(gone)] * len(texts), f"<w:del {BY}/>"))
    return caption("Table 28d: Default values") + table(made, len(rows[0]))


def in_pieces(rows: Rows) -> str:
    """Each character a run of its own, with marks of spelling, bookmarks and smart tags between."""

    def pieces(text: str) -> str:
        runs = [run(sign) for sign in text]
        for place in range(0, len(runs), 3):
            runs[place] = f'<w:smartTag w:element="x">{runs[place]}</w:smartTag><w:proofErr w:type="spellStart"/>'
        return '<w:bookmarkStart w:id="1" w:name="a"/>' + "".join(runs) + '<w:bookmarkEnd w:id="1"/>'

    made = [row([cell(pieces(text)) for text in texts]) for texts in rows]
    return caption("Table 28d: Default values") + table(made, len(rows[0]))


def split(rows: Rows) -> str:
    """In two tables, the second under a caption that says so, with the titles once more."""
    half = max(len(rows) // 2, 2)
    return (
        caption("Table 28d: Default values")
        + plain_table(rows[:half])
        + caption("Table 28d: Default values (continued)")
        + plain_table([rows[0], *rows[half:]])
    )


def spanned(rows: Rows) -> str:
    """A column left out before each row and one behind, each cell two columns wide, equal neighbours below merged."""
    width = len(rows[0])
    made = []
    for number, texts in enumerate(rows):
        cells = []
        for place, text in enumerate(texts):
            above = number > 1 and rows[number - 1][place] == text and text
            below = 0 < number < len(rows) - 1 and rows[number + 1][place] == text and text
            merge = "<w:vMerge/>" if above else '<w:vMerge w:val="restart"/>' if below else ""
            cells.append(cell("" if above else run(text), f'<w:gridSpan w:val="2"/>{merge}'))
        made.append(row(cells, '<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'))
    return caption("Table 28d: Default values") + table(made, 2 * width + 2)


def repeated(rows: Rows) -> str:
    """Titles marked to be repeated, and repeated by hand in the middle too."""
    half = max(len(rows) // 2, 2)
    titles = plain_row(rows[0], "<w:tblHeader/>")
    made = [titles, *(plain_row(texts) for texts in rows[1:half]), titles, *(plain_row(texts) for texts in rows[half:])]
    return caption("Table 28d: Default values") + table(made, len(rows[0]))


def fields(rows: Rows) -> str:
    """Values as results of fields, simple ones and ones in several runs."""
    made = []
    for texts in rows:
        forms = [
            simple_field("DOCPROPERTY x", text) if place % 2 else field("REF y", run(text))
            for place, text in enumerate(texts)
        ]
        made.append(row([cell(form) for form in forms]))
    number = simple_field("SEQ Table \\* ARABIC", "28d")
    return paragraph(run("Table ") + number + run(" – Default values")) + table(made, len(rows[0]))


def symbols(rows: Rows) -> str:
    """Hyphens that do not break, hyphens that are not seen, signs of the font Symbol, marks of notes."""

    def signs(text: str) -> str:
        made = run("")
        for sign in text:
            if sign == "≥":
                made += '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
            elif sign == "≤":
                made += run("\uf0a3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
            elif sign == "-":
                made += "<w:r><w:noBreakHyphen/></w:r>"
            else:
                made += run(sign) + "<w:r><w:softHyphen/></w:r>"
        return made

    made = [row([cell(signs(text)) for text in texts]) for texts in rows]
    return caption("Table 28d: Default values") + table(made, len(rows[0]))


def caption_below(rows: Rows) -> str:
    return paragraph(run("Text.")) + plain_table(rows) + caption("Table 28d: Default values")


def number_before(rows: Rows) -> str:
    """The number in one paragraph, the title in the next."""
    return paragraph(run("Table 28d")) + paragraph(run("Default values")) + plain_table(rows)


def caption_in_field(rows: Rows) -> str:
    number = field("SEQ Tabelle \\* ARABIC", run("28"))
    return paragraph(run("Tabelle ") + number + run("d: Default values"), "Tabellentitel") + plain_table(rows)


def nested(rows: Rows) -> str:
    """In a cell of a table that only lays the page out."""
    inner = cell(caption("Table 28d: Default values") + plain_table(rows) + paragraph())
    return table([row([cell(run("left")), inner])], 2)


def in_alternatives(rows: Rows) -> str:
    """Values in two forms, of which one is read."""
    both = (
        "<mc:AlternateContent><mc:Choice Requires='w14'>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    made = [row([cell(both.format(run(text))) for text in texts]) for texts in rows]
    return caption("Table 28d: Default values") + table(made, len(rows[0]))


def landscape(rows: Rows) -> str:
    """In a section of its own, across the page."""
    upright = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    across = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    return (
        paragraph("", "", upright)
        + caption("Table 28d: Default values")
        + plain_table(rows)
        + paragraph("", "", across)
    )


LAYOUTS: Mapping[str, Layout] = {
    layout.__name__: layout
    for layout in (
        *(plain, in_controls, tracked, in_pieces, split, spanned, repeated, fields, symbols),
        *(caption_below, number_before, caption_in_field, nested, in_alternatives, landscape),
    )
}


# --- packages --------------------------------------------------------------------------------------------------------


def package(
    body: str, *, styles: str = STYLES, header: str = "", strict: bool = False, parts: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """The parts of a document with a body; ``header`` is the text of its page header, ``parts`` are further ones, or
    others in the place of those of the name."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
        f'<Override PartName="/word/header1.xml" ContentType="{_TYPES}.header+xml"/></Types>'
    )
    relations = [("rId1", "styles", "styles.xml"), *([("rId2", "header", "header1.xml")] if header else [])]
    placed = '<w:headerReference w:type="default" r:id="rId2"/>' if header else ""
    section = f'<w:sectPr>{placed}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    made = {
        "[Content_Types].xml": types,
        "_rels/.rels": _relations([("rId1", "officeDocument", "word/document.xml")]),
        "word/document.xml": f"{_HEAD}<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(relations),
        "word/styles.xml": f"{_HEAD}<w:styles {_NAMES}>{styles}</w:styles>",
    }
    if header:
        made["word/header1.xml"] = f"{_HEAD}<w:hdr {_NAMES}>{paragraph(run(header))}</w:hdr>"
    if strict:
        made = {name: one.replace(TRANSITIONAL, STRICT).replace(_OFFICE, _STRICT_OFFICE) for name, one in made.items()}
    return {**{name: one.encode() for name, one in made.items()}, **(parts or {})}


def _relations(listed: Sequence[tuple[str, str, str]]) -> str:
    entries = "".join(f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for id_, kind, to in listed)
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'


def write_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def write(path: Path, body: str, *, strict: bool = False, header: str = "", styles: str = STYLES) -> Path:
    """A document with a body."""
    return write_parts(path, package(body, strict=strict, header=header, styles=styles))


def python_docx(path: Path, rows: Rows, *, across: bool = False) -> Path:
    """A document as python-docx makes it, on its own template, the table maybe in a section across the page."""
    import docx
    from docx.enum.section import WD_ORIENT

    document = docx.Document()
    if across:
        document.add_section().orientation = WD_ORIENT.LANDSCAPE
    document.add_paragraph("Table 28d: Default values", style="Caption")
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for line, texts in zip(made.rows, rows, strict=True):
        for one, text in zip(line.cells, texts, strict=True):
            one.text = text
    document.save(str(path))
    return path
