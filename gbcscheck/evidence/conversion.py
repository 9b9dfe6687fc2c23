"""Values at the two ends of a link of the crosswalk: as the device holds them, and as an XML document writes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.evidence.reading import Stated, read_as, set_of, stated_sets
from gbcscheck.evidence.rows import carries_whole, in_force
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue, Item

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


_COSEM = ("time", "date", "date-time")
"""What a COSEM device holds of a date or a time, in more than one encoding."""
_OTHERWISE = ("scale ", "map ")
EMPTY = 'map ""='
"""How the conversion of an element without content begins."""
DATE_TIME = "xs:dateTime to date-time"
"""The conversion of the time at which a command takes effect."""

# --- sets of values --------------------------------------------------------------------------------------------------


def on_device(convert: str, values: Domain) -> Domain | None:
    """What becomes of the values of an end on the device, each in the one form that the conversion gives it: nothing
    (an empty set) where none can be carried; None where that is no set that can be expressed."""
    return _image(convert, values) if convert else values


def encodings_of(convert: str, values: Domain) -> Domain | None:
    """All that a device may hold for the values of an end; None where that is no set that can be expressed.

    For a date or a time that is more than ``on_device`` gives, since several octets stand for one: hundredths that are
    not specified for a whole second, a day of the week beside its date (Blue Book 4.1.6.1).
    """
    there, to, back = convert.partition(" to ")
    if to and there.startswith("xs:") and back in _COSEM:
        return _preimage(f"{back} to {there}", values)
    return on_device(convert, values)


def at_end(convert: str, on_device_values: Domain) -> Domain | None:
    """The values of an end that become members of a set on the device, in one of their encodings; None where that is
    no set that can be expressed."""
    return _preimage(convert, on_device_values) if convert else on_device_values


def sent_as(convert: str, on_device_values: Domain) -> Domain | None:
    """What becomes on the device of the values of an end that have an encoding in a set; None as above."""
    there = at_end(convert, on_device_values)
    return on_device(convert, there) if there is not None else None


@lru_cache(maxsize=1024)
def _image(convert: str, values: Domain) -> Domain | None:
    """The image of a set under a conversion, which several rules ask for."""
    from gbcscheck.domains import NotExact
    from gbcscheck.domains.conversions import parse_conversion

    try:
        return parse_conversion(convert).image(values)
    except NotExact:
        return None


@lru_cache(maxsize=1024)
def _preimage(convert: str, values: Domain) -> Domain | None:
    from gbcscheck.domains import NotExact
    from gbcscheck.domains.conversions import parse_conversion

    try:
        return parse_conversion(convert).preimage(values)
    except NotExact:
        return None


def permitted_on_device(catalogue: Catalogue, end: LinkEnd) -> Stated:
    """The statements of what an end permits, each with what becomes of its values on the device."""
    return _permitted(catalogue, end, on_device)


def permitted_encodings(catalogue: Catalogue, end: LinkEnd) -> Stated:
    """The statements of what an end permits, each with all that a device may hold for its values."""
    return _permitted(catalogue, end, encodings_of)


def _permitted(catalogue: Catalogue, end: LinkEnd, convert: Callable[[str, Domain], Domain | None]) -> Stated:
    known = catalogue.once(_known_permitted)
    key = (end.subject, end.conversion, convert)
    if key not in known:
        known[key] = tuple(
            (statement, converted)
            for statement, values in stated_sets(catalogue, (end.subject,), "permitted")
            if (converted := convert(end.conversion, values)) is not None
        )
    return known[key]


def _known_permitted(catalogue: Catalogue) -> dict[tuple[str, str, Callable[[str, Domain], Domain | None]], Stated]:
    """What ends permit, each worked out when a rule first asks for it."""
    return {}


def ways_to_write(value: object) -> tuple[object, ...]:
    """A value of an XML element as it is written, and, where it is a date and time with an offset, the same instant in
    UTC: which of the two a device is sent, no specification here says."""
    from gbcscheck.domains.xml_moments import XsDateTimeValue

    if isinstance(value, XsDateTimeValue) and value.zone:
        return value, XsDateTimeValue.at(value.place, 0)
    return (value,)


# --- elements of documents -------------------------------------------------------------------------------------------


class Route(NamedTuple):
    """An element of an XML document through which a data item travels: the set that its schema permits, what becomes of
    it on the device, and all that a device may hold for it."""

    link: Link
    end: LinkEnd
    stated: Statement
    permitted: Domain
    kind: Domain
    encodings: Domain


def routes(catalogue: Catalogue, link: Link, link_ends: tuple[LinkEnd, ...]) -> tuple[Route, ...]:
    """The ends in XML of a link of which the schema says what is permitted: an element without content, which has a
    type and no set, is the empty text. What a command has where nobody asks for anything counts as asked for; of a date
    and time ``is_activation`` tells that."""
    from gbcscheck.domains import text_set
    from gbcscheck.domains.choice import union
    from gbcscheck.notation.canonical import parse_domain

    found = []
    for end in link_ends:
        stated = catalogue.first(end.subject, "permitted")
        permitted = catalogue.domain(stated) if stated is not None else None
        if stated is None and end.conversion.startswith(EMPTY):
            stated, permitted = catalogue.first(end.subject, "type"), text_set([""])
        if stated is None or permitted is None:
            continue
        kind, encodings = on_device(end.conversion, permitted), encodings_of(end.conversion, permitted)
        if link.rest and end.conversion != DATE_TIME and kind is not None and encodings is not None:
            kind, encodings = (union(one, parse_domain(link.rest)) for one in (kind, encodings))
        if kind is not None and encodings is not None:
            found.append(Route(link, end, stated, permitted, kind, encodings))
    return tuple(found)


def documents_routes(catalogue: Catalogue, item: Item) -> tuple[Route, ...]:
    """The elements of documents that write an item otherwise than the device holds it: in another unit, in words."""
    whole = (link for link in in_force(catalogue, item) if carries_whole(link))
    written = ((link, end) for link in whole for end in link.ends_of("request", "reading"))
    return tuple(
        route
        for link, end in written
        if end.conversion.startswith(_OTHERWISE)
        for route in routes(catalogue, link, (end,))
    )


def from_document(route: Route, value: object) -> object | None:
    """What a device holds of a value as an element of a document writes it, words in any case; None where the element
    does not permit it."""
    from gbcscheck.domains import Texts, text_set

    values = set_of(value)
    if isinstance(value, str) and isinstance(route.permitted, Texts) and route.permitted.listed is not None:
        values = text_set([word for word in route.permitted.listed if word.casefold() == value.strip().casefold()])
    if values is None or type(values) is not type(route.permitted) or values.meet(route.permitted).is_empty():
        return None
    image = on_device(route.end.conversion, values)
    members = image.members(1) if image is not None else None
    return members[0] if members else None


def lets_through(route: Route, on_device_values: Domain) -> bool | None:
    """Whether some value of the XML element stands for one that a device holds; None where nobody can say."""
    read = read_as(on_device_values, route.kind)
    empty = read.meet(route.encodings).is_empty() if read is not None else None
    return None if empty is None else not empty


def is_activation(route: Route, value: Domain) -> bool:
    """The two date-times of GBCS that stand for no time: at once, and cancelled. A request asks for the first by
    leaving its element out, for the second by a date that nobody lives to see."""
    from gbcscheck.domains.cosem import DateTimeValue
    from gbcscheck.domains.cosem_calendar import is_at_once
    from gbcscheck.domains.cosem_words import CANCELLED

    if route.end.conversion != DATE_TIME:
        return False
    read = read_as(value, route.kind)
    members = read.members(1) if read is not None else None
    one = members[0] if members else None
    return isinstance(one, DateTimeValue) and (is_at_once(one) or one == CANCELLED)
