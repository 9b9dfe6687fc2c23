"""``gbcscheck check``: cross-check a release, or one's own files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gbcscheck.cli import FAILED, FINDINGS, options, policy
from gbcscheck.cli.annotation import annotate_option, annotated, put_beside, tell_marked
from gbcscheck.cli.inputs import shipped_files, with_read_beside
from gbcscheck.cli.outputs import (
    Output,
    OutputsCommand,
    category_option,
    for_outputs,
    outputs_options,
    write_outputs,
)
from gbcscheck.cli.terminal import Progress, layout_for, print_problem
from gbcscheck.errors import UnreadableSource, UsageError
from gbcscheck.printable import one_line
from gbcscheck.report import Report
from gbcscheck.report.formats import FORMATS, render
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions, named_all_the_same

if TYPE_CHECKING:
    from gbcscheck.inputs.confinement import Confinement
    from gbcscheck.model.matrix import MatrixRow
    from gbcscheck.policy.configuration import Configuration
    from gbcscheck.release.releases import Release
    from gbcscheck.rules.base import ReleaseRule


MOST_TOLD = 10
"""Lines on what is not on the disk that an error has below it."""


@click.command(
    cls=OutputsCommand,
    epilog="""\b
Examples:
  gbcscheck check                                  the default release that ships
  gbcscheck check --release before-mp131           another one
  gbcscheck check my-specs                         your own files, by themselves
  gbcscheck check table-28d.xlsx --release current your Table 28d in the place of the shipped one
  gbcscheck check --select default,configurability two kinds of conflict only
  gbcscheck check --ignore V1 --fail-on warning    no rule whose code begins with V1
  gbcscheck check specs --exclude drafts/          not what is in folders called drafts
  gbcscheck check --format json -o report.json     everything, for a machine
  gbcscheck check --format sarif -o a.sarif --format markdown -o a.md
  gbcscheck check draft.xlsx --release current --annotate marked.xlsx""",
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
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning", "note", "never")),
    help="Least severity of a finding that makes the exit code 1; error unless the configuration says otherwise.",
)
@outputs_options
@category_option
@annotate_option
@options.notes_option
@policy.show_waived_option
@options.limits_option
@policy.strict_waivers_option
@policy.exclude_option
@policy.configuration_option
@policy.no_configuration_option
@options.allow_outside_option
@options.quiet_option
@options.no_color_option
def check(
    paths: tuple[str, ...],
    release: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    outputs: tuple[Output, ...],
    category: str,
    annotate: Path | None,
    notes: bool | None,
    show_waived: bool,
    strict_waivers: bool,
    excluded: tuple[str, ...],
    config: Path | None,
    no_config: bool,
    allow_outside: bool,
    quiet: bool,
    no_color: bool,
) -> int:
    """Report where specifications cannot all be followed.

    Without an argument: what the configuration names, else the release of the specifications that ship. With files
    and folders (extracts .json, tables .xlsx and .csv, schemas .xsd): these by themselves, or with --release over a
    release, each in the place of the part that it holds. A folder with a releases.toml is a repository of
    specifications of its own: every release of it is checked, or the one that --release names.

    Every input that cannot be read is told; the others are checked all the same, and the exit code is 2.
    """
    from gbcscheck.cli.selection import select_rules
    from gbcscheck.release.releases import as_one
    from gbcscheck.rules import RULES

    if "" in paths:
        raise UsageError("an argument is empty; a folder or a file was expected")
    chosen = select_rules(RULES, select, ignore)
    configuration = policy.configuration_of(config, no_config=no_config, allow_outside=allow_outside)
    scope = policy.Scope.of(configuration, paths, release, allow_outside=allow_outside)
    level = policy.fails_on(fail_on, configuration)
    exclude = policy.exclusions_of(configuration, excluded)
    with Progress(quiet=quiet) as progress:
        elsewhere = _elsewhere(scope, exclude)
        releases = load(scope, progress, exclude, elsewhere)
        loaded = as_one(releases)
        progress("checking")
        report = examine(releases, chosen, matrix=any(output.form == "html" for output in outputs))
    report = policy.with_policy(
        report,
        configuration,
        chosen,
        whole=scope.whole and not excluded and not elsewhere,
        selected=len(chosen) < len(RULES),
        strict=strict_waivers,
        releases=[loaded],
    )
    report = policy.told(report, named_all_the_same(scope.paths, exclude))
    report = policy.located(report, [output.form for output in outputs], scope.within, loaded)
    report = for_outputs(report, outputs, fail_on=level, category=category)
    marked = annotated(report, loaded, annotate, [output.path for output in outputs]) if annotate else None
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
            ),
        )
        for output in outputs
        if report.statements or not FORMATS[output.form].is_text
    ]
    with put_beside(marked, annotate, lambda: sources_of(loaded, configuration, annotate, scope.within)) as put_copy:
        write_outputs(texts, sources=lambda output: sources_of(loaded, configuration, output, scope.within))
        put_copy()
    tell_marked(marked, annotate, quiet=quiet)
    for problem in report.problems:
        print_problem(problem)
    if report.problems:
        return FAILED
    return FINDINGS if report.reaches(level) else 0


def sources_of(loaded: Release, configuration: Configuration, output: Path | None, within: Confinement) -> list[Path]:
    """Every file that was read and that an output could be."""
    return [*configuration.files, *with_read_beside(loaded.files, output, within), *shipped_files(output)]


def _elsewhere(scope: policy.Scope, exclude: Exclusions) -> tuple[str, ...]:
    """A line for each part of the paths of a scope that git keeps and that is not on the disk."""
    if not scope.paths:
        return ()
    from gbcscheck.compare.left_out import left_out

    return left_out(scope.paths, exclude)


def load(
    scope: policy.Scope, progress: Progress, exclude: Exclusions = NO_EXCLUSIONS, elsewhere: Sequence[str] = ()
) -> tuple[Release, ...]:
    """The releases that a scope names: one, or all of a repository; errors as ``load_release`` and ``load_paths`` raise
    them. ``elsewhere`` has a line for each part of it that is not on the disk."""
    from gbcscheck.release.releases import load_paths, load_release
    from gbcscheck.release.repository import load_all

    if not scope.paths:
        return (load_release(scope.release, progress=progress),)
    try:
        if scope.release:
            loaded: tuple[Release, ...] = (
                load_paths(scope.paths, release=scope.release, progress=progress, exclude=exclude, within=scope.within),
            )
        else:
            loaded = load_all(scope.paths, progress=progress, exclude=exclude, within=scope.within)
    except UnreadableSource as error:
        detail = "\n".join(
            (*([error.detail] if error.detail else []), *(f"  {one_line(line)}" for line in elsewhere[:MOST_TOLD]))
        )
        raise type(error)(error.problem, where=error.where, detail=detail) from None
    first, *others = loaded
    problems, skipped = (*scope.problems, *first.problems), (*elsewhere, *first.skipped)
    return (replace(first, problems=problems, skipped=skipped), *others)


def examine(releases: Sequence[Release], rules: Sequence[ReleaseRule], *, matrix: bool = False) -> Report:
    """What some rules find in each of some releases, told once; with ``matrix`` also who speaks of what."""
    from gbcscheck.release.catalogue import Catalogue, Shared
    from gbcscheck.release.releases import as_one, notes_of
    from gbcscheck.rules import check_each

    loaded, several = as_one(releases), len(releases) > 1
    shared: Shared = {}
    catalogue = Catalogue.of(loaded, shared)
    catalogues = [Catalogue.of(release, shared) for release in releases] if several else [catalogue]
    rows: tuple[MatrixRow, ...] = ()
    if matrix:
        from gbcscheck.release.matrix import matrix_rows

        rows = matrix_rows(catalogue)
    return Report(
        release=", ".join(release.name for release in releases),
        title="" if several else loaded.title,
        note=notes_of(releases),
        specifications=catalogue.specifications,
        findings=tuple(check_each(catalogues, rules)),
        rules=tuple(rules),
        statements=len(catalogue.statements),
        subjects=len(catalogue.by_subject),
        problems=loaded.problems,
        skipped=loaded.skipped,
        matrix=rows,
    )
