"""The real tables as Word documents, in every layout: statement by statement what the workbooks say."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from once import once
from word_documents import LAYOUTS, Rows, heading, paragraph, python_docx, run, write

from gbcscheck.extract.sources import read_source
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.facts.extract_file import ExtractRow, Reading

WORKBOOK = Path(__file__).parents[3] / "specs" / "gbcs" / "3.2" / "table-28d.xlsx"
MORE: Rows = (
    ("4", "RandomisedOffsetLimit", "", "600 s", "synthetic", "at least 1 – 12 \u2265 0"),
    ("5", "UncontrolledFlowRate", "", "≥ 5 and ≤ 1799", "synthetic", ""),
    ("6", "SuspendDebtEmergency", "", "1-12", "synthetic", "a\nb"),
    ("7", "RMSVoltageSagThreshold", "", "207 V", "synthetic", ""),
)
"""Rows beside those of the workbook, with signs and breaks in them."""


def rows_of_workbook() -> list[list[str]]:
    """The rows of the table that ships, from its titles on, and some more."""
    sheet = read_workbook(WORKBOOK)["Table 28d"]
    titles = next(row.number for row in sheet.rows if row.at(1).text == "Data item")
    rows = [[row.at(column).text for column in range(6)] for row in sheet.rows if row.number >= titles]
    return [*rows, *(list(row) for row in MORE)]


def said(reading: Reading) -> list[tuple[object, ...]]:
    """What a reading states, without the places."""
    return [_without_place(row) for row in reading.extract.rows]


def _without_place(row: ExtractRow) -> tuple[object, ...]:
    return (row.subject, row.attribute, row.domain, row.value, row.text, row.provenance)


def document(path: Path, layout: str, rows: Rows, *, strict: bool = False) -> Path:
    front = paragraph(run("GB Companion Specification")) + paragraph(run("Version 3.2")) + heading("7.2 Defaults")
    return write(path, front + LAYOUTS[layout](rows), strict=strict)


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    return rows_of_workbook()


@pytest.fixture(scope="module")
def expected(rows: Sequence[Sequence[str]], tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    """What the same rows say as a workbook."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Table 28d"
    sheet.append(["GBCS 3.2 Table 28d"])
    for row in rows:
        sheet.append([text or None for text in row])
    path = tmp_path_factory.mktemp("book") / "table.xlsx"
    book.save(path)
    reading = read_source(path)
    assert isinstance(reading, Reading)
    found = said(reading)
    assert len(found) >= 6
    return found


def read(path: Path) -> Reading:
    found = read_source(path)
    assert isinstance(found, Reading)
    return found


@pytest.mark.parametrize(
    ("layout", "strict"),
    [*((name, False) for name in LAYOUTS), ("tracked", True), ("spanned", True), ("symbols", True)],
)
def test_every_statement_is_that_of_the_workbook(
    layout: str, strict: bool, rows: Rows, expected: list[tuple[object, ...]], tmp_path: Path
) -> None:
    reading = read(document(tmp_path / "draft.docx", layout, rows, strict=strict))
    assert said(reading) == expected
    assert str(reading.extract.specification) == "GBCS 3.2 Table 28d"
    assert all(row.clause.startswith('Table 28d (under "7.2 Defaults")') for row in reading.extract.rows)
    assert {row.source.partition("!")[0] for row in reading.extract.rows} == {"Table 28d"}
    text = str(reading)
    assert "Nonymous" not in text
    assert "2020-01-01" not in text


@pytest.mark.parametrize("across", [False, True], ids=["upright", "across"])
def test_documents_of_python_docx(across: bool, rows: Rows, expected: list[tuple[object, ...]], tmp_path: Path) -> None:
    assert said(read(python_docx(tmp_path / "draft.docx", rows, across=across))) == expected


@pytest.mark.parametrize(
    ("layout", "sources"),
    [
        ("plain", ["D2", "D3", "D4"]),
        ("spanned", ["D2", "D3", "D4"]),
        ("tracked", ["D2", "D4", "D5"]),  # row 3 is deleted, and stands in the document all the same
        ("repeated", ["D2", "D3", "D4"]),
        ("split", ["D2", "D3", "D4"]),
    ],
)
def test_places_count_rows_and_columns_as_people_see_them(
    layout: str, sources: list[str], rows: Rows, tmp_path: Path
) -> None:
    found = read(document(tmp_path / "draft.docx", layout, rows)).extract.rows
    assert [row.source.split("!")[1] for row in found][:3] == sources


def test_the_original_of_a_tracked_table_is_another_one(rows: Rows, tmp_path: Path) -> None:
    from gbcscheck.extract.word.sheets import read_sheets

    (sheet,) = read_sheets(document(tmp_path / "draft.docx", "tracked", rows), "original")
    assert [cell.text for cell in sheet.rows[1].cells] == ["9"] * 6
    assert [row.number for row in sheet.rows] == [1, 2, 3, 4, *range(6, len(rows) + 2)]
    assert sheet.rows[2].cells[0].text == "gone"


# --- saved once more by LibreOffice ----------------------------------------------------------------------------------

KEPT = [name for name in LAYOUTS if name != "fields"]
"""LibreOffice works fields out anew, and those of the tests refer to nothing."""


@pytest.fixture(scope="module")
def saved_again(rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every layout as LibreOffice writes it after reading it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice: apt-get install libreoffice-writer-nogui")
    return once(tmp_path_factory, "word-layouts", lambda: _converted(office, rows, tmp_path_factory.mktemp("again")))


def _converted(office: str, rows: Rows, folder: Path) -> dict[str, bytes]:
    paths = [document(folder / f"{layout}.docx", layout, rows) for layout in KEPT]
    paths.append(python_docx(folder / "python_docx.docx", rows, across=True))
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    done = subprocess.run(
        [*command, "docx:Office Open XML Text", "--outdir", str(folder / "out"), *map(str, paths)],
        capture_output=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return {path.stem: (folder / "out" / path.name).read_bytes() for path in paths}


@pytest.mark.slow
def test_documents_that_libreoffice_saved_say_the_same(
    saved_again: dict[str, bytes], expected: list[tuple[object, ...]], tmp_path: Path
) -> None:
    assert len(saved_again) == len(KEPT) + 1
    different = {}
    for name, content in saved_again.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(content)
        found = said(read(path))
        if found != expected:
            different[name] = [(one, other) for one, other in zip(found, expected, strict=False) if one != other]
    assert different == {}
