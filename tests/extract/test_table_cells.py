"""What the cells of a table say in the unit of their row, column or table, and what is told of the others."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from gbcscheck.extract.sheets import Cell
from gbcscheck.extract.table import read_table
from gbcscheck.extract.table_cells import RowUnit, UnreadCell, read_value, unit_of_title
from gbcscheck.facts.extract_file import Reading
from gbcscheck.notation.canonical import parse_domain
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.setting import Setting

PERIOD = "Maximum Demand Configurable Time Period"
Given = Any


def table(tmp_path: Path, *rows: Sequence[Given], formats: dict[str, str] | None = None, struck: str = "") -> Reading:
    """The reading of a workbook with these rows, number formats by address, and cells that are struck out."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for address, format_ in (formats or {}).items():
        sheet[address].number_format = format_
    for address in struck.split():
        sheet[address].font = Font(strike=True)
    path = tmp_path / "draft.xlsx"
    book.save(path)
    return read_table(path)


def stated(reading: Reading, attribute: str = "default") -> list[tuple[str, str | None]]:
    return [(row.subject, row.domain) for row in reading.extract.rows if row.attribute == attribute]


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(one.place.rpartition("!")[2], one.reason.splitlines()[0]) for one in reading.unread]


@pytest.mark.parametrize(
    ("value", "format_", "unit", "of", "expected", "domain"),
    [
        (30, "", "min", "row", "", "1800 s"),
        (2070, "", "0.1 V", "row", "", "207 V"),
        ("30", "", "Minutes (max)", "title", "", "1800 s"),
        ("10 s", "", "V", "title", "", "10 s"),
        ("10 s", "", "V", "table", "", "10 s"),
        (0.5, "0%", "%", "row", "", "50 %"),
        (5, '0" A"', "", "", "", "5 A"),
        ("Mon-Fri", "", "V", "title", "days", "0b1111100"),
        ("Mon-Fri", "", "furlong", "row", "", "0b1111100"),
        (datetime.datetime(2026, 11, 1), "d-mmm", "V", "title", "date", "date(year 65535, month 11, day 1)"),
        (datetime.datetime(2026, 11, 1), "d-mmm", "", "", "", "date(year 65535, month 11, day 1)"),
        (datetime.timedelta(hours=1, minutes=30), "[h]:mm", "", "", "", "5400 s"),
        (datetime.timedelta(days=1), "[h]:mm", "min", "row", "", "86400 s"),
        (253, "", "", "", "", "253"),
        (253, "", "none", "row", "", "253"),
    ],
)
def test_a_cell_is_read_in_the_unit_that_holds_for_it(
    value: Any, format_: str, unit: str, of: Any, expected: str, domain: str
) -> None:
    setting = read_value(Cell("B3", value, format=format_), RowUnit(unit, of), expected)
    assert isinstance(setting, Setting)
    assert setting.domain == parse_domain(domain)


@pytest.mark.parametrize(
    ("value", "format_", "unit", "of", "expected", "reason"),
    [
        (5, "", "furlong", "row", "", "'furlong' is no unit that is known"),
        ("0 to 5", "", "furlong", "title", "", "'furlong' is no unit that is known"),
        (30, "", "m", "row", "", "'m' may be metres or minutes"),
        ("30 V", "", "min", "row", "", "'V' is no unit of the same kind as min"),
        (0.5, "0%", "V", "row", "", "'%' is no unit of the same kind as V"),
        (207.4, "0", "V", "row", "", "it holds 207.4 and shows 207"),
        (datetime.datetime(2026, 12, 1), "d-mmm", "V", "row", "", "spreadsheets make dates of 1-12"),
        ("1 Dec", "", "V", "row", "", "a date in a row in V"),
        (datetime.time(0, 30), "hh:mm", "min", "row", "", "a time of day and not a duration"),
        ("0:30", "", "min", "row", "", "a time of day and not a duration"),
        (datetime.timedelta(days=1), "[h]:mm", "", "", "", "the end of a day, or a duration of 24 hours?"),
        (datetime.timedelta(days=1), "[h]:mm", "", "", "time", "the day ends before 24:00"),
        (46327, "", "", "", "date", "a quantity and not a date"),
        (0.5, "", "", "", "time", "a quantity and not a time of day"),
        ("TBC", "", "V", "row", "", "still to be decided"),
    ],
)
def test_a_cell_that_may_be_something_else_is_told(
    value: Any, format_: str, unit: str, of: Any, expected: str, reason: str
) -> None:
    with pytest.raises((UnreadCell, NotationError)) as caught:
        read_value(Cell("B3", value, format=format_), RowUnit(unit, of), expected)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("behind", "unit"),
    [("V", "V"), ("0.1 V", "0.1 V"), ("furlong", "furlong"), ("draft 2", ""), ("see note 1", ""), ("factory", "")],
)
def test_what_stands_behind_a_title_is_a_unit_or_a_remark(behind: str, unit: str) -> None:
    assert unit_of_title(behind) == unit


def test_a_unit_in_a_title_is_for_quantities_alone(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        ["Data item", "Default value (V)"],
        ["RMS Voltage Sag Threshold", 207],
        [f"{PERIOD}.begin_date", datetime.datetime(2026, 11, 1)],
        [f"{PERIOD}.Start", datetime.time(16, 0)],
        [f"{PERIOD}.Days", "Mon–Fri"],
        ["Randomised Offset Limit", "10 min"],
        formats={"B3": "d-mmm"},
    )
    assert [domain for _, domain in stated(reading)] == [
        "207 V",
        "date(year 65535, month 11, day 1)",
        "time(hour 16, minute 0, second 0, hundredths 0 | 255)",
        "0b1111100",
        "600 s",
    ]
    units = [(row.subject, row.value) for row in reading.extract.rows if row.attribute == "unit"]
    assert units == [("RMS Voltage Sag Threshold", "V")]
    assert not reading.unread


