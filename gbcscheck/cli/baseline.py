"""``gbcscheck baseline``: let everything pass that is found today, so that a gate stops what is new."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gbcscheck.cli import options, policy
from gbcscheck.cli.streams import write_file, write_stdout
from gbcscheck.cli.terminal import Progress
from gbcscheck.cli.waive import target_of
from gbcscheck.configuration import Configuration
from gbcscheck.errors import Problems, UsageError
from gbcscheck.printable import escaped
from gbcscheck.waivers import Waiver, today


@click.command(
    epilog="""\b
Examples:
  gbcscheck baseline                       for what the configuration names
  gbcscheck baseline my-specs --release current
  gbcscheck baseline --expires 2027-06-30"""
)
@click.argument("paths", metavar="[FOLDER_OR_FILE]...", nargs=-1, type=click.Path(readable=False))
@options.release_option
@click.option(
    "--expires",
    metavar="YYYY-MM-DD",
    type=click.DateTime(formats=("%Y-%m-%d",)),
    help="Last day on which the waivers hold.",
)
@policy.configuration_option
@options.allow_outside_option
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def baseline(
    paths: tuple[str, ...],
    release: str | None,
    expires: datetime | None,
    config: Path | None,
    allow_outside: bool,
    quiet: bool,
) -> int:
    """Waive everything that is found today.

    Checks as gbcscheck check does, and adds a waiver for each finding that has none, notes included, to the
    configuration. From then on only what is new fails. A second run adds nothing.

    Where an input cannot be read, nothing is written, and the exit code is 2.
    """
    from gbcscheck.cli.check import examine, load
    from gbcscheck.rules import RULES
    from gbcscheck.waiver_entries import with_entries

    if "" in paths:
        raise UsageError("an argument is empty; a folder or a file was expected")
    last = expires.date() if expires else None
    if last and last < today():
        raise UsageError(f"--expires {last} is over already")
    path = target_of(config, allow_outside=allow_outside)
    configuration = policy.configuration_of(path) if path.exists() else Configuration()
    scope = policy.Scope.of(configuration, paths, release, allow_outside=allow_outside)
    with Progress(quiet=quiet) as progress:
        loaded = load(scope, progress)
        progress("checking")
        report = examine(loaded, RULES)
    if report.problems:
        raise Problems(list(report.problems))
    report = policy.with_policy(report, configuration, RULES, whole=scope.whole)
    reason = f"baseline of {today()}"
    waivers = {
        finding.fingerprint: Waiver(reason, finding.rule, finding.subject, finding.fingerprint, last)
        for finding in report.findings
        if not finding.waived
    }
    if not waivers:
        write_stdout(f"nothing to add to {escaped(str(path))}: {_waived(report.waived())}\n")
        return 0
    write_file(with_entries(path, list(waivers.values())), path)
    number = len(waivers)
    write_stdout(f"{escaped(str(path))}: {number:,} {'waiver' if number == 1 else 'waivers'} added\n")
    return 0


def _waived(number: int) -> str:
    return f"all {number:,} findings are waived" if number else "nothing is found"
