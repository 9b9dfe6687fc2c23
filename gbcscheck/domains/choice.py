"""Unions: of sets of one kind where they are such a set again, of sets of different kinds as a choice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from gbcscheck.domains.base import ANY, ENUMERABLE, NONE, Classes, Domain, NotExact, Value, try_witness
from gbcscheck.domains.numbers import Numbers, join_numbers
from gbcscheck.domains.octets import Octets, octets_set
from gbcscheck.domains.texts import Texts, text_set
from gbcscheck.frozen import frozen
from gbcscheck.limits import ALTERNATIVES


@frozen
class Choice(Domain):
    """Values of several kinds: at least two sets, of different kinds (or numbers of different units), in the order of
    their kinds. Not to be created itself: see ``union``."""

    kind: ClassVar[str] = "a choice"
    rank: ClassVar[int] = 100

    alternatives: tuple[Domain, ...]

    @property
    def exact(self) -> bool:
        return all(one.exact for one in self.alternatives)

    def contains(self, value: Value) -> bool:
        return any(one.contains(value) for one in self.alternatives)

    def is_empty(self) -> bool | None:
        return False if any(one.is_empty() is False for one in self.alternatives) else None

    def witness(self) -> Value:
        for one in self.alternatives:
            found = try_witness(one)
            if found is not None:
                return found
        return self.alternatives[0].witness()

    def members(self, limit: int = ENUMERABLE) -> tuple[Value, ...] | None:
        found: list[Value] = []
        for one in self.alternatives:
            listed = one.members(limit)
            if listed is None or len(found) + len(listed) > limit:
                return None
            found.extend(listed)
        return tuple(found)

    def _meet(self, other: Domain) -> Domain:
        assert isinstance(other, Choice)
        return _assembled(one.meet(two) for one in self.alternatives for two in other.alternatives)

    def _meet_across_kinds(self, other: Domain) -> Domain:
        return _assembled(one.meet(other) for one in self.alternatives)

    def _join(self, other: Domain) -> Domain:
        raise AssertionError("a union joins the alternatives one by one")

    def _classes(self, other: Domain) -> Classes:
        return self._classes_across_kinds(other)

    def _lacking_across_kinds(self, other: Domain) -> Classes:
        if isinstance(other, Choice):
            return other._classes_across_kinds(self)
        nearest = self._of_kind(other)
        return other._classes_across_kinds(self) if nearest is NONE else other.difference_classes(nearest)

    def _of_kind(self, other: Domain) -> Domain:
        """The alternative that a set of another kind is best held against; NONE where there is none of its kind."""
        of_kind = [one for one in self.alternatives if type(one) is type(other)]
        for one in of_kind:
            if isinstance(one, Numbers) and isinstance(other, Numbers) and one.unit in (None, other.unit):
                return one
        return of_kind[0] if of_kind else NONE

    def _classes_across_kinds(self, other: Domain) -> Classes:
        classes: dict[str, Value] = {}
        for one in self.alternatives:
            for label, example in one.difference_classes(other):
                classes.setdefault(label, example)  # lists of two kinds both have what is "not in the list"
        return tuple(classes.items())


def union(*domains: Domain) -> Domain:
    """The values of any of some sets, exactly. Raises NotExact where no domain holds just these.

    >>> from gbcscheck.domains import integers, null, points
    >>> str(union(integers(0, 5), points([7]), null()))
    '0..5 | 7 | null'
    """
    if any(one is ANY for one in domains):
        return ANY
    kinds: dict[tuple[int, str], list[Domain]] = {}
    for domain in domains:
        for one in domain.alternatives if isinstance(domain, Choice) else (domain,):
            if one is not NONE:
                kinds.setdefault(_order(one), []).append(one)
    return _assembled([_joined(group) for group in kinds.values()])


def _joined(group: list[Domain]) -> Domain:
    """The union of sets of one class (numbers: and unit)."""
    numbers = [one for one in group if isinstance(one, Numbers)]
    if numbers:
        return join_numbers(numbers)
    maximal: list[Domain] = []
    sets = _with_one_list(group)
    if len(sets) > ALTERNATIVES.most:
        raise NotExact(ALTERNATIVES.problem(len(sets)))
    for one in sets:
        if not any(one.is_subset(other) for other in maximal):
            maximal = [*(other for other in maximal if not other.is_subset(one)), one]
    while len(maximal) > 1:
        maximal = _step(maximal)
    return maximal[0]


def _with_one_list(group: list[Domain]) -> list[Domain]:
    """The group with its lists of texts (of octet strings, of bit strings) put into one."""
    if len(group) < 3:
        return group
    texts = [one.listed for one in group if isinstance(one, Texts) and one.listed is not None]
    octets = [one.listed for one in group if isinstance(one, Octets) and one.lengths is None]
    if texts:
        others = [one for one in group if not isinstance(one, Texts) or one.listed is None]
        return [text_set(text for listed in texts for text in listed), *others]
    if octets:
        others = [one for one in group if not isinstance(one, Octets) or one.lengths is not None]
        return [octets_set(literal for listed in octets for literal in listed), *others]
    return group


def _step(group: list[Domain]) -> list[Domain]:
    """The group with two of its sets joined; raises NotExact where no two can be."""
    refused: NotExact | None = None
    for i, one in enumerate(group):
        for j in range(i + 1, len(group)):
            try:
                joined = one._join(group[j])
            except NotExact as error:
                refused = refused or error
                continue
            rest = [other for k, other in enumerate(group) if k not in (i, j) and not other.is_subset(joined)]
            return [joined, *rest]
    assert refused is not None
    raise refused


def _order(domain: Domain) -> tuple[int, str]:
    unit = domain.unit if isinstance(domain, Numbers) else None
    return (domain.rank, unit or "")


def _assembled(parts: Iterable[Domain]) -> Domain:
    """The union of sets of different kinds, some of them NONE; raises NotExact for numbers with and without a unit."""
    alternatives = sorted((part for part in parts if part is not NONE), key=_order)
    if not alternatives:
        return NONE
    units = [one.unit for one in alternatives if isinstance(one, Numbers)]
    if len(units) > 1 and None in units:
        loose = next(one for one in alternatives if isinstance(one, Numbers) and one.unit is None)
        alternatives = [one for one in alternatives if one is loose or not one.is_subset(loose)]
        if sum(isinstance(one, Numbers) for one in alternatives) > 1:
            raise NotExact("numbers with a unit and numbers without are no set of one shape")
    return alternatives[0] if len(alternatives) == 1 else Choice(tuple(alternatives))
