"""Tables in the shapes that people draw them in: how each is made, and what is read of it or why not.

``python tests/extract/zoo_shapes.py`` counts over all of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.csv_sheet import read_csv
from gbcscheck.extract.table import read_tables
from gbcscheck.extract.table_choice import ALL, TableChoice
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.facts.extract_file import Reading

Rows = Sequence[Sequence[Any]]
Said = tuple[str, str, str]
"""A data item, an attribute, and what is stated."""


@dataclass(frozen=True)
class Shape:
    """A table: how it is made in a folder, what is stated by the place that is cited, the places that are not read or
    not taken with a part of the reason, and a part of the error where the file is refused. ``parts`` are the parts of
    the specification, where they matter."""

    name: str
    make: Callable[[Path], Path]
    says: Mapping[str, Said] = field(default_factory=dict)
    tells: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    choice: TableChoice = ALL
    mapping: Mapping[str, Any] | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of a shape: what was read right, told rightly, and each thing that is wrong."""

    right: int
    told: int
    wrong: tuple[str, ...]


def book(
    *rows: Sequence[Any],
    merge: Sequence[str] = (),
    more: Mapping[str, Rows] | None = None,
    change: Callable[[Worksheet], None] | None = None,
    name: str = "T",
    file: str = "draft.xlsx",
) -> Callable[[Path], Path]:
    """What makes a workbook with a sheet ``T`` of some rows, and ``more`` sheets."""

    def make(folder: Path) -> Path:
        made = openpyxl.Workbook()
        sheet = made.active
        assert sheet is not None
        sheet.title = name
        for row in rows:
            sheet.append(list(row))
        for cells in merge:
            sheet.merge_cells(cells)
        for title, others in (more or {}).items():
            other = made.create_sheet(title)
            for row in others:
                other.append(list(row))
        if change is not None:
            change(sheet)
        made.save(folder / file)
        return folder / file

    return make


def text(content: str, *, file: str = "t.csv") -> Callable[[Path], Path]:
    """What makes a text file."""

    def make(folder: Path) -> Path:
        (folder / file).write_text(content, "utf-8")
        return folder / file

    return make


def _hide(*, rows: Sequence[int] = (), columns: Sequence[str] = ()) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True
        for column in columns:
            sheet.column_dimensions[column].hidden = True

    return change


