"""The sheet that lists the findings, each with links to its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gbcscheck.authoring.gaps import Gap
from gbcscheck.authoring.package import RELATION
from gbcscheck.authoring.texts import cell_string, cells_of, first_side, others, wording
from gbcscheck.authoring.workbook.book import Book, new_root, tag
from gbcscheck.authoring.workbook.styles import Styles
from gbcscheck.extract.sheets import column_letters
from gbcscheck.model import ENDED, Finding
from gbcscheck.printable import clean
from gbcscheck.report import Report
from gbcscheck.version import __version__

if TYPE_CHECKING:
    from lxml.etree import _Element

TITLES = (
    ("Severity", 10),
    ("Rule", 8),
    ("Cell", 20),
    ("Data item", 38),
    ("Finding", 44),
    ("This side", 36),
    ("Other sides", 60),
    ("Witness", 36),
    ("What to do", 44),
    ("Why", 44),
    ("Status", 16),
    ("Fingerprint", 20),
)
"""Columns of the list and their widths in characters."""
MOST_CELLS = 6
"""Cells of one finding that have a link each."""
HEAD = 3
"""The row of the titles."""

LINE_HEIGHT = 15
MOST_HEIGHT = 300
"""Heights of lines and of the highest row, in points; programs take up to 409."""

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def add_list(package: Book, styles: Styles, report: Report, where: str, name: str, gaps: Sequence[Gap] = ()) -> str:
    """Add the sheet behind the others; its name, which is ``name`` unless there is such a sheet."""
    taken = {known.casefold() for known in package.names}
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name} ({number})", number + 1
    part = package.free("xl/worksheets/gbcscheck", ".xml")
    package.put_tree(part, _sheet(styles, report, where, gaps))
    package.declare(part, _TYPE)
    relation = package.relate(package.main, "worksheet", part)
    _list_sheet(package, free, relation)
    return free


def _list_sheet(package: Book, name: str, relation: str) -> None:
    from lxml import etree

    root = package.tree(package.main)
    sheets = root.find(tag("sheets"))
    assert sheets is not None, "a workbook that was read has sheets"
    identifier = max((int(sheet.get("sheetId", "0")) for sheet in sheets.iterfind(tag("sheet"))), default=0) + 1
    attributes = {"name": name, "sheetId": str(identifier), f"{{{RELATION}}}id": relation}
    etree.SubElement(sheets, tag("sheet"), attributes)
    package.put_tree(package.main, root)


def _sheet(styles: Styles, report: Report, where: str, gaps: Sequence[Gap]) -> _Element:
    from lxml import etree

    rows = _ordered(report, where)
    most = max((len(cells) for _, cells in rows), default=1)
    titles = [*TITLES, *((f"Cell {number}", 20) for number in range(2, min(most, MOST_CELLS) + 1))]
    root = new_root("worksheet")
    view = etree.SubElement(etree.SubElement(root, tag("sheetViews")), tag("sheetView"), {"workbookViewId": "0"})
    split = {"ySplit": str(HEAD), "topLeftCell": f"A{HEAD + 1}", "activePane": "bottomLeft", "state": "frozen"}
    etree.SubElement(view, tag("pane"), split)
    etree.SubElement(root, tag("sheetFormatPr"), {"defaultRowHeight": "15"})
    columns = etree.SubElement(root, tag("cols"))
    for index, (_, width) in enumerate(titles, start=1):
        etree.SubElement(
            columns, tag("col"), {"min": str(index), "max": str(index), "width": str(width), "customWidth": "1"}
        )
    data = etree.SubElement(root, tag("sheetData"))
    _row(data, 1, [(_heading(report), styles.own("title"))])
    _row(data, HEAD, [(title, styles.own("bold")) for title, _ in titles])
    links: list[tuple[str, tuple[str, str]]] = []
    for number, (finding, cells) in enumerate(rows, start=HEAD + 1):
        _row(data, number, _texts(finding, cells, where, styles), [width for _, width in titles])
        places = [2, *range(len(TITLES), len(titles))]
        links.extend((f"{column_letters(at)}{number}", cell) for at, cell in zip(places, cells, strict=False))
    for number, gap in enumerate(gaps, start=HEAD + len(rows) + 1):
        _row(data, number, _gap_texts(gap, styles), [width for _, width in titles])
        links.extend((f"{column_letters(2)}{number}", cell) for cell in gap.cells[:1])
    last = f"{column_letters(len(titles) - 1)}{max(HEAD, HEAD + len(rows) + len(gaps))}"
    etree.SubElement(root, tag("autoFilter"), {"ref": f"A{HEAD}:{last}"})
    if links:
        group = etree.SubElement(root, tag("hyperlinks"))
        for at, (sheet, cell) in links:
            quoted = sheet.replace("'", "''")
            target = f"'{quoted}'!{cell}"
            etree.SubElement(group, tag("hyperlink"), {"ref": at, "location": target, "display": f"{sheet}!{cell}"})
    margins = {"left": "0.4", "right": "0.4", "top": "0.5", "bottom": "0.5", "header": "0.3", "footer": "0.3"}
    etree.SubElement(root, tag("pageMargins"), margins)
    etree.SubElement(root, tag("pageSetup"), {"orientation": "landscape", "paperSize": "9", "fitToHeight": "0"})
    fit = etree.Element(tag("sheetPr"))
    etree.SubElement(fit, tag("pageSetUpPr"), {"fitToPage": "1"})
    root.insert(0, fit)
    return root


def _ordered(report: Report, where: str) -> list[tuple[Finding, list[tuple[str, str]]]]:
    """Each finding with its cells in the workbook; those without any come last, behind them those elsewhere."""
    rows = [(finding, list(cells_of(finding, where))) for finding in report.findings]
    return sorted(rows, key=lambda row: (row[0].elsewhere, not row[1]))


def _heading(report: Report) -> str:
    counts = ", ".join(
        f"{number:,} {severity}{'s' if number != 1 else ''}" for severity, number in report.severities().items()
    )
    waived = f", {report.waived():,} waived" if report.waived() else ""
    return f"gbcscheck {__version__}: {counts}{waived}"


def _texts(finding: Finding, cells: Sequence[tuple[str, str]], where: str, styles: Styles) -> list[tuple[str, int]]:
    """The cells of a row: texts and their styles."""
    plain, link = styles.own(), styles.own("link")
    first = next(iter(cells_of(finding, where).values()), None) or first_side(finding)
    own = first.statement if first else None
    place = "!".join(cells[0]) if cells else str(own.place) if own else ""
    counts = not finding.elsewhere and not finding.waived and finding.status not in ENDED
    texts = [
        (finding.severity, styles.own("", finding.severity) if counts else plain),
        (finding.rule, plain),
        (clean(place), link if cells else plain),
        (clean(finding.subject), plain),
        (clean(finding.message), plain),
        (wording(first.statement, first.meaning) if first else "", plain),
        ("\n".join(others(finding, own)), plain),
        (clean(finding.witness), plain),
        (clean(finding.suggestion), plain),
        (clean("; also seen as ".join(text for text in (finding.why, finding.also_seen_as) if text)), plain),
        (clean(", ".join(word for word in (finding.status, _waiver(finding)) if word)), plain),
        (finding.fingerprint, plain),
    ]
    return [*texts, *((clean("!".join(cell)), link) for cell in cells[1:MOST_CELLS])]


def _gap_texts(gap: Gap, styles: Styles) -> list[tuple[str, int]]:
    """The cells of a row for what was not read, or for an item that was compared with nothing."""
    plain, link = styles.own(), styles.own("link")
    place = clean("!".join(gap.cells[0])) if gap.cells else ""
    texts = [(gap.kind, styles.own("", gap.kind)), ("", plain), (place, link if place else plain)]
    return [*texts, (gap.subject, plain), (gap.reason, plain), *(("", plain),) * (len(TITLES) - 5)]


def _waiver(finding: Finding) -> str:
    return f"waived: {finding.waived}" if finding.waived else ""


def _row(data: _Element, number: int, texts: Sequence[tuple[str, int]], widths: Sequence[int] = ()) -> None:
    """A row of texts; they stand in the sheet itself and are no formulas whatever they begin with. With the widths of
    the columns it is made as high as its texts need."""
    from lxml import etree

    row = etree.SubElement(data, tag("row"), {"r": str(number)})
    if widths:
        lines = max(_lines(text, width) for (text, _), width in zip(texts, widths, strict=False))
        row.set("ht", str(min(lines * LINE_HEIGHT + 3, MOST_HEIGHT)))
        row.set("customHeight", "1")
    for index, (text, style) in enumerate(texts):
        attributes = {"r": f"{column_letters(index)}{number}", "s": str(style), "t": "inlineStr"}
        inline = etree.SubElement(etree.SubElement(row, tag("c"), attributes), tag("is"))
        made = etree.SubElement(inline, tag("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        made.text = cell_string(text)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, about: words are not broken, and some letters are wide."""
    return sum(1 + int(len(line) * 1.15) // width for line in text.split("\n"))
