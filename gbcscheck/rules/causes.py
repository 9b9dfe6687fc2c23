"""Findings of several rules that are one fault: the one with the most to say stands, the others are named under it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace

from gbcscheck.frozen import frozen
from gbcscheck.model import SEVERITIES, Finding


@frozen
class Family:
    """Rules that may find one fault: their codes, that which tells most first where as many statements are cited; what
    findings of one fault have in common, and whether one is the same fault as another with more to say."""

    codes: tuple[str, ...]
    traits: Callable[[Finding], Iterable[Hashable]]
    is_same: Callable[[Finding, Finding], bool]


def _of_one_statement(more: Finding, less: Finding) -> bool:
    return more.statements[0] == less.statements[0]


def _within(more: Finding, less: Finding) -> bool:
    return set(less.statements) <= set(more.statements)


def _of_one_cell(more: Finding, less: Finding) -> bool:
    """Whether what the one is about is among what the other cites: each cites first what it is about."""
    return more.statements[0] in less.statements or less.statements[0] in more.statements


def _of_what_is_lacking(more: Finding, less: Finding) -> bool:
    return set(less.lacks) <= set(more.lacks)


FAMILIES = (
    Family(("V101", "P101"), lambda finding: finding.statements[:1], _of_one_statement),
    Family(("J101", "V103", "N103"), lambda finding: finding.statements, _within),
    Family(("N121", "R123", "R121", "R111", "R122", "R101"), lambda finding: finding.statements, _of_one_cell),
    Family(("X102", "X122"), lambda finding: finding.statements, _within),
    Family(("C101", "S101", "X101"), lambda finding: finding.lacks, _of_what_is_lacking),
    Family(("X102", "W101"), lambda finding: finding.statements[:1], _of_one_statement),
    Family(("V122", "W102"), lambda finding: finding.statements, _of_one_cell),
)
"""A default beside a constant; values that do not go together; the data type of one row, which is not that of others,
of its range, or of its object; a command of two identifiers; a reference that a list lacks, for it has another; a
command that the layout lacks, for a witness has another identifier; a frame control that is not that of its payload."""


def one_for_each_cause(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of which those that are one fault stand in ``seen_as`` of the one with the most to say, in their
    order."""
    found = list(findings)
    for family in FAMILIES:
        found = _gathered(found, family)
    return found


def _gathered(findings: list[Finding], family: Family) -> list[Finding]:
    members = [finding for finding in findings if finding.rule in family.codes and finding.statements]
    under: dict[int, list[Finding]] = {}
    heads: dict[Hashable, list[Finding]] = {}
    gone: set[int] = set()
    for finding in sorted(members, key=lambda one: _rank(one, family.codes)):
        traits = [(*_state(finding), trait) for trait in family.traits(finding)]
        known = {id(head): head for trait in traits for head in heads.get(trait, ())}
        head = next((one for one in known.values() if one.rule != finding.rule and family.is_same(one, finding)), None)
        if head is not None:
            under.setdefault(id(head), []).append(finding)
            gone.add(id(finding))
            continue
        for trait in traits:
            heads.setdefault(trait, []).append(finding)
    return [
        replace(finding, seen_as=(*finding.seen_as, *under.get(id(finding), ()))) if id(finding) in under else finding
        for finding in findings
        if id(finding) not in gone
    ]


def _state(finding: Finding) -> tuple[Hashable, ...]:
    """What findings of one fault have to agree in besides."""
    return finding.status, bool(finding.was), finding.gone, finding.releases, finding.elsewhere


def _rank(finding: Finding, codes: tuple[str, ...]) -> tuple[int, int, int, str]:
    severity = SEVERITIES.index(finding.severity)
    return severity, -len(finding.statements), codes.index(finding.rule), finding.fingerprint