def _hide_sheet(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"


SAG, SWELL, LIMIT = "RMS Voltage Sag Threshold", "RMS Voltage Swell Threshold", "Randomised Offset Limit"
PERIOD = "Maximum Demand Configurable Time Period"
HEAD = ["Data item", "Default value", "Unit"]
PLAIN = [HEAD, [SAG, 207, "V"], [LIMIT, 600, "s"]]
READ: dict[str, Said] = {
    "T!B2": (SAG, "default", "207 V"),
    "T!C2": (SAG, "unit", "V"),
    "T!B3": (LIMIT, "default", "600 s"),
    "T!C3": (LIMIT, "unit", "s"),
}


_ROWS = ((2, SAG, "V"), (3, SWELL, "V"), (4, LIMIT, "s"))


def _at(sheet: str, said: Mapping[str, Said], down: int = 0, right: int = 0) -> dict[str, Said]:
    """The same statements on another sheet, or further down or to the right."""
    moved = {}
    for place, what in said.items():
        cell = place.split("!")[1]
        moved[f"{sheet}!{chr(ord(cell[0]) + right)}{int(cell[1:]) + down}"] = what
    return moved


def _default(places: Mapping[str, tuple[str, str]]) -> dict[str, Said]:
    return {place: (item, "default", value) for place, (item, value) in places.items()}


_UNITS: dict[str, Said] = {f"T!D{row}": (item, "unit", unit) for row, item, unit in _ROWS}
_IN_TITLE: dict[str, Said] = {"T!B2": (SAG, "default", "207 V"), "T!B1": (SAG, "unit", "kV")}
SHAPES: tuple[Shape, ...] = (
    Shape("plain", book(*PLAIN), READ),
    Shape("a title over it", book(["GBCS 4.9 Table 28d"], [], *PLAIN), _at("T", READ, 2), parts=("Table 28d",)),
    Shape("front matter far over it", book(*[["words"]] * 40, *PLAIN), _at("T", READ, 40)),
    Shape(
        "two below each other",
        book(
            ["GBCS 4.9 Table 28d"],
            *PLAIN,
            [],
            ["Table 28e - more"],
            ["Data item", "Unit", "Default value"],
            [SWELL, "V", 253],
        ),
        {**_at("T", READ, 1), "T!C8": (SWELL, "default", "253 V"), "T!B8": (SWELL, "unit", "V")},
        parts=("Table 28d", "Table 28e"),
    ),
    Shape(
        "two below each other without a row between",
        book(*PLAIN, ["Data item", "Range"], [SWELL, "230 to 280"]),
        {**READ, "T!B5": (SWELL, "permitted", "230..280")},
    ),
    Shape(
        "two beside each other",
        book([*HEAD, None, *HEAD], [SAG, 207, "V", None, LIMIT, 600, "s"]),
        {
            "T!B2": (SAG, "default", "207 V"),
            "T!C2": (SAG, "unit", "V"),
            "T!F2": (LIMIT, "default", "600 s"),
            "T!G2": (LIMIT, "unit", "s"),
        },
    ),
    Shape(
        "two beside each other without a column between",
        book(["No.", "Data item", "Default", "No.", "Data item", "Default"], [1, SAG, 207, 7, SWELL, 253]),
        _default({"T!C2": (SAG, "207"), "T!F2": (SWELL, "253")}),
    ),
    Shape(
        "two beside each other, one further down",
        book([*HEAD], [SAG, 207, "V", None, *HEAD[:2]], [LIMIT, 600, "s", None, SWELL, 253]),
        {**READ, "T!F3": (SWELL, "default", "253")},
    ),
    Shape(
        "another kind of table below",
        book(*PLAIN, [], ["Alarm", "Code", "Meaning"], ["Fan fails", 12, "it stands"]),
        READ,
        {"T!A5": "titles are not known: Alarm, Code, Meaning", "T!A6": "titles are not known"},
    ),
    Shape(
        "another kind of table below, with a title that is known",
        book(*PLAIN, [], ["Alarm", "Value", "Unit"], ["Fan fails", 12, "s"]),
        READ,
        {"T!A5": "titles are not known", "T!A6": "titles are not known"},
    ),
    Shape(
        "another kind of table below, with its number",
        book(["Data item", "Default"], [SAG, 207], [], ["Table 28f: levels"], ["Level", "Threshold"], ["Low", 5]),
        {"T!B2": (SAG, "default", "207")},
        {
            "T!A4": "a heading, or a data item without values",
            "T!A5": "titles are not known: Level, Threshold",
            "T!A6": "titles are not known",
        },
    ),
    Shape(
        "a history of changes over it",
        book(["GBCS 4.9"], [], ["Version", "Author", "Date"], ["1.0", "A. N.", "2026-11-01"], [], *PLAIN),
        _at("T", READ, 5),
        {"T!3:4": "over the first table: no titles that are known"},
    ),
    Shape(
        "titles of two rows, merged",
        book(
            ["Data item", "Default value", "Permitted values", None, "Unit"],
            [None, None, "Min", "Max", None],
            [SAG, 207, 180, 250, "V"],
            merge=("A1:A2", "B1:B2", "C1:D1", "E1:E2"),
        ),
        {
            "T!B3": (SAG, "default", "207 V"),
            "T!C3": (SAG, "permitted", "180..250 V"),
            "T!E3": (SAG, "unit", "V"),
        },
    ),
    Shape(
        "titles of two rows, the outer one of no meaning",
        book(
            ["Setting", None, "Limits", None, "Unit"],
            ["Data item", "Default", "Min", "Max", None],
            [SAG, 207, 180, 250, "V"],
            merge=("A1:B1", "C1:D1", "E1:E2"),
        ),
        {
            "T!B3": (SAG, "default", "207 V"),
            "T!C3": (SAG, "permitted", "180..250 V"),
            "T!E3": (SAG, "unit", "V"),
        },
    ),
    Shape(
        "titles of two rows in a CSV file",
        text("Data item,Default value,Permitted values,,Unit\n,,Min,Max,\nSag,207,180,250,V\n"),
        {
            "t!B3": ("Sag", "default", "207 V"),
            "t!C3": ("Sag", "permitted", "180..250 V"),
            "t!E3": ("Sag", "unit", "V"),
        },
    ),
    Shape(
        "titles of two rows, the item in the lower one",
        text(",Default value,Permitted values,,Unit\nData item,,Min,Max,\nSag,207,180,250,V\n"),
        {
            "t!B3": ("Sag", "default", "207 V"),
            "t!C3": ("Sag", "permitted", "180..250 V"),
            "t!E3": ("Sag", "unit", "V"),
        },
    ),
    Shape(
        "titles in two rows, none in both",
        text(",Default value\nData item,\nSag,207\n"),
        _default({"t!B3": ("Sag", "207")}),
    ),
    Shape(
        "a row of units under the titles",
        book(["Data item", "Default", "Minimum"], [None, "[V]", "[V]"], [SAG, 207, 180]),
        {"T!B3": (SAG, "default", "207 V"), "T!C3": (SAG, "permitted", "180.. V"), "T!B2": (SAG, "unit", "V")},
    ),
    Shape(
        "a row of units under the titles, called so",
        book(["Data item", "Default", "Min"], ["Units", "V", "V"], [SAG, 207, 180]),
        {"T!B3": (SAG, "default", "207 V"), "T!C3": (SAG, "permitted", "180.. V"), "T!B2": (SAG, "unit", "V")},
    ),
    Shape(
        "a unit under a title that is over both",
        book(
            ["Data item", "Default", None, "Range", None, None],
            [None, "Value", "Unit", "Min", "Max", "Unit"],
            [LIMIT, 1, "min", 0, 60, "s"],
            merge=("A1:A2", "B1:C1", "D1:F1"),
        ),
        {
            "T!B3": (LIMIT, "default", "60 s"),
            "T!C3": (LIMIT, "unit", "min"),
            "T!D3": (LIMIT, "permitted", "0..60 s"),
            "T!F3": (LIMIT, "unit", "s"),
        },
    ),
    Shape(
        "items in columns, two with one name",
        book(
            ["Table 28d"],
            ["Data item", "Max demand", None, "Sag"],
            ["Element", "days", "limit", None],
            ["Default", "Mon-Fri", 5, 207],
            merge=("B2:C2",),
        ),
        _default({"T!B4": ("Max demand.days", "0b1111100"), "T!C4": ("Max demand.limit", "5"), "T!D4": ("Sag", "207")}),
        parts=("Table 28d",),
    ),
    Shape(
        "titles as people write them",
        book(
            ["Parameter", "Min value", "Max value", "Units of measure", "Configurable by"],
            [SAG, 180, 250, "V", "Network Operator"],
        ),
        {
            "T!B2": (SAG, "permitted", "180..250 V"),
            "T!D2": (SAG, "unit", "V"),
            "T!E2": (SAG, "settable-by", "Network Operator"),
        },
    ),
    Shape(
        "a title that is not known",
        book(["Data item", "Factory", "Default"], [SAG, 200, 207]),
        {"T!C2": (SAG, "default", "207")},
        {"T!B1": "a title that is not known"},
    ),
    Shape(
        "no title over the items",
        book([None, "Default", "Unit"], [SAG, 207, "V"], [LIMIT, 600, "s"]),
        READ,
    ),
    Shape(
        "no title that is known",
        book(["Alpha", "Beta"], [SAG, 207]),
        refused="no header row with titles that are known",
    ),
    Shape(
        "a misspelt title in a mapping",
        book(["Quantity", "Factory value"], [SAG, 207]),
        mapping={
            "subject": ["Quantity"],
            "columns": {"Factroy value": "default", "Unit": "unit", "Quantity": "ignore"},
        },
        refused="no header row",
    ),
    Shape(
        "a misspelt title in a mapping, beside others",
        book(["Quantity", "Factory value", "Lowest"], [SAG, 207, 180]),
        mapping={"subject": ["Quantity"], "columns": {"Factroy value": "default", "Lowest": "minimum"}},
        refused='no column has the title "Factroy value"; did you mean "Factory value"?',
    ),
    Shape(
        "rows that go on",
        book(
            ["Data item", "Element", "Default"],
            ["Period", "Days", "Mon-Fri"],
            [None, "begin date", "1 Nov"],
            [None, "limit", 5],
        ),
        _default(
            {
                "T!C2": ("Period.Days", "0b1111100"),
                "T!C3": ("Period.begin date", "date(year 65535, month 11, day 1)"),
                "T!C4": ("Period.limit", "5"),
            }
        ),
    ),
    Shape(
        "rows that go on below a name alone",
        book(["Data item", "Element", "Default"], ["Period"], [None, "Days", "Mon-Fri"]),
        _default({"T!C3": ("Period.Days", "0b1111100")}),
    ),
    Shape(
        "rows that go on without an element",
        book(
            ["Data item", "Default", "Range", "Notes"],
            [SAG, 207, None, "the first"],
            [None, None, "180 to 250", "and more words"],
            [None, 210, None, None],
        ),
        {"T!B2": (SAG, "default", "207"), "T!C3": (SAG, "permitted", "180..250")},
        {"T!B4": "of which a row above says this already"},
    ),
    Shape(
        "a row without an item, and none above it",
        book(HEAD, [SAG, 207, "V"], [], [None, 600, "s"]),
        {"T!B2": READ["T!B2"], "T!C2": READ["T!C2"]},
        {"T!A4": "a row without a data item, and none stands above it"},
    ),
    Shape(
        "headings of sections",
        book(HEAD, ["Voltage"], [SAG, 207, "V"], ["2 Load"], [LIMIT, 600, "s"], ["* see SMETS"], ["Key: NA = none"]),
        {
            "T!B3": READ["T!B2"],
            "T!C3": READ["T!C2"],
            "T!B5": READ["T!B3"],
            "T!C5": READ["T!C3"],
        },
        {
            "T!A2": "a heading, or a data item without values",
            "T!A4": "a heading, or a data item without values",
            "T!A6": "a note",
            "T!A7": "a note",
        },
    ),
    Shape(
        "headings of sections, merged and numbered",
        book(
            ["No.", *HEAD],
            [1, "Voltage settings"],
            [2, SAG, 207, "V"],
            ["Load"],
            [3, LIMIT, 600, "s"],
            merge=("A4:D4",),
        ),
        {
            "T!C3": READ["T!B2"],
            "T!D3": READ["T!C2"],
            "T!C5": READ["T!B3"],
            "T!D5": READ["T!C3"],
        },
        {"T!A2": "a heading, or a data item without values", "T!A4": "a heading over several columns"},
    ),
    Shape(
        "the titles once more",
        book(*PLAIN, HEAD, [SWELL, 253, "V"]),
        {**READ, "T!B5": (SWELL, "default", "253 V"), "T!C5": (SWELL, "unit", "V")},
    ),
    Shape(
        "items as columns",
        book(["Data item", SAG, LIMIT], ["Default value", 207, 600], ["Unit", "V", "s"]),
        {
            "T!B2": (SAG, "default", "207 V"),
            "T!B3": (SAG, "unit", "V"),
            "T!C2": (LIMIT, "default", "600 s"),
            "T!C3": (LIMIT, "unit", "s"),
        },
    ),
    Shape(
        "items as columns, with a title over them and none in the corner",
        book(["GBCS 4.9 Table 28d"], [], [None, SAG, LIMIT], ["Min", 180, 0], ["Max", 250, 1799], merge=("A1:C1",)),
        {"T!B4": (SAG, "permitted", "180..250"), "T!C4": (LIMIT, "permitted", "0..1799")},
        parts=("Table 28d",),
    ),
    Shape(
        "a table with its items in columns below",
        book(*PLAIN, [], ["Data item", SWELL, "Other"], ["Default", 253, 1], ["Unit", "V", "s"]),
        READ,
        {"T!A5": "titles are not known", "T!A6": "titles are not known", "T!A7": "titles are not known"},
    ),
    Shape(
        "a variant a column",
        book(["Data item", "Unit", "Single phase", "Polyphase"], [SAG, "V", 207, 210]),
        refused='give --column "Single phase", --column "Polyphase"',
    ),
    Shape(
        "a variant a column, one named",
        book(["Data item", "Unit", "Single phase", "Polyphase"], [SAG, "V", 207, 210]),
        {"T!D2": (SAG, "default", "210 V"), "T!B2": (SAG, "unit", "V")},
        {"T!C1": "another column than the one that was named"},
        choice=TableChoice(column="polyphase"),
    ),
    Shape(
        "what is and what is proposed",
        book(["Data item", "Current value", "Proposed value", "Unit"], [SAG, 207, 210, "V"]),
        refused='give --column "Current", --column "Proposed"',
    ),
    Shape(
        "what is and what is proposed, one named",
        book(["Data item", "Current value", "Proposed value", "Unit"], [SAG, 207, 210, "V"]),
        {"T!C2": (SAG, "default", "210 V"), "T!D2": (SAG, "unit", "V")},
        {"T!B1": "another column than the one that was named"},
        choice=TableChoice(column="Proposed"),
    ),
    Shape(
        "variants over several columns, one named",
        book(
            [None, "Current", None, "Proposed", None],
            ["Data item", "Default", "Unit", "Default", "Unit"],
            [LIMIT, 10, "min", 600, "s"],
            merge=("B1:C1", "D1:E1"),
        ),
        {"T!D3": (LIMIT, "default", "600 s"), "T!E3": (LIMIT, "unit", "s")},
        {"T!B2": "another column than the one that was named", "T!C2": "another column than the one that was named"},
        choice=TableChoice(column="Proposed"),
    ),
    Shape(
        "variants under one title",
        book(
            ["Data item", "Default value (V)", None],
            [None, "Single phase", "Polyphase"],
            [SAG, 207, 210],
            merge=("A1:A2", "B1:C1"),
        ),
        {"T!B3": (SAG, "default", "207 V"), "T!B1": (SAG, "unit", "V")},
        {"T!C2": "another column than the one that was named"},
        choice=TableChoice(column="Single phase"),
    ),
    Shape(
        "two columns for the default",
        book(["Data item", "Default", "Value"], [SAG, 207, 210]),
        refused='give --column "Default", --column "Value"',
    ),
    Shape(
        "two columns of the same title",
        book(["Data item", "Default", "Default"], [SAG, 207, 210]),
        refused='give --column "B1", --column "C1"',
    ),
    Shape(
        "two columns of the same title, one named",
        book(["Data item", "Default", "Default"], [SAG, 207, 210]),
        {"T!C2": (SAG, "default", "210")},
        {"T!B1": "another column than the one that was named"},
        choice=TableChoice(column="C1"),
    ),
    Shape(
        "a variant a column, with units",
        book(["Data item", "Single phase (V)", "Polyphase (V)"], [SAG, 207, 210]),
        {"T!C2": (SAG, "default", "210 V"), "T!C1": (SAG, "unit", "V")},
        {"T!B1": "another column than the one that was named"},
        choice=TableChoice(column="Polyphase"),
    ),
    Shape(
        "variants in the titles",
        book(["Data item", "Default value (single phase)", "Default value - polyphase"], [SAG, 207, 210]),
        {"T!B2": (SAG, "default", "207")},
        {"T!C1": "another column than the one that was named"},
        choice=TableChoice(column="single phase"),
    ),
    Shape(
        "a column of another title, named",
        book(["Data item", "To be set to", "Unit"], [SAG, 207, "V"]),
        {"T!B2": READ["T!B2"], "T!C2": READ["T!C2"]},
        choice=TableChoice(column="To be set to"),
    ),
    Shape(
        "groups of titles in a CSV file",
        text(",Current,,Proposed,,\nData item,Default,Unit,Default,Unit,Clause\nLimit,10,min,600,s,5.7\n"),
        {"t!B3": ("Limit", "default", "600 s"), "t!C3": ("Limit", "unit", "min")},
        {"t!D2": "another column than the one that was named", "t!E2": "another column than the one that was named"},
        choice=TableChoice(column="Current"),
    ),
    Shape(
        "marks for the same item",
        book(["Data item", "Element", "Default"], ["A", "x", 1], ['"', "y", 2], ["ditto", "z", 3]),
        _default({"T!C2": ("A.x", "1"), "T!C3": ("A.y", "2"), "T!C4": ("A.z", "3")}),
    ),
    Shape(
        "a row that is called as a column",
        book(["Data item", SAG, "Default"], ["Unit", "V", 1], [LIMIT, "x", 600]),
        {"T!C3": (LIMIT, "default", "600")},
        {"T!A2": "its name is the title of a column", "T!B1": "a title that is not known"},
    ),
    Shape(
        "items behind their values",
        book(["Default value", "Unit", "Data item"], [207, "V", SAG]),
        {"T!A2": READ["T!B2"], "T!B2": READ["T!C2"]},
    ),
    Shape(
        "two beside each other, each with its title",
        book(
            ["Table 1", None, None, "Table 2"],
            ["Data item", "Default", None, "Data item", "Default"],
            [SAG, 207, None, SWELL, 253],
        ),
        _default({"T!B3": (SAG, "207"), "T!E3": (SWELL, "253")}),
        parts=("Table 1", "Table 2"),
    ),
    Shape(
        "three beside and below each other",
        book(
            ["Data item", "Default", None, "Data item", "Default"],
            [SAG, 207, None, SWELL, 253],
            [None, None, None, LIMIT, 600],
            ["Data item", "Range", None, "Other", 1],
            ["Third", "5 to 6", None, "Fourth", 2],
        ),
        {
            **_default({"T!B2": (SAG, "207"), "T!E2": (SWELL, "253"), "T!E3": (LIMIT, "600")}),
            **_default({"T!E4": ("Other", "1"), "T!E5": ("Fourth", "2")}),
            "T!B5": ("Third", "permitted", "5 | 6"),
        },
    ),
    Shape(
        "titles of three rows",
        book(
            [None, "Electricity", None, None, None],
            ["Data item", "Default", "Permitted", None, "Unit"],
            [None, None, "From", "To", None],
            [SAG, 207, 180, 250, "V"],
            merge=("B1:E1", "A2:A3", "C2:D2"),
        ),
        {"T!B4": (SAG, "default", "207 V"), "T!C4": (SAG, "permitted", "180..250 V"), "T!E4": (SAG, "unit", "V")},
    ),
    Shape(
        "a column that is not there",
        book(*PLAIN),
        refused="no column is called 'Proposed'; there are: Data item, Default value, Unit",
        choice=TableChoice(column="Proposed"),
    ),
    Shape(
        "several sheets",
        book(*PLAIN, more={"Words": [["Introduction"]], "U": PLAIN}),
        {**READ, **_at("U", READ)},
        {"Words": "a sheet without a table of settings"},
    ),
    Shape(
        "one sheet of several",
        book(*PLAIN, more={"U": PLAIN}),
        _at("U", READ),
        {"T": "another sheet than the one that was named"},
        choice=TableChoice(sheet="u"),
    ),
    Shape(
        "one table of several",
        book(["Table 1"], *PLAIN, [], ["Table 2"], ["Data item", "Default"], [SWELL, 253]),
        {"T!B8": (SWELL, "default", "253")},
        {"T!A2": "another table than the one that was named"},
        choice=TableChoice(table="table 2"),
    ),
    Shape(
        "one table by its place",
        book(*PLAIN, [], ["Data item", "Default"], [SWELL, 253]),
        {"T!B6": (SWELL, "default", "253")},
        {"T!A1": "another table than the one that was named"},
        choice=TableChoice(table="T!A5"),
    ),
    Shape(
        "a table that is not there",
        book(["Table 1"], *PLAIN),
        refused="no table is called '28e'; there are: Table 1 at T!A2",
        choice=TableChoice(table="28e"),
    ),
    Shape(
        "a hidden sheet first",
        book(*PLAIN, more={"U": PLAIN}, change=_hide_sheet),
        _at("U", READ),
        {"T": "a hidden sheet"},
    ),
    Shape(
        "a hidden sheet that is asked for",
        book(*PLAIN, more={"U": PLAIN}, change=_hide_sheet),
        {**READ, **_at("U", READ)},
        choice=TableChoice(hidden=True),
    ),
    Shape(
        "hidden rows and columns",
        book(
            ["Data item", "Old", "Default value", "Unit"],
            [SAG, 200, 207, "V"],
            [SWELL, 250, 253, "V"],
            [LIMIT, 1, 600, "s"],
            change=_hide(rows=[3], columns=["B"]),
        ),
        {"T!C2": READ["T!B2"], "T!D2": READ["T!C2"], "T!C4": READ["T!B3"], "T!D4": READ["T!C3"]},
        {"T!3:3": "a hidden row", "T!B:B": "a hidden column"},
    ),
    Shape(
        "a row that goes on with a hidden one",
        book(
            ["Data item", "Element", "Default"],
            ["First", "a", 1],
            ["Second", "a", 2],
            [None, "b", 3],
            change=_hide(rows=[3]),
        ),
        _default({"T!C2": ("First.a", "1")}),
        {"T!3:3": "a hidden row", "T!A4": "none stands above it"},
    ),
    Shape(
        "smallest and largest",
        book(["Data item", "Min", "Max", "Unit"], [SAG, 180, 250, "V"], [LIMIT, None, 1799, "s"]),
        {
            "T!B2": (SAG, "permitted", "180..250 V"),
            "T!D2": (SAG, "unit", "V"),
            "T!C3": (LIMIT, "permitted", "..1799 s"),
            "T!D3": (LIMIT, "unit", "s"),
        },
    ),
    Shape(
        "a unit behind each value",
        book(["Data item", "Default", "Unit", "Min", "Max", "Unit"], [LIMIT, 10, "min", 0, 1799, "s"]),
        {
            "T!B2": (LIMIT, "default", "600 s"),
            "T!C2": (LIMIT, "unit", "min"),
            "T!D2": (LIMIT, "permitted", "0..1799 s"),
            "T!F2": (LIMIT, "unit", "s"),
        },
    ),
    Shape(
        "a unit for each end",
        book(["Data item", "Min", "Unit", "Max", "Unit"], [LIMIT, 10, "s", 30, "min"]),
        {
            "T!B2": (LIMIT, "permitted", "10..1800 s"),
            "T!C2": (LIMIT, "unit", "s"),
            "T!E2": (LIMIT, "unit", "min"),
        },
    ),
    Shape(
        "limits beside what is proposed",
        book(
            [None, "Setting", None, "Limits", None],
            ["Data item", "Current", "Proposed", "Min", "Max"],
            [SAG, 207, 210, 180, 250],
            merge=("B1:C1", "D1:E1"),
        ),
        {"T!C3": (SAG, "default", "210"), "T!D3": (SAG, "permitted", "180..250")},
        {"T!B2": "another column than the one that was named"},
        choice=TableChoice(column="Proposed"),
    ),
    Shape(
        "a range in the column of defaults",
        book(HEAD, [SAG, "180 to 250", "V"], [LIMIT, 600, "s"]),
        {**READ, "T!B2": (SAG, "default", "180 to 250")},
        {"T!B2": "a range, where one value was expected"},
    ),
    Shape(
        "a number before each item",
        book(["Ref", "Data item", "Default"], [1, SAG, 207], [2, LIMIT, 600]),
        _default({"T!C2": (SAG, "207"), "T!C3": (LIMIT, "600")}),
    ),
    Shape(
        "numbers before the items, with a gap",
        book(["Ref", "Data item", "Default"], [1, SAG, 207], [4, LIMIT, 600]),
        _default({"T!C2": (SAG, "207"), "T!C3": (LIMIT, "600")}),
    ),
    Shape(
        "a number under the title of an item",
        book(["Item", "Description", "Default"], [1, SAG, 207], [2, LIMIT, 600]),
        _default({"T!C2": (SAG, "207"), "T!C3": (LIMIT, "600")}),
    ),
    Shape(
        "a number under the title of an item, and the item by another",
        book(["Item", "Parameter", "Default"], ["1.1", SAG, 207], ["1.2a", LIMIT, 600]),
        _default({"T!C2": (SAG, "207"), "T!C3": (LIMIT, "600")}),
    ),
    Shape(
        "further to the right",
        book([None, None, *HEAD], [None, None, SAG, 207, "V"]),
        {"T!D2": READ["T!B2"], "T!E2": READ["T!C2"]},
    ),
    Shape(
        "items merged over their rows",
        book(["Data item", "Element", "Default"], ["A", "x", 1], [None, "y", 2], merge=("A2:A3",)),
        _default({"T!C2": ("A.x", "1"), "T!C3": ("A.y", "2")}),
    ),
    # --- CSV ---
    Shape(
        "CSV with semicolons and decimal commas",
        text("GBCS 4.0, Table 28d\nData item;Default;Unit\nSag;207,5;V\nSwell;253,25;V\n"),
        {
            "t!B3": ("Sag", "default", "207.5 V"),
            "t!C3": ("Sag", "unit", "V"),
            "t!B4": ("Swell", "default", "253.25 V"),
            "t!C4": ("Swell", "unit", "V"),
        },
        parts=("Table 28d",),
    ),
    Shape(
        "CSV with semicolons and a sign that may be either",
        text("Data item;Default;Minimum\nSag;207,5;0,5\nLimit;1.500;2\n"),
        {
            "t!B2": ("Sag", "default", "207.5"),
            "t!C2": ("Sag", "permitted", "0.5.. step 0.1"),
            "t!C3": ("Limit", "permitted", "2.."),
            "t!B3": ("Limit", "default", "1.500"),
        },
        {"t!B3": "1.500 or 1500"},
    ),
    Shape(
        "CSV with a comma that may group thousands",
        text('Data item,Default\nLimit,"1,000"\nSag,207\n'),
        {"t!B2": ("Limit", "default", "1,000"), "t!B3": ("Sag", "default", "207")},
        {"t!B2": ""},
    ),
    Shape(
        "CSV with tabs",
        text("Data item\tDefault\tNotes\nSag\t207\tone, two\nSwell\t253\tthree, four; five\n"),
        _default({"t!B2": ("Sag", "207"), "t!B3": ("Swell", "253")}),
    ),
    Shape(
        "CSV with commas in the words of all rows but the first",
        text('Data item;Default;Notes\nSag;207;a, b\nSwell;253;a, b\nSwell 2;254;"a; b, c"\n'),
        _default({"t!B2": ("Sag", "207"), "t!B3": ("Swell", "253"), "t!B4": ("Swell 2", "254")}),
    ),
    Shape(
        "CSV that says what stands between its fields",
        text("sep=;\nData item;Default\nSag;207,5\n"),
        _default({"t!B3": ("Sag", "207.5")}),
    ),
    Shape(
        "CSV with bars",
        text("Data item|Default|Notes\nSag|207|a, b\nSwell|253|c; d\n"),
        _default({"t!B2": ("Sag", "207"), "t!B3": ("Swell", "253")}),
    ),
    Shape(
        "CSV of two tables",
        text("Table 1,,\nData item,Default,Unit\nSag,207,V\n\nTable 2\nData item,Range\nLimit,0 to 5\n"),
        {"t!B3": ("Sag", "default", "207 V"), "t!C3": ("Sag", "unit", "V"), "t!B7": ("Limit", "permitted", "0..5")},
        parts=("Table 1", "Table 2"),
    ),
    Shape(
        "CSV with the marks of a merge",
        text("Data item,Default\n<<<<<<< HEAD\nSag,207\n=======\nSag,210\n>>>>>>> draft\n"),
        refused="t.csv:2: the mark of a merge that is not finished",
    ),
    Shape(
        "CSV with a field too many",
        text("Data item,Default,Unit\nSag, lower,207,V\nLimit,600,s\n"),
        refused="row 2 has 4 fields, the titles in row 1 3",
    ),
    Shape(
        "CSV with a field too few",
        text("Data item,Element,Default\nSag,207\nLimit,x,600\n"),
        refused="row 2 has 2 fields, the titles in row 1 3",
    ),
    Shape(
        "CSV with a title, headings and trailing fields",
        text("GBCS 4.0 Table 28d\nData item,Default\nVoltage\nSag,207,,\nNote: in volts\n"),
        _default({"t!B4": ("Sag", "207")}),
        {"t!A3": "a heading, or a data item without values", "t!A5": "a note"},
        parts=("Table 28d",),
    ),
    # --- what stands beside the values ---
    Shape(
        "a column that scales",
        book(
            ["Data item", "Default", "Scale", "Unit"],
            [SAG, 2070, 0.1, "V"],
            [SWELL, "253 V", 10, "V"],
            [LIMIT, 600, 1, "s"],
        ),
        {**_default({"T!B2": (SAG, "2070"), "T!B3": (SWELL, "253 V"), "T!B4": (LIMIT, "600 s")}), **_UNITS},
        {"T!B2": 'T!C2 says "0.1" under Scale', "T!C1": "a title that is not known"},
    ),
    Shape(
        "a column of powers of ten",
        book(
            ["Data item", "Default", "Scaler", "Unit"], [SAG, 2070, -1, "V"], [SWELL, 253, 0, "V"], [LIMIT, 6, 2, "s"]
        ),
        {**_default({"T!B2": (SAG, "2070"), "T!B3": (SWELL, "253 V"), "T!B4": (LIMIT, "6")}), **_UNITS},
        {"T!B2": "scaled or not?", "T!B4": "scaled or not?", "T!C1": "a title that is not known"},
    ),
    Shape(
        "a title that scales",
        book(["Data item", "Default (x 0.1)", "Unit"], [SAG, 2070, "V"], [LIMIT, "600 s", "s"]),
        {**READ, "T!B2": (SAG, "default", "2070")},
        {"T!B2": 'the title says "x 0.1"'},
    ),
    Shape(
        "a title with several units",
        book(["Data item", "Default (kV or min)"], [SAG, 0.207], [LIMIT, "10 min"]),
        _default({"T!B2": (SAG, "0.207"), "T!B3": (LIMIT, "600 s")}),
        {"T!B2": "'kV or min' is no unit that is known"},
    ),
    Shape(
        "a note on the unit below",
        book(["Data item", "Default"], [SAG, 2070], [], ["All values in units of 0.1 V"]),
        _default({"T!B2": (SAG, "207 V")}),
        {"T!A4": "a heading"},
    ),
    Shape(
        "an attribute a row",
        book(
            ["Data item", "Attribute", "Value"],
            [SAG, "Default", "207 V"],
            [SAG, "Minimum", "180 V"],
            [SAG, "Unit", "V"],
            [None, "Type", "double-long-unsigned"],
            [LIMIT, "Default", "600 s"],
            [LIMIT, "Persistence", "7 s"],
        ),
        {
            "T!C2": (SAG, "default", "207 V"),
            "T!C3": (SAG, "permitted", "180.. V"),
            "T!C4": (SAG, "unit", "V"),
            "T!C5": (SAG, "type", "0..4294967295"),
            "T!C6": (LIMIT, "default", "600 s"),
        },
        {"T!A7": '"Persistence" in T!B7 is no attribute that is known'},
    ),
    Shape(
        "an attribute a row, the unit by itself",
        book(["Data item", "Property", "Value"], [SAG, "Default value", 0.207], [SAG, "Unit", "kV"]),
        {"T!C2": (SAG, "default", "0.207"), "T!C3": (SAG, "unit", "kV")},
        {"T!C2": "its unit stands in a row of its own"},
    ),
    Shape(
        "attributes of COSEM objects",
        book(["Data item", "Attribute", "Value"], [SAG, "threshold_normal", "207 V"], [LIMIT, "value", "600 s"]),
        _default({"T!C2": (SAG, "207 V"), "T!C3": (LIMIT, "600 s")}),
        {"T!B1": "a title that is not known"},
    ),
    Shape(
        "rows that are withdrawn",
        book(
            ["Data item", "Default", "Status", "Notes"],
            [SAG, "207 V", "Approved", None],
            [SWELL, "253 V", "Withdrawn", None],
            [LIMIT, "600 s", None, "Deleted."],
        ),
        _default({"T!B2": (SAG, "207 V")}),
        {"T!A3": '"Withdrawn" in T!C3', "T!A4": '"Deleted." in T!D4', "T!C1": "a title that is not known"},
    ),
    Shape(
        "headings over what is not in force",
        book(
            ["Data item", "Default"],
            ["Example:"],
            [SAG, "100 V"],
            ["Values:"],
            [SAG, "207 V"],
            ["Deleted items"],
            [LIMIT, "600 s"],
        ),
        _default({"T!B5": (SAG, "207 V")}),
        {
            "T!A2": "a heading",
            "T!A3": 'under "Example:"',
            "T!A4": "its name is the title of a column",
            "T!A6": "a heading",
            "T!A7": 'under "Deleted items"',
        },
    ),
    Shape(
        "units behind the values under one title",
        book([*HEAD[:2], None], [SAG, 207, "V"], [LIMIT, 600, "s"], merge=["B1:C1"]),
        READ,
    ),
    Shape("units behind the values without a title", book([*HEAD[:2], None], [SAG, 207, "V"], [LIMIT, 600, "s"]), READ),
    Shape(
        "a value in two cells",
        book([*HEAD[:2], None], [SAG, ">=", 207], [LIMIT, None, 600], merge=["B1:C1"]),
        _default({"T!B2": (SAG, ">="), "T!C2": (SAG, "207"), "T!C3": (LIMIT, "600")}),
        {"T!B2": "ends too early", "T!C2": "one value, or two?"},
    ),
    Shape(
        "headings with units",
        book(HEAD[:2], ["Voltages in kV"], [SAG, 0.207], ["Times (min)"], [LIMIT, 10], ["Others"], [SWELL, 253]),
        _default({"T!B3": (SAG, "207 V"), "T!B5": (LIMIT, "600 s"), "T!B7": (SWELL, "253")}),
        {"T!A2": "a heading", "T!A4": "a heading", "T!A6": "a heading"},
    ),
    Shape("a unit behind a title", book(["Data item", "Default value, in kV"], [SAG, 0.207]), _IN_TITLE),
    Shape("a unit behind a title and a dash", book(["Data item", "Default value - kV"], [SAG, 0.207]), _IN_TITLE),
    Shape("titles with marks", book(["Data item:", "Default value¹", "Unit*"], *PLAIN[1:]), READ),
    Shape(
        "rows that number the columns",
        book(HEAD, ["(1)", "(2)", "(3)"], [SAG, 207, "V"], [LIMIT, 600, "s"], [1, 2, 3]),
        _at("T", READ, 1),
        {"T!A2": "it numbers the columns", "T!A5": "it numbers the columns"},
    ),
    *(
        Shape(
            f"elements below a name alone, with {mark!r}",
            book(HEAD[:2], [PERIOD], [f"{mark}Days", "M-F"], [f"{mark}Start", "16:00"], [SAG, "207 V"]),
            _default(
                {
                    "T!B3": (f"{PERIOD}.Days", "0b1111100"),
                    "T!B4": (f"{PERIOD}.Start", "time(hour 16, minute 0, second 0, hundredths 0 | 255)"),
                    "T!B5": (SAG, "207 V"),
                }
            ),
        )
        for mark in ("", "- ", "↳ ")
    ),
    Shape(
        "titles of shares and of other bases",
        book(["Data item", "Default (% of nominal)", "Permitted (hex)"], [SAG, 90, "200-300 V"], [SWELL, "253 V", 258]),
        {
            "T!B2": (SAG, "default", "90"),
            "T!C2": (SAG, "permitted", "200..300 V"),
            "T!B3": (SWELL, "default", "253 V"),
            "T!C3": (SWELL, "permitted", "258"),
        },
        {"T!B2": 'the title says "% of nominal"', "T!C3": 'the title says "hex"'},
    ),
    # --- containers ---
    Shape("a workbook with macros", book(*PLAIN, file="draft.xlsm"), READ),
)


def outcome(shape: Shape, folder: Path) -> Outcome:
    """What comes of a shape when it is read."""
    try:
        reading = read_tables(shape.make(folder), mapping=_mapping(shape, folder), choice=shape.choice)
    except GbcscheckError as error:
        if shape.refused and shape.refused in str(error):
            return Outcome(0, 1, ())
        return Outcome(0, 0, (f"refused: {error}",))
    if shape.refused:
        return Outcome(0, 0, ("it is read",))
    return _compared(shape, (reading, *reading.also))


def _mapping(shape: Shape, folder: Path) -> Path | None:
    if shape.mapping is None:
        return None
    import json

    path = folder / "mapping.json"
    path.write_text(json.dumps(shape.mapping), "utf-8")
    return path


def _compared(shape: Shape, readings: Sequence[Reading]) -> Outcome:
    said = [
        (row.source, (row.subject, row.attribute, str(row.domain or row.value or row.text)))
        for reading in readings
        for row in reading.extract.rows
        if row.attribute != "blank" and not row.source.endswith(("!",))
    ]
    told: dict[str, str] = {}
    for reading in readings:
        for one in (*reading.unread, *reading.bare, *reading.not_taken):
            told[one.place] = f"{one.reason} {told.get(one.place, '')}"
    wrong = [f"{place} says {what}, which nobody wrote" for place, what in said if shape.says.get(place) != what]
    wrong += [f"{place} does not say {what}" for place, what in shape.says.items() if (place, what) not in said]
    wrong += [f"{place} tells {why}" for place, why in told.items() if place not in shape.tells]
    wrong += [f"{place} does not tell {why}" for place, why in shape.tells.items() if why not in told.get(place, "\0")]
    parts = tuple(reading.extract.specification.part for reading in readings)
    if shape.parts and shape.parts != parts:
        wrong.append(f"the parts are {parts}")
    return Outcome(len(said), len(told), tuple(wrong))


def _cells(path: Path) -> int:
    """How many cells of a file hold anything."""
    try:
        sheets = [read_csv(path)] if path.suffix == ".csv" else list(read_workbook(path).values())
    except GbcscheckError:
        return 0
    return sum(not cell.is_blank for sheet in sheets for row in sheet.rows for cell in row.cells)


def main(shapes: Sequence[Shape] = SHAPES) -> int:
    """Count what is read right, refused rightly, and wrong."""
    cells = right = told = wrong = 0
    for shape in shapes:
        with tempfile.TemporaryDirectory() as folder:
            found = outcome(shape, Path(folder))
            cells += _cells(shape.make(Path(folder)))
        right, told, wrong = right + found.right, told + found.told, wrong + len(found.wrong)
        for fault in found.wrong:
            print(f"{shape.name}: {fault}")
    print(f"{len(shapes)} shapes, {cells:,} cells: {right} read right, {told} refused rightly, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
