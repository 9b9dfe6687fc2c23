"""Documents in many layouts, made into PDF by LibreOffice: no cell is read wrong, and nearly all are read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from measure import CORPUS, compared, make_pdfs, total
from once import once
from pdf_layouts import Contents, Put

from gbcscheck.extract.pdf import listed_tables, read_pdf, sheets
from gbcscheck.extract.pdf.reading import read_document
from gbcscheck.extract.sources import read_sources
from gbcscheck.extract.table_choice import TableChoice

LEFT_OUT = ("rotated", "below", "shaded", "continued")
"""Layouts of which others here have what is special in them; ``measure.py`` has them all."""
pytestmark = [
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
    pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[Put]]]:
    def make() -> tuple[Path, dict[str, list[Put]]]:
        folder = tmp_path_factory.mktemp("pdfs")
        contents = Contents(CORPUS, ("use-cases-4.0.xlsx",), rows=1000)
        return folder, make_pdfs(folder, contents, left_out=LEFT_OUT)

    return once(tmp_path_factory, "pdfs", make)


def test_no_cell_is_read_wrong_and_97_of_100_are_read(made: tuple[Path, dict[str, list[Put]]]) -> None:
    folder, put = made
    read = {name: read_document(folder / f"{name}.pdf") for name in put}
    counts = {name: compared(tables, read[name].tables, name) for name, tables in put.items()}
    everything = total(counts)
    assert everything.wrong == []
    assert len(counts) >= 8
    assert all(count.read >= 0.9 * count.cells for count in counts.values()), counts
    assert everything.read >= 0.97 * everything.cells
    assert everything.read + everything.unsure == everything.cells
    assert {name: found.not_read for name, found in read.items() if found.not_read} == {}, "no caption without a table"


def test_a_table_over_pages_is_one_with_the_pages_of_its_rows(made: tuple[Path, dict[str, list[Put]]]) -> None:
    first, second = read_pdf(made[0] / "repeated.pdf")
    assert first.pages[0] == 1 < first.pages[1]
    numbers = [row.number for row in first.rows]
    repeats = first.pages[1] - first.pages[0]
    assert numbers[0] == 1
    assert numbers[-1] == len(numbers) + repeats, "titles that are repeated count, and are not read again"
    assert [row.page for row in first.rows] == sorted(row.page for row in first.rows)
    assert (first.name, second.name) == ("Table 12", "Table 13")
    assert second.caption == "Table 13: Use cases"


def test_the_tables_of_a_pdf_are_listed(made: tuple[Path, dict[str, list[Put]]]) -> None:
    (found,) = listed_tables(made[0] / "struck.pdf").tables
    assert (found.name, found.rows, found.columns, found.pages) == ("Table 28d", 7, 6, (1, 1))
    assert found.titles[:2] == ("No.", "Data item")


def test_statements_of_a_pdf_say_page_table_row_and_column(made: tuple[Path, dict[str, list[Put]]]) -> None:
    (reading,) = read_sources([made[0] / "plain.pdf"]).readings
    first = next(iter(reading.extract.statements()))
    assert first.subject.endswith("exec_weekdays")
    assert str(first.place).endswith("plain.pdf · page 1, Table 28d, row 2, column 4")
    assert first.domain == "0b11111000"


def test_what_is_not_certain_is_unread_until_it_is_accepted(made: tuple[Path, dict[str, list[Put]]]) -> None:
    path = made[0] / "plain.pdf"
    (table,) = read_pdf(path)
    unsure = [cell for row in table.rows for cell in row.cells if cell.uncertain]
    assert unsure
    (sheet,) = sheets(path)
    problems = [cell.problem for row in sheet.rows for cell in row.cells if cell.problem]
    assert len(problems) == len(unsure)
    assert all(problem.startswith("uncertain: ") and "--accept-uncertain" in problem for problem in problems)
    (accepted,) = sheets(path, accept_uncertain=True)
    assert not any(cell.problem for row in accepted.rows for cell in row.cells)
    subjects = {row.subject for one in read_sources([path]).readings for row in one.extract.statements()}
    assert "Maximum Demand Configurable Time Period" not in subjects, "an element that is not certain leaves no item"
    assert TableChoice(accept_uncertain=True) != TableChoice()


def test_text_that_is_struck_out_is_no_value_and_is_told(made: tuple[Path, dict[str, list[Put]]]) -> None:
    (reading,) = read_sources([made[0] / "struck.pdf"]).readings
    told = [one.reason for one in reading.not_taken]
    assert any(reason.startswith("struck out, in a colour as in a redline: ") for reason in told)
    assert any("struck out: deleted" in one.reason for one in reading.unread)
    assert "0xFE" in {row.text or row.domain for row in reading.extract.statements()}


def test_use_case_tables_are_read_of_a_pdf_too(made: tuple[Path, dict[str, list[Put]]]) -> None:
    (reading,) = read_sources([made[0] / "landscape.pdf"]).readings
    assert reading.extract.specification.part == "use cases"
    assert len(list(reading.extract.statements())) > 20
