"""Files of every kind, changed at random: each reader answers with what it read or with GbcscheckError."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shares import examples, portion

from gbcscheck.device.context import Choices, load_context
from gbcscheck.errors import GbcscheckError
from gbcscheck.notation.errors import NotationError

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "benchmarks"))

KINDS = {kind.name: kind for kind in __import__("input_kinds").kinds(load_context(Choices()))}
EXAMPLES = {
    "XSD": 6,
    "workbook": 15,
    "Word document": 15,
    "clauses of a Word document": 8,
    "PDF": 10,
    "DUIS request": 15,
    "MMC response": 15,
    "COSEM objects": 15,
}
LONGEST = 2.0
"""Seconds of processor time that one input may take."""


@pytest.mark.parametrize("name", KINDS)
def test_what_is_changed_at_random_is_read_or_refused(name: str, tmp_path: Path) -> None:
    kind: Any = KINDS[name]

    @settings(
        max_examples=examples(EXAMPLES.get(name, 60)),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.randoms(use_true_random=False))
    def changed(rng: random.Random) -> None:
        octets = kind.change(rng, rng.choice(kind.seeds))
        path = tmp_path / (kind.file or "x")
        if kind.file:
            path.write_bytes(octets)
        began = time.process_time()
        with contextlib.suppress(GbcscheckError):
            kind.read(path, octets)
        assert time.process_time() - began < LONGEST

    changed()


@pytest.mark.parametrize("name", KINDS)
def test_what_is_not_changed_is_read(name: str, tmp_path: Path) -> None:
    """The files that the changes begin with are good ones: what is refused of them is what was changed."""
    kind: Any = KINDS[name]
    for seed in kind.seeds:
        path = tmp_path / (kind.file or "x")
        path.write_bytes(seed)
        with contextlib.suppress(NotationError):  # a cell of a table is no set in the canonical notation
            kind.read(path, seed)


def test_the_long_script_runs_and_tells_what_it_tried() -> None:
    inputs, whole = portion(400), portion(80)
    script = str(ROOT / "benchmarks" / "fuzz_inputs.py")
    command = [sys.executable, script, "--inputs", str(inputs), "--whole", str(whole)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{inputs} inputs in" in done.stdout
    assert "exit codes of whole commands" in done.stdout
