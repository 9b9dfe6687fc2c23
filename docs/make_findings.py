"""Write ``docs/findings-current.md``: what ``gbcscheck check`` reports on the default release, with our judgement.

Run from a checkout: ``python docs/make_findings.py``. The judgements stand in ``docs/judgements.toml``, by fingerprint;
an error or warning without one, and a judgement without its finding, end the run with exit code 1.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path

from gbcscheck.model import SEVERITIES, Finding
from gbcscheck.model.rules import Rule
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.releases import load_release
from gbcscheck.report.layout import Layout, paint
from gbcscheck.report.text import finding_lines
from gbcscheck.rules import RULES, check

DOCS = Path(__file__).parent
VERDICTS = ("right", "arguable", "wrong")


def rendered() -> tuple[str, list[str]]:
    """The page, and what is wrong with the judgements."""
    judgements = tomllib.loads((DOCS / "judgements.toml").read_text(encoding="utf-8"))
    release = load_release()
    findings = check(Catalogue.of(release))
    labels = {rule.code: rule for rule in RULES}
    problems = [
        f"{finding.severity} {finding.rule} {finding.subject} ({finding.fingerprint}) is not judged"
        for finding in findings
        if finding.severity != "note" and finding.fingerprint not in judgements
    ]
    known = {finding.fingerprint for finding in findings}
    problems += [f"judgement {name} belongs to no finding" for name in judgements if name not in known]
    lines = [
        "# What gbcscheck reports on `current`",
        "",
        "Written by `python docs/make_findings.py` from the default release and `docs/judgements.toml`. Each error and "
        "warning was opened in both sources and judged: *right*, *arguable* or *wrong*.",
        "",
        release.note,
        "",
        *_tally(findings, judgements),
        "",
        *_kinds(findings, labels),
    ]
    for severity in SEVERITIES:
        group = [finding for finding in findings if finding.severity == severity]
        lines += ["", f"## {severity.capitalize()}s ({len(group)})"]
        for finding in group:
            lines += _section(finding, labels[finding.rule], judgements.get(finding.fingerprint))
    return "\n".join(lines) + "\n", problems


def _tally(findings: list[Finding], judgements: dict[str, dict[str, str]]) -> list[str]:
    """A table of verdicts by severity."""
    counts = Counter(
        (finding.severity, judgements.get(finding.fingerprint, {}).get("verdict", "not judged")) for finding in findings
    )
    verdicts = (*VERDICTS, "not judged")
    rows = [
        f"| {severity} | " + " | ".join(str(counts[severity, verdict]) for verdict in verdicts) + " |"
        for severity in SEVERITIES
    ]
    return [f"| | {' | '.join(verdicts)} |", "|---" * (len(verdicts) + 1) + "|", *rows]


def _kinds(findings: list[Finding], labels: dict[str, Rule]) -> list[str]:
    """Which kinds have a finding here, and which fire on the regression cases only."""
    by_kind: dict[str, list[str]] = {rule.kind: [] for rule in RULES}
    for finding in findings:
        kind = by_kind[labels[finding.rule].kind]
        entry = f"{finding.rule} ({finding.severity})"
        if entry not in kind:
            kind.append(entry)
    fired = [f"* `{kind}`: {', '.join(found)}" for kind, found in sorted(by_kind.items()) if found]
    silent = [f"`{kind}`" for kind, found in sorted(by_kind.items()) if not found]
    return [
        "Kinds with a finding on `current`:",
        "",
        *fired,
        "",
        f"Kinds that fire on a regression case only (`tests/cases`, and MP131 in `before-mp131`): {', '.join(silent)}.",
    ]


def _section(finding: Finding, label: Rule, judgement: dict[str, str] | None) -> list[str]:
    text = paint(finding_lines(finding, label, Layout(100)), colour=False).rstrip()
    lines = ["", f"### {finding.rule} {label.name}: `{finding.subject}`", "", "```text", text, "```"]
    if judgement:
        lines += ["", f"**{judgement['verdict'].capitalize()}.** {judgement['why']}"]
    return lines


def main() -> int:
    page, problems = rendered()
    (DOCS / "findings-current.md").write_text(page, encoding="utf-8")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
