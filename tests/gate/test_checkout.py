"""The repository that a run looked at, as the reports name it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from gate_samples import DUIS, Checkout, cloned, duis

from gbcscheck.cli import run
from gbcscheck.inputs.git.revisions import Repository
from gbcscheck.policy.checkout import version_control_of
from gbcscheck.report import VersionControl

pytestmark = [
    pytest.mark.usefixtures("small_release"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]
ADDRESS = "https://user:secret@git.example.org/specs.git"


def test_a_clone_is_named_without_the_password_in_its_address(tmp_path: Path) -> None:
    work = cloned(tmp_path)
    commit = work.git("rev-parse", "HEAD")
    work.git("remote", "set-url", "origin", ADDRESS)
    assert version_control_of(start=work.root) == VersionControl("https://git.example.org/specs.git", commit, "work")
    work.git("checkout", "-q", "--detach")
    assert version_control_of(start=work.root) == VersionControl("https://git.example.org/specs.git", commit, "")


def test_a_revision_is_named_by_its_own_commit_and_branch(tmp_path: Path) -> None:
    work = cloned(tmp_path)
    base = work.git("rev-parse", "HEAD")
    work.commit({DUIS: duis("0..59")})
    repository = Repository.around(work.root)
    for name, branch in (("main", "main"), ("origin/main", "main"), ("HEAD~1", ""), (base, "")):
        found = version_control_of(repository.find(name), start=work.root)
        assert found is not None
        assert (found.revision, found.branch) == (base, branch), name


def address_told(work: Checkout) -> str:
    found = version_control_of(start=work.root)
    assert found is not None
    return found.repository


def test_without_an_address_that_others_could_use_it_is_where_it_lies(tmp_path: Path) -> None:
    work = cloned(tmp_path)  # of a folder of this machine
    assert address_told(work) == work.root.as_uri()
    work.git("remote", "rename", "origin", "server")
    work.git("remote", "set-url", "server", ADDRESS)
    assert address_told(work) == "https://git.example.org/specs.git"
    work.git("remote", "add", "other", "https://git.example.org/other.git")
    assert address_told(work) == work.root.as_uri()
    work.git("remote", "remove", "other")
    work.git("remote", "set-url", "server", "https://user:se@cret/x@git.example.org/specs.git")
    assert address_told(work) == work.root.as_uri()


def test_without_a_repository_or_a_commit_little_or_nothing_is_told(tmp_path: Path) -> None:
    new = Checkout.new(tmp_path / "new")
    assert version_control_of(start=new.root) == VersionControl(new.root.as_uri())
    (tmp_path / "none").mkdir()
    assert version_control_of(start=tmp_path / "none") is None


@pytest.mark.parametrize("form", ["sarif", "sarif-plain"])
def test_the_command_tells_it_in_its_report(tmp_path: Path, form: str) -> None:
    work = cloned(tmp_path)
    base = work.git("rev-parse", "HEAD")
    head = work.commit({DUIS: duis("0..59")})
    work.git("remote", "set-url", "origin", ADDRESS)
    for arguments, commit in ((("check",), head), (("compare", "main"), head), (("compare", "HEAD", "main"), base)):
        done = work.run(*arguments, "--category", "drafts", "--format", form)
        (run,) = json.loads(done.stdout)["runs"]
        (told,) = run["versionControlProvenance"]
        assert (told["revisionId"], told["repositoryUri"]) == (commit, "https://git.example.org/specs.git")
        assert run["automationDetails"] == {"id": "drafts/"}
        assert "secret" not in done.stdout


@pytest.mark.parametrize("name", ["", "a--b", "a>b", "a b", "-a", "a/", "x" * 101, "a\nb", "ü"])
def test_a_category_that_no_comment_or_identifier_takes_is_refused(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert run(["check", f"--category={name}"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "--category has to be" in printed.err
