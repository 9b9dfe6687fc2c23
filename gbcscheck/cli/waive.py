"""``gbcscheck waive``: let a finding pass, with a reason."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gbcscheck.cli import options, policy
from gbcscheck.cli.options import FILE
from gbcscheck.cli.streams import write_file, write_stdout
from gbcscheck.cli.terminal import Progress
from gbcscheck.model import PARTIES
from gbcscheck.model.waivers import Waiver


@click.command(
    epilog="""\b
Examples:
  gbcscheck waive b31581474f149c24 --reason "agreed on 4 May, see the minutes"
  gbcscheck waive b31581474f149c24 my-specs --reason "until GBCS 4.1" --expires 2027-06-30
  gbcscheck waive d04b79cb502237d5 --report compared.json --reason "agreed with all users"
  gbcscheck waive --rule N105 --reason "two schemas, on purpose"
  gbcscheck waive --rule V101 --subject "ReadLog.*" --reason "mended with the next version"
  gbcscheck waive --rule change/narrowed --party DCC --file "specs/duis/" --reason "DCC is ready" """
)
@click.argument("fingerprint", metavar="[FINGERPRINT]", default="")
@click.argument("paths", metavar="[FOLDER_OR_FILE]...", nargs=-1, type=click.Path(readable=False))
@click.option("--reason", required=True, metavar="TEXT", help="Why it may stand; the reports tell it.")
@click.option("--rule", metavar="CODE", default="", help="Only for this rule: its code, its name, or change/narrowed.")
@click.option("--subject", metavar="NAME", default="", help="Only for this subject; * stands for any characters.")
@click.option(
    "--party",
    "parties",
    multiple=True,
    type=click.Choice(PARTIES, case_sensitive=False),
    help="Only for changes that hurt these and nobody else; may be repeated.",
)
@click.option("--file", default="", metavar="PATTERN", help="Only for what stands in these files: specs/**/table-28d.*")
@click.option(
    "--expires",
    metavar="YYYY-MM-DD",
    type=click.DateTime(formats=("%Y-%m-%d",)),
    help="Last day on which the waiver holds.",
)
@options.limits_option
@click.option("--report", type=FILE, metavar="FILE", help="Take the values from this JSON report of check or compare.")
@options.release_option
@policy.configuration_option
@options.allow_outside_option
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def waive(
    fingerprint: str,
    paths: tuple[str, ...],
    reason: str,
    rule: str,
    subject: str,
    parties: tuple[str, ...],
    file: str,
    expires: datetime | None,
    report: Path | None,
    release: str | None,
    config: Path | None,
    allow_outside: bool,
    quiet: bool,
) -> int:
    """Let a finding or a change pass, with a reason.

    FINGERPRINT is told by every format but the plain text: it stays what it is when files move, rows shift or a
    version changes. In its place or beside it, --rule, --subject, --party and --file name what may pass.

    A waiver with a fingerprint remembers the values that it lets pass, and holds for no others: they are looked up as
    gbcscheck check finds them, in the files named or what the configuration names, or in a JSON report.

    The waiver is added at the end of the configuration; every other octet of it stays. Where there is no
    configuration, gbcscheck.toml is made at the root of the repository.
    """
    from gbcscheck.api.waiving import entered_waiver

    waiver = Waiver(reason, rule, subject, fingerprint, expires.date() if expires else None, parties=parties, file=file)
    with Progress(quiet=quiet) as progress:
        entered = entered_waiver(
            waiver, paths, progress, release=release, report=report, config=config, allow_outside=allow_outside
        )
    if entered.content is not None:
        write_file(entered.content, entered.path)
    write_stdout(f"{entered.message}\n")
    return 0
