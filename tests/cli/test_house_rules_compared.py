"""House rules where two versions are compared: conflicts that a change brings and ends, and rules that it loosens."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gbcscheck.cli import run

pytestmark = pytest.mark.usefixtures("small_release")

BENCH = """\
title = "ACME house rules"

[[rule]]
code = "H1"
name = "on-the-bench"
kind = "range"
severity = "error"
question = "Can the test bench make this voltage?"
subject = "RMSVoltage*"
in = "180..260 V"
"""
ORDER = """\
[[rule]]
code = "H2"
name = "sag-below-swell"
kind = "joint"
severity = "error"
question = "Does the sag threshold lie below the swell threshold?"
left = "RMSVoltageSagThreshold"
relation = "<"
right = "RMSVoltageSwellThreshold"
"""
Compare = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def compare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Compare:
    """Compare in the repository: exit code and JSON report."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path.parent / "cache"))

    def command(*arguments: str) -> tuple[int, dict[str, Any]]:
        code = run(["compare", *arguments, "--format", "json"])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out else {"err": told.err}

    return command


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with one commit, whose values keep to its rules."""
    (tmp_path / "specs" / "rules").mkdir(parents=True)
    (tmp_path / "house").mkdir()
    voltages(tmp_path, "207 V", "253 V")
    (tmp_path / "specs" / "rules" / "bench.toml").write_text(BENCH, encoding="utf-8")
    (tmp_path / "house" / "order.toml").write_text(ORDER, encoding="utf-8")
    configure(tmp_path, 'rules = ["house"]')
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    return tmp_path


def voltages(folder: Path, sag: str, swell: str) -> None:
    text = f"Data item,Default\nRMSVoltageSagThreshold,{sag}\nRMSVoltageSwellThreshold,{swell}\n"
    (folder / "specs" / "voltages.csv").write_text(text, encoding="utf-8")


def bench(project: Path, old: str, new: str) -> None:
    (project / "specs" / "rules" / "bench.toml").write_text(BENCH.replace(old, new), encoding="utf-8")


def configure(project: Path, text: str) -> None:
    (project / "gbcscheck.toml").write_text(f'paths = ["specs"]\n{text}\n', encoding="utf-8")


def git(project: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=project, check=True, capture_output=True)


def commit(project: Path) -> None:
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "so")


def conflicts(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["rule"], one["status"]) for one in document["findings"]]


def policy(document: dict[str, Any]) -> list[tuple[str, bool, bool]]:
    return [(one["text"], one["loosens"], one["refused"]) for one in document.get("policy", ())]


def test_a_value_that_breaks_a_house_rule_is_a_new_conflict(compare: Compare, project: Path) -> None:
    voltages(project, "270 V", "253 V")
    code, document = compare("HEAD")
    assert (code, conflicts(document), policy(document)) == (1, [("H1", "new"), ("H2", "new")], [])
    commit(project)
    assert conflicts(compare("HEAD~1..HEAD")[1]) == [("H1", "new"), ("H2", "new")]
    voltages(project, "207 V", "253 V")
    code, document = compare("HEAD")
    assert (code, conflicts(document)) == (0, [("H1", "fixed"), ("H2", "fixed")])
    assert compare("HEAD", "--select", "H1")[1]["findings"][0]["rule"] == "H1"


def test_a_rule_that_is_loosened_is_told_first_and_refused(compare: Compare, project: Path) -> None:
    bench(project, "260", "300")
    voltages(project, "207 V", "290 V")
    code, document = compare("HEAD")
    text = 'house rule H1 asks "in 180..300 V" instead of "in 180..260 V", and 261 V passes'
    assert (code, conflicts(document), policy(document)) == (0, [], [(text, True, False)])
    assert document["policy"][0]["source"] == "specs/rules/bench.toml:3"
    code, document = compare("HEAD", "--no-new-waivers")
    assert (code, conflicts(document), policy(document)) == (1, [("H1", "new")], [(text, True, True)])
    (rule,) = (one for one in document["findings"][0]["statements"] if one["provenance"] == "house rule")
    assert rule["version"].startswith("HEAD ("), "today's file says another thing in that line"
    commit(project)
    assert compare("HEAD~1..HEAD", "--no-new-waivers")[1]["policy"] == document["policy"]


def test_files_of_rules_that_are_not_read_any_longer(compare: Compare, project: Path) -> None:
    configure(project, "")
    voltages(project, "254 V", "253 V")
    code, document = compare("HEAD")
    told = [("house rule H2 is gone", True, False), ('"house" is not among the rules any longer', True, False)]
    assert (code, conflicts(document), policy(document)) == (0, [], told)
    assert document["policy"][0]["source"].startswith("house/order.toml:1 (HEAD (")
    code, document = compare("HEAD", "--no-new-waivers")
    assert (code, conflicts(document)) == (1, [("H2", "new")])


def test_rules_that_are_named_are_asked_of_both_sides(compare: Compare, project: Path) -> None:
    (project / "own.toml").write_text(BENCH.replace("H1", "H3").replace("on-the-bench", "own").replace("260", "210"))
    voltages(project, "211 V", "253 V")
    assert conflicts(compare("HEAD")[1]) == []
    code, document = compare("HEAD", "--house-rules", "own.toml")
    assert (code, policy(document)) == (1, [])
    assert conflicts(document) == [("H3", "new"), ("H3", "remaining")]
    code, document = compare("HEAD", "--house-rules", "specs/rules", "--house-rules", "house")
    assert (code, conflicts(document)) == (0, []), "what a side has already is asked once"
    (project / "own.toml").write_text(BENCH)
    assert "is taken by" in compare("HEAD", "--house-rules", "own.toml")[1]["err"]


def test_a_rule_that_is_named_does_not_undo_what_is_refused(compare: Compare, project: Path) -> None:
    bench(project, "260", "300")
    voltages(project, "207 V", "290 V")
    code, document = compare("HEAD", "--no-new-waivers", "--house-rules", "specs/rules/bench.toml")
    assert (code, conflicts(document)) == (1, [("H1", "new")])


def test_a_rule_that_is_new_is_asked_of_both_sides(compare: Compare, project: Path) -> None:
    """What broke it before it was there is no fault of the change."""
    voltages(project, "207 V", "290 V")
    configure(project, 'rules = ["house"]\nexclude = ["x"]')
    (project / "specs" / "rules" / "bench.toml").unlink()
    commit(project)
    (project / "specs" / "rules" / "bench.toml").write_text(BENCH, encoding="utf-8")
    code, document = compare("HEAD")
    assert (code, conflicts(document)) == (0, [("H1", "remaining")])
    assert policy(document) == [("house rule H1 is new", False, False)]


def test_a_severity_by_name_on_both_sides_is_no_change(compare: Compare, project: Path) -> None:
    configure(project, 'rules = ["house"]\n[severity]\nsag-below-swell = "note"')
    commit(project)
    assert policy(compare("HEAD")[1]) == []
    configure(project, 'rules = ["house"]\n[severity]\nH2 = "note"')
    assert policy(compare("HEAD")[1]) == []
    configure(project, 'rules = ["house"]')
    assert policy(compare("HEAD")[1]) == [("the severity of H2 is error instead of note", False, False)]


def test_rules_of_two_folders(compare: Compare, project: Path) -> None:
    for name in ("before", "after"):
        (project / name / "rules").mkdir(parents=True)
        (project / name / "voltages.csv").write_bytes((project / "specs" / "voltages.csv").read_bytes())
        (project / name / "rules" / "bench.toml").write_text(BENCH, encoding="utf-8")
    (project / "after" / "rules" / "bench.toml").write_text(BENCH.replace("error", "note"), encoding="utf-8")
    assert policy(compare("before", "after")[1]) == [("house rule H1 is note instead of error", True, False)]
    assert policy(compare("before", "after", "--no-config")[1]) == [
        ("house rule H1 is note instead of error", True, False)
    ]
    assert policy(compare("before", "current")[1]) == []


def test_rules_that_cannot_be_read(compare: Compare, project: Path) -> None:
    bench(project, "180..260 V", "180..260 Volz")
    code, document = compare("HEAD")
    assert code == 2
    assert "specs/rules/bench.toml:10: in is no set of values" in document["err"]
    commit(project)
    bench(project, "", "")
    code, document = compare("HEAD")
    (told, *_) = document["policy"]
    assert (code, told["text"].partition(" 'Volz'")[0], told["loosens"]) == (
        0,
        "everything is new: in is no set of values:",
        True,
    )
    assert told["source"].startswith("specs/rules/bench.toml:10 (HEAD (")


def test_a_configuration_in_a_folder_of_the_repository(
    compare: Compare, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its paths may go up from there, and a link to a file of rules is that file."""
    (project / "gbcscheck.toml").rename(project / "specs" / "gbcscheck.toml")
    (project / "specs" / "gbcscheck.toml").write_text('paths = ["."]\nrules = ["../house"]\n', encoding="utf-8")
    (project / "specs" / "rules" / "linked.toml").symlink_to("../../house/order.toml")
    commit(project)
    voltages(project, "254 V", "253 V")
    monkeypatch.chdir(project / "specs")
    assert (conflicts(compare("HEAD")[1]), policy(compare("HEAD")[1])) == ([("H2", "new")], [])
    commit(project)
    code, document = compare("HEAD~1..HEAD")
    assert (code, conflicts(document), policy(document)) == (1, [("H2", "new")], [])
    (project / "house" / "order.toml").write_text(ORDER.replace("error", "note"), encoding="utf-8")
    commit(project)
    assert policy(compare("HEAD~1..HEAD")[1]) == [("house rule H2 is note instead of error", True, False)]
    (project / "house" / "order.toml").unlink()
    (project / "house" / "order.toml").symlink_to(project.parent)
    commit(project)
    code, document = compare("HEAD~1..HEAD")
    assert code == 2


def test_rules_further_down_are_named_and_not_asked(compare: Compare, project: Path) -> None:
    (project / "gbcscheck.toml").unlink()
    commit(project)
    voltages(project, "270 V", "253 V")
    told = "The house rules of specs/rules/bench.toml were not asked: they are deeper in what was named"
    code, document = compare("HEAD")
    assert (code, conflicts(document)) == (0, [])
    assert told in document["note"]
    commit(project)
    assert told in compare("HEAD~1..HEAD")[1]["note"]
    assert told not in compare("HEAD~1:specs", "HEAD:specs")[1]["note"]
    assert conflicts(compare("HEAD~1:specs", "HEAD:specs")[1]) == [("H1", "new")]


def test_a_rule_about_nothing_on_either_side_is_told(compare: Compare, project: Path) -> None:
    bench(project, "RMSVoltage*", "RMSVoltag.*")
    assert 'House rule H1 was not asked: nothing is called "RMSVoltag.*"' in compare("HEAD")[1]["note"]
