"""The JSON report of a comparison, as ``compare.schema.json`` describes it: every change and every finding."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from gbcscheck.model import SEVERITIES, STATUSES, VERDICTS, Change, Specification
from gbcscheck.model.waivers import PolicyChange
from gbcscheck.printable import json_text
from gbcscheck.report import Report
from gbcscheck.report.json import report_document, statement_document

SCHEMA = Path(__file__).with_name("compare.schema.json")


def render_compare_json(report: Report, new: str) -> str:
    """The report as JSON text, ended by a line feed; ``new`` names the newer side."""
    return json_text(compare_document(report, new), indent=2) + "\n"


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
    if report.followed:
        members["followed"] = [{"old": _part(old), "new": _part(new)} for old, new in report.followed]
    if report.policy:
        members["policy"] = [_policy(change) for change in report.policy]
    policy = ["policy"] if report.policy else []
    order = ("tool", "old", "new", "release", "note", "configuration", "specifications", *policy, "changes")
    members["changes"] = [_change(change) for change in report.changes]
    if report.merge_base:
        base = report.merge_base
        members["merge_base"] = {
            "of": [base.older, base.newer],
            "commit": base.commit or None,
            "moved_on": base.moved_on,
        }
    return {**{key: members[key] for key in order}, **members}


def _part(specification: Specification) -> dict[str, str]:
    """A part at a version."""
    return {"specification": specification.name, "version": specification.version, "part": specification.part}


def _policy(change: PolicyChange) -> dict[str, Any]:
    return {
        "key": change.key,
        "text": change.text,
        "loosens": change.loosens,
        "refused": change.refused,
        "source": change.where,
    }


def _change(change: Change) -> dict[str, Any]:
    document: dict[str, Any] = {
        "change": change.change,
        "verdict": change.verdict,
        "severity": change.severity,
        "parties": list(change.parties),
        "subject": change.subject,
        "attribute": change.attribute,
        "old": statement_document(change.old) if change.old else None,
        "new": statement_document(change.new) if change.new else None,
        "witness": change.witness,
        "reason": change.reason,
        "below": list(change.below),
        "fingerprint": change.fingerprint,
        "values": list(change.values),
    }
    versions = {side: version for side, version in zip(("old", "new"), change.versions, strict=True) if version}
    more = {"versions": versions, "releases": list(change.releases), "waived": change.waived}
    return {**document, **{key: value for key, value in more.items() if value}}
