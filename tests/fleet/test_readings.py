"""Columns are read alike by every engine before anything is cast."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from edge_values import NUMBERS, OTHERS
from hypothesis import given, settings
from hypothesis import strategies as st
from shares import examples

from gbcscheck.fleet import readings
from gbcscheck.fleet.readings import as_text, matches, millionths, reading, whole_number

ibis = pytest.importorskip("ibis")
pyarrow = pytest.importorskip("pyarrow")

PATTERNS = {
    name: value
    for name, value in vars(readings).items()
    if name.isupper() and isinstance(value, str) and name not in ("TEXT", "INTEGER", "DECIMALS", "BOOLEAN", "OTHER")
}
"""Every regular expression by which texts are told apart."""
CONNECTION = ibis.duckdb.connect()


def column(values: list[Any], kind: str) -> Any:
    return ibis.memtable(pyarrow.table({"v": pyarrow.array(values, ibis.dtype(kind).to_pyarrow())})).v


def worked_out(**expressions: Any) -> dict[str, list[Any]]:
    (table, *_) = {one.op().find(ibis.expr.operations.InMemoryTable)[0] for one in expressions.values()}
    found: dict[str, list[Any]] = CONNECTION.to_pyarrow(table.to_expr().select(**expressions)).to_pydict()
    return found


def test_the_patterns_say_what_they_say_in_python() -> None:
    assert len(PATTERNS) > 8
    texts = [*NUMBERS, *OTHERS, "12\n", "\n12", "a\n", "0x00\n", "2021-11-01\n", "16:00:00\r"]
    v = column(texts, "string")
    found = worked_out(**{name: matches(v, pattern) for name, pattern in PATTERNS.items()})
    for name, pattern in PATTERNS.items():
        told = dict(zip(texts, found[name], strict=True))
        in_python = {text: re.fullmatch(pattern, text) is not None for text in texts}
        assert told == in_python, name


@given(texts=st.lists(st.text('0123456789+-. eExabAF\n\u0661\u00a0:,Tz"', max_size=12), min_size=60, max_size=120))
@settings(max_examples=examples(5))
def test_on_random_texts_too(texts: list[str]) -> None:
    v = column(texts, "string")
    found = worked_out(**{name: matches(v, pattern) for name, pattern in PATTERNS.items()})
    for name, pattern in PATTERNS.items():
        assert found[name] == [re.fullmatch(pattern, text) is not None for text in texts], name


@given(numbers=st.lists(st.decimals(-(10**12) + 1, 10**12 - 1, places=6, allow_nan=False), min_size=50, max_size=100))
@settings(max_examples=examples(5))
def test_decimals_are_counted_without_rounding(numbers: list[Decimal]) -> None:
    texts = [f"{number:f}" for number in numbers]
    texts += ["2.5", "-2.5", "4.10", "0.0000005"[:8], "999999999999.999999", " 1.5 ", "+0.5"]
    assert all(re.fullmatch(readings.DECIMAL, text) for text in texts)
    v = column(texts, "string")
    assert worked_out(n=millionths(v))["n"] == [int(Decimal(text) * 10**6) for text in texts]


def test_a_text_that_is_no_number_never_fails() -> None:
    texts = [*NUMBERS, *OTHERS]
    v = column(texts, "string")
    found = worked_out(whole=whole_number(v), plain=matches(v, readings.WHOLE), parts=millionths(v))
    for text, whole, plain in zip(texts, found["whole"], found["plain"], strict=True):
        if plain:
            assert whole == int(text), text
    assert dict(zip(texts, found["whole"], strict=True))["2.5"] == 3, "the cast rounds, so that it never comes first"


@pytest.mark.parametrize(
    ("kind", "values", "texts"),
    [
        ("int8", [-128, 0, None], ["-128", "0", None]),
        ("uint64", [2**64 - 1, 5], ["18446744073709551615", "5"]),
        ("float64", [5.0, -3.0, 2.5, 0.1], ["5", "-3", "2.5", "0.1"]),
        ("decimal(9, 2)", [Decimal("2.50"), Decimal("-0.01"), None], ["2.50", "-0.01", None]),
        ("boolean", [True, False, None], ["true", "false", None]),
        ("binary", [b"\xfe", b"\x01\x02", b""], ["0xFE", "0x0102", "0x"]),
        ("date", [date(2021, 11, 1), None], ["2021-11-01", None]),
        ("timestamp", [datetime(2021, 11, 1, 16), None], ["2021-11-01T16:00:00", None]),
        ("string", ["x", "", None], ["x", "", None]),
    ],
)
def test_columns_of_other_types_as_text(kind: str, values: list[Any], texts: list[str | None]) -> None:
    assert worked_out(t=as_text(column(values, kind)))["t"] == texts


@pytest.mark.parametrize(
    ("kind", "values", "whole"),
    [
        ("int8", [-128, None], [-128, None]),
        ("uint8", [255, 0], [255, 0]),
        ("uint64", [2**64 - 1, 2**63, 2**63 - 1], [None, None, 2**63 - 1]),
        (
            "float64",
            [5.0, 2.5, float("nan"), float("inf"), 2.0**53, 2.0**53 - 1],
            [5, None, None, None, None, 2**53 - 1],
        ),
        ("float32", [16.0, 0.5], [16, None]),
    ],
)
def test_whole_numbers_are_those_that_64_bits_hold(kind: str, values: list[Any], whole: list[int | None]) -> None:
    read = reading(column(values, kind))
    assert worked_out(n=read.whole)["n"] == whole


def test_arithmetic_is_done_in_64_bits() -> None:
    read = reading(column([200, 255], "uint8"))
    assert read.whole is not None
    assert worked_out(n=read.whole * 2)["n"] == [400, 510]


@pytest.mark.parametrize("kind", ["time", "array<int64>", "timestamp('UTC')", "struct<a: int64>", "interval('s')"])
def test_of_other_types_nothing_is_read(kind: str) -> None:
    column = ibis.table({"v": kind}, name="t").v
    assert reading(column).kind == readings.OTHER
