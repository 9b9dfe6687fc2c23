"""Measure configurations in JSON lines: how many a second, and that memory does not grow with the file.

Run from a checkout: ``python benchmarks/configurations.py``, with fastjsonschema installed beside the ``test`` extra.
Both sides read the same file, in turns, each run a process of its own: gbcscheck judges every value against every
specification of the release, fastjsonschema checks the same names and the same ranges, written out as a JSON Schema.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COUNTS = (10_000, 100_000)
RUNS = 5
RELEASE = "before-mp131"
SEED = 37
MOST_THRESHOLD, MOST_OFFSET = 2**32 - 1, 1799

WEEK = "MaximumDemandConfigurableTimePeriod"
THRESHOLDS = ("RMSVoltageSagThreshold", "RMSVoltageSwellThreshold", "RMSVoltageSagMeasurementPeriod")
OFFSET = "RandomisedOffsetLimit"

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        **{name: {"type": "integer", "minimum": 0, "maximum": MOST_THRESHOLD} for name in THRESHOLDS},
        OFFSET: {"type": "integer", "minimum": 0, "maximum": MOST_OFFSET},
        WEEK: {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "entries": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 2,
                    "items": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"exec_weekdays": {"const": "0b1111111"}},
                    },
                }
            },
        },
    },
}
"""The ranges of the specifications for the items of the file, as far as a JSON Schema can say them."""


def configurations(count: int, *, spread: bool) -> Iterator[dict[str, Any]]:
    """Configurations of six values each; one in a thousand has other week days. ``spread``: the numbers of nearly
    every configuration are new, so that no verdict can be remembered."""
    chosen = random.Random(SEED)
    for number in range(count):
        days = "0b1111100" if number % 1000 == 999 else "0b1111111"
        sag, swell = (0, MOST_THRESHOLD) if spread else (180, 220), (0, MOST_THRESHOLD) if spread else (245, 280)
        yield {
            THRESHOLDS[0]: chosen.randint(*sag),
            THRESHOLDS[1]: chosen.randint(*swell),
            THRESHOLDS[2]: chosen.choice((10, 30, 60)),
            OFFSET: chosen.randint(0, MOST_OFFSET),
            WEEK: {"entries": [{"exec_weekdays": days}, {"exec_weekdays": "0b1111111"}]},
        }


def write(path: Path, count: int, *, spread: bool) -> None:
    """A file of JSON lines."""
    with path.open("w", encoding="utf-8") as lines:
        for one in configurations(count, spread=spread):
            lines.write(json.dumps(one) + "\n")


# --- one side, in a process of its own -------------------------------------------------------------------------------


def judge(path: Path) -> tuple[float, int]:
    """Seconds that gbcscheck takes to read and judge a file, and how many configurations are at fault."""
    from gbcscheck.device.configuration.read import judge_json_lines
    from gbcscheck.device.context import Choices, load_context
    from gbcscheck.device.model import FileRecord

    context = load_context(Choices(), release=RELEASE)
    record = FileRecord(str(path), tree=False)
    began = time.perf_counter()
    judge_json_lines(str(path), path, context, record)
    return time.perf_counter() - began, len(record.findings)


def validate(path: Path) -> tuple[float, int]:
    """Seconds that fastjsonschema takes to read and validate a file, and how many configurations are at fault."""
    import fastjsonschema

    valid = fastjsonschema.compile(SCHEMA)
    wrong = 0
    began = time.perf_counter()
    with path.open("rb") as lines:
        for line in lines:
            try:
                valid(json.loads(line))
            except fastjsonschema.JsonSchemaValueException:
                wrong += 1
    return time.perf_counter() - began, wrong


SIDES = {"gbcscheck": judge, "fastjsonschema": validate}


def most_memory() -> int:
    """Most memory that this process has had, in octets. What ``getrusage`` says counts the process from which this one
    was started as well, so the kernel's own account comes first."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def run_side(side: str, path: str) -> None:
    """Print what one run took: seconds, faults, and the most memory of the process in MiB."""
    seconds, faults = SIDES[side](Path(path))
    peak = most_memory() / 2**20
    print(json.dumps({"seconds": seconds, "faults": faults, "mebibytes": peak}))


# --- both sides ------------------------------------------------------------------------------------------------------


def measured(side: str, path: Path) -> dict[str, float]:
    """One run of a side in a fresh process."""
    done = subprocess.run([sys.executable, __file__, side, str(path)], capture_output=True, check=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def compare(count: int, *, spread: bool, folder: Path) -> dict[str, Any]:
    """Median rate and peak memory of both sides on one file, in turns."""
    path = folder / f"{count}{'-spread' if spread else ''}.jsonl"
    write(path, count, spread=spread)
    runs: dict[str, list[dict[str, float]]] = {side: [] for side in SIDES}
    for _ in range(RUNS):
        for side, found in runs.items():
            found.append(measured(side, path))
    row: dict[str, Any] = {"configurations": count, "values": "all new" if spread else "as meters have them"}
    for side, found in runs.items():
        seconds = statistics.median(one["seconds"] for one in found)
        row[side] = {
            "a second": round(count / seconds),
            "MiB": round(max(one["mebibytes"] for one in found), 1),
            "faults": int(found[0]["faults"]),
        }
    return row


def table(rows: list[dict[str, Any]]) -> str:
    """The figures as Markdown."""
    lines = [
        "| configurations | values | gbcscheck, a second | peak MiB | fastjsonschema, a second | peak MiB |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = [f"{row['configurations']:,}", row["values"]]
        for side in SIDES:
            cells += [f"{row[side]['a second']:,}", f"{row[side]['MiB']}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def measure() -> list[dict[str, Any]]:
    """All comparisons: both sizes with values as meters have them, the small one with values that are all new."""
    with tempfile.TemporaryDirectory() as name:
        rows = [compare(count, spread=False, folder=Path(name)) for count in COUNTS]
        return [*rows, compare(COUNTS[0], spread=True, folder=Path(name))]


def main() -> int:
    if len(sys.argv) == 3:
        run_side(sys.argv[1], sys.argv[2])
    else:
        print(table(measure()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
