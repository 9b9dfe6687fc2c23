"""Whether edits settle findings and bring no new one: the rules, asked of a release with its statements replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gbcscheck.model import SEVERITIES, Finding
from gbcscheck.model.rules import EVERY_ATTRIBUTE, OF_CROSSWALK
from gbcscheck.proposals.replacing import Bench, Replacement
from gbcscheck.proposals.smaller_conflicts import is_part_of
from gbcscheck.release.catalogue import ALIGNED
from gbcscheck.rules.base import ReleaseRule, single_findings

Key = tuple[str, str, str]
"""A finding as it is told apart before and after an edit: its release, its rule and its fingerprint."""
_OF_ANY = frozenset((EVERY_ATTRIBUTE, OF_CROSSWALK))
"""What stands among what a rule reads where that may be any attribute."""
_READ_BY_ALL = ("type", "direction", ALIGNED)
"""What the values of a finding are read in, how data items are made, and which gap between versions is named."""
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


def _may_find_otherwise(rule: ReleaseRule, edits: Iterable[Replacement]) -> bool:
    """Whether a rule may find something else after some edits: where it reads what is replaced, and where rows come, go
    or get another name or number, by which all that is said of them is found."""
    return any(
        not one.is_in_place
        or one.statement.attribute in (*rule.reads, *_READ_BY_ALL)
        or not _OF_ANY.isdisjoint(rule.reads)
        for one in edits
    )


class Trials:
    """The rules of a run on releases, before and after edits."""

    def __init__(self, bench: Bench, rules: Sequence[ReleaseRule]) -> None:
        self.bench = bench
        self.rules = tuple(rules)
        self.before = self._told(bench.catalogues, self.rules)
        self._known: dict[tuple[frozenset[Replacement], frozenset[str]], Told] = {}

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
        """What is found with some statements replaced, by the rules of some codes or by all. Rules that read nothing of
        what is replaced find what they found before."""
        edits, chosen = tuple(replacements), frozenset(codes)
        key = (frozenset(edits), chosen)
        if key not in self._known:
            asked = [one for one in self.rules if not chosen or one.code in chosen]
            again = [one for one in asked if _may_find_otherwise(one, edits)]
            same = {one.code for one in asked} - {one.code for one in again}
            told = self._told(self.bench.with_replaced(edits), again)
            kept = {of: finding for of, finding in self.before.findings.items() if finding.rule in same}
            self._known[key] = Told({**kept, **told.findings})
        return self._known[key]

    def after_all(self, replacements: Iterable[Replacement]) -> Told:
        """What is found with some statements replaced, every rule asked anew: what is handed in rests on no rule's word
        of what it reads."""
        return self._told(self.bench.with_replaced(replacements), self.rules)

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
