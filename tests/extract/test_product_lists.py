"""Lists of certified products: entries with their products and versions, as the cells have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.products import is_products, read_products
from gbcscheck.extract.sources import read_source
from gbcscheck.facts.extract_file import Reading
from gbcscheck.model import Specification

TITLES = (
    "Version,Entry.number,Entry.status,Device_Type.name,Device_Model.manufacturer_identifier,"
    "Device_Model.model_identifier,Device_Model.hardware_version.version,Device_Model.hardware_version.revision,"
    "Device_Model.firmware_version,SMETS_CHTS Version.Version_number_and_effective_date,GBCS Version.version_number"
)
ISSUE = "Version 2.051 Issued on 21-09-2022"
PRODUCT = "Gas Smart Meter,1063,4772,01,02,03030244"


def read(tmp_path: Path, *lines: str, titles: str = TITLES) -> Reading:
    return read_products(write(tmp_path, *lines, titles=titles))


def write(tmp_path: Path, *lines: str, titles: str = TITLES) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("\n".join((titles, *lines)) + "\n", encoding="utf-8-sig")
    return path


def test_an_entry_with_its_product_and_versions(tmp_path: Path) -> None:
    extract = read(tmp_path, f"{ISSUE},000079,Removed,{PRODUCT},SMETS V2.0 ,GBCS Version 1.0 ").extract
    assert (extract.specification, extract.date) == (Specification("Central Products List", "2.051"), "2022-09-21")
    key = "Gas Smart Meter, manufacturer 1063, model 4772, hardware 01, revision 02, firmware 03030244"
    assert [(row.attribute, row.value, row.text, row.source) for row in extract.rows] == [
        ("name", key, None, "list!I2"),
        ("entry-status", "Removed", None, "list!C2"),
        ("smets-version", "SMETS 2.0", "SMETS V2.0 ", "list!J2"),
        ("gbcs-version", "1.0", "GBCS Version 1.0 ", "list!K2"),
    ]
    assert {(row.subject, row.clause) for row in extract.rows} == {("entry 000079", key)}


def test_numbers_that_are_missing_or_stand_twice(tmp_path: Path) -> None:
    versions = "SMETS V2.0,GBCS Version 1.0"
    reading = read(tmp_path, *(f"{ISSUE},{number},Current,{PRODUCT},{versions}" for number in ("7", "7", "")))
    assert list(dict.fromkeys(row.subject for row in reading.extract.rows)) == ["entry 7", "entry 7 #2", "row 4"]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        f"{ISSUE},1,Current,{PRODUCT},SMETS two,",
        f"{ISSUE},2,Current,,,,,,,SMETS V2.0,GBCS Version 1.0",
        titles=TITLES,
    )
    assert [(one.place, one.text) for one in reading.unread] == [("list!J2", "SMETS two"), ("list!A3", "")]
    other = read(tmp_path, f"{ISSUE},1,Current,{PRODUCT},SMETS V2.0,GBCS 1.0,x", titles=f"{TITLES},Remarks")
    assert [(one.place, one.text) for one in other.not_taken] == [("list!L1", "Remarks")]


def test_a_list_without_an_issue_is_of_no_version(tmp_path: Path) -> None:
    extract = read(tmp_path, f",1,Current,{PRODUCT},SMETS V2.0,GBCS Version 1.0").extract
    assert (extract.specification.version, extract.date) == ("unstated", "")


def test_another_file_is_told_with_what_was_found(tmp_path: Path) -> None:
    path = write(tmp_path, "1,2", titles="Data item,Default")
    assert not is_products(path)
    with pytest.raises(UnreadableSource, match="a column is missing") as told:
        read_products(path)
    assert "found     Data item, Default" in told.value.detail


def test_a_folder_knows_a_list_from_a_table(tmp_path: Path) -> None:
    found = read_source(write(tmp_path, f"{ISSUE},1,Current,{PRODUCT},SMETS V2.0,GBCS Version 1.0"))
    assert isinstance(found, Reading)
    assert found.extract.specification.name == "Central Products List"


def test_the_published_list(corpus: Path) -> None:
    (path,) = (corpus / "products").glob("*.csv")
    reading = read_products(path)
    assert (reading.unread, reading.not_taken) == ((), ())
    assert len({row.subject for row in reading.extract.rows}) == 729
    versions = [row.value for row in reading.extract.rows if row.attribute == "gbcs-version"]
    assert (versions.count("3.2"), versions.count("3.1"), versions.count("4.0")) == (253, 0, 2)
