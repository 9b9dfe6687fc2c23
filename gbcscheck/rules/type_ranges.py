"""Ranges that the data type of their own row cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.reading import in_type
from gbcscheck.evidence.value_words import printed, value_text
from gbcscheck.model import Finding
from gbcscheck.release.catalogue import Catalogue
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
            held(catalogue, stated, (kind_of,))
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
                root=(printed(values), printed(kind)),
            )


def _beyond(values: Domain | None, kind: Domain) -> Domain | None:
    """Some values, where they are of the kind of a data type and not all within it."""
    within = values is None or type(values) is not type(kind) or values.is_subset(kind) is not False
    return None if within else values


RULES = (range_exceeds_type,)
