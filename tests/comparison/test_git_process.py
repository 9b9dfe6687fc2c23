"""git is run in one place; nothing that the configuration of a repository names runs with it, and it has its limits."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from compare_parts import Git

import gbcscheck
from gbcscheck.cli import run
from gbcscheck.errors import GbcscheckError, UsageError
from gbcscheck.inputs.git import process as git_process
from gbcscheck.inputs.git.process import run_git
from gbcscheck.inputs.git.revisions import Repository

pytestmark = [
    pytest.mark.usefixtures("small_release"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


def extract(domain: str = "1") -> str:
    statement = {"subject": "X.value", "attribute": "default", "domain": domain}
    head = {"specification": "GBCS", "version": "9.0", "part": "Table 9", "provenance": "synthetic"}
    return json.dumps({**head, "statements": [statement]})


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    found = Git(tmp_path / "repository")
    found.write("specs/a.json", extract("1"))
    found.write("specs/lost.json", extract("7"))
    found.commit()
    found.write("specs/a.json", extract("2"))
    found.write("specs/lost.json", extract("3"))
    found.commit()
    found.write("specs/b.json", extract("4"))
    monkeypatch.chdir(found.root)
    return found


@pytest.fixture
def marker(git: Git, tmp_path: Path) -> Path:
    """A file that any program named by the repository makes: its configuration names one wherever it can."""
    made = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >>"{made}"\nexit 1\n')
    program.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    names = ("pre-commit", "post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman")
    for folder in (hooks, git.root / ".git" / "hooks"):
        folder.mkdir(exist_ok=True)
        for name in (*names, "pre-auto-gc", "post-merge", "pre-push", "push-to-checkout", "proc-receive"):
            shutil.copy(program, folder / name)
    git.write(".git/info/attributes", "* filter=evil diff=evil merge=evil\n")
    git("update-index", "--refresh")
    settings = {
        "core.fsmonitor": str(program),
        "core.hooksPath": str(hooks),
        "core.pager": str(program),
        "core.editor": str(program),
        "core.sshCommand": str(program),
        "core.askPass": str(program),
        "core.gitProxy": str(program),
        "core.alternateRefsCommand": str(program),
        "core.untrackedCache": "true",
        "credential.helper": f"!{program}",
        "diff.external": str(program),
        "diff.evil.command": str(program),
        "diff.evil.textconv": str(program),
        "merge.evil.driver": str(program),
        "filter.evil.process": str(program),
        "filter.evil.clean": str(program),
        "filter.evil.smudge": str(program),
        "filter.evil.required": "true",
        "gpg.program": str(program),
        "log.showSignature": "true",
        "uploadpack.packObjectsHook": str(program),
        "protocol.allow": "always",
        "protocol.ext.allow": "always",
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": f"ext::{program} %S",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": str(program),
        "remote.other.url": str(git.root),
        "remote.other.promisor": "true",
        "remote.other.uploadpack": str(program),
        **{f"alias.{name}": f"!{program}" for name in ("rev-parse", "ls-tree", "ls-files", "cat-file", "merge-base")},
    }
    lines = ["[core]\n\tfilemode = true\n"]
    for key, value in settings.items():
        section, _, name = key.rpartition(".")
        head, _, below = section.partition(".")
        lines.append(f"[{head} {json.dumps(below)}]\n" if below else f"[{head}]\n")
        lines.append(f"\t{name} = {json.dumps(value)}\n")
    # A missing content is what git would fetch.
    lost = git("rev-parse", "HEAD~1:specs/lost.json")
    (git.root / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    (git.root / ".git" / "config").write_text("".join(lines))
    made.unlink(missing_ok=True)
    return made


@pytest.mark.parametrize(
    "arguments",
    [
        ["HEAD~1"],
        ["HEAD"],
        ["HEAD", "WORKTREE"],
        ["WORKTREE", "HEAD~1"],
        ["HEAD~1", "HEAD"],
        ["HEAD~1:specs", "WORKTREE:specs"],
        ["HEAD~1:specs/lost.json"],
        ["nosuch"],
        ["origin/nosuch"],
        ["HEAD", "--path", "specs"],
    ],
)
def test_nothing_that_a_repository_names_is_run(git: Git, marker: Path, arguments: list[str]) -> None:
    run(["compare", "--no-cache", *arguments])
    assert not marker.exists(), marker.read_text()


@pytest.mark.parametrize(
    "command", [["ls-files", "--others"], ["cat-file", "-p", "HEAD~1:specs/lost.json"], ["diff"], ["status"]]
)
def test_these_would_run_without_what_turns_them_off(git: Git, marker: Path, command: list[str]) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *command], cwd=git.root, env=environment, capture_output=True, check=False, timeout=60)
    assert marker.exists()


def test_an_object_is_what_its_name_says(git: Git) -> None:
    """``git replace`` puts another content in the place of one; a revision is read without that."""
    git("replace", git("rev-parse", "HEAD:specs/a.json"), git("rev-parse", "HEAD~1:specs/a.json"))
    assert json.loads(git("show", "HEAD:specs/a.json"))["statements"][0]["domain"] == "1"
    repository = Repository.around(git.root)
    revision = repository.find("HEAD")
    assert revision is not None
    ((_, content),) = repository.contents(repository.files(revision, ["specs/a.json"]))
    assert isinstance(content, bytes)
    assert json.loads(content)["statements"][0]["domain"] == "2"


def test_a_content_that_would_be_fetched_is_told(git: Git, marker: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "--no-cache", "HEAD~1", "HEAD"]) == 2
    told = capsys.readouterr().err
    assert "specs/lost.json: git has no content for it; this clone is partial" in told
    assert "git fetch --refetch --no-filter" in told


def test_a_folder_that_looks_like_a_repository_is_none(
    git: Git, marker: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A checkout may hold the inside of a repository as plain files, with a configuration of its own."""
    shutil.copytree(git.root / ".git", git.root / "bare", ignore=shutil.ignore_patterns("index"))
    with (git.root / "bare" / "config").open("a") as stream:
        stream.write(f'[core]\n\tbare = false\n\tworktree = "{git.root.parent}"\n')
    monkeypatch.chdir(git.root / "bare")
    assert run(["compare", "--no-cache", "HEAD~1", "WORKTREE"]) == 2
    assert "git cannot read the repository here" in capsys.readouterr().err
    assert not marker.exists()


