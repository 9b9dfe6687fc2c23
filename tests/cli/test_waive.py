"""Waivers on the command line: ``waive``, ``baseline``, and what ``check`` makes of a configuration."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cli_files import RELEASES, Run

pytestmark = pytest.mark.usefixtures("small_release")

WAIVED = '[[waivers]]\nrule = "V101"\nreason = "agreed"\n'


@pytest.fixture
def project(drafts: Path) -> Path:
    """A repository whose root has the folder of drafts in it."""
    (drafts.parent / ".git").mkdir()
    return drafts.parent


def findings(gbcscheck: Run, project: Path, *arguments: str) -> dict[str, Any]:
    done = gbcscheck("check", "drafts", "--alone", "--format", "json", *arguments, cwd=project)
    document = json.loads(done.stdout)
    assert isinstance(document, dict)
    return document


def configured(project: Path, text: str) -> Path:
    path = project / "gbcscheck.toml"
    path.write_text(text, encoding="utf-8")
    return path


# --- check -----------------------------------------------------------------------------------------------------------


def test_a_waived_finding_is_counted_apart_and_fails_nothing(gbcscheck: Run, project: Path) -> None:
    configured(project, WAIVED + '[[waivers]]\nsubject = "Interval.value"\nreason = "all of it"\n')
    done = gbcscheck("check", "drafts", cwd=project)
    assert done.returncode == 0
    assert "\nno conflict found: " in done.stdout
    assert "\n  1 waived, --show-waived shows them\n" in done.stdout
    shown = gbcscheck("check", "drafts", "--show-waived", cwd=project)
    assert shown.returncode == 0
    assert "  waived   agreed\n" in shown.stdout
    assert "  also seen as P101: " in shown.stdout
    assert gbcscheck("check", "drafts", "--no-config", cwd=project).returncode == 1
    assert gbcscheck("check", "drafts", "--fail-on", "note", cwd=project / "drafts").returncode == 2


def test_the_json_report_has_waivers(gbcscheck: Run, project: Path) -> None:
    text = WAIVED + "expires = 2020-01-31\n" + '[[waivers]]\nrule = "P101"\nreason = "later"\n'
    configured(project, text + '[[waivers]]\nrule = "N101"\nreason = "no more"\n')
    document = findings(gbcscheck, project)
    assert document["summary"]["waived"] == 1
    assert document["summary"]["error"] == 0, "a waiver of either code holds for the fault"
    assert [(waiver["rule"], waiver["state"], waiver["matched"]) for waiver in document["waivers"]] == [
        ("V101", "expired", 1),
        ("P101", "used", 1),
        ("N101", "unused", 0),
    ]
    assert document["waivers"][2]["source"] == {"path": "gbcscheck.toml", "line": 8}
    assert [finding.get("waived") for finding in document["findings"]] == ["later"]


def test_waivers_to_look_after_are_told(gbcscheck: Run, project: Path) -> None:
    configured(project, '[[waivers]]\nrule = "N101"\nreason = "x"\n')
    warning = "warning: gbcscheck.toml:1: the waiver for N101 holds for nothing any more; take it out\n"
    assert warning in gbcscheck("check", "drafts", cwd=project).stdout
    for arguments in (("--select", "V101"), ("--release", "current")):
        configured(project, 'paths = ["drafts"]\nrelease = "before-mp131"\n[[waivers]]\nrule = "N101"\nreason = "x"\n')
        assert "holds for nothing" not in gbcscheck("check", *arguments, cwd=project).stdout
    (project / "drafts" / "broken.json").write_text("{", encoding="utf-8")
    configured(project, '[[waivers]]\nrule = "N101"\nreason = "x"\n')
    assert "holds for nothing" not in gbcscheck("check", "drafts", cwd=project).stdout


def test_the_configuration_names_paths_and_release(gbcscheck: Run, project: Path) -> None:
    configured(project, 'paths = ["drafts"]\n')
    inside = gbcscheck("check", cwd=project / "drafts")
    assert inside.returncode == 1
    assert "../drafts/table-9.json#/statements/0" in inside.stdout
    (project / "drafts" / "releases.toml").write_text(RELEASES, encoding="utf-8")
    configured(project, 'paths = ["drafts"]\nrelease = "corrected"\n')
    assert gbcscheck("check", cwd=project).returncode == 0
    assert gbcscheck("check", "--release", "draft", cwd=project).returncode == 1


def test_severities_and_the_level_of_failure(gbcscheck: Run, project: Path) -> None:
    configured(project, 'fail-on = "warning"\n[severity]\nV101 = "warning"\nP101 = "note"\n')
    document = findings(gbcscheck, project)
    assert [(finding["rule"], finding["severity"]) for finding in document["findings"]] == [
        ("V101", "warning"),
    ]
    assert [one["rule"] for one in document["findings"][0]["seen_as"]] == ["P101"]
    configured(project, '[severity]\nV101 = "note"\nP101 = "warning"\n')
    (found,) = findings(gbcscheck, project)["findings"]
    assert (found["rule"], found["severity"], found["seen_as"][0]["rule"]) == ("P101", "warning", "V101")
    configured(project, 'fail-on = "warning"\n[severity]\nV101 = "warning"\nP101 = "note"\n')
    assert gbcscheck("check", "drafts", cwd=project).returncode == 1
    assert gbcscheck("check", "drafts", "--fail-on", "error", cwd=project).returncode == 0
    configured(project, 'fail-on = "new"\n')
    assert gbcscheck("check", "drafts", cwd=project).returncode == 1


def test_a_finding_that_is_milder_than_its_rule_is_not_made_worse(gbcscheck: Run, tmp_path: Path) -> None:
    def severities(config: str) -> dict[str, str]:
        (tmp_path / "c.toml").write_text(config, encoding="utf-8")
        done = gbcscheck("check", "--config", "c.toml", "--format", "json", cwd=tmp_path)
        return {finding["fingerprint"]: finding["severity"] for finding in json.loads(done.stdout)["findings"]}

    usual = severities("")
    raised = severities('[severity]\nX101 = "error"\nR103 = "error"\n')
    changed = {key for key in usual if usual[key] != raised[key]}
    assert {usual[key] for key in changed} <= {"warning"}


@pytest.mark.parametrize(
    "command", [("check", "drafts"), ("baseline", "drafts"), ("waive", "--rule", "V101", "--reason", "x")]
)
def test_a_wrong_configuration_is_told_with_its_line(gbcscheck: Run, project: Path, command: tuple[str, ...]) -> None:
    path = configured(project, 'release = "x"\ncolour = 1\n\n[[waivers]]\nrule = "V1"\n')
    before = path.read_bytes()
    done = gbcscheck(*command, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert [line for line in done.stderr.splitlines() if line.startswith("error")] == [
        'error: gbcscheck.toml:2: the key "colour" is not known; there are paths, release, alone, '
        "fail-on, require-bump, severity, waivers, exclude, strict-waivers, rules",
        "error: gbcscheck.toml:4: a waiver needs a reason",
        'error: gbcscheck.toml:5: no rule is called "V1"; near it: V123, V122, V121',
    ]
    assert path.read_bytes() == before


def test_the_configuration_is_no_output(gbcscheck: Run, project: Path) -> None:
    path = configured(project, WAIVED)
    done = gbcscheck("check", "drafts", "-o", "gbcscheck.toml", cwd=project)
    assert done.returncode == 2
    assert "this file was read as a source" in done.stderr
    assert path.read_text(encoding="utf-8") == WAIVED


def test_options_of_the_configuration(gbcscheck: Run, project: Path) -> None:
    assert "error: absent.toml: no such file" in gbcscheck("check", "--config", "absent.toml", cwd=project).stderr
    done = gbcscheck("check", "--config", "x.toml", "--no-config", cwd=project)
    assert (done.returncode, done.stderr) == (2, "error: --config and --no-config exclude each other\n")


# --- waive -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# kept as it is\r\nrelease = 'current'   # so\r\n\r\n",
        'release = "current"',
        WAIVED,
        "[severity]\nV101 = 'note'\n\n\n",
    ],
)
def test_a_waiver_is_added_and_the_rest_stays(gbcscheck: Run, project: Path, text: str) -> None:
    path = project / "gbcscheck.toml"
    path.write_bytes(text.encode())
    fingerprint = findings(gbcscheck, project, "--no-config")["findings"][0]["fingerprint"]
    reason = 'so "they" said \\ on\n4 May'
    named = (fingerprint.upper(), "drafts", "--reason", reason, "--expires", "2999-12-31")
    done = gbcscheck("waive", *named, "-q", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    told = "gbcscheck.toml: V101 Interval.value is waived until 2999-12-31, with the values 15 / 30\n"
    assert done.stdout == told
    content = path.read_bytes()
    assert content.startswith(text.encode())
    assert (b"\r\n" in content) == ("\r\n" in text)
    assert b"\n" not in content.replace(b"\r\n", b"") or "\r\n" not in text
    waiver = tomllib.loads(content.decode())["waivers"][-1]
    assert (waiver["fingerprint"], waiver["reason"], str(waiver["expires"])) == (fingerprint, reason, "2999-12-31")
    assert waiver["values"] == ["15 / 30"]
    assert findings(gbcscheck, project)["summary"]["waived"] >= 1
    again = gbcscheck("waive", fingerprint, ".", "--reason", "once more", cwd=project / "drafts")
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.startswith("../gbcscheck.toml:")
    assert path.read_bytes() == content


def test_it_goes_to_pyproject_where_the_configuration_is_there(gbcscheck: Run, project: Path) -> None:
    text = '[project]\nname = "x"\n\n[tool.gbcscheck]\nrelease = "current"\n\n[tool.other]\na = 1\n'
    (project / "pyproject.toml").write_text(text, encoding="utf-8")
    assert gbcscheck("waive", "--rule", "n105", "--reason", "x", cwd=project).returncode == 0
    content = (project / "pyproject.toml").read_text(encoding="utf-8")
    assert content == text + '\n[[tool.gbcscheck.waivers]]\nrule = "n105"\nreason = "x"\n'
    assert not (project / "gbcscheck.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("xyz", "--reason", "x"), '"xyz" is no fingerprint; 16 hexadecimal digits were expected'),
        (("--reason", "x"), "nothing to waive is named; a fingerprint, --rule, --subject, --party or --file was "),
        (("--rule", "V101", "--reason", " "), "--reason is empty; somebody will want to know why"),
        (("--rule", "V109", "--reason", "x"), 'no rule is called "V109"; near it: V10'),
        (("--rule", "V101", "--reason", "x", "--expires", "2020-01-01"), "--expires 2020-01-01 is over already"),
        (("--rule", "V101", "--reason", "x", "--expires", "1 May"), "Invalid value for '--expires'"),
        (("--rule", "V101"), "Missing option '--reason'."),
    ],
)
def test_what_cannot_be_waived_is_told(gbcscheck: Run, project: Path, arguments: tuple[str, ...], message: str) -> None:
    done = gbcscheck("waive", *arguments, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {message}")
    assert not (project / "gbcscheck.toml").exists()


def test_waivers_in_one_list_cannot_be_added_to(gbcscheck: Run, project: Path) -> None:
    path = configured(project, 'waivers = [{rule = "V101", reason = "x"}]\n')
    done = gbcscheck("waive", "--rule", "P101", "--reason", "x", cwd=project)
    assert done.returncode == 2
    assert (
        "error: gbcscheck.toml: no waiver can be added at the end: write each that is there under a line" in done.stderr
    )
    assert path.read_text(encoding="utf-8").count("\n") == 1


# --- baseline --------------------------------------------------------------------------------------------------------


@pytest.mark.whole_release
def test_a_baseline_lets_all_pass_that_is_there_and_nothing_new(gbcscheck: Run, project: Path) -> None:
    configured(project, 'paths = ["drafts"]\n')
    done = gbcscheck("baseline", cwd=project)
    assert (done.returncode, done.stdout, done.stderr) == (0, "gbcscheck-baseline.toml: 3 entries added\n", "")
    path = project / "gbcscheck-baseline.toml"
    content = path.read_bytes()
    waivers = tomllib.loads(content.decode())["waivers"]
    assert [(waiver["rule"], waiver["reason"][:15]) for waiver in waivers] == [
        ("P101", "baseline of 202"),
        ("S102", "baseline of 202"),
        ("V101", "baseline of 202"),
    ]
    assert gbcscheck("check", cwd=project).returncode == 0
    again = gbcscheck("baseline", cwd=project)
    assert again.stdout == "nothing to add to gbcscheck-baseline.toml: all 2 findings are waived\n"
    assert path.read_bytes() == content
    use_cases = (project / "drafts" / "use-cases.json").read_text(encoding="utf-8")
    broken = use_cases.replace('"0..65535"', '"0..20"')
    (project / "drafts" / "use-cases.json").write_text(broken, encoding="utf-8")
    assert gbcscheck("check", "--fail-on", "warning", cwd=project).returncode == 1


def test_a_baseline_of_what_cannot_be_read_is_not_written(gbcscheck: Run, project: Path) -> None:
    (project / "drafts" / "broken.json").write_text("{", encoding="utf-8")
    done = gbcscheck("baseline", "drafts", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert "broken.json" in done.stderr
    assert not (project / "gbcscheck-baseline.toml").exists()


@pytest.mark.whole_release
def test_a_baseline_of_what_ships_holds_for_all_of_it(gbcscheck: Run, project: Path) -> None:
    assert gbcscheck("baseline", "--release", "before-mp131", cwd=project).returncode == 0
    done = gbcscheck("check", "--release", "before-mp131", "--fail-on", "note", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "warning:" not in done.stdout
