"""Releases, repositories and users' folders."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from gbcscheck.errors import UnreadableSource, UsageError
from gbcscheck.facts.shipped import shipped_root
from gbcscheck.release.catalogue import Catalogue
from gbcscheck.release.index import release_names
from gbcscheck.release.releases import load_paths, load_release
from gbcscheck.rules import check

OWN = {
    "specification": "GBCS",
    "version": "9.9",
    "part": "Table 28d",
    "provenance": "synthetic",
    "statements": [
        {
            "subject": "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays",
            "attribute": "default",
            "domain": "0b1111100",
        }
    ],
}


def own(folder: Path, name: str = "own.json", **changes: object) -> Path:
    path = folder / name
    path.write_text(json.dumps({**OWN, **changes}), encoding="utf-8")
    return path


def test_the_default_release_comes_first() -> None:
    assert release_names() == ("current", "before-mp131", "after-mp131")
    assert load_release().name == "current"


def test_each_release_reads_without_a_problem_and_says_that_it_was_never_in_force() -> None:
    for name in release_names():
        release = load_release(name)
        assert release.problems == ()
        assert "Never in force as a set" in release.note


def test_an_unknown_release_is_named_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="before-mp131"):
        load_release("yesterday")


def test_a_file_takes_the_place_of_the_same_specification_and_part_only(tmp_path: Path) -> None:
    own(tmp_path)
    release = load_paths([tmp_path], release="current")
    parts = [extract.specification for extract in release.extracts]
    assert [spec.version for spec in parts if spec.part == "Table 28d"] == ["9.9"]
    assert [spec.version for spec in parts if spec.part == "use cases"] == ["4.0"]
    (found,) = [finding for finding in check(Catalogue.of(release)) if "exec_weekdays" in finding.subject]
    assert (found.rule, [one.rule for one in found.seen_as]) == ("P101", ["V101"])


def test_a_folder_is_checked_by_itself_where_no_release_is_named(tmp_path: Path) -> None:
    own(tmp_path)
    release = load_paths([tmp_path])
    assert [extract.specification.version for extract in release.extracts] == ["9.9"]


def test_a_folder_without_specifications_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    with pytest.raises(UnreadableSource, match="no specification was found"):
        load_paths([tmp_path])


def test_a_report_in_the_folder_is_named_and_not_read(tmp_path: Path) -> None:
    own(tmp_path)
    (tmp_path / "report.json").write_text('{"tool": {}, "findings": []}')
    release = load_paths([tmp_path])
    assert release.problems == ()
    assert any("a report of gbcscheck" in line for line in release.skipped)


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    own(tmp_path)
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "worse.json").write_text("[1, 2]")
    release = load_paths([tmp_path])
    assert len(release.extracts) == 1
    assert len(release.problems) == 2


def test_a_copy_of_what_ships_gives_exactly_its_findings(tmp_path: Path) -> None:
    copy = tmp_path / "mine"
    shutil.copytree(shipped_root(), copy)
    for name in release_names():
        mine = load_paths([copy], release=name)
        assert mine.problems == ()
        assert check(Catalogue.of(mine)) == check(Catalogue.of(load_release(name)))


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    one = own(tmp_path, "a.json")
    other = own(tmp_path, "b.json", version="9.8", part="Table 28a")
    first = check(Catalogue.of(load_paths([one, other], release="current")))
    second = check(Catalogue.of(load_paths([other, one], release="current")))
    assert first == second


def test_a_repository_with_a_bad_index_is_told_with_its_place(tmp_path: Path) -> None:
    for text, expected in [
        ("default = 1", "a table \\[release.NAME\\] was expected"),
        ("[release", "not valid TOML"),
        ('default = "x"\n[release.a]\nextracts = []', "names no release"),
        ("[release.a]\nextracts = 3", "a list of paths was expected"),
    ]:
        (tmp_path / "releases.toml").write_text(text)
        with pytest.raises(Exception, match=expected):
            load_paths([tmp_path])
