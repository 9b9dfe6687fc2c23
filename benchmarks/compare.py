"""Measure ``gbcscheck compare``, and write ``docs/performance-compare.md``.

Run from a checkout with the ``test`` extra installed: ``python benchmarks/compare.py``. Two versions of DUIS and MMC
against one ``check-jsonschema`` of the same four extracts, and a gate on a repository of 200 extracts with one changed
against the same run with an empty cache. Every figure is the median of at least seven processes, both sides in turns.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from processes import Command, run

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
GBCSCHECK = [sys.executable, "-m", "gbcscheck"]
EXTRACTS = 200
"""Extracts of the repository of the gate."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Two things to run, what each is, and how many times the second's time the first may take."""

    title: str
    ours: Callable[[], float]
    theirs: Callable[[], float]
    ours_name: str
    theirs_name: str
    limit: float


def timed(command: Sequence[str], folder: Path, cache: Path) -> float:
    """Seconds that one process takes."""
    compiled = {"PYTHONPYCACHEPREFIX": str(cache.with_name("compiled"))}
    return run(Command(command, folder, {**compiled, "XDG_CACHE_HOME": str(cache)})).clock


def versions(folder: Path, *, own: bool) -> Measure:
    """DUIS and MMC 5.1 against 5.4; ``own`` extracts are not those that ship, and so have to be validated."""
    files: list[str] = []
    for side, version in (("old", "5.1"), ("new", "5.4")):
        for name in ("duis", "mmc"):
            target = folder / side / f"{name}.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "specs" / name / version / "schema.json", target)
            if own:
                target.write_bytes(target.read_bytes() + b"\n")
            files.append(str(target))
    schema = str(ROOT / "gbcscheck" / "facts" / "extract.schema.json")
    ours = [*GBCSCHECK, "compare", "--no-cache", "old", "new"]
    theirs = ["check-jsonschema", "--schemafile", schema, *files]
    kind = "a user's own copies, validated" if own else "as they ship"
    return Measure(
        f"compare DUIS and MMC 5.1 with 5.4, cold, against check-jsonschema on the same four extracts ({kind})",
        lambda: timed(ours, folder, folder / "cache"),
        lambda: timed(theirs, folder, folder / "cache"),
        "gbcscheck compare",
        "check-jsonschema",
        1.0,
    )


def gate(folder: Path) -> Measure:
    """A repository in git with one extract changed: what the runs before have read is kept, or is not."""
    files = write_repository(folder / "specs")
    own = ["git", "-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q", "."], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run([*own, *arguments], cwd=folder, check=True, capture_output=True)
    command = [*GBCSCHECK, "compare", "HEAD"]
    cache = folder.parent / "cache"
    changed, base = files[7], files[7].read_text(encoding="utf-8")
    numbers = iter(range(1, 1000))

    def cold() -> float:
        shutil.rmtree(cache, ignore_errors=True)
        changed.write_text(base.replace('"title"', '"name"', 1), encoding="utf-8")
        return timed(command, folder, cache)

    def warm() -> float:
        """After a run on the base, with a change that no run has seen."""
        changed.write_text(base, encoding="utf-8")
        timed(command, folder, cache)
        changed.write_text(base.replace('"title"', f'"title {next(numbers)}"', 1), encoding="utf-8")
        return timed(command, folder, cache)

    return Measure(
        f"compare HEAD in a repository of {len(files)} extracts (GBCS 4.0, one a use case, and lists of service "
        "requests), one changed, against the same without a cache",
        warm,
        cold,
        "with what earlier runs kept",
        "with an empty cache",
        round(1 / 3, 2),
    )


def write_repository(folder: Path) -> list[Path]:
    """The use cases of GBCS 4.0, an extract each, and service requests in as many lists as make EXTRACTS."""
    folder.mkdir(parents=True)
    use_cases = parts(ROOT / "specs" / "gbcs" / "4.0" / "use-cases.json", lambda subject: subject.partition("/")[0])
    requests = parts(ROOT / "specs" / "duis" / "service-requests.json", str)
    lists = EXTRACTS - len(use_cases[1])
    groups: list[list[Any]] = [[] for _ in range(lists)]
    for index, (_, statements) in enumerate(requests[1]):
        groups[index % lists].extend(statements)
    named = [*use_cases[1], *((f"list {number}", group) for number, group in enumerate(groups, 1))]
    files = []
    for number, (name, statements) in enumerate(named):
        header = use_cases[0] if number < len(use_cases[1]) else requests[0]
        document = {**header, "part": name, "statements": statements}
        files.append(folder / f"part-{number:03}.json")
        files[-1].write_text(json.dumps(document, indent=1), encoding="utf-8")
    return files


def parts(extract: Path, group: Callable[[str], str]) -> tuple[dict[str, Any], list[tuple[str, list[Any]]]]:
    """The header of an extract, and its statements in groups by their subject."""
    document = json.loads(extract.read_text(encoding="utf-8"))
    found: dict[str, list[Any]] = {}
    for statement in document.pop("statements"):
        found.setdefault(group(statement["subject"]), []).append(statement)
    return document, list(found.items())


def outcome(measure: Measure) -> tuple[Measure, float, float]:
    """Both sides in turns, after one run of each that warms the file cache."""
    measure.theirs()
    measure.ours()
    ours, theirs = [], []
    for _ in range(RUNS):
        theirs.append(measure.theirs())
        ours.append(measure.ours())
    return measure, statistics.median(ours), statistics.median(theirs)


def document(outcomes: Sequence[tuple[Measure, float, float]]) -> str:
    """``docs/performance-compare.md``: what was measured, on what, and the command that measures it again."""
    lines = [
        "# Performance of compare",
        "",
        f"Written by `python benchmarks/compare.py`. Each time is the median of {RUNS} processes, both sides in turns.",
        "",
        f"Machine: {os.cpu_count()} cores, {platform.machine()}, {platform.python_implementation()} "
        f"{platform.python_version()}.",
        "",
        "| comparison | first | second | ratio | limit |",
        "|---|---|---|---|---|",
    ]
    for one, ours, theirs in outcomes:
        lines.append(
            f"| {one.title} | {one.ours_name}: {ours:.3f} s | {one.theirs_name}: {theirs:.3f} s "
            f"| {ours / theirs:.2f} | {one.limit} |"
        )
    return "\n".join([*lines, ""])


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        outcomes = []
        for measure in (
            versions(folder / "shipped", own=False),
            versions(folder / "own", own=True),
            gate(folder / "repository"),
        ):
            found = outcome(measure)
            outcomes.append(found)
            print(f"{found[1] / found[2]:6.2f} of {measure.limit:<4} {measure.title}", file=sys.stderr)
    (ROOT / "docs" / "performance-compare.md").write_text(document(outcomes), encoding="utf-8")
    return 0 if all(ours / theirs <= measure.limit for measure, ours, theirs in outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main())
