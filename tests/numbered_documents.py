"""Word documents written as XML, for what no library writes: lists of every kind, tracked numbers."""

from __future__ import annotations

import zipfile
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BY = 'w:id="1" w:author="A. Nonymous" w:date="2020-01-01T00:00:00Z"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def write_document(path: Path, body: str, numbering: str = "", styles: str = "") -> Path:
    """A document of a body, the lists of ``numbering.xml`` and the styles of ``styles.xml``, each as XML."""
    parts = {
        "document.main": f"<w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "styles": f"<w:styles {W}>{styles}</w:styles>",
        "numbering": f"<w:numbering {W}>{numbering}</w:numbering>",
    }
    names = {kind: f"word/{kind.partition('.')[0]}.xml" for kind in parts}
    overrides = "".join(f'<Override PartName="/{names[kind]}" ContentType="{_TYPE}.{kind}+xml"/>' for kind in parts)
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{_RELATION}/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "numbering")
    )
    package = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **{names[kind]: content for kind, content in parts.items()},
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in package.items():
            archive.writestr(zipfile.ZipInfo(name), content)  # always the same octets
    return path


def run(text: str, kind: str = "t") -> str:
    """A run of text; of deleted text with the kind ``delText``."""
    return f'<w:r><w:{kind} xml:space="preserve">{text}</w:{kind}></w:r>'


def inserted(inner: str) -> str:
    return f"<w:ins {BY}>{inner}</w:ins>"


def deleted(text: str) -> str:
    return f"<w:del {BY}>{run(text, 'delText')}</w:del>"


def paragraph(inner: str, number: int | None = None, level: int = 0, style: str = "", mark: str = "") -> str:
    """A paragraph of runs, or of a plain text; ``mark`` is ``ins`` or ``del`` where its end is tracked."""
    content = inner if inner.startswith("<") else run(inner)
    listed = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>' if number is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    tracked = f"<w:rPr><w:{mark} {BY}/></w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{named}{listed}{tracked}</w:pPr>{content}</w:p>"


def level(place: int, form: str = "decimal", text: str | None = None, start: int = 1, more: str = "") -> str:
    """A level of a list; by default 1, 1.1, 1.1.1."""
    shown = ".".join(f"%{one + 1}" for one in range(place + 1)) if text is None else text
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


def lists(*levels: str, numbers: dict[int, str] | None = None) -> str:
    """An abstract list of levels and the lists that count with it, with what each overrides."""
    instances = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for number, more in (numbers or {1: ""}).items()
    )
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{instances}'


def style(name: str, based_on: str = "", listed: str = "", outline: int | None = None, shown: str = "") -> str:
    """A style of paragraphs, with the list that it names and its outline level."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    numbers = f"<w:numPr>{listed}</w:numPr>" if listed else ""
    heading = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown or name}"/>{base}'
        f"<w:pPr>{numbers}{heading}</w:pPr></w:style>"
    )


# --- a requirements document -----------------------------------------------------------------------------------------

HEADINGS = "".join(
    style(
        f"H{place + 1}",
        listed=f'<w:ilvl w:val="{place}"/><w:numId w:val="1"/>',
        outline=place,
        shown=f"heading {place + 1}",
    )
    for place in range(4)
)
"""Four styles of headings, each with a level of the list 1."""
_OF_STYLE = '<w:pStyle w:val="H{0}"/>'
_NUMBER = '<w:num w:numId="{0}"><w:abstractNumId w:val="{1}"/></w:num>'
_ITEMS = (
    '<w:abstractNum w:abstractNumId="{0}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{1}"/>'
    '<w:lvlText w:val="{2}"/></w:lvl></w:abstractNum>'
)
_BULLETS, _ROMAN = 2, 3
CLAUSES = (
    f'<w:abstractNum w:abstractNumId="0">'
    f"{''.join(level(place, more=_OF_STYLE.format(place + 1)) for place in range(4))}</w:abstractNum>"
    f"{_ITEMS.format(1, 'bullet', '•')}{_ITEMS.format(2, 'lowerRoman', '(%1)')}"
    f"{''.join(_NUMBER.format(place + 1, place) for place in range(3))}"
)
"""The list 1 of these headings, and lists of items: bullets, and roman numbers in parentheses."""
TITLE = "Smart Metering Equipment Technical Specifications 2 version 5.9 draft"


def requirements(path: Path, *paragraphs: str, title: str = TITLE) -> Path:
    """A document of a title page and paragraphs whose headings are numbered by their styles. A text that begins with
    ``#`` is a heading, with as many of them as its level; one that begins with ``*`` is an item of a list, with ``i)``
    one with a roman number; one that begins with ``<`` is XML as it stands."""
    body = "".join(_as_paragraph(text) for text in (title, *paragraphs))
    return write_document(path, body, CLAUSES, HEADINGS)


def _as_paragraph(text: str) -> str:
    marks = len(text) - len(text.lstrip("#"))
    if text.startswith(("<w:p>", "<w:tbl>")):
        return text
    if marks:
        return paragraph(text[marks:].strip(), style=f"H{marks}")
    for mark, listed in (("*", _BULLETS), ("i)", _ROMAN)):
        if text.startswith(mark):
            return paragraph(text.removeprefix(mark).strip(), listed)
    return paragraph(text)
