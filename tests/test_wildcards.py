"""Patterns of subjects and paths, and what is excluded of the folders that are walked."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.release.index import release_names
from gbcscheck.release.releases import load_release
from gbcscheck.wildcards import (
    Exclusion,
    Exclusions,
    covers_subjects,
    named_all_the_same,
    path_fits,
    refusal,
    subject_fits,
)

NAMES = st.text("ab[*].?/", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("pattern", "subject", "fits"),
    [
        ("ReadLog.*", "ReadLog.entries[*].day", True),
        ("ReadLog.*", "ReadLog", False),
        ("*", "anything/at.all[*]", True),
        ("*.value", "Interval.value", True),
        ("*.value", "Interval.values", False),
        ("/Request/*/Limit", "/Request/Body/SetLimit/Limit", True),
        ("entries[*].day", "entries[*].day", True),
        ("entries[*].day", "entries[1].day", False),
        ("entries[*].*", "entries[*].day", True),
        ("entries[*].*", "entries[2].day", False),
        ("[*]*", "[*]", True),
        ("readlog.*", "ReadLog.day", False),
        ("a?c", "abc", False),
        ("a[bc]", "ab", False),
    ],
)
def test_subjects(pattern: str, subject: str, fits: bool) -> None:
    assert subject_fits(pattern, subject) is fits


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("table.csv", "a/b/table.csv", True),
        ("table.csv", "a/b/table.csvx", False),
        ("/table.csv", "table.csv", True),
        ("/table.csv", "a/table.csv", False),
        ("specs/**/table-28d.*", "specs/table-28d.xlsx", True),
        ("specs/**/table-28d.*", "specs/gbcs/4.0/table-28d.xlsx", True),
        ("specs/*/table-28d.*", "specs/gbcs/4.0/table-28d.xlsx", False),
        ("drafts/", "a/drafts/b/c.json", True),
        ("drafts/", "drafts", False),
        ("drafts", "a/drafts/c.json", True),
        ("a/drafts", "x/a/drafts/c.json", False),
        ("**/a/drafts", "x/a/drafts/c.json", True),
        ("specs/**", "specs/a/b.json", True),
        ("*.tmp.?son", "a/x.tmp.json", True),
        ("*", "a/b", True),
        ("t[1].csv", "t[1].csv", True),
        ("t[1].csv", "t1.csv", False),
    ],
)
def test_paths(pattern: str, path: str, fits: bool) -> None:
    assert refusal(pattern) == ""
    assert path_fits(pattern, path) is fits


@pytest.mark.parametrize("pattern", ["", "/", " ", "!a", "a\\b", "../a", "a/../b", "x" * 1001])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    assert refusal(pattern)


@given(NAMES)
def test_a_subject_fits_itself(name: str) -> None:
    assert subject_fits(name, name)


@given(st.text("ab.", max_size=5), st.text("ab.[*]", max_size=5), st.text("ab.", max_size=5))
def test_a_star_stands_for_anything(before: str, between: str, after: str) -> None:
    assert subject_fits(f"{before}*{after}", f"{before}{between}{after}")


def test_a_pattern_takes_no_more_than_the_product_of_the_lengths() -> None:
    start = time.process_time()
    assert not subject_fits("*a" * 400 + "b", "a" * 5_000)
    assert time.process_time() - start < 20


def test_no_subject_that_ships_is_a_pattern_for_another() -> None:
    for name in release_names():
        for extract in load_release(name).extracts:
            assert not [row.subject for row in extract.rows if "*" in row.subject.replace("[*]", "")]


def test_what_is_named_is_looked_at_and_what_is_below_it_is_excluded(tmp_path: Path) -> None:
    (tmp_path / "specs" / "drafts").mkdir(parents=True)
    exclude = Exclusions((Exclusion("drafts/", tmp_path, "gbcscheck.toml:2"),))
    file = tmp_path / "specs" / "drafts" / "a.json"
    assert str(exclude.of(file, tmp_path)) == '"drafts/" (gbcscheck.toml:2)'
    assert exclude.of(file, tmp_path / "specs") is not None
    assert exclude.of(file, tmp_path / "specs" / "drafts") is None
    assert exclude.of(tmp_path / "specs" / "b.json", tmp_path) is None
    assert exclude.of(tmp_path.parent / "drafts" / "b.json", tmp_path.parent) is None
    named = [tmp_path / "specs" / "drafts", tmp_path / "specs"]
    (told,) = named_all_the_same(named, exclude)
    assert told.startswith(f'{named[0]} is excluded by "drafts/" (gbcscheck.toml:2), and looked at all the same')


@given(st.text("ab*[].", max_size=6), st.text("ab*[].", max_size=6), st.text("ab[].", max_size=8))
def test_what_fits_a_pattern_fits_one_that_covers_it(wide: str, narrow: str, subject: str) -> None:
    if covers_subjects(wide, narrow) and subject_fits(narrow, subject):
        assert subject_fits(wide, subject)
