"""The JSON report, as ``report.schema.json`` describes it: every finding, notes included, in a stable order."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from gbcscheck.errors import GbcscheckError
from gbcscheck.model import SEVERITIES, Finding, Specification, Statement
from gbcscheck.model.device_files import DEVICE, JudgedFile
from gbcscheck.model.waivers import WaiverUse
from gbcscheck.printable import json_text
from gbcscheck.report import Report, problem_and_detail
from gbcscheck.report.coverage_json import coverage_document, source_document
from gbcscheck.report.decoded import decoded_document
from gbcscheck.report.judged import Totals
from gbcscheck.version import __version__

SCHEMA = Path(__file__).with_name("report.schema.json")


def render_json(report: Report) -> str:
    """The report as JSON text, ended by a line feed."""
    return json_text(report_document(report), indent=2) + "\n"


def report_document(report: Report) -> dict[str, Any]:
    """The report as a JSON value."""
    document: dict[str, Any] = {
        "tool": {"name": "gbcscheck", "version": __version__},
        "release": report.release,
        "note": report.note,
        "configuration": report.configuration,
        "specifications": _specifications(report.specifications),
        "findings": [_finding(report, finding) for finding in report.findings],
        "problems": [_problem(problem) for problem in report.problems],
        "skipped": list(report.skipped),
        "summary": {
            **report.severities(),
            "statements": report.statements,
            "subjects": report.subjects,
            "kinds": report.kinds(),
        },
    }
    if report.files:
        document["files"] = [_file(file) for file in report.files]
        judged = sum(file.judged for file in report.files)
        values = sum(file.judged_values for file in report.files)
        unknown = sum(file.unknown for file in report.files)
        document["summary"] |= {"judged": judged, "not_judged": len(report.files) - judged, "values": values}
        document["summary"] |= {"unknown": unknown} if unknown else {}
    if report.coverage is not None:
        document["coverage"] = coverage_document(report.coverage)
        document["summary"]["elsewhere"] = elsewhere_counts(report)
    if report.waivers or report.waived():
        document["waivers"] = [_waiver(use) for use in report.waivers]
        document["summary"]["waived"] = report.waived()
    return document


def elsewhere_counts(report: Report) -> dict[str, int]:
    """How many findings there are of each severity in which the user's files take no part, shown or not."""
    found = [*report.others, *(one for one in report.findings if one.elsewhere and not one.waived)]
    return {severity: sum(one.severity == severity for one in found) for severity in SEVERITIES}


def file_text(file: JudgedFile) -> str:
    """One file of a device as it stands in the JSON report, a list of which is its last member."""
    members = ",\n".join(f'      "{name}": {_member_text(value)}' for name, value in _file(file).items())
    return f"    {{\n{members}\n    }}"


def _member_text(value: str | int | bool | list[Any]) -> str:
    if isinstance(value, list):
        return json_text(value, indent=2).replace("\n", "\n      ")
    return _scalar_text(value)


@lru_cache(maxsize=4096, typed=True)
def _scalar_text(value: str | int | bool) -> str:
    return json_text(value)


def finding_text(report: Report, finding: Finding) -> str:
    """One finding as it stands in the JSON report; the report says what its rules are called."""
    return "    " + json_text(_finding(report, finding), indent=2).replace("\n", "\n    ")


def around_findings(report: Report, totals: Totals) -> tuple[str, str]:
    """What stands before the findings and behind them in a report that holds neither findings nor files: ``totals``
    say what they come to."""
    document = report_document(report)
    document["summary"] |= totals.by_severity() | {"kinds": totals.by_kind(report)}
    if report.waivers or totals.waived:
        document["waivers"] = [_waiver(use) for use in report.waivers]
        document["summary"]["waived"] = totals.waived
    if totals.files:
        judged = {"judged": totals.judged, "not_judged": totals.files - totals.judged, "values": totals.values}
        document["summary"] |= judged | ({"unknown": totals.unknown} if totals.unknown else {})
    before, _, behind = json_text(document, indent=2).partition('  "findings": []')
    return before, behind


