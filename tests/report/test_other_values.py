"""What each format says of a conflict that remains with other values, and of the policy that a change brings itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from report_changes import compared_report
from report_examples import CONTRADICTION

from gbcscheck.model.waivers import PolicyChange
from gbcscheck.report import Report
from gbcscheck.report.compare_brief import render_compare_brief
from gbcscheck.report.compare_text import is_no_change, render_compare_text
from gbcscheck.report.formats import FORMATS, render
from gbcscheck.report.layout import Layout

OTHER = replace(CONTRADICTION, status="remaining", values=("200 / 30",), was=("9 / 30",))
SAME = replace(OTHER, subject="Other.value", was=())
POLICY = PolicyChange("severity", "the severity of V101 is note instead of error", "gbcscheck.toml:2", True)


def of(*findings: object, policy: tuple[PolicyChange, ...] = ()) -> Report:
    return replace(compared_report(), findings=findings, changes=(), waivers=(), problems=(), note="", policy=policy)


def rendered(form: str, report: Report) -> str:
    return render(report, form, Layout(100))


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("text", "json", "gitlab")])
def test_the_values_are_told(form: str) -> None:
    text = rendered(form, of(OTHER)).replace("`", "")
    assert "9 → 200" in text or "9 \\u2192 200" in text
    assert "9 → 200" not in rendered(form, of(SAME))


def test_text_and_lines_tell_them() -> None:
    assert "\nremaining, with other values: 9 → 200\n" in render_compare_text(of(OTHER), "HEAD", Layout(100))
    assert ": remaining, with other values (9 → 200): error[V101] " in render_compare_brief(of(OTHER))
    assert render_compare_brief(of(SAME)) == ""
    assert is_no_change(of(SAME))
    assert not is_no_change(of(OTHER))


def test_it_is_annotated_as_what_is_new() -> None:
    assert rendered("github", of(OTHER)).startswith("::error ")
    assert rendered("github", of(SAME)).startswith("::notice ")


def test_code_scanning_calls_it_updated() -> None:
    results = json.loads(rendered("sarif", of(OTHER, SAME)))["runs"][0]["results"]
    assert [result["baselineState"] for result in results] == ["updated", "unchanged"]


def test_a_comment_has_it_among_the_errors() -> None:
    text = rendered("markdown", of(OTHER, SAME))
    assert "## gbcscheck: 1 error\n" in text
    assert "0 findings new, 1 with other values, 0 fixed, 1 as before" in text
    assert "### Errors (1)" in text
    assert "<summary>Not new (1)</summary>" in text


@pytest.mark.parametrize(
    ("finding", "levels"),
    [
        (OTHER, {"new": True, "breaking": False, "error": True}),
        (SAME, {"new": False, "breaking": False, "error": True}),
    ],
)
def test_it_counts_as_new(finding: object, levels: dict[str, bool]) -> None:
    assert {level: of(finding).reaches(level) for level in levels} == levels
    assert not of(replace(OTHER, waived="agreed")).reaches("new")


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("text", "json", "gitlab", "junit")])
def test_the_policy_that_a_change_brings_is_told(form: str) -> None:
    refused = replace(POLICY, refused=True)
    for one, words in ((POLICY, "is note instead of error"), (refused, "(refused: it does not hold)")):
        assert words in rendered(form, of(policy=(one,))).replace("\\(", "(")
    assert render_compare_text(of(policy=(POLICY,)), "HEAD", Layout(100)).startswith(
        f"policy: gbcscheck.toml:2: {POLICY}"
    )


def test_more_of_it_than_a_person_reads_is_counted() -> None:
    many = tuple(replace(POLICY, where=f"gbcscheck.toml:{line}") for line in range(30))
    assert "and 10 more changes of the policy, all in the JSON report" in render_compare_text(
        of(policy=many), "HEAD", Layout(100)
    )
    assert "and 26 more changes of the policy" in rendered("github", of(policy=many))
    assert "* and 10 more" in rendered("markdown", of(policy=many))
