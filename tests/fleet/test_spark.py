"""What Spark says by the predicates is what DuckDB and the judge of single devices say. One session for the process."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from edge_values import COLUMNS, Edge, all_predicates, asked_of_engine, disagreements, edges
from hypothesis import HealthCheck, Phase, given, settings
from random_releases import Released, releases

from gbcscheck.fleet import readings
from gbcscheck.fleet.readings import as_text, matches, millionths, reading, whole_number
from gbcscheck.fleet.sql import sql_of

ibis = pytest.importorskip("ibis")
pyarrow = pytest.importorskip("pyarrow")

ASKED = 900
"""Pairs of an item and a value that are put to Spark: each column of each kind is among them."""


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A connection to Spark in this process's own Java; skipped where there is none."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("no Java, which Spark needs")
    sql = pytest.importorskip("pyspark.sql", reason="no PySpark")
    settings_of_spark = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.codegen.wholeStage": "false",  # one row of everything is asked once: compiling it takes longer
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    builder = sql.SparkSession.builder.master("local[1]")
    for name, value in settings_of_spark.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield ibis.pyspark.connect(session)
    session.stop()


def _some() -> list[Edge]:
    """Values of every item and type of column, spread over all that there are. Spark has no unsigned numbers."""
    chosen: list[Edge] = []
    for column in COLUMNS:
        of_column = [edge for edge in edges() if edge.column == column and column != "uint64"]
        chosen += of_column[:: 1 + len(of_column) // (ASKED // 2 if column == "string" else ASKED // 12)]
    return chosen


def test_spark_says_of_every_value_what_duckdb_and_the_judge_say(spark: Any) -> None:
    made, values = all_predicates(), _some()
    assert len(values) > ASKED / 2
    told = asked_of_engine(made, spark, values)
    assert disagreements(made, values, told) == []
    assert told == asked_of_engine(made, ibis.duckdb.connect(), values)


@given(released=releases())
@settings(max_examples=1, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_of_random_items_and_values_too(spark: Any, released: Released) -> None:
    made, values = released
    of_spark = [edge for edge in values if edge.column in ("string", "int64")]
    told = asked_of_engine(made, spark, of_spark)
    assert disagreements(made, of_spark, told) == []
    assert told == asked_of_engine(made, ibis.duckdb.connect(), of_spark)


def test_texts_and_numbers_are_read_as_by_duckdb(spark: Any) -> None:
    texts = ["12", "12\n", " 7 ", "2.5", "4.10", "999999999999.999999", "1e3", "x", "\u0661", "", "a\nb", "-0", None]
    v = ibis.memtable(pyarrow.table({"v": pyarrow.array(texts, pyarrow.string())})).v
    patterns = (readings.WHOLE, readings.DECIMAL, readings.PLAIN_TEXT, readings.BARE_BITS)
    asked = {f"p{n}": matches(v, pattern) for n, pattern in enumerate(patterns)}
    asked |= {"parts": ibis.cases((asked["p1"], millionths(v)))}
    asked |= {"whole": ibis.cases((asked["p0"], whole_number(v)))}
    table = v.as_table().select(**asked)
    assert spark.to_pyarrow(table).to_pylist() == ibis.duckdb.connect().to_pyarrow(table).to_pylist()


@pytest.mark.parametrize(
    ("kind", "values", "texts"),
    [
        ("int8", [-128, 0, None], ["-128", "0", None]),
        ("float64", [5.0, -3.0, 2.5, None], ["5", "-3", "2.5", None]),
        ("decimal(9, 2)", [Decimal("2.50"), Decimal("0.00"), None], ["2.50", "0.00", None]),
        ("boolean", [True, False, None], ["true", "false", None]),
        ("binary", [b"\xfe", b"\x01\x02", b""], ["0xFE", "0x0102", "0x"]),
        (
            "timestamp",
            [datetime(2021, 11, 1, 16), datetime(2021, 11, 1, 16, 0, 30)],
            ["2021-11-01T16:00:00", "2021-11-01T16:00:30"],
        ),
    ],
)
def test_columns_of_other_types_are_written_as_by_duckdb(
    spark: Any, kind: str, values: list[Any], texts: list[Any]
) -> None:
    v = ibis.memtable(pyarrow.table({"v": pyarrow.array(values, ibis.dtype(kind).to_pyarrow())})).v
    read = reading(v)
    asked = {"t": as_text(v)} | ({"n": read.whole} if read.whole is not None else {})
    found = spark.to_pyarrow(v.as_table().select(**asked)).to_pydict()
    assert found["t"] == texts
    assert found == ibis.duckdb.connect().to_pyarrow(v.as_table().select(**asked)).to_pydict()


def test_sql_runs_as_it_is_printed(spark: Any) -> None:
    offset, days = "RandomisedOffsetLimit.value", "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"
    columns = {offset: "offset", days: "days"}
    text = sql_of(all_predicates(), columns, "spark", "meters", columns, types={"offset": "int32"}, kept=["device"])
    session = spark._session
    rows = [("a", 5, "0b1111111"), ("b", 1800, None), ("c", None, "0b1111100"), ("d", 0, "12\n")]
    session.createDataFrame(rows, "device string, offset int, days string").createOrReplaceTempView("meters")
    found = [(row.device, row.offset_verdict, row.days_verdict) for row in session.sql(text).collect()]
    assert found == [
        *(("a", "fits", "fits"), ("b", "wrong", "missing")),
        *(("c", "missing", "wrong"), ("d", "fits", "unread")),
    ]
