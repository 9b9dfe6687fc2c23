"""Measure ``gbcscheck fleet``: memory, and processor time beside the same checks written by hand, all in one run.

Run from a checkout with the ``test`` extra and polars: ``python benchmarks/fleet.py``; ``--write`` puts the figures
into ``docs/performance.md`` and the plot into ``docs/fleet-scaling.svg``. ``--folder`` is where the made-up fleets go
(three gigabytes for all; a temporary folder unless it is given), ``--scales 1,3,10`` which of them are measured.

Every run has to find exactly what was planted (``fleet_data.py``), and so have both of what is written by hand
(``fleet_by_hand.py``), or nothing is measured. Processor time is user and system time of a cold process, memory the
most that the kernel counted of it (VmHWM).
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fleet_data import Fleet, as_text, make
from fleet_results import differences, differing_counts, kinds_found, read_json, unlike
from processes import Command, Taken, median, run

ROOT = Path(__file__).resolve().parent.parent
PAGE, PLOT = ROOT / "docs" / "performance.md", ROOT / "docs" / "fleet-scaling.svg"
BEGIN, END = "<!-- fleet.py: begin -->", "<!-- fleet.py: end -->"
MILLION = 1_000_000
BESIDE = 10
"""Millions of meters on which the three are held beside each other."""
OURS, DUCKDB, POLARS = "gbcscheck fleet", "DuckDB, SQL by hand", "polars, streaming, by hand"
LIMITS = {DUCKDB: 1.3, POLARS: 2.0}
"""How many times the processor time of what is written by hand ours may take."""
MEMORY = 1024
"""MiB within which ours has to stay."""
MEMORY_BY_HAND = "700MiB"
LIBRARIES = ("duckdb", "polars", "pyarrow", "ibis-framework", "pyspark")


@dataclass(frozen=True)
class Measured:
    """A run on some meters: what, how many rows and values, what it took."""

    what: str
    rows: int
    values: int
    taken: Taken


def gbcscheck(files: Path, out: Path, *options: str) -> Command:
    """Ours, on the files of a folder, with its results in another."""
    return Command([sys.executable, "-m", "gbcscheck", "fleet", files, "-o", out, "-q", *options], ROOT)


def by_hand(engine: str, files: Path, out: Path) -> Command:
    """What is written by hand for an engine."""
    script = ROOT / "benchmarks" / "fleet_by_hand.py"
    return Command([sys.executable, script, engine, f"{files}/*.parquet", out, MEMORY_BY_HAND], ROOT)


def fresh(folder: Path) -> Path:
    """A folder that is not there yet."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def checked(problems: list[str], what: str) -> None:
    """SystemExit where something is not as it has to be."""
    if problems:
        raise SystemExit(f"{what}: {'; '.join(problems)}")


def made(folder: Path, millions: float, **options: Any) -> Path:
    """A fleet of so many million meters, made unless it is there."""
    target = folder / f"fleet-{options.get('layout', 'wide')}-{options.get('form', 'parquet')}-{millions:g}"
    if not (target / "planted.json").is_file():
        form = options.pop("form", "parquet")
        fleet = Fleet(fresh(target), round(millions * MILLION), **options)
        make(fleet)
        if form != "parquet":
            as_text(fleet, form)
        print(f"made: {target.name}", file=sys.stderr)
    return target


def measured(fleet: Path, out: Path, runs: int = 1, *options: str) -> Measured:
    """Ours on a fleet: the median of some runs, of which the last is held against what was planted."""
    truth = read_json(fleet / "planted.json")
    taken = []
    for _ in range(runs):
        taken.append(run(gbcscheck(fleet / truth["layout"], fresh(out), *options)))
    checked(differences(out, fleet), OURS)
    if truth["layout"] == "wide":
        checked(differing_counts(out, fleet), OURS)
    values = read_json(out / "summary.json")["summary"]["values"]
    return Measured(OURS, truth["rows"], values, median(taken))


def beside(fleet: Path, folder: Path, runs: int) -> dict[str, Taken]:
    """Ours and what is written by hand on a fleet, in turns; each has to find what was planted."""
    outs = {OURS: folder / "ours", DUCKDB: folder / "duckdb", POLARS: folder / "polars"}
    files = fleet / "wide"
    taken: dict[str, list[Taken]] = {name: [] for name in outs}
    for path in files.iterdir():
        path.read_bytes()  # so that the first is not the one that waits for the disk
    for _ in range(runs):
        for name, out in outs.items():
            fresh(out)
            command = (
                gbcscheck(files, out)
                if name == OURS
                else by_hand({DUCKDB: "duckdb", POLARS: "polars"}[name], files, out)
            )
            one = run(command)
            taken[name].append(one)
            print(f"{name}: {one}", file=sys.stderr)
    checked(differences(outs[OURS], fleet) + differing_counts(outs[OURS], fleet), OURS)
    for name in (DUCKDB, POLARS):
        checked(differences(outs[name], fleet, "item"), name)
    checked(unequal(outs[OURS], outs[DUCKDB]), f"{OURS} and {DUCKDB}")
    checked(unequal(outs[OURS], outs[POLARS]), f"{OURS} and {POLARS}")
    return {name: median(several) for name, several in taken.items()}


