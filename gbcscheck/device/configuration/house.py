"""House rules on configurations: each value held against those on its item, pairs of values against relations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.device.model import Problem
from gbcscheck.evidence.ends import single
from gbcscheck.evidence.house_rules import VALUE, Broken, HouseRule, Related, Within, message_of, outside, unrelated
from gbcscheck.evidence.sides import types_of
from gbcscheck.model import Statement
from gbcscheck.model.device_files import DEVICE
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.wildcards import subject_fits

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

MOST_VALUES = 1_000
"""Values of one data item in one configuration that relations look at."""
_INDEX = re.compile(r"\[(\d+)\]|/(\d+)(?=/|$)")

Relation = tuple[HouseRule, Related]


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
        """Whether two values are of one configuration and one entry of a list."""
        same_entry = not self.entries or not other.entries or self.entries == other.entries
        return self.column == other.column and same_entry


class HouseJudge:
    """Holds the values of a file's configurations against house rules, one configuration after the other. ``column`` is
    that of the values to come."""

    def __init__(self, catalogue: Catalogue, house: Iterable[HouseRule]) -> None:
        of_values = [one for one in house if one.attribute == VALUE]
        self.column = 0
        self._catalogue = catalogue
        self._within = [(one, one.asked) for one in of_values if isinstance(one.asked, Within)]
        self._related: list[Relation] = [(one, one.asked) for one in of_values if isinstance(one.asked, Related)]
        self._on_item: dict[str, list[tuple[HouseRule, Within]]] = {}
        self._noted: dict[str, list[Given]] = {
            item: [] for _, asked in self._related for item in (asked.left, asked.right)
        }

    def on_value(self, item: str, value: object) -> tuple[Problem, ...]:
        """What the rules on one data item say of a value of it."""
        if not self._within:
            return ()
        if item not in self._on_item:
            self._on_item[item] = [one for one in self._within if subject_fits(one[0].subject, item)]
        asked = self._on_item[item]
        values = single(value) if asked else None
        if values is None:
            return ()
        kinds = types_of(self._catalogue, self._catalogue.items[item])
        return tuple(
            _problem(house, item, broken)
            for house, within in asked
            if (broken := outside([values], within, kinds)) is not None
        )

    def is_related(self, item: str) -> bool:
        """Whether a relation is about a data item, so that its values are to be noted."""
        return item in self._noted

    def note(self, item: str, value: object, written: str, source: str, pointer: str) -> None:
        """Keep a value until its configuration ends."""
        values = single(value)
        known = self._noted[item]
        if values is not None and len(known) < MOST_VALUES:
            known.append(Given(item, values, written, source, _entries(pointer), self.column))

    def end(self, path: str) -> Iterator[tuple[Given, Problem]]:
        """What the relations say of the configuration that ends here: the left value and what is wrong with it."""
        for house, asked in self._related:
            for left in self._noted[asked.left]:
                for right in self._noted[asked.right]:
                    if not left.is_beside(right):
                        continue
                    broken = unrelated([left.values], [right.values], asked)
                    if broken is not None:
                        yield left, _problem(house, left.item, broken, right.statement(path))
        for known in self._noted.values():
            known.clear()


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
