"""SARIF: results, places, rules, and what code scanning does not take; validated by the Multitool where npm is."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from coverage_examples import COVERAGE
from report_changes import NARROWED, compared_report, many_findings
from report_examples import CONTRADICTION, example_report

from gbcscheck import __version__
from gbcscheck.errors import UnreadableSource
from gbcscheck.model import Place
from gbcscheck.report import Report, VersionControl, sarif
from gbcscheck.report.sarif import artifact, render_sarif
from gbcscheck.report.sarif_plain import render_sarif_plain

SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "validate-sarif"


def run_of(report: Report) -> dict[str, Any]:
    log = json.loads(render_sarif(report))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def results(report: Report) -> list[dict[str, Any]]:
    found = run_of(report)["results"]
    assert isinstance(found, list)
    return found


def texts(report: Report) -> list[str]:
    (invocation,) = run_of(report)["invocations"]
    return [notification["message"]["text"] for notification in invocation["toolExecutionNotifications"]]


def test_a_cell_is_a_logical_location() -> None:
    (result,) = results(example_report(CONTRADICTION))
    (primary,) = result["locations"]
    assert primary["physicalLocation"] == {"artifactLocation": {"uri": "gbcs/table-28d.xlsx", "uriBaseId": "%SRCROOT%"}}
    assert primary["logicalLocations"][0] == {
        "name": "Table 28d!D7",
        "fullyQualifiedName": "gbcs/table-28d.xlsx#Table 28d!D7",
        "kind": "cell",
    }
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["logicalLocations"][0]["fullyQualifiedName"] == "gbcs/use-cases-3.1.xlsx#DLMS!K685"
    assert "every day of the week" in related["message"]["text"]


def test_a_line_is_a_region() -> None:
    result = results(example_report())[1]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1864}


def test_the_message_tells_all_and_links_to_the_other_side() -> None:
    (result,) = results(example_report(CONTRADICTION))
    lines = result["message"]["text"].split("\n")
    assert lines[0] == (
        "Default contradicts the constant of the use case: "
        "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays."
    )
    assert lines[1].startswith("GBCS 3.2 Table 28d, synthetic: 0b11111000")
    assert lines[2].startswith("[GBCS 3.1 ECS37, row 730, published](1): ||0b11111110")
    assert "Witness: Saturday: in the constant, not in the default" in lines
    assert "Help: write 0b11111110 in Table 28d!D7" in lines


def test_text_of_a_source_is_no_link() -> None:
    odd = replace(CONTRADICTION, message="see [this](https://example.org)")
    (result,) = results(example_report(odd))
    assert "See [this] (https://example.org)" in result["message"]["text"]


def test_a_finding_is_known_by_its_fingerprint() -> None:
    (result,) = results(example_report(CONTRADICTION))
    assert result["partialFingerprints"] == {"gbcscheck/v1": CONTRADICTION.fingerprint}
    assert {"suppressions", "baselineState", "fixes"} & result.keys() == set()


def test_rules_stand_by_their_index_with_help() -> None:
    labels = tuple(
        replace(label, severity="error", question="Is it so?", text="**How to fix it.** So.")
        for label in example_report().rules
    )
    run = run_of(replace(example_report(), rules=labels))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["V101", "R105", "S101"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [r["ruleId"] for r in run["results"]]
    assert rules[0]["shortDescription"]["text"] == "Is it so?"
    assert "**How to fix it.**" in rules[0]["help"]["markdown"]
    assert rules[0]["defaultConfiguration"] == {"level": "error"}
    assert rules[0]["name"] == "DefaultContradictsConstant"


def test_what_is_waived_is_suppressed_and_never_dropped() -> None:
    (waived,) = (result for result in results(compared_report()) if "suppressions" in result)
    assert waived["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "agreed on 4 May"}]


def test_statuses_and_changes() -> None:
    states = [(result["ruleId"], result["level"], result["baselineState"]) for result in results(compared_report())]
    assert states == [
        ("change/narrowed", "error", "new"),
        ("V101", "error", "new"),
        ("change/moved", "warning", "new"),
        ("R105", "warning", "unchanged"),
        ("change/removed", "note", "new"),
        ("V101", "error", "unchanged"),
        ("S101", "note", "absent"),
    ]


def test_the_plain_form_has_what_stands_alone() -> None:
    report = compared_report()
    (run,) = json.loads(render_sarif_plain(report))["runs"]
    states = [(result["ruleId"], result["level"], result["baselineState"]) for result in run["results"]]
    assert states == [
        ("change/narrowed", "error", "new"),
        ("V101", "error", "new"),
        ("change/moved", "warning", "new"),
        ("R105", "warning", "unchanged"),
        ("change/removed", "note", "new"),
    ]
    assert not [result for result in run["results"] if "suppressions" in result]
    full = run_of(report)
    assert [one for one in full["results"] if one in run["results"]] == run["results"]
    assert {key: value for key, value in run.items() if key != "results"} == {
        key: value for key, value in full.items() if key != "results"
    }


def test_the_category_is_the_identifier_of_the_run() -> None:
    assert run_of(example_report())["automationDetails"] == {"id": "gbcscheck/"}
    assert run_of(replace(example_report(), category="drafts/2027"))["automationDetails"] == {"id": "drafts/2027/"}


def test_the_repository_is_named_with_its_commit() -> None:
    known = VersionControl("https://git.example.org/specs.git", "1" * 40, "main")
    assert run_of(replace(example_report(), version_control=known))["versionControlProvenance"] == [
        {
            "repositoryUri": "https://git.example.org/specs.git",
            "revisionId": "1" * 40,
            "branch": "main",
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
        }
    ]
    unborn = replace(example_report(), version_control=VersionControl("file:///new"))
    assert run_of(unborn)["versionControlProvenance"] == [
        {"repositoryUri": "file:///new", "mappedTo": {"uriBaseId": "%SRCROOT%"}}
    ]
    assert "versionControlProvenance" not in run_of(example_report())


def test_the_program_names_its_home_page_or_else_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "home_page", lambda: "https://git.example.org/gbcscheck")
    assert run_of(example_report())["tool"]["driver"]["informationUri"] == "https://git.example.org/gbcscheck"
    monkeypatch.setattr(sarif, "home_page", lambda: "")
    assert run_of(example_report())["tool"]["driver"]["informationUri"] == f"pkg:generic/gbcscheck@{__version__}"


def test_every_base_of_an_address_is_one_of_the_run() -> None:
    text = render_sarif(compared_report())
    bases = set(re.findall(r'"uriBaseId": "([^"]*)"', text))
    assert bases == {"%SRCROOT%"} == json.loads(text)["runs"][0]["originalUriBaseIds"].keys()


def test_a_change_points_at_the_line_that_changed_it() -> None:
    change, finding, *_ = results(compared_report())
    assert change["partialFingerprints"]["gbcscheck/v1"] == NARROWED.fingerprint
    for result in (change, finding):
        physical = result["locations"][0]["physicalLocation"]
        assert physical["artifactLocation"]["uri"] == "specs/table%2028d.json"
        assert physical["region"] == {"startLine": 12}
    assert "Breaking for User systems and manufacturers" in change["message"]["text"].replace("; b", "; B")


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("a b/ü#1.xlsx", {"uri": "a%20b/%C3%BC%231.xlsx", "uriBaseId": "%SRCROOT%"}),
        ("a:b%.json", {"uri": "a%3Ab%25.json", "uriBaseId": "%SRCROOT%"}),
        ("/folder/x.json", {"uri": "file:///folder/x.json"}),
        ("../x.json", {"uri": "../x.json"}),
        ("\udcff.json", {"uri": "%FF.json", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_paths_are_encoded(path: str, location: dict[str, str]) -> None:
    assert artifact(path) == location


def test_octets_of_a_message_are_a_logical_location() -> None:
    report = example_report(CONTRADICTION)
    placed = replace(report, places={CONTRADICTION.statements[0]: Place("c.hex", offset=45, length=3)})
    (result,) = results(placed)
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "c.hex#octets 45+3"


def test_a_place_is_named_once() -> None:
    stated = CONTRADICTION.statements[0]._replace(path="t.json", source="/statements/4")
    report = example_report(replace(CONTRADICTION, statements=(stated,)))
    (result,) = results(replace(report, places={stated: Place("t.json", line=9, pointer="/statements/4")}))
    names = [name["fullyQualifiedName"] for name in result["locations"][0]["logicalLocations"]]
    assert names == ["t.json#/statements/4", stated.subject]


def test_what_could_not_be_read_and_waivers_are_notifications() -> None:
    report = replace(compared_report(), problems=(UnreadableSource("the file is empty", where="draft.xlsx"),))
    (invocation,) = run_of(report)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert texts(report) == [
        "draft.xlsx: the file is empty",
        "gbcscheck.toml:7: the waiver for S101 holds for nothing any more; take it out",
        "gbcscheck.toml:12: the waiver for R105 expired on 2026-01-31; what it was for counts again (1)",
    ]


def test_more_than_code_scanning_takes_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (sarif.MOST_RESULTS, sarif.SHOWN_RESULTS) == (25_000, 5_000)
    monkeypatch.setattr(sarif, "MOST_RESULTS", 50)
    monkeypatch.setattr(sarif, "SHOWN_RESULTS", 10)
    report = many_findings(57)
    mild = replace(CONTRADICTION, subject="Mild", severity="note")
    report = replace(report, findings=(mild, *report.findings), problems=())
    found = results(report)
    assert len(found) == 50
    assert {result["level"] for result in found} == {"error"}
    assert texts(report) == [
        "There are 58 results; the 50 most severe stand here, and 8 are left out. The JSON report has them all.",
        "Code scanning shows 10 results of a run; the most severe stand first.",
    ]


def test_a_finding_without_a_place_and_an_empty_report_are_valid() -> None:
    assert results(replace(example_report(), findings=())) == []
    (result,) = results(example_report(replace(CONTRADICTION, statements=())))
    assert result["locations"] == []


@pytest.fixture
def multitool(tmp_path: Path) -> dict[str, str]:
    """The environment in which the script finds the Multitool, installed once if it is not there already."""
    if not SCRIPT.is_file():
        pytest.skip("no .ci folder here: this is no checkout")
    if "SARIF_MULTITOOL" in os.environ:
        return dict(os.environ)
    if shutil.which("npm") is None:
        pytest.skip("no npm here, and the SARIF Multitool comes by it")
    command = [SCRIPT, "--install", tmp_path / "multitool"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 2 and "npm error" in done.stderr.lower():
        pytest.skip("no npm package to be had here, and the SARIF Multitool is one")
    assert done.returncode == 0, done.stderr
    return {**os.environ, "SARIF_MULTITOOL": done.stdout.strip()}


@pytest.mark.slow
def test_the_multitool_finds_it_valid(tmp_path: Path, multitool: dict[str, str]) -> None:
    def validated(*files: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([SCRIPT, *files], capture_output=True, text=True, check=False, env=multitool)

    known = VersionControl("https://git.example.org/specs.git", "1" * 40, "main")
    told = replace(compared_report(), version_control=known, category="drafts/2027", coverage=COVERAGE)
    texts = {
        "small": render_sarif(example_report()),
        "told": render_sarif(told),
        "plain": render_sarif_plain(told),
        "many": render_sarif(many_findings(300)),
    }
    files = [tmp_path / f"{name}.sarif" for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(text, encoding="utf-8")
    (tmp_path / "broken.sarif").write_text('{"version": "2.1.0", "runs": [{"tool": {}}]}', encoding="utf-8")
    done = validated(*files)
    assert (done.returncode, done.stdout.count(": valid\n")) == (0, len(files)), done.stdout + done.stderr
    assert validated(tmp_path / "broken.sarif").returncode == 1


def test_what_was_looked_at_is_counted_in_the_properties_and_told_at_each_file() -> None:
    report = replace(example_report(), coverage=COVERAGE)
    run = run_of(report)
    assert run["properties"]["coverage"] == [
        {
            "path": "draft.xlsx",
            "specification": "GBCS 3.2 Table 28d",
            "replaces": [],
            "statements": 4,
            "items": 4,
            "compared": 1,
            "compared_with": ["GBCS 3.1 use cases"],
            "rules": ["V101"],
            "uncompared": 2,
            "unknown": 1,
            "unread": 1,
            "not_taken": 0,
        }
    ]
    (invocation,) = run["invocations"]
    table, files = invocation["toolExecutionNotifications"][-2:]
    assert (table["level"], files["level"]) == ("note", "note")
    assert table["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "draft.xlsx", "uriBaseId": "%SRCROOT%"}}}
    ]
    assert "compared  1 of 4 items with GBCS 3.1 use cases; by 1 rule" in table["message"]["text"]
    assert files["message"]["text"] == "1 file of kinds that are not read: notes.docx"
    assert "coverage" not in run_of(example_report())["properties"]


def test_what_makes_a_strict_run_fail_is_a_warning() -> None:
    report = replace(example_report(), coverage=COVERAGE, strict=True)
    (invocation,) = run_of(report)["invocations"]
    assert [one["level"] for one in invocation["toolExecutionNotifications"][-2:]] == ["warning", "warning"]
