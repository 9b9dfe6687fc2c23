"""``gbcscheck baseline``: let everything pass that is found today, so that a gate stops what is new."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gbcscheck.cli import options, policy
from gbcscheck.cli.streams import write_file, write_stdout
from gbcscheck.cli.terminal import Progress
from gbcscheck.cli.waive import target_of
from gbcscheck.errors import Problems, UsageError
from gbcscheck.model.waivers import EXPIRED, OUTDATED, UNUSED, Waiver
from gbcscheck.policy.configuration import BASELINE, Configuration
from gbcscheck.policy.waivers import today
from gbcscheck.printable import escaped

if TYPE_CHECKING:
    from gbcscheck.report import Report


@click.command(
    epilog="""\b
Examples:
  gbcscheck baseline                       for what the configuration names
  gbcscheck baseline my-specs --release current
  gbcscheck baseline --expires 2027-06-30
  gbcscheck baseline --prune               take out what holds for nothing any more"""
)
@click.argument("paths", metavar="[FOLDER_OR_FILE]...", nargs=-1, type=click.Path(readable=False))
@options.release_option
@click.option(
    "--expires",
    metavar="YYYY-MM-DD",
    type=click.DateTime(formats=("%Y-%m-%d",)),
    help="Last day on which the entries hold.",
)
@options.limits_option
@click.option("--prune", is_flag=True, help="Take out the entries that hold for nothing any more, and add none.")
@policy.configuration_option
@options.allow_outside_option
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def baseline(
    paths: tuple[str, ...],
    release: str | None,
    expires: datetime | None,
    prune: bool,
    config: Path | None,
    allow_outside: bool,
    quiet: bool,
) -> int:
    """Let everything pass that is found today.

    Checks as gbcscheck check does, and writes an entry for each finding that has no waiver, notes included, with its
    values, to gbcscheck-baseline.toml beside the configuration. From then on only what is new fails, and what has other
    values. A second run adds nothing.

    Where an input cannot be read, nothing is written, and the exit code is 2.
    """
    from gbcscheck.policy.waiver_entries import baseline_with
    from gbcscheck.rules import RULES

    if "" in paths:
        raise UsageError("an argument is empty; a folder or a file was expected")
    if prune and expires:
        raise UsageError("--prune adds nothing, so that --expires has nothing to be for")
    last = expires.date() if expires else None
    if last and last < today():
        raise UsageError(f"--expires {last} is over already")
    target = target_of(config, allow_outside=allow_outside)
    path = target.parent / BASELINE
    there = target.exists() or path.exists()
    configuration = policy.configuration_of(target, allow_outside=allow_outside) if there else Configuration()
    scope = policy.Scope.of(configuration, paths, release, allow_outside=allow_outside)
    if prune and not scope.whole:
        raise UsageError("only a run on all that the configuration names can tell what holds for nothing any more")
    with Progress(quiet=quiet) as progress:
        report = policy.checked(scope, configuration, progress)
    if report.problems:
        raise Problems(list(report.problems))
    report = policy.with_policy(report, configuration, RULES, whole=scope.whole)
    known = [waiver for waiver in configuration.waivers if waiver.is_old]
    gone = _gone(report) if prune else []
    added = [] if prune else _added(report, last)
    over = {waiver.fingerprint for waiver in added}

    def keeps(waiver: Waiver) -> bool:
        replaced = waiver.fingerprint in over and bool(waiver.fingerprint)
        return waiver not in gone and not replaced

    shown = escaped(str(path))
    if not added and all(keeps(waiver) for waiver in known):
        write_stdout(f"{shown}: nothing to take out\n" if prune else f"nothing to add to {shown}: {_waived(report)}\n")
        return 0
    write_file(baseline_with(path, known, added, keeps), path)
    replaced = sum(not keeps(waiver) for waiver in known) - len(gone)
    told = f"{_entries(len(gone))} taken out" if prune else f"{_entries(len(added))} added"
    write_stdout(f"{shown}: {told}{f', {replaced:,} of them in the place of an older one' if replaced else ''}\n")
    return 0


def _added(report: Report, last: date | None) -> list[Waiver]:
    """An entry for each finding that has no waiver."""
    reason = f"baseline of {today()}"
    entries: dict[str, Waiver] = {}
    for finding in report.findings:
        if not finding.waived:
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
    return f"all {number:,} findings are waived" if number else "nothing is found"
