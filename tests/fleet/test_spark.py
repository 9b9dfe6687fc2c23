"""What Spark says by the predicates is what DuckDB and the judge of single devices say. One session for the process."""

from __future__ import annotations

import doctest
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from edge_values import DuckDB, Edge, all_predicates, asked_of_engine, disagreements, edges, items_by_key
from fleets import OFFSET, SAG, TIMEOUT, done, rows_of_faults, write_parquet
from hypothesis import HealthCheck, Phase, given, settings
from random_releases import Released, releases
from shares import at_least, examples, portion

from gbcscheck.fleet import readings, wide
from gbcscheck.fleet.readings import as_text, matches, millionths, reading, whole_number
from gbcscheck.fleet.sql import sql_of
from gbcscheck.model.fleet import Distribution

ibis = pytest.importorskip("ibis")
pytest.importorskip("pyarrow")

MOST_OF_AN_ITEM = 20
"""Values of an item and a type of column that are put to Spark."""
ROOT = Path(__file__).resolve().parents[2]
TYPES = {"int64": "bigint", "int8": "tinyint", "float64": "double", "timestamp": "timestamp_ntz"}
"""What Spark calls the types of columns, where it does not call them as Ibis does."""


class Spark:
    """Works out expressions of Ibis over rows that are given, by a session of Spark. The rows go to it and come back
    without pandas, for which a whole number beside a null is one of floating point."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.connection = ibis.pyspark.connect(session)

    def table(self, columns: Mapping[str, tuple[str, Sequence[Any]]]) -> Any:
        schema = ", ".join(f"{name} {TYPES.get(kind, kind)}" for name, (kind, _) in columns.items())
        rows = list(zip(*(values for _, values in columns.values()), strict=True))
        self.session.createDataFrame(rows, schema).createOrReplaceTempView("given")
        return self.connection.table("given")

    def rows(self, table: Any) -> list[dict[str, Any]]:
        return [row.asDict() for row in self.session.sql(self.connection.compile(table)).collect()]


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    """Spark in this process's own Java; skipped where there is none."""
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
    yield Spark(session)
    session.stop()


