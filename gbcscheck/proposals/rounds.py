"""Candidates of many groups of findings put to the rules together: one of each group at a time.

A whole check takes as long for one edit as for twenty. Edits of different groups do not meet, so that what is found
afterwards can be told apart by the places and subjects that it is about; where it cannot, they are tried by halves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from gbcscheck.model import Finding
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.replacing import Replacement
from gbcscheck.proposals.trials import Key, Trials


@dataclass(frozen=True)
class Try:
    """Candidates of one group together, and the findings of the group that they might settle."""

    group: int
    candidates: tuple[Candidate, ...]
    wanted: frozenset[Key]

    @property
    def replacements(self) -> tuple[Replacement, ...]:
        """All that is replaced."""
        return tuple(dict.fromkeys(each for one in self.candidates for each in one.every))

    def meets(self, other: Try) -> bool:
        """Whether another one is of the same places or subjects: what a rule finds of a row it finds by several cells,
        so that each of two edits may hide what the other does."""
        return not self.places.isdisjoint(other.places) or not self.subjects.isdisjoint(other.subjects)

    @cached_property
    def places(self) -> frozenset[tuple[str, str]]:
        """The places that are replaced."""
        return frozenset((one.statement.path, one.statement.source) for one in self.replacements)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The subjects of which they speak before and after."""
        of_statements = (one.statement.subject for one in self.replacements)
        return frozenset((*of_statements, *(one.subject for one in self.replacements if one.subject)))

    def touches(self, finding: Finding) -> bool:
        """Whether a finding is about what is replaced, or about what that is a part of: a message and its elements."""
        about = {finding.subject, *finding.also, *(one.subject for one in finding.statements)}
        cited = ((one.path, one.source) for one in finding.statements)
        return (
            not self.subjects.isdisjoint(about)
            or not self.places.isdisjoint(cited)
            or any(one.startswith(f"{whole}/") for one in self.subjects for whole in (finding.subject, *finding.also))
        )


def settled_by(trials: Trials, tries: Sequence[Try], codes: frozenset[str]) -> list[frozenset[Key]]:
    """What each try settles; nothing where it brings a serious finding that was not there.

    First the rules of some codes alone are asked, then, of what settles anything, all of them.
    """
    found: list[frozenset[Key]] = [frozenset()] * len(tries)
    left = list(range(len(tries)))
    for asked in (codes, frozenset[str]()):
        for batch in _batches(tries, left):
            for number, settled in _tried(trials, tries, batch, asked):
                found[number] = settled
        left = [number for number in left if found[number]]
    return found


def _batches(tries: Sequence[Try], numbers: Iterable[int]) -> Iterator[list[int]]:
    """Tries by one of each group at a time, and none with one that it meets: neither would do what it does alone."""
    by_group: dict[int, list[int]] = {}
    for number in numbers:
        by_group.setdefault(tries[number].group, []).append(number)
    for row in zip_longest(*by_group.values()):
        apart: list[list[int]] = []
        for number in row:
            if number is not None:
                fitting = (one for one in apart if not any(tries[each].meets(tries[number]) for each in one))
                batch = next(fitting, [])
                if not batch:
                    apart.append(batch)
                batch.append(number)
        yield from apart


def _tried(
    trials: Trials, tries: Sequence[Try], batch: Sequence[int], codes: frozenset[str]
) -> Iterator[tuple[int, frozenset[Key]]]:
    after = trials.after((each for number in batch for each in tries[number].replacements), codes)
    brought = after.new_since(trials.before)
    new = [(finding, [one for one in batch if tries[one].touches(finding)]) for finding in brought]
    unclear = {number for _, some in new if len(some) != 1 for number in some or batch}
    if unclear and len(batch) > 1:
        sure = [number for number in batch if number not in unclear]
        if sure:
            yield from _tried(trials, tries, sure, codes)
        for half in _halves(sorted(unclear)):
            yield from _tried(trials, tries, half, codes)
        return
    blamed = {number for _, some in new for number in some or batch}
    for number in batch:
        gone = after.gone_from(trials.before, tries[number].wanted)
        yield number, frozenset() if number in blamed else gone


def _halves(batch: Sequence[int]) -> Iterator[Sequence[int]]:
    if len(batch) < 4:
        yield from ([one] for one in batch)
    else:
        yield batch[: len(batch) // 2]
        yield batch[len(batch) // 2 :]