def unequal(ours: Path, theirs: Path) -> list[str]:
    """Where the counts of ours and of what is written by hand are not the same."""
    told, counts = read_json(ours / "summary.json"), read_json(theirs / "counts.json")
    items = {one["item"]: one["name"] for one in told["columns"]}
    pairs = {
        "items": ({one["name"]: [one["values"], one["missing"], one["wrong"] + one["unread"]] for one in told["columns"]}, counts["items"]),
        **{
            kind: ({_name(one): _group(one, items) for one in told[kind]}, counts[kind])
            for kind in ("manufacturers", "firmwares", "days")
        },
    }  # fmt: skip
    return [f"{kind} are counted differently" for kind, (left, right) in pairs.items() if left != right]


def _name(group: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (group.get("manufacturer"), group["name"])))


def _group(group: Mapping[str, Any], items: Mapping[str, str]) -> list[Any]:
    return [group["devices"], group["wrong"], {items[one["item"]]: one["devices"] for one in group["items"]}]


# --- what is told -----------------------------------------------------------------------------------------------------


def ratios(taken: Mapping[str, Taken]) -> dict[str, float]:
    """How many times the processor time of each by hand ours takes."""
    return {name: taken[OURS].processor / taken[name].processor for name in LIMITS}


def section(
    found: Mapping[str, Taken], fleet: Mapping[str, Any], scaling: list[Measured], others: list[Measured], runs: int, kinds: Mapping[str, Any]
) -> str:  # fmt: skip
    """The part of the page."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    by = ratios(found)
    lines = [
        BEGIN,
        "## A fleet",
        "",
        "Written by `python benchmarks/fleet.py --write`, in one run: "
        f"{fleet['rows']:,} reads of {fleet['devices']:,} meters with 20 settings each, one column an item, Parquet, made by "
        "`benchmarks/fleet_data.py` from the sets of the release. Of each item's values 0.1 % have a fault of each kind that "
        f"its column can hold, and one firmware is wrong far more often: {fleet['violations']:,} violations at "
        f"{fleet['wrong_devices']:,} meters. All three find exactly these, and count the same by item, manufacturer, firmware "
        "and day; each writes the list of violations. By hand means `benchmarks/fleet_by_hand.py`: the twenty checks as SQL "
        "and as polars expressions, without a finding's words, fingerprint or place. CPU is user and system time of a cold "
        f"process, memory its VmHWM; medians of {runs} runs in turns.",
        "",
        f"Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.python_implementation()} "
        f"{platform.python_version()}; {versions}.",
        "",
        "| what | CPU | clock | memory | CPU beside ours | limit | reached |",
        "|---|---|---|---|---|---|---|",
        f"| `gbcscheck fleet FILES -o FOLDER` (`--memory 1GiB` is the default) | {found[OURS].processor:.1f} s | "
        f"{found[OURS].clock:.1f} s | {found[OURS].memory:,.0f} MiB | | at most {MEMORY:,} MiB | "
        f"{yes(found[OURS].memory <= MEMORY)} |",
        *(
            f"| {name} | {found[name].processor:.1f} s | {found[name].clock:.1f} s | {found[name].memory:,.0f} MiB | "
            f"ours {by[name]:.2f} times | at most {limit} times | {yes(by[name] <= limit)} |"
            for name, limit in LIMITS.items()
        ),
        "",
        "Faults by kind, planted and found: "
        + "; ".join(f"{kind} {planted:,} and {hit:,}" for kind, (planted, hit) in kinds.items())
        + ".",
        "",
        "| reads | values | CPU | nanoseconds a value | clock | memory |",
        "|---|---|---|---|---|---|",
        *(
            f"| {one.rows:,} | {one.values:,} | {one.taken.processor:.1f} s | {one.taken.processor / one.values * 1e9:.0f} | "
            f"{one.taken.clock:.1f} s | {one.taken.memory:,.0f} MiB |"
            for one in scaling
        ),
        "",
        "![seconds of processor by number of reads](fleet-scaling.svg)",
        "",
        "Other forms of the same fleet, and Spark in local mode (its Java process is not in the processor time or memory):",
        "",
        "| what | reads | values | CPU | clock | values a second | memory |",
        "|---|---|---|---|---|---|---|",
        *(
            f"| {one.what} | {one.rows:,} | {one.values:,} | {one.taken.processor:.1f} s | {one.taken.clock:.1f} s | "
            f"{one.values / one.taken.clock:,.0f} | {one.taken.memory:,.0f} MiB |"
            for one in others
        ),
        END,
    ]
    return "\n".join(lines)


def yes(is_so: bool) -> str:
    """A word of the table."""
    return "yes" if is_so else "**no**"


def written(page: str, part: str) -> str:
    """A page with its part in it: in the place of the one that it has, else at its end."""
    before, begin, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{part}{after}" if begin else f"{page.rstrip()}\n\n{part}\n"


def plot(points: list[Measured]) -> str:
    """The points, and the straight line from the origin to the last one, as SVG."""
    width, height, left, bottom = 640, 360, 70, 50
    most, slowest = points[-1].rows * 1.08, max(one.taken.processor for one in points) * 1.15

    def at(rows: float, seconds: float) -> tuple[float, float]:
        x = left + rows / most * (width - left - 20)
        return round(x, 1), round(height - bottom - seconds / slowest * (height - bottom - 20), 1)

    (x0, y0), last = at(0, 0), at(points[-1].rows, points[-1].taken.processor)
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
<polyline points="{" ".join(f"{x},{y}" for x, y in (at(one.rows, one.taken.processor) for one in points))}" fill="none" stroke="#1f5fa8" stroke-width="2"/>
{chr(10).join(marks)}
<text x="{(left + width) / 2}" y="{height - 10}" text-anchor="middle">million reads of 20 settings</text>
<text x="16" y="{height / 2}" transform="rotate(-90 16 {height / 2})" text-anchor="middle">seconds of processor</text>
</svg>
"""


