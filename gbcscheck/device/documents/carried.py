"""A value of an XML document at the other end of its link: what it is on the device, and why it may be nothing."""

from __future__ import annotations

from typing import NamedTuple

from gbcscheck.catalogue import Catalogue
from gbcscheck.device.documents.links import Linked, row_of
from gbcscheck.device.documents.times import time_outcomes
from gbcscheck.device.documents.walk import Leaf
from gbcscheck.device.items.ends import in_words, on_device, single
from gbcscheck.device.model import Problem
from gbcscheck.device.rules import DeviceRule
from gbcscheck.domains import ANY, Domain, XsTimeValue
from gbcscheck.domains.conversions import parse_conversion
from gbcscheck.model import Statement

ZONES = frozenset(("a zone offset", "no zone"))
"""Classes of value that a COSEM date-time can hold in its deviation; only a time of day has no octets for them."""
WITHOUT_LOSS = "write the time in UTC, with Z and at most two decimals"


class Side(NamedTuple):
    """How one kind of document speaks of the message on its other side: the rule, what happens to a value that a row
    has no octets for, and how bad it is where a row holds other values."""

    rule: DeviceRule
    no_octets: str
    no_place: str
    severity: str
    why: str


class Carried(NamedTuple):
    """What a value is on the device (None: nobody can say), its meaning in plain words, and what is wrong with it."""

    held: Domain | None
    meaning: str
    problem: Problem | None


UNKNOWN = Carried(None, "", None)


def carry(catalogue: Catalogue, leaf: Leaf, linked: Linked, side: Side) -> Carried:
    """Bring a value to the device, and hold it against the rows that carry it there."""
    value = single(leaf.value)
    held = on_device(linked.end.convert, value) if value is not None else None
    if value is None or held is None:
        return UNKNOWN
    if held.is_empty():
        return _lost(catalogue, leaf, linked, value, side)
    meaning = f"on the device: {in_words(held)}"
    refused = [row_of(catalogue, subject).refusal(held) for subject in linked.rows]
    if not refused or not all(refused):
        return Carried(held, meaning, None)
    problem = Problem(
        side.rule,
        f"{in_words(held)} on the device {side.no_place}",
        tuple(statement for statement in refused if statement is not None),
        severity=side.severity,
        witness=in_words(held),
    )
    return Carried(held, meaning, problem)


def _lost(catalogue: Catalogue, leaf: Leaf, linked: Linked, value: Domain, side: Side) -> Carried:
    """A value that the conversion cannot carry, and why. The offset of a date-time is no loss: its octets hold one."""
    carried = parse_conversion(linked.end.convert).preimage(ANY)
    labels = [label for label, _ in value.difference_classes(carried)]
    if linked.end.convert == "xs:dateTime to date-time":
        labels = [label for label in labels if label not in ZONES]
        if not labels:
            return UNKNOWN
    outcomes = time_outcomes(leaf.value) if isinstance(leaf.value, XsTimeValue) else ""
    problem = Problem(
        side.rule,
        f"{leaf.literal.strip()}: {' and '.join(labels) or 'a value'}, {side.no_octets}",
        (leaf.stated, *_first_type(catalogue, linked)),
        witness=outcomes,
        why=side.why,
        suggestion=WITHOUT_LOSS if outcomes else "",
    )
    return Carried(None, " and ".join(labels), problem)


def _first_type(catalogue: Catalogue, linked: Linked) -> tuple[Statement, ...]:
    stated = (catalogue.first(subject, "type") for subject in linked.rows)
    return tuple(statement for statement in stated if statement is not None)[:1]
