"""What a run over files of devices judges, and how it is written: part by part where the format and the policy let each
file be told by itself, so that none is kept; else all of them, in every format that is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gbcscheck.api.formats import FORMATS
from gbcscheck.api.judged_files import Asked, judge_all, tell_all
from gbcscheck.api.judged_report import (
    is_told_in_parts,
    parts_of,
    read_for,
    render_judged,
    report_around,
    report_by_policy,
    totals_of,
)
from gbcscheck.api.policies import Configuration, named_all_the_same, noted
from gbcscheck.cli.outputs import Output, write_outputs
from gbcscheck.cli.streams import print_line, write_parts
from gbcscheck.cli.terminal import Progress, layout_for

if TYPE_CHECKING:
    from gbcscheck.api.formats import Report
    from gbcscheck.api.judged_files import Run, Totals

BAR = 24
"""Columns of the progress bar."""
BETWEEN = 0.05
"""Seconds between two pictures of the bar: thousands of messages are judged in a second."""


class Policy(NamedTuple):
    """What counts: the configuration, the level at which the run fails, whether it does by what is not judged and by
    waivers that need a look, the name of the run; and the files that are read for it and for what is judged against."""

    configuration: Configuration
    level: str
    strict: bool
    strict_waivers: bool
    category: str
    read: tuple[Path, ...]


class Look(NamedTuple):
    """What the text shows."""

    explain: bool
    brief: bool
    notes: bool
    waived: bool
    no_color: bool


class Judged(NamedTuple):
    """What came of it: the run, the report with what is to be said beside files, and what all files come to."""

    run: Run
    report: Report
    totals: Totals


def judge_and_write(asked: Asked, policy: Policy, outputs: Sequence[Output], look: Look, *, quiet: bool) -> Judged:
    """Judge all files, with a bar of progress, and write every output; none to a file where the run is interrupted."""
    if is_told_in_parts([output.form for output in outputs], policy.configuration):
        return _in_parts(asked, policy, outputs[0], look, quiet=quiet)
    return _by_policy(asked, policy, outputs, look, quiet=quiet)


def _in_parts(asked: Asked, policy: Policy, output: Output, look: Look, *, quiet: bool) -> Judged:
    layout = layout_for(output.path, no_color=look.no_color)
    with ExitStack() as stack:
        parts = parts_of(asked.context, output.form, layout, explain=look.explain, brief=look.brief, notes=look.notes)
        stack.callback(parts.close)
        with Progress(quiet=quiet) as progress:
            run = tell_all(asked, _Bar(progress), parts)
        report = _noted(report_around(run, parts, asked.context), asked)
        if run.interrupted and output.path is not None:
            print_line(f"{report.note}; {output.path} was not written")
        else:
            read = read_for(run, policy.read, output.path)
            write_parts(lambda: parts.text(report), output.path, sources=read, exact=not FORMATS[output.form].is_text)
        return Judged(run, report, parts.totals)


def _by_policy(asked: Asked, policy: Policy, outputs: Sequence[Output], look: Look, *, quiet: bool) -> Judged:
    with Progress(quiet=quiet) as progress:
        run = judge_all(asked, _Bar(progress))
    report = report_by_policy(
        run,
        asked.context,
        policy.configuration,
        [output.form for output in outputs],
        level=policy.level,
        category=policy.category,
        strict=policy.strict,
        strict_waivers=policy.strict_waivers,
        allow_outside=asked.allow_outside,
    )
    report = _noted(report, asked)
    written = [output for output in outputs if not (run.interrupted and output.path)]
    for output in outputs:
        if output not in written:
            print_line(f"{report.note}; {output.path} was not written")
    texts = [
        (
            output,
            render_judged(
                report,
                output.form,
                layout_for(output.path, no_color=look.no_color),
                explain=look.explain,
                brief=look.brief,
                notes=look.notes,
                waived=look.waived,
            ),
        )
        for output in written
    ]
    write_outputs(texts, sources=lambda path: read_for(run, policy.read, path))
    return Judged(run, report, totals_of(report.files))


def _noted(report: Report, asked: Asked) -> Report:
    return noted(report, named_all_the_same(asked.paths, asked.exclude))


class _Bar:
    """A bar of progress that is drawn again when a little time has passed."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self._progress, self._last = progress, 0.0

    def __call__(self, run: Run) -> None:
        """Draw how many files of how many are done, and the next one."""
        done, count, now = run.done, len(run.arguments), time.monotonic()
        if done and now - self._last <= BETWEEN:
            return
        self._last = now if done else 0.0
        if count > 1:
            filled = BAR * done // count
            following = run.arguments[done].path if done < count else ""
            self._progress(f"[{'#' * filled}{'.' * (BAR - filled)}] {done:,} of {count:,}  {following}")
        elif count:
            self._progress(f"judging {run.arguments[0].path}")
