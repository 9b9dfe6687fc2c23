"""The workbook that stands for GBCS 3.2 Table 28d: synthetic values that conflict as the published ones did.

Nobody here knows the values that Table 28d held before SEC modification MP131, nor its title and columns. Every row of
this workbook says so.
"""

from __future__ import annotations

import io
import re
import zipfile

TITLE = "GBCS 3.2 Table 28d"
SHEET = "Table 28d"
STAMP = (2020, 5, 21)
"""The day on which MP131 was raised: the date of everything in the workbook."""

NOTES = (
    "Synthetic: the published title, columns and values of this table are not known here.",
    "Put your own copy of the table in the place of this file.",
)
HEADER = ("No.", "Data item", "Element", "Default value", "Provenance", "Notes")
HEADER_ROW = 6
DATA_ITEM = "Maximum Demand Configurable Time Period"
ROWS = (
    ("entries[*].exec_weekdays", "0b11111000", "Monday to Friday"),
    ("entries[*].begin_date", "0xFFFF0B01FF", "1 November"),
    ("entries[*].end_date", "0xFFFF02FEFF", "last day of February"),
)
"""Element, default value, and the value in words."""


def synthetic_table_28d() -> bytes:
    """The workbook, the same octets every time: fixed dates, members in a fixed order, not compressed."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet["A1"] = TITLE
    sheet["A1"].font = Font(bold=True)
    for number, note in enumerate(NOTES, start=2):
        sheet.cell(number, 1, note).font = Font(italic=True)
    for column, title in enumerate(HEADER, start=1):
        sheet.cell(HEADER_ROW, column, title).font = Font(bold=True)
    for number, (element, value, words) in enumerate(ROWS, start=1):
        cells = (number, DATA_ITEM if number == 1 else None, element, value, "synthetic", words)
        for column, cell in enumerate(cells, start=1):
            sheet.cell(HEADER_ROW + number, column, cell)
    sheet.merge_cells(start_row=HEADER_ROW + 1, end_row=HEADER_ROW + len(ROWS), start_column=2, end_column=2)
    sheet.cell(HEADER_ROW + 1, 2).alignment = Alignment(vertical="top", wrap_text=True)
    for letter, width in zip("ABCDEF", (5, 28, 28, 18, 14, 24), strict=True):
        sheet.column_dimensions[letter].width = width
    written = io.BytesIO()
    book.save(written)
    return _normalised(written.getvalue())


def _normalised(workbook: bytes) -> bytes:
    """The same workbook without the hour at which it was written."""
    date = "-".join(f"{part:02}" for part in STAMP)
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rf"\g<1>{date}T00:00:00Z".encode(), content)
            info = zipfile.ZipInfo(name, (*STAMP, 0, 0, 0))
            info.create_system = 0
            target.writestr(info, content)
    return result.getvalue()
