"""What the rows of ``against.py`` are run on: made of the corpus and of what ships, once."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import configurations
from builds import ROOT, Build, sources

SAMPLES = ROOT / "docs" / "samples"
MESSAGE = SAMPLES / "captures" / "ECS37-weekdays.hex"
OWN = ("gbcs/4.0/use-cases", "duis/5.4/schema", "mmc/5.4/schema")
"""Extracts that stand for a user's own."""
COPIES_OF_CAPTURES = 8
MANY_COPIES_OF_CAPTURES = 32
"""Where several processes have enough to do that what each does once does not count."""
MOST_DIGITS = 400
"""Longer messages are left out, for the file would be more than is read."""
COPIES_OF_RELEASE = 20
"""Copies of ``current`` that make a million statements."""
EARLY = "c414cc0"
"""The build with whose crosswalk they are checked."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The folder of what the rows make for themselves, and that of the corpus."""

    folder: Path
    corpus: Path

    def made(self, name: str, make: Callable[[Path], object]) -> Path:
        """A file or folder of that name, made by ``make`` unless it is there."""
        path = self.folder / name
        if not path.exists():
            make(path)
        return path


def captures(inputs: Inputs, copies: int = COPIES_OF_CAPTURES) -> Path:
    """The messages of the corpus several times over, a file each."""

    def make(folder: Path) -> None:
        folder.mkdir()
        messages = sorted((inputs.corpus / "rtds").rglob("*.HEX"))
        for copy in range(copies):
            for message in messages:
                shutil.copyfile(message, folder / f"{copy}-{message.parent.name}-{message.name}")

    return inputs.made(f"captures-{copies}", make)


def one_file(inputs: Inputs, count: int) -> Path:
    """So many messages, one a line: one that can be judged, and the shorter ones of the corpus over and over."""

    def make(path: Path) -> None:
        messages = [MESSAGE, *sorted((inputs.corpus / "rtds").rglob("*.HEX"))]
        lines = [line for one in messages if len(line := "".join(one.read_text("ascii").split())) <= MOST_DIGITS]
        with path.open("w", encoding="ascii") as file:
            file.writelines(f"{line}\n" for line in itertools.islice(itertools.cycle(lines), count))

    return inputs.made(f"messages-{count}.hex", make)


def json_lines(inputs: Inputs, count: int) -> Path:
    """So many configurations, nearly every number new."""
    return inputs.made(f"new-{count}.jsonl", lambda path: configurations.write(path, count, spread=True))


def own_extracts(inputs: Inputs) -> list[Path]:
    """Copies of three extracts that ship, each longer by a blank, so that none is known."""

    def make(folder: Path) -> None:
        folder.mkdir()
        for name in OWN:
            shutil.copyfile(ROOT / "specs" / f"{name}.json", folder / f"{name.replace('/', '-')}.json")

    return sorted(inputs.made("own", make).glob("*.json"))


def changed(paths: list[Path]) -> Callable[[], None]:
    """Makes each file one that no run has seen."""

    def change() -> None:
        for path in paths:
            with path.open("a", encoding="utf-8") as file:
                file.write(" ")

    return change


def schemas(inputs: Inputs) -> Path:
    """A folder with the schemas of DUIS and MMC 5.1 in ``old`` and those of 5.4 in ``new``."""

    def make(folder: Path) -> None:
        for side, version in (("old", "5.1"), ("new", "5.4")):
            (folder / side).mkdir(parents=True)
            for path in (inputs.corpus / "xsd" / version).glob("*.xsd"):
                shutil.copyfile(path, folder / side / path.name)

    return inputs.made("schemas", make)


def million(inputs: Inputs) -> Path:
    """A repository that holds ``current`` as many times over as make a million statements, with the crosswalk of an
    early build, which every later one understands."""

    def make(folder: Path) -> None:
        crosswalk = sources(EARLY, inputs.folder / "early") / "specs" / "crosswalk"
        script = [sys.executable, ROOT / "benchmarks" / "scaling.py", folder, str(COPIES_OF_RELEASE), crosswalk]
        subprocess.run(script, check=True)

    return inputs.made("million", make)


def knowing(build: Build, inputs: Inputs, repository: Path) -> Path:
    """A copy of a build's package that takes the content of a repository as valid, as it does what ships."""

    def make(folder: Path) -> None:
        import hashlib

        where = [build.python, "-I", "-c", "import gbcscheck; print(gbcscheck.__path__[0])"]
        package = Path(subprocess.run(where, check=True, capture_output=True, text=True).stdout.strip())
        if not (package / "specs").is_dir():
            raise SystemExit(f"{package} is no installed build")
        shutil.copytree(package, folder / "gbcscheck")
        manifest = folder / "gbcscheck" / "specs" / "manifest.json"
        document = json.loads(manifest.read_text(encoding="utf-8"))
        for path in repository.rglob("*.json"):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            document["files"][str(path.relative_to(repository))] = {"sha256": digest}
        manifest.write_text(json.dumps(document), encoding="utf-8")

    folder = inputs.folder / f"knowing-{build.name}"
    shutil.rmtree(folder, ignore_errors=True)
    make(folder)
    return folder
