"""The rules on rows of the mapping: one number is one thing, on the sheets of the protocols and of the objects."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_workbooks import Edit, both_releases, found_in, planted, shipped
from rule_releases import findings, part, says

USE_CASES = ("ECS29a", "ECS29b", "ECS26b", "GCS04", "GCS21b")


def in_row(sheet: str, number: str, title: str, new: object, **more: str) -> Edit:
    return (sheet, {"mapping table row #": number, **more}, title, new)


def in_ecs29a(number: str, title: str, new: object) -> Edit:
    return in_row("DLMS", number, title, new, **{"use case": "ECS29a"})


@both_releases
@pytest.mark.parametrize("code", ["N121", "X121", "S121"])
def test_what_is_published_is_silent(code: str, release: str) -> None:
    assert shipped(code, release) == []


@both_releases
def test_four_dates_of_five_octets_are_called_dates_and_times(release: str) -> None:
    (found,) = shipped("R122", release)
    assert found.message == "the list of objects calls it DATE-TIME no wildcards, and its type is octet-string(5)"
    assert len((found.subject, *found.also)) == 4


@pytest.mark.parametrize(
    ("edit", "attribute", "severity"),
    [
        (in_ecs29a("960", "class", "3"), "class", "error"),
        (in_ecs29a("960", "OBIS code", "0-0:17.0.9.255"), "object", "error"),
        (in_ecs29a("960", "attribute/method no.", "3"), "member", "error"),
        (in_ecs29a("960", "DLMS COSEM data types", "long-unsigned"), "type", "error"),
        (in_ecs29a("960", "attribute/method name", "threshold_passive"), "element", "warning"),
        (in_ecs29a("960", "name", "RMSExtremeVoltageThreshold: threshold"), "name", "warning"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_cell_that_differs_from_the_other_use_cases_is_told(
    corpus: Path, tmp_path: Path, edit: Edit, attribute: str, severity: str
) -> None:
    (found,) = found_in("N121", planted(corpus, tmp_path, USE_CASES, edit))
    assert (found.message, found.severity) == (f"row 960 of the mapping has two {attribute} facts", severity)
    assert found.statements[0].subject.startswith("ECS29a/")
    assert f"{edit[3]} in ECS29a and" in found.witness.replace("attribute ", "")


def test_a_constant_that_differs_from_the_other_use_cases_is_told(corpus: Path, tmp_path: Path) -> None:
    edit = in_row("DLMS", "495", "constant value", "1", **{"use case": "ECS29a"})
    (found,) = found_in("N121", planted(corpus, tmp_path, USE_CASES, edit))
    assert found.severity == "error"
    assert sorted(found.witness.split(" and ")) == ["0 in ECS29b", "1 in ECS29a"]


def test_a_constant_that_is_written_otherwise_is_the_same(corpus: Path, tmp_path: Path) -> None:
    edit = in_row("DLMS", "495", "constant value", "0x00", **{"use case": "ECS29a"})
    assert found_in("N121", planted(corpus, tmp_path, USE_CASES, edit)) == []


def test_blanks_case_and_marks_are_no_difference(corpus: Path, tmp_path: Path) -> None:
    edits = (
        in_ecs29a("960", "DLMS COSEM data types", "double-long-unsigned [[OPTIONAL]]"),
        in_ecs29a("961", "name", "RMSExtremeUnderVoltageThreshold:  Threshold"),
    )
    assert found_in("N121", planted(corpus, tmp_path, USE_CASES, *edits)) == []


def test_an_object_of_another_name_is_stated_twice(corpus: Path, tmp_path: Path) -> None:
    edit = in_row("Objects", "960", "name", "RMSExtremeVoltageThreshold", **{"use cases": "ECS29a"})
    found = found_in("N103", planted(corpus, tmp_path, USE_CASES, edit))
    assert [one.message for one in found] == ["its name is stated twice, and differently"]
    assert [one.source.partition("!")[0] for one in found[0].statements] == ["DLMS", "Objects"]


@pytest.mark.parametrize(
    "edit",
    [
        in_row("DLMS", "960", "DLMS COSEM data types", "octet-string(4)", **{"use case": "ECS29a"}),
        in_row("ZCL", "1116", "data type", "OCTETSTRING[n]"),
        in_row("Objects", "960", "data type", "BOOLEAN", **{"use cases": "ECS29a"}),
        in_row("Objects", "960", "data type", "DATE-TIME", **{"use cases": "ECS29a"}),
    ],
    ids=["electricity", "gas", "object", "seconds"],
)
def test_a_type_of_another_kind_than_the_object_is_told(corpus: Path, tmp_path: Path, edit: Edit) -> None:
    found = found_in("R122", planted(corpus, tmp_path, USE_CASES, edit))
    told = edit[3] not in ("BOOLEAN", "DATE-TIME")  # numbers stand for both
    assert len(found) == told


@pytest.mark.parametrize(
    ("number", "called", "told"),
    [
        ("761", "DATE NO WILDCARDS", 1),
        ("761", "DATE-TIME", 1),
        ("761", "TIME", 0),
        ("684", "TIME", 1),
        ("684", "DATE", 0),
    ],
)
def test_the_octets_of_a_time_are_no_date(corpus: Path, tmp_path: Path, number: str, called: str, told: int) -> None:
    """A date may stand in the twelve octets of a date and time."""
    edit = in_row("Objects", number, "data type", called)
    assert len(found_in("R122", planted(corpus, tmp_path, ["ECS37", "ECS70"], edit))) == told


def test_a_clause_that_the_objects_do_not_have_is_told(corpus: Path, tmp_path: Path) -> None:
    edit = in_row("ZCL", "1116", "ref.", "SMETS 4.6.9.4")
    (found,) = found_in("X121", planted(corpus, tmp_path, USE_CASES, edit))
    assert (found.witness, found.message) == (
        "SMETS 4.6.9.4",
        "one row refers to SMETS 4.6.9.4, and the other one does not",
    )
    assert [one.source.partition("!")[0] for one in found.statements] == ["ZCL", "Objects"]


def test_a_row_whose_object_is_deleted_is_told(corpus: Path, tmp_path: Path) -> None:
    edit = in_row("Objects", "1116", "use cases", "ECS07")
    (found,) = found_in("S121", planted(corpus, tmp_path, [*USE_CASES, "ECS07"], edit))
    assert (found.subject, found.witness) == ("GCS04/DebtRecoveryRates[1].amountNext", "GCS04, row 1116")


def test_an_object_whose_row_is_deleted_is_told(corpus: Path, tmp_path: Path) -> None:
    edit = in_row("DLMS", "960", "use case", "ECS29b", **{"use case": "ECS29a"})
    (found,) = found_in("S121", planted(corpus, tmp_path, USE_CASES, edit))
    assert found.message == "no use case of the row of the list of objects carries it"
    assert found.subject == "ECS29a/RMSExtremeOverVoltageThreshold.threshold"


def test_an_object_of_use_cases_that_the_document_does_not_have_is_silent(corpus: Path, tmp_path: Path) -> None:
    assert found_in("S121", planted(corpus, tmp_path, ["GCS04"])) == []


def test_a_document_without_a_list_of_objects_lacks_no_row_of_it() -> None:
    rows = [
        says("U1/Item.value", "class", value="1", clause="U1, row 7"),
        says("U1/Item.value", "reference", value="SMETS 5.1", clause="U1, row 7"),
    ]
    assert findings("S121", part("GBCS", *rows, name="use cases")) == []
