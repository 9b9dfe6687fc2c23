"""Workbooks and CSV files of settings: one item a row, one device a row; cells cited."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from configuration_runs import MAXIMUM_DEMAND, context
from configuration_runs import judge as run_json
from openpyxl.styles import Font

from gbcscheck.device.configuration.read import ConfigurationVerdict
from gbcscheck.device.configuration.table import judge_table
from gbcscheck.device.model import FileRecord
from gbcscheck.errors import Problems, UnreadableSource
from gbcscheck.model.device_files import BRANCH, FACT

Rows = Sequence[Sequence[object]]
SAG = "RMSVoltageSagThreshold"


def workbook(**sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    octets = io.BytesIO()
    book.save(octets)
    return octets.getvalue()


def judge(
    content: bytes, path: str = "settings.xlsx", *, hidden: bool = False
) -> tuple[ConfigurationVerdict, FileRecord]:
    record, usual = FileRecord(path), context()
    chosen = replace(usual, choices=replace(usual.choices, hidden=hidden))
    return judge_table(path, content, chosen, record), record


def told(record: FileRecord) -> list[tuple[str, str]]:
    return [(finding.rule, finding.statements[0].source) for finding in record.findings]


def test_one_item_a_row_with_elements_units_and_typed_cells() -> None:
    rows: Rows = [
        ["Settings of our meter"],
        ["Data item", "Element", "Value", "Unit", "Owner"],
        ["Maximum Demand Configurable Time Period", "entries[*].exec_weekdays", "Mon-Fri"],
        ["Maximum Demand Configurable Time Period", "entries[1].switch_time", datetime.time(16, 0)],
        ["Maximum Demand Configurable Time Period", "entries[2].switch_time", "20:00"],
        ["RMS Voltage Sag Threshold", None, 207, "V", "network"],
        ["RMS Voltage Swell Threshold", None, 253.5, "V", "network"],
        ["Randomised Offset Limit", None, 30, "min", "supplier"],
        ["Something else", None, 1],
        ["PaymentMode", None, None],
    ]
    verdict, record = judge(workbook(Settings=rows))
    assert verdict == ("", "table")
    assert told(record) == [
        ("D504", "Settings!C3"),
        ("D503", "Settings!C7"),
        ("D501", "Settings!C8"),
        ("D601", "Settings!C9"),
    ]
    assert record.values == 6
    assert ("Owner", "a column that is not read") in [
        (entry.label, entry.value) for entry in record.entries if entry.verdict == FACT
    ]


def test_what_is_hidden_is_left_out_and_named() -> None:
    book = openpyxl.Workbook()
    shown, other = book.worksheets[0], book.create_sheet("Old")
    shown.title, other.sheet_state = "Settings", "hidden"
    for row in (
        ["Data item", "Value", "Value", "Unit"],
        ["RMSVoltageSagThreshold", 999, 207, "V"],
        ["RMSVoltageSwellThreshold", 253, 253, "V"],
        ["RMSVoltageSwellThreshold", 254, 254.5, "V"],
    ):
        shown.append(row)
        other.append(row[:2])
    shown.column_dimensions["B"].hidden = True
    shown.row_dimensions[4].hidden = True
    octets = io.BytesIO()
    book.save(octets)
    verdict, record = judge(octets.getvalue())
    assert (verdict.reason, told(record), record.values) == ("", [], 2)
    facts = {entry.label: entry.value for entry in record.entries if entry.verdict == FACT}
    assert {"Settings!4:4", "Settings!B:B", "Old"} <= {place for place, told in facts.items() if "--hidden" in told}
    assert judge(octets.getvalue(), hidden=True)[1].values > 2
    book.remove(shown)
    other.sheet_state = "visible"
    for number in range(1, 5):
        other.row_dimensions[number].hidden = True
    book.create_sheet("Notes").append(["nothing here"])
    octets = io.BytesIO()
    book.save(octets)
    assert "Old!1:4, hidden rows: not read; --hidden reads it" in judge(octets.getvalue())[0].reason


def test_a_value_has_the_unit_beside_it() -> None:
    rows: Rows = [
        ["Data item", "Min", "Unit", "Value", "Unit"],
        ["RandomisedOffsetLimit", 0, "s", 30, "min"],
        ["RMSVoltageSagThreshold", 1800, "V", 2070, "0.1 V"],
    ]
    verdict, record = judge(workbook(Settings=rows))
    assert (verdict.reason, record.values) == ("", 2)
    values = [(entry.label, entry.value) for entry in record.entries if entry.verdict != FACT]
    assert values == [("RandomisedOffsetLimit", "1800 s"), ("RMSVoltageSagThreshold", "207 V")]


def test_what_is_not_looked_at_is_named() -> None:
    rows: Rows = [["Parameter", "Meter A", "Where"], ["RMSVoltageSagThreshold", "207 V", "in the hall"]]
    verdict, record = judge(workbook(Settings=rows))
    assert (verdict.reason, record.values) == ("", 1)
    assert record.not_read == ['Settings!C1, "Where": a column that is not read']
    units: Rows = [["RMSVoltageSagThreshold", 2070, "0.1 V"], ["RandomisedOffsetLimit", 30, "furlongs"]]
    _, record = judge(workbook(Settings=units))
    assert record.not_read == []
    assert told(record) == [("D602", "Settings!B2")]
    _, record = judge(workbook(Settings=[["RandomisedOffsetLimit", 30, 40], ["RMSVoltageSagThreshold", 207, 208]]))
    assert (told(record), record.not_read) == ([], ['Settings!C1, "40": a column that is not read'])


@pytest.mark.parametrize(
    ("rows", "found", "left_out"),
    [
        (
            [["Data item", "Value", "Scale", "Unit"], ["RMSVoltageSagThreshold", 2070, 0.1, "V"]],
            [("D602", "Settings!B2")],
            ['Settings!C1, "Scale": a column that is not read'],
        ),
        (
            [["Data item", "Attribute", "Value"], [SAG, "Unit", "V"], [SAG, "Default", "207 V"], [SAG, "Min", "1 V"]],
            [],
            [],
        ),
        ([["All values in units of 0.1 V"], ["Data item", "Value"], ["RMSVoltageSagThreshold", 2070]], [], []),
        (
            [["Data item", "Value", "Note"], [SAG, "207 kV", "Withdrawn"], ["RandomisedOffsetLimit", "600 s"]],
            [],
            [f'Settings!A2, "{SAG}": "Withdrawn" in Settings!C2'],
        ),
    ],
)
def test_what_stands_beside_the_values_counts(rows: Rows, found: list[tuple[str, str]], left_out: list[str]) -> None:
    _, record = judge(workbook(Settings=rows))
    assert (told(record), record.not_read, record.values) == (found, left_out, 1)


def test_one_device_a_row_with_units_in_the_header() -> None:
    rows: Rows = [
        ["Serial", "RMSVoltageSagThreshold (V)", f"{MAXIMUM_DEMAND}.entries[*].exec_weekdays", "RandomisedOffsetLimt"],
        ["a1", 207, "daily", 1],
        ["a2", 207.5, "Mon-Fri", 2],
        ["a3", None, "Sat", 2],
    ]
    verdict, record = judge(workbook(Meters=rows))
    assert verdict == ("", "table")
    assert told(record) == [("D601", "Meters!D1"), ("D503", "Meters!B3"), ("D504", "Meters!C3")]
    assert "RandomisedOffsetLimit" in record.findings[0].suggestion
    assert record.findings[2].message.endswith("; likewise at Meters!C4 (Sat)")
    assert record.values == 5
    strangers = [entry.source for entry in record.entries if entry.value == "a column that names no data item"]
    assert strangers == ["Meters!A1", "Meters!D1"]


def test_every_sheet_with_a_table_is_judged_and_the_others_are_named() -> None:
    table: Rows = [["Item", "Setting"], ["RandomisedOffsetLimit", 70000]]
    verdict, record = judge(workbook(One=table, Notes=[["nothing"]], Two=table))
    assert verdict.reason == ""
    assert told(record) == [("D503", "One!B2")]
    assert record.findings[0].message.endswith("; likewise at Two!B2")
    assert record.entries[-1].label == "Notes"


def test_an_item_in_two_rows_of_one_column() -> None:
    rows: Rows = [["Item", "Value"], ["RandomisedOffsetLimit", 5], ["Randomised Offset Limit", 6]]
    _, record = judge(workbook(S=rows))
    assert told(record) == [("D605", "S!B3")]
    assert "row 2 and row 3" in record.findings[0].message


def test_a_cell_without_a_stored_value() -> None:
    _, record = judge(workbook(S=[["Item", "Value"], ["RandomisedOffsetLimit", "=1+1"]]))
    assert told(record) == [("D602", "S!B2")]
    assert "formula" in record.findings[0].message


def test_lists_and_objects_as_json_in_a_cell() -> None:
    entries = '[{"exec_weekdays": "Mon-Fri"}, {"exec_weekdays": "daily"}]'
    _, record = judge(workbook(S=[["Item", "Value"], [MAXIMUM_DEMAND, entries]]))
    assert told(record) == [("D504", "S!B2")]
    assert record.values == 2


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_with_its_usual_marks(mark: str) -> None:
    lines = [["Item", "Value", "Unit"], ["RandomisedOffsetLimit", "70000", ""], ["RMSVoltageSagThreshold", "207", "V"]]
    verdict, record = judge("\n".join(mark.join(line) for line in lines).encode(), "folder/meter.csv")
    assert verdict == ("", "table")
    assert told(record) == [("D503", "meter!B2")]
    assert record.values == 2


def test_a_list_without_a_header() -> None:
    verdict, record = judge(b"our meter;x\nRMSVoltageSagThreshold;207 V\nRandomisedOffsetLimit;70000\n", "m.csv")
    assert verdict == ("", "table")
    assert told(record) == [("D503", "m!B3")]
    assert record.values == 2


METERS = [
    ["Parameter", "Unit", "Meter A", "Meter B", "Remark", "Minimum"],
    ["RandomisedOffsetLimit", "s", 30, 70000, "as agreed", 3],
    [SAG, "V", 207, 208, None, 4],
    ["RMSVoltageSwellThreshold", None, "253 Volt", "7 A", None, None],
]


def test_one_device_a_column_with_units_anywhere() -> None:
    """The second column of values was passed over without a word, as was the unit before them."""
    verdict, record = judge(workbook(S=METERS))
    assert verdict == ("", "table")
    assert told(record) == [("D503", "S!D2"), ("D606", "S!D4")]
    assert record.values == 6
    left = [(entry.label, entry.source) for entry in record.entries if entry.verdict == FACT]
    assert {("Remark", "S!E1"), ("Minimum", "S!F1")} <= set(left)
    assert [entry.label for entry in record.entries if entry.verdict == BRANCH] == ["Meter A", "Meter B"]


def test_one_item_of_two_devices_is_two_values() -> None:
    """Values with a unit are no units."""
    _, record = judge(workbook(S=[["Parameter", "Meter A", "Meter B"], ["RandomisedOffsetLimit", "600 s", "70000 s"]]))
    assert (record.values, told(record)) == (2, [("D503", "S!C2")])


def test_one_item_of_one_device_a_row() -> None:
    _, record = judge(workbook(S=[["Device", "RandomisedOffsetLimit"], ["M1", 70000], ["M2", 30]]))
    assert (record.values, told(record)) == (2, [("D503", "S!B2")])


def test_the_devices_of_two_columns_are_two() -> None:
    """An item that each has once is not given twice; one that a column has twice is."""
    rows = [["Parameter", "A", "B"], [SAG, 207, 208], [f"{SAG}.threshold_normal", 207, None]]
    _, record = judge(workbook(S=rows))
    assert told(record) == [("D605", "S!B3")]


def test_rows_of_no_item_among_several_devices_are_named_once() -> None:
    """As columns are where a row is a device; today's error on each of them hid what was wrong with values."""
    rows = [
        ["No.", "Parameter", "Meter A", "Meter B", "Remark"],
        [1, "Serial number", "A1", "B1", None],
        [2, "RandomisedOffsetLimt", 5, 6, None],
        [3, SAG, 207, "253 V", "as agreed"],
        [4, "RMSVoltageSagMeasurementPeriod", "PT30S", "00:00:30", None],
    ]
    verdict, record = judge(workbook(S=rows))
    assert verdict == ("", "table")
    assert (record.values, told(record)) == (4, [("D601", "S!B3")])
    assert record.not_read == [
        'S!A1, "No.": a column that is not read',
        'S!E1, "Remark": a column that is not read',
        'S!B2, "Serial number": a row that names no data item',
        'S!B3, "RandomisedOffsetLimt": a row that names no data item',
    ]


