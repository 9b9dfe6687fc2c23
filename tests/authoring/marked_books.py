"""A workbook with all that a copy could lose, and findings in its cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.model.rules import Rule
from gbcscheck.report import Report

SHEET = "Bob's table"
TABLE = Specification("GBCS", "9.9", "Table 9")
USE_CASES = Specification("GBCS", "9.9", "use cases")
OTHER = Statement(
    "ECS99/Item.value", "constant", USE_CASES, "published", "ECS99, row 1", "gbcs/use-cases.xlsx", "DLMS!K685",
    domain="30", text="||0x001E",
)  # fmt: skip
KEPT: Mapping[str, bytes] = {
    "xl/vbaProject.bin": b"\0macro\xff",
    "xl/ctrlProps/ctrlProp1.xml": b'<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"/>',
    "xl/pivotTables/pivotTable1.xml": b"<pivotTableDefinition/>",
    "xl/slicers/slicer1.xml": b"<slicers/>",
    "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    "customXml/item1.xml": b"<mine  />",
}
"""Parts that openpyxl would drop, octet for octet."""


def write_book(path: Path) -> Path:
    """A workbook with formats, a formula with its stored value, comments, a chart, and parts of other kinds."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet.append(["GBCS 9.9 Table 9"])
    sheet.append(["Data item", "Default value", "Notes", "Sum"])
    for number, value in enumerate(("0x0F", "0x10", "15", None), start=1):
        sheet.append([f"Item{number}", value, number, None])
    sheet["D3"] = "=SUM(C3:C5)"
    sheet["D3"].number_format = "0.00"
    sheet["B3"].font = Font(bold=True, color="FFCC0000")
    sheet["B3"].border = Border(bottom=Side(style="double"))
    sheet["B3"].comment = Comment("Agreed on 3 May", "A. Author")
    sheet["A1"].comment = Comment("The title", "A. Author")
    sheet["E4"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet.merge_cells("A7:C7")
    sheet.column_dimensions["A"].width = 33
    sheet.row_dimensions[4].height = 40
    sheet.freeze_panes = "B3"
    listed = DataValidation(type="list", formula1='"a,b"')
    sheet.add_data_validation(listed)
    listed.add("C3:C6")
    sheet.conditional_formatting.add(
        "C3:C6", CellIsRule(operator="greaterThan", formula=["2"], fill=PatternFill("solid", bgColor="FFCCFFCC"))
    )
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=2, max_row=6), titles_from_data=True)
    sheet.add_chart(chart, "G2")
    other = book.create_sheet("Other")
    other["A1"] = "=1+1"
    other["A1"].hyperlink = "https://example.org/"
    book.save(path)
    change_parts(path, {"xl/worksheets/sheet1.xml": _with_stored_value}, KEPT)
    return path


def _with_stored_value(xml: bytes) -> bytes:
    changed = xml.replace(b"<f>SUM(C3:C5)</f><v/>", b"<f>SUM(C3:C5)</f><v>6</v>")
    changed = changed.replace(b"<f>SUM(C3:C5)</f><v></v>", b"<f>SUM(C3:C5)</f><v>6</v>")
    assert b"<v>6</v>" in changed
    return changed


def change_parts(
    path: Path, changes: Mapping[str, Callable[[bytes], bytes | None]], added: Mapping[str, bytes] | None = None
) -> Path:
    """Change parts of a workbook by name, those that become None are taken out; add others."""
    parts = parts_of(path)
    for name, change in changes.items():
        changed = change(parts.pop(name))
        if changed is not None:
            parts[name] = changed
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**parts, **(added or {})}.items():
            archive.writestr(name, content)
    return path


def parts_of(book: Path | bytes) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    source = io.BytesIO(book) if isinstance(book, bytes) else book
    with zipfile.ZipFile(source) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def said_in(book: Path, cell: str, *, sheet: str = SHEET) -> Statement:
    """A statement that stands in a cell of a workbook."""
    return Statement(
        f"Item.{cell}", "default", TABLE, "published", "Table 9", str(book), f"{sheet}!{cell}", domain="15", text="0x0F"
    )


def finding_in(book: Path, *cells: str, severity: str = "error", **more: str) -> Finding:
    """A finding whose statements stand in cells of a workbook, and in another one."""
    return Finding(
        "V101",
        severity,
        f"Item.{cells[0] if cells else 'nowhere'}",
        more.pop("message", "default contradicts the constant"),
        (*(said_in(book, cell) for cell in cells), OTHER),
        witness="15",
        suggestion="write 0x1E",
        why="the use case fixes it",
        meanings=(*("fifteen" for _ in cells), "thirty"),
        **more,
    )


def report_of(*findings: Finding) -> Report:
    """A report with these findings."""
    return Report(
        release="",
        title="",
        note="",
        specifications=(TABLE, USE_CASES),
        findings=findings,
        rules=(Rule("V101", "default-contradicts-constant", "default", "warning"),),
        statements=2,
        subjects=2,
    )
