"""A row under another name."""

from __future__ import annotations

import pytest

from gbcscheck.model import Specification, Statement
from gbcscheck.proposals.renaming import _called, _is_one_sign_apart

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
    assert _is_one_sign_apart(one, other) is apart
