"""Every cell of both published workbooks: how many each column reads, which are left unread, and why.

The counts are by column and workbook, over the cells other than blank, ``-`` and ``--``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest

from gbcscheck.domains import CosemDate, CosemDateTime, CosemTime, Domain, NotInterpretable, octets_of
from gbcscheck.notation import zcl_parameter
from gbcscheck.notation.attribute_path import read_attribute_path
from gbcscheck.notation.dlms_constant import read_dlms_constant
from gbcscheck.notation.dlms_type import read_dlms_type
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.gbz import read_gbz_component, read_gbz_element, read_gbz_octets, read_gbz_value
from gbcscheck.notation.obis import logical_name, object_name
from gbcscheck.notation.object_type import cosem_domain, encoding, read_object_type
from gbcscheck.notation.use_case import (
    read_flag,
    read_message_code,
    read_message_type,
    read_references,
    read_roles,
    read_service_references,
    read_targets,
)
from gbcscheck.notation.zcl_identifier import read_zcl_identifier
from gbcscheck.notation.zcl_parameter import ZclParameter, read_zcl_parameter
from gbcscheck.notation.zcl_type import read_zcl_type

VERSIONS = ("3.1", "4.0")
CorpusRow = dict[str, str]
Sheets = dict[str, list[CorpusRow]]


@pytest.fixture(scope="module", params=VERSIONS)
def sheets(request: pytest.FixtureRequest, corpus: Path) -> Sheets:
    """The rows of each sheet of one workbook, by the titles of their columns; blank cells are empty texts."""
    book = openpyxl.load_workbook(corpus / "gbcs" / f"use-cases-{request.param}.xlsx", read_only=True)
    found: Sheets = {}
    for sheet in book.worksheets:
        header, *rows = sheet.iter_rows(values_only=True)
        titles = [str(title) for title in header]
        found[sheet.title] = [
            dict(zip(titles, ("" if value is None else str(value) for value in row), strict=True)) for row in rows
        ]
    book.close()
    return found


@dataclass
class Column:
    """How the cells of one column read."""

    read: int = 0
    unread: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        return self.read / (self.read + self.unread.total())


def transcript(cells: Iterator[str], reader: Callable[[str], object]) -> Column:
    column = Column()
    for text in cells:
        if text in ("", "-", "--"):
            continue
        try:
            reader(text)
        except NotationError:
            column.unread[text] += 1
        else:
            column.read += 1
    return column


COMPLETE: list[tuple[str, str, Callable[[str], object]]] = [
    ("DLMS", "DLMS COSEM data types", read_dlms_type),
    ("DLMS", "constant value", read_dlms_constant),
    ("DLMS", "attribute/method name", read_attribute_path),
    ("DLMS", "ref.", read_references),
    ("Objects", "data type", read_object_type),
    ("Objects", "ref.", read_references),
    ("ZCL", "data type", read_zcl_type),
    ("ZCL", "cluster: ID", read_zcl_identifier),
    ("ZCL", "command: ID", read_zcl_identifier),
    ("ZCL", "response: ID", read_zcl_identifier),
    ("ZCL", "ref.", read_references),
    ("GBZ", "element", read_gbz_element),
    ("GBZ", "component", read_gbz_component),
    ("Use cases", "message code", read_message_code),
    ("Use cases", "remote party roles", read_roles),
    ("Use cases", "Service Reference", read_service_references),
    ("Use cases", "target", read_targets),
    ("Use cases", "Message Type", read_message_type),
    ("Use cases", "Capable of Future Dated Invocation", read_flag),
    ("Use cases", "Protection Against Replay required", read_flag),
    ("Use cases", "Response Recipient Different than Command Sender?", read_flag),
]


@pytest.mark.parametrize(("sheet", "title", "reader"), COMPLETE, ids=[f"{s} {t}" for s, t, _ in COMPLETE])
def test_every_cell_of_the_column_is_read(
    sheets: Sheets, sheet: str, title: str, reader: Callable[[str], object]
) -> None:
    assert not transcript((row[title] for row in sheets[sheet]), reader).unread


def test_logical_names_are_written_as_they_were_read(sheets: Sheets) -> None:
    names = {row["OBIS code"] for row in sheets["DLMS"]} - {"Not specified"}
    assert len(names) > 100
    assert all(object_name(logical_name(name)) == name for name in names)


def test_attribute_paths_are_written_as_they_were_read(sheets: Sheets) -> None:
    for text in {row["attribute/method name"] for row in sheets["DLMS"]} - {""}:
        assert str(read_attribute_path(text)).replace(" ", "") == text.replace(" ", "")


def test_every_constant_is_a_value_of_the_type_of_its_row(sheets: Sheets) -> None:
    for row in sheets["DLMS"]:
        constant = read_dlms_constant(row["constant value"])
        if constant is None:
            continue
        data_type = read_dlms_type(row["DLMS COSEM data types"])
        try:
            fixed = constant.domain(data_type)
        except NotInterpretable as error:
            pytest.fail(f"{row['use case']}: {error}")
        assert fixed.is_subset(data_type.domain(exact=True)), row
        if constant.instance:
            assert {domain for domain, _ in constant.alternatives} == {octets_of(logical_name(constant.instance))}


def test_rows_of_dates_and_times_have_the_encoding_of_their_length(sheets: Sheets) -> None:
    object_types = {row["mapping table row #"]: read_object_type(row["data type"]) for row in sheets["Objects"]}
    encodings = Counter[str]()
    for row in sheets["DLMS"]:
        if row["DLMS COSEM data types"]:
            data_type = read_dlms_type(row["DLMS COSEM data types"])
            encoded = encoding(object_types.get(row["mapping table row #"]), data_type)
            if encoded is not None:
                encodings[encoded] += 1
                assert type(cosem_domain(encoded)) in (CosemDate, CosemTime, CosemDateTime)
    assert encodings["time"] >= 8
    assert encodings["date"] >= 10
    assert encodings["date-time"] >= 60


def parameters(sheets: Sheets) -> Iterator[tuple[str, ZclParameter | None]]:
    """The parameter cells that are not blank, each with its reading in the type of its row, None where unread."""
    for row in sheets["ZCL"]:
        text = row["attribute/value/parameter"]
        if text in ("", "--"):
            continue
        try:
            yield text, read_zcl_parameter(text, read_zcl_type(row["data type"]))
        except NotationError:
            yield text, None


def test_nearly_every_range_of_a_parameter_is_read(sheets: Sheets) -> None:
    """What is left are five sentences about several parameters at once, or about the entries of an array."""
    cells = list(parameters(sheets))
    ranges = [p for _, p in cells if p is None or p.domain is not None or p.specials]
    unread = Counter(text for text, parameter in cells if parameter is None)
    assert sum(unread.values()) == len(unread) == 5
    assert all(len(text.split()) > 20 for text in unread)
    assert (len(ranges) - unread.total()) / len(ranges) >= 0.93


def test_parameters_that_say_nothing_of_their_values_are_few_and_known(sheets: Sheets) -> None:
    silent = Counter(
        p.name
        for _, p in parameters(sheets)
        if p is not None and p.reading in (zcl_parameter.BARE_NAME, "ZigBee standard")
    )
    assert silent.total() in (33, 34)
    assert set(silent) - {"Provider Change Control"} == {
        "",
        "Earliest Start Time",
        "EarliestSampleTime",
        "End Time",
        "Event Configuration",
        "Event Configuration Payload",
        "Event ID",
        "From Date Time",
        "Latest End Time",
        "Log Payload",
        "NumberOfSamples",
        "Start Time",
    }


READINGS = {
    *(zcl_parameter.RANGE, zcl_parameter.CHOICE, zcl_parameter.LENGTH, zcl_parameter.TIME, zcl_parameter.ARRAY),
    *(zcl_parameter.SPECIAL, zcl_parameter.ATTRIBUTE, zcl_parameter.BARE_NAME, zcl_parameter.ELSEWHERE),
}


def test_the_readings_of_parameters_are_those_that_are_named(sheets: Sheets) -> None:
    assert {p.reading for _, p in parameters(sheets) if p is not None} == READINGS


def test_only_ranges_of_one_data_item_are_wider_than_their_type(sheets: Sheets) -> None:
    wider = set()
    for row in sheets["ZCL"]:
        data_type = read_zcl_type(row["data type"])
        if data_type is None or not data_type.is_number:
            continue
        try:
            parameter = read_zcl_parameter(row["attribute/value/parameter"], data_type)
        except NotationError:
            continue
        if (
            parameter is not None
            and parameter.domain is not None
            and not parameter.domain.is_subset(data_type.domain())
        ):
            wider.add((parameter.name, data_type.name))
    assert wider == {("Debt Recovery Amount", "INT32")}


def gbz_values(sheets: Sheets) -> Iterator[tuple[CorpusRow, Domain]]:
    for row in sheets["GBZ"]:
        if row["value"] in ("", "--"):
            continue
        element = read_gbz_element(row["element"])
        try:
            counts = read_gbz_octets(row["octets"])
        except NotationError:
            counts = ()
        value = read_gbz_value(row["value"], element.data_type, counts)
        assert value is not None
        yield row, value.domain


def test_every_gbz_value_is_read_and_fits_its_octets(sheets: Sheets) -> None:
    found = list(gbz_values(sheets))
    assert len(found) == 2838
    for row, domain in found:
        element = read_gbz_element(row["element"])
        if element.data_type is not None and row["octets"] not in ("*", ""):
            assert domain.is_subset(element.data_type.domain()), row


def test_gbz_octets_are_read_but_for_a_name_that_counts_nothing(sheets: Sheets) -> None:
    column = transcript((row["octets"] for row in sheets["GBZ"]), read_gbz_octets)
    assert column.unread == Counter({"Message Code": 4})
    assert column.share >= 0.99


def test_the_stated_octets_of_a_number_are_those_of_its_type(sheets: Sheets) -> None:
    for row in sheets["GBZ"]:
        data_type = read_gbz_element(row["element"]).data_type
        if data_type is not None and data_type.octets is not None and row["octets"].isdigit():
            assert read_gbz_octets(row["octets"]) == (data_type.octets,), row
