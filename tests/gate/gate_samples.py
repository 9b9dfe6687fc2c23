"""A small repository of specifications with a server, for the tests of the gate."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from in_process import command

COMMAND = Path(sys.executable).with_name("gbcscheck.exe" if sys.platform == "win32" else "gbcscheck")
"""The command as it is installed beside the Python that runs the tests."""
DUIS, USE_CASES, TABLE = "specs/duis.json", "specs/gbcs/use-cases.json", "specs/gbcs/table-9.csv"
Run = subprocess.CompletedProcess


def duis(interval: str = "0..60", mode: str = '"A" | "B"') -> str:
    """A request of three elements, one statement a line."""
    rows = [
        ("/Request", "occurs", "1"),
        ("/Request/Interval", "permitted", interval),
        ("/Request/Mode", "permitted", mode),
    ]
    return extract("DUIS", "schema", rows)


def use_cases(interval: str = "30") -> str:
    """Two rows of a use case that fix what the table sets."""
    rows = [
        ("ECS99/Interval.value", "type", "0..65535"),
        ("ECS99/Interval.value", "constant", interval),
        ("ECS99/Limit.value", "type", "0..255"),
        ("ECS99/Limit.value", "constant", "7"),
    ]
    return extract("GBCS", "use cases", rows)


def table(interval: str = "30", limit: str = "9") -> str:
    """A table of defaults. The limit contradicts the use case from the start: the repository is an old one."""
    return (
        "GBCS 9.0 Table 9: made up\nNo.,Data item,Element,Default value,Provenance\n"
        f"1,Interval,value,{interval},synthetic\n2,Limit,value,{limit},synthetic\n"
    )


def extract(specification: str, part: str, rows: list[tuple[str, str, str]]) -> str:
    """An extract of some statements, each on a line of its own."""
    head = {"specification": specification, "version": "9.0", "part": part, "provenance": "synthetic"}
    lines = [f" {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    statements = [json.dumps(dict(zip(("subject", "attribute", "domain"), row, strict=True))) for row in rows]
    return "\n".join(["{", *lines, ' "statements": [', ",\n".join(f"  {one}" for one in statements), " ]", "}", ""])


FILES = {
    DUIS: duis(),
    USE_CASES: use_cases(),
    TABLE: table(),
    "gbcscheck.toml": 'paths = ["specs"]\n',
    "package.json": '{"name": "no specification"}\n',
    "README.md": "# A repository of specifications\n",
}


class Checkout:
    """A repository with a work tree, in which the command is run."""

    def __init__(self, root: Path, *, cache: Path | None = None) -> None:
        self.root = root
        self._cache = cache or root.parent / "cache"

    @classmethod
    def new(cls, root: Path) -> Checkout:
        """An empty repository."""
        root.mkdir(parents=True)
        checkout = cls(root)
        checkout.git("init", "-q", "-b", "main", ".")
        return checkout

    def environment(self) -> dict[str, str]:
        """The environment without what belongs to whoever runs the tests."""
        dropped = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING")
        others = {key: value for key, value in os.environ.items() if key not in dropped and not key.startswith("GIT_")}
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "XDG_CACHE_HOME": str(self._cache)}
        return {**others, **own, "GIT_CEILING_DIRECTORIES": str(self.root.parent)}

    def git(self, *arguments: str) -> str:
        """Run git, with a name of its own."""
        own = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
        done = subprocess.run(
            ["git", *own, *arguments],
            cwd=self.root,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, files: dict[str, str | bytes]) -> None:
        """Write files of the work tree."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: dict[str, str | bytes] | None = None) -> str:
        """Commit everything, with some files written before; the name of the commit."""
        self.write(files or {})
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "change")
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str) -> Run[str]:
        """Run the command in the work tree."""
        return command(*arguments, cwd=self.root, env=self.environment())

    def line_of(self, name: str, text: str) -> int:
        """The line of a file that holds a text."""
        lines = (self.root / name).read_text(encoding="utf-8").splitlines()
        (found,) = [number for number, line in enumerate(lines, 1) if text in line]
        return found

    def content(self) -> dict[str, bytes]:
        """Every file of the work tree, and git's own index."""
        files = [path for path in self.root.rglob("*") if path.is_file() and ".git" not in path.parts]
        return {str(path.relative_to(self.root)): path.read_bytes() for path in files}


def cloned(folder: Path, *options: str, branch: str = "work") -> Checkout:
    """A clone of a server whose branch ``main`` holds FILES, on a branch of its own."""
    server = Checkout.new(folder / "server")
    server.commit(dict(FILES))
    server.git("clone", "-q", *options, server.root.as_uri(), str(folder / "clone"))
    clone = Checkout(folder / "clone")
    clone.git("checkout", "-q", "-b", branch)
    return clone
