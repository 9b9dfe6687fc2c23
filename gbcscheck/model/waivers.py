"""Waivers, what became of each in a run, and what a change does to the policy that judges it."""

from __future__ import annotations

from datetime import date

from gbcscheck.frozen import frozen
from gbcscheck.model.remembered import covers, in_words

USED, UNUSED, EXPIRED, OUTDATED, UNTRIED = "used", "unused", "expired", "outdated", "untried"
"""What became of a waiver in a run: it holds for something; for nothing any more; its last day is over; what it is for
has other values now; or the run did not look at all that it could hold for."""


@frozen
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


@frozen
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


@frozen
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
