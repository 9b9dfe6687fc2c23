"""What the test data say of a link of the crosswalk: is the value of the request the value of the command?

The verdict on a link is worked out from pairs of a service request and the GBCS command of the same use case and case
name. ``proved``: in every pair the two values are equal after conversion and each stands only once in its message.
``weak``: they are equal, and one of them stands in its message more often. ``unproved``: there is no pair. A link
between an element without content and a method is proved by a pair that has nothing else in either message.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from crosswalk_messages import Leaf, leaves, read_message
from crosswalk_places import (
    Different,
    Element,
    Table,
    find_access,
    find_field,
    find_request,
    find_value,
    read_request,
)

from gbcscheck.domains import Domain, boolean, octets_of, points, text_set
from gbcscheck.domains.base import NotInterpretable
from gbcscheck.domains.bits import bits_of
from gbcscheck.domains.conversions import parse_conversion
from gbcscheck.domains.interpret_as import interpret_as
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.notation.canonical import parse_domain

CANCELLED = {"3000-12-31T00:00:00.00Z": octets_of(bytes.fromhex("FFFFFFFFFFFFFFFFFF8000FF"))}
"""The time of execution that cancels a future-dated command, and its octets: not a time, so no conversion has it."""

PRESENT = "present"
"""The ``where`` of a request end whose element has no content: that it is there is all it says."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A service request and the command of the same use case and case name."""

    name: str
    use_case: str
    request: Path
    command: Path


def pairs(corpus: Path) -> list[Pair]:
    """Every pair of the corpus whose command should succeed, by name."""
    ending = "_COMMAND_GBCS.HEX"
    commands = {file.name.removesuffix(ending): file for file in (corpus / "rtds").glob(f"*/*{ending}")}
    found = []
    for request in sorted((corpus / "duis-requests").glob("*_SUCCESS_REQUEST_DUIS.XML")):
        name = request.name.removesuffix("_REQUEST_DUIS.XML")
        if name in commands:
            found.append(Pair(name, name.partition("_")[0], request, commands[name]))
    return found


def verdict(link: Link, table: Table, schema: Table, available: list[Pair]) -> tuple[str, list[str]]:
    """``proved``, ``weak`` or ``unproved``, and the names of the pairs that show it.

    A pair counts if its use case is that of one of the link's commands and its request has the element. ``schema``
    gives the types of the request's elements. Raises Different if a pair has another value.
    """
    unique: dict[str, bool] = {}
    for pair in available:
        for command in link.ends_of("command"):
            for request in link.ends_of("request"):
                if command.subject.startswith(pair.use_case + "/"):
                    shown = _is_unique(link, request, command, table, schema, pair)
                    if shown is not None:
                        unique[pair.name] = shown
    alone = [name for name, shown in unique.items() if shown]
    if alone and any(request.where == PRESENT for request in link.ends_of("request")):
        return "proved", alone
    if not unique:
        return "unproved", []
    return "proved" if len(alone) == len(unique) else "weak", list(unique)


def _is_unique(link: Link, request: LinkEnd, command: LinkEnd, table: Table, schema: Table, pair: Pair) -> bool | None:
    """Whether the value stands only once in each message of a pair; None if the request has no such element."""
    elements = read_request(pair.request)
    message = read_message(pair.command)
    element = find_request(elements, request)
    body = [other for other in elements if other.text is not None and other.path.startswith("/Request/Body/")]
    if request.where == PRESENT:
        method = find_access(message, table, command.subject)
        if (element is None) != (method is None):
            raise Different(f"{pair.name}: only one of {request.subject} and {command.subject} is there")
        return None if element is None else len(body) == 1 and len(message.accesses) == 1
    if element is None:
        return None
    if rows := [end.subject for end in link.ends_of("gbz")]:
        row = next(row for row in rows if row.startswith(pair.use_case + "/"))
        found, everything = find_field(message, table, row)
    else:
        data = find_access(message, table, command.subject)
        if data is None:
            raise Different(f"{pair.name}: no access to the object of {command.subject}")
        found = find_value(data, table, command)
        everything = [leaf for access in message.accesses for leaf in leaves(access.data)]
    if not holds(found, on_device(element, request, schema)):
        raise Different(f"{pair.name}: {request.subject} is {element.text}, {command.subject} is {found.value!r}")
    written = element.text or ""
    return sum(same_text(written, other.text or "") for other in body) == 1 and everything.count(found) == 1


def on_device(element: Element, end: LinkEnd, schema: Table) -> Domain:
    """The value of a request's element as the device holds it, by the conversion of the link's end: a set of one."""
    assert element.text is not None
    if element.text in CANCELLED:
        return CANCELLED[element.text]
    permitted = schema.rows[end.subject]["permitted"].domain
    assert permitted is not None
    value = interpret_as(text_set([element.text]), parse_domain(permitted))
    return parse_conversion(end.conversion).image(value) if end.conversion else value


def holds(leaf: Leaf, domain: Domain) -> bool:
    """Whether a value on the wire is the one value of a set."""
    try:
        return interpret_as(as_domain(leaf), domain) == domain
    except NotInterpretable:
        return False


def as_domain(leaf: Leaf) -> Domain:
    """A value on the wire as a set of one."""
    if isinstance(leaf.value, bool):
        return boolean(leaf.value)
    if isinstance(leaf.value, int):
        return points([leaf.value])
    if isinstance(leaf.value, bytes):
        return octets_of(leaf.value)
    if isinstance(leaf.value, str):
        return bits_of(leaf.value)
    raise Different("null is no value")


def same_text(one: str, other: str) -> bool:
    """Whether two texts of a request are the same value: numbers by value, anything else as written."""
    try:
        return Fraction(one) == Fraction(other)
    except ValueError:
        return one == other
