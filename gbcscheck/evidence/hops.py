"""The hops of a message from a service request to a device: what the one end lets through, and what the other, the row
of a use case, can hold; what is lost between them, by sets of values and, where a pattern leaves none, by how values
are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from gbcscheck.evidence.conversion import at_end, on_device
from gbcscheck.evidence.message_rows import row_of
from gbcscheck.evidence.reading import read_like
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.frozen import frozen
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

if TYPE_CHECKING:
    from gbcscheck.domains import Domain, Texts

Classes = tuple[tuple[str, object], ...]
"""Kinds of values, each with its name and an example."""

_ZONE = r"(Z|[-+][0-9]{2}:[0-9]{2})"
_TIME = rf"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?{_ZONE}?|24:00:00(\.0+)?{_ZONE}?"
_LITERALS = {"xs:time": _TIME, "xs:dateTime": rf"-?[0-9]{{4,}}-[0-9]{{2}}-[0-9]{{2}}T({_TIME})"}
"""How values of a type are written (XML Schema Part 2, 3.2.7 and 3.2.8)."""
_WITHOUT = {
    "24:00:00": r"(.*T)?([01][0-9]|2[0-3]).*",
    "more than two decimals of a second": rf"[^.]*(\.[0-9]{{1,2}}0*{_ZONE}?)?",
    "a zone offset": r"(.*T)?[0-9:.]*(Z|[-+]00:00)?",
    "no zone": rf".*{_ZONE}",
}
"""By the name of a class of times, how all times are written that are not in it."""


@frozen
class Hop:
    """What one end of a link lets through, and the row that should carry it, both as the device holds the value.
    ``permitted`` is the set of the end in its own terms, and ``literals`` the texts in which its values are written,
    where patterns leave only some of them."""

    link: Link
    end: LinkEnd
    stated: Statement
    row: tuple[Statement, ...]
    permitted: Domain
    sent: Domain
    carried: Domain
    literals: Texts | None = None


def request_hops(catalogue: Catalogue) -> tuple[Hop, ...]:
    """Each request end of the crosswalk with each row of a command that carries it otherwise than those before it; with
    those of a response where no command of it is at hand."""
    return catalogue.once(_request_hops)


def _request_hops(catalogue: Catalogue) -> tuple[Hop, ...]:
    return tuple(_each_request_hop(catalogue))


def _each_request_hop(catalogue: Catalogue) -> Iterator[Hop]:
    from gbcscheck.domains import Octets, Texts

    permitted_by = catalogue.groups("permitted")
    for link in catalogue.crosswalk.links:
        if not (ends := link.ends_of("request")):
            continue
        rows = each_carried(catalogue, link.all_ends_of("command"))
        rows = rows or each_carried(catalogue, link.all_ends_of("response"))
        for end in ends if rows else ():
            for stated in permitted_by.get(end.subject, ()):
                permitted, literals = catalogue.domain(stated), None
                if permitted is None:
                    permitted, literals = _of_written(catalogue, stated)
                if permitted is None:
                    continue
                sent = on_device(end.conversion, permitted)
                for carried, statements in rows:
                    # a pattern leaves no set of octets, but the texts that become those of a row are known
                    of_octets = isinstance(permitted, Texts) and isinstance(carried, Octets)
                    held = carried if sent is None and of_octets else sent
                    if held is not None:
                        yield Hop(link, end, stated, statements, permitted, held, carried, literals)


def base_type(stated: Statement) -> str:
    """The built-in type of XML Schema that a statement of what an element permits begins with; empty where none is."""
    word = (stated.text or "").partition(",")[0].strip()
    return word if word.startswith("xs:") else ""


def _of_written(catalogue: Catalogue, stated: Statement) -> tuple[Domain | None, Texts | None]:
    """The values of a time that patterns restrict: all of its type, and how those that they leave are written; None
    where it is no time, or nothing says how."""
    from gbcscheck.domains import Texts, texts

    base = base_type(stated)
    pattern = catalogue.first(stated.subject, "literals")
    left = catalogue.domain(pattern) if pattern is not None else None
    if base not in _LITERALS or not isinstance(left, Texts):
        return None, None
    written = left.meet(texts(patterns=[_LITERALS[base]]))
    parsed = catalogue.domain(stated._replace(domain=base))
    return (parsed, written) if isinstance(written, Texts) else (None, None)


def carried_by(catalogue: Catalogue, ends: Iterable[LinkEnd]) -> tuple[Domain, tuple[Statement, ...]] | None:
    """What the first row among some ends that has a data type can hold, as ``each_carried`` tells it."""
    return next((held for end in ends if (held := _held(catalogue, end)) is not None), None)


def each_carried(catalogue: Catalogue, ends: Iterable[LinkEnd]) -> tuple[Held, ...]:
    """What the rows among some ends can hold that have a data type, each set once, with the statements that say so; of
    an end of which a part is meant, what that part can be."""
    found = [held for end in ends if (held := _held(catalogue, end)) is not None]
    if len(found) < 2:
        return tuple(found)
    distinct: dict[Domain, Held] = {}
    for held in found:
        distinct.setdefault(held[0], held)
    return tuple(distinct.values())


Held = tuple["Domain", tuple[Statement, ...]]
"""What a row can hold, and the statements that say so."""


def _carried_so_far(catalogue: Catalogue) -> dict[tuple[str, str], Held | None]:
    """What ends can hold, by subject and part, each worked out when it is asked for."""
    return {}


def _held(catalogue: Catalogue, end: LinkEnd) -> Held | None:
    """What the row of an end can hold, or the part of it that is meant; None where it has no data type."""
    known = catalogue.once(_carried_so_far)
    key = (end.subject, end.part)
    if key not in known:
        known[key] = _carried(catalogue, end)
    return known[key]


def _carried(catalogue: Catalogue, end: LinkEnd) -> Held | None:
    found = row_of(catalogue, end.subject).carried()
    if found is None or not end.part:
        return found
    from gbcscheck.domains import NONE, NotExact
    from gbcscheck.domains.parts import parse_part

    try:
        part = parse_part(end.part).of_set(found[0])
    except NotExact:
        return None
    return None if part is NONE else (part, found[1])


def uncarried(hop: Hop) -> Classes:
    """One example of each class of value that the end lets through and the row cannot carry, in the end's own terms."""
    return tuple((label, value) for label, value in _classes(hop) if value is not None)