OBJECTS: list[Rows] = [
    [
        ["OBIS", "Class", "Attribute", "Value", "Unit", "Name"],
        ["0-0:17.0.3.255", 71, 4, 5000000000, "V", "sag"],
        ["0.0.94.44.0.1", 1, 2, 30, "min", "offset"],
        [None, None, None, 1, None, "RMSVoltageSwellThreshold"],
    ],
    [
        ["Logical name", "IC", "Attr", "Meter A", "Meter B", "Unit"],
        ["0000110003FF", 71, 4, 5000000000, None, "V"],
        ["0-0:94.44.0.1", 1, 2, None, 30, "min"],
        ["00 00 11 00 04 FF", 71, 4, 1, None, "V"],
    ],
    [["71/0-0:17.0.3.255/4", "5000000000"], ["0-0:94.44.0.1:2", "30 min"], ["0-0:17.0.4*255/4", 1]],
    [["Meter", "0-0:17.0.3.255/4", "0-0:94.44.0.1 (min)", "0-0:17.0.4.255/4"], ["a", 5000000000, 30, 1]],
]


@pytest.mark.parametrize("rows", OBJECTS, ids=["one item a row", "one device a column", "a list", "one device a row"])
def test_items_by_their_objects(rows: Rows) -> None:
    _, record = judge(workbook(S=rows))
    assert sorted((one.rule, one.subject) for one in record.findings) == [
        ("D501", "RandomisedOffsetLimit.value"),
        ("D503", f"{SAG}.threshold_normal"),
    ]
    assert record.values == 3


