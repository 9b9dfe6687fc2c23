"""Targets of use cases against the protocol of their rows."""

from __future__ import annotations

import pytest
from rule_releases import findings, part, says

COSEM = says("ECS1/Item.value", "member", value="attribute 2")
ZIGBEE = says("ECS1/Command/A/Field", "octets", value="1")


@pytest.mark.parametrize(
    ("target", "row", "is_told"),
    [
        ("GSME", COSEM, True),
        ("GPF (primary); GSME", COSEM, True),
        ("ESME", ZIGBEE, True),
        ("ESME", COSEM, False),
        ("CHF; ESME", COSEM, False),
        ("GPF; GSME", ZIGBEE, False),
        ("CHF", ZIGBEE, False),
        ("ESME; GSME", COSEM, False),
        ("See GBCS", ZIGBEE, False),
    ],
)
def test_a_target_takes_the_protocol_of_the_rows(target: str, row: dict[str, object], is_told: bool) -> None:
    found = findings("X126", part("GBCS", says("ECS1", "target", value=target), row))
    assert [(one.subject, one.severity, one.witness) for one in found] == [("ECS1", "error", target)] * is_told


def test_a_use_case_with_both_or_without_rows_says_nothing() -> None:
    target = says("ECS1", "target", value="GSME")
    assert findings("X126", part("GBCS", target, COSEM, ZIGBEE)) == []
    assert findings("X126", part("GBCS", target)) == []
