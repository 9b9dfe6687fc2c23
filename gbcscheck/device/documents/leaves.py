"""The elements and attributes of service requests and responses that hold values, and how far the crosswalk links
them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from gbcscheck.facts.crosswalk import Crosswalk, LinkEnd, Role
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.wildcards import subject_fits

REQUESTS = "/Request/Body/"
RESPONSES = "/GBCSResponse/Body/ResponseMessage/SMETSData/"
"""What stands before the elements of requests (DUIS), and before those of the responses of devices (MMC)."""

State = Literal["linked", "unlinked", "missing"]


class Leaf(NamedTuple):
    """An element or attribute that holds a value, or asks for something by being there: its subject, the request or
    response that it is of, whether it is ``linked``, ``unlinked`` for a reason, or ``missing``, and the reason."""

    subject: str
    document: str
    state: State
    reason: str = ""
    note: str = ""


def request_leaves(catalogue: Catalogue) -> tuple[Leaf, ...]:
    """Everything that a service request can set, in the order of its schema."""
    return tuple(_leaves(catalogue, REQUESTS, "request"))


def response_leaves(catalogue: Catalogue) -> tuple[Leaf, ...]:
    """Everything that the response of a device can show, in the order of its schema."""
    return tuple(_leaves(catalogue, RESPONSES, "reading"))


def unlinked_reason(crosswalk: Crosswalk, subject: str) -> tuple[str, str]:
    """Why a subject has no link, and what a person noted; two empty texts where nobody says."""
    for one in crosswalk.unlinked:
        if subject_fits(one.subject, subject):
            return one.reason, one.note
    return "", ""


def _leaves(catalogue: Catalogue, root: str, role: Role) -> Iterator[Leaf]:
    crosswalk = catalogue.crosswalk
    linked = {end.subject for link in crosswalk.links for end in link.all_ends_of(role)}
    by_key = {subject for link in crosswalk.links for end in link.all_ends_of(role) for subject in _named_by(end)}
    subjects = [subject for subject in catalogue.by_subject if subject.startswith(root)]
    holders = {subject.rpartition("/")[0] for subject in subjects if "/@" not in subject}
    for subject in subjects:
        if subject in holders and catalogue.first(subject, "permitted") is None:
            continue
        document = subject[len(root) :].partition("/")[0]
        if subject in linked or subject in by_key:
            yield Leaf(subject, document, "linked")
            continue
        reason, note = unlinked_reason(crosswalk, subject)
        yield Leaf(subject, document, "unlinked" if reason else "missing", reason, note)


def _named_by(end: LinkEnd) -> Iterator[str]:
    """The subjects of the attributes by which an end tells one value from others: its key and its ``where``."""
    names = [term.partition(":")[0].strip() for term in end.key]
    names.append(end.where.partition(" = ")[0])
    for name in names:
        holder, _, label = name.rpartition("/")
        if not label or label == "#":
            continue
        above = end.subject
        if not holder:
            yield f"{above}/{label}"
            yield f"{above.rpartition('/')[0]}/{label}"
            continue
        while above:
            above, _, last = above.rpartition("/")
            if last == holder:
                yield f"{above}/{last}/{label}"
                break
