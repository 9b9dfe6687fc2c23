"""What is meant of a group of findings, where one edit is clear and another is left to people."""

from __future__ import annotations

from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.proposals.authority import Authority
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.groups import Group
from gbcscheck.proposals.replacing import Replacement
from gbcscheck.proposals.search import _apart
from gbcscheck.proposals.trials import Key
from gbcscheck.proposals.ways import Way, ranked, single_ways

SPEC = Specification("GBCS", "4.0", "use cases")
LENGTH: Key = ("own", "V106", "length")
VALUE: Key = ("own", "V104", "value")


def _statement(source: str, subject: str = "U1/Item") -> Statement:
    return Statement(subject, "constant", SPEC, "published", "U1", "uc.xlsx", source, None, "a")


def _edit(source: str, *supports: Statement) -> Candidate:
    statement = _statement(source)
    return Candidate((Replacement(statement, statement.subject, None, "b", "b"),), supports, ())


def _found(group: Group, *some: tuple[Candidate, frozenset[Key]]) -> list[tuple[set[str], list[str], bool]]:
    both = Way((some[0][0], some[1][0]), frozenset({0, 1}))
    best = ranked(group, [*single_ways(group, some), both], Authority())
    return [
        (
            {finding.rule for finding in one.group.findings},
            [way.candidates[0].statements[0].source for way in one.ways],
            one.is_clear,
        )
        for one in _apart(best, some, Authority())
    ]


def test_a_clear_edit_is_no_part_of_a_choice() -> None:
    length, value = _statement("GBZ!H9"), _statement("GBZ!H10")
    findings = (
        Finding("V106", "error", "U1/Item", "another length", (length, _statement("GBZ!I10"))),
        Finding("V104", "error", "U1/Item", "another value", (value, _statement("ZCL!F3"))),
    )
    group = Group(findings, (frozenset({LENGTH}), frozenset({VALUE})))
    others = [_statement(f"GBZ!H{n}", f"U{n}/Item") for n in (20, 30)]
    clear = (_edit("GBZ!H9", *others), frozenset({LENGTH}))
    one, other = (_edit("GBZ!H10"), frozenset({VALUE})), (_edit("ZCL!F3"), frozenset({VALUE}))
    assert _found(group, clear, one, other) == [
        ({"V106"}, ["GBZ!H9"], True),
        ({"V104"}, ["GBZ!H10", "ZCL!F3"], False),
    ]


def test_edits_that_settle_one_finding_together_stay_together() -> None:
    finding = Finding("V106", "error", "U1/Item", "another length", (_statement("GBZ!H9"),))
    group = Group((finding,), (frozenset({LENGTH, VALUE}),))
    some = [(_edit("GBZ!H9"), frozenset({LENGTH})), (_edit("GBZ!H10"), frozenset({VALUE}))]
    both = ranked(group, [Way((some[0][0], some[1][0]), frozenset({0}))], Authority())
    assert _apart(both, some, Authority()) == [both]
