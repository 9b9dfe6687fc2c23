"""One value at the two ends of a link of the crosswalk: as the device holds it, and as the XML document writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.cosem.axdr import Data
    from gbcscheck.domains import Domain
    from gbcscheck.domains.conversions import Conversion


class Route(NamedTuple):
    """An element of an XML document through which a data item travels, with what its schema permits and the kind of
    value that the device holds of it."""

    link: Link
    end: LinkEnd
    stated: Statement
    permitted: Domain
    kind: Domain


def routes(catalogue: Catalogue, link: Link, ends: tuple[LinkEnd, ...]) -> tuple[Route, ...]:
    """The ends in XML of a link of which the schema says what is permitted."""
    found = []
    for end in ends:
        stated = catalogue.first(end.subject, "permitted")
        permitted = catalogue.domain(stated) if stated is not None else None
        if stated is None or permitted is None:
            continue
        kind = _image(_conversion(end.convert), permitted)
        if kind is not None:
            found.append(Route(link, end, stated, permitted, kind))
    return tuple(found)


def lets_through(route: Route, value: Domain) -> bool | None:
    """Whether some value of the XML element stands for the device's value; None where nobody can say.

    Several octets may stand for one date or time: hundredths that are not specified for a whole second, a day of the
    week beside its date.
    """
    from gbcscheck.domains import NotExact

    held = read_as(value, route.kind)
    if held is None:
        return None
    there, to, back = route.end.convert.partition(" to ")
    try:
        if to and there.startswith("xs:"):
            written = _conversion(f"{back} to {there}").image(held)
        else:
            written = _conversion(route.end.convert).preimage(held)
    except NotExact:
        return None
    empty = written.meet(route.permitted).is_empty()
    return None if empty is None else not empty


def on_device(convert: str, value: Domain) -> Domain | None:
    """What becomes on the device of a value of an XML element: nothing (an empty set) where it cannot be carried;
    None where nobody can say."""
    return _image(_conversion(convert), value)


def ways_to_write(value: object) -> tuple[object, ...]:
    """A value of an XML element as it is written, and, where it is a date and time with an offset, the same instant in
    UTC: which of the two a device is sent, no specification here says."""
    from gbcscheck.domains import XsDateTimeValue

    if isinstance(value, XsDateTimeValue) and value.zone:
        return value, XsDateTimeValue.at(value.place, 0)
    return (value,)


def read_as(value: Domain, kind: Domain) -> Domain | None:
    """A value read as one of the kind of a set (octets as a time, 0xFF as true); None where it cannot be."""
    from gbcscheck.domains import NotInterpretable
    from gbcscheck.domains.interpret_as import interpret_as

    try:
        return interpret_as(value, kind)
    except NotInterpretable:
        return None


def single(value: object) -> Domain | None:
    """The set of one value, of its octets for a date or time with an illegal field; None for a list of different
    entries, which is no set of one shape."""
    from gbcscheck.domains import NONE, DateTimeValue, DateValue, NotExact, TimeValue
    from gbcscheck.domains.singletons import domain_of

    try:
        found = domain_of(value)
    except (NotExact, TypeError):
        return None
    if found is NONE and isinstance(value, DateValue | TimeValue | DateTimeValue):
        return domain_of(value.octets())
    return found


def of_data(data: Data) -> object:
    """The value that A-XDR data holds, as the domains have it; a tuple for an array or a structure."""
    from gbcscheck.cosem.axdr import BOOLEAN, NULL, Bits
    from gbcscheck.domains import NULL as NO_DATA
    from gbcscheck.domains import BitString

    if data.tag == NULL:
        return NO_DATA
    if data.tag == BOOLEAN:
        return bool(data.value)
    if isinstance(data.value, Bits):
        return BitString(str(data.value))
    return tuple(of_data(member) for member in data.members) if data.members else data.value


def in_words(value: Domain, encoding: str = "") -> str:
    """A value as a message says it: in the canonical notation, and what it means where that is no plain number;
    ``encoding`` (one of ``meaning.ENCODINGS``) says what octets are to be understood as."""
    from gbcscheck.domains.cosem_words import in_words as words
    from gbcscheck.domains.encoding_words import describe_as
    from gbcscheck.notation.canonical import print_domain, print_value

    members = value.members(1)
    if not members:
        return print_domain(value)
    written = print_value(members[0])
    said = describe_as(value, encoding) if encoding else words(members[0])
    return written if written in (said, f'"{said}"') else f"{written} ({said})"


def held_by(route: Route, value: Domain) -> str:
    """A device's value in words, as the kind of value that travels along a route."""
    read = read_as(value, route.kind)
    return in_words(value if read is None else read)


def why_through(through: tuple[Route, ...], proof: str) -> str:
    """What the elements permit, and a hint where the crosswalk's own pair is not proved by messages or structure."""
    elements = {route.end.subject.rpartition("/")[2]: route.permitted.describe() for route in through}
    said = "; ".join(f"{name} permits {permitted}" for name, permitted in elements.items()) + "."
    state = proof.partition(" ")[0]
    if state in ("proved", "structure"):
        return said
    return f"{said} That {next(iter(elements))} is this data item rests on names ({state} in the crosswalk)."


def is_activation(route: Route, value: Domain) -> bool:
    """The two date-times of GBCS that stand for no time: at once, and cancelled. A request asks for the first by
    leaving its element out, for the second by a date that nobody lives to see."""
    from gbcscheck.domains.cosem_words import AT_ONCE, CANCELLED

    if route.end.convert != "xs:dateTime to date-time":
        return False
    held = read_as(value, route.kind)
    members = held.members(1) if held is not None else None
    return bool(members) and members is not None and members[0] in (AT_ONCE, CANCELLED)


def _conversion(text: str) -> Conversion:
    from gbcscheck.domains.conversions import parse_conversion

    return parse_conversion(text)


def _image(conversion: Conversion, domain: Domain) -> Domain | None:
    from gbcscheck.domains import NotExact

    try:
        return conversion.image(domain)
    except NotExact:
        return None
