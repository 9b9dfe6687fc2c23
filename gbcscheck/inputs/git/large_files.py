"""Files that git keeps elsewhere (Git LFS): the tree has a pointer, and this disk may have what it points to."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path

from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.files import LARGE_FILE
from gbcscheck.inputs.git.revisions import Repository
from gbcscheck.limits import OCTETS

_POINTER = re.compile(rb"^oid sha256:([0-9a-f]{64})\r?\nsize (\d{1,15})\r?$", re.MULTILINE)


def content_behind(content: bytes, repository: Repository, *, of: str) -> bytes:
    """The content itself, or what it points to where that has been fetched; its name is the SHA-256 of it, which is
    looked at. UnreadableSource with what to run where it is not here. ``of`` names the revision."""
    if not content.startswith(LARGE_FILE):
        return content
    found = _POINTER.search(content[:1024])
    if found is not None:
        name, size = found[1].decode("ascii"), int(found[2])
        if size > OCTETS.most:
            raise UnreadableSource(OCTETS.problem(size))
        fetched = _kept(repository.common_folder / "lfs" / "objects" / name[:2] / name[2:4] / name, size)
        if fetched is not None and hashlib.sha256(fetched).hexdigest() == name:
            return fetched
    raise UnreadableSource(
        "this is a pointer of Git LFS; its content is not in the repository and not here "
        f"(run `git lfs fetch origin {of}`)"
    )


def _kept(path: Path, size: int) -> bytes | None:
    """A file of that many octets that is no link; None where there is none."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(handle)
            return stream.read(size) if stat.S_ISREG(status.st_mode) and status.st_size == size else None
    except OSError:
        return None
