"""The values that a waiver remembers, held against those that are found: texts, compared as such."""

from __future__ import annotations

from collections.abc import Collection, Iterable

BETWEEN = " / "
"""What stands between the values of one conflict."""


BECAME = " -> "
"""What stands between the values of a change."""


NOTHING = "nothing"
"""What stands for a side that states nothing."""


def covers(remembered: Collection[str], found: Iterable[str]) -> bool:
    """Whether all values that are found are among those that are remembered; fewer than these are no other ones."""
    known = frozenset(map(_plain, remembered))
    return all(_plain(value) in known for value in found)


def _plain(value: str) -> str:
    return " ".join(value.split())


def in_words(before: Collection[str], now: Collection[str]) -> str:
    """What was there and what is now, without what is the same: ``9 → 200`` where ``9 / 7`` became ``200 / 7``."""
    between = ", now" if any(BECAME in value for value in (*before, *now)) else " →"
    if len(before) == len(now) == 1:
        old, new = (next(iter(values)).split(BETWEEN) for values in (before, now))
        if len(old) == len(new):
            return ", ".join(f"{one}{between} {other}" for one, other in zip(old, new, strict=True) if one != other)
    return f"{_listed(before)}{between} {_listed([value for value in now if value not in before])}"


def _listed(values: Collection[str], most: int = 3) -> str:
    """The first few of some values, and how many more."""
    more = f" and {len(values) - most:,} more" if len(values) > most else ""
    return ", ".join(list(values)[:most]) + more or NOTHING
