"""The decoding of a file as data: whole, as the schema has it, and what the tree says."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gbcscheck import Judge
from gbcscheck.inputs.json_schema import violations
from gbcscheck.report.explain import MARKS_BY_SEVERITY
from gbcscheck.report.json import SCHEMA

MARKS = {"ok": "ok", "open": "open", "wrong": "WRONG", **MARKS_BY_SEVERITY}
SAMPLES = Path(__file__).parents[2] / "docs" / "samples"
MESSAGES = (
    "ECS37_6.18.1_SUCCESS_COMMAND",
    "ECS18b_4.12.1_SUCCESS_RESPONSE",
    "ECS30_6.8_SUCCESS_COMMAND",
    "GCS23_6.6_SUCCESS_COMMAND",
    "CS02bSupplierBySupplier_6.15.1_IMMEDIATE_SUCCESS_COMMAND",
    "ECS26d_6.2.3_SUCCESS_RESPONSE",
)


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(explain=True)


@pytest.fixture(scope="module")
def decoded(judge: Judge) -> Callable[..., tuple[list[dict[str, Any]], str]]:
    """The lines of one file as data, and its tree as a text."""

    def of(*paths: Path) -> tuple[list[dict[str, Any]], str]:
        result = judge.files(*map(str, paths))
        text = result.to("json")
        document = json.loads(text)
        assert [f"{one.pointer}: {one.message}" for one in violations(document, SCHEMA)] == []
        (file,) = document["files"]
        return file["decoded"], result.to("text", explain=True, width=400)

    return of


def files(corpus: Path, tmp_path: Path) -> list[Path]:
    """One file of each kind."""
    made = {
        "meter.json": '{"RandomisedOffsetLimit": 1900, "RMSVoltageSagThreshold": 207}',
        "lines.jsonl": '{"RandomisedOffsetLimit": 30}\n{"RandomisedOffsetLimit": 1900}\n',
        "meter.csv": "item,value\nRandomisedOffsetLimit,1900\n",
    }
    for name, text in made.items():
        (tmp_path / name).write_text(text, "utf-8")
    messages = [next((corpus / "rtds").glob(f"*/{name}_GBCS.HEX")) for name in MESSAGES]
    request = corpus / "duis-requests" / "ECS37_6.18.1_SUCCESS_REQUEST_DUIS.XML"
    return [*messages, request, *(tmp_path / name for name in made), SAMPLES / "captures" / "ECS37-weekdays.hex"]


def test_text_and_data_say_the_same_of_every_kind_of_file(
    corpus: Path, tmp_path: Path, decoded: Callable[..., tuple[list[dict[str, Any]], str]]
) -> None:
    for path in files(corpus, tmp_path):
        lines, text = decoded(path)
        assert lines, path
        flat = "".join(text.split())
        for line in lines:
            assert "".join(line["name"].split()) in flat, (path, line)
        counts = Counter(MARKS[line["verdict"]] for line in lines if line["verdict"] in MARKS)
        told = next((line for line in text.splitlines() if re.match(r"[\d,]+ values?: ", line)), "")
        for mark, count in counts.items():
            assert f"{count:,} {mark}" in told, (path, told, counts)


def test_a_value_is_told_with_its_octets_its_number_and_its_place(
    corpus: Path, decoded: Callable[..., tuple[list[dict[str, Any]], str]]
) -> None:
    (path,) = (corpus / "rtds").glob("*/ECS37_6.18.1_SUCCESS_COMMAND_GBCS.HEX")
    octets = bytes.fromhex(path.read_text())
    lines, _ = decoded(path)
    weekdays = next(line for line in lines if line["name"] == "exec_weekdays")
    assert weekdays["value"] == "0b1111111"
    assert weekdays["text"] == "every day"
    assert weekdays["octets"] == "04 07 FE"
    assert weekdays["subject"].startswith("ECS37/")
    selector = next(line for line in lines if line["name"] == "script_selector")
    assert (selector["value"], selector["verdict"]) == (1, "ok")
    for line in lines:
        if "octets" in line:
            source = line["source"]
            stands = octets[source["offset"] : source["offset"] + source["length"]]
            assert bytes.fromhex(line["octets"]) == stands


def test_a_finding_is_told_on_its_line(decoded: Callable[..., tuple[list[dict[str, Any]], str]]) -> None:
    lines, _ = decoded(SAMPLES / "captures" / "ECS37-weekdays.hex")
    wrong = [line for line in lines if line["verdict"] == "error"]
    assert {line["name"] for line in wrong} == {"exec_weekdays"}
    assert all(len(line["findings"]) == 1 for line in wrong)


def test_without_explain_nothing_is_decoded(corpus: Path) -> None:
    (path,) = (corpus / "rtds").glob("*/ECS37_6.18.1_SUCCESS_COMMAND_GBCS.HEX")
    (file,) = json.loads(Judge().files(str(path)).to("json"))["files"]
    assert "decoded" not in file


@pytest.mark.parametrize(
    ("document", "marked"),
    [
        (
            '{"RMSVoltageSagMeasurementPeriod": "1 min", "RMSVoltageSagThreshold": 207}',
            "RMSVoltageSagMeasurementPeriod",
        ),
        ('{"RandomisedOffsetLimit": 1900, "RMSVoltageSagThreshold": 207}', "RandomisedOffsetLimit"),
        ('{"RMSVoltageSagThreshold": "0.207 kV", "RandomisedOffsetLimit": -1}', "RMSVoltageSagThreshold"),
    ],
)
def test_of_values_on_one_line_the_one_of_the_finding_is_marked(
    document: str, marked: str, tmp_path: Path, decoded: Callable[..., tuple[list[dict[str, Any]], str]]
) -> None:
    path = tmp_path / "meter.json"
    path.write_text(document, "utf-8")
    lines, _ = decoded(path)
    found = next(line for line in lines if line["name"] == marked)
    assert found["verdict"] in ("note", "warning")


def test_a_fault_of_a_file_without_a_value_is_in_its_tree(judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "meter.json"
    path.write_text('{"items": {"RandomisedOffsetLimit": 5}, "serial": "A1"}', "utf-8")
    text = judge.files(str(path)).to("text", explain=True, width=400)
    assert 'error[D604] /: "serial" is no member here' in text


def test_values_of_a_file_with_a_line_that_is_none_are_counted(judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "meters.jsonl"
    path.write_text('{"RandomisedOffsetLimit": 5}\n{"Rand\n', "utf-8")
    assert "0 files, 1 value" in judge.files(str(path)).to("text", width=400)
