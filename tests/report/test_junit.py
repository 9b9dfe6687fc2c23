"""JUnit XML: a test case for each rule and subject, in the structure that build servers read."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from report_changes import compared_report
from report_examples import CONTRADICTION, NOTE, example_report

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
    report = example_report()
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


def test_waived_and_fixed() -> None:
    found = outcomes(compared_report())
    assert ("V101 default-contradicts-constant", "Other.subject", "skipped") in found
    assert ("S101 lists-differ", "6.18.1", "system-out") in found
    assert ("change/narrowed", CONTRADICTION.subject, "failure") in found
    assert "waived: agreed on 4 May" in render_junit(compared_report())


def test_what_xml_does_not_have_stands_there_as_escapes() -> None:
    odd = replace(CONTRADICTION, message='a\x00b\x1f & <"c">\ud800\uffff', subject="x\ny", witness="]]>\x0b")
    (failure,) = tree(example_report(odd)).iter("failure")
    assert failure.get("message") == 'a\\x00b\\x1f & <"c">\\ud800\\uffff'
    assert "]]>" in (failure.text or "")
