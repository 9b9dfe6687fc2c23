"""Builds of gbcscheck to measure: a tree installed into a virtual environment of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = "here"
"""The name of this tree among builds."""


@dataclass(frozen=True, slots=True)
class Build:
    """A name, the interpreter of the environment that holds the build, and the folder of what the build may keep."""

    name: str
    python: Path
    cache: Path

    def gbcscheck(self, *arguments: str | Path) -> list[str | Path]:
        """The command line of the build's command."""
        return [self.python, "-I", "-m", "gbcscheck", *arguments]

    @property
    def environment(self) -> dict[str, str]:
        """What the build's processes find in their environment."""
        return {"XDG_CACHE_HOME": str(self.cache)}


def revision(name: str) -> str:
    """The short name of the commit that ``name`` names; SystemExit where it names none."""
    found = subprocess.run(
        ["git", "rev-parse", "--verify", "--short", f"{name}^{{commit}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        raise SystemExit(f"no such revision: {name}")
    return found.stdout.strip()


def sources(commit: str, folder: Path) -> Path:
    """The tree of a commit, written into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", folder], input=archive.stdout, check=True)
    return folder


def environment(folder: Path, tree: Path) -> Path:
    """The interpreter of a virtual environment, made unless it is there, with a tree (or a wheel) and what it needs."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-I", "-m", "venv", folder], check=True)
    install = [python, "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", tree]
    subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
    return python
