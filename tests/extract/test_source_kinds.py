"""The table of the kinds of files, and what is taken from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gbcscheck
from gbcscheck.extract.source_kinds import KINDS, MAPPING, SUFFIXES, kind_of
from gbcscheck.extract.sources import READERS

PACKAGE = Path(gbcscheck.__file__).parent


def test_every_kind_has_a_reader_and_every_reader_a_kind() -> None:
    assert list(READERS) == list(SUFFIXES)
    assert len(set(SUFFIXES)) == len(KINDS)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.JSON", ".json"), ("b/c.Xlsx", ".xlsx"), ("d.tsv", ""), ("e", ""), (".csv", ""), ("f.csv.txt", "")],
)
def test_a_kind_is_known_by_the_ending(name: str, suffix: str) -> None:
    assert kind_of(name).suffix == kind_of(Path(name)).suffix == suffix


def test_a_mapping_lies_beside_tables_alone() -> None:
    assert {kind.suffix for kind in KINDS if kind.is_table} == {".csv", ".xlsx", ".xlsm", ".docx", ".docm"}
    assert MAPPING.endswith(".json")


def test_nobody_else_lists_the_endings() -> None:
    """Two endings in one expression are a list of kinds that would be forgotten with the next kind."""
    listed = re.compile(rf"[\"'](?:{'|'.join(map(re.escape, SUFFIXES))})[\"'],\s*[\"']\.(?:json|xlsx|csv|xsd)[\"']")
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        if listed.search(path.read_text("utf-8"))
    ]
    assert found == []
