"""Whether edits settle findings and bring no new one: the rules, asked of a release with its statements replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gbcscheck.frozen import frozen
from gbcscheck.model import SEVERITIES, Finding
from gbcscheck.proposals.replacing import Bench, Replacement
from gbcscheck.rules.base import ReleaseRule, single_findings

Key = tuple[str, str, str]
"""A finding as it is told apart before and after an edit: its release, its rule and its fingerprint."""
SERIOUS = ("error", "warning")
"""Findings that no edit may bring."""


@frozen
class Told:
    """What is found: by its key each finding, with the values that it is about."""

    findings: Mapping[Key, Finding]

    def new_since(self, before: Told) -> tuple[Finding, ...]:
        """The serious findings that are here and were not there, or were milder, or about fewer values."""
        return tuple(
            finding
            for key, finding in self.findings.items()
            if finding.severity in SERIOUS and not _is_known(finding, before.findings.get(key))
        )


def _is_known(finding: Finding, before: Finding | None) -> bool:
    if before is None or SEVERITIES.index(finding.severity) < SEVERITIES.index(before.severity):
        return False
    return finding.exemplary or finding.values == before.values or set(finding.values) <= set(before.values)


class Trials:
    """The rules of a run on releases, before and after edits."""

    def __init__(self, bench: Bench, rules: Sequence[ReleaseRule]) -> None:
        self.bench = bench
        self.rules = tuple(rules)
        self.before = self._told(bench.catalogues, self.rules)

    def keys_of(self, finding: Finding) -> frozenset[Key]:
        """The findings of which one that is told is made: merged by their cause, or named under it."""
        subjects = {finding.subject, *finding.also}
        keys = {
            key
            for key, one in self.before.findings.items()
            if one.rule == finding.rule
            and one.subject in subjects
            and (one.fingerprint == finding.fingerprint or (bool(finding.root) and one.root == finding.root))
        }
        return frozenset(keys).union(*(self.keys_of(one) for one in finding.seen_as))

    def after(self, replacements: Iterable[Replacement], codes: Iterable[str] = ()) -> Told:
        """What is found with some statements replaced, by the rules of some codes or by all."""
        chosen = set(codes)
        rules = [one for one in self.rules if not chosen or one.code in chosen]
        return self._told(self.bench.with_replaced(replacements), rules)

    @staticmethod
    def _told(catalogues: Sequence[object], rules: Sequence[ReleaseRule]) -> Told:
        found: dict[Key, Finding] = {}
        for catalogue in catalogues:
            for one in single_findings(catalogue, rules):  # type: ignore[arg-type]
                key = (catalogue.release.name, one.rule, one.fingerprint)  # type: ignore[attr-defined]
                known = found.get(key)
                if known is None or SEVERITIES.index(one.severity) < SEVERITIES.index(known.severity):
                    found[key] = one
        return Told(found)
