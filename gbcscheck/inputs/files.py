"""Files opened for reading: every file that a user names is opened here."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from gbcscheck.errors import UnreadableSource
from gbcscheck.limits import OCTETS, Limit

LARGE_FILE = b"version https://git-lfs.github.com/spec/"
"""How a file begins that stands for one kept elsewhere (Git LFS)."""


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content, as hexadecimal digits; errors as in ``read_octets``."""
    return sha256_of_octets(read_octets(path))


def sha256_of_octets(content: bytes) -> str:
    """SHA-256 of some octets, as hexadecimal digits."""
    import hashlib

    return hashlib.sha256(content).hexdigest()


def read_octets(path: Path | str, *, where: str | None = None, limit: Limit = OCTETS) -> bytes:
    """A file's content: every file that a user names is opened here, and no more of it is read than ``limit`` says,
    whatever its size is said to be.

    Raises UnreadableSource where it is missing, a folder, a device, unreadable or empty, OverLimit where it has more.
    """
    where = where or str(path)
    size = size_of_regular(path, where=where)
    limit.hold(size, where=where)
    try:
        with open(path, "rb", buffering=0) as stream:
            content = stream.read(size + 1)  # room for all that is asked for is set aside first
            while len(content) != size and (more := stream.read(limit.most + 1 - len(content))):
                content += more
    except OSError as error:
        raise UnreadableSource(f"cannot be read ({error.strerror})", where=where) from None
    if len(content) > limit.most:
        raise limit.exceeded(where=where)
    if not content:
        raise UnreadableSource("the file is empty", where=where)
    refuse_pointer(content, where=where)
    return content


def refuse_pointer(content: bytes, *, where: str) -> None:
    """Raise UnreadableSource where a file, by its beginning, only points to its content (Git LFS)."""
    if content.startswith(LARGE_FILE):
        raise UnreadableSource(
            "this is a pointer of Git LFS; its content is not here (run `git lfs pull`)", where=where
        )


@contextmanager
def open_regular(path: Path, *, where: str) -> Iterator[BinaryIO]:
    """A regular file opened for reading; UnreadableSource where it is none, or what is read of it fails."""
    refuse_irregular(path, where=where)
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise UnreadableSource(f"cannot be read ({error.strerror})", where=where) from None


def is_regular(path: Path) -> bool:
    """Whether there is a regular file of a name; no file can have one that is too long or holds U+0000."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def refuse_irregular(path: Path, *, where: str) -> None:
    """Raise UnreadableSource for what is no regular file: nothing at all, a folder, or a pipe that would never end."""
    size_of_regular(path, where=where)


def size_of_regular(path: Path | str, *, where: str) -> int:
    """How many octets a regular file is said to have; UnreadableSource for what is none."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableSource("no such file", where=where) from None
    except OSError as error:
        raise UnreadableSource(f"cannot be read ({error.strerror})", where=where) from None
    except ValueError:
        raise UnreadableSource("no such file: its name holds the character U+0000", where=where) from None
    mode = found.st_mode
    if stat.S_ISDIR(mode):
        raise UnreadableSource("this is a folder; a file was expected", where=where)
    if not stat.S_ISREG(mode):
        raise UnreadableSource("this is a pipe or a device; a regular file was expected", where=where)
    return found.st_size
