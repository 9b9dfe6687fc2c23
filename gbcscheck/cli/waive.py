"""``gbcscheck waive``: let a finding pass, with a reason."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from gbcscheck.cli import options, policy
from gbcscheck.cli.streams import write_file, write_stdout
from gbcscheck.configuration import FINGERPRINT, find_configuration, home_of_configuration
from gbcscheck.errors import UsageError
from gbcscheck.printable import escaped
from gbcscheck.waivers import Waiver, today


@click.command(
    epilog="""\b
Examples:
  gbcscheck waive b31581474f149c24 --reason "agreed on 4 May, see the minutes"
  gbcscheck waive b31581474f149c24 --reason "until GBCS 4.1" --expires 2027-06-30
  gbcscheck waive --rule N105 --reason "two schemas, on purpose" """
)
@click.argument("fingerprint", metavar="[FINGERPRINT]", default="")
@click.option("--reason", required=True, metavar="TEXT", help="Why it may stand; the reports tell it.")
@click.option("--rule", metavar="CODE", default="", help="Only for this rule: its code, its name, or change/narrowed.")
@click.option("--subject", metavar="NAME", default="", help="Only for this subject.")
@click.option(
    "--expires",
    metavar="YYYY-MM-DD",
    type=click.DateTime(formats=("%Y-%m-%d",)),
    help="Last day on which the waiver holds.",
)
@policy.configuration_option
@options.allow_outside_option
def waive(
    fingerprint: str,
    reason: str,
    rule: str,
    subject: str,
    expires: datetime | None,
    config: Path | None,
    allow_outside: bool,
) -> int:
    """Let a finding or a change pass, with a reason.

    FINGERPRINT is told by every format but the plain text: it stays what it is when files move, rows shift or a
    version changes. In its place or beside it, --rule and --subject name what may pass.

    The waiver is added at the end of the configuration; every other octet of it stays. Where there is no
    configuration, gbcscheck.toml is made at the root of the repository.
    """
    wanted = fingerprint.casefold()
    if wanted and not FINGERPRINT.fullmatch(wanted):
        raise UsageError(f'"{fingerprint}" is no fingerprint; 16 hexadecimal digits were expected')
    if not (wanted or rule or subject):
        raise UsageError("nothing to waive is named; a fingerprint, --rule or --subject was expected")
    if not reason.strip():
        raise UsageError("--reason is empty; somebody will want to know why")
    last = expires.date() if expires else None
    if last and last < today():
        raise UsageError(f"--expires {last} is over already")
    _refuse_unknown(rule)
    path = target_of(config, allow_outside=allow_outside)
    waiver = Waiver(reason.strip(), rule, subject, wanted, last)
    known = policy.configuration_of(path).waivers if path.exists() else ()
    for other in known:
        if _same(other, waiver, today()):
            write_stdout(f"{escaped(other.where)}: there is this waiver already\n")
            return 0
    from gbcscheck.waiver_entries import with_entries

    write_file(with_entries(path, [waiver]), path)
    told = f"{path}: {waiver.named} is waived{f' until {last}' if last else ''}"
    write_stdout(f"{escaped(told)}\n")
    return 0


def target_of(config: Path | None, *, allow_outside: bool = False) -> Path:
    """The configuration to add to: the one that is named, the one that is found, or the one to make."""
    found = config or find_configuration(Path(), allow_outside=allow_outside)
    return found or home_of_configuration(Path())


def _refuse_unknown(rule: str) -> None:
    names = policy.waivable_rules()
    if rule and rule.casefold() not in {name.casefold() for name in names}:
        from gbcscheck.near_names import unknown

        raise UsageError(unknown("rule", rule, names))


def _same(one: Waiver, other: Waiver, on: date) -> bool:
    """Whether a waiver that still holds is for the same."""
    named = (one.rule.casefold(), one.subject, one.fingerprint) == (
        other.rule.casefold(),
        other.subject,
        other.fingerprint,
    )
    return named and not one.has_expired(on)
