"""What has to be there, what may be left out, and what can be set at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gbcscheck.evidence.readings import nearest_outside, readings
from gbcscheck.evidence.sides import (
    direction_order,
    distinct,
    in_style,
    in_type,
    meaning,
    on_device,
    printed,
    setting_links,
    value_text,
    what_is_set_instead,
    words,
)
from gbcscheck.facts.crosswalk import Link
from gbcscheck.model import Finding, Statement
from gbcscheck.model.rules import EVERY_ATTRIBUTE
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

NOT_SETTABLE = "none"
"""Value of ``settable-by`` of an item that nobody can configure."""


@rule(
    "P101",
    "default-nobody-can-set",
    kind="configurability",
    severity="error",
    reads=("default", "settable-by", "constant", "type", "encoding", "class", "direction"),
    question="Does a table configure a field that no specification lets anyone configure?",
    text="""
    A table of default settings configures a field, while the specifications above it fix that field, or say that it
    cannot be configured, and no service request carries it. The device is shipped in a state that the specifications
    do not know, and nobody can ever set it so again. A default that is equal to the fixed value is no conflict, and
    neither is the value of an item of which nothing can be set at all: that is how the device is made.

    **How to fix it.** Take the row out of the table, or give it the fixed value. If the field is to become
    configurable, that starts with SMETS and a service request, not with a default.

    **Example.** SEC modification MP131: by SMETS, GBCS, DUIS and MMC only the time of day of the maximum demand period
    can be set; Table 28d set its week days and its dates.
    """,
)
def default_nobody_can_set(catalogue: Catalogue) -> Iterator[Finding]:
    """Defaults that differ from a fixed value of an item which no request sets; or, where nothing fixes it, those of
    an element that another specification denies, of an item whose other elements can be set. An item of which nothing
    can be set is set in the factory, and its value is no setting; so is one of which its own document says so."""
    for item in catalogue.items.values():
        defaults = catalogue.item_statements(item, "default")
        if not defaults or setting_links(catalogue, item):
            continue
        encoding = catalogue.encoding(item)
        denials = [s for s in catalogue.item_statements(item, "settable-by") if s.value == NOT_SETTABLE]
        constants = sorted(catalogue.item_statements(item, "constant"), key=lambda s: direction_order(catalogue, s))
        instead = what_is_set_instead(catalogue, item)
        for default in defaults:
            read = readings(catalogue, item, default)
            fixed_by: dict[Statement, Domain] = {}
            for constant in constants:
                apart = nearest_outside(read, readings(catalogue, item, constant))
                if apart is not None:
                    fixed_by[constant] = apart[1]
            others = tuple(one for one in denials if one.specification.name != default.specification.name)
            if not read or not (fixed_by or (others and instead and not constants)):
                continue
            values = read[0]
            fixed = next(iter(fixed_by.values()), None)
            suggestion = "take the row out of the table"
            if fixed is not None:
                wanted = in_style(fixed, default.written)
                suggestion += f", or write {wanted} ({words(fixed, encoding)})"
            yield default_nobody_can_set.finding(
                subject=item.name,
                message="the table configures a field that nothing above it lets anyone configure",
                statements=distinct((default, *fixed_by, *denials)),
                witness=f"{words(values, encoding)}: shipped by the table, and out of reach of every service request",
                why=instead or "No service request carries this field.",
                suggestion=suggestion,
                meanings=(
                    meaning("default", values, encoding, default.written),
                    *(meaning("constant", other, encoding, row.written) for row, other in fixed_by.items()),
                    *("cannot be configured" for _ in denials),
                ),
            )


@rule(
    "P102",
    "settable-and-fixed",
    kind="configurability",
    severity="error",
    reads=("permitted", "type", "constant"),
    question="Does a service request let a field be set that its command fixes?",
    text="""
    The schema of a service request has an element for a field, with more than one value to choose from, and the
    template of the command to which it is mapped fixes that field to one value. Whatever the User chooses, the device
    gets the constant.

    **How to fix it.** Remove the element from the request, or open the field in the use case.

    **Example.** An element for the week days of a period whose template has `0b11111110`.
    """,
    versions_matter=True,
)
def settable_and_fixed(catalogue: Catalogue) -> Iterator[Finding]:
    """Request elements with a choice of values whose command row has a constant."""
    for link in catalogue.crosswalk.links:
        if not link.settable:
            continue
        for row in link.command:
            kind_of = catalogue.first(row.subject, "type")
            constant = catalogue.first(row.subject, "constant")
            if kind_of is None or constant is None:
                continue
            fixed = in_type(catalogue, constant, catalogue.domain(kind_of))
            for end in link.request:
                for stated in catalogue.about(end.subject, "permitted"):
                    sent = on_device(catalogue, end, stated)
                    if sent is None or fixed is None or sent.is_subset(fixed) is not False:
                        continue
                    yield settable_and_fixed.finding(
                        subject=end.subject,
                        message=f"service request {link.service_request} sets a field that its command fixes",
                        statements=(stated, constant),
                        witness=value_text(sent.difference_witness(fixed)),
                        why=f"the command carries {printed(fixed)} whatever the request says.",
                        suggestion="remove the element, or open the field in the use case",
                    )


@rule(
    "P103",
    "mandatory-here-optional-there",
    kind="optionality",
    severity="warning",
    reads=("presence", "occurs", "choice", "default", "type"),
    question="Is an item mandatory in one specification and optional, or absent, in the next?",
    text="""
    A response may leave an object out (its row is optional), and the element that shows it is mandatory in the XML of
    the response: a conforming device answers and no valid document can be made of it. In the other direction, a
    request may leave an element out whose row the command must have: somebody has to make up the value.

    **How to fix it.** Make the element optional where the row is, or say what stands in its place.

    **Example.** An object of a response that only polyphase meters have, shown in a mandatory element.
    """,
    versions_matter=True,
)
def mandatory_here_optional_there(catalogue: Catalogue) -> Iterator[Finding]:
    """Mandatory elements of a response whose row is optional, and optional ones of a request whose row is not."""
    for link in catalogue.crosswalk.links:
        yield from _reading_needs_more(catalogue, link)
        yield from _command_needs_more(catalogue, link)


def _reading_needs_more(catalogue: Catalogue, link: Link) -> Iterator[Finding]:
    optional = [p for end in link.response if (p := _presence(catalogue, end.subject)) is not None]
    if not optional or len(optional) < len(link.response):
        return
    for end in link.reading:
        loose = _loose(catalogue, end.subject)
        occurs = catalogue.first(end.subject, "occurs")
        if loose or occurs is None:
            continue
        yield mandatory_here_optional_there.finding(
            subject=end.subject,
            message="the response must show an item that a device may leave out",
            statements=(occurs, *optional),
            witness="a response without the object",
            why="every row that could fill the element is optional, and the element with all that is around it is not.",
            suggestion="make the element optional",
        )


def _command_needs_more(catalogue: Catalogue, link: Link) -> Iterator[Finding]:
    rows = [kind for end in link.command if (kind := catalogue.first(end.subject, "type")) is not None]
    if not rows or any(_presence(catalogue, end.subject) is not None for end in link.command):
        return
    for end in link.request:
        occurs = catalogue.first(end.subject, "occurs")
        domain = catalogue.domain(occurs) if occurs is not None else None
        if occurs is None or domain is None or not domain.contains(0):
            continue
        if catalogue.first(end.subject, "choice") is not None or catalogue.first(end.subject, "default") is not None:
            continue
        yield mandatory_here_optional_there.finding(
            severity="note",
            subject=end.subject,
            message="the request may leave out an item that its command must carry",
            statements=(occurs, rows[0]),
            witness="a request without the element",
            why="no default is stated, and the row is not optional.",
            suggestion="make the element mandatory, mark the row as optional, or state what is sent in its place",
            root=(end.subject,),
        )


def _presence(catalogue: Catalogue, subject: str) -> Statement | None:
    """The statement that a row may be absent, if there is one."""
    presence = catalogue.first(subject, "presence")
    return presence if presence is not None and presence.value != "mandatory" else None


def _loose(catalogue: Catalogue, path: str) -> bool:
    """Whether an element, or one around it, may be absent: it occurs 0 times, or is one of a choice."""
    parts = path.split("/")
    for depth in range(3, len(parts) + 1):
        above = "/".join(parts[:depth])
        if catalogue.first(above, "choice") is not None:
            return True
        occurs = catalogue.first(above, "occurs")
        domain = catalogue.domain(occurs) if occurs is not None else None
        if domain is not None and domain.contains(0):
            return True
    return False


@rule(
    "S103",
    "set-and-never-read",
    kind="missing",
    severity="note",
    reads=("permitted", "occurs", "type"),
    question="Can every item that a service request sets be read back?",
    text="""
    A service request sets an item, and no response element that the crosswalk knows shows it. Nobody can verify what
    the device holds.

    **How to fix it.** Add the item to a response, or record in the crosswalk where it can be read.

    **Example.** A setting that travels in an update request and in no element of MMC.
    """,
    versions_matter=True,
)
def set_and_never_read(catalogue: Catalogue) -> Iterator[Finding]:
    """Items with a request that is there and no reading that is there, one finding a data item."""
    readable = {link.item for link in catalogue.crosswalk.links if any(_is_there(catalogue, link))}
    for link in catalogue.crosswalk.links:
        if link.item in readable or not link.settable:
            continue
        for end in link.request:
            stated = catalogue.first(end.subject, "permitted") or catalogue.first(end.subject, "occurs")
            if stated is None:
                continue
            rows = [s for row in link.command if (s := catalogue.first(row.subject, "type")) is not None]
            yield set_and_never_read.finding(
                subject=link.item,
                message=f"service request {link.service_request} sets it, and no response shows it",
                statements=(stated, *rows[:1]),
                witness=link.item,
                why="the crosswalk knows no element of a response for it.",
                suggestion="record in the crosswalk where it is read, or add it to a response",
                root=(end.subject,),
            )


@rule(
    "S105",
    "mapped-and-gone",
    kind="missing",
    severity="warning",
    reads=(EVERY_ATTRIBUTE,),
    question="Is every path and row there that the crosswalk maps?",
    text="""
    The crosswalk says that a data item travels through this element or this row. The schema, or the table of the use
    case, is there, and the element or row is not: it was removed or renamed. What the other side sends or expects has
    nowhere to go.

    **How to fix it.** Put the element or row back; or, where it was renamed or moved on purpose, correct the crosswalk
    and all that depends on the old name.

    **Example.** `StartTime` renamed in the schema of a request whose command still has two switch times.
    """,
    versions_matter=True,
)
def mapped_and_gone(catalogue: Catalogue) -> Iterator[Finding]:
    """Ends of links that are not there, in a schema or use case that was read from its source; a use case that is not
    there is out of force, and an extract written by hand need not hold everything."""
    for link in catalogue.crosswalk.links:
        ends = (*link.request, *link.command, *link.response, *link.reading)
        there = [end.subject for end in ends if catalogue.about(end.subject)]
        for end in ends:
            around = _around(catalogue, end.subject)
            if around is None or not there or catalogue.about(end.subject) or around.source.startswith("/statements/"):
                continue
            other = catalogue.about(there[0])[0]
            yield mapped_and_gone.finding(
                subject=end.subject,
                message=f"it is gone, and {link.item} is mapped to it",
                statements=(around, other),
                witness=end.subject,
                why=f"the crosswalk ({link.place}) maps it to {there[0]}.",
                suggestion="put it back, or correct the crosswalk",
                root=(end.subject,),
            )


def _around(catalogue: Catalogue, subject: str) -> Statement | None:
    """A statement of what holds a subject that is not there: the nearest element around a path, the use case of a row
    in the list of use cases; None where that is not there either."""
    parts = subject.split("/")
    if not subject.startswith("/"):
        return next(iter(catalogue.about(parts[0], "message-code", "direction")), None)
    for depth in range(len(parts) - 1, 1, -1):
        if found := catalogue.about("/".join(parts[:depth])):
            return found[0]
    return None


def _is_there(catalogue: Catalogue, link: Link) -> Iterator[bool]:
    for end in link.reading:
        yield end.subject in catalogue.by_subject


RULES = (
    default_nobody_can_set,
    settable_and_fixed,
    mandatory_here_optional_there,
    set_and_never_read,
    mapped_and_gone,
)
