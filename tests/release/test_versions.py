"""The order of versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.release.versions import compare_versions, is_later, latest


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("4.9", "4.10"),
        ("5.4", "5.5"),
        ("5.3", "5.3a"),
        ("5.3a", "5.3b"),
        ("5.3a", "5.4"),
        ("9", "10.0"),
        ("v4.3 draft 2", "4.3"),
        ("v4.3 draft 2", "V4.3 Draft 10"),
        ("4.2", "4.3 (draft 1)"),
        ("4.3 draft", "4.3 draft 1"),
        ("1.0-alpha", "1.0-beta.1"),
        ("1.0-beta.1", "1.0rc1"),
        ("1.0rc1", "1.0"),
        ("Issue 2", "Issue 3"),
        ("2025-06-30", "2025-11-01"),
        ("2025-06", "2025-11"),
    ],
)
def test_one_version_stands_before_another(earlier: str, later: str) -> None:
    assert (compare_versions(earlier, later), compare_versions(later, earlier)) == (-1, 1)
    assert is_later(later, earlier)
    assert not is_later(earlier, later)


@pytest.mark.parametrize(("one", "other"), [("5.4", "v5.4"), ("5.4", "5.4.0"), ("draft", "draft"), ("05.4", "5.4")])
def test_the_same_version_in_other_words(one: str, other: str) -> None:
    assert compare_versions(one, other) == compare_versions(other, one) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("draft", "5.4"),
        ("draft A", "draft B"),
        ("unstated", "4.0"),
        ("as cited by GBCS 4.0", "as cited by GBCS 4.1"),
        ("2025-11-01", "5.4"),
        ("2025-11-01", "2025-11"),
        ("4.3 draft 2", "4.3 rc1"),
        ("5.4 corrected", "5.4"),
        ("", "5.4"),
        ("5..4", "5.4"),
        ("5.3a", "5.3.1"),
        ("9" * 200, "5.4"),
        ("٥.٤x", "5.4"),
    ],
)
def test_versions_without_an_order(one: str, other: str) -> None:
    assert compare_versions(one, other) is compare_versions(other, one) is None
    assert not is_later(one, other)
    assert latest([one, other]) is None


def test_the_latest_of_several() -> None:
    assert latest(["5.4", "5.10", "5.9"]) == "5.10"
    assert latest([]) is None
    assert latest(["draft"]) == "draft"


VERSIONS = st.one_of(
    st.text(max_size=12),
    st.builds(
        lambda numbers, letter, stage: ".".join(map(str, numbers)) + letter + stage,
        st.lists(st.integers(0, 12), min_size=1, max_size=3),
        st.sampled_from(["", "", "a", "b"]),
        st.sampled_from(["", "", " draft 1", "-rc2", " beta"]),
    ),
)


@given(VERSIONS, VERSIONS, VERSIONS)
def test_the_order_is_one(one: str, other: str, third: str) -> None:
    forth, back = compare_versions(one, other), compare_versions(other, one)
    assert (forth is None) == (back is None)
    assert forth is None or back is None or forth == -back
    if compare_versions(one, other) == 1 and compare_versions(other, third) == 1:
        assert compare_versions(one, third) == 1
