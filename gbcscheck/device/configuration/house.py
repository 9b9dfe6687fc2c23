"""House rules on configurations: each value held against those on its item, pairs of values against relations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
from gbcscheck.evidence.reading import set_of, types_of
from gbcscheck.model import Statement
from gbcscheck.model.device_files import DEVICE
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

MOST_VALUES = 1_000
"""Values of one data item in one configuration that relations look at."""
_NUMBERED = re.compile(r"\[(\d+)\]")
_INDEX = re.compile(r"\[(\d+)\]|/(\d+)(?=/|$)")


class Given(NamedTuple):
    """A value of a data item in a configuration: what it is, its text and its place, the entries of lists that it is
    in, and the column of a table in which each column is a configuration."""

    item: str
    values: Domain
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


class _Side(NamedTuple):
    """One side of a relation: a data item, and the numbers of the entries of lists that are meant, if some are."""

    item: str
    entries: tuple[int, ...] = ()

    def is_for(self, given: Given) -> bool:
        """Whether a value of the item is of the entry that is meant."""
        return not self.entries or given.entries[-len(self.entries) :] == self.entries


class HouseJudge:
    """Holds the values of a file's configurations against house rules, one configuration after the other. ``column`` is
    that of the values to come."""

    def __init__(self, catalogue: Catalogue, house: Iterable[HouseRule]) -> None:
        of_values = [one for one in house if one.attribute == VALUE]
        self.column = 0
        self._catalogue = catalogue
        self._on_item: dict[str, list[tuple[HouseRule, Within]]] = {}
        self._related: list[tuple[HouseRule, Related, _Side, _Side]] = []
        for one in of_values:
            if isinstance(one.asked, Within):
                for item in fitting_items(catalogue, one.subject):
                    self._on_item.setdefault(item, []).append((one, one.asked))
            elif isinstance(one.asked, Related):
                pairs = product(_sides(catalogue, one.asked.left), _sides(catalogue, one.asked.right))
                self._related += [(one, one.asked, left, right) for left, right in pairs]
        self._noted: dict[str, list[Given]] = {
            side.item: [] for *_, left, right in self._related for side in (left, right)
        }

    def on_value(self, item: str, value: object) -> tuple[Problem, ...]:
        """What the rules on one data item say of a value of it."""
        asked = self._on_item.get(item)
        values = set_of(value) if asked else None
        if not asked or values is None:
            return ()
        kinds = types_of(self._catalogue, self._catalogue.items[item])
        return tuple(
            _problem(house, item, broken)
            for house, within in asked
            if (broken := outside([values], within, kinds)) is not None
        )

    def asks_of(self, item: str) -> bool:
        """Whether any rule is about a data item."""
        return item in self._on_item or item in self._noted

    def is_related(self, item: str) -> bool:
        """Whether a relation is about a data item, so that its values are to be noted."""
        return item in self._noted

    def note(self, item: str, value: object, written: str, source: str, pointer: str) -> None:
        """Keep a value until its configuration ends."""
        values = set_of(value)
        known = self._noted[item]
        if values is not None and len(known) < MOST_VALUES:
            known.append(Given(item, values, written, source, _entries(pointer), self.column))

    def end(self, path: str) -> Iterator[tuple[Given, Problem]]:
        """What the relations say of the configuration that ends here: the left value and what is wrong with it."""
        for house, asked, one, other in self._related:
            numbered = bool(one.entries or other.entries)
            for left in filter(one.is_for, self._noted[one.item]):
                for right in filter(other.is_for, self._noted[other.item]):
                    if left.column != right.column or not (numbered or left.is_beside(right)):
                        continue
                    broken = unrelated([left.values], [right.values], asked)
                    if broken is not None:
                        yield left, _problem(house, left.item, broken, right.statement(path))
        for known in self._noted.values():
            known.clear()


def _sides(catalogue: Catalogue, name: str) -> list[_Side]:
    """What a name means; ``Item.entries[2].day`` is the second entry of the item ``Item.entries[*].day``."""
    starred, count = _NUMBERED.subn("[*]", name)
    if count and starred in catalogue.items:
        return [_Side(starred, tuple(map(int, _NUMBERED.findall(name))))]
    return [_Side(item) for item in fitting_items(catalogue, name)]


def _problem(house: HouseRule, subject: str, broken: Broken, *others: Statement) -> Problem:
    """What is wrong, with the rule itself as the other side; milder where a unit had to be assumed."""
    return Problem(
        house.rule,
        message_of(house, VALUE),
        (*others, house.statement(subject)),
        severity=house.severity_of(broken),
        witness=broken.witness,
        why=f"{house.rule.question} {broken.assumption}".strip(),
    )


def _entries(pointer: str) -> tuple[int, ...]:
    """The numbers (from 1) of the entries of lists that a value stands in."""
    return tuple(int(named) if named else int(token) + 1 for named, token in _INDEX.findall(pointer))
