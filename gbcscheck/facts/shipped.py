"""What ships: the folder of the specifications, and the hashes by which its files are known."""

from __future__ import annotations

import json
from pathlib import Path

from gbcscheck.inputs.files import is_regular, sha256_of

MANIFEST = "manifest.json"


def shipped_root() -> Path:
    """The folder of the specifications that ship: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "specs"
    return installed if installed.is_dir() else package.parent / "specs"


def trusted_hashes() -> frozenset[str]:
    """SHA-256 of every file that ships: it was validated when it was built, so a copy of it need not be again."""
    manifest = shipped_root() / MANIFEST
    if not manifest.is_file():
        return frozenset()
    document = json.loads(manifest.read_text(encoding="utf-8"))
    return frozenset(entry["sha256"] for entry in document["files"].values())


def is_known(path: Path, trusted: frozenset[str]) -> bool:
    """Whether a file is one of those whose hashes are trusted."""
    return is_regular(path) and sha256_of(path) in trusted