def test_a_configuration_that_puts_the_files_elsewhere_is_refused(
    git: Git, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "secret.json").write_text(extract("9"))
    for elsewhere in (tmp_path, Path("/")):
        git("config", "core.worktree", str(elsewhere))
        assert run(["compare", "--no-cache", "HEAD", "WORKTREE"]) == 2
        out, err = capsys.readouterr()
        assert f"puts its files elsewhere: core.worktree is {elsewhere}" in err
        assert "secret" not in out + err
    git("config", "core.worktree", "..")
    assert run(["compare", "--no-cache", "--fail-on", "never", "HEAD", "WORKTREE"]) == 0


def test_another_work_tree_of_a_repository_is_read(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("worktree", "add", "-q", str(tmp_path / "second"), "HEAD~1")
    monkeypatch.chdir(tmp_path / "second" / "specs")
    assert Repository.around(Path.cwd()).root == tmp_path / "second"
    assert run(["compare", "--no-cache", "HEAD", "WORKTREE"]) == 0


def test_a_git_in_the_working_folder_is_not_taken_for_git(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = git.write("git", f'#!/bin/sh\ntouch "{tmp_path}/ran"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    run(["compare", "--no-cache", "HEAD", "WORKTREE"])
    assert not (tmp_path / "ran").exists()
    monkeypatch.setenv("PATH", f".{os.pathsep}")
    with pytest.raises(UsageError, match="git is not installed"):
        run_git(git.root, "version")


def test_pathspecs_are_plain_names(git: Git) -> None:
    git.write("specs/[ab].json", extract("5"))
    git.write(":(exclude)x/c.json", extract("6"))
    git.commit()
    listed = run_git(git.root, "ls-files", "-z", "--", "specs/[ab].json").stdout
    assert listed == b"specs/[ab].json\0"


# --- limits ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git that does not end, and has started another program that does not end either; a file of both their ids."""
    ids = tmp_path / "ids"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nsleep 300 &\necho $$ $! >"{ids}"\nwait\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return ids


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell stands for git")
def test_git_has_a_time_limit_and_nothing_of_it_stays(
    git: Git, slow: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(git_process, "MAX_SECONDS", 0.5)
    begun = time.monotonic()
    assert run(["compare", "--no-cache", "HEAD", "WORKTREE"]) == 2
    assert time.monotonic() - begun < 20
    assert "git rev-parse took longer than 0.5 seconds and was ended" in capsys.readouterr().err
    for number in map(int, slow.read_text().split()):
        for _ in range(100):
            state = Path(f"/proc/{number}/stat")
            if not state.exists() or state.read_text().rpartition(")")[2].split()[0] in "ZX":
                break
            time.sleep(0.05)
        else:
            pytest.fail(f"process {number} still runs")


def test_git_may_say_so_much_and_no_more(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_process, "MAX_OCTETS", 100)
    with pytest.raises(GbcscheckError, match=r"git cat-file says more than 100 octets; the repository is too large"):
        run_git(git.root, "cat-file", "-p", "HEAD:specs/a.json")


def test_much_is_given_while_much_is_said(git: Git) -> None:
    """Neither side waits for the other: more than a pipe holds goes both ways."""
    name = git("rev-parse", "HEAD:specs/a.json")
    answered = run_git(git.root, "cat-file", "--batch", given=f"{name}\n".encode() * 20_000).stdout
    assert answered.count(b"synthetic") == 20_000


def test_one_module_runs_programs() -> None:
    package = Path(gbcscheck.__file__).parent
    words = re.compile(r"\bsubprocess\b|\bos\.(?:system|popen|exec\w*|spawn\w*)\(|\bpty\b")
    found = [
        path.relative_to(package).as_posix() for path in sorted(package.rglob("*.py")) if words.search(path.read_text())
    ]
    assert found == ["inputs/git/process.py"]


@pytest.mark.parametrize("kind", ["blob:none", "tree:0"])
def test_a_partial_clone_says_what_to_run_and_that_helps(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    git("config", "uploadpack.allowFilter", "true")
    git.commit()
    git("clone", "-q", f"--filter={kind}", git.root.as_uri(), str(tmp_path / "partial"))
    monkeypatch.chdir(tmp_path / "partial")
    arguments = ["compare", "--no-cache", "--fail-on", "never", "HEAD~2", "HEAD"]
    assert run(arguments) == 2
    assert "run `git fetch --refetch --no-filter`" in capsys.readouterr().err
    subprocess.run(["git", "fetch", "-q", "--refetch", "--no-filter"], check=True)
    assert run(arguments) == 0
