"""Baselines: what is found today, as entries that let it pass, and what of these is not needed any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from gbcscheck.api.checking import Progress, check_scope
from gbcscheck.api.waiving import Entered, target_of
from gbcscheck.errors import Problems, UsageError
from gbcscheck.model.waivers import EXPIRED, OUTDATED, UNUSED, Waiver
from gbcscheck.policy.applied import with_policy
from gbcscheck.policy.configuration import BASELINE, Configuration
from gbcscheck.policy.scope import Scope, configuration_of
from gbcscheck.policy.waivers import today
from gbcscheck.printable import escaped
from gbcscheck.report import Report


def entered_baseline(
    paths: Sequence[str],
    progress: Progress,
    *,
    release: str | None = None,
    last: date | None = None,
    prune: bool = False,
    config: Path | None = None,
    allow_outside: bool = False,
) -> Entered:
    """The baseline with an entry for each finding that has no waiver, which hold until ``last``; or with ``prune``
    without those that hold for nothing any more. Problems where an input cannot be read."""
    from gbcscheck.policy.repository_places import RepositoryPlaces
    from gbcscheck.policy.waiver_entries import baseline_with

    if prune and last:
        raise UsageError("--prune adds nothing, so that --expires has nothing to be for")
    if last and last < today():
        raise UsageError(f"--expires {last} is over already")
    target = target_of(config, allow_outside=allow_outside)
    path = target.parent / BASELINE
    there = target.exists() or path.exists()
    configuration = configuration_of(target, allow_outside=allow_outside) if there else Configuration()
    scope = Scope.of(configuration, paths, release, allow_outside=allow_outside)
    if prune and not scope.whole:
        raise UsageError("only a run on all that the configuration names can tell what holds for nothing any more")
    report = check_scope(scope, configuration, progress)
    if report.problems:
        raise Problems(list(report.problems))
    report = with_policy(report, configuration, report.rules, whole=scope.whole, repository=RepositoryPlaces(()))
    known = [waiver for waiver in configuration.waivers if waiver.is_old]
    gone = _gone(report) if prune else []
    added = [] if prune else _added(report, last)
    over = {waiver.fingerprint for waiver in added}

    def keeps(waiver: Waiver) -> bool:
        replaced = waiver.fingerprint in over and bool(waiver.fingerprint)
        return waiver not in gone and not replaced

    shown = escaped(str(path))
    if not added and all(keeps(waiver) for waiver in known):
        return Entered(
            path, None, f"{shown}: nothing to take out" if prune else f"nothing to add to {shown}: {_waived(report)}"
        )
    replaced = sum(not keeps(waiver) for waiver in known) - len(gone)
    told = f"{_entries(len(gone))} taken out" if prune else f"{_entries(len(added))} added"
    instead = f", {replaced:,} of them in the place of an older one" if replaced else ""
    return Entered(path, baseline_with(path, known, added, keeps), f"{shown}: {told}{instead}")


def _added(report: Report, last: date | None) -> list[Waiver]:
    """An entry for each finding that has no waiver and in which the files take part."""
    reason = f"baseline of {today()}"
    entries: dict[str, Waiver] = {}
    for finding in (one for found in report.findings for one in (found, *found.seen_as) if not found.waived):
        if not finding.elsewhere:
            known = entries.get(finding.fingerprint)
            values = tuple(dict.fromkeys((*(known.values if known else ()), *finding.values)))
            entries[finding.fingerprint] = Waiver(
                reason, finding.rule, finding.subject, finding.fingerprint, last, values=values, is_old=True
            )
    return list(entries.values())


def _gone(report: Report) -> list[Waiver]:
    """The entries of the baseline that hold for nothing any more."""
    return [
        use.waiver
        for use in report.waivers
        if use.waiver.is_old and (use.state in (UNUSED, OUTDATED) or (use.state == EXPIRED and not use.matched))
    ]


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


def _waived(report: Report) -> str:
    number = report.waived()
    if number == 1:
        return "the one finding is waived"
    return f"all {number:,} findings are waived" if number else "nothing is found"
