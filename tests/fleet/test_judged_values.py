"""Single values of a fleet are judged as the judge of single devices judges them alone."""

from __future__ import annotations

import json
from typing import Any

import pyarrow
import pytest
from fleets import DAYS, ENABLE, EXPORT, OFFSET, SAG, TIMEOUT, context

from gbcscheck.device.judge import judge_octets
from gbcscheck.fleet.judged_values import (
    BOOLEAN,
    DECIMAL,
    FLOAT,
    JSON,
    TEXT,
    WHOLE,
    Value,
    ValuesJudge,
    judged_batches,
    raw_of,
    verdict_schema,
)

VALUES = [
    *((OFFSET, TEXT, text, unit) for text in ("207", "4e3", "30 s", "?", "NA") for unit in ("", "V", "s", "x")),
    *((SAG, TEXT, text, unit) for text in ("207", "4e3", "30 s", "?", "NA") for unit in ("", "V", "s", "x")),
    *((DAYS, TEXT, text, "") for text in ("Mon-Fri", "0b1111111", "", "rubbish", "0b11")),
    *((EXPORT, TEXT, text, "") for text in ("0x3031", "?", "0x30313233343536373839414243")),
    *((OFFSET, WHOLE, str(number), "") for number in (0, 1799, 1800, -1, 2**70)),
    *((SAG, DECIMAL, text, "kV") for text in ("0.207", "0.2075", "4.10")),
    *((TIMEOUT, FLOAT, text, "") for text in ("253", "2.5", "1e+20", "1.0E20")),
    *((ENABLE, BOOLEAN, text, "") for text in ("true", "false", "True")),
    *((OFFSET, JSON, text, "s") for text in ("600", '"600"', '"10 min"', "5000.0", "[1]", "{}")),
    ("MaximumDemandConfigurableTimePeriod", JSON, '{"switch_time": "16:00", "colour": "red"}', ""),
    ("MaximumDemandConfigurableTimePeriod", TEXT, "16:00-20:00", ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def judge() -> ValuesJudge:
    return ValuesJudge(context())


@pytest.mark.parametrize("given", VALUES, ids=lambda one: "·".join(one))
def test_a_value_is_judged_as_the_configuration_that_holds_it_alone(
    given: tuple[str, str, str, str], judge: ValuesJudge
) -> None:
    value = Value(*given)
    raw = raw_of(value)
    document = {value.name: {"value": raw, "unit": value.unit} if value.unit else raw}
    octets = json.dumps(document, default=float).encode()
    (file,) = judge_octets("meter.json", octets, "configuration", context(), tree=True)
    judged = judge.judge(value)
    told = [(one.rule, one.severity, one.fingerprint, one.message) for one in judged.findings]
    assert told == [(one.rule, one.severity, one.fingerprint, one.message) for one in file.findings]
    expected = {"wrong" if entry.verdict == "unknown" else entry.verdict for entry in file.entries}
    expected &= {"fits", "open", "wrong"}
    if judged.verdict == "unread":
        assert expected <= {"wrong", "fits", "open"}
        assert any(one.severity == "error" for one in file.findings)
    else:
        assert judged.verdict == ("missing" if not expected else "wrong" if "wrong" in expected else expected.pop())
    again = judge.judge(value, path="2.parquet", source="row 9")
    assert [one.statements[0].source for one in again.findings] == ["row 9"] * len(told)
    assert [one.fingerprint for one in again.findings] == [one[2] for one in told]


@pytest.mark.parametrize(("text", "raw"), [("nan", "NaN"), ("-inf", "-Infinity"), ("Infinity", "Infinity"), ("7", 7)])
def test_floating_point_that_is_no_number_of_json_is_a_text(text: str, raw: Any) -> None:
    assert raw_of(Value(TIMEOUT, FLOAT, text)) == raw


def test_a_number_beyond_what_device_reads_is_told_and_ends_nothing(judge: ValuesJudge) -> None:
    assert judge.judge(Value(TIMEOUT, FLOAT, "1e300")).verdict == "unread"


def test_verdicts_come_in_batches_with_a_row_for_each_finding(judge: ValuesJudge) -> None:
    values = [Value(OFFSET, WHOLE, str(number)) for number in (600, 5000, 70_000)]
    columns = [pyarrow.array(list(column)) for column in zip(*values, strict=True)]
    batch = pyarrow.RecordBatch.from_arrays(columns, list(Value._fields))
    (made,) = judged_batches(judge, [batch, batch.slice(0, 0)])
    assert made.schema == verdict_schema()
    rows = made.to_pylist()
    assert [(one["text"], one["verdict"], one["rule"], one["position"]) for one in rows] == [
        *(("600", "fits", "", 0), ("5000", "wrong", "D501", 0), ("70000", "wrong", "D503", 0)),
    ]
    assert list(judged_batches(judge, [])) == []
