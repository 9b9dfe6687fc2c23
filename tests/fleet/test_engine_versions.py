"""The engines are pinned to what was looked at: a greater version may read texts, casts and literals otherwise."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import pytest

LOOKED_AT = {
    "ibis-framework": (
        "12",
        "tests/fleet/test_readings.py: how Ibis writes regular expressions, casts and literals of each dialect; "
        "whether Spark may be newer than 4.0; sql.py: the options of Spark before its back end is loaded",
    ),
    "duckdb": (
        "2.0",
        "tests/fleet/test_readings.py: regexp_matches and its ends, try_cast of 2.5 and of blanks, products of "
        "decimals, text of doubles, dates and octets",
    ),
    "pyspark": (
        "4.0",
        "tests/fleet/test_spark.py: RLIKE, backslashes in literals, ANSI mode, try_cast, text of decimals and "
        "timestamps; columns of the type TIME, which Spark 4.1 and later refuse unless spark.sql.timeType.enabled",
    ),
    "pyarrow": (
        "",
        "tests/fleet/test_readings.py: which types a column of Parquet comes with",
    ),
}
"""The version (its beginning) of each library that was looked at, and what to look at before another is taken."""


@pytest.mark.parametrize("name", LOOKED_AT)
def test_an_engine_is_of_the_version_that_was_looked_at(name: str) -> None:
    known, where = LOOKED_AT[name]
    try:
        installed = version(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed")
    if known and not f"{installed}.".startswith(f"{known}."):
        pytest.fail(
            f"{name} {installed} is installed, and fleets were looked at with {known}. Before pyproject.toml takes it: "
            f"run tests/fleet, the whole of the corpus of edge values on both engines, and look at {where}"
        )
