"""Whatever a reader makes of a document, an extract of it can be read again."""

from __future__ import annotations

import contextlib
import importlib
import random
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_tables import HEADERS, dlms, write_tables
from shares import examples

from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.readable import readable
from gbcscheck.extract.use_cases import read_use_cases
from gbcscheck.facts.extract_file import Extract, ExtractRow, parse_extract, render_extract
from gbcscheck.limits import by_limits
from gbcscheck.model import Specification

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))
input_kinds: Any = importlib.import_module("input_kinds")
random_changes: Any = importlib.import_module("random_changes")

DATA_TYPES = (
    "long-unsigned",
    "bit-string(7)",
    "structure\n{\na: unsigned,\nb: octet-string(4..8)\n}",
    "array[1..4] OF enum",
)
CONSTANTS = ("-", "||0b11111110", "0x0E", "{0,1}", "300")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    rows = [
        dlms(name=f"Thing {n}: value", DLMS_COSEM_data_types=kind, constant_value=constant)
        for n, (kind, constant) in enumerate(zip(DATA_TYPES, CONSTANTS, strict=False))
    ]
    cases = [dict.fromkeys(HEADERS["Use cases"], "x") | {"use case": "ECS99", "message code": "0x0099"}]
    zcl = [dict.fromkeys(HEADERS["ZCL"], "1") | {"use case": "GCS99", "data type": "uint8"}]
    gbz = [dict.fromkeys(HEADERS["GBZ"], "1") | {"use case": "GCS99", "value": "0x01", "octets": "1"}]
    path = tmp_path_factory.mktemp("book") / "use-cases-9.8.xlsx"
    return write_tables(path, {"Use cases": cases, "DLMS": rows, "ZCL": zcl, "GBZ": gbz}).read_bytes()


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_an_extract_of_changed_use_cases_is_read_again(workbook: bytes, tmp_path: Path, rng: random.Random) -> None:
    path = tmp_path / "use-cases-9.8.xlsx"
    path.write_bytes(random_changes.changed_workbook(rng, workbook))
    with contextlib.suppress(GbcscheckError):
        input_kinds.read_again(read_use_cases(path))


NAMES = st.one_of(st.sampled_from(["", "A", "A.value", "/a/b", "/a" * 4]), st.text(max_size=8))
SETS = st.one_of(
    st.none(),
    st.sampled_from(
        ["0..255", '"A" | "B"', "0..1" + "0" * 150, '"' + "x" * 300 + '"', "text(0..5000000000)", "{a: 1}"]
    ),
    st.integers(1, 60).map(lambda n: " | ".join(f"{2 * one}" for one in range(n))),
    st.integers(1, 40).map(lambda n: "list(" * n + "0..1" + ", 1)" * n),
)
ROWS = st.builds(
    ExtractRow,
    NAMES,
    st.sampled_from(["default", "permitted", "type", ""]),
    SETS,
    st.one_of(st.none(), st.integers(), st.text(max_size=5)),
    st.one_of(st.none(), st.text(max_size=5)),
    source=st.just("S!A1"),
).filter(lambda row: (row.domain, row.value, row.text) != (None, None, None))


@given(st.lists(ROWS, max_size=12))
def test_what_is_kept_is_read_and_what_is_not_kept_is_told(rows: list[ExtractRow]) -> None:
    with by_limits({"domain": 100, "brackets": 8, "alike": 4}), contextlib.suppress(GbcscheckError):
        left, unread = readable(rows, "x")
        extract = Extract(Specification("X", "1", "p"), "published", left)
        again = parse_extract(render_extract(extract).encode("utf-8", "replace"), where="x.json")
        assert len(again.rows) == len(left)
        lost = sum(1 for row in rows if not row.subject or not row.attribute)
        unreadable = sum(1 for row in rows if row.subject and row.attribute and row.domain is not None)
        assert lost <= len(unread) <= lost + unreadable
        assert all(one.reason for one in unread)
        assert {row.domain for row in left} <= {row.domain for row in rows} | {None}


def test_a_set_that_is_read_keeps_its_row_and_one_that_is_not_leaves_its_words() -> None:
    long = " | ".join(str(2 * one) for one in range(40))
    rows = [
        ExtractRow("A", "permitted", "0..9", source="S!A1"),
        ExtractRow("B", "permitted", long, text="the even ones", source="S!A2"),
        ExtractRow("C", "permitted", long, source="S!A3"),
        ExtractRow("", "permitted", "0..9", source="S!A4"),
    ]
    with by_limits({"domain": 60}):
        left, unread = readable(rows, "x")
    assert left == (rows[0], rows[1]._replace(domain=None))
    assert [(one.place, one.reason[:50]) for one in unread] == [
        ("S!A2", f"{len(long)} characters in a set of values; at most 60 are "),
        ("S!A3", f"{len(long)} characters in a set of values; at most 60 are "),
        ("S!A4", "it says of nothing that has a name"),
    ]
