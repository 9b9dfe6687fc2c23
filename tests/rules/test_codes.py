"""Rules on identifiers."""

from __future__ import annotations

from rule_releases import findings, part, says


def test_a_variant_under_another_reference_is_found_and_told_once_for_each_reference() -> None:
    rows = part(
        "DUIS",
        says("6.20.1", "service-reference", value="6.2", source="/80/Service Reference"),
        says("6.20.2", "service-reference", value="6.2"),
        says("6.2.1", "service-reference", value="6.2"),
        says("6.20", "service-reference", value="6.20"),
    )
    (found,) = findings("C101", rows)
    assert (found.subject, found.also) == ("6.20.1", ("6.20.2",))
    assert '"6.20"' in found.suggestion


def test_a_number_is_not_repaired_silently() -> None:
    rows = part("DUIS", says("4.10", "service-reference", value=4.1), says("4.1", "service-reference", value="4.1"))
    (found,) = findings("C102", rows)
    assert found.subject == "4.10"
    assert findings("C101", rows) == []


def test_one_code_for_two_use_cases() -> None:
    rows = part("GBCS", says("U1", "message-code", "74", text="0x004A"), says("U2", "message-code", "74"))
    (found,) = findings("C103", rows)
    assert "U1" in found.message
    later = part("GBCS", says("U1", "message-code", "74"), version="2.0")
    assert findings("C103", part("GBCS", says("U2", "message-code", "75")), later) == []
