"""A row under another name."""

from __future__ import annotations

import pytest

from gbcscheck.model import Specification, Statement
from gbcscheck.proposals.near_subjects import is_one_sign_apart
from gbcscheck.proposals.renaming import _called

SPEC = Specification("GBCS", "4.0", "use cases")


def test_the_name_of_a_row_follows_what_the_row_is_about() -> None:
    misspelt = Statement(
        "ECS01/Item", "name", SPEC, "published", "ECS01", "uc.xlsx", "ZCL!D90", None, "ConersionFactor: value"
    )
    found = _called("GCS21a/ConversionFactor.value")(misspelt)
    assert found is not None
    assert (found.subject, found.value) == ("GCS21a/ConversionFactor.value", "ConversionFactor: value")
    assert _called("GCS21a/ConversionFactor.value")(misspelt._replace(attribute="type")) is None


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("0x81B1", "0x8141", True),
        ("8.14.4", "8.14.6", True),
        ("7.9", "7.10", True),
        ("6.4.2", "8.14.4", False),
        ("0x81B1", "0x8B11", False),
        ("6.4.2", "6.4.2", False),
        ("Limit", "Limet", False),
    ],
)
def test_codes_that_one_digit_or_number_tells(one: str, other: str, apart: bool) -> None:
    assert is_one_sign_apart(one, other) is apart


def test_of_a_name_only_the_item_is_that_of_the_subject() -> None:
    misspelt = Statement(
        "ECS01a/X", "name", SPEC, "", "", "uc.xlsx", "DLMS!D777", None, "Matrx[7]: thresholdNext[1..3]"
    )
    found = _called("ECS01a/Matrix[7].thresholds[*].threshold")(misspelt)
    assert found is not None
    assert found.value == "Matrix[7]: thresholdNext[1..3]"
    assert _called("ECS01a/Other[7].thresholds[*].threshold")(misspelt) is None
