"""Files and folders of a run that are gone after it, however it ends.

Each is held by a lock for as long as it is used, which the system lets go of when the process is gone. What a process
left that was killed (SIGKILL, a power cut) is therefore told from what another one is using, and the next run that
makes one of its kind removes it: only what bears the name, is the user's own, is no link, and is not held.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from gbcscheck.errors import GbcscheckError

FOLDER = "gbcscheck-run-"
"""How the name of each temporary folder begins."""
FILE = ".gbcscheck-"
"""What stands in the name of each file that is being written, behind a dot and the beginning of its name to be."""
OLD_SECONDS = 24 * 3600.0
"""Where the system has no locks of this kind, what is older than this is taken to be left."""

_held: dict[str, int] = {}
_owner = os.getpid()
"""A process that was forked has this from its parent, and what is held is the parent's."""


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only the user may enter, removed at the end with all that is in it."""
    base = tempfile.gettempdir()
    remove_left(Path(base), FOLDER)
    path = _hold(lambda: tempfile.mkdtemp(prefix=FOLDER, dir=base))
    try:
        yield Path(path)
    finally:
        _remove(path)
        release(path)


def private_file(folder: Path, name: str) -> str:
    """A new empty file beside where it will stand under a name, for the user alone; ``release`` it once it has that
    name or is gone. Those that were left there for that name are removed. OSError where it cannot be made.
    """
    prefix = f".{name[:40]}{FILE}"
    remove_left(folder, prefix)
    return _hold(lambda: _closed(*tempfile.mkstemp(prefix=prefix, dir=folder)))


def release(path: str) -> None:
    """Let go of a file or a folder: it has got its name, or is gone."""
    handle = _held.pop(path, -1)
    if handle >= 0:
        os.close(handle)


def remove_all() -> None:
    """Remove everything temporary of this process, at once: a signal ends it."""
    if os.getpid() == _owner:
        for path in list(_held):
            _remove(path)


def remove_left(folder: Path, prefix: str) -> None:
    """Remove what other runs left in a folder whose names begin so."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for path in [entry.path for entry in entries if entry.name.startswith(prefix)]:
            if path not in _held:
                _remove_if_left(path)


SPOOLED = 1 << 20
"""Octets of a text that wait in memory; of a longer one all wait on disk."""
READ = 1 << 16
"""Characters of it that are read at a time."""


class Spool:
    """A text that is written piece by piece and read from its beginning when it is whole. What does not fit into memory
    waits in a file without a name, which is gone with the process, however that ends."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed by ``close``
            SPOOLED, "w+", encoding="utf-8", errors="surrogatepass", newline=""
        )
        self.is_empty = True

    def write(self, text: str) -> None:
        """Put a piece behind those before it; GbcscheckError where there is no room for it."""
        try:
            self._file.write(text)
        except OSError as error:
            raise GbcscheckError(f"cannot be written ({error.strerror})", where="a temporary file") from None
        self.is_empty = self.is_empty and not text

    def __iter__(self) -> Iterator[str]:
        """The pieces from the beginning, of some length or other."""
        self._file.seek(0)
        while text := self._file.read(READ):
            yield text

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


# --- one of them -----------------------------------------------------------------------------------------------------


def _hold(make: Callable[[], str]) -> str:
    """Make a file or a folder and lock it; made again where another run took it for left before it was locked."""
    while True:
        path = make()
        _held[path] = -1
        if sys.platform == "win32":
            return path
        import fcntl

        try:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            del _held[path]
            continue
        _held[path] = handle
        with contextlib.suppress(OSError):  # a disk without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        if _is_still(handle, path):
            return path
        release(path)


def _closed(handle: int, path: str) -> str:
    os.close(handle)
    return path


def _is_still(handle: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    except FileNotFoundError:
        return False


def _remove_if_left(path: str) -> None:
    """Remove a file or a folder of the user's that no process holds."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            if time.time() - os.lstat(path).st_mtime > OLD_SECONDS:
                _remove(path)
        return
    import fcntl

    handle = -1
    with contextlib.suppress(OSError):  # it is held, a link, somebody else's, or gone
        status = os.lstat(path)
        if status.st_uid != os.getuid() or not (stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)):
            return
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(handle).st_uid == os.getuid() and _is_still(handle, path):
            _remove(path)
    if handle >= 0:
        os.close(handle)


def _remove(path: str) -> None:
    """Remove a file, or a folder with what is in it; links are removed and never followed."""
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISDIR(os.lstat(path).st_mode):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)
