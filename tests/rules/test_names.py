"""Rules on names and repetition."""

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


def row(use_case: str, name: str, target: str = "ESME", obis: str = "1-0:32.24.0.255") -> list[dict[str, object]]:
    subject = f"{use_case}/{name}.capture_period"
    return [
        says(use_case, "target", value=target),
        says(subject, "class", value="7"),
        says(subject, "object", value=obis),
        says(subject, "member", value="attribute 4"),
        says(subject, "element", value="capture_period"),
    ]


def test_one_element_with_two_names() -> None:
    rows = part("GBCS", *row("U1", "Profile"), *row("U2", "MeasurementPeriod"))
    (found,) = findings("N102", rows)
    assert found.severity == "note"
    assert found.subject == "MeasurementPeriod"
    assert "Profile" in found.message


def test_an_object_of_another_device_or_of_the_same_name_is_no_conflict() -> None:
    assert findings("N102", part("GBCS", *row("U1", "EventLog"), *row("U2", "EventLogOfHub", target="CHF"))) == []
    assert findings("N102", part("GBCS", *row("U1", "Profile"), *row("U2", "Profile"))) == []
    unnamed = part("GBCS", *row("U1", "A", obis="Not specified"), *row("U2", "B", obis="Not specified"))
    assert findings("N102", unnamed) == []


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


def test_a_table_that_repeats_a_subset_of_another() -> None:
    full = part(
        "GBCS", says("1", "log", value="yes"), says("2", "log", value="no"), says("2", "code", value="x"), name="16.2"
    )
    subset = part("GBCS", says("1", "log", value="yes"), says("2", "log", value="no"), name="28c")
    (found,) = findings("N104", full, subset)
    assert found.subject == "GBCS 1.0 28c"
    differs = part("GBCS", says("1", "log", value="yes"), says("2", "log", value="yes"), name="28c")
    assert findings("N104", full, differs) == []


def test_one_type_name_in_two_schemas() -> None:
    def schema(name: str, prefix: str, domain: str) -> object:
        path = f"/{name}/Kind"
        return part(
            name,
            says(path, "type", value=f"{prefix}:DeviceType"),
            says(path, "permitted", domain, clause=f"type {prefix}:DeviceType"),
        )

    (found,) = findings("N105", schema("DUIS", "sr", '"CAD" | "ESME"'), schema("MMC", "ra", '"ESME" | "Type2"'))
    assert '"CAD"' in found.witness
    assert '"Type2"' in found.witness
    assert findings("N105", schema("DUIS", "sr", '"ESME"'), schema("MMC", "ra", '"ESME"')) == []


def test_one_item_of_one_object_in_two_attributes() -> None:
    def place(use_case: str, member: str, obis: str = "0-0:1.0.0.255") -> list[dict[str, object]]:
        subject = f"{use_case}/Item.value"
        return [
            says(subject, "type", "0..9"),
            says(subject, "class", value="3"),
            says(subject, "object", value=obis),
            says(subject, "member", value=member),
        ]

    (found,) = findings("N106", part("GBCS", *place("U1", "attribute 2"), *place("U2", "attribute 3")))
    assert "attribute 3" in found.witness
    assert findings("N106", part("GBCS", *place("U1", "attribute 2"), *place("U2", "attribute 2"))) == []
    passive = place("U2", "attribute 3", obis="0-1:1.0.0.255")
    assert findings("N106", part("GBCS", *place("U1", "attribute 2"), *passive)) == []
