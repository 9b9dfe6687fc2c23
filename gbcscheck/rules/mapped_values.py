"""Enumerations of schemas, and the values that the crosswalk maps to what a device holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.hops import is_comparable_hop, request_hops
from gbcscheck.evidence.lists import named, texts_of
from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

_MAP = "map "
"""How the conversion of an enumeration begins."""
_UNSTATED = "unstated"
"""The conversion of which no document says what becomes of a value."""


@rule(
    "R132",
    "value-without-counterpart",
    kind="enumeration",
    severity="warning",
    reads=("permitted", "type"),
    question="Has an enumeration of a schema the values that devices hold, and no other?",
    text="""
    A device holds a number, a bit or a truth value, and the schema has a name for each. The crosswalk says which is
    which. A name that it maps and the schema lacks leaves a value of the device that nobody can set, or no response can
    show; a name that a request has and the crosswalk does not map is a value of which nobody knows what is sent. Where
    it is not stated what a response makes of a value, a name of the request that the response lacks is one.

    **How to fix it.** Give the enumeration the names that there are. Where one was added or renamed on purpose, state
    in the crosswalk what a device holds for it.

    **Example.** A response whose days of the week have `Thrsday`, where a device has bit 3 and the request `Thursday`.
    """,
    versions_matter=True,
)
def value_without_counterpart(catalogue: Catalogue) -> Iterator[Finding]:
    """Names that a map has and the element of its end lacks, and names of requests that their map lacks and no other
    rule can hold against their row; one finding a declaration."""
    for link in catalogue.crosswalk.links:
        for end in link.ends:
            stated = catalogue.first(end.subject, "permitted") if end.conversion.startswith(_MAP) else None
            if stated is None:
                continue
            lacking, surplus = _differences(catalogue.domain(stated), end.conversion)
            if surplus and (end.role != "request" or not link.settable or _is_compared(catalogue, end)):
                surplus = ()
            if lacking or surplus or catalogue.release.sources:
                rows = _first_row(catalogue, link)
                held(catalogue, stated, rows)
                if lacking or surplus:
                    yield _finding(link, end, (stated, *rows), lacking, surplus)
    yield from _not_shown(catalogue)


def _not_shown(catalogue: Catalogue) -> Iterator[Finding]:
    """Names by which a request sets an item, and which the reading of it lacks that has some of them: where nothing
    states what becomes of a value, that is all that can be held against each other."""
    links = catalogue.crosswalk.links
    reading = [(link.item, end) for link in links for end in link.ends if end.conversion == _UNSTATED and end.is_whole]
    items = {item for item, _ in reading}
    asking: dict[str, list[LinkEnd]] = {}
    for link in links:
        if link.item in items:
            asking.setdefault(link.item, []).extend(link.ends_of("request"))
    for item, end in reading:
        for other in asking[item]:
            shown, asked = catalogue.first(end.subject, "permitted"), catalogue.first(other.subject, "permitted")
            if shown is None or asked is None:
                continue
            names, wanted = texts_of(catalogue, shown), texts_of(catalogue, asked)
            if not (known := set(names) & set(wanted)):
                continue
            held(catalogue, shown, (asked,))
            if lacking := tuple(name for name in wanted if name not in known):
                why = f"a request sets {item} by these names, and nothing else is stated of what is shown."
                yield _told(end, (shown, asked), f"it lacks {named(lacking)}", lacking, why)


def _first_row(catalogue: Catalogue, link: Link) -> tuple[Statement, ...]:
    """The type of the first row of a link that has one."""
    ends = link.all_ends_of("command", "response", "gbz")
    return tuple([row for end in ends if (row := catalogue.first(end.subject, "type")) is not None][:1])


@lru_cache(maxsize=1024)
def _differences(permitted: Domain | None, conversion: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The values that a map has and a set lacks, and those of the set that the map lacks; hundreds of ends share one
    enumeration. Nothing where one of them is not known."""
    from gbcscheck.domains.conversions import parse_conversion
    from gbcscheck.domains.value_maps import Map

    mapped = parse_conversion(conversion)
    if permitted is None or not isinstance(mapped, Map):
        return (), ()
    known = [left for left, _ in mapped.pairs]
    lacking = tuple(str(one) for one in known if not permitted.contains(one))
    return lacking, tuple(str(one) for one in permitted.members() or () if one not in known)


def _is_compared(catalogue: Catalogue, end: LinkEnd) -> bool:
    """Whether what a request lets through there is held against the row of its command by the rules on hops."""
    return any(hop.end == end and is_comparable_hop(hop) for hop in request_hops(catalogue))


def _finding(
    link: Link,
    end: LinkEnd,
    statements: tuple[Statement, ...],
    lacking: tuple[str, ...],
    surplus: tuple[str, ...],
) -> Finding:
    parts = [f"it lacks {named(lacking)}"] if lacking else []
    parts += [f"nobody knows what a device holds for {named(surplus)}"] if surplus else []
    why = f"{link.item} is {end.conversion.removeprefix(_MAP)}."
    return _told(end, statements, "; ".join(parts), (*lacking, *surplus), why)


def _told(end: LinkEnd, statements: tuple[Statement, ...], message: str, names: tuple[str, ...], why: str) -> Finding:
    return value_without_counterpart.finding(
        subject=end.subject,
        message=message,
        statements=statements,
        witness=names[0],
        why=why,
        suggestion="give the enumeration the names that the device has values for, or state in the crosswalk what a "
        "device holds for it",
        root=(statements[0].clause or end.subject, *names),
    )


RULES = (value_without_counterpart,)
