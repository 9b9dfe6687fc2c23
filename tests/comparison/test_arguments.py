"""Against what a comparison is: from where two branches met, with one argument as with a range."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from compare_parts import Git
from json_documents import validator

from gbcscheck.cli import run
from gbcscheck.comparison.arguments import Compared, compared
from gbcscheck.comparison.loading import load_sides
from gbcscheck.errors import UsageError
from gbcscheck.report.compare_json import SCHEMA

pytestmark = [
    pytest.mark.usefixtures("small_release"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


def extract(domain: str) -> str:
    statement = {"subject": "X.value", "attribute": "default", "domain": domain}
    head = {"specification": "GBCS", "version": "9.0", "part": "Table 9", "provenance": "synthetic"}
    return json.dumps({**head, "statements": [statement]})


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A branch ``draft``, checked out, that left ``main`` at 1; main says 3 after two more commits, draft says 4, and
    the work tree 5."""
    found = Git(tmp_path / "repository")
    monkeypatch.chdir(found.root)
    found.write("specs/a.json", extract("1"))
    found.commit()
    found("tag", "met")
    found("checkout", "-q", "-b", "draft")
    found.write("specs/a.json", extract("4"))
    found.commit()
    found("checkout", "-q", "main")
    for domain in ("2", "3"):
        found.write("specs/a.json", extract(domain))
        found.commit()
    found("checkout", "-q", "draft")
    found.write("specs/a.json", extract("5"))
    return found


def values(sides: Compared) -> list[str | None]:
    """The only value of each side."""
    return [
        row.domain for side in load_sides(sides.older, sides.newer) for one in side.release.extracts for row in one.rows
    ]


@pytest.mark.parametrize(
    ("arguments", "options", "expected"),
    [
        (["main"], {}, ["1", "5"]),
        (["main"], {"merge_base": False}, ["3", "5"]),
        (["main:specs"], {}, ["1", "5"]),
        (["main:specs/a.json"], {"merge_base": False}, ["3", "5"]),
        (["main", "WORKTREE"], {}, ["3", "5"]),
        (["main", "WORKTREE"], {"merge_base": True}, ["1", "5"]),
        (["main", "draft"], {}, ["3", "4"]),
        (["main", "draft"], {"merge_base": True}, ["1", "4"]),
        (["main:specs", "draft:specs"], {"merge_base": True}, ["1", "4"]),
        (["main...draft"], {}, ["1", "4"]),
        (["main..."], {}, ["1", "4"]),
        (["...main"], {}, ["1", "3"]),
        (["main..draft"], {}, ["3", "4"]),
        (["main.."], {}, ["3", "4"]),
        (["..main"], {}, ["4", "3"]),
        (["main..draft"], {"merge_base": True}, ["1", "4"]),
        (["main~1..draft~1"], {}, ["2", "1"]),
        (["HEAD"], {}, ["4", "5"]),
        (["main^{tree}"], {}, ["3", "5"]),
        (["main", "specs"], {}, ["3", "5"]),
        (["specs", "main"], {}, ["5", "3"]),
    ],
)
def test_what_is_compared(git: Git, arguments: list[str], options: dict[str, bool], expected: list[str]) -> None:
    assert values(compared(*arguments, **options)) == expected


def test_a_path_with_dots_is_a_path(git: Git) -> None:
    git.write("a..b.json", extract("8"))
    git.write("a..b/c.json", extract("9"))
    assert compared("a..b.json", "a..b").older.kind == "files"
    with pytest.raises(UsageError, match=r'"specs/\.\./nosuch" is no file or folder here'):
        compared("specs/../nosuch", "specs")
    with pytest.raises(UsageError, match="no such file or folder"):
        compared("c..d.json", "specs")


@pytest.mark.parametrize(
    ("arguments", "options", "told"),
    [
        (["main...draft", "HEAD"], {}, '"main...draft" names both sides; "HEAD" is one too many'),
        (["main...draft:specs"], {}, "--path keeps both sides to one"),
        (["main...WORKTREE"], {}, "WORKTREE is no part of a range"),
        (["specs", "main"], {"merge_base": True}, "--merge-base is for two revisions"),
        (["main", "specs"], {"merge_base": True}, "--merge-base is for two revisions"),
        (["nosuch...draft"], {}, '"nosuch" is no file or folder here'),
        (["main....draft"], {}, '".draft" is no file or folder here'),
    ],
)
def test_what_cannot_be_meant(git: Git, arguments: list[str], options: dict[str, bool], told: str) -> None:
    with pytest.raises(UsageError) as raised:
        compared(*arguments, **options)
    assert told in str(raised.value)


# --- the report ------------------------------------------------------------------------------------------------------


