"""Whether what a run over a fleet says is what was planted in it, and whether two runs say the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
from fleet_items import MISSING

OF_RUN = ("engine", "tool")
"""What two runs that say the same may say differently."""


def read_json(path: Path) -> Any:
    """The content of a file of JSON."""
    return json.loads(path.read_text(encoding="utf-8"))


def differences(run: Path, fleet: Path, name: str = "name") -> list[str]:
    """How the list of violations of a run differs from what was planted: faults that are not in it, and violations that
    nobody planted, each with an example; empty where all is right.

    ``name`` is the column of the list that has the item as the fleet names it. Values are compared without what stands
    behind a blank: units stand there, or in a column of their own.
    """
    listed, planted = run / "violations.parquet", fleet / "planted.parquet"
    where = "severity <> 'note'" if name == "name" else "true"
    with duckdb.connect() as engine:
        # A list has a row for each finding; a value with two findings is one violation.
        engine.execute(
            f"create temp view found as select distinct device, {name} as item, "
            f"regexp_replace(split_part(value, ' ', 1), '[.]0$', '') as value from '{listed}' where {where}"
        )
        engine.execute(
            "create temp view wanted as select device, item, split_part(value, ' ', 1) as value "
            f"from '{planted}' where counts and kind <> '{MISSING}'"
        )
        told = []
        sides = (("planted and not found", "wanted", "found"), ("found and not planted", "found", "wanted"))
        for what, left, right in sides:
            rows = engine.execute(f"from {left} except all from {right}").fetchall()
            told += [f"{len(rows):,} {what}, such as {rows[0]}"] if rows else []
    return told


def kinds_found(run: Path, fleet: Path) -> dict[str, tuple[int, int]]:
    """By kind of fault, how many were planted and how many of these stand in the list of violations of a run."""
    with duckdb.connect() as engine:
        rows = engine.execute(
            f"""with found as (select distinct device, name as item from '{run / "violations.parquet"}')
                select kind, count(*), count(found.device) from '{fleet / "planted.parquet"}' as planted
                left join found using (device, item) where counts and kind <> '{MISSING}' group by all order by all"""
        ).fetchall()
    return {kind: (planted, found) for kind, planted, found in rows}


def differing_counts(run: Path, fleet: Path) -> list[str]:
    """What the numbers of a run say differently from the truth: devices, older reads, violations, missing values."""
    truth, told = read_json(fleet / "planted.json"), read_json(run / "summary.json")
    summary = told["summary"]
    pairs = {
        "devices": (truth["devices"], summary["devices"]),
        "older reads": (truth["older_reads"], summary["older_reads"]),
        "wrong devices": (truth["wrong_devices"], summary["wrong"]),
        "violations": (truth["violations"], summary["violations"]),
        "wrong by firmware": (
            {f"{maker} {firmware}": count for maker, firmware, count in truth["wrong_by_firmware"]},
            {f"{one['manufacturer']} {one['name']}": one["wrong"] for one in told["firmwares"]},
        ),
        "missing": (
            {item: count for item, kind, count in truth["faults"] if kind == MISSING},
            {one["name"]: one["missing"] for one in told["columns"] if one["missing"]},
        ),
    }
    return [f"{what}: {wanted} planted, {found} told" for what, (wanted, found) in pairs.items() if wanted != found]


def unlike(one: Path, other: Path) -> list[str]:
    """Where two runs over the same fleet say something different, in their numbers or in their lists."""
    left, right = (
        {k: v for k, v in read_json(run / "summary.json").items() if k not in OF_RUN} for run in (one, other)
    )
    told = [key for key in sorted({*left, *right}) if left.get(key) != right.get(key)]
    lists = [f"'{run / 'violations.parquet'}'" for run in (one, other)]
    with duckdb.connect() as engine:
        for first, second in (lists, lists[::-1]):
            rows = engine.execute(f"select count(*) from (from {first} except all from {second})").fetchone()
            if rows is not None and rows[0]:
                told.append(f"{rows[0]:,} rows of {first} alone")
    return told
