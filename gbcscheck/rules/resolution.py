"""Steps and units that one specification needs and the next cannot carry."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.evidence.comparing import is_number, unit_of
from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.rows import units_of
from gbcscheck.evidence.value_words import printed, value_text
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.release.catalogue import Catalogue, Item, independent, pairs
from gbcscheck.rules.base import rule


@rule(
    "R106",
    "resolution-too-coarse",
    kind="unit",
    severity="error",
    reads=("permitted", "default", "constant", "type", "unit", "class"),
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
            if link.ends_of("command") and not any(
                end.subject in catalogue.by_subject for end in link.ends_of("command")
            ):
                continue
            for end in link.ends_of("request"):
                for stated in catalogue.about(end.subject, "permitted"):
                    for needed in needed_by:
                        yield from _too_coarse(catalogue, item.name, link.service_request, needed, stated)
        units = [s for s in units_of(catalogue, item) if s.value is not None]
        for left, right in pairs(tuple(units)):
            if left.specification == right.specification:
                continue
            held(catalogue, left, (right,))
            if not _may_be_one(catalogue, item, left, right):
                yield resolution_too_coarse.finding(
                    subject=item.name,
                    message="two specifications give the item different units",
                    statements=(left, right),
                    witness=f"1 {left.value} and 1 {right.value}",
                    why="a number without its unit means two things.",
                    suggestion="state one unit in both, or the scale between them",
                )


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
    held(catalogue, needed, (stated,))
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


def _may_be_one(catalogue: Catalogue, item: Item, left: Statement, right: Statement) -> bool:
    """Whether two units are the same, or one is no unit that is known here; or they measure the same, where every
    number of the two documents has its own."""
    from gbcscheck.domains.units import base_unit, has_base

    names = (str(left.value), str(right.value))
    if _unit(left) == _unit(right) or not all(has_base(name) for name in names):
        return True
    (one, size), (other, other_size) = (base_unit(name) for name in names)
    if one != other or size == other_size:
        return one == other
    said_by = (left.specification, right.specification)
    stated = catalogue.item_statements(item, "default", "permitted", "constant", "type")
    sets = [catalogue.domain(statement) for statement in stated if statement.specification in said_by]
    numbers = [values for values in sets if values is not None and is_number(values)]
    return bool(numbers) and all(unit_of(values) for values in numbers)


def _unit(statement: Statement) -> str:
    return "".join(str(statement.value).split()).casefold()


RULES = (resolution_too_coarse,)
