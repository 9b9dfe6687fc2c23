"""The table of limits: its names, how they are raised, and that each bounds something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gbcscheck
from gbcscheck import limits
from gbcscheck.cli import run
from gbcscheck.errors import UsageError
from gbcscheck.limits import LIMITS, OCTETS, ROWS, OverLimit, by_limits, parse_limits

pytestmark = pytest.mark.usefixtures("small_release")

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(gbcscheck.__file__).parent


def test_every_limit_has_a_name_of_its_own_and_bounds_something_in_the_code() -> None:
    assert len({limit.name for limit in LIMITS}) == len(LIMITS)
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.name != "limits.py")
    for name in (name for name, value in vars(limits).items() if isinstance(value, limits.Limit)):
        assert re.search(rf"\b{name}\.(most|hold|exceeded|problem)\b|limit: Limit = {name}|limit={name}\b", code), name


def test_the_page_has_the_same_table_as_the_code() -> None:
    page = (ROOT / "docs" / "limits.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| ([\d,]+) (.+?) \| (.+?) \|", page, re.MULTILINE)
    assert rows == [(one.name, f"{one.value:,}", one.unit, one.of) for one in LIMITS]


@pytest.mark.parametrize(
    ("word", "value"),
    [("rows=5", 5), ("rows=5k", 5_000), ("rows = 2M", 2_000_000), ("rows=1G", 10**9), ("rows=3K", 3_000)],
)
def test_a_limit_is_raised_by_its_name(word: str, value: int) -> None:
    assert parse_limits([word]) == {"rows": value}
    with by_limits(parse_limits([word])):
        assert ROWS.most == value
    assert ROWS.most == ROWS.value


def test_the_last_word_on_a_limit_counts_and_others_stay() -> None:
    with by_limits(parse_limits(["rows=5", "octets=7", "rows=6"])), by_limits({"cells": 1}):
        assert (ROWS.most, OCTETS.most, limits.CELLS.most) == (6, 7, 1)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("row=5", 'no limit is called "row"; near it: rows'),
        ("rows", 'a whole number of rows was expected, as rows=200000 or rows=200k, at most 1000G; found ""'),
        ("rows=", 'found ""'),
        ("rows=0", 'found "0"'),
        ("rows=-1", 'found "-1"'),
        ("rows=1.5M", 'found "1.5M"'),
        ("rows=5T", 'found "5T"'),
        ("rows=9999G", 'found "9999G"'),
    ],
)
def test_a_limit_that_is_wrong_is_told_with_what_was_expected(word: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_limits([word])
    assert message in str(caught.value)


@pytest.mark.parametrize(("found", "enough"), [(32_000_001, "33M"), (318_887_000, "319M"), (33_000_000, "33M")])
def test_the_message_names_the_limit_what_was_found_and_what_raises_it(found: int, enough: str) -> None:
    with pytest.raises(OverLimit) as caught:
        OCTETS.hold(found, where="x.csv")
    assert str(caught.value) == (
        f"x.csv: {found:,} octets in a file; at most 32,000,000 are read (--limits octets={enough} raises that)"
    )
    with by_limits(parse_limits([f"octets={enough}"])):
        OCTETS.hold(found, where="x.csv")


READING = (
    ["check", "{}"],
    ["compare", "{}", "{}", "--no-cache"],
    ["device", "{}", "--as", "table"],
    ["extract", "table", "{}"],
    ["baseline", "{}"],
)


@pytest.mark.parametrize("arguments", READING, ids=lambda arguments: arguments[0])
def test_every_command_that_reads_refuses_by_the_limit_and_reads_once_it_is_raised(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gbcscheck.toml").write_text("", "utf-8")
    table = tmp_path / "x.csv"
    table.write_text("Data item,Default\nRandomised Offset Limit,60\nB,2\n", "utf-8")
    command = [one.format(table) for one in arguments]
    name, *rest = command[:2] if command[0] == "extract" else command[:1]
    lowered = [name, *rest, "--limits", "rows=2", *command[1 + len(rest) :]]
    assert run(lowered) == 2
    assert (
        "3 rows in a sheet, table or CSV file; at most 2 are read (--limits rows=3 raises that)"
        in capsys.readouterr().err
    )
    assert run([*(one.replace("rows=2", "rows=3") for one in lowered)]) in (0, 1)
    assert ROWS.most == ROWS.value


def test_a_waiver_is_not_added_to_a_configuration_that_is_too_large(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gbcscheck.toml"
    path.write_text("# " + "x" * 100 + "\n", "utf-8")
    arguments = ["waive", "--rule", "V101", "--reason", "x", "--config", str(path)]
    assert run([*arguments, "--limits", "toml-octets=50"]) == 2
    assert "103 octets in a TOML file; at most 50 are read" in capsys.readouterr().err
    assert run([*arguments, "--limits", "toml-octets=120"]) == 2
    assert path.stat().st_size == 103
    assert run(arguments) == 0


def test_an_unknown_limit_is_told_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--limits", "octet=1G"]) == 2
    assert 'no limit is called "octet"; near it: octets' in capsys.readouterr().err
