"""Sets of octet strings."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import ClassVar

from gbcscheck.domains.base import ENUMERABLE, NONE, Classes, Domain, NotExact, Value
from gbcscheck.domains.lengths import Lengths
from gbcscheck.frozen import frozen


@frozen
class Octets(Domain):
    """Octet strings: all of some lengths, or those of a list. Not to be created itself.

    ``lengths`` is None where there is a list; ``listed`` is sorted by length, then by content.
    """

    kind: ClassVar[str] = "an octet string"
    rank: ClassVar[int] = 5

    lengths: Lengths | None
    listed: tuple[bytes, ...]

    def contains(self, value: Value) -> bool:
        return isinstance(value, bytes) and self._holds(value)

    def _holds(self, octets: bytes) -> bool:
        return octets in self.listed if self.lengths is None else self.lengths.holds(len(octets))

    @property
    def length_range(self) -> Lengths:
        """The least and the greatest length of a member, in octets."""
        return Lengths(len(self.listed[0]), len(self.listed[-1])) if self.lengths is None else self.lengths

    @property
    def _size(self) -> int | None:
        return len(self.listed) if self.lengths is None else self.lengths.size(256)

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        size = self._size
        return None if size is None or size > limit else tuple(self._strings())

    def _strings(self) -> Iterator[bytes]:
        """Every member of a set that is bounded in length."""
        if self.lengths is None:
            yield from self.listed
            return
        for length in range(self.lengths.low, (self.lengths.high or 0) + 1):
            yield from map(bytes, itertools.product(range(256), repeat=length))

    def witness(self) -> Value:
        return self._example(False)

    def _example(self, longest: bool) -> bytes:
        """A member, of the greatest length if ``longest``, else of the least."""
        if self.lengths is None:
            return self.listed[-1] if longest else self.listed[0]
        return bytes((self.lengths.high or 0) if longest else self.lengths.example_length())

    def _meet(self, other: Domain) -> Domain:
        assert isinstance(other, Octets)
        if self.lengths is not None and other.lengths is not None:
            both = self.lengths.meet(other.lengths)
            return NONE if both is None else Octets(both, ())
        listed, other = (self.listed, other) if self.lengths is None else (other.listed, self)
        return octets_set(octets for octets in listed if other._holds(octets))

    def _join(self, other: Domain) -> Domain:
        assert isinstance(other, Octets)
        if self.lengths is not None and other.lengths is not None:
            joined = self.lengths.join(other.lengths)
            if joined is not None:
                return Octets(joined, ())
        mine, theirs = self._size, other._size
        if mine is None or theirs is None or mine + theirs > ENUMERABLE:
            raise NotExact(f"{self} or {other}: too many octet strings to list")
        return octets_set([*self._strings(), *other._strings()])

    def _classes(self, other: Domain) -> Classes:
        assert isinstance(other, Octets)
        found: list[tuple[str, Value]] = []
        theirs = other.length_range
        for label, region, last in self.length_range.beyond(theirs, "octet"):
            some = self.meet(Octets(region, ()))
            if isinstance(some, Octets):
                found.append((label, some._example(last)))
        if other.lengths is None:
            inside = self.meet(Octets(theirs, ()))
            known = frozenset(other.listed)
            strings = inside._strings() if isinstance(inside, Octets) else iter(())
            missing = next((octets for octets in strings if octets not in known), None)
            if missing is not None:
                found.append(("not in the list", missing))
        return tuple(found)


def octets(low: int = 0, high: int | None = None) -> Domain:
    """All octet strings of ``low`` to ``high`` octets (without bound where None)."""
    lengths = Lengths.of(low, high)
    return NONE if lengths is None else Octets(lengths, ())


def octets_of(literal: bytes) -> Domain:
    """Exactly one octet string.

    >>> str(octets_of(bytes.fromhex("000001FFFF")))
    '0x000001FFFF'
    """
    return octets_set([literal])


def octets_set(literals: Iterable[bytes]) -> Domain:
    """Exactly these octet strings: as lengths where they are all of some lengths, else as a list."""
    listed = tuple(sorted(set(literals), key=lambda octets: (len(octets), octets)))
    if not listed:
        return NONE
    lengths = Lengths(len(listed[0]), len(listed[-1]))
    return Octets(lengths, ()) if lengths.size(256) == len(listed) else Octets(None, listed)
