"""Changes that leave the meaning as it is leave every finding as it is: no new one, and each with its fingerprint."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from small_release import LINKS, replace_shipped, write

from gbcscheck import check, load

Table = list[list[str]]
Findings = set[tuple[str, str, str]]

PERIOD = "MaximumDemandConfigurableTimePeriod"
SPECS = Path(__file__).parents[2] / "specs"
HEAD = ["Data item", "Default", "Range", "Unit", "Settable by"]
ROWS = [
    [f"{PERIOD}.exec_weekdays", "Mon-Fri", "", "", "none"],
    [f"{PERIOD}.begin_date", "1 Nov", "", "", "none"],
    [f"{PERIOD}.end_date", "0xFFFFFFFFFF", "", "", "none"],
    [f"{PERIOD}.switch_time", "16:00", "", "", "ED"],
    ["RandomisedOffsetLimit", "1800 s", "0..1799 s", "s", "IS"],
    ["RMSVoltageSagThreshold", "207 V", "180..250 V", "V", "ED"],
    ["RMSVoltageSwellThreshold", "300 V", "240..260 V", "V", "IS"],
    ["UncontrolledGasFlowRate.value", "1.5 m3/h", "", "m3/h", ""],
    ["Supply Tamper State.value", "Locked", "", "", ""],
]
"""A table of settings with conflicts of several kinds, and rows without."""


def found_in(path: Path) -> Findings:
    loaded = load(path, release="current")
    assert not loaded.problems
    every = (one for finding in check(loaded).findings for one in (finding, *finding.seen_as))
    return {(one.rule, one.severity, one.fingerprint) for one in every}


def in_csv(rows: Table, head: list[str] = HEAD, *, delimiter: str = ",", end: str = "\n") -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    writer.writerows([["GBCS 4.9 Table 99: made up"], head, *rows])
    return stream.getvalue()


@pytest.fixture(scope="module")
def found_beside(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Findings]:
    """What is found in a file beside the part of what ships that says something of the table."""
    folder = tmp_path_factory.mktemp("part")
    write(folder / "specs", (*LINKS, "6.7-uncontrolled-flow.json"))

    def found(path: Path) -> Findings:
        with pytest.MonkeyPatch.context() as patch:
            replace_shipped(folder, patch)
            return found_in(path)

    return found


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "table.csv"
    path.write_text(in_csv(ROWS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def of_table(table: Path, found_beside: Callable[[Path], Findings]) -> Findings:
    return found_beside(table)


def test_the_part_shows_every_conflict_of_the_table(table: Path, of_table: Findings) -> None:
    found = found_in(table)
    assert {"P101", "V101", "V102", "P106"} <= {rule for rule, _, _ in found}
    assert found <= of_table


# --- cells of a table ------------------------------------------------------------------------------------------------

CELLS = [
    *((0, 1, text) for text in ("Monday to Friday", "weekdays", "Mon–Fri", "MON-FRI", " Mon - Fri ", "0b1111100")),
    *((0, 1, text) for text in ("0xF8", "0xf8", "0b11111000", "Mon, Tue, Wed, Thu, Fri")),
    *((1, 1, text) for text in ("1 November", "01 Nov", "1 nov", "1\u00a0Nov", "1st November", "0xFFFF0B01FF")),
    *((2, 1, text) for text in ("0xffffffffff", " 0xFFFFFFFFFF ", "0xFF FF FF FF FF", "any date")),
    (3, 1, "16:00:00"),
    *((4, 1, text) for text in ("30 min", "0.5 h", "1800s", "1800.0 s", "1800 seconds", "30 minutes", "1800")),
    *((4, 2, text) for text in ("0 to 1799 s", "0 - 1799 s", "0–1799 s", "0 s to 1799 s", "0..1799")),
    *((5, 1, text) for text in ("207V", "207 volts", "0.207 kV", "207.0 V", "207")),
    (6, 4, "Import Supplier"),
    (6, 4, " is "),
    *((8, 1, text) for text in ("locked", ' "Locked" ', "Locked\n")),
    (0, 4, "None"),
    (0, 4, "nobody"),
]
"""Row, column, and another way to write what stands there."""


@pytest.fixture(scope="module")
def of_cells(
    tmp_path_factory: pytest.TempPathFactory, found_beside: Callable[[Path], Findings]
) -> Callable[[int], Findings]:
    """What is found in the table with the first other way of each cell, with the second of each, and so on (from 0)."""

    @cache
    def found(turn: int) -> Findings:
        rows = [list(one) for one in ROWS]
        for row, column, text in CELLS:
            if turn_of(row, column, text) == turn:
                rows[row][column] = text
        path = tmp_path_factory.mktemp("cells") / "table.csv"
        path.write_text(in_csv(rows), encoding="utf-8")
        return found_beside(path)

    return found


def turn_of(row: int, column: int, text: str) -> int:
    return [other for *cell, other in CELLS if cell == [row, column]].index(text)


@pytest.mark.parametrize(("row", "column", "text"), CELLS)
def test_another_notation_of_a_cell(
    row: int, column: int, text: str, of_cells: Callable[[int], Findings], of_table: Findings
) -> None:
    assert of_cells(turn_of(row, column, text)) == of_table


# --- the shape of a table --------------------------------------------------------------------------------------------


def _columns(rows: Table, *order: int) -> Table:
    return [[row[place] for place in order] for row in rows]


def _renamed(change: Callable[[str], str]) -> str:
    return in_csv([[change(row[0]), *row[1:]] for row in ROWS])


def _ends(rows: Table) -> Table:
    return [[row[0], row[1], *(re.sub("[^0-9.]", "", row[2]).split("..") if row[2] else ("", ""))] for row in rows]


SHAPES = {
    "order of rows": in_csv(ROWS[::-1]),
    "order of columns": in_csv(_columns(ROWS, 3, 4, 0, 2, 1), _columns([HEAD], 3, 4, 0, 2, 1)[0]),
    "titles": in_csv(ROWS, ["DATA ITEM", "Default value", "Valid  range", "Units", "Set by"]),
    "titles in two lines": in_csv(ROWS, ["Data\nitem", "Default\nvalue", "Range", "Unit", "Settable by"]),
    "a column of notes": in_csv([[*row, "as before"] for row in ROWS], [*HEAD, "Notes"]),
    "numbers of rows": in_csv([[str(number), *row] for number, row in enumerate(ROWS)], ["No.", *HEAD]),
    "empty rows": in_csv([one for row in ROWS for one in (row, [""] * 5)]),
    "an empty column": in_csv([[*row, ""] for row in ROWS], [*HEAD, ""]),
    "ends of lines": in_csv(ROWS, end="\r\n"),
    "a byte order mark": "\ufeff" + in_csv(ROWS),
    "semicolons": in_csv(ROWS, delimiter=";"),
    "tabs": in_csv(ROWS, delimiter="\t"),
    **{f"{mark} for nothing": in_csv([[one or mark for one in row] for row in ROWS]) for mark in ("NA", "N/A", "-")},
    "names with blanks": _renamed(lambda name: name.replace("DemandConf", "Demand Conf").replace("RMSV", "RMS V")),
    "names with underscores": _renamed(lambda name: name.replace("OffsetLimit", "_Offset_Limit")),
    "names in small letters": _renamed(str.lower),
    "names with their elements": _renamed(lambda name: re.sub(r"\.(?=exec|begin)", ".entries[*].", name)),
    "a column of elements": in_csv(
        [[*row[0].partition(".")[::2], *row[1:]] for row in ROWS], ["Data item", "Element", *HEAD[1:]]
    ),
    "two columns for a range": in_csv(
        [[*ends, *row[3:]] for ends, row in zip(_ends(ROWS), ROWS, strict=True)],
        ["Data item", "Default", "Minimum", "Maximum", "Unit", "Settable by"],
    ),
}


@pytest.mark.parametrize("change", SHAPES)
def test_another_shape_of_a_table(
    change: str, tmp_path: Path, of_table: Findings, found_beside: Callable[[Path], Findings]
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(SHAPES[change].encode())
    assert found_beside(path) == of_table


# --- extracts --------------------------------------------------------------------------------------------------------

Document = dict[str, object]


def _each(change: Callable[[dict[str, str]], dict[str, str]]) -> Callable[[Document], str]:
    def changed(document: Document) -> str:
        statements = document["statements"]
        assert isinstance(statements, list)
        return json.dumps({**document, "statements": [change(one) for one in statements]})

    return changed


def _domain(change: Callable[[str], str]) -> Callable[[Document], str]:
    return _each(lambda one: {**one, "domain": change(one["domain"])} if "domain" in one else one)


def _small(text: str) -> str:
    return re.sub(r"0x[0-9A-F]+", lambda match: match.group().lower(), text)


def _reversed(document: Document) -> str:
    statements = document["statements"]
    assert isinstance(statements, list)
    return json.dumps({**document, "statements": statements[::-1]})


TABLE, MATRIX = "gbcs/3.2/table-28d.json", "duis/service-requests.json"
EXTRACTS: dict[str, tuple[str, Callable[[Document], str]]] = {
    "order of statements": (TABLE, _reversed),
    "order of requests": (MATRIX, _reversed),
    "layout": (TABLE, lambda document: json.dumps(document, indent=4)),
    "order of members": (TABLE, _each(lambda one: dict(reversed(one.items())))),
    "bits in hexadecimal": (TABLE, _domain(lambda text: text.replace("0b11111000", "0xF8"))),
    "hexadecimal in small letters": (TABLE, _domain(_small)),
    "blanks around a set": (TABLE, _domain(lambda text: f" {text} ")),
    "order of a list": (MATRIX, _domain(lambda text: " | ".join(reversed(text.split(" | "))))),
    "provenance of each": (TABLE, _each(lambda one: {**one, "provenance": "synthetic"})),
    "another clause": (TABLE, _each(lambda one: {**one, "clause": "Table 28d, row 7"})),
}


@pytest.mark.parametrize("change", EXTRACTS)
def test_another_way_to_write_an_extract(
    change: str, tmp_path: Path, of_extract: Callable[[str], Findings], found_beside: Callable[[Path], Findings]
) -> None:
    shipped, made = EXTRACTS[change]
    path = tmp_path / "extract.json"
    path.write_text(made(json.loads((SPECS / shipped).read_text("utf-8"))), encoding="utf-8")
    assert (found_beside if shipped == TABLE else found_in)(path) == of_extract(shipped)


def test_the_part_shows_every_conflict_of_the_shipped_table(of_extract: Callable[[str], Findings]) -> None:
    assert set() < found_in(SPECS / TABLE) <= of_extract(TABLE)


@pytest.fixture(scope="module")
def of_extract(found_beside: Callable[[Path], Findings]) -> Callable[[str], Findings]:
    """What is found in an extract that ships: of the table, beside the part."""
    return cache(lambda shipped: (found_beside if shipped == TABLE else found_in)(SPECS / shipped))


# --- schemas ---------------------------------------------------------------------------------------------------------

SCHEMA = "DUIS Schema V5.4.xsd"
START = '<xs:element name="StartTime" type="xs:time"/>'
LIMIT = '<xs:maxInclusive value="1799"/>\n                        <xs:minInclusive value="0"/>'


def _period(schema: str) -> str:
    """The complex type of the period, which one element uses."""
    begin = schema.index('<xs:complexType name="MaximumDemandTimePeriodSchedule">')
    return schema[begin : schema.index("</xs:complexType>", begin)] + "</xs:complexType>"


def _inlined(schema: str) -> str:
    body = _period(schema).replace(' name="MaximumDemandTimePeriodSchedule"', "")
    used = r'(<xs:element name="MaximumDemandTimePeriodSchedule"\s+)type="sr:MaximumDemandTimePeriodSchedule"([^>]*>)'
    return re.sub(used, lambda match: f"{match[1]}{match[2].lstrip()}{body}", schema)


def _in_period(old: str, new: str, before: str = "") -> Callable[[str], str]:
    return lambda schema: schema.replace(_period(schema), before + _period(schema).replace(old, new))


OWN_TIME = '<xs:simpleType{}><xs:restriction base="xs:time"/></xs:simpleType>'
SCHEMAS: dict[str, Callable[[str], str]] = {
    "prefix of the namespace": lambda one: re.sub(r"\bsr:", "duis:", one).replace("xmlns:sr=", "xmlns:duis="),
    "prefix of XML Schema": lambda one: one.replace("xs:", "xsd:").replace("xmlns:xs=", "xmlns:xsd="),
    "ends of lines": lambda one: one.replace("\n", "\r\n"),
    "one line": lambda one: re.sub(r"\n\s*", " ", one),
    "remarks": lambda one: one.replace("<xs:sequence>", "<xs:sequence><!-- in this order -->"),
    "order of attributes": lambda one: re.sub(
        r'<xs:element name="(\w+)" type="([\w:]+)"/>', r'<xs:element type="\2" name="\1"/>', one
    ),
    "order of facets": lambda one: one.replace(LIMIT, '<xs:minInclusive value="0"/><xs:maxInclusive value="1799"/>'),
    "an exclusive bound": lambda one: one.replace(
        LIMIT, LIMIT.replace('maxInclusive value="1799', 'maxExclusive value="1800')
    ),
    "leading zeros": lambda one: one.replace('"1799"', '"01799"'),
    "a complex type inlined": _inlined,
    "a simple type inlined": _in_period(START, f'<xs:element name="StartTime">{OWN_TIME.format("")}</xs:element>'),
    "a simple type named": _in_period('"xs:time"', '"sr:TimeOfDay"', OWN_TIME.format(' name="TimeOfDay"')),
    "occurrences spelt out": _in_period(START, START.replace("/>", ' minOccurs="1" maxOccurs="1"/>')),
}


TOGETHER = (
    (
        *("a simple type inlined", "order of facets", "leading zeros", "order of attributes", "remarks"),
        *("prefix of the namespace", "ends of lines"),
    ),
    ("a simple type named", "an exclusive bound", "prefix of XML Schema", "one line"),
    ("occurrences spelt out", "a complex type inlined"),
)
"""What is changed at once, one after the other: reading a schema takes long, and what all of them leave as it is, each
does."""


@pytest.fixture(scope="module")
def of_schema(corpus: Path) -> Findings:
    return found_in(corpus / "xsd" / "5.4" / SCHEMA)


@pytest.fixture(scope="module")
def of_changed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[tuple[str, ...]], Findings]:
    """What is found in the schema with some changes."""
    published = corpus / "xsd" / "5.4"

    @cache
    def found(changes: tuple[str, ...]) -> Findings:
        folder = tmp_path_factory.mktemp("schema")
        written = (published / SCHEMA).read_text("utf-8")
        for change in changes:
            before, written = written, SCHEMAS[change](written)
            assert written != before, change
        for file in _others(published):
            shutil.copy(file, folder)
        (folder / SCHEMA).write_text(written, encoding="utf-8", newline="")
        return found_in(folder / SCHEMA)

    return found


@pytest.mark.slow
@pytest.mark.parametrize("change", SCHEMAS)
def test_another_way_to_write_a_schema(
    change: str, of_changed: Callable[[tuple[str, ...]], Findings], of_schema: Findings
) -> None:
    assert of_changed(next(changes for changes in TOGETHER if change in changes)) == of_schema


def _others(folder: Path) -> Iterator[Path]:
    return (file for file in folder.iterdir() if file.name != SCHEMA)


# --- use cases -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_hexadecimal_and_blanks_of_a_workbook_of_use_cases(tmp_path: Path, corpus: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    source = corpus / "gbcs" / "use-cases-4.0.xlsx"
    workbook = openpyxl.load_workbook(source)
    changes: dict[tuple[str, int], Callable[[str], str]] = {
        ("DLMS", 10): lambda text: f" {_small(text)} ",
        ("DLMS", 9): lambda text: re.sub(r"\((\d+)\)", r"( \1 )", text) + "\n",
        ("ZCL", 5): lambda text: _small(text).replace("\n", "\r\n") + "\n",
        ("GBZ", 7): lambda text: f" {_small(text)} ",
    }
    for (sheet, column), change in changes.items():
        for row in workbook[sheet].iter_rows(min_row=2):
            if isinstance(row[column].value, str):
                row[column].value = change(row[column].value)
    path = tmp_path / source.name
    workbook.save(path)
    assert found_in(path) == found_in(source)