@pytest.mark.parametrize(
    ("note", "domain"),
    [
        ("All values in V", "207 V"),
        ("The values are given in V", "207 V"),
        ("All values in V unless stated otherwise.", "207 V"),
        ("Units: V", "207 V"),
        ("All values are in 0.1 V.", "20.7 V"),
        ("The default values in this table are those of 2026", "207"),
        ("All values in furlongs", None),
    ],
)
def test_a_note_above_the_table_gives_the_unit_of_numbers(tmp_path: Path, note: str, domain: str | None) -> None:
    rows = [["Data item", "Default", "Unit"], ["Threshold", 207, None], ["Period", 10, "s"], ["Mode", "Mon-Fri", None]]
    assert [found for _, found in stated(table(tmp_path, [note], *rows))] == [domain, "10 s", "0b1111100"]


def test_a_date_in_a_column_of_ranges_may_be_a_range(tmp_path: Path) -> None:
    rows = [["Data item", "Permitted values"], ["Mode", datetime.datetime(2026, 12, 1)]]
    reading = table(tmp_path, *rows, formats={"B2": "d-mmm"})
    assert stated(reading, "permitted") == [("Mode", None)]
    assert told(reading) == [
        ("B2", "it holds a date, 1 Dec, where a number was expected: spreadsheets make dates of 1-12")
    ]


def test_the_name_of_an_item_says_what_it_holds(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        ["Data item", "Default"],
        ["RMS Voltage Sag Threshold", datetime.datetime(2026, 12, 1)],
        ["RMS Voltage Sag Measurement Period", datetime.time(0, 0, 30)],
    )
    assert [reason for _, reason in told(reading)] == [
        "it holds a date, 2026-12-01, where a number was expected: spreadsheets make dates of 1-12",
        "a time of day and not a duration",
    ]


def test_a_unit_that_is_not_known_leaves_its_cells_unread(tmp_path: Path) -> None:
    reading = table(
        tmp_path, ["Data item", "Default", "Minimum", "Maximum", "Unit"], ["Threshold", 207, 180, "TBC", "furlong"]
    )
    assert stated(reading) == [("Threshold", None)]
    assert stated(reading, "permitted") == [("Threshold", None)]
    known = "'furlong' is no unit that is known"
    assert told(reading) == [
        ("B2", known),
        ("E2", known),
        ("C2", known),
        ("D2", "it says that the value is still to be decided"),
    ]


def test_units_are_stated_by_their_name_with_the_words_of_the_source(tmp_path: Path) -> None:
    reading = table(tmp_path, ["Data item", "Default", "Unit"], ["Period", 30, "Minutes (max)"], ["Offset", 1, "none"])
    (row,) = [row for row in reading.extract.rows if row.attribute == "unit"]
    assert (row.value, row.text) == ("min", "Minutes (max)")


def test_text_that_is_struck_out_states_nothing(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        ["Data item", "Default", "Unit"],
        ["Threshold", 207, "V"],
        ["Period", 10, "s"],
        ["Offset", 600, "s"],
        struck="B2 A3 B3 C3",
    )
    assert stated(reading) == [("Offset", "600 s")]
    assert [(one.place, one.text, one.reason) for one in reading.unread] == [
        ("Sheet!B2", "207", "struck out: deleted"),
        ("Sheet!A3", "Period", "struck out: the row is deleted"),
    ]
    assert not [row for row in reading.extract.rows if row.attribute == "blank" and row.subject != "Offset"]


def test_a_code_is_what_its_cell_shows(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        ["Data item", "Default", "Settable by"],
        ["Period", 10, 4.1],
        ["Offset", 600, 4.1],
        formats={"C3": "0.00"},
    )
    assert [row.value for row in reading.extract.rows if row.attribute == "settable-by"] == [4.1, "4.10"]


def test_a_minimum_and_a_maximum_are_single_values(tmp_path: Path) -> None:
    reading = table(
        tmp_path,
        ["Data item", "Min", "Max", "Unit"],
        ["Threshold", 0.18, "253 V", "kV"],
        ["Period", "0 to 5", 10, "s"],
        ["Offset", None, "10 min", "s"],
    )
    assert stated(reading, "permitted") == [
        ("Threshold", "180..253 V"),
        ("Period", None),
        ("Offset", "..600 step 60 s"),
    ]
    assert told(reading) == [("B3", "a minimum or maximum is one value")]


def test_letters_under_a_title_are_no_units_but_as_they_are_written(tmp_path: Path) -> None:
    rows = [["Data item", "Default", None], [None, "S", "P"], ["Period", 10, 20]]
    assert "s" not in {row.value for row in table(tmp_path, *rows).extract.rows if row.attribute == "unit"}
    rows = [["Data item", "Default"], [None, "Volts"], ["RMS Voltage Sag Threshold", 207]]
    assert [domain for _, domain in stated(table(tmp_path, *rows))] == ["207 V"]


@pytest.mark.parametrize("title", ["Default value(s)", "Default(s)", "Default value(s) (s)"])
def test_a_plural_in_a_title_is_no_unit(tmp_path: Path, title: str) -> None:
    reading = table(tmp_path, ["Data item", title], ["Period", 10])
    assert stated(reading) == [("Period", "10 s" if title.endswith(") (s)") else "10")]
