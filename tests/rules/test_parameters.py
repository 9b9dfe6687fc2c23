"""The rule on values of parameters that stand in a table and in a layout."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from planted_workbooks import Edit, cells, found_in, planted, shipped


def in_layout(use_case: str, element: str, old: str, new: str) -> Edit:
    return ("GBZ", {"use case": use_case, "message": "Command", "element": element, "value": old}, "value", new)


def in_table(use_case: str, old: str, new: str) -> Edit:
    return ("ZCL", {"use case": use_case, "attribute/value/parameter": old}, "attribute/value/parameter", new)


TAMPER = "SupplyTamperState\n0x03 means supply state is UNCHANGED; 0x00 means supply state is LOCKED"
DIVISOR = "Block Threshold Divisor\n0x0003E8 = 1000"


@pytest.mark.parametrize(("release", "more"), [("current", []), ("before-mp131", ["GCS44"])])
def test_what_is_published_is_told_where_no_field_has_the_value(release: str, more: list[str]) -> None:
    found = shipped("V104", release)
    assert [one.subject.partition("/")[0] for one in found] == ["GCS17", *more]
    assert {one.severity for one in found} == {"error"}


@pytest.mark.parametrize(
    ("edit", "severity", "message", "witness"),
    [
        (
            in_layout("GCS24a", "SupplyTamper State (ENUM8)", "0x00 | 0x03", "0x05"),
            "error",
            "the table of parameters and the byte layout give a field different values",
            "0",
        ),
        (
            in_layout("GCS24a", "SupplyTamper State (ENUM8)", "0x00 | 0x03", "0x00"),
            "warning",
            "the table of parameters permits a value that the byte layout does not have",
            "3",
        ),
        (
            in_layout("GCS24a", "SupplyTamper State (ENUM8)", "0x00 | 0x03", "0x00 | 0x03 | 0x04"),
            "warning",
            "the byte layout has a value that the table of parameters does not permit",
            "4",
        ),
        (
            in_layout("GCS24a", "SupplyTamper State (ENUM8)", "0x00 | 0x03", "*"),
            "warning",
            "the byte layout leaves a field free of which the table of parameters names the values",
            f"anything but {TAMPER.replace(chr(10), ' ')}",
        ),
        (
            in_table("GCS01a", DIVISOR, DIVISOR.replace("3E8", "308")),
            "warning",
            "the cell of the table of parameters cannot be read, and the byte layout gives the value",
            "0x000308 = 1000",
        ),
    ],
    ids=["other", "fewer", "more", "free", "unread"],
)
def test_values_that_differ_are_told_with_both_cells(
    corpus: Path, tmp_path: Path, edit: Edit, severity: str, message: str, witness: str
) -> None:
    (found,) = found_in("V104", planted(corpus, tmp_path, (edit[1]["use case"],), edit))
    assert (found.severity, found.message) == (severity, message)
    assert " ".join(found.witness.split()) == " ".join(witness.split())
    assert [one.partition("!")[0] for one in cells(found)] == ["ZCL", "GBZ"]


def test_only_the_field_that_a_link_names_is_asked(corpus: Path, tmp_path: Path) -> None:
    """Of the three components of GCS04 the second carries the second rate; the first still has both frequencies."""
    table = planted(corpus, tmp_path, ("GCS04",))
    assert found_in("V104", table) == []
    subject = "GCS04/Command/Change Debt/Debt Recovery Frequency (ENUM8) #2"
    rows = [
        row._replace(domain="0") if (row.subject, row.attribute) == (subject, "permitted") else row
        for row in table.rows
    ]
    (found,) = found_in("V104", replace(table, rows=rows))
    assert (found.subject, found.witness) == ("GCS04/DebtRecoveryRates[2].periodNext", "1")


def test_use_cases_may_divide_the_values_of_a_parameter(corpus: Path, tmp_path: Path) -> None:
    """GCS02 sends one payment mode, and GCS03 the others; the table has all of them in both."""
    assert found_in("V104", planted(corpus, tmp_path, ("GCS02", "GCS03"))) == []
    (found,) = found_in("V104", planted(corpus, tmp_path, ("GCS02",)))
    assert found.message == "the table of parameters permits a value that the byte layout does not have"


def test_a_field_of_another_component_of_the_message_is_the_parameter_too(corpus: Path, tmp_path: Path) -> None:
    row = {"use case": "GCS05", "component": "PublishDayProfile (1-5 instances)", "element": "Calendar Type (ENUM8)"}
    (found,) = found_in("V104", planted(corpus, tmp_path, ("GCS05",), ("GBZ", row, "value", "0x05")))
    assert (found.severity, found.witness) == ("error", "5")
