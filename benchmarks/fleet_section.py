"""The figures of ``fleet.py`` as a part of ``docs/performance.md``, and its plot."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from processes import Taken

MILLION = 1_000_000
BEGIN, END = "<!-- fleet.py: begin -->", "<!-- fleet.py: end -->"
OURS, DUCKDB, POLARS = "gbcscheck fleet", "DuckDB, SQL by hand", "polars, streaming, by hand"
LIMITS = {DUCKDB: 1.3, POLARS: 2.0}
"""How many times the processor time of what is written by hand ours may take."""
MEMORY = 1024
"""MiB within which ours has to stay."""
LIBRARIES = ("duckdb", "polars", "pyarrow", "ibis-framework", "pyspark")


@dataclass(frozen=True)
class Measured:
    """A run on some meters: what, how many rows and values, what it took."""

    what: str
    rows: int
    values: int
    taken: Taken


@dataclass(frozen=True)
class Figures:
    """All that was measured: the three beside each other on a fleet (``truth`` is what was planted in it, ``kinds`` how
    many faults of each kind were planted and found), medians of ``runs``; ours on fleets of any size; other forms."""

    beside: Mapping[str, Taken]
    truth: Mapping[str, Any]
    kinds: Mapping[str, tuple[int, int]]
    scaling: Sequence[Measured]
    others: Sequence[Measured]
    runs: int


def ratios(taken: Mapping[str, Taken]) -> dict[str, float]:
    """How many times the processor time of each by hand ours takes."""
    return {name: taken[OURS].processor / taken[name].processor for name in LIMITS}


def section(figures: Figures) -> str:
    """The part of the page."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    ours, by, truth = figures.beside[OURS], ratios(figures.beside), figures.truth
    kinds = "; ".join(f"{kind} {planted:,} and {found:,}" for kind, (planted, found) in figures.kinds.items())
    lines = [
        BEGIN,
        "## A fleet",
        "",
        f"Written by `python benchmarks/fleet.py --write`, in one run: {truth['rows']:,} reads of {truth['devices']:,} "
        "meters with 20 settings each, one column an item, Parquet, made by `benchmarks/fleet_data.py` from the sets "
        "of the release. Of each item's values 0.1 % have a fault of each kind that its column can hold, and one "
        f"firmware is wrong far more often: {truth['violations']:,} violations at {truth['wrong_devices']:,} meters. "
        "All three find exactly these, count the same by item, manufacturer, firmware and day, and write the list of "
        "violations, in order. By hand means `benchmarks/fleet_by_hand.py`: the twenty checks as SQL and as polars "
        "expressions, without a finding's words, fingerprint or place, and without the spread of values that the page "
        "shows. CPU is user and system time of a cold process, memory its VmHWM; "
        f"{'one run each' if figures.runs == 1 else f'medians of {figures.runs} runs in turns'}.",
        "",
        f"Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.python_implementation()} "
        f"{platform.python_version()}; {versions}.",
        "",
        "| what | CPU | clock | memory | wanted | reached |",
        "|---|---|---|---|---|---|",
        f"| `gbcscheck fleet FILES -o FOLDER` (`--memory 1GiB` is the default) | {_cells(ours)} | at most {MEMORY:,} "
        f"MiB | {yes(ours.memory <= MEMORY)} |",
        *(
            f"| {name} | {_cells(figures.beside[name])} | ours at most {limit} times its CPU; it is {by[name]:.2f} "
            f"| {yes(by[name] <= limit)} |"
            for name, limit in LIMITS.items()
        ),
        "",
        f"Faults by kind, planted and found: {kinds}.",
        "",
        "| reads | values | CPU | clock | memory | CPU a value |",
        "|---|---|---|---|---|---|",
        *(
            f"| {one.rows:,} | {one.values:,} | {_cells(one.taken)} | {one.taken.processor / one.values * 1e9:.0f} ns |"
            for one in figures.scaling
        ),
        "",
        "![seconds of processor by number of reads](fleet-scaling.svg)",
        *(_others(figures.others) if figures.others else ()),
        END,
    ]
    return "\n".join(lines)


def _others(others: Sequence[Measured]) -> list[str]:
    return [
        "",
        "Other forms of the same fleet, and Spark in local mode (its Java process is not in its CPU and memory):",
        "",
        "| what | reads | values | CPU | clock | memory | values a second |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {one.what} | {one.rows:,} | {one.values:,} | {_cells(one.taken)} "
            f"| {one.values / one.taken.clock:,.0f} |"
            for one in others
        ),
    ]


def _cells(taken: Taken) -> str:
    return f"{taken.processor:.1f} s | {taken.clock:.1f} s | {taken.memory:,.0f} MiB"


def yes(is_so: bool) -> str:
    """A word of the table."""
    return "yes" if is_so else "**no**"


def written(page: str, part: str) -> str:
    """A page with its part in it: in the place of the one that it has, else at its end."""
    before, begin, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{part}{after}" if begin else f"{page.rstrip()}\n\n{part}\n"


def plot(points: Sequence[Measured]) -> str:
    """The points, and the straight line from the origin to the last one, as SVG."""
    width, height, left, bottom = 640, 360, 70, 50
    most, slowest = points[-1].rows * 1.08, max(one.taken.processor for one in points) * 1.15

    def at(rows: float, seconds: float) -> tuple[float, float]:
        x = left + rows / most * (width - left - 20)
        return round(x, 1), round(height - bottom - seconds / slowest * (height - bottom - 20), 1)

    (x0, y0), last = at(0, 0), at(points[-1].rows, points[-1].taken.processor)
    line = " ".join(f"{x},{y}" for x, y in (at(one.rows, one.taken.processor) for one in points))
    marks = []
    for one in points:
        x, y = at(one.rows, one.taken.processor)
        marks.append(f'<circle cx="{x}" cy="{y}" r="4" fill="#1f5fa8"/>')
        marks.append(f'<text x="{x}" y="{y - 10}" text-anchor="end">{one.taken.processor:.0f} s</text>')
        marks.append(f'<text x="{x}" y="{y0 + 18}" text-anchor="middle">{one.rows // MILLION}</text>')
    head = f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12"'
    return f"""<svg xmlns="http://www.w3.org/2000/svg" {head}>
<rect width="{width}" height="{height}" fill="#fff"/>
<path d="M{x0},20 V{y0} H{width - 20}" fill="none" stroke="#555"/>
<path d="M{x0},{y0} L{last[0]},{last[1]}" fill="none" stroke="#bbb" stroke-dasharray="4 4"/>
<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/>
{chr(10).join(marks)}
<text x="{(left + width) / 2}" y="{height - 10}" text-anchor="middle">million reads of 20 settings</text>
<text x="16" y="{height / 2}" transform="rotate(-90 16 {height / 2})" text-anchor="middle">seconds of processor</text>
</svg>
"""
