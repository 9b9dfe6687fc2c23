"""Releases with one version of each document, out of one that has several."""

from __future__ import annotations

import pytest

from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Specification
from gbcscheck.release.one_version import of_one_version
from gbcscheck.release.releases import Release


def split(*specifications: tuple[str, str, str]) -> list[list[str]]:
    extracts = tuple(Extract(Specification(*one), "synthetic", ()) for one in specifications)
    release = Release("test", "", "", extracts, Crosswalk())
    return [[str(one.specification) for one in each.extracts] for each in of_one_version(release)]


def test_a_release_of_one_version_each_is_itself() -> None:
    release = Release("test", "", "", (), Crosswalk())
    assert of_one_version(release) == (release,)
    assert split(("GBCS", "3.1", "use cases"), ("GBCS", "3.2", "Table 28d")) == [
        ["GBCS 3.1 use cases", "GBCS 3.2 Table 28d"]
    ]


def test_the_newest_of_each_come_first_and_the_oldest_stand_for_what_has_no_older_one() -> None:
    found = split(
        ("GBCS", "3.1", "use cases"),
        ("DUIS", "5.3", "schema"),
        ("DUIS", "5.10", "schema"),
        ("GBCS", "4.0", "use cases"),
        ("DUIS", "5.4", "schema"),
    )
    assert found == [
        ["DUIS 5.10 schema", "GBCS 4.0 use cases"],
        ["GBCS 3.1 use cases", "DUIS 5.4 schema"],
        ["GBCS 3.1 use cases", "DUIS 5.3 schema"],
    ]


@pytest.mark.parametrize("version", ["unstated", "next", "5.04"])
def test_versions_without_an_order_stay_together(version: str) -> None:
    assert split(("DUIS", "5.4", "schema"), ("DUIS", version, "schema")) == [
        ["DUIS 5.4 schema", f"DUIS {version} schema"]
    ]
