"""Children and attributes against a schema: choices, order and counts, on small schemas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.documents.content import judge_attributes, judge_children
from gbcscheck.device.documents.schema import SchemaNode
from gbcscheck.model import Specification, Statement


def node(path: str, low: int = 1, high: int | None = 1, choice: str = "") -> SchemaNode:
    def statement_of(attribute: str, value: str) -> Statement:
        return Statement(path, attribute, Specification("X", "1"), "published", "", "x.xsd", "line 3", value=value)

    statements = {"occurs": statement_of("occurs", "")} | ({"choice": statement_of("choice", choice)} if choice else {})
    return SchemaNode(path, statements, low, high)


def parent(*children: SchemaNode) -> SchemaNode:
    whole = node("/A")
    whole.children = {child.path.rpartition("/")[2]: child for child in children}
    return whole


SEQUENCE = parent(node("/A/one"), node("/A/two", 0, 3), node("/A/three", 0, 1))
PAIRS = parent(
    *(node(f"/A/{name}", 0, 1, "(one, two) | (three, four) | five") for name in ("one", "two", "three", "four", "five"))
)
TURNS = parent(*(node(f"/A/{name}", 0, None, "one | two") for name in ("one", "two")))
GROUP = parent(node("/A/one", 0, 3), node("/A/two", 0, 3), node("/A/three", 0, 5))
MANY = parent(*(node(f"/A/{name}", 0, 1, "one of 130 alternatives") for name in ("one", "two")))


@pytest.mark.parametrize(
    ("whole", "names", "rules"),
    [
        (SEQUENCE, "one", []),
        (SEQUENCE, "one two two two three", []),
        (SEQUENCE, "", ["D402"]),
        (SEQUENCE, "two one", ["D404"]),
        (SEQUENCE, "one three two", ["D404"]),
        (SEQUENCE, "one two two two two", ["D403"]),
        (SEQUENCE, "one one", ["D403"]),
        (SEQUENCE, "one four", ["D401"]),
        (PAIRS, "one two", []),
        (PAIRS, "four", []),
        (PAIRS, "one three", ["D403"]),
        (PAIRS, "one two five", ["D403"]),
        (TURNS, "two one two one", []),
        (GROUP, "one two one two", []),
        (GROUP, "one three two", ["D404"]),
        (MANY, "two", []),
        (MANY, "one two", ["D403"]),
    ],
)
def test_children(whole: SchemaNode, names: str, rules: list[str]) -> None:
    found = list(judge_children(whole, names.split()))
    assert [one.problem.rule.code for one in found] == rules
    for one in found:
        assert one.problem.statements or one.problem.rule.code == "D401"
        assert one.position is None or names.split()[one.position] == one.written


def test_attributes() -> None:
    whole = node("/A")
    whole.attributes = {"index": node("/A/@index"), "note": node("/A/@note", 0)}
    assert list(judge_attributes(whole, ["index"])) == []
    found = list(judge_attributes(whole, ["note", "odd"]))
    assert [(one.problem.rule.code, one.subject) for one in found] == [("D401", "/A/@odd"), ("D402", "/A/@index")]


@given(st.lists(st.sampled_from(["one", "two", "three"]), max_size=6))
def test_exactly_what_the_sequence_allows_is_silent(names: list[str]) -> None:
    allowed = [["one", *["two"] * twos, *["three"] * threes] for twos in range(4) for threes in range(2)]
    assert (names in allowed) == (not list(judge_children(SEQUENCE, names)))
