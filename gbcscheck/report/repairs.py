"""Proposals as text and as JSON: every edit with its place, what stands there and what would, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gbcscheck.model import Finding, Statement
from gbcscheck.model.repairs import MEMBERS, Choice, Edit, Repairs, Unsettled
from gbcscheck.printable import clean, json_text
from gbcscheck.report import Report
from gbcscheck.report.coverage import clear_verdict, coverage_lines
from gbcscheck.report.coverage_json import coverage_document
from gbcscheck.report.layout import Layout, Line, paint, paragraph
from gbcscheck.version import __version__

SCHEMA = Path(__file__).with_name("repairs.schema.json")


# --- JSON ------------------------------------------------------------------------------------------------------------


def render_repairs_json(repairs: Repairs, report: Report) -> str:
    """The proposal as JSON text, ended by a line feed; ``report`` is the check that it is for."""
    return json_text(repairs_document(repairs, report), indent=2) + "\n"


def repairs_document(repairs: Repairs, report: Report) -> dict[str, Any]:
    """The proposal as a JSON value, as ``repairs.schema.json`` describes it."""
    coverage = {} if report.coverage is None else {"coverage": coverage_document(report.coverage)}
    return {
        "tool": {"name": "gbcscheck", "version": __version__},
        "release": report.release,
        "conditions": list(repairs.conditions),
        "edits": [edit_document(edit) for edit in repairs.edits],
        "settled": [_finding(finding) for finding in repairs.settled],
        "choices": [
            {
                "finding": _finding(choice.finding),
                "also": [_finding(finding) for finding in choice.also],
                "why": choice.why,
                "options": [
                    {"text": option.text, "edits": [edit_document(edit) for edit in option.edits]}
                    for option in choice.options
                ],
            }
            for choice in repairs.choices
        ],
        "unsettled": [{"finding": _finding(one.finding), "why": one.why} for one in repairs.unsettled],
        "problems": [str(problem) for problem in report.problems],
        **coverage,
        "summary": {
            "edits": len(repairs.edits),
            "settled": len(repairs.settled),
            "choices": len(repairs.choices),
            "unsettled": len(repairs.unsettled),
        },
    }


def edit_document(edit: Edit) -> dict[str, Any]:
    """One edit as a JSON value."""
    return {
        "place": _place(edit.statement),
        "subject": edit.statement.subject,
        "attribute": edit.statement.attribute,
        "member": edit.member,
        "old": edit.old,
        "new": edit.new,
        "why": edit.why,
        "confidence": edit.confidence,
        "supports": [
            {**_place(one), "says": one.written, "attribute": one.attribute, "provenance": one.provenance}
            for one in edit.supports
        ],
        "settles": list(edit.settles),
        "parties": list(edit.parties),
    }


def _place(statement: Statement) -> dict[str, Any]:
    place, spec = statement.place, statement.specification
    named = {"sheet": place.sheet, "cell": place.cell, "line": place.line, "pointer": place.pointer}
    return {
        "specification": {"name": spec.name, "version": spec.version, "part": spec.part},
        "clause": statement.clause,
        "path": place.path,
        **{key: value for key, value in named.items() if value is not None},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
    }


# --- text ------------------------------------------------------------------------------------------------------------


def render_repairs(repairs: Repairs, report: Report, layout: Layout) -> str:
    """The proposal for people, below what the check looked at of their files."""
    lines = coverage_lines(report, layout)
    for condition in repairs.conditions:
        lines += paragraph(("", ""), condition, layout, style="faint")
    for number, edit in enumerate(repairs.edits, 1):
        lines += [(), *_edit(edit, layout, f"edit {number}")]
    for choice in repairs.choices:
        lines += [(), *_choice(choice, layout)]
    for one in repairs.unsettled:
        lines += [(), *_unsettled(one, layout)]
    lines += [(), *paragraph(("", ""), summary(repairs, report), layout, style="strong")]
    return paint(lines, colour=layout.colour)


def summary(repairs: Repairs, report: Report) -> str:
    """How many findings the edits settle, and what is left; that nothing was compared, where that is why."""
    edits, settled = len(repairs.edits), len(repairs.settled)
    choices = sum(1 + len(choice.also) for choice in repairs.choices)
    if not settled and not choices and not repairs.unsettled:
        return clear_verdict(report) if report.is_uncompared else "nothing to settle"
    parts = [f"{_count(edits, 'edit')} that {'settles' if edits == 1 else 'settle'} {_count(settled, 'finding')}"]
    parts += [f"{_count(choices, 'finding')} left to a choice"] if choices else []
    parts += [f"{_count(len(repairs.unsettled), 'finding')} without a proposal"] if repairs.unsettled else []
    return ", ".join(parts)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _edit(edit: Edit, layout: Layout, title: str) -> Iterator[Line]:
    yield (title, "good"), (f" · {edit.confidence} · ", "faint"), (str(edit.statement.place), "place")
    yield from _change(edit, layout)
    yield from paragraph(("why      ", "faint"), clean(edit.why), layout, indent=2)
    for one in edit.supports[:MOST_SUPPORTS]:
        said = f"{one.place}: {one.attribute} {_one_line(one.written)} ({one.provenance})"
        yield from paragraph(("says so  ", "faint"), clean(said), layout, indent=2)
    if len(edit.supports) > MOST_SUPPORTS:
        yield from paragraph(("         ", ""), f"and {len(edit.supports) - MOST_SUPPORTS} more", layout, indent=2)
    if edit.parties:
        yield from paragraph(("affects  ", "faint"), ", ".join(edit.parties), layout, indent=2)


MOST_SUPPORTS = 4
"""Statements that say so already which the text shows of one edit; JSON has all."""


def _change(edit: Edit, layout: Layout) -> Iterator[Line]:
    what = f"{MEMBERS[edit.member]}: {edit.old}" if MEMBERS.get(edit.member) else edit.old
    label = f"{edit.statement.subject} · {edit.statement.attribute}"
    yield from paragraph(("", ""), clean(label), layout, indent=2, style="strong")
    yield from paragraph(("- ", "error"), clean(_one_line(what)), layout, indent=2)
    yield from paragraph(("+ ", "good"), clean(_one_line(edit.new)), layout, indent=2)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _choice(choice: Choice, layout: Layout) -> Iterator[Line]:
    yield from _head("choice", choice.finding, layout)
    for finding in choice.also:
        yield from paragraph(("and      ", "faint"), _told(finding), layout, indent=2)
    yield from paragraph(("why      ", "faint"), clean(choice.why), layout, indent=2)
    for number, option in enumerate(choice.options, 1):
        yield from paragraph((f"{number}. ", "strong"), clean(_one_line(option.text)), layout, indent=2)
        for edit in option.edits:
            yield from paragraph(
                ("- ", "error"), clean(f"{edit.statement.place}: {_one_line(edit.old)}"), layout, indent=5
            )
            yield from paragraph(("+ ", "good"), clean(_one_line(edit.new)), layout, indent=5)
            yield from paragraph(("why ", "faint"), clean(edit.why), layout, indent=5)


def _unsettled(one: Unsettled, layout: Layout) -> Iterator[Line]:
    yield from _head("unsettled", one.finding, layout)
    yield from paragraph(("why      ", "faint"), clean(one.why), layout, indent=2)


def _head(title: str, finding: Finding, layout: Layout) -> Iterator[Line]:
    yield from paragraph((f"{title} ", "warning"), _told(finding), layout)


def _told(finding: Finding) -> str:
    return clean(f"{finding.severity}[{finding.rule}] {finding.subject}: {finding.message}")
