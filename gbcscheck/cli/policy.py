"""What the configuration of a repository asks of a run: paths, release, severities, waivers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gbcscheck.cli.options import FILE
from gbcscheck.errors import GbcscheckError, Problems, UsageError
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.model import CHANGES, SEVERITIES, Change, Finding
from gbcscheck.policy.configuration import BASELINE, Configuration, find_configuration, load_configuration
from gbcscheck.wildcards import Exclusion, Exclusions, refusal

if TYPE_CHECKING:
    from gbcscheck.cli.terminal import Progress
    from gbcscheck.compare.sides import Named
    from gbcscheck.model.rules import Rule
    from gbcscheck.model.waivers import PolicyChange
    from gbcscheck.release.releases import Release
    from gbcscheck.report import Report

Command = TypeVar("Command", bound=Callable[..., Any])


def configuration_option(command: Command) -> Command:
    """``--config FILE``."""
    return click.option(
        "--config",
        type=FILE,
        metavar="FILE",
        help="Configuration; by default gbcscheck.toml or pyproject.toml here or above, up to the repository's root.",
    )(command)


def no_configuration_option(command: Command) -> Command:
    """``--no-config``."""
    return click.option("--no-config", is_flag=True, help="Look for no configuration.")(command)


def show_waived_option(command: Command) -> Command:
    """``--show-waived``."""
    return click.option("--show-waived", is_flag=True, help="Show in the text what waivers let pass.")(command)


def strict_waivers_option(command: Command) -> Command:
    """``--strict-waivers``."""
    return click.option(
        "--strict-waivers",
        is_flag=True,
        help="Exit code 1 also for a waiver that holds for nothing, has expired, has other values or no last day.",
    )(command)


def exclude_option(command: Command) -> Command:
    """``--exclude PATTERN``."""
    return click.option(
        "--exclude",
        "excluded",
        multiple=True,
        metavar="PATTERN",
        help="Of folders, not these files: drafts/, *.tmp.json, specs/**/old-*; may be repeated.",
    )(command)


def exclusions_of(configuration: Configuration, excluded: Sequence[str]) -> Exclusions:
    """What is not looked at: the patterns of the configuration, seen from its folder, and those of the option, seen
    from the working folder. UsageError for one that is none."""
    for pattern in excluded:
        if why := refusal(pattern):
            raise UsageError(f'--exclude "{pattern}" is no pattern: {why}')
    folder = configuration.file.parent if configuration.file else Path()
    own = [Exclusion(pattern, folder, configuration.where("exclude")) for pattern in configuration.exclude]
    return Exclusions((*own, *(Exclusion(pattern, Path(), "--exclude") for pattern in excluded)))


def configuration_of(config: Path | None, *, no_config: bool = False, allow_outside: bool = False) -> Configuration:
    """The configuration that the options name, else the one of the working folder; empty where there is none.

    Raises UsageError where both options are given, and errors as ``load_configuration`` does.
    """
    if config is not None and no_config:
        raise UsageError("--config and --no-config exclude each other")
    path = None if no_config else config or find_configuration(Path(), allow_outside=allow_outside)
    if path is None:
        return Configuration()
    from gbcscheck.rules import RULES

    beside = path.parent / BASELINE
    if beside.is_symlink():
        Confinement.around([path], allow_outside=allow_outside).refuse(beside, where=str(beside))
    return load_configuration(path, codes=[rule.code for rule in RULES], rules=waivable_rules())


def waivable_rules() -> list[str]:
    """The codes and names by which a waiver may name a rule."""
    from gbcscheck.rules import RULES

    codes = [rule.code for rule in RULES]
    return [*codes, *(rule.name for rule in RULES), *(f"change/{change}" for change in CHANGES)]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run looks at: the arguments, or else what the configuration says.

    ``whole`` says that it is all that the configuration is about, so that a waiver that holds for nothing is not
    needed any more. ``within`` is what may be read for it, ``problems`` are the paths that may not.
    """

    paths: tuple[Path, ...]
    release: str | None
    whole: bool
    within: Confinement
    problems: tuple[GbcscheckError, ...] = ()

    @classmethod
    def of(
        cls, configuration: Configuration, paths: Sequence[str], release: str | None, *, allow_outside: bool = False
    ) -> Scope:
        """The scope of a run; arguments have the last word. GbcscheckError where the paths that the configuration names
        may none of them be read."""
        own = tuple(configuration.resolved())
        given = tuple(Path(path) for path in paths)
        same_paths = not given or not own or {one.resolve() for one in given} == {one.resolve() for one in own}
        wanted = release or configuration.release or None
        same_release = not release or not configuration.release or release == configuration.release
        whole = same_paths and same_release
        if given:
            return cls(given, wanted, whole, Confinement.around(given, allow_outside=allow_outside))
        admitted, problems = admitted_paths(configuration, allow_outside=allow_outside)
        within = configuration.within(allow_outside=allow_outside)
        return cls(tuple(admitted), wanted, whole, within, tuple(problems))


