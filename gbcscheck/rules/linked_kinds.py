"""Links whose ends are of different kinds, and ends of which nobody could read what they permit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparing import is_comparable, is_number
from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.conversion import on_device
from gbcscheck.evidence.hops import base_type, carried_by, is_decided, request_hops
from gbcscheck.evidence.reading import is_in_unknown_words, readings, types_of
from gbcscheck.evidence.value_words import one_of, printed
from gbcscheck.facts.crosswalk import Link, LinkEnd, Role
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

_ACROSS: tuple[tuple[Role, tuple[Role, ...]], ...] = (
    ("request", ("command", "response")),
    ("reading", ("response", "command")),
    ("response", ("command",)),
)
"""Ends of a link, and the ends whose rows hold what they carry."""
_SETS = ("type", "permitted", "constant")
"""Attributes that say what an end may hold, each asked for by itself, as other rules ask too."""
_UNSTATED = "unstated"
"""The conversion of which no document says what becomes of a value."""
_BESIDE = "scale by "
"""How the conversion of a number begins of which a factor stands in other values of the message."""
NOTED = ("EXCEPTIONAL", "STRUCTURE", "STRUCTURE[n]")
"""What GBCS writes for the type of a structure or an array that its notes or ZigBee describe: no type is stated there.
"""


@rule(
    "R108",
    "another-kind",
    kind="encoding",
    severity="error",
    reads=("permitted", "type", "constant", "value-type"),
    question="Is an item of one kind in one specification and of another in the next: a number here, a text there?",
    text="""
    Two documents speak of one data item, and what the one lets it be has no counterpart in the other at all: a number
    became a text, a time a date. No value can travel from the one to the other, whatever its range is.

    **How to fix it.** Give both the same kind of value; where the one is written in another way on purpose, state the
    conversion in the crosswalk.

    **Example.** A schema in which the time of day of service request 6.18.1 became an `xs:gMonth`, for a row that is an
    `octet-string(4)`.
    """,
)
def another_kind(catalogue: Catalogue) -> Iterator[Finding]:
    """Ends of links with nothing that the row of the device could hold, and permitted sets of no type of their item."""
    of_types, of_permitted = catalogue.groups("type"), catalogue.groups("permitted")
    for link in catalogue.crosswalk.links:
        for role, rows in _ACROSS:
            ends = link.ends_of(role)
            row = carried_by(catalogue, link.all_ends_of(*rows)) if ends else None
            for end in ends:
                if row is None and end.conversion in ("", _UNSTATED):
                    continue
                for stated in (of_types if role == "response" else of_permitted).get(end.subject, ()):
                    if row is None:
                        yield from _refused(catalogue, link.all_ends_of(*rows), end, stated)
                    elif _is_apart(catalogue, end, stated, row[0]):
                        yield _apart(catalogue, end.subject, stated, row[1], row[0])
    yield from _types_apart(catalogue)
    for item in catalogue.items.values():
        kinds = types_of(catalogue, item)
        for stated in catalogue.item_statements(item, "permitted") if kinds else ():
            values = catalogue.domain(stated)
            if values is None or stated.subject not in (item.name, *item.direct):
                continue
            known = readings(catalogue, item, stated) or is_in_unknown_words(catalogue, item, values)
            if not known and not any(is_comparable(values, kind) for kind in kinds):
                types = [one for one in catalogue.item_statements(item, "type") if one.domain is not None]
                yield _apart(catalogue, item.name, stated, tuple(types[:1]), kinds[0])


def _types_apart(catalogue: Catalogue) -> Iterator[Finding]:
    """Types that a document states of an item itself, and that are of another kind than those of all its rows."""
    for item in catalogue.items_that_say("type"):
        stated = [one for one in catalogue.item_statements(item, "type") if catalogue.domain(one) is not None]
        own = [one for one in stated if one.subject in (item.name, *item.direct)]
        of_rows = {row.subject for row in item.rows}
        rows = [one for one in stated if one.subject in of_rows]
        for one in own if rows else ():
            values = catalogue.domain(one)
            kinds = [kind for row in rows if (kind := catalogue.domain(row)) is not None]
            if values is None or one.specification in {row.specification for row in rows}:
                continue
            held(catalogue, one, rows)
            if all(_is_number_alone(values, kind) or not is_comparable(values, kind) for kind in kinds):
                yield _apart(catalogue, item.name, one, tuple(rows[:1]), kinds[0])


def _is_number_alone(one: Domain, other: Domain) -> bool:
    """Whether one of two types is of numbers, and the other of octets, bits or texts, whose octets might be read so."""
    from gbcscheck.domains import Bits, Octets, Texts

    return is_number(one) != is_number(other) and isinstance(other if is_number(one) else one, Bits | Octets | Texts)


def _is_apart(catalogue: Catalogue, end: LinkEnd, stated: Statement, carried: Domain) -> bool:
    """Whether nothing of what an end states is of the kind that a row holds; false where nobody can say."""
    from gbcscheck.domains import ANY
    from gbcscheck.domains.choice import Choice

    values = catalogue.domain(stated)
    if values is None:
        return _is_of_another_type(end, stated)
    sent = on_device(end.conversion, values)
    if sent is None:
        return _takes_none(end, values)
    if ANY in (sent, carried) or isinstance(sent, Choice) or isinstance(carried, Choice):
        return False
    if sent.is_empty() is True:
        return values.is_empty() is False
    return not is_comparable(sent, carried)


def _takes_none(end: LinkEnd, values: Domain) -> bool:
    """Whether the conversion of an end takes none of some values: it is one of numbers, or of another type."""
    from gbcscheck.domains import ANY
    from gbcscheck.domains.choice import Choice

    if values is ANY or isinstance(values, Choice):
        return False
    sent = on_device(end.conversion, values)
    if sent is None:
        return end.conversion.startswith(_BESIDE) and not is_number(values)
    return sent.is_empty() is True and values.is_empty() is False


def _refused(catalogue: Catalogue, ends: tuple[LinkEnd, ...], end: LinkEnd, stated: Statement) -> Iterator[Finding]:
    """What is told of an element of which the conversion takes no value, where the row has no type that is a set."""
    values = catalogue.domain(stated)
    if values is None or not _takes_none(end, values):
        return
    of_rows = (one for row in ends for one in catalogue.about(row.subject, "value-type", "type"))
    row = next(of_rows, None)
    if row is not None:
        held(catalogue, stated, (row,))
    yield another_kind.finding(
        subject=end.subject,
        message=f"it is {values.kind}, of which nothing can be converted for the device",
        statements=(stated,) if row is None else (stated, row),
        witness=one_of(values),
        why=f"the crosswalk says what becomes of it: {end.conversion}.",
        suggestion="give it the kind of value that its conversion takes, or state another in the crosswalk",
        root=(stated.domain or "", end.conversion),
    )


def _is_of_another_type(end: LinkEnd, stated: Statement) -> bool:
    """Whether an element whose values are not known is of another built-in type than its conversion begins with."""
    wanted, to, _ = end.conversion.partition(" to ")
    base = base_type(stated)
    return bool(to and base) and wanted.startswith("xs:") and base not in (wanted, "xs:anySimpleType")


def _apart(
    catalogue: Catalogue, subject: str, stated: Statement, row: tuple[Statement, ...], carried: Domain
) -> Finding:
    held(catalogue, stated, row)
    values = catalogue.domain(stated)
    kind = f"an {base_type(stated)}" if values is None else values.kind
    place = row[0].clause or row[0].subject
    return another_kind.finding(
        subject=subject,
        message=f"it is {kind} here and {carried.kind} there",
        statements=distinct((stated, *row)),
        witness=f"{one_of(carried)}: {carried.kind}, which is never {kind}",
        why=f"{place} holds {printed(carried)}, and nothing of {stated.written} becomes that.",
        suggestion="give both the same kind of value, or state the conversion in the crosswalk",
        root=(stated.domain or base_type(stated), printed(carried)),
    )


@rule(
    "R109",
    "unread",
    kind="encoding",
    severity="warning",
    reads=("permitted", "literals", "type", "constant"),
    question="Is there a linked item of which nobody could read what it may be?",
    text="""
    A cell or a type of a linked item says what the item may be, and could not be read into a set of values: a pattern
    on a number, a cell in words of its own. Nothing was compared with it, so that no finding on this link means
    nothing. Patterns on times are read as far as they decide which of them can be carried.

    **How to fix it.** Write the cell or the type in a form that is read (the page on notation), or record what it means
    in an extract of your own.

    **Example.** An `xs:unsignedInt` with a pattern for the number of its digits.
    """,
)
def unread(catalogue: Catalogue) -> Iterator[Finding]:
    """Statements on the ends of links, and on linked items, that say what may be held and are no set of values."""
    decided = {hop.stated for hop in request_hops(catalogue) if hop.literals is not None and is_decided(hop)}
    groups = {name: catalogue.groups(name) for name in _SETS}
    told: set[Statement] = set()
    seen: set[tuple[str, str]] = set()
    for link in catalogue.crosswalk.links:
        for end in link.ends:
            if (end.subject, end.conversion) in seen:
                continue
            seen.add((end.subject, end.conversion))
            asked = _SETS[1:] if end.subject.startswith("/") else _SETS  # in XML the name of a type says nothing
            found = [one for name in asked for one in groups[name].get(end.subject, ()) if one.domain is None]
            for stated in found:
                told_elsewhere = stated in decided or _is_of_another_type(end, stated)
                if not (told_elsewhere or stated in told or stated.text in NOTED):
                    told.add(stated)
                    yield _unread(end.subject, stated, link)
    for item in catalogue.items.values():
        for stated in catalogue.item_statements(item, "permitted") if item.links else ():
            if stated.domain is None and stated.subject in (item.name, *item.direct) and stated not in told:
                yield _unread(item.name, stated, item.links[0])


def _unread(subject: str, stated: Statement, link: Link) -> Finding:
    request = link.service_request or link.read_service_request
    return unread.finding(
        subject=subject,
        message=f"its {stated.attribute} could not be read, and nothing was compared with it",
        statements=(stated,),
        witness=stated.written,
        why=f"it is an end of {link.item}" + (f", which service request {request} carries." if request else "."),
        suggestion="write it in a form that is read, or state the set in an extract of your own",
    )


RULES = (another_kind, unread)
