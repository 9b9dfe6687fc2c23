"""Several outputs of one run: which file has which format, and all of them or none."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cli_files import Run

from gbcscheck.cli.outputs import Output, outputs_of
from gbcscheck.errors import UsageError

pytestmark = pytest.mark.usefixtures("small_release")

ALL = ("json", "sarif", "junit", "github", "gitlab", "markdown")


def pairs(*words: str) -> list[tuple[str | None, Path | str]]:
    """Arguments as they are told: ``-o`` before a file, anything else is a format."""
    found: list[tuple[str | None, Path | str]] = []
    for word in words:
        found.append(("output", Path(word[2:])) if word.startswith("-o") else ("form", word))
    return found


@pytest.mark.parametrize(
    ("words", "outputs"),
    [
        ((), [Output("text")]),
        (("json",), [Output("json")]),
        (("-oa",), [Output("text", Path("a"))]),
        (("json", "-oa"), [Output("json", Path("a"))]),
        (("-oa", "json"), [Output("json", Path("a"))]),
        (("-o-", "json"), [Output("json")]),
        (("sarif", "-oa", "text"), [Output("sarif", Path("a")), Output("text")]),
        (("text", "sarif", "-oa"), [Output("text"), Output("sarif", Path("a"))]),
        (("sarif", "-oa", "html", "-ob"), [Output("sarif", Path("a")), Output("html", Path("b"))]),
        (
            ("json", "-o/dev/null", "text", "-o/dev/null"),
            [Output("json", Path("/dev/null")), Output("text", Path("/dev/null"))],
        ),
    ],
)
def test_each_file_belongs_to_the_format_before_it(words: tuple[str, ...], outputs: list[Output]) -> None:
    assert list(outputs_of(pairs(*words))) == outputs


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("json", "text"), "json and text would both go to standard output; give one of them an -o FILE"),
        (("json", "-o-", "text"), "json and text would both go to standard output"),
        (("-oa", "json", "-ob"), "no --format stands before -o a"),
        (("-oa", "-ob"), "no --format stands before -o a"),
        (("json", "-oa", "-ob"), "no --format stands before -o b"),
        (("json", "-oa", "text", "-oa"), "json and text would both go to one file"),
        (("json", "-oa", "text", "-ox/../a"), "json and text would both go to one file"),
    ],
)
def test_what_cannot_be_paired_is_told(words: tuple[str, ...], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        outputs_of(pairs(*words))


def test_all_formats_in_one_run(gbcscheck: Run, drafts: Path, tmp_path: Path) -> None:
    arguments = [word for form in ALL for word in ("--format", form, "-o", tmp_path / f"out.{form}")]
    done = gbcscheck("check", drafts, "--alone", *arguments, "--format", "text")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == gbcscheck("check", drafts, "--alone").stdout
    for form in ALL:
        single = gbcscheck("check", drafts, "--alone", "--format", form)
        assert (tmp_path / f"out.{form}").read_text(encoding="utf-8") == single.stdout
        assert "V101" in single.stdout


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("absent/b.json", "error: absent/b.json: the folder absent does not exist\n"),
        ("drafts", "error: drafts: this is a folder; the name of a file was expected\n"),
        ("drafts/table-9.json", "error: drafts/table-9.json: this file was read as a source, and sources are never"),
        ("a.sarif", "error: a.sarif: sarif and json would both go to one file\n"),
        ("link.sarif", "error: link.sarif: sarif and json would both go to one file\n"),
    ],
)
def test_where_one_cannot_be_written_none_is(gbcscheck: Run, drafts: Path, target: str, message: str) -> None:
    folder = drafts.parent
    (folder / "a.sarif").write_text("older", encoding="utf-8")
    (folder / "link.sarif").symlink_to("a.sarif")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = gbcscheck(
        "check", "drafts", "--format", "sarif", "-o", "a.sarif", "--format", "json", "-o", target, cwd=folder
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(message)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_file_that_may_not_be_written_keeps_the_others_back(gbcscheck: Run, drafts: Path) -> None:
    if os.geteuid() == 0:
        target = Path("/proc/b.json")
    else:
        (drafts.parent / "closed").mkdir(mode=0o500)
        target = drafts.parent / "closed" / "b.json"
    done = gbcscheck(
        "check",
        drafts,
        "--format",
        "text",
        "--format",
        "sarif",
        "-o",
        "a.sarif",
        "--format",
        "json",
        "-o",
        target,
        cwd=drafts.parent,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert f"error: {target}: cannot be written (" in done.stderr
    assert sorted(path.name for path in drafts.parent.iterdir() if path.is_file()) == []


def test_annotations_stand_on_the_line_of_the_extract(gbcscheck: Run, drafts: Path) -> None:
    (drafts.parent / ".git").mkdir()
    line = next(
        number
        for number, text in enumerate((drafts / "table-9.json").read_text(encoding="utf-8").splitlines(), 1)
        if "Interval.value" in text
    )
    done = gbcscheck("check", ".", "--format", "github", cwd=drafts)
    assert f"::error file=drafts/table-9.json,line={line - 1},title=V101 " in done.stdout


def test_a_machine_gets_its_report_even_of_nothing(gbcscheck: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    done = gbcscheck("check", "broken.json", "--format", "sarif", "-o", "a.sarif", "--format", "text", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    (run,) = json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "broken.json" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
