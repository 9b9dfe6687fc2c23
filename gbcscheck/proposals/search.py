"""The smallest set of edits that settles some findings, as far as the documents themselves say which one it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Finding, Specification
from gbcscheck.proposals.authority import Authority
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.candidates import Candidates
from gbcscheck.proposals.groups import Group, candidates_of, each_of, groups_of, joined
from gbcscheck.proposals.rounds import Try, settled_by
from gbcscheck.proposals.trials import Key, Trials
from gbcscheck.proposals.voices import Voices
from gbcscheck.proposals.ways import Found, Way, ranked, single_ways

Progress = Callable[[str], None]

MOST_COMBINED = 20
"""Sets of several edits of one group that are tried."""
MOST_TOGETHER = 4
"""Edits of one group that are looked for together; what needs more is left to people."""


def search(
    trials: Trials,
    findings: Sequence[Finding],
    authority: Authority,
    progress: Progress = lambda _: None,
    before: Mapping[Specification, Extract] = MappingProxyType({}),
) -> list[Found]:
    """What could settle each group of some findings: candidates are tried until one is clearly what is meant, and no
    other can be meant as much. ``before`` as of ``Voices``."""
    of_lists = frozenset(one.code for one in trials.rules if one.kind == "enumeration")
    of_presence = frozenset(one.code for one in trials.rules if one.kind == "optionality")
    candidates = Candidates(Voices(trials.bench.catalogues[0], before), of_lists, of_presence)
    apart = groups_of(trials, findings)
    some: list[dict[frozenset[object], Candidate]] = []
    for number, group in enumerate(apart, 1):
        progress(f"looking for what could be written, {number} of {len(apart)}")
        some.append(candidates_of(candidates, group, authority))
    groups, left = joined(apart, some, candidates)
    settling: list[list[tuple[Candidate, frozenset[Key]]]] = [[] for _ in groups]
    count = 0
    while any(left):
        tries = [Try(number, (some.pop(),), groups[number].wanted) for number, some in enumerate(left) if some]
        count += 1
        progress(f"trying edits for {len(tries)} of {len(groups)}, round {count}")
        codes = frozenset(one.rule for each in tries for one in each_of(groups[each.group].findings))
        for one, settled in zip(tries, settled_by(trials, tries, codes), strict=True):
            if settled:
                settling[one.group].append((one.candidates[0], settled))
                ways = single_ways(groups[one.group], settling[one.group])
                if _is_enough(ranked(groups[one.group], ways, authority), left[one.group]):
                    left[one.group].clear()
    return _found(trials, groups, settling, authority)


def _is_enough(found: Found, following: Sequence[Candidate]) -> bool:
    """Whether a way is clearly meant that settles all, and no candidate that is left is worth as much."""
    if not found.is_clear or len(found.ways[0].settles) < len(found.group.findings):
        return False
    best = found.ways[0]
    return all(one.size > best.size or one.net < best.net for one in following)


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
    codes = frozenset(one.rule for each in combined for one in each_of(groups[each.group].findings))
    gone = settled_by(trials, combined, codes) if combined else []
    found: list[Found] = []
    for number, (group, some) in enumerate(zip(groups, settling, strict=True)):
        ways = single_ways(group, some)
        ways += [
            Way(one.candidates, settled)
            for one, keys in zip(combined, gone, strict=True)
            if one.group == number and (settled := group.settled(keys))
        ]
        best = ranked(group, ways, authority)
        while smaller := _smaller(trials, group, best.ways[:1]):
            ways = [*(way for way in ways if way != best.ways[0]), smaller]
            best = ranked(group, ways, authority)
        found += _apart(best, some, authority)
    return found


def _apart(found: Found, some: Sequence[tuple[Candidate, frozenset[Key]]], authority: Authority) -> Sequence[Found]:
    """A group whose best way is several edits as one group for what each edit settles by itself: one may be meant where
    another is left to people. The group itself where two edits settle the same, or one settles nothing alone."""
    group, best = found.group, found.ways[:1]
    alone = {one: group.settled(gone) for one, gone in some}
    parts = [alone.get(one, frozenset[int]()) for way in best for one in way.candidates]
    if len(parts) < 2 or not all(parts) or sum(map(len, parts)) != len(best[0].settles):
        return [found]
    rest = frozenset(range(len(group.findings))) - best[0].settles
    groups = [_part_of(group, numbers) for numbers in (*parts, *([rest] if rest else ()))]
    return [ranked(one, single_ways(one, some), authority) for one in groups]


def _part_of(group: Group, numbers: frozenset[int]) -> Group:
    chosen = sorted(numbers)
    return Group(tuple(group.findings[one] for one in chosen), tuple(group.keys[one] for one in chosen))


def _smaller(trials: Trials, group: Group, ways: Sequence[Way]) -> Way | None:
    """The best way without one of its edits, where it settles as much without; None where all are needed."""
    for way in ways:
        count = len(way.candidates)
        fewer = [way.candidates[:at] + way.candidates[at + 1 :] for at in range(count)] if count > 1 else []
        codes = frozenset(one.rule for one in each_of(group.findings))
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
