"""The rules on attributes and parameters that stand in the table of parameters and in byte layouts."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_workbooks import Edit, both_releases, found_in, planted, shipped

from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release, load_release
from gbcscheck.rules import check

USE_CASES = ("GCS04", "GCS13a", "GCS14", "GCS21b")
AMOUNT = {"use case": "GCS21b", "mapping table row #": "1093"}


@both_releases
@pytest.mark.parametrize("code", ["X123", "R123"])
def test_what_is_published_is_silent(code: str, release: str) -> None:
    assert shipped(code, release) == []


@pytest.mark.parametrize("code", ["X123", "R123"])
def test_a_part_of_the_tables_is_silent(code: str, corpus: Path, tmp_path: Path) -> None:
    assert found_in(code, planted(corpus, tmp_path, USE_CASES)) == []


def of_layout(title: str, old: str, new: str, message: str, **more: str) -> Edit:
    return ("GBZ", {"use case": "GCS21b", "message": message, title: old, **more}, title, new)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            ("ZCL", AMOUNT, "attribute/value/parameter", "Debt Attribute: DebtRecovery Amount#1: 0x0271"),
            "the layout does not read attribute 0x0271 of cluster 0x0705",
        ),
        (
            of_layout("value", "0x0217", "0x0271", "Command"),
            "the layout does not read attribute 0x0217 of cluster 0x0705",
        ),
        (
            of_layout("value", "0x0217", "0x0271", "Normal response"),
            "the command asks for 0x0217 and is not answered; it is answered with 0x0271 and has not asked",
        ),
    ],
    ids=["parameters", "request", "response"],
)
def test_an_attribute_that_is_not_read_is_told(corpus: Path, tmp_path: Path, edit: Edit, message: str) -> None:
    (found,) = found_in("X123", planted(corpus, tmp_path, USE_CASES, edit))
    assert found.message == message


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (("ZCL", AMOUNT, "data type", "UINT24"), "its type is UINT32 here, and UINT24 in another place"),
        (
            ("ZCL", {"use case": "GCS04", "mapping table row #": "1116"}, "data type", "UINT16"),
            "its type is UINT16 here, and INT32 in the layout",
        ),
    ],
    ids=["attribute", "parameter"],
)
def test_a_type_that_differs_is_told(corpus: Path, tmp_path: Path, edit: Edit, message: str) -> None:
    (found,) = found_in("R123", planted(corpus, tmp_path, USE_CASES, edit))
    assert found.message == message


def test_one_wrong_type_is_one_finding(corpus: Path, tmp_path: Path) -> None:
    edit = ("ZCL", {"use case": "GCS04", "mapping table row #": "1185"}, "data type", "UINT16")
    tables = planted(corpus, tmp_path, USE_CASES, edit)
    found = check(Catalogue.of(Release("test", "", "", (tables,), load_release("current").crosswalk)))
    about = [one for one in found if any(s.subject == "GCS04/DebtRecoveryRates[1].periodNext" for s in one.statements)]
    assert [(one.rule, sorted(other.rule for other in one.seen_as)) for one in about] == [("R123", ["R121"])]
