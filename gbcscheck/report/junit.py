"""The report as JUnit XML, for the test pages of build servers: a test case for each rule and subject, or for each file
of a device.

What makes the run fail, at the level of ``--fail-on``, is a failure with all its sides, and nothing else is. What is
waived is skipped with its reason, and so is a conflict that was there before the change, and what is not judged any
more; all else passes, with its text as output. A rule that found nothing passes with one test case of its own, and
input that could not be read is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from gbcscheck.frozen import frozen
from gbcscheck.printable import clean, one_line, without_commands
from gbcscheck.report import Report, problem_and_detail
from gbcscheck.report.coverage import clear_verdict, files_words, table_text
from gbcscheck.report.entries import Entry, entries, labels, paragraphs

INCOMPLETE = "not everything was read and compared"
"""Why a table of the user's own fails, with ``--strict``."""


@frozen
class _Case:
    """One test case: where it stands in the tree of tests, its name, what became of it (empty where it passed), the
    attributes and the text of that."""

    suite: str
    name: str
    outcome: str = ""
    type: str = ""
    message: str = ""
    text: str = ""


def render_junit(report: Report) -> str:
    """One suite of all test cases, in the structure that Jenkins and GitLab read."""
    found = _file_cases(report) if report.files else _rule_cases(report)
    cases = [*_problem_cases(report), *_coverage_cases(report), *_waiver_cases(report), *found]
    counts = {
        "tests": len(cases),
        "failures": sum(case.outcome == "failure" for case in cases),
        "errors": sum(case.outcome == "error" for case in cases),
        "skipped": sum(case.outcome == "skipped" for case in cases),
    }
    attributes = "".join(f' {key}="{value}"' for key, value in counts.items())
    totals = "".join(f' {key}="{value}"' for key, value in counts.items() if key != "skipped")
    body = without_commands(_properties(report) + "".join(_xml(case) for case in cases), markup=True)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="gbcscheck"{totals}>\n'
        f'  <testsuite name="gbcscheck"{attributes}>\n{body}  </testsuite>\n</testsuites>\n'
    )


def _properties(report: Report) -> str:
    """What the run was set up by."""
    if not report.configuration:
        return ""
    value = _attribute(report.configuration)
    return f'    <properties>\n      <property name="configuration" value={value}/>\n    </properties>\n'


def _problem_cases(report: Report) -> Iterable[_Case]:
    for problem in report.problems:
        text, detail = problem_and_detail(problem)
        yield _Case("input", problem.where or "input", "error", "unreadable", text, f"{text}\n{detail}".strip())
    if report.is_uncompared:
        text = clear_verdict(report)
        yield _Case("input", "is compared with something", "error", "uncompared", text, text)


def _coverage_cases(report: Report) -> Iterable[_Case]:
    """A test case for each table of the user's own, with what was looked at of it: one that fails where that makes the
    run fail."""
    coverage = report.coverage
    if coverage is None:
        return
    for table in coverage.tables:
        text = table_text(coverage, table)
        fails = report.strict and not table.is_whole
        told = ("failure", "unread or uncompared", INCOMPLETE) if fails else ("", "", "")
        yield _Case("coverage", table.path, *told, text)
    if coverage.not_read:
        told = ("failure", "unread", INCOMPLETE) if report.strict else ("", "", "")
        yield _Case("coverage", "files of kinds that are not read", *told, files_words(coverage))


def _waiver_cases(report: Report) -> Iterable[_Case]:
    for use in report.lax():
        yield _Case(
            "waivers", use.waiver.named, "failure", "warning", use.warning, f"{use.waiver.where}: {use.warning}"
        )


def _file_cases(report: Report) -> Iterable[_Case]:
    """A test case for each file of a device: one that fails by its findings, or is skipped where it was not judged.
    That fails it with ``--strict``, and so does a value that nobody knows. What could not be decoded is among the
    problems."""
    for file in report.files:
        if file.problem is not None:
            continue
        found = entries(replace(report, findings=file.findings))
        failing = [entry for entry in found if entry.fails]
        text = "\n\n".join(f"{entry.rule} {entry.subject}\n{_text(entry)}" for entry in failing or found)
        told = "\n\n".join(part for part in (text, *file.not_read, *file.remarks) if part)
        suite = f"{file.format} {file.use_case}".rstrip()
        if failing:
            first = failing[0]
            yield _Case(suite, file.path, "failure", f"{first.rule} {first.name}", first.message, told)
        elif file.judged and file.unknown and report.strict:
            why = f"{file.unknown:,} values under names that mean no data item"
            yield _Case(suite, file.path, "failure", "unknown names", why, told)
        elif not file.judged:
            outcome = "failure" if report.strict else "skipped"
            yield _Case(suite, file.path, outcome, "not judged" if report.strict else "", file.reason, told)
        else:
            yield _Case(suite, file.path, text=told)


def _rule_cases(report: Report) -> Iterable[_Case]:
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries(report):
        groups.setdefault((entry.rule, entry.subject), []).append(entry)
    found = {rule for rule, _ in groups}
    for label in labels(report):
        if label.code not in found:
            yield _Case(f"{label.code} {label.name}", label.question or "nothing found")
    for group in groups.values():
        yield _case(group)


def _case(group: Sequence[Entry]) -> _Case:
    """The test case of all entries of one rule and subject; the worst of them decides."""
    first = group[0]
    suite = first.rule if first.name in first.rule else f"{first.rule} {first.name}"
    failing = [entry for entry in group if entry.fails]
    if failing:
        text = "\n\n".join(_text(entry) for entry in failing)
        return _Case(suite, first.subject, "failure", failing[0].severity, failing[0].message, text)
    text = "\n\n".join(_text(entry) for entry in group)
    waived = [entry for entry in group if entry.waived]
    if waived:
        return _Case(suite, first.subject, "skipped", message=f"waived: {waived[0].waived}", text=text)
    lost = [entry for entry in group if entry.status == "lost"]
    if lost:
        return _Case(suite, first.subject, "skipped", message=lost[0].why, text=text)
    if any(entry.status == "remaining" and entry.severity != "note" for entry in group):
        return _Case(suite, first.subject, "skipped", message="not new: it was there before the change", text=text)
    return _Case(suite, first.subject, text=text)


def _text(entry: Entry) -> str:
    """Everything that an entry has to tell, as lines."""
    waived = f"waived ({entry.waived}), " if entry.waived else ""
    lines = [f"{waived}{entry.status or entry.severity}: {entry.message}"]
    for side in entry.sides:
        lines.extend((f"  {side.place}: {side.document}", f"    {side.wording}"))
    lines.extend(f"  {word:<8} {text}" for word, text in paragraphs(entry))
    lines.append(f"  fingerprint {entry.fingerprint}")
    return "\n".join(lines)


def _xml(case: _Case) -> str:
    head = f"    <testcase classname={_attribute(case.suite)} name={_attribute(case.name)}"
    if not case.outcome:
        output = f"<system-out>{escape(clean(case.text))}</system-out>" if case.text else ""
        return f"{head}>{output}</testcase>\n" if output else f"{head}/>\n"
    kind = f" type={_attribute(case.type)}" if case.type else ""
    return (
        f"{head}>\n      <{case.outcome}{kind} message={_attribute(case.message)}>"
        f"{escape(clean(case.text))}</{case.outcome}>\n    </testcase>\n"
    )


def _attribute(text: str) -> str:
    return quoteattr(one_line(text))
