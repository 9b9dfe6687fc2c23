"""Rules on identifiers."""

from __future__ import annotations

from pathlib import Path

from planted_workbooks import found_in, planted, shipped
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


def test_a_request_without_variants_is_its_own_reference() -> None:
    rows = part("DUIS", says("7.14", "service-reference", value="7.16"))
    (found,) = findings("C101", rows)
    assert found.suggestion.startswith('write "7.14" in ')


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


def test_the_list_of_use_cases_has_three_codes_more_than_once() -> None:
    (found,) = shipped("C103", "current")
    assert found.severity == "warning"
    assert found.differing == (
        "ECS25a: ECS25a, ECS25a1, ECS25a2, ECS25a3",
        "ECS25b: ECS25b, ECS25b3",
        "ECS25r: ECS25r1, ECS25r2",
    )


def test_a_variant_and_a_code_that_are_stored_as_numbers() -> None:
    rows = part("DUIS", says("4.1", "variant", value=4.1), says("U1", "code", value=25))
    assert [one.subject for one in findings("C102", rows)] == ["4.1", "U1"]


def test_a_message_code_that_a_workbook_holds_as_a_number(corpus: Path, tmp_path: Path) -> None:
    tables = planted(corpus, tmp_path, ["GCS04"], ("Use cases", {"use case": "GCS04"}, "message code", 107))
    (found,) = found_in("C102", tables)
    assert (found.subject, found.message) == ("GCS04", "the message-code is stored as the number 107")
