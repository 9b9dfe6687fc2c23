"""``gbcscheck device`` in every format of reports, and under the policy of a repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from cli_files import Run

from gbcscheck.inputs.json_schema import violations
from gbcscheck.report.json import SCHEMA

COMMAND = "ECS37_6.18.1_SUCCESS_COMMAND_GBCS.HEX"
WEEK, SHORT_WEEK, SHORTER_WEEK = "0407FE", "0407F8", "0407F0"
"""The days of the week of an entry of the schedule: all seven, Monday to Friday, Monday to Thursday."""
FORMATS = ("text", "json", "sarif", "sarif-plain", "junit", "github", "gitlab", "markdown", "html")


@pytest.fixture
def captures(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a log: one line that is no message, one that is good, one with other days of the week."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    good = "".join((corpus / "rtds" / "6.18.1_ECS37" / COMMAND).read_text().split())
    folder = Path("captures")
    folder.mkdir()
    (folder / "night.log").write_text(f"begin of night\n{good}\n{good.replace(WEEK, SHORT_WEEK, 1)}\n")
    return folder


def json_of(gbcscheck: Run, *arguments: str | Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(gbcscheck("device", *arguments, "--format", "json").stdout)
    assert list(violations(document, SCHEMA)) == []
    return document


def test_every_format_is_written_by_one_run(gbcscheck: Run, captures: Path) -> None:
    wanted = [word for form in FORMATS for word in ("--format", form, "-o", f"out.{form}")]
    done = gbcscheck("device", captures, *wanted)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    told = {form: Path(f"out.{form}").read_text(encoding="utf-8") for form in FORMATS}
    assert "error[D205]" in told["text"]
    assert "a line without a GBCS message" in told["text"]
    sarif = json.loads(told["sarif"])["runs"][0]
    (result,) = sarif["results"]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "captures/night.log"
    assert location["region"]["startLine"] == 3
    notes = [one["message"]["text"] for one in sarif["invocations"][0]["toolExecutionNotifications"]]
    assert any("1 file (captures/night.log:1): a line without a GBCS message" in one for one in notes)
    assert "file=captures/night.log,line=3,title=D205" in told["github"]
    (issue,) = json.loads(told["gitlab"])
    assert issue["location"] == {"path": "captures/night.log", "lines": {"begin": 3}}
    assert "gbcscheck: 1 error" in told["markdown"]
    assert "a line without a GBCS message" in told["markdown"]
    assert "<title>What devices hold, send or are sent" in told["html"]
    assert list(violations(json.loads(told["json"]), SCHEMA)) == []


def test_junit_has_a_test_for_each_file(gbcscheck: Run, captures: Path) -> None:
    def cases(*arguments: str) -> dict[str, str]:
        done = gbcscheck("device", captures, "--format", "junit", *arguments)
        found = ElementTree.fromstring(done.stdout).iter("testcase")
        return {one.attrib["name"]: one[0].tag if len(one) else "" for one in found}

    names = [f"captures/night.log:{line}" for line in (1, 2, 3)]
    assert cases() == dict(zip(names, ("skipped", "", "failure"), strict=True))
    assert cases("--strict") == dict(zip(names, ("failure", "", "failure"), strict=True))
    assert cases("--fail-on", "never") == dict(zip(names, ("skipped", "", "system-out"), strict=True))


@pytest.mark.parametrize("form", FORMATS[5:])
def test_a_clean_run_says_what_it_has_looked_at(gbcscheck: Run, captures: Path, form: str) -> None:
    log = captures / "night.log"
    log.write_text(log.read_text().splitlines()[1])
    done = gbcscheck("device", log, "--format", form)
    assert done.returncode == 0
    told = done.stdout.casefold()
    assert form == "gitlab" or "nothing found that a specification forbids" in told
    assert "no conflict" not in told


def test_a_waiver_lets_pass_what_it_has_seen_and_nothing_else(gbcscheck: Run, captures: Path) -> None:
    Path("report.json").write_text(json.dumps(json_of(gbcscheck, captures)))
    (finding,) = json.loads(Path("report.json").read_text())["findings"]
    done = gbcscheck("waive", finding["fingerprint"], "--report", "report.json", "--reason", "an older firmware")
    assert done.returncode == 0, done.stderr
    done = gbcscheck("device", captures)
    assert done.returncode == 0, done.stdout
    assert "D205" not in done.stdout
    assert "1 waived" in done.stdout
    assert "gbcscheck.toml" in done.stdout
    shown = gbcscheck("device", captures, "--show-waived").stdout
    assert "error[D205]" in shown
    assert "an older firmware" in shown
    told = json_of(gbcscheck, captures)
    assert [one["waived"] for one in told["findings"]] == ["an older firmware"]
    assert (told["summary"]["error"], told["summary"]["waived"], told["waivers"][0]["state"]) == (0, 1, "used")
    assert gbcscheck("device", captures, "--no-config").returncode == 1
    log = captures / "night.log"
    log.write_text(log.read_text().replace(SHORT_WEEK, SHORTER_WEEK))
    done = gbcscheck("device", captures)
    assert done.returncode == 1
    assert "the values are others now" in " ".join(done.stdout.split())


def test_a_waiver_may_be_for_a_file(gbcscheck: Run, captures: Path) -> None:
    Path("gbcscheck.toml").write_text('[[waivers]]\nrule = "D205"\nfile = "captures/"\nreason = "old"\n')
    assert gbcscheck("device", captures).returncode == 0
    Path("gbcscheck.toml").write_text('[[waivers]]\nrule = "D205"\nfile = "others/"\nreason = "old"\n')
    assert gbcscheck("device", captures).returncode == 1


def test_a_configuration_says_how_severe_a_rule_is(gbcscheck: Run, captures: Path) -> None:
    Path("gbcscheck.toml").write_text('[severity]\nD205 = "warning"\n')
    done = gbcscheck("device", captures)
    assert done.returncode == 0
    assert "warning[D205]" in done.stdout
    Path("gbcscheck.toml").write_text('fail-on = "warning"\n[severity]\nconstant-differs = "warning"\n')
    assert gbcscheck("device", captures).returncode == 1
    assert gbcscheck("device", captures, "--fail-on", "error").returncode == 0
    Path("gbcscheck.toml").write_text('[severity]\nD99 = "warning"\n')
    done = gbcscheck("device", captures)
    assert done.returncode == 2
    assert "D99" in done.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_report_is_the_same_file_by_file_and_as_a_whole(gbcscheck: Run, captures: Path, form: str) -> None:
    by_itself = gbcscheck("device", captures, "--format", form, "--notes").stdout
    gbcscheck("device", captures, "--format", form, "-o", "one", "--format", "junit", "-o", "two", "--notes")
    assert Path("one").read_text(encoding="utf-8") == by_itself


def test_nothing_is_written_where_one_output_cannot_be(gbcscheck: Run, captures: Path) -> None:
    done = gbcscheck("device", captures, "--format", "json", "-o", "a.json", "--format", "junit", "-o", "none/b.xml")
    assert done.returncode == 2
    assert not Path("a.json").exists()


def test_a_capture_is_never_written_over(gbcscheck: Run, captures: Path) -> None:
    before = (captures / "night.log").read_bytes()
    done = gbcscheck("device", captures, "--format", "junit", "-o", captures / "night.log")
    assert done.returncode == 2
    assert (captures / "night.log").read_bytes() == before


def test_a_further_place_of_a_warning_is_marked_as_one(gbcscheck: Run, captures: Path) -> None:
    path = captures.with_name("meters.csv")
    path.write_text("Parameter,A,B,C\nRandomisedOffsetLimit,1800,1800,1900\n")
    assert "3 values: 3 warn" in gbcscheck("device", path, "--explain").stdout
    document = json.loads(gbcscheck("device", path, "--explain", "--format", "json").stdout)
    values = [one for one in document["files"][0]["decoded"] if one.get("subject") == "RandomisedOffsetLimit.value"]
    fingerprint = document["findings"][0]["fingerprint"]
    assert [(one["verdict"], one["findings"]) for one in values] == [("warning", [fingerprint])] * 3


def waived(gbcscheck: Run, path: Path) -> None:
    """Let pass what is found in a file, with its values."""
    document = json_of(gbcscheck, path)
    Path("report.json").write_text(json.dumps(document))
    for finding in document["findings"]:
        done = gbcscheck("waive", finding["fingerprint"], "--report", "report.json", "--reason", "as agreed")
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("same", ["1800 s", "30 min", "0x708", "PT30M"])
def test_a_waiver_is_for_a_value_however_it_is_written(gbcscheck: Run, captures: Path, same: str) -> None:
    path = captures.with_name("meter.json")
    path.write_text('{"items": {"RandomisedOffsetLimit": 1800}}')
    waived(gbcscheck, path)
    path.write_text(json.dumps({"items": {"RandomisedOffsetLimit": same}}))
    assert gbcscheck("device", path, "--fail-on", "warning").returncode == 0


def test_a_waiver_is_for_no_other_value_of_the_same_file(gbcscheck: Run, captures: Path) -> None:
    path = captures.with_name("meters.jsonl")
    path.write_text('{"RandomisedOffsetLimit": 1800}\n')
    waived(gbcscheck, path)
    path.write_text('{"RandomisedOffsetLimit": 1800}\n{"RandomisedOffsetLimit": 60000}\n')
    done = gbcscheck("device", path, "--fail-on", "warning")
    assert done.returncode == 1, done.stdout
    assert "the values are others now" in " ".join(done.stdout.split())
    waived(gbcscheck, path)
    assert gbcscheck("device", path, "--fail-on", "warning").returncode == 0
