"""What a hostile or unlucky user may do, as acceptance tests of the command. Every file that is written to lives in
``tmp_path``; nothing here names a file of the project or of the corpus as an output."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from in_process import command
from small_release import write

SPECS = Path(__file__).resolve().parents[1] / "specs"
TABLE = SPECS / "gbcs" / "3.2" / "table-28d.xlsx"


def run(*args: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return command(*map(str, args), cwd=cwd, env={**os.environ, **environment})


def refused(done: subprocess.CompletedProcess[str]) -> None:
    """Exit 2, something said, and no traceback."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert "error: " in done.stderr
    assert "Traceback" not in done.stderr


def extract_of(*statements: dict[str, str], **header: str) -> str:
    head = {"specification": "GBCS", "version": "9", "provenance": "synthetic", **header}
    return json.dumps({**head, "statements": list(statements)})


def digest(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A private copy of what ships."""
    return Path(shutil.copytree(SPECS, tmp_path / "mine"))


def test_no_file_of_a_repository_is_written(tmp_path: Path) -> None:
    repository = write(tmp_path / "mine")
    before = digest(repository)
    for name in ("releases.toml", "crosswalk/lists.json", "gbcs/4.0/table-28d.json"):
        refused(run("check", repository, "-o", repository / name, cwd=tmp_path))
    assert digest(repository) == before


def test_an_imported_schema_is_not_written(tmp_path: Path) -> None:
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    (tmp_path / "a.xsd").write_text(f'{head}<xs:include schemaLocation="b.xsd"/></xs:schema>')
    (tmp_path / "b.xsd").write_text(f'{head}<xs:element name="A" type="xs:int"/></xs:schema>')
    before = digest(tmp_path)
    refused(run("extract", "xsd", "a.xsd", "-o", "b.xsd", cwd=tmp_path))
    assert digest(tmp_path) == before


def test_a_mapping_is_not_written(tmp_path: Path) -> None:
    shutil.copy(TABLE, tmp_path / "t.xlsx")
    shutil.copy(SPECS / "mappings" / "table-28d.json", tmp_path / "m.json")
    before = digest(tmp_path)
    refused(run("extract", "table", "t.xlsx", "--mapping", "m.json", "-o", "m.json", cwd=tmp_path))
    assert digest(tmp_path) == before


@pytest.mark.parametrize("reader", ["use-cases", "table"])
@pytest.mark.parametrize("name", ["book.json", "book"])
def test_a_workbook_under_another_name_is_no_fault_of_the_program(tmp_path: Path, reader: str, name: str) -> None:
    shutil.copy(TABLE, tmp_path / name)
    done = run("extract", reader, name, cwd=tmp_path)
    assert "Traceback" not in done.stderr


def test_a_lone_surrogate_is_no_fault_of_the_program(tmp_path: Path) -> None:
    one, two = ({"subject": "\ud800", "attribute": "permitted", "domain": str(n)} for n in (1, 2))
    (tmp_path / "a.json").write_text(extract_of(one, two))
    assert "Traceback" not in run("check", "a.json", cwd=tmp_path).stderr


def test_nothing_to_judge_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(extract_of())
    done = run("check", "a.json", cwd=tmp_path)
    assert done.stdout + done.stderr
    assert done.returncode == 2


def test_findings_do_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    names = [
        SPECS / name
        for name in (
            "gbcs/4.0/use-cases.json",
            "dcc/use-case-list.json",
            "duis/service-requests.json",
            "duis/5.4/schema.json",
            "mmc/5.4/schema.json",
        )
    ]
    prints = [
        sorted(finding["fingerprint"] for finding in json.loads(done.stdout)["findings"])
        for order in (names, names[::-1])
        for done in [run("check", *order, "--format", "json", cwd=tmp_path)]
    ]
    assert prints[0] == prints[1]


@pytest.mark.usefixtures("small_release")
def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    shutil.copy(TABLE, tmp_path / "t.xlsx")
    once, twice = (
        json.loads(run("check", *paths, "--format", "json", cwd=tmp_path).stdout)["summary"]["statements"]
        for paths in (["t.xlsx"], ["t.xlsx", "./t.xlsx", "."])
    )
    assert once == twice


@pytest.mark.parametrize("delay", [0.3, 0.6])
def test_interrupted_is_one_line(repository: Path, tmp_path: Path, delay: float) -> None:
    for extract in repository.rglob("*.json"):  # changed, so that all have to be validated: takes its time
        with extract.open("a") as stream:
            stream.write("\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "gbcscheck", "check", str(repository)],
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(delay)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, "interrupted\n")


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m gbcscheck check --format json | head -1'
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("{\n", "")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is printed of what ships in the environment of the tests."""
    return run("check", "--format", "json", cwd=tmp_path_factory.mktemp("plain"), PYTHONHASHSEED="0").stdout


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LANG": "tr_TR.UTF-8"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TERM": "dumb"},
        {"NO_COLOR": "1"},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "5"},
        {"COLUMNS": "30"},
    ],
)
def test_json_is_the_same_everywhere(tmp_path: Path, plain: str, environment: dict[str, str]) -> None:
    assert run("check", "--format", "json", cwd=tmp_path, **environment).stdout == plain


