"""A data type as its column writes it, and a row whose type stands in its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from joined_workbook import bench_of, read
from test_repeats import SHEETS

from gbcscheck.model import Statement
from gbcscheck.proposals import Authority, propose
from gbcscheck.proposals.data_types import types_alike, types_of_kind
from gbcscheck.proposals.rereading import Columns
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release
from gbcscheck.rules import RULES, check


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.of(load_release("current"))


def _at(catalogue: Catalogue, source: str, attribute: str) -> Statement:
    return next(one for one in catalogue.by_attribute[attribute] if one.source == source)


@pytest.mark.parametrize(
    ("target", "one", "attribute", "texts"),
    [
        ("ZCL!E295", "GBZ!F2332", "type", ["UINT8"]),
        ("GBZ!F2332", "ZCL!E295", "type", ["UINT8"]),
        ("DLMS!J669", "GBZ!F2332", "type", []),
        ("ZCL!E295", "line 1743", "type", []),
        ("GBZ!F2328", "GBZ!I2327", "octets", ["UINT32"]),
        ("GBZ!F2329", "GBZ!I2327", "octets", []),
    ],
)
def test_a_type_is_written_as_the_column_writes_it(
    catalogue: Catalogue, target: str, one: str, attribute: str, texts: list[str]
) -> None:
    own = _at(catalogue, target, "type")
    assert list(types_alike(Columns(catalogue), own, _at(catalogue, one, attribute))) == texts


def test_what_types_the_rows_of_a_kind_of_value_have(catalogue: Catalogue) -> None:
    own = _at(catalogue, "DLMS!J612", "type")
    assert own.written == "octet-string(12)[[OPTIONAL]]"
    assert "octet-string(12)[[OPTIONAL]]" in types_of_kind(
        catalogue, own._replace(domain="octets(0..11)", text="octet-string(11)[[OPTIONAL]]")
    )
    assert list(types_of_kind(catalogue, own._replace(text="bit-string(11)"))) == []


def test_the_custom_of_a_column_is_an_option_and_no_edit(tmp_path: Path) -> None:
    """A length that the other rows with a date and time do not have, of which nobody else speaks."""
    changed = {("DLMS", 5, "DLMS COSEM data types"): "octet-string(11)"}
    (release,) = bench_of(read(tmp_path, {**changed, ("DLMS", 6, "mapping table row #"): ""})).releases
    rules = [one for one in RULES if one.code == "R122"]
    found = check(Catalogue.of(release), rules)
    repairs = propose([release], rules, found, Authority())
    assert repairs.edits == ()
    options = [option for choice in repairs.choices for option in choice.options]
    edits = [(edit.statement.source, edit.new, edit.confidence) for option in options for edit in option.edits]
    assert edits == [("DLMS!H5", "octet-string(12)", "possible")]


def test_the_type_in_the_name_of_a_field_is_put_right(tmp_path: Path) -> None:
    (release,) = bench_of(read(tmp_path, {("GBZ", 4, "element"): "Status (ENUM16)"}, SHEETS)).releases
    rules = [one for one in RULES if one.code == "V123"]
    found = check(Catalogue.of(release), rules)
    (choice,) = propose([release], rules, found, Authority()).choices
    edits = [(edit.member, edit.new) for option in choice.options for edit in option.edits]
    assert ("subject", "U1/Command/Set/Status (ENUM8) #3") in edits
