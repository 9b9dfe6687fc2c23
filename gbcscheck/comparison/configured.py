"""The paths that the configuration of a revision names: a change may move a folder and the configuration together."""

from __future__ import annotations

import contextlib
import os
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gbcscheck.comparison.sides import Named
from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource, UsageError
from gbcscheck.inputs.git.revisions import Repository, Revision, is_within
from gbcscheck.inputs.git.tree_names import malformed
from gbcscheck.inputs.git.trees import TreeFile
from gbcscheck.inputs.toml_text import parse_toml
from gbcscheck.near_names import nearest
from gbcscheck.policy.configuration import (
    BASELINE,
    NAME,
    PROJECT,
    TABLE,
    Configuration,
    configuration_from,
    find_configuration,
    load_configuration,
)

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


def older_configuration(side: Named, config: Path | None = None, *, cwd: Path | None = None) -> Configuration | None:
    """The policy of an older side: of a revision, the configuration of that name, else the one that the working folder
    had there, with the baseline beside it; of a folder, the one in it. None where a side has no policy of its own (a
    single file, a release, a base without anything), and an empty one where there was none yet.

    Raises errors as ``load_configuration`` does, by the name of the revision.
    """
    here = cwd or Path.cwd()
    if side.kind == "files" and (here / side.name).is_dir():
        own = [Path(side.name) / name for name in (NAME, PROJECT)]
        found = next((path for path in own if find_configuration(path.parent) == path), None)
        return load_configuration(found) if found is not None else None
    if side.kind != "revision" or side.repository is None or side.revision is None or not side.revision.tree:
        return None
    files = {file.path: file for file in side.repository.files(side.revision)}
    for name in _names(side.repository, config, here):
        beside = posixpath.join(posixpath.dirname(name), BASELINE)
        is_ours = name in files and _paths(side.repository, files[name]) is not None
        if is_ours or (beside in files and posixpath.basename(name) == NAME):
            wanted = [files[one] for one in (name, beside) if one in files]
            texts = {file.path: _text(content, side) for file, content in side.repository.contents(wanted)}
            return _as_of(side, texts.get(name, ""), Path(name), texts.get(beside))
    return Configuration()


def _text(content: bytes | UnreadableSource, side: Named) -> str:
    if isinstance(content, UnreadableSource):
        raise UnreadableSource(content.problem, where=str(side.revision))
    return content.decode("utf-8", errors="replace")


def _as_of(side: Named, text: str, path: Path, baseline: str | None) -> Configuration:
    """A configuration of a revision; what is wrong in it is told with the name of the revision."""
    try:
        return configuration_from(text, path, baseline)
    except GbcscheckError as error:
        problems = error.problems if isinstance(error, Problems) else (error,)
        raise type(problems[0])(problems[0].problem, where=f"{problems[0].where} ({side.revision})") from None


def _paths(repository: Repository, file: TreeFile) -> list[str] | None:
    """The paths of a configuration; None where a ``pyproject.toml`` is none."""
    ((_, content),) = repository.contents([file])
    if isinstance(content, GbcscheckError):
        return []
    try:
        table: Any = parse_toml(content.decode("utf-8"), where=file.path)
    except (UnicodeDecodeError, UnreadableSource):
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


def missing_inside(sides: Sequence[tuple[Named, str]]) -> list[GbcscheckError]:
    """A problem for each path that a side names behind its colon and does not have; none where the other side names the
    same and has it, since a change may add and remove a folder. Each side stands with the text that names it."""
    inside = [
        (side, side.within[0])
        for side, text in sides
        if side.kind == "worktree" or (side.revision is not None and side.revision.tree)
        if text.partition(":")[2] and any(side.within)
    ]
    there = {path for side, path in inside if _holds(side, path)}
    return [_no_such_path(side, path) for side, path in inside if path not in there]


def _holds(side: Named, path: str) -> bool:
    """Whether there is a file at a path from the root or below it, or it lies in what is not looked into."""
    assert side.repository is not None
    if side.kind == "worktree" and not malformed(path) and os.path.lexists(side.repository.root / path):
        return True
    names, unread = _names_in(side)
    return any(is_within(name, [path]) for name in (*names, *unread)) or any(is_within(path, [one]) for one in unread)


def _names_in(side: Named) -> tuple[list[str], list[str]]:
    """The files of a side by path from the root, and what of it is not read."""
    assert side.repository is not None
    if side.revision is not None:
        tree = side.repository.tree(side.revision)
        return list(tree.files), [one.path for one in tree.unread]
    tree, left_out = side.repository.index()
    elsewhere = [path for path, file in tree.files.items() if file.store or path in left_out]
    submodules = [one.path for one in tree.unread if one.kind == "submodule"]
    return [*side.repository.work_files(), *elsewhere], submodules


def _no_such_path(side: Named, path: str) -> GbcscheckError:
    """The problem, with what is called nearly so in the same folder."""
    folder = posixpath.dirname(path)
    start = f"{folder}/" if folder else ""
    names, _ = _names_in(side)
    beside = {name[len(start) :].split("/")[0] for name in names if name.startswith(start)}
    near = [f"{start}{name}" for name in nearest(posixpath.basename(path), sorted(beside))]
    what = side.revision or "the work tree"
    told = f"no such file or folder in {what}"
    return UnreadableSource(f"{told}; near it: {', '.join(near)}" if near else told, where=path)
