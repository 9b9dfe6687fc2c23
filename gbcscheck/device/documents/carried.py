"""A value of an XML document at the other end of its link: what it is on the device, and why it may be nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gbcscheck.device.documents.links import Linked
from gbcscheck.device.documents.times import time_outcomes
from gbcscheck.device.documents.walk import Leaf
from gbcscheck.device.model import Problem
from gbcscheck.domains import ANY, Domain, XsDateTimeValue, XsTimeValue
from gbcscheck.domains.conversions import parse_conversion
from gbcscheck.domains.cosem_words import NEVER
from gbcscheck.evidence.conversion import DATE_TIME, encodings_of, on_device, ways_to_write
from gbcscheck.evidence.message_rows import row_of
from gbcscheck.evidence.reading import set_of
from gbcscheck.evidence.value_words import value_words
from gbcscheck.model import Statement
from gbcscheck.model.rules import Rule
from gbcscheck.release.catalogue import Catalogue

WITHOUT_LOSS = "write the time in UTC, with Z and at most two decimals"


class Carriage(NamedTuple):
    """How one kind of document speaks of the message on its other side: the rule, what happens to a value that a row
    has no octets for, and how bad it is where a row holds other values."""

    rule: Rule
    no_octets: str
    no_place: str
    severity: str
    why: str


class Carried(NamedTuple):
    """What a value is on the device (None: nobody can say), and what is wrong with it; ``ways`` are what each way to
    write it is there, ``lost`` is what of it cannot be carried."""

    image: Domain | None
    problem: Problem | None
    ways: tuple[Domain, ...] = ()
    lost: str = ""

    @property
    def meaning(self) -> str:
        """The value in plain words; empty where nobody can say."""
        return f"on the device: {' or '.join(map(value_words, self.ways))}" if self.ways else self.lost


UNKNOWN = Carried(None, None)


def carry(catalogue: Catalogue, leaf: Leaf, linked: Linked, side: Carriage) -> Carried:
    """Bring a value to the device, and hold it against the rows that carry it there."""
    value = set_of(leaf.value)
    image = on_device(linked.end.conversion, value) if value is not None else None
    if value is None or image is None:
        return UNKNOWN
    if image.is_empty():
        return _lost(catalogue, leaf, linked, value, side)
    ways = list(_ways(linked, leaf.value, value, image))
    images = tuple([way for way, _ in ways])
    rows = [row_of(catalogue, subject) for subject in linked.rows]
    refused = [[row.refusal(way, encodings) for row in rows] for way, encodings in ways]
    if not rows or not all(statement for way in refused for statement in way):
        return Carried(image if len(ways) == 1 else None, None, images)
    problem = Problem(
        side.rule,
        f"{value_words(image)} on the device {side.no_place}",
        tuple(statement for statement in refused[0] if statement is not None),
        severity=side.severity,
        witness=value_words(image),
    )
    return Carried(image, problem, images)


def _ways(linked: Linked, written: object, own: Domain, on: Domain) -> Iterator[tuple[Domain, Domain]]:
    """What each way to write a value is on the device, with all that it may be there; not where it is nothing. ``own``
    is the set of the value as it is written, ``on`` what that is on the device."""
    convert = linked.end.conversion
    for way in ways_to_write(written):
        value = own if way is written else set_of(way)
        image = on if way is written else on_device(convert, value) if value is not None else None
        if value is None or image is None or image.is_empty():
            continue
        encodings = encodings_of(convert, value)
        yield image, image if encodings is None else encodings


def _lost(catalogue: Catalogue, leaf: Leaf, linked: Linked, value: Domain, side: Carriage) -> Carried:
    """A value that the conversion cannot carry, and why. A date-time without a zone is no loss: its octets can leave
    the deviation unsaid, though nothing says that they do; nor is the time of execution that cancels."""
    if linked.end.conversion == "xs:dateTime to UTCTime" and leaf.literal.strip().startswith(NEVER):
        return UNKNOWN
    carried = parse_conversion(linked.end.conversion).preimage(ANY)
    labels = [label for label, _ in value.difference_classes(carried)]
    if linked.end.conversion == DATE_TIME:
        labels = [label for label in labels if label != "no zone"]
        if not labels:
            return UNKNOWN
    if isinstance(leaf.value, XsDateTimeValue) and leaf.value.year < 1:
        labels = ["a year before year 1"]
    outcomes = time_outcomes(leaf.value) if isinstance(leaf.value, XsTimeValue) else ""
    problem = Problem(
        side.rule,
        f"{leaf.literal.strip()}: {' and '.join(labels) or 'a value'}, {side.no_octets}",
        (leaf.stated, *_first_type(catalogue, linked)),
        witness=outcomes,
        why=side.why,
        suggestion=WITHOUT_LOSS if outcomes else "",
    )
    return Carried(None, problem, lost=" and ".join(labels))


def _first_type(catalogue: Catalogue, linked: Linked) -> tuple[Statement, ...]:
    stated = (catalogue.first(subject, "type") for subject in linked.rows)
    return tuple(statement for statement in stated if statement is not None)[:1]
