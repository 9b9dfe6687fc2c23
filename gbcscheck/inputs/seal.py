"""What a result depends on beside its input: the code of this program, the libraries that it reads with, and Python.

Told by content and by version alone, never by times or folders: the same program is the same in every virtual
environment and on every machine, so that what one has kept serves another.
"""

from __future__ import annotations

import hashlib
import secrets
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from gbcscheck.version import __version__

LIBRARIES = (
    "cryptography",
    "elementpath",
    "jsonschema",
    "jsonschema-rs",
    "lark",
    "lxml",
    "openpyxl",
    "pyyaml",
    "xmlschema",
)
"""The libraries that take part in reading; the others are for the terminal."""
CODE = (".py", ".lark", ".json")
"""Endings of the files that the program is made of."""


@cache
def program() -> str:
    """A name of this state of the program. Where a library does not tell its version, it is another one every time.

    Told once in a process: what runs is the code that was read at its start, whatever becomes of the files.
    """
    python = f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"
    try:
        libraries = [f"{name} {version(name)}" for name in LIBRARIES]
    except PackageNotFoundError:
        return secrets.token_hex()
    return hashlib.sha256(
        "\n".join([__version__, python, *libraries, *code(Path(__file__).parents[1])]).encode()
    ).hexdigest()


def code(package: Path) -> list[str]:
    """Name and SHA-256 of every file that a package is made of. The specifications that ship are not among them: they
    are input, and the key of a result has the content of what it was made from."""
    shipped = package / "specs"
    files = sorted(
        (path.relative_to(package).as_posix(), path)
        for path in package.rglob("*")
        if path.suffix in CODE and shipped not in path.parents
    )
    return [f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for name, path in files]
