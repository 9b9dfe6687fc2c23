"""Measure gbcscheck beside other tools, and write ``docs/performance.md`` and ``docs/scaling.svg``.

Run from a checkout with the ``test`` extra installed: ``python benchmarks/run.py ../shared/corpus``. Every figure is
the median of at least seven cold processes; the two sides of a comparison take turns in one run.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import configurations
import fleet_section
import messages
from against import BEGIN, END
from processes import Command, run
from scaling import measure_scaling, plot

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
GBCSCHECK = [sys.executable, "-m", "gbcscheck"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two commands, what each is, and how many times the second's time the first may take."""

    title: str
    ours: list[list[str]]
    theirs: list[list[str]]
    ours_name: str
    theirs_name: str
    limit: float
    runs: int = RUNS


@dataclass(frozen=True, slots=True)
class Outcome:
    """Median times in seconds of both sides of a comparison."""

    comparison: Comparison
    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def timed(commands: Sequence[Sequence[str]], folder: Path) -> float:
    """Seconds that a row of cold processes takes."""
    return sum(run(Command(command, folder)).clock for command in commands)


def compare(comparison: Comparison, folder: Path) -> Outcome:
    """Both sides in turns, after one run of each that warms the file cache."""
    timed(comparison.ours, folder)
    timed(comparison.theirs, folder)
    ours, theirs = [], []
    for _ in range(comparison.runs):
        ours.append(timed(comparison.ours, folder))
        theirs.append(timed(comparison.theirs, folder))
    return Outcome(comparison, statistics.median(ours), statistics.median(theirs))


def comparisons(corpus: Path) -> list[Comparison]:
    from gbcscheck.facts.shipped import shipped_root
    from gbcscheck.release.index import release_entries

    root = shipped_root()
    extracts = [str(root / path) for path in release_entries()[0].extracts]
    schema = str(ROOT / "gbcscheck" / "facts" / "extract.schema.json")
    load = "import json, sys\nfor path in sys.argv[1:]:\n    with open(path, encoding='utf-8') as file: json.load(file)"
    build = "import sys, xmlschema\nxmlschema.XMLSchema(sys.argv[1])"
    schemas = [str(corpus / "xsd" / "5.4" / f"{name} Schema V5.4.xsd") for name in ("DUIS", "MMC")]
    return [
        Comparison(
            "check on `current` against check-jsonschema on the same extracts",
            [[*GBCSCHECK, "check"]],
            [["check-jsonschema", "--schemafile", schema, *extracts]],
            "gbcscheck check",
            "check-jsonschema",
            0.5,
        ),
        Comparison(
            "check on `current` against only loading the same extracts",
            [[*GBCSCHECK, "check"]],
            [[sys.executable, "-c", load, *extracts]],
            "gbcscheck check",
            "json.load",
            10,
        ),
        Comparison(
            "--version against importing click",
            [[*GBCSCHECK, "--version"]],
            [[sys.executable, "-c", "import click"]],
            "gbcscheck --version",
            "import click",
            3,
            runs=21,
        ),
        Comparison(
            "extract xsd of DUIS and MMC 5.4 against xmlschema building the two schemas",
            [[*GBCSCHECK, "extract", "xsd", path] for path in schemas],
            [[sys.executable, "-c", build, path] for path in schemas],
            "gbcscheck extract xsd",
            "xmlschema.XMLSchema",
            2,
        ),
    ]


def document(
    outcomes: Sequence[Outcome],
    scaling: Sequence[tuple[int, int, float]],
    rates: messages.Rates,
    judged: list[dict[str, Any]],
) -> str:
    """``docs/performance.md``: what was measured, on what, and the command that measures it again."""
    lines = [
        "# Performance",
        "",
        "Written by `python benchmarks/run.py ../shared/corpus`. Each time is the median of at least "
        f"{RUNS} cold processes, both sides in turns in one run.",
        "",
        f"Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.python_implementation()} "
        f"{platform.python_version()}.",
        "",
        "| comparison | first | second | ratio | limit |",
        "|---|---|---|---|---|",
    ]
    for outcome in outcomes:
        one = outcome.comparison
        lines.append(
            f"| {one.title} | {one.ours_name}: {outcome.ours:.3f} s | {one.theirs_name}: {outcome.theirs:.3f} s "
            f"| {outcome.ratio:.2f} | {one.limit} |"
        )
    lines += [
        "",
        "## Growth",
        "",
        "`gbcscheck check` on copies of `current` under other names, crosswalk included (cold process, median of "
        f"{RUNS}):",
        "",
        "| copies | statements | seconds | seconds a 100,000 statements |",
        "|---|---|---|---|",
        *(
            f"| {times} | {statements:,} | {seconds:.3f} | {seconds / statements * 1e5:.3f} |"
            for times, statements, seconds in scaling
        ),
        "",
        "![seconds by number of statements](scaling.svg)",
        "",
        *messages.section(rates),
        "## Configurations in JSON lines",
        "",
        "`python benchmarks/configurations.py`: six values a configuration, each judged against every specification, "
        "beside fastjsonschema, which checks the same names and ranges and nothing else. Median of "
        f"{configurations.RUNS} processes. Where every number is new no verdict can be remembered.",
        "",
        configurations.table(judged),
    ]
    return "\n".join(lines)


def part(page: str, begin: str, end: str) -> str:
    """The part of the page that another script writes, between two marks; empty where there is none."""
    _, found, rest = page.partition(begin)
    return f"\n{begin}{rest.partition(end)[0]}{end}\n" if found else ""


def main() -> int:
    corpus = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus").resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outcomes = []
        for comparison in comparisons(corpus):
            outcome = compare(comparison, folder)
            outcomes.append(outcome)
            print(f"{outcome.ratio:6.2f} of {comparison.limit:<4} {comparison.title}", file=sys.stderr)
        scaling = measure_scaling(folder, lambda command: timed([command], folder), GBCSCHECK, RUNS)
    rates = messages.measure(corpus)
    judged = configurations.measure()
    page = ROOT / "docs" / "performance.md"
    text = page.read_text(encoding="utf-8")
    beside = "".join(part(text, *marks) for marks in ((BEGIN, END), (fleet_section.BEGIN, fleet_section.END)))
    page.write_text(document(outcomes, scaling, rates, judged) + beside, encoding="utf-8")
    (ROOT / "docs" / "scaling.svg").write_text(plot(scaling), encoding="utf-8")
    print(json.dumps({o.comparison.title: round(o.ratio, 3) for o in outcomes}, indent=1))
    return 0 if all(o.ratio <= o.comparison.limit for o in outcomes) and rates.enough else 1


if __name__ == "__main__":
    raise SystemExit(main())
