"""A checkout with modules of its own: none of them is run by the command or by the isolated interpreter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from gate_samples import COMMAND, FILES, Checkout

MODULES = ("click", "json", "encodings", "sitecustomize", "usercustomize", "tomllib", "lark", "gbcscheck/__init__")


@pytest.fixture
def hostile(tmp_path: Path) -> Checkout:
    """A repository of specifications that has modules by the names of those that are imported."""
    work = Checkout.new(tmp_path / "work")
    mark = f"open({str(tmp_path / 'owned')!r}, 'w').close()\n"
    work.commit({**FILES, **{f"{name}.py": mark for name in MODULES}})
    return work


@pytest.mark.parametrize("command", [[str(COMMAND)], [sys.executable, "-I", "-m", "gbcscheck"]])
@pytest.mark.parametrize("arguments", [["check", "--select", "V101"], ["compare", "HEAD", "--fail-on", "error"]])
def test_no_module_of_a_checkout_is_run(
    hostile: Checkout, tmp_path: Path, command: list[str], arguments: list[str]
) -> None:
    paths = {}
    if "-I" in command:
        paths = {"PYTHONPATH": str(hostile.root), "PYTHONSTARTUP": str(hostile.root / "click.py")}
    done = subprocess.run(
        [*command, *arguments],
        cwd=hostile.root,
        env={**hostile.environment(), **paths},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "Limit.value" in done.stdout or "1 conflict as before" in done.stdout
    assert not (tmp_path / "owned").exists()
