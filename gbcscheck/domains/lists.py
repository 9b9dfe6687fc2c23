"""Sets of lists: a number of entries, all of them from one set."""

from __future__ import annotations

import itertools
from typing import ClassVar

from gbcscheck.domains.base import ENUMERABLE, NONE, Classes, Domain, NotExact, NoWitness, Undecided, Value, try_witness
from gbcscheck.domains.choice import union
from gbcscheck.domains.lengths import LONGEST, Lengths
from gbcscheck.frozen import frozen


@frozen
class ListOf(Domain):
    """Lists of so many entries, each a member of ``item``. Not to be created itself.

    Where only the empty list is a member, ``item`` is NONE and ``lengths`` is 0.
    """

    kind: ClassVar[str] = "a list"
    rank: ClassVar[int] = 12

    item: Domain
    lengths: Lengths

    @property
    def exact(self) -> bool:
        return self.item.exact

    def contains(self, value: Value) -> bool:
        if not isinstance(value, tuple) or not self.lengths.holds(len(value)):
            return False
        return all(self.item.contains(entry) for entry in value)

    def is_empty(self) -> bool | None:
        return False if self.lengths.low == 0 else self.item.is_empty()

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        entries = self.item.members(limit)
        if entries is None or self.lengths.high is None:
            return None
        found: list[Value] = []
        for length in range(self.lengths.low, self.lengths.high + 1):
            if len(entries) ** min(length, 64) > limit:
                return None
            found.extend(itertools.product(entries, repeat=length))
            if len(found) > limit:
                return None
        return tuple(found)

    def witness(self) -> Value:
        return self._of_length(self.lengths.example_length())

    def _of_length(self, length: int, entry: Value | None = None) -> tuple[Value, ...]:
        """A member with so many entries, each of them ``entry`` if given."""
        if length == 0:
            return ()
        if length > LONGEST:
            raise Undecided(f"no example of {length} entries is made up")
        return (self.item.witness() if entry is None else entry,) * length

    def _meet(self, other: Domain) -> Domain:
        assert isinstance(other, ListOf)
        lengths = self.lengths.meet(other.lengths)
        return NONE if lengths is None else _list(self.item.meet(other.item), lengths)

    def _join(self, other: Domain) -> Domain:
        assert isinstance(other, ListOf)
        joined = self.lengths.join(other.lengths)
        if joined is not None:
            if self.item == other.item:
                return _list(self.item, joined)
            if NONE in (self.item, other.item):
                return _list(other.item if self.item is NONE else self.item, joined)
            if self.lengths == other.lengths == (1, 1):
                return _list(union(self.item, other.item), joined)
            if joined.high == 1:
                full = [one.item for one in (self, other) if one.lengths.high == 1]
                return _list(union(full[0], full[-1]), joined)
        raise NotExact(f"{self} or {other} is no list with one set of entries")

    def _classes(self, other: Domain) -> Classes:
        assert isinstance(other, ListOf)
        found: list[tuple[str, Value]] = []
        both = self.item.meet(other.item)
        shared = self.item if try_witness(both) is None else both
        for label, region, last in self.lengths.beyond(other.lengths, "entry"):
            goal = region.low if not last or region.high is None else region.high
            try:
                found.append((label, _fill(shared, goal)))
            except (Undecided, NoWitness):
                continue
        within = self.lengths.meet(Lengths(max(1, other.lengths.low), other.lengths.high))
        if within is not None and within.low <= LONGEST:
            length = max(1, within.low)
            for label, entry in self.item.difference_classes(other.item):
                found.append((f"entry: {label}", self._of_length(length, entry)))
        return tuple(found)


def _fill(item: Domain, length: int) -> tuple[Value, ...]:
    return ListOf(item, Lengths(length, length))._of_length(length)


def list_of(item: Domain, low: int = 0, high: int | None = None) -> Domain:
    """Lists of ``low`` to ``high`` entries (without bound where None), each a member of ``item``.

    >>> from gbcscheck.domains import integers
    >>> list_of(integers(0, 255), 1, 2).contains((0, 7))
    True
    """
    lengths = Lengths.of(low, high)
    return NONE if lengths is None else _list(item, lengths)


def _list(item: Domain, lengths: Lengths) -> Domain:
    if item is NONE or lengths.high == 0:
        return ListOf(NONE, Lengths(0, 0)) if lengths.low == 0 else NONE
    return ListOf(item, lengths)
