"""Two sides compared as a whole: every release of them, each change and each conflict told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gbcscheck.comparison.conflicts import findings_of, in_order, single_conflicts
from gbcscheck.comparison.differences import Known, changes_of
from gbcscheck.comparison.parts import PartPair, part_pairs
from gbcscheck.comparison.release_pairs import ReleasePair
from gbcscheck.comparison.verdicts import ORDER
from gbcscheck.facts.directions import Directions
from gbcscheck.frozen import frozen
from gbcscheck.model import ENDED, Change, Finding, Specification
from gbcscheck.release.catalogue import Catalogue, Shared
from gbcscheck.release.told_once import changes_once, findings_once

if TYPE_CHECKING:
    from gbcscheck.release.reading import Reader
    from gbcscheck.rules.base import ReleaseRule


@frozen
class Comparison:
    """What became of everything: changes and findings, each with the releases that it stands in where there are
    several; the specifications, statements and subjects of the newer side; which version was compared with which
    other one."""

    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    specifications: tuple[Specification, ...]
    statements: int
    subjects: int
    followed: tuple[tuple[Specification, Specification], ...]


def compare_releases(pairs: Sequence[ReleasePair], rules: Sequence[ReleaseRule], reader: Reader) -> Comparison:
    """Compare some pairs of releases. What they share is looked at once."""
    directions = Directions.shipped()
    known: Known = {}
    shared: Shared = {}
    changes: list[Change] = []
    findings: list[Finding] = []
    newer: list[Catalogue] = []
    followed: dict[tuple[Specification, Specification], None] = {}
    for pair in pairs:
        old = Catalogue.of(replace(pair.old, extracts=pair.lost) if pair.gone else pair.old, shared)
        new = Catalogue.of(pair.new, shared)
        compared = list(part_pairs(old, new))
        found = changes_of(compared, directions, known)
        conflicts = (
            _hidden(pair, rules, reader, shared) if pair.gone else _conflicts(old, new, compared, found, rules, reader)
        )
        named = (pair.name,) if len(pairs) > 1 else ()
        changes.extend(replace(one, releases=named) for one in found)
        findings.extend(replace(one, releases=named) for one in conflicts)
        newer.append(new)
        followed.update(_followed(compared))
    parts = {spec: statements for catalogue in newer for spec, statements in catalogue.parts.items()}
    distinct = {id(statements): len(statements) for catalogue in newer for statements in catalogue.parts.values()}
    if len(pairs) > 1:
        gone = frozenset(pair.name for pair in pairs if pair.gone)
        changes, findings = changes_once(changes), findings_once(_without_standing(findings, gone))
    return Comparison(
        tuple(sorted(changes, key=lambda change: ORDER.index(change.verdict))),
        in_order(findings),
        tuple(parts),
        sum(distinct.values()),
        len({subject for catalogue in newer for subject in catalogue.by_subject}),
        tuple(followed),
    )


def _conflicts(
    old: Catalogue,
    new: Catalogue,
    pairs: Sequence[PartPair],
    changes: Iterable[Change],
    rules: Sequence[ReleaseRule],
    reader: Reader,
) -> Iterable[Finding]:
    renamed = {one.subject: one.witness for one in changes if one.change == "renamed"}
    return single_conflicts(old, new, rules, reader, [pair.match for pair in pairs], renamed)


def _hidden(pair: ReleasePair, rules: Sequence[ReleaseRule], reader: Reader, shared: Shared) -> Iterable[Finding]:
    """The findings of a release that is gone, and with it whatever could judge them."""
    found = findings_of(Catalogue.of(pair.old, shared), rules, reader)
    return (replace(one, status="lost", gone=f'release "{pair.name}"') for one in found)


def _followed(pairs: Iterable[PartPair]) -> dict[tuple[Specification, Specification], None]:
    """The parts that were compared with another version of them."""
    matches = [pair.match for pair in pairs]
    return {
        (match.before, match.after): None
        for match in matches
        if match.before and match.after and match.before.version != match.after.version
    }


def _without_standing(findings: Sequence[Finding], gone: frozenset[str]) -> list[Finding]:
    """The findings without those of releases that are gone which stand in another release."""
    standing = {one.fingerprint for one in findings if one.status not in ENDED}
    return [one for one in findings if not gone.issuperset(one.releases) or one.fingerprint not in standing]
