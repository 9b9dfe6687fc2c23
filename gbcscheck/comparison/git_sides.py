"""Sides that git keeps: the files of a revision, and the work tree with what of it git keeps elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from gbcscheck.comparison.laid_out import LaidOut, laid_out
from gbcscheck.comparison.side import Progress, Side, nothing, side_of, with_skipped
from gbcscheck.comparison.sides import Named
from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.inputs.git.revisions import Repository, is_within
from gbcscheck.inputs.git.tree_names import escaped
from gbcscheck.inputs.git.trees import Tree, TreeFile, Unread
from gbcscheck.release.index import INDEX, release_entries
from gbcscheck.release.releases import Release
from gbcscheck.release.witnesses import ShippedWitnesses
from gbcscheck.wildcards import excluded_line

if TYPE_CHECKING:
    from gbcscheck.extract.sources import Read
    from gbcscheck.facts.extract_file import Extract


def work_tree_side(
    what: Named, release: str | None, read: Read | None, progress: Progress | None, within: Confinement
) -> Side:
    repository = what.repository
    assert repository is not None
    shown = shown_root(repository)
    names = [name for name in repository.work_files(what.within) if is_specification_file(name)]
    tree, left_out = repository.index()
    elsewhere = [
        file
        for path, file in sorted(tree.files.items())
        if (file.store or (path in left_out and not (repository.root / path).is_file()))
        and is_within(path, what.within)
    ]
    recorded = [file for file in elsewhere if is_specification_file(file.path) and file.path not in names]
    told = "a repository of its own that this one does not record, and is not read"
    strangers = [Unread(name, told, "submodule") for name in repository.strangers(what.within)]
    unread, unlooked = _unread(what, [*(one for one in tree.unread if one.kind != "file"), *strangers])
    index = _index([*names, *(file.path for file in recorded)], what.within)
    everything = [*names, *(file.path for file in recorded)]
    excluded = _excluded(everything, what) if index is None else {}
    if recorded:
        with laid_out(shown) as layout:
            layout.add_from_disk(repository.root, [*names, *_beside(names, repository.work_files())])
            layout.add_recorded(repository, [*recorded, *_beside_recorded(recorded, tree)], of="HEAD")
            included = [name for name in everything if name not in excluded]
            side = _of_layout(what, layout, included, index, release, read, progress)
        files = tuple(Path(os.path.join(shown, name)) for name in names)
        side = replace(side, release=replace(side.release, files=files))
    else:
        if index is not None:
            paths = [Path(os.path.join(shown, index))]
        else:
            paths = [Path(os.path.join(shown, name)) for name in names if name not in excluded and not _is_index(name)]
        side = side_of(what, paths, release, read, progress, within, None if index is None else _below(names, index))
    side = with_skipped(side, excluded)
    side = side if index is not None else _with_indices_told(side, names)
    return _with_unlooked(side, unread, unlooked)


def revision_side(what: Named, release: str | None, read: Read | None, progress: Progress | None) -> Side:
    """The files of a revision, laid out in a folder of their own for as long as they are read."""
    repository, revision = what.repository, what.revision
    assert repository is not None
    assert revision is not None
    if not revision.tree:
        told = f"{revision.name} is no commit yet: there is no base, and everything is new"
        return Side(str(what), nothing(), told, kind="nothing")
    tree = repository.tree(revision)
    files = [file for file in repository.files(revision, what.within) if is_specification_file(file.path)]
    unread, unlooked = _unread(what, tree.unread)
    names = [file.path for file in files]
    index = _index(names, what.within)
    excluded = _excluded(names, what) if index is None else {}
    with laid_out(shown_root(repository)) as layout:
        beside = _beside_recorded(files, tree) if any(what.within) else []
        layout.add_recorded(repository, [*files, *beside], of=revision.short)
        if index is not None:
            layout.add_recorded(repository, _named_by_index(layout.folder, index, tree), of=revision.short)
        included = [name for name in names if name not in excluded]
        side = _of_layout(what, layout, included, index, release, read, progress)
    side = with_skipped(side, excluded)
    if index is None:
        side = _with_indices_told(side, names)
    return _with_unlooked(side, unread, unlooked)


def excluded_files(what: Named) -> list[str]:
    """The specification files of a revision that are excluded, by path from the root."""
    if what.repository is None or what.revision is None or not what.revision.tree:
        return []
    files = what.repository.files(what.revision, what.within)
    names = [file.path for file in files if is_specification_file(file.path)]
    return list(_excluded(names, what)) if _index(names, what.within) is None else []


def _excluded(names: Iterable[str], what: Named) -> dict[str, str]:
    """The files of a side that are excluded, by path from the root, each with the line that tells it."""
    assert what.repository is not None
    root, shown = what.repository.root, shown_root(what.repository)
    found = {}
    for name in names:
        within = max((path for path in what.within if is_within(name, [path])), key=len, default="")
        exclusion = what.exclude.of(root / name, root / within)
        if exclusion is not None and within != name:
            found[name] = excluded_line(os.path.join(shown, name), exclusion)
    return found


def _of_layout(
    what: Named,
    layout: LaidOut,
    names: Sequence[str],
    index: str | None,
    release: str | None,
    read: Read | None,
    progress: Progress | None,
) -> Side:
    """What some of the files that are laid out hold, with the paths that they have in the repository."""
    assert what.repository is not None
    root = layout.folder
    paths = [root / name for name in names if name in layout.paths and not _is_index(name)]
    within = Confinement.of_revision(root)
    side = side_of(what, [root / index] if index is not None else paths, release, read, progress, within)
    moved = side.with_each(lambda one: replace(_moved(one, layout), files=()))
    first = moved.release
    return replace(moved, release=replace(first, problems=(*layout.problems, *first.problems)))


def _unread(what: Named, found: Iterable[Unread]) -> tuple[list[GbcscheckError], list[GbcscheckError]]:
    """What of a tree is not read: first the problems with it, then the submodules that are not here."""
    problems: list[GbcscheckError] = []
    unlooked: list[GbcscheckError] = []
    for one in found:
        told = UnreadableSource(f"{escaped(one.path)}: {one.reason}", where=str(what))
        if one.kind == "submodule":
            if is_within(one.path, what.within) or any(path.startswith(f"{one.path}/") for path in what.within):
                unlooked.append(told)
        # On Windows what stands behind a backslash would be a file of its own.
        elif one.kind == "forged" or (
            is_within(one.path, what.within) and is_specification_file(one.path.rpartition("\\")[2] or one.path)
        ):
            problems.append(told)
    return problems, unlooked


def _with_unlooked(side: Side, problems: Sequence[GbcscheckError], unlooked: Sequence[GbcscheckError]) -> Side:
    """The side with what of its tree is not read."""
    release = replace(side.release, problems=(*problems, *side.release.problems))
    return replace(side, release=release, unlooked=(*side.unlooked, *unlooked))


def _beside_recorded(files: Sequence[TreeFile], tree: Tree) -> list[TreeFile]:
    """What is read for some files of a tree and is not one of them."""
    return [tree.files[path] for path in _beside([file.path for file in files], tree.files)]


def _beside(names: Sequence[str], all_names: Iterable[str]) -> list[str]:
    """What is read for some files and is not one of them: schemas to import, the mapping of a table."""
    from gbcscheck.extract.source_kinds import MAPPING, kind_of

    given = [PurePosixPath(name) for name in names]
    any_schema = any(path.suffix.lower() == ".xsd" for path in given)
    mappings = {str(path.with_suffix(MAPPING)) for path in given if kind_of(path).is_table}
    if not any_schema and not mappings:
        return []

    def is_read(path: str) -> bool:
        # A schema may include one of another folder of its repository.
        return path in mappings or (any_schema and path.lower().endswith(".xsd"))

    known = set(names)
    return [path for path in sorted(all_names) if path not in known and is_read(path)]


def _named_by_index(root: Path, index: str, tree: Tree) -> list[TreeFile]:
    """The files of a tree that its list of releases names, wherever in the tree they are; none where the list cannot be
    read, which its reader tells."""
    try:
        entries = release_entries(root / index)
    except GbcscheckError:
        return []
    paths = [path for entry in entries for path in (*entry.extracts, *entry.witnesses)]
    named = [os.path.normpath(os.path.join(index, path)) for path in paths]
    folders = [os.path.normpath(os.path.join(index, entry.crosswalk)) for entry in entries if entry.crosswalk]
    return [
        file
        for path, file in sorted(tree.files.items())
        if path in named or (path.endswith(".json") and os.path.dirname(path) in folders)
    ]


def _below(names: Sequence[str], folder: str) -> list[str]:
    """Files by their paths in a folder of the repository."""
    return [name[len(folder) :].lstrip("/") for name in names if is_within(name, [folder])]


def is_specification_file(path: str) -> bool:
    """Whether a file of a repository may hold part of a specification: by its ending, and not hidden."""
    from gbcscheck.extract.source_kinds import SUFFIXES

    *folders, name = path.split("/")
    if any(part.startswith(".") for part in (*folders, name)) or name.startswith("~$"):
        return False
    return name.lower().endswith(SUFFIXES) or name == INDEX


def _is_index(path: str) -> bool:
    return path.rpartition("/")[2] == INDEX


def _with_indices_told(side: Side, names: Iterable[str]) -> Side:
    """The side, which says of each list of releases below it that it was not followed: its folder was not named, so the
    files there are compared as they are, as ``check`` takes them."""
    folders = [name.rpartition("/")[0] for name in names if _is_index(name)]
    if not folders:
        return side
    told = f"the releases of {', '.join(folders)} are not followed; name that folder to compare its default release"
    return replace(side, note=f"{side.note}; {told}" if side.note else told)


def _index(names: Iterable[str], within: Sequence[str]) -> str | None:
    """The folder that is a repository of specifications of its own: the one that is named, or the root."""
    if len(within) > 1:
        return None
    folder = within[0] if within else ""
    return folder if (f"{folder}/{INDEX}" if folder else INDEX) in names else None


def shown_root(repository: Repository) -> str:
    """The root of the repository as messages name it from here; empty where that is here."""
    shown = os.path.relpath(os.path.realpath(repository.root), os.path.realpath(Path.cwd()))
    return "" if shown == "." else shown


def _moved(release: Release, layout: LaidOut) -> Release:
    """A release that was read where files are laid out, with the paths that messages call them by."""
    to = layout.as_shown

    def moved(extract: Extract) -> Extract:
        return replace(extract, path=to(extract.path), source_name=to(extract.source_name))

    witnesses = release.witnesses
    return replace(
        release,
        extracts=tuple(map(moved, release.extracts)),
        witnesses=witnesses if isinstance(witnesses, ShippedWitnesses) else tuple(map(moved, witnesses)),
        problems=tuple(map(layout.as_told, release.problems)),
        skipped=tuple(map(to, release.skipped)),
    )
