"""Everything that is read for the two sides of a comparison."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from gbcscheck.compare.laid_out import LaidOut, laid_out
from gbcscheck.compare.revisions import Repository, is_within
from gbcscheck.compare.sides import Named
from gbcscheck.compare.tree_names import escaped
from gbcscheck.compare.trees import Tree, TreeFile, Unread
from gbcscheck.confinement import Confinement
from gbcscheck.crosswalk import Crosswalk
from gbcscheck.errors import GbcscheckError, NotASpecification, UnreadableSource
from gbcscheck.patterns import NO_EXCLUSIONS, Exclusions, excluded_line
from gbcscheck.releases import INDEX, Release, as_one, is_repository, load_release, release_entries
from gbcscheck.repository import load_all

if TYPE_CHECKING:
    from gbcscheck.extract.sources import Read
    from gbcscheck.extracts import Extract

Progress = Callable[[str], None]
NOTHING_THERE = "no specification was found"
"""How the message begins that files hold no specification."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side, read: how it is called, what it holds, and what a reader has to know of it.

    ``release`` is the only release, or the default one of a repository of specifications, whose ``others`` stand
    beside it; ``kind`` is ``repository``, ``release`` (one that ships), ``files`` or ``nothing``. ``unlooked`` is what
    belongs to it and was not looked at (a submodule that is not here).
    """

    name: str
    release: Release
    note: str = ""
    others: tuple[Release, ...] = ()
    kind: str = "files"
    unlooked: tuple[GbcscheckError, ...] = ()

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every release, the default one first; none where there is nothing."""
        return () if self.kind == "nothing" else (self.release, *self.others)

    @property
    def whole(self) -> Release:
        """All releases as one: every extract once, with the crosswalk of the default release."""
        return as_one(self.releases) if self.others else self.release

    def with_each(self, change: Callable[[Release], Release]) -> Side:
        """The side with something done to each of its releases."""
        return replace(self, release=change(self.release), others=tuple(change(one) for one in self.others))


def load_sides(
    old: Named,
    new: Named,
    *,
    release: str | None = None,
    read: Read | None = None,
    progress: Progress | None = None,
    allow_outside: bool = False,
) -> tuple[Side, Side]:
    """Both sides, read, of a repository every release. ``release`` is the shipped release that files lie over.
    ``allow_outside`` lets files and the work tree name what is outside of them; a revision never may.

    A side of a revision without a specification is empty, and its note says so; UnreadableSource where both are. Files
    of a repository that are no specification on either side are skipped, each with a line.
    """
    sides = tuple(_loaded(one, release, read, progress, allow_outside=allow_outside) for one in (old, new))
    before, after = sides
    if not _extracts(*sides) and not _problems(*sides):
        raise UnreadableSource(f"{NOTHING_THERE} on either side", where=f"{before.name}, {after.name}")
    before, after = _without_strangers(before, after, old), _without_strangers(after, before, new)
    return _with_unread(before, after), _with_unread(after, before)


def _with_unread(side: Side, other: Side) -> Side:
    """A side with files that could not be read, and in it those parts of the other that it lacks; of a repository this
    is so release by release."""
    there = {release.name: release for release in other.releases}
    notes: list[str] = []

    def completed(release: Release) -> Release:
        twin = there.get(release.name) or (None if side.kind == other.kind == "repository" else other.whole)
        found, note = with_unread(release, twin, side.name, other.name, side.unlooked) if twin else (release, "")
        notes.extend([note] if note else [])
        return found

    whole = side.with_each(completed)
    told = [side.note.rstrip("."), *dict.fromkeys(notes)] if side.note else dict.fromkeys(notes)
    return replace(whole, note=". ".join(told)) if notes else whole


def with_unread(
    release: Release, other: Release, name: str, named: str, unlooked: Sequence[GbcscheckError] = ()
) -> tuple[Release, str]:
    """A release with files that could not be read, and in it those parts of another that it lacks: they may be in these
    files, nothing is known of what has become of them, and so nothing is told. And a note that says so."""
    taken = _lacking(release, other) if release.problems or unlooked else []
    if not taken:
        return release, ""
    parts = ", ".join(dict.fromkeys(extract.specification.in_words for extract in taken))
    what = "a file" if release.problems else "a submodule"
    note = f"{parts} may be in {what} of {name} that could not be read, and is taken to be as in {named}"
    return replace(release, extracts=(*release.extracts, *taken)), note


