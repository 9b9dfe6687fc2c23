"""Two sides compared: what the arguments name, loaded and compared, under the policy of the newer side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.api.changed_policy import policy_between
from gbcscheck.api.checking import Progress
from gbcscheck.api.read_files import shipped_files, with_read_beside
from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource, UsageError
from gbcscheck.extract.table_choice import ALL, TableChoice
from gbcscheck.frozen import frozen
from gbcscheck.model import Change
from gbcscheck.policy.scope import admitted_paths, configuration_of, exclusions_of
from gbcscheck.printable import escaped, without_commands
from gbcscheck.report import CATEGORY, Report
from gbcscheck.wildcards import named_all_the_same

if TYPE_CHECKING:
    from gbcscheck.comparison.release_pairs import ReleasePair
    from gbcscheck.comparison.side import Side
    from gbcscheck.comparison.sides import Named
    from gbcscheck.evidence.house_rules import HouseRule
    from gbcscheck.inputs.confinement import Confinement
    from gbcscheck.inputs.git.revisions import Revision
    from gbcscheck.release.catalogue import Catalogue
    from gbcscheck.release.reading import Reader
    from gbcscheck.release.releases import Release
    from gbcscheck.report.layout import Layout
    from gbcscheck.rules.base import ReleaseRule


@frozen
class CompareRequest:
    """What is to be compared, by which rules and under which policy, as the options of the command name it; empty
    where nothing is said. ``house`` are files and folders of rules that both sides are held against, ``tables`` says
    which tables of files are read."""

    old: str
    new: str | None = None
    within: tuple[str, ...] = ()
    merge_base: bool | None = None
    strict: bool = False
    release: str | None = None
    parties: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    require_bump: bool = False
    strict_waivers: bool = False
    no_new_waivers: bool = False
    excluded: tuple[str, ...] = ()
    config: Path | None = None
    no_config: bool = False
    allow_outside: bool = False
    no_cache: bool = False
    house: tuple[Path, ...] = ()
    tables: TableChoice = ALL


@frozen
class Compared:
    """What came of it: the report, the name of the newer side, the files that were read, and what may be read; all that
    was loaded of the newer side and of the older one, and the commit that the newer one is, if it is one."""

    report: Report
    newer: str
    files: tuple[Path, ...]
    within: Confinement
    releases: tuple[Release, Release]
    revision: Revision | None

    def sources(self, output: Path | None) -> list[Path]:
        """Every file that was read and that an output could be."""
        return [*with_read_beside(self.files, output, self.within), *shipped_files(output)]


def run_compare(
    request: CompareRequest,
    progress: Progress,
    warn: Callable[[str], None],
    forms: Sequence[str] = ("text",),
    category: str = CATEGORY,
) -> Compared:
    """Compare what a request names; ``forms`` are the formats that the report is for, ``warn`` is told what does not
    stop the run.

    UsageError for what nothing or several things are called, and where options exclude each other; UnreadableSource or
    Problems where nothing can be compared. What cannot be read stands in the report's problems.
    """
    from gbcscheck.api.selection import select_rules
    from gbcscheck.comparison.arguments import compared
    from gbcscheck.comparison.configured import configured_paths, missing_inside, missing_paths
    from gbcscheck.comparison.house_sides import stray_rules_of
    from gbcscheck.comparison.loading import load_sides, within_of
    from gbcscheck.comparison.older import told_of
    from gbcscheck.comparison.release_pairs import release_pairs
    from gbcscheck.inputs.cache import Cache, cache_folder
    from gbcscheck.policy import applied
    from gbcscheck.policy.repository_places import RepositoryPlaces
    from gbcscheck.release.reading import Reader
    from gbcscheck.release.releases import as_one, default_release
    from gbcscheck.rules import RULES
    from gbcscheck.rules.house import release_rules

    configuration = configuration_of(request.config, no_config=request.no_config, allow_outside=request.allow_outside)
    admitted, outside = admitted_paths(configuration, allow_outside=request.allow_outside)
    kept_to = request.within or tuple(map(str, admitted))
    wanted = request.release or configuration.release or None
    own = None if request.within or request.no_config else configured_paths(request.config)
    sides = compared(request.old, request.new, merge_base=request.merge_base, within=kept_to, own=own)
    one, other, old, new = sides.older, sides.newer, sides.old, sides.new
    if one.view and not wanted:  # what accepting the changes breaks is seen beside all other documents
        wanted = default_release()
    if request.no_config and request.no_new_waivers:
        raise UsageError("--no-new-waivers is about the configuration, which --no-config leaves out")
    policy = policy_between(
        one,
        other,
        None if request.no_config else configuration,
        config=request.config,
        refuse=request.no_new_waivers,
        allow_outside=request.allow_outside,
        named=request.house,
    )
    configuration, house = policy.configuration, policy.house
    every = (*RULES, *release_rules(house))
    chosen = select_rules(every, request.select, request.ignore)
    level = request.fail_on or configuration.fail_on or "new"
    exclude = exclusions_of(configuration, request.excluded)
    one, other = replace(one, exclude=exclude), replace(other, exclude=exclude)
    in_repository = [side.kind in ("revision", "worktree") for side in (one, other)]
    if request.within and not any(in_repository):
        raise UsageError("--path is for revisions and the work tree; neither side is one")
    whole_sides = [side for side, text in ((one, old), (other, new)) if side.repository and not text.partition(":")[2]]
    misnamed = [*missing_paths(kept_to, whole_sides), *missing_inside([(one, old), (other, new)])]
    missing = [*([] if request.within else outside), *misnamed]
    whole = in_repository[1] and not request.within and not request.excluded and ":" not in new
    reader = Reader(Cache(_usable(None if request.no_cache else cache_folder(), warn)), request.tables)
    try:
        before, after = load_sides(
            one,
            other,
            release=wanted,
            read=reader,
            older_read=reader.in_view(one.view) if one.view else None,
            progress=progress,
            allow_outside=request.allow_outside,
        )
    except UnreadableSource as error:
        raise Problems([*missing, error]) from None
    for line in told_of(before):
        warn(f"warning: {escaped(line)}")
    progress("comparing")
    pairs = release_pairs(before, after, wanted)
    report = examine(before, after, pairs, chosen, request.parties, reader, house)
    unlooked = [*before.unlooked, *after.unlooked]
    if request.strict and one.merge_base and not one.merge_base.commit:
        unlooked.append(UnreadableSource(str(one.merge_base)))
    report = replace(
        report,
        problems=(*missing, *report.problems, *(unlooked if request.strict else [])),
        policy=policy.changes,
        merge_base=one.merge_base,
        note=_noted(report.note, unlooked),
    )
    reader.cache.tidy()
    bump = request.require_bump or configuration.require_bump
    newer, older = as_one([pair.new for pair in pairs]), as_one([pair.old for pair in pairs])
    repository = RepositoryPlaces([newer, older])

    def with_policy(found: Report) -> Report:
        return applied.with_policy(
            found,
            configuration,
            chosen,
            whole=whole and not unlooked,
            selected=len(chosen) < len(every) or bool(request.parties),
            strict=request.strict_waivers,
            only_hurt=bool(request.parties),
            repository=repository,
        )

    report = with_policy(with_bumps(report, with_policy(report).changes) if bump else report)
    named = named_all_the_same(_named_paths(request.within, one, other), exclude)
    report = applied.noted(report, (*named, stray_rules_of(other, house)))
    may_read = within_of(other, allow_outside=request.allow_outside)
    report = applied.located(report, forms, may_read, repository)
    report = applied.for_formats(report, forms, fail_on=level, category=category, bump=bump, revision=other.revision)
    files = (*older.files, *newer.files, *configuration.files, *(Path(rule.path) for rule in house))
    return Compared(report, after.name, files, may_read, (newer, older), other.revision)


def _usable(folder: Path | None, warn: Callable[[str], None]) -> Path | None:
    """The folder of the cache, unless a repository has put files there."""
    from gbcscheck.inputs.cache import is_of_repository

    if folder is None or not is_of_repository(folder):
        return folder
    told = f"warning: {escaped(str(folder))}: there are files of the repository in this cache folder; it is not used"
    warn(told)
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
    house: Sequence[HouseRule] = (),
) -> Report:
    """What changed between the releases of two sides, and what some rules find in them; with ``parties``, only what
    hurts these is breaking. ``house`` are the house rules among the rules: one that is about nothing on either side is
    told."""
    from gbcscheck.comparison.verdicts import as_seen_by
    from gbcscheck.comparison.whole import compare_releases
    from gbcscheck.release.releases import notes_of
    from gbcscheck.rules.house import fits_nothing

    found = compare_releases(pairs, rules, reader)
    newer = [pair.new for pair in pairs if not pair.gone]
    several = len(pairs) > 1
    codes = {rule.code for rule in rules}
    fruitless = fits_nothing([one for one in house if one.rule.code in codes], _catalogues(pairs)) if house else ()
    notes = dict.fromkeys((before.note, after.note, *(pair.note for pair in pairs), notes_of(newer), *fruitless))
    skipped = (line for side in ("new", "old") for pair in pairs for line in getattr(pair, side).skipped)
    return Report(
        release=", ".join(release.name for release in newer),
        title="" if several else pairs[0].new.title,
        note=" ".join(f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in notes if note),
        specifications=found.specifications,
        findings=found.findings,
        rules=tuple(rule.plain for rule in rules),
        statements=found.statements,
        subjects=found.subjects,
        problems=_problems(before, pairs),
        skipped=tuple(dict.fromkeys(skipped)),
        changes=as_seen_by(parties, found.changes),
        base=before.name,
        followed=found.followed,
    )


def _catalogues(pairs: Sequence[ReleasePair]) -> list[Catalogue]:
    """All that is said on either side."""
    from gbcscheck.release.catalogue import Catalogue, Shared

    shared: Shared = {}
    return [Catalogue.of(release, shared) for pair in pairs for release in (pair.new, pair.old)]


def with_bumps(report: Report, judged: Sequence[Change]) -> Report:
    """A report that names each document with a breaking change whose version does not rise; ``judged`` are its changes
    with what is waived."""
    from gbcscheck.comparison.bumps import without_a_bump
    from gbcscheck.comparison.verdicts import ORDER

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


def render_compared(
    report: Report,
    newer: str,
    form: str,
    layout: Layout,
    *,
    notes: bool = False,
    brief: bool = False,
    waived: bool = False,
) -> str:
    """A report on two sides in a format; ``newer`` is the name of the newer one, the rest as ``render`` takes it."""
    from gbcscheck.report.formats import FORMATS, render

    if form == "json":
        from gbcscheck.report.compare_json import render_compare_json

        return render_compare_json(report, newer)
    if not FORMATS[form].is_text:
        if report.merge_base:
            report = replace(report, note=f"Against {report.merge_base}. {report.note}".rstrip())
        return render(report, form, layout, notes=notes, brief=brief, waived=waived)
    if brief:
        from gbcscheck.report.compare_brief import render_compare_brief

        return without_commands(render_compare_brief(report, notes=notes, waived=waived))
    from gbcscheck.report.compare_text import render_compare_text

    return render_compare_text(report, newer, layout, notes=notes, waived=waived)
