"""The report as SARIF of what stands alone: for consumers that look at neither ``suppressions`` nor ``baselineState``,
and would show what is waived, or what a change has ended, as open."""

from __future__ import annotations

from gbcscheck.report import Report
from gbcscheck.report.sarif import render_sarif


def render_sarif_plain(report: Report) -> str:
    """The report as a SARIF log of one run, with the results that count."""
    return render_sarif(report, plain=True)
