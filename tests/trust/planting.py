"""Conflicts to plant: for a seed, places in the published documents and what is written there instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from random import Random
from typing import Any

from added_statements import added
from documents import DOCUMENTS, GBCS, SCHEMAS, Edit, Sources
from link_ends import End
from operators import CELL_EDITS, LINE_EDITS, LOSES, CellEdit, LineEdit
from second_sources import Asked, SecondSources

from gbcscheck.model import KINDS

Place = tuple[str, str, int]
"""A document, a sheet of it (empty where it has none), and a row, line or place in a list."""
IsLinked = Callable[[Place], bool]
States = Callable[[LineEdit, Place, str], bool]
"""Whether a link states what an edit changes at a place, by the line after it."""

BY_LINK = "another end of its link"
NOT_LINKED = "a row that no link names"


@dataclass(frozen=True)
class Plant:
    """One conflict: its kind, where it is planted, what stood there and what stands there now. ``second`` is the place
    that says otherwise, empty where there is none; ``names`` are words of which a report speaks that cannot cite what
    is gone."""

    kind: str
    document: str
    place: str
    edit: str
    old: str
    new: str
    second: str
    linked: bool
    at: Place
    edits: tuple[Edit, ...] = field(repr=False)
    names: tuple[str, ...] = ()
    alone: bool = False

    def answer(self) -> dict[str, Any]:
        """The row of the table of answers."""
        shown = ("kind", "document", "place", "edit", "old", "new", "second", "linked")
        return {key: value for key, value in asdict(self).items() if key in shown}


@dataclass(frozen=True)
class Planter:
    """Plants in some ``documents``. ``is_linked`` and ``should_be_linked`` say of a place whether the crosswalk links
    what stands there, and whether it is an element of a request that should be; ``other_ends`` gives the other ends of
    the links, and ``states`` says whether they state what an edit of a schema changes. No edit depends on them."""

    sources: Sources
    is_linked: IsLinked
    should_be_linked: IsLinked
    other_ends: Callable[[Place], Sequence[End]]
    states: States
    documents: frozenset[str] = frozenset(DOCUMENTS)

    def plants(self, seed: int, count: int) -> list[Plant]:
        """So many plants, each kind as often as any other, half of them on what is linked as far as there
        are such places."""
        rng = Random(seed)
        kinds = [kind for kind in KINDS if self._makers(kind, rng, linked=False)]
        found: list[Plant] = []
        seen: set[tuple[str, str]] = set()
        while len(found) < count:
            kind = kinds[len(found) % len(kinds)]
            tries = (self._one(kind, rng, linked=rng.random() < 0.5) for _ in range(400))
            plant = next(one for one in tries if one is not None and (one.place, one.new) not in seen)
            seen.add((plant.place, plant.new))
            found.append(plant)
        return found

    def _one(self, kind: str, rng: Random, *, linked: bool) -> Plant | None:
        makers = self._makers(kind, rng, linked=linked)
        return rng.choice(makers)() if makers else None

    def _makers(self, kind: str, rng: Random, *, linked: bool) -> list[Callable[[], Plant | None]]:
        """What makes plants of a kind in the documents."""
        cells = [one for one in CELL_EDITS if one.kind == kind and one.document in self.documents]
        return [
            *(lambda one=one: self._cell(one, rng, linked) for one in cells),
            *(
                lambda one=one, schema=schema: self._line(one, schema, rng, linked)
                for one in LINE_EDITS
                if one.kind == kind
                for schema in SCHEMAS
                if schema in self.documents
            ),
            *(
                lambda make=make: self._added(make, rng)
                for of_kind, make in added
                if of_kind == kind and self._is_whole
            ),
        ]

    @property
    def _is_whole(self) -> bool:
        return self.documents >= frozenset(DOCUMENTS)

    # --- cells and members of lists ----------------------------------------------------------------------------------

    def _cell(self, one: CellEdit, rng: Random, linked: bool) -> Plant | None:
        rows = _rows(self.sources, one.document, one.sheet)
        title, pattern = one.only
        for _ in range(60):
            number, texts = rows[rng.randrange(len(rows))]
            place = (one.document, one.sheet, number)
            if title and not re.match(pattern, str(texts.get(title, ""))):
                continue
            if self.is_linked(place) is not linked and rng.random() < 0.9:
                continue
            old = _as_text(texts.get(one.title))
            new = one.edit(old, rng)
            if new is not None and (new != old or one.action == "delete"):
                return self._planted_cell(one, place, texts, old, new)
        return None

    def _planted_cell(self, one: CellEdit, place: Place, texts: Mapping[str, Any], old: str, new: str) -> Plant:
        number = place[2]
        asked = Asked(
            one.document, one.sheet, number, {key: _as_text(text) for key, text in texts.items()}, one.title, new
        )
        second = one.second(_second(self.sources), asked)
        linked = self.is_linked(place)
        if not second and linked and one.by_link is not None and one.by_link(old, new, self.other_ends(place)):
            second = BY_LINK
        new_value = new.split(", ") if isinstance(texts.get(one.title), list) else new
        edit = Edit(
            one.document, number, one.sheet, {} if one.action == "delete" else {one.title: new_value}, "", one.action
        )
        where = f"{one.sheet}!{one.title} {number}" if one.document == GBCS else f"/{number}/{one.title}"
        names = _names(one, asked)
        shown = "" if one.action == "delete" else new
        return Plant(one.kind, one.document, where, one.name, old, shown, second, linked, place, (edit,), names)

    # --- lines of schemas --------------------------------------------------------------------------------------------

    def _line(self, one: LineEdit, schema: str, rng: Random, linked: bool) -> Plant | None:
        lines = self.sources.schemas[schema]
        for _ in range(400):
            number = rng.randrange(len(lines)) + 1
            old = lines[number - 1]
            new = one.edit(old, rng)
            place = (schema, "", number)
            if new is None or new == old or (self.is_linked(place) is not linked and rng.random() < 0.9):
                continue
            second = ""
            if schema in one.conflicts:
                is_linked = self.is_linked(place) and self.states(one, place, new)
                second = BY_LINK if is_linked else NOT_LINKED if self.should_be_linked(place) else ""
                second = "the schema itself" if one.alone else second
            edit = Edit(schema, number, text=new)
            names = tuple(re.findall(r'<xs:(?:element|enumeration)\b[^>]*\b(?:name|value)="([^"]+)"', old))
            names = names if one.edit in LOSES else ()
            where = f"line {number}"
            is_linked = self.is_linked(place)
            shown = (old.strip(), new.strip())
            return Plant(
                one.kind, schema, where, one.name, *shown, second, is_linked, place, (edit,), names, alone=one.alone
            )
        return None

    # --- statements that are added -----------------------------------------------------------------------------------

    def _added(self, make: Callable[[Sources, Random], Any], rng: Random) -> Plant | None:
        made = make(self.sources, rng)
        if made is None:
            return None
        name, row, statements, second = made
        edits = tuple(
            Edit(
                document,
                len(self.sources.tables[document]["statements"]),
                cells={**cells, "provenance": "synthetic"},
                action="add",
            )
            for document, cells in statements
        )
        first = edits[0]
        new = "; ".join(str(edit.cells.get("domain", edit.cells.get("value"))) for edit in edits)
        linked = self.is_linked(row)
        place = (first.document, "", first.number)
        where = f"/{first.number} {first.cells['subject']}"
        return Plant(
            next(kind for kind, one in added if one is make),
            first.document,
            where,
            name,
            "",
            new,
            second,
            linked,
            place,
            edits,
            (str(first.cells["subject"]),),
        )


@cache
def _second(sources: Sources) -> SecondSources:
    return SecondSources(sources)


@cache
def _rows(sources: Sources, document: str, sheet: str) -> Sequence[tuple[int, Mapping[str, Any]]]:
    if document == GBCS:
        return tuple(sources.rows(sheet))
    return tuple(enumerate(sources.rows_of(document)))


def _as_text(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _names(one: CellEdit, asked: Asked) -> tuple[str, ...]:
    """The words by which a report may speak of a row: the use case and the item, or what the row is about."""
    texts = asked.texts
    if one.action == "change" and (one.document, one.title) == ("matrix", "Service Reference Variant"):
        return (asked.old,)  # by which the row was known
    if one.action != "delete":
        return ()
    if one.document == GBCS and one.sheet not in ("Use cases", "Objects"):
        if one.sheet == "GBZ":
            return (f"{texts['use case']}/{texts['message']}",)
        name = "".join(texts["name"].partition(":")[0].split()).replace("/", "|")
        return (f"{texts['use case']}/{name}",)
    keys = ("use case", "Service Reference Variant", "subject")
    named = [texts[key] for key in keys if texts.get(key)]
    return tuple(named or [texts.get("name", "") or texts.get("Use Case Title", "").partition(" ")[0]])


def batches(plants: Sequence[Plant], size: int) -> Iterator[list[Plant]]:
    """The plants in groups that are planted at once: never two in one use case, list row or declaration, and one alone
    where the document may be refused for it."""
    open_: list[tuple[list[Plant], set[object]]] = []
    for plant in plants:
        if plant.alone:
            yield [plant]
            continue
        keys = _keys(plant)
        for group, taken in open_:
            if taken.isdisjoint(keys):
                group.append(plant)
                taken |= keys
                break
        else:
            group, taken = [plant], set(keys)
            open_.append((group, taken))
        if len(group) >= size:
            yield group
            open_ = [one for one in open_ if one[0] is not group]
    for group, _ in open_:
        yield group


def _keys(plant: Plant) -> set[object]:
    """What no two plants of a group have in common: the rows around theirs, or the item that is spoken of."""
    document, sheet, number = plant.at
    alike = (plant.edit, plant.new)  # what is planted twice is no odd one out, or is told once
    if document in SCHEMAS:
        return {(document, number // 60), (document, number // 60 + 1)}
    if document == GBCS:
        return {(sheet, number // 8), (sheet, number // 8 + 1), *plant.names, *([alike] if plant.new else ())}
    return {(document, edit.number) for edit in plant.edits if edit.action != "add"} | {plant.place, *plant.names}
