"""A cache that several checkouts share, and one that a repository brings along."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from gate_samples import TABLE, Checkout, cloned, table

from gbcscheck.inputs.cache import Cache, is_of_repository, key_of

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_what_one_checkout_has_kept_serves_another_elsewhere(tmp_path: Path) -> None:
    one = cloned(tmp_path)
    one.commit({TABLE: table(interval="15")})
    one.git("clone", "-q", one.root.as_uri(), str(tmp_path / "somewhere" / "else"))
    other = Checkout(tmp_path / "somewhere" / "else", cache=tmp_path / "cache")
    first = one.run("compare", "HEAD~1", "HEAD")
    cached = sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "cache" / "gbcscheck").iterdir())
    second = other.run("compare", "HEAD~1", "HEAD")
    assert (second.returncode, second.stdout) == (first.returncode, first.stdout) == (1, first.stdout)
    assert (
        sorted((path.name, path.stat().st_mtime_ns) for path in (tmp_path / "cache" / "gbcscheck").iterdir()) == cached
    )


@pytest.fixture
def repository(tmp_path: Path) -> Checkout:
    checkout = Checkout.new(tmp_path / "work")
    checkout.commit({"README.md": "words"})
    return checkout


def test_a_folder_to_which_a_repository_brings_files_is_not_used(repository: Checkout) -> None:
    folder = repository.root / ".cache" / "gbcscheck"
    assert not is_of_repository(folder)
    Cache(folder).put(key_of("a"), "value")
    assert not is_of_repository(folder), "what a run has kept is not of the repository"
    repository.git("add", "--force", ".cache")
    assert is_of_repository(folder)
    repository.git("commit", "-q", "-m", "poison")
    assert is_of_repository(folder)
    link = repository.root / "link"
    link.symlink_to(".cache")
    assert is_of_repository(link / "gbcscheck"), "by whatever way"


def test_a_folder_outside_of_a_repository_is_used(repository: Checkout, tmp_path: Path) -> None:
    assert not is_of_repository(tmp_path / "cache" / "gbcscheck")


def test_a_finding_that_a_repository_forges_does_not_make_a_red_run_green(tmp_path: Path) -> None:
    work = cloned(tmp_path)
    work = Checkout(work.root, cache=work.root / ".cache")
    work.commit({TABLE: table(interval="15")})
    assert work.run("compare", "origin/main").returncode == 1
    cached = list((work.root / ".cache" / "gbcscheck").glob("*.json"))
    forged = [path for path in cached if path.read_bytes().partition(b"\n")[2].startswith(b"[[")]
    assert forged, "the findings of both sides are kept"
    for path in forged:
        Cache(path.parent).put(path.stem, [])
    assert work.run("compare", "origin/main").returncode == 0, "whoever may write in the cache decides"
    work.git("add", "--force", ".cache")
    work.commit()
    done = work.run("compare", "origin/main")
    assert done.returncode == 1
    assert "there are files of the repository in this cache folder; it is not used" in done.stderr
