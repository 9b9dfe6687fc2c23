"""``gbcscheck check``: cross-check a release, or one's own files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gbcscheck.api.formats import FORMATS, clear_verdict, render
from gbcscheck.cli import FAILED, FINDINGS, options, policy
from gbcscheck.cli.annotation import annotate_option, annotated, put_beside, tell_marked
from gbcscheck.cli.check_options import alone_option, request_options, rules_options
from gbcscheck.cli.outputs import Output, OutputsCommand, category_option, outputs_options, write_outputs
from gbcscheck.cli.terminal import Progress, layout_for, print_message, print_problem

if TYPE_CHECKING:
    from gbcscheck.api.checking import CheckRequest


@click.command(
    cls=OutputsCommand,
    epilog="""\b
Examples:
  gbcscheck check                                  the default release that ships
  gbcscheck check --release before-mp131           another one
  gbcscheck check table-28d.xlsx                   your Table 28d in the place of the shipped one
  gbcscheck check draft.docx --view original       a Word document before its tracked changes
  gbcscheck check my-specs --alone                 your own files, by themselves
  gbcscheck check --select default,configurability two kinds of conflict only
  gbcscheck check --ignore V1 --fail-on warning    no rule whose code begins with V1
  gbcscheck check specs --exclude drafts/          not what is in folders called drafts
  gbcscheck check --format json -o report.json     everything, for a machine
  gbcscheck check --format sarif -o a.sarif --format markdown -o a.md
  gbcscheck check draft.xlsx --annotate marked.xlsx""",
)
@click.argument("paths", metavar="[FOLDER_OR_FILE]...", nargs=-1, type=click.Path(readable=False))
@options.release_option
@click.option("--all", "every", is_flag=True, help="Show also findings in which your own files take no part.")
@click.option("--unread", is_flag=True, help="Name in the text every place that was not read.")
@click.option("--matrix", is_flag=True, help="Put all of the matrix into the HTML page, not what is touched alone.")
@click.option("--strict", is_flag=True, help="Exit code 1 where anything of your files was not read or not compared.")
@alone_option
@rules_options(
    select="Only these rules: codes, beginnings of codes, names or kinds, separated by commas; may be repeated.",
    ignore="Not these rules; has the last word over --select.",
)
@options.fail_on_option
@outputs_options
@category_option
@annotate_option
@options.notes_option
@policy.show_waived_option
@policy.strict_waivers_option
@request_options
@options.quiet_option
@options.no_color_option
def check(
    request: CheckRequest,
    every: bool,
    unread: bool,
    matrix: bool,
    strict: bool,
    fail_on: str | None,
    outputs: tuple[Output, ...],
    category: str,
    annotate: Path | None,
    notes: bool | None,
    show_waived: bool,
    strict_waivers: bool,
    quiet: bool,
    no_color: bool,
) -> int:
    """Report where specifications cannot all be followed.

    Without an argument: what the configuration names, else the release of the specifications that ship. With files
    and folders (extracts .json, tables .xlsx, .csv and .docx, schemas .xsd): that release, or the one that --release
    names, with each of these in the place of the part that it holds; or, with --alone, these by themselves. A folder
    with a releases.toml is a repository of specifications of its own: every release of it is checked, or the one that
    --release names.

    Every input that cannot be read is told; the others are checked all the same, and the exit code is 2.
    """
    from gbcscheck.api.checking import run_check

    request = replace(
        request, fail_on=fail_on, strict_waivers=strict_waivers, every=every, strict=strict, matrix=matrix
    )
    with Progress(quiet=quiet) as progress:
        checked = run_check(request, progress, [output.form for output in outputs], category)
    report, level = checked.report, checked.report.fail_on
    marked = annotated(checked, annotate, [output.path for output in outputs]) if annotate else None
    shown = notes if notes is not None else level == "note"
    texts = [
        (
            output,
            render(
                report,
                output.form,
                layout_for(output.path, no_color=no_color),
                notes=shown,
                brief=quiet,
                waived=show_waived,
                unread=unread,
            ),
        )
        for output in outputs
        if report.statements or not FORMATS[output.form].is_text
    ]
    with put_beside(marked, annotate, lambda: checked.sources(annotate)) as put_copy:
        write_outputs(texts, sources=checked.sources)
        put_copy()
    tell_marked(marked, annotate, quiet=quiet)
    for problem in report.problems:
        print_problem(problem)
    if report.problems:
        return FAILED
    if report.reaches(level):
        return FINDINGS
    if report.is_uncompared:
        print_message(clear_verdict(report))
        return FAILED
    return FINDINGS if report.lacks else 0
