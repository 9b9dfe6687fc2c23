"""Facts and tables that one specification states twice."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.attributes import named
from gbcscheck.evidence.comparisons import held
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.model.rules import EVERY_ATTRIBUTE
from gbcscheck.release.catalogue import Catalogue, Item
from gbcscheck.rules.base import rule

LISTED = named("several")
"""Attributes of which a subject may have several values: they list, they do not contradict each other."""


@rule(
    "N103",
    "stated-twice-differently",
    kind="duplicate",
    severity="error",
    reads=(EVERY_ATTRIBUTE,),
    question="Does one specification state one fact twice, and differently?",
    text="""
    Two rows of the same part of the same specification say the same attribute of the same subject, and say it
    differently; or two rows that write the name of one data item in two ways give it two sets of values. Neither can
    be followed without breaking the other.

    **How to fix it.** Keep the right one.

    **Example.** A data item that stands in two rows of a table of defaults with two values, or two ranges.
    """,
)
def stated_twice_differently(catalogue: Catalogue) -> Iterator[Finding]:
    """Statements of one part that agree in subject and attribute and differ in what they say."""
    for subject in catalogue.subjects_stated_twice(LISTED):
        seen: dict[tuple[str, Specification], Statement] = {}
        for statement in catalogue.about(subject):
            if statement.attribute in LISTED:
                continue
            first = seen.setdefault((statement.attribute, statement.specification), statement)
            held(catalogue, first, (statement,))
            if first is not statement and _says(first) != _says(statement):
                yield _stated_twice(subject, first, statement)
    for item in catalogue.items.values():
        if len(item.direct) > 1:
            yield from _under_two_names(catalogue, item)


def _under_two_names(catalogue: Catalogue, item: Item) -> Iterator[Finding]:
    """Sets of values that one part states of one data item under two names, and differently."""
    seen: dict[tuple[str, Specification], Statement] = {}
    for subject in item.direct:
        for statement in catalogue.about(subject):
            if statement.domain is None or statement.attribute in LISTED:
                continue
            first = seen.setdefault((statement.attribute, statement.specification), statement)
            held(catalogue, first, (statement,))
            if first.subject != subject and first.domain != statement.domain:
                yield _stated_twice(item.name, first, statement)


def _stated_twice(subject: str, first: Statement, second: Statement) -> Finding:
    return stated_twice_differently.finding(
        subject=subject,
        message=f"its {second.attribute} is stated twice, and differently",
        statements=(first, second),
        witness=f"{first.written} and {second.written}",
        why=f"both stand in {second.specification}.",
        suggestion="keep the right one",
    )


def _says(statement: Statement) -> object:
    if statement.domain is not None:
        return statement.domain
    return statement.value if statement.value is not None else statement.text


@rule(
    "N104",
    "table-repeats-another",
    kind="duplicate",
    severity="warning",
    reads=(EVERY_ATTRIBUTE,),
    question="Does one table repeat what another states?",
    text="""
    Every fact of one part of a specification stands in another part of it too. Nothing disagrees yet; the next change
    to one of the two will see to that.

    **How to fix it.** Keep the fuller table, and refer to it.

    **Example.** MP150: GBCS Table 28c repeated a subset of the columns of Table 16.2, and was removed for that alone.
    """,
)
def table_repeats_another(catalogue: Catalogue) -> Iterator[Finding]:
    """Parts whose every statement stands, with the same content, in another part of the same specification."""
    for part, statements in catalogue.parts.items():
        first_said = catalogue.about(statements[0].subject) if statements else ()
        for other in dict.fromkeys(statement.specification for statement in first_said):
            theirs = catalogue.parts[other]
            if other.part == part.part or other.name != part.name or not 2 <= len(statements) <= len(theirs):
                continue
            if len(statements) == len(theirs) and str(other) > str(part):
                continue
            if all(_stands_in(catalogue, statement, other) for statement in statements):
                first = statements[0]
                yield table_repeats_another.finding(
                    subject=str(part),
                    message=f"each of its {len(statements)} facts stands in {other} too",
                    statements=(first, next(s for s in catalogue.about(first.subject) if s.specification == other)),
                    witness=f"{first.subject}: {first.attribute} {first.written}",
                    why="one fact in two places is two facts after the next change.",
                    suggestion=f"remove the table and refer to {other}",
                    root=(part.name, part.part, other.part),
                    exemplary=True,
                )


def _stands_in(catalogue: Catalogue, statement: Statement, part: Specification) -> bool:
    """Whether another part says the same of the same subject."""
    said = [other for other in catalogue.about(statement.subject, statement.attribute) if other.specification == part]
    held(catalogue, statement, said)
    return any(_says(other) == _says(statement) for other in said)


RULES = (stated_twice_differently, table_repeats_another)
