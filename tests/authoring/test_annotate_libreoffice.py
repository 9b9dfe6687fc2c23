"""The marked copy in LibreOffice: it opens, shows the fills, comments and links, and prints."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from marked_books import SHEET, finding_in, report_of, write_book

from gbcscheck.authoring.workbook.marking import annotate

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
LINK = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a marked copy, and what LibreOffice makes of it: a document, a workbook, pages."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice: apt-get install libreoffice-calc-nogui")
    folder = tmp_path_factory.mktemp("marked")
    book = write_book(folder / "draft.xlsx")
    findings = (finding_in(book, "B3", "B4"), finding_in(book, "B5", severity="warning"), finding_in(book))
    (folder / "copy.xlsx").write_bytes(annotate(book, report_of(*findings)).content)
    for form in ("ods", "pdf", "xlsx:Calc MS Excel 2007 XML"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(folder / "out")]
        done = subprocess.run([*command, str(folder / "copy.xlsx")], capture_output=True, check=False, timeout=240)
        assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.mark.slow
def test_comments_and_links_are_understood(folder: Path) -> None:
    with zipfile.ZipFile(folder / "copy.ods") as archive:
        root = etree.fromstring(archive.read("content.xml"))
    notes = [
        "\n".join("".join(p.itertext()) for p in note.iter(f"{TEXT}p")) for note in root.iter(f"{OFFICE}annotation")
    ]
    assert len(notes) == 4
    assert sum("error V101: default contradicts the constant" in note for note in notes) == 2
    assert any(note.startswith("Agreed on 3 May") and "error V101" in note for note in notes)
    links = [str(one.get(LINK)) for one in root.iter(f"{TEXT}a") if str(one.get(LINK)).startswith("#")]
    assert sorted(links) == ["#'Bob''s table'.B3", "#'Bob''s table'.B4", "#'Bob''s table'.B5"]


@pytest.mark.slow
def test_fills_values_and_sheets_come_through(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "copy.xlsx", data_only=True)
    assert book.sheetnames == [SHEET, "Other", "gbcscheck"]
    sheet = book[SHEET]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("B3", "B4", "B5")] == ["FFF6C9C4", "FFF6C9C4", "FFFCE6AE"]
    assert sheet["D3"].value == 6
    assert sheet["B3"].font.b
    assert len(sheet._charts) == 1
    assert book["gbcscheck"]["C4"].hyperlink is not None


@pytest.mark.slow
def test_it_prints(folder: Path) -> None:
    content = (folder / "copy.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert len(content) > 10_000
