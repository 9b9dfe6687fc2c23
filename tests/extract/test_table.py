"""Tables of settings from workbooks and CSV files, by their usual titles and by mappings that users write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from gbcscheck.errors import InvalidExtract, Problems, UnreadableSource
from gbcscheck.extract.table import read_table
from gbcscheck.extract.table_mapping import USUAL, load_mapping, title_forms
from gbcscheck.facts.extract_file import ExtractRow, Reading, parse_extract, render_extract
from gbcscheck.model import Specification

ROWS: list[list[Any]] = [
    ["GBCS v3.2 Table 28d: default settings"],
    [],
    ["Data item", "Element", "Default (V)", "Minimum", "Maximum", "Units", "Clause", "Notes"],
    ["Threshold", "upper", 253, 0, 300, None, "5.7.4.4", "some words"],
    [None, "lower", "207 V", None, 300, "V", "NA", "NA"],
    ["Period", None, "30 min", None, None, "s", None, None],
    ["MaximumDemandPeriod", "entries[*].exec_weekdays", "Mon-Fri", None, None, None, None, None],
    ["Voltage settings"],
    ["Mode", None, "prepayment mode", None, None, None, None, None],
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A table with merged cells, units in the header, in a column and beside the value, blanks and NA."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Settings"
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("A8:H8")
    path = tmp_path / "draft.xlsx"
    book.save(path)
    return path


def row_of(reading: Reading, subject: str, attribute: str) -> ExtractRow:
    found = [row for row in reading.extract.rows if (row.subject, row.attribute) == (subject, attribute)]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("broken", ["entries[*].\nbegin_date", "entries[*]\n.begin_date", "entries[*]. begin_date"])
def test_a_path_that_is_broken_over_lines_is_one_name(tmp_path: Path, broken: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Data item", "Element", "Default"],
        ["Period", broken, "0xFFFF0B01FF"],
        ["See 3. Other item", None, "6"],
    ):
        sheet.append(row)
    book.save(tmp_path / "GBCS 4.0 Table 28d.xlsx")
    reading = read_table(tmp_path / "GBCS 4.0 Table 28d.xlsx")
    assert row_of(reading, "Period.entries[*].begin_date", "default").domain == "0xFFFF0B01FF"
    assert row_of(reading, "See 3. Other item", "default").domain == "6"


def test_title_rows_say_what_the_table_is(workbook: Path) -> None:
    extract = read_table(workbook).extract
    assert extract.specification == Specification("GBCS", "3.2", "Table 28d")
    assert extract.provenance == "published"
    assert extract.path == str(workbook)


def test_values_with_units_from_header_column_and_cell(workbook: Path) -> None:
    reading = read_table(workbook)
    assert row_of(reading, "Threshold.upper", "default") == ExtractRow(
        "Threshold.upper", "default", domain="253 V", text="253", clause="5.7.4.4", source="Settings!C4"
    )
    assert row_of(reading, "Threshold.upper", "unit") == ExtractRow(
        "Threshold.upper", "unit", value="V", clause="5.7.4.4", source="Settings!C3"
    )
    assert row_of(reading, "Threshold.lower", "default").domain == "207 V"
    assert row_of(reading, "Period", "default").domain == "1800 s"
    assert row_of(reading, "Period", "unit").source == "Settings!F6"


def test_minimum_and_maximum_are_what_is_permitted(workbook: Path) -> None:
    reading = read_table(workbook)
    assert row_of(reading, "Threshold.upper", "permitted").text == "0 to 300"
    assert row_of(reading, "Threshold.upper", "permitted").domain == "0..300"
    assert row_of(reading, "Threshold.lower", "permitted").domain == "..300 V"


def test_a_value_that_cannot_be_read_keeps_its_text_and_is_listed(workbook: Path) -> None:
    reading = read_table(workbook)
    row = row_of(reading, "Mode", "default")
    assert (row.domain, row.text, row.source) == (None, "prepayment mode", "Settings!C9")
    assert [(cell.place, cell.text) for cell in reading.unread] == [("Settings!C9", "prepayment mode")]
    assert "^" in reading.unread[0].reason


def test_blank_cells_and_words_for_blank_are_told_apart(workbook: Path) -> None:
    blanks = [row for row in read_table(workbook).extract.rows if row.attribute == "blank"]
    assert {row.source for row in blanks if row.text == "NA"} == {"Settings!G5", "Settings!H5"}
    assert {row.text for row in blanks} == {"NA", ""}
    assert next(row for row in blanks if row.source == "Settings!H5").clause == "Table 28d, Notes"


def test_notes_and_headings_leave_no_text(workbook: Path) -> None:
    reading = read_table(workbook)
    rendered = render_extract(reading.extract)
    assert "some words" not in rendered
    assert "Voltage settings" not in rendered
    assert len(parse_extract(rendered.encode(), where="draft.json").rows) == len(reading.extract.rows)


# --- CSV -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "GBCS-3.2-table-28d.csv"
    lines = [["Setting", "Value"], ["Price", "5 £"], ["Limit", "0x000001FFFF"]]
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    reading = read_table(path)
    assert reading.extract.specification == Specification("GBCS", "3.2", "Table 28d")
    row = row_of(reading, "Limit", "default")
    assert (row.domain, row.source) == ("0x000001FFFF", "GBCS-3.2-table-28d!B3")
    assert ("Windows-1252" in reading.extract.note) == (encoding == "cp1252")


def test_a_name_without_specification_or_table(tmp_path: Path) -> None:
    path = tmp_path / "ours.csv"
    path.write_text("Parameter,Setting\nA,1\n")
    assert read_table(path).extract.specification == Specification("ours", "unstated", "")


# --- mappings --------------------------------------------------------------------------------------------------------

MAPPING = {
    "specification": "ENA M30",
    "version": "2",
    "part": "Settings",
    "provenance": "derived",
    "subject": [["Quantity", "Name"], "Side"],
    "join": "{0}({1})",
    "subjects": {"Voltage": "RMSVoltage", "Power": "LoadLimit.threshold"},
    "columns": {
        "Setting": {"attribute": "default", "unit": "V"},
        "Origin": "provenance",
        "Who": "settable-by",
        "Allowed": "roles",
        "Absent": "reference",
    },
    "defaults": {"clause": "Annex A"},
}


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.json"
    path.write_text(json.dumps(MAPPING))
    return path


def test_a_mapping_says_everything(tmp_path: Path, mapping: Path) -> None:
    path = tmp_path / "m30.csv"
    path.write_text(
        "Name,Side,Setting,Origin,Who,Allowed\n"
        'Voltage,over,253,published,none,"ED, IS"\n'
        "Power,,4 kW,derived,Supplier,IS\n"
        "Voltage,under,207,invented,none,ED\n"
    )
    reading = read_table(path, mapping=mapping)
    assert reading.extract.specification == Specification("ENA M30", "2", "Settings")
    assert reading.extract.provenance == "derived"
    row = row_of(reading, "RMSVoltage(over)", "default")
    assert (row.domain, row.clause, row.provenance) == ("253 V", "Annex A", "published")
    assert row_of(reading, "RMSVoltage(over)", "roles").domain == '"ED" | "IS"'
    assert row_of(reading, "RMSVoltage(over)", "settable-by").value == "none"
    assert row_of(reading, "LoadLimit.threshold", "settable-by").provenance is None
    assert row_of(reading, "LoadLimit.threshold", "default").domain == "4000 W"
    assert [cell.text for cell in reading.unread] == ["invented", "reference"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"columns": {}}, "/columns"),
        ({"columns": {"A": "Default"}}, "/columns/A"),
        ({"version": 2}, "/version"),
        ({"join": "{0}{2}"}, "/join"),
        ({"join": "{0"}, "/join"),
        ({"extra": 1}, "/extra"),
        ({"columns": {"A": "defualt"}}, "/columns/A"),
        ({"columns": {"A": {"attribute": "defualt"}}}, "/columns/A/attribute"),
        ({"columns": {"A": "x-a"}}, "/columns/A"),
        ({"columns": {"A": "x-a"}, "attributes": {"a": "text"}}, "/attributes/a"),
    ],
)
def test_a_bad_mapping_is_refused_with_the_place(tmp_path: Path, change: dict[str, Any], pointer: str) -> None:
    path = tmp_path / "mapping.json"
    path.write_text(json.dumps({**MAPPING, **change}, indent=1))
    with pytest.raises(Problems) as caught:
        load_mapping(path)
    assert all(isinstance(problem, InvalidExtract) for problem in caught.value.problems)
    assert f"(at {pointer})" in str(caught.value)


def test_columns_of_ones_own_are_read_as_the_mapping_declares(tmp_path: Path) -> None:
    path = tmp_path / "settings.csv"
    path.write_text("Name,Value,Step,Count,Remark\nLimit,5,1 or 2,7,as agreed\nOther,6,NA,often,\n")
    mapping = tmp_path / "mapping.json"
    own = {"x-step": "domain", "x-count": "value", "x-remark": "text"}
    columns = {"Value": "default", "Step": "x-step", "Count": "x-count", "Remark": "x-remark"}
    mapping.write_text(json.dumps({"attributes": own, "columns": columns}))
    extract = read_table(path, mapping=mapping).extract
    stated = [(row.attribute, row.domain, row.value, row.text) for row in extract.rows if row.attribute in own]
    assert stated == [
        ("x-step", "1 | 2", None, "1 or 2"),
        ("x-count", None, "7", None),
        ("x-remark", None, None, "as agreed"),
        ("x-count", None, "often", None),
    ]
    again = parse_extract(render_extract(extract).encode(), where="x.json")
    assert (render_extract(again), again.attributes) == (render_extract(extract), own)


def test_a_mapping_that_is_no_json(tmp_path: Path) -> None:
    path = tmp_path / "mapping.json"
    path.write_text('{"columns": }')
    with pytest.raises(UnreadableSource, match=r"mapping.json:1:13"):
        load_mapping(path)


def test_titles_with_something_in_parentheses() -> None:
    assert title_forms("Default value (V)") == (("defaultvalue(v)", ""), ("defaultvalue", "V"))
    assert USUAL.column("Unit(s)") is not None
    column = USUAL.column("DEFAULT\nvalue [s]")
    assert column is not None
    assert (column[0].attribute, column[1]) == ("default", "s")


# --- which sheet, which header ---------------------------------------------------------------------------------------


def two_sheets(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Introduction"])
    for name in ("First", "Second"):
        sheet = book.create_sheet(name)
        sheet.append(["Data item", "Default"])
        sheet.append([name, 1])
    path = tmp_path / "two.xlsx"
    book.save(path)
    return path


def test_the_first_sheet_with_a_header_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    reading = read_table(two_sheets(tmp_path))
    assert [row.subject for row in reading.extract.rows] == ["First"]
    assert [cell.place for cell in reading.unread] == ["Second"]


def test_a_sheet_by_name(tmp_path: Path) -> None:
    reading = read_table(two_sheets(tmp_path), sheet="second")
    assert [row.subject for row in reading.extract.rows] == ["Second"]
    assert reading.unread == ()


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="there are: Sheet, First, Second"):
        read_table(two_sheets(tmp_path), sheet="Third")


def test_a_table_without_a_header_says_what_was_found(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("Alpha,Beta\n1,2\n")
    with pytest.raises(UnreadableSource) as caught:
        read_table(path)
    assert "none, row 1: Alpha, Beta" in str(caught.value)
    assert "Default value" in str(caught.value)


# --- titles merged over columns, and columns that are lost -----------------------------------------------------------


def table(tmp_path: Path, rows: list[list[Any]], *merged: str) -> Reading:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(tmp_path / "draft.xlsx")
    return read_table(tmp_path / "draft.xlsx")


@pytest.mark.parametrize("title", ["Data item", "Setting"])
def test_a_title_merged_over_two_columns(tmp_path: Path, title: str) -> None:
    rows: list[list[Any]] = [
        [title, None, "Default"],
        ["Voltage", "Sag", 207],
        [None, "Swell", 253],
        ["Period", None, 30],
    ]
    reading = table(tmp_path, [*rows, ["Mode", "", 1], [None, "Alone", 2]], "A1:B1", "A2:A3", "A5:B5")
    assert [(row.subject, row.domain) for row in reading.extract.rows if row.attribute == "default"] == [
        ("Voltage.Sag", "207"),
        ("Voltage.Swell", "253"),
        ("Period", "30"),
        ("Mode", "1"),
        ("Alone", "2"),
    ]
    assert not reading.unread
    assert not reading.bare


def test_a_value_under_a_merged_title_is_stated_once_for_each_cell(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Data item", "Default", None], ["A", 1, None], ["B", 2, 3]]
    reading = table(tmp_path, rows, "B1:C1", "B2:C2")
    defaults = [(row.subject, row.domain) for row in reading.extract.rows if row.attribute == "default"]
    assert defaults == [("A", "1"), ("B", "2"), ("B", "3")]


def test_a_column_that_is_not_read_is_told(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Data item", None, "Default", "Maximum", "Max", "Name"], ["A", "x", 1, 5, 6, "Z"]]
    reading = table(tmp_path, rows)
    assert [(cell.place, cell.text, cell.reason) for cell in reading.unread] == [
        ("Sheet!E1", "Max", "not read: an earlier column says the same of a row")
    ]
    assert [(cell.place, cell.text, cell.reason) for cell in reading.bare] == [
        ("Sheet!B1", "", "a column without a title"),
        ("Sheet!F1", "Name", "not read: an earlier column names the data item"),
    ]
    assert [row.domain for row in reading.extract.rows if row.attribute == "permitted"] == ["..5"]


@pytest.mark.parametrize(
    ("title", "numbers", "clauses"),
    [
        ("Ref", (1, 2, 3), False),
        ("Ref", (1, 2, 7), False),
        ("Clause", (1, 2, 3), False),
        ("Clause", (5, 7, 9), True),
        ("Ref", (3, 3, 4), True),
        ("Ref", ("5.1", "5.2", "5.10"), True),
    ],
)
def test_a_first_column_that_counts_the_rows_is_no_clause(
    tmp_path: Path, title: str, numbers: tuple[Any, ...], clauses: bool
) -> None:
    rows: list[list[Any]] = [[title, "Data item", "Default"], *([number, f"I{number}", 1] for number in numbers)]
    said = {row.clause for row in table(tmp_path, rows).extract.rows}
    assert said == ({str(number) for number in numbers} if clauses else {"Sheet"})


def test_a_row_below_a_deleted_item_does_not_go_on_with_the_item_above_that(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Data item", "Element", "Default"], ["A", "x", 1], ["B", "x", 2], [None, "y", 3]):
        sheet.append(row)
    sheet["A3"].font = Font(strike=True)
    book.save(tmp_path / "draft.xlsx")
    reading = read_table(tmp_path / "draft.xlsx")
    assert [(row.subject, row.domain) for row in reading.extract.rows if row.attribute == "default"] == [("A.x", "1")]
    assert [(cell.place, cell.reason) for cell in reading.unread] == [
        ("Sheet!A3", "struck out: the row is deleted"),
        ("Sheet!A4", "a row without a data item, and none stands above it"),
    ]