def test_the_first_line_says_against_what(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    short = git("rev-parse", "--short", "met")
    assert run(["compare", "--no-cache", "main", "--fail-on", "never"]) == 0
    out = capsys.readouterr().out
    first, second, *_ = out.splitlines()
    assert first == f"against {short}, the merge base of main and HEAD; main has moved on by 2 commits since"
    assert second == "1 unknown change"
    assert f"compared  the merge base of main and HEAD ({short}) with the work tree" in out


def test_it_is_said_where_nothing_changed_too(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    git("checkout", "-q", "specs/a.json")
    git("commit", "-q", "--allow-empty", "-m", "nothing")
    short = git("rev-parse", "--short", "HEAD~1")
    git("tag", "before", "HEAD~1")
    assert run(["compare", "--no-cache", "before"]) == 0
    assert capsys.readouterr().out == (
        f"against {short}, the merge base of before and HEAD\n"
        f"no change: the work tree says what before ({short}) says\n"
    )
    git("checkout", "-q", "main~1")
    assert run(["compare", "--no-cache", "main"]) == 0
    assert "main has moved on by 1 commit since\n" in capsys.readouterr().out


def test_nothing_is_said_of_what_is_checked_out_and_of_those_that_led_there(
    git: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("HEAD", "draft", git("rev-parse", "draft"), "HEAD~1", "HEAD~1:specs", "@^"):
        assert run(["compare", "--no-cache", "--fail-on", "never", name]) == 0
        assert capsys.readouterr().out.startswith("1 unknown change\n")


def test_two_sides_that_are_named_are_taken_as_they_are(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    run(["compare", "--no-cache", "main", "WORKTREE"])
    assert "merge base" not in capsys.readouterr().out


def test_json_has_it_as_a_member(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    run(["compare", "--no-cache", "main", "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    validator(SCHEMA).validate(document)
    assert document["merge_base"] == {"of": ["main", "HEAD"], "commit": git("rev-parse", "met"), "moved_on": 2}
    assert "merge base" not in document["note"]
    run(["compare", "--no-cache", "main", "WORKTREE", "--format", "json"])
    assert "merge_base" not in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("form", ["markdown", "html", "sarif"])
def test_other_formats_have_it_in_their_note(git: Git, capsys: pytest.CaptureFixture[str], form: str) -> None:
    run(["compare", "--no-cache", "main", "--format", form])
    text = re.sub(r"\s+", " ", capsys.readouterr().out.replace("`", ""))
    assert f"Against {git('rev-parse', '--short', 'met')}, the merge base of main and HEAD; main has moved on" in text


# --- where there is none ---------------------------------------------------------------------------------------------


def test_unrelated_histories(git: Git, capsys: pytest.CaptureFixture[str]) -> None:
    git("checkout", "-q", "-f", "--orphan", "alone")
    git.write("specs/a.json", extract("7"))
    git.commit()
    assert run(["compare", "--no-cache", "main"]) == 2
    told = capsys.readouterr().err
    assert "main and HEAD have no commit in common: their histories are unrelated" in told
    assert "`gbcscheck compare main WORKTREE` compares the two as they are" in told
    assert values(compared("main", "WORKTREE")) == ["3", "7"]


def test_a_shallow_clone_says_what_to_run_and_that_helps(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = tmp_path / "shallow"
    git("clone", "-q", "--depth", "1", "--no-single-branch", git.root.as_uri(), str(clone))
    monkeypatch.chdir(clone)
    short = git("-C", str(clone), "rev-parse", "--short", "origin/main")
    for asked in (["origin/main", "--merge-base"], ["origin/main...HEAD"]):
        assert run(["compare", "--no-cache", *asked]) == 2
        told = capsys.readouterr().err
        assert "origin/main and HEAD have no commit in common in this clone" in told
        assert "git fetch --unshallow" in told
        assert "fetch-depth: 0" in told
    assert run(["compare", "--no-cache", "origin/main", "--fail-on", "never"]) == 0
    out, err = capsys.readouterr()
    assert " ".join(out.split()).startswith(
        f"against origin/main ({short}) as it is now: this clone is shallow and does not show where HEAD left it (run "
        "`git fetch --unshallow`; with actions/checkout: fetch-depth: 0) 1 unknown change"
    )
    assert err == ""
    assert run(["compare", "--no-cache", "origin/main", "--strict", "--format", "json"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["merge_base"]["commit"] is None
    validator(SCHEMA).validate(json.loads(out))
    assert "git fetch --unshallow" in err
    git("-C", str(clone), "fetch", "-q", "--unshallow")
    assert values(compared("origin/main")) == ["1", "4"]


def test_a_branch_without_a_commit_is_compared_with_the_base_as_it_is(git: Git) -> None:
    git("checkout", "-q", "--orphan", "new")
    assert values(compared("main")) == ["3", "5"]
    assert compared("HEAD").older.merge_base is None
    assert compared("0" * 40).older.merge_base is None


def test_the_merge_of_a_pull_request_is_compared_with_its_first_parent(git: Git) -> None:
    """What continuous integration checks out: the merge base with the branch that it goes into is its first parent."""
    git("checkout", "-q", "-f", "main")
    git("merge", "-q", "--no-commit", "--strategy=ours", "draft")
    git.write("specs/a.json", extract("6"))
    git.commit()
    assert values(compared("HEAD^1")) == ["3", "6"]
