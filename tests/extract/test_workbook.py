"""Workbooks: values with their types, merged cells, formulas, and every kind of file that is no sound workbook."""

from __future__ import annotations

import datetime
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.sheets import Hidden, find_header
from gbcscheck.extract.workbook import _reason, read_workbook, sheet_names
from gbcscheck.inputs import containers
from gbcscheck.limits import PARTS, by_limits


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with values of every type, merged cells, a formula that was never calculated, an error value."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Settings"
    sheet.append(["GBCS 9.9 Table 1"])
    sheet.append([])
    sheet.append(["Data item", "Default", "Since"])
    sheet.append(["A", 4.1, datetime.date(2020, 5, 21)])
    sheet.append([None, "4.10", datetime.datetime(2020, 5, 21, 12, 30)])
    sheet.append(["B", True, datetime.time(16, 0)])
    sheet.append(["C", "=1+1", None])
    sheet.append(["D", "#REF!", " "])
    sheet["B8"].data_type = "e"
    sheet.merge_cells("A4:A5")
    workbook.create_sheet("Empty")
    path = tmp_path / "book.xlsx"
    workbook.save(path)
    return path


def refused(path: Path) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read_workbook(path)
    assert caught.value.where.partition(" · ")[0] == str(path)
    return str(caught.value)


def test_values_keep_their_types(book: Path) -> None:
    rows = read_workbook(book)["Settings"].rows
    assert [row.at(1).value for row in rows[3:6]] == [4.1, "4.10", True]
    assert rows[3].at(2).text == "2020-05-21"
    assert rows[4].at(2).text == "2020-05-21 12:30:00"
    assert rows[5].at(2).text == "16:00:00"
    assert rows[3].at(1).address == "B4"


def test_a_merged_cell_stands_in_all_its_places_with_its_own_address(book: Path) -> None:
    rows = read_workbook(book)["Settings"].rows
    assert rows[4].at(0).value == "A"
    assert rows[4].at(0).address == "A4"


def test_a_formula_without_a_stored_value_and_an_error_value_are_problems(book: Path) -> None:
    rows = read_workbook(book)["Settings"].rows
    assert rows[6].at(1).problem == "a formula without a stored value"
    assert rows[7].at(1).problem == "the error value #REF!"
    assert not rows[6].at(1).is_blank
    assert rows[7].at(2).is_blank


def test_names_of_sheets_and_only_the_sheets_asked_for(book: Path) -> None:
    assert sheet_names(book) == ("Settings", "Empty")
    assert list(read_workbook(book, ["Empty", "Absent"])) == ["Empty"]
    assert read_workbook(book, ["Empty"])["Empty"].rows == ()


def test_the_header_is_found_by_its_titles_whatever_case_and_blanks(book: Path) -> None:
    sheet = read_workbook(book)["Settings"]
    header = find_header(sheet, ["data  ITEM", "Default", "Clause"], ["Default"], where="book.xlsx")
    assert header.row.number == 3
    assert header.columns == {"data  ITEM": 0, "Default": 1}
    assert [row.number for row in header.body(sheet)] == [4, 5, 6, 7, 8]


def test_a_missing_header_says_what_was_found_and_expected(book: Path) -> None:
    sheet = read_workbook(book)["Settings"]
    with pytest.raises(UnreadableSource) as caught:
        find_header(sheet, ["use case", "Default"], ["use case", "Default"], where="book.xlsx")
    message = str(caught.value)
    assert "row 3: Data item, Default, Since" in message
    assert "missing   use case" in message


def test_the_published_workbook_is_read_whole(corpus: Path) -> None:
    sheets = read_workbook(corpus / "gbcs" / "use-cases-4.0.xlsx")
    assert {name: len(sheet.rows) - 1 for name, sheet in sheets.items()} == {
        "Use cases": 177,
        "Objects": 869,
        "DLMS": 911,
        "ZCL": 333,
        "GBZ": 3112,
    }


# --- files that are no sound workbook --------------------------------------------------------------------------------


def test_missing_and_empty_files_and_folders(tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    assert "no such file" in refused(tmp_path / "absent.xlsx")
    assert "the file is empty" in refused(empty)
    assert "a folder" in refused(tmp_path)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"Data item,Default\nA,1\n", "a text file"),
        ("Data item\tDefault\n".encode("utf-16"), "a text file"),
        (b"%PDF-1.7\n\x00", "a PDF document"),
        (b"<!DOCTYPE html><html></html>", "an HTML page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "an XML document"),
        (b"\x00\x01\x02\x03", "a binary file"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "protected by a password"),
        (
            bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "a workbook protected by a password",
        ),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "Workbook".encode("utf-16-le"), "an old .xls workbook"),
    ],
)
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "renamed.xlsx"
    path.write_bytes(content)
    assert kind in refused(path)


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ("word/document.xml", "a Word document"),
        ("xl/workbook.bin", "a binary workbook"),
        ("mimetype", "an OpenDocument file"),
        ("readme.txt", "a zip archive without a workbook"),
    ],
)
def test_an_archive_of_another_kind_is_named(tmp_path: Path, member: str, kind: str) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "<x/>")
    assert kind in refused(path)


@pytest.mark.parametrize("share", [0.9, 0.5, 0.01])
def test_a_truncated_workbook(book: Path, share: float) -> None:
    content = book.read_bytes()
    book.write_bytes(content[: max(10, int(len(content) * share))])
    assert "truncated or damaged" in refused(book)


