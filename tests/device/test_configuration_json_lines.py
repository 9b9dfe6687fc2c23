"""JSON lines: one configuration a line, judged in memory that does not grow."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path

import pytest
from configuration_runs import MAXIMUM_DEMAND, context

from gbcscheck.device.configuration.read import judge_json_lines
from gbcscheck.device.model import FileRecord
from gbcscheck.errors import Problems, UnreadableSource
from gbcscheck.limits import LINE_OCTETS

FINE = json.dumps({"RandomisedOffsetLimit": 5, MAXIMUM_DEMAND: {"entries": [{"exec_weekdays": "daily"}]}})
WRONG = json.dumps({MAXIMUM_DEMAND: {"entries": [{"exec_weekdays": "Mon-Fri"}]}})


def judged(*lines: str) -> FileRecord:
    record = FileRecord("meters.jsonl")
    verdict = judge_json_lines("meters.jsonl", io.BytesIO("\n".join(lines).encode()), context(), record)
    assert verdict == ("", "JSON lines")
    return record


def test_a_fault_of_many_lines_is_told_once_with_its_places() -> None:
    record = judged(*([FINE] * 2), "", *([WRONG] * 7))
    (finding,) = record.findings
    assert finding.statements[0].source == "line 4"
    assert finding.message.endswith("; likewise at 6 further places, the first of them line 5, line 6, line 7, line 8")
    assert record.values == 2 * 2 + 7


def test_values_of_the_first_lines_are_entered_and_the_others_counted() -> None:
    record = judged(*([FINE] * 150))
    assert record.values == 300
    assert len([entry for entry in record.entries if entry.label == "RandomisedOffsetLimit"]) == 100
    assert record.entries[-1].label == "50 further lines"


def test_a_path_is_read(tmp_path: Path) -> None:
    path = tmp_path / "meters.jsonl"
    path.write_text(f"\ufeff{FINE}\r\n{WRONG}\r\n", encoding="utf-8")
    record = FileRecord(str(path))
    assert judge_json_lines(str(path), path, context(), record).reason == ""
    assert [finding.statements[0].source for finding in record.findings] == ["line 2"]
    with pytest.raises(UnreadableSource):
        judge_json_lines("gone", tmp_path / "gone", context(), record)


def test_bad_lines_are_named_and_the_others_judged() -> None:
    record = FileRecord("x")
    lines = b'{"RandomisedOffsetLimit": 5}\n{"a": }\n\xff\n{"RandomisedOffsetLimit": 70000}\n'
    with pytest.raises(Problems) as refused:
        judge_json_lines("x", io.BytesIO(lines), context(), record)
    assert [problem.where for problem in refused.value.problems] == ["x:2:7", "x:3:1"]
    assert [finding.rule for finding in record.findings] == ["D503"]
    assert record.values == 2


def test_many_bad_lines_are_counted() -> None:
    with pytest.raises(Problems) as refused:
        judge_json_lines("x", io.BytesIO(b"{\n" * 50), context(), FileRecord("x"))
    assert len(refused.value.problems) == 21
    assert "30 further lines" in refused.value.problems[-1].problem


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(UnreadableSource) as refused:
        judge_json_lines("x", io.BytesIO(b"[" + b" " * LINE_OCTETS.value), context(), FileRecord("x"))
    assert refused.value.where == "x:1"


def test_each_line_may_follow_its_own_version() -> None:
    line = json.dumps({"device": {"gbcs": "4.0"}, "items": json.loads(WRONG)})
    record = judged(FINE, line)
    statements = record.findings[0].statements
    assert any(s.specification.version == "4.0" for s in statements)


def _peak(count: int) -> int:
    class Lines(io.RawIOBase):
        left = count

        def readline(self, _size: int | None = -1) -> bytes:
            self.left -= 1
            return b"" if self.left < 0 else json.dumps({"RandomisedOffsetLimit": self.left % 1799}).encode() + b"\n"

    record = FileRecord("x")
    tracemalloc.start()
    judge_json_lines("x", Lines(), context(), record)  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert record.values == count
    return peak


def test_memory_does_not_grow_with_the_file() -> None:
    _peak(2_500)
    assert _peak(10_000) < _peak(2_500) + 300_000


def test_a_line_that_is_a_list_is_judged() -> None:
    item = "RandomisedOffsetLimit"
    documents: list[object] = [{item: 5}, [{item: -6}], [{"name": item, "value": -5}], []]
    lines = "\n".join(map(json.dumps, documents)).encode()
    record = FileRecord("a.jsonl")
    judge_json_lines("a.jsonl", io.BytesIO(lines), context("current"), record)
    assert [finding.rule for finding in record.findings] == ["D503"]
    assert record.values == 3
    assert len(record.not_read) == 1
