"""``gbcscheck repair``: its exit codes, its outputs, and that nothing is written into a source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from in_process import command

from gbcscheck.api.schemas import schema_text
from gbcscheck.report.repairs import SCHEMA

SPECS = Path(__file__).resolve().parents[2] / "specs"


@pytest.fixture(scope="module")
def as_json(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repair")
    asked = ("--release", "before-mp131", "--select", "V101,P101,V104")
    done = command(
        "repair",
        *asked,
        "--format",
        "json",
        "-o",
        "out.json",
        cwd=folder,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    return folder / "out.json"


def test_the_json_is_as_the_schema_says(as_json: Path) -> None:
    from jsonschema import Draft202012Validator

    document = json.loads(as_json.read_text("utf-8"))
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(document)
    assert schema_text("repairs") == SCHEMA.read_text("utf-8")
    assert document["summary"] == {"edits": 3, "settled": 3, "choices": 2, "unsettled": 0}
    assert [edit["new"] for edit in document["edits"]] == ["0b11111110", "0x000001FFFF", "0xFFFFFFFFFF"]
    for choice in document["choices"]:
        assert len(choice["options"]) == 2
        assert all(edit["confidence"] == "possible" for option in choice["options"] for edit in option["edits"])


def test_files_of_ones_own_are_what_is_mended(tmp_path: Path) -> None:
    draft = tmp_path / "table-28d.xlsx"
    draft.write_bytes((SPECS / "gbcs/3.2/table-28d.xlsx").read_bytes())
    before = draft.read_bytes()
    done = command("repair", "table-28d.xlsx", "--select", "default", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Table 28d!D7" in done.stdout
    assert "+ 0b11111110" in done.stdout
    assert "3 edits that settle 3 findings" in done.stdout
    assert draft.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["table-28d.xlsx"]


def test_nothing_to_settle_is_well(tmp_path: Path) -> None:
    done = command("repair", "--release", "after-mp131", "--select", "V101", cwd=tmp_path)
    assert done.returncode == 0
    assert "nothing to settle" in done.stdout


def test_nothing_compared_is_not_nothing_to_settle(tmp_path: Path) -> None:
    (tmp_path / "strange.csv").write_text("Data item,Default value\nStrange Item,5\n", "utf-8")
    done = command("repair", "strange.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "nothing was compared: no specification of release current knows Strange Item" in " ".join(
        done.stdout.split()
    )
    assert "unknown   1 item: Strange Item" in done.stdout
    assert "nothing was compared" in done.stderr
    as_json = command("repair", "strange.csv", "--format", "json", cwd=tmp_path)
    (table,) = json.loads(as_json.stdout)["coverage"]
    assert as_json.returncode == 2
    assert table["unknown"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--to", "SMETS9"), 'no document is called "SMETS9"'),
        (("--level", "dreadful"), "dreadful"),
        (("--release", "never"), 'no release is called "never"'),
        (("",), "an argument is empty"),
    ],
)
def test_what_is_wrong_is_told(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    done = command("repair", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
