"""``gbcscheck baseline``: let everything pass that is found today, so that a gate stops what is new."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gbcscheck.cli import options, policy
from gbcscheck.cli.streams import write_file, write_stdout
from gbcscheck.cli.terminal import Progress
from gbcscheck.errors import UsageError


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
    from gbcscheck.api.baselines import entered_baseline

    if "" in paths:
        raise UsageError("an argument is empty; a folder or a file was expected")
    last = expires.date() if expires else None
    with Progress(quiet=quiet) as progress:
        entered = entered_baseline(
            paths, progress, release=release, last=last, prune=prune, config=config, allow_outside=allow_outside
        )
    if entered.content is not None:
        write_file(entered.content, entered.path)
    write_stdout(f"{entered.message}\n")
    return 0
