"""The examples in the Markdown pages: run them, and compare or rewrite what the pages say they print.

An example is a ``console`` block: lines that begin with ``$ gbcscheck`` and, below each, what it writes. A line of
three dots stands for any lines. What stands below ``$ cat NAME`` is the content of a file that later commands of the
page read. The commands of a page run one after the other in one folder, which has the ``specs``, ``docs/samples`` and
``docs/drafts`` of the checkout in it (so that those of the README run in the root of a checkout), the samples as
``samples``, too, and, where they are at hand, the published files at ``../shared/corpus``; a command that names these
is left out where they are not. ``python docs/examples.py`` tells the pages that no longer hold; with ``--write`` it
brings up to date every block without dots.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CORPUS = "../shared/corpus"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ ((?:gbcscheck|cat)\b.*)\n", re.MULTILINE)


Printed = Callable[[list[str], Path], str]
"""What a command writes, run in a folder."""


class Example(NamedTuple):
    """A command, what the page says that it prints, and what it does print."""

    command: str
    shown: str
    printed: str

    @property
    def holds(self) -> bool:
        """Whether the one is the other, lines of three dots standing for any lines."""
        pieces = [re.escape(piece) for piece in re.split(r"^\.\.\.\n", self.shown, flags=re.MULTILINE)]
        return re.fullmatch("(?:.*\n)*?".join(pieces), self.printed) is not None


def pages() -> list[Path]:
    """The pages that may hold examples."""
    docs = ROOT / "docs"
    found = (ROOT / "README.md", *sorted(docs.glob("*.md")), *sorted((docs / "findings").glob("*.md")))
    return [page for page in found if page.is_file()]


def outdated(page: Path, printed: Printed | None = None) -> list[str]:
    """The commands of a page that print something else than it says; ``printed`` may run them in another way."""
    blocks = _blocks(page.read_text("utf-8"), printed or _printed)
    return [one.command for block in blocks for one in block if not one.holds]


def updated(text: str) -> str:
    """The text of a page with what its commands print now."""
    blocks = _blocks(text, _printed)

    def renew(block: re.Match[str]) -> str:
        examples = next(blocks)
        if "\n...\n" in block.group(1):
            return block.group()
        return "```console\n" + "".join(f"$ {one.command}\n{one.printed}" for one in examples) + "```"

    return BLOCK.sub(renew, text)


def _blocks(text: str, printed: Printed) -> Iterator[list[Example]]:
    """The examples of each block of a page, run in their order."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch) / "checkout"
        place.mkdir()
        (place / "docs").mkdir()
        same = ("specs", "docs/samples", "docs/drafts")
        for folder, target in (*zip(same, same, strict=True), ("samples", "docs/samples")):
            (place / folder).symlink_to(ROOT / target, target_is_directory=True)
        corpus = Path(os.environ.get("GBCSCHECK_CORPUS") or ROOT.parent / "shared" / "corpus").resolve()
        if corpus.is_dir():
            (place / CORPUS).parent.mkdir()
            (place / CORPUS).symlink_to(corpus, target_is_directory=True)
        for block in BLOCK.finditer(text):
            _, *parts = COMMAND.split(block.group(1))
            yield [_example(*pair, place, printed) for pair in zip(parts[::2], parts[1::2], strict=True)]


def _example(command: str, shown: str, place: Path, printed: Printed) -> Example:
    words = shlex.split(command)
    if words[0] == "cat":
        file = place / words[1]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(shown, encoding="utf-8")
        return Example(command, shown, shown)
    if CORPUS in command and not (place / CORPUS).is_dir():
        return Example(command, shown, shown)
    return Example(command, shown, printed(words[1:], place))


def _printed(arguments: list[str], place: Path) -> str:
    """What a command writes without a terminal, whatever its width and colours."""
    env = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR", "PYTHONIOENCODING")}
    done = subprocess.run(
        [sys.executable, "-m", "gbcscheck", *arguments],
        cwd=place,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def main(arguments: list[str]) -> int:
    """Compare every page, or rewrite it."""
    code = 0
    for page in pages():
        if arguments == ["--write"]:
            page.write_text(updated(page.read_text("utf-8")), "utf-8")
        for command in outdated(page):
            print(f"{page.relative_to(ROOT)}: {command}")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