def is_decided(hop: Hop) -> bool:
    """Whether of each class of value that the row cannot carry it is known if the end lets one through."""
    return hop.literals is None or all(value is not None or label in _WITHOUT for label, value in _classes(hop))


def is_comparable_hop(hop: Hop) -> bool:
    """Whether it can be told of all that the end lets through if the row carries it: both are of one kind."""
    return type(read_like(hop.carried, hop.sent)) is type(hop.sent) and is_decided(hop)


def _classes(hop: Hop) -> Classes:
    """The classes of value that the type of the end has and the row cannot carry, each with an example; None for one
    of which the end lets none through, or nobody can say."""
    carried = read_like(hop.carried, hop.sent)
    if type(carried) is not type(hop.sent):
        return ()
    found = _beyond(hop.permitted, hop.end.conversion, carried)
    if hop.literals is None:
        return found
    base = base_type(hop.stated)
    return tuple((label, _written(label, hop.literals, base)) for label, _ in found)


@lru_cache(maxsize=1024)
def _beyond(permitted: Domain, convert: str, carried: Domain) -> Classes:
    """The classes of value of a set that a conversion does not carry into another: hundreds of links share them."""
    acceptable = at_end(convert, carried)
    if acceptable is None or permitted.is_subset(acceptable) is not False:
        return ()
    classes = permitted.difference_classes(acceptable)
    return tuple(one for one in classes if one[0] != "no zone" or not _has_deviation(carried))


def _written(label: str, literals: Texts, base: str) -> object:
    """A value of a class that some literals write; None where they write none, or nobody can say."""
    from gbcscheck.domains import ANY, texts
    from gbcscheck.domains.literals import built_in, read_literal
    from gbcscheck.domains.pattern_languages import TooLarge, missing_text
    from gbcscheck.domains.texts import Texts

    without = texts(patterns=[_WITHOUT[label]]) if label in _WITHOUT else None
    if not isinstance(without, Texts):
        return None
    try:
        found = missing_text(literals, without)
    except TooLarge:
        return None
    return None if found is None else read_literal(found, built_in(base), ANY)


def _has_deviation(carried: Domain) -> bool:
    """Whether a row holds date-times: their octets can leave the deviation unsaid (Blue Book 4.1.6.1), so that a time
    without a zone has octets, though no conversion says so. Those of a time of day have none for any zone."""
    from gbcscheck.domains import CosemDateTime

    return isinstance(carried, CosemDateTime)
