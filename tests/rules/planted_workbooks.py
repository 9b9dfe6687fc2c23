"""Use case tables of the corpus with a cell changed: a workbook of some use cases alone, read again and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from gbcscheck.extract.use_cases import read_use_cases
from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Finding
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import Release, load_release
from gbcscheck.rules import RULES, check

Row = tuple[object, ...]
Edit = tuple[str, Mapping[str, str], str, object]
"""A sheet, what the cells of the row to change hold by their titles, the title of the cell to change, its new value."""


@cache
def _sheets(path: Path) -> Mapping[str, tuple[Row, ...]]:
    book = openpyxl.load_workbook(path, read_only=True)
    sheets = {sheet.title: tuple(sheet.iter_rows(values_only=True)) for sheet in book}
    book.close()
    return sheets


@cache
def _crosswalk_of_current() -> Release:
    return load_release("current")


def planted(corpus: Path, folder: Path, use_cases: Iterable[str], *edits: Edit, version: str = "4.0") -> Extract:
    """The tables of some use cases, as a workbook in ``folder`` in which each edit has changed exactly one row."""
    wanted = set(use_cases)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    done = []
    for name, (titles, *rows) in _sheets(corpus / "gbcs" / f"use-cases-{version}.xlsx").items():
        sheet = book.create_sheet(name)
        sheet.append(titles)
        for row in rows:
            if wanted.isdisjoint(str(row[0]).split()):
                continue
            cells = dict(zip(titles, row, strict=True))
            for edit in edits:
                if edit[0] == name and all(str(cells[title]) == text for title, text in edit[1].items()):
                    cells[edit[2]] = edit[3]
                    done.append(edit)
            sheet.append(list(cells.values()))
    assert sorted(map(str, done)) == sorted(map(str, edits)), "each edit changes one row"
    path = folder / f"use-cases-{version}.xlsx"
    book.save(path)
    return read_use_cases(path, shown="tables.xlsx").extract


def found_in(code: str, *extracts: Extract) -> list[Finding]:
    """What one rule finds in some parts, with the crosswalk that ships."""
    release = Release("test", "", "", extracts, _crosswalk_of_current().crosswalk)
    return check(Catalogue.of(release), [rule for rule in RULES if rule.code == code])


def cells(finding: Finding) -> list[str]:
    """The cells that a finding cites, ``GBZ!H12``, in its order."""
    return [statement.source for statement in finding.statements]


def shipped(code: str, release: str) -> list[Finding]:
    """What one rule finds in a release that ships."""
    return check(Catalogue.of(load_release(release)), [rule for rule in RULES if rule.code == code])


both_releases = pytest.mark.parametrize("release", ["current", "before-mp131"])
"""The releases that ship with use case tables of another version each."""
