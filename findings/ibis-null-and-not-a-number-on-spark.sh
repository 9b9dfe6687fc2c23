#!/usr/bin/env bash
# Ibis 12.0.0 with PySpark 4.0.5 and DuckDB 2.0.1 (PyPI; needs Java 17): a reading that is not a number is none at all.
#
# Guess: table.reading.isnull() tells which rows have no value, on each engine the same, and what it does not tell is
# what table.reading.count() counts.
# Observed: for Spark Ibis asks "IS NULL OR ISNAN", for DuckDB "IS NULL". A meter that sent NaN counts as one without a
# reading on Spark alone, and is counted as a reading by count() all the same, so that the two add up to more rows than
# there are. drop_null() leaves the row out on Spark and keeps it in DuckDB.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  'ibis-framework[duckdb]==12.0.0' duckdb==2.0.1 pyarrow==26.0.1 sqlglot==30.30.0 pyspark==4.0.5
SPARK_LOCAL_IP=127.0.0.1 "$folder/venv/bin/python" - "$folder" 2>/dev/null <<'PYTHON'
import sys

import ibis
import pyarrow
from pyarrow import parquet
from pyspark.sql import SparkSession

path = f"{sys.argv[1]}/reads.parquet"
parquet.write_table(pyarrow.table({"device": ["a", "b", "c"], "reading": [1.5, None, float("nan")]}), path)
session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark, duckdb = ibis.pyspark.connect(session), ibis.duckdb.connect()
session.read.parquet(path).createOrReplaceTempView("reads")
duckdb.con.execute(f"create view reads as from '{path}'")


def on_spark(table):
    return [tuple(row) for row in session.sql(str(spark.compile(table))).collect()]


def on_duckdb(table):
    return duckdb.con.execute(str(duckdb.compile(table))).fetchall()


found = {}
for name, reads, rows in (("Spark", spark.table("reads"), on_spark), ("DuckDB", duckdb.table("reads"), on_duckdb)):
    of = reads.reading
    ((none, there),) = rows(reads.aggregate(none=of.isnull().cast("int64").sum(), there=of.count()))
    kept = sorted(device for device, _ in rows(reads.drop_null("reading")))
    found[name] = (none, there, kept)
    print(f"{name}: {none} of 3 rows null, {there} counted, {kept} kept by drop_null")
known = {"Spark": (2, 2, ["a"]), "DuckDB": (1, 2, ["a", "c"])}
raise SystemExit(0 if found == known else "otherwise than before")
PYTHON
