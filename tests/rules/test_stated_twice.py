"""Facts and tables stated twice."""

from __future__ import annotations

from rule_releases import findings, part, says


def test_one_fact_stated_twice_and_differently() -> None:
    rows = part("GBCS", says("Item.value", "default", "1"), says("Item.value", "default", "2"))
    (found,) = findings("N103", rows)
    assert found.witness == "1 and 2"
    assert findings("N103", part("GBCS", says("Item.value", "default", "1"), says("Item.value", "default", "1"))) == []
    keys = (says("/R", "identity", value="key a: @x"), says("/R", "identity", value="keyref a: @y to a: @x"))
    assert findings("N103", part("DUIS", *keys)) == [], "a key and what refers to it are two constraints"
    assert (
        findings("N103", part("A", says("Item.value", "default", "1")), part("B", says("Item.value", "default", "2")))
        == []
    )


def test_two_ranges_of_one_item_under_two_names() -> None:
    rows = part("GBCS", says("U1/Sag Threshold.value", "type", "0..255"), name="use cases")

    def table(first: str, second: str) -> object:
        return part(
            "GBCS",
            says("Sag Threshold", "permitted", first),
            says("SagThreshold.value", "permitted", second),
            name="Table",
        )

    (found,) = findings("N103", rows, table("180..250 V", "180..260 V"))
    assert (found.subject, found.severity) == ("Sag Threshold.value", "error")
    assert found.witness == "180..250 V and 180..260 V"
    assert findings("N103", rows, table("180..250 V", "180..250 V")) == []


def test_a_table_that_repeats_a_subset_of_another() -> None:
    full = part(
        "GBCS", says("1", "log", value="yes"), says("2", "log", value="no"), says("2", "code", value="x"), name="16.2"
    )
    subset = part("GBCS", says("1", "log", value="yes"), says("2", "log", value="no"), name="28c")
    (found,) = findings("N104", full, subset)
    assert found.subject == "GBCS 1.0 28c"
    differs = part("GBCS", says("1", "log", value="yes"), says("2", "log", value="yes"), name="28c")
    assert findings("N104", full, differs) == []
