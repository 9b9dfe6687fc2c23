"""What stands around a run over files of devices: what they are judged against, the report on them, its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.api.read_files import shipped_files
from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.judge import Wishes
from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.model import Specification
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.policy.applied import noted
from gbcscheck.policy.scope import configuration_of, exclusions_of
from gbcscheck.report import Report
from gbcscheck.wildcards import named_all_the_same

if TYPE_CHECKING:
    from gbcscheck.api.judged_files import Run
    from gbcscheck.device.model import Progress
    from gbcscheck.release.releases import Release
    from gbcscheck.report.layout import Layout

__all__ = [
    "Choices",
    "Wishes",
    "configuration_of",
    "context_of",
    "exclusions_of",
    "named_all_the_same",
    "noted",
    "read_for",
    "render_judged",
    "report_of",
    "report_on",
    "shipped_files",
    "template_of",
]


def context_of(
    choices: Choices,
    release: str | None = None,
    specs: Sequence[Path] = (),
    progress: Progress | None = None,
    *,
    allow_outside: bool = False,
) -> Context:
    """What files are judged against; errors as ``load_context`` raises them, and for unknown names."""
    from gbcscheck.device.bare import check_choices

    if progress is not None:
        progress("reading the specifications")
    context = load_context(choices, release=release, specs=specs, progress=progress, allow_outside=allow_outside)
    if context.catalogue.release.problems:
        raise Problems(list(context.catalogue.release.problems))
    check_choices(context)
    return context


def template_of(context: Context, names: Sequence[str], device_type: str = "") -> str:
    """An empty configuration of some data items, or of all of a type of device, as JSON; errors as ``template`` raises
    them."""
    from gbcscheck.device.configuration.template import template

    return template(context, tuple(names), device_type)


def report_of(run: Run, context: Context) -> Report:
    """All that a run has to tell, as the reports take it."""
    note = f"interrupted after {run.done:,} of {len(run.arguments):,} files" if run.interrupted else ""
    return report_on(run.files, context, problems=run.problems, note=note, skipped=run.excluded)


def report_on(
    files: Sequence[JudgedFile],
    context: Context,
    *,
    problems: Sequence[GbcscheckError] = (),
    note: str = "",
    skipped: Sequence[str] = (),
) -> Report:
    """The report on some judged files; ``problems`` are what could not be decoded."""
    from gbcscheck.device.all_rules import device_rules

    release = context.catalogue.release
    return Report(
        release=release.name,
        title=_title(release),
        note=note,
        specifications=_judged_as(files, context.catalogue.specifications),
        findings=tuple(finding for file in files for finding in file.findings),
        rules=device_rules(),
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


def _judged_as(files: Iterable[JudgedFile], release: tuple[Specification, ...]) -> tuple[Specification, ...]:
    """The specifications as which files were judged, each once: all of the release where one was judged by all."""
    found: dict[Specification, None] = {}
    for judged_as in sorted({file.judged_as for file in files}):
        name, _, version = judged_as.rpartition(" ")
        if name == "release":
            found.update(dict.fromkeys(release))
        elif name:
            found[Specification(name, version)] = None
    return tuple(found)


def render_judged(
    report: Report, form: str, layout: Layout, *, explain: bool = False, brief: bool = False, notes: bool = False
) -> str:
    """A report on files as text or JSON: with ``explain`` each file as a tree, with ``brief`` one line a finding."""
    if form == "json":
        from gbcscheck.report.json import render_json

        return render_json(report)
    if explain:
        from gbcscheck.report.explain import render_explained

        return render_explained(report, layout, notes=notes)
    if brief:
        from gbcscheck.report.text import render_brief

        return render_brief(report, notes=notes)
    from gbcscheck.report.device import render_files

    return render_files(report, layout, notes=notes)


def read_for(run: Run, specs: Sequence[Path], output: Path | None) -> list[str | Path]:
    """Every file that a run read and that ``output`` could be."""
    if output is None or not output.is_file():
        return []
    own = [path for one in specs for path in (one.rglob("*") if one.is_dir() else (one,))]
    return [*(argument.path for argument in run.arguments), *own, *shipped_files(output)]
