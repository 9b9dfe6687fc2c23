"""Two marks for nothing."""

from __future__ import annotations

from rule_releases import findings, part, says


def test_two_marks_for_nothing_in_one_specification() -> None:
    one = part("GBCS", says("A", "blank", text="NA"), name="Table 28a")
    other = part("GBCS", says("B", "blank", text=""), name="Table 28b")
    (found,) = findings("N101", one, other)
    assert '"NA"' in found.message
    assert findings("N101", one) == []
    assert findings("N101", one, part("DUIS", says("B", "blank", text=""))) == []


def test_a_blank_unit_beside_a_default_without_a_value_is_no_second_mark() -> None:
    rows = says("A", "blank", text="NA", clause="Table 1, Default"), says("B", "blank", text="", clause="Table 1, Unit")
    assert findings("N101", part("GBCS", *rows)) == []