def _lacking(release: Release, other: Release) -> list[Extract]:
    """The extracts of another release that one lacks, by part and version."""
    here, there = _by_part(release), _by_part(other)
    return [
        extract
        for part, extracts in there.items()
        if len(here.get(part, ())) < len(extracts)
        for extract in extracts
        if extract.specification.version not in {one.specification.version for one in here.get(part, ())}
    ]


def _by_part(release: Release) -> dict[tuple[str, str], list[Extract]]:
    """The extracts of each part, one for each version of it."""
    found: dict[tuple[str, str], list[Extract]] = {}
    for extract in release.extracts:
        spec = extract.specification
        group = found.setdefault((spec.name.casefold(), spec.part.casefold()), [])
        if spec.version not in {one.specification.version for one in group}:
            group.append(extract)
    return found


def _problems(*sides: Side) -> list[GbcscheckError]:
    return [problem for side in sides for release in side.releases for problem in release.problems]


def _extracts(*sides: Side) -> list[Extract]:
    return [extract for side in sides for release in side.releases for extract in release.extracts]


def within_of(what: Named, *, allow_outside: bool = False) -> Confinement:
    """What may be read for a side of files or of the work tree."""
    if what.repository is None:
        return Confinement.around([Path(what.name)] if what.kind == "files" else [], allow_outside=allow_outside)
    return Confinement.around([what.repository.root], allow_outside=allow_outside)


def _loaded(
    what: Named, release: str | None, read: Read | None, progress: Progress | None, *, allow_outside: bool
) -> Side:
    within = within_of(what, allow_outside=allow_outside)
    if what.kind == "release":
        return Side(what.name, load_release(what.name, progress=progress), kind="release")
    if what.kind == "files":
        return _of_paths(what.name, [Path(what.name)], release, read, progress, within, exclude=what.exclude)
    assert what.repository is not None
    if what.kind == "worktree":
        return _of_work_tree(what, release, read, progress, within)
    return _of_revision(what, release, read, progress)


def _of_work_tree(
    what: Named, release: str | None, read: Read | None, progress: Progress | None, within: Confinement
) -> Side:
    repository = what.repository
    assert repository is not None
    shown = _shown_root(repository)
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
            kept = [name for name in everything if name not in excluded]
            side = _of_layout(what, layout, kept, index, release, read, progress)
        files = tuple(Path(os.path.join(shown, name)) for name in names)
        side = replace(side, release=replace(side.release, files=files))
    else:
        if index is not None:
            paths = [Path(os.path.join(shown, index))]
        else:
            paths = [Path(os.path.join(shown, name)) for name in names if name not in excluded and not _is_index(name)]
        side = _side(what, paths, release, read, progress, within, None if index is None else _below(names, index))
    side = _with_skipped(side, excluded)
    side = side if index is not None else _with_indices_told(side, names)
    return _with_unlooked(side, unread, unlooked)


def _of_revision(what: Named, release: str | None, read: Read | None, progress: Progress | None) -> Side:
    """The files of a revision, laid out in a folder of their own for as long as they are read."""
    repository, revision = what.repository, what.revision
    assert repository is not None
    assert revision is not None
    if not revision.tree:
        told = f"{revision.name} is no commit yet: there is no base, and everything is new"
        return Side(str(what), _nothing(), told, kind="nothing")
    tree = repository.tree(revision)
    files = [file for file in repository.files(revision, what.within) if is_specification_file(file.path)]
    unread, unlooked = _unread(what, tree.unread)
    names = [file.path for file in files]
    index = _index(names, what.within)
    excluded = _excluded(names, what) if index is None else {}
    with laid_out(_shown_root(repository)) as layout:
        beside = _beside_recorded(files, tree) if any(what.within) else []
        layout.add_recorded(repository, [*files, *beside], of=revision.short)
        if index is not None:
            layout.add_recorded(repository, _named_by_index(layout.folder, index, tree), of=revision.short)
        kept = [name for name in names if name not in excluded]
        side = _of_layout(what, layout, kept, index, release, read, progress)
    side = _with_skipped(side, excluded)
    if index is None:
        side = _with_indices_told(side, names)
    return _with_unlooked(side, unread, unlooked)


def _excluded(names: Iterable[str], what: Named) -> dict[str, str]:
    """The files of a side that are excluded, by path from the root, each with the line that tells it."""
    assert what.repository is not None
    root, shown = what.repository.root, _shown_root(what.repository)
    found = {}
    for name in names:
        within = max((path for path in what.within if is_within(name, [path])), key=len, default="")
        exclusion = what.exclude.of(root / name, root / within)
        if exclusion is not None and within != name:
            found[name] = excluded_line(os.path.join(shown, name), exclusion)
    return found


