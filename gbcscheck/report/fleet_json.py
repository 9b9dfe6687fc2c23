"""The summary of a run over a fleet as JSON, as ``fleet.schema.json`` describes it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from gbcscheck.model.fleet import (
    Bin,
    Distribution,
    Drift,
    FleetColumn,
    FleetFinding,
    FleetGroup,
    FleetRun,
    FleetSource,
    Since,
)
from gbcscheck.printable import json_text
from gbcscheck.report.json import statement_document
from gbcscheck.version import __version__


def render_fleet_json(run: FleetRun) -> str:
    """The run as JSON text, ended by a line feed."""
    return json_text(fleet_document(run), indent=2) + "\n"


def fleet_document(run: FleetRun) -> dict[str, Any]:
    """The run as a JSON value."""
    asked = {"since_time": run.since_time} if run.since_time else {}
    return {
        "tool": {"name": "gbcscheck", "version": __version__},
        "release": run.release,
        "engine": run.engine,
        "layout": run.layout,
        **asked,
        "summary": {
            "devices": run.devices,
            "wrong": run.wrong,
            "clean": run.clean,
            "values": run.values,
            "by_engine": run.by_engine,
            "distinct": run.distinct,
            "violations": run.violations,
            "older_reads": run.older_reads,
        },
        "sources": [_members(one) for one in run.sources],
        "columns": [_members(one) for one in run.columns],
        "rules": [{"rule": rule, "severity": severity, "devices": count} for rule, severity, count in run.rules],
        "findings": [_finding(one) for one in run.findings],
        "more_findings": run.more_findings,
        "manufacturers": [_group(one) for one in run.manufacturers],
        "firmwares": [_group(one) for one in run.firmwares],
        "days": [_group(one) for one in run.days],
        "distributions": [_distribution(one) for one in run.distributions],
        "drifts": [_drift(one) for one in run.drifts],
        **({} if run.since is None else {"since": _since(run.since)}),
        "set_aside": [
            {"reason": reason, "count": count, "examples": list(examples)} for reason, count, examples in run.set_aside
        ],
        "not_asked": list(run.not_asked),
    }


def _members(one: FleetSource | FleetColumn | Bin) -> dict[str, Any]:
    """What is known of a value by the names of its members; what it does not have is left out."""
    found = {field.name: getattr(one, field.name) for field in fields(one)}
    return {
        name: value for name, value in found.items() if value not in ("", None) or name in ("path", "name", "label")
    }


def _finding(one: FleetFinding) -> dict[str, Any]:
    finding = one.finding
    meanings = finding.meanings + ("",) * (len(finding.statements) - len(finding.meanings))
    told = {
        "witness": finding.witness,
        "why": finding.why,
        "suggestion": finding.suggestion,
        "unit": one.unit,
        "first_read": one.first_read,
        "last_read": one.last_read,
    }
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": finding.message,
        "fingerprint": one.fingerprint,
        "item": one.item,
        "written": one.written,
        "count": one.count,
        "devices": list(one.devices),
        **{name: text for name, text in told.items() if text},
        "statements": [statement_document(*pair) for pair in zip(finding.statements, meanings, strict=False)],
    }


def _group(one: FleetGroup) -> dict[str, Any]:
    return {
        "name": one.name,
        **({"manufacturer": one.manufacturer} if one.manufacturer else {}),
        "devices": one.devices,
        "wrong": one.wrong,
        "items": [{"item": item, "devices": count} for item, count in one.items],
    }


def _distribution(one: Distribution) -> dict[str, Any]:
    return {
        "item": one.item,
        "unit": one.unit,
        "permitted": one.permitted,
        "bins": [_members(each) for each in one.bins],
        "others": one.others,
        "one_in": one.one_in,
    }


def _drift(one: Drift) -> dict[str, Any]:
    return {
        "item": one.item,
        **({"reason": one.reason} if one.reason else {"default": one.default, "provenance": one.provenance}),
        "devices": one.devices,
        "differing": one.differing,
        "held": [{"value": value, "devices": count} for value, count in one.held],
        "one_in": one.one_in,
    }


def _since(one: Since) -> dict[str, Any]:
    return {
        "earlier": one.earlier,
        **({"remark": one.remark} if one.remark else {}),
        "changes": [
            {"item": item, "rule": rule, "became": became, "count": count} for item, rule, became, count in one.changes
        ],
    }
