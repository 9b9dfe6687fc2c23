"""One thing with two names, one name for two things."""

from __future__ import annotations

from rule_releases import findings, part, says


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
