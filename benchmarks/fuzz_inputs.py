"""Change real files of every kind at random, and put them before everything that reads them.

``python benchmarks/fuzz_inputs.py [--inputs 1000000] [--seed 9] [--seconds 2400] [--kind pair]``. Most inputs go
through the reader of their kind (of an extract through every rule as well; what a source document gives is written and
read again); one of each ``--whole`` goes through a whole command, to its report. Wrong is: any exception but
GbcscheckError, an exit code but 0, 1 and 2, a traceback, an input that takes more than 2 s of processor time or more
than 500 MB of memory. The exit code is 1 where something was wrong; the same seed makes the same inputs.

The memory of an input is what the process had when it began, and what it grows by while this input is read: a million
inputs leave something behind in one process (what was parsed is remembered), which a command that reads one has not.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from configurations import most_memory
from input_kinds import Kind, kinds

from gbcscheck.cli import run as run_command
from gbcscheck.device.context import Choices, load_context
from gbcscheck.errors import GbcscheckError

MOST_SECONDS = 2.0
MOST_MEMORY = 500_000_000
RESPITE = 3
"""How often a slow input is tried again: a pause that another process makes is not the input's."""
FAULT = "this is a fault of gbcscheck"
COMMANDS = {
    "message": ("device",),
    "JSON configuration": ("device",),
    "JSON lines": ("device",),
    "YAML configuration": ("device",),
    "objects in a configuration": ("device",),
    "devices in a table": ("device",),
    "log or dump of messages": ("device",),
    "pair": ("device",),
    "DUIS request": ("device",),
    "MMC response": ("device",),
    "COSEM objects": ("device",),
}
"""The command that reads a kind; ``check`` reads the others."""
SUFFIXES = {
    "extract": ".json",
    "set of values": ".csv",
    "message": ".hex",
    "YAML configuration": ".yaml",
    "log or dump of messages": ".log",
    "pair": ".xml",
    "DUIS request": ".xml",
    "MMC response": ".xml",
}


@dataclass(slots=True)
class Outcome:
    """What became of the inputs."""

    tried: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    whole: Counter[int] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    examples: dict[str, bytes] = field(default_factory=dict)

    def note(self, what: str, octets: bytes) -> None:
        """Something is wrong: count it, and keep the first input that shows it."""
        if what not in self.wrong:
            print(f"wrong: {what}", file=sys.stderr, flush=True)
        self.wrong[what] += 1
        self.examples.setdefault(what, octets)


