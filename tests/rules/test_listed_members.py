"""The rule on lists that name a member twice."""

from __future__ import annotations

import pytest
from planted_workbooks import both_releases, shipped
from rule_releases import findings, part, says

CAPTURED = "CLOCK,2|ACTIVE_ENERGY_EXPORT_RATE_1,2|ACTIVE_ENERGY_EXPORT_RATE_1,2|MBUS_MASTER_VALUE,2"


@both_releases
def test_what_is_published_is_silent(release: str) -> None:
    assert shipped("N124", release) == []


@pytest.mark.parametrize(
    ("row", "member"),
    [
        (says("1.1", "roles", '"ES" | "IS"', text="IS, ES, IS"), "IS"),
        (says("U1", "service-reference", '"6.2" | "6.20"', text="6.2\n6.20\n6.2"), "6.2"),
        (says("Profile.capture_objects", "default", text=CAPTURED), "ACTIVE_ENERGY_EXPORT_RATE_1,2"),
    ],
    ids=["roles", "references", "captured objects"],
)
def test_a_member_that_stands_twice_is_told(row: dict[str, object], member: str) -> None:
    (found,) = findings("N124", part("GBCS", row))
    assert found.witness == member


@pytest.mark.parametrize(
    "row",
    [
        says("1.1", "roles", '"ES" | "IS"', text="IS, ES"),
        says("Item", "default", "1 | 2", text="1, 2, 1"),
        says("Item", "default", text="||0x01||0x01"),
        says("Item", "default", text="NA | NA"),
    ],
    ids=["once each", "numbers", "octets", "two"],
)
def test_it_is_silent_elsewhere(row: dict[str, object]) -> None:
    assert findings("N124", part("GBCS", row)) == []
