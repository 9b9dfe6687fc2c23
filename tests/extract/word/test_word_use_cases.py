"""The published use case tables as Word documents: the statements of the workbooks, each.

``python tests/extract/word/test_word_use_cases.py`` holds all of both workbooks; here are rows of them by a seed.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from word_documents import LAYOUTS, caption, heading, paragraph, plain_table, run, write

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.cell_text import written_text
from gbcscheck.extract.sheets import find_header, text_of
from gbcscheck.extract.sources import read_source
from gbcscheck.extract.use_cases import SHEETS, read_use_cases
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.facts.extract_file import ExtractRow, Reading

ROOT = Path(__file__).parents[3]
CORPUS = Path(os.environ.get("GBCSCHECK_CORPUS") or ROOT.parent / "shared" / "corpus") / "gbcs"
BOOKS = ("use-cases-3.1.xlsx", "use-cases-4.0.xlsx")
ROWS, LOOKED_AT = 12, 120
"""Rows of each table that the suite tries, and those at its top of which they are taken."""
Tables = Mapping[str, Sequence[Sequence[str]]]


def tables_of(book: Path, *, rows: int | None = None, seed: int = 0) -> dict[str, list[list[str]]]:
    """The texts of the five tables from their titles on, of all rows or of some by a seed."""
    if rows is not None:
        return _some_rows(book, rows, seed)
    found = {}
    for name, sheet in read_workbook(book, SHEETS).items():
        header = find_header(sheet, SHEETS[name], SHEETS[name], where=str(book)).row.number
        width = max(len(row.cells) for row in sheet.rows)
        lines = [[row.at(place).text for place in range(width)] for row in sheet.rows if row.number >= header]
        found[name] = lines
    return found


def _some_rows(book: Path, rows: int, seed: int) -> dict[str, list[list[str]]]:
    """Some of the first rows of each table, without reading the others."""
    import openpyxl

    opened = openpyxl.load_workbook(book, read_only=True)
    found = {}
    for name, required in SHEETS.items():
        values = opened[name].iter_rows(max_row=LOOKED_AT, values_only=True)
        lines = [["" if value is None else text_of(written_text(str(value))) for value in line] for line in values]
        header = next(place for place, line in enumerate(lines) if required[0] in line)
        found[name] = [lines[header], *random.Random(seed).sample(lines[header + 1 :], rows)]
    opened.close()
    return found


def as_workbook(path: Path, tables: Tables) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in tables.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append([text or None for text in line])
    book.save(path)
    return path


def as_document(path: Path, tables: Tables, *, named: str = "heading") -> Path:
    """The tables one after the other, each named by a heading, by a caption, or by nothing but its titles."""
    body = paragraph(run("Use case tables"))
    for number, (name, lines) in enumerate(tables.items(), start=1):
        label = {"heading": heading(name), "caption": caption(f"Table {number}: {name}"), "nothing": paragraph()}
        body += label[named] + plain_table(lines)
    return write(path, body)


def said(reading: Reading, names: Mapping[str, str]) -> list[ExtractRow]:
    """What a reading states, with the names of its tables as the workbook has them."""
    return [_named(row, names) for row in reading.extract.rows]


def _named(row: ExtractRow, names: Mapping[str, str]) -> ExtractRow:
    table, _, cell = row.source.rpartition("!")
    return row._replace(source=f"{names.get(table, table)}!{cell}")


def names_of(tables: Tables, named: str) -> dict[str, str]:
    ordinals = ("1st", "2nd", "3rd", "4th", "5th")
    called = (f"Table {number}" if named == "caption" else f"{ordinals[number - 1]} table" for number in range(1, 6))
    return dict(zip(called, tables, strict=True))


@pytest.fixture(scope="module")
def tables() -> Tables:
    if not CORPUS.is_dir():
        pytest.skip(f"no corpus at {CORPUS}")
    return tables_of(CORPUS / BOOKS[1], rows=ROWS, seed=14)


@pytest.mark.parametrize("named", ["heading", "caption", "nothing"])
def test_every_statement_is_that_of_the_workbook(named: str, tables: Tables, tmp_path: Path) -> None:
    book = read_use_cases(as_workbook(tmp_path / "use-cases-4.0.xlsx", tables))
    found = read_source(as_document(tmp_path / "use-cases-4.0.docx", tables, named=named))
    assert isinstance(found, Reading)
    assert said(found, names_of(tables, named)) == list(book.extract.rows)
    assert found.extract.specification == book.extract.specification
    assert found.counts == book.counts
    assert len(found.unread) == len(book.unread)


def test_tables_of_one_kind_are_read_one_after_the_other(tables: Tables, tmp_path: Path) -> None:
    lines = tables["DLMS"]
    first, second = [lines[0], *lines[1:10]], [lines[0], *lines[10:]]
    body = heading("DLMS") + plain_table(first) + heading("Other") + plain_table(second)
    found = read_use_cases(write(tmp_path / "use-cases-4.0.docx", body))
    book = read_use_cases(as_workbook(tmp_path / "use-cases-4.0.xlsx", {"DLMS": lines}))
    whole = [row._replace(source="") for row in found.extract.rows]
    assert whole == [row._replace(source="") for row in book.extract.rows]


def test_layouts_change_nothing(tables: Tables, tmp_path: Path) -> None:
    lines = tables["ZCL"]
    expected = read_use_cases(as_workbook(tmp_path / "use-cases-4.0.xlsx", {"ZCL": lines})).extract.rows
    for name in ("in_controls", "tracked", "split", "repeated", "nested"):
        found = read_use_cases(write(tmp_path / "use-cases-4.0.docx", heading("ZCL") + LAYOUTS[name](lines)))
        assert [row._replace(source="") for row in found.extract.rows] == [
            one._replace(source="") for one in expected
        ], name


def test_a_document_without_use_case_tables_says_what_it_has(tmp_path: Path) -> None:
    path = write(tmp_path / "draft.docx", caption("Table 1: One") + plain_table([["a", "b"], ["1", "2"]]))
    with pytest.raises(UnreadableSource, match="none of its tables is a use case table") as error:
        read_use_cases(path)
    assert "found     Table 1" in error.value.detail


def main() -> int:
    """Both workbooks, whole."""
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        for book in BOOKS:
            whole = tables_of(CORPUS / book)
            from_book = read_use_cases(as_workbook(Path(folder) / book, whole)).extract.rows
            path = as_document((Path(folder) / book).with_suffix(".docx"), whole)
            found = said(read_use_cases(path), names_of(whole, "heading"))
            differing = sum(one != other for one, other in zip(found, from_book, strict=False))
            differing += abs(len(found) - len(from_book))
            print(f"{book}: {len(from_book):,} statements, {differing:,} different")
            different += differing
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
