"""Attributes that an extract declares itself: in the catalogue, the rules, what is shown, and a comparison."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compare_parts import changes, part, says, side

from gbcscheck.attributes import Kind
from gbcscheck.facts.extract_file import Extract
from gbcscheck.report.layout import Layout
from gbcscheck.report.subject import SubjectView, render_subject, render_subjects_json
from gbcscheck.rules import check

OWN: dict[str, Kind] = {"x-step": "domain", "x-count": "value", "x-remark": "text"}


def stated(step: str, count: int, remark: str) -> Extract:
    rows = (
        says("Item.value", "default", "5 s"),
        says("Item.value", "x-step", step),
        says("Item.value", "x-count", value=count),
        says("Item.value", "x-remark", text=remark),
    )
    return replace(part(*rows), attributes=OWN)


def test_the_catalogue_and_the_rules_take_them() -> None:
    catalogue = side(stated("1 s", 7, "as agreed"))
    assert [one.written for name in OWN for one in catalogue.about("Item.value", name)] == ["1 s", "7", "as agreed"]
    assert catalogue.items["Item.value"].direct == ("Item.value",)
    assert [finding.rule for finding in check(catalogue)] == []


def test_a_subject_with_nothing_else_is_no_data_item() -> None:
    assert dict(side(part(says("Item.value", "x-step", "1 s"))).items) == {}


def test_one_that_is_stated_twice_and_differently_is_told() -> None:
    twice = part(says("Item.value", "x-count", value=1), says("Item.value", "x-count", value=2))
    (finding,) = check(side(twice))
    assert (finding.rule, finding.message) == ("N103", "its x-count is stated twice, and differently")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (stated("1 s", 7, "as agreed"), []),
        (stated("1 s | 2 s", 7, "as agreed"), [("x-step", "widened", "unknown")]),
        (stated("1 s", 8, "as agreed"), [("x-count", "moved", "unknown")]),
        (stated("1 s", 7, "otherwise"), [("x-remark", "moved", "unknown")]),
    ],
    ids=["same", "domain", "value", "text"],
)
def test_a_comparison_tells_what_became_of_them(new: Extract, expected: list[tuple[str, str, str]]) -> None:
    found = changes(stated("1 s", 7, "as agreed"), new)
    assert [(one.attribute, one.change, one.verdict) for one in found] == expected


def test_what_is_shown_of_a_thing_has_them_beside_the_rest() -> None:
    catalogue = side(stated("1 s", 7, "as agreed"))
    view = SubjectView("Item.value", catalogue.about("Item.value"))
    text = render_subject(view, Layout())
    assert all(name in text and name in render_subjects_json([view]) for name in OWN)
