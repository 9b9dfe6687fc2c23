"""Measure whether what ``gbcscheck compare`` keeps in one virtual environment serves another.

Run from a checkout with the corpus: ``python benchmarks/environments.py [CORPUS]``. It builds a wheel, installs it into
two virtual environments in folders of their own, and compares a repository (the use cases of GBCS 4.0 as a workbook,
the schemas of DUIS and MMC 5.4) with its last commit: in the first environment with an empty cache, then in the second
with what the first has kept, and in the second with an empty cache. Each figure is the median of several processes.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from builds import ROOT, environment
from processes import Command, run

RUNS = 5
OWN = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org", "-c", "commit.gpgsign=false")


def repository(folder: Path, corpus: Path) -> Path:
    """A repository of sources with one commit."""
    folder.mkdir()
    shutil.copy(corpus / "gbcs" / "use-cases-4.0.xlsx", folder)
    for schema in (corpus / "xsd" / "5.4").glob("*.xsd"):
        shutil.copy(schema, folder)
    for arguments in (["init", "-q", "."], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", *OWN, *arguments], cwd=folder, check=True)
    return folder


def seconds(python: Path, work: Path, cache: Path) -> float:
    """What one comparison takes."""
    command = [python, "-I", "-m", "gbcscheck", "compare", "HEAD"]
    return run(Command(command, work, {"XDG_CACHE_HOME": str(cache)})).clock


def main(corpus: Path) -> None:
    """Measure in turns, and print the medians."""
    with tempfile.TemporaryDirectory(prefix="gbcscheck-") as made:
        folder = Path(made)
        build = [sys.executable, "-I", "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder / "wheel", ROOT]
        subprocess.run(build, check=True, stderr=subprocess.DEVNULL)
        (wheel,) = (folder / "wheel").iterdir()
        one, other = (environment(folder / name, wheel) for name in ("one", "other"))
        work, cache = repository(folder / "work", corpus), folder / "cache"
        taken: dict[str, list[float]] = {"first": [], "second": [], "second alone": []}
        for _ in range(RUNS):
            shutil.rmtree(cache, ignore_errors=True)
            taken["first"].append(seconds(one, work, cache))
            taken["second"].append(seconds(other, work, cache))
            shutil.rmtree(cache)
            taken["second alone"].append(seconds(other, work, cache))
    print(f"first environment, empty cache:            {statistics.median(taken['first']):.1f} s")
    print(f"second environment, what the first kept:   {statistics.median(taken['second']):.1f} s")
    print(f"second environment, empty cache:           {statistics.median(taken['second alone']):.1f} s")


if __name__ == "__main__":
    main(
        Path(
            sys.argv[1] if len(sys.argv) > 1 else os.environ.get("GBCSCHECK_CORPUS", ROOT.parent / "shared" / "corpus")
        )
    )
