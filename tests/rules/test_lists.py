"""Rules on lists."""

from __future__ import annotations

from rule_releases import findings, lists, part, says

from gbcscheck.facts.crosswalk import ListSide

SCHEMA = ListSide("DUIS", "schema", "permitted", "/Request/Reference")
MATRIX = ListSide("DUIS", "matrix", "service-reference")


def schema(domain: str) -> object:
    return part("DUIS", says("/Request/Reference", "permitted", domain), name="schema")


def matrix(*references: str) -> object:
    return part("DUIS", *(says(r, "service-reference", value=r) for r in references), name="matrix")


def test_lists_that_differ_name_the_members_on_each_side() -> None:
    (found,) = findings(
        "S101",
        schema('"6.2" | "6.20"'),
        matrix("6.2", "6.21"),
        pairs=[lists("enumeration", "equal", SCHEMA, MATRIX)],
    )
    assert '"6.20"' in found.message
    assert '"6.21"' in found.message
    assert len(found.statements) == 2


def test_lists_that_are_equal_as_sets_are_no_conflict() -> None:
    pair = lists("enumeration", "equal", SCHEMA, MATRIX)
    assert findings("S101", schema('"6.2" | "6.20"'), matrix("6.20", "6.2"), pairs=[pair]) == []


def test_a_single_space_is_a_value() -> None:
    one = part("A", says("Status", "permitted", '" " | "Y"'))
    other = part("B", says("Status", "permitted", '"" | "Y"'))
    (found,) = findings("S101", one, other)
    assert found.witness in ('" "', '""')
    assert findings("S101", one, part("B", says("Status", "permitted", '"Y" | " "'))) == []


def test_a_list_of_which_one_side_is_not_there_is_not_judged() -> None:
    assert findings("S101", schema('"6.2"'), pairs=[lists("enumeration", "equal", SCHEMA, MATRIX)]) == []


def test_a_list_that_lacks_something_is_cited_as_a_whole() -> None:
    """What is missing stands in none of its rows, and its first row has nothing to do with it."""
    pair = lists("enumeration", "equal", SCHEMA, MATRIX)
    (found,) = findings("S101", schema('"6.2" | "6.20" | "7.1"'), matrix("6.2", "7.1"), pairs=[pair])
    own, whole = found.statements
    assert own.subject == "/Request/Reference"
    assert (whole.subject, whole.written) == ("DUIS matrix (service-reference)", "the list as a whole")
    assert (whole.place.line, whole.place.cell, whole.place.pointer) == (None, None, None)


def test_a_thing_that_the_other_list_lacks_is_missing() -> None:
    pair = lists("missing", "within", SCHEMA, MATRIX)
    (found,) = findings("S102", schema('"6.2" | "6.20"'), matrix("6.2", "7.1"), pairs=[pair])
    assert '"6.20"' in found.message
    assert "7.1" not in found.message
    assert findings("S102", schema('"6.2"'), matrix("6.2", "7.1"), pairs=[pair]) == []


def test_two_versions_of_one_part_follow_each_other_on_purpose() -> None:
    old = part("DUIS", says("/Request/Code", "permitted", '"A"'), version="5.1", name="schema")
    new = part("DUIS", says("/Request/Code", "permitted", '"A" | "B"'), version="5.4", name="schema")
    assert findings("S101", old, new) == []
    assert (
        findings("N104", old, part("DUIS", says("/Request/Code", "permitted", '"A"'), version="5.4", name="schema"))
        == []
    )
