"""The published conflicts, before and after they were mended, run by the command that a user runs."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gbcscheck.cli import run
from gbcscheck.rules import RULES

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.parent.name for path in CASES.glob("*/case.toml"))


def report_of(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any]]:
    code = run(["check", str(folder), "--alone", "--format", "json", *options])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("name", NAMES)
def test_published_conflict(name: str, side: str, capsys: pytest.CaptureFixture[str]) -> None:
    expected = tomllib.loads((CASES / name / "case.toml").read_text(encoding="utf-8"))[side]
    code, report = report_of(CASES / name / side, capsys)
    found = [finding for finding in report["findings"] if finding["severity"] != "note"]
    assert sorted({finding["kind"] for finding in found}) == expected["kinds"], found
    subjects = {subject for finding in found for subject in (finding["subject"], *finding.get("also", ()))}
    assert set(expected.get("subjects", ())) <= subjects
    is_compared = any(item["compared_with"] for table in report["coverage"] for item in table["items"])
    assert code == (1 if any(finding["severity"] == "error" for finding in found) else 0 if is_compared else 2)


def test_mp131(capsys: pytest.CaptureFixture[str]) -> None:
    period = []
    for rule, seen in (("V101", 0), ("P101", 0), ("V101,P101", 3)):
        run(["check", "--release", "before-mp131", "--format", "json", "--select", rule])
        found = json.loads(capsys.readouterr().out)["findings"]
        assert sum(len(f.get("seen_as", ())) for f in found) == seen, "one fault is one finding"
        period += found if not seen else []
    elements = {"exec_weekdays", "begin_date", "end_date"}
    for kind in ("default", "configurability"):
        found = {f["subject"].rpartition(".")[2]: f for f in period if f["kind"] == kind and f["severity"] == "error"}
        assert set(found) == elements
        for finding in found.values():
            cells = {s["source"].get("cell") for s in finding["statements"]}
            assert len(cells - {None}) >= 2
            assert any(s["provenance"] == "synthetic" for s in finding["statements"])
            assert finding["suggestion"]
    assert len(period) == 6
    weekdays = next(f for f in period if f["kind"] == "default" and f["subject"].endswith("exec_weekdays"))
    assert "Monday to Friday" in json.dumps(weekdays)
    assert "every day" in json.dumps(weekdays)
    assert "0b11111110" in weekdays["suggestion"]


@pytest.mark.parametrize("release", ["after-mp131", "current"])
def test_nothing_is_said_of_the_corrected_table(release: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--release", release, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert not [f for f in report["findings"] if "Table 28d" in json.dumps(f)]


def test_no_rule_exists_for_one_case_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Every rule has a test of its own in tests/rules; here: the cases use rules that are declared, none is made up."""
    codes = {rule.code for rule in RULES}
    for name in NAMES:
        _, report = report_of(CASES / name / "before", capsys)
        assert {finding["rule"] for finding in report["findings"]} <= codes
