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
from gbcscheck.model import PARTIES, Change
from gbcscheck.printable import escaped, without_commands
from gbcscheck.report import Report
from gbcscheck.report.formats import FORMATS, render
from gbcscheck.wildcards import named_all_the_same

if TYPE_CHECKING:
    from gbcscheck.compare.release_pairs import ReleasePair
    from gbcscheck.compare.side import Side
    from gbcscheck.compare.sides import Named
    from gbcscheck.errors import GbcscheckError
    from gbcscheck.model.waivers import PolicyChange
    from gbcscheck.release.reading import Reader
    from gbcscheck.rules.base import ReleaseRule

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
@options.limits_option
@policy.strict_waivers_option
@click.option(
    "--no-new-waivers",
    is_flag=True,
    help="Waivers, milder severities and exclusions that the change itself brings do not hold.",
)
@policy.exclude_option
@policy.configuration_option
@policy.no_configuration_option
@options.allow_outside_option
@click.option("--no-cache", is_flag=True, help="Read everything anew, and keep nothing in the user's cache folder.")
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
    no_cache: bool,
    quiet: bool,
    no_color: bool,
) -> int:
    """Tell what changed between two sides, whom it hurts, and which conflicts it brings.

    OLD and NEW are folders, single files (extracts .json, tables .xlsx and .csv, schemas .xsd), releases that ship, or
    revisions of the git repository around (a branch, a tag, HEAD~3, REVISION:PATH, WORKTREE). Without NEW: the work
    tree, of REVISION:PATH the same path there, from where it left OLD, as in a pull request. OLD...NEW is NEW from
    where it left OLD, OLD..NEW the one with the other. Revisions are read through git; the work tree is never touched.

    Statements are compared as sets of values, never as text, and matched by what they speak of, never by file or line.
    Every input that cannot be read is told; the other side is compared all the same, and the exit code is 2.
    """
    from gbcscheck.cli.selection import select_rules
    from gbcscheck.compare.arguments import compared
    from gbcscheck.compare.configured import configured_paths, missing_inside, missing_paths
    from gbcscheck.compare.loading import load_sides, within_of
    from gbcscheck.compare.release_pairs import release_pairs
    from gbcscheck.inputs.cache import Cache, cache_folder
    from gbcscheck.release.reading import Reader
    from gbcscheck.release.releases import as_one
    from gbcscheck.rules import RULES

    chosen = select_rules(RULES, select, ignore)
    configuration = policy.configuration_of(config, no_config=no_config, allow_outside=allow_outside)
    admitted, outside = policy.admitted_paths(configuration, allow_outside=allow_outside)
    kept_to = within or tuple(map(str, admitted))
    wanted = release or configuration.release or None
    own = None if within or no_config else configured_paths(config)
    sides = compared(old, new, merge_base=merge_base, within=kept_to, own=own)
    one, other, old, new = sides.older, sides.newer, sides.old, sides.new
    if no_config and no_new_waivers:
        raise UsageError("--no-new-waivers is about the configuration, which --no-config leaves out")
    told: tuple[PolicyChange, ...] = ()
    if not no_config:
        told, configuration = policy.since(one, other, config, configuration, refuse=no_new_waivers)
    level = fail_on or configuration.fail_on or "new"
    exclude = policy.exclusions_of(configuration, excluded)
    one, other = replace(one, exclude=exclude), replace(other, exclude=exclude)
    in_repository = [side.kind in ("revision", "worktree") for side in (one, other)]
    if within and not any(in_repository):
        raise UsageError("--path is for revisions and the work tree; neither side is one")
    kept = [side for side, text in ((one, old), (other, new)) if side.repository and not text.partition(":")[2]]
    misnamed = [*missing_paths(kept_to, kept), *missing_inside([(one, old), (other, new)])]
    missing = [*([] if within else outside), *misnamed]
    whole = in_repository[1] and not within and not excluded and ":" not in new
    reader = Reader(Cache(_usable(None if no_cache else cache_folder())))
    with Progress(quiet=quiet) as progress:
        try:
            before, after = load_sides(
                one, other, release=wanted, read=reader, progress=progress, allow_outside=allow_outside
            )
        except UnreadableSource as error:
            raise Problems([*missing, error]) from None
        progress("comparing")
        pairs = release_pairs(before, after, wanted)
        report = examine(before, after, pairs, chosen, parties, reader)
    unlooked = [*before.unlooked, *after.unlooked]
    if strict and one.merge_base and not one.merge_base.commit:
        unlooked.append(UnreadableSource(str(one.merge_base)))
    report = replace(
        report,
        problems=(*missing, *report.problems, *(unlooked if strict else [])),
        policy=told,
        merge_base=one.merge_base,
        note=_noted(report.note, unlooked),
    )
    reader.cache.tidy()
    bump = require_bump or configuration.require_bump
    newer, older = as_one([pair.new for pair in pairs]), as_one([pair.old for pair in pairs])

    def with_policy(found: Report) -> Report:
        return policy.with_policy(
            found,
            configuration,
            chosen,
            whole=whole and not unlooked,
            selected=len(chosen) < len(RULES) or bool(parties),
            strict=strict_waivers,
            only_hurt=bool(parties),
            releases=[newer, older],
        )

    report = with_policy(with_bumps(report, with_policy(report).changes) if bump else report)
    report = policy.told(report, named_all_the_same(_named_paths(within, one, other), exclude))
    may_read = within_of(other, allow_outside=allow_outside)
    report = policy.located(report, [output.form for output in outputs], may_read, newer, older)
    report = for_outputs(report, outputs, fail_on=level, category=category, bump=bump, revision=other.revision)
    texts = [
        (output, _rendered(report, after.name, output, no_color=no_color, notes=notes, waived=show_waived, quiet=quiet))
        for output in outputs
    ]
    files = [*older.files, *newer.files, *configuration.files]
    write_outputs(texts, sources=lambda output: [*with_read_beside(files, output, may_read), *shipped_files(output)])
    for problem in report.problems:
        print_problem(problem)
    if report.problems:
        return FAILED
    return FINDINGS if report.reaches(level) else 0