class Fuzzer:
    """Makes inputs and tries them, in a folder of its own."""

    def __init__(self, seed: int, folder: Path, whole: int, named: Sequence[str] = ()) -> None:
        self.rng = random.Random(seed)
        self.outcome = Outcome()
        every = kinds(load_context(Choices()))
        self.kinds = tuple(one for one in every if one.name in named) if named else every
        self._base = _forget_peak()
        self._shares = [kind.share for kind in self.kinds]
        self._folder = folder
        self._whole = whole

    def one(self, number: int) -> None:
        """Make and try one input."""
        (kind,) = self.rng.choices(self.kinds, self._shares)
        octets = kind.change(self.rng, self.rng.choice(kind.seeds))
        name = kind.file or f"x{SUFFIXES.get(kind.name, '.json')}"
        path = self._folder / name
        whole = self._whole > 0 and number % self._whole == 0
        if kind.file or whole:
            path.write_bytes(octets)
        before = _forget_peak()
        taken = 0.0
        for again in range(RESPITE):
            began = time.process_time()
            self._command(kind, path, octets) if whole else self._reader(kind, path, octets)
            spent = time.process_time() - began
            taken = min(taken, spent) if again else spent
            if taken <= MOST_SECONDS:
                break
        else:
            self.outcome.note(f"{kind.name}: more than {MOST_SECONDS} s", octets)
        peak = self._base + max(0, most_memory() - before)
        if peak > MOST_MEMORY:
            self.outcome.note(f"{kind.name}: more than {MOST_MEMORY // 10**6} MB", octets)
        label = f"{kind.name}, whole command" if whole else kind.name
        self.outcome.tried[label] += 1
        self.outcome.seconds[label] = max(self.outcome.seconds.get(label, 0.0), taken)
        self.outcome.memory[label] = max(self.outcome.memory.get(label, 0), peak)

    def _reader(self, kind: Kind, path: Path, octets: bytes) -> None:
        try:
            kind.read(path, octets)
        except GbcscheckError:
            self.outcome.refused[kind.name] += 1
        except Exception as error:  # any at all is what this script looks for
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
            self.outcome.note(f"{kind.name}: {type(error).__name__} at {place}: {str(error)[:160]}", octets)

    def _command(self, kind: Kind, path: Path, octets: bytes) -> None:
        errors = io.StringIO()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(errors):
            code = run_command(self._arguments(kind, path))
        self.outcome.whole[code] += 1
        if code not in (0, 1, 2) or FAULT in errors.getvalue() or "Traceback" in errors.getvalue():
            last = errors.getvalue().strip().splitlines()[-2:]
            self.outcome.note(f"{kind.name}: exit code {code}: {' '.join(last)[:200]}", octets)

    def _arguments(self, kind: Kind, path: Path) -> list[str]:
        if kind.name in COMMANDS and COMMANDS[kind.name][0] == "device":
            return ["device", str(path)]
        if kind.name in ("gbcscheck.toml", "pyproject.toml"):
            return ["waive", "--rule", "V101", "--reason", "x", "--config", str(path)]
        if kind.name == "releases.toml":
            return ["check", str(path.parent), "--no-config"]
        if kind.name == "mapping":
            table = path.with_name("x.csv")
            table.write_bytes(b"Item,Element,Default value\nVoltage,value,207 V\n")
            return ["extract", "table", str(table), "--mapping", str(path)]
        if kind.name == "extract" and self.rng.random() < 0.5:
            older = path.with_name("older.json")
            older.write_bytes(kind.seeds[0])
            return ["compare", str(older), str(path), "--no-config", "--no-cache"]
        return ["check", str(path), "--no-config"]


def _forget_peak() -> int:
    """Let the kernel's account of the most memory begin anew, where it can; the octets that the process has now."""
    with contextlib.suppress(OSError), open("/proc/self/clear_refs", "w", encoding="ascii") as stream:
        stream.write("5")
    return most_memory()


def told(outcome: Outcome, began: float) -> str:
    """A table of what was tried."""
    lines = [f"{'kind':40} {'inputs':>9} {'refused':>9} {'slowest':>9} {'memory':>8}"]
    for label, count in sorted(outcome.tried.items()):
        refused = f"{outcome.refused[label]:,}" if label in outcome.refused else ""
        memory = f"{outcome.memory[label] / 2**20:.0f} MiB"
        lines.append(f"{label:40} {count:9,} {refused:>9} {outcome.seconds[label]:7.2f} s {memory:>8}")
    total = sum(outcome.tried.values())
    codes = ", ".join(f"{code}: {count:,}" for code, count in sorted(outcome.whole.items()))
    lines.append(
        f"{total:,} inputs in {time.monotonic() - began:,.0f} s; exit codes of whole commands {codes or 'none'}"
    )
    lines.extend(f"WRONG {count:,} times: {what}" for what, count in outcome.wrong.most_common())
    return "\n".join(lines)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--whole", type=int, default=200, help="of how many inputs one goes through a whole command")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="when to stop, whatever is left")
    parser.add_argument("--keep", type=Path, help="a folder for the first input of each kind of fault")
    parser.add_argument("--kind", action="append", default=[], help="only files of this kind; may be repeated")
    options = parser.parse_args()
    began, shown = time.monotonic(), time.monotonic()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        fuzzer = Fuzzer(options.seed, Path(folder), options.whole, options.kind)
        for number in range(1, options.inputs + 1):
            fuzzer.one(number)
            if time.monotonic() - shown > 60:
                shown = time.monotonic()
                print(f"{number:,} inputs, {sum(fuzzer.outcome.wrong.values())} wrong", file=sys.stderr, flush=True)
            if time.monotonic() - began > options.seconds:
                break
    print(told(fuzzer.outcome, began))
    if options.keep:
        options.keep.mkdir(exist_ok=True)
        for index, octets in enumerate(fuzzer.outcome.examples.values()):
            (options.keep / str(index)).write_bytes(octets)
    return 1 if fuzzer.outcome.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
