"""Which value of a document meets which value of the message that is another form of it, by a link of the crosswalk:
of a service request and its command, or of a converted response and the response."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from gbcscheck.device.pairs.sides import COMMANDS, READINGS, Sides
from gbcscheck.device.pairs.values import Found, Values
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.release.catalogue import Catalogue

IN_ORDER, BY_KEY = "in order", "by key"
"""How the members of an item that has several values are told apart."""


class Meeting(NamedTuple):
    """What meets by a link: the values of the document (one, several that are gathered to one, or none) at its end, and
    those of the message (all that have to be the one value, or none) at the row that carries it."""

    link: Link
    end: LinkEnd
    asked: tuple[Found, ...]
    row: LinkEnd
    sent: tuple[Found, ...]


def links_to(catalogue: Catalogue, use_case: str, sides: Sides = COMMANDS) -> tuple[Link, ...]:
    """The links between elements of documents and rows of the messages of a use case."""
    return catalogue.once(_BY_USE_CASE[sides]).get(use_case, ())


def _by_command(catalogue: Catalogue) -> dict[str, tuple[Link, ...]]:
    return _by_use_case(catalogue, COMMANDS)


def _by_response(catalogue: Catalogue) -> dict[str, tuple[Link, ...]]:
    return _by_use_case(catalogue, READINGS)


_BY_USE_CASE = {COMMANDS: _by_command, READINGS: _by_response}


def _by_use_case(catalogue: Catalogue, sides: Sides) -> dict[str, tuple[Link, ...]]:
    found: dict[str, list[Link]] = {}
    for link in catalogue.crosswalk.links:
        if link.all_ends_of(sides.elements):
            rows = link.all_ends_of(*sides.rows)
            for use_case in dict.fromkeys(row.subject.partition("/")[0] for row in rows):
                found.setdefault(use_case, []).append(link)
    return {use_case: tuple(links) for use_case, links in found.items()}


def carriers(link: Link, use_case: str, sides: Sides = COMMANDS) -> tuple[LinkEnd, ...]:
    """The ends of a link in a message of a use case: in a command the byte layout where there is one, else the rows."""
    for role in sides.rows:
        own = tuple(end for end in link.all_ends_of(role) if end.subject.startswith(f"{use_case}/"))
        if own:
            return own
    return ()


def meetings(link: Link, use_case: str, request: Values, command: Values, sides: Sides = COMMANDS) -> Iterator[Meeting]:
    """What meets by a link in a document and a message of a use case; nothing where neither has a value of it."""
    rows, ends = carriers(link, use_case, sides), link.all_ends_of(sides.elements)
    if not rows or not ends:
        return
    asked = _in_document_order(_asked(ends, request))
    sent = _in_document_order([(row, (one,)) for row in rows for one in command.find(row.subject, row.where)])
    if link.members == IN_ORDER:
        for there, here in zip_longest(asked, sent):
            yield _meeting(link, ends[0], rows[0], there, here)
    elif link.members == BY_KEY:
        yield from _by_key(link, ends[0], rows[0], asked, sent, request, command)
    elif asked or sent:
        values = tuple(one for _, (one,) in sent)
        end, values_asked = asked[0] if asked else (ends[0], ())
        yield Meeting(link, end, values_asked, sent[0][0] if sent else rows[0], values)


_Member = tuple[LinkEnd, tuple[Found, ...]]


def _asked(ends: Sequence[LinkEnd], request: Values) -> list[_Member]:
    found: list[_Member] = []
    for end in ends:
        if end.gather:
            found.extend((end, group) for group in request.gathered(end.subject, end.where, end.gather))
        else:
            found.extend((end, (one,)) for one in request.find(end.subject, end.where))
    return found


def _in_document_order(members: list[_Member]) -> list[_Member]:
    """Members by where they stand; groups of which some are of none stay as they are, which is their order."""
    if any(not values for _, values in members):
        return members
    return sorted(members, key=lambda member: member[1][0].place)


def _meeting(link: Link, end: LinkEnd, row: LinkEnd, there: _Member | None, here: _Member | None) -> Meeting:
    end, asked = there if there is not None else (end, ())
    row, sent = here if here is not None else (row, ())
    return Meeting(link, end, asked, row, sent)


def _by_key(
    link: Link,
    end: LinkEnd,
    row: LinkEnd,
    asked: list[_Member],
    sent: list[_Member],
    request: Values,
    command: Values,
) -> Iterator[Meeting]:
    """Values with one key meet; those of the command that nobody asks for come last."""
    waiting: dict[int | None, list[_Member]] = {}
    for member in sent:
        waiting.setdefault(command.key_of(member[1][0], member[0].key), []).append(member)
    for member in asked:
        key = request.key_of(member[1][0], member[0].key) if member[1] else None
        met = waiting.get(key) if key is not None else None
        yield _meeting(link, end, row, member, met.pop(0) if met else None)
    for left in waiting.values():
        for member in left:
            yield _meeting(link, end, row, None, member)