# --- all of it --------------------------------------------------------------------------------------------------------


def others(folder: Path, millions: float) -> list[Measured]:
    """Other layouts and forms of files, and Spark, whose counts have to be those of DuckDB."""
    found = []
    forms = (
        ("long layout, Parquet", {"layout": "long"}, 1.0),
        ("wide layout, CSV", {"form": "csv"}, 1.0),
        ("wide layout, JSON lines", {"form": "jsonl"}, 0.2),
    )
    for what, options, share in forms:
        one = measured(made(folder, millions * share, **options), folder / "other")
        found.append(Measured(what, one.rows, one.values, one.taken))
    wide = made(folder, millions)
    local = measured(wide, folder / "local")
    found.append(Measured("wide layout, Parquet, DuckDB", local.rows, local.values, local.taken))
    spark = measured(wide, folder / "spark", 1, "--engine", "spark")
    checked(unlike(folder / "local", folder / "spark"), "DuckDB and Spark")
    found.append(Measured("wide layout, Parquet, Spark in local mode", spark.rows, spark.values, spark.taken))
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--folder", type=Path, help="where the fleets go; a temporary folder that is removed")
    options.add_argument("--scales", default="1,3,10,30", help="millions of meters")
    options.add_argument(
        "--beside", type=float, default=BESIDE, help="millions of meters for the three beside each other"
    )
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--others", type=float, default=1.0, help="millions of meters in other forms and on Spark")
    options.add_argument("--write", action="store_true", help="write the page and the plot")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        scales = sorted({float(one) for one in given.scales.split(",")} | {given.beside})
        found: dict[str, Taken] = {}
        points: list[Measured] = []
        truth: dict[str, Any] = {}
        kinds: dict[str, Any] = {}
        for millions in scales:
            fleet = made(folder, millions)
            if millions == given.beside:
                found = beside(fleet, folder, given.runs)
                truth, kinds = read_json(fleet / "planted.json"), kinds_found(folder / "ours", fleet)
                values = read_json(folder / "ours" / "summary.json")["summary"]["values"]
                points.append(Measured(OURS, truth["rows"], values, found[OURS]))
            else:
                points.append(measured(fleet, folder / "scaled"))
            print(points[-1], file=sys.stderr)
        rest = others(folder, given.others)
    part = section(found, truth, points, rest, given.runs, kinds)
    print(part)
    if given.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), part), encoding="utf-8")
        PLOT.write_text(plot(points), encoding="utf-8")
    reached = all(ratio <= LIMITS[name] for name, ratio in ratios(found).items()) and found[OURS].memory <= MEMORY
    return 0 if reached else 1


if __name__ == "__main__":
    raise SystemExit(main())