def _file(file: JudgedFile) -> dict[str, Any]:
    """One file of a device: ``release`` is the specification and version that it was judged as."""
    return {
        "path": file.path,
        "format": file.format,
        "judged": file.judged,
        "reason": file.reason,
        "use_case": file.use_case,
        "service_reference": file.service_reference,
        "release": file.judged_as,
        "values": file.judged_values,
        **({"basis": file.basis} if file.basis else {}),
        **({"unknown": file.unknown} if file.unknown else {}),
        **({"not_read": list(file.not_read)} if file.not_read else {}),
        **({"remarks": list(file.remarks)} if file.remarks else {}),
        **({"asked": file.asked, "compared": file.met} if file.format == "pair" else {}),
        **({"decoded": decoded_document(file)} if any(one.meaning for one in file.entries) else {}),
    }


def _waiver(use: WaiverUse) -> dict[str, Any]:
    """One waiver, and what it holds for."""
    waiver = use.waiver
    members = {
        "rule": waiver.rule,
        "subject": waiver.subject,
        "fingerprint": waiver.fingerprint,
        "party": list(waiver.parties),
        "file": waiver.file,
        "values": list(waiver.values),
        "reason": waiver.reason,
        "expires": waiver.expires.isoformat() if waiver.expires else "",
    }
    source = {"path": waiver.path, "line": waiver.line}
    given = {key: value for key, value in members.items() if value}
    told = {"found": list(use.found), "baseline": waiver.is_old, "warning": use.warning}
    rest = {key: value for key, value in told.items() if value}
    return {**given, "state": use.state, "matched": use.matched, **rest, "source": source}


def _specifications(parts: tuple[Specification, ...]) -> list[dict[str, Any]]:
    """Every specification at its version, with the parts of it that were loaded."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in parts:
        found.setdefault((one.name, one.version), []).append(one.part)
    return [
        {"name": name, "version": version, "parts": [part for part in named if part]}
        for (name, version), named in found.items()
    ]


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    label = report.label(finding)
    states = {
        "values": list(finding.values),
        "values_before": list(finding.was),
        "status": finding.status,
        "gone": finding.gone,
        "releases": list(finding.releases),
        "waived": finding.waived,
        "elsewhere": finding.elsewhere,
    }
    meanings = finding.meanings + ("",) * (len(finding.statements) - len(finding.meanings))
    return {
        "rule": label.code,
        "name": label.name,
        "kind": label.kind,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": finding.message,
        "witness": finding.witness,
        "why": finding.why,
        "suggestion": finding.suggestion,
        "fingerprint": finding.fingerprint,
        "statements": [
            statement_document(statement, meaning)
            for statement, meaning in zip(finding.statements, meanings, strict=False)
        ],
        "also": list(finding.also),
        **({"seen_as": [_seen_as(report, one) for one in finding.seen_as]} if finding.seen_as else {}),
        **{key: value for key, value in states.items() if value},
    }


def _seen_as(report: Report, finding: Finding) -> dict[str, Any]:
    """The same fault as another rule sees it."""
    return {
        "rule": finding.rule,
        "name": report.label(finding).name,
        "subject": finding.subject,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        **({"values": list(finding.values)} if finding.values else {}),
    }


def statement_document(statement: Statement, meaning: str = "") -> dict[str, Any]:
    """One statement as a JSON value: ``value`` is the set in the canonical notation, or the fact as its cell holds
    it; ``text`` is given where the source's own words differ; ``null`` where a cell could not be read."""
    value = statement.domain if statement.domain is not None else statement.value
    if value is None and statement.specification == DEVICE:
        value = statement.text
    document: dict[str, Any] = {
        "specification": statement.specification.name,
        "version": statement.specification.version,
        "part": statement.specification.part,
        "clause": statement.clause,
        "subject": statement.subject,
        "attribute": statement.attribute,
        "value": value,
    }
    if statement.text is not None and statement.text != value:
        document["text"] = statement.text
    if meaning:
        document["meaning"] = meaning
    document["provenance"] = statement.provenance
    document["source"] = source_document(statement.place)
    return document


def _problem(problem: GbcscheckError) -> dict[str, str]:
    text, detail = problem_and_detail(problem)
    return {"where": problem.where, "problem": text, "detail": detail}
