"""What ``gbcscheck fleet`` asks of the twenty settings of ``fleet_items.py``, by hand for DuckDB and for polars.

``python benchmarks/fleet_by_hand.py duckdb|polars 'FILES' OUT``: reads the Parquet files of a glob in the wide layout
and writes ``OUT/violations.parquet`` (device, item, value, read, file, manufacturer, firmware; in order) and
``OUT/counts.json`` (devices, older reads; values, missing ones and violations by item; devices, wrong devices and these
by item for each manufacturer, each firmware and each day).

It is what an engineer writes who has read the twenty places of the specifications: no finding, no fingerprint, no place
of the document that forbids a value, and no other way to write a value than the one that these files use. One reading
of each value decides: what is empty or NA is missing, what fits its check is right, all else is a violation.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

WHOLE_NUMBERS = {
    "RMSVoltageSagThreshold": (0, 4294967295),
    "RMSVoltageSwellThreshold": (0, 4294967295),
    "RMSExtremeUnderVoltageThreshold": (0, 4294967295),
    "RMSVoltageSagMeasurementPeriod": (0, 4294967295),
    "DebtRecoveryperPayment.proportion": (0, 10000),
    "MediumHighPowerThreshold": (0, 4294967295),
    "DebtRecoveryRateCap.max_provision": (0, 65535),
    "PaymentMode.account_mode_and_status.payment_mode": (1, 2),
    "SupplyState.control_state": (0, 2),
    "Non-DisablementCalendar(SpecialDays).day_id": (1, 20),
    "LowCreditThreshold.low_credit_threshold": (-2147483648, 2147483647),
    "LowMediumPowerThreshold": (0, 4294967295),
}
"""Columns of numbers: the least and the greatest that is right."""
NUMBERS_IN_TEXT = {"RandomisedOffsetLimit": (0, 1799), "RMSExtremeOverVoltageThreshold": (0, 4294967295)}
SWELL = "RMSVoltageSwellThreshold"  # a column of doubles
EVERY_DAY = "MaximumDemandConfigurableTimePeriod.exec_weekdays"
TIME = "MaximumDemandConfigurableTimePeriod.switch_time"
DAYS = "Non-DisablementCalendar.exec_weekdays"
IDENTIFIER = "MeterPointAdministrationNumber(ExportMPAN)"
ENABLED = "Non-DisablementCalendar.enable"
AVAILABLE = "BoostFunctionAvailability"
WITH_NA = (*NUMBERS_IN_TEXT, EVERY_DAY, TIME, DAYS)
"""Columns of text in which an empty text and NA mean that there is no value."""
ITEMS = (*WHOLE_NUMBERS, *NUMBERS_IN_TEXT, EVERY_DAY, TIME, DAYS, IDENTIFIER, ENABLED, AVAILABLE)
BESIDE = ("device", "read", "manufacturer", "firmware")
GROUPS = {"manufacturers": ("manufacturer",), "firmwares": ("manufacturer", "firmware"), "days": ("day",)}
"""By what devices are counted."""
Groups = dict[str, dict[str, list[Any]]]
"""Of each way of counting, by the name of the group: its devices, those that hold a violation, and these by item."""


# --- DuckDB -----------------------------------------------------------------------------------------------------------


def checks_in_sql() -> dict[str, str]:
    """By item the condition of a value that is right."""
    wholes = {name: f"{{}} between {low} and {high}" for name, (low, high) in WHOLE_NUMBERS.items()}
    texts = {
        name: f"try_cast({{}} as bigint) between {low} and {high}" for name, (low, high) in NUMBERS_IN_TEXT.items()
    }
    others = {
        EVERY_DAY: "{} = '0b1111111'",
        TIME: "try_cast({} as time) is not null",
        DAYS: "regexp_full_match({}, '0b[01]{{1,7}}')",
        IDENTIFIER: "regexp_full_match({}, '0x[0-9A-Fa-f]{{26}}')",
        ENABLED: "{}",
        AVAILABLE: "true",
    }
    return {name: check.format(quoted(name)) for name, check in {**wholes, **texts, **others}.items()}


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return f'"{name}"'


def in_duckdb(files: str, out: Path, memory: str, threads: int) -> dict[str, Any]:
    """Both outputs with DuckDB: two scans of all columns and one of the names and times."""
    import duckdb

    right = checks_in_sql()
    missing = {
        name: f"{quoted(name)} is null" + (f" or {quoted(name)} in ('', 'NA')" if name in WITH_NA else "")
        for name in ITEMS
    }
    bad = {name: f"not ({missing[name]}) and coalesce(not ({right[name]}), true)" for name in ITEMS}
    engine = duckdb.connect(config={"threads": threads, "memory_limit": memory, "temp_directory": str(out / "spilled")})
    engine.execute("set preserve_insertion_order = false")
    engine.execute(
        f"create view reads as select *, filename as file, file_row_number as row "
        f"from read_parquet('{files}', filename = true, file_row_number = true)"
    )
    engine.execute(
        """create temp table older as
           with again as (select device from reads group by device having count(*) > 1)
           select file, row from reads semi join again using (device)
           qualify row_number() over (partition by device order by read desc, file desc, row desc) > 1"""
    )
    engine.execute("create view newest as select * from reads anti join older using (file, row)")
    engine.execute(f"create temp table suspicious as select * from newest where ({') or ('.join(bad.values())})")
    listed = " union all ".join(
        f"select device, '{name}' as item, {quoted(name)}{'::bigint' if name == SWELL else ''}::varchar as value, "
        "read, file, manufacturer, firmware "
        f"from suspicious where {bad[name]}"
        for name in ITEMS
    )
    engine.execute(f"create temp table violations as {listed}")
    target = out / "violations.parquet"
    engine.execute(f"copy (from violations order by device, item) to '{target}' (format parquet, compression zstd)")
    values = ", ".join(f"count(*) filter (where {missing[name]}) as {quoted(name)}" for name in ITEMS)
    engine.execute(
        f"create temp table counted as select manufacturer, firmware, read::date as day, count(*) as devices, {values} "
        "from newest group by all"
    )
    sums = ", ".join(f"sum({quoted(name)})" for name in ITEMS)
    rows = engine.execute(f"select sum(devices), {sums} from counted").fetchone()
    assert rows is not None
    devices, *absent = (int(number) for number in rows)
    wrong = dict(engine.execute("select item, count(*) from violations group by all").fetchall())
    groups: Groups = {}
    for kind, by in GROUPS.items():
        name = f"concat_ws(' ', {', '.join(by)})"
        at = "select *, read::date as day from violations"
        held = engine.execute(f"select {name}, sum(devices)::bigint from counted group by all order by all").fetchall()
        found = engine.execute(f"select {name}, count(distinct device) from ({at}) group by all").fetchall()
        of_items = engine.execute(f"select {name}, item, count(distinct device) from ({at}) group by all").fetchall()
        groups[kind] = grouped(held, found, of_items)
    bad_devices = engine.execute("select count(distinct device) from violations").fetchone()
    older = engine.execute("select count(*) from older").fetchone()
    assert bad_devices is not None
    assert older is not None
    return counted(devices, older[0], bad_devices[0], dict(zip(ITEMS, absent, strict=True)), wrong, groups)


# --- polars -----------------------------------------------------------------------------------------------------------


def checks_in_polars() -> dict[str, pl.Expr]:
    """By item the condition of a value that is right."""
    import polars as pl

    return {
        **{name: pl.col(name).is_between(low, high) for name, (low, high) in WHOLE_NUMBERS.items()},
        **{
            name: pl.col(name).cast(pl.Int64, strict=False).is_between(low, high)
            for name, (low, high) in NUMBERS_IN_TEXT.items()
        },
        EVERY_DAY: pl.col(EVERY_DAY) == "0b1111111",
        TIME: pl.col(TIME).str.to_time("%H:%M:%S", strict=False).is_not_null(),
        DAYS: pl.col(DAYS).str.contains("^0b[01]{1,7}$"),
        IDENTIFIER: pl.col(IDENTIFIER).str.contains("^0x[0-9A-Fa-f]{26}$"),
        ENABLED: pl.col(ENABLED),
        AVAILABLE: pl.lit(value=True),
    }


def in_polars(files: str, out: Path) -> dict[str, Any]:
    """Both outputs with polars' streaming engine, in as many scans."""
    import polars as pl

    right = checks_in_polars()
    missing = {
        name: pl.col(name).is_null() | pl.col(name).is_in(["", "NA"]) if name in WITH_NA else pl.col(name).is_null()
        for name in ITEMS
    }
    missing = {name: condition.fill_null(value=True) for name, condition in missing.items()}
    bad = {name: ~missing[name] & ~right[name].fill_null(value=False) for name in ITEMS}
    reads = pl.scan_parquet(files, include_file_paths="file", row_index_name="row")
    again = reads.group_by("device").agg(pl.len()).filter(pl.col("len") > 1).select("device")
    several = (
        reads.select("device", "read", "file", "row").join(again, on="device", how="semi").collect(engine="streaming")
    )
    older = several.sort("read", "row").filter(pl.int_range(pl.len()).reverse().over("device") > 0).select("row")
    newest = reads.join(older.lazy(), on="row", how="anti")
    suspicious = newest.filter(pl.any_horizontal(bad.values())).collect(engine="streaming")
    kept = ("device", "read", "file", "manufacturer", "firmware")
    violations = pl.concat(
        suspicious.filter(bad[name]).select(
            *kept,
            pl.lit(name).alias("item"),
            (pl.col(name).cast(pl.Int64) if name == SWELL else pl.col(name)).cast(pl.String).alias("value"),
        )
        for name in ITEMS
    )
    violations.sort("device", "item").write_parquet(out / "violations.parquet")
    by_day = (
        newest.group_by("manufacturer", "firmware", pl.col("read").dt.date().alias("day"))
        .agg(pl.len().alias("devices"), *(missing[name].sum().alias(name) for name in ITEMS))
        .collect(engine="streaming")
    )
    absent = {name: int(by_day[name].sum()) for name in ITEMS}
    wrong = dict(violations.group_by("item").len().rows())
    groups: Groups = {}
    at = violations.with_columns(pl.col("read").dt.date().alias("day"))
    for kind, by in GROUPS.items():
        name = pl.concat_str([pl.col(one).cast(pl.String) for one in by], separator=" ").alias("name")
        held = by_day.group_by(name).agg(pl.col("devices").sum()).sort("name").rows()
        found = at.group_by(name).agg(pl.col("device").n_unique()).rows()
        of_items = at.group_by(name, "item").agg(pl.col("device").n_unique()).rows()
        groups[kind] = grouped(held, found, of_items)
    devices = int(by_day["devices"].sum())
    return counted(devices, older.height, violations["device"].n_unique(), absent, wrong, groups)


