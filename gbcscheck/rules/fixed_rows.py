"""Rows of the mapping that one use case fixes and another leaves free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gbcscheck.evidence.comparisons import held
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.item_names import split_row
from gbcscheck.rules.base import rule


@rule(
    "P121",
    "fixed-in-some-use-cases",
    kind="configurability",
    severity="warning",
    reads=("constant", "class"),
    question="Is a row of the mapping fixed in one use case and free in another?",
    text="""
    The number of a row in the mapping stands for one element of one object. One use case fixes its value, and another
    with the same row leaves it free: a device that follows the first never has what a command of the other may ask for.

    **How to fix it.** Write the constant in every use case that has the row, or in none.

    **Example.** ECS37 and ECS18b both fix the first date of the maximum demand period; a draft that deletes the
    constant of one of them is told with both rows.
    """,
)
def fixed_in_some_use_cases(catalogue: Catalogue) -> Iterator[Finding]:
    """Rows of one number of which some have a constant and some have none, one finding a number."""
    constants = catalogue.firsts("constant")
    for (_, number), rows in _by_number(catalogue).items():
        fixed = [constants[row.subject] for row in rows if row.subject in constants]
        free = [row for row in rows if row.subject not in constants]
        if not fixed:
            continue
        held(catalogue, fixed[0], (*fixed[1:], *free))
        if free:
            few, many = sorted((fixed, free), key=len)
            yield fixed_in_some_use_cases.finding(
                subject=few[0].subject,
                message=f"row {number} of the mapping is fixed in {len(fixed)} of {len(rows)} use cases",
                statements=(*few, many[0]),
                witness=f"{fixed[0].written} in {split_row(fixed[0].subject)[0]}",
                why=f"{split_row(free[0].subject)[0]} leaves it free.",
                suggestion="write the constant in every use case that has the row, or in none",
            )


def _by_number(catalogue: Catalogue) -> Mapping[tuple[Specification, str], list[Statement]]:
    """What says of each row of an electricity table its class, by document and number in the mapping, where several
    use cases have the number."""
    found: dict[tuple[Specification, str], list[Statement]] = {}
    for row in catalogue.by_attribute.get("class", ()):
        _, mark, number = row.clause.rpartition(", row ")
        if mark and split_row(row.subject)[1]:
            found.setdefault((row.specification, number), []).append(row)
    return {key: rows for key, rows in found.items() if len(rows) > 1}


RULES = (fixed_in_some_use_cases,)
