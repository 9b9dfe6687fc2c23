"""``gbcscheck waive``: let a finding pass, with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click

from gbcscheck.cli import options, policy
from gbcscheck.cli.options import FILE
from gbcscheck.cli.streams import write_file, write_stdout
from gbcscheck.cli.terminal import Progress
from gbcscheck.errors import UnreadableSource, UsageError
from gbcscheck.evidence.conflict_values import bounded
from gbcscheck.model import PARTIES
from gbcscheck.model.waivers import Waiver
from gbcscheck.policy.configuration import BASELINE, Configuration, find_configuration, home_of_configuration
from gbcscheck.policy.waiver_reader import FINGERPRINT
from gbcscheck.policy.waivers import today
from gbcscheck.printable import escaped
from gbcscheck.wildcards import refusal


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
    wanted = fingerprint.casefold()
    if wanted and not FINGERPRINT.fullmatch(wanted):
        raise UsageError(f'"{fingerprint}" is no fingerprint; 16 hexadecimal digits were expected')
    if not (wanted or rule or subject or parties or file):
        raise UsageError("nothing to waive is named; a fingerprint, --rule, --subject, --party or --file was expected")
    if not reason.strip():
        raise UsageError("--reason is empty; somebody will want to know why")
    if file and (why := refusal(file)):
        raise UsageError(f'--file "{file}" is no pattern: {why}')
    last = expires.date() if expires else None
    if last and last < today():
        raise UsageError(f"--expires {last} is over already")
    _refuse_unknown(rule)
    path = target_of(config, allow_outside=allow_outside)
    there = path.exists() or (path.parent / BASELINE).exists()
    configuration = policy.configuration_of(path, allow_outside=allow_outside) if there else Configuration()
    waiver = Waiver(reason.strip(), rule, subject, wanted, last, parties=parties, file=file)
    told = ""
    if wanted:
        with Progress(quiet=quiet) as progress:
            scope = policy.Scope.of(configuration, paths, release, allow_outside=allow_outside)
            found = _in_report(report, wanted) if report else _by_check(scope, configuration, wanted, progress)
        if found is not None:
            waiver = replace(waiver, rule=rule or found.rule, subject=subject or found.subject, values=found.values)
        told = _told(found, report)
    for other in configuration.waivers:
        same = other.lets_pass(waiver) or (wanted and other.lets_pass(Waiver("", fingerprint=wanted)))
        if same and not other.is_old and not other.has_expired(today()):
            write_stdout(f"{escaped(other.where)}: there is this waiver already\n")
            return 0
    from gbcscheck.policy.waiver_entries import with_entries

    write_file(with_entries(path, [waiver]), path)
    said = f"{path}: {waiver.named} is waived{f' until {last}' if last else ''}{told}"
    write_stdout(f"{escaped(said)}\n")
    return 0


class _Found(NamedTuple):
    """What a fingerprint is that of."""

    rule: str
    subject: str
    values: tuple[str, ...]


def _told(found: _Found | None, report: Path | None) -> str:
    """What is said of the values that a waiver remembers."""
    if found is None:
        where = f"in {report}" if report else "by check"
        return f", whatever the values are: it is not found {where}"
    return f", with the values {', '.join(found.values)}" if found.values else ""


def _by_check(scope: policy.Scope, configuration: Configuration, fingerprint: str, progress: Progress) -> _Found | None:
    """The finding of a fingerprint as ``check`` finds it; None where it does not."""
    try:
        findings = policy.checked(scope, configuration, progress).findings
    except UnreadableSource:
        return None
    return _one([_Found(one.rule, one.subject, one.values) for one in findings if one.fingerprint == fingerprint])


def _in_report(report: Path, fingerprint: str) -> _Found | None:
    """The finding or the change of a fingerprint in a JSON report; None where it has none of it.

    Raises UnreadableSource or InvalidExtract for a file that is none.
    """
    from gbcscheck.inputs.json_values import load_json

    document = load_json(report)
    if not isinstance(document, dict) or not isinstance(document.get("findings"), list):
        raise UnreadableSource("this is no JSON report of gbcscheck: it has no findings", where=str(report))
    changes = document.get("changes")
    entries = [*document["findings"], *(changes if isinstance(changes, list) else ())]
    return _one(
        [
            _Found(
                str(entry["rule"] if "rule" in entry else f"change/{entry.get('change')}"),
                str(entry.get("subject", "")),
                tuple(map(str, entry["values"])) if isinstance(entry.get("values"), list) else (),
            )
            for entry in entries
            if isinstance(entry, dict) and entry.get("fingerprint") == fingerprint
        ]
    )


def _one(found: Sequence[_Found]) -> _Found | None:
    """All of one fingerprint as one, with the values of each."""
    return found[0]._replace(values=bounded(value for one in found for value in one.values)) if found else None


def target_of(config: Path | None, *, allow_outside: bool = False) -> Path:
    """The configuration to add to: the one that is named, the one that is found, or the one to make."""
    found = config or find_configuration(Path(), allow_outside=allow_outside)
    return found or home_of_configuration(Path())


def _refuse_unknown(rule: str) -> None:
    names = policy.waivable_rules()
    if rule and rule.casefold() not in {name.casefold() for name in names}:
        from gbcscheck.near_names import unknown

        raise UsageError(unknown("rule", rule, names))
