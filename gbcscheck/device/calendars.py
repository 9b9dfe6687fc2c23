"""A switching calendar as a whole: seasons name weeks, weeks name days, special days name days.

That each identifier is one that exists says no row of a table; the classes do (COSEM class 20 and 11, Blue Book 4.5.5
and 4.5.4; ZigBee Calendar cluster): a season "activates" the week of its name, a week its days, a special day its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from gbcscheck.model.rules import Rule, declare

Place = TypeVar("Place")


CALENDAR = declare(
    "D212",
    "calendar-reference",
    kind="reference",
    severity="error",
    reads=("element",),
    question="Does every week and day that a calendar names exist in it, and each once?",
    text="""
    In a calendar a season names a week, a week names seven days, and a special day names one (COSEM classes 20 and 11,
    the ZigBee Calendar cluster), whether a message, a dump, a request or a response has it. A name of something that is
    not there tells the meter nothing of what to do on such a day; an identifier that two have, in a list of weeks, days
    or special days, tells it two things. Each is looked for in the same message (or dump): of a list that does not
    stand there nothing is known. A number of weeks or days that a gas message states, and that is not that of those
    which follow, is a note.

    **How to fix it.** Name a week or day that is there, or add it.

    **Example.** A week that names day 2 on Sundays, where the days are 1 and 3.
    """,
)
RULES: tuple[Rule, ...] = (CALENDAR,)
MOST_LISTED = 16
"""Weeks or days that are there and are named in a suggestion."""


class Mention(NamedTuple, Generic[Place]):
    """An identifier where it stands: of a season, week or day, or the name of one of them."""

    key: int | bytes
    what: str
    place: Place


class Fault(NamedTuple, Generic[Place]):
    """What is wrong with a mention; ``severity`` is empty for that of the rule."""

    message: str
    mention: Mention[Place]
    suggestion: str = ""
    severity: str = ""


class Calendar(NamedTuple, Generic[Place]):
    """The identifiers of one calendar, and what names them; None where its list is not at hand, so that nothing is
    known of it."""

    seasons: Sequence[Mention[Place]] = ()
    named_weeks: Sequence[Mention[Place]] = ()
    weeks: Sequence[Mention[Place]] | None = None
    named_days: Sequence[Mention[Place]] = ()
    days: Sequence[Mention[Place]] | None = None
    entries: Sequence[Mention[Place]] = ()


def faults(calendar: Calendar[Place]) -> Iterator[Fault[Place]]:
    """Everything in a calendar, or a list of special days, that cannot be meant: a name of a week or day that
    is not there, and an identifier that two of them have. Two seasons of one name are a warning: nothing names them."""
    yield from missing(calendar.named_weeks, calendar.weeks, "week")
    yield from missing(calendar.named_days, calendar.days, "day")
    yield from _doubles(calendar.days or (), "day")
    yield from _doubles(calendar.weeks or (), "week")
    yield from _doubles(calendar.entries, "index")
    yield from _doubles(calendar.seasons, "season", severity="warning")


def missing(
    named: Sequence[Mention[Place]], there: Sequence[Mention[Place]] | None, kind: str
) -> Iterator[Fault[Place]]:
    """Mentions of weeks or days that are not there."""
    if there is None:
        return
    known = dict.fromkeys(mention.key for mention in there)
    first = [shown(key) for key in islice(known, MOST_LISTED)]
    more = len(known) - len(first)
    listed = (", ".join(first) or "none") + (f" and {more} more" if more else "")
    for mention in named:
        if mention.key not in known:
            message = f"{mention.what} names {kind} {shown(mention.key)}, and there is no such {kind}"
            yield Fault(message, mention, f"name one that is there ({listed}), or add {kind} {shown(mention.key)}")


def _doubles(mentions: Sequence[Mention[Place]], kind: str, severity: str = "") -> Iterator[Fault[Place]]:
    seen: set[int | bytes] = set()
    for mention in mentions:
        if mention.key in seen:
            message = f"{mention.what} is {kind} {shown(mention.key)}, as one before it is"
            yield Fault(message, mention, "give each its own", severity)
        seen.add(mention.key)


def shown(key: int | bytes) -> str:
    """An identifier as it is told: a number, or the octets of a name, as text where they are."""
    if isinstance(key, int):
        return str(key)
    readable = len(key) > 1 and all(0x20 <= octet < 0x7F for octet in key)
    return f'"{key.decode("ascii")}"' if readable else f"0x{key.hex().upper()}" if key else "of no name"
