"""What was read once need not be read again: results kept by the SHA-256 of what they were made from.

The folder is the user's own cache (``XDG_CACHE_HOME`` and its likes). Each file begins with the SHA-256 of the rest and
names the program that wrote it; one that is damaged, of another program or version, or somebody else's is
ignored and replaced. Where there is no such folder, or it cannot be written, everything is read as if there were none.

A seal is no secret: whoever may write in the folder may make one. So the folder is as much to be trusted as the program
itself, and one to which a repository brings files of its own is not used.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gbcscheck.errors import GbcscheckError
from gbcscheck.inputs.git.revisions import Repository, repository_root
from gbcscheck.inputs.seal import program
from gbcscheck.inputs.temporary import private_file, release, remove_left

MAX_OCTETS = 200 * 1024 * 1024
"""The oldest files are removed where the folder holds more than this."""


def cache_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """Where this program keeps what it has read; None where the user has no place for that."""
    values = os.environ if environment is None else environment
    if sys.platform == "win32":
        base = values.get("LOCALAPPDATA", "")
    else:
        base = values.get("XDG_CACHE_HOME", "")
        home = values.get("HOME", "")
        if not os.path.isabs(base) and os.path.isabs(home):
            base = os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache")
    return Path(base) / "gbcscheck" if os.path.isabs(base) else None


def is_of_repository(folder: Path) -> bool:
    """Whether a repository has files of its own in a folder: what was committed there is no work of this program. True
    too where git cannot tell."""
    place = Path(os.path.realpath(folder))
    root = repository_root(place)
    if not (root / ".git").exists():
        return False
    try:
        return bool(
            Repository.around(root).says("ls-files", "-z", "--cached", "--", place.relative_to(root).as_posix())
        )
    except GbcscheckError:
        return True


class Cache:
    """JSON values by key in a folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._written = False

    @property
    def keeps(self) -> bool:
        """Whether there is a folder to keep anything in."""
        return self._folder is not None

    def get(self, key: str) -> Any:
        """The value that was kept under a key; None where there is none that can be trusted."""
        if self._folder is None:
            return None
        path = self._folder / f"{key}.json"
        try:
            status = path.lstat()
            if hasattr(os, "getuid") and status.st_uid != os.getuid():
                return None
            if status.st_size > MAX_OCTETS or not stat.S_ISREG(status.st_mode):
                return None
            head, _, body = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if head.decode("ascii", "replace") != _seal(key, body):
            return None
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            return None

    def put(self, key: str, value: Any) -> None:
        """Keep a value under a key; nothing happens where that cannot be done."""
        if self._folder is None:
            return
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary = private_file(self._folder, key)
            try:
                Path(temporary).write_bytes(_seal(key, body).encode("ascii") + b"\n" + body)
                os.replace(temporary, self._folder / f"{key}.json")
            except BaseException:
                Path(temporary).unlink(missing_ok=True)
                raise
            finally:
                release(temporary)
        except OSError:
            self._folder = None
            return
        self._written = True

    def tidy(self) -> None:
        """Remove the oldest files where the folder has grown too large."""
        if self._folder is None or not self._written:
            return
        remove_left(self._folder, ".")
        with contextlib.suppress(OSError):
            files = sorted(
                ((path.stat(), path) for path in self._folder.glob("*.json")), key=lambda one: -one[0].st_mtime
            )
            total = 0
            for status, path in files:
                total += status.st_size
                if total > MAX_OCTETS:
                    path.unlink(missing_ok=True)


def key_of(*parts: bytes | str) -> str:
    """A key made of some texts and contents, as a name of a file."""
    found = hashlib.sha256()
    for part in parts:
        octets = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        found.update(f"{len(octets)}:".encode("ascii"))
        found.update(octets)
    return found.hexdigest()


def _seal(key: str, body: bytes) -> str:
    """What stands at the head of a file: it changes with the content, the key, and the program."""
    return hashlib.sha256(b"\n".join((program().encode(), key.encode(), body))).hexdigest()
