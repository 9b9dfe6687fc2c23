"""The published documents as rows and text that can be edited in memory, and read again as the tool reads them.

Nothing of the tool is asked here but its readers: an edit names a cell, a line or a member, and its new text.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from gbcscheck.extract import use_cases
from gbcscheck.extract.service_requests import read_service_requests
from gbcscheck.extract.sheets import Row, Sheet, find_header
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.extract.xsd import read_schema
from gbcscheck.facts.extract_file import Extract, parse_extract

SPECS = Path(__file__).parents[2] / "specs"
WORKBOOK = "gbcs/use-cases-4.0.xlsx"
SCHEMAS = {"DUIS": "xsd/5.4/DUIS Schema V5.4.xsd", "MMC": "xsd/5.4/MMC Schema V5.4.xsd"}
LISTS = {"matrix": "duis-request-matrix.json", "use case list": "gbcs-use-cases.json"}
TABLES = {
    "Table 28d": "gbcs/4.0/table-28d.json",
    "MP131": "smets2/mp131.json",
    "units": "smets2/units.json",
    "references": "smets2/references.json",
    "alert codes": "gbcs/alert-codes.json",
    "encodings": "cosem/encodings.json",
}
"""Documents of which there is no source at hand but the extract that ships: edited as JSON."""
GBCS = "GBCS"
DOCUMENTS = (GBCS, *SCHEMAS, *LISTS, *TABLES)


@dataclass(frozen=True)
class Edit:
    """What is changed in one document. ``sheet`` and ``number`` name a row of the workbook, and ``cells`` its new texts
    by title; of a schema ``number`` is a line and ``text`` what it becomes; of a list or a table ``number`` is the
    place of the row and ``cells`` its new members. ``action`` is ``change``, ``delete``, ``double`` (the changed row
    is put below the old one), and of lists and tables also ``add`` (the row is new) and ``replace``."""

    document: str
    number: int
    sheet: str = ""
    cells: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    action: str = "change"


DOUBLED = 100_000
"""A doubled row has the number of the first and this, so that no other row moves."""


@dataclass(frozen=True, eq=False)
class Sources:
    """The documents as they were read, before any edit."""

    corpus: Path
    sheets: Mapping[str, Sheet]
    columns: Mapping[str, Mapping[str, int]]
    schemas: Mapping[str, tuple[str, ...]]
    lists: Mapping[str, list[dict[str, Any]]]
    tables: Mapping[str, dict[str, Any]]

    def rows(self, sheet: str) -> Iterable[tuple[int, dict[str, str]]]:
        """The rows of a sheet by number, each with its texts by title."""
        columns = self.columns[sheet]
        for row in self.sheets[sheet].rows[1:]:
            yield row.number, {title: row.at(column).text for title, column in columns.items()}

    def rows_of(self, document: str) -> list[dict[str, Any]]:
        """The rows of a list, or the statements of a table."""
        found: list[dict[str, Any]] = self.lists.get(document) or self.tables[document]["statements"]
        return found

    def read(self, edits: Sequence[Edit]) -> list[Extract]:
        """The documents that some edits touch, read again."""
        by_document: dict[str, list[Edit]] = {}
        for edit in edits:
            by_document.setdefault(edit.document, []).append(edit)
        return [self._read(name, group) for name, group in by_document.items()]

    def _read(self, name: str, edits: Sequence[Edit]) -> Extract:
        if name == GBCS:
            return self._workbook(edits)
        if name in SCHEMAS:
            return self._schema(name, edits)
        if name in LISTS:
            with TemporaryDirectory() as folder:
                path = Path(folder) / LISTS[name]
                path.write_text(json.dumps(_edited(self.lists[name], edits)), encoding="utf-8")
                return read_service_requests(path, shown=LISTS[name]).extract
        document = {**self.tables[name], "statements": _edited(self.tables[name]["statements"], edits)}
        return replace(parse_extract(json.dumps(document).encode(), where=TABLES[name]), path=TABLES[name])

    def _workbook(self, edits: Sequence[Edit]) -> Extract:
        path = self.corpus / WORKBOOK
        sheets = dict(self.sheets)
        for name in {edit.sheet for edit in edits}:
            own = {edit.number: edit for edit in edits if edit.sheet == name}
            rows = [new for row in sheets[name].rows for new in _new_rows(row, own.get(row.number), self.columns[name])]
            sheets[name] = replace(sheets[name], rows=tuple(rows))
        with patch.object(use_cases, "read_workbook", lambda *_, **__: sheets):
            return use_cases.read_use_cases(path, shown=WORKBOOK).extract

    def _schema(self, name: str, edits: Sequence[Edit]) -> Extract:
        lines = list(self.schemas[name])
        for edit in edits:
            lines[edit.number - 1] = edit.text
        with TemporaryDirectory() as folder:
            for other in (self.corpus / SCHEMAS[name]).parent.glob("*.xsd"):
                shutil.copyfile(other, Path(folder) / other.name)
            path = Path(folder) / Path(SCHEMAS[name]).name
            path.write_text("".join(lines), encoding="utf-8", newline="")
            return read_schema(path, shown=SCHEMAS[name]).extract


def _new_rows(row: Row, edit: Edit | None, columns: Mapping[str, int]) -> Iterable[Row]:
    if edit is None:
        return (row,)
    if edit.action == "delete":
        return ()
    cells = list(row.cells)
    for title, text in edit.cells.items():
        cells[columns[title]] = replace(row.at(columns[title]), value=text)
    if edit.action == "change":
        return (replace(row, cells=tuple(cells)),)
    number = row.number + DOUBLED
    moved = [replace(cell, address=cell.address.rstrip("0123456789") + str(number)) for cell in cells]
    return (row, Row(number, tuple(moved)))


def _edited(rows: Sequence[Mapping[str, Any]], edits: Sequence[Edit]) -> list[Mapping[str, Any]]:
    """The rows as edited, with what is new at their end, so that no other row moves unless one is deleted."""
    found: list[Mapping[str, Any]] = list(rows)
    for edit in edits:
        if edit.action == "replace":
            found[edit.number] = dict(edit.cells)
        elif edit.action == "change":
            found[edit.number] = {**found[edit.number], **edit.cells}
        elif edit.action == "double":
            found.append({**found[edit.number], **edit.cells})
        elif edit.action == "add":
            found.append(dict(edit.cells))
    gone = {edit.number for edit in edits if edit.action == "delete"}
    return [row for number, row in enumerate(found) if number not in gone]


@cache
def sources(corpus: Path, names: tuple[str, ...] = tuple(use_cases.SHEETS)) -> Sources:
    """The documents of a corpus, read once; of the workbook some sheets."""
    sheets = read_workbook(corpus / WORKBOOK, names, shown=WORKBOOK)
    columns = {name: columns_of(sheet) for name, sheet in sheets.items()}
    schemas = {
        name: tuple((corpus / path).read_text("utf-8").splitlines(keepends=True)) for name, path in SCHEMAS.items()
    }
    lists = {name: json.loads((corpus / path).read_text("utf-8")) for name, path in LISTS.items()}
    tables = {name: json.loads((SPECS / path).read_text("utf-8")) for name, path in TABLES.items()}
    return Sources(corpus, sheets, columns, schemas, lists, tables)


def columns_of(sheet: Sheet) -> Mapping[str, int]:
    """The columns of a sheet by their titles."""
    titles = [cell.text for cell in sheet.rows[0].cells]
    return find_header(sheet, titles, titles, where=WORKBOOK).columns
