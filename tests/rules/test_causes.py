"""One fault that several rules see is one finding."""

from __future__ import annotations

from dataclasses import replace

from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.rules.causes import one_for_each_cause

TABLE = Specification("GBCS", "1", "Table")
ROWS = Specification("GBCS", "1", "use cases")


def said(subject: str, attribute: str, value: str, specification: Specification = ROWS, row: int = 1) -> Statement:
    return Statement(subject, attribute, specification, "published", "", "a.json", f"/{row}", domain=value)


DEFAULT = said("Item", "default", "1", TABLE)
OTHER_DEFAULT = said("Item", "default", "2", TABLE, row=2)
CONSTANT = said("U1/Item", "constant", "3")
TWICE = said("U1/Item", "constant", "4", row=2)
DENIAL = said("Item", "settable-by", "none")


def finding(rule: str, *statements: Statement, subject: str = "Item", lacks: tuple[str, ...] = ()) -> Finding:
    return Finding(
        rule, "error", subject, f"as {rule}", statements, lacks=tuple(("DUIS", "reference", one) for one in lacks)
    )


def told(*findings: Finding) -> list[tuple[str, list[str]]]:
    return [(one.rule, [other.rule for other in one.seen_as]) for one in one_for_each_cause(findings)]


def test_a_default_that_two_rules_refuse_is_one_fault_and_who_cites_more_stands() -> None:
    assert told(finding("P101", DEFAULT, CONSTANT, DENIAL), finding("V101", DEFAULT, CONSTANT)) == [("P101", ["V101"])]
    assert told(finding("P101", DEFAULT, CONSTANT), finding("V101", DEFAULT, CONSTANT)) == [("V101", ["P101"])]


def test_two_cells_are_two_faults() -> None:
    assert told(finding("P101", DEFAULT, CONSTANT), finding("V101", OTHER_DEFAULT, CONSTANT)) == [
        ("P101", []),
        ("V101", []),
    ]


def test_constants_that_differ_in_one_document_are_one_fault() -> None:
    assert told(finding("N103", CONSTANT, TWICE), finding("V103", CONSTANT, TWICE)) == [("V103", ["N103"])]
    three = finding("J101", CONSTANT, TWICE, DENIAL)
    assert told(three, finding("N103", CONSTANT, TWICE), finding("V103", CONSTANT, TWICE)) == [
        ("J101", ["V103", "N103"])
    ]
    assert told(finding("J101", CONSTANT, DENIAL), finding("N103", CONSTANT, TWICE)) == [("J101", []), ("N103", [])]


def test_a_conflict_that_counts_as_new_is_not_named_under_one_that_does_not() -> None:
    stands, others = finding("V101", DEFAULT, CONSTANT), finding("P101", DEFAULT, CONSTANT)
    assert told(stands, replace(others, was=("1 / 2",))) == [("V101", []), ("P101", [])]
    assert told(stands, replace(others, gone="DUIS")) == [("V101", []), ("P101", [])]


def test_a_reference_that_is_written_wrong_is_missed_by_all_who_use_it() -> None:
    wrong = finding("C101", CONSTANT, subject="6.20.1", lacks=("6.20",))
    missing = finding("S101", TWICE, subject="list", lacks=("6.20",))
    user = finding("X101", DENIAL, subject="ECS39a", lacks=("6.20",))
    assert told(wrong, missing, user) == [("C101", ["S101", "X101"])]
    more = finding("S101", TWICE, subject="list", lacks=("6.20", "6.21"))
    assert told(wrong, more, user) == [("C101", ["X101"]), ("S101", [])], "6.21 is another fault"


def test_findings_of_one_rule_are_never_the_same() -> None:
    assert told(finding("V101", DEFAULT, CONSTANT), finding("V101", DEFAULT, TWICE)) == [("V101", []), ("V101", [])]
