"""The report of a comparison with one line for each change and each conflict that it brings, for grep and editors."""

from __future__ import annotations

from gbcscheck.model import Finding
from gbcscheck.printable import escaped, one_line
from gbcscheck.report import Report
from gbcscheck.report.compare_text import because, title_of, within
from gbcscheck.report.entries import other_values
from gbcscheck.report.text import in_brief


def render_compare_brief(report: Report, *, notes: bool = False, waived: bool = False) -> str:
    """One line a change and a new finding, not wrapped, for grep and editors."""
    lines = [f"{escaped(one.where)}: policy: {one_line(str(one))}\n" for one in report.policy]
    for change in report.changes:
        if (notes or change.verdict in ("breaking", "unknown")) and (waived or not change.waived):
            statement = change.new or change.old
            place = escaped(str(statement.place)) if statement else ""
            parties = f" for {one_line(', '.join(change.parties))}" if change.parties else ""
            lines.append(
                f"{place}: {change.verdict}{parties}[{change.rule}] {one_line(change.subject)}: {title_of(change)}"
                f"{within(change)}{because(change.waived)}\n"
            )
    for finding in report.findings:
        if finding.is_fresh and (notes or finding.severity != "note") and (waived or not finding.waived):
            place = escaped(str(finding.statements[0].place)) if finding.statements else finding.rule
            lines.append(
                f"{place}: {_status(finding)} {finding.severity}[{finding.rule}] {one_line(finding.subject)}: "
                f"{one_line(finding.message)}{in_brief(finding)}\n"
            )
    lines.extend(
        f"{escaped(use.waiver.where)}: warning: {one_line(use.warning)}\n" for use in report.waivers if use.warning
    )
    return "".join(lines)


def _status(finding: Finding) -> str:
    """What a change did to a finding; of one that remains with other values, these too."""
    others = other_values(finding)
    return f"{finding.status}, with other values ({one_line(others)}):" if others else finding.status
