"""Some releases checked: what the arguments and the configuration name, loaded, the rules run, the policy applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.api.read_files import shipped_files, with_read_beside
from gbcscheck.errors import NothingFound, UnreadableSource
from gbcscheck.extract.table_choice import ALL, TableChoice
from gbcscheck.frozen import frozen
from gbcscheck.policy.configuration import Configuration
from gbcscheck.policy.house_files import FOLDER, house_rules
from gbcscheck.policy.scope import Scope, configuration_of, exclusions_of
from gbcscheck.printable import one_line
from gbcscheck.report import CATEGORY, Report
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions, named_all_the_same

if TYPE_CHECKING:
    from gbcscheck.evidence.house_rules import HouseRule
    from gbcscheck.inputs.confinement import Confinement
    from gbcscheck.release.releases import Release
    from gbcscheck.rules.base import ReleaseRule

Progress = Callable[[str], None]
"""Told what is being done."""
MOST_ROWS = 60
"""Rows of the matrix of the HTML page for items that no finding touches."""
MOST_TOLD = 10
"""Lines on what is not on the disk that an error has below it."""


@frozen
class CheckRequest:
    """What is to be checked, by which rules and under which policy, as the options of the command name it; empty where
    nothing is said. ``every``: findings in which a user's own files take no part are shown too; ``strict``: whatever of
    these was not read or not compared makes the run fail; ``matrix``: the HTML page holds all of the matrix. ``tables``
    says which tables of the files are read."""

    paths: tuple[str, ...] = ()
    release: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    excluded: tuple[str, ...] = ()
    config: Path | None = None
    no_config: bool = False
    strict_waivers: bool = False
    allow_outside: bool = False
    house: tuple[Path, ...] = ()
    alone: bool = False
    every: bool = False
    strict: bool = False
    matrix: bool = False
    tables: TableChoice = ALL


@frozen
class Checked:
    """What came of it: the report, all that was loaded as one release, what may be read of it, and the files of house
    rules; the releases one by one, and every rule that there is, chosen or not."""

    report: Report
    loaded: Release
    configuration: Configuration
    within: Confinement
    rules: tuple[Path, ...] = ()
    releases: tuple[Release, ...] = ()
    every: tuple[ReleaseRule, ...] = ()

    def sources(self, output: Path | None) -> list[Path]:
        """Every file that was read and that an output could be."""
        beside = with_read_beside(self.loaded.files, output, self.within)
        return [*self.configuration.files, *self.rules, *beside, *shipped_files(output)]


def run_check(
    request: CheckRequest, progress: Progress, forms: Sequence[str] = ("text",), category: str = CATEGORY
) -> Checked:
    """Check what a request names; ``forms`` are the formats that the report is for.

    UsageError for an unknown release, rule or kind, and where options exclude each other; errors as
    ``load_configuration`` and ``load_scope`` raise them. What cannot be read stands in the report's problems.
    """
    from gbcscheck.api.selection import select_rules
    from gbcscheck.policy.applied import fails_on, for_formats, located, noted, with_policy
    from gbcscheck.policy.repository_places import RepositoryPlaces
    from gbcscheck.policy.stray_rules import stray_rules
    from gbcscheck.release.releases import as_one
    from gbcscheck.rules import RULES
    from gbcscheck.rules.house import release_rules

    outside = request.allow_outside
    configuration = configuration_of(
        request.config, no_config=request.no_config, allow_outside=outside, paths=request.paths, house=request.house
    )
    scope = Scope.of(configuration, request.paths, request.release, alone=request.alone, allow_outside=outside)
    house = house_rules(configuration, scope.paths, request.house, allow_outside=outside)
    every = (*RULES, *release_rules(house))
    chosen = select_rules(every, request.select, request.ignore)
    level = fails_on(request.fail_on, configuration)
    exclude = exclusions_of(configuration, request.excluded)
    elsewhere = _elsewhere(scope, exclude)
    releases = load_scope(scope, progress, exclude, elsewhere, house, request.tables)
    loaded = as_one(releases)
    repository = RepositoryPlaces([loaded])
    progress("checking")
    report = examine(releases, chosen, house=house)
    report = with_policy(
        report,
        configuration,
        chosen,
        whole=scope.whole and not request.excluded and not elsewhere,
        selected=len(chosen) < len(every),
        strict=request.strict_waivers,
        repository=repository,
    )
    report = replace(report if request.every else own_findings(report), strict=request.strict)
    report = noted(report, (*named_all_the_same(scope.paths, exclude), stray_rules(scope.paths, house, exclude)))
    if "html" in forms:
        report = with_matrix(report, loaded, whole=request.matrix)
    report = located(report, forms, scope.within, repository)
    told = for_formats(report, forms, fail_on=level, category=category)
    files = tuple(dict.fromkeys(Path(one.path) for one in house))
    return Checked(told, loaded, configuration, scope.within, files, releases, every)


def with_matrix(report: Report, loaded: Release, *, whole: bool = False) -> Report:
    """A report with who speaks of what: of the things that its findings touch and the first of the user's own that were
    compared, or of everything."""
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.release.matrix import matrix_rows

    if whole:
        return replace(report, matrix=matrix_rows(Catalogue.of(loaded)), matrix_of_all=True)
    compared = [item for item in report.coverage.items if item.is_compared] if report.coverage else []
    subjects = {statement.subject for item in compared[:MOST_ROWS] for statement in item.statements}
    for finding in report.findings:
        subjects.update((finding.subject, *finding.also, *(one.subject for one in finding.statements)))
    return replace(report, matrix=matrix_rows(Catalogue.of(loaded), subjects))


def own_findings(report: Report) -> Report:
    """A report on a user's own files without the findings in which these take no part; those that no waiver lets pass
    are kept apart."""
    return replace(
        report,
        findings=tuple(finding for finding in report.findings if not finding.elsewhere),
        others=tuple(finding for finding in report.findings if finding.elsewhere and not finding.waived),
    )


def check_scope(scope: Scope, configuration: Configuration, progress: Progress) -> Report:
    """What all rules find in a scope, before any policy; errors as ``check`` raises them."""
    from gbcscheck.rules import RULES
    from gbcscheck.rules.house import release_rules

    house = house_rules(configuration, scope.paths)
    loaded = load_scope(scope, progress, exclusions_of(configuration, ()), house=house)
    progress("checking")
    return examine(loaded, (*RULES, *release_rules(house)), house=house)


def _elsewhere(scope: Scope, exclude: Exclusions) -> tuple[str, ...]:
    """A line for each part of the paths of a scope that git keeps and that is not on the disk."""
    if not scope.paths:
        return ()
    from gbcscheck.comparison.left_out import left_out

    return left_out(scope.paths, exclude)


def load_scope(
    scope: Scope,
    progress: Progress,
    exclude: Exclusions = NO_EXCLUSIONS,
    elsewhere: Sequence[str] = (),
    house: Sequence[HouseRule] = (),
    tables: TableChoice = ALL,
) -> tuple[Release, ...]:
    """The releases that a scope names: one, or all of a repository; files of a user's own lie over the default release
    unless the scope says otherwise. Errors as ``load_release`` and ``load_paths`` raise them. ``elsewhere`` has a line
    for each part of it that is not on the disk, ``tables`` says which tables are read. Folders that hold nothing but
    some of the ``house`` rules are held against that release, and its note says so."""
    from gbcscheck.extract.sources import reader_of
    from gbcscheck.release.index import is_repository
    from gbcscheck.release.releases import default_release, load_paths, load_release
    from gbcscheck.release.repository import load_all

    if not scope.paths:
        return (load_release(scope.release, progress=progress),)
    is_one = len(scope.paths) == 1 and is_repository(scope.paths[0])
    release = scope.release or (None if scope.alone or is_one else default_release())
    read, within = reader_of(tables), scope.within
    try:
        if release:
            one = load_paths(scope.paths, release=release, progress=progress, read=read, exclude=exclude, within=within)
            loaded: tuple[Release, ...] = (one,)
        else:
            loaded = load_all(scope.paths, progress=progress, read=read, exclude=exclude, within=within)
    except UnreadableSource as error:
        detail = "\n".join(
            (*([error.detail] if error.detail else []), *(f"  {one_line(line)}" for line in elsewhere[:MOST_TOLD]))
        )
        beside = _only_rules(error, scope, house)
        if beside and release and not scope.problems:
            alone = load_release(release, progress=progress)
            told = f"There is no specification in {error.where}: {beside} are asked of release {alone.name} alone."
            return (replace(alone, note=f"{alone.note} {told}".lstrip(), skipped=(*elsewhere, *alone.skipped)),)
        found = f"; found {beside}, which without --alone are held against a release that ships" if beside else ""
        raise type(error)(f"{error.problem}{found}", where=error.where, detail=detail) from None
    first, *others = loaded
    problems, skipped = (*scope.problems, *first.problems), (*elsewhere, *first.skipped)
    return (replace(first, problems=problems, skipped=skipped), *others)


def _only_rules(error: UnreadableSource, scope: Scope, house: Sequence[HouseRule]) -> str:
    """The house rules of folders that hold no specification, in words; empty where there are none, or that is not what
    is wrong."""
    folders = [path / FOLDER for path in scope.paths]
    files = dict.fromkeys(one.path for one in house if Path(one.path).parent in folders)
    return f"the house rules of {', '.join(files)}" if files and isinstance(error, NothingFound) else ""


def examine(
    releases: Sequence[Release],
    rules: Sequence[ReleaseRule],
    *,
    house: Sequence[HouseRule] = (),
) -> Report:
    """What some rules find in each of some releases, told once. ``house`` are
    the house rules among them: one that is about nothing is told."""
    from gbcscheck.evidence.comparisons import Comparisons
    from gbcscheck.evidence.coverage import coverage_of
    from gbcscheck.extract.sources import unread_lines
    from gbcscheck.release.catalogue import Catalogue, Shared
    from gbcscheck.release.own_files import not_read_lines
    from gbcscheck.release.releases import as_one, notes_of
    from gbcscheck.rules import check_each

    loaded, several = as_one(releases), len(releases) > 1
    told = {
        *(line for source in loaded.sources for line in unread_lines(source.reading)),
        *not_read_lines(loaded.not_read),
    }
    shared: Shared = {}
    catalogue = Catalogue.of(loaded, shared)
    catalogues = [Catalogue.of(release, shared) for release in releases] if several else [catalogue]
    comparisons = Comparisons.over(catalogues)
    found = tuple(check_each(catalogues, rules))
    report = Report(
        release=", ".join(release.name for release in releases),
        title="" if several else loaded.title,
        note=notes_of(releases),
        specifications=catalogue.specifications,
        findings=found,
        coverage=coverage_of(catalogue, comparisons),
        rules=tuple(rule.plain for rule in rules),
        statements=len(catalogue.statements),
        subjects=len(catalogue.by_subject),
        problems=loaded.problems,
        skipped=tuple(line for line in loaded.skipped if line not in told),
    )
    if not house:
        return report
    from gbcscheck.policy.applied import noted
    from gbcscheck.rules.house import fits_nothing, holds_nothing

    codes = {rule.code for rule in rules}
    asked = [one for one in house if one.rule.code in codes]
    return noted(report, (*fits_nothing(asked, catalogues), holds_nothing(asked, catalogues)))
