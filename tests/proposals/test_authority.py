"""Who is right: the order that a person gives, and what a draft lies over."""

from __future__ import annotations

import pytest

from gbcscheck.errors import UsageError
from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.proposals import Authority

A, B = Specification("A", "1", "table"), Specification("B", "2", "")
ONE = Statement("S", "default", A, "published", "", "a", "A!A1", "1")
OTHER = Statement("S", "constant", B, "published", "", "b", "A!A1", "2")
FINDING = Finding("V101", "error", "S", "", (ONE, OTHER))


def test_without_an_order_all_may_change() -> None:
    assert Authority().may_change(FINDING) == (ONE, OTHER)
    assert not Authority().decides(FINDING)


@pytest.mark.parametrize(("order", "changed"), [(["A"], (OTHER,)), (["b,a"], (ONE,)), (["table", "B"], (OTHER,))])
def test_the_first_of_an_order_stays(order: list[str], changed: tuple[Statement, ...]) -> None:
    authority = Authority.of(order, [A, B], frozenset())
    assert authority.may_change(FINDING) == changed
    assert authority.decides(FINDING)


def test_what_a_draft_lies_over_stays_unless_an_order_says_otherwise() -> None:
    assert Authority(own=frozenset({A})).may_change(FINDING) == (ONE,)
    assert Authority.of(["A"], [A, B], frozenset({A})).may_change(FINDING) == (OTHER,)
    assert not Authority(own=frozenset({A, B})).decides(FINDING)


def test_a_document_that_there_is_not_is_told() -> None:
    with pytest.raises(UsageError, match=r"no document is called \"C\""):
        Authority.of(["C"], [A, B], frozenset())


def test_what_a_proposal_rests_on_is_said() -> None:
    assert Authority.of(["B", "A"], [A, B], frozenset()).in_words[0].startswith("B, then A is right")
    said = Authority(own=frozenset({A})).in_words[0]
    assert said.startswith("What the release around your files says was left as it is")
    assert "--" not in said, "a change document has no options"
