"""What specifications permit of one data item: nothing in common, or more than can be set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparing import assumed_unit, common_values, nearest_outside
from gbcscheck.evidence.comparisons import held, held_within
from gbcscheck.evidence.conversion import permitted_encodings
from gbcscheck.evidence.reading import readings
from gbcscheck.evidence.rows import carries_whole, sets, setting_links
from gbcscheck.evidence.value_words import one_of, value_text
from gbcscheck.facts.crosswalk import Link
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue, Item, independent
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


@rule(
    "R104",
    "ranges-disjoint",
    kind="range",
    severity="error",
    reads=("permitted", "constant", "type", "direction"),
    question="Do two specifications permit sets of values that have nothing in common?",
    text="""
    Two specifications each say what an item may be, and no value satisfies both: whatever a device holds, it breaks
    one of them.

    **How to fix it.** Bring one range in line with the other; a difference of unit or scale is the usual cause.

    **Example.** A threshold of 200 to 270 in whole volts in one document and 2000 to 2700 in tenths of a volt in the
    other, both without a unit.
    """,
)
def ranges_disjoint(catalogue: Catalogue) -> Iterator[Finding]:
    """Permitted sets of one data item in two specifications, those of request elements included, with an empty meet;
    one finding a data item and pair of specifications."""
    from gbcscheck.domains.choice import union

    for item in catalogue.items_that_say("permitted", "constant"):
        stated = catalogue.item_statements(item, "permitted", "constant")
        if not stated:
            continue
        permitted: list[tuple[Statement, Domain, Link | None]] = [
            (s, union(*read), None) for s in stated if (read := readings(catalogue, item, s))
        ]
        permitted.extend(_settable(catalogue, item))
        for index, (left, one, _) in enumerate(permitted):
            for right, other, link in permitted[index + 1 :]:
                if left.specification == right.specification or not independent(left, right):
                    continue
                if link is not None and not _is_along(catalogue, link, left):
                    continue
                empty = common_values(one, other).is_empty()
                if empty is not None:
                    held(catalogue, left, (right,))
                if empty is True:
                    yield _disjoint(item, left, right, one, other)


def _is_along(catalogue: Catalogue, link: Link, stated: Statement) -> bool:
    """Whether a statement is of what a request of a link sets: not where it is of the command of another link, which
    may carry the same item in another form (a meter for gas counts the seconds of a time)."""
    return not sets(catalogue, stated.subject) or any(end.subject == stated.subject for end in link.ends)


def _settable(catalogue: Catalogue, item: Item) -> Iterator[tuple[Statement, Domain, Link]]:
    """What service requests can set an item to, as the device holds it."""
    for link in filter(carries_whole, setting_links(catalogue, item)):
        for end in link.ends_of("request"):
            for stated, values in permitted_encodings(catalogue, end):
                yield stated, values, link


def _disjoint(item: Item, left: Statement, right: Statement, one: Domain, other: Domain) -> Finding:
    assumption = assumed_unit(one, other) or assumed_unit(other, one)
    permits = f"{left.specification} permits {one.describe()}, {right.specification} {other.describe()}."
    return ranges_disjoint.finding(
        subject=item.name,
        message="two specifications permit nothing in common",
        statements=(left, right),
        witness=f"{one_of(one)} and {one_of(other)}",
        why=f"{permits} {assumption}".strip(),
        suggestion="look for a difference of unit or scale first",
        root=(item.name, str(left.specification), str(right.specification)),
    )


@rule(
    "R107",
    "permitted-and-not-settable",
    kind="range",
    severity="warning",
    reads=("permitted", "type"),
    question="Does a specification permit values that no service request can set?",
    text="""
    SMETS or a table says which values an item may have, and the service request that sets it accepts fewer: some of
    the permitted values can never be reached. The rows of the use cases are not meant here; a request is often
    narrower than the field that carries it, on purpose.

    **How to fix it.** Widen the element of the request, or narrow what is permitted.

    **Example.** A draft that permits a randomised offset of up to half an hour and one second, where DUIS accepts 0 to
    1799 seconds.
    """,
    versions_matter=True,
)
def permitted_and_not_settable(catalogue: Catalogue) -> Iterator[Finding]:
    """Permitted sets that a document states of the item itself and that meet what can be set, but go beyond it."""
    for item in catalogue.items_that_say("permitted"):
        direct = {item.name, *item.direct}
        for stated in catalogue.item_statements(item, "permitted"):
            read = readings(catalogue, item, stated) if stated.subject in direct else ()
            if not read:
                continue
            values = read[0]
            for right, settable, link in _settable(catalogue, item):
                if independent(stated, right):
                    held_within(catalogue, stated, read, right, (settable,))
                classes = values.difference_classes(settable) if independent(stated, right) else ()
                beyond = [(label, value) for label, value in classes if _is_stated(values, label)]
                if (
                    not beyond
                    or values.meet(settable).is_empty() is not False
                    or nearest_outside(read, (settable,)) is None
                ):
                    continue
                assumption = assumed_unit(values, settable)
                yield permitted_and_not_settable.finding(
                    subject=item.name,
                    message=f"service request {link.service_request} cannot set every permitted value",
                    statements=(stated, right),
                    witness="; ".join(f"{label}: {value_text(value)}" for label, value in beyond),
                    why=f"{right.specification} accepts {settable.describe()}. {assumption}".strip(),
                    suggestion="widen the element of the request, or narrow what is permitted",
                )


def _is_stated(values: Domain, label: str) -> bool:
    """Whether a class of values beyond what can be set is one that the set states: not where its end is left open,
    and not one of resolution, which is the business of another rule."""
    from gbcscheck.domains import Numbers

    if isinstance(values, Numbers):
        open_end = (label.startswith("above") and values.high is None) or (
            label.startswith("below") and values.low is None
        )
        return not open_end and not label.startswith("finer than")
    return True


RULES = (ranges_disjoint, permitted_and_not_settable)
