"""Which way out of a conflict is meant."""

from __future__ import annotations

from gbcscheck.model import Specification, Statement
from gbcscheck.proposals.candidate import Candidate
from gbcscheck.proposals.replacing import Replacement
from gbcscheck.proposals.ways import Way, _rewrites_a_row

SPEC = Specification("GBCS", "4.0", "use cases")


def _statement(source: str, attribute: str, value: str) -> Statement:
    return Statement("ECS01/Item", attribute, SPEC, "published", "ECS01", "uc.xlsx", source, None, value)


def _candidate(source: str, attribute: str, subject: str = "ECS01/Item") -> Candidate:
    return Candidate((Replacement(_statement(source, attribute, "a"), subject, None, "b", "b"),), (), ())


def test_several_columns_of_one_row_are_no_clear_way_out() -> None:
    kind, number = _candidate("DLMS!J445", "type"), _candidate("DLMS!F445", "object")
    assert _rewrites_a_row(Way((kind, number), frozenset({0})))
    assert not _rewrites_a_row(Way((kind, _candidate("DLMS!J446", "type")), frozenset({0})))
    assert not _rewrites_a_row(Way((kind,), frozenset({0})))
