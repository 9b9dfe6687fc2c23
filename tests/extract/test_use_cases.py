"""The GBCS use case tables: made workbooks for each rule, and the two published ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from made_tables import HEADERS, dlms, write_tables
from read_once import use_cases

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.use_cases import read_use_cases, render_stats, version_in
from gbcscheck.facts.extract_file import ExtractRow, Reading, Unread
from gbcscheck.model import Specification

TYPE = "DLMS COSEM data types"
PATH = "attribute/method name"


def read(tmp_path: Path, **sheets: list[dict[str, Any]]) -> Reading:
    return read_use_cases(write_tables(tmp_path / "use-cases-9.8.xlsx", sheets))


def rows_of(reading: Reading, subject: str, attribute: str) -> list[ExtractRow]:
    return [row for row in reading.extract.rows if (row.subject, row.attribute) == (subject, attribute)]


def domain(reading: Reading, subject: str, attribute: str) -> str | None:
    (row,) = rows_of(reading, subject, attribute)
    return row.domain


# --- DLMS ------------------------------------------------------------------------------------------------------------


def test_what_a_dlms_row_says_with_the_cell_of_each_fact(tmp_path: Path) -> None:
    path = "entries:entries[1..2].schedule_table_entry.exec_weekdays"
    row = dlms(name="Period: entries[1..2].execWeekdays", encrypted="yes")
    row |= {TYPE: "bit-string(7)[[OPTIONAL]]", PATH: path, "constant value": "||0b11111110", "notes": "not kept"}
    reading = read(tmp_path, DLMS=[row])
    subject, clause = "ECS99/Period.entries[*].exec_weekdays", "ECS99, row 1"
    facts = {
        "name": ("Period: entries[1..2].execWeekdays", "D2"),
        "presence": ("optional", "J2"),
        "class": ("1", "E2"),
        "object": ("0-0:1.0.0.255", "F2"),
        "member": ("attribute 2", "H2"),
        "element": (path, "I2"),
        "reference": ("SMETS 5.1", "C2"),
        "encrypted": ("yes", "M2"),
    }
    for attribute, (value, cell) in facts.items():
        assert rows_of(reading, subject, attribute) == [
            ExtractRow(subject, attribute, value=value, clause=clause, source=f"DLMS!{cell}")
        ]
    assert rows_of(reading, subject, "type") == [
        ExtractRow(subject, "type", "bits(7)", text="bit-string(7)[[OPTIONAL]]", clause=clause, source="DLMS!J2")
    ]
    assert rows_of(reading, subject, "constant") == [
        ExtractRow(subject, "constant", "0b1111111", text="||0b11111110", clause=clause, source="DLMS!K2")
    ]
    assert domain(reading, "ECS99/Period.entries", "occurs") == "1 | 2"
    assert "not kept" not in str(reading.extract)


def test_the_name_in_the_file_gives_the_version(tmp_path: Path) -> None:
    path = write_tables(tmp_path / "use-cases-9.8.xlsx", {"DLMS": [dlms()]})
    assert read_use_cases(path).extract.specification == Specification("GBCS", "9.8", "use cases")
    assert read_use_cases(path, version="1.0").extract.specification.version == "1.0"
    assert read_use_cases(path, shown="draft.xlsx").extract.source_name == "draft.xlsx"
    assert version_in("gbcs v3.2-draft") == "3.2"
    assert version_in("tables 3") == "unstated"


@pytest.mark.parametrize(
    ("kind", "changes", "expected"),
    [
        ("octet-string(12)", {}, "octets(0..12)"),
        ("octet-string(12)", {"constant value": "||0x000000000000000000000000"}, "octets(12)"),
        ("octet-string(6)", {PATH: "x:x.script_logical_name"}, "octets(6)"),
        ("octet-string(12)", {"mapping table row #": "7"}, "octets(12)"),
        ("bit-string(20)", {}, "bits(0..20)"),
        ("utf8-string(9)", {}, "text(0..9)"),
        ("boolean", {}, "boolean"),
        ("structure", {}, None),
    ],
)
def test_lengths_are_exact_for_constants_logical_names_and_dates(
    tmp_path: Path, kind: str, changes: dict[str, str], expected: str | None
) -> None:
    instant = {"use cases": "ECS99", "mapping table row #": "7", "name": "T", "attribute/method": "v"}
    reading = read(tmp_path, DLMS=[dlms() | {TYPE: kind} | changes], Objects=[instant | {"data type": "DATE-TIME"}])
    (row,) = [row for row in reading.extract.rows if row.attribute == "type"]
    assert row.domain == expected


@pytest.mark.parametrize(
    ("kind", "constant", "expected"),
    [
        ("bit-string(7)", "||0xFE", "0b1111111"),
        ("long-unsigned", "||0x0036", "54"),
        ("long-unsigned", "27", "27"),
        ("long-unsigned", 27, "27"),
        ("boolean", "||0x01", "true"),
        ("octet-string(5)", "||0x000001FFFF", "0x000001FFFF"),
        ("unsigned", "||0x01 (credit) or 0x02 (prepayment)", "1 | 2"),
        ("octet-string(5)", "||0x0001", "0x0001"),
        ("unsigned", "300", "300"),
    ],
)
def test_constants_are_values_of_their_type_or_stated_as_written(
    tmp_path: Path, kind: str, constant: str | int, expected: str
) -> None:
    reading = read(tmp_path, DLMS=[dlms() | {TYPE: kind, "constant value": constant}])
    assert domain(reading, "ECS99/Thing.value", "constant") == expected


def test_a_cell_that_cannot_be_read_keeps_its_text_and_is_listed(tmp_path: Path) -> None:
    row = dlms() | {TYPE: "long-undersigned", "constant value": "||about 5"}
    reading = read(tmp_path, DLMS=[row])
    for attribute, text in (("type", "long-undersigned"), ("constant", "||about 5")):
        (found,) = rows_of(reading, "ECS99/Thing.value", attribute)
        assert (found.domain, found.value, found.text) == (None, None, text)
    assert [cell.place for cell in reading.unread[:2]] == ["DLMS!J2", "DLMS!K2"]
    assert all("^" in cell.reason for cell in reading.unread[:2])
    assert reading.counts is not None
    assert reading.counts["DLMS / constant value"] == {"blank": 0, "read": 0, "bare": 0, "unread": 1}


def test_rows_with_one_name_are_numbered_and_repeated_rows_are_not(tmp_path: Path) -> None:
    rows = [
        dlms(),
        dlms() | {"mapping table row #": "2", "name": "Thing: other"},
        dlms() | {"constant value": "5"},
        dlms() | {"use case": "ECS98"},
    ]
    reading = read(tmp_path, DLMS=rows)
    names = [row.subject for row in reading.extract.rows if row.attribute == "name"]
    assert names == ["ECS99/Thing.value", "ECS99/Thing.value #2", "ECS99/Thing.value", "ECS98/Thing.value"]
    assert len(rows_of(reading, "ECS99/Thing.value", "type")) == 2


@pytest.mark.parametrize(
    ("name", "path", "subject"),
    [
        ("A (x) / B: read", "see notes column", "A(x)|B.read"),
        ("A: methodInput: b", None, "A.methodInput.b"),
        ("A[1]: b", "thresholds:thresholds[2of2..2].threshold", "A[1].thresholds[2].threshold"),
        ("A: b", "scaler_unit:scal_unit_type.scaler", "A.scaler_unit.scaler"),
    ],
)
def test_subjects(tmp_path: Path, name: str, path: str | None, subject: str) -> None:
    reading = read(tmp_path, DLMS=[dlms(name=name) | {PATH: path}])
    assert reading.extract.rows[0].subject == f"ECS99/{subject}"


# --- Objects ---------------------------------------------------------------------------------------------------------


def test_an_objects_row_serves_the_rows_of_all_use_cases_that_it_lists(tmp_path: Path) -> None:
    instant = {
        "use cases": "ECS99\nGCS99\nGCS98",
        "mapping table row #": "1",
        "ref.": "SMETS 4.1\nSMETS 5.1",
        "name": "Thing",
        "attribute/method": "value",
        "sub category": "Configuration data",
        "data type": "TIME NO WILDCARDS",
        "sensitive": "yes",
    }
    gas = {"use case": "GCS99", "mapping table row #": "1", "ref.": "SMETS 4.1", "name": "Thing: value"}
    gas |= {"data type": "UTCTime", "attribute/value/parameter": "Start", "cluster: ID": "Price: 0x0700"}
    reading = read(tmp_path, Objects=[instant], DLMS=[dlms() | {TYPE: "octet-string(4)"}], ZCL=[gas])
    assert domain(reading, "ECS99/Thing.value", "permitted") == "time(hour 0..23, minute 0..59, second 0..59)"
    (encoding,) = rows_of(reading, "ECS99/Thing.value", "encoding")
    assert (encoding.value, encoding.source) == ("time", "Objects!H2")
    for subject in ("ECS99/Thing.value", "GCS99/Thing.value"):
        assert [row.value for row in rows_of(reading, subject, "value-type")] == ["TIME NO WILDCARDS"]
        assert [row.value for row in rows_of(reading, subject, "reference")][-1] == "SMETS 4.1; SMETS 5.1"
    assert rows_of(reading, "GCS99/Thing.value", "encoding") == []
    assert not any(row.subject.startswith("GCS98") for row in reading.extract.rows)


def test_an_objects_row_that_no_table_has_is_stated_under_its_own_name(tmp_path: Path) -> None:
    row = {"use cases": "ECS97", "mapping table row #": "9", "name": "Lonely", "attribute/method": "methodInput: a"}
    reading = read(tmp_path, Objects=[row | {"data type": "INTEGER", "sub category": "Method"}])
    assert [(row.subject, row.attribute) for row in reading.extract.rows] == [
        ("ECS97/Lonely.methodInput.a", "category"),
        ("ECS97/Lonely.methodInput.a", "value-type"),
    ]


# --- use cases -------------------------------------------------------------------------------------------------------

ECS37 = {
    "use case": "ECS99",
    "title": "Set  the thing",
    "message code": "0x004a",
    "target": "ESME",
    "remote party roles": "Supplier\nNetwork Operator",
    "Remote Party or HAN Only Message": "Remote Party",
    "Message Type": "SME.C.NC",
    "Capable of Future Dated Invocation": "No",
    "Protection Against Replay required": "Yes",
    "Service Reference": "6.18",
    "Read or Update": "Update",
    "Response Recipient Different than Command Sender?": "N/A",
}


def test_a_use_case_row(tmp_path: Path) -> None:
    reading = read(tmp_path, **{"Use cases": [ECS37]})
    assert {row.attribute: row.value for row in reading.extract.rows if row.value is not None} == {
        "title": "Set the thing",
        "message-code": "0x004A",
        "target": "ESME",
        "audience": "Remote Party",
        "message-type": "SME.C.NC",
        "future-dated": "No",
        "replay-protected": "Yes",
        "recipient-differs": "N/A",
        "service-reference": "6.18",
        "direction": "Update",
    }
    assert domain(reading, "ECS99", "roles") == '"Network Operator" | "Supplier"'


@pytest.mark.parametrize(("cell", "value"), [(4.1, 4.1), (7, 7), ("4.10", "4.10"), ("N/A", "N/A")])
def test_a_service_reference_stays_what_the_cell_holds(tmp_path: Path, cell: object, value: object) -> None:
    reading = read(tmp_path, **{"Use cases": [ECS37 | {"Service Reference": cell}]})
    (row,) = rows_of(reading, "ECS99", "service-reference")
    assert row.value == value
    assert type(row.value) is type(value)
    assert row.source == "Use cases!J2"


def test_several_service_references_are_a_list(tmp_path: Path) -> None:
    reading = read(tmp_path, **{"Use cases": [ECS37 | {"Service Reference": "7.9, 7.10"}]})
    assert domain(reading, "ECS99", "service-reference") == '"7.10" | "7.9"'


def test_roles_that_are_no_list_stay_a_text(tmp_path: Path) -> None:
    reading = read(tmp_path, **{"Use cases": [ECS37 | {"remote party roles": "(none)"}]})
    assert [row.value for row in rows_of(reading, "ECS99", "roles")] == ["(none)"]


# --- ZCL -------------------------------------------------------------------------------------------------------------


def zcl(parameter: str, kind: str = "UINT16") -> dict[str, Any]:
    return {
        "use case": "GCS99",
        "mapping table row #": "1",
        "ref.": "(GBZ)",
        "name": "Flow: methodInput: threshold",
        "data type": kind,
        "attribute/value/parameter": parameter,
        "cluster: ID": "Metering: 0x0702",
        "command: ID": "Set Threshold\n: 0x0E",
        "response: ID": "--",
    }


def test_a_zcl_row(tmp_path: Path) -> None:
    reading = read(tmp_path, ZCL=[zcl("Threshold\n0 - 0xFF")])
    subject = "GCS99/Flow.methodInput.threshold"
    assert domain(reading, subject, "type") == "0..65535"
    assert domain(reading, subject, "permitted") == "0..255"
    assert [row.value for row in rows_of(reading, subject, "parameter")] == ["Threshold"]
    (command,) = rows_of(reading, subject, "command")
    assert (command.value, command.text) == ("Set Threshold: 0x0E", "Set Threshold\n: 0x0E")
    assert rows_of(reading, subject, "response") == []
    assert rows_of(reading, subject, "reference") == []


def test_a_bare_name_constrains_nothing_and_is_listed(tmp_path: Path) -> None:
    reading = read(tmp_path, ZCL=[zcl("Threshold")])
    assert not any(row.attribute == "permitted" for row in reading.extract.rows)
    assert ("ZCL!F2", "Threshold") in [(cell.place, cell.text) for cell in reading.bare]


def test_a_range_that_its_type_cannot_hold_is_stated_as_written(tmp_path: Path) -> None:
    reading = read(tmp_path, ZCL=[zcl("Amount\n0 - 0xFFFFFFFF", "INT32")])
    assert domain(reading, "GCS99/Flow.methodInput.threshold", "permitted") == "0..4294967295"


def test_special_values_are_permitted_too(tmp_path: Path) -> None:
    reading = read(tmp_path, ZCL=[zcl("Start\nUTC Time Set to 0xFFFFFFFE to cancel", "UTCTime")])
    assert domain(reading, "GCS99/Flow.methodInput.threshold", "permitted") == "0..4294967295"


def test_an_attribute_has_its_identifier(tmp_path: Path) -> None:
    reading = read(tmp_path, ZCL=[zcl("Commodity: CalorificValue: 0x0304", "--")])
    assert [row.value for row in rows_of(reading, "GCS99/Flow.methodInput.threshold", "attribute-id")] == ["0x0304"]


# --- GBZ -------------------------------------------------------------------------------------------------------------


def gbz(element: str, value: str | None, octets: str | None, **more: str) -> dict[str, Any]:
    row = {"use case": "GCS99", "message": "Command", "component": "Set / Threshold", "meaning": "not kept"}
    return row | {"element": element, "value": value, "octets": octets} | more


def test_gbz_rows_in_their_order(tmp_path: Path) -> None:
    rows = [
        gbz("Refer to section 7", None, None, component=""),
        gbz("Profile ID", "0x0109", "2", component=""),
        gbz("Length", "0x0028 + length of any variable fields below", "2"),
        gbz("Omitted if unsuccessful\nAttribute Value (UINT8)", "0x00 | 0x03", "1"),
        gbz("Rest (Refer to ZigBee spec)", "*", "*", encrypted="yes"),
        gbz("Length", "0x0029", "2"),
    ]
    reading = read(tmp_path, GBZ=rows)
    group = "GCS99/Command/Set | Threshold"
    value = f"{group}/Omitted if unsuccessful Attribute Value (UINT8)"
    assert [row.subject for row in reading.extract.rows if row.attribute == "octets"] == [
        "GCS99/Command/Profile ID",
        f"{group}/Length",
        value,
        f"{group}/Rest (Refer to ZigBee spec)",
        f"{group}/Length #2",
    ]
    assert domain(reading, "GCS99/Command/Profile ID", "constant") == "265"
    assert domain(reading, f"{group}/Length", "permitted") == "40..65535"
    assert domain(reading, f"{group}/Length #2", "constant") == "41"
    assert domain(reading, value, "permitted") == "0 | 3"
    assert domain(reading, value, "type") == "0..255"
    assert [row.value for row in rows_of(reading, value, "presence")] == ["if successful"]
    assert [row.value for row in rows_of(reading, f"{group}/Rest (Refer to ZigBee spec)", "encrypted")] == ["yes"]
    assert reading.counts is not None
    assert reading.counts["GBZ / element"] == {"blank": 0, "read": 5, "bare": 1, "unread": 0}


def test_components_that_come_several_times(tmp_path: Path) -> None:
    rows = [gbz("A", "1", "1", component="Publish Log (0-12 instances)"), gbz("A", "1", "1")]
    reading = read(tmp_path, GBZ=rows)
    assert domain(reading, "GCS99/Command/Publish Log (0-12 instances)", "occurs") == "0..12"


# --- workbooks that are no use case tables ---------------------------------------------------------------------------


def test_missing_sheets_are_named(tmp_path: Path) -> None:
    reading = read(tmp_path, DLMS=[dlms()])
    assert [cell.place for cell in reading.unread] == ["Use cases", "Objects", "ZCL", "GBZ"]


def one_sheet(path: Path, name: str, titles: tuple[str, ...]) -> Path:
    """A workbook with one sheet that has only a header row."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = name
    book.active.append(titles)
    book.save(path)
    return path


