"""The smallest set of edits that settles some findings, as far as the documents themselves say which one it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

from gbcscheck.facts.extract_file import Extract
from gbcscheck.frozen import frozen
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.proposals.authority import Authority
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.candidates import Candidates
from gbcscheck.proposals.replacing import Replacement, row_of
from gbcscheck.proposals.rounds import Try, settled_by
from gbcscheck.proposals.trials import Key, Trials
from gbcscheck.proposals.voices import Voices

Progress = Callable[[str], None]

MOST_CANDIDATES = 30
"""Candidates of one group of findings that are tried."""
MOST_COMBINED = 20
"""Sets of several edits of one group that are tried."""
MOST_TOGETHER = 4
"""Edits of one group that are looked for together; what needs more is left to people."""


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


@frozen
class Way:
    """Candidates that together settle some findings of a group, by their numbers."""

    candidates: tuple[Candidate, ...]
    settles: frozenset[int]

    @property
    def replacements(self) -> tuple[Replacement, ...]:
        """All that is replaced, once each."""
        return tuple(dict.fromkeys(each for one in self.candidates for each in one.every))

    @property
    def size(self) -> int:
        """How many places are written anew."""
        return len({(one.path, one.source) for each in self.candidates for one in each.statements})

    @property
    def net(self) -> float:
        """How much more speaks for it than against it."""
        return sum(one.net for one in self.candidates)

    @property
    def meaning(self) -> frozenset[object]:
        """What it comes to."""
        return frozenset().union(*(one.meaning for one in self.candidates))


@frozen
class Found:
    """What was found for a group: its ways, the smallest and best supported first, and whether the first is meant."""

    group: Group
    ways: tuple[Way, ...]
    is_clear: bool


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


def search(
    trials: Trials,
    findings: Sequence[Finding],
    authority: Authority,
    progress: Progress = lambda _: None,
    before: Mapping[Specification, Extract] = MappingProxyType({}),
) -> list[Found]:
    """What could settle each group of some findings: candidates are tried until one is clearly what is meant, and no
    other can be meant as much. ``before`` as of ``Voices``."""
    candidates = Candidates(Voices(trials.bench.catalogues[0], before))
    apart = groups_of(trials, findings)
    some: list[dict[frozenset[object], Candidate]] = []
    for number, group in enumerate(apart, 1):
        progress(f"looking for what could be written, {number} of {len(apart)}")
        some.append(_candidates_of(candidates, group, authority))
    groups, left = _joined(apart, some, candidates)
    settling: list[list[tuple[Candidate, frozenset[Key]]]] = [[] for _ in groups]
    count = 0
    while any(left):
        tries = [Try(number, (some.pop(),), groups[number].wanted) for number, some in enumerate(left) if some]
        count += 1
        progress(f"trying edits for {len(tries)} of {len(groups)}, round {count}")
        codes = frozenset(one.rule for each in tries for one in _all(groups[each.group].findings))
        for one, settled in zip(tries, settled_by(trials, tries, codes), strict=True):
            if settled:
                settling[one.group].append((one.candidates[0], settled))
                ways = _ways(groups[one.group], settling[one.group])
                if _is_enough(_ranked(groups[one.group], ways, authority), left[one.group]):
                    left[one.group].clear()
    return _found(trials, groups, settling, authority)


def _is_enough(found: Found, following: Sequence[Candidate]) -> bool:
    """Whether a way is clearly meant that settles all, and no candidate that is left is worth as much."""
    if not found.is_clear or len(found.ways[0].settles) < len(found.group.findings):
        return False
    best = found.ways[0]
    return all(one.size > best.size or one.net < best.net for one in following)


def _all(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (one for finding in findings for one in _each(finding))


def _ways(group: Group, some: Iterable[tuple[Candidate, frozenset[Key]]]) -> list[Way]:
    ways = [Way((one,), group.settled(keys)) for one, keys in some]
    return [way for way in ways if way.settles]


def _each(finding: Finding) -> Iterator[Finding]:
    yield finding
    for one in finding.seen_as:
        yield from _each(one)


def _candidates_of(candidates: Candidates, group: Group, authority: Authority) -> dict[frozenset[object], Candidate]:
    found: dict[frozenset[object], Candidate] = {}
    for each in _all(group.findings):
        for one in candidates.of(each, authority.may_change(each)):
            found[one.meaning] = _both(found.get(one.meaning, one), one)
    return found


def _joined(
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


def _found(
    trials: Trials,
    groups: Sequence[Group],
    settling: Sequence[Sequence[tuple[Candidate, frozenset[Key]]]],
    authority: Authority,
) -> list[Found]:
    """The ways out of each group, where no single edit settles all of it those of several edits too."""
    combined: list[Try] = []
    for number, (group, some) in enumerate(zip(groups, settling, strict=True)):
        whole = frozenset(range(len(group.findings)))
        if some and not any(group.settled(gone) == whole for _, gone in some):
            combined += [Try(number, chosen, group.wanted) for chosen in _combinations(group, some)]
    codes = frozenset(one.rule for each in combined for one in _all(groups[each.group].findings))
    gone = settled_by(trials, combined, codes) if combined else []
    found = []
    for number, (group, some) in enumerate(zip(groups, settling, strict=True)):
        ways = _ways(group, some)
        ways += [
            Way(one.candidates, settled)
            for one, keys in zip(combined, gone, strict=True)
            if one.group == number and (settled := group.settled(keys))
        ]
        best = _ranked(group, ways, authority)
        while smaller := _smaller(trials, group, best.ways[:1]):
            ways = [*(way for way in ways if way != best.ways[0]), smaller]
            best = _ranked(group, ways, authority)
        found.append(best)
    return found


def _smaller(trials: Trials, group: Group, ways: Sequence[Way]) -> Way | None:
    """The best way without one of its edits, where it settles as much without; None where all are needed."""
    for way in ways:
        count = len(way.candidates)
        fewer = [way.candidates[:at] + way.candidates[at + 1 :] for at in range(count)] if count > 1 else []
        codes = frozenset(one.rule for one in _all(group.findings))
        tries = [Try(0, chosen, group.wanted) for chosen in fewer]
        for one, gone in zip(tries, settled_by(trials, tries, codes) if tries else (), strict=True):
            if group.settled(gone) >= way.settles:
                return Way(one.candidates, group.settled(gone))
    return None


def _combinations(group: Group, some: Sequence[tuple[Candidate, frozenset[Key]]]) -> list[tuple[Candidate, ...]]:
    """Sets of edits that might settle together what none of them does alone, the smallest first."""
    found: list[tuple[Candidate, ...]] = []
    reach = group.settled(frozenset().union(*(gone for _, gone in some)))
    for count in range(2, MOST_TOGETHER + 1):
        for chosen in combinations(some, count):
            gone = frozenset().union(*(each for _, each in chosen))
            if group.settled(gone) != reach or any(
                group.settled(frozenset().union(*(each for _, each in chosen if each is not without))) == reach
                for _, without in chosen
            ):
                continue
            found.append(tuple(one for one, _ in chosen))
            if len(found) >= MOST_COMBINED:
                return found
        if found:
            return found
    return found


def _ranked(group: Group, ways: Sequence[Way], authority: Authority) -> Found:
    """The ways out of a group, those that settle most first, then the smallest, then the best supported; whether the
    first is clearly what is meant."""
    by_meaning: dict[frozenset[object], Way] = {}
    for way in ways:
        known = by_meaning.get(way.meaning)
        if known is None or way.net > known.net:
            by_meaning[way.meaning] = way
    ranked = sorted(by_meaning.values(), key=lambda way: (-len(way.settles), way.size, -way.net))
    if not ranked:
        return Found(group, (), is_clear=False)
    first, rest = ranked[0], ranked[1:]
    rivals = [way for way in rest if way.settles == first.settles and way.size == first.size]
    best_rival = max((way.net for way in rivals), default=0.0)
    decided = any(authority.decides(one) for one in group.findings)
    outside = _speaks_from_outside(group, first)
    is_clear = first.net > best_rival and first.net >= 1 and (outside or decided or first.net >= 2)
    is_clear = is_clear and not _rewrites_a_row(first)
    return Found(group, tuple(ranked), is_clear=is_clear)


def _rewrites_a_row(way: Way) -> bool:
    """Whether several columns of one row are written anew: the row may be about something else, by its name or its
    number, and all that it says be right."""
    written = [one for each in way.candidates for one in each.statements if not each.replacements[0].renames]
    columns: dict[tuple[str, str], set[str]] = {}
    for one in written:
        columns.setdefault(row_of(one), set()).add(one.source)
    return any(len(sources) > 1 for sources in columns.values())


def _speaks_from_outside(group: Group, way: Way) -> bool:
    """Whether somebody speaks for a way who is no party to the conflict, or a finding says what is to be written."""
    parties = {(one.path, one.source) for finding in group.findings for one in finding.statements}
    return all(
        bool(each.silent)
        or (each.told and bool(each.supports))
        or any((one.path, one.source) not in parties for one in each.supports)
        for each in way.candidates
    )
