"""Elements of schemas through which an item travels, and which a schema no longer has."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.evidence.comparisons import looked_for
from gbcscheck.facts.crosswalk import Link
from gbcscheck.model import Finding, distinct
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_MOST_MISSING = 10
"""A schema that lacks more than one of so many linked elements is of another version than the crosswalk."""
_ALIKE = 0.8
"""From which likeness on an element stands in the place of one that is missing."""


@rule(
    "S131",
    "linked-element-missing",
    kind="missing",
    severity="warning",
    reads=("type", "occurs"),
    question="Has the schema every element through which the crosswalk says that an item travels?",
    text="""
    The crosswalk knows an element of a request or response by which an item is set or shown, the schema has nearly all
    the others, and lacks this one: nobody can set the item any more, or no response can show it, while the use case
    still carries it. A name beside it that is nearly the same is told: then the element is misspelt, in one of the two.

    **How to fix it.** Add the element, give it its name, or, where it is gone on purpose, take the link out of the
    crosswalk.

    **Example.** A schema of responses without `x8004` among the alerts that a read shows, a bit of which ECS25r2 still
    returns.
    """,
    versions_matter=True,
)
def linked_element_missing(catalogue: Catalogue) -> Iterator[Finding]:
    """Ends of links in XML that a schema with nearly all the others lacks; one finding for each element around them and
    name that is missing."""
    known = catalogue.by_subject
    there: dict[str, int] = {}
    missing: dict[str, dict[str, Link]] = {}
    for link in catalogue.crosswalk.links:
        for end in link.ends:
            path = end.subject
            if path[:1] != "/":
                continue
            document = path[: path.find("/", 1)]
            if path in known:
                there[document] = there.get(document, 0) + 1
            else:
                missing.setdefault(document, {}).setdefault(path, link)
    for document, links in missing.items():
        if _MOST_MISSING * len(links) <= there.get(document, 0):
            for (above, lost), link in {_topmost(catalogue, path): link for path, link in links.items()}.items():
                yield from _missing(catalogue, above, lost, link)


def _topmost(catalogue: Catalogue, path: str) -> tuple[str, str]:
    """The element that is there and holds, on the way to one that is missing, the first that is not; and its name."""
    above, lost = path, ""
    while above and above not in catalogue.by_subject:
        above, _, lost = above.rpartition("/")
    return above, lost


def _missing(catalogue: Catalogue, above: str, lost: str, link: Link) -> Iterator[Finding]:
    """What is told of one element that another one lacks, with a row of a link that travels through it."""
    from difflib import get_close_matches

    around = catalogue.first(above, "type") or catalogue.first(above, "occurs")
    if around is None:
        return
    near = next(iter(get_close_matches(lost, _not_linked(catalogue, above), n=1, cutoff=_ALIKE)), "")
    beside = catalogue.first(f"{above}/{near}", "type") if near else None
    ends = link.all_ends_of("command", "response", "gbz")
    row = next((row for end in ends if (row := catalogue.first(end.subject, "type")) is not None), None)
    if row is not None:
        looked_for(catalogue, row, around)
    yield linked_element_missing.finding(
        subject=f"{above}/{lost}",
        message=f"the schema has {near} in the place of {lost}" if near else f"the schema has no {lost} there",
        statements=distinct(one for one in (around, beside, row) if one is not None),
        witness=lost,
        why=f"{link.item} travels through it: service request {link.service_request or link.read_service_request}.",
        suggestion=f"call it {lost}" if near else "add the element, or take the link out of the crosswalk",
        root=(str(around.value or around.clause), lost),
        absent_from=(around.specification,),
    )


def _not_linked(catalogue: Catalogue, path: str) -> list[str]:
    """The names of the elements in an element through which no item travels: asked only where one is missing."""
    steps = path.count("/") + 2
    linked = {"/".join(end.subject.split("/")[:steps]) for link in catalogue.crosswalk.links for end in link.ends}
    below = (one for one in catalogue.by_subject if one.startswith(f"{path}/"))
    return [one[len(path) + 1 :] for one in below if one.count("/") < steps and one not in linked]


RULES = (linked_element_missing,)
