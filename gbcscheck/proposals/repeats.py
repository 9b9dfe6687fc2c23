"""The numbers of repeats in names: ``Status (ENUM8) #3`` is the third row of its sheet or list that has the name.

A row that gets or loses a name moves the numbers of those behind it, as its reader would number them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from gbcscheck.facts.columns import CLAUSE, SOURCE, Columns
from gbcscheck.model import Statement, without_repeat
from gbcscheck.release.catalogue import Catalogue

_CELL = re.compile(r"(.+)![A-Z]+([1-9][0-9]*)")
_MEMBER = re.compile(r"/([0-9]+)/.*")


class Place(NamedTuple):
    """A row of a sheet (of a list, without a name), with its number in the mapping table, empty where it has none."""

    sheet: str
    row: int
    number: str


class _Naming(NamedTuple):
    """A row that gives a name: what it is called now, empty where it gets the name."""

    place: Place
    subject: str


def nth(catalogue: Catalogue, target: Statement, name: str) -> str:
    """A name as its reader would number it for the row of a target: with the number of the row there that has the
    target's number in the mapping table, else behind those above it."""
    own = _place(target.source, target.clause)
    above = 0
    for subject in _repeats(name, catalogue.by_subject) if own is not None else ():
        stated = [one for one in catalogue.about(subject) if one.specification == target.specification]
        place = _naming(_place(one.source, one.clause) for one in stated)
        if own is None or place is None or place.sheet != own.sheet or subject == target.subject:
            continue
        if own.number and place.number == own.number:
            return subject
        above += place.row < own.row
    return f"{name} #{above + 1}" if above else name


def moved(rows: Columns, renamed: Mapping[tuple[str, str, int], str]) -> dict[str, str]:
    """What subjects are called once rows have other names: ``renamed`` gives the new subject of a subject's row, by
    sheet and number."""
    found: dict[str, str] = {}
    places = _Places(rows)
    for base in dict.fromkeys(without_repeat(one) for new in renamed.items() for one in (new[0][0], new[1])):
        by_sheet: dict[str, list[_Naming]] = {}
        for subject in _repeats(base, places):
            given = places.of(subject)
            first = _naming(given)
            stays = [
                one
                for one in given
                if first is not None and one.sheet == first.sheet and (subject, one.sheet, one.row) not in renamed
            ]
            if stays:
                by_sheet.setdefault(stays[0].sheet, []).append(_Naming(min(stays, key=lambda one: one.row), subject))
        for (subject, sheet, row), new in renamed.items():
            first = _naming(places.of(subject))
            if without_repeat(new) == base and first is not None and first[:2] == (sheet, row):
                by_sheet.setdefault(sheet, []).append(_Naming(first, ""))
        for namings in by_sheet.values():
            known: dict[object, str] = {}
            for one in sorted(namings, key=lambda each: each.place.row):
                again = f"{base} #{len(known) + 1}" if known else base
                name = known.setdefault(one.place.number or one.place.row, again)
                if one.subject and one.subject != name:
                    found[one.subject] = name
    return found


class _Places(Container[str]):
    """Where the rows of each subject of an extract stand."""

    def __init__(self, rows: Columns) -> None:
        self._rows = rows
        self._numbers = {subject: number for number, subject in enumerate(rows.subjects)}

    def __contains__(self, subject: object) -> bool:
        return subject in self._numbers

    def of(self, subject: str) -> list[Place]:
        """The places of what is said of a subject, in the order of the document."""
        rows, number = self._rows, self._numbers.get(subject)
        sources, clauses = rows.columns[SOURCE], rows.columns[CLAUSE]
        found = (
            _place(str(rows.table[sources[row]] or ""), str(rows.table[clauses[row]] or ""))
            for row in (sorted(rows.rows_of_subject(number)) if number is not None else ())
        )
        return [one for one in found if one is not None]


def _repeats(name: str, known: Container[str]) -> Iterator[str]:
    """A name and its repeats, as far as there are any: the first may be lacking."""
    if name in known:
        yield name
    number = 2
    while f"{name} #{number}" in known:
        yield f"{name} #{number}"
        number += 1


def _place(source: str, clause: str) -> Place | None:
    cell = _CELL.fullmatch(source)
    if cell is not None:
        return Place(cell[1], int(cell[2]), clause.partition(", row ")[2])
    member = _MEMBER.fullmatch(source)
    return Place("", int(member[1]), "") if member is not None else None


def _naming(places: Iterable[Place | None]) -> Place | None:
    """The row in which a name stands: the one that says most of it. Rows of other sheets are about it by their
    number."""
    counted = Counter(one for one in places if one is not None)
    return counted.most_common(1)[0][0] if counted else None
