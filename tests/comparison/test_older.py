"""An attribute that is not declared: told of an older side, which nobody can repair, and an error of the newer one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from compare_parts import Git

from gbcscheck.cli import run
from gbcscheck.comparison.older import MOST_NAMED

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
Captured = pytest.CaptureFixture[str]


def extract(*stated: tuple[str, str], **more: object) -> str:
    head = {"specification": "GBCS", "version": "9.0", "part": "Table 9", "provenance": "synthetic"}
    statements = [{"subject": "X.value", "attribute": attribute, "domain": domain} for attribute, domain in stated]
    return json.dumps({**head, **more, "statements": statements}, indent=1)


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    found = Git(tmp_path / "repository")
    monkeypatch.chdir(found.root)
    return found


def committed(git: Git, text: str) -> None:
    git.write("specs/a.json", text)
    git.commit()


def test_an_older_revision_is_compared_all_the_same_with_a_line(git: Git, capsys: Captured) -> None:
    committed(git, extract(("defualt", "1"), ("permitted", "0..9"), ("x-step", "2")))
    git.write("specs/a.json", extract(("default", "1"), ("permitted", "0..5")))
    assert run(["compare", "--no-cache", "HEAD", "--format", "json", "--fail-on", "never"]) == 0
    shown = capsys.readouterr()
    changes = {(one["attribute"], one["change"]) for one in json.loads(shown.out)["changes"]}
    assert changes == {("defualt", "removed"), ("default", "default"), ("permitted", "narrowed"), ("x-step", "removed")}
    (line,) = [line for line in shown.err.splitlines() if "declared" in line]
    assert line.startswith("warning: specs/a.json of HEAD")
    assert line.endswith('"defualt", "x-step" are no declared attributes; it is compared all the same')


def test_the_newer_side_has_to_declare_what_it_states(git: Git, capsys: Captured) -> None:
    committed(git, extract(("defualt", "1"), ("permitted", "0..9")))
    git.write("specs/a.json", extract(("defualt", "1"), ("permitted", "0..5")))
    assert run(["compare", "--no-cache", "HEAD", "--fail-on", "never"]) == 2
    told = capsys.readouterr().err
    assert "error: specs/a.json:9: " in told
    assert '"defualt"' in told


def test_an_older_file_is_taken_too(tmp_path: Path, capsys: Captured) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(extract(("defualt", "1"), ("permitted", "0..9")))
    new.write_text(extract(("permitted", "0..9")))
    assert run(["compare", "--no-cache", "--no-config", str(old), str(new), "--fail-on", "never"]) == 0
    assert '"defualt" is not a declared attribute; it is compared all the same' in capsys.readouterr().err
    assert run(["compare", "--no-cache", "--no-config", str(new), str(old), "--fail-on", "never"]) == 2


def test_whatever_else_is_wrong_is_an_error_of_either_side(git: Git, capsys: Captured) -> None:
    committed(git, extract(("defualt", "1"), ("permitted", "0..x")))
    git.write("specs/a.json", extract(("permitted", "0..5")))
    assert run(["compare", "--no-cache", "HEAD", "--fail-on", "never"]) == 2
    assert '"defualt"' in capsys.readouterr().err


def test_many_of_them_are_counted(git: Git, capsys: Captured) -> None:
    committed(git, extract(*((f"x-own-{number}", "1") for number in range(MOST_NAMED + 3)), ("permitted", "0..9")))
    git.write("specs/a.json", extract(("permitted", "0..9")))
    run(["compare", "--no-cache", "HEAD", "--fail-on", "never"])
    assert f'"x-own-{MOST_NAMED - 1}" and 3 more are no declared' in capsys.readouterr().err


def test_what_is_kept_of_the_older_side_is_not_taken_for_valid(git: Git, capsys: Captured) -> None:
    """With a cache, too: the second run says what the first says, and so does the newer side."""
    committed(git, extract(("defualt", "1"), ("permitted", "0..9")))
    for _ in range(2):
        assert run(["compare", "HEAD", "WORKTREE", "--fail-on", "never"]) == 2
        assert "it is compared all the same" in capsys.readouterr().err