def test_a_workbook_with_octets_changed_inside(book: Path) -> None:
    content = bytearray(book.read_bytes())
    for offset in range(60, 600, 7):
        content[offset] ^= 0x5A
    book.write_bytes(bytes(content))
    assert "damaged" in refused(book)


def changed(book: Path, path: Path, part: str, replacement: bytes | None) -> Path:
    """A copy of a workbook with one part replaced, or left out."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(path, "w") as target:
        for info in source.infolist():
            content = replacement if info.filename == part else source.read(info)
            if content is not None:
                target.writestr(info.filename, content)
    return path


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("replacement", [None, b"<broken"])
def test_a_workbook_with_a_part_missing_or_broken(
    book: Path, tmp_path: Path, part: str, replacement: bytes | None
) -> None:
    assert refused(changed(book, tmp_path / "changed.xlsx", part, replacement))


def test_a_cell_whose_text_is_not_there(book: Path, tmp_path: Path) -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="s"><v>5</v></c></row></sheetData></worksheet>'
    )
    assert "damaged" in refused(changed(book, tmp_path / "changed.xlsx", "xl/worksheets/sheet1.xml", sheet))


def test_a_part_that_declares_entities(book: Path, tmp_path: Path) -> None:
    path = changed(book, tmp_path / "entities.xlsx", "xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook/>')
    assert "declares a document type or entities" in refused(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (containers.RATIO_FROM * 2))
    assert path.stat().st_size < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    assert "times the octets in an unpacked workbook or document of more than 8 MB; at most 150" in refused(path)
    with by_limits({"unpacked": containers.RATIO_FROM}):
        assert (
            "octets in an unpacked workbook or document; at most 8,000,000 are read (--limits unpacked=17M"
            in refused(path)
        )


def test_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "parts.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(PARTS.value + 1):
            archive.writestr(f"xl/{number}.xml", "")
    assert "2,001 parts in a workbook or document; at most 2,000" in refused(path)


def test_encrypted_parts(book: Path) -> None:
    content = bytearray(book.read_bytes())
    entry = content.rfind(b"PK\x01\x02")
    while entry >= 0:
        content[entry + 8] |= 1
        entry = content.rfind(b"PK\x01\x02", 0, entry)
    book.write_bytes(bytes(content))
    assert "parts are encrypted" in refused(book)


def test_cells_far_out(tmp_path: Path) -> None:
    for address, part in (("AAA1", "703 columns in a sheet"), ("A300000", "at most 200,000")):
        workbook = openpyxl.Workbook()
        assert workbook.active is not None
        workbook.active[address] = 1
        path = tmp_path / "far.xlsx"
        workbook.save(path)
        assert part in refused(path)


def test_a_merged_range_over_the_whole_sheet_costs_nothing(book: Path, tmp_path: Path) -> None:
    path = changed(book, tmp_path / "merged.xlsx", "xl/worksheets/sheet1.xml", made_sheet("A1:ZZ1048576"))
    assert [[cell.value for cell in row.cells] for row in read_workbook(path)["Settings"].rows] == [[1, 1], [1, 1]]


def test_too_many_merged_cells(book: Path, tmp_path: Path) -> None:
    path = changed(book, tmp_path / "merged.xlsx", "xl/worksheets/sheet1.xml", made_sheet("A1:B2"))
    with by_limits({"merged": 3}):
        assert "4 merged cells in a sheet; at most 3" in refused(path)


def made_sheet(merged: str) -> bytes:
    """A sheet of two rows with 1 and 2, 3 and 4, and a merged range."""
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{2 * row - 1}</v></c><c r="B{row}"><v>{2 * row}</v></c></row>'
        for row in (1, 2)
    )
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f'<sheetData>{rows}</sheetData><mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells></worksheet>'
    ).encode()


@pytest.mark.parametrize("name", ["book", "book.json", "book.xsd"])
def test_the_name_of_a_workbook_does_not_matter(book: Path, name: str) -> None:
    renamed = book.rename(book.with_name(name))
    assert sheet_names(renamed)[0] == "Settings"
    assert "Settings" in read_workbook(renamed)


def test_no_words_of_the_programming_language_in_messages() -> None:
    for message in ("'NoneType' object is not iterable", "invalid literal for int() with base 10: 'x'", ""):
        assert _reason(ValueError(message)) == "its parts do not fit together"
    with pytest.raises(ValueError, match="digits") as caught:
        int("9" * 5000)
    assert _reason(caught.value) == "a number with too many digits"
    assert _reason(KeyError("no part xl/styles.xml")) == "'no part xl/styles.xml'"


def test_what_is_hidden_is_known(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("Hidden")
    for row in range(6):
        sheet.append([row, row, row, row])
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions.group("B", "C", hidden=True)
    sheet.sheet_state = "veryHidden"
    workbook.save(tmp_path / "a.xlsx")
    sheets = read_workbook(tmp_path / "a.xlsx")
    assert sheets["Sheet"].hidden == Hidden()
    assert sheets["Hidden"].hidden == Hidden(sheet=True, rows=frozenset({3, 4}), columns=frozenset({1, 2}))


def test_a_workbook_saved_as_strict_is_read(book: Path, tmp_path: Path) -> None:
    strict = tmp_path / "strict.xlsx"
    names = re.compile(rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/")
    with zipfile.ZipFile(book) as parts, zipfile.ZipFile(strict, "w") as copy:
        for name in parts.namelist():
            copy.writestr(name, names.sub(rb"http://purl.oclc.org/ooxml/\1/", parts.read(name)))
    assert sheet_names(strict) == sheet_names(book)
    assert read_workbook(strict) == read_workbook(book)
