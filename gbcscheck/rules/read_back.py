"""Whether what a service request sets can be read back."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.facts.crosswalk import Link
from gbcscheck.model import Finding
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule


@rule(
    "S103",
    "set-and-never-read",
    kind="missing",
    severity="note",
    reads=("permitted", "occurs", "type"),
    question="Can every item that a service request sets be read back?",
    text="""
    A service request sets an item, the crosswalk says which service request reads it back, and knows no element of the
    response that shows it. Nobody can verify what the device holds. What the crosswalk does not link at all,
    `gbcscheck crosswalk --missing` lists.

    **How to fix it.** Add the item to a response, or record in the crosswalk where it can be read.

    **Example.** A setting that travels in an update request and in no element of MMC.
    """,
    versions_matter=True,
)
def set_and_never_read(catalogue: Catalogue) -> Iterator[Finding]:
    """Items with a request that is there and no reading that is there, one finding a data item."""
    readable = {link.item for link in catalogue.crosswalk.links if any(_is_there(catalogue, link))}
    if not readable:
        return  # the responses are not at hand
    told = set(readable)
    for link in catalogue.crosswalk.links:
        if link.item in told or not link.settable or not link.read_service_request:
            continue
        for end in link.ends_of("request"):
            stated = catalogue.first(end.subject, "permitted") or catalogue.first(end.subject, "occurs")
            if stated is None:
                continue
            rows = [s for row in link.all_ends_of("command") if (s := catalogue.first(row.subject, "type")) is not None]
            told.add(link.item)
            yield set_and_never_read.finding(
                subject=link.item,
                message=f"service request {link.service_request} sets it, and no response shows it",
                statements=(stated, *rows[:1]),
                witness=link.item,
                why="the crosswalk knows no element of a response for it.",
                suggestion="record in the crosswalk where it is read, or add it to a response",
                root=(end.subject,),
            )


def _is_there(catalogue: Catalogue, link: Link) -> Iterator[bool]:
    for end in link.ends_of("reading"):
        yield end.subject in catalogue.by_subject


RULES = (set_and_never_read,)
