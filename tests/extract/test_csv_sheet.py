"""CSV files as sheets: encodings, delimiters, quotes, and what is no CSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.csv_sheet import read_csv
from gbcscheck.extract.sheets import Sheet

TEXT = 'Data item,Default\r\n"Threshold, upper",253\r\n"two\r\nlines",4.10\r\n'


def read(tmp_path: Path, content: bytes) -> Sheet:
    path = tmp_path / "table-28d.csv"
    path.write_bytes(content)
    return read_csv(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    sheet = read(tmp_path, TEXT.encode(encoding))
    assert sheet.name == "table-28d"
    assert sheet.note == ""
    assert [cell.value for cell in sheet.rows[0].cells] == ["Data item", "Default"]


def test_cells_have_the_addresses_of_a_spreadsheet(tmp_path: Path) -> None:
    sheet = read(tmp_path, TEXT.encode())
    assert [row.number for row in sheet.rows] == [1, 2, 3]
    assert sheet.place(sheet.rows[2].at(1)) == "table-28d!B3"
    assert sheet.rows[2].at(1).value == "4.10"
    assert sheet.rows[2].at(0).text == "two\nlines"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    lines = [["Data item", "Default", "Notes"], ["A", "1", "one, two"], ["B", "2", "three; four, five"]]
    text = "\n".join(delimiter.join(f'"{field}"' if delimiter in field else field for field in line) for line in lines)
    sheet = read(tmp_path, text.encode())
    assert [[cell.value for cell in row.cells] for row in sheet.rows] == lines


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2\n1,5;3\n", ";"),
        ("Title, with a comma\na;b\n1,5;2\n1,5;3\n", ";"),
        ("a,b\n1; 2,x\n3; 4,y\n", ","),
        ("a,b\n" + "1,2\n" * 60 + "words; more words; and more\n", ","),
        ("a\tb\n1,5\t2,5\n1,5\t3,5\n", "\t"),
        ("sep=,\na;b,c\n", ","),
        ("one\ntwo\n", ","),
        ("a,b\n1,2\n\nc,d,e\n3,4,5\n", ","),
    ],
)
def test_the_sign_between_fields_is_told_by_the_whole_file(tmp_path: Path, text: str, delimiter: str) -> None:
    assert read(tmp_path, text.encode()).delimiter == delimiter


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Item,Default\nPrice,£5\n".encode("cp1252"))
    assert sheet.rows[1].at(1).value == "£5"
    assert "Windows-1252" in sheet.note


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"a,b\n\x81,\x8d\n", "neither UTF-8"),
        (b"PK\x03\x04\x00\x00\x00\x00", "a CSV text file was expected"),
        (b"\xff\xfe\x00", "not valid UTF-16"),
        (b'a,b\n"open,1\n', "not valid CSV"),
        (b'a,b\n1,2\n"two\nlines",2\n"open,1\nc,3\n', r"csv:5: not valid CSV: a quote that opens in the row"),
        (b'a,b\n"x"y,1\n', "csv:2: not valid CSV: a closing quote is followed by more text"),
        (b"a,b\n1,\0\0\0\n", "csv:2: the octet 6 is 0x00, which no text holds"),
        (b"a,b\n" + b"1,2\n" * 2000 + b"\0", "csv:2002: the octet 8004 is 0x00"),
        (b"%PDF-1.7\n\0", "a PDF document; a CSV text file was expected"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "not valid CSV"),
        (b"a,b\n1,2\n<<<<<<< HEAD\n", "csv:3: the mark of a merge that is not finished"),
        (b"a,b\r\n>>>>>>> branch\r\n", "csv:2: the mark of a merge that is not finished"),
    ],
)
def test_what_is_no_csv(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(UnreadableSource, match=message):
        read(tmp_path, content)


def test_a_workbook_is_called_one(tmp_path: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    with pytest.raises(UnreadableSource, match=r"an \.xlsx workbook; a CSV text file was expected"):
        read(tmp_path, (tmp_path / "book.xlsx").read_bytes())
