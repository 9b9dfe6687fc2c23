"""``gbcscheck compare``: what a change of specifications breaks, and which conflicts it brings or ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gbcscheck.cli import FAILED, FINDINGS, options, policy
from gbcscheck.cli.inputs import shipped_files, with_read_beside
from gbcscheck.cli.outputs import (
    Output,
    OutputsCommand,
    category_option,
    for_outputs,
    outputs_options,
    write_outputs,
)
from gbcscheck.cli.streams import print_line
from gbcscheck.cli.terminal import Progress, layout_for, print_problem
from gbcscheck.errors import Problems, UnreadableSource, UsageError
from gbcscheck.report import Report, RuleLabel
from gbcscheck.report.formats import FORMATS, render
from gbcscheck.report.layout import clean

if TYPE_CHECKING:
    from gbcscheck.compare.loading import Side
    from gbcscheck.compare.reading import Reader
    from gbcscheck.errors import GbcscheckError
    from gbcscheck.rules.base import Rule

PARTIES = ("User systems", "manufacturers", "DCC")
LEVELS = ("new", "breaking", "error", "warning", "note", "never")


@click.command(
    cls=OutputsCommand,
    epilog="""\b
Examples:
  gbcscheck compare origin/main                    your work tree against a branch
  gbcscheck compare origin/main HEAD --path specs  two revisions, one folder of them
  gbcscheck compare HEAD~3:specs/duis.xsd          one file as it was, against the work tree
  gbcscheck compare duis-5.3.xsd duis-5.4.xsd      two files; folders work alike
  gbcscheck compare before-mp131 after-mp131       two releases that ship
  gbcscheck compare origin/main --fail-on breaking let new conflicts pass
  gbcscheck compare origin/main --party DCC        only what hurts the DCC fails

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
@options.release_option
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
    help="What makes the exit code 1: new (a breaking change, or a conflict that was not there before), breaking, or a "
    "severity of changes and conflicts, old ones too; new unless the configuration says otherwise.",
)
@outputs_options
@category_option
@click.option("--notes/--no-notes", default=False, help="Whether the text report shows all changes and conflicts.")
@policy.show_waived_option
@policy.configuration_option
@policy.no_configuration_option
@click.option("--no-cache", is_flag=True, help="Read everything anew, and keep nothing in the user's cache folder.")
@click.option("-q", "--quiet", is_flag=True, help="One line a change or new conflict, and no summary and no progress.")
@options.no_color_option
def compare(
    old: str,
    new: str | None,
    within: tuple[str, ...],
    release: str | None,
    parties: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    outputs: tuple[Output, ...],
    category: str,
    notes: bool,
    show_waived: bool,
    config: Path | None,
    no_config: bool,
    no_cache: bool,
    quiet: bool,
    no_color: bool,
) -> int:
    """Tell what changed between two sides, whom it hurts, and which conflicts it brings.

    OLD and NEW are folders, single files (extracts .json, tables .xlsx and .csv, schemas .xsd), releases that ship, or
    revisions of the git repository around (a branch, a tag, HEAD~3, REVISION:PATH, WORKTREE). Without NEW: the work
    tree, of REVISION:PATH the same path there. Revisions are read through git; the work tree is never touched.

    Statements are compared as sets of values, never as text, and matched by what they speak of, never by file or line.
    Every input that cannot be read is told; the other side is compared all the same, and the exit code is 2.
    """
    from gbcscheck.cli.selection import select_rules
    from gbcscheck.compare.cache import Cache, cache_folder
    from gbcscheck.compare.configured import configured_paths, missing_paths
    from gbcscheck.compare.loading import load_sides
    from gbcscheck.compare.reading import Reader
    from gbcscheck.compare.sides import named, work_tree_for
    from gbcscheck.rules import RULES

    chosen = select_rules(RULES, select, ignore)
    configuration = policy.configuration_of(config, no_config=no_config)
    kept_to = within or tuple(str(path) for path in configuration.resolved())
    wanted = release or configuration.release or None
    level = fail_on or configuration.fail_on or "new"
    own = None if within or no_config else configured_paths(config)
    one = named(old, within=kept_to, own=own)
    new = work_tree_for(one, old) if new is None else new
    other = named(new, within=kept_to, own=own)
    in_repository = [side.kind in ("revision", "worktree") for side in (one, other)]
    if within and not any(in_repository):
        raise UsageError("--path is for revisions and the work tree; neither side is one")
    kept = [side for side, text in ((one, old), (other, new)) if side.repository and not text.partition(":")[2]]
    missing = missing_paths(kept_to, kept)
    whole = in_repository[1] and not within and ":" not in new
    reader = Reader(Cache(_usable(None if no_cache else cache_folder())))
    with Progress(quiet=quiet) as progress:
        try:
            before, after = load_sides(one, other, release=wanted, read=reader, progress=progress)
        except UnreadableSource as error:
            raise Problems([*missing, error]) from None
        progress("comparing")
        report = examine(before, after, chosen, parties, reader)
    report = replace(report, problems=(*missing, *report.problems))
    reader.cache.tidy()
    report = policy.with_policy(
        report, configuration, chosen, whole=whole, selected=len(chosen) < len(RULES) or bool(parties)
    )
    report = policy.located(report, [output.form for output in outputs], after.release, before.release)
    report = for_outputs(report, outputs, fail_on=level, category=category, revision=other.revision)
    texts = [
        (output, _rendered(report, after.name, output, no_color=no_color, notes=notes, waived=show_waived, quiet=quiet))
        for output in outputs
    ]
    files = [*before.release.files, *after.release.files, *([configuration.file] if configuration.file else [])]
    write_outputs(texts, sources=lambda output: [*with_read_beside(files, output), *shipped_files(output)])
    for problem in report.problems:
        print_problem(problem)
    if report.problems:
        return FAILED
    return FINDINGS if report.reaches(level) else 0


