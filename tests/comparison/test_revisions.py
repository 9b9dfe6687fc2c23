"""Revisions read through git, in repositories of the tests' own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from compare_parts import Git

from gbcscheck.errors import UsageError
from gbcscheck.inputs.git.revisions import Repository, is_within

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def git(tmp_path: Path) -> Git:
    return Git(tmp_path / "repository")


def test_the_files_of_a_revision(git: Git) -> None:
    git.write("specs/a.json", "first")
    git.write("specs/odd näme.json", "odd")
    git.write("b.json", b"\x00\n\x01")
    git.commit()
    git.write("specs/a.json", "second")
    git.commit()
    repository = Repository.around(git.root / "specs")
    revision = repository.find("HEAD~1")
    assert revision is not None
    files = repository.files(revision)
    assert {file.path: content for file, content in repository.contents(files)} == {
        "b.json": b"\x00\n\x01",
        "specs/a.json": b"first",
        "specs/odd näme.json": b"odd",
    }
    assert [file.path for file in repository.files(revision, ["b.json"])] == ["b.json"]
    assert str(revision) == f"HEAD~1 ({git('rev-parse', '--short', 'HEAD~1')})"


def test_links_inside_of_the_tree_are_followed_and_others_left_out(git: Git) -> None:
    git.write("specs/a.json", "a")
    (git.root / "b.json").symlink_to("specs/a.json")
    (git.root / "c.json").symlink_to("b.json")
    (git.root / "out.json").symlink_to("/etc/hostname")
    (git.root / "loop.json").symlink_to("loop.json")
    git.commit()
    repository = Repository.around(git.root)
    revision = repository.find("HEAD")
    assert revision is not None
    found = {file.path: content for file, content in repository.contents(repository.files(revision))}
    assert found == {"b.json": b"a", "c.json": b"a", "specs/a.json": b"a"}


def test_the_work_tree_is_what_git_does_not_ignore(git: Git) -> None:
    git.write(".gitignore", "build/\n")
    git.write("a.json", "a")
    git.write("gone.json", "a")
    git.commit()
    git.write("build/x.json", "x")
    git.write("new.json", "n")
    (git.root / "gone.json").unlink()
    assert Repository.around(git.root).work_files() == [".gitignore", "a.json", "new.json"]


def test_a_repository_without_a_commit_has_a_base_without_anything(git: Git) -> None:
    repository = Repository.around(git.root)
    for name in ("HEAD", "0" * 40):
        revision = repository.find(name)
        assert revision is not None
        assert (revision.tree, repository.files(revision)) == ("", [])
    assert repository.find("main") is None


def test_a_shallow_clone_says_what_to_fetch(git: Git, tmp_path: Path) -> None:
    for number in range(3):
        git.write("a.json", str(number))
        git.commit()
    git("clone", "-q", "--depth", "1", git.root.as_uri(), str(tmp_path / "shallow"))
    repository = Repository.around(tmp_path / "shallow")
    assert repository.find("HEAD~2") is None
    assert "git fetch --unshallow" in repository.why_unknown("HEAD~2")
    assert "`git fetch origin release:refs/remotes/origin/release`" in repository.why_unknown("origin/release")
    assert "git fetch" not in Repository.around(git.root).why_unknown("HEAD~9")


def test_neither_a_work_tree_nor_an_index_is_touched(git: Git) -> None:
    git.write("a.json", "a")
    git.commit()
    git.write("a.json", "b")
    before = {path: path.stat().st_mtime_ns for path in git.root.rglob("*") if path.is_file()}
    repository = Repository.around(git.root)
    revision = repository.find("HEAD")
    assert revision is not None
    list(repository.contents(repository.files(revision)))
    repository.work_files()
    assert {path: path.stat().st_mtime_ns for path in git.root.rglob("*") if path.is_file()} == before


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="not in a git repository"):
        Repository.around(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git is not installed"):
        Repository.around(tmp_path)


def test_a_path_outside_is_refused(git: Git, tmp_path: Path) -> None:
    repository = Repository.around(git.root)
    assert repository.path_from_root("specs", git.root) == "specs"
    assert repository.path_from_root(".", git.root) == ""
    with pytest.raises(UsageError, match="not in the git repository"):
        repository.path_from_root("..", git.root)


def test_within() -> None:
    assert is_within("specs/a.json", [])
    assert is_within("specs/a.json", ["specs"])
    assert is_within("specs/a.json", ["specs/a.json"])
    assert is_within("specs/a.json", [""])
    assert not is_within("specs2/a.json", ["specs"])
