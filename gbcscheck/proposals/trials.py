"""Whether edits settle findings and bring no new one: the rules, asked of a release with its statements replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gbcscheck.model import SEVERITIES, Finding
from gbcscheck.proposals.replacing import Bench, Replacement
from gbcscheck.proposals.smaller_conflicts import is_part_of
from gbcscheck.rules.base import ReleaseRule, single_findings

Key = tuple[str, str, str]
"""A finding as it is told apart before and after an edit: its release, its rule and its fingerprint."""
SERIOUS = ("error", "warning")
"""Findings that no edit may bring."""


@dataclass(frozen=True)
class Told:
    """What is found: by its key each finding, with the values that it is about."""

    findings: Mapping[Key, Finding]

    def new_since(self, before: Told) -> tuple[Finding, ...]:
        """The serious findings that are here and were not there, or were milder, or about fewer values. What one rule
        finds of one subject is the same conflict, whichever statements it cites."""
        return tuple(
            finding
            for key, finding in self.findings.items()
            if finding.severity in SERIOUS
            and not _is_known(finding, before.findings.get(key))
            and not (key not in before.findings and _is_as_bad(finding, before.by_subject.get(_about(key, finding))))
        )

    @cached_property
    def by_subject(self) -> Mapping[tuple[str, str, str], str]:
        """How bad what a rule finds of a subject is, at worst."""
        found: dict[tuple[str, str, str], str] = {}
        for key, one in self.findings.items():
            about = _about(key, one)
            found[about] = min(one.severity, found.get(about, one.severity), key=SEVERITIES.index)
        return found

    def gone_from(self, before: Told, wanted: Iterable[Key]) -> frozenset[Key]:
        """Those of some findings that were there and of which nothing is left, in no other words either."""
        return frozenset(
            key
            for key in wanted
            if key in before.findings
            and key not in self.findings
            and not self._is_there_otherwise(key, before.findings[key], before)
        )

    def _is_there_otherwise(self, key: Key, finding: Finding, before: Told) -> bool:
        about = _about(key, finding)
        return about in self.by_subject and any(
            _about(other, one) == about and other not in before.findings for other, one in self.findings.items()
        )


def _about(key: Key, finding: Finding) -> tuple[str, str, str]:
    return key[0], key[1], finding.subject


def _is_as_bad(finding: Finding, severity: str | None) -> bool:
    return severity is not None and SEVERITIES.index(severity) <= SEVERITIES.index(finding.severity)


def _is_known(finding: Finding, before: Finding | None) -> bool:
    if before is None or SEVERITIES.index(finding.severity) < SEVERITIES.index(before.severity):
        return False
    if finding.exemplary or finding.values == before.values or set(finding.values) <= set(before.values):
        return True
    return is_part_of(finding, before)


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
