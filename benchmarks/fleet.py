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
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fleet_data import Fleet, as_text, make
from fleet_results import differences, differing_counts, kinds_found, read_json, unlike
from fleet_section import (
    DUCKDB,
    LIMITS,
    MEMORY,
    MILLION,
    OURS,
    POLARS,
    Figures,
    Measured,
    plot,
    ratios,
    section,
    written,
)
from processes import Command, Taken, median, run

ROOT = Path(__file__).resolve().parent.parent
PAGE, PLOT = ROOT / "docs" / "performance.md", ROOT / "docs" / "fleet-scaling.svg"
BESIDE = 10
"""Millions of meters on which the three are held beside each other."""
MEMORY_BY_HAND = "700MiB"


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
    columns = told["columns"]
    of_item = {one["name"]: [one["values"], one["missing"], one["wrong"] + one["unread"]] for one in columns}
    names = {one["item"]: one["name"] for one in columns}
    pairs = {"items": (of_item, counts["items"])}
    for kind in ("manufacturers", "firmwares", "days"):
        pairs[kind] = ({_name(one): _group(one, names) for one in told[kind]}, counts[kind])
    return [f"{kind} are counted differently" for kind, (left, right) in pairs.items() if left != right]


def _name(group: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (group.get("manufacturer"), group["name"])))


def _group(group: Mapping[str, Any], items: Mapping[str, str]) -> list[Any]:
    return [group["devices"], group["wrong"], {items[one["item"]]: one["devices"] for one in group["items"]}]


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
    part = section(Figures(found, truth, kinds, points, rest, given.runs))
    print(part)
    if given.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), part), encoding="utf-8")
        PLOT.write_text(plot(points), encoding="utf-8")
    reached = all(ratio <= LIMITS[name] for name, ratio in ratios(found).items()) and found[OURS].memory <= MEMORY
    return 0 if reached else 1


if __name__ == "__main__":
    raise SystemExit(main())
