"""``check`` and ``compare``, as a program calls them: no configuration is looked for, and nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.api.given import (
    AnyPath,
    flags_of,
    level_of,
    names_of,
    need_working_folder,
    one_of,
    path_of,
    path_text_of,
    paths_of,
    release_of,
    tables_of,
)
from gbcscheck.api.loaded import Loaded
from gbcscheck.api.results import Completed, Result
from gbcscheck.errors import UsageError
from gbcscheck.extract.table_choice import ALL
from gbcscheck.model import PARTIES

if TYPE_CHECKING:
    from gbcscheck.evidence.house_rules import HouseRule
    from gbcscheck.inputs.confinement import Confinement
    from gbcscheck.inputs.git.revisions import Revision
    from gbcscheck.release.releases import Release
    from gbcscheck.report import Report


def check(
    *what: AnyPath | Loaded,
    release: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    exclude: Sequence[str] = (),
    fail_on: str | None = None,
    house_rules: AnyPath | Sequence[AnyPath] = (),
    config: AnyPath | None = None,
    allow_outside: bool = False,
    alone: bool = False,
    every: bool = False,
    strict: bool = False,
    sheet: str = "",
    table: str = "",
    column: str = "",
    hidden: bool = False,
    view: str = "final",
) -> Result:
    """Find where specifications cannot all be followed: in what was loaded; or in what paths hold, in the place of the
    parts of a release that they are (the default one, or ``release``), or ``alone``.

    Findings in which what the paths hold takes no part are left out, unless ``every`` asks for them; they do not count.
    ``coverage`` of the result says what was read and compared, and with ``strict`` the result is ok only where
    everything was. ``sheet``, ``table``, ``column`` and ``hidden`` say which tables of files are read, ``view`` how a
    Word document with tracked changes is (``final`` or ``original``).
    ``select`` and ``ignore`` name rules by codes, beginnings of codes, names and kinds. ``fail_on`` is the least
    severity for which the result is not ok (``error``, ``warning``, ``note``, ``never``). ``house_rules`` are files and
    folders of rules of one's own. ``config`` is a configuration whose paths, release, severities, waivers and
    exclusions hold; without it there are none.
    UsageError for an unknown release, rule, kind or level; UnreadableSource where no specification is found.
    """
    need_working_folder()
    release, fail_on = release_of(release), level_of(fail_on)
    configuration = None if config is None else path_of(config, of="config")
    flags_of(allow_outside=allow_outside, alone=alone, every=every, strict=strict)
    select, ignore = names_of(select, of="select"), names_of(ignore, of="ignore")
    exclude, own = names_of(exclude, of="exclude"), paths_of(house_rules, of="house_rules")
    tables = tables_of(sheet=sheet, table=table, column=column, hidden=hidden, view=view)
    if any(isinstance(one, Loaded) for one in what):
        return _check_loaded(
            what,
            select,
            ignore,
            fail_on,
            own,
            strict=strict,
            more=bool(release or exclude or config or allow_outside or alone or every or tables != ALL),
        )
    from gbcscheck.api.checking import CheckRequest, run_check

    request = CheckRequest(
        tuple(path_text_of(path, of="what") for path in what),
        release,
        tuple(select),
        tuple(ignore),
        fail_on,
        tuple(exclude),
        configuration,
        no_config=config is None,
        allow_outside=allow_outside,
        house=own,
        alone=alone,
        every=every,
        strict=strict,
        tables=tables,
    )
    checked = run_check(request, lambda _: None)
    return Result(checked.report, "check", _completed=_completion(checked.within, [checked.loaded]))


def _check_loaded(
    what: Sequence[AnyPath | Loaded],
    select: Sequence[str],
    ignore: Sequence[str],
    fail_on: str | None,
    house_rules: Sequence[Path],
    *,
    strict: bool,
    more: bool,
) -> Result:
    from gbcscheck.api.checking import examine, own_findings
    from gbcscheck.api.selection import select_rules
    from gbcscheck.release.releases import as_one
    from gbcscheck.rules import RULES

    first = what[0]
    if len(what) != 1 or not isinstance(first, Loaded) or more:
        raise UsageError("what is loaded is checked alone, and takes select, ignore, fail_on, house_rules and strict")
    from gbcscheck.rules.house import release_rules

    own = _rules_of(house_rules)
    report = examine(first._releases, select_rules((*RULES, *release_rules(own)), select, ignore), house=own)
    report = replace(own_findings(report), fail_on=fail_on or "error", strict=strict)
    return Result(report, "check", _completed=_completion(first._within, [as_one(first._releases)]))


def _rules_of(named: Sequence[Path]) -> tuple[HouseRule, ...]:
    """The house rules of some files and folders; errors as ``house_rules`` raises them."""
    if not named:
        return ()
    from gbcscheck.policy.configuration import Configuration
    from gbcscheck.policy.house_files import house_rules

    return house_rules(Configuration(), (), named)


def compare(
    old: AnyPath | Loaded,
    new: AnyPath | Loaded | None = None,
    *,
    paths: Sequence[str] = (),
    release: str | None = None,
    merge_base: bool | None = None,
    parties: Sequence[str] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    exclude: Sequence[str] = (),
    fail_on: str | None = None,
    require_bump: bool = False,
    house_rules: AnyPath | Sequence[AnyPath] = (),
    config: AnyPath | None = None,
    allow_outside: bool = False,
    cache: bool = False,
    sheet: str = "",
    table: str = "",
    column: str = "",
    hidden: bool = False,
    view: str = "final",
) -> Result:
    """Tell what changed between two sides, whom it hurts, and which conflicts it brings.

    A side is a path, a release that ships, or a revision of the git repository around the working folder, named as for
    the command; or both are loaded. ``paths`` keep revisions to some folders, ``parties`` let count as breaking only
    what hurts them, ``fail_on`` is one of the levels of the command (``new`` unless said otherwise), ``cache`` keeps
    what was read in the user's cache folder. Files lie over ``release``, and over none without it. One Word document is
    held against itself, before its tracked changes and with them accepted, over the default release. The rest is as in
    ``check``.
    UsageError for what nothing or several things are called; UnreadableSource or Problems where nothing is read.
    """
    from gbcscheck.policy.configuration import LEVELS

    need_working_folder()
    release, fail_on = release_of(release), level_of(fail_on, LEVELS)
    configuration = None if config is None else path_of(config, of="config")
    if merge_base is not None:
        flags_of(merge_base=merge_base)
    flags_of(require_bump=require_bump, allow_outside=allow_outside, cache=cache)
    select, ignore = names_of(select, of="select"), names_of(ignore, of="ignore")
    exclude, paths = names_of(exclude, of="exclude"), names_of(paths, of="paths")
    own = paths_of(house_rules, of="house_rules")
    tables = tables_of(sheet=sheet, table=table, column=column, hidden=hidden, view=view)
    parties = tuple(one_of(party, PARTIES, of="parties", what="party") for party in names_of(parties, of="parties"))
    if isinstance(old, Loaded) or isinstance(new, Loaded):
        named = bool(paths or exclude or config or tables != ALL)
        more = named or bool(require_bump or merge_base or allow_outside or cache)
        return _compare_loaded(old, new, release, parties, select, ignore, fail_on, own, more=more)
    from gbcscheck.api.comparing import CompareRequest, run_compare

    request = CompareRequest(
        path_text_of(old, of="old"),
        None if new is None else path_text_of(new, of="new"),
        within=tuple(paths),
        merge_base=merge_base,
        release=release,
        parties=parties,
        select=tuple(select),
        ignore=tuple(ignore),
        fail_on=fail_on,
        require_bump=require_bump,
        excluded=tuple(exclude),
        config=configuration,
        no_config=config is None,
        allow_outside=allow_outside,
        no_cache=not cache,
        house=own,
        tables=tables,
    )
    compared = run_compare(request, lambda _: None, lambda _: None)
    completed = _completion(compared.within, compared.releases, compared.revision)
    return Result(compared.report, "compare", compared.newer, completed)


def _compare_loaded(
    old: AnyPath | Loaded,
    new: AnyPath | Loaded | None,
    release: str | None,
    parties: Sequence[str],
    select: Sequence[str],
    ignore: Sequence[str],
    fail_on: str | None,
    house_rules: Sequence[Path],
    *,
    more: bool,
) -> Result:
    from gbcscheck.api.comparing import examine
    from gbcscheck.api.selection import select_rules
    from gbcscheck.comparison.release_pairs import release_pairs
    from gbcscheck.comparison.side import Side
    from gbcscheck.inputs.cache import Cache
    from gbcscheck.release.reading import Reader
    from gbcscheck.release.releases import as_one
    from gbcscheck.rules import RULES

    if not isinstance(old, Loaded) or not isinstance(new, Loaded) or more:
        taken = "release, parties, select, ignore, fail_on and house_rules"
        raise UsageError(f"what is loaded is compared with what is loaded, and takes {taken}; the rest goes with paths")
    from gbcscheck.rules.house import release_rules

    own = _rules_of(house_rules)
    chosen = select_rules((*RULES, *release_rules(own)), select, ignore)
    before, after = (Side(one.name, one._releases[0], others=one._releases[1:], kind=one._kind) for one in (old, new))
    pairs = release_pairs(before, after, release)
    report = examine(before, after, pairs, chosen, parties, Reader(Cache(None)), own)
    releases = [as_one([pair.new for pair in pairs]), as_one([pair.old for pair in pairs])]
    return Result(replace(report, fail_on=fail_on or "new"), "compare", new.name, _completion(new._within, releases))


def _completion(within: Confinement | None, releases: Sequence[Release], revision: Revision | None = None) -> Completed:
    """What a format tells besides: places in the repository, its commit, who speaks of what."""

    def completed(report: Report, form: str) -> Report:
        from gbcscheck.policy.applied import for_formats, located
        from gbcscheck.policy.repository_places import RepositoryPlaces

        if within is not None:
            report = located(report, [form], within, RepositoryPlaces(releases))
        if form == "html" and not report.matrix and not report.base:
            from gbcscheck.api.checking import with_matrix

            report = with_matrix(report, releases[0])
        return for_formats(
            report, [form], fail_on=report.fail_on, category=report.category, bump=report.bump, revision=revision
        )

    return completed
