"""The HTML report: one file that holds all that it shows and fetches nothing, for a browser, a phone and a printer.

The page is ``html_page/page.html`` with its style sheet, its scripts and the report as JSON in it. Its scripts make
every element by itself and set text as text; a content security policy lets nothing run or load but what stands here.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import Template

from gbcscheck.model import STATUSES
from gbcscheck.report import Report, problem_and_detail
from gbcscheck.report.coverage import clear_verdict, others_words
from gbcscheck.report.html_coverage import coverage_section
from gbcscheck.report.html_data import data_pieces
from gbcscheck.report.html_parts import asset, content_policy, html_text
from gbcscheck.report.judged import clear_of, looked_at
from gbcscheck.report.text import specification_name
from gbcscheck.version import __version__

SCRIPTS = ("elements.js", "data.js", "statements.js", "listing.js", "findings.js", "matrix.js", "changes.js", "page.js")
"""The scripts in the order in which they stand in the page."""
MARKS = {"error": "\u2715", "warning": "\u25b2", "note": "\u25cb"}
"""What stands beside the word of a severity."""


def render_html(report: Report) -> str:
    """The report as one page of HTML in plain ASCII, ended by a line feed."""
    return "".join(_pieces(report))


def _pieces(report: Report) -> Iterator[str]:
    style = asset("page.css")
    script = '"use strict";\n' + "".join(asset(name) for name in SCRIPTS)
    before, _, after = asset("page.html").partition("$data")
    names = {
        "policy": content_policy(style, script),
        "style": style,
        "script": script,
        "version": html_text(__version__),
        "title": html_text(_title(report)),
        "about": _about(report),
        "tally": _tally(report),
        "kinds": _kinds(report),
        "coverage": coverage_section(report.coverage, html_text),
        "checked": _checked(report),
    }
    yield Template(before).substitute(names)
    yield from data_pieces(report)
    yield Template(after).substitute(names)


# --- what stands in the page without its scripts ---------------------------------------------------------------------


def _title(report: Report) -> str:
    if report.base:
        return f"What changed since {report.base}"
    if report.files:
        return "What devices hold, send or are sent"
    return f"Conflicts in release {report.release}" if report.release else "Conflicts between specifications"


def _about(report: Report) -> str:
    lines = [f'<p class="lead">{html_text(report.title)}</p>'] if report.title else []
    if report.policy:
        told = "".join(f"<li><code>{html_text(one.where)}</code> {html_text(str(one))}</li>" for one in report.policy)
        lines.insert(0, f'<div class="remark"><p>What this change does to its own policy:</p><ul>{told}</ul></div>')
    if report.files and not any(report.severities().values()):
        lines.append(f'<p class="lead">{html_text(_sentence(clear_of(report)))}</p>')
    elif report.is_uncompared or (report.coverage is not None and not any(report.severities().values())):
        lines.append(f'<p class="lead">{html_text(_sentence(clear_verdict(report)))}</p>')
    if others := others_words(report):
        lines.append(f'<p class="remark">{html_text(_sentence(others))}</p>')
    if report.note:
        lines.append(f'<p class="remark">{html_text(report.note)}</p>')
    return "\n".join(lines)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _tally(report: Report) -> str:
    """How many findings there are of each severity, how many are waived, and what a change did to them."""
    rows = [_count(severity, number, MARKS[severity]) for severity, number in report.severities().items()]
    if report.waived():
        rows.append(_count("waived", report.waived(), "\u2013"))
    for status in STATUSES:
        number = sum(finding.status == status and not finding.waived for finding in report.findings)
        if number:
            rows.append(_count(status, number, ""))
    if report.changes:
        breaking = sum(change.verdict == "breaking" and not change.waived for change in report.changes)
        rows.append(_count("change", len(report.changes), ""))
        rows.append(_count("breaking", breaking, ""))
    return "\n".join(rows)


_PLURAL = {"error": "errors", "warning": "warnings", "note": "notes", "change": "changes"}


def _count(name: str, number: int, mark: str) -> str:
    word = _PLURAL.get(name, name) if number != 1 else name
    sign = f'<span class="mark" aria-hidden="true">{html_text(mark)}</span> ' if mark else ""
    return f'<div class="count {name}{"" if number else " none"}"><dd>{number:,}</dd><dt>{sign}{word}</dt></div>'


def _kinds(report: Report) -> str:
    """A button for each kind of conflict that was found, with its number."""
    found = list(report.kinds().items())
    if not found:
        return ""
    buttons = "\n".join(
        f'<li><button type="button" class="kind" data-kind="{kind}">{kind} <span>{number:,}</span></button></li>'
        for kind, number in found
    )
    return f'<h2 class="quiet">By kind of conflict</h2>\n<ul class="kinds">\n{buttons}\n</ul>'


def _checked(report: Report) -> str:
    """What was checked, what was left out, and what could not be read."""
    parts = "".join(f"<li>{html_text(specification_name(one))}</li>" for one in report.specifications)
    lines = [
        f"<p>{report.statements:,} statements on {report.subjects:,} subjects, by {len(report.rules):,} rules.</p>",
        f"<ul>{parts}</ul>",
    ]
    if told := looked_at(report):
        lines.insert(0, f"<ul>{''.join(f'<li>{html_text(_sentence(one))}</li>' for one in told)}</ul>")
    if report.configuration:
        lines.append(f"<p>Paths, severities and waivers of <code>{html_text(report.configuration)}</code>.</p>")
    if report.skipped:
        skipped = "".join(f"<li>{html_text(line)}</li>" for line in report.skipped)
        lines.append(f"<h3>Not used</h3><ul>{skipped}</ul>")
    warnings = "".join(
        f"<li><code>{html_text(use.waiver.where)}</code> {html_text(use.warning)}</li>"
        for use in report.waivers
        if use.warning
    )
    if warnings:
        lines.append(f"<h3>Waivers to look at</h3><ul>{warnings}</ul>")
    checked = f'<details class="checked"><summary>What was checked</summary>{"".join(lines)}</details>'
    if not report.problems:
        return checked
    problems = []
    for problem in report.problems:
        text, detail = problem_and_detail(problem)
        more = f"<pre>{html_text(detail)}</pre>" if detail else ""
        problems.append(f"<li><code>{html_text(problem.where)}</code> {html_text(text)}{more}</li>")
    return (
        '<section class="problems" aria-label="Files that could not be read"><h2>Could not be read</h2>'
        f"<ul>{''.join(problems)}</ul></section>{checked}"
    )
