"""Waivers: findings and changes that somebody has looked at and lets pass, each with a reason and perhaps a last day.

A waiver names a rule, a subject or a fingerprint, or several of these, and holds for what fits all of them. What is
waived is still found, counted and reported; it does not fail a run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TypeVar

from gbcscheck.model import ENDED, Change, Finding

USED, UNUSED, EXPIRED, UNTRIED = "used", "unused", "expired", "untried"
"""What became of a waiver in a run: it holds for something; for nothing any more; its last day is over; or the run did
not look at all that it could hold for."""

Item = TypeVar("Item", Finding, Change)


@dataclass(frozen=True, slots=True)
class Waiver:
    """One entry of a configuration; empty texts are not asked for. ``rule`` is a code or a name, ``expires`` the last
    day on which it holds; ``path`` and ``line`` are where it stands."""

    reason: str
    rule: str = ""
    subject: str = ""
    fingerprint: str = ""
    expires: date | None = None
    path: str = ""
    line: int = 0

    @property
    def named(self) -> str:
        """What it is for, in a few words."""
        words = (self.rule, self.subject, self.fingerprint if not (self.rule and self.subject) else "")
        return " ".join(word for word in words if word)

    @property
    def where(self) -> str:
        """The place of its entry."""
        return f"{self.path}:{self.line}" if self.line else self.path

    def has_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and today > self.expires


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """What became of a waiver: ``state`` is one of USED, UNUSED, EXPIRED, UNTRIED; ``matched`` counts what fits it."""

    waiver: Waiver
    state: str
    matched: int

    @property
    def warning(self) -> str:
        """One sentence for whoever keeps the configuration; empty where there is nothing to do."""
        if self.state == UNUSED:
            return f"the waiver for {self.waiver.named} holds for nothing any more; take it out"
        if self.state == EXPIRED:
            back = f"; what it was for counts again ({self.matched})" if self.matched else "; take it out"
            return f"the waiver for {self.waiver.named} expired on {self.waiver.expires}{back}"
        return ""


def today() -> date:
    """The day by which waivers expire: that of Coordinated Universal Time, the same on every machine."""
    return datetime.now(UTC).date()


class Waivers:
    """The waivers of a configuration on one day, and what they have held for so far.

    ``names`` gives the name of each rule by its code: a waiver may use either.
    """

    def __init__(self, waivers: Sequence[Waiver], names: Mapping[str, str], on: date) -> None:
        self._waivers = waivers
        self._codes = {name.casefold(): code for pair in names.items() for code, name in (pair, (pair[0], pair[0]))}
        self._on = on
        self._matched = [0] * len(waivers)
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
        for index in candidates:
            waiver = self._waivers[index]
            if self._fits(waiver, item):
                self._matched[index] += 1
                if not reason and not waiver.has_expired(self._on):
                    reason = waiver.reason
        return replace(item, waived=reason) if reason else item

    def _fits(self, waiver: Waiver, item: Finding | Change) -> bool:
        return (not waiver.rule or self._code(waiver) == item.rule) and waiver.subject in ("", item.subject)

    def _code(self, waiver: Waiver) -> str:
        return self._codes.get(waiver.rule.casefold(), waiver.rule)

    def uses(self, tried: Iterable[str] | None, *, any_rule: bool = True) -> tuple[WaiverUse, ...]:
        """What became of each waiver. ``tried`` are the codes of the rules that ran on everything, ``any_rule`` whether
        these are all rules; None where the run looked at a part only, so that a waiver that holds for nothing may
        still be needed."""
        codes = None if tried is None else frozenset(tried)
        return tuple(
            WaiverUse(waiver, self._state(waiver, matched, codes, any_rule), matched)
            for waiver, matched in zip(self._waivers, self._matched, strict=True)
        )

    def _state(self, waiver: Waiver, matched: int, codes: frozenset[str] | None, any_rule: bool) -> str:
        if waiver.has_expired(self._on):
            return EXPIRED
        if matched:
            return USED
        if codes is None:
            return UNTRIED
        return UNUSED if (self._code(waiver) in codes if waiver.rule else any_rule) else UNTRIED