def test_units_in_a_row_of_their_own_and_rows_and_columns_of_nothing() -> None:
    rows: Rows = [
        ["Serial", SAG, "RandomisedOffsetLimit", "Randomised Offset Limit"],
        [None, "V", "min", None],
        ["a1", 207, 30, 5],
        ["a2", None, None, None],
    ]
    _, record = judge(workbook(S=rows))
    assert told(record) == [("D605", "S!D1"), ("D501", "S!C3")]
    assert record.not_read[-1] == 'S!A4, "a2": a row without a value of a data item'


def test_a_decimal_comma_in_a_cell() -> None:
    _, record = judge(b"Item;Value\nRMSVoltageSagThreshold;207,0 V\nRandomisedOffsetLimit;1,500\n", "m.csv")
    assert told(record) == [("D503", "m!B3")]
    assert record.values == 2


def test_the_decimal_sign_of_a_file_with_semicolons_is_told_by_its_numbers() -> None:
    content = b"Parameter;M1;M2\nRMSVoltageSagThreshold;207,0 V;1,207\nRandomisedOffsetLimit;30;0,5 min\n"
    _, record = judge(content, "m.csv")
    assert "1.207 V" in [str(entry.value) for entry in record.entries]
    assert "30 s" in [str(entry.value) for entry in record.entries]
    _, record = judge(content.replace(b"207,0", b"207").replace(b"0,5", b"5"), "m.csv")
    assert told(record) == [("D602", "m!C2")]
    assert "1.207 or 1207" in record.findings[0].message


