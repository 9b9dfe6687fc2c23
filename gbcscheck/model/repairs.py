"""What could settle findings: edits of single places, and choices that only people can make."""

from __future__ import annotations

from gbcscheck.frozen import frozen
from gbcscheck.model.findings import Finding
from gbcscheck.model.statements import Statement

CONFIDENCES = ("certain", "likely", "possible")
"""How sure an edit is. certain: every other document that speaks of it agrees; likely: most do, or the order of
authority says so; possible: nothing but the parties to the conflict speaks of it."""

MEMBERS = {
    "text": "",
    "subject": "the name of what the row is about",
    "number": "the number of the row in the mapping table",
    "use-case": "the use cases of the row",
}
"""What an edit writes anew, in words where it is not the text of its place: a cell of the same row, in which the old
text stands, by which the row is known or is one with rows of other sheets."""


@frozen
class Edit:
    """One place to be written anew: its statement, the text that stands there and the one that would.

    ``new`` is written as its column writes such values. ``confidence`` is one of CONFIDENCES, ``supports`` are the
    statements that say the new value already (other documents, witnesses), ``settles`` the fingerprints of the findings
    that go with it, ``parties`` those of PARTIES who have to do something. ``member`` is one of MEMBERS: the text of
    the place; the name of what its row is about (``old`` and ``new`` are then subjects, the place is in that row), its
    number in the mapping table, or one of the use cases that it lists (``new`` is that and one more).
    """

    statement: Statement
    old: str
    new: str
    why: str
    confidence: str
    supports: tuple[Statement, ...] = ()
    settles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    member: str = "text"


@frozen
class Option:
    """One way out of a conflict: what it means in words, and the edits that make it so."""

    text: str
    edits: tuple[Edit, ...]


@frozen
class Choice:
    """A finding that only a choice of people can settle: the ways out, each of which was checked, and why nothing says
    which is meant. ``also`` are the other findings that go with it, whichever is chosen."""

    finding: Finding
    options: tuple[Option, ...]
    why: str
    also: tuple[Finding, ...] = ()


@frozen
class Unsettled:
    """A finding for which no edit was found, and why."""

    finding: Finding
    why: str


@frozen
class Repairs:
    """What is proposed for the chosen findings: ``edits`` that together settle ``settled`` and bring nothing new, the
    choices that are left to people, and the findings for which there is no proposal. ``conditions`` say what the
    proposal rests on (the order of authority, the release)."""

    edits: tuple[Edit, ...]
    settled: tuple[Finding, ...]
    choices: tuple[Choice, ...] = ()
    unsettled: tuple[Unsettled, ...] = ()
    conditions: tuple[str, ...] = ()
