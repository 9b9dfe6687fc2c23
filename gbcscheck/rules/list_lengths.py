"""How many entries a list has in a request or response, and in the array of the row that carries it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gbcscheck.evidence.comparisons import held
from gbcscheck.facts.crosswalk import Link, Role
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_ENTRY = "[*]"
"""How the subject of a row marks that it is of an entry of an array."""


@rule(
    "R131",
    "more-entries-than-fit",
    kind="range",
    severity="warning",
    reads=("occurs",),
    question="Has a list more entries in a request than in its command, or more in a response than can be shown?",
    text="""
    An element of a request may stand more often than the array of the command has entries: what is beyond cannot be
    sent. Or the array of a response has more entries than the element that shows them may stand: what is beyond is not
    shown. Only lists are compared that have one array and one repeated element on their way; where several elements of
    a response fill one array between them, nothing is said.

    **How to fix it.** Give both the same greatest number.

    **Example.** Five seasons in a request, whose switching table has `season_profile_passive[1..4]`.
    """,
    versions_matter=True,
)
def more_entries_than_fit(catalogue: Catalogue) -> Iterator[Finding]:
    """Repeated elements of requests that go beyond the array of the command, and arrays of responses that go beyond the
    repeated element that shows them; one finding a pair of the two."""
    lists = catalogue.once(_lists)
    shown_in: dict[Statement, dict[tuple[Statement, ...], Link]] = {}
    told: set[tuple[Statement, Statement]] = set()
    for link in catalogue.crosswalk.links:
        if not any(_ENTRY in end.subject for end in link.ends):
            continue
        for repeated, array in _pairs(lists, link, "request", "command"):
            if len(repeated) == 1 and (repeated[0], array) not in told:
                told.add((repeated[0], array))
                yield from _beyond(catalogue, link, repeated[0], array)
        for repeated, array in _pairs(lists, link, "reading", "response"):
            shown_in.setdefault(array, {}).setdefault(repeated, link)
    for array, elements in shown_in.items():
        for repeated, link in elements.items() if len(elements) == 1 else ():
            if len(repeated) == 1:
                yield from _beyond(catalogue, link, array, repeated[0])


def _pairs(
    lists: Mapping[str, Statement], link: Link, of_xml: Role, of_rows: Role
) -> Iterator[tuple[tuple[Statement, ...], Statement]]:
    """The repeated elements on the way to an end in XML, with the one array on the way to a row: each with each."""
    for row in link.all_ends_of(of_rows):
        before, entry, behind = row.subject.partition(_ENTRY)
        if not entry or _ENTRY in behind or (array := lists.get(before)) is None:
            continue
        for end in link.all_ends_of(of_xml):
            yield tuple([one for path in _ways(end.subject) if (one := lists.get(path)) is not None]), array


def _ways(path: str) -> Iterator[str]:
    """A path, and all that are around it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _lists(catalogue: Catalogue) -> Mapping[str, Statement]:
    """What may stand more than once: how often, by its subject."""
    return {one.subject: one for one in catalogue.of_domains("occurs", lambda text: _most(text) != 1)}


def _most(occurs: str) -> int | None:
    """The greatest number of a set of numbers as it is written; None where it has no end."""
    last = occurs.rpartition("|")[2].rpartition("..")[2].strip()
    return int(last) if last.isdecimal() else None


def _beyond(catalogue: Catalogue, link: Link, many: Statement, room: Statement) -> Iterator[Finding]:
    held(catalogue, many, (room,))
    most, fit = _most(many.domain or ""), _most(room.domain or "")
    if fit is None or (most is not None and most <= fit):
        return
    yield more_entries_than_fit.finding(
        subject=many.subject,
        message=f"it has {most or 'any number of'} entries, and there is room for {fit}",
        statements=(many, room),
        witness=f"{fit + 1} entries",
        why=f"they carry {link.item}, and what is beyond is {'not sent' if many.subject[:1] == '/' else 'not shown'}.",
        suggestion="give both the same greatest number",
        root=(many.clause or many.subject, room.clause or room.subject),
    )


RULES = (more_entries_than_fit,)
