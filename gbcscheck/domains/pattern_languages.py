"""Texts restricted by patterns, compared as languages: is every text of one set one of another?

Patterns become automata; both sets are followed at once, breadth first, so that the text found is a shortest one.
Characters that no pattern tells apart are followed as one, and only those are that a document of XML can hold.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from gbcscheck.domains.lengths import Lengths
from gbcscheck.domains.patterns import tree
from gbcscheck.domains.texts import Texts
from gbcscheck.frozen import frozen

MAX_STATES = 4000
"""States of one pattern, its counted repetitions spelt out; a larger one is undecided."""
MAX_STEPS = 200_000
"""Steps that one comparison takes; what needs more is undecided."""

_XML = ((9, 10), (13, 13), (32, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
"""The characters of XML 1.0 (2.2)."""
_NICE = "A0a9z-_ .é"
"""Characters of examples, in the order in which they are tried."""

Ranges: TypeAlias = tuple[tuple[int, int], ...]
_States: TypeAlias = frozenset[int]


class TooLarge(Exception):
    """A pattern or a comparison beyond what is worked out."""


@dataclass(slots=True)
class _Automaton:
    """States by number, 0 the first: where each leads without a character, and with one of some ranges."""

    free: list[list[int]] = field(default_factory=list)
    read: list[list[tuple[Ranges, int]]] = field(default_factory=list)
    last: int = 0

    def state(self) -> int:
        if len(self.free) >= MAX_STATES:
            raise TooLarge
        self.free.append([])
        self.read.append([])
        return len(self.free) - 1

    def closed(self, states: Iterable[int]) -> _States:
        """States with all that they lead to without a character."""
        found = set(states)
        waiting = list(found)
        while waiting:
            for other in self.free[waiting.pop()]:
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return frozenset(found)

    def after(self, states: _States, character: int) -> _States:
        return self.closed(
            target
            for state in states
            for ranges, target in self.read[state]
            if any(low <= character <= high for low, high in ranges)
        )


@lru_cache(maxsize=256)
def _automaton(pattern: str) -> _Automaton:
    made = _Automaton()
    start = made.state()
    made.last = _sequence(made, list(tree(pattern)), start)
    return made


def _sequence(made: _Automaton, nodes: list[Any], start: int) -> int:
    for node in nodes:
        start = _node(made, node, start)
    return start


def _node(made: _Automaton, node: Any, start: int) -> int:
    operator, argument = str(node[0]), node[1]
    if operator in ("AT", "ASSERT_NOT"):  # elementpath's anchors: a pattern matches the whole text anyway
        return start
    if operator == "SUBPATTERN":
        return _sequence(made, list(argument[-1]), start)
    if operator == "BRANCH":
        end = made.state()
        for branch in argument[1]:
            first = made.state()
            made.free[start].append(first)
            made.free[_sequence(made, list(branch), first)].append(end)
        return end
    if operator.endswith("REPEAT"):
        return _repeat(made, argument, start)
    end = made.state()
    made.read[start].append((_ranges(operator, argument), end))
    return end


def _repeat(made: _Automaton, argument: Any, start: int) -> int:
    low, high, body = argument
    for _ in range(int(low)):
        start = _sequence(made, list(body), start)
    if str(high) == "MAXREPEAT":
        again = made.state()
        made.free[start].append(again)
        made.free[_sequence(made, list(body), again)].append(again)
        return again
    end = made.state()
    made.free[start].append(end)
    for _ in range(int(high) - int(low)):
        start = _sequence(made, list(body), start)
        made.free[start].append(end)
    return end


def _ranges(operator: str, argument: Any) -> Ranges:
    if operator == "LITERAL":
        return ((argument, argument),)
    if operator == "NOT_LITERAL":
        return _all_but(((argument, argument),))
    if operator == "ANY":
        return _all_but(((10, 10),))
    if operator != "IN":
        raise TooLarge
    found = []
    for name, value in argument:
        if str(name) == "LITERAL":
            found.append((value, value))
        elif str(name) == "RANGE":
            found.append(value)
        elif str(name) != "NEGATE":
            raise TooLarge
    return _all_but(tuple(found)) if str(argument[0][0]) == "NEGATE" else tuple(found)


def _all_but(ranges: Ranges) -> Ranges:
    found, low = [], 0
    for first, last in sorted(ranges):
        if low < first:
            found.append((low, first - 1))
        low = max(low, last + 1)
    return (*found, (low, 0x10FFFF)) if low <= 0x10FFFF else tuple(found)


# --- two sets at once ------------------------------------------------------------------------------------------------


def missing_text(wide: Texts, narrow: Texts) -> str | None:
    """A shortest text of XML that one set has and another lacks, None where there is none; neither is a list.

    Raises TooLarge where that is beyond what is worked out.
    """
    sides = [_Facets(one.lengths, [_automaton(pattern) for pattern in one.patterns]) for one in (wide, narrow)]
    letters = list(_letters(sides))
    start = (sides[0].start(), sides[1].start())
    came: dict[tuple[_Where, _Where], tuple[tuple[_Where, _Where], str] | None] = {start: None}
    waiting = deque([start])
    steps = 0
    while waiting:
        here = waiting.popleft()
        if sides[0].accepts(here[0]) and not sides[1].accepts(here[1]):
            return _spelt(here, came)
        for letter in letters:
            steps += 1
            if steps > MAX_STEPS:
                raise TooLarge
            mine = sides[0].after(here[0], ord(letter))
            if mine is None:
                continue
            there = (mine, sides[1].after(here[1], ord(letter)) or _NOWHERE)
            if there not in came:
                came[there] = (here, letter)
                waiting.append(there)
    return None


_Where: TypeAlias = tuple[int, tuple[_States, ...]]
_NOWHERE: _Where = (-1, ())


@frozen
class _Facets:
    lengths: Lengths
    automata: list[_Automaton]

    def start(self) -> _Where:
        return 0, tuple(one.closed([0]) for one in self.automata)

    def accepts(self, where: _Where) -> bool:
        count, states = where
        return self.lengths.holds(count) and all(
            one.last in states_of_one for one, states_of_one in zip(self.automata, states, strict=False)
        )

    def after(self, where: _Where, character: int) -> _Where | None:
        """Where a character leads; None where no text goes on like that."""
        count, states = where
        if count < 0 or count == self.lengths.high:
            return None
        found = tuple(
            one.after(states_of_one, character) for one, states_of_one in zip(self.automata, states, strict=True)
        )
        most = self.lengths.low if self.lengths.high is None else self.lengths.high
        return (min(count + 1, most), found) if all(found) else None


def _letters(sides: Iterable[_Facets]) -> Iterator[str]:
    """One character of each class of characters that no pattern tells apart."""
    automata = [one for side in sides for one in side.automata]
    sets = list(dict.fromkeys(ranges for one in automata for state in one.read for ranges, _ in state))
    edges = sorted({edge for ranges in (*sets, _XML) for low, high in ranges for edge in (low, high + 1)})
    within = [_members(ranges, edges) for ranges in (*sets, _XML)]
    nice = {bisect_right(edges, ord(sign)) - 1: sign for sign in reversed(_NICE)}
    found: dict[frozenset[int], str] = {}
    for index in sorted(range(len(edges) - 1), key=lambda index: index not in nice):
        containing = frozenset(number for number, members in enumerate(within) if index in members)
        if len(sets) in containing:
            found.setdefault(containing, nice.get(index, chr(edges[index])))
    yield from found.values()


def _members(ranges: Ranges, edges: list[int]) -> set[int]:
    """The numbers of the intervals between edges that some ranges hold."""
    return {
        index
        for low, high in ranges
        for index in range(bisect_right(edges, low) - 1, bisect_right(edges, high))
        if edges[index] <= high
    }


def _spelt(here: tuple[_Where, _Where], came: Any) -> str:
    signs = []
    step = came[here]
    while step is not None:
        here, sign = step
        signs.append(sign)
        step = came[here]
    return "".join(reversed(signs))