def admitted_paths(configuration: Configuration, *, allow_outside: bool) -> tuple[list[Path], list[GbcscheckError]]:
    """Those paths of a configuration that may be read, and a problem for each other; Problems where none is left."""
    admitted, problems = configuration.admitted(configuration.within(allow_outside=allow_outside))
    if problems and not admitted:
        raise Problems(problems)
    return admitted, problems


def checked(scope: Scope, configuration: Configuration, progress: Progress) -> Report:
    """What all rules find in a scope, before any policy; errors as ``check`` raises them."""
    from gbcscheck.cli.check import examine, load
    from gbcscheck.rules import RULES

    loaded = load(scope, progress, exclusions_of(configuration, ()))
    progress("checking")
    return examine(loaded, RULES)


def with_policy(
    report: Report,
    configuration: Configuration,
    rules: Sequence[Rule],
    *,
    whole: bool,
    selected: bool = False,
    strict: bool = False,
    only_hurt: bool = False,
    releases: Sequence[Release] = (),
) -> Report:
    """A report with the severities that a configuration sets and its waivers applied, findings worst first, which
    names that configuration.

    ``rules`` ran on the findings; ``selected`` says that they are not all rules, and ``whole`` is as in a Scope;
    ``strict`` that waivers have to have a last day, ``only_hurt`` that only what hurts some parties counts.
    ``releases`` were read, that which the files hold now first.
    """
    from gbcscheck.policy.spoken_of import files_of, subjects_of
    from gbcscheck.policy.waivers import Waivers, today

    findings = [_with_severity(finding, configuration, rules) for finding in report.findings]
    changes = [_rated(change, configuration, only_hurt=only_hurt) for change in report.changes]
    if configuration.severity:
        findings.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    names = {rule.code: rule.name for rule in rules}
    by_file = any(waiver.file for waiver in configuration.waivers)
    files = {"files": files_of((*findings, *changes), releases)} if by_file else {}
    waivers = Waivers(configuration.waivers, names, today(), **files)
    applied = waivers.apply(findings)
    waived = waivers.apply(changes)
    complete = whole and not report.problems
    changed = [f"change/{change}" for change in CHANGES] if report.base else []
    uses = waivers.uses(
        (*names, *changed) if complete else None,
        any_rule=not selected,
        subjects=lambda: subjects_of(releases),
        strict=strict or configuration.strict_waivers,
    )
    return replace(
        report,
        findings=applied,
        changes=waived,
        waivers=uses,
        strict_waivers=strict or configuration.strict_waivers,
        configuration=str(configuration.file or ""),
    )


