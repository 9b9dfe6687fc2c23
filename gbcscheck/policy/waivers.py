"""Waivers: findings and changes that somebody has looked at and lets pass, each with a reason and perhaps a last day.

A waiver names a rule, a subject, a fingerprint, parties or a file, or several of these, and holds for what fits all of
them; where it remembers values, only as long as no others are found. What is waived is still found, counted and
reported; it does not fail a run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypeVar

from gbcscheck.model import ENDED, Change, Finding
from gbcscheck.model.remembered import covers
from gbcscheck.model.waivers import EXPIRED, OUTDATED, UNTRIED, UNUSED, USED, Waiver, WaiverUse
from gbcscheck.wildcards import is_subject_pattern, path_fits, subject_fits

Item = TypeVar("Item", Finding, Change)
Files = Callable[[Finding | Change], Collection[str]]
"""The files that the statements of a finding or a change stand in, from the root of the repository."""


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
        self._aside = [0] * len(waivers)
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
        """An item with the reason of the waiver that holds for it, or for the same fault as another rule sees it."""
        if isinstance(item, Finding) and item.status in ENDED:
            return item
        seen: tuple[Finding, ...] = item.seen_as if isinstance(item, Finding) else ()
        reasons = [self._reason(item), *map(self._reason, seen)]
        reason = next(filter(None, reasons), "")
        return replace(item, waived=reason) if reason else item

    def _reason(self, item: Finding | Change) -> str:
        reason = ""
        candidates = self._others
        if self._by_fingerprint:
            candidates = [*self._by_fingerprint.get(item.fingerprint, ()), *self._others]
        others = []
        for index in candidates:
            waiver = self._waivers[index]
            if not self._fits(waiver, item):
                continue
            aside = isinstance(item, Finding) and item.elsewhere
            if waiver.values and not covers(waiver.values, item.values):
                others += [] if aside else [index]
                continue
            (self._aside if aside else self._matched)[index] += 1
            if not reason and not waiver.has_expired(self._on):
                reason = waiver.reason
        if not reason:
            for index in others:
                self._found[index].update(dict.fromkeys(item.values))
        return reason

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
        if self._matched[index] or self._aside[index]:
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
