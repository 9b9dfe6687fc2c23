"""Texts of cells: escapes, characters that nobody sees, what is struck out or raised; formulas never calculated."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from gbcscheck.extract.cell_text import written_text
from gbcscheck.extract.sheets import Cell
from gbcscheck.extract.workbook import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
STRUCK, RAISED, LOWERED = (
    InlineFont(strike=True),
    InlineFont(vertAlign="superscript"),
    InlineFont(vertAlign="subscript"),
)


def cell_of(tmp_path: Path, value: Any, font: Font | None = None, *, shared: bool = False) -> Cell:
    """The cell A1 of a workbook that holds a value; its runs stand in the sheet, or with the shared texts if wanted."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = value
    if font is not None:
        sheet["A1"].font = font
    path = tmp_path / "book.xlsx"
    book.save(path)
    if shared:
        rewrite(path, share)
    return read_workbook(path)["Sheet"].rows[0].at(0)


def rewrite(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change the parts of a workbook."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as package:
        for name, octets in parts.items():
            package.writestr(name, octets)


def share(parts: dict[str, bytes]) -> None:
    """Move the text of a cell from the sheet to the shared texts, where spreadsheet programs put it."""
    sheet = parts[SHEET]
    start, end = sheet.index(b"<is>"), sheet.index(b"</is>")
    text = sheet[start + 4 : end]
    parts[SHEET] = sheet[:start].replace(b'"inlineStr"', b'"s"') + b"<v>0</v>" + sheet[end + 5 :]
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s"><si>%s</si></sst>' % (MAIN.encode(), text)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Mon-Fri_x000D_", "Mon-Fri\r"),
        ("_x005F_x000D_", "_x000D_"),
        ("exec_weekdays", "exec_weekdays"),
        ("a_x0041_b", "aAb"),
        ("Thres\u00adhold\u200b", "Threshold"),
        ("\ufeffDays", "Days"),
    ],
)
def test_escapes_stand_for_their_characters(text: str, written: str) -> None:
    assert written_text(text) == written


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize(
    ("runs", "value"),
    [
        ([TextBlock(STRUCK, "180"), TextBlock(InlineFont(), "207")], "207"),
        (["600", TextBlock(RAISED, "1")], "600¹"),
        (["5 m", TextBlock(RAISED, "3"), "/h"], "5 m³/h"),
        (["10", TextBlock(RAISED, "-1"), " V"], "10⁻¹ V"),
        (["1", TextBlock(RAISED, "st"), " Nov"], "1st Nov"),
        (["600", TextBlock(RAISED, "a")], "600"),
        (["600", TextBlock(RAISED, "*")], "600"),
        (["U", TextBlock(LOWERED, "n")], "Un"),
        (["600", TextBlock(LOWERED, "1")], "600₁"),
        (["Mon-", TextBlock(STRUCK, "Thu"), TextBlock(InlineFont(b=True), "Fri")], "Mon-Fri"),
    ],
)
def test_runs_are_read_as_they_are_seen(tmp_path: Path, runs: list[Any], value: str, shared: bool) -> None:
    assert cell_of(tmp_path, CellRichText(*runs), shared=shared).value == value


@pytest.mark.parametrize(
    ("value", "font", "deleted"),
    [
        ("207 V", Font(strike=True), "207 V"),
        (207, Font(strike=True), "207"),
        (CellRichText("207 V"), Font(strike=True), "207 V"),
        (CellRichText(TextBlock(STRUCK, "207"), TextBlock(STRUCK, " V")), None, "207 V"),
        (CellRichText("207", TextBlock(STRUCK, " V")), Font(strike=True), "207 V"),
    ],
)
def test_a_cell_that_is_struck_out_holds_nothing(tmp_path: Path, value: Any, font: Font | None, deleted: str) -> None:
    cell = cell_of(tmp_path, value, font)
    assert (cell.value, cell.deleted, cell.is_blank) == (None, deleted, False)


def test_a_run_that_is_not_struck_out_stands_in_a_cell_that_is(tmp_path: Path) -> None:
    runs = CellRichText("180", TextBlock(InlineFont(b=True), "207"))
    assert cell_of(tmp_path, runs, Font(strike=True)).value == "207"
    assert cell_of(tmp_path, runs, Font(strike=True), shared=True).value == "207"


@pytest.mark.parametrize(
    ("stored", "on_load", "value", "problem"),
    [
        ("", True, None, "a formula without a stored value"),
        ("0", True, None, "a formula that was never calculated"),
        ("0", False, 0, ""),
        ("207", True, 207, ""),
    ],
)
def test_a_formula_that_was_never_calculated_is_told(
    tmp_path: Path, stored: str, on_load: bool, value: object, problem: str
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "=200+7"
    book.calculation.fullCalcOnLoad = on_load
    path = tmp_path / "book.xlsx"
    book.save(path)

    def store(parts: dict[str, bytes]) -> None:
        for empty in (b"<v />", b"<v></v>", b"<v/>"):
            parts[SHEET] = parts[SHEET].replace(empty, b"<v>%s</v>" % stored.encode())

    rewrite(path, store)
    cell = read_workbook(path)["Sheet"].rows[0].at(0)
    assert cell.value == value
    assert cell.problem.startswith(problem)
    assert bool(cell.problem) == bool(problem)
