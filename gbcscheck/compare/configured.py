"""The paths that the configuration of a revision names: a change may move a folder and the configuration together."""

from __future__ import annotations

import contextlib
import os
import posixpath
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gbcscheck.compare.revisions import Repository, Revision, is_within
from gbcscheck.compare.sides import Named
from gbcscheck.compare.trees import TreeFile
from gbcscheck.configuration import NAME, PROJECT, TABLE
from gbcscheck.errors import GbcscheckError, UnreadableSource, UsageError

Own = Callable[[Repository, Revision], Sequence[str]]
"""The paths that a revision keeps to, from the root of the repository; none where it does not say."""


def configured_paths(config: Path | None = None, *, cwd: Path | None = None) -> Own:
    """What finds the paths of a revision: in the configuration of that name, else in the one that the working folder
    had there. Paths that the revision does not have are left out, and a configuration that cannot be read says nothing.
    """
    here = cwd or Path.cwd()

    def own(repository: Repository, revision: Revision) -> Sequence[str]:
        files = {file.path: file for file in repository.files(revision)}
        for name in _names(repository, config, here):
            paths = _paths(repository, files[name]) if name in files else None
            if paths is not None:
                return _that_are_there(paths, posixpath.dirname(name), repository, files)
        return ()

    return own


def _names(repository: Repository, config: Path | None, here: Path) -> Iterator[str]:
    """Where a configuration may stand, from the root, the first that is there counts."""
    try:
        if config is not None:
            yield repository.path_from_root(str(config), here)
            return
        folder = repository.path_from_root(".", here)
    except UsageError:
        return
    while True:
        yield posixpath.join(folder, NAME)
        yield posixpath.join(folder, PROJECT)
        if not folder:
            return
        folder = posixpath.dirname(folder)


def _paths(repository: Repository, file: TreeFile) -> list[str] | None:
    """The paths of a configuration; None where a ``pyproject.toml`` is none."""
    ((_, content),) = repository.contents([file])
    if isinstance(content, GbcscheckError):
        return []
    try:
        table: Any = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return [] if posixpath.basename(file.path) != PROJECT or b"tool.gbcscheck" in content else None
    if posixpath.basename(file.path) == PROJECT:
        for key in TABLE:
            if not isinstance(table, dict) or key not in table:
                return None
            table = table[key]
    paths = table.get("paths") if isinstance(table, dict) else None
    return [path for path in paths if isinstance(path, str) and path] if isinstance(paths, list) else []


def _that_are_there(
    paths: Sequence[str], folder: str, repository: Repository, files: Mapping[str, TreeFile]
) -> tuple[str, ...]:
    """Paths as seen from a folder, from the root, as far as there is a file. A link is looked behind where the path as
    it is written is not there."""
    found = []
    for path in paths:
        written = os.path.relpath(os.path.join(repository.root, folder, path), repository.root)
        ways = ["" if written == "." else Path(written).as_posix()]
        with contextlib.suppress(UsageError):
            ways.append(repository.path_from_root(path, repository.root / folder))
        found.extend([way for way in ways if any(is_within(name, [way]) for name in files)][:1])
    return tuple(dict.fromkeys(found))


def missing_paths(given: Sequence[str], sides: Sequence[Named], *, cwd: Path | None = None) -> list[GbcscheckError]:
    """A problem for each path that is on none of some sides; none where no side keeps to paths."""
    here = cwd or Path.cwd()
    if not sides:
        return []
    return [
        UnreadableSource("no such file or folder", where=path)
        for path in given
        if not any(_has(side, path, here) for side in sides)
    ]


def _has(side: Named, path: str, here: Path) -> bool:
    if side.kind == "worktree":
        return os.path.lexists(here / path)
    if side.repository is None or side.revision is None:
        return False
    name = side.repository.path_from_root(path, here)
    return any(is_within(file.path, [name]) for file in side.repository.files(side.revision))
