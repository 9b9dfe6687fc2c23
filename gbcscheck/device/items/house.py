"""House rules on the values of files: each held against those on its item, pairs of values against relations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.model import Problem
from gbcscheck.evidence.house_rules import (
    VALUE,
    Broken,
    HouseRule,
    Related,
    Within,
    fitting_items,
    message_of,
    outside,
    unrelated,
)
from gbcscheck.evidence.reading import set_of, stated_sets, types_of
from gbcscheck.evidence.rows import carriers
from gbcscheck.model import Statement
from gbcscheck.model.device_files import DEVICE
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row
from gbcscheck.wildcards import subject_fits

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

MOST_VALUES = 1_000
"""Values of one data item in one configuration, message or document that relations look at."""
MOST_REMEMBERED = 50_000
"""Values of which the result is remembered before they are forgotten all at once."""
_NUMBERED = re.compile(r"\[(\d+)\]")
_INDEX = re.compile(r"\[(\d+)\]|/(\d+)(?=/|$)")


class Given(NamedTuple):
    """A value of a data item in a file: what it may be in each of its readings, its text and its place, the entries of
    lists that it is in, and the column of a table in which each column is a configuration."""

    item: str
    readings: tuple[Domain, ...]
    written: str
    source: str
    entries: tuple[int, ...]
    column: int

    def statement(self, path: str) -> Statement:
        """The value as the device's own statement."""
        return Statement(self.item, VALUE, DEVICE, "published", "", path, self.source, text=self.written)

    def is_beside(self, other: Given) -> bool:
        """Whether two values are of one entry of a list, or one of them of none."""
        return not self.entries or not other.entries or self.entries == other.entries


class _Related(NamedTuple):
    """One side of a relation: a data item, and the numbers of the entries of lists that are meant, if some are."""

    item: str
    entries: tuple[int, ...] = ()

    def is_for(self, given: Given) -> bool:
        """Whether a value of the item is of the entry that is meant."""
        return not self.entries or given.entries[-len(self.entries) :] == self.entries


class HouseIndex:
    """What house rules ask of the values of which data items, rows and paths: worked out once for a release."""

    def __init__(self, catalogue: Catalogue, house: Iterable[HouseRule]) -> None:
        of_values = [one for one in house if one.attribute == VALUE]
        self.catalogue = catalogue
        self.related: list[tuple[HouseRule, Related, _Related, _Related]] = []
        self._on_item: dict[str, list[tuple[HouseRule, Within]]] = {}
        self._on_rows: list[tuple[HouseRule, Within]] = []
        for one in of_values:
            if isinstance(one.asked, Within):
                for item in fitting_items(catalogue, one.subject):
                    self._on_item.setdefault(item, []).append((one, one.asked))
                if "/" in one.subject:
                    self._on_rows.append((one, one.asked))
            elif isinstance(one.asked, Related):
                pairs = product(_sides(catalogue, one.asked.left), _sides(catalogue, one.asked.right))
                self.related += [(one, one.asked, left, right) for left, right in pairs]
        self.noted = frozenset(side.item for *_, left, right in self.related for side in (left, right))
        self._names: dict[str, tuple[str, ...]] = {}
        self._memory: dict[tuple[str, type, object], tuple[Problem, ...]] = {}

    def asks_of(self, item: str) -> bool:
        """Whether any rule is about a data item."""
        return item in self._on_item or item in self.noted

    def names_of(self, subject: str) -> tuple[str, ...]:
        """What the value at a row of a use case, or at a path of a document, is called by the rules about it: the data
        items that the row carries, and the row or path itself."""
        found = self._names.get(subject)
        if found is None:
            of_rows = tuple(one for one in self._on_rows if subject_fits(one[0].subject, subject))
            if of_rows and subject not in self._on_item:
                self._on_item[subject] = list(of_rows)
            names = (*self._items_of_rows.get(subject, ()), split_row(subject)[1], subject)
            found = self._names[subject] = tuple(name for name in dict.fromkeys(names) if self.asks_of(name))
        return found

    @cached_property
    def _items_of_rows(self) -> dict[str, list[str]]:
        """The data items that rules are about, by the rows and the names that carry them."""
        found: dict[str, list[str]] = {}
        items = self.catalogue.items
        for name in dict.fromkeys((*self._on_item, *self.noted)):
            if name in items:
                item = items[name]
                rows = (
                    *item.direct,
                    *carriers(self.catalogue, item),
                    *(end.subject for link in item.links for end in link.ends_of("gbz")),
                )
                for row in dict.fromkeys(rows):
                    found.setdefault(row, []).append(name)
        return found

    def on_value(self, name: str, value: object) -> tuple[Problem, ...]:
        """What the rules on one data item, row or path say of a value of it."""
        if name not in self._on_item:
            return ()
        key = (name, type(value), value)
        found = self._memory.get(key)
        if found is None:
            values = set_of(value)
            found = () if values is None else self.on_sets(name, [values])
            if len(self._memory) >= MOST_REMEMBERED:
                self._memory.clear()
            self._memory[key] = found
        return found

    def on_sets(self, name: str, values: Sequence[Domain]) -> tuple[Problem, ...]:
        """What they say of values that may be meant in several ways."""
        asked = self._on_item.get(name, ())
        kinds = self._kinds(name) if asked else ()
        return tuple(
            _problem(house, name, broken)
            for house, within in asked
            if (broken := outside(values, within, kinds)) is not None
        )

    def _kinds(self, name: str) -> tuple[Domain, ...]:
        item = self.catalogue.items.get(name)
        if item is not None:
            return types_of(self.catalogue, item)
        return tuple(domain for _, domain in stated_sets(self.catalogue, (name,), "type"))