def _with_severity(finding: Finding, configuration: Configuration, rules: Sequence[Rule]) -> Finding:
    """A finding with the severity that the configuration gives its rule.

    Where a rule holds a finding milder than itself (a gap between versions may be all there is to it), it is made
    milder still, and never worse.
    """
    wanted = configuration.severity.get(finding.rule)
    if wanted is None or wanted == finding.severity:
        return finding
    usual = next(rule.severity for rule in rules if rule.code == finding.rule)
    milder = SEVERITIES.index(finding.severity) > SEVERITIES.index(usual)
    if milder and SEVERITIES.index(wanted) < SEVERITIES.index(finding.severity):
        return finding
    return replace(finding, severity=wanted)


def _rated(change: Change, configuration: Configuration, *, only_hurt: bool) -> Change:
    """A change with the severity that the configuration gives its kind.

    ``error`` is for every change of the kind, whoever it hurts, or where only what hurts some parties counts for what
    does or may; ``warning`` and ``note`` make no change worse.
    """
    wanted = configuration.severity.get(change.rule)
    if wanted is None or wanted == change.severity:
        return change
    if wanted == "error":
        return change if only_hurt and change.verdict not in ("breaking", "unknown") else replace(change, rated=wanted)
    milder = SEVERITIES.index(wanted) > SEVERITIES.index(change.severity)
    return replace(change, rated=wanted) if milder else change


def since(
    older: Named, newer: Named, config: Path | None, configuration: Configuration, *, refuse: bool
) -> tuple[tuple[PolicyChange, ...], Configuration]:
    """What became of the policy between two sides, and the one that is in force, as ``policy_changes`` tells them.

    Where the older side's cannot be read, that is told, and everything is new.
    """
    from gbcscheck.compare.configured import older_configuration
    from gbcscheck.compare.git_sides import excluded_files
    from gbcscheck.errors import GbcscheckError
    from gbcscheck.model.waivers import PolicyChange
    from gbcscheck.policy.changes import policy_changes
    from gbcscheck.rules import RULES

    told = []
    try:
        before = older_configuration(older, config)
    except GbcscheckError as error:
        told = [PolicyChange("configuration", f"everything is new: {error.problem}", error.where, True)]
        before = Configuration()
    if before is None:
        return (), configuration
    after = configuration
    if older.kind == newer.kind == "files":
        after = older_configuration(newer) or configuration
    severities = {rule.code: rule.severity for rule in RULES}
    folder = after.file.parent if after.file else Path()
    changes, restricted = policy_changes(
        before,
        after,
        severities,
        refuse=refuse,
        is_there=lambda path: (folder / path).exists(),
        before=str(older.revision or ""),
        excluded=lambda pattern: len(
            excluded_files(replace(older, exclude=Exclusions((Exclusion(pattern, folder, after.where("exclude")),))))
        ),
    )
    return (*told, *changes), restricted if after is configuration else configuration


def told(report: Report, sentences: Sequence[str]) -> Report:
    """A report whose note has some sentences more."""
    return replace(report, note=" ".join(text for text in (report.note, *sentences) if text))


def fails_on(asked: str | None, configuration: Configuration, *, compared: bool = False) -> str:
    """What a run fails on: the argument, else the configuration, else ``error``. ``new``, ``unknown`` and ``breaking``
    are for two versions; a run that looks at one takes ``error`` in their place."""
    level = asked or configuration.fail_on or "error"
    return "error" if level in ("new", "unknown", "breaking") and not compared else level


def located(report: Report, forms: Sequence[str], within: Confinement, *releases: Any) -> Report:
    """The report with the places in the user's repository, where a format points into it; the first release is the one
    that the files hold now. ``within`` is what may be read."""
    from gbcscheck.policy.repository_places import outside_sources, problem_places, repository_places
    from gbcscheck.report.formats import FORMATS

    if not any(FORMATS[form].points for form in forms):
        return report
    statements = {statement for finding in report.findings for statement in finding.statements}
    for change in report.changes:
        statements.update(one for one in (change.new, change.old) if one is not None)
    today = releases[0].problems if releases else ()
    return replace(
        report,
        problems=(*report.problems, *outside_sources(releases[:1], within)),
        places=repository_places(statements, releases),
        problem_places=problem_places(report.problems, today),
    )
