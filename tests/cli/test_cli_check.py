"""``gbcscheck check`` on one's own files: what is found, what is chosen, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_files import Run
from json_documents import validator

from gbcscheck.inputs.json_schema import violations
from gbcscheck.report.json import SCHEMA

pytestmark = pytest.mark.usefixtures("small_release")


def test_a_conflict_is_shown_with_both_sides(gbcscheck: Run, drafts: Path) -> None:
    done = gbcscheck("check", "drafts", "--select", "V101", cwd=drafts.parent)
    assert (done.returncode, done.stderr) == (1, "")
    text = done.stdout
    order = [
        "error[V101]",
        "\n  Interval.value\n",
        "drafts/table-9.json#/statements/0 · GBCS 9.0 Table 9, row 1 · synthetic\n    0x000F\n    ^^^^^^",
        "gbcs/use-cases-9.0.xlsx · DLMS!K2 · GBCS 9.0 ECS99, row 1 · synthetic\n    ||0x001E\n      ^^^^^^",
        "\n  witness  ",
        "\n  help     ",
        "gbcscheck explain V101",
        "1 error",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places, text
    assert places == sorted(places)


def test_the_exit_code_is_zero_where_nothing_conflicts(gbcscheck: Run, repository: Path) -> None:
    done = gbcscheck("check", repository, "--release", "corrected")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no conflict found" in done.stdout
    assert "release  corrected: The draft, corrected" in done.stdout


def test_a_repository_is_checked_as_it_is_laid_out(gbcscheck: Run, repository: Path) -> None:
    done = gbcscheck("check", repository, "--release", "draft")
    assert done.returncode == 1
    assert "release  draft: A draft\n           Made up.\n" in done.stdout


def test_of_a_repository_every_release_is_checked_and_named(gbcscheck: Run, repository: Path) -> None:
    done = gbcscheck("check", repository, "--format", "json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["release"]) == (1, "draft, corrected")
    assert {tuple(one["releases"]) for one in document["findings"] if one["rule"] == "V101"} == {("draft",)}
    listed = (repository / "releases.toml").read_text(encoding="utf-8")
    (repository / "releases.toml").write_text(listed.replace('"draft"', '"corrected"'), encoding="utf-8")
    both = repository / "more.json"
    both.write_bytes((repository / "table-9.json").read_bytes())
    done = gbcscheck("check", repository)
    assert done.returncode == 1, "a release that is not the default has a conflict"
    assert "  in       release draft\n" in done.stdout
    assert "  release  corrected, draft\n           Release draft: Made up.\n" in done.stdout
    assert "more.json: no release names it" in " ".join(done.stdout.split())
    (repository / "releases.toml").write_text(
        listed.replace('extracts = ["use-cases.json"]', 'extracts = ["use-cases.json", "more.json"]'), encoding="utf-8"
    )
    document = json.loads(gbcscheck("check", repository, "--format", "json").stdout)
    assert [one["releases"] for one in document["findings"] if one["rule"] == "V101"] == [["draft", "corrected"]]
    validator(SCHEMA).validate(document)


@pytest.mark.parametrize(
    ("arguments", "code", "found"),
    [
        (["--select", "V101"], 1, 1),
        (["--select", "v1"], 1, 1),
        (["--select", "range,default"], 1, 1),
        (["--select", "range", "--select", "default-contradicts-constant"], 1, 1),
        (["--select", "range"], 0, 0),
        (["--select", "default", "--ignore", "V102"], 1, 1),
        (["--ignore", "default,configurability"], 0, 0),
    ],
)
def test_rules_are_chosen_by_code_beginning_name_or_kind(
    gbcscheck: Run, drafts: Path, arguments: list[str], code: int, found: int
) -> None:
    done = gbcscheck("check", drafts, "--format", "json", *arguments)
    assert done.returncode == code
    assert [finding["rule"] for finding in json.loads(done.stdout)["findings"]].count("V101") == found


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "V999"], 'error: no rule or kind is called "V999"; near it: V'),
        (["--ignore", "defualt"], 'error: no rule or kind is called "defualt"; near it: default'),
        (["--select", "V101", "--ignore", "V"], "error: every rule that is selected is ignored too"),
        (["--fail-on", "fatal"], "error: Invalid value for '--fail-on'"),
        (["--format", "pdf"], "error: Invalid value for '--format'"),
        (["--release", "nex"], 'error: no release is called "nex"'),
    ],
)
def test_wrong_arguments_are_told(gbcscheck: Run, drafts: Path, arguments: list[str], message: str) -> None:
    done = gbcscheck("check", drafts, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(message)


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on_decides_the_exit_code_and_nothing_else(gbcscheck: Run, drafts: Path, level: str, code: int) -> None:
    done = gbcscheck("check", drafts, "--select", "V101", "--fail-on", level)
    assert done.returncode == code
    assert "error[V101]" in done.stdout


def test_the_json_report_keeps_to_its_schema(gbcscheck: Run, drafts: Path) -> None:
    done = gbcscheck("check", "drafts", "--alone", "--format", "json", cwd=drafts.parent)
    document = json.loads(done.stdout)
    assert list(violations(document, SCHEMA)) == []
    (finding,) = [finding for finding in document["findings"] if finding["rule"] == "V101"]
    assert (finding["kind"], finding["severity"], finding["subject"]) == ("default", "error", "Interval.value")
    assert [statement["source"] for statement in finding["statements"]] == [
        {"path": "drafts/table-9.json", "pointer": "/statements/0"},
        {"path": "gbcs/use-cases-9.0.xlsx", "sheet": "DLMS", "cell": "K2"},
    ]
    assert document["summary"]["statements"] == 7


def test_quiet_is_one_line_a_finding(gbcscheck: Run, drafts: Path) -> None:
    done = gbcscheck("check", "drafts", "--select", "V101", "--quiet", cwd=drafts.parent)
    (line,) = done.stdout.splitlines()
    assert line.startswith("drafts/table-9.json#/statements/0: error[V101] Interval.value: ")
    assert done.returncode == 1


def test_single_files_and_folders_may_be_mixed(gbcscheck: Run, drafts: Path) -> None:
    alone = gbcscheck("check", drafts / "use-cases.json")
    assert (alone.returncode, alone.stderr) == (0, "")
    both = gbcscheck("check", drafts / "use-cases.json", drafts / "table-9.json")
    assert both.returncode == 1


def test_two_runs_give_the_same_bytes(gbcscheck: Run, drafts: Path, tmp_path: Path) -> None:
    reports = set()
    for seed in ("0", "1", "31"):
        to_file = ("--format", "json", "-o", tmp_path / "report.json")
        done = gbcscheck("check", drafts, "--format", "text", *to_file, "--notes", env={"PYTHONHASHSEED": seed})
        reports.add((done.stdout, (tmp_path / "report.json").read_bytes()))
    ((text, report),) = reports
    assert "error[V101]" in text
    assert json.loads(report)["findings"]


def test_the_order_of_the_arguments_does_not_matter(gbcscheck: Run, drafts: Path) -> None:
    one, other = drafts / "use-cases.json", drafts / "table-9.json"
    first = json.loads(gbcscheck("check", one, other, "--format", "json").stdout)
    second = json.loads(gbcscheck("check", other, one, "--format", "json").stdout)
    assert first["findings"] == second["findings"]


def test_an_empty_argument_is_not_the_current_folder(gbcscheck: Run, drafts: Path) -> None:
    done = gbcscheck("check", "", cwd=drafts)
    assert done.returncode == 2
    assert done.stderr == "error: an argument is empty; a folder or a file was expected\n"


def test_sources_are_left_as_they_are(gbcscheck: Run, drafts: Path) -> None:
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in drafts.iterdir()}
    gbcscheck("check", drafts, "--format", "json", "-o", drafts.parent / "report.json")
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in drafts.iterdir()} == before
