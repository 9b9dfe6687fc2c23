"""Tables in the shapes that people draw them in: the right statements or the exact reason, and nothing nobody wrote."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from random_tables import random_layout
from shares import portion, share
from zoo_shapes import PLAIN, READ, SHAPES, Shape, book, main, outcome

from gbcscheck.extract.sources import read_sources
from gbcscheck.extract.table import read_tables
from gbcscheck.facts.extract_file import Reading

HIDDEN = next(shape for shape in SHAPES if shape.name == "hidden rows and columns")
TITLES = next(shape for shape in SHAPES if shape.name == "titles of two rows, merged")
HIDDEN_SHEET = next(shape for shape in SHAPES if shape.name == "a hidden sheet first")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_shape(shape: Shape, tmp_path: Path) -> None:
    assert outcome(shape, tmp_path).wrong == ()


def test_there_are_thirty_shapes_at_least_and_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert len({shape.name for shape in SHAPES}) == len(SHAPES) >= 30
    assert main(tuple(share(SHAPES))) == 0  # each of them is tried above
    assert capsys.readouterr().out.endswith(" 0 wrong\n")


@pytest.mark.parametrize(
    "shape", [shape for shape in SHAPES if not shape.refused and shape.mapping is None], ids=lambda shape: shape.name
)
def test_every_text_that_is_stated_stands_in_its_cell(shape: Shape, tmp_path: Path) -> None:
    path = shape.make(tmp_path)
    if path.suffix == ".csv":
        return
    workbook = openpyxl.load_workbook(path)
    for row in (row for one in _readings(path, shape) for row in one.extract.rows):
        sheet, cell = row.source.split("!")
        written = str(workbook[sheet][cell].value if workbook[sheet][cell].value is not None else "")
        whole = row.text if row.text is not None else str(row.value)
        assert whole.split(" to ")[0].removeprefix("at most ").removeprefix("at least ") in written


def _readings(path: Path, shape: Shape) -> list[Reading]:
    first = read_tables(path, choice=shape.choice)
    return [first, *first.also]


# --- laid out at random ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tens", range(portion(12, least=3)))
def test_tables_laid_out_at_random_say_all_of_what_they_say_and_nothing_else(tmp_path: Path, tens: int) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        layout = random_layout(seed)
        assert _said(layout.as_workbook(tmp_path / "t.xlsx")) == layout.says, seed
        assert _said(layout.as_csv(tmp_path / "t.csv")) == layout.says, seed


def _said(path: Path) -> dict[str, tuple[str, str, str]]:
    first = read_tables(path)
    return {
        row.source.split("!")[1]: (row.subject, row.attribute, str(row.domain or row.value or row.text))
        for one in (first, *first.also)
        for row in one.extract.rows
        if row.attribute != "blank"
    }


# --- what LibreOffice writes -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some shapes as LibreOffice saves them: as workbooks of its own kind and others, and as CSV."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("no LibreOffice: apt-get install libreoffice-calc-nogui")
    folder = tmp_path_factory.mktemp("office")
    *_, plain = books = [
        replace_name(shape.make(folder), name)
        for shape, name in (
            (HIDDEN, "hidden"),
            (TITLES, "titles"),
            (HIDDEN_SHEET, "hidden-sheet"),
            (SHAPES[0], "plain"),
        )
    ]
    forms = {"ods": [plain], "xls": [plain], "csv": [plain], "xlsx:Calc MS Excel 2007 XML": books}
    for form, some in forms.items():
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(folder / "out")]
        done = subprocess.run([*command, *map(str, some)], capture_output=True, check=False, timeout=240)
        assert done.returncode == 0, done.stderr
    return folder / "out"


def replace_name(path: Path, name: str) -> Path:
    return path.rename(path.with_name(name + path.suffix))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "name"), [(HIDDEN, "hidden"), (TITLES, "titles"), (HIDDEN_SHEET, "hidden-sheet"), (SHAPES[0], "plain")]
)
def test_workbooks_of_libreoffice(office: Path, tmp_path: Path, shape: Shape, name: str) -> None:
    found = outcome(replace(shape, make=lambda _folder: office / f"{name}.xlsx"), tmp_path)
    assert found.wrong == ()


@pytest.mark.slow
def test_csv_of_libreoffice(office: Path, tmp_path: Path) -> None:
    says = {place.replace("T!", "plain!"): said for place, said in READ.items()}
    found = outcome(replace(SHAPES[0], says=says, make=lambda _folder: office / "plain.csv"), tmp_path)
    assert found.wrong == ()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("plain.ods", "files of the kind .ods are not read: save it as .xlsx"),
        ("plain.xls", "files of the kind .xls are not read: save it as .xlsx"),
    ],
)
def test_other_kinds_are_refused_in_words(office: Path, name: str, told: str) -> None:
    (problem,) = read_sources([office / name]).problems
    assert told in str(problem)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "told"), [("plain.ods", "an OpenDocument file"), ("plain.xls", "an old .xls workbook")]
)
def test_a_file_is_known_by_what_it_holds(office: Path, tmp_path: Path, name: str, told: str) -> None:
    renamed = tmp_path / "draft.xlsx"
    renamed.write_bytes((office / name).read_bytes())
    (problem,) = read_sources([renamed]).problems
    assert told in str(problem)


# --- folders ---------------------------------------------------------------------------------------------------------


def test_files_of_a_folder_that_are_not_read_are_listed_with_what_to_do(tmp_path: Path) -> None:
    book(*PLAIN)(tmp_path)
    for name in ("a.odt", "b.rtf", "c.xls", "d.ods", "e.tsv", "~$draft.xlsx", ".~lock.draft.xlsx#", "notes.md"):
        (tmp_path / name).write_text("x")
    found = read_sources([tmp_path])
    assert not found.problems
    assert [extract.specification.name for extract in found.extracts] == ["draft"]
    assert [f"{one.place}: {one.reason}" for one in found.not_read] == [
        f"{tmp_path / 'a.odt'}: files of the kind .odt are not read: save it as .docx",
        f"{tmp_path / 'b.rtf'}: files of the kind .rtf are not read: save it as .docx",
        f"{tmp_path / 'c.xls'}: files of the kind .xls are not read: save it as .xlsx",
        f"{tmp_path / 'd.ods'}: files of the kind .ods are not read: save it as .xlsx",
        f"{tmp_path / 'e.tsv'}: files of the kind .tsv are not read: save it as .csv",
    ]


def test_what_is_not_taken_of_a_file_is_told(tmp_path: Path) -> None:
    path = HIDDEN.make(tmp_path)
    (reading,) = read_sources([path]).readings
    assert [(one.place, one.reason) for one in reading.not_taken] == [
        ("T!3:3", "a hidden row: not read; --hidden reads it"),
        ("T!B:B", "a hidden column: not read; --hidden reads it"),
    ]


def test_a_file_of_rules_is_pointed_to_its_option(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[[rule]]\n")
    (problem,) = read_sources([tmp_path / "a.toml"]).problems
    assert "rules of your own go with --house-rules" in str(problem)
    assert not read_sources([tmp_path]).not_read, "in a folder it is none of the documents"