class HouseJudge:
    """Holds the values of one file against house rules, one configuration, message or document after the other.
    ``column`` is that of the values to come."""

    def __init__(self, index: HouseIndex) -> None:
        self.column = 0
        self.index = index
        self._noted: dict[str, list[Given]] = {item: [] for item in index.noted}

    def another(self) -> HouseJudge:
        """A judge by the same rules that has seen no value."""
        return HouseJudge(self.index)

    def keep_readings(self, others: Sequence[HouseJudge]) -> None:
        """Keep the values of an attribute, of which each of some judges has seen one reading; a value that some have
        not is none of them."""
        for item, known in self._noted.items():
            seen = [{(one.source, one.entries): one for one in other._noted[item]} for other in others]
            for place, first in list(seen[0].items())[: MOST_VALUES - len(known)]:
                if all(place in one for one in seen):
                    readings = dict.fromkeys(values for one in seen for values in one[place].readings)
                    known.append(first._replace(readings=tuple(readings)))

    def on_value(self, item: str, value: object) -> tuple[Problem, ...]:
        """What the rules on one data item say of a value of it."""
        return self.index.on_value(item, value)

    def asks_of(self, item: str) -> bool:
        """Whether any rule is about a data item."""
        return self.index.asks_of(item)

    def is_related(self, item: str) -> bool:
        """Whether a relation is about a data item, so that its values are to be noted."""
        return item in self._noted

    def note(self, item: str, value: object, written: str, source: str, pointer: str) -> None:
        """Keep a value of a configuration until it ends."""
        values = set_of(value)
        if values is not None:
            self.keep(item, values, written, source, _entries(pointer))

    def keep(self, item: str, values: Domain, written: str, source: str, entries: tuple[int, ...] = ()) -> None:
        """Keep a value until its configuration, message or document ends."""
        known = self._noted.get(item)
        if known is not None and len(known) < MOST_VALUES:
            known.append(Given(item, (values,), written, source, entries, self.column))

    def at_row(
        self, subjects: Iterable[str], value: object, written: str, source: str, entries: tuple[int, ...] = ()
    ) -> tuple[Problem, ...]:
        """What the rules say of a value at a row of a message, by each of the names that the row has."""
        names = dict.fromkeys(
            name
            for subject in subjects
            for name in self.index.names_of(subject)
            if "[*]" not in subject or _is_entry(name, entries)
        )
        for name in names:
            if name in self._noted and (values := set_of(value)) is not None:
                self.keep(name, values, written, source, entries)
        return each_rule_once(problem for name in names for problem in self.index.on_value(name, value))

    def at_element(
        self,
        path: str,
        as_written: Domain | None,
        images: Iterable[tuple[str, Domain]],
        written: str,
        source: str,
        entries: tuple[int, ...] = (),
    ) -> tuple[Problem, ...]:
        """What the rules say of a value at a path of a document, and of what it is on the device by the items there;
        where these make several values of one item of it, by what all of them break."""
        found: dict[str, list[Domain]] = {}
        numbers = entries
        for item, values in images:
            unnumbered, of_item = starred(item)
            numbers = of_item or entries
            for name in dict.fromkeys((*self.index.names_of(item), *self.index.names_of(unnumbered))):
                found.setdefault(name, []).append(values)
        if as_written is not None and path in self.index.names_of(path):
            found[path] = [as_written]
        for name, readings in found.items():
            if len(set(readings)) == 1:
                self.keep(name, readings[0], written, source, entries if name == path else numbers)
        return each_rule_once(problem for name, sets in found.items() for problem in self.index.on_sets(name, sets))

    def related(self, path: str) -> Iterator[tuple[Statement, Problem]]:
        """As ``end``, with the left value as the device's own statement."""
        yield from ((left.statement(path), problem) for left, problem in self.end(path))

    def end(self, path: str) -> Iterator[tuple[Given, Problem]]:
        """What the relations say of what ends here: the left value and what is wrong with it."""
        for house, asked, one, other in self.index.related:
            numbered = bool(one.entries or other.entries)
            for left in filter(one.is_for, self._noted[one.item]):
                for right in filter(other.is_for, self._noted[other.item]):
                    if left.column != right.column or not (numbered or left.is_beside(right)):
                        continue
                    broken = unrelated(left.readings, right.readings, asked)
                    if broken is not None:
                        yield left, _problem(house, left.item, broken, right.statement(path))
        for known in self._noted.values():
            known.clear()


