"""What a run of the library gives back: a frozen value with what was found, and its report in every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Literal

from gbcscheck.api.given import flags_of, number_of, one_of, shown
from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.frozen import frozen
from gbcscheck.model import Change, Finding, Place, Specification, Statement
from gbcscheck.model.coverage import Coverage
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.report import Report

Kind = Literal["check", "compare", "device"]
Completed = Callable[[Report, str], Report]
"""Gives a report with what a format tells besides: places in the repository, its commit, who speaks of what."""


def _as_it_is(report: Report, form: str) -> Report:
    return report


@frozen
class Told:
    """The report as each format tells it, worked out before: what a pickled result has in place of its sources."""

    reports: Mapping[str, Report]

    def __call__(self, report: Report, form: str) -> Report:
        """The report as a format tells it."""
        return self.reports[form]


@frozen
class Result:
    """What was found. ``report`` is all of it, as the formats take it; the rest is what most people ask for."""

    report: Report = field(repr=False)
    kind: Kind
    newer: str = ""
    _completed: Completed = field(default=_as_it_is, repr=False, compare=False)

    def __repr__(self) -> str:
        counts = ", ".join(f"{severity}: {number}" for severity, number in self.counts.items())
        return f"<Result of {self.kind}: {'ok' if self.ok else 'not ok'}; {counts}>"

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled with what every format tells, which may need sources that are not there where it is loaded."""
        from gbcscheck.report.formats import FORMATS

        told = Told({form: self._completed(self.report, form) for form in FORMATS})
        return Result, (self.report, self.kind, self.newer, told)

    def __bool__(self) -> bool:
        return self.ok

    @property
    def ok(self) -> bool:
        """Whether the command would end with exit code 0: everything could be read, at least one file was judged or
        compared, and nothing reaches the level at which the run fails (``fail_on``). A result is true where it is ok.
        """
        report = self.report
        judged = not report.files or any(file.judged for file in report.files)
        looked_at = not report.is_uncompared and not report.lacks
        return not report.problems and judged and looked_at and not report.reaches(report.fail_on)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The conflicts, worst first, or in the order of the files of a device; those that a waiver lets pass have the
        reason in ``waived``."""
        return self.report.findings

    @property
    def changes(self) -> tuple[Change, ...]:
        """What became of the older side's statements, where two sides were compared."""
        return self.report.changes

    @property
    def files(self) -> tuple[JudgedFile, ...]:
        """What is told of each file, message or value of a device that was judged."""
        return self.report.files

    @property
    def coverage(self) -> Coverage | None:
        """What was looked at of a person's own files: of each table what was read and what its items were compared
        with; None where none were checked."""
        return self.report.coverage

    @property
    def problems(self) -> tuple[GbcscheckError, ...]:
        """What could not be read; the rest was looked at all the same."""
        return self.report.problems

    @property
    def specifications(self) -> tuple[Specification, ...]:
        """What was looked at, or judged against."""
        return self.report.specifications

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings there are of each severity, without those that are waived or have ended."""
        return self.report.severities()

    def place(self, statement: Statement) -> Place:
        """Where a statement stands in its source."""
        if not isinstance(statement, Statement):
            raise UsageError(f"statement: a Statement of this result was expected, found {shown(statement)}")
        return self.report.place(statement)

    def to(
        self,
        form: str = "text",
        *,
        width: int = 100,
        colour: bool = False,
        notes: bool = False,
        waived: bool = False,
        brief: bool = False,
        explain: bool = False,
    ) -> str:
        """The report in one of the formats of ``gbcscheck.FORMATS``.

        The options are for ``text``, in columns of ``width`` characters: ``colour`` with the signs of a terminal,
        ``notes`` with findings of severity note, ``waived`` with what is waived, ``brief`` one line a finding,
        ``explain`` each judged file as a tree (of a Judge that was made with ``explain``).
        UsageError for another format, and for what is no option.
        """
        from gbcscheck.report.formats import FORMATS
        from gbcscheck.report.layout import Layout

        form = one_of(form, FORMATS, of="form", what="format")
        width = number_of(width, least=1, of="width", what="a number of columns")
        flags_of(colour=colour, notes=notes, waived=waived, brief=brief, explain=explain)
        report = self._completed(self.report, form)
        layout = Layout(width, colour=colour)
        if self.kind == "device":
            from gbcscheck.api.judged_report import render_judged

            return render_judged(report, form, layout, explain=explain, brief=brief, notes=notes, waived=waived)
        if self.kind == "compare":
            from gbcscheck.api.comparing import render_compared

            return render_compared(report, self.newer, form, layout, notes=notes, brief=brief, waived=waived)
        from gbcscheck.report.formats import render

        return render(report, form, layout, notes=notes, brief=brief, waived=waived)
