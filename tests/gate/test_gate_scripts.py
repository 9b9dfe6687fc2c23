"""The action and the hook as others use them: the scripts of .ci that try them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")]


def test_the_action_has_green_and_red_runs() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / ".ci" / "try-action"], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for line in (
        "as it has to be: push that passes: exit code 0",
        "as it has to be: push that fails: exit code 1",
        "as it has to be: pull request that passes: exit code 0",
        "as it has to be: pull request that fails: exit code 1",
    ):
        assert line in done.stdout


@pytest.mark.skipif(importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed")
def test_the_hook_has_green_and_red_runs() -> None:
    program = Path(sys.executable).with_name("pre-commit")
    done = subprocess.run(
        [ROOT / ".ci" / "try-pre-commit"],
        env={**os.environ, "PRE_COMMIT": str(program)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("as it has to be: ") == 6
    assert "FAILED" not in done.stdout
