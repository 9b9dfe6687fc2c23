"""Whether what the crosswalk maps is still there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gbcscheck.evidence.comparisons import looked_for
from gbcscheck.facts.crosswalk import LinkEnd
from gbcscheck.model import Finding, Statement
from gbcscheck.model.rules import EVERY_ATTRIBUTE
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.rules.base import rule


@rule(
    "S105",
    "mapped-and-gone",
    kind="missing",
    severity="warning",
    reads=(EVERY_ATTRIBUTE,),
    question="Is every path and row there that the crosswalk maps?",
    text="""
    The crosswalk says that a data item travels through this element or this row. The schema, or the table of the use
    case, is there, and the element or row is not: it was removed or renamed. What the other side sends or expects has
    nowhere to go.

    **How to fix it.** Put the element or row back; or, where it was renamed or moved on purpose, correct the crosswalk
    and all that depends on the old name.

    **Example.** `StartTime` renamed in the schema of a request whose command still has two switch times.
    """,
    versions_matter=True,
)
def mapped_and_gone(catalogue: Catalogue) -> Iterator[Finding]:
    """Ends of links that are not there, in a schema or use case that was read from its source; a use case that is not
    there is out of force, and an extract written by hand need not hold everything."""
    for link in catalogue.crosswalk.links:
        link_ends = link.ends_of("request", "command", "response", "reading")
        there = [row for end in link_ends if (row := end.row) in catalogue.by_subject]
        for end in link_ends if 0 < len(there) < len(link_ends) else ():
            if end.row in catalogue.by_subject or _has_another_name(end, link_ends, there):
                continue
            around = _around(catalogue, end.subject)
            if around is None or around.source.startswith("/statements/"):
                continue
            other = min(catalogue.about(there[0]), key=lambda one: (one.attribute, one.written))
            looked_for(catalogue, other, around)
            yield mapped_and_gone.finding(
                subject=end.subject,
                message=f"it is gone, and {link.item} is mapped to it",
                statements=(around, other),
                witness=end.subject,
                why=f"the crosswalk ({link.place}) maps it to {there[0]}.",
                suggestion="put it back, or correct the crosswalk",
                root=(end.subject,),
            )


def _has_another_name(end: LinkEnd, link_ends: Iterable[LinkEnd], there: Sequence[str]) -> bool:
    """Whether a row of one use case has several names in a link, as versions have them, and one of them is there."""
    use_case = end.subject.partition("/")[0]
    names = {one.row for one in link_ends if one.role == end.role and one.subject.partition("/")[0] == use_case}
    return bool(use_case) and any(name in names for name in there)


def _around(catalogue: Catalogue, subject: str) -> Statement | None:
    """A statement of what holds a subject that is not there: the nearest element around a path, the use case of a row
    in the list of use cases; None where that is not there either."""
    parts = subject.split("/")
    if not subject.startswith("/"):
        return catalogue.first(parts[0], "message-code") or catalogue.first(parts[0], "direction")
    for depth in range(len(parts) - 1, 1, -1):
        if found := catalogue.about("/".join(parts[:depth])):
            return min(found, key=lambda one: (one.attribute, one.written))
    return None


RULES = (mapped_and_gone,)
