"""A repository of specifications as a whole: all of its releases, and the files that none of them names."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from gbcscheck.extract.source_kinds import UNNAMED
from gbcscheck.facts.extract_file import Extract
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.release.index import INDEX, is_repository, release_entries
from gbcscheck.release.releases import Known, Progress, Release, load_paths, load_release
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions

if TYPE_CHECKING:
    from gbcscheck.extract.sources import Read

SNIFFED = 65_536
"""Octets of a JSON file in which the statements of an extract begin."""


def load_all(
    paths: Iterable[Path],
    *,
    release: str | None = None,
    progress: Progress | None = None,
    read: Read | None = None,
    names: Iterable[str] | None = None,
    exclude: Exclusions = NO_EXCLUSIONS,
    within: Confinement | None = None,
) -> tuple[Release, ...]:
    """Read a user's folders and files as ``load_paths`` does, of a repository every release, the default one first.

    An extract that several releases name is read once. What no release names is skipped with a line; ``names`` are the
    files of the repository, by their paths in it, where they are not those on the disk.
    """
    given = list(paths)
    within = within or Confinement.around(given)
    if len(given) != 1 or not is_repository(given[0]):
        return (load_paths(given, release=release, progress=progress, read=read, exclude=exclude, within=within),)
    root = given[0]
    within.refuse(root, where=str(root))
    within.refuse(root / INDEX, where=str(root / INDEX))
    entries = release_entries(root)
    known = Known()
    first, *others = [
        load_release(entry.name, root=root, progress=progress, read=read, known=known, within=within)
        for entry in entries
    ]
    sources = {one.source_name for one in known.extracts.values() if isinstance(one, Extract)}
    folders = {entry.crosswalk for entry in entries if entry.crosswalk}
    told = unnamed_files(root, known.extracts, folders, sources, names)
    return (replace(first, skipped=(*first.skipped, *told)), *others)


def unnamed_files(
    root: Path,
    named: Collection[str],
    crosswalks: Collection[str],
    sources: Collection[str],
    names: Iterable[str] | None = None,
) -> Iterator[str]:
    """A line for each extract of a repository that no release names, and one that counts its tables and schemas, which
    no release can name.

    ``named`` are the paths that releases name, ``crosswalks`` their folders of crosswalks, ``sources`` the files that
    extracts were made from; ``names`` the files to look at, all below the root by default.
    """
    known = {os.path.normpath(path) for path in named}
    folders = {os.path.normpath(path) for path in crosswalks}
    made_from = {PurePosixPath(source.replace(os.sep, "/")).name for source in sources if source}
    others = []
    for name in sorted(_files_below(root) if names is None else names):
        path = os.path.normpath(name)
        if path in known or os.path.dirname(path) in folders:
            continue
        if name.lower().endswith(".json"):
            if _may_be_an_extract(root / name):
                yield f"{root / name}: no release names it"
        elif name.lower().endswith(UNNAMED) and os.path.basename(path) not in made_from:
            others.append(name)
    if others:
        shown = ", ".join(str(root / name) for name in others[:3])
        more = f" and {len(others) - 3:,} more" if len(others) > 3 else ""
        yield f"{shown}{more}: a release names extracts (.json) alone, so no table or schema is looked at"


def _files_below(root: Path) -> Iterator[str]:
    for here, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith((".", "~$")):
                yield os.path.relpath(os.path.join(here, name), root)


def _may_be_an_extract(path: Path) -> bool:
    """Whether a file begins like an extract; one that cannot be read, and a link, does not."""
    if path.is_symlink() or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return b'"statements"' in stream.read(SNIFFED)
    except OSError:
        return False
