"""What a change means to those who keep to the older version: one table, and how it is read.

Who sends is hurt where a value that was permitted is no longer; who receives is hurt where one is permitted that was
not. That is all there is to direction; everything else is what each kind of change loses and gains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gbcscheck.facts.directions import Direction
from gbcscheck.frozen import frozen
from gbcscheck.model import EVERYBODY, Change

HURTS: dict[str, tuple[bool, bool]] = {
    #                         senders  receivers
    "added, mandatory": (True, True),
    "added, optional": (False, True),
    "removed, mandatory": (True, True),
    "removed, optional": (True, False),
    "narrowed": (True, False),
    "widened": (False, True),
    "moved": (True, True),
    "retyped": (True, True),
    "unit": (True, True),
    "default": (True, True),
    "became mandatory": (True, False),
    "became optional": (False, True),
    "carried otherwise": (True, True),
    "renamed, and carried": (True, True),
    "renamed": (False, False),
    "described otherwise": (False, False),
    "permits the same": (False, False),
    "new part": (False, False),
    "retired part": (False, False),
}
"""Whom each kind of change hurts: those who send by the older version, and those who receive by it."""

ORDER = ("breaking", "unknown", "compatible", "neutral")
"""Verdicts in the order in which they are told."""
NEUTRAL = frozenset(("renamed", "described otherwise"))
"""Kinds of change after which every message is what it was."""


@frozen
class Verdict:
    """One of ``model.VERDICTS``, the parties hurt, and the reason in one sentence."""

    verdict: str
    parties: tuple[str, ...] = ()
    reason: str = ""


def verdict(kind: str, direction: Direction) -> Verdict:
    """What a change of one of the kinds of ``HURTS`` means for a value that goes a certain way."""
    senders, receivers = HURTS[kind]
    if kind in NEUTRAL:
        return Verdict("neutral", (), _REASONS[kind])
    return judged(senders, receivers, direction, _REASONS.get(kind, ""))


def judged(lost: bool | None, gained: bool | None, direction: Direction, reason: str = "") -> Verdict:
    """The verdict on a set that has lost values (senders are hurt) or gained some (receivers are); None where that
    cannot be told."""
    if lost is False and gained is False:
        return Verdict("compatible", (), reason or _REASONS["permits the same"])
    hurt = (*(direction.senders if lost else ()), *(direction.receivers if gained else ()))
    parties = tuple(dict.fromkeys(hurt))
    if parties:
        return Verdict("breaking", parties, _sentence(reason, direction.sentence))
    if not direction.known:
        return Verdict("unknown", (), _sentence(reason, "Who sends this and who receives it is not known here."))
    if lost is None or gained is None:
        return Verdict("unknown", (), _sentence(reason, "Whether some values are lost or gained cannot be told here."))
    side = "sends" if lost else "receives"
    return Verdict("unknown", (), _sentence(reason, f"Who {side} this is not known here."))


def lost_part(ways: Iterable[Direction]) -> Verdict:
    """The verdict on a part that is gone, by the ways of what it spoke of: it hurts everybody who was told by it."""
    known = [direction for direction in ways if direction.known]
    parties = dict.fromkeys(party for one in known for party in (*one.senders, *one.receivers))
    if not parties:
        return Verdict("breaking", (EVERYBODY,), "Who sends this and who receives it is not known here.")
    return Verdict("breaking", tuple(sorted(parties)), known[0].sentence if len(set(known)) == 1 else "")


def as_seen_by(parties: Sequence[str], changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes as some parties see them: what hurts only others is compatible; worst first. All where none is
    named."""
    wanted = {party.casefold() for party in (*parties, *((EVERYBODY,) if parties else ()))}
    found = [
        replace(change, verdict="compatible", parties=(), reason=f"{change.reason} It hurts others alone.".strip())
        if wanted and change.verdict == "breaking" and not wanted & {party.casefold() for party in change.parties}
        else change
        for change in changes
    ]
    return tuple(sorted(found, key=lambda change: ORDER.index(change.verdict)))


def _sentence(*parts: str) -> str:
    return " ".join(part for part in parts if part)


_REASONS = {
    "added, mandatory": "It has to be there now, and those who keep to the older version neither send nor expect it.",
    "added, optional": "It may be there now, and those who keep to the older version do not expect it.",
    "removed, mandatory": "It had to be there, and those who keep to the older version still send and expect it.",
    "removed, optional": "It may no longer be there, and those who keep to the older version may still send it.",
    "retyped": "It is another kind of value now.",
    "unit": "The same number means another quantity now.",
    "default": "Where nothing is set, another value holds now.",
    "became mandatory": "It may no longer be missing.",
    "became optional": "It may be missing now.",
    "carried otherwise": "Messages made by the older version are other messages now.",
    "renamed, and carried": "Messages carry the name.",
    "renamed": "No message carries the name, and all else is the same.",
    "described otherwise": "Words alone; nothing that is sent depends on them.",
    "permits the same": "The same values are permitted as before.",
    "new part": "There is no older version of this part that anyone could keep to.",
    "retired part": "Who kept to it keeps to the later one, which is compared by itself.",
}
