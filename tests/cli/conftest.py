"""The command as its users run it, with files of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cli_files import RELEASES, TABLE, USE_CASES, Run, environment, write_json
from in_process import command


@pytest.fixture(scope="session")
def gbcscheck() -> Run:
    """Run the command with some arguments; its output is decoded as UTF-8."""

    def run(
        *arguments: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return command(*arguments, cwd=cwd, env=environment(**(env or {})))

    return run


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder of two extracts that conflict: a default of 15 where the use case fixes 30."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    write_json(folder / "use-cases.json", USE_CASES)
    write_json(folder / "table-9.json", TABLE)
    return folder


@pytest.fixture
def repository(drafts: Path) -> Path:
    """The same folder as a repository with two releases; the second has no conflict."""
    (drafts / "releases.toml").write_text(RELEASES, encoding="utf-8")
    return drafts
