"""Two content models compared as languages: is every sequence of children that one allows allowed by the other?

Pairs of derivatives are followed breadth first, so that the sequence found is a shortest one. The counts of some names
may be limited: what lies beyond is somebody else's to tell.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from gbcscheck.domains.content_models import (
    STANDINGS,
    Letter,
    Model,
    Named,
    Wildcard,
    after,
    first,
    leaves,
    nullable,
)
from gbcscheck.frozen import frozen

MAX_PAIRS = 4_000
"""Pairs of derivatives that one comparison looks at; what needs more is undecided."""
MAX_LETTERS = 20_000
"""Derivatives that one comparison works out."""
ELSEWHERE = "##elsewhere"
"""Stands for every namespace that neither model names."""

Limits: TypeAlias = Mapping[str, tuple[int, int | None]]
"""How often some names may occur in the sequences that are compared."""
_State: TypeAlias = tuple[Model, Model, tuple[int, ...]]
_Came: TypeAlias = dict[_State, tuple[_State, Letter] | None]
"""From which state each one was reached, and by which letter."""


@frozen
class Missing:
    """Whether a language lacks a word of another (None: undecided), and a shortest one that it lacks."""

    found: bool | None
    word: tuple[Letter, ...] = ()


def missing(
    wide: Model, narrow: Model, limits: Limits | None = None, namespaces: Mapping[str, str] | None = None
) -> Missing:
    """Whether ``narrow`` lacks some sequence that ``wide`` allows and that keeps to the limits.

    ``namespaces`` are those of the names: a wildcard may take these elements as well."""
    if wide == narrow:
        return Missing(False)
    try:
        return _Search(_Counter(limits or {}), _Alphabet((wide, narrow), namespaces or {})).run(wide, narrow)
    except _TooMany:
        return Missing(None)


class _TooMany(Exception):
    """More work than MAX_PAIRS or MAX_LETTERS allow."""


@frozen
class _Search:
    counter: _Counter
    alphabet: _Alphabet

    def run(self, wide: Model, narrow: Model) -> Missing:
        start: _State = (wide, narrow, self.counter.start)
        came: _Came = {start: None}
        waiting = deque([start])
        tried = 0
        while waiting:
            state = waiting.popleft()
            one, other, counts = state
            if nullable(one) and not nullable(other) and self.counter.complete(counts):
                return Missing(True, _word(state, came))
            for letter in self.alphabet.of(one):
                tried += 1
                if tried > MAX_LETTERS:
                    raise _TooMany
                counted = self.counter.after(counts, letter)
                if counted is None:
                    continue
                reached = (after(one, letter), after(other, letter), counted)
                if reached[0] == reached[1] or reached in came:
                    continue
                if len(came) >= MAX_PAIRS:
                    raise _TooMany
                came[reached] = (state, letter)
                waiting.append(reached)
        return Missing(False)


def _word(state: _State, came: _Came) -> tuple[Letter, ...]:
    letters: list[Letter] = []
    while (step := came[state]) is not None:
        state, letter = step
        letters.append(letter)
    return tuple(reversed(letters))


class _Alphabet:
    """The letters that tell two models apart: their names, and for each namespace that a wildcard of theirs names, and
    for one that none does, an element for each way of being declared."""

    def __init__(self, models: Iterable[Model], namespaces: Mapping[str, str]) -> None:
        self._namespaces = namespaces
        found = dict.fromkeys(leaf for model in models for leaf in leaves(model))
        wildcards = [leaf for leaf in found if isinstance(leaf, Wildcard)]
        named = sorted({namespace for one in wildcards for namespace in one.namespaces} | {ELSEWHERE, ""})
        letters = [Letter("", namespace, standing) for namespace in named for standing in STANDINGS]
        self._strangers = {
            one: [letter for letter in letters if one.admits(letter.namespace, letter.standing)] for one in wildcards
        }

    def of(self, model: Model) -> Iterator[Letter]:
        """The letters that a first child of a model may be."""
        for leaf in dict.fromkeys(first(model)):
            if isinstance(leaf, Named):
                yield Letter(leaf.name, self._namespaces.get(leaf.name, ELSEWHERE))
            else:
                yield from self._strangers[leaf]


class _Counter:
    """How often the limited names stood so far, no further than matters."""

    def __init__(self, limits: Limits) -> None:
        self._places = {name: place for place, name in enumerate(limits)}
        self._limits = tuple(limits.values())
        self.start = (0,) * len(limits)

    def after(self, counts: tuple[int, ...], letter: Letter) -> tuple[int, ...] | None:
        """The counts with one letter more; None where that is one too many."""
        place = self._places.get(letter.name)
        if place is None:
            return counts
        low, high = self._limits[place]
        count = counts[place] + 1
        if high is None:
            count = min(count, low)
        elif count > high:
            return None
        return (*counts[:place], count, *counts[place + 1 :])

    def complete(self, counts: Iterable[int]) -> bool:
        """Whether no name stands too seldom."""
        return all(count >= low for count, (low, _) in zip(counts, self._limits, strict=True))
