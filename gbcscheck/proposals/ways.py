"""Ways out of a group of findings: which settles most, is the smallest, is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.proposals.authority import Authority
from gbcscheck.proposals.candidate import Candidate, voice_of
from gbcscheck.proposals.groups import Group
from gbcscheck.proposals.replacing import Replacement, row_of
from gbcscheck.proposals.trials import Key


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


def single_ways(group: Group, some: Iterable[tuple[Candidate, frozenset[Key]]]) -> list[Way]:
    """The ways out that are one candidate, with the single findings that each settles."""
    ways = [Way((one,), group.settled(keys)) for one, keys in some]
    return [way for way in ways if way.settles]


def ranked(group: Group, ways: Sequence[Way], authority: Authority) -> Found:
    """The ways out of a group, those that settle most first, then the smallest, then the best supported; whether the
    first is clearly what is meant."""
    by_meaning: dict[frozenset[object], Way] = {}
    for way in ways:
        known = by_meaning.get(way.meaning)
        if known is None or way.net > known.net:
            by_meaning[way.meaning] = way
    in_order = sorted(by_meaning.values(), key=lambda way: (-len(way.settles), way.size, -way.net))
    if not in_order:
        return Found(group, (), is_clear=False)
    first, rest = in_order[0], in_order[1:]
    rivals = [way for way in rest if way.settles == first.settles and way.size == first.size]
    best_rival = max((way.net for way in rivals), default=0.0)
    decided = any(authority.decides(one) for one in group.findings)
    outside = _speaks_from_outside(group, first)
    is_clear = first.net > best_rival and first.net >= 1 and (outside or decided or first.net >= 2)
    is_clear = is_clear and not _rewrites_a_row(first)
    return Found(group, tuple(in_order), is_clear=is_clear)


def _rewrites_a_row(way: Way) -> bool:
    """Whether several columns of one row are written anew: the row may be about something else, by its name or its
    number, and all that it says be right."""
    written = [one for each in way.candidates for one in each.statements if each.replacements[0].is_text]
    columns: dict[tuple[str, str], set[str]] = {}
    for one in written:
        columns.setdefault(row_of(one), set()).add(one.source)
    return any(len(sources) > 1 for sources in columns.values())


def _speaks_from_outside(group: Group, way: Way) -> bool:
    """Whether somebody speaks for a way who is no party to the conflict, or a finding says what is to be written. What
    a party said in the version before is its own word; what stood in the place itself there shows what was changed."""
    parties = [one for finding in group.findings for one in finding.statements]
    places = {(one.path, one.source) for one in parties}
    return all(
        bool(each.silent)
        or (each.told and bool(each.supports))
        or any(
            (one.path, one.source) not in places and voice_of(one) not in _others(parties, each)
            for one in each.supports
        )
        for each in way.candidates
    )


def _others(parties: Sequence[Statement], candidate: Candidate) -> set[tuple[str, ...]]:
    """Whose words the parties to a conflict are, besides the places that a candidate writes anew."""
    written = {voice_of(one.statement) for one in candidate.replacements}
    return {voice_of(one) for one in parties} - written
