"""A pull request on a repository of specifications, from its first commit to its merge, with real git."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from gate_samples import DUIS, FILES, TABLE, USE_CASES, Checkout, cloned, duis, table, use_cases

pytestmark = [
    pytest.mark.usefixtures("small_release"),
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]


@pytest.fixture
def work(tmp_path: Path) -> Checkout:
    """A clone, on a branch for a pull request."""
    return cloned(tmp_path)


def report(work: Checkout, *arguments: str) -> dict[str, Any]:
    """What a comparison with the base says, as JSON."""
    document: dict[str, Any] = json.loads(work.run("compare", "origin/main", *arguments, "--format", "json").stdout)
    return document


def annotated(text: str, level: str = "error") -> list[str]:
    """The annotations of a level, up to their message."""
    return [line.split("::")[1] for line in text.splitlines() if line.startswith(f"::{level} ")]


def test_a_whole_pull_request(work: Checkout) -> None:
    # An old repository: check fails for a conflict of long ago, and the gate can be switched on all the same.
    old = work.run("check", "--select", "V101")
    assert (old.returncode, old.stderr) == (1, "")
    assert "Limit.value" in old.stdout

    # A good change: the same sets written another way, and other files.
    work.commit({DUIS: duis("31..60 | 0..30", '"B" | "A"'), "README.md": "# More words\n"})
    good = work.run("compare", "origin/main", "HEAD", "--format", "github")
    assert (good.returncode, good.stderr) == (0, "")
    assert annotated(good.stdout) == []
    assert work.run("compare", "origin/main", "HEAD").stdout.startswith("no change: ")

    # A breaking one, and one that brings a conflict.
    work.commit({DUIS: duis("0..59"), TABLE: table(interval="15")})
    bad = work.run("compare", "origin/main", "HEAD", "--format", "github")
    assert (bad.returncode, bad.stderr) == (1, "")
    line = work.line_of(DUIS, "/Request/Interval")
    told = annotated(bad.stdout)
    assert f"error file={DUIS},line={line},title=change/narrowed" in told
    assert f"error file={TABLE},line=3,title=V101 default-contradicts-constant" in told
    assert not [one for one in told if f"{TABLE},line=4" in one], "the old conflict is not annotated"
    assert {one.split("file=")[1].split(",title")[0] for one in told} == {f"{DUIS},line={line}", f"{TABLE},line=3"}
    assert work.run("compare", "origin/main", "HEAD", "--fail-on", "never").returncode == 0

    # Waivers let both through, with a reason and for a time.
    document = report(work)
    changed = [one for one in document["changes"] if one["verdict"] == "breaking"]
    found = [one for one in document["findings"] if one["status"] == "new" and one["severity"] != "note"]
    assert len(changed) == 1
    assert {one["subject"] for one in found} == {"Interval.value"}
    today = datetime.now(UTC).date()
    tomorrow = today + timedelta(days=1)
    for one in (*changed, *found):
        reason = ("--reason", "agreed until the next release", "--expires", tomorrow.isoformat())
        waived = work.run("waive", one["fingerprint"], *reason)
        assert (waived.returncode, waived.stderr) == (0, "")
    work.commit()
    through = work.run("compare", "origin/main", "HEAD", "--format", "github")
    assert (through.returncode, through.stderr) == (0, "")
    assert annotated(through.stdout) == []
    assert f"{len(found) + 1} waived" in through.stdout
    assert "agreed until the next release" in work.run("compare", "origin/main", "HEAD", "--show-waived").stdout

    # The day after their last day they hold no longer.
    configuration = work.root / "gbcscheck.toml"
    text = configuration.read_text(encoding="utf-8")
    yesterday = today - timedelta(days=1)
    configuration.write_text(text.replace(tomorrow.isoformat(), yesterday.isoformat()), encoding="utf-8")
    work.commit()
    again = work.run("compare", "origin/main", "HEAD", "--format", "github")
    assert again.returncode == 1
    assert annotated(again.stdout) == told
    assert "expired" in again.stdout
    assert f"line={line}," in again.stdout


def test_a_waiver_keeps_its_hold_where_rows_and_files_move(work: Checkout) -> None:
    work.commit({TABLE: table(interval="15")})
    for one in report(work)["findings"]:
        if one["status"] == "new":
            assert work.run("waive", one["fingerprint"], "--reason", "agreed").returncode == 0
    assert work.run("compare", "origin/main").returncode == 0
    header, titles, first, second, _ = table(interval="15").split("\n")
    (work.root / TABLE).unlink()
    work.commit({"specs/moved/defaults.csv": f"{header}\n\n{titles}\n{second}\n{first}\n"})
    done = work.run("compare", "origin/main", "HEAD")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_new_repository_has_no_base_and_works(tmp_path: Path) -> None:
    work = Checkout.new(tmp_path / "new")
    work.write(dict(FILES))
    first = work.run("compare", "HEAD")
    assert first.stderr == ""
    assert "HEAD is no commit yet: there is no base, and everything is new." in " ".join(first.stdout.split())
    assert first.returncode == 1, "the conflict that it begins with is a new one"
    work.write({TABLE: table(limit="7")})
    assert work.run("compare", "HEAD").returncode == 0
    work.commit()
    server_says = work.run("compare", "0" * 40, "HEAD")
    assert server_says.returncode == 0
    assert "there is no base" in " ".join(server_says.stdout.split())


def test_a_new_file_is_compared_with_nothing(work: Checkout) -> None:
    work.commit({"specs/mmc.json": duis().replace("DUIS", "MMC").replace("/Request", "/Response")})
    done = work.run("compare", "origin/main", "HEAD")
    assert (done.returncode, done.stderr) == (0, "")
    assert {(one["change"], one["verdict"]) for one in report(work)["changes"]} == {("added", "compatible")}


def test_a_base_without_specifications_works_and_says_so(tmp_path: Path) -> None:
    work = Checkout.new(tmp_path / "old")
    work.commit({"README.md": "nothing yet\n"})
    work.write({**FILES, TABLE: table(limit="7")})
    done = work.run("compare", "HEAD")
    assert (done.returncode, done.stderr) == (0, "")
    assert "there is no specification in HEAD" in " ".join(done.stdout.split()).replace("There", "there")


def test_the_statements_of_a_deleted_file_are_removed(work: Checkout) -> None:
    work.git("rm", "-q", DUIS)
    work.commit()
    done = work.run("compare", "origin/main", "HEAD")
    assert (done.returncode, done.stderr) == (1, "")
    removed = [one for one in report(work)["changes"] if one["change"] == "removed"]
    assert {one["old"]["specification"] for one in removed} == {"DUIS"}
    told = {text for one in removed for text in (one["subject"], *map(str, one["below"]))}
    for name in ("/Request/Interval", "/Request/Mode"):
        assert [text for text in told if name in text], name
    assert {one["new"] for one in removed} == {None}


def test_before_a_commit_a_deletion_is_seen_by_compare_alone_and_check_needs_paths(work: Checkout) -> None:
    """As the page says of the hook, whose default is ``check``."""
    before = work.run("check", "--quiet")
    work.git("rm", "-q", DUIS)
    assert work.run("check", "--quiet").stdout == before.stdout
    assert work.run("compare", "HEAD").returncode == 1
    work.git("rm", "-q", "-f", "gbcscheck.toml")
    assert "release  current: " in work.run("check", "--fail-on", "never").stdout


def test_a_moved_file_changes_nothing(work: Checkout) -> None:
    work.git("mv", "specs", "documents")
    work.commit({"gbcscheck.toml": 'paths = ["documents"]\n'})
    done = work.run("compare", "origin/main", "HEAD", "--no-config")
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert first.startswith("no change: ")
    assert [line.split(maxsplit=1) for line in rest] == [["skipped", "package.json: no specification"]]


def test_a_file_that_moves_within_what_is_checked_changes_nothing(work: Checkout) -> None:
    for name in (DUIS, USE_CASES, TABLE):
        (work.root / "specs/elsewhere").mkdir(exist_ok=True)
        work.git("mv", name, f"specs/elsewhere/{Path(name).name}")
    work.commit()
    done = work.run("compare", "origin/main", "HEAD")
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")


def test_a_conflict_that_a_change_ends_is_told_and_lets_it_pass(work: Checkout) -> None:
    work.commit({TABLE: table(limit="7")})
    done = work.run("compare", "origin/main", "HEAD")
    assert (done.returncode, done.stderr) == (0, "")
    fixed = {(one["rule"], one["subject"]) for one in report(work)["findings"] if one["status"] == "fixed"}
    assert ("V101", "Limit.value") in fixed


def test_a_change_on_the_other_side_of_a_conflict_is_annotated_where_it_is(work: Checkout) -> None:
    work.commit({USE_CASES: use_cases(interval="31")})
    done = work.run("compare", "origin/main", "HEAD", "--format", "github")
    assert done.returncode == 1
    line = work.line_of(USE_CASES, '"constant", "domain": "31"')
    assert [one for one in annotated(done.stdout) if f"file={USE_CASES},line={line},title=V101 " in one]


def test_a_baseline_switches_the_gate_on_for_check_as_well(work: Checkout) -> None:
    assert work.run("check").returncode == 1
    assert work.run("baseline").returncode == 0
    assert work.run("check").returncode == 0
    work.write({TABLE: table(interval="15")})
    assert work.run("check").returncode == 1


def test_neither_the_work_tree_nor_the_index_is_touched(work: Checkout) -> None:
    work.commit({DUIS: duis("0..59")})
    work.write({DUIS: duis("0..58"), "specs/new.csv": "nothing\n"})
    work.git("add", DUIS)
    before, status = work.content(), work.git("status", "--porcelain=v2", "--branch")
    assert work.run("compare", "origin/main", "HEAD").returncode == 1
    assert work.run("compare", "origin/main").returncode in (1, 2)
    assert (work.content(), work.git("status", "--porcelain=v2", "--branch")) == (before, status)


@pytest.mark.parametrize("level", ["new", "error", "never"])
def test_a_test_fails_where_the_gate_does(work: Checkout, level: str) -> None:
    for files in ({DUIS: duis("31..60 | 0..30")}, {TABLE: table(interval="15")}):
        work.commit(dict(files))
        done = work.run("compare", "origin/main", "HEAD", "--fail-on", level, "--format", "junit")
        suite = ElementTree.fromstring(done.stdout)
        failures = [case.get("name") for case in suite.iter("testcase") if case.find("failure") is not None]
        assert bool(failures) == (done.returncode == 1)
        if level == "new":
            assert set(failures) == ({"Interval.value"} if TABLE in files else set())
            skipped = {
                case.get("name"): one.get("message") for case in suite.iter("testcase") for one in case.iter("skipped")
            }
            assert skipped["Limit.value"] == "not new: it was there before the change"