# --- both -------------------------------------------------------------------------------------------------------------


def counted(
    devices: int,
    older: int,
    wrong_devices: int,
    missing: dict[str, int],
    wrong: dict[str, int],
    groups: Groups,
) -> dict[str, Any]:
    """The counts, in the one form in which they are compared."""
    return {
        "devices": devices,
        "older_reads": older,
        "wrong_devices": wrong_devices,
        "violations": sum(wrong.values()),
        "items": {name: [devices - missing[name], missing[name], wrong.get(name, 0)] for name in sorted(ITEMS)},
        **groups,
    }


def grouped(
    held: list[tuple[Any, ...]], found: list[tuple[Any, ...]], of_items: list[tuple[Any, ...]]
) -> dict[str, list[Any]]:
    """Groups by name, of rows of names and counts."""
    wrong = dict(found)
    items: dict[str, dict[str, int]] = {}
    for name, item, count in sorted(of_items):
        items.setdefault(name, {})[item] = count
    return {name: [devices, wrong.get(name, 0), items.get(name, {})] for name, devices in held}


def main(engine: str, files: str, out: Path, memory: str = "700MiB", threads: str = "2") -> None:
    """Write both outputs."""
    out.mkdir(parents=True, exist_ok=True)
    counts = in_duckdb(files, out, memory, int(threads)) if engine == "duckdb" else in_polars(files, out)
    (out / "counts.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])
