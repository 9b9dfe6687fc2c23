"""What a cold process takes: processor time, clock, memory.

The kernel counts the memory of the process that starts another as the other's own. This file is therefore run by itself
to start what is measured, and imports nothing heavy.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)

MEBIBYTE = 2**20
GOOD = (0, 1)
"""Exit codes by which the tools say something of their input; any other ends the measuring."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of processors (user and system, of the process and its children), seconds by the clock, and the most
    memory of the largest process in MiB."""

    processor: float
    clock: float
    memory: float


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, in which folder, with what in the environment, and what is done before each time, uncounted."""

    arguments: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] | None = None


def run(command: Command) -> Taken:
    """Run a command once; SystemExit where it ends with a code that is not GOOD. A small process starts it (``main``),
    so that its memory is its own, however large this process has grown."""
    if command.before is not None:
        command.before()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    asked = [str(command.folder), {**environment, **command.environment}, list(map(str, command.arguments))]
    measuring = [sys.executable, "-I", "-S", __file__]
    done = subprocess.run(measuring, input=json.dumps(asked), capture_output=True, text=True, check=True)
    code, processor, clock, memory, errors = json.loads(done.stdout)
    if code not in GOOD:
        raise SystemExit(f"{command.arguments} ended with {code}: {errors}")
    return Taken(processor, clock, memory)


def main() -> None:
    """Run the command that standard input names, and print what it took."""
    folder, environment, arguments = json.load(sys.stdin)
    with tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        process = subprocess.Popen(
            arguments,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - began
        process.returncode = code = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        octets = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        taken = (usage.ru_utime + usage.ru_stime, clock, octets / MEBIBYTE)
        print(json.dumps([code, *taken, errors.read(500).decode(errors="replace")]))


def in_turns(commands: Mapping[Name, Command], runs: int) -> dict[Name, Taken]:
    """The medians of each command, all in turns, after one run of each that warms caches and is not counted."""
    taken: dict[Name, list[Taken]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            one = run(command)
            if turn:
                taken[name].append(one)
    return {name: median(several) for name, several in taken.items()}


def median(several: Sequence[Taken]) -> Taken:
    """The median of each figure."""
    return Taken(
        statistics.median(one.processor for one in several),
        statistics.median(one.clock for one in several),
        statistics.median(one.memory for one in several),
    )


if __name__ == "__main__":
    main()
