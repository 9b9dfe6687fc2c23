"""Who speaks of what a plant changes, besides the planted place and its second source: told by the texts of the
documents and by what they say, apart from what ``repair`` makes of it.

A conflict has one right answer where what stood at the planted place is stated by a third: another row, list or
document of the release, or the planted place itself in the version before that ships, which shows that it was changed.
Where nobody but the two speaks, no answer is right above the other, and a choice is right. What the second source said
in the version before is the word of the same party. So it is where the other side says only what must not stand there:
a use case that is not capable of being kept for later says that the matrix is wrong about the device, and not which of
its other words is meant; one that does not name a party says nothing of the other roles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from documents import GBCS, SCHEMAS, SPECS, WORKBOOK, Sources, columns_of
from places import Places
from planting import Plant
from second_sources import DLMS_PATH, NOTHING, NUMBER, PARAMETER

from gbcscheck.extract import use_cases
from gbcscheck.extract.workbook import read_workbook
from gbcscheck.facts.store import load_shipped

MARKS = ("encrypted", "sensitive")
"""The columns of marks."""

Texts = Mapping[str, str]
Said = tuple[object, ...]
"""A subject, an attribute, and what is said."""


@dataclass(frozen=True)
class Speakers:
    """Looks for those who speak of a plant besides the second source."""

    sources: Sources = field(repr=False)
    places: Places = field(repr=False)

    def is_two_sided(self, plant: Plant) -> bool:
        """Whether nobody but the planted place and its second source speaks of it."""
        edit = plant.edits[0]
        if plant.document in SCHEMAS:
            return not self._schema_before_says(plant)
        if plant.document == GBCS:
            (title,) = edit.cells
            texts = dict(self.sources.rows(edit.sheet))[edit.number]
            before = self._row_before(edit.sheet, edit.number, texts)
            is_of_before = title in before and _plain(before[title]) == _plain(texts[title])
            return not is_of_before and not self._in_other_rows(plant, texts, title)
        (member,) = edit.cells
        if plant.document in self.sources.lists:
            return self._speak_of_list(plant, member) < 2
        return not self._table_before(plant.document, edit.number, member) and self._speak_of_table(plant) < 2

    def _speak_of_list(self, plant: Plant, member: str) -> int:
        """How many places besides a row of a list state what stood there."""
        row = self.sources.rows_of(plant.document)[plant.edits[0].number]
        if plant.document == "matrix" and member.startswith("Service Reference"):
            member_of = f'<xs:enumeration value="{plant.old}"'
            lists = sum(any(member_of in line for line in lines) for lines in self.sources.schemas.values())
            return lists + str(row["Service Reference Variant"]).startswith(f"{plant.old}.")
        if member == "Eligible User Roles":
            lost = {one for one in plant.old.split(", ") if one not in plant.new.split(", ")}
            column = [one[member] or () for one in self.sources.lists[plant.document] if one is not row]
            return sum(bool(lost) and lost <= set(roles) for roles in column)
        if member == "Critical":
            reference = str(row["Service Reference"])
            rows = self.sources.rows("Use cases")
            return sum(reference in re.findall(r"\d+(?:\.\d+)+", texts["Service Reference"]) for _, texts in rows)
        return 1 if plant.second else 0

    def _speak_of_table(self, plant: Plant) -> int:
        """How many rows or lines speak of the subject of a table: constants of an item, elements of a code."""
        subject = str(self.sources.rows_of(plant.document)[plant.edits[0].number]["subject"])
        if plant.document == "alert codes":
            wanted = (f'"{subject}"', f'"x{subject[2:]}"')
            return sum(any(one in line for one in wanted) for lines in self.sources.schemas.values() for line in lines)
        item, _, element = subject.partition(".")
        name, last = re.sub(r"[\s-]+", "", item).casefold(), element.rpartition(".")[2]
        return sum(
            re.sub(r"[\s-]+", "", texts["name"].partition(":")[0]).casefold() == name
            and texts[DLMS_PATH].endswith(last)
            and texts["constant value"] not in NOTHING
            for _, texts in self.sources.rows("DLMS")
        )

    def _row_before(self, sheet: str, number: int, texts: Texts) -> Texts:
        """The row of the version before that is known by the same: of several that are, as of the elements of a layout
        that come again, the one that has the same place among them, where there are as many."""
        key = _key(sheet, texts)
        before = self._rows_before[sheet].get(key, [])
        now = [other for other, each in self.sources.rows(sheet) if _key(sheet, each) == key]
        return before[now.index(number)] if len(before) == len(now) else before[0] if before else {}

    def _in_other_rows(self, plant: Plant, texts: Texts, title: str) -> int:
        """How many rows of other use cases for the same row of the mapping table say the same, besides the second
        source. In a column of marks an empty cell says something too."""
        sheet, number = plant.edits[0].sheet, plant.edits[0].number
        own = _key(sheet, texts)[1:]
        if not any(own) or not (texts[title] or title in MARKS) or not texts.get(NUMBER):
            return 0
        return sum(
            other != number
            and plant.second != f"{sheet} row {other}"
            and each[title] == texts[title]
            and _key(sheet, each)[1:] == own
            for other, each in self.sources.rows(sheet)
        )

    def _schema_before_says(self, plant: Plant) -> bool:
        """Whether the version before that ships says of one of the elements at the planted line all that is said."""
        now = self.places.statements(plant.at)
        before = self._schemas_before[plant.document]
        return any(
            all((subject, *said) in before for said in statements) for subject, statements in now.items() if statements
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
    def _schemas_before(self) -> Mapping[str, frozenset[Said]]:
        """What each schema said in the version before that ships."""
        found = {}
        for name in SCHEMAS:
            extract = load_shipped(f"{name.lower()}/5.3/schema.json")
            found[name] = frozenset(
                (one.subject, one.attribute, one.domain, one.value, one.text) for one in extract.statements()
            )
        return found

    @cached_property
    def _rows_before(self) -> Mapping[str, Mapping[tuple[str, ...], Sequence[Texts]]]:
        """The rows of the version before by what they are known by, in their order."""
        path = WORKBOOK.replace("4.0", "3.1")
        sheets = read_workbook(Path(self.sources.corpus / path), use_cases.SHEETS, shown=path)
        found: dict[str, dict[tuple[str, ...], list[Texts]]] = {}
        for name, sheet in sheets.items():
            columns = columns_of(sheet)
            rows = found.setdefault(name, {})
            for row in sheet.rows[1:]:
                texts = {title: row.at(column).text for title, column in columns.items()}
                rows.setdefault(_key(name, texts), []).append(texts)
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
