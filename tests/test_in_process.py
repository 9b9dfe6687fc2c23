"""The command in the process of the tests says what it says in a process of its own, and leaves all as it was."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from in_process import command, in_a_process, needs_a_process


@pytest.mark.parametrize(
    "arguments", [["explain", "V101"], ["check", "nowhere"], ["show", "ECS37", "--format", "json"]]
)
def test_it_says_what_a_process_says(arguments: list[str], tmp_path: Path) -> None:
    env = {**os.environ, "NO_COLOR": "1"}
    here, alone = command(*arguments, cwd=tmp_path, env=env), in_a_process(arguments, tmp_path, env, "")
    assert (here.returncode, here.stdout, here.stderr) == (
        alone.returncode,
        alone.stdout.decode(),
        alone.stderr.decode(),
    )


def test_folder_environment_and_streams_are_given_back(tmp_path: Path) -> None:
    before = Path.cwd(), dict(os.environ), (sys.stdin, sys.stdout, sys.stderr)
    assert command("rules", cwd=tmp_path, env={"PATH": "", "OWN": "1"}).returncode == 0
    assert (Path.cwd(), dict(os.environ), (sys.stdin, sys.stdout, sys.stderr)) == before


def test_what_python_reads_as_it_starts_has_a_process_of_its_own() -> None:
    assert needs_a_process(["check"], {"PYTHONHASHSEED": "17"})
    assert needs_a_process(["device", "-j", "2"], {})
    assert needs_a_process(["check", "-o", "/dev/stderr"], {})
    assert not needs_a_process(["check"], {"NO_COLOR": "1"})
