"""The formats of reports, and how text is laid out for them."""

from __future__ import annotations

from gbcscheck.report import CATEGORY, Report, problem_and_detail
from gbcscheck.report.coverage import clear_verdict
from gbcscheck.report.formats import FORMATS, render
from gbcscheck.report.layout import Layout, paint

__all__ = ["CATEGORY", "FORMATS", "Layout", "Report", "clear_verdict", "paint", "problem_and_detail", "render"]
