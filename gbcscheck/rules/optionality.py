"""What one hop may leave out and the next one must have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gbcscheck.evidence.comparisons import held
from gbcscheck.facts.crosswalk import Link
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule

_MEMBER = "member"
"""The part of a list that is one of its members: a row that has to be there has it too."""


@rule(
    "P103",
    "mandatory-here-optional-there",
    kind="optionality",
    severity="warning",
    reads=("presence", "occurs", "choice", "content-model", "default", "type"),
    question="Is an item mandatory in one specification and optional, or absent, in the next?",
    text="""
    A response may leave an object out (its row is optional), and the element that shows it is mandatory in the XML of
    the response: a conforming device answers and no valid document can be made of it. In the other direction, a
    request may leave an element out whose row the command must have: somebody has to make up the value. Where the
    crosswalk says what a command carries then (`rest`: the date-time of a command that takes effect at once), nothing
    is missing.

    **How to fix it.** Make the element optional where the row is, or say what stands in its place.

    **Example.** An object of a response that only polyphase meters have, shown in a mandatory element.
    """,
    versions_matter=True,
)
def mandatory_here_optional_there(catalogue: Catalogue) -> Iterator[Finding]:
    """Mandatory elements of a response whose row is optional, and optional ones of a request whose row is not."""
    for link in catalogue.crosswalk.links:
        yield from _reading_needs_more(catalogue, link)
        yield from _command_needs_more(catalogue, link)


def _reading_needs_more(catalogue: Catalogue, link: Link) -> Iterator[Finding]:
    optional = [p for end in link.ends_of("response") if (p := _presence(catalogue, end.subject)) is not None]
    if not optional or len(optional) < len(link.ends_of("response")):
        return
    for end in link.ends_of("reading"):
        loose = _loose(catalogue, end.subject)
        occurs = catalogue.first(end.subject, "occurs")
        if occurs is not None:
            held(catalogue, occurs, optional)
        if loose or occurs is None:
            continue
        yield mandatory_here_optional_there.finding(
            subject=end.subject,
            message="the response must show an item that a device may leave out",
            statements=(occurs, *optional),
            witness="a response without the object",
            why="every row that could fill the element is optional, and the element with all that is around it is not.",
            suggestion="make the element optional",
        )


def _command_needs_more(catalogue: Catalogue, link: Link) -> Iterator[Finding]:
    if link.rest:
        return  # the crosswalk states what is sent in its place
    ends = [end for end in link.all_ends_of("command") if end.part in ("", _MEMBER)]
    rows = [kind for end in ends if (kind := catalogue.first(end.subject, "type")) is not None]
    if not rows or any(_presence(catalogue, end.subject) is not None for end in ends):
        return
    for end in link.ends_of("request"):
        occurs = catalogue.first(end.subject, "occurs")
        domain = catalogue.domain(occurs) if occurs is not None else None
        if occurs is not None and domain is not None:
            held(catalogue, occurs, rows[:1])
        if occurs is None or domain is None or not domain.contains(0):
            continue
        if catalogue.first(end.subject, "default") is not None:
            continue
        if catalogue.first(end.subject, "choice") is not None and not _is_optional_alternative(catalogue, end.subject):
            continue
        yield mandatory_here_optional_there.finding(
            subject=end.subject,
            message="the request may leave out an item that its command must carry",
            statements=(occurs, rows[0]),
            witness="a request without the element",
            why="no default is stated, and the row is not optional.",
            suggestion="make the element mandatory, mark the row as optional, or state what is sent in its place",
            root=(occurs.clause or end.subject,),
        )


def _presence(catalogue: Catalogue, subject: str) -> Statement | None:
    """The statement that a row may be absent, if there is one."""
    presence = catalogue.first(subject, "presence")
    return presence if presence is not None and presence.value != "mandatory" else None


def _is_optional_alternative(catalogue: Catalogue, path: str) -> bool:
    """Whether an element is one of a choice, and may be left out without another one in its place."""
    above, _, name = path.rpartition("/")
    model = catalogue.first(above, "content-model")
    return model is not None and re.search(rf"(?<![\w.-]){re.escape(name)}\?", str(model.value)) is not None


def _loose(catalogue: Catalogue, path: str) -> bool:
    """Whether an element, or one around it, may be absent: it occurs 0 times, or is one of a choice."""
    parts = path.split("/")
    for depth in range(3, len(parts) + 1):
        above = "/".join(parts[:depth])
        if catalogue.first(above, "choice") is not None:
            return True
        occurs = catalogue.first(above, "occurs")
        domain = catalogue.domain(occurs) if occurs is not None else None
        if domain is not None and domain.contains(0):
            return True
    return False


RULES = (mandatory_here_optional_there,)
