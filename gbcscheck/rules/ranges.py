"""Ranges, resolutions and units: a range against its own type, and against what other specifications need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gbcscheck.evidence.readings import nearest_outside, readings
from gbcscheck.evidence.sides import (
    assumed_unit,
    distinct,
    in_type,
    is_number,
    on_device,
    printed,
    setting_links,
    value_text,
)
from gbcscheck.facts.crosswalk import Link
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue, Item, independent, pairs
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain


@rule(
    "R101",
    "range-exceeds-type",
    kind="range",
    severity="warning",
    reads=("type", "permitted", "constant"),
    question="Does a row permit a value that its own data type cannot hold?",
    text="""
    A row gives a data type and, beside it, a range. Some value of the range does not fit into the type, so nobody
    can send it: either the type or the range is not what was meant. Special bit patterns such as `0xFFFFFFFF` ("do not
    change") in a signed type are read as patterns, and are no conflict.

    **How to fix it.** Widen the type, or cut the range to what it holds.

    **Example.** GBCS `Debt Recovery Amount`, an `INT32`, with the range `0 - 0xFFFFFFFF`: everything above
    2147483647 does not fit.
    """,
)
def range_exceeds_type(catalogue: Catalogue) -> Iterator[Finding]:
    """Permitted sets and constants that are not within the type of the same row."""
    beyond: dict[tuple[str | None, str | None], Domain | None] = {}
    """The values by their text and that of their type, where some are not within it: most rows say the same."""
    for kind_of in catalogue.sets_of("type"):
        kind = catalogue.domain(kind_of)
        if kind is None:
            continue
        for stated in catalogue.about(kind_of.subject, "permitted", "constant"):
            if stated.specification != kind_of.specification:
                continue
            texts = (stated.domain, kind_of.domain)
            if texts not in beyond:
                beyond[texts] = _beyond(in_type(catalogue, stated, kind), kind)
            values = beyond[texts]
            if values is None:
                continue
            witness = values.difference_witness(kind)
            yield range_exceeds_type.finding(
                subject=kind_of.subject,
                message="the range holds values that the data type of the same row cannot",
                statements=(stated, kind_of),
                witness=value_text(witness),
                why=f"the type holds {printed(kind)}.",
                suggestion=f"state {printed(values.meet(kind))}, or a wider type",
                root=(stated.written, kind_of.written),
            )


def _beyond(values: Domain | None, kind: Domain) -> Domain | None:
    """Some values, where they are of the kind of a data type and not all within it."""
    within = values is None or type(values) is not type(kind) or values.is_subset(kind) is not False
    return None if within else values


@rule(
    "R104",
    "ranges-disjoint",
    kind="range",
    severity="error",
    reads=("permitted", "constant", "type"),
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

    for item in catalogue.items.values():
        stated = catalogue.item_statements(item, "permitted", "constant")
        if not stated:
            continue
        permitted = [(s, union(*read)) for s in stated if (read := readings(catalogue, item, s))]
        permitted += [(s, values) for s, values, _ in _settable(catalogue, item)]
        for index, (left, one) in enumerate(permitted):
            for right, other in permitted[index + 1 :]:
                apart = left.specification != right.specification and independent(left, right)
                if apart and one.meet(other).is_empty() is True:
                    yield _disjoint(item, left, right, one, other)


def _settable(catalogue: Catalogue, item: Item) -> Iterator[tuple[Statement, Domain, Link]]:
    """What service requests can set an item to, as the device holds it."""
    for link in setting_links(catalogue, item):
        for end in link.request:
            for stated in catalogue.about(end.subject, "permitted"):
                values = on_device(catalogue, end, stated)
                if values is not None:
                    yield stated, values, link


def _disjoint(item: Item, left: Statement, right: Statement, one: Domain, other: Domain) -> Finding:
    assumption = assumed_unit(one, other) or assumed_unit(other, one)
    permits = f"{left.specification} permits {one.describe()}, {right.specification} {other.describe()}."
    return ranges_disjoint.finding(
        severity="warning" if assumption else "",
        subject=item.name,
        message="two specifications permit nothing in common",
        statements=(left, right),
        witness=f"{value_text(one.witness())} and {value_text(other.witness())}",
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
    for item in catalogue.items.values():
        direct = {item.name, *item.direct}
        for stated in catalogue.item_statements(item, "permitted"):
            read = readings(catalogue, item, stated) if stated.subject in direct else ()
            if not read:
                continue
            values = read[0]
            for right, settable, link in _settable(catalogue, item):
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
                    severity="note" if assumption else "",
                    subject=item.name,
                    message=f"service request {link.service_request} cannot set every permitted value",
                    statements=(stated, right),
                    witness="; ".join(f"{label}: {value_text(value)}" for label, value in beyond),
                    why=f"{right.specification} accepts {settable.describe()}. {assumption}".strip(),
                    suggestion="widen the element of the request, or narrow what is permitted",
                )


@rule(
    "R106",
    "resolution-too-coarse",
    kind="unit",
    severity="error",
    reads=("permitted", "unit"),
    question="Does one specification need a finer step, or another unit, than the next can carry?",
    text="""
    A quantity is needed to a certain step, and the field that sets it counts in larger steps (a divisor of 1 where
    10000 is needed), or the two name different units. The values in between cannot be set at all.

    **How to fix it.** Change multiplier, divisor or unit of the field, usually in a new use case, so that devices of
    both kinds can be told apart.

    **Example.** SECMP0023: SMETS2 needs the uncontrolled gas flow rate to 0.0001 m3/h, GCS24 could set whole m3/h
    only; GCS24a has the divisor 10000.
    """,
)
def resolution_too_coarse(catalogue: Catalogue) -> Iterator[Finding]:
    """Items whose needed values are not settable for want of resolution or for another unit."""
    for item in catalogue.items.values():
        needed_by = [s for s in catalogue.item_statements(item, "permitted") if s.subject in (item.name, *item.direct)]
        for link in item.links if needed_by else ():
            if link.command and not any(end.subject in catalogue.by_subject for end in link.command):
                continue
            for end in link.request:
                for stated in catalogue.about(end.subject, "permitted"):
                    for needed in needed_by:
                        yield from _too_coarse(catalogue, item.name, link.service_request, needed, stated)
        units = [s for s in catalogue.item_statements(item, "unit") if s.value is not None]
        for left, right in pairs(tuple(units)):
            if left.specification != right.specification and _unit(left) != _unit(right):
                yield resolution_too_coarse.finding(
                    subject=item.name,
                    message="two specifications give the item different units",
                    statements=(left, right),
                    witness=f"1 {left.value} and 1 {right.value}",
                    why="a number without its unit means two things.",
                    suggestion="state one unit in both, or the scale between them",
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


def _too_coarse(
    catalogue: Catalogue, item: str, service_request: str, needed: Statement, stated: Statement
) -> Iterator[Finding]:
    """The needed values that the element of a request cannot express for want of resolution; both in the unit of the
    document, a set without a unit being in whatever unit the other is."""
    wanted, settable = catalogue.domain(needed), catalogue.domain(stated)
    if not is_number(wanted) or not is_number(settable) or not independent(needed, stated):
        return
    assert wanted is not None
    assert settable is not None
    finer = [(label, value) for label, value in wanted.difference_classes(settable) if label.startswith("finer than")]
    if finer:
        label, value = finer[0]
        yield resolution_too_coarse.finding(
            subject=item,
            message="the step of the field is coarser than what is needed",
            statements=distinct((needed, stated)),
            witness=value_text(value),
            why=f"{needed.specification} needs {needed.domain}; service request {service_request} sets "
            f"{printed(settable)}: {label}.",
            suggestion=f"carry steps of {printed(wanted)}",
        )


def _unit(statement: Statement) -> str:
    return "".join(str(statement.value).split()).casefold()


RULES = (range_exceeds_type, ranges_disjoint, resolution_too_coarse, permitted_and_not_settable)
