"""Which tables of a file are read: ``--sheet``, ``--table``, ``--column`` and ``--hidden``."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from cli_files import Run

ITEM = "Randomised Offset Limit"


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A workbook with two tables on a sheet, of which one has two columns of defaults, and a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Draft"
    for row in (
        ["GBCS 4.9 Table 28d"],
        ["Data item", "Default", "Unit"],
        [ITEM, 600, "s"],
        [],
        ["Table 28e"],
        ["Data item", "Current value", "Proposed value", "Unit"],
        [ITEM, 500, 1900, "s"],
    ):
        sheet.append(row)
    hidden = book.create_sheet("Old")
    hidden.append(["Data item", "Default", "Unit"])
    hidden.append([ITEM, 2000, "s"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "draft.xlsx")
    return tmp_path / "draft.xlsx"


def found(gbcscheck: Run, draft: Path, *options: str) -> set[str]:
    """The cells of the defaults that a request cannot set again."""
    arguments = ("--release", "current", "--select", "V102", "--format", "json", "--fail-on", "never")
    done = gbcscheck("check", draft, *arguments, *options)
    assert done.returncode == 0, done.stderr
    findings = json.loads(done.stdout)["findings"]
    sources = [one["source"] for finding in findings for one in finding["statements"][:1]]
    return {f"{one['sheet']}!{one['cell']}" for one in sources if one["path"] == str(draft)}


def test_which_column_is_meant_is_asked(gbcscheck: Run, draft: Path) -> None:
    done = gbcscheck("check", draft)
    assert done.returncode == 2
    assert 'which is meant is not said: give --column "Current", --column "Proposed"' in done.stderr
    assert "columns of default: Draft!B6 Current value, Draft!C6 Proposed value" in done.stderr


def test_a_column_a_table_and_a_sheet_are_named(gbcscheck: Run, draft: Path) -> None:
    assert found(gbcscheck, draft, "--column", "Proposed") == {"Draft!C7"}
    assert found(gbcscheck, draft, "--column", "Current") == set()
    assert found(gbcscheck, draft, "--table", "28d") == set()
    assert found(gbcscheck, draft, "--column", "Proposed", "--hidden") == {"Draft!C7", "Old!B2"}
    assert found(gbcscheck, draft, "--sheet", "Old") == {"Old!B2"}


def test_extract_takes_the_same_options_and_tells_what_is_left_out(gbcscheck: Run, draft: Path) -> None:
    done = gbcscheck("extract", "table", draft, "--table", "Table 28e", "--column", "proposed")
    assert done.returncode == 0
    rows = json.loads(done.stdout)["statements"]
    assert [(row["source"], row["attribute"]) for row in rows] == [("Draft!C7", "default"), ("Draft!D7", "unit")]
    assert done.stderr == (
        f"{draft}: 3 places not taken:\n"
        "  Draft!B6 'Current value': another column than the one that was named\n"
        "  Old: a hidden sheet: not read; --hidden reads it\n"
        "  Draft!A2: another table than the one that was named\n"
    )


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("--sheet=New", "no sheet is called 'New'; there are: Draft, Old"),
        ("--table=28f", "no table is called '28f'; there are: Table 28d at Draft!A2; Table 28e at Draft!A6"),
        ("--column=Final", "no column is called 'Final'; there are: Data item, Default, Unit"),
    ],
)
def test_a_name_that_fits_nothing(gbcscheck: Run, draft: Path, option: str, message: str) -> None:
    done = gbcscheck("check", draft, option)
    assert done.returncode == 2
    assert message in done.stderr
