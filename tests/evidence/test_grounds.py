"""What it rests on that a value is called right."""

from __future__ import annotations

from functools import cache

import pytest

from gbcscheck.device.context import Choices, load_context
from gbcscheck.device.items.judge import ON_DEVICE, SENT, item_judge
from gbcscheck.domains import BitString
from gbcscheck.evidence.fitting import fitting
from gbcscheck.evidence.grounds import Ground, by_row, grounds_of, grounds_of_row, in_words
from gbcscheck.evidence.reading import set_of
from gbcscheck.release.catalogue import Catalogue

DEMAND = "MaximumDemandConfigurableTimePeriod.entries[*]"


@cache
def catalogue() -> Catalogue:
    return load_context(Choices(), release="current").catalogue


@pytest.mark.parametrize(
    ("item", "value", "unit", "told"),
    [
        ("RandomisedOffsetLimit.value", 5, "s", "within 0..1799 s (DUIS 7.12, GBCS ECS38)"),
        ("RandomisedOffsetLimit.value", 1800, "s", "fits its type only: 0..65535 s (GBCS ECS38, ECS26c)"),
        (f"{DEMAND}.exec_weekdays", BitString("1111111"), "", "fixed to 0b1111111 (GBCS ECS37)"),
    ],
)
def test_of_a_value_that_a_device_holds(item: str, value: object, unit: str, told: str) -> None:
    assert in_words(item_judge(catalogue()).grounds(ON_DEVICE, item, value, unit)).startswith(told)


def test_every_set_that_is_named_holds_the_value() -> None:
    """Of each item some member of its type: what is named is a requirement that has it, and no wider than the type."""
    named = 0
    for item in catalogue().items.values():
        requirements = fitting(catalogue(), item)
        types = [kind for one in requirements if one.asks == "type" for _, kind in one.stated]
        domain = set_of(types[0].witness()) if types else None
        if domain is None:
            continue
        for ground in grounds_of(requirements, domain):
            named += 1
            assert ground.documents
            assert ground.asks in {one.asks for one in requirements}
    assert named > 500


def test_of_a_row_of_a_message_and_of_an_element() -> None:
    assert in_words(grounds_of_row(catalogue(), "ECS37/MaximumDemandConfigurableTimePeriod.entries[*].index")) == (
        "fits its type only: long-unsigned (GBCS ECS37)"
    )
    unit = "GCS23/Command/PublishCalorificValue/Calorific Value Unit (ENUM8)"
    assert in_words(grounds_of_row(catalogue(), unit)) == "fixed to 0x01 (GBCS GCS23)"
    limit = "/Request/Body/SetRandomisedOffsetLimit/RandomisedOffsetLimit"
    assert in_words(grounds_of_row(catalogue(), limit)) == "within 0..1799 (DUIS 5.4)"
    time = f"{DEMAND}.switch_time"
    assert in_words(grounds_of_row(catalogue(), f"ECS37/{time}")).startswith("within time(")
    assert "DUIS 6.18.1" in in_words(item_judge(catalogue()).grounds(SENT, f"ECS37/{time}", bytes((16, 0, 0, 0))))
    assert by_row(f"ECS37/{time}") == "as its row has it (GBCS ECS37)"


def test_many_documents_are_counted() -> None:
    told = in_words([Ground("permitted", "0..5", tuple(f"GBCS ECS{n}" for n in range(9)))])
    assert told == "within 0..5 (GBCS ECS0, ECS1, ECS2, ECS3 and 5 more)"
    assert in_words([]) == ""
