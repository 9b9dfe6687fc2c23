"""``gbcscheck repair``: what could be written so that findings go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gbcscheck.cli import FAILED, FINDINGS, options
from gbcscheck.cli.check_options import alone_option, request_options, rules_options
from gbcscheck.cli.repair_outputs import hold_outputs, made_outputs, outputs_options, tell_made
from gbcscheck.cli.streams import staged, write_output
from gbcscheck.cli.terminal import Progress, layout_for, print_message, print_problem
from gbcscheck.errors import GbcscheckError, Problems, UsageError

if TYPE_CHECKING:
    from gbcscheck.api.checking import CheckRequest


@click.command(
    epilog="""\b
Examples:
  gbcscheck repair table-28d.xlsx                  your Table 28d, in the place of the shipped one
  gbcscheck repair --release before-mp131          what settles the errors of a release that ships
  gbcscheck repair draft.xlsx --to SMETS2,GBCS     SMETS2 is right, then GBCS
  gbcscheck repair --select V101 --level warning   warnings too, of some rules alone
  gbcscheck repair draft.xlsx --format json -o proposal.json
  gbcscheck repair draft.docx --edited redline.docx --document changes.docx
  gbcscheck repair draft.xlsx --proposals proposals.xlsx
  gbcscheck repair draft.xlsx --apply proposals.xlsx --edited edited.xlsx
  gbcscheck repair table.csv --format patch        for git apply

\b
Exit codes: 0 the edits settle all chosen findings, 1 some are left to a choice or have no proposal,
2 could not do its work."""
)
@click.argument("paths", metavar="[FOLDER_OR_FILE]...", nargs=-1, type=click.Path(readable=False))
@options.release_option
@alone_option
@click.option(
    "--to",
    "to",
    multiple=True,
    metavar="DOCUMENTS",
    shell_complete=options.complete_documents,
    help="Who is right: documents or parts, the first above the next, separated by commas; may be repeated.",
)
@click.option(
    "--level",
    type=click.Choice(("error", "warning", "note")),
    default="error",
    show_default=True,
    help="Settle findings that are so bad, or worse.",
)
@rules_options(
    select="Settle what these rules find: codes, beginnings of codes, names or kinds; may be repeated.",
    ignore="Leave what these rules find; has the last word over --select.",
)
@options.format_option("text", "json", "sarif", "patch")
@options.output_option
@outputs_options
@request_options
@options.quiet_option
@options.no_color_option
def repair(
    request: CheckRequest,
    to: tuple[str, ...],
    level: str,
    form: str,
    output: Path | None,
    edited: tuple[Path, ...],
    documents: tuple[Path, ...],
    proposals: Path | None,
    proposals_read: Path | None,
    quiet: bool,
    no_color: bool,
) -> int:
    """Propose what to write so that findings go.

    Files and folders are those of check; without any, the release that --release names. Each edit is one place, what
    stands there and what would. It is found among what the other statements of the conflict, other documents and the
    version before say, and put to the whole check: after all edits none of the findings that they settle is there any
    more, and none at warning or above that was not there before.

    Where the documents do not say which of several edits is meant, they are laid out as a choice. Nothing is written
    into any source.
    """
    from gbcscheck.api.repair_outputs import rendered
    from gbcscheck.api.repairing import run_repair, uncompared

    if proposals_read and (to or proposals):
        raise UsageError("--apply takes edits as they are accepted; it goes with neither --to nor --proposals")
    hold_outputs(edited, documents, proposals, output)
    with Progress(quiet=quiet) as progress:
        if proposals_read:
            from gbcscheck.api.applying import run_apply

            repaired = run_apply(request, progress, proposals_read, level=level)
        else:
            repaired = run_repair(request, progress, to=to, level=level)
        try:
            made, told = made_outputs(repaired, edited, documents, proposals)
        except GbcscheckError as error:
            if not repaired.report.problems:
                raise
            raise Problems([*repaired.report.problems, error]) from None
        text = rendered(repaired, form, layout_for(output, no_color=no_color))
    read = [source for path in (output, *(path for _, path in made)) for source in repaired.checked.sources(path)]
    read += [proposals_read] if proposals_read else []
    with staged(made, sources=read) as put_outputs:
        write_output(text, output, sources=read, exact=form != "text")
        put_outputs()
    tell_made(told, quiet=quiet)
    for problem in repaired.report.problems:
        print_problem(problem)
    if repaired.report.problems:
        return FAILED
    if not repaired.is_complete:
        return FINDINGS
    if repaired.report.is_uncompared and not repaired.repairs.edits:
        print_message(uncompared(repaired))
        return FAILED
    return 0
