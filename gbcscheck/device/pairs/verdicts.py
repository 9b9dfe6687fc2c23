"""Whether values that meet are one: those of a request converted, against those of its command."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from gbcscheck.device.documents.values import read_written
from gbcscheck.device.pairs.meetings import Meeting
from gbcscheck.device.pairs.values import Found
from gbcscheck.domains import BitString, DateTimeValue, Domain, Texts, cosem_date_time, text_set
from gbcscheck.domains.base import NONE, NotExact, NoWitness, Value
from gbcscheck.domains.cosem_calendar import is_at_once as all_is_zero
from gbcscheck.domains.cosem_words import CANCELLED, NEVER
from gbcscheck.domains.parts import parse_part
from gbcscheck.evidence.conversion import DATE_TIME, Route, encodings_of, lets_through, on_device, ways_to_write
from gbcscheck.evidence.reading import read_as, set_of
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.notation.canonical import parse_domain
from gbcscheck.release.catalogue import Catalogue

UTC_TIME = "xs:dateTime to UTCTime"
UTC_AT_ONCE, UTC_CANCELLED = 0, (0xFFFFFFFE, 0xFFFFFFFF)
"""A UTCTime for at once, and those that cancel, as gas commands have them (D: from test messages)."""

Kind = Literal["equal", "different", "open"]


class Verdict(NamedTuple):
    """What became of a meeting: ``open`` where it cannot be told, with the reason. ``different`` has the value of the
    command that is another, what was expected in its place, and how the value travelled, if a route is known."""

    kind: Kind
    reason: str = ""
    sent: Found | None = None
    expected: Domain | None = None
    route: Route | None = None


class Expected(NamedTuple):
    """What a value of a request is on the device: in the form that the conversion gives it, and the ways in which a
    device may hold it."""

    value: Domain
    routes: tuple[Route, ...]


def verdict_of(catalogue: Catalogue, meeting: Meeting) -> Verdict:
    """Whether the values that meet are one. Both sides have one; ValueError otherwise."""
    if not meeting.sent or not (meeting.asked or meeting.end.gather):
        raise ValueError("a value on each side was expected")
    if meeting.end.gather:
        return _gathered(catalogue, meeting)
    asked = meeting.asked[0]
    expected = expected_of(catalogue, meeting.link, meeting.end, asked)
    if isinstance(expected, str):
        return Verdict("open", expected)
    compared = False
    for found in meeting.sent:
        try:
            value = part_of(found.value, meeting.row)
        except NotExact as error:
            return Verdict("open", str(error))
        if value is None:
            return Verdict("different", f"it has no {meeting.row.part}", found, expected.value)
        stated = set_of(_as_text(value, expected.value))
        if stated is None or is_cancelled(meeting.end, asked, value):
            compared = compared or stated is not None
            continue
        is_one = _is_one_of(stated, expected)
        if is_one is False:
            route = expected.routes[0] if expected.routes else None
            return Verdict("different", "", found, expected.value, route)
        compared = compared or is_one is True
    return Verdict("equal") if compared else Verdict("open", "the value of the message is none that can be compared")


def _as_text(value: object, expected: Domain) -> object:
    """The octets of a text (a visible-string, a CHARSTRING) as text, where text is expected."""
    if isinstance(value, bytes) and isinstance(expected, Texts):
        return value.decode("utf-8", "replace")
    return value


def _is_one_of(sent: Domain, expected: Expected) -> bool | None:
    """Whether a value is the expected one; None where nobody can say."""
    if expected.routes:
        told = [lets_through(route, sent) for route in expected.routes]
        return True if True in told else None if None in told else False
    read = read_as(sent, expected.value)
    empty = read.meet(expected.value).is_empty() if read is not None else None
    return None if empty is None else not empty


def expected_of(catalogue: Catalogue, link: Link, end: LinkEnd, asked: Found) -> Expected | str:
    """What the value of an element is on the device; the reason where that cannot be told."""
    stated = catalogue.first(end.subject, "permitted")
    permitted = catalogue.domain(stated) if stated is not None else None
    if stated is None:
        image = on_device(end.conversion, text_set([str(asked.value).strip()]))
        if image is None or image.is_empty() is not False:
            return "nothing states what is permitted there"
        return Expected(image, ())
    if permitted is None:
        return "what is permitted there is no set that is understood"
    kind_of = catalogue.first(end.subject, "type")
    read = read_written(
        str(asked.value), {"permitted": stated} if kind_of is None else {"permitted": stated, "type": kind_of}
    )
    if read.reason:
        return "it is no value of its type"  # the request's own finding
    wanted = [domain for way in ways_to_write(read.value) if (domain := set_of(way)) is not None]
    images = [image for way in wanted if (image := on_device(end.conversion, way)) is not None]
    if not images or images[0].is_empty() is not False:
        if str(asked.value).strip().startswith(NEVER) and end.conversion in (DATE_TIME, UTC_TIME):
            return Expected(wanted[0], ())
        return "it cannot be carried"  # the request's own finding
    kind = on_device(end.conversion, permitted)
    if kind is None:
        return Expected(images[0], ())
    ways = [(way, encodings_of(end.conversion, way)) for way in wanted]
    return Expected(
        images[0],
        tuple(Route(link, end, stated, way, kind, encodings) for way, encodings in ways if encodings is not None),
    )


def part_of(value: object, end: LinkEnd) -> object:
    """The part of a value that an end names, or the whole; None where the value has no such part. Raises NotExact where
    nobody knows which part it is."""
    if not end.part:
        return value
    try:
        return _part(value, end.part)
    except (NoWitness, TypeError):
        return None


@lru_cache(maxsize=1024)
def _part(value: Value, name: str) -> Value:
    return parse_part(name).of(value)


def _gathered(catalogue: Catalogue, meeting: Meeting) -> Verdict:
    """The values of one group as the bits that they set: the conversion gives for each of them its bit."""
    bits: set[object] = set()
    for asked in meeting.asked:
        expected = expected_of(catalogue, meeting.link, meeting.end, asked)
        if isinstance(expected, str):
            return Verdict("open", expected)
        members = expected.value.members(1)
        if not members:
            return Verdict("open", "which bit it sets is not known")
        bits.update(members)
    for found in meeting.sent:
        value = part_of(found.value, meeting.row)
        if not isinstance(value, BitString):
            return Verdict("open", "the value of the command is no bit string")
        if {number for number, bit in enumerate(value.bits) if bit == "1"} != bits:
            size = max(len(value.bits), *(int(str(bit)) + 1 for bit in bits)) if bits else len(value.bits)
            wanted = "".join("1" if number in bits else "0" for number in range(size))
            return Verdict("different", "", found, set_of(BitString(wanted)))
    return Verdict("equal")


# --- times of execution ----------------------------------------------------------------------------------------------


def is_cancelled(end: LinkEnd, asked: Found, value: object) -> bool:
    """Whether a command cancels what is to come, as the request asks with a time that nobody lives to see."""
    if not str(asked.value).strip().startswith(NEVER):
        return False
    if end.conversion == UTC_TIME:
        return value in UTC_CANCELLED
    stated = set_of(value) if end.conversion == DATE_TIME else None
    read = read_as(stated, cosem_date_time()) if stated is not None else None
    return read is not None and read.members(1) == (CANCELLED,)


def is_at_once(link: Link, sent: Found) -> bool:
    """Whether a command takes effect at once: its request then has no time of execution."""
    conversions = {end.conversion for end in link.all_ends_of("request")}
    value = sent.value
    if isinstance(value, bytes) and len(value) == 12:
        value = DateTimeValue.from_octets(value)
    if isinstance(value, DateTimeValue):
        return DATE_TIME in conversions and all_is_zero(value)
    return UTC_TIME in conversions and value == UTC_AT_ONCE


def is_at_rest(meeting: Meeting) -> bool:
    """Whether values that nobody asks for are those that the command holds where nobody asks for any; so is a value
    that has no such part, or of which nobody knows which part it would be."""
    rest = parse_domain(meeting.link.rest) if meeting.link.rest else NONE
    for found in meeting.sent:
        try:
            part = part_of(found.value, meeting.row)
        except NotExact:
            continue
        stated = set_of(part) if part is not None else None
        if part is not None and (stated is None or stated.is_subset(rest) is not True):
            return False
    return True
