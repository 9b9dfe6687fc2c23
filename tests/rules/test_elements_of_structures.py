"""The rule on structures whose elements are of two objects."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_workbooks import both_releases, found_in, planted, shipped


@both_releases
def test_what_is_published_is_silent(release: str) -> None:
    assert shipped("C121", release) == []


@pytest.mark.parametrize(
    ("title", "new", "attribute"),
    [
        ("class", "11", "class"),
        ("OBIS code", "0-0:12.0.1.255", "object"),
        ("attribute/method no.", "3", "member"),
    ],
)
def test_an_element_of_another_object_than_those_beside_it_is_told(
    corpus: Path, tmp_path: Path, title: str, new: str, attribute: str
) -> None:
    where = {"mapping table row #": "768", "use case": "ECS37"}
    (found,) = found_in("C121", planted(corpus, tmp_path, ("ECS37",), ("DLMS", where, title, new)))
    assert (found.severity, found.statements[0].attribute) == ("error", attribute)
    assert found.subject == "ECS37/MaximumDemandConfigurableTimePeriod.entries[*].begin_date"
    assert new in found.witness
