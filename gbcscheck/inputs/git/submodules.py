"""Where the commits of submodules are on this disk.

What ``.gitmodules`` says is not asked: a commit is known by its name, so whichever folder of git below this
repository's own has it, has the right one.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from gbcscheck.inputs.git.process import run_git

MAX_STORES = 200
"""Folders of git that are looked into for the commits of submodules."""
_DEEP = 8
"""How deep the name of a submodule may be nested in folders."""


class Submodules:
    """The submodules of the repository with this root, whose folder of git is ``common``."""

    def __init__(self, root: Path, common: Path) -> None:
        self._root = root
        self._common = Path(os.path.realpath(common))
        self._stores: list[str] | None = None

    def store_of(self, path: str, commit: str) -> str:
        """The folder of git that has a commit of the submodule at a path; empty where none on this disk has."""
        own = self.folder_of(path)
        for store in dict.fromkeys([*([own] if own else []), *self._all()]):
            if run_git(self._root, "cat-file", "-e", f"{commit}^{{tree}}", store=store).returncode == 0:
                return store
        return ""

    def folder_of(self, path: str) -> str:
        """The folder of git of the submodule that is checked out at a path; empty where there is none, or a link is on
        the way, or it is neither in its own folder nor in that of this repository."""
        place = self._root
        for part in path.split("/"):
            place = place / part
            if not _is(place, stat.S_ISDIR):
                return ""
        entry = place / ".git"
        if _is(entry, stat.S_ISDIR):
            return str(entry)
        if not _is(entry, stat.S_ISREG):
            return ""
        with entry.open("rb") as stream:
            written = os.fsdecode(stream.read(4096)).removeprefix("gitdir: ").rstrip("\n")
        found = os.path.realpath(place / written)
        return found if Path(found).is_relative_to(self._common / "modules") else ""

    def advice(self, path: str) -> str:
        """What to run where a commit is not here."""
        quoted = shlex.quote(path)
        if self.folder_of(path):
            return f"its clone is here and lacks the commit: run `git -C ./{quoted} fetch`"
        return f"run `git submodule update --init -- {quoted}`"

    def _all(self) -> list[str]:
        if self._stores is None:
            found = _git_folders(self._common / "modules", _DEEP)
            self._stores = [store for store, _ in zip(found, range(MAX_STORES), strict=False)]
        return self._stores


def _git_folders(folder: Path, depth: int) -> Iterator[str]:
    """The folders of git below a folder, those of submodules of submodules too; links are not followed."""
    if not depth or not _is(folder, stat.S_ISDIR):
        return
    for place in sorted(folder.iterdir()):
        if not _is(place, stat.S_ISDIR):
            continue
        if _is(place / "HEAD", stat.S_ISREG) and _is(place / "objects", stat.S_ISDIR):
            yield str(place)
            yield from _git_folders(place / "modules", depth)
        else:
            yield from _git_folders(place, depth - 1)


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    """Whether a path itself is of a kind; a link is of no other."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return kind(mode)
