"""Trees of git as no git writes them, made octet by octet."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from compare_parts import Git

FILE, FOLDER, LINK = "100644", "40000", "120000"


def blob(git: Git, content: str) -> str:
    """The name of a content that git now has."""
    return _given(git, content.encode(), "hash-object", "-w", "--stdin")


def tree(git: Git, *entries: tuple[str, str | bytes, str]) -> str:
    """The name of a tree with these entries (mode, name, content), in this order and whatever the names."""
    octets = b"".join(
        mode.encode() + b" " + (name.encode() if isinstance(name, str) else name) + b"\0" + bytes.fromhex(content)
        for mode, name, content in entries
    )
    return _given(git, octets, "hash-object", "-t", "tree", "-w", "--literally", "--stdin")


def made(git: Git, *entries: tuple[str, str, str]) -> str:
    """The name of a tree that ``git mktree`` itself makes: it lets names as ``..`` pass."""
    kinds = {FILE: "blob", FOLDER: "tree", LINK: "blob"}
    lines = "".join(f"{mode.zfill(6)} {kinds[mode]} {content}\t{name}\n" for mode, name, content in entries)
    return _given(git, lines.encode(), "mktree")


def committed(git: Git, name: str) -> str:
    """The name of a commit of a tree."""
    return git("commit-tree", "-m", "made by hand", name)


def state(folder: Path) -> dict[str, bytes | str]:
    """Everything below a folder: the content of files, the targets of links, the names of folders."""
    found: dict[str, bytes | str] = {}
    for here, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(here, name)
            kind = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else "a folder"
            found[str(path.relative_to(folder))] = kind
    return found


def _given(git: Git, octets: bytes, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=git.root, input=octets, capture_output=True, check=True)
    return done.stdout.decode().strip()