def test_a_workbook_with_other_sheets(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_use_cases(one_sheet(tmp_path / "other.xlsx", "Other", HEADERS["DLMS"]))
    assert "found     Other" in str(caught.value)
    assert "expected  Use cases, Objects, DLMS, ZCL, GBZ" in str(caught.value)


def test_a_sheet_without_its_header(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_use_cases(one_sheet(tmp_path / "draft.xlsx", "DLMS", ("use case", "name", "kind")))
    assert "row 1: use case, name, kind" in str(caught.value)
    assert "DLMS COSEM data types" in str(caught.value)


# --- the published workbooks -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["3.1", "4.0"])
def published(request: pytest.FixtureRequest, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return use_cases(tmp_path_factory, corpus, request.param)


@pytest.mark.parametrize(
    ("column", "least"),
    [
        ("DLMS / DLMS COSEM data types", 97),
        ("DLMS / constant value", 97),
        ("DLMS / attribute/method name", 100),
        ("ZCL / data type", 97),
        ("ZCL / attribute/value/parameter", 90),
        ("GBZ / value", 97),
        ("GBZ / octets", 97),
    ],
)
def test_how_much_of_each_column_is_read(published: Reading, column: str, least: int) -> None:
    assert published.counts is not None
    count = published.counts[column]
    assert 100 * count["read"] >= least * (count["read"] + count["unread"])


def test_the_template_of_ecs37(published: Reading) -> None:
    period = "ECS37/MaximumDemandConfigurableTimePeriod.entries[*]."
    fixed = {
        "enable": "true",
        "script_logical_name": "0x00000A8064FF",
        "validity_window": "65535",
        "exec_weekdays": "0b1111111",
        "begin_date": "0x000001FFFF",
        "end_date": "0xFFFFFFFFFF",
    }
    for element, constant in fixed.items():
        assert domain(published, period + element, "constant") == constant
    for element in ("index", "script_selector", "switch_time"):
        assert rows_of(published, period + element, "constant") == []


def test_every_row_has_a_subject_of_its_own_and_every_statement_a_cell(published: Reading) -> None:
    names = [row.subject for row in published.extract.rows if row.attribute == "name"]
    assert len(names) == len(set(names))
    assert all("!" in row.source for row in published.extract.rows)
    assert len({row.subject for row in published.extract.rows if row.attribute == "octets"}) == 2838


def test_statistics_list_each_cell_that_was_not_read(published: Reading) -> None:
    text = render_stats(published)
    assert "DLMS / constant value" in text
    assert f"not read: {len(published.unread)}" in text
    for cell in published.unread:
        assert f"{cell.place}  {cell.column}" in text


# --- titles ----------------------------------------------------------------------------------------------------------


def retitled(tmp_path: Path, titles: dict[str, Any]) -> Reading:
    """A sheet DLMS with one row and some cells of its header row changed."""
    path = write_tables(tmp_path / "use-cases-9.8.xlsx", {"DLMS": [dlms(**{"constant value": "||0x01"})]})
    book = openpyxl.load_workbook(path)
    for address, title in titles.items():
        book["DLMS"][address] = title
    book.save(path)
    return read_use_cases(path)


def headers(cells: tuple[Unread, ...]) -> list[tuple[str, str, str]]:
    return [(cell.place, cell.text, cell.reason) for cell in cells if cell.column == "DLMS / header row"]


def test_a_title_that_is_missing_is_told_and_a_new_one_is_listed(tmp_path: Path) -> None:
    reading = retitled(tmp_path, {"K1": "constants"})
    missing = "no column has the title 'constant value': nothing is read of what it holds"
    assert headers(reading.unread) == [("DLMS!A1", "constant value", missing)]
    assert headers(reading.bare) == [("DLMS!K1", "constants", "a title that is not known")]
    assert not headers(retitled(tmp_path, {}).unread)


def test_a_title_that_comes_twice_and_a_column_without_one_are_told(tmp_path: Path) -> None:
    reading = retitled(tmp_path, {"L1": "Constant value", "N1": None, "N2": "words"})
    assert ("DLMS!L1", "Constant value", "the title of K1 once more: only that is read") in headers(reading.unread)
    assert headers(reading.bare) == [("DLMS!N1", "", "a column without a title")]


def test_a_title_that_the_sheet_cannot_do_without(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="missing   DLMS COSEM data types"):
        retitled(tmp_path, {"J1": "type"})
