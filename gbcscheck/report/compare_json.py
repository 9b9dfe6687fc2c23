"""The JSON report of a comparison, as ``compare.schema.json`` describes it: every change and every finding."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from gbcscheck.model import SEVERITIES, STATUSES, VERDICTS, Change
from gbcscheck.report import Report
from gbcscheck.report.json import report_document, statement_document

SCHEMA = Path(__file__).with_name("compare.schema.json")


def render_compare_json(report: Report, new: str) -> str:
    """The report as JSON text, ended by a line feed; ``new`` names the newer side."""
    return json.dumps(compare_document(report, new), ensure_ascii=False, indent=2) + "\n"


def compare_document(report: Report, new: str) -> dict[str, Any]:
    """The report as a JSON value."""
    document = report_document(report)
    findings = Counter((finding.status, finding.severity) for finding in report.findings if not finding.waived)
    verdicts = Counter(change.verdict for change in report.changes if not change.waived)
    summary = {
        "changes": {verdict: verdicts[verdict] for verdict in VERDICTS},
        "findings": {status: {severity: findings[status, severity] for severity in SEVERITIES} for status in STATUSES},
        "statements": report.statements,
        "subjects": report.subjects,
        **({"waived": report.waived()} if report.waived() else {}),
    }
    members = {"old": report.base, "new": new, **document, "summary": summary}
    order = ("tool", "old", "new", "release", "note", "specifications", "changes")
    members["changes"] = [_change(change) for change in report.changes]
    if report.merge_base:
        base = report.merge_base
        members["merge_base"] = {
            "of": [base.older, base.newer],
            "commit": base.commit or None,
            "moved_on": base.moved_on,
        }
    return {**{key: members[key] for key in order}, **members}


def _change(change: Change) -> dict[str, Any]:
    document: dict[str, Any] = {
        "change": change.change,
        "verdict": change.verdict,
        "parties": list(change.parties),
        "subject": change.subject,
        "attribute": change.attribute,
        "old": statement_document(change.old) if change.old else None,
        "new": statement_document(change.new) if change.new else None,
        "witness": change.witness,
        "reason": change.reason,
        "below": list(change.below),
        "fingerprint": change.fingerprint,
    }
    if change.waived:
        document["waived"] = change.waived
    return document
