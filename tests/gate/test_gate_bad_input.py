"""What a gate can be given that it cannot work with: each has its message, exit code 2, and nothing half written."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from gate_samples import DUIS, FILES, TABLE, Checkout, cloned, duis, table

pytestmark = [
    pytest.mark.usefixtures("small_release"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

BINARY = bytes(range(256)) * 8
OUTPUTS = ("--format", "sarif", "-o", "out.sarif", "--format", "html", "-o", "out.html")


class Case(NamedTuple):
    """Files that are put into the repository, arguments, and what is told."""

    arguments: tuple[str, ...]
    told: tuple[str, ...]
    files: dict[str, str | bytes] = {}  # noqa: RUF012


CASES = {
    "unknown revision": Case(
        ("compare", "nosuch"),
        ('"nosuch" is no file or folder here, no release that ships', "and no revision of this repository"),
    ),
    "unknown revision as NEW": Case(("compare", "origin/main", "v9"), ('"v9" is no file or folder here',)),
    "unknown branch of the server": Case(
        ("compare", "origin/nosuch"), ("run `git fetch origin nosuch:refs/remotes/origin/nosuch` if it is there",)
    ),
    "revision before the first": Case(("compare", "HEAD~9"), ('"HEAD~9" is no file or folder here',)),
    "path that no revision has": Case(("compare", "origin/main", "--path", "nosuch"), ("nosuch",)),
    "path outside": Case(("compare", "origin/main", "--path", ".."), ("..: this is not in the git repository",)),
    "option in place of a revision": Case(("compare", "--", "--upload-pack=x"), ('"--upload-pack=x" is no file',)),
    "binary extract": Case(
        ("compare", "origin/main"), (f"{DUIS}:2: not UTF-8: octet 0x80 at offset 128",), {DUIS: BINARY}
    ),
    "binary workbook": Case(("compare", "origin/main"), ("specs/new.xlsx: ",), {"specs/new.xlsx": BINARY}),
    "binary schema": Case(("compare", "origin/main"), ("specs/new.xsd",), {"specs/new.xsd": BINARY}),
    "binary table": Case(("compare", "origin/main"), (TABLE,), {TABLE: BINARY}),
    "cut workbook": Case(("compare", "origin/main"), ("specs/new.xlsx: ",), {"specs/new.xlsx": b"PK\x03\x04 cut"}),
    "broken extract": Case(
        ("compare", "origin/main"),
        (f"{DUIS}:7:", "not valid JSON"),
        {DUIS: duis().replace('"/Request"', '"/Request', 1)},
    ),
    "waiver without a reason": Case(
        ("compare", "origin/main"),
        ("gbcscheck.toml:2: ", "reason"),
        {"gbcscheck.toml": 'paths = ["specs"]\n[[waivers]]\nrule = "V101"\n'},
    ),
    "waiver for a rule that is none": Case(
        ("compare", "origin/main"),
        ("gbcscheck.toml:3: ", "Q999"),
        {"gbcscheck.toml": 'paths = ["specs"]\n[[waivers]]\nrule = "Q999"\nreason = "so"\n'},
    ),
    "waiver for a day that is none": Case(
        ("check",),
        ("gbcscheck.toml:5: ",),
        {"gbcscheck.toml": 'paths = ["specs"]\n[[waivers]]\nrule = "V101"\nreason = "so"\nexpires = 2027-02-30\n'},
    ),
    "configuration that is no TOML": Case(
        ("compare", "origin/main"), ("gbcscheck.toml:2",), {"gbcscheck.toml": 'paths = ["specs"]\n[[waivers]\n'}
    ),
    "no folder for an output": Case(
        ("compare", "origin/main", "--format", "sarif", "-o", "out.sarif", "--format", "json", "-o", "nosuch/out.json"),
        ("nosuch/out.json: the folder nosuch does not exist",),
    ),
    "two outputs to one file": Case(
        ("compare", "origin/main", "--format", "sarif", "-o", "out", "--format", "json", "-o", "specs/../out"),
        ("specs/../out: sarif and json would both go to one file",),
    ),
    "two outputs to standard output": Case(
        ("compare", "origin/main", "--format", "github", "--format", "markdown"),
        ("github and markdown would both go to standard output",),
    ),
    "output onto an extract": Case(
        ("compare", "origin/main", "--format", "sarif", "-o", DUIS), (f"{DUIS}: this file was read as a source",)
    ),
    "output onto the configuration": Case(
        ("compare", "origin/main", "--format", "sarif", "-o", "gbcscheck.toml"),
        ("gbcscheck.toml: this file was read as a source",),
    ),
    "output onto a folder": Case(
        ("compare", "origin/main", "--format", "sarif", "-o", "specs"), ("specs: this is a folder",)
    ),
}
STILL_COMPARED = {
    "binary extract",
    "binary workbook",
    "binary schema",
    "binary table",
    "cut workbook",
    "broken extract",
}
"""Of these the rest is compared all the same, and the outputs are written: whole."""


@pytest.fixture
def work(tmp_path: Path) -> Checkout:
    return cloned(tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_worked_with_is_told(work: Checkout, name: str) -> None:
    case = CASES[name]
    work.write(case.files)
    before = work.content()
    done = work.run(*case.arguments)
    assert done.returncode == 2
    for text in case.told:
        assert text in done.stderr
    assert done.stderr.startswith(("error: ", "Usage: "))
    assert "Traceback" not in done.stderr
    assert work.content() == before
    if name in STILL_COMPARED:
        assert "1 problem with the input" in " ".join(done.stdout.split())
    else:
        assert done.stdout == ""


@pytest.mark.parametrize("broken", ["old", "new"])
def test_of_a_side_with_a_broken_extract_the_other_findings_come(work: Checkout, broken: str) -> None:
    whole, damaged = {DUIS: duis(), TABLE: table()}, {DUIS: duis()[:-9], TABLE: table()}
    before = work.commit({**(damaged if broken == "old" else whole), "README.md": "before\n"})
    after = work.commit({**(damaged if broken == "new" else whole), TABLE: table(interval="15")})
    done = work.run("compare", before, after, *OUTPUTS, "--format", "json")
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {DUIS}:")
    assert "not valid JSON" in done.stderr
    document = json.loads(done.stdout)
    new = {(one["rule"], one["subject"]) for one in document["findings"] if one["status"] == "new"}
    assert ("V101", "Interval.value") in new
    assert {one["subject"] for one in document["changes"]} == {"Interval.value"}, "nothing is known of the other"
    sarif = json.loads((work.root / "out.sarif").read_text(encoding="utf-8"))
    assert sarif["runs"][0]["invocations"][0]["executionSuccessful"] is False
    assert (work.root / "out.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_without_a_repository(tmp_path: Path) -> None:
    folder = Checkout(tmp_path / "plain")
    folder.write(dict(FILES))
    before = folder.content()
    for arguments in (
        ("compare", "origin/main"),
        ("compare", "WORKTREE"),
        ("compare", "origin/main", "HEAD", *OUTPUTS),
    ):
        done = folder.run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "git repository" in done.stderr
        assert "Traceback" not in done.stderr
    assert folder.content() == before


def test_a_shallow_clone_says_what_to_fetch_and_with_it_all_is_well(tmp_path: Path) -> None:
    server = Checkout.new(tmp_path / "server")
    server.commit(dict(FILES))
    server.git("checkout", "-q", "-b", "topic")
    server.commit({DUIS: duis("0..59")})
    server.git("clone", "-q", "--depth", "1", "--branch", "topic", server.root.as_uri(), str(tmp_path / "shallow"))
    work = Checkout(tmp_path / "shallow")
    before = work.content()
    for base, fetch in (
        ("origin/main", "git fetch origin main:refs/remotes/origin/main"),
        ("HEAD~1", "git fetch --unshallow"),
    ):
        done = work.run("compare", base, *OUTPUTS)
        assert (done.returncode, done.stdout) == (2, "")
        assert "this clone is shallow" in done.stderr
        assert f"`{fetch}`" in done.stderr
        assert work.content() == before
    work.git("fetch", "-q", "--unshallow")
    assert work.run("compare", "HEAD~1").returncode == 1


def test_what_is_told_to_fetch_from_a_shallow_clone_makes_the_base_known(tmp_path: Path) -> None:
    server = Checkout.new(tmp_path / "server")
    server.commit(dict(FILES))
    server.git("checkout", "-q", "-b", "topic")
    server.commit({DUIS: duis("0..59")})
    server.git("clone", "-q", "--depth", "1", "--branch", "topic", server.root.as_uri(), str(tmp_path / "shallow"))
    work = Checkout(tmp_path / "shallow")
    told = work.run("compare", "origin/main").stderr
    command = told.partition("`git ")[2].partition("`")[0]
    work.git(*command.split())
    done = work.run("compare", "origin/main")
    assert (done.returncode, done.stderr) == (1, "")


def test_an_output_that_may_not_be_written_keeps_the_others_back(work: Checkout) -> None:
    if os.geteuid() == 0:
        target = "/proc/out.json"
    else:
        (work.root.parent / "closed").mkdir(mode=0o500)
        target = "../closed/out.json"
    before = work.content()
    done = work.run("compare", "origin/main", *OUTPUTS, "--format", "json", "-o", target)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"error: {target}: cannot be written (" in done.stderr
    assert work.content() == before
