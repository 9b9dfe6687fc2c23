"""``gbcscheck crosswalk``: what is linked, what is not, and what messages show of it."""

from __future__ import annotations

from pathlib import Path

import click

from gbcscheck.cli import FINDINGS, options
from gbcscheck.cli.streams import write_stdout
from gbcscheck.cli.terminal import WIDEST_TABLE, Progress, layout_for
from gbcscheck.errors import UsageError


@click.command(
    epilog="""\b
Examples:
  gbcscheck crosswalk                       what is linked, by request and response
  gbcscheck crosswalk --missing             each element that no command carries, with the reason
  gbcscheck crosswalk --prove captures      what pairs of a request and its command show
  gbcscheck crosswalk --missing --format json | jq '.requests[] | select(.state == "missing").subject'"""
)
@click.option("--stats", is_flag=True, help="What is linked, by request and response (the default).")
@click.option("--missing", is_flag=True, help="Every element without a link, with the reason where there is one.")
@click.option(
    "--prove",
    "folders",
    multiple=True,
    type=options.FILE,
    metavar="FOLDER",
    help="Compare every value of the requests in a folder with that of their commands: X_REQUEST_DUIS.XML and "
    "X_COMMAND_GBCS.HEX, or X.xml and X.hex.",
)
@options.release_option
@options.format_option("text", "json")
@options.no_color_option
@options.allow_outside_option
def crosswalk(
    stats: bool,
    missing: bool,
    folders: tuple[Path, ...],
    release: str | None,
    form: str,
    no_color: bool,
    allow_outside: bool,
) -> int:
    """Show how far the crosswalk goes, and prove it on messages.

    The crosswalk says which element of a service request is which row of a command, and which element of a response
    shows it. What it does not link is not compared: here it is counted and named.

    Exit codes: 0; with --prove 1 where a command has another value than its request asks for; 2 could not do its work.
    """
    from gbcscheck.api.crosswalk import crosswalk_coverage, crosswalk_proof

    if folders and (missing or stats):
        raise UsageError(
            "--prove is about messages, --stats and --missing about the crosswalk: one of them is expected"
        )
    if missing and stats:
        raise UsageError("--stats or --missing was expected, these are both")
    layout = layout_for(None, no_color=no_color, widest=WIDEST_TABLE)
    if folders:
        with Progress() as progress:
            proof = crosswalk_proof(folders, release, progress, allow_outside=allow_outside)
        write_stdout(proof.to(form, layout), exact=form == "json")
        return 0 if proof.ok else FINDINGS
    with Progress() as progress:
        coverage = crosswalk_coverage(release, progress)
    write_stdout(coverage.to(form, layout, missing=missing), exact=form == "json")
    return 0
