"""Candidates of many groups of findings put to the rules together: one of each group at a time.

A whole check takes as long for one edit as for twenty. Edits of different groups do not meet, so that what is found
afterwards can be told apart by the places and subjects that it is about; where it cannot, they are tried by halves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from gbcscheck.frozen import frozen
from gbcscheck.model import Finding
from gbcscheck.proposals.candidates import Candidate
from gbcscheck.proposals.replacing import Replacement
from gbcscheck.proposals.trials import Key, Told, Trials


@frozen
class Try:
    """Candidates of one group together, and the findings of the group that they might settle."""

    group: int
    candidates: tuple[Candidate, ...]
    wanted: frozenset[Key]

    @property
    def replacements(self) -> tuple[Replacement, ...]:
        """All that is replaced."""
        return tuple(dict.fromkeys(each for one in self.candidates for each in one.replacements))

    def touches(self, finding: Finding) -> bool:
        """Whether a finding is about what is replaced."""
        statements = [one.statement for one in self.replacements]
        subjects = {subject for one in self.replacements for subject in (one.statement.subject, one.subject)}
        places = {(one.path, one.source) for one in statements}
        about = {finding.subject, *finding.also, *(one.subject for one in finding.statements)}
        return not subjects.isdisjoint(about) or any((one.path, one.source) in places for one in finding.statements)


Settled = Mapping[int, frozenset[Key]]
"""By the number of a try, the findings that it settles; none of those that bring something new."""


def settled_by(
    trials: Trials, tries: Sequence[Try], codes: frozenset[str], progress: Callable[[str], None]
) -> list[frozenset[Key]]:
    """What each try settles; nothing where it brings a serious finding that was not there.

    First the rules of the findings alone are asked, then, of what settles anything, all of them.
    """
    found: list[frozenset[Key]] = [frozenset()] * len(tries)
    left = list(range(len(tries)))
    for whole in (False, True):
        asked = frozenset() if whole else codes
        passed: list[int] = []
        for count, batch in enumerate(_batches(tries, left)):
            progress(f"{'checking' if whole else 'trying'} edits, {count + 1}")
            for number, settled in _tried(trials, tries, batch, asked):
                found[number] = settled
                if settled:
                    passed.append(number)
        left = sorted(passed)
    return [one if number in set(left) else frozenset() for number, one in enumerate(found)]


def _batches(tries: Sequence[Try], numbers: Iterable[int]) -> Iterator[list[int]]:
    """Tries by one of each group at a time."""
    by_group: dict[int, list[int]] = {}
    for number in numbers:
        by_group.setdefault(tries[number].group, []).append(number)
    for row in zip_longest(*by_group.values()):
        yield [one for one in row if one is not None]


def _tried(
    trials: Trials, tries: Sequence[Try], batch: Sequence[int], codes: frozenset[str]
) -> Iterator[tuple[int, frozenset[Key]]]:
    after = trials.after((each for number in batch for each in tries[number].replacements), codes)
    new = after.new_since(trials.before)
    blamed = {number for number in batch for finding in new if tries[number].touches(finding)}
    unknown = [finding for finding in new if not any(tries[number].touches(finding) for number in batch)]
    if unknown and len(batch) > 1:
        half = len(batch) // 2
        yield from _tried(trials, tries, batch[:half], codes)
        yield from _tried(trials, tries, batch[half:], codes)
        return
    for number in batch:
        gone = _gone(after, trials.before, tries[number].wanted)
        yield number, frozenset() if number in blamed or unknown else gone


def _gone(after: Told, before: Told, wanted: frozenset[Key]) -> frozenset[Key]:
    return frozenset(key for key in wanted if key in before.findings and key not in after.findings)
