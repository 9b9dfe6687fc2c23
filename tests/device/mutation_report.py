"""What became of mutations: how many were found out, by kind and by use case, and those that were not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

Mutation = TypeVar("Mutation")


@dataclass(slots=True)
class Report(Generic[Mutation]):
    """How many mutations of some kinds were found out. ``elsewhere`` are those that were, at another row."""

    kinds: Sequence[str]
    caught: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)
    caught_in: Counter[str] = field(default_factory=Counter)
    made_in: Counter[str] = field(default_factory=Counter)
    elsewhere: list[Mutation] = field(default_factory=list)
    missed: defaultdict[str, list[Mutation]] = field(default_factory=partial(defaultdict, list))

    def lines(self) -> list[str]:
        """The two tables, in Markdown."""
        kinds = [(kind, self.caught[kind], self.made[kind]) for kind in self.kinds if self.made[kind]]
        cases = [(case, self.caught_in[case], self.made_in[case]) for case in sorted(self.made_in)]
        total = ("all", self.caught.total(), self.made.total())
        return [*_table("change", [*kinds, total]), "", *_table("use case", cases)]


def _table(title: str, rows: list[tuple[str, int, int]]) -> list[str]:
    head = [f"| {title} | mutations | found out | share |", "|---|---|---|---|"]
    return [
        *head,
        *(f"| {name} | {made:,} | {caught:,} | {100 * caught / made:.1f} % |" for name, caught, made in rows),
    ]
