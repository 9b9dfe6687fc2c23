"""The edited copy of a workbook: the cells that edits are about, and no other octet."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_edits import edit_at
from marked_books import SHEET, change_parts, parts_of, write_book
from shares import examples

from gbcscheck.authoring.workbook.editing import edited_workbook
from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.extract.workbook import read_workbook

SHEET_PART = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "draft.xlsx")


def at(book: Path, cell: str, old: str, new: str) -> Any:
    return edit_at(book, f"{SHEET}!{cell}", old, new)


def plain_book(path: Path, *rows: list[object]) -> Path:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = SHEET
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def share(path: Path, *texts: str) -> Path:
    """Let the cells of a workbook share these texts, given as the elements of them: openpyxl writes them inline."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    numbers = iter(range(1000))

    def shared(xml: bytes) -> bytes:
        return re.sub(rb't="inlineStr"><is><t>[^<]*</t></is>', lambda _: b't="s"><v>%d</v>' % next(numbers), xml)

    items = "".join(f"<si>{text}</si>" for text in texts)
    part = f'<sst xmlns="{main}" count="9" uniqueCount="9">{items}</sst>'.encode()
    one = f'<Relationship Id="rId77" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'.encode()
    typed = (
        b'<Override PartName="/xl/sharedStrings.xml" ContentType='
        b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
    )
    changes = {
        SHEET_PART: shared,
        "[Content_Types].xml": lambda xml: xml.replace(b"</Types>", typed),
        "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", one),
    }
    return change_parts(path, changes, {"xl/sharedStrings.xml": part})  # type: ignore[arg-type]


def test_a_cell_has_its_new_text_and_keeps_its_style(book: Path) -> None:
    made = edited_workbook(book, [at(book, "B3", "0x0F", "0x1E")])
    assert made.places == 1
    sheet = openpyxl.load_workbook(io.BytesIO(made.content))[SHEET]
    assert sheet["B3"].value == "0x1E"
    assert (sheet["B3"].font.b, sheet["B3"].font.color.rgb, sheet["B3"].border.bottom.style) == (
        True,
        "FFCC0000",
        "double",
    )
    assert sheet["B3"].comment.text == "Agreed on 3 May"
    assert sheet["B4"].value == "0x10"


def test_every_octet_but_those_of_the_cell_is_the_same(tmp_path: Path) -> None:
    book = plain_book(tmp_path / "plain.xlsx", ["Item", "Default"], ["A", "0x0F"], ["B", "0x10"])
    made = edited_workbook(book, [at(book, "B2", "0x0F", "0x1E")])
    before, after = parts_of(book), parts_of(made.content)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {SHEET_PART}
    cell = re.compile(rb'<c r="B2".*?</c>')
    assert cell.sub(b"", before[SHEET_PART]) == cell.sub(b"", after[SHEET_PART])
    assert made.notes == ()


def test_formulas_are_marked_to_be_worked_out_anew(book: Path) -> None:
    made = edited_workbook(book, [at(book, "B3", "0x0F", "0x1E")])
    before, after = parts_of(book), parts_of(made.content)
    assert {name for name in before if before[name] != after[name]} == {SHEET_PART, "xl/workbook.xml"}
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]
    assert made.notes == ("its formulas are marked to be worked out anew when it is opened",)
    assert openpyxl.load_workbook(io.BytesIO(made.content))[SHEET]["D3"].value == "=SUM(C3:C5)"


def test_a_text_that_cells_share_changes_in_one_of_them(tmp_path: Path) -> None:
    book = share(plain_book(tmp_path / "shared.xlsx", ["a", "b"], ["c", "x"]), *["<t>600</t>"] * 3, "<t>x</t>")
    part = parts_of(book)[SHEET_PART].replace(b"<v>1</v>", b"<v>0</v>").replace(b"<v>2</v>", b"<v>0</v>")
    change_parts(book, {SHEET_PART: lambda _: part})
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(edited_workbook(book, [at(book, "B1", "600", "1800")]).content)
    cells = [[cell.text for cell in row.cells] for row in read_workbook(copy)[SHEET].rows]
    assert cells == [["600", "1800"], ["600", "x"]]


