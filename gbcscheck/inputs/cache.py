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
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from gbcscheck.errors import GbcscheckError
from gbcscheck.inputs.seal import program

MAX_OCTETS = 200 * 1024 * 1024
"""The oldest files are removed where the folder holds more than this."""
KEPT = (".json", ".store")
"""Endings of what is kept."""
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


_READ: ContextVar[bool] = ContextVar("what is kept is read", default=True)


@contextlib.contextmanager
def without_cache() -> Iterator[None]:
    """Read nothing from the user's cache folder and keep nothing there, until the end of the context."""
    token = _READ.set(False)
    try:
        yield
    finally:
        _READ.reset(token)


def cache_folder(environment: Mapping[str, str] | None = None) -> Path | None:
    """Where this program keeps what it has read; None where the user has no place for that, or wants none."""
    if not _READ.get():
        return None
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
    if not any((one / ".git").exists() for one in (place, *place.parents)):
        return False
    from gbcscheck.inputs.git.revisions import Repository, repository_root

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

    @property
    def folder(self) -> Path | None:
        """The folder, if there is one."""
        return self._folder

    def get(self, key: str) -> Any:
        """The value that was kept under a key; None where there is none that can be trusted."""
        if self._folder is None:
            return None
        head, _, body = (read_own(self._folder / f"{key}.json") or b"").partition(b"\n")
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
            write_own(self._folder / f"{key}.json", _seal(key, body).encode("ascii") + b"\n" + body)
        except OSError:
            self._folder = None
            return
        self._written = True

    def tidy(self) -> None:
        """Remove the oldest files where the folder has grown too large."""
        if self._folder is not None and self._written:
            tidy(self._folder)


def tidy(folder: Path) -> None:
    """Remove the oldest files of a cache folder where it has grown too large, and what was left half written."""
    from gbcscheck.inputs.temporary import remove_left

    remove_left(folder, ".")
    with contextlib.suppress(OSError):
        files = sorted(
            ((path.stat(), path) for path in folder.iterdir() if path.suffix in KEPT), key=lambda one: -one[0].st_mtime
        )
        total = 0
        for status, path in files:
            total += status.st_size
            if total > MAX_OCTETS:
                path.unlink(missing_ok=True)


def read_own(path: Path) -> bytes | None:
    """The content of a file of the cache; None where there is none, or it is a link, no file, too large, or such as
    another user may have written."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if is_foreign(path.parent.lstat()):
            return None
        with open(os.open(path, flags), "rb") as stream:
            status = os.fstat(stream.fileno())
            if is_foreign(status) or not stat.S_ISREG(status.st_mode) or status.st_size > MAX_OCTETS:
                return None
            return stream.read(MAX_OCTETS + 1)
    except OSError:
        return None


def write_own(path: Path, content: bytes) -> None:
    """Write a file of the cache, whole or not at all. Raises OSError where that cannot be done, and where another user
    may write in the folder."""
    from gbcscheck.inputs.temporary import private_file, release

    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if is_foreign(path.parent.lstat()):
        raise PermissionError(f"others may write in {path.parent}")
    temporary = private_file(path.parent, path.stem)
    try:
        Path(temporary).write_bytes(content)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    finally:
        release(temporary)


def is_foreign(status: os.stat_result) -> bool:
    """Whether a file or a folder is another user's, or another user may write in it."""
    if not hasattr(os, "getuid"):
        return False
    return status.st_uid != os.getuid() or bool(status.st_mode & _OTHERS_MAY_WRITE)


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