def starred(name: str) -> tuple[str, tuple[int, ...]]:
    """The name of an item with its entries unnumbered, and their numbers: ``Item.entries[2].day`` is the second entry
    of ``Item.entries[*].day``."""
    return _NUMBERED.sub("[*]", name), tuple(map(int, _NUMBERED.findall(name)))


def _is_entry(name: str, entries: tuple[int, ...]) -> bool:
    """Whether a name means these entries of lists: where it numbers some, it has to be the same ones."""
    _, numbers = starred(name)
    return not numbers or entries[-len(numbers) :] == numbers


def each_rule_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The first problem by each rule: a row may carry several data items, and its value is one."""
    first: dict[str, Problem] = {}
    for problem in problems:
        first.setdefault(problem.rule.code, problem)
    return tuple(first.values())


def _sides(catalogue: Catalogue, name: str) -> list[_Related]:
    """What a name means."""
    item, numbers = starred(name)
    if numbers and item in catalogue.items:
        return [_Related(item, numbers)]
    items = fitting_items(catalogue, name)
    return [_Related(item) for item in items] or ([_Related(name)] if "/" in name else [])


def _problem(house: HouseRule, subject: str, broken: Broken, *others: Statement) -> Problem:
    """What is wrong, with the rule itself as the other side."""
    return Problem(
        house.rule,
        message_of(house, VALUE),
        (*others, house.statement(subject)),
        witness=broken.witness,
        why=broken.why(house.rule.question),
        subject=subject,
    )


def _entries(pointer: str) -> tuple[int, ...]:
    """The numbers (from 1) of the entries of lists that a value stands in."""
    return tuple(int(named) if named else int(token) + 1 for named, token in _INDEX.findall(pointer))
