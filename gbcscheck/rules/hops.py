"""What one hop of a message lets through and the next cannot carry or show: request, command, response, reading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparing import is_number
from gbcscheck.evidence.comparisons import held, held_within
from gbcscheck.evidence.conversion import permitted_encodings, permitted_on_device
from gbcscheck.evidence.hops import (
    Classes,
    Held,
    Hop,
    base_type,
    each_carried,
    is_comparable_hop,
    request_hops,
    uncarried,
)
from gbcscheck.evidence.reading import read_like, stated_sets
from gbcscheck.evidence.value_words import printed, value_text
from gbcscheck.facts.crosswalk import Link, LinkEnd, Role
from gbcscheck.model import Finding, Statement
from gbcscheck.model.rules import Rule
from gbcscheck.release.catalogue import Catalogue, Item
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

_OF_WORDS = ("map ", "unstated")
"""How conversions of names begin: what a map has is held against each end by itself, and of what is not stated nobody
can say what becomes of it."""


def _across(catalogue: Catalogue, asked: Rule, hop: Hop) -> Iterator[Finding]:
    """A finding on the values of a hop that are not carried, if there are any."""
    if classes := uncarried(hop):
        held(catalogue, hop.stated, hop.row)
        yield _hop_finding(asked, hop, classes)
    elif is_comparable_hop(hop):
        for one in hop.row:
            held_within(catalogue, hop.stated, (hop.sent,), one, (hop.carried,))


def _hop_finding(asked: Rule, hop: Hop, classes: Classes) -> Finding:
    examples = "; ".join(f"{label}: {value_text(value)}" for label, value in classes)
    is_returned = any(end.subject == hop.row[0].subject for end in hop.link.all_ends_of("response"))
    return asked.finding(
        subject=hop.end.subject,
        message=f"service request {hop.link.service_request} accepts values that "
        + ("no response can return" if is_returned else "its command cannot carry"),
        statements=(hop.stated, *hop.row),
        witness=examples,
        why=f"The request accepts {len(classes)} class{'es' if len(classes) != 1 else ''} of value that "
        f"{hop.row[0].clause or hop.row[0].subject} has no octets for.",
        suggestion="restrict the type in the schema, or say in the request's definition what becomes of such a value",
        root=(examples, printed(hop.permitted), printed(hop.carried)),
    )


@rule(
    "R102",
    "request-exceeds-command",
    kind="range",
    severity="warning",
    reads=("permitted", "literals", "type", "constant"),
    question="Does a service request accept numbers that the command cannot carry?",
    text="""
    The schema of the service request lets a number through that has no place in the data type, range or constant of
    the GBCS row to which it is mapped. Scales are taken into account: `UINT32` divided by 10 and a decimal up to
    429496729.5 are the same range.

    **How to fix it.** Give the element in the schema the range of the row.

    **Example.** An element of type `xs:unsignedInt` that sets a `long-unsigned`: 65536 passes the schema and cannot be
    sent.
    """,
    versions_matter=True,
)
def request_exceeds_command(catalogue: Catalogue) -> Iterator[Finding]:
    """Numbers of request elements outside the mapped row."""
    for hop in request_hops(catalogue):
        if is_number(hop.carried):
            yield from _across(catalogue, request_exceeds_command, hop)


@rule(
    "R105",
    "value-cannot-be-encoded",
    kind="encoding",
    severity="warning",
    reads=("permitted", "literals", "type", "constant"),
    question="Does one hop accept times, dates or texts for which the next has no octets?",
    text="""
    The XML types of the schemas are wider than the COSEM encodings to which their values are turned. `xs:time` has
    `24:00:00`, zone offsets, times without a zone and any number of decimals; a COSEM time of four octets has hours 0
    to 23, hundredths of a second, and no zone. What becomes of such a value on the way is not defined, so two systems
    may do different things with it. To XML Schema `24:00:00` is the same time of day as `00:00:00`; that a period which
    ends there ends where the day begins, no interface says. Of an `xs:dateTime` it is the next day's `00:00:00`, and
    the offset of its zone has octets, the deviation: neither is counted there. A pattern on a type of times leaves out
    what it does not match.

    **How to fix it.** Restrict the type in the schema (a pattern, or a type of its own for times in UTC), or state the
    treatment in the interface specification. The finding names each class of value with an example.

    **Example.** DUIS 6.18.1 `StartTime` is an `xs:time`; ECS37 `switch_time` is an `octet-string(4)`.
    """,
)
def value_cannot_be_encoded(catalogue: Catalogue) -> Iterator[Finding]:
    """Times, dates, texts and octets of request elements that the mapped row has no octets for."""
    for hop in request_hops(catalogue):
        if not is_number(hop.carried):
            yield from _across(catalogue, value_cannot_be_encoded, hop)


@rule(
    "R103",
    "response-exceeds-reading",
    kind="range",
    severity="warning",
    reads=("permitted", "type", "constant"),
    question="Can a device hold a value that the XML of the response cannot show?",
    text="""
    A value that a command can set, and a device can hold and return, lies outside what the element of the response
    XML (MMC) permits: whoever reads it back gets nothing, or a document that breaks its schema. Where only values that
    nobody can set are concerned, the finding is a note: somebody has restricted the element, and knows why. A built-in
    type without a facet is no restriction but a size, and one that is smaller than the row is a warning all the same.

    **How to fix it.** Give the element of the response the range of the row that it shows.

    **Example.** A `double-long-unsigned` shown in an element of type `xs:unsignedShort`.
    """,
    versions_matter=True,
)
def response_exceeds_reading(catalogue: Catalogue) -> Iterator[Finding]:
    """Values of response rows outside what the mapped element of the response XML permits."""
    for link in catalogue.crosswalk.links:
        if not (readings := link.ends_of("reading")):
            continue
        rows = each_carried(catalogue, link.all_ends_of("response"))
        rows = rows or each_carried(catalogue, link.all_ends_of("command"))
        for end in readings:
            shown = tuple(_shown(catalogue, end, readings)) if rows else ()
            unshown = [
                one for row, reading in product(rows, shown) for one in _unshown(catalogue, link, end, reading, row)
            ]
            yield from unshown or _set_and_not_shown(catalogue, link, end)


def _unshown(
    catalogue: Catalogue, link: Link, end: LinkEnd, reading: tuple[Statement, Domain], row: Held
) -> Iterator[Finding]:
    """Values that a row can hold and an element cannot show."""
    (stated, shown), (held_values, statements) = reading, row
    returned = read_like(held_values, shown)
    if type(returned) is not type(shown):
        return
    for one in statements:
        held_within(catalogue, one, (returned,), stated, (shown,))
    within = returned.is_subset(shown)
    settable = _settable(catalogue, link, returned) if within is not True else None
    lost = settable is not None and settable.is_subset(shown) is False
    if not lost and within is not False:
        return
    held(catalogue, stated, statements)
    source = settable if lost and settable is not None else returned
    yield response_exceeds_reading.finding(
        severity="" if lost or _is_whole_type(stated, shown) else "note",
        subject=end.subject,
        message="a device can hold a value that the response cannot show",
        statements=(stated, *statements),
        witness=_lost(source, shown),
        why="such a value can be set and not read back."
        if lost
        else "no service request sets such a value; a device could hold it all the same.",
        suggestion="let the element of the response show whatever the row can hold",
        root=(printed(shown), printed(returned)),
    )


def _is_whole_type(stated: Statement, shown: Domain) -> bool:
    """Whether an element shows all the numbers of a built-in type: nobody has restricted it."""
    return is_number(shown) and stated.domain is not None and stated.text == base_type(stated) != ""


def _set_and_not_shown(catalogue: Catalogue, link: Link, end: LinkEnd) -> Iterator[Finding]:
    """What requests set that write a value of the item in the way of a reading, and the reading does not permit: no row
    need be at hand for it, nor a conversion that is exact."""
    setting = () if end.conversion.startswith(_OF_WORDS) else _setting(catalogue, link)
    asking = [one for each in setting for one in each.ends_of("request") if one.conversion == end.conversion]
    for other in asking:
        for stated, asked in stated_sets(catalogue, (other.subject,), "permitted"):
            for reading, shown in stated_sets(catalogue, (end.subject,), "permitted"):
                if type(asked) is type(shown):
                    held_within(catalogue, stated, (asked,), reading, (shown,))
                if type(asked) is not type(shown) or asked.is_subset(shown) is not False:
                    continue
                yield response_exceeds_reading.finding(
                    subject=end.subject,
                    message="a request can set a value that the response cannot show",
                    statements=(reading, stated),
                    witness=_lost(asked, shown),
                    why="such a value can be set and not read back.",
                    suggestion="let the element of the response show whatever the request can set",
                    root=(printed(shown), printed(asked)),
                )


@lru_cache(maxsize=1024)
def _lost(held: Domain, shown: Domain) -> str:
    """An example of each class of value that is held and not shown; of many elements it is the same."""
    return "; ".join(f"{label}: {value_text(value)}" for label, value in held.difference_classes(shown))


@rule(
    "R111",
    "command-exceeds-response",
    kind="range",
    severity="warning",
    reads=("type", "permitted", "constant"),
    question="Can a command set a value that the response which reads the item back cannot return?",
    text="""
    The row of a command and the row of a response carry one data item, and the first can hold values that the second
    has no place for: what was set reads back as another value, or not at all. Where no service request can set such a
    value, the finding is a note.

    **How to fix it.** Give both rows one data type and one range.

    **Example.** A rate that is set as a signed number and read as an unsigned one: -1 reads back as 4294967295.
    """,
)
def command_exceeds_response(catalogue: Catalogue) -> Iterator[Finding]:
    """Values of the commands of a data item outside what its responses can return."""
    for item in catalogue.items.values():
        responses = each_carried(catalogue, _ends(item, "response")) if item.links else ()
        for sent, setting in each_carried(catalogue, _ends(item, "command")) if responses else ():
            for held_values, reading in responses:
                returned = read_like(held_values, sent)
                if type(returned) is not type(sent):
                    continue
                for stated, read in product(setting, reading):
                    held_within(catalogue, stated, (sent,), read, (returned,))
                if sent.is_subset(returned) is not False:
                    continue
                settable = next((set_to for link in item.links if (set_to := _settable(catalogue, link, sent))), None)
                lost = settable is not None and settable.is_subset(returned) is False
                source = settable if lost and settable is not None else sent
                yield command_exceeds_response.finding(
                    severity="" if lost else "note",
                    subject=item.name,
                    message="what a command can set, a response cannot return",
                    statements=(*setting, *reading),
                    witness="; ".join(
                        f"{label}: {value_text(value)}" for label, value in source.difference_classes(returned)
                    ),
                    why=f"{setting[0].clause or setting[0].subject} holds {printed(sent)}, "
                    f"{reading[0].clause or reading[0].subject} {printed(returned)}.",
                    suggestion="give both rows one data type and one range",
                    root=(item.name, printed(sent), printed(returned)),
                )


def _ends(item: Item, role: Role) -> tuple[LinkEnd, ...]:
    """The ends of a role of all the links of a data item whose whole value is the item's. A link of another item may
    end at a row of the same name."""
    return tuple(end for link in item.links if link.item == item.name for end in link.ends_of(role))


def _shown(catalogue: Catalogue, end: LinkEnd, readings: tuple[LinkEnd, ...]) -> Iterator[tuple[Statement, Domain]]:
    """What a reading can show, as the device holds it, together with what those beside it show that write other values
    of the row in another way (a block in the one element, a time of use in the other); nothing where of one of them
    nobody can say."""
    from gbcscheck.domains.choice import union

    besides = [other for other in readings if other.conversion != end.conversion]
    sets = [permitted_encodings(catalogue, other) for other in besides if other.subject in catalogue.by_subject]
    for stated, shown in permitted_encodings(catalogue, end) if all(sets) else ():
        yield stated, union(shown, *(other for one in sets for _, other in one)) if sets else shown


def _settable(catalogue: Catalogue, link: Link, returned: Domain) -> Domain | None:
    """What service requests can make a device hold, by the links that set what a link reads; None where none does."""
    from gbcscheck.domains.choice import union

    found = [
        sent.meet(read_like(returned, sent))
        for one in _setting(catalogue, link)
        for end in one.ends_of("request")
        for _, sent in permitted_on_device(catalogue, end)
    ]
    return union(*found) if found else None


def _setting(catalogue: Catalogue, link: Link) -> tuple[Link, ...]:
    """The link itself or, where it only reads, the links of its item that set the same part of it."""
    item = catalogue.items.get(link.item)
    if link.ends_of("request") or item is None:
        return (link,)
    parts = {end.part for end in link.all_ends_of("response", "command", "gbz")}
    return tuple(
        one
        for one in item.links
        if one is link or (one.item == link.item and {end.part for end in one.all_ends_of("command", "gbz")} == parts)
    )


RULES = (request_exceeds_command, response_exceeds_reading, value_cannot_be_encoded, command_exceeds_response)
