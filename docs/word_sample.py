"""The sample of the pages on documents: a redlined draft of Table 28d as a Word document, of our own making.

What is in it is made up, but for the names of the items and the three values that modification MP131 is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MADE = (2026, 11, 24, 0, 0, 0)
BY = 'w:author="Author of the draft"'

TITLES = ("Ref", "Data Item", "Element", "Default Value", "SMETS ref")
PERIOD = "Maximum Demand Configurable Time Period"
ROWS: tuple[tuple[str, str, str, str | tuple[str, str], str], ...] = (
    ("1", "RMS Voltage Sag Threshold", "", "207 V", "5.7.4.40"),
    ("2", "RMS Voltage Swell Threshold", "", "253 V", "5.7.4.41"),
    ("3", "RMS Voltage Sag Measurement Period", "", "10 s", "5.7.4.38"),
    ("4", PERIOD, "entries[*].exec_weekdays", ("0b11111110", "0b11111000"), "5.7.4.26"),
    ("5", PERIOD, "entries[1].switch_time", "16:00:00", "5.7.4.26"),
    ("6", PERIOD, "entries[2].switch_time", "20:00:00", "5.7.4.26"),
    ("7", PERIOD, "entries[*].begin_date", ("0x000001FFFF", "0xFFFF0B01FF"), "5.7.4.26"),
    ("8", PERIOD, "entries[*].end_date", ("0xFFFFFFFFFF", "0xFFFF02FEFF"), "5.7.4.26"),
    ("9", "Randomised Offset Limit", "", "10 min", "5.7.4.33"),
)
"""The rows; where a value was changed, the one before and the one after."""
WIDTHS = (600, 3100, 2600, 1900, 1100)

STYLES = f"""{HEAD}<w:styles xmlns:w="{W}">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="20"/></w:rPr>
</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
<w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/>
<w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>
<w:pPr><w:spacing w:after="40"/></w:pPr><w:tblPr><w:tblBorders>{
    "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
}</w:tblBorders></w:tblPr></w:style></w:styles>"""
PARTS = {
    "[Content_Types].xml": f"""{HEAD}<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{TYPES}.styles+xml"/></Types>""",
    "_rels/.rels": f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"
 Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>""",
    "word/_rels/document.xml.rels": f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"
 Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>""",
    "word/styles.xml": STYLES,
}


def paragraph(inner: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inner}</w:p>"


def run(text: str, kind: str = "t", properties: str = "") -> str:
    return f'<w:r>{properties}<w:{kind} xml:space="preserve">{escape(text)}</w:{kind}></w:r>'


def changed(old: str, new: str, number: int) -> str:
    """A value that the author has deleted, and the one in its place."""
    return (
        f'<w:del w:id="{number}" {BY}>{run(old, "delText")}</w:del><w:ins w:id="{number + 1}" {BY}>{run(new)}</w:ins>'
    )


def row(cells: Sequence[str | tuple[str, str]], number: int, *, is_title: bool = False) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" if is_title else ""
    inner = (run(cell, properties=bold) if isinstance(cell, str) else changed(*cell, 2 * number) for cell in cells)
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph(one)}</w:tc>'
        for one, width in zip(inner, WIDTHS, strict=True)
    )
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if is_title else ''}{made}</w:tr>"


def redlined_draft() -> bytes:
    """The draft as the octets of a .docx."""
    rows = [row(TITLES, 0, is_title=True), *(row(cells, number) for number, cells in enumerate(ROWS, 1))]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in WIDTHS)
    body = [
        paragraph(run("GB Companion Specification"), "Title"),
        paragraph(run("GBCS v4.3 DRAFT 2. Changes are tracked against version 4.2.")),
        paragraph(run("18.2 Default settings"), "Heading1"),
        paragraph(run("A device shall be supplied with the settings of Table 28d.")),
        paragraph(run("Table 28d: Default settings for Network Operators"), "Caption"),
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(WIDTHS)}" w:type="dxa"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>",
        paragraph(run("A value of a time of day is in UTC.")),
    ]
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/>'
        "</w:sectPr>"
    )
    main = f'{HEAD}<w:document xmlns:w="{W}"><w:body>{"".join(body)}{page}</w:body></w:document>'
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, text in {**PARTS, "word/document.xml": main}.items():
            part = ZipInfo(name, MADE)
            part.compress_type = ZIP_DEFLATED
            archive.writestr(part, text)
    return written.getvalue()
