"""The sheet of findings: one row each, with links to the cells."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from marked_books import OTHER, SHEET, TABLE, change_parts, finding_in, report_of, write_book

from gbcscheck.authoring.annotated import Annotated
from gbcscheck.authoring.texts import cell_string, comment_text, sides_in
from gbcscheck.authoring.workbook.listing import HEAD, TITLES
from gbcscheck.authoring.workbook.marking import LIST_SHEET, annotate
from gbcscheck.authoring.workbook.styles import FILLS
from gbcscheck.model import Place, Statement
from gbcscheck.model.coverage import Coverage, ItemCoverage, NotRead, TableCoverage


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "draft.xlsx")


def listed(made: Annotated, name: str = LIST_SHEET) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made.content))[name]


def row(sheet: Any, number: int) -> dict[str, Any]:
    titles = [cell.value for cell in sheet[HEAD]]
    return dict(zip(titles, (cell.value for cell in sheet[number]), strict=True))


def test_each_finding_has_a_row_with_links_to_its_cells(book: Path) -> None:
    sheet = listed(annotate(book, report_of(finding_in(book), finding_in(book, "B3", "B4"))))
    assert sheet["A1"].value.startswith("gbcscheck ")
    assert sheet["A1"].value.endswith(": 2 errors, 0 warnings, 0 notes")
    assert [cell.value for cell in sheet[HEAD]] == [*(title for title, _ in TITLES), "Cell 2"]
    first = row(sheet, HEAD + 1)
    assert first["Cell"] == f"{SHEET}!B3"
    assert first["Cell 2"] == f"{SHEET}!B4"
    assert first["This side"] == "default 0x0F (fifteen)"
    assert "gbcs/use-cases.xlsx · DLMS!K685" in first["Other sides"]
    assert first["What to do"] == "write 0x1E"
    links = {cell.coordinate: cell.hyperlink.location for line in sheet.iter_rows() for cell in line if cell.hyperlink}
    assert links == {"C4": "'Bob''s table'!B3", "M4": "'Bob''s table'!B4"}
    assert row(sheet, HEAD + 2)["Cell"] == "gbcs/use-cases.xlsx · DLMS!K685"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:M5"


def test_a_waived_finding_is_listed_with_its_reason(book: Path) -> None:
    sheet = listed(annotate(book, report_of(finding_in(book, "B3", waived="agreed on 3 May", status="remaining"))))
    assert row(sheet, HEAD + 1)["Status"] == "remaining, waived: agreed on 3 May"
    assert sheet["A1"].value.endswith(", 1 waived")


def test_a_text_is_never_a_formula_nor_an_escape(book: Path) -> None:
    for text in ("=1+1", "+cmd", "@SUM(A1)", "a _x000D_ b"):
        sheet = listed(annotate(book, report_of(finding_in(book, "B3", message=text))))
        cell = sheet.cell(HEAD + 1, 5)
        assert cell.data_type in ("s", "inlineStr")
        assert cell.value.replace("_x005F_", "_") == text.replace("_x005F_", "_")
    assert cell_string("_x000D_ _y") == "_x005F_x000D_ _y"
    sheet = listed(annotate(book, report_of(finding_in(book, "B3", message="bell \x07 and \ufffe"))))
    assert sheet.cell(HEAD + 1, 5).value == "bell \\x07 and \\ufffe"


def test_a_sheet_of_that_name_stays_and_the_new_one_has_a_number(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook.create_sheet("GBCScheck")["A1"] = "mine"
    workbook.save(book)
    made = annotate(book, report_of(finding_in(book, "B3")))
    names = openpyxl.load_workbook(io.BytesIO(made.content)).sheetnames
    assert names == [SHEET, "Other", "GBCScheck", "gbcscheck (2)"]
    assert listed(made, "GBCScheck")["A1"].value == "mine"
    assert "the findings are on the sheet 'gbcscheck (2)'" in made.notes[0]
    assert row(listed(made, "gbcscheck (2)"), HEAD + 1)["Rule"] == "V101"


def test_a_report_without_findings_gets_a_sheet_that_says_so(book: Path) -> None:
    sheet = listed(annotate(book, report_of()))
    assert sheet["A1"].value.endswith(": 0 errors, 0 warnings, 0 notes")
    assert sheet.max_row == HEAD


def test_a_statement_of_another_file_or_without_a_cell_is_no_side_of_the_workbook(book: Path) -> None:
    finding = finding_in(book, "B3")
    report = report_of(finding)
    assert list(sides_in(report, str(book))) == [(SHEET, "B3")]
    assert sides_in(report, "elsewhere.xlsx") == {}
    lined = finding.statements[0]._replace(source="line 3")
    assert sides_in(report_of(finding_in(book), finding.__class__("V101", "note", "X", "m", (lined,))), str(book)) == {}


def test_a_comment_says_what_counts_and_leaves_out_what_is_waived(book: Path) -> None:
    sides = sides_in(report_of(finding_in(book, "B3"), finding_in(book, "B3", waived="x", message="gone")), str(book))
    text = comment_text(sides[SHEET, "B3"])
    assert "default contradicts the constant" in text
    assert "gone" not in text


def test_a_cell_of_a_sheet_that_is_not_there_is_said(book: Path) -> None:
    def renamed(xml: bytes) -> bytes:
        return xml.replace(b"Bob's table", b"Bob's other").replace(b"Bob&apos;s table", b"Bob's other")

    report = report_of(finding_in(book, "B3"))
    change_parts(book, {"xl/workbook.xml": renamed})
    made = annotate(book, report)
    assert made.cells == 0
    assert made.notes == (f"no sheet {SHEET!r} to mark",)


def test_what_was_not_read_and_what_was_compared_with_nothing_is_marked_and_listed(book: Path) -> None:
    where = str(book)
    known = Statement("Item2", "default", TABLE, "published", "", where, f"{SHEET}!B4", domain="16")
    strange = known._replace(subject="Item3", source=f"{SHEET}!B5")
    clashing = finding_in(book, "B3")
    items = (
        ItemCoverage("Item1", clashing.statements[:1], (OTHER,), rules=("V101",)),
        ItemCoverage("Item2", (known,), uncompared=(known,)),
        ItemCoverage("Item3", (strange,), uncompared=(strange,), is_known=False),
    )
    unread = (NotRead("column", Place(where, SHEET, "D2"), "a title that is not known", "Sum", "Sum"),)
    coverage = Coverage((TableCoverage(where, TABLE, "", (), 3, items, unread),))
    made = annotate(book, replace(report_of(clashing), coverage=coverage))
    assert (made.cells, made.gaps) == (1, 3)
    copy = openpyxl.load_workbook(io.BytesIO(made.content))
    fills = {cell: copy[SHEET][cell].fill.fgColor.rgb for cell in ("B3", "B4", "B5", "D2")}
    assert fills == {
        "B3": FILLS["error"],
        "B4": FILLS["uncompared"],
        "B5": FILLS["uncompared"],
        "D2": FILLS["unread"],
    }
    assert copy[SHEET]["D2"].comment.text == "Not read: a title that is not known. Nothing in this column was checked."
    rows = [[cell.value for cell in row[:5]] for row in copy["gbcscheck"].iter_rows(min_row=4)]
    assert [row[0] for row in rows] == ["error", "unread", "uncompared", "uncompared"]
    assert rows[1][2:] == [f"{SHEET}!D2", "Sum", "a title that is not known"]
    assert [row[4] for row in rows[2:]] == [
        "no rule held it against another document",
        "no other document speaks of it",
    ]


def test_findings_of_others_are_listed_last_and_mark_nothing(book: Path) -> None:
    own = finding_in(book, "B4", severity="note")
    made = annotate(book, report_of(replace(finding_in(book, "B3"), elsewhere=True), own))
    copy = openpyxl.load_workbook(io.BytesIO(made.content))
    assert [row[0].value for row in copy["gbcscheck"].iter_rows(min_row=4)] == ["note", "error"]
    assert copy[SHEET]["B3"].fill.fgColor.rgb != FILLS["error"]
