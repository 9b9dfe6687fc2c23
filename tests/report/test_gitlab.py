"""GitLab code quality: the fields that it needs, and fingerprints that are unique."""

from __future__ import annotations

import json
from dataclasses import replace

from report_changes import compared_report, many_findings
from report_examples import CONTRADICTION, example_report

from gbcscheck.report.gitlab import render_gitlab


def test_each_finding_has_what_gitlab_needs() -> None:
    issues = json.loads(render_gitlab(example_report()))
    assert [issue["severity"] for issue in issues] == ["critical", "major", "info"]
    assert issues[0] == {
        "description": "default contradicts the constant of the use case: "
        "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays; "
        "Saturday: in the constant, not in the default",
        "check_name": "V101",
        "fingerprint": CONTRADICTION.fingerprint,
        "severity": "critical",
        "location": {"path": "gbcs/table-28d.xlsx", "lines": {"begin": 1}},
    }
    assert issues[1]["location"] == {"path": "xsd/duis-5.1.xsd", "lines": {"begin": 1864}}


def test_equal_fingerprints_are_made_unique_in_a_stable_way() -> None:
    report = example_report(CONTRADICTION, CONTRADICTION, CONTRADICTION)
    prints = [issue["fingerprint"] for issue in json.loads(render_gitlab(report))]
    assert prints[0] == CONTRADICTION.fingerprint
    assert len(set(prints)) == 3
    assert render_gitlab(report) == render_gitlab(report)
    assert all(len(one) == 16 for one in prints)


def test_what_is_waived_or_fixed_is_left_out() -> None:
    issues = json.loads(render_gitlab(compared_report()))
    assert [issue["check_name"] for issue in issues] == [
        "change/narrowed",
        "V101",
        "change/moved",
        "R105",
        "change/removed",
    ]
    assert issues[0]["location"] == {"path": "specs/table 28d.json", "lines": {"begin": 12}}


def test_it_is_a_list_whatever_is_found() -> None:
    assert json.loads(render_gitlab(replace(example_report(), findings=()))) == []
    assert len(json.loads(render_gitlab(many_findings(500)))) == 500