def _usable(folder: Path | None) -> Path | None:
    """The folder of the cache, unless a repository has put files there."""
    from gbcscheck.inputs.cache import is_of_repository

    if folder is None or not is_of_repository(folder):
        return folder
    told = f"warning: {escaped(str(folder))}: there are files of the repository in this cache folder; it is not used"
    print_line(told)
    return None


def _named_paths(within: Sequence[str], *sides: Named) -> list[str]:
    """The paths that the arguments name, as seen from the working folder."""
    named = [side.name for side in sides if side.kind == "files"]
    return list(dict.fromkeys((*within, *named)))


def examine(
    before: Side,
    after: Side,
    pairs: Sequence[ReleasePair],
    rules: Sequence[ReleaseRule],
    parties: Sequence[str],
    reader: Reader,
) -> Report:
    """What changed between the releases of two sides, and what some rules find in them; with ``parties``, only what
    hurts these is breaking."""
    from gbcscheck.compare.verdicts import as_seen_by
    from gbcscheck.compare.whole import compare_releases
    from gbcscheck.release.releases import notes_of

    found = compare_releases(pairs, rules, reader)
    newer = [pair.new for pair in pairs if not pair.gone]
    several = len(pairs) > 1
    notes = dict.fromkeys((before.note, after.note, *(pair.note for pair in pairs), notes_of(newer)))
    skipped = (line for side in ("new", "old") for pair in pairs for line in getattr(pair, side).skipped)
    return Report(
        release=", ".join(release.name for release in newer),
        title="" if several else pairs[0].new.title,
        note=" ".join(f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in notes if note),
        specifications=found.specifications,
        findings=found.findings,
        rules=tuple(rules),
        statements=found.statements,
        subjects=found.subjects,
        problems=_problems(before, pairs),
        skipped=tuple(dict.fromkeys(skipped)),
        changes=as_seen_by(parties, found.changes),
        base=before.name,
        followed=found.followed,
    )


def with_bumps(report: Report, judged: Sequence[Change]) -> Report:
    """A report that names each document with a breaking change whose version does not rise; ``judged`` are its changes
    with what is waived."""
    from gbcscheck.compare.bumps import without_a_bump
    from gbcscheck.compare.verdicts import ORDER

    changes = (*without_a_bump(judged), *report.changes)
    return replace(report, changes=tuple(sorted(changes, key=lambda change: ORDER.index(change.verdict))))


def _problems(before: Side, pairs: Sequence[ReleasePair]) -> tuple[GbcscheckError, ...]:
    """The inputs of both sides that could not be read; those of the older side say so where the paths do not."""
    newer = {str(problem): problem for pair in pairs for problem in pair.new.problems}
    older = {}
    for problem in (problem for pair in pairs for problem in pair.old.problems):
        if str(problem) in newer:
            where = f"{problem.where} ({before.name})" if problem.where else before.name
            problem = type(problem)(problem.problem, where=where, detail=problem.detail)
        older[str(problem)] = problem
    return tuple({**newer, **older}.values())


def _noted(note: str, unlooked: Sequence[GbcscheckError]) -> str:
    """A note that says what was not looked at too."""
    return " ".join([*([note] if note else []), *(f"{one}." for one in unlooked)])


def _rendered(
    report: Report, new: str, output: Output, *, no_color: bool, notes: bool, waived: bool, quiet: bool
) -> str:
    layout = layout_for(output.path, no_color=no_color)
    if output.form == "json":
        from gbcscheck.report.compare_json import render_compare_json

        return render_compare_json(report, new)
    if not FORMATS[output.form].is_text:
        if report.merge_base:
            report = replace(report, note=f"Against {report.merge_base}. {report.note}".rstrip())
        return render(report, output.form, layout, notes=notes, brief=quiet, waived=waived)
    if quiet:
        from gbcscheck.report.compare_brief import render_compare_brief

        return without_commands(render_compare_brief(report, notes=notes, waived=waived))
    from gbcscheck.report.compare_text import render_compare_text

    return render_compare_text(report, new, layout, notes=notes, waived=waived)