OWN = {
    "subject": ["Our name"],
    "columns": {"Configured": "default"},
    "subjects": {"Offset max": "RandomisedOffsetLimit", "Sag": SAG},
}


@pytest.mark.parametrize(
    "text",
    [
        "Our name,Configured\nOffset max,70000\nSag,207\n",
        "Offset max,Sag\n70000,207\n",
        "What,Meter 7\nOffset max,70000\nSag,207\n",
    ],
    ids=["one item a row", "one device a row", "one device a column"],
)
def test_names_and_titles_of_ones_own_are_those_of_the_mapping_beside(text: str, tmp_path: Path) -> None:
    """The mapping was said to be used, and was not."""
    path = tmp_path / "own.csv"
    (tmp_path / "own.mapping.json").write_text(json.dumps(OWN))
    verdict, record = judge(text.encode(), str(path))
    assert verdict == ("", "table")
    assert [(rule, record.findings[0].subject) for rule, _ in told(record)] == [("D503", "RandomisedOffsetLimit.value")]
    assert record.values == 2
    without, _ = judge(text.encode(), "elsewhere.csv")
    assert without.reason


def test_a_mapping_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.mapping.json").write_text('{"columns": 7}')
    with pytest.raises(Problems):
        judge(b"Item,Value\nRandomisedOffsetLimit,7\n", str(tmp_path / "own.csv"))