def test_a_lost_column_is_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "DLMS"
    sheet.append(
        [
            "use case",
            "mapping table row #",
            "ref.",
            "name",
            "class",
            "OBIS code",
            "attribute or method?",
            "attribute/method no.",
            "attribute/method name",
            "DLMS COSEM data types",
            "constants",
        ]
    )
    sheet.append(["ECS37", "1", "x", "Thing: value", "1", "0-0:94.44.0.1", "A", "2", "value", "boolean", "||0x01"])
    book.save(tmp_path / "b.xlsx")
    done = run("extract", "use-cases", "b.xlsx", cwd=tmp_path)
    assert "constant value" in done.stderr


def test_an_item_that_a_use_case_knows_is_not_called_unknown(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Data item,Default\nLoadLimitPowerThreshold,1\n")
    done = run("check", "t.csv", "--release", "current", "--select", "X103", "--quiet", cwd=tmp_path)
    assert "no use case knows" not in done.stdout


def test_a_header_merged_over_two_columns_drops_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Data item", None, "Default"])
    sheet.merge_cells("A1:B1")
    sheet.append(["Voltage", "RMSVoltageSagThreshold", 207])
    sheet.append([None, "RMSVoltageSwellThreshold", 253])
    sheet.merge_cells("A2:A3")
    book.save(tmp_path / "t.xlsx")
    done = run("extract", "table", "t.xlsx", cwd=tmp_path)
    assert "RMSVoltageSagThreshold" in done.stdout + done.stderr


def test_a_table_is_a_subject(tmp_path: Path) -> None:
    assert run("show", "Table 28d", cwd=tmp_path).returncode == 0


@pytest.mark.usefixtures("small_release")
@pytest.mark.parametrize("texts", [("permitted", "1..5", "constant", "9"), ("default", "1", "default", "2")])
def test_statements_that_cannot_both_hold_are_found(tmp_path: Path, texts: tuple[str, str, str, str]) -> None:
    first, one, second, other = texts
    (tmp_path / "a.json").write_text(extract_of({"subject": "A", "attribute": first, "domain": one}))
    (tmp_path / "b.json").write_text(
        extract_of({"subject": "A", "attribute": second, "domain": other}, specification="SMETS2")
    )
    assert run("check", "a.json", "b.json", "--fail-on", "note", cwd=tmp_path).returncode == 1


@pytest.mark.usefixtures("small_release")
def test_an_unreadable_file_does_not_stop_the_others(tmp_path: Path) -> None:
    shutil.copy(TABLE, tmp_path / "good.xlsx")
    (tmp_path / "bad.json").symlink_to("/proc/self/mem")
    done = run("check", "bad.json", "good.xlsx", cwd=tmp_path)
    refused(done)
    assert "bad.json" in done.stderr
    assert "3 statements" in done.stdout
