"""Small fleets for tests: their tables, what the judge of single devices says of each device, and runs over them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

from gbcscheck.device.context import Choices, Context, load_context
from gbcscheck.device.judge import judge_octets
from gbcscheck.errors import GbcscheckError
from gbcscheck.fleet.run import Run, Wanted, fleet_run
from gbcscheck.fleet.violations import VIOLATIONS
from gbcscheck.model.fleet import FleetRun

OFFSET = "RandomisedOffsetLimit"
PERIOD = "DebtRecoveryRates[1].period"
SAG = "RMSVoltageSagThreshold"
DAYS = "MaximumDemandConfigurableTimePeriod.exec_weekdays"
ENABLE = "Non-DisablementCalendar.enable"
TIMEOUT = "DeviceLog(CHF).join_timeout"
EXPORT = "MeterPointAdministrationNumber(ExportMPAN)"
NOTHING = "Nonsense"
COLUMNS: Mapping[str, pyarrow.DataType] = {
    "device": pyarrow.string(),
    "read": pyarrow.timestamp("us"),
    "manufacturer": pyarrow.string(),
    "firmware": pyarrow.string(),
    OFFSET: pyarrow.int32(),
    PERIOD: pyarrow.uint32(),
    SAG: pyarrow.string(),
    DAYS: pyarrow.string(),
    ENABLE: pyarrow.bool_(),
    TIMEOUT: pyarrow.float64(),
    EXPORT: pyarrow.string(),
    NOTHING: pyarrow.string(),
}
"""The columns of the wide layout, with a type of each kind."""
ITEMS = tuple(COLUMNS)[4:-1]
RIGHT: Mapping[str, Any] = {
    OFFSET: 600,
    PERIOD: 3600,
    SAG: "207",
    DAYS: "0b1111111",
    ENABLE: True,
    TIMEOUT: 253.0,
    EXPORT: "0x30313233343536373839414243",
    NOTHING: "x",
}
FAULTS: Mapping[str, tuple[Any, ...]] = {
    OFFSET: (5000, 70_000, -1),
    PERIOD: (3601, 2**32 - 1),
    SAG: ("30 s", "12..3", "read error", "-1", "207.5"),
    DAYS: ("0b1111100", "Mon-Fri", "rubbish", "0b111111111"),
    ENABLE: (False,),
    TIMEOUT: (2.5, float("nan"), 1e20, 65_536.0),
    EXPORT: ("0x3031",),
}
"""Values with a finding: beyond what is permitted, unreadable, in a wrong unit, not the constant, not of the type."""
WRITTEN_OTHERWISE: Mapping[str, tuple[Any, ...]] = {
    SAG: ("207 V", "0.207 kV", "+207", "0207", "NA", ""),
    DAYS: ("Mon-Sun", "1111111", "daily"),
    OFFSET: (0, 1799),
}
"""Values without a finding that are not the plain one."""


def rows_of_faults() -> list[dict[str, Any]]:
    """A device for each fault and each other way of writing, among others where all is right, and one without any."""
    several = [
        (name, value) for told in (FAULTS, WRITTEN_OTHERWISE) for name, values in told.items() for value in values
    ]
    rows: list[dict[str, Any]] = [row(f"right-{number}") for number in range(5)]
    rows += [row(f"device-{number:02}", **{name: value}) for number, (name, value) in enumerate(several)]
    rows.append(row("nothing", **dict.fromkeys((*ITEMS, NOTHING))))
    return rows


def row(device: str | None, day: int = 1, firmware: str = "1.0", maker: str = "Acme", **values: Any) -> dict[str, Any]:
    """A row of the wide layout where all is right but for some values."""
    import datetime

    read = datetime.datetime(2026, 11, day, 12)
    return {"device": device, "read": read, "manufacturer": maker, "firmware": firmware, **RIGHT, **values}


def brief(device: str | None, offset: Any = 600, day: int = 1, **head: Any) -> dict[str, Any]:
    """A row of the wide layout with one item."""
    whole = row(device, day, **head)
    return {**{name: whole[name] for name in tuple(COLUMNS)[:4]}, OFFSET: offset}


def write_parquet(path: Path, rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Any] = COLUMNS) -> Path:
    """Rows as a Parquet file of the wide layout."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fields = [(name, kind) for name, kind in columns.items() if any(name in one for one in rows)]
    parquet.write_table(pyarrow.Table.from_pylist([dict(one) for one in rows], pyarrow.schema(fields)), path)
    return path