def test_a_table_of_something_else_has_a_reason() -> None:
    verdict, record = judge(b"Colour,Size\nred,5\n", "m.csv")
    assert verdict.reason.endswith("found m: Colour, Size")
    assert record.values == 0
    verdict, _ = judge(b"Item,Value\n", "m.csv")
    assert verdict.reason == "no data item has a value in it"


def test_damaged_files_are_refused() -> None:
    with pytest.raises(UnreadableSource):
        judge(workbook(S=[["Item"]])[:500])
    with pytest.raises(UnreadableSource):
        judge(b'Item,Value\n"a,1\n', "m.csv")


@pytest.mark.parametrize(
    ("value", "unit", "judged"),
    [
        ("2070", "0.1 V", "207 V"),
        ("207", "volts", "207 V"),
        ("20", "Minutes (max)", "1200 s"),
        ("207", "furlong", "'furlong' is no unit that is known: there is no value to be judged"),
        ("207", "-", "207 V"),
    ],
)
def test_the_unit_of_a_row_is_read_as_people_write_it(value: str, unit: str, judged: str) -> None:
    item = "Randomised Offset Limit" if "Min" in unit else "RMS Voltage Sag Threshold"
    _, record = judge(f"Data item,Value,Unit\n{item},{value},{unit}\n".encode(), "meter.csv")
    if record.findings:
        assert record.findings[0].message == judged
    else:
        assert judged in [str(entry.value) for entry in record.entries]


def test_a_cell_is_judged_as_it_is_shown() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    items = ("RMS Voltage Sag Threshold", "RMS Voltage Swell Threshold", "Randomised Offset Limit")
    for row in (["Data item", "Value"], *zip(items, (207, 253.4, 600), strict=True)):
        sheet.append(list(row))
    sheet["B2"].number_format, sheet["B3"].number_format, sheet["B4"].font = '0" V"', "0", Font(strike=True)
    octets = io.BytesIO()
    book.save(octets)
    _, record = judge(octets.getvalue())
    (told_of,) = record.findings
    assert told_of.message == "it holds 253.4 and shows 253: there is no value to be judged"
    assert "207 V" in [entry.value for entry in record.entries]
    assert ("600", "struck out") in [(entry.label, entry.value) for entry in record.entries]


def test_every_table_of_a_sheet_is_judged_by_its_own_titles() -> None:
    rows: Rows = [
        ["Data item", "Value", "Unit"],
        ["RMS Voltage Sag Threshold", 207.5, "V"],
        [],
        ["More"],
        ["Data item", "Unit", "Value"],
        ["Randomised Offset Limit", "s", 70000],
    ]
    _, record = judge(workbook(S=rows))
    assert told(record) == [("D503", "S!B2"), ("D503", "S!C6")]


def test_a_row_goes_on_with_the_item_above_it_and_a_heading_is_told() -> None:
    rows: Rows = [
        ["Data item", "Element", "Value"],
        ["Network"],
        ["Maximum Demand Configurable Time Period", "entries[1].switch_time", "16:00"],
        [None, "entries[*].exec_weekdays", "Mon-Fri"],
    ]
    _, record = judge(workbook(S=rows))
    assert told(record) == [("D504", "S!C4")]
    facts = [(entry.label, entry.source) for entry in record.entries if entry.verdict == FACT]
    assert ("Network", "S!A2") in facts


