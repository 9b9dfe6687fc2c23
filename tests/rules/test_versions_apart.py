"""Two versions of the use case tables in one folder: a finding cites one of them, the newest in which it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_workbooks import Edit, found_in, planted
from rule_releases import catalogue_of, part, says

from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Finding
from gbcscheck.rules import check

USE_CASES = ("GCS11", "GCS15d", "GCS61")


def versions(finding: Finding) -> set[str]:
    return {one.specification.version for one in finding.statements}


@pytest.fixture
def both(corpus: Path, tmp_path: Path) -> list[Extract]:
    return [planted(corpus, tmp_path, USE_CASES, version=version) for version in ("3.1", "4.0")]


@pytest.mark.parametrize("code", ["V121", "X102", "X122"])
def test_what_stands_in_both_is_told_of_the_newer(code: str, both: list[Extract]) -> None:
    for extracts in (both, both[::-1]):
        (found,) = found_in(code, *extracts)
        assert versions(found) == {"4.0"}


def test_components_of_two_versions_are_not_counted_together(both: list[Extract]) -> None:
    assert found_in("V122", *both) == []


def test_what_stands_in_the_older_alone_is_told_of_it(corpus: Path, tmp_path: Path) -> None:
    edit: Edit = ("GBZ", {"use case": "GCS61", "element": "Command identifier (UINT8)"}, "value", "0x07")
    older = planted(corpus, tmp_path, USE_CASES, edit, version="3.1")
    (found,) = found_in("V122", planted(corpus, tmp_path, USE_CASES), older)
    assert versions(found) == {"3.1"}


def test_one_fact_that_a_later_version_has_otherwise_is_no_conflict() -> None:
    def tables(version: str, code: str) -> Extract:
        return part("GBCS", says("U1", "message-code", code), name="use cases", version=version)

    alike = part("List", says("U1", "message-code", "75"))
    found = check(catalogue_of(tables("1.0", "74"), tables("2.0", "75"), alike))
    assert [versions(one) for one in found] == [{"1.0"}]