def _with_skipped(side: Side, excluded: Mapping[str, str]) -> Side:
    skipped = tuple(dict.fromkeys((*side.release.skipped, *excluded.values())))
    return replace(side, release=replace(side.release, skipped=skipped))


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
    within, shown = Confinement.of_revision(root), _shown_root(what.repository)
    side = _side(what, [root / index] if index is not None else paths, release, read, progress, within)
    moved = side.with_each(lambda one: replace(_moved(one, str(root), shown), files=()))
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
    from gbcscheck.extract.sources import MAPPING

    given = [PurePosixPath(name) for name in names]
    any_schema = any(path.suffix.lower() == ".xsd" for path in given)
    mappings = {str(path.with_suffix(MAPPING)) for path in given if path.suffix.lower() in (".xlsx", ".csv")}
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
    named = [os.path.normpath(os.path.join(index, path)) for entry in entries for path in entry.extracts]
    folders = [os.path.normpath(os.path.join(index, entry.crosswalk)) for entry in entries if entry.crosswalk]
    return [
        file
        for path, file in sorted(tree.files.items())
        if path in named or (path.endswith(".json") and os.path.dirname(path) in folders)
    ]


def _side(
    what: Named,
    paths: Sequence[Path],
    release: str | None,
    read: Read | None,
    progress: Progress | None,
    within: Confinement,
    names: Sequence[str] | None = None,
) -> Side:
    try:
        if not paths:
            raise UnreadableSource(NOTHING_THERE)
        return _of_paths(str(what), paths, release, read, progress, within, names)
    except UnreadableSource as error:
        if not error.problem.startswith(NOTHING_THERE):
            raise
    return Side(str(what), _nothing(), f"there is no specification in {what}", kind="nothing")


def _of_paths(
    name: str,
    paths: Sequence[Path],
    release: str | None,
    read: Read | None,
    progress: Progress | None,
    within: Confinement,
    names: Sequence[str] | None = None,
    exclude: Exclusions = NO_EXCLUSIONS,
) -> Side:
    """A side of some files, or of every release of a repository whose files are called ``names``."""
    loaded, *others = load_all(
        paths, release=release, read=read, progress=progress, names=names, exclude=exclude, within=within
    )
    kind = "repository" if len(paths) == 1 and is_repository(paths[0]) else "files"
    return Side(name, loaded, others=tuple(others), kind=kind)


def _below(names: Sequence[str], folder: str) -> list[str]:
    """Files by their paths in a folder of the repository."""
    return [name[len(folder) :].lstrip("/") for name in names if is_within(name, [folder])]


def _nothing() -> Release:
    return Release("", "", "", (), Crosswalk())


def is_specification_file(path: str) -> bool:
    """Whether a file of a repository may hold part of a specification: by its ending, and not hidden."""
    from gbcscheck.extract.sources import SUFFIXES

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


def _shown_root(repository: Repository) -> str:
    """The root of the repository as messages name it from here; empty where that is here."""
    shown = os.path.relpath(os.path.realpath(repository.root), os.path.realpath(Path.cwd()))
    return "" if shown == "." else shown


def _moved(release: Release, folder: str, shown: str) -> Release:
    """A release that was read in one folder, with the paths as if in another."""

    def to(text: str) -> str:
        return text.replace(f"{folder}{os.sep}", f"{shown}{os.sep}" if shown else "").replace(folder, shown or ".")

    def problem(error: GbcscheckError) -> GbcscheckError:
        return type(error)(to(error.problem), where=to(error.where), detail=to(error.detail))

    return replace(
        release,
        extracts=tuple(replace(one, path=to(one.path), source_name=to(one.source_name)) for one in release.extracts),
        problems=tuple(problem(error) for error in release.problems),
        skipped=tuple(to(line) for line in release.skipped),
    )


def _without_strangers(side: Side, other: Side, what: Named) -> Side:
    """A side of a repository without the complaints about files that are no specification on the other side either:
    a repository holds other JSON too. Each is skipped with a line."""
    if what.kind not in ("revision", "worktree"):
        return side
    known = {extract.path for extract in _extracts(other)}

    def skipped(release: Release) -> Release:
        strange = [one for one in release.problems if isinstance(one, NotASpecification) and one.where not in known]
        if not strange:
            return release
        return replace(
            release,
            problems=tuple(problem for problem in release.problems if problem not in strange),
            skipped=(*release.skipped, *(f"{one.where}: no specification" for one in strange)),
        )

    return side.with_each(skipped)