def _usable(folder: Path | None) -> Path | None:
    """The folder of the cache, unless a repository has put files there."""
    from gbcscheck.compare.cache import is_of_repository

    if folder is None or not is_of_repository(folder):
        return folder
    print_line(f"warning: {clean(str(folder))}: there are files of the repository in this cache folder; it is not used")
    return None


def examine(
    before: Side, after: Side, rules: Sequence[Rule], parties: Sequence[str] = (), reader: Reader | None = None
) -> Report:
    """What changed between two sides, and what some rules find on them; with ``parties``, only what hurts these is
    breaking."""
    from gbcscheck.catalogue import Catalogue
    from gbcscheck.compare.conflicts import conflicts_across
    from gbcscheck.compare.differences import changes_between
    from gbcscheck.compare.verdicts import as_seen_by
    from gbcscheck.directions import Directions

    old, new = Catalogue.of(before.release), Catalogue.of(after.release)
    changes = changes_between(old, new, Directions.shipped())
    notes = dict.fromkeys((before.note, after.note, after.release.note))
    return Report(
        release=after.release.name,
        title=after.release.title,
        note=" ".join(f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in notes if note),
        specifications=new.specifications,
        findings=conflicts_across(old, new, rules, reader),
        rules=tuple(
            RuleLabel(rule.code, rule.name, rule.kind, rule.severity, rule.question, rule.text) for rule in rules
        ),
        statements=len(new.statements),
        subjects=len(new.by_subject),
        problems=_problems(before, after),
        skipped=tuple(dict.fromkeys((*after.release.skipped, *before.release.skipped))),
        changes=as_seen_by(parties, changes),
        base=before.name,
    )


def _problems(before: Side, after: Side) -> tuple[GbcscheckError, ...]:
    """The inputs of both sides that could not be read; those of the older side say so where the paths do not."""
    newer = {str(problem) for problem in after.release.problems}
    older = []
    for problem in before.release.problems:
        if str(problem) not in newer:
            older.append(problem)
            continue
        where = f"{problem.where} ({before.name})" if problem.where else before.name
        older.append(type(problem)(problem.problem, where=where, detail=problem.detail))
    return tuple({str(problem): problem for problem in (*after.release.problems, *older)}.values())


def _rendered(
    report: Report, new: str, output: Output, *, no_color: bool, notes: bool, waived: bool, quiet: bool
) -> str:
    layout = layout_for(output.path, no_color=no_color)
    if output.form == "json":
        from gbcscheck.report.compare_json import render_compare_json

        return render_compare_json(report, new)
    if not FORMATS[output.form].is_text:
        return render(report, output.form, layout, notes=notes, brief=quiet, waived=waived)
    from gbcscheck.report.compare_text import render_compare_brief, render_compare_text

    if quiet:
        return render_compare_brief(report, notes=notes, waived=waived)
    return render_compare_text(report, new, layout, notes=notes, waived=waived)
