"""What a release says of a data item under its own name, and which rows of use cases carry it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue, Item

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

Said = tuple[tuple[Statement, "Domain"], ...]
"""Statements with the sets of values that they set out."""


ENCODED = {"date": 5, "time": 4, "date-time": 12}
"""Octets of the encodings that have illegal values (Blue Book 4.1.6.1)."""


def carriers(catalogue: Catalogue, item: Item) -> tuple[str, ...]:
    """The rows of use cases that carry an item, under its own name or through its links: those that set it first."""
    linked = (end.subject for link in item.links for end in (*link.command, *link.response))
    rows = dict.fromkeys((*(row.subject for row in item.rows), *linked))
    return tuple(sorted(rows, key=lambda row: not sets(catalogue, row)))


def sets(catalogue: Catalogue, row: str) -> bool:
    """Whether a row is one of a use case that sets something (its direction is Update)."""
    stated = catalogue.first(row.partition("/")[0], "direction")
    return stated is not None and stated.value == "Update"


def is_method(catalogue: Catalogue, row: str) -> bool:
    """Whether a row is a method or a part of its argument."""
    stated = catalogue.first(row, "member")
    return stated is not None and str(stated.value).startswith("method")


def limits(catalogue: Catalogue, item: Item) -> Said:
    """What is permitted under the item's own name: tables, SMETS; not the rows of use cases, and no path of XML."""
    if item.name.startswith("/"):
        return ()
    subjects = (item.name, *item.direct)
    return (*with_domain(catalogue, subjects, "permitted"), *with_domain(catalogue, subjects, "constant"))


def encoded_as(catalogue: Catalogue, item: Item) -> Said:
    """What COSEM says of the encoding of an item's octets (``time``, ``date``, ``date-time``), where one is stated."""
    encoding = catalogue.encoding(item)
    return with_domain(catalogue, (encoding,), "permitted") if encoding else ()


def said_of_held(catalogue: Catalogue, item: Item) -> tuple[Domain, ...]:
    """Every set that the rows of an item, or the encoding of its octets, state."""
    rows = carriers(catalogue, item)
    said = [domain for name in ("type", "constant", "permitted") for _, domain in with_domain(catalogue, rows, name)]
    return (*said, *(domain for _, domain in encoded_as(catalogue, item)))


def all_fit(sets: Iterable[Domain]) -> Domain:
    """The values that are members of every set. None, where one has a unit, which a device's number has not."""
    from gbcscheck.domains import ANY, NONE

    together: Domain = ANY
    for one in sets:
        together = NONE if unit_of(one) else together.meet(one)
    return together


def with_domain(catalogue: Catalogue, subjects: tuple[str, ...], attribute: str) -> Said:
    """The statements of some subjects that set out a set of values for an attribute."""
    return tuple(
        (statement, domain)
        for subject in dict.fromkeys(subjects)
        for statement in catalogue.about(subject, attribute)
        if (domain := catalogue.domain(statement)) is not None
    )


def octet_count(value: Domain) -> int | None:
    """How many octets a value has; None for one that is no octets."""
    from gbcscheck.domains import Octets

    if not isinstance(value, Octets) or value.length_range.low != value.length_range.high:
        return None
    return int(value.length_range.low)


def unit_of(domain: Domain) -> str:
    """The unit of a set of numbers; empty where it has none."""
    return getattr(domain, "unit", None) or ""


def in_unit(value: Domain, unit: str) -> Domain:
    """Single numbers without a unit, as so many of a unit; any other set as it is."""
    from gbcscheck.domains import Numbers, points

    numbers = value.numbers() if isinstance(value, Numbers) else None
    return points(list(numbers), unit) if numbers else value
