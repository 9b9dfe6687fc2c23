"""Measure another revision of gbcscheck beside this tree, and hold the figures against their targets.

``python benchmarks/against.py REV [ROW...]`` installs the revision and this tree into virtual environments of their
own, runs both in turns, and prints a table of the medians; ``--write`` puts it into ``docs/performance.md``, where the
lines of rows that were not measured stay. ``--list`` names the rows. Inputs come from the corpus and from what ships.
``--keep FOLDER`` leaves the environments for the next time; ``--python-of REV=PYTHON`` takes an installed build, which
for this tree is named ``here``.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from against_inputs import Inputs
from against_rows import ROWS, MeasuredRow, Target
from builds import HERE, ROOT, Build, environment, revision, sources
from processes import Taken, in_turns

PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- against.py: begin -->", "<!-- against.py: end -->"
HEAD = ("| what | then | now | ratio | target | reached |", "|---|---|---|---|---|---|")


def measured(row: MeasuredRow, then: Build, now: Build, inputs: Inputs, runs: int) -> dict[str, str]:
    """The lines of a row by what they are of."""
    sides = {"": row.others(inputs), **{build.name: row.commands(build, inputs) for build in (then, now)}}
    commands = {(side, name): command for side, several in sides.items() for name, command in several.items()}
    found = in_turns(commands, runs)

    def medians(build: Build) -> dict[str, Taken]:
        return {name: one for (side, name), one in found.items() if side in ("", build.name)}

    of_then, of_now = medians(then), medians(now)
    return {target.what: line(target, target.figure(of_then), target.figure(of_now)) for target in row.targets}


def line(target: Target, then: float, now: float) -> str:
    """A line of the table."""
    reached = "yes" if target.holds(then, now) else "**no**"
    before, after = (shown(figure, target.unit) for figure in (then, now))
    return f"| {target.what} | {before} | {after} | {now / then:.2f} | {target.wanted} | {reached} |"


def shown(figure: float, unit: str) -> str:
    """A figure with its unit: MiB without a fraction."""
    return f"{figure:.0f} {unit}" if unit == "MiB" else f"{figure:.2f} {unit}"


def lines_of(page: str) -> dict[str, str]:
    """The lines that the page has, by what they are of."""
    _, _, rest = page.partition(BEGIN)
    table = rest.partition(END)[0].splitlines()
    cells = {one.split(" | ")[0].removeprefix("| "): one for one in table if one.startswith("| ") and one not in HEAD}
    return {what: one for what, one in cells.items() if what in _order()}


def section(commit: str, lines: Mapping[str, str], runs: int) -> str:
    """The part of the page, between its marks."""
    in_order = [lines[what] for what in _order() if what in lines]
    told = (
        f"Written by `python benchmarks/against.py {commit} --write`: commit {commit} (then) and this tree (now), each "
        f"installed into an environment of its own, run in turns. Medians of {runs} cold processes; CPU is user and "
        "system time of the process and its children, memory that of the largest process.",
        f"Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.python_implementation()} "
        f"{platform.python_version()}.",
    )
    return "\n".join([BEGIN, "## Beside an earlier build", "", *(f"{one}\n" for one in told), *HEAD, *in_order, END])


def _order() -> list[str]:
    return [target.what for row in ROWS for target in row.targets]


def written(page: str, part: str) -> str:
    """The page with the part in the place of the one it has, or at its end."""
    before, begin, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{part}{after}" if begin else f"{page.rstrip()}\n\n{part}\n"


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revision", metavar="REV", nargs="?", default="c414cc0", help="the other revision")
    parser.add_argument("rows", metavar="ROW", nargs="*", help="rows to measure; by default all")
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each command (7)")
    parser.add_argument("--write", action="store_true", help=f"write the table into {PAGE.relative_to(ROOT)}")
    parser.add_argument("--list", action="store_true", help="name the rows")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where the environments and inputs are left")
    parser.add_argument("--python-of", action="append", default=[], metavar="REV=PYTHON", help="an installed build")
    parser.add_argument(
        "--corpus", type=Path, default=os.environ.get("GBCSCHECK_CORPUS", ROOT.parent / "shared" / "corpus")
    )
    chosen = parser.parse_args(given)
    unknown = sorted(set(chosen.rows) - {row.name for row in ROWS})
    if unknown:
        parser.error(f"no such row: {', '.join(unknown)}")
    return chosen


def build_of(commit: str, folder: Path, installed: Mapping[str, str]) -> Build:
    """The build of a commit, or of this tree (HERE), installed unless it is already."""
    cache = folder / f"cache-{commit}"
    if commit in installed:
        return Build(commit, Path(installed[commit]).absolute(), cache)
    place = folder / f"environment-{commit}"
    if commit == HERE:
        return Build(commit, environment(place, ROOT), cache)
    python = place / "bin" / "python"
    if not python.exists():
        environment(place, sources(commit, folder / f"sources-{commit}"))
    return Build(commit, python, cache)


def report(rows: Iterable[MeasuredRow], commit: str, folder: Path, chosen: argparse.Namespace) -> dict[str, str]:
    """The lines of all rows; each is told as it is found."""
    installed = dict(one.split("=", 1) for one in chosen.python_of)
    then, now = build_of(commit, folder, installed), build_of(HERE, folder, installed)
    inputs = Inputs(folder / "inputs", chosen.corpus.resolve())
    inputs.folder.mkdir(exist_ok=True)
    found: dict[str, str] = {}
    for row in rows:
        lines = measured(row, then, now, inputs, chosen.runs)
        print(*lines.values(), sep="\n", file=sys.stderr)
        found |= lines
    return found


def main() -> None:
    """Measure, print the table, and write it where that is asked for."""
    chosen = arguments()
    if chosen.list:
        print(*(row.name for row in ROWS), sep="\n")
        return
    rows = [row for row in ROWS if not chosen.rows or row.name in chosen.rows]
    commit = revision(chosen.revision)
    with tempfile.TemporaryDirectory(prefix="gbcscheck-") as made:
        folder = chosen.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        found = report(rows, commit, folder.resolve(), chosen)
    print(*HEAD, *found.values(), sep="\n")
    if chosen.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(written(page, section(commit, {**lines_of(page), **found}, chosen.runs)), encoding="utf-8")


if __name__ == "__main__":
    main()
