"""The commands whose output must stay, byte for byte, while the program is laid out anew, and what they print.

``python tests/unchanged/commands.py`` names the commands whose output is not that of ``before.json``; ``--write``
replaces that file, which is right only where a change of the output is meant.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BEFORE = Path(__file__).with_name("before.json")

FORMATS = ("text", "json", "junit", "markdown", "html")
POINTING = ("sarif", "sarif-plain", "github", "gitlab")
"""Formats that point into a repository, so that what they say depends on where the specifications stand."""
RELEASES = ("current", "before-mp131", "after-mp131")
SHOWN = ("MaximumDemandConfigurableTimePeriod", "exec_weekdays", "ECS37", "6.18.1", "0x8F35", "Table 28d")
EXPLAINED = ("V101", "R101", "X101", "S101", "D201", "D301", "D401", "D501", "D601", "D701")
FOLDERS = ("rtds", "duis-requests", "dsmr", "products")
PAIRS = (("ECS37", "6.18.1"), ("ECS30", "6.8"), ("GCS23", "6.6"))


class Command(NamedTuple):
    """Arguments, and the folder they are run in: ``repository`` (this project's root), ``corpus``, or ``copy`` (one
    that holds a copy of ``specs`` and is no repository). ``forms`` are the formats that one run writes, each to a file;
    where there are none, what counts is what it prints."""

    folder: str
    arguments: tuple[str, ...]
    forms: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f"{self.folder}: {' '.join(self.arguments)}"
        return f"{told} in {', '.join(self.forms)}" if self.forms else told

    @property
    def names(self) -> tuple[str, ...]:
        """What each output is called, in the order of ``outputs``."""
        plain = f"{self.folder}: {' '.join(self.arguments)}"
        return tuple(f"{plain} --format {form}" for form in self.forms) or (plain,)

    def words(self, folder: Path) -> tuple[str, ...]:
        """Its arguments, with a file in a folder for each format."""
        named = (word for form in self.forms for word in ("--format", form, "-o", str(folder / form)))
        return (*self.arguments, *named)

    def outputs(self, printed: bytes, folder: Path) -> tuple[bytes, ...]:
        """What a run has written to the files in a folder, or printed."""
        return tuple((folder / form).read_bytes() for form in self.forms) or (printed,)


def commands() -> Iterator[Command]:
    """Every command, in the order in which they are run."""
    for release in RELEASES:
        yield _own("check", "--no-config", "--notes", "--release", release, forms=FORMATS)
    yield Command("copy", ("check", "--no-config", "--notes", "specs"), POINTING)
    yield _own("check", "--no-config", "--quiet", "--notes", "specs")
    yield _own("check", "--no-config", "--notes", "specs/gbcs/3.2/table-28d.json", "--release", "current")
    yield _own("check", "--no-config", "--notes", "specs/gbcs/3.1/use-cases.json", "specs/smets2/mp131.json")
    for subject in SHOWN:
        yield _own("show", subject)
        yield _own("show", subject, "--format", "json")
    for code in EXPLAINED:
        yield _own("explain", code)
    yield _own("rules")
    yield _own("rules", "--format", "json")
    yield _own("specs")
    yield _own("specs", "--format", "json")
    yield _own("device", "--template", "--device-type", "esme")
    yield _own("compare", "--no-config", "before-mp131", "after-mp131", "--notes", forms=("text", "json"))
    yield _own("compare", "--no-config", "after-mp131", "current", "--notes", forms=("text", "json"))
    yield _own("device", "--no-config", "docs/samples", "--notes", forms=FORMATS)
    yield _own("device", "--no-config", "docs/samples", "--notes", "--explain", forms=("text", "json"))
    yield Command("copy", ("device", "--no-config", "samples", "--notes"), POINTING)
    for folder in FOLDERS:
        yield _corpus("device", "--no-config", folder, "--notes", "--explain", forms=("text", "json"))
    for use_case, request in PAIRS:
        name = f"{use_case}_{request}_SUCCESS"
        document = f"duis-requests/{name}_REQUEST_DUIS.XML"
        message = f"rtds/{request}_{use_case}/{name}_COMMAND_GBCS.HEX"
        yield _corpus("device", "--no-config", document, message, "--pair", "--notes")
    yield _corpus("device", "--no-config", "rtds", "--release", "before-mp131", "--device-type", "esme")
    yield _corpus("check", "--no-config", "gbcs/use-cases-4.0.xlsx", "--notes", "--format", "json")
    yield _corpus("check", "--no-config", "gbcs/use-cases-3.1.xlsx", "--release", "current", "--format", "json")
    yield _corpus("extract", "use-cases", "gbcs/use-cases-3.1.xlsx")
    yield _corpus("extract", "service-requests", "duis-request-matrix.json")
    yield _corpus("extract", "alert-codes", "alert-codes.json")
    yield _corpus("compare", "--no-config", "gbcs/use-cases-3.1.xlsx", "gbcs/use-cases-4.0.xlsx", "--format", "json")


def _own(*arguments: str, forms: tuple[str, ...] = ()) -> Command:
    return Command("repository", arguments, forms)


def _corpus(*arguments: str, forms: tuple[str, ...] = ()) -> Command:
    return Command("corpus", arguments, forms)


def copy_to(folder: Path) -> None:
    """Make a folder the one of ``copy``."""
    shutil.copytree(ROOT / "specs", folder / "specs")
    shutil.copytree(ROOT / "docs" / "samples", folder / "samples")


def environment() -> dict[str, str]:
    """What the commands find in their environment."""
    return {**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"}


def run(command: Command, corpus: Path, python: str = sys.executable) -> tuple[int, tuple[bytes, ...]]:
    """The exit code of a command, and its outputs. ``python`` may be that of another build."""
    with tempfile.TemporaryDirectory() as folder:
        if command.folder == "copy":
            copy_to(Path(folder))
        with tempfile.TemporaryDirectory() as outputs:
            ran = subprocess.run(
                [python, "-P", "-m", "gbcscheck", *command.words(Path(outputs))],
                cwd={"repository": ROOT, "corpus": corpus}.get(command.folder, folder),
                env=environment(),
                capture_output=True,
                check=False,
            )
            return ran.returncode, command.outputs(ran.stdout, Path(outputs))


def digests(command: Command, code: int, outputs: tuple[bytes, ...]) -> dict[str, str]:
    """By the name of each output of a command the exit code, the number of octets and their SHA-256."""
    return {
        name: f"{code} {len(written)} {hashlib.sha256(written).hexdigest()}"
        for name, written in zip(command.names, outputs, strict=True)
    }


def main() -> None:
    """Print the digests or write them; ``--keep FOLDER`` leaves the outputs there as well, for a diff."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace before.json")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave every output in this folder")
    parser.add_argument("--python", default=sys.executable, help="interpreter of another build")
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    chosen = parser.parse_args()
    every = list(commands())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        ran = list(pool.map(lambda command: run(command, chosen.corpus, chosen.python), every))
    found: dict[str, str] = {}
    for command, (code, outputs) in zip(every, ran, strict=True):
        if chosen.keep is not None:
            chosen.keep.mkdir(parents=True, exist_ok=True)
            for number, (name, written) in enumerate(zip(command.names, outputs, strict=True), len(found)):
                told = f"$ {name}\n".encode() + written + f"\nexit {code}\n".encode()
                (chosen.keep / f"{number:03d}").write_bytes(told)
        found |= digests(command, code, outputs)
    text = json.dumps(found, indent=1) + "\n"
    if chosen.write:
        BEFORE.write_text(text, encoding="utf-8")
        return
    before = json.loads(BEFORE.read_text(encoding="utf-8"))
    changed = [name for name, told in found.items() if before.get(name) != told]
    print("\n".join(changed) or "all as before")
    sys.exit(bool(changed))


if __name__ == "__main__":
    main()
