"""The formats of reports by name. The module that writes one is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from gbcscheck.frozen import frozen
from gbcscheck.printable import without_commands

if TYPE_CHECKING:
    from gbcscheck.report import Report
    from gbcscheck.report.layout import Layout


@frozen
class Format:
    """A format: what it is for, whether it is for people at a terminal, whether it points into the files of a
    repository, and whether it names that repository and its commit."""

    purpose: str
    is_text: bool = False
    points: bool = False
    names_repository: bool = False


FORMATS: Mapping[str, Format] = {
    "text": Format("for people", is_text=True),
    "json": Format("everything, for machines"),
    "sarif": Format("code scanning and editors", points=True, names_repository=True),
    "sarif-plain": Format("the same of what stands alone", points=True, names_repository=True),
    "junit": Format("test reports of build servers"),
    "github": Format("annotations of GitHub Actions", points=True),
    "gitlab": Format("code quality of GitLab", points=True),
    "markdown": Format("a comment on a change"),
    "html": Format("a page to browse"),
}
"""Every format, the default one first. ``render_NAME`` of ``gbcscheck.report.NAME`` writes it, with ``_`` for ``-``."""


def render(
    report: Report,
    form: str,
    layout: Layout,
    *,
    notes: bool = False,
    brief: bool = False,
    waived: bool = False,
    unread: bool = False,
) -> str:
    """The report in a format. The layout and the options are for text: whether it shows notes and what is waived,
    whether it has one line a finding, and whether it names every place that was not read."""
    if FORMATS[form].is_text:
        from gbcscheck.report.text import render_brief, render_text

        if brief:
            return without_commands(render_brief(report, notes=notes, waived=waived))
        return render_text(report, layout, notes=notes, waived=waived, unread=unread)
    module = form.replace("-", "_")
    writer = getattr(import_module(f"gbcscheck.report.{module}"), f"render_{module}")
    return cast("Callable[[Report], str]", writer)(report)