def _some() -> list[Edge]:
    """Values of an item of each kind and of some others, of each type of column; Spark has no unsigned numbers."""
    made = all_predicates()
    kinds = {tuple(type(kind) for kind in made[item]._form.kinds): item for item in reversed(items_by_key())}
    items = {*kinds.values(), *items_by_key()[::30]}
    by_column: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges():
        if edge.item in items and edge.column != "uint64":
            by_column.setdefault((edge.item, edge.column), []).append(edge)
    most = portion(MOST_OF_AN_ITEM)
    return [edge for several in by_column.values() for edge in several[:: 1 + len(several) // most]]


def test_spark_says_of_every_value_what_duckdb_and_the_judge_say(spark: Spark) -> None:
    made, values = all_predicates(), _some()
    assert len(values) > at_least(400)
    told = asked_of_engine(made, spark, values)
    assert disagreements(made, values, told) == []
    assert told == asked_of_engine(made, DuckDB(), values)


@given(released=releases())
@settings(max_examples=examples(1), phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_of_random_items_and_values_too(spark: Spark, released: Released) -> None:
    made, values = released
    of_spark = [edge for edge in values if edge.column in ("string", "int64")]
    told = asked_of_engine(made, spark, of_spark)
    assert disagreements(made, of_spark, told) == []
    assert told == asked_of_engine(made, DuckDB(), of_spark)


def test_texts_and_numbers_are_read_as_by_duckdb(spark: Spark) -> None:
    texts = ["12", "12\n", " 7 ", "2.5", "4.10", "999999999999.999999", "1e3", "x", "\u0661", "", "a\nb", "-0", None]
    patterns = (readings.WHOLE, readings.DECIMAL, readings.PLAIN_TEXT, readings.BARE_BITS)

    def told(engine: Any) -> Any:
        v = engine.table({"v": ("string", texts)}).v
        asked = {f"p{n}": matches(v, pattern) for n, pattern in enumerate(patterns)}
        asked |= {"parts": ibis.cases((asked["p1"], millionths(v)))}
        asked |= {"whole": ibis.cases((asked["p0"], whole_number(v))), "any": whole_number(v).isnull()}
        return engine.rows(v.as_table().select("v", **asked))

    of_spark, of_duckdb = told(spark), told(DuckDB())
    rounded = [row["v"] for row, other in zip(of_spark, of_duckdb, strict=True) if row["any"] != other["any"]]
    assert [{**row, "any": None} for row in of_spark] == [{**row, "any": None} for row in of_duckdb]
    assert {"1e3", "4.10"} & set(rounded), "the engines cast these otherwise, so that a cast never comes first"


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
    spark: Spark, kind: str, values: list[Any], texts: list[Any]
) -> None:

    def told(engine: Any) -> Any:
        v = engine.table({"v": (kind, values)}).v
        read = reading(v)
        return engine.rows(v.as_table().select(t=as_text(v), **({"n": read.whole} if read.whole is not None else {})))

    of_spark = told(spark)
    assert [row["t"] for row in of_spark] == texts
    assert of_spark == told(DuckDB())


def test_sql_runs_as_it_is_printed(spark: Spark) -> None:
    offset, days = "RandomisedOffsetLimit.value", "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"
    columns = {offset: "offset", days: "days"}
    text = sql_of(all_predicates(), columns, "spark", "meters", columns, types={"offset": "int32"}, kept=["device"])
    session = spark.session
    rows = [("a", 5, "0b1111111"), ("b", 1800, None), ("c", None, "0b1111100"), ("d", 0, "12\n")]
    session.createDataFrame(rows, "device string, offset int, days string").createOrReplaceTempView("meters")
    found = [(row.device, row.offset_verdict, row.days_verdict) for row in session.sql(text).collect()]
    assert found == [
        *(("a", "fits", "fits"), ("b", "wrong", "missing")),
        *(("c", "missing", "wrong"), ("d", "fits", "unread")),
    ]


def test_the_example_of_the_page_says_what_it_says(spark: Spark) -> None:
    page = (ROOT / "docs" / "fleet.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```pycon\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (example,) = (block for block in blocks if "pyspark" in block)
    example = example.replace("docs/samples", str(ROOT / "docs" / "samples"))  # Java has a working folder of its own
    test = doctest.DocTestParser().get_doctest(example, {}, "spark", "fleet.md", 0)
    assert spark.session is not None
    assert doctest.DocTestRunner().run(test).failed == 0


def test_a_run_finds_what_one_on_duckdb_finds(spark: Spark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = ("device", "read", "manufacturer", "firmware", OFFSET, SAG, TIMEOUT)
    rows = [{name: one[name] for name in kept} for one in rows_of_faults()]
    older = [{**one, "read": one["read"].replace(month=10), OFFSET: 5000} for one in rows[:4]]
    path = write_parquet(tmp_path / "reads.parquet", [*rows, *older])
    monkeypatch.setattr(wide, "MANY_ROWS", 0)
    ours, theirs = done(path, engine="spark"), done(path)
    assert spark.session.version  # it is still there: a run ends what it has started, and nothing else
    assert [_but_text(one) for one in ours.violations] == [_but_text(one) for one in theirs.violations]
    assert ours.told == replace(theirs.told, engine="spark", distributions=ours.told.distributions)
    assert list(map(_counts, ours.told.distributions)) == list(map(_counts, theirs.told.distributions))


def _but_text(violation: Mapping[str, Any]) -> dict[str, Any]:
    """A violation without the text that an engine makes of a double: ``1.0E20`` is ``1e+20``."""
    return {name: one for name, one in violation.items() if name != "text" or violation["kind"] != "float"}


def _counts(one: Distribution) -> tuple[str, list[tuple[int, int, bool]]]:
    return one.item, [(each.count, each.wrong, each.outside) for each in one.bins]
