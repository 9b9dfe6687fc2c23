"""What ships: regenerated octet for octet, valid, and listed in the manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from build_specs import MANIFEST, TABLE_28D, build, generated, main
from synthetic_table import DATA_ITEM, NOTES, ROWS, TITLE, synthetic_table_28d

from gbcscheck.extract.table import read_table
from gbcscheck.facts.extract_file import is_extract, load_extract
from gbcscheck.inputs.json_values import load_json


@pytest.mark.slow
def test_every_generated_file_is_regenerated_octet_for_octet(corpus: Path, specs: Path) -> None:
    for name, content in generated(corpus, specs):
        assert (specs / name).read_bytes() == content, name


def test_the_manifest_lists_every_file_as_it_is(specs: Path) -> None:
    listed = json.loads((specs / MANIFEST).read_text())["files"]
    files = {path.relative_to(specs).as_posix() for path in specs.rglob("*") if path.suffix in (".json", ".xlsx")}
    assert set(listed) == files - {MANIFEST}
    for name, entry in listed.items():
        assert hashlib.sha256((specs / name).read_bytes()).hexdigest() == entry["sha256"], name


def test_the_manifest_counts_the_statements(specs: Path) -> None:
    listed = json.loads((specs / MANIFEST).read_text())["files"]
    for name, entry in listed.items():
        if "statements" in entry:
            assert len(load_extract(specs / name, trusted=True).rows) == entry["statements"], name


@pytest.mark.slow
def test_what_ships_is_valid(specs: Path) -> None:
    for path in sorted(specs.rglob("*.json")):
        if is_extract(load_json(path)):
            assert load_extract(path).rows, path


def test_hand_written_files_are_checked_and_left_as_they_are(
    tmp_path: Path, specs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("build_specs.generated", lambda corpus, specs: iter([("new/x.txt", b"x")]))
    folder = tmp_path / "specs"
    for name in ("cosem/encodings.json", "smets2/mp131.json", "mappings/table-28d.json"):
        (folder / name).parent.mkdir(parents=True)
        shutil.copy(specs / name, folder / name)
    lines: list[str] = []
    build(tmp_path, folder, lines.append)
    assert [line.split()[:2] for line in lines] == [
        ["same", "cosem/encodings.json"],
        ["wrote", "manifest.json"],
        ["same", "mappings/table-28d.json"],
        ["wrote", "new/x.txt"],
        ["same", "smets2/mp131.json"],
    ]
    before = (folder / "cosem/encodings.json").read_bytes()
    (folder / "cosem/encodings.json").write_text('{"statements": []}')
    assert main([str(tmp_path), str(folder)]) == 2
    assert (folder / "cosem/encodings.json").read_bytes() != before


def test_the_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
    assert main([str(tmp_path / "absent"), str(tmp_path)]) == 2
    assert "no such file" in capsys.readouterr().err


# --- the synthetic table ---------------------------------------------------------------------------------------------


def test_the_synthetic_workbook_says_what_it_is_in_every_row(specs: Path) -> None:
    path = specs / TABLE_28D
    assert path.read_bytes() == synthetic_table_28d()
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [TITLE, *NOTES]
    assert [sheet.cell(7 + row, 5).value for row in range(len(ROWS))] == ["synthetic"] * len(ROWS)


def test_the_synthetic_workbook_is_read_without_a_mapping_too(specs: Path) -> None:
    extract = read_table(specs / TABLE_28D).extract
    assert (str(extract.specification), extract.provenance) == ("GBCS 3.2 Table 28d", "synthetic")
    assert [(row.subject, row.domain, row.source) for row in extract.rows] == [
        (f"{DATA_ITEM}.{element}", value, f"Table 28d!D{number}") for number, (element, value, _) in enumerate(ROWS, 7)
    ]
