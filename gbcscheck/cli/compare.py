"""``gbcscheck compare``: what a change of specifications breaks, and which conflicts it brings or ends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gbcscheck.cli import FAILED, FINDINGS, options, policy
from gbcscheck.cli.outputs import Output, OutputsCommand, category_option, outputs_options, write_outputs
from gbcscheck.cli.streams import print_line
from gbcscheck.cli.terminal import Progress, layout_for, print_problem
from gbcscheck.model import PARTIES

if TYPE_CHECKING:
    from gbcscheck.api.extracting import TableChoice

LEVELS = ("new", "unknown", "breaking", "error", "warning", "note", "never")


@click.command(
    cls=OutputsCommand,
    epilog="""\b
Examples:
  gbcscheck compare origin/main                    your work tree against a branch
  gbcscheck compare origin/main...HEAD             a branch from where it left another
  gbcscheck compare v1.2 HEAD --path specs         two revisions, one folder of them
  gbcscheck compare HEAD~3:specs/duis.xsd          one file as it was, against the work tree
  gbcscheck compare duis-5.3.xsd duis-5.4.xsd      two files; folders work alike
  gbcscheck compare before-mp131 after-mp131       two releases that ship
  gbcscheck compare draft.docx                     what accepting its tracked changes breaks
  gbcscheck compare origin/main --fail-on breaking let new conflicts pass
  gbcscheck compare origin/main --require-bump     what breaks needs a later version
  gbcscheck compare origin/main --party DCC        only what hurts the DCC fails
  gbcscheck compare origin/main --no-new-waivers   what the change waives by itself counts all the same

\b
A change is breaking where somebody who keeps to the older side is hurt: who sends, where a value is
permitted no longer; who receives, where one is permitted that was not.""",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option(
    "--path",
    "within",
    multiple=True,
    metavar="PATH",
    help="Of revisions and the work tree, only this folder or file; may be repeated.",
)
@click.option(
    "--merge-base/--no-merge-base",
    default=None,
    help="Whether OLD stands for the last commit that it has in common with NEW; without this it does where no NEW is "
    "given.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="What belongs to a side and could not be looked at, as a submodule that is not here, makes the exit code 2.",
)
@click.option(
    "--release",
    metavar="NAME",
    callback=options.release_of,
    shell_complete=options.complete_releases,
    help="Of a repository with a releases.toml only this release, not all of them; for files, the release that ships "
    "over which they lie.",
)
@click.option(
    "--party",
    "parties",
    multiple=True,
    type=click.Choice(PARTIES, case_sensitive=False),
    help="Only what hurts these counts as breaking; may be repeated.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    shell_complete=options.complete_rules_and_kinds,
    help="Only these rules for conflicts: codes, beginnings of codes, names or kinds, separated by commas.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULES",
    shell_complete=options.complete_rules_and_kinds,
    help="Not these rules; has the last word over --select.",
)
@click.option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help="What makes the exit code 1: new (a breaking change, or a conflict that was not there before), unknown (also "
    "a change of which nobody knows whom it hurts), breaking, or a severity of changes and conflicts, old ones too; "
    "new unless the configuration says otherwise.",
)
@click.option(
    "--require-bump",
    is_flag=True,
    help="A document with a breaking change needs a later version; the exit code is 1 where it has none.",
)
@outputs_options
@category_option
@click.option("--notes/--no-notes", default=False, help="Whether the text report shows all changes and conflicts.")
@policy.show_waived_option
@options.tables_options
@options.limits_option
@policy.strict_waivers_option
@click.option(
    "--no-new-waivers",
    is_flag=True,
    help="Waivers, milder severities, exclusions and looser house rules that the change itself brings do not hold.",
)
@policy.exclude_option
@policy.configuration_option
@policy.no_configuration_option
@options.house_rules_option
@options.allow_outside_option
@options.no_cache_option
@click.option("-q", "--quiet", is_flag=True, help="One line a change or new conflict, and no summary and no progress.")
@options.no_color_option
def compare(
    old: str,
    new: str | None,
    within: tuple[str, ...],
    merge_base: bool | None,
    strict: bool,
    release: str | None,
    parties: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    require_bump: bool,
    outputs: tuple[Output, ...],
    category: str,
    notes: bool,
    show_waived: bool,
    strict_waivers: bool,
    no_new_waivers: bool,
    excluded: tuple[str, ...],
    config: Path | None,
    no_config: bool,
    allow_outside: bool,
    quiet: bool,
    no_color: bool,
    house_paths: tuple[Path, ...],
    tables: TableChoice,
) -> int:
    """Tell what changed between two sides, whom it hurts, and which conflicts it brings.

    OLD and NEW are folders, single files (extracts .json, tables .xlsx, .csv and .docx, schemas .xsd), releases that
    ship, or revisions of the git repository around (a branch, a tag, HEAD~3, REVISION:PATH, WORKTREE). Without NEW: the
    work tree, of REVISION:PATH the same path there, from where it left OLD, as in a pull request; of a Word document
    itself, before its tracked changes and with all of them accepted. OLD...NEW is NEW from where it left OLD, OLD..NEW
    the one with the other. Revisions are read through git; the work tree is never touched.

    Statements are compared as sets of values, never as text, and matched by what they speak of, never by file or line.
    Every input that cannot be read is told; the other side is compared all the same, and the exit code is 2.
    """
    from gbcscheck.api.comparing import CompareRequest, render_compared, run_compare

    request = CompareRequest(
        old,
        new,
        within,
        merge_base,
        strict,
        release,
        parties,
        select,
        ignore,
        fail_on,
        require_bump,
        strict_waivers,
        no_new_waivers,
        excluded,
        config,
        no_config,
        allow_outside,
        house=house_paths,
        tables=tables,
    )
    with Progress(quiet=quiet) as progress:
        compared = run_compare(request, progress, print_line, [output.form for output in outputs], category)
    report, level = compared.report, compared.report.fail_on
    texts = [
        (
            output,
            render_compared(
                report,
                compared.newer,
                output.form,
                layout_for(output.path, no_color=no_color),
                notes=notes,
                brief=quiet,
                waived=show_waived,
            ),
        )
        for output in outputs
    ]
    write_outputs(texts, sources=compared.sources)
    for problem in report.problems:
        print_problem(problem)
    if report.problems:
        return FAILED
    return FINDINGS if report.reaches(level) else 0
