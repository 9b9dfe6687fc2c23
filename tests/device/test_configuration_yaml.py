"""Configurations as YAML: what YAML 1.2 and JSON agree on, lines as places, and nothing that grows without bounds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from configuration_runs import context
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.configuration.json import read_json, read_yaml_documents
from gbcscheck.device.configuration.read import judge_configuration
from gbcscheck.device.files import Argument, recognise
from gbcscheck.device.judge import JudgeOptions, judge_argument
from gbcscheck.device.model import FileRecord
from gbcscheck.errors import UnreadableSource

SAG, OFFSET, PERIOD = "RMSVoltageSagThreshold", "RandomisedOffsetLimit", "MaximumDemandConfigurableTimePeriod"
WHOLE = f"""# one meter
device: {{type: ESME}}
items:
  {PERIOD}:
    entries:
      - {{switch_time: 16:00, exec_weekdays: daily}}
      - switch_time: 20:00
        exec_weekdays: Mon-Fri
  voltage:
    {SAG}: 207 V
  {OFFSET}: 1_000
"""


def told(text: str, release: str = "current") -> tuple[FileRecord, list[tuple[str, str]]]:
    """What is told of a YAML text: the record, and each finding with its place."""
    record = FileRecord("meter.yaml")
    judge_configuration("meter.yaml", text.encode(), context(release), record)
    return record, [(finding.rule, finding.statements[0].source) for finding in record.findings]


def test_lines_are_places_and_a_time_of_day_is_none_of_yaml_1_1() -> None:
    record, findings = told(WHOLE)
    assert findings == [("D504", "line 8"), ("D602", "line 11")]
    assert (record.values, record.unknown) == (6, 0)
    times = [str(entry.value) for entry in record.entries if entry.label == "switch_time"]
    assert len(times) == 2
    assert "960" not in times[0]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("16:00", "16:00"),
        ("1:30:00", "1:30:00"),
        ("010", "010"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("2021-11-01", "2021-11-01"),
        (".inf", ".inf"),
        ("'207'", "207"),
        ('"true"', "true"),
        ("!!str 207", "207"),
        ("207", 207),
        ("-5", -5),
        ("true", True),
        ("~", None),
        ("", None),
        ("null", None),
    ],
)
def test_what_is_not_quoted(written: str, value: object) -> None:
    (document,) = read_yaml_documents(f"a: {written}\n", where="a.yaml").documents
    assert document == {"a": value}
    assert type(document["a"]) is type(value)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.text(st.characters(codec="ascii", min_codepoint=32)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc ~:#-", max_size=4), inner, max_size=3),
    max_leaves=12,
)


@given(JSON)
def test_json_is_read_as_json(value: object) -> None:
    text = json.dumps(value)
    (document,) = read_yaml_documents(text, where="a.yaml").documents
    assert document == read_json(text, where="a.json")


def test_a_name_that_stands_twice_is_told_with_its_line() -> None:
    assert told(f"{SAG}: 1\n{OFFSET}: 5\n{SAG}: 2\n")[1] == [("D605", "line 3")]


def test_several_documents_anchors_and_merged_members() -> None:
    record, findings = told(f"a: &v\n  {SAG}: 207\nb:\n  <<: *v\n  {OFFSET}: 70000\n---\n{OFFSET}: 70001\n")
    assert (findings[0], record.values) == (("D503", "line 5"), 4)
    assert record.findings[0].message.endswith("; likewise at line 7 (70001)")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &a [*a]\n", "stands for nothing, or for itself"),
        ("a: *b\n", "undefined alias|stands for nothing"),
        ("a: !!python/object/apply:os.system [ls]\n", "the tag .* which is nothing that is read"),
        ("a: !!binary aGFsbG8=\n", "the tag"),
        ("a: " + "[" * 40 + "]" * 40, "nested more than 24 deep"),
        ("a: " + "[" * 5000, "nesting|nested more than 24 deep"),
        ("a:\n\t- 1\n", "not valid YAML"),
        ("a: [1\nb: 2\n", "not valid YAML"),
        ("? [1, 2]\n: 3\n", "as a name"),
        ("<<: 5\n", "takes over the members"),
        ("a: 1e999999\n", "beyond 10"),
        ("a: " + "9" * 5000, "too many digits"),
    ],
)
def test_what_is_not_read_is_refused_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(UnreadableSource, match=problem):
        read_yaml_documents(text, where="a.yaml")


def test_aliases_count_for_all_that_they_stand_for() -> None:
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(UnreadableSource, match="--limits yaml-values="):
        read_yaml_documents("\n".join(lines), where="bomb.yaml")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (WHOLE, "configuration"),
        (f"---\n{SAG}: 1\n", "configuration"),
        (f"- {SAG}: 1\n- {OFFSET}: 2\n", "configuration"),
        (f'"{SAG}": 207\n0-0:94.44.0.1: 5\n', "configuration"),
        (f"{SAG},207\n{OFFSET},5\n", "table"),
        (f"Data item,Value\n{SAG},207\n", "table"),
        (f'{{"{SAG}": 1}}', "configuration"),
    ],
)
def test_it_is_recognised_by_its_content(text: str, form: str) -> None:
    assert recognise(text.encode(), "x").form == form


def test_a_text_that_names_no_item_is_no_configuration_unless_its_name_says_so(tmp_path: Path) -> None:
    (tmp_path / "flow.yml").write_text("name: build\non: push\n")
    (tmp_path / "note.txt").write_text("Note: something\n")
    options, judged = JudgeOptions(), {}
    for name, found in (("flow.yml", True), ("flow.yml", False), ("note.txt", False)):
        (judged[name, found],) = judge_argument(
            Argument(str(tmp_path / name), found=found), context("current"), options
        )
    assert [(one.judged, len(one.findings)) for one in judged.values()] == [(False, 0), (True, 2), (False, 0)]
    assert judged["note.txt", False].reason == "a text that names no data item"


def test_a_text_of_comments_alone_is_told_at_its_first_line() -> None:
    """It was looked for among the lines of its values without an end."""
    record, findings = told("# nothing")
    assert (record.values, findings) == (0, [])
    assert record.not_read == ["line 1: a list with nothing in it"]


@pytest.mark.parametrize("text", ["# nothing", "a: 1\n", "--- a\n--- b\n"])
def test_a_text_as_a_whole_has_a_line(text: str) -> None:
    assert read_yaml_documents(text, where="meter.yaml").lines[""] == 1
