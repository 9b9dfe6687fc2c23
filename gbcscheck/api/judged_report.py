"""What stands around a run over files of devices: what they are judged against, the report on them, its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.api.read_files import shipped_files
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.judge import JudgeOptions
from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.model import Specification
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.report import Report
from gbcscheck.report.judged import totals_of

if TYPE_CHECKING:
    from gbcscheck.api.judged_files import Run
    from gbcscheck.device.model import Progress
    from gbcscheck.evidence.house_rules import HouseRule
    from gbcscheck.model.rules import Rule
    from gbcscheck.policy.configuration import Configuration
    from gbcscheck.release.releases import Release
    from gbcscheck.report.judged_parts import Parts
    from gbcscheck.report.layout import Layout

PARTED = ("text", "json")
"""Formats whose reports are made part by part, so that no file has to be kept."""

__all__ = [
    "Choices",
    "Context",
    "JudgeOptions",
    "context_of",
    "is_told_in_parts",
    "parts_of",
    "read_for",
    "render_judged",
    "report_around",
    "report_by_policy",
    "report_of",
    "report_on",
    "shipped_files",
    "template_of",
    "totals_of",
]


def context_of(
    choices: Choices,
    release: str | None = None,
    specs: Sequence[Path] = (),
    progress: Progress | None = None,
    *,
    allow_outside: bool = False,
    house: Sequence[HouseRule] = (),
) -> Context:
    """What files are judged against, ``house`` rules among it; errors as ``load_context`` raises them, and for unknown
    names."""
    from gbcscheck.device.bare import check_choices

    if progress is not None:
        progress("reading the specifications")
    context = load_context(choices, release=release, specs=specs, progress=progress, allow_outside=allow_outside)
    if context.catalogue.release.problems:
        raise Problems(list(context.catalogue.release.problems))
    check_choices(context)
    return replace(context, house=tuple(house)) if house else context


def template_of(context: Context, names: Sequence[str], device_type: str = "") -> str:
    """An empty configuration of some data items, or of all of a type of device, as JSON; errors as ``template`` raises
    them."""
    from gbcscheck.device.configuration.template import template

    return template(context, tuple(names), device_type)


def report_of(run: Run, context: Context) -> Report:
    """All that a run has to tell, as the reports take it."""
    return report_on(run.files, context, problems=run.problems, note=_note(run), skipped=run.excluded)


def parts_of(
    context: Context,
    form: str,
    layout: Layout,
    *,
    explain: bool = False,
    brief: bool = False,
    notes: bool = False,
    waived: bool = False,
) -> Parts:
    """What gathers a report as text or JSON part by part; the options are those of ``render_judged``."""
    kind = form if form == "json" else "explain" if explain else "brief" if brief else form
    from gbcscheck.report.judged_parts import Parts, Teller

    return Parts(Teller(kind, layout, notes, rules_of(context), waived))


def rules_of(context: Context) -> tuple[Rule, ...]:
    """Every rule by which files are judged."""
    from gbcscheck.device.all_rules import device_rules

    return (*device_rules(), *(one.rule for one in context.house))


def report_around(run: Run, parts: Parts, context: Context) -> Report:
    """All that a run has to tell beside its files and their findings, which are among the parts."""
    report = report_on((), context, problems=run.problems, note=_note(run), skipped=run.excluded)
    return replace(report, specifications=_judged_as(parts.totals.specifications, context.catalogue.specifications))


def is_told_in_parts(forms: Sequence[str], configuration: Configuration) -> bool:
    """Whether a report can be made of each file by itself: in one format that has parts, with no policy that looks at
    all of them."""
    parted = len(forms) == 1 and forms[0] in PARTED
    return parted and not (configuration.severity or configuration.waivers)


def report_by_policy(
    run: Run,
    context: Context,
    configuration: Configuration,
    forms: Sequence[str],
    *,
    level: str,
    category: str,
    strict: bool = False,
    strict_waivers: bool = False,
    allow_outside: bool = False,
) -> Report:
    """All that a run has to tell, with the severities and waivers of a configuration, for some formats; ``level`` is
    that at which it fails. ``strict``: what is not judged fails it."""
    from gbcscheck.inputs.confinement import Confinement
    from gbcscheck.policy.applied import for_formats, judged_with_policy, located
    from gbcscheck.policy.repository_places import RepositoryPlaces

    repository = RepositoryPlaces([context.catalogue.release])
    report = judged_with_policy(report_of(run, context), configuration, strict=strict_waivers, repository=repository)
    within = Confinement.around([Path(argument.path) for argument in run.arguments], allow_outside=allow_outside)
    report = located(replace(report, strict=strict), forms, within, repository)
    return for_formats(report, forms, fail_on=level, category=category)


def _note(run: Run) -> str:
    return f"interrupted after {run.done:,} of {len(run.arguments):,} files" if run.interrupted else ""


def report_on(
    files: Sequence[JudgedFile],
    context: Context,
    *,
    problems: Sequence[GbcscheckError] = (),
    note: str = "",
    skipped: Sequence[str] = (),
    rules: Sequence[Rule] | None = None,
) -> Report:
    """The report on some judged files; ``problems`` are what could not be decoded, ``rules`` those that it names, by
    default all by which files are judged."""
    release = context.catalogue.release
    return Report(
        release=release.name,
        title=_title(release),
        note=note,
        specifications=_judged_as({file.judged_as for file in files}, context.catalogue.specifications),
        findings=tuple(finding for file in files for finding in file.findings),
        rules=tuple(rules_of(context) if rules is None else rules),
        statements=len(context.catalogue.statements),
        subjects=len(context.catalogue.by_subject),
        problems=tuple(problems),
        skipped=tuple(skipped),
        files=tuple(files),
    )


def _title(release: Release) -> str:
    """The release's title, and what stands in it of the user's own."""
    own = ", ".join(sorted(map(str, release.own)))
    return f"{release.title}; of your own: {own}" if own else release.title


def _judged_as(named: Iterable[str], release: tuple[Specification, ...]) -> tuple[Specification, ...]:
    """The specifications as which files were judged, each once: all of the release where one was judged by all."""
    found: dict[Specification, None] = {}
    for judged_as in sorted(named):
        name, _, version = judged_as.rpartition(" ")
        if name == "release":
            found.update(dict.fromkeys(release))
        elif name:
            found[Specification(name, version)] = None
    return tuple(found)


def render_judged(
    report: Report,
    form: str,
    layout: Layout,
    *,
    explain: bool = False,
    brief: bool = False,
    notes: bool = False,
    waived: bool = False,
) -> str:
    """A report on files in a format; of text, with ``explain`` each file as a tree, with ``brief`` one line a finding,
    and with ``notes`` and ``waived`` also what it shows only where that is asked for."""
    if form != "text" or (brief and not explain):
        from gbcscheck.report.formats import render

        return render(report, form, layout, brief=brief, notes=notes, waived=waived)
    if explain:
        from gbcscheck.report.explain import render_explained

        return render_explained(report, layout, notes=notes, waived=waived)
    from gbcscheck.report.device import render_files

    return render_files(report, layout, notes=notes, waived=waived)


def read_for(run: Run, specs: Sequence[Path], output: Path | None) -> list[str | Path]:
    """Every file that a run read and that ``output`` could be."""
    if output is None or not output.is_file():
        return []
    own = [path for one in specs for path in (one.rglob("*") if one.is_dir() else (one,))]
    return [*(argument.path for argument in run.arguments), *own, *shipped_files(output)]
