"""A report with what a configuration asks for: severities, waivers, the level at which a run fails; and with what the
formats want to know of the repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gbcscheck.model import CHANGES, SEVERITIES, Change, Finding
from gbcscheck.policy.configuration import Configuration
from gbcscheck.report import Report
from gbcscheck.report.formats import FORMATS

if TYPE_CHECKING:
    from gbcscheck.inputs.confinement import Confinement
    from gbcscheck.inputs.git.revisions import Revision
    from gbcscheck.model.rules import Rule
    from gbcscheck.policy.repository_places import RepositoryPlaces
    from gbcscheck.policy.waivers import Waivers


def with_policy(
    report: Report,
    configuration: Configuration,
    rules: Sequence[Rule],
    *,
    whole: bool,
    selected: bool = False,
    strict: bool = False,
    only_hurt: bool = False,
    repository: RepositoryPlaces,
) -> Report:
    """A report with the severities that a configuration sets and its waivers applied, findings worst first, which
    names that configuration.

    ``rules`` ran on the findings; ``selected`` says that they are not all rules, and ``whole`` is as in a Scope;
    ``strict`` that waivers have to have a last day, ``only_hurt`` that only what hurts some parties counts.
    ``repository`` has the releases that were read.
    """
    from gbcscheck.policy.spoken_of import subjects_of

    findings = [_with_severities(finding, configuration, rules) for finding in report.findings]
    changes = [_rated(change, configuration, only_hurt=only_hurt) for change in report.changes]
    if configuration.severity:
        findings.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    names = {rule.code: rule.name for rule in rules}
    waivers = _waivers(configuration, names, (*findings, *changes), repository)
    applied = waivers.apply(findings)
    waived = waivers.apply(changes)
    complete = whole and not report.problems
    changed = [f"change/{change}" for change in CHANGES] if report.base else []
    uses = waivers.uses(
        (*names, *changed) if complete else None,
        any_rule=not selected,
        subjects=lambda: subjects_of(repository.releases),
        strict=strict or configuration.strict_waivers,
    )
    return replace(
        report,
        findings=applied,
        changes=waived,
        waivers=uses,
        strict_waivers=strict or configuration.strict_waivers,
        configuration=str(configuration.file or ""),
    )


def judged_with_policy(
    report: Report, configuration: Configuration, *, strict: bool = False, repository: RepositoryPlaces
) -> Report:
    """A report on files of devices with the severities that a configuration sets and its waivers applied, in the order
    of the files, which names that configuration. Of a waiver that holds for nothing there it is not said: nobody knows
    whether these are all the files that it is for."""
    rules = report.rules
    files = [
        replace(file, findings=tuple(_with_severities(one, configuration, rules) for one in file.findings))
        if configuration.severity and file.findings
        else file
        for file in report.files
    ]
    names = {rule.code: rule.name for rule in rules}
    waivers = _waivers(configuration, names, [finding for file in files for finding in file.findings], repository)
    if configuration.waivers:
        files = [replace(one, findings=waivers.apply(one.findings)) if one.findings else one for one in files]
    strict = strict or configuration.strict_waivers
    return replace(
        report,
        findings=tuple(finding for file in files for finding in file.findings),
        files=tuple(files),
        waivers=waivers.uses(None, strict=strict),
        strict_waivers=strict,
        configuration=str(configuration.file or ""),
    )


def _waivers(
    configuration: Configuration,
    names: Mapping[str, str],
    items: Sequence[Finding | Change],
    repository: RepositoryPlaces,
) -> Waivers:
    """The waivers of a configuration, for some findings and changes; ``names`` are those of the rules by code."""
    from gbcscheck.policy.spoken_of import files_of
    from gbcscheck.policy.waivers import Waivers, today

    by_file = any(waiver.file for waiver in configuration.waivers)
    files = {"files": files_of(items, repository)} if by_file else {}
    return Waivers(configuration.waivers, names, today(), **files)


def _with_severities(finding: Finding, configuration: Configuration, rules: Sequence[Rule]) -> Finding:
    """A finding and the others of its fault with the severities that the configuration gives their rules; the worst of
    them stands."""
    first, *others = [_with_severity(one, configuration, rules) for one in (finding, *finding.seen_as)]
    worst = min((first, *others), key=lambda one: SEVERITIES.index(one.severity))
    if worst is first:
        return replace(first, seen_as=tuple(others)) if others else first
    rest = (replace(one, seen_as=()) for one in (first, *others) if one is not worst)
    return replace(worst, seen_as=tuple(rest))


def _with_severity(finding: Finding, configuration: Configuration, rules: Sequence[Rule]) -> Finding:
    """A finding with the severity that the configuration gives its rule.

    Where a rule holds a finding milder than itself (a gap between versions may be all there is to it), it is made
    milder still, and never worse.
    """
    wanted = configuration.severity.get(finding.rule)
    if wanted is None or wanted == finding.severity:
        return finding
    usual = next(rule.severity for rule in rules if rule.code == finding.rule)
    milder = SEVERITIES.index(finding.severity) > SEVERITIES.index(usual)
    if milder and SEVERITIES.index(wanted) < SEVERITIES.index(finding.severity):
        return finding
    return replace(finding, severity=wanted)


def _rated(change: Change, configuration: Configuration, *, only_hurt: bool) -> Change:
    """A change with the severity that the configuration gives its kind.

    ``error`` is for every change of the kind, whoever it hurts, or where only what hurts some parties counts for what
    does or may; ``warning`` and ``note`` make no change worse.
    """
    wanted = configuration.severity.get(change.rule)
    if wanted is None or wanted == change.severity:
        return change
    if wanted == "error":
        return change if only_hurt and change.verdict not in ("breaking", "unknown") else replace(change, rated=wanted)
    milder = SEVERITIES.index(wanted) > SEVERITIES.index(change.severity)
    return replace(change, rated=wanted) if milder else change


def fails_on(asked: str | None, configuration: Configuration, *, compared: bool = False) -> str:
    """What a run fails on: the argument, else the configuration, else ``error``. ``new``, ``unknown`` and ``breaking``
    are for two versions; a run that looks at one takes ``error`` in their place."""
    level = asked or configuration.fail_on or "error"
    return "error" if level in ("new", "unknown", "breaking") and not compared else level


def noted(report: Report, sentences: Sequence[str]) -> Report:
    """A report whose note has some sentences more."""
    return replace(report, note=" ".join(text for text in (report.note, *sentences) if text))


def located(report: Report, forms: Sequence[str], within: Confinement, repository: RepositoryPlaces) -> Report:
    """The report with the places in the user's repository, where a format points into it. ``within`` is what may be
    read."""
    if not any(FORMATS[form].points for form in forms):
        return report
    statements = {statement for finding in report.findings for statement in finding.statements}
    for change in report.changes:
        statements.update(one for one in (change.new, change.old) if one is not None)
    return replace(
        report,
        problems=(*report.problems, *repository.outside_sources(within)),
        places=repository.of_statements(statements),
        problem_places=repository.of_problems(report.problems),
    )


def for_formats(
    report: Report,
    forms: Sequence[str],
    *,
    fail_on: str,
    category: str,
    bump: bool = False,
    revision: Revision | None = None,
) -> Report:
    """A report with what the formats tell of the run: the level at which it fails, its category, and the repository
    where one of them names it, at ``revision`` or as it is checked out."""
    origin = None
    if any(FORMATS[form].names_repository for form in forms):
        from gbcscheck.policy.checkout import version_control_of

        origin = version_control_of(revision)
    return replace(report, fail_on=fail_on, bump=bump, category=category, version_control=origin)
