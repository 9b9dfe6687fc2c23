"""Edits that are tried together do not meet."""

from __future__ import annotations

from gbcscheck.model import Specification, Statement
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.replacing import Replacement
from gbcscheck.proposals.rounds import Try, _batches

SPEC = Specification("GBCS", "4.0", "use cases")


def _try(group: int, source: str, subject: str, new: str = "") -> Try:
    statement = Statement(subject, "category", SPEC, "published", "", "uc.xlsx", source, None, "a")
    return Try(group, (Candidate((Replacement(statement, new or subject, None, "b", "b"),), (), ()),), frozenset())


def test_those_of_one_group_or_one_subject_are_tried_apart() -> None:
    tries = [
        _try(0, "DLMS!D5", "U1/Item"),
        _try(1, "Objects!G5", "U1/Item.value", "U1/Item"),
        _try(2, "DLMS!D9", "U2/Other"),
        _try(2, "DLMS!D9", "U2/Other", "U3/Other"),
        _try(3, "DLMS!D5", "U4/Third"),
        _try(4, "DLMS!E9", "U2/Other"),
    ]
    assert [sorted(one) for one in _batches(tries, range(6))] == [[0, 2], [1, 4, 5], [3]]
