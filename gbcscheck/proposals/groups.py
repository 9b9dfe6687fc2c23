"""Findings that belong together, since they share places or the same could be written for them, and what could."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gbcscheck.frozen import frozen
from gbcscheck.model import Finding, Statement
from gbcscheck.proposals.authority import Authority
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.candidates import Candidates
from gbcscheck.proposals.trials import Key, Trials

MOST_CANDIDATES = 30
"""Candidates of one group of findings that are tried."""


@frozen
class Group:
    """Findings that share statements, so that one edit may settle several of them; ``keys`` are the single findings of
    which each is made."""

    findings: tuple[Finding, ...]
    keys: tuple[frozenset[Key], ...]

    @property
    def wanted(self) -> frozenset[Key]:
        """All single findings."""
        return frozenset().union(*self.keys)

    def settled(self, gone: frozenset[Key]) -> frozenset[int]:
        """The numbers of the findings of which nothing is left."""
        return frozenset(number for number, keys in enumerate(self.keys) if keys and keys <= gone)


def groups_of(trials: Trials, findings: Sequence[Finding]) -> list[Group]:
    """Findings in groups that share a place of a statement."""
    places: dict[tuple[str, str], int] = {}
    leader = list(range(len(findings)))

    def root(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for number, finding in enumerate(findings):
        for one in _all_statements(finding):
            first = places.setdefault((one.path, one.source), number)
            leader[root(number)] = root(first)
    grouped: dict[int, list[Finding]] = {}
    for number, finding in enumerate(findings):
        grouped.setdefault(root(number), []).append(finding)
    return [Group(tuple(group), tuple(map(trials.keys_of, group))) for group in grouped.values()]


def _all_statements(finding: Finding) -> Iterator[Statement]:
    yield from finding.statements
    for one in finding.seen_as:
        yield from _all_statements(one)


def each_of(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Some findings, and those that are named under them."""
    return (one for finding in findings for one in _each(finding))


def _each(finding: Finding) -> Iterator[Finding]:
    yield finding
    for one in finding.seen_as:
        yield from _each(one)


def candidates_of(candidates: Candidates, group: Group, authority: Authority) -> dict[frozenset[object], Candidate]:
    """What could be written for a group, by what it comes to."""
    found: dict[frozenset[object], Candidate] = {}
    for each in each_of(group.findings):
        for one in candidates.of(each, authority.may_change(each)):
            found[one.meaning] = _both(found.get(one.meaning, one), one)
    return found


def joined(
    apart: Sequence[Group], some: Sequence[dict[frozenset[object], Candidate]], of: Candidates
) -> tuple[list[Group], list[list[Candidate]]]:
    """Groups for which the same could be written are one; each with its candidates, those to try first at the end."""
    leader: dict[frozenset[object], int] = {}
    into = list(range(len(apart)))
    for number, candidates in enumerate(some):
        shared = {into[leader[meaning]] for meaning in candidates if meaning in leader}
        for other in shared:
            first = min(other, into[number])
            last = max(other, into[number])
            into = [first if one == last else one for one in into]
        leader |= {meaning: leader.get(meaning, number) for meaning in candidates}
    groups, ranked = [], []
    for number in dict.fromkeys(into):
        members = [one for one in range(len(apart)) if into[one] == number]
        findings = tuple(each for one in members for each in apart[one].findings)
        groups.append(Group(findings, tuple(each for one in members for each in apart[one].keys)))
        together: dict[frozenset[object], Candidate] = {}
        for one in members:
            for meaning, candidate in some[one].items():
                together[meaning] = _both(together.get(meaning, candidate), candidate)
        best = sorted(together.values(), key=of.order)[:MOST_CANDIDATES]
        ranked.append(best[::-1])
    return groups, ranked


def _both(one: Candidate, other: Candidate) -> Candidate:
    """One candidate with the voices of both."""
    return Candidate(
        one.replacements,
        tuple(dict.fromkeys((*one.supports, *other.supports))),
        tuple(dict.fromkeys((*one.against, *other.against))),
        one.told or other.told,
        tuple(dict.fromkeys((*one.silent, *other.silent))),
        one.following,
    )