def rules_of(text: str) -> list[str]:
    """The rules of what is found in a CSV file."""
    _, record = judge(text.encode(), "meters.csv")
    return [finding.rule for finding in record.findings]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("OBIS,Class,Attribute,Value\n0-0:94.44.0.1,99,2,100\n", ["D601"]),
        ("OBIS,Class,Attribute,Value\n0-0:94.44.0.1,1,2,100\n0-0:94.44.0.1,1,7,100\n", ["D601"]),
        ("OBIS,Class,Attribute,M1,M2\n0-0:17.0.3.255,71,4,207,208\n0-0:17.0.1.255,71,4,-1,1\n", ["D503"]),
        ("OBIS,Class,Attribute,M1,M2\n0-0:17.0.3.255,71,4,207,208\n0-0:17.0.1.255,70,4,-1,1\n", ["D601"]),
        ("Data item,M1,M2\n0-0:17.0.3.255/4,207,207\n70/0-0:17.0.1.255/4,9,2\n", ["D601"]),
        (f"Device,{SAG},70/0-0:17.0.1.255/4\nM1,207,9\n", ["D601"]),
    ],
)
def test_class_and_attribute_of_a_row_count(text: str, rules: list[str]) -> None:
    assert rules_of(text) == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (f"Data item,M1,M2,Multiplier\nRandomisedOffsetLimit,180,100,10\n{SAG},20,21,1\n", ["D602"]),
        (f"Device,RandomisedOffsetLimit (hex),{SAG} (% of nominal)\nM1,708,90\n", ["D602", "D602"]),
        (f"Data item,M1 (hex),M2\nRandomisedOffsetLimit,708,1\n{SAG},207 V,207\n", ["D602"]),
        (f"Device,RandomisedOffsetLimit,RandomisedOffsetLimit unit,{SAG},Unit\nM1,30,min,207,kV\n", ["D501", "D609"]),
        (f"Device,Unit,RandomisedOffsetLimit,{SAG}\nM1,min,30,207\n", ["D501"]),
        (f"Data item,M1,Unit,M2,Unit\nRandomisedOffsetLimit,5,s,31,min\n{SAG},207,V,253,V\n", ["D501"]),
        (f"Data item,Unit,M1,Unit,M2\nRandomisedOffsetLimit,s,5,min,31\n{SAG},V,207,V,253\n", ["D501"]),
        (f"Data item,Unit,M1,M2\nRandomisedOffsetLimit,min,5,31\n{SAG},V,207,253\n", ["D501"]),
    ],
)
def test_scales_and_units_in_every_layout(text: str, rules: list[str]) -> None:
    assert rules_of(text) == rules


@pytest.mark.parametrize("name", ["RandomisedOffsetLimit (hex)", f"{SAG} (% of nominal)", f"{SAG} (x 10)"])
def test_a_scale_behind_a_name_in_json(name: str) -> None:
    assert run_json({name: 708}, "current").rules == ["D602"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (f"Data item,M1,M2\n{SAG},5,6\n,,\nData item,M3,M4\n{SAG},7,8\n", []),
        (f"Device,RandomisedOffsetLimit,{SAG}\nM1,5,207\nDevice,{SAG},RandomisedOffsetLimit\nM2,207,1900\n", ["D501"]),
        (f"Meter,Data item,Value\nM1,{SAG},5\nM2,{SAG},6\n", []),
        (f"Meter,Data item,Value\nM1,{SAG},5\nM1,{SAG},6\n", ["D605"]),
        (f"Serial number,{SAG},Firmware\nM1,207,1.2\nM2,9999999999,1.3\n", ["D503"]),
    ],
)
def test_each_device_is_judged_by_itself(text: str, rules: list[str]) -> None:
    assert rules_of(text) == rules


def test_columns_of_what_is_permitted_are_named() -> None:
    text = "Data item,Value,Permitted values,Minimum\nRandomisedOffsetLimit,180,0..100,190\n"
    _, record = judge(text.encode(), "meters.csv")
    assert [one.split('"')[1] for one in record.not_read] == ["Permitted values", "Minimum"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (f"Name,OBIS,Class,Attribute,Value\n{SAG},0-0:17.0.3.255,71,4,207\n", []),
        (f"Name,OBIS,Class,Attribute,Value\n{SAG},0-0:17.0.4.255,71,4,207\n", ["D602"]),
        (f"Name,OBIS,Class,Attribute,Value\n{SAG},0-0:17.0.3.255,99,4,207\n", ["D602"]),
        (f"Name,OBIS,Class,Attribute,M1,M2\n{SAG},0-0:17.0.4.255,71,4,207,208\n", ["D602"]),
        ("Name,OBIS,Class,Attribute,Value\nSag,0-0:17.0.3.255,71,4,207\n", []),
    ],
)
def test_a_name_and_an_object_that_disagree(text: str, rules: list[str]) -> None:
    assert rules_of(text) == rules
