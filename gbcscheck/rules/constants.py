"""Constants, and defaults of two documents, that have no value in common."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.evidence.comparisons import held
from gbcscheck.evidence.reading import readings
from gbcscheck.evidence.rows import is_method
from gbcscheck.evidence.value_words import one_of
from gbcscheck.model import Finding, Statement, distinct
from gbcscheck.release.catalogue import Catalogue, independent
from gbcscheck.rules.base import rule


@rule(
    "V103",
    "constants-differ",
    kind="value",
    severity="error",
    reads=("constant", "default", "type", "member"),
    question="Do two specifications, or two parts of one, fix the same thing to different values?",
    text="""
    Two places fix one field and, after both are brought to the same form (`0xFE` and `0b11111110` over seven bits are
    the same), they fix it to different values.

    **How to fix it.** Find out which of the two devices follow, correct the other one, and if the fact stands in both
    places only to be convenient, state it once and refer to it.

    **Example.** A ZCL row that fixes a divisor of 10000 (`0x2710`) while the byte layout of the same command has
    `0x0001`.
    """,
)
def constants_differ(catalogue: Catalogue) -> Iterator[Finding]:
    """Constants of one attribute of one data item with no common value, and defaults of one in two documents."""
    for item in catalogue.items_that_say("constant", "default"):
        for attribute in ("constant", "default"):
            stated = [
                statement
                for statement in catalogue.item_statements(item, attribute)
                if not is_method(catalogue, statement.subject)
            ]
            for other in stated[1:]:
                first = stated[0]
                once = attribute == "default" and first.specification == other.specification
                if once or not independent(first, other):
                    continue
                left = readings(catalogue, item, first)
                right = readings(catalogue, item, other)
                if left and right and None not in (one.meet(two).is_empty() for one in left for two in right):
                    held(catalogue, first, (other,))
                if left and right and all(one.meet(two).is_empty() is True for one in left for two in right):
                    yield _differ(item.name, first, other, one_of(left[0]))


def _differ(subject: str, left: Statement, right: Statement, witness: str) -> Finding:
    return constants_differ.finding(
        subject=subject,
        message=f"two {left.attribute}s differ",
        statements=distinct((left, right)),
        witness=witness,
        why=f"{left.written} and {right.written} have no value in common.",
        suggestion="correct the one that devices do not follow",
    )


RULES = (constants_differ,)
