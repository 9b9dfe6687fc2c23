"""Statements that agree in pairs and cannot all hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from gbcscheck.evidence.comparisons import held_all
from gbcscheck.evidence.conversion import permitted_encodings
from gbcscheck.evidence.reading import readings
from gbcscheck.evidence.value_words import printed, value_text
from gbcscheck.facts.crosswalk import Link
from gbcscheck.model import Finding, Statement
from gbcscheck.release.catalogue import Catalogue, Item
from gbcscheck.rules.base import rule

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

Constraint = tuple[Statement, "Domain"]

CONSTRAINING = ("type", "permitted", "constant")
"""Attributes that say which values an item may have."""


@rule(
    "J101",
    "jointly-impossible",
    kind="joint",
    severity="error",
    reads=CONSTRAINING,
    question="Do statements that agree in pairs leave no value together?",
    text="""
    Each two of the statements have a value in common, and all of them together have none: whatever the device holds,
    it breaks one. No comparison of two documents at a time can find this. The finding names a smallest set: leave out
    any one of its statements and there is a value again.

    **How to fix it.** Widen one of the statements; the finding shows which values each pair leaves.

    **Example.** One document permits 1 or 2, another 2 or 3, a third 1 or 3.
    """,
)
def jointly_impossible(catalogue: Catalogue) -> Iterator[Finding]:
    """Data items whose statements have pairwise common values and none together."""
    from gbcscheck.domains.choice import union

    permitted = catalogue.groups("permitted")
    for item in catalogue.items.values():
        if not _has_several_sets(catalogue, item, permitted):
            continue
        constraints: list[Constraint] = []
        for statement in catalogue.item_statements(item, *CONSTRAINING):
            read = readings(catalogue, item, statement)
            if read:
                constraints.append((statement, union(*read)))
        for link in item.links:
            for end in link.ends_of("request", "reading") if _is_of_whole_rows(link) else ():
                constraints.extend(permitted_encodings(catalogue, end))
        distinct_sets = _distinct(_of_one_version(constraints))
        if len(distinct_sets) < 3 and not catalogue.release.sources:
            continue  # two that have nothing in common are the business of another rule
        core = smallest_impossible(distinct_sets)
        if catalogue.release.sources and (core or _is_possible(distinct_sets)):
            held_all(catalogue, [statement for statement, _ in distinct_sets])
        if len(core) > 2:
            yield _finding(item.name, core)


def _has_several_sets(catalogue: Catalogue, item: Item, permitted: Mapping[str, tuple[Statement, ...]]) -> bool:
    """Whether three sets or more are stated of an item, as they are written, with the conversion to what the device
    holds."""
    found = {(statement.domain, "") for statement in catalogue.item_statements(item, *CONSTRAINING)}
    for link in item.links:
        if len(found) > 2:
            break
        for end in link.ends_of("request", "reading"):
            for statement in permitted.get(end.subject, ()):
                found.add((statement.domain, end.conversion))
    return len(found) > 2


def _is_of_whole_rows(link: Link) -> bool:
    """Whether what a link's elements write is the whole value of its rows, and no part of it (the month of a date)."""
    return all(end.is_whole for end in link.all_ends_of("command", "gbz", "response"))


def _of_one_version(constraints: Sequence[Constraint]) -> list[Constraint]:
    """The statements of the first version of each part: two versions of one part are not in force together."""
    versions: dict[tuple[str, str], str] = {}
    return [
        (statement, values)
        for statement, values in constraints
        for spec in (statement.specification,)
        if versions.setdefault((spec.name, spec.part), spec.version) == spec.version
    ]


def _distinct(constraints: Sequence[Constraint]) -> list[Constraint]:
    """One statement for each set of values; a second one with the same set changes nothing."""
    distinct: dict[object, Constraint] = {}
    for statement, values in constraints:
        distinct.setdefault(values, (statement, values))
    return list(distinct.values())


def smallest_impossible(constraints: Sequence[Constraint]) -> tuple[Constraint, ...]:
    """A set of constraints with no value in common of which each proper subset has one; empty where all together
    have a value, or where that cannot be decided."""
    if _is_possible(constraints) is not False:
        return ()
    core = list(constraints)
    for candidate in constraints:
        rest = [constraint for constraint in core if constraint is not candidate]
        if rest and _is_possible(rest) is False:
            core = rest
    return tuple(core)


def _is_possible(constraints: Sequence[Constraint]) -> bool | None:
    from gbcscheck.domains import ANY

    together: Domain = ANY
    for _, values in constraints:
        together = together.meet(values)
    empty = together.is_empty()
    return None if empty is None else not empty


def _without(core: Sequence[Constraint], left_out: Constraint) -> str:
    """A value that all of the core but one statement permit."""
    from gbcscheck.domains import ANY

    together: Domain = ANY
    for constraint in core:
        if constraint is not left_out:
            together = together.meet(constraint[1])
    return value_text(together.witness())


def _finding(subject: str, core: tuple[Constraint, ...]) -> Finding:
    statements = tuple(statement for statement, _ in core)
    escapes = "; ".join(
        f"without {constraint[0].specification} ({printed(constraint[1])}): {_without(core, constraint)}"
        for constraint in core
    )
    return jointly_impossible.finding(
        subject=subject,
        message=f"{len(core)} statements agree in pairs and leave no value together",
        statements=statements,
        witness=escapes,
        why="leave out any one of them and there is a value again.",
        suggestion="widen one of the statements",
        meanings=tuple(printed(values) for _, values in core),
    )


RULES = (jointly_impossible,)
