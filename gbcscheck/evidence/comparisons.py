"""Which statements of a user's files rules hold against which others: what "compared" means in a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparing import is_answered
from gbcscheck.model import Specification, Statement
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


class Comparisons:
    """Gathers, for one catalogue, what the rule that is at work holds against what. Only a comparison with an answer
    counts: of sets that cannot be compared, none is made. ``own`` are the documents of the user's files."""

    def __init__(self, own: frozenset[Specification]) -> None:
        self.rule = ""
        self.own = own
        self._made: dict[str, list[tuple[Statement, Statement, str]]] = {}

    @classmethod
    def of(cls, catalogue: Catalogue) -> Comparisons:
        """Those of a catalogue; ``catalogue.once(Comparisons.of)`` are always the same."""
        return cls(frozenset(source.specification for source in catalogue.release.sources))

    @classmethod
    def over(cls, catalogues: Sequence[Catalogue]) -> Comparisons:
        """Those of several catalogues, which gather them together from here on."""
        first, *others = [catalogue.once(Comparisons.of) for catalogue in catalogues]
        for other in others:
            other._made = first._made
        return first

    def are_asked(self, *statements: Statement) -> bool:
        """Whether one of the user's own statements is among some."""
        return any(statement.specification in self.own for statement in statements)

    def add(self, one: Statement, other: Statement) -> None:
        """Two statements were held against each other by the rule at work."""
        if one is not other:
            self.look(one, other)
            self.look(other, one)

    def look(self, own: Statement, other: Statement) -> None:
        """What a statement names was looked for where another one stands, which says nothing of it."""
        self._made.setdefault(own.subject, []).append((own, other, self.rule))

    def of_subject(self, subject: str) -> dict[Statement, dict[Statement, set[str]]]:
        """The statements of a subject that others were held against: these, each with the codes of the rules that did
        so."""
        found: dict[Statement, dict[Statement, set[str]]] = {}
        for own, other, rule in self._made.get(subject, ()):
            found.setdefault(own, {}).setdefault(other, set()).add(rule)
        return found


def held(catalogue: Catalogue, one: Statement, others: Iterable[Statement]) -> None:
    """Say that the rule at work has held a statement against some others, with an answer."""
    if catalogue.release.sources:
        comparisons = catalogue.once(Comparisons.of)
        for other in others:
            comparisons.add(one, other)


def looked_for(catalogue: Catalogue, one: Statement, among: Statement) -> None:
    """Say that the rule at work has looked for what a statement names, without finding it, in a list that another
    statement stands for."""
    if catalogue.release.sources:
        catalogue.once(Comparisons.of).look(one, among)


def held_within(
    catalogue: Catalogue, one: Statement, read: Sequence[Domain], other: Statement, permitted: Sequence[Domain]
) -> None:
    """Say the same where it was asked whether some readings of a statement are within those of another, if that can be
    told of them."""
    if not catalogue.release.sources:
        return
    comparisons = catalogue.once(Comparisons.of)
    if comparisons.are_asked(one, other) and is_answered(read, permitted):
        comparisons.add(one, other)


def held_all(catalogue: Catalogue, statements: Sequence[Statement]) -> None:
    """Say that the rule at work has held each of some statements against each other."""
    if not catalogue.release.sources:
        return
    comparisons = catalogue.once(Comparisons.of)
    for one, other in combinations(statements, 2):
        if comparisons.are_asked(one, other):
            comparisons.add(one, other)
