"""Waivers: findings and changes that somebody has looked at and lets pass, each with a reason and perhaps a last day.

A waiver names a rule, a subject, a fingerprint, parties or a file, or several of these, and holds for what fits all of
them; where it remembers values, only as long as no others are found. What is waived is still found, counted and
reported; it does not fail a run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeVar

from gbcscheck.evidence.conflict_values import covers, in_words, values_of_change
from gbcscheck.model import ENDED, Change, Finding
from gbcscheck.wildcards import is_subject_pattern, path_fits, subject_fits

USED, UNUSED, EXPIRED, OUTDATED, UNTRIED = "used", "unused", "expired", "outdated", "untried"
"""What became of a waiver in a run: it holds for something; for nothing any more; its last day is over; what it is for
has other values now; or the run did not look at all that it could hold for."""

Item = TypeVar("Item", Finding, Change)
Files = Callable[[Finding | Change], Collection[str]]
"""The files that the statements of a finding or a change stand in, from the root of the repository."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One entry of a configuration; empty texts are not asked for. ``rule`` is a code or a name, ``subject`` and
    ``file`` may be patterns, ``parties`` are those whom a change may hurt, ``expires`` is the last day on which it
    holds; ``values`` are those that it lets pass, any where there are none. ``path`` and ``line`` are where it stands,
    ``is_old`` says that it is of a baseline."""

    reason: str
    rule: str = ""
    subject: str = ""
    fingerprint: str = ""
    expires: date | None = None
    path: str = ""
    line: int = 0
    parties: tuple[str, ...] = ()
    file: str = ""
    values: tuple[str, ...] = ()
    is_old: bool = False

    @property
    def named(self) -> str:
        """What it is for, in a few words."""
        words = (self.rule, self.subject, self.fingerprint if not (self.rule and self.subject) else "")
        parties = f"what hurts {', '.join(self.parties)}" if self.parties else ""
        return " ".join(word for word in (*words, parties, self.file) if word)

    @property
    def where(self) -> str:
        """The place of its entry."""
        return f"{self.path}:{self.line}" if self.line else self.path

    @property
    def target(self) -> tuple[object, ...]:
        """What it is for, whatever the values are and on whatever day."""
        return self.rule.casefold(), self.subject, self.fingerprint, frozenset(self.parties), self.file

    def lets_pass(self, other: Waiver) -> bool:
        """Whether it is for all that another waiver is for, days apart."""
        all_values = not self.values or (bool(other.values) and covers(self.values, other.values))
        return self.target == other.target and all_values

    def has_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and today > self.expires


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """What became of a waiver: ``state`` is one of USED, UNUSED, EXPIRED, OUTDATED, UNTRIED; ``matched`` counts what
    fits it, ``found`` are values for which it is not, of what fits it otherwise. ``is_known`` says whether anything
    speaks of its subject, ``is_strict`` that a waiver has to have a last day."""

    waiver: Waiver
    state: str
    matched: int
    found: tuple[str, ...] = ()
    is_known: bool = True
    is_strict: bool = False

    @property
    def warning(self) -> str:
        """One sentence for whoever keeps the configuration; empty where there is nothing to do."""
        waiver = self.waiver
        entry = f"the {'entry' if waiver.is_old else 'waiver'} for {waiver.named}"
        if self.state == EXPIRED:
            back = f"; what it was for counts again ({self.matched})" if self.matched else "; take it out"
            return f"{entry} expired on {waiver.expires}{back}"
        if self.found:
            return f"{entry} does not hold, since the values are others now: {in_words(waiver.values, self.found)}"
        if self.state == UNUSED and not self.is_known:
            return f"{entry} holds for nothing: no specification that was read speaks of {waiver.subject}"
        if self.state == UNUSED:
            return f"{entry} holds for nothing any more; take it out"
        if self.is_strict and waiver.expires is None and not waiver.is_old:
            return f"{entry} has no last day (expires)"
        return ""


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """One thing that is judged otherwise now: the key that says so, a sentence, and the place; ``loosens`` says that
    something may pass that did not before, ``refused`` that it was not let do so."""

    key: str
    text: str
    where: str
    loosens: bool
    refused: bool = False

    def __str__(self) -> str:
        return f"{self.text} (refused: it does not hold)" if self.refused else self.text


def today() -> date:
    """The day by which waivers expire: that of Coordinated Universal Time, the same on every machine."""
    return datetime.now(UTC).date()


def no_files(item: Finding | Change) -> Collection[str]:
    """What stands in no file of a repository."""
    return ()


class Waivers:
    """The waivers of a configuration on one day, and what they have held for so far.

    ``names`` gives the name of each rule by its code: a waiver may use either. ``files`` tells the files of what is
    found, for waivers that name one.
    """

    def __init__(
        self, waivers: Sequence[Waiver], names: Mapping[str, str], on: date, *, files: Files = no_files
    ) -> None:
        self._waivers = waivers
        self._codes = {name.casefold(): code for pair in names.items() for code, name in (pair, (pair[0], pair[0]))}
        self._on = on
        self._files = files
        self._matched = [0] * len(waivers)
        self._found: list[dict[str, None]] = [{} for _ in waivers]
        self._by_fingerprint: dict[str, list[int]] = {}
        self._others: list[int] = []
        for index, waiver in enumerate(waivers):
            if waiver.fingerprint:
                self._by_fingerprint.setdefault(waiver.fingerprint, []).append(index)
            else:
                self._others.append(index)

    def apply(self, items: Iterable[Item]) -> tuple[Item, ...]:
        """Findings or changes, with the reason in ``waived`` where a waiver holds. What a change has ended is left."""
        return tuple(self._applied(item) for item in items)

    def _applied(self, item: Item) -> Item:
        if isinstance(item, Finding) and item.status in ENDED:
            return item
        reason = ""
        candidates = self._others
        if self._by_fingerprint:
            candidates = [*self._by_fingerprint.get(item.fingerprint, ()), *self._others]
        values = item.values if isinstance(item, Finding) else None
        others = []
        for index in candidates:
            waiver = self._waivers[index]
            if not self._fits(waiver, item):
                continue
            if waiver.values:
                values = values_of_change(item) if isinstance(item, Change) else values
                if not covers(waiver.values, values or ()):
                    others.append(index)
                    continue
            self._matched[index] += 1
            if not reason and not waiver.has_expired(self._on):
                reason = waiver.reason
        if not reason:
            for index in others:
                self._found[index].update(dict.fromkeys(values or ()))
        return replace(item, waived=reason) if reason else item

    def _fits(self, waiver: Waiver, item: Finding | Change) -> bool:
        if waiver.rule and self._code(waiver) != item.rule:
            return False
        if waiver.subject and not subject_fits(waiver.subject, item.subject):
            return False
        if waiver.parties:
            hurt = item.parties if isinstance(item, Change) else ()
            if not hurt or not set(hurt) <= set(waiver.parties):
                return False
        return not waiver.file or any(path_fits(waiver.file, path) for path in self._files(item))

    def _code(self, waiver: Waiver) -> str:
        return self._codes.get(waiver.rule.casefold(), waiver.rule)

    def uses(
        self,
        tried: Iterable[str] | None,
        *,
        any_rule: bool = True,
        subjects: Callable[[], Collection[str]] | None = None,
        strict: bool = False,
    ) -> tuple[WaiverUse, ...]:
        """What became of each waiver. ``tried`` are the codes of the rules that ran on everything, ``any_rule`` whether
        these are all rules; None where the run looked at a part only, so that a waiver that holds for nothing may
        still be needed. ``subjects`` tells all that is spoken of, None where that is not known; ``strict`` is as
        ``WaiverUse.is_strict``."""
        codes = None if tried is None else frozenset(tried)
        states = [self._state(index, codes, any_rule) for index in range(len(self._waivers))]
        unused = any(state == UNUSED for state in states)
        known = subjects() if subjects is not None and unused else None
        return tuple(
            WaiverUse(
                waiver,
                state,
                self._matched[index],
                tuple(self._found[index]) if state != EXPIRED else (),
                state != UNUSED or known is None or _speaks_of(known, waiver.subject),
                strict,
            )
            for index, (waiver, state) in enumerate(zip(self._waivers, states, strict=True))
        )

    def _state(self, index: int, codes: frozenset[str] | None, any_rule: bool) -> str:
        waiver = self._waivers[index]
        if waiver.has_expired(self._on):
            return EXPIRED
        if self._matched[index]:
            return USED
        if self._found[index]:
            return OUTDATED
        if codes is None or (waiver.parties and not any(code.startswith("change/") for code in codes)):
            return UNTRIED
        return UNUSED if (self._code(waiver) in codes if waiver.rule else any_rule) else UNTRIED


def _speaks_of(subjects: Collection[str], wanted: str) -> bool:
    """Whether a subject, or one that a pattern is for, is among some subjects."""
    if not wanted or wanted in subjects:
        return True
    return is_subject_pattern(wanted) and any(subject_fits(wanted, subject) for subject in subjects)
