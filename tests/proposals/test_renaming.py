"""A row under another name."""

from __future__ import annotations

from gbcscheck.model import Specification, Statement
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
