"""Directions: who sends and who receives what a statement is about, from ``specs/directions`` or from statements.

A specification that does not ship can say it itself: the attributes ``sent-by`` and ``received-by`` of a subject hold
for it and for all that is below it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import translate
from pathlib import Path
from typing import Any

from gbcscheck.frozen import frozen
from gbcscheck.model import Specification, Statement

SCHEMA = Path(__file__).with_name("directions.schema.json")
FILE = "directions/directions.json"
"""The file that ships, below ``specs``."""
SENT_BY, RECEIVED_BY = "sent-by", "received-by"

StatementsBySubject = Mapping[str, Sequence[Statement]]
"""The statements of one part by subject."""


@frozen
class Direction:
    """The way of a value: who sends it and who receives it, whether a message carries the names of subjects, and how
    that is known. Nobody is named where it is not known."""

    senders: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    names_carried: bool = False
    source: str = ""

    @property
    def known(self) -> bool:
        """Whether anyone is named."""
        return bool(self.senders or self.receivers)

    @property
    def sentence(self) -> str:
        """Who sends it to whom, in one sentence; empty where that is not known."""
        senders, receivers = (" and ".join(parties) for parties in (self.senders, self.receivers))
        if senders and receivers:
            return f"Sent by {senders}, received by {receivers}."
        if senders or receivers:
            return f"Sent by {senders}." if senders else f"Kept to by {receivers}."
        return ""


@frozen
class _Entry:
    specification: str
    part: re.Pattern[str]
    subject: re.Pattern[str]
    when: tuple[tuple[str, re.Pattern[str]], ...]
    direction: Direction


class Directions:
    """The entries of a directions file; the first one that fits a subject holds."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._entries = [_entry(entry) for entry in document["directions"]]
        self._by_part: dict[tuple[str, str], list[_Entry]] = {}

    @classmethod
    def shipped(cls) -> Directions:
        """Those of the specifications that ship."""
        from gbcscheck.facts.shipped import shipped_root

        return cls(json.loads((shipped_root() / FILE).read_text(encoding="utf-8")))

    def of(self, specification: Specification, subject: str, by_subject: StatementsBySubject) -> Direction:
        """The way of what a subject of one part is about; ``by_subject`` are the statements of that part."""
        entries = self._entries_of(specification)
        own = _stated(subject, by_subject)
        found = next((entry.direction for entry in entries if _fits(entry, subject, by_subject)), Direction())
        if own is None:
            return found
        return Direction(own.senders, own.receivers, found.names_carried or subject.startswith("/"), own.source)

    def _entries_of(self, specification: Specification) -> list[_Entry]:
        key = (specification.name, specification.part)
        if key not in self._by_part:
            self._by_part[key] = [
                entry
                for entry in self._entries
                if entry.specification.casefold() == key[0].casefold() and entry.part.match(key[1].casefold())
            ]
        return self._by_part[key]


def _entry(entry: Mapping[str, Any]) -> _Entry:
    return _Entry(
        entry["specification"],
        _pattern(entry.get("part", "*").casefold()),
        re.compile(f"{translate(entry['subject'])}|{translate(entry['subject'] + '/*')}"),
        tuple((attribute, _pattern(value.casefold())) for attribute, value in entry.get("when", {}).items()),
        Direction(
            tuple(entry["senders"]), tuple(entry["receivers"]), entry["names"] == "carried", entry["source"].strip()
        ),
    )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(translate(text))


def _fits(entry: _Entry, subject: str, by_subject: StatementsBySubject) -> bool:
    if not entry.subject.match(subject):
        return False
    return all(
        any(pattern.match(fact.casefold()) for fact in _facts(subject, attribute, by_subject))
        for attribute, pattern in entry.when
    )


def _facts(subject: str, attribute: str, by_subject: StatementsBySubject) -> Iterator[str]:
    """What is said of a subject, or else of what it is part of."""
    for one in (subject, *ancestors(subject)):
        facts = [str(statement.value) for statement in by_subject.get(one, ()) if statement.attribute == attribute]
        if facts:
            yield from facts
            return


def _stated(subject: str, by_subject: StatementsBySubject) -> Direction | None:
    """The way that the part itself states of a subject, or of what it is below."""
    for one in (subject, *ancestors(subject)):
        parties = {
            attribute: tuple(
                _parties(statement) for statement in by_subject.get(one, ()) if statement.attribute == attribute
            )
            for attribute in (SENT_BY, RECEIVED_BY)
        }
        if any(parties.values()):
            return Direction(
                tuple(party for several in parties[SENT_BY] for party in several),
                tuple(party for several in parties[RECEIVED_BY] for party in several),
                source=f"stated of {one}",
            )
    return None


def _parties(statement: Statement) -> tuple[str, ...]:
    if statement.value is None:
        return ()
    return tuple(name.strip() for name in str(statement.value).split(",") if name.strip())


def ancestors(subject: str) -> Iterator[str]:
    """What a subject is below, nearest first: ``/A/B`` and ``/A`` for ``/A/B/C``, ``ECS37`` for ``ECS37/Item``."""
    while "/" in subject:
        subject = subject.rpartition("/")[0]
        if subject:
            yield subject
