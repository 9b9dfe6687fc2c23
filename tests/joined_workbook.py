"""A small workbook of use case tables whose rows are joined by their numbers, and what the reader makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from gbcscheck.extract.use_cases import read_use_cases
from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.facts.extract_file import Extract, ExtractRow
from gbcscheck.proposals.replacing import Bench
from gbcscheck.release.releases import Release

NUMBER = "mapping table row #"
SHEETS: Mapping[str, Sequence[Sequence[str]]] = {
    "Use cases": (("use case", "title", "message code"), ("U1", "One", "0x0001"), ("U2", "Two", "0x0002")),
    "Objects": (
        ("use cases", NUMBER, "ref.", "name", "attribute/method", "sub category", "data type"),
        ("U1\nU2", "10", "SMETS 5.7.4.1", "Limit", "value", "Configuration data", "INTEGER"),
        ("U1\nU2", "11", "SMETS 5.7.4.2", "Start", "value", "Configuration data", "DATE-TIME no wildcards"),
        ("U1\nU2", "12", "SMETS 5.7.4.3", "Log", "value", "Operational data", "INTEGER"),
    ),
    "DLMS": (
        ("use case", NUMBER, "ref.", "name", "class", "OBIS code", "attribute/method name", "DLMS COSEM data types"),
        ("U1", "10", "SMETS 5.7.4.1", "Limit: value", "3", "1-0:1.0.0.1", "value", "unsigned"),
        ("U2", "10", "SMETS 5.7.4.1", "Limit: value", "3", "1-0:1.0.0.1", "value", "unsigned"),
        ("U1", "11", "SMETS 5.7.4.2", "Start: value", "1", "1-0:1.0.0.2", "value", "octet-string(12)"),
        ("U2", "11", "SMETS 5.7.4.2", "Beginning: value", "1", "1-0:1.0.0.2", "value", "octet-string(12)"),
        ("U2", "12", "SMETS 5.7.4.3", "Logbook: value", "1", "1-0:1.0.0.3", "value", "unsigned"),
    ),
}


def read(
    folder: Path,
    changed: Mapping[tuple[str, int, str], str] | None = None,
    sheets: Mapping[str, Sequence[Sequence[str]]] = SHEETS,
) -> Extract:
    """The extract of the workbook with some cells changed, by sheet, row and title."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for (of_sheet, number, title), text in (changed or {}).items():
            if of_sheet == name:
                sheet.cell(number, rows[0].index(title) + 1).value = text
    path = folder / "use-cases-1.0.xlsx"
    book.save(path)
    return read_use_cases(path, shown=path.name).extract


def bench_of(extract: Extract) -> Bench:
    """A release of one extract."""
    return Bench([Release("own", "", "", (extract,), Crosswalk())])


def said(extract: Extract) -> set[tuple[object, ...]]:
    """What an extract says, wherever it stands in it; a text that repeats a set or fact is left out."""
    return {_plain(row) for row in extract.rows}


def _plain(row: ExtractRow) -> tuple[object, ...]:
    text = row.text if row.text not in (row.domain, str(row.value)) else None
    return (row.subject, row.attribute, row.domain, row.value, text, row.clause, row.source)
