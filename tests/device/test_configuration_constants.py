"""Every constant of an attribute that a device may hold: free of findings, and any other value of its type is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from configuration_runs import context, judge

from gbcscheck.domains import Domain
from gbcscheck.domains.base import NotInterpretable
from gbcscheck.domains.interpret_as import interpret_as
from gbcscheck.domains.singletons import domain_of
from gbcscheck.notation.canonical import print_domain
from gbcscheck.release.catalogue import Catalogue, Item

LEAST = 30
"""Items at least that are fixed in a release; fewer would mean that this test looks at nothing."""


def fixed(catalogue: Catalogue) -> Iterator[tuple[str, Domain, Domain]]:
    """Items that each of their rows, of attributes alone, fixes to one value, with that value and their one type."""
    for item in catalogue.items.values():
        constants = {domain for row in item.rows if (domain := _said(catalogue, row.subject, "constant")) is not None}
        types = {domain for row in item.rows if (domain := _said(catalogue, row.subject, "type")) is not None}
        if len(constants) == len(types) == 1 and _each_row(catalogue, item):
            yield item.name, constants.pop(), types.pop()


def _each_row(catalogue: Catalogue, item: Item) -> bool:
    for row in item.rows:
        member = catalogue.first(row.subject, "member")
        if member is None or not str(member.value).startswith("attribute"):
            return False
    return all(catalogue.first(row.subject, "constant") is not None for row in item.rows)


def _said(catalogue: Catalogue, subject: str, attribute: str) -> Domain | None:
    statement = catalogue.first(subject, attribute)
    return None if statement is None else catalogue.domain(statement)


@pytest.mark.parametrize("release", ["current", "before-mp131"])
def test_constants_are_kept_and_anything_else_is_told(release: str) -> None:
    catalogue = context(release).catalogue
    items = list(fixed(catalogue))
    alarms, missed = [], []
    for name, constant, kind in items:
        value = constant.witness()
        if judge({name: print_domain(domain_of(value))}, release).findings:
            alarms.append(name)
        other = _other(constant, kind)
        if other is not None and not judge({name: other}, release).findings:
            missed.append((name, other))
    assert len(items) >= LEAST
    assert alarms == []
    assert missed == []


def _other(constant: Domain, kind: Domain) -> str | None:
    """A value of the type that is not the constant; None where the type has no other."""
    try:
        other = kind.difference_witness(interpret_as(constant, kind))
    except NotInterpretable:
        return None
    return None if other is None else print_domain(domain_of(other))
