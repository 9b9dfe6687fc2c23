"""Word documents with tables in many forms, and edits of their cells, for the tests of redlines and comments."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BY = 'w:id="{}" w:author="A. Nonymous" w:date="2020-01-01T00:00:00Z"'
TABLE = "Table 28d"
ROWS = (
    ("Data item", "Default value"),
    ("Period", "600"),
    ("Threshold", "0x0F"),
)


def run(text: str, properties: str = "") -> str:
    """A run."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r>'


def inserted(inner: str, number: int = 901) -> str:
    """An insertion of the author's."""
    return f"<w:ins {BY.format(number)}>{inner}</w:ins>"


def deleted(text: str, number: int = 902) -> str:
    """A deletion of the author's."""
    return f'<w:del {BY.format(number)}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def p(inner: str = "", properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


SYMBOL = '<w:sym w:font="Symbol" w:char="F0B3"/>'
SYMBOLS = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'

FORMS: Mapping[str, tuple[str, str, str, str]] = {
    "plain": (p(run("600")), "600", "600", "1800"),
    "runs": (p(run("6", "<w:b/>") + run("0", "<w:i/>") + run("0")), "600", "600", "1800"),
    "part of a run": (p(run("from 0 to 600 s", "<w:b/>")), "from 0 to 600 s", "600", "1800"),
    "words": (p(run("0x01 (credit) or 0x02 (prepayment)")), "0x01 (credit) or 0x02 (prepayment)", *(
        "0x01 (credit) or 0x02 (prepayment)", "0x01 (credit) or 0x03 (prepayment)")),
    "in an insertion": (
        p(deleted("300") + inserted(run("from ") + run("600") + run(" s"))), "from 600 s", "600", "1800"),
    "across an insertion": (p(run("6") + inserted(run("00")) + run(" s")), "600 s", "600", "1800"),
    "beside a deletion": (p(run("6") + deleted("5") + run("00")), "600", "600", "1800"),
    "moved": (p(f"<w:moveTo {BY.format(903)}>{run('600')}</w:moveTo>"), "600", "600", "1800"),
    "control": (p(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('600')}</w:sdtContent></w:sdt>"), "600", "600", "1800"),
    "control of paragraphs": (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p(run('600'))}</w:sdtContent></w:sdt>", "600", "600", "1800"),
    "link": (p(f'<w:hyperlink w:anchor="x">{run("600")}</w:hyperlink>'), "600", "600", "1800"),
    "lines": (p(run("low") + "<w:r><w:br/></w:r>" + run("600")), "low\n600", "600", "1800"),
    "paragraphs": (p(run("low 1")) + p(run("high 600")), "low 1\nhigh 600", "low 1\nhigh 600", "low 2\nhigh 1800"),
    "joined paragraphs": (p(run("low 1")) + p(run("high 600")), "low 1\nhigh 600", "low 1\nhigh 600", "any"),
    "struck": (p(run("500", "<w:strike/>") + run("600")), "600", "600", "1800"),
    "empty": (p(properties='<w:jc w:val="center"/><w:rPr><w:b/></w:rPr>'), "", "", "1800"),
    "emptied": (p(run("600")), "600", "600", ""),
    "mark": (p(run("600") + run("*", '<w:vertAlign w:val="superscript"/>')), "600", "600", "1800"),
    "power": (p(run("10") + run("3", '<w:vertAlign w:val="superscript"/>')), "10³", "10³", "1000"),
    "formatted": (
        p(f'<w:r><w:rPr><w:b/><w:rPrChange {BY.format(904)}><w:rPr/></w:rPrChange></w:rPr><w:t>600</w:t></w:r>'),
        "600", "600", "1800"),
    "hyphen": (p("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>12</w:t></w:r>"), "1-12", "1-12", "1-13"),
    "symbol": (p(run("x ") + f"<w:r>{SYMBOL}</w:r>" + run(" 600")), "x ≥ 600", "600", "1800"),
    "symbol changed": (p(f"<w:r><w:rPr>{SYMBOLS}</w:rPr>{SYMBOL}</w:r>" + run(" 600")), "≥ 600", "≥ 600", "≤ 600"),
    "two values": (p(run("min 600 max 900")), "min 600 max 900", "min 600 max 900", "min 700 max 1800"),
}  # fmt: skip
"""Cells: their XML, their text once all changes are accepted, the text that an edit replaces, and the new one."""


_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="{_TYPES}.settings+xml"/></Types>""",
    "_rels/.rels": f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"
 Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>""",
    "word/_rels/document.xml.rels": f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATION}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_RELATION}/settings" Target="settings.xml"/></Relationships>""",
    "word/styles.xml": f"""{_HEAD}<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/></w:style></w:styles>""",
    "word/settings.xml": f'{_HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/></w:settings>',
}
"""The parts of a document but for the main one: small, so that many can be read."""


def document(path: Path, cells: Mapping[str, str] | None = None) -> Path:
    """A document with one table, captioned ``Table 28d``, of two columns: a row of titles, and one for each cell given
    as XML, named in the first column."""
    given = cells or {name: p(run(value)) for name, value in ROWS[1:]}
    rows = [tuple(p(run(title)) for title in ROWS[0]), *((p(run(name)), xml) for name, xml in given.items())]
    width = '<w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>'
    table = "".join(f"<w:tr>{''.join(f'<w:tc>{width}{xml}</w:tc>' for xml in row)}</w:tr>" for row in rows)
    body = (
        p(run("Configuration"), '<w:pStyle w:val="Heading1"/>')
        + p(run(f"{TABLE}: Configuration data items"), '<w:pStyle w:val="Caption"/>')
        + '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr><w:tblGrid><w:gridCol w:w="4000"/>'
        + f'<w:gridCol w:w="4000"/></w:tblGrid>{table}</w:tbl>'
        + p(run("After the table."))
    )
    main = f'{_HEAD}<w:document xmlns:w="{W}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**PARTS, "word/document.xml": main}.items():
            archive.writestr(name, text)
    return path


def change_parts(
    path: Path, changes: Mapping[str, Callable[[bytes], bytes]], added: Mapping[str, bytes] | None = None
) -> Path:
    """Change parts of a document by name; add others."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**parts, **(added or {})}.items():
            archive.writestr(name, content)
    return path


def parts_of(document: Path | bytes) -> dict[str, bytes]:
    """The parts of a document by name."""
    with zipfile.ZipFile(io.BytesIO(document) if isinstance(document, bytes) else document) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def protected(path: Path, element: str) -> Path:
    """Put an element into the settings of a document."""
    return change_parts(
        path, {"word/settings.xml": lambda xml: re.sub(rb"(<w:settings[^>]*>)", rb"\1" + element.encode(), xml)}
    )
