"""The report as GitLab code quality takes it: a list of what counts, each with a place and a fingerprint of its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from gbcscheck.printable import clean, json_text
from gbcscheck.report import Report, in_releases
from gbcscheck.report.entries import Entry, entries, shortened

SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}
"""GitLab's severity (info, minor, major, critical, blocker) by ours."""
LONGEST = 1_000


def render_gitlab(report: Report) -> str:
    """The list as JSON. What is waived or fixed is not in it: GitLab takes what is missing for resolved. What is lost
    is not that, and stays in it as information."""
    seen: Counter[str] = Counter()
    listed = (entry for entry in entries(report) if entry.counts or (entry.status == "lost" and not entry.waived))
    issues = [json_text(_issue(entry, seen)) for entry in listed]
    return "[\n" + ",\n".join(issues) + ("\n" if issues else "") + "]\n"


def _issue(entry: Entry, seen: Counter[str]) -> dict[str, Any]:
    place = entry.sides[0].place if entry.sides else None
    lost = entry.status == "lost"
    more = [entry.why if lost else entry.witness, *([f"in {in_releases(entry.releases)}"] if entry.releases else [])]
    more.append(f"also seen as {entry.seen_as}" if entry.seen_as else "")
    witness = "".join(f"; {text}" for text in more if text)
    return {
        "description": shortened(clean(f"{entry.message}: {entry.subject}{witness}"), LONGEST),
        "check_name": entry.rule,
        "fingerprint": _unique(entry.fingerprint, seen),
        "severity": "info" if lost else SEVERITIES[entry.severity],
        "location": {
            "path": clean(place.path) if place else ".",
            "lines": {"begin": place.line if place and place.line else 1},
        },
    }


def _unique(fingerprint: str, seen: Counter[str]) -> str:
    """A fingerprint that no other entry has: GitLab shows only the first of several with the same."""
    seen[fingerprint] += 1
    if seen[fingerprint] == 1:
        return fingerprint
    return hashlib.sha256(f"{fingerprint} {seen[fingerprint]}".encode()).hexdigest()[:16]
