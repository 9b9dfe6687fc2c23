"""Ranges of counts: of characters, bits, octets, entries."""

from __future__ import annotations

from typing import NamedTuple

from gbcscheck.domains.base import Undecided
from gbcscheck.domains.words import counted

LONGEST = 1 << 24
"""No example longer than this is made up; a set of longer values only is left without a witness."""


class Lengths(NamedTuple):
    """From ``low`` to ``high``, both included; ``high`` None is without bound."""

    low: int
    high: int | None

    @classmethod
    def of(cls, low: int, high: int | None) -> Lengths | None:
        """The counts from ``low`` to ``high`` that are not negative, or None where there is none."""
        low = max(low, 0)
        return None if high is not None and high < low else cls(low, high)

    def holds(self, count: int) -> bool:
        """Whether a count lies in the range."""
        return self.low <= count and (self.high is None or count <= self.high)

    def meet(self, other: Lengths) -> Lengths | None:
        """The counts in both, or None where there is none."""
        bounds = [end for end in (self.high, other.high) if end is not None]
        return Lengths.of(max(self.low, other.low), min(bounds) if bounds else None)

    def join(self, other: Lengths) -> Lengths | None:
        """The counts in either, or None where they leave a gap."""
        first, second = sorted((self, other), key=lambda lengths: lengths.low)
        if first.high is None:
            return first
        if second.low > first.high + 1:
            return None
        return Lengths(first.low, None if second.high is None else max(first.high, second.high))

    def size(self, letters: int) -> int | None:
        """Number of strings of these lengths over an alphabet; None where unbounded or beyond counting."""
        if self.high is None or self.high > 64:
            return None
        return sum(int(letters**n) for n in range(self.low, self.high + 1))

    def beyond(self, other: Lengths, unit: str) -> list[tuple[str, Lengths, bool]]:
        """Label and range of the counts of this range above and below the other, and whether the nearest count is the
        highest one."""
        found = []
        if other.high is not None and (self.high is None or self.high > other.high):
            above = Lengths(max(self.low, other.high + 1), self.high)
            found.append((f"longer than {counted(other.high, unit)}", above, False))
        if self.low < other.low:
            below = Lengths(self.low, other.low - 1 if self.high is None else min(self.high, other.low - 1))
            found.append((f"shorter than {counted(other.low, unit)}", below, True))
        return found

    def example_length(self) -> int:
        """The least count, for an example; raises Undecided where it is beyond LONGEST."""
        if self.low > LONGEST:
            raise Undecided(f"no example of {self.low} characters, bits or octets is made up")
        return self.low


ANY_LENGTH = Lengths(0, None)
