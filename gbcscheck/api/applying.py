"""Edits that people have accepted in a workbook of proposals, held against what stands there now and checked anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from gbcscheck.api.checking import CheckRequest, run_check
from gbcscheck.api.repairing import Progress, Repaired, chosen_findings, hold_level
from gbcscheck.authoring.edited import refuse
from gbcscheck.authoring.review.columns import ACCEPT, YES
from gbcscheck.authoring.review.reading import Accepted, accepted_rows
from gbcscheck.authoring.spans import told
from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.model import Finding, Statement
from gbcscheck.model.repairs import CONFIDENCES, Edit, Repairs, Unsettled

if TYPE_CHECKING:
    from gbcscheck.proposals.replacing import Replacement
    from gbcscheck.proposals.rereading import Columns
    from gbcscheck.proposals.trials import Trials
    from gbcscheck.release.catalogue import Catalogue


def run_apply(request: CheckRequest, progress: Progress, proposals: Path, *, level: str = "error") -> Repaired:
    """The accepted edits of a workbook of proposals, and what the check finds once they are made: what they settle of
    the findings at a level or above, what is left of these, and what they bring.

    ``request`` is as of ``check``. Errors as in ``run_check`` and ``accepted_rows``; UsageError for a workbook in which
    nothing is accepted; GbcscheckError, or Problems where there are several, for rows whose old text no longer stands
    at its place, and for texts that nobody can read.
    """
    from gbcscheck.proposals.replacing import Bench
    from gbcscheck.proposals.rereading import Columns
    from gbcscheck.proposals.trials import Trials

    hold_level(level)
    rows = accepted_rows(proposals)
    if not rows:
        wanted = f'"{YES}" in the column {ACCEPT.title} of each edit to make'
        raise UsageError(f"nothing in it is accepted; {wanted} was expected", where=str(proposals))
    checked = run_check(request, progress)
    progress("checking the accepted edits")
    trials = Trials(Bench(checked.releases), checked.every)
    columns = [Columns(catalogue) for catalogue in trials.bench.catalogues]
    edits: list[Edit] = []
    replacements: list[Replacement] = []
    problems: list[GbcscheckError] = []
    for row in rows:
        try:
            for edit, says in _edits(row, trials, columns, proposals):
                edits.append(edit)
                replacements += says
        except GbcscheckError as problem:
            problems.append(problem)
    refuse(problems)
    return Repaired(_repairs(edits, replacements, trials, chosen_findings(checked.report, level), proposals), checked)


def _edits(
    row: Accepted, trials: Trials, columns: Sequence[Columns], proposals: Path
) -> Iterator[tuple[Edit, tuple[Replacement, ...]]]:
    """The edit of a row, and what is said after it, in the first release that has the statement."""
    from gbcscheck.proposals.rejoining import NUMBER, USE_CASE, Rejoining
    from gbcscheck.proposals.replacing import Replacement
    from gbcscheck.proposals.sheet_rows import joint_of
    from gbcscheck.proposals.voices import Voices

    catalogue, statement, read = next(
        (
            (catalogue, one, of_column)
            for catalogue, of_column in zip(trials.bench.catalogues, columns, strict=True)
            for one in _statements(catalogue, row)
        ),
        (None, None, None),
    )
    if catalogue is None or statement is None or read is None:
        raise GbcscheckError(
            f"{row.source} of {row.path} says nothing of {row.subject} any more, or the file was not given",
            where=row.where,
        )
    if row.new.strip() == row.old.strip():
        raise GbcscheckError("the proposed text is the one that stands there already", where=row.where)
    renames, joins = row.member == "subject", row.member in (NUMBER, USE_CASE)
    use_case, number = joint_of(statement)
    stands = {"subject": statement.subject, NUMBER: number, USE_CASE: use_case}.get(row.member, statement.written)
    if stands.split() != row.old.split():
        raise GbcscheckError(
            f"{told(stands)} stands at {statement.place} now, and {told(row.old)} was expected; make the proposals "
            "anew",
            where=row.where,
        )
    says: tuple[Replacement, ...]
    if renames:
        says = (Replacement(statement, row.new, *statement[7:10]),)
    elif joins:
        says = Rejoining(catalogue, Voices(catalogue).before).written(statement, row.member, row.old, row.new)
    else:
        said = read.read(statement, row.new)
        if said is None:
            raise GbcscheckError(
                f"{told(row.new)} cannot be read as the {row.attribute} of {row.subject}: write it as its column does",
                where=row.where,
            )
        says = (Replacement(statement, statement.subject, said.domain, said.value, row.new),)
    is_first = row.new.split() == row.first.split()
    why = row.reason if is_first else f"Written in {proposals.name}, where {told(row.first)} was proposed."
    confidence = row.confidence if is_first and row.confidence in CONFIDENCES else CONFIDENCES[-1]
    yield Edit(statement, stands, row.new, why, confidence, parties=row.parties, member=row.member), says


def _statements(catalogue: Catalogue, row: Accepted) -> Iterator[Statement]:
    """The statements of a catalogue that a row is about: of a file of the same path, else of the same name."""
    name = PurePath(row.path).name
    alike = [
        one
        for one in catalogue.about(row.subject)
        if one.source == row.source and one.attribute == row.attribute and PurePath(one.path).name == name
    ]
    yield from sorted(alike, key=lambda one: one.path != row.path)


def _repairs(
    edits: Sequence[Edit],
    replacements: Sequence[Replacement],
    trials: Trials,
    chosen: Sequence[Finding],
    proposals: Path,
) -> Repairs:
    after = trials.after(replacements)
    settled = tuple(finding for finding in chosen if trials.keys_of(finding).isdisjoint(after.findings))
    left = [
        Unsettled(one, "It is still there once the accepted edits are made.") for one in chosen if one not in settled
    ]
    brought = [Unsettled(one, "The accepted edits bring it.") for one in after.new_since(trials.before)]
    return Repairs(
        tuple(replace(edit, settles=_settled_by(edit, settled)) for edit in edits),
        settled,
        unsettled=(*brought, *left),
        conditions=(f"The edits that are accepted in {proposals.name}.",),
    )


def _settled_by(edit: Edit, settled: Sequence[Finding]) -> tuple[str, ...]:
    """The settled findings that an edit has to do with: those that cite its place."""
    place = edit.statement.place
    about = (one for one in settled if any(each.place == place for each in one.statements))
    return tuple(dict.fromkeys(one.fingerprint for one in about))
