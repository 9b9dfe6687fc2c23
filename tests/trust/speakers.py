"""Whether more than two places speak of what a plant changes: told by the texts of the documents, apart from the tool.

Where the planted place and one other stand against each other and nobody else speaks, no answer is right above the
other: what is to be written is a choice. A third is the same row, or that of the other place, in the version before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from documents import GBCS, SCHEMAS, SPECS, WORKBOOK, Sources, columns_of
from planting import Plant
from second_sources import DLMS_PATH, NUMBER, PARAMETER

from gbcscheck.extract import use_cases
from gbcscheck.extract.workbook import read_workbook

_ROW = re.compile(r"(Use cases|Objects|DLMS|ZCL|GBZ) row (\d+)")
_LINE = re.compile(r"(DUIS|MMC) line (\d+)")
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Speakers:
    """Looks for those who speak of a plant besides the second source."""

    sources: Sources = field(repr=False)

    def is_two_sided(self, plant: Plant) -> bool:
        """Whether nobody but the planted place and its second source speaks of it."""
        edit = plant.edits[0]
        if plant.document in SCHEMAS:
            spoken = plant.old in self._lines_before[plant.document]
        elif plant.document == GBCS:
            (title,) = edit.cells
            texts = dict(self.sources.rows(edit.sheet))[edit.number]
            before = self._rows_before[edit.sheet].get(_key(edit.sheet, texts), {})
            spoken = title in before and _plain(before[title]) == _plain(texts[title])
            spoken = spoken or self._in_other_rows(edit.sheet, edit.number, texts, title) > 1
        else:
            (member,) = edit.cells
            spoken = self._table_before(plant.document, edit.number, member)
        return not spoken and not self._is_second_of_before(plant.second)

    def _in_other_rows(self, sheet: str, number: int, texts: Texts, title: str) -> int:
        """How many rows of other use cases for the same row of the mapping table say the same."""
        own = _key(sheet, texts)[1:]
        if not any(own) or not texts[title] or not texts.get(NUMBER):
            return 0
        return sum(
            other != number and each[title] == texts[title] and _key(sheet, each)[1:] == own
            for other, each in self.sources.rows(sheet)
        )

    def _is_second_of_before(self, second: str) -> bool:
        """Whether the version before has the row or line of the second source as it is."""
        row, line = _ROW.match(second), _LINE.match(second)
        if line is not None:
            return self.sources.schemas[line[1]][int(line[2]) - 1].strip() in self._lines_before[line[1]]
        if row is None:
            return False
        texts = dict(self.sources.rows(row[1]))[int(row[2])]
        before = self._rows_before[row[1]].get(_key(row[1], texts))
        return before is not None and all(
            _plain(before.get(title, "")) == _plain(text) for title, text in texts.items()
        )

    def _table_before(self, document: str, number: int, member: str) -> bool:
        """Whether the table of the version before states the same."""
        import json

        if document != "Table 28d":
            return False
        rows: Sequence[Mapping[str, Any]] = json.loads((SPECS / "gbcs/3.2/table-28d.json").read_text())["statements"]
        own = self.sources.rows_of(document)[number]
        keys = {"subject", "attribute", member}
        return any(all(one.get(key) == own.get(key) for key in keys) for one in rows)

    @cached_property
    def _lines_before(self) -> Mapping[str, frozenset[str]]:
        found = {}
        for name, path in SCHEMAS.items():
            folder = (self.sources.corpus / path).parents[1] / "5.3"
            (before,) = folder.glob(f"*{name}*.xsd")
            found[name] = frozenset(line.strip() for line in before.read_text("utf-8").splitlines())
        return found

    @cached_property
    def _rows_before(self) -> Mapping[str, Mapping[tuple[str, ...], Texts]]:
        path = WORKBOOK.replace("4.0", "3.1")
        sheets = read_workbook(Path(self.sources.corpus / path), use_cases.SHEETS, shown=path)
        found: dict[str, dict[tuple[str, ...], Texts]] = {}
        for name, sheet in sheets.items():
            columns = columns_of(sheet)
            rows = found.setdefault(name, {})
            for row in sheet.rows[1:]:
                texts = {title: row.at(column).text for title, column in columns.items()}
                rows.setdefault(_key(name, texts), texts)
        return found


def _key(sheet: str, texts: Texts) -> tuple[str, ...]:
    """By what a row is known: its use case, and what it is about."""
    if sheet == "Use cases":
        return (texts["use case"],)
    if sheet == "Objects":
        return ("", texts[NUMBER], _plain(texts["name"]))
    if sheet == "GBZ":
        return (texts["use case"], _plain(texts["message"]), _plain(texts.get("component", "")), texts["element"])
    element = texts.get(DLMS_PATH) or texts.get(PARAMETER, "").partition("\n")[0]
    return (texts["use case"], texts[NUMBER], _plain(texts["name"]), _plain(element))


def _plain(text: object) -> str:
    return re.sub(r"\s+", "", str(text))
