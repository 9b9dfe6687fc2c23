"""The HTML report: one file that holds all that it shows and fetches nothing, for a browser, a phone and a printer.

The page is ``html_page/page.html`` with its style sheet, its scripts and the report as JSON in it. Its scripts make
every element by itself and set text as text; a content security policy lets nothing run or load but what stands here.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template

from gbcscheck.model import STATUSES
from gbcscheck.printable import clean, without_commands
from gbcscheck.report import Report, problem_and_detail
from gbcscheck.report.coverage import clear_verdict, others_words
from gbcscheck.report.html_coverage import coverage_section
from gbcscheck.report.html_data import data_pieces
from gbcscheck.report.judged import clear_of, looked_at
from gbcscheck.report.text import specification_name
from gbcscheck.version import __version__

PAGE = Path(__file__).with_name("html_page")
SCRIPTS = ("elements.js", "data.js", "statements.js", "listing.js", "findings.js", "matrix.js", "changes.js", "page.js")
"""The scripts in the order in which they stand in the page."""
MARKS = {"error": "\u2715", "warning": "\u25b2", "note": "\u25cb"}
"""What stands beside the word of a severity."""


def render_html(report: Report) -> str:
    """The report as one page of HTML in plain ASCII, ended by a line feed."""
    return "".join(_pieces(report))


def _pieces(report: Report) -> Iterator[str]:
    style = _asset("page.css")
    script = '"use strict";\n' + "".join(_asset(name) for name in SCRIPTS)
    before, _, after = _asset("page.html").partition("$data")
    names = {
        "policy": _policy(style, script),
        "style": style,
        "script": script,
        "version": _text(__version__),
        "title": _text(_title(report)),
        "about": _about(report),
        "tally": _tally(report),
        "kinds": _kinds(report),
        "coverage": coverage_section(report.coverage, _text),
        "checked": _checked(report),
    }
    yield Template(before).substitute(names)
    yield from data_pieces(report)
    yield Template(after).substitute(names)


def _asset(name: str) -> str:
    return (PAGE / name).read_text(encoding="ascii")


def _policy(style: str, script: str) -> str:
    """The content security policy: this style sheet, this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("ascii")).digest()).decode("ascii")


def _text(text: str) -> str:
    """A text that is safe in an element and in an attribute, in ASCII."""
    safe = without_commands(escape(clean(text)), markup=True)
    return safe.encode("ascii", errors="xmlcharrefreplace").decode("ascii")


# --- what stands in the page without its scripts ---------------------------------------------------------------------


def _title(report: Report) -> str:
    if report.base:
        return f"What changed since {report.base}"
    if report.files:
        return "What devices hold, send or are sent"
    return f"Conflicts in release {report.release}" if report.release else "Conflicts between specifications"


def _about(report: Report) -> str:
    lines = [f'<p class="lead">{_text(report.title)}</p>'] if report.title else []
    if report.policy:
        told = "".join(f"<li><code>{_text(one.where)}</code> {_text(str(one))}</li>" for one in report.policy)
        lines.insert(0, f'<div class="remark"><p>What this change does to its own policy:</p><ul>{told}</ul></div>')
    if report.files and not any(report.severities().values()):
        lines.append(f'<p class="lead">{_text(_sentence(clear_of(report)))}</p>')
    elif report.is_uncompared or (report.coverage is not None and not any(report.severities().values())):
        lines.append(f'<p class="lead">{_text(_sentence(clear_verdict(report)))}</p>')
    if others := others_words(report):
        lines.append(f'<p class="remark">{_text(_sentence(others))}</p>')
    if report.note:
        lines.append(f'<p class="remark">{_text(report.note)}</p>')
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
    sign = f'<span class="mark" aria-hidden="true">{_text(mark)}</span> ' if mark else ""
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
    parts = "".join(f"<li>{_text(specification_name(one))}</li>" for one in report.specifications)
    lines = [
        f"<p>{report.statements:,} statements on {report.subjects:,} subjects, by {len(report.rules):,} rules.</p>",
        f"<ul>{parts}</ul>",
    ]
    if told := looked_at(report):
        lines.insert(0, f"<ul>{''.join(f'<li>{_text(_sentence(one))}</li>' for one in told)}</ul>")
    if report.configuration:
        lines.append(f"<p>Paths, severities and waivers of <code>{_text(report.configuration)}</code>.</p>")
    if report.skipped:
        skipped = "".join(f"<li>{_text(line)}</li>" for line in report.skipped)
        lines.append(f"<h3>Not used</h3><ul>{skipped}</ul>")
    warnings = "".join(
        f"<li><code>{_text(use.waiver.where)}</code> {_text(use.warning)}</li>" for use in report.waivers if use.warning
    )
    if warnings:
        lines.append(f"<h3>Waivers to look at</h3><ul>{warnings}</ul>")
    checked = f'<details class="checked"><summary>What was checked</summary>{"".join(lines)}</details>'
    if not report.problems:
        return checked
    problems = []
    for problem in report.problems:
        text, detail = problem_and_detail(problem)
        more = f"<pre>{_text(detail)}</pre>" if detail else ""
        problems.append(f"<li><code>{_text(problem.where)}</code> {_text(text)}{more}</li>")
    return (
        '<section class="problems" aria-label="Files that could not be read"><h2>Could not be read</h2>'
        f"<ul>{''.join(problems)}</ul></section>{checked}"
    )
