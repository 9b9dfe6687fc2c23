"""``gbcscheck check``: cross-check a release, or one's own files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gbcscheck.cli import FAILED, FINDINGS, options
from gbcscheck.cli.inputs import shipped_files, with_read_beside
from gbcscheck.cli.streams import write_output
from gbcscheck.cli.terminal import Progress, layout_for, print_problem
from gbcscheck.errors import UsageError
from gbcscheck.report import FORMATS, Report, RuleLabel

if TYPE_CHECKING:
    from gbcscheck.releases import Release
    from gbcscheck.rules.base import Rule


@click.command(
    epilog="""\b
Examples:
  gbcscheck check                                  the default release that ships
  gbcscheck check --release before-mp131           another one
  gbcscheck check my-specs                         your own files, by themselves
  gbcscheck check table-28d.xlsx --release current your Table 28d in the place of the shipped one
  gbcscheck check --select default,configurability two kinds of conflict only
  gbcscheck check --ignore V1 --fail-on warning    no rule whose code begins with V1
  gbcscheck check --format json -o report.json     everything, for a machine"""
)
@click.argument("paths", metavar="[FOLDER_OR_FILE]...", nargs=-1, type=click.Path(readable=False))
@options.release_option
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    shell_complete=options.complete_rules_and_kinds,
    help="Only these rules: codes, beginnings of codes, names or kinds, separated by commas; may be repeated.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULES",
    shell_complete=options.complete_rules_and_kinds,
    help="Not these rules; has the last word over --select.",
)
@options.fail_on_option
@options.format_option(*FORMATS)
@options.output_option
@options.notes_option
@options.quiet_option
@options.no_color_option
def check(
    paths: tuple[str, ...],
    release: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    form: str,
    output: Path | None,
    notes: bool | None,
    quiet: bool,
    no_color: bool,
) -> int:
    """Report where specifications cannot all be followed.

    Without an argument: the release of the specifications that ship. With files and folders (extracts .json, tables
    .xlsx and .csv, schemas .xsd): these by themselves, or with --release over a release, each in the place of the
    part that it holds. A folder with a releases.toml is a repository of specifications of its own.

    Every input that cannot be read is told; the others are checked all the same, and the exit code is 2.
    """
    from gbcscheck.cli.selection import select_rules
    from gbcscheck.rules import RULES

    if "" in paths:
        raise UsageError("an argument is empty; a folder or a file was expected")
    chosen = select_rules(RULES, select, ignore)
    with Progress(quiet=quiet) as progress:
        loaded = load([Path(path) for path in paths], release, progress)
        progress("checking")
        report = examine(loaded, chosen)
    shown = notes if notes is not None else fail_on == "note"
    if report.statements or form == "json":
        text = _render(report, form, quiet=quiet, notes=shown, output=output, no_color=no_color)
        sources = [*with_read_beside(loaded.files, output), *shipped_files(output)]
        write_output(text, output, sources=sources, exact=form == "json")
    for problem in loaded.problems:
        print_problem(problem)
    if loaded.problems:
        return FAILED
    return FINDINGS if report.reaches(fail_on) else 0


def load(paths: Sequence[Path], release: str | None, progress: Progress) -> Release:
    """The release that the arguments name; errors as ``load_release`` and ``load_paths`` raise them."""
    from gbcscheck.releases import load_paths, load_release

    if paths:
        return load_paths(paths, release=release, progress=progress)
    return load_release(release, progress=progress)


def examine(loaded: Release, rules: Sequence[Rule]) -> Report:
    """What some rules find in a release."""
    from gbcscheck.catalogue import Catalogue
    from gbcscheck.rules import check as findings_of

    catalogue = Catalogue.of(loaded)
    return Report(
        release=loaded.name,
        title=loaded.title,
        note=loaded.note,
        specifications=catalogue.specifications,
        findings=tuple(findings_of(catalogue, rules)),
        rules=tuple(RuleLabel(rule.code, rule.name, rule.kind) for rule in rules),
        statements=len(catalogue.statements),
        subjects=len(catalogue.by_subject),
        problems=loaded.problems,
        skipped=loaded.skipped,
    )


def _render(report: Report, form: str, *, quiet: bool, notes: bool, output: Path | None, no_color: bool) -> str:
    if form == "json":
        from gbcscheck.report.json import render_json

        return render_json(report)
    from gbcscheck.report.text import render_brief, render_text

    if quiet:
        return render_brief(report, notes=notes)
    return render_text(report, layout_for(output, no_color=no_color), notes=notes)
