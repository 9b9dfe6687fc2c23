"""Releases: which extracts are checked together; the repository that ships, and the user's own folders.

A *repository* is a folder with a ``releases.toml``, laid out like ``specs/``. Any other folder is a bag of files
(extracts, tables, schemas), checked by themselves or laid over a release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from gbcscheck.errors import GbcscheckError, NothingFound, Problems, UnreadableSource, reading_input
from gbcscheck.facts.crosswalk import Crosswalk
from gbcscheck.facts.crosswalk_file import load_crosswalk
from gbcscheck.facts.crosswalk_store import load_known_crosswalk
from gbcscheck.facts.extract_file import Extract, Reading
from gbcscheck.facts.shipped import is_known, shipped_root, trusted_hashes
from gbcscheck.facts.store import load_known, load_own
from gbcscheck.frozen import frozen
from gbcscheck.inputs.confinement import ANYWHERE, Confinement, OutsideRepository
from gbcscheck.inputs.toml_places import places_of_texts
from gbcscheck.inputs.toml_text import read_toml
from gbcscheck.model import Specification
from gbcscheck.model.coverage import NotRead
from gbcscheck.release.index import INDEX, find_release, is_repository, release_entries
from gbcscheck.release.own_files import (
    OwnSource,
    in_order,
    laid_over,
    named_like,
    not_read_lines,
    replaced,
    witnesses_of,
)
from gbcscheck.release.witnesses import ShippedWitnesses
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions

if TYPE_CHECKING:
    from gbcscheck.extract.sources import Read

Progress = Callable[[str], None]


@frozen
class Release:
    """A set of extracts that is checked together. ``problems`` are the files that could not be read, ``skipped`` the
    files that hold no specification, each with the reason; ``files`` are all files that were looked at,
    ``own`` the parts that a user's files brought, ``sources`` what was read of each of them, ``not_read``
    their files of kinds that are not. ``follows`` names the release of its repository that it follows. ``witnesses``
    are extracts of documents from outside, which are no part of it."""

    name: str
    title: str
    note: str
    extracts: tuple[Extract, ...]
    crosswalk: Crosswalk
    problems: tuple[GbcscheckError, ...] = ()
    skipped: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    own: frozenset[Specification] = frozenset()
    follows: str = ""
    sources: tuple[OwnSource, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    witnesses: Sequence[Extract] = ()


@frozen
class Known:
    """What was read of a repository, for all of its releases: extracts by path, or why they cannot be read; crosswalks
    by folder, with their files and what is wrong with them."""

    extracts: dict[str, Extract | GbcscheckError] = field(default_factory=dict)
    crosswalks: dict[str, tuple[Crosswalk, list[Path], list[GbcscheckError]]] = field(default_factory=dict)


def load_release(
    name: str | None = None,
    *,
    root: Path | None = None,
    progress: Progress | None = None,
    read: Read | None = None,
    known: Known | None = None,
    within: Confinement | None = None,
) -> Release:
    """Read one release of a repository; by default its default release, of the repository that ships.

    Files that cannot be read stand in ``problems``; the others are read. ``read`` and ``within`` are as in
    ``load_paths``; ``known`` keeps what was read of each path for other releases. UsageError for an unknown name.
    """
    base = root or shipped_root()
    shipped = root is None or base.resolve() == shipped_root().resolve()
    within = ANYWHERE if shipped else within or Confinement.around([base])
    within.refuse(base / INDEX, where=str(base / INDEX))
    entry = find_release(name, base) if name else release_entries(base)[0]
    text, named = read_toml(base / INDEX), (*entry.extracts, *entry.witnesses, entry.crosswalk)
    named_at = places_of_texts(text, named, where=str(base / INDEX))
    trusted = None if shipped else trusted_hashes()
    extracts: list[Extract] = []
    witnesses: list[Extract] = []
    problems: list[GbcscheckError] = []
    known = Known() if known is None else known
    read_now = entry.extracts if shipped else (*entry.extracts, *entry.witnesses)
    for relative in read_now:
        if relative not in known.extracts:
            if progress:
                progress(relative)
            known.extracts[relative] = _extract_at(base / relative, relative, trusted, read, within, named_at[relative])
        found = known.extracts[relative]
        if isinstance(found, Extract):
            (extracts if relative in entry.extracts else witnesses).append(found)
        else:
            problems.extend(found.problems if isinstance(found, Problems) else [found])
    outside = {one for one in read_now if isinstance(known.extracts[one], OutsideRepository)}
    named_files = dict.fromkeys((*entry.extracts, *entry.witnesses))
    files = [base / INDEX, *(base / relative for relative in named_files if relative not in outside)]
    crosswalk = Crosswalk()
    if entry.crosswalk:
        if entry.crosswalk not in known.crosswalks:
            known.crosswalks[entry.crosswalk] = _crosswalk_at(
                base, entry.crosswalk, trusted, within, named_at[entry.crosswalk]
            )
        crosswalk, paths, wrong = known.crosswalks[entry.crosswalk]
        files.extend(paths)
        problems.extend(wrong)
    return Release(
        entry.name,
        entry.title,
        entry.note,
        tuple(extracts),
        crosswalk,
        tuple(problems),
        files=tuple(files),
        follows=entry.follows,
        sources=() if shipped else tuple(OwnSource(Reading(one, recognised="its header")) for one in extracts),
        witnesses=ShippedWitnesses(entry.witnesses) if shipped else tuple(witnesses),
    )


def _crosswalk_at(
    base: Path, relative: str, trusted: frozenset[str] | None, within: Confinement, named_at: str
) -> tuple[Crosswalk, list[Path], list[GbcscheckError]]:
    """The crosswalk of a folder of a repository, its files, and what is wrong with it."""
    folder = base / relative
    paths: list[Path] = []
    problems: list[GbcscheckError] = []
    try:
        with reading_input(str(folder)):
            paths = _crosswalk_files(folder, within, problems, where=named_at, named_as=relative)
            shown = {path: PurePath(relative, path.name).as_posix() for path in paths}
            if trusted is None:
                return load_known_crosswalk(paths, shown=shown), paths, problems
            known = frozenset(path for path in paths if is_known(path, trusted))
            return load_crosswalk(paths, shown=shown, trusted=known), paths, problems
    except Problems as several:
        return Crosswalk(), paths, [*problems, *several.problems]
    except GbcscheckError as error:
        return Crosswalk(), paths, [*problems, error]


def _extract_at(
    path: Path, relative: str, trusted: frozenset[str] | None, read: Read | None, within: Confinement, named_at: str
) -> Extract | GbcscheckError:
    """An extract of a repository, or why it cannot be read; ``trusted`` is None for the repository that ships."""
    try:
        within.refuse(path, where=named_at, named_as=f'the extract "{relative}"')
        with reading_input(str(path)):
            found = read(path, trusted, within) if read and trusted is not None else None
            if not isinstance(found, Extract):
                found = load_known(path) if trusted is None else load_own(path, trusted)
            return replace(found, path=relative)
    except GbcscheckError as error:
        return error


def as_one(releases: Sequence[Release]) -> Release:
    """Some releases as one, with the name, the crosswalk and the rest of the first."""
    first = releases[0]
    if len(releases) == 1:
        return first
    extracts = {_identity(one): one for each in releases for one in each.extracts}
    return replace(
        first,
        extracts=tuple(extracts.values()),
        problems=tuple({str(one): one for each in releases for one in each.problems}.values()),
        skipped=tuple(dict.fromkeys(line for each in releases for line in each.skipped)),
        files=tuple(dict.fromkeys(file for each in releases for file in each.files)),
        own=frozenset(spec for each in releases for spec in each.own),
        not_read=tuple(one for each in releases for one in each.not_read),
        sources=tuple({_identity(one.reading.extract): one for each in releases for one in each.sources}.values()),
    )


def _identity(extract: Extract) -> tuple[int, str, Specification]:
    return id(extract.rows), extract.path, extract.specification


def notes_of(releases: Sequence[Release]) -> str:
    """What a reader has to know of some releases, of several each with the names of those that it is of."""
    if len(releases) == 1:
        return releases[0].note
    names: dict[str, list[str]] = {}
    for one in releases:
        names.setdefault(one.note.rstrip("."), []).append(one.name)
    return " ".join(
        f"Release{'s' if len(named) > 1 else ''} {', '.join(named)}: {note}." for note, named in names.items() if note
    )


def _crosswalk_files(
    folder: Path, within: Confinement, problems: list[GbcscheckError], *, where: str, named_as: str
) -> list[Path]:
    """The files of a crosswalk's folder, which ``where`` names as ``named_as``, in their order; what may not be read,
    and a folder that is not there, is added to ``problems``."""
    try:
        within.refuse(folder, where=where, named_as=f'the crosswalk "{named_as}"')
    except GbcscheckError as error:
        problems.append(error)
        return []
    if not folder.is_dir():
        problems.append(UnreadableSource("no such folder", where=str(folder)))
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            within.refuse(path, where=str(path))
            found.append(path)
        except GbcscheckError as error:
            problems.append(error)
    return found


def load_paths(
    paths: Iterable[Path],
    *,
    release: str | None = None,
    progress: Progress | None = None,
    read: Read | None = None,
    exclude: Exclusions = NO_EXCLUSIONS,
    within: Confinement | None = None,
) -> Release:
    """Read a user's folders and files: a repository as it is laid out, anything else as a bag of files.

    With ``release``, the files lie over that shipped release: a file for the same specification and part takes the
    shipped one's place; where none of the files can be read, the release is left out. Raises UsageError for an unknown
    release and UnreadableSource where no specification is found; files that cannot be read stand in ``problems``.
    ``read`` may read each file in the place of ``extract.sources.read_source``. ``within`` is what may be read, where a
    person did not name the paths; by default what is around them. What is excluded of a folder stands in ``skipped``; a
    repository says itself what it holds.
    """
    given = list(paths)
    within = within or Confinement.around(given)
    if len(given) == 1 and is_repository(given[0]):
        within.refuse(given[0], where=str(given[0]))
        return load_release(release, root=given[0], progress=progress, read=read, within=within)
    from gbcscheck.extract.sources import read_sources, unread_lines

    base = load_release(release, progress=progress) if release else None
    bag = read_sources(given, trusted=trusted_hashes(), progress=progress, read=read, within=within, exclude=exclude)
    problems = list(bag.problems)
    is_empty = not any(extract.rows for extract in bag.extracts)
    if is_empty and not problems:
        names = ", ".join(str(path) for path in given)
        detail = "\n".join(f"  {line}" for line in bag.skipped[:10])
        raise NothingFound(
            "no specification was found, or none that states anything: extracts (.json), tables (.xlsx, .csv, .docx, "
            ".pdf) or schemas (.xsd) were expected",
            where=names,
            detail=detail,
        )
    base = None if is_empty else base
    crosswalk = base.crosswalk if base else load_release_crosswalk()
    if bag.crosswalk:
        try:
            crosswalk = crosswalk.with_own(load_crosswalk(bag.crosswalk, shown={}, trusted=frozenset()))
        except Problems as several:
            problems.extend(several.problems)
    shipped = base.extracts if base else ()
    readings = sorted((named_like(one, shipped) for one in bag.readings), key=lambda one: in_order(one.extract))
    own = tuple(reading.extract for reading in readings)
    witnesses, own_parts = witnesses_of(base.witnesses if base else (), shipped, own)
    extracts = laid_over(shipped, own_parts)
    unread = (line for reading in bag.readings for line in unread_lines(reading))
    return Release(
        name=base.name if base else "",
        title=base.title if base else "",
        note=base.note if base else "",
        extracts=extracts,
        crosswalk=crosswalk,
        problems=(*(base.problems if base else ()), *problems),
        skipped=(*unread, *not_read_lines(bag.not_read), *bag.skipped, *_side_by_side(extracts)),
        files=(*(base.files if base else ()), *bag.files),
        own=frozenset(extract.specification for extract in own),
        sources=tuple(
            OwnSource(reading, replaced((*shipped, *(base.witnesses if base else ())), reading.extract))
            for reading in readings
        ),
        not_read=bag.not_read,
        witnesses=witnesses,
    )


def _side_by_side(extracts: tuple[Extract, ...]) -> Iterator[str]:
    """A line for each part of which there are several versions."""
    versions: dict[tuple[str, str], list[str]] = {}
    for spec in dict.fromkeys(extract.specification for extract in extracts):
        versions.setdefault((spec.name, spec.part), []).append(spec.version)
    for (name, part), several in versions.items():
        if len(several) > 1:
            yield f"{' '.join((name, part)).strip()}: versions {', '.join(several)} are not held against each other"


def default_release() -> str:
    """The name of the release that a user's own files are held against unless another is named."""
    return release_entries(shipped_root())[0].name


def load_release_crosswalk() -> Crosswalk:
    """The crosswalk of the default release that ships, for files that bring none of their own."""
    root = shipped_root()
    folder = root / release_entries(root)[0].crosswalk
    paths = sorted(folder.glob("*.json"))
    shown = {path: path.relative_to(root).as_posix() for path in paths}
    return load_known_crosswalk(paths, shown=shown)
