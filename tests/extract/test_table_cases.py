"""Tables that once gave values that nobody wrote, made anew: what each says now."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from gbcscheck.extract.table import read_table

PERIOD = "Maximum Demand Configurable Time Period"
TITLES = ("Data item", "Default value", "Unit")
STRUCK, RAISED = InlineFont(strike=True), InlineFont(vertAlign="superscript")
NOVEMBER = "date(year 65535, month 11, day 1)"

CASES: dict[str, tuple[Sequence[Sequence[Any]], dict[str, str], list[str | None]]] = {
    "float noise": (
        [("RMS Voltage Sag Threshold", 207.00000000000003, "V"), ("Randomised Offset Limit", 599.9999999999999, "s")],
        {"B3": "0", "B4": "0"},
        ["207 V", "600 s"],
    ),
    "percent": ([("Randomised Offset Limit", 0.5, "%")], {"B3": "0%"}, ["50 %"]),
    "a run that is struck out": (
        [("RMS Voltage Sag Threshold", CellRichText(TextBlock(STRUCK, "180"), TextBlock(InlineFont(), "207")), "V")],
        {},
        ["207 V"],
    ),
    "a footnote": ([("Randomised Offset Limit", CellRichText("600", TextBlock(RAISED, "1")), "s")], {}, ["600 s"]),
    "a power": (
        [("Uncontrolled Gas Flow Rate", CellRichText("1.5 m", TextBlock(RAISED, "3"), "/h"), "")],
        {},
        ["1.5 m3/h"],
    ),
    "a date without a year": (
        [(f"{PERIOD}.entries[*].begin_date", datetime.datetime(2026, 11, 1), "")],
        {"B3": "d-mmm"},
        [NOVEMBER],
    ),
    "escapes": (
        [(f"{PERIOD}.Days", "Mon-Fri_x000D_", "NA"), ("Randomised Offset Limit_x000D_", "600_x000D_\ns", "s")],
        {},
        ["0b1111100", "600 s"],
    ),
    "a time with a point": (
        [(f"{PERIOD}.entries[*].switch_time", "16.00", "")],
        {},
        ["time(hour 16, minute 0, second 0, hundredths 0 | 255)"],
    ),
    "units as people write them": (
        [
            ("RMS Voltage Sag Threshold", 2070, "0.1 V"),
            ("RMS Voltage Swell Threshold", 2530, "dV"),
            ("RMS Extreme Over Voltage Threshold", 287000, "mV (rms)"),
            ("Randomised Offset Limit", 30, "Minutes (max)"),
            ("Load Limit Period", 29.9, "mins."),
        ],
        {},
        ["207 V", "253 V", "287 V", "1800 s", "1794 s"],
    ),
    "no values": (
        [("RMS Voltage Sag Threshold", "TBC", "V"), ("Randomised Offset Limit", "not configurable", "s")],
        {},
        [None, None],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_table_says_what_its_writer_meant(tmp_path: Path, case: str) -> None:
    rows, formats, domains = CASES[case]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("GBCS 4.9 Table 28d",), TITLES, *rows]:
        sheet.append(list(row))
    for address, format_ in formats.items():
        sheet[address].number_format = format_
    path = tmp_path / "draft.xlsx"
    book.save(path)
    reading = read_table(path)
    stated = [row for row in reading.extract.rows if row.attribute == "default"]
    assert [row.domain for row in stated] == domains
    assert len(reading.unread) == domains.count(None)
    assert not any("\r" in row.subject or "_x" in row.subject for row in stated)
