"""``gbcscheck fleet``: what it prints and writes, its exit codes, and what it says where it cannot do its work."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb
import pytest
from in_process import command
from pyarrow import parquet

from gbcscheck.fleet import needed

sys.path.append(str(Path(__file__).parents[1] / "fleet"))
from fleets import OFFSET, SAG, brief, write_csv, write_parquet


def reads(folder: Path, offset: int = 600) -> Path:
    return write_parquet(folder / "reads.parquet", [brief("a", offset), brief("b")])


def test_a_folder_comes_of_a_run_and_the_summary_is_printed(tmp_path: Path) -> None:
    before = reads(tmp_path, 70_000).read_bytes()
    done = command("fleet", "reads.parquet", "-o", "result", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "written: result\n")
    assert "error[D503] RandomisedOffsetLimit.value: 70000" in done.stdout
    assert done.stdout.endswith("1 of 2 devices holds a wrong value (50.0 %)\n")
    result = tmp_path / "result"
    assert sorted(one.name for one in result.iterdir()) == [
        *("report.html", "run.json", "summary.json", "violations.parquet"),
    ]
    assert json.loads((result / "summary.json").read_text("utf-8"))["summary"]["wrong"] == 1
    (row,) = parquet.read_table(result / "violations.parquet").to_pylist()
    assert (row["device"], row["item"], row["source"], row["row"]) == (
        *("a", "RandomisedOffsetLimit.value", "reads.parquet", 1),
    )
    assert (tmp_path / "reads.parquet").read_bytes() == before


def test_what_is_not_as_bad_as_asked_for_fails_no_run(tmp_path: Path) -> None:
    reads(tmp_path, 5000)
    done = command("fleet", "reads.parquet", "--format", "json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert [one["severity"] for one in json.loads(done.stdout)["rules"]] == ["warning"]
    assert command("fleet", "reads.parquet", "--fail-on", "warning", "-q", cwd=tmp_path).returncode == 1


def test_what_cannot_be_read_makes_the_exit_code_2_and_the_others_are_judged(tmp_path: Path) -> None:
    reads(tmp_path, 70_000)
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and no more")
    done = command("fleet", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "error[D503]" in done.stdout
    assert done.stderr.startswith("error: cut.parquet: no whole Parquet file: its end is missing")


def test_names_of_ones_own_are_mapped(tmp_path: Path) -> None:
    rows = [{"Zähler": "a", "Versatz": 70_000, "Bemerkung": "x", "Sag (V)": "207"}]
    write_csv(tmp_path / "reads.csv", rows)
    refused = command("fleet", "reads.csv", cwd=tmp_path)
    assert refused.returncode == 2
    assert "no column says the device (Device, Device ID" in refused.stderr
    mapping = {
        "attributes": {"x-device": "text"},
        "columns": {"Zähler": "x-device", "Bemerkung": "ignore"},
        "subjects": {"Versatz": OFFSET, "Sag": SAG},
    }
    (tmp_path / "names.json").write_text(json.dumps(mapping), encoding="utf-8")
    done = command("fleet", "reads.csv", "--mapping", "names.json", "--format", "json", cwd=tmp_path)
    document = json.loads(done.stdout)
    columns = {one["name"]: one for one in document["columns"]}
    assert columns["Versatz"]["item"] == "RandomisedOffsetLimit.value"
    assert (columns["Sag (V)"]["unit"], columns["Sag (V)"].get("fits")) == ("V", 1)
    assert columns["Bemerkung"]["reason"] == "the mapping says to leave it out"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "a file or a folder was expected; gbcscheck fleet --help tells more"),
        ([""], "an argument is empty; a folder or a file was expected"),
        (["gone.parquet"], "gone.parquet: no such file"),
        (["*.none"], "*.none: no file has a name like this"),
        (["reads.parquet", "--memory", "10M"], "--memory: a size of at least 256MiB was expected, as 512M or 1GiB"),
        (["reads.parquet", "--memory", "much"], '--memory: a size of at least 256MiB was expected, as 512M or 1GiB'),
        (["reads.parquet", "--release", "gone"], 'no release is called "gone"'),
        (["reads.parquet", "--mapping", "gone.json"], "gone.json: no such file"),
        (["reads.parquet", "-o", "reads.parquet"], "reads.parquet: this is no folder; the name of a folder"),
        ([".", "-o", "result"], "-o result stands among the files of .: name a folder beside it"),
        (["reads.parquet", "--layout", "long"], "reads.parquet: no column says the item"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_told(arguments: list[str], told: str, tmp_path: Path) -> None:
    reads(tmp_path)
    done = command("fleet", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {told}"), done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("engine", "extra"), [("duckdb", "fleet"), ("spark", "spark")])
def test_without_its_libraries_it_says_what_installs_them(
    engine: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads(tmp_path)
    monkeypatch.setattr(needed, "find_spec", lambda name: None if name != "pyarrow" else object())
    done = command("fleet", "reads.parquet", "--engine", engine, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: fleet needs Ibis and ")
    assert done.stderr.endswith(f": pip install 'gbcscheck[{extra}]'\n")


def test_the_checks_of_a_files_columns_are_printed_as_sql(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "reads.parquet", [brief("a", 600), brief("b", 70_000)])
    done = command("fleet", "reads.parquet", "--sql", "duckdb", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    connection = duckdb.connect()
    connection.execute(f"CREATE VIEW fleet AS SELECT * FROM '{path}'")
    found = connection.execute(f'SELECT device, "{OFFSET}_verdict" FROM ({done.stdout}) ORDER BY device').fetchall()
    assert found == [("a", "fits"), ("b", "wrong")]
    write_parquet(path, [{"device": "a", f"{OFFSET}": 1, f"{OFFSET}.value": 1}], {
        name: parquet.read_schema(path).field(OFFSET).type for name in (OFFSET, f"{OFFSET}.value")
    } | {"device": parquet.read_schema(path).field("device").type})  # fmt: skip
    done = command("fleet", "reads.parquet", "--sql", "duckdb", cwd=tmp_path)
    assert done.stderr == f"error: the columns {OFFSET} and {OFFSET}.value mean the same data item\n"
