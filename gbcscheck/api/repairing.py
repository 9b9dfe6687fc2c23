"""Proposals for what a check finds: the releases loaded and checked as ``check`` does it, then the search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from gbcscheck.api.checking import Checked, CheckRequest, run_check
from gbcscheck.api.given import (
    AnyPath,
    flags_of,
    names_of,
    need_working_folder,
    one_of,
    path_of,
    path_text_of,
    release_of,
    tables_of,
)
from gbcscheck.errors import GbcscheckError, Problems, UsageError
from gbcscheck.extract.source_kinds import is_word
from gbcscheck.extract.sources import read_source
from gbcscheck.facts.extract_file import Extract, Reading
from gbcscheck.frozen import frozen
from gbcscheck.model import SEVERITIES, Finding, Specification
from gbcscheck.model.repairs import Repairs
from gbcscheck.report import Report
from gbcscheck.report.coverage import clear_verdict
from gbcscheck.report.layout import Layout
from gbcscheck.report.repairs import render_repairs, render_repairs_json

Progress = Callable[[str], None]
LEVELS = SEVERITIES
"""How bad a finding is at least that is to be settled."""
FORMATS = ("text", "json")


@frozen
class Repaired:
    """What came of it: the proposal, and the check that it is for."""

    repairs: Repairs
    checked: Checked

    @property
    def report(self) -> Report:
        """What the check found."""
        return self.checked.report

    @property
    def is_complete(self) -> bool:
        """Whether the edits settle all findings that were chosen."""
        return not self.repairs.choices and not self.repairs.unsettled


def run_repair(request: CheckRequest, progress: Progress, *, to: Sequence[str] = (), level: str = "error") -> Repaired:
    """Look for what settles the findings of a check, at a level or above, that no waiver lets pass.

    ``request`` is as of ``check``: its ``select`` and ``ignore`` choose whose findings are to be settled, while every
    rule has a say in whether an edit is good. ``to`` are documents in the order of their authority. UsageError for an
    unknown document or level, else as ``run_check``.
    """
    from gbcscheck.proposals import Authority, propose

    hold_level(level)
    checked = run_check(request, progress)
    known = [extract.specification for release in checked.releases for extract in release.extracts]
    authority = Authority.of(to, known, checked.loaded.own)
    chosen = chosen_findings(checked.report, level)
    before = _before_changes(request, checked) if chosen else {}
    repairs = propose(checked.releases, checked.every, chosen, authority, progress, before)
    return Repaired(repairs, checked)


def _before_changes(request: CheckRequest, checked: Checked) -> dict[Specification, Extract]:
    """What the user's Word documents said before their tracked changes, by what they are with them; nothing of one that
    cannot be read so, or has none."""
    found: dict[Specification, Extract] = {}
    if request.tables.view != "final":
        return found
    for extract in checked.loaded.extracts:
        path = Path(extract.source_name)
        if extract.specification not in checked.loaded.own or not is_word(path):
            continue
        try:
            read = read_source(path, within=checked.within, choice=replace(request.tables, view="original"))
        except GbcscheckError:
            continue
        for one in (read, *read.also) if isinstance(read, Reading) else ():
            said = one.extract.specification
            if said == extract.specification and one.extract.rows != extract.rows:
                was = said._replace(version=f"{said.version} (before its tracked changes)")
                found[said] = replace(one.extract, specification=was)
    return found


def repair(
    *what: AnyPath,
    release: str | None = None,
    to: Sequence[str] = (),
    level: str = "error",
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    exclude: Sequence[str] = (),
    config: AnyPath | None = None,
    alone: bool = False,
    sheet: str = "",
    table: str = "",
    column: str = "",
    hidden: bool = False,
    view: str = "final",
    accept_uncertain: bool = False,
) -> Repairs:
    """Propose what to write so that findings go, of ``level`` (``error``, ``warning``, ``note``) or worse: of what
    paths hold, in the place of the parts of a release that they are, or of the release itself where there is no path.

    ``to`` names documents in the order of their authority; the other arguments are those of ``check``, ``view`` too:
    how a Word document with tracked changes is. Nothing is written. UsageError for an unknown release, document, rule
    or level; Problems for what cannot be read; UnreadableSource where no specification is found.
    """
    need_working_folder()
    flags_of(alone=alone)
    level = one_of(level, LEVELS, of="level", what="level")
    request = CheckRequest(
        tuple(path_text_of(path, of="what") for path in what),
        release_of(release),
        tuple(names_of(select, of="select")),
        tuple(names_of(ignore, of="ignore")),
        excluded=tuple(names_of(exclude, of="exclude")),
        config=None if config is None else path_of(config, of="config"),
        no_config=config is None,
        alone=alone,
        tables=tables_of(
            sheet=sheet, table=table, column=column, hidden=hidden, view=view, accept_uncertain=accept_uncertain
        ),
    )
    found = run_repair(request, lambda _: None, to=names_of(to, of="to"), level=level)
    if found.report.problems:
        raise Problems(list(found.report.problems))
    return found.repairs


def hold_level(level: str) -> None:
    """UsageError for what is none of LEVELS."""
    if level not in LEVELS:
        raise UsageError(f"level: one of {', '.join(LEVELS)} was expected, found {level}")


def chosen_findings(report: Report, level: str) -> tuple[Finding, ...]:
    """The findings of a report at a level or above that no waiver lets pass and that have a place."""
    worst = SEVERITIES.index(level)
    return tuple(
        finding
        for finding in report.findings
        if SEVERITIES.index(finding.severity) <= worst and not finding.waived and finding.statements
    )


def render_repaired(repaired: Repaired, form: str, layout: Layout) -> str:
    """The proposal in one of FORMATS."""
    if form == "json":
        return render_repairs_json(repaired.repairs, repaired.report)
    return render_repairs(repaired.repairs, repaired.report, layout)


def uncompared(repaired: Repaired) -> str:
    """Why nothing of the files was compared, so that nothing was found to settle."""
    return clear_verdict(repaired.report)
