"""The sessions of docs/ci.md: run them, and see or write what they print.

A session is a ``shell-session`` block: lines that begin with ``$ `` and, below each, what it writes. All sessions of a
page are one, in one folder. ``python tests/gate/ci_sessions.py`` brings the page up to date. A block before which a
comment ``<!-- file NAME -->`` stands is the content of a file that is there from the start.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ci.md"
BLOCK = re.compile(r"^```shell-session\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*\n)", re.MULTILINE)
FILE = re.compile(r"^<!-- file (\S+) -->\n\n?```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def environment(folder: Path) -> dict[str, str]:
    """The environment of a session: the command that is installed here, and commits that are the same every time."""
    dropped = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING")
    others = {key: value for key, value in os.environ.items() if key not in dropped and not key.startswith("GIT_")}
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in WHO.items()}
    return {
        **others,
        **who,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(folder),
    }


WHO = {"NAME": "author", "EMAIL": "author@example.org", "DATE": "2026-01-05T12:00:00Z"}


def files_of(text: str) -> dict[str, str]:
    """The files that a page shows."""
    return dict(FILE.findall(text))


def renewed(text: str, folder: Path) -> str:
    """The text of a page with what its sessions print, run in an empty folder."""
    place = folder / "specifications"
    place.mkdir()
    for name, content in files_of(text).items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    code = 0

    def run(block: re.Match[str]) -> str:
        nonlocal code
        written = []
        for command in COMMAND.findall(block[1]):
            done = subprocess.run(
                ["bash", "-c", f"(exit {code})\n{command}"],
                cwd=place,
                env=environment(folder),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                check=False,
            )
            code = done.returncode
            written.append(f"$ {command}{done.stdout}")
        return f"```shell-session\n{''.join(written)}```"

    return BLOCK.sub(run, text)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), Path(made)), encoding="utf-8")