def texts(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows with their times as texts, and without numbers that JSON does not have."""

    def text(value: Any) -> Any:
        if hasattr(value, "isoformat"):
            return value.isoformat()
        if isinstance(value, float) and value != value:
            return "NaN"
        return int(value) if isinstance(value, float) and value == int(value) else value

    return [{name: text(value) for name, value in one.items()} for one in rows]


def write_json_lines(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Rows as JSON lines."""
    path.write_text("".join(f"{json.dumps(one)}\n" for one in texts(rows)), encoding="utf-8")
    return path


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        for one in texts(rows):
            writer.writerow({n: str(v).lower() if isinstance(v, bool) else v for n, v in one.items()})
    return path


def write_long(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """The values of rows as a Parquet file of the long layout, all of them texts."""
    head = ("device", "read", "manufacturer", "firmware")
    listed = []
    for one in texts(rows):
        who = {name: one[name] for name in head}
        for name, value in one.items():
            if name not in head and value is not None:
                text = str(value).lower() if isinstance(value, bool) else str(value)
                listed.append({**who, "item": name, "value": text})
    parquet.write_table(pyarrow.Table.from_pylist(listed), path)
    return path


# --- runs ------------------------------------------------------------------------------------------------------------


@cache
def context() -> Context:
    """The default release."""
    return load_context(Choices())


@contextmanager
def at_work(
    *paths: Path | str, output: Path | None = None, key: str = "", **wanted: Any
) -> Iterator[tuple[Run, FleetRun, Any]]:
    """A run over some files."""
    asked = Wanted(tuple(map(str, paths)), **wanted)
    with fleet_run(asked, context(), output, key, lambda _: None) as found:
        yield found


class Done:
    """What came of a run: its numbers, its problems, the rows of its list of violations and their octets."""

    def __init__(self, run: Run, told: FleetRun) -> None:
        self.told = told
        self.problems: list[GbcscheckError] = list(run.problems)
        self.octets = (run.folder / VIOLATIONS).read_bytes()
        self.violations = parquet.read_table(run.folder / VIOLATIONS).to_pylist()

    @property
    def found(self) -> set[tuple[str, str, str, str, str]]:
        """Device, item, rule, severity and fingerprint of each violation."""
        keys = ("device", "item", "rule", "severity", "fingerprint")
        return {tuple(one[key] for key in keys) for one in self.violations}  # type: ignore[misc]

    def set_aside(self) -> dict[str, int]:
        """How much was set aside, by the first words of the reason."""
        return {" ".join(reason.split()[:4]): count for reason, count, _ in self.told.set_aside}


def done(*paths: Path | str, **wanted: Any) -> Done:
    """A run over some files, whose folder is not kept."""
    with at_work(*paths, **wanted) as (run, told, _):
        return Done(run, told)


def said_of_devices(rows: Sequence[Mapping[str, Any]]) -> set[tuple[str, str, str, str, str]]:
    """What ``gbcscheck device`` finds of each device as one JSON object: device, item, rule, severity, fingerprint."""
    found = set()
    for one in texts(rows):
        values = {name: one[name] for name in ITEMS if one.get(name) is not None}
        if not values:
            continue
        (judged,) = judge_octets("meter.json", json.dumps(values).encode(), "configuration", context(), tree=False)
        found |= {(one["device"], f.subject, f.rule, f.severity, f.fingerprint) for f in judged.findings}
    return found
