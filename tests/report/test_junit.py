"""JUnit XML: a test case for each rule and subject, in the structure that build servers read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from coverage_examples import COVERAGE, ITEMS
from report_changes import compared_report
from report_examples import CONSTANT, CONTRADICTION, ENCODING, NOTE, example_report

from gbcscheck.model import SEVERITIES
from gbcscheck.model.waivers import Waiver, WaiverUse
from gbcscheck.report import Report
from gbcscheck.report.junit import render_junit

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"classname", "name"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"message"},
    "system-out": set(),
}
"""Elements and attributes that the schema of the JUnit reader of Jenkins has, as far as they are used."""


def tree(report: Report) -> ElementTree.Element:
    root = ElementTree.fromstring(render_junit(report).encode())
    for element in root.iter():
        assert element.attrib.keys() <= ATTRIBUTES[element.tag]
    return root


def outcomes(report: Report) -> list[tuple[str, str, str]]:
    return [
        (case.get("classname", ""), case.get("name", ""), case[0].tag if len(case) else "")
        for case in tree(report).iter("testcase")
    ]


def test_a_case_for_each_rule_and_subject() -> None:
    report = replace(example_report(), fail_on="warning")
    assert outcomes(report) == [
        ("input", "draft.xlsx", "error"),
        ("V101 default-contradicts-constant", CONTRADICTION.subject, "failure"),
        ("R105 value-cannot-be-encoded", report.findings[1].subject, "failure"),
        ("S101 lists-differ", "6.18.1", "system-out"),
    ]
    suite = tree(report)[0]
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "2",
        "errors": "1",
        "skipped": "0",
    }


def test_a_waiver_that_needs_a_look_fails_where_it_fails_the_run() -> None:
    use = WaiverUse(Waiver("mended", rule="V101", path="gbcscheck.toml", line=3), "unused", 0)
    report = replace(example_report(), findings=(), problems=(), waivers=(use,))
    assert ("waivers", "V101", "failure") not in outcomes(report)
    assert not report.reaches("never")
    strict = replace(report, strict_waivers=True)
    assert ("waivers", "V101", "failure") in outcomes(strict)
    assert strict.reaches("never")


def test_a_failure_has_both_sides() -> None:
    (failure,) = tree(example_report(CONTRADICTION)).iter("failure")
    assert failure.get("message") == "default contradicts the constant of the use case"
    assert failure.get("type") == "error"
    text = failure.text or ""
    assert "gbcs/table-28d.xlsx · Table 28d!D7: GBCS 3.2 Table 28d, synthetic" in text
    assert "gbcs/use-cases-3.1.xlsx · DLMS!K685: GBCS 3.1 ECS37, row 730, published" in text
    assert "witness  Saturday: in the constant, not in the default" in text


def test_several_findings_of_one_rule_and_subject_are_one_case() -> None:
    twice = example_report(CONTRADICTION, replace(CONTRADICTION, message="another way"))
    failures = list(tree(twice).iter("failure"))
    assert len(failures) == 1
    assert "another way" in (failures[0].text or "")


def test_a_rule_that_found_nothing_passes() -> None:
    assert ("S101 lists-differ", "nothing found", "") in outcomes(example_report(CONTRADICTION))
    assert not list(tree(example_report(NOTE)).iter("failure"))


def test_after_a_comparison_only_what_is_new_fails() -> None:
    report = replace(compared_report(), fail_on="new")
    assert outcomes(report)[1:] == [
        ("change/narrowed", CONTRADICTION.subject, "failure"),
        ("V101 default-contradicts-constant", CONTRADICTION.subject, "failure"),
        ("change/moved", CONSTANT.subject, "system-out"),
        ("R105 value-cannot-be-encoded", ENCODING.subject, "skipped"),
        ("change/removed", "6.18.2", "system-out"),
        ("V101 default-contradicts-constant", "Other.subject", "skipped"),
        ("S101 lists-differ", "6.18.1", "system-out"),
    ]
    reasons = {case.get("name"): case[0].get("message") for case in tree(report).iter("testcase") if len(case)}
    assert reasons[ENCODING.subject] == "not new: it was there before the change"
    assert reasons["Other.subject"] == "waived: agreed on 4 May"


@pytest.mark.parametrize("level", ["new", "breaking", *SEVERITIES, "never"])
def test_there_is_a_failure_where_the_exit_code_says_so(level: str) -> None:
    for report in (compared_report(), example_report(), example_report(NOTE), example_report(ENCODING)):
        report = replace(report, fail_on=level, problems=())
        failures = {case.get("name") for case in tree(report).iter("testcase") if case.find("failure") is not None}
        assert bool(failures) is report.reaches(level)
        items = (*report.changes, *report.findings)
        assert failures == {item.subject for item in items if report.fails(item)}


def test_nothing_waived_or_fixed_fails_at_any_level() -> None:
    waived = replace(CONTRADICTION, waived="agreed", status="new")
    for finding in (waived, replace(CONTRADICTION, status="fixed")):
        report = replace(example_report(finding), problems=(), base="origin/main")
        assert not any(report.reaches(level) for level in ("new", "breaking", *SEVERITIES, "never"))


def test_a_consumer_of_junit_counts_the_same() -> None:
    report = replace(compared_report(), fail_on="new")
    suite = tree(report)[0]
    counted = Counter(case[0].tag if len(case) else "" for case in suite.iter("testcase"))
    assert [counted[tag] for tag in ("failure", "error", "skipped")] == [
        int(suite.get(name, "")) for name in ("failures", "errors", "skipped")
    ]


def test_what_xml_does_not_have_stands_there_as_escapes() -> None:
    odd = replace(CONTRADICTION, message='a\x00b\x1f & <"c">\ud800\uffff', subject="x\ny", witness="]]>\x0b")
    (failure,) = tree(example_report(odd)).iter("failure")
    assert failure.get("message") == 'a\\x00b\\x1f & <"c">\\ud800\\uffff'
    assert "]]>" in (failure.text or "")


def test_what_was_looked_at_is_a_test_case_of_each_table_with_its_text() -> None:
    report = replace(example_report(), coverage=COVERAGE)
    cases = {case.get("name"): case for case in tree(report).iter("testcase") if case.get("classname") == "coverage"}
    assert [(name, case[0].tag) for name, case in cases.items()] == [
        ("draft.xlsx", "system-out"),
        ("files of kinds that are not read", "system-out"),
    ]
    told = (cases["draft.xlsx"][0].text or "").splitlines()
    assert "compared  1 of 4 items with GBCS 3.1 use cases; by 1 rule" in told
    assert "unknown   1 item: Nobody's (perhaps Somebody, Everybody); in no other document" in told


def test_what_makes_a_strict_run_fail_is_a_failure() -> None:
    strict = replace(example_report(), coverage=COVERAGE, strict=True)
    assert strict.lacks
    assert [outcome for suite, _, outcome in outcomes(strict) if suite == "coverage"] == ["failure", "failure"]
    whole = replace(COVERAGE.tables[0], items=ITEMS[:1], not_read=())
    partly = replace(strict, coverage=replace(COVERAGE, tables=(whole, *COVERAGE.tables), not_read=()))
    assert [outcome for suite, _, outcome in outcomes(partly) if suite == "coverage"] == ["system-out", "failure"]