def test_a_number_stays_one_where_its_format_shows_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "numbers.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = SHEET
    sheet.append([600, 0.5, 230, 1, 600, 600])
    sheet["B1"].number_format = "0%"
    sheet["C1"].number_format = "0.0"
    sheet["E1"].number_format = '0 "s"'
    sheet["F1"].number_format = "0.00"
    made.save(path)
    edits = [at(path, "A1", "600", "1800"), at(path, "B1", "50%", "60%"), at(path, "C1", "230.0", "253.5")]
    edits += [at(path, "E1", "600 s", "900 s"), at(path, "F1", "600.00", "1800")]
    done = edited_workbook(path, [*edits, at(path, "D1", "1", "0x1E")])
    sheet = openpyxl.load_workbook(io.BytesIO(done.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == [1800, 0.6, 253.5, "0x1E", 900, 1800]
    assert sheet["C1"].number_format == "0.0"
    assert done.notes == (f"{SHEET}!D1 held a value that is no text, 1, and is a text now",)


def test_two_edits_of_one_cell_change_a_part_each(tmp_path: Path) -> None:
    book = plain_book(tmp_path / "two.xlsx", ["Threshold\n0 - 0xFFFF; default 600"])
    edits = [at(book, "A1", "0 - 0xFFFF", "0 - 0xFF"), at(book, "A1", "600", "100")]
    sheet = openpyxl.load_workbook(io.BytesIO(edited_workbook(book, edits).content)).active
    assert sheet is not None
    assert sheet["A1"].value == "Threshold\n0 - 0xFF; default 100"


def test_runs_keep_their_fonts(tmp_path: Path) -> None:
    runs = '<r><rPr><b/></rPr><t>from 6</t></r><r><rPr><i/></rPr><t xml:space="preserve">00 on</t></r>'
    book = share(plain_book(tmp_path / "runs.xlsx", ["one", "two"]), runs, "<t>two</t>")
    made = edited_workbook(book, [at(book, "A1", "600", "1800")])
    copy = openpyxl.load_workbook(io.BytesIO(made.content), rich_text=True).active
    assert copy is not None
    found = [(run.text, bool(run.font.b), bool(run.font.i)) for run in copy["A1"].value]
    assert found == [("from 1800", True, False), (" on", False, True)]


def test_a_merged_cell_is_written_in_its_first_one(tmp_path: Path) -> None:
    book = plain_book(tmp_path / "merged.xlsx", ["600", None, "a"], [None, None, "b"])
    merged = openpyxl.load_workbook(book)
    merged[SHEET].merge_cells("A1:B2")
    merged.save(book)
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(edited_workbook(book, [at(book, "A1", "600", "1800")]).content)
    assert read_workbook(copy)[SHEET].rows[1].cells[1].text == "1800"


def test_a_text_like_a_formula_or_an_escape_stays_a_text(tmp_path: Path) -> None:
    book = plain_book(tmp_path / "odd.xlsx", ["a", "b", "c"])
    edits = [at(book, "A1", "a", "=1+1"), at(book, "B1", "b", "_x000D_"), at(book, "C1", "c", "<&> ]]>")]
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(edited_workbook(book, edits).content)
    assert [cell.value for cell in read_workbook(copy)[SHEET].rows[0].cells] == ["=1+1", "_x000D_", "<&> ]]>"]


# --- what is refused -------------------------------------------------------------------------------------------------


def test_what_does_not_stand_there_any_more_is_refused_by_place_all_at_once(book: Path) -> None:
    edits = [at(book, "B3", "0x33", "0x1E"), at(book, "B99", "1", "2"), at(book, "B4", "0x10", "0x11")]
    with pytest.raises(Problems) as caught:
        edited_workbook(book, edits)
    assert [str(problem) for problem in caught.value.problems] == [
        f'{book} · {SHEET}!B3: "0x0F" stands there, and "0x33" was expected',
        f"{book} · {SHEET}!B99: the sheet has no cell B99",
    ]


def test_a_formula_is_not_overwritten(book: Path) -> None:
    with pytest.raises(GbcscheckError, match=r"!D3: a formula, whose result 6 stands there; change what it is worked"):
        edited_workbook(book, [at(book, "D3", "6", "7")])


def test_two_edits_that_want_different_texts_are_refused(book: Path) -> None:
    with pytest.raises(GbcscheckError, match='"0x0F" would become "1" by one edit, and "0x0F" become "2" by another'):
        edited_workbook(book, [at(book, "B3", "0x0F", "1"), at(book, "B3", "0x0F", "2")])


def test_a_signed_workbook_is_refused_and_a_protected_sheet_is_told(book: Path) -> None:
    protection = b'</sheetData><sheetProtection sheet="1"/>'
    change_parts(book, {SHEET_PART: lambda xml: xml.replace(b"</sheetData>", protection)})
    made = edited_workbook(book, [at(book, "B3", "0x0F", "0x1E")])
    assert made.notes[0] == f"the sheet {SHEET} is protected, and is so in the copy: its changed cells are too"
    change_parts(book, {}, {"_xmlsignatures/sig1.xml": b"<Signature/>"})
    with pytest.raises(GbcscheckError, match="signed"):
        edited_workbook(book, [at(book, "B3", "0x0F", "0x1E")])


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(new=TEXT.filter(lambda text: text.strip() == text and "_x" not in text))
def test_whatever_is_written_is_read_back(tmp_path: Path, new: str) -> None:
    book = tmp_path / "law.xlsx"
    if not book.exists():
        plain_book(book, ["a", "600", "b"])
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(edited_workbook(book, [at(book, "B1", "600", new)]).content)
    found = openpyxl.load_workbook(copy).active
    assert found is not None
    assert [cell.value for cell in found[1]] == ["a", new, "b"]


@pytest.mark.parametrize(
    ("member", "old", "new", "row"),
    [
        ("number", "730", "760", ["U1", "760", "600"]),
        ("use-case", "U1", "U1 U2", ["U1 U2", "730", "600"]),
    ],
)
def test_what_a_row_is_joined_by_is_changed_in_the_cell_that_holds_it(
    tmp_path: Path, member: str, old: str, new: str, row: list[str]
) -> None:
    book = plain_book(tmp_path / "row.xlsx", ["use cases", "row", "Default"], ["U1", "730", "600"])
    edit = edit_at(book, f"{SHEET}!C2", old, new, member=member)
    sheet = openpyxl.load_workbook(io.BytesIO(edited_workbook(book, [edit]).content)).active
    assert sheet is not None
    assert [str(cell.value) for cell in sheet[2]] == row


@pytest.mark.parametrize(
    ("edit", "row"),
    [
        (("B2", "text", "Log: value", "Logbook: value"), ["U1", "Logbook", "value", "10"]),
        (("B2", "text", "Log: value", "Log: entry"), ["U1", "Log", "entry", "10"]),
        (("D2", "subject", "U1/Log.value", "U2/Log.value"), ["U2", "Log", "value", "10"]),
        (("D2", "subject", "U1/Log.value #2", "U1/Logs.value"), ["U1", "Logs", "value", "10"]),
        (("C2", "subject", "U1/Log", "U1/Logs"), ["U1", "Logs", "value", "10"]),
    ],
)
def test_of_what_several_cells_say_the_one_that_differs_is_changed(
    tmp_path: Path, edit: tuple[str, str, str, str], row: list[str]
) -> None:
    cell, member, old, new = edit
    book = plain_book(tmp_path / "row.xlsx", ["use case", "name", "element", "row"], ["U1", "Log", "value", "10"])
    made = edited_workbook(book, [edit_at(book, f"{SHEET}!{cell}", old, new, member=member)])
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert sheet is not None
    assert [str(one.value) for one in sheet[2]] == row


def test_a_number_is_changed_in_the_cell_that_is_it(tmp_path: Path) -> None:
    book = plain_book(tmp_path / "row.xlsx", ["row", "ref.", "Default"], ["5", "SMETS 5.7", "600"])
    made = edited_workbook(book, [edit_at(book, f"{SHEET}!C2", "5", "6", member="number")])
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert sheet is not None
    assert [str(one.value) for one in sheet[2]] == ["6", "SMETS 5.7", "600"]


def test_what_two_cells_say_that_both_differ_is_refused(tmp_path: Path) -> None:
    book = plain_book(tmp_path / "row.xlsx", ["name", "element"], ["Log", "value"])
    with pytest.raises(GbcscheckError, match='"Log" stands there, and "Log: value" was expected'):
        edited_workbook(book, [edit_at(book, f"{SHEET}!A2", "Log: value", "Diary: entry")])


def test_the_name_of_a_row_is_changed_in_the_cell_that_holds_it(tmp_path: Path) -> None:
    book = plain_book(tmp_path / "name.xlsx", ["Item", "Default"], ["Perid", "600"])
    edit = edit_at(book, f"{SHEET}!B2", "Perid", "Period", member="subject")
    sheet = openpyxl.load_workbook(io.BytesIO(edited_workbook(book, [edit]).content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["Period", "600"]
