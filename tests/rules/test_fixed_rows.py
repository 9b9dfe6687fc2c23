"""The rule on rows of the mapping that one use case fixes and another leaves free."""

from __future__ import annotations

from pathlib import Path

from planted_workbooks import both_releases, found_in, planted, shipped

USE_CASES = ("ECS37", "ECS18b")


@both_releases
def test_what_is_published_is_silent(release: str) -> None:
    assert shipped("P121", release) == []


def test_a_constant_that_one_use_case_alone_lacks_is_told(corpus: Path, tmp_path: Path) -> None:
    edit = ("DLMS", {"mapping table row #": "768", "use case": "ECS18b"}, "constant value", "-")
    (found,) = found_in("P121", planted(corpus, tmp_path, USE_CASES, edit))
    assert (found.message, found.severity) == ("row 768 of the mapping is fixed in 1 of 2 use cases", "warning")
    assert sorted((one.subject.partition("/")[0], one.attribute) for one in found.statements) == [
        ("ECS18b", "class"),
        ("ECS37", "constant"),
    ]


def test_a_constant_that_none_has_is_none(corpus: Path, tmp_path: Path) -> None:
    edits = [("DLMS", {"mapping table row #": "768", "use case": one}, "constant value", "-") for one in USE_CASES]
    assert found_in("P121", planted(corpus, tmp_path, USE_CASES, *edits)) == []
