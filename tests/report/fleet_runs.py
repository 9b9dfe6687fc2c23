"""Runs over fleets for the tests of their reports: one with a firmware that is wrong, and one of hostile texts."""

from __future__ import annotations

from dataclasses import replace

from report_examples import CONTRADICTION, DEFAULT

from gbcscheck.model import Finding, Specification, Statement
from gbcscheck.model.fleet import (
    MENDED,
    NEWLY_WRONG,
    NOT_SEEN,
    STILL_WRONG,
    Bin,
    Distribution,
    Drift,
    FleetColumn,
    FleetFinding,
    FleetGroup,
    FleetRun,
    FleetSource,
    Since,
)

OFFSET = "RandomisedOffsetLimit.value"
PERIOD = "MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"
THRESHOLD = "VoltageSagThreshold.value"

__all__ = ["DEFAULT", "OFFSET", "PERIOD", "THRESHOLD", "fleet_run", "hostile_run"]


def _not_settable(value: str) -> Finding:
    device = Statement(
        OFFSET, "value", Specification("device", "unstated"), "published", "", "fleet.parquet", "", text=value
    )
    return Finding(
        "D501", "warning", OFFSET, f"no value of service request 7.12 sets {value} s", (device, DEFAULT),
        witness=f"{value} s", why="RandomisedOffsetLimit permits whole numbers from 0 to 1799.",
    )  # fmt: skip


def fleet_run() -> FleetRun:
    """A run in which one firmware is wrong in nearly all of its devices, and another in three of four."""
    days = tuple(
        FleetGroup(f"2026-{10 + day // 31:02}-{day % 31 + 1:02}", 170 + 7 * day, 2 + (day > 30) * (14 + day))
        for day in range(45)
    )
    offset = FleetFinding(
        _not_settable("1800"), "bfd57973dd2b401c", OFFSET, "1800", "s", 1190, ("meter-000001", "meter-000017"),
        "2026-10-03T02:00:00", "2026-11-14T02:00:00",
    )  # fmt: skip
    period = FleetFinding(
        replace(CONTRADICTION, severity="error", rule="D504", message="0b1111100 is not the constant of the use case"),
        "0123456789abcdef", PERIOD, "0b1111100", "", 13, ("meter-000400",),
    )  # fmt: skip
    return FleetRun(
        release="current",
        engine="duckdb",
        layout="wide",
        sources=(
            FleetSource("reads/2026-11.parquet", "parquet", 10_400),
            FleetSource("reads/broken.parquet", "parquet", problem="the file ends before its footer"),
        ),
        columns=(
            FleetColumn("RandomisedOffsetLimit", OFFSET, "", "s", 9_990, 10, 8_790, 0, 1_190, 10, 8_790, "0..1799 s"),
            FleetColumn("Weekdays", PERIOD, "", "", 10_000, 0, 9_987, 0, 13, 0, 9_987, "0b1111111 (every day)"),
            FleetColumn("VoltageSagThreshold", THRESHOLD, "", "V", 10_000, 0, 10_000, 0, 0, 0, 10_000, "0..65535"),
            FleetColumn("colour", reason="no data item of this name", values=10_000),
        ),
        devices=10_000,
        clean=8_787,
        older_reads=400,
        distinct=4,
        violations=1_213,
        findings=(period, offset),
        more_findings=2,
        rules=(("D504", "error", 13), ("D501", "warning", 1_190)),
        manufacturers=(
            FleetGroup("Acme", 5_203, 1_200, ((OFFSET, 1_190), (PERIOD, 10))),
            FleetGroup("Borealis", 4_797, 13, ((OFFSET, 10), (PERIOD, 3))),
        ),
        firmwares=(
            FleetGroup("1.9.4", 4_000, 10, ((PERIOD, 10),), "Acme"),
            FleetGroup("2.1.0", 1_203, 1_190, ((OFFSET, 1_190),), "Acme"),
            FleetGroup("7", 4_793, 10, ((OFFSET, 10),), "Borealis"),
            FleetGroup("7-rc1", 4, 3, ((PERIOD, 3),), "Borealis"),
        ),
        days=days,
        distributions=(
            Distribution(
                OFFSET,
                "s",
                "0..1799 s",
                (
                    *(Bin(f"{n * 60} to {n * 60 + 59}", 290 + 3 * n, 0, n * 60, n * 60 + 60) for n in range(30)),
                    Bin("1800", 1_190, 1_190, 1800, 1800, outside=True),
                    Bin("65535", 10, 10, 65535, 65535, outside=True),
                ),
            ),
            Distribution(
                PERIOD,
                "",
                "0b1111111 (every day)",
                (Bin("0b1111111", 9_987, 0), Bin("0b1111100", 13, 13, outside=True)),
                others=2,
            ),
        ),
        drifts=(
            Drift(OFFSET, "0 s", "synthetic", 9_990, 4_100, (("600", 2_000), ("1800", 1_190))),
            Drift(THRESHOLD, "", "", 0, 0, reason="no default is known"),
        ),
        since=Since(
            "runs/october",
            (
                (OFFSET, "D501", NEWLY_WRONG, 1_100),
                (OFFSET, "D501", STILL_WRONG, 90),
                (PERIOD, "D504", MENDED, 7),
                (PERIOD, "D504", NOT_SEEN, 1),
            ),
        ),
        set_aside=(("no name of a device", 3, ("reads/2026-11.parquet, row 7",)),),
        not_asked=("what calendars say of one another",),
    )


def hostile_run(text: str) -> FleetRun:
    """A run in which everything that a file may say is one text."""
    statement = Statement(text, text, Specification(text, text, text), "published", text, text, text, text=text)
    finding = Finding("D501", "error", text, text, (statement, statement._replace(source="line 3")), text, text, text)
    groups = (
        FleetGroup(text, 900, 1, ((text, 1),), text), FleetGroup(f"{text}2", 100, 90, ((text, 90),), text),
    )  # fmt: skip
    return FleetRun(
        text, "duckdb", "wide",
        (FleetSource(text, text, 3, text), FleetSource(text, text, 3)),
        (FleetColumn(text, text, "", text, 10, 0, 8, 0, 2, 0, 8, text), FleetColumn(text, "", text, text, 1)),
        1_000, 909, 1, 2, 91, (FleetFinding(finding, "0" * 16, text, text, text, 91, (text, text), text, text),), 1,
        (("D501", "error", 91),), groups, groups, (FleetGroup(text, 10, 1), FleetGroup("2026-01-01", 10, 1)),
        (
            Distribution(text, text, text, (Bin(text, 10, 0, 0, 5), Bin(text, 1, 1, 5, 9, outside=True)), 1),
            Distribution(text, text, text, (Bin(text, 10, 0), Bin(text, 1, 1, outside=True)), 1),
        ),
        (Drift(text, text, text, 10, 1, ((text, 1),)), Drift(text, text, text, 0, 0, reason=text)),
        Since(text, ((text, "D501", NEWLY_WRONG, 1),)), text, ((text, 1, (text, text)),), (text,),
    )  # fmt: skip
