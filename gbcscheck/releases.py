"""Releases: which extracts are checked together; the repository that ships, and the user's own folders.

A *repository* is a folder with a ``releases.toml``, laid out like ``specs/``. Any other folder is a bag of files
(extracts, tables, schemas), checked by themselves or laid over a release.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gbcscheck.crosswalk import Crosswalk, load_crosswalk
from gbcscheck.errors import GbcscheckError, InvalidExtract, Problems, UnreadableSource, UsageError
from gbcscheck.extracts import Extract, load_extract
from gbcscheck.model import Specification

if TYPE_CHECKING:
    from gbcscheck.extract.sources import Read

INDEX = "releases.toml"
MANIFEST = "manifest.json"

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Release:
    """A set of extracts that is checked together. ``problems`` are the files that could not be read, ``skipped`` the
    files that hold no specification, each with the reason; ``files`` are all files that were looked at,
    ``own`` the parts that a user's files brought."""

    name: str
    title: str
    note: str
    extracts: tuple[Extract, ...]
    crosswalk: Crosswalk
    problems: tuple[GbcscheckError, ...] = ()
    skipped: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    own: frozenset[Specification] = frozenset()


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """One release as ``releases.toml`` names it, before anything is read; paths are relative to the repository."""

    name: str
    title: str
    note: str
    extracts: tuple[str, ...]
    crosswalk: str


def shipped_root() -> Path:
    """The folder of the specifications that ship: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "specs"
    return installed if installed.is_dir() else package.parent / "specs"


def release_names(root: Path | None = None) -> tuple[str, ...]:
    """Names of the releases of a repository (the shipped one by default), the default one first."""
    return tuple(entry.name for entry in release_entries(root))


def release_entries(root: Path | None = None) -> tuple[ReleaseEntry, ...]:
    """The releases that ``releases.toml`` of a repository names, the default one first.

    Raises UnreadableSource or InvalidExtract for a file that is missing, not TOML, or not of the expected shape.
    """
    index = (root or shipped_root()) / INDEX
    try:
        document = tomllib.loads(index.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableSource(f"cannot be read ({error.strerror})", where=str(index)) from None
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"not UTF-8 at offset {error.start}", where=str(index)) from None
    except tomllib.TOMLDecodeError as error:
        raise UnreadableSource(f"not valid TOML: {error}", where=str(index)) from None
    tables = document.get("release")
    if not isinstance(tables, dict) or not tables:
        raise InvalidExtract("a table [release.NAME] was expected; none was found", where=str(index))
    default = document.get("default", next(iter(tables)))
    if default not in tables:
        raise InvalidExtract(f'default = "{default}" names no release of this file', where=str(index))
    entries = [_entry(name, table, where=str(index)) for name, table in tables.items()]
    return tuple(sorted(entries, key=lambda entry: entry.name != default))


def _entry(name: str, table: Any, *, where: str) -> ReleaseEntry:
    extracts = table.get("extracts") if isinstance(table, dict) else None
    if not isinstance(extracts, list) or not all(isinstance(path, str) for path in extracts):
        raise InvalidExtract(f"[release.{name}]: a list of paths was expected as extracts", where=where)
    texts = {key: table.get(key, "") for key in ("title", "note", "crosswalk")}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise InvalidExtract(f"[release.{name}]: {key} has to be a text", where=where)
    return ReleaseEntry(name, texts["title"], texts["note"], tuple(extracts), texts["crosswalk"])


def find_release(name: str, root: Path | None = None) -> ReleaseEntry:
    """The release of that name; UsageError with near names where there is none."""
    entries = release_entries(root)
    for entry in entries:
        if entry.name == name:
            return entry
    raise UsageError(f'no release is called "{name}"; there are {", ".join(entry.name for entry in entries)}')


def load_release(
    name: str | None = None,
    *,
    root: Path | None = None,
    progress: Progress | None = None,
    read: Read | None = None,
    within: Path | None = None,
) -> Release:
    """Read one release of a repository; by default its default release, of the repository that ships.

    Files that cannot be read stand in ``problems``; the others are read. ``read`` and ``within`` are as in
    ``load_paths``. UsageError for an unknown name.
    """
    base = root or shipped_root()
    entry = find_release(name, base) if name else release_entries(base)[0]
    shipped = root is None or base.resolve() == shipped_root().resolve()
    trusted = None if shipped else _trusted_hashes()
    extracts: list[Extract] = []
    problems: list[GbcscheckError] = []
    leaving = {path for path in (*entry.extracts, entry.crosswalk) if within and not _is_inside(base / path, within)}
    problems.extend(
        UnreadableSource(f'"{path}" leads out of the revision, and is not read', where=str(base / INDEX))
        for path in sorted(leaving)
    )
    inside = [path for path in entry.extracts if path not in leaving]
    for relative in inside:
        if progress:
            progress(relative)
        path = base / relative
        try:
            found = read(path, trusted) if read and trusted is not None else None
            if not isinstance(found, Extract):
                known = trusted is None or _is_known(path, trusted)
                found = load_extract(path, shown=str(path), trusted=known)
            extracts.append(replace(found, path=relative))
        except Problems as several:
            problems.extend(several.problems)
        except GbcscheckError as error:
            problems.append(error)
    crosswalk = Crosswalk()
    files = [base / INDEX, *(base / relative for relative in inside)]
    if entry.crosswalk and entry.crosswalk not in leaving:
        folder = base / entry.crosswalk
        paths = sorted(folder.glob("*.json"))
        files.extend(paths)
        shown = {path: os.path.relpath(path, base).replace(os.sep, "/") for path in paths}
        known_paths = frozenset(path for path in paths if trusted is None or _is_known(path, trusted))
        try:
            crosswalk = load_crosswalk(paths, shown=shown, trusted=known_paths)
        except Problems as several:
            problems.extend(several.problems)
        if not folder.is_dir():
            problems.append(UnreadableSource("no such folder", where=str(folder)))
    return Release(entry.name, entry.title, entry.note, tuple(extracts), crosswalk, tuple(problems), files=tuple(files))


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether a path, as it is written, is a folder or below it."""
    return Path(os.path.normpath(path)).is_relative_to(os.path.normpath(folder))


def load_shipped(relative: str) -> Extract:
    """One extract that ships, by its path in the repository (``gbcs/3.1/use-cases.json``)."""
    path = shipped_root() / relative
    trusted = _is_known(path, _trusted_hashes())
    return replace(load_extract(path, shown=str(path), trusted=trusted), path=relative)


def load_paths(
    paths: Iterable[Path],
    *,
    release: str | None = None,
    progress: Progress | None = None,
    read: Read | None = None,
    within: Path | None = None,
) -> Release:
    """Read a user's folders and files: a repository as it is laid out, anything else as a bag of files.

    With ``release``, the files lie over that shipped release: a file for the same specification and part takes the
    shipped one's place. Raises UsageError for an unknown release and UnreadableSource where no specification is
    found; files that cannot be read stand in ``problems``. ``read`` may read each file in the place of
    ``extract.sources.read_source``. ``within`` is the folder that what ``releases.toml`` names has to be below.
    """
    given = list(paths)
    if len(given) == 1 and (given[0] / INDEX).is_file():
        return load_release(release, root=given[0], progress=progress, read=read, within=within)
    from gbcscheck.extract.sources import read_sources

    base = load_release(release, progress=progress) if release else None
    bag = read_sources(given, trusted=_trusted_hashes(), progress=progress, read=read)
    problems = list(bag.problems)
    if not any(extract.rows for extract in bag.extracts) and not problems:
        names = ", ".join(str(path) for path in given)
        detail = "\n".join(f"  {line}" for line in bag.skipped[:10])
        raise UnreadableSource(
            "no specification was found, or none that states anything: extracts (.json), tables (.xlsx, .csv) or "
            "schemas (.xsd) were expected",
            where=names,
            detail=detail,
        )
    crosswalk = base.crosswalk if base else load_release_crosswalk()
    if bag.crosswalk:
        try:
            crosswalk = crosswalk.with_own(load_crosswalk(bag.crosswalk, shown={}, trusted=frozenset()))
        except Problems as several:
            problems.extend(several.problems)
    own = tuple(sorted((_named_like(extract, base) for extract in bag.extracts), key=_order))
    extracts = _laid_over(base.extracts if base else (), own)
    return Release(
        name=base.name if base else "",
        title=base.title if base else "",
        note=base.note if base else "",
        extracts=extracts,
        crosswalk=crosswalk,
        problems=(*(base.problems if base else ()), *problems),
        skipped=(*bag.skipped, *_side_by_side(extracts)),
        files=(*(base.files if base else ()), *bag.files),
        own=frozenset(extract.specification for extract in own),
    )


def _side_by_side(extracts: tuple[Extract, ...]) -> Iterator[str]:
    """A line for each part of which there are several versions."""
    versions: dict[tuple[str, str], list[str]] = {}
    for spec in dict.fromkeys(extract.specification for extract in extracts):
        versions.setdefault((spec.name, spec.part), []).append(spec.version)
    for (name, part), several in versions.items():
        if len(several) > 1:
            yield f"{' '.join((name, part)).strip()}: versions {', '.join(several)} are not held against each other"


def _order(extract: Extract) -> tuple[str, str, str, str]:
    """The order of a user's files, which is not the order in which they were given."""
    spec = extract.specification
    return spec.name, spec.part, spec.version, extract.path


def _named_like(extract: Extract, base: Release | None) -> Extract:
    """A table that names no specification, taken for the part of the base release that its file is named after
    (``table-28d.csv`` for GBCS Table 28d)."""
    spec = extract.specification
    stem = Path(extract.source_name or extract.path).stem
    if base is None or spec.name != stem:
        return extract
    for known in base.extracts:
        if _bare(known.specification.part) == _bare(stem):
            return replace(extract, specification=replace(known.specification, version=spec.version))
    return extract


def _bare(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def load_release_crosswalk() -> Crosswalk:
    """The crosswalk of the default release that ships, for files that bring none of their own."""
    root = shipped_root()
    folder = root / release_entries(root)[0].crosswalk
    paths = sorted(folder.glob("*.json"))
    shown = {path: path.relative_to(root).as_posix() for path in paths}
    return load_crosswalk(paths, shown=shown, trusted=frozenset(paths))


def _laid_over(base: tuple[Extract, ...], own: tuple[Extract, ...]) -> tuple[Extract, ...]:
    """The base's extracts with the user's in the place of those for the same specification and part."""

    def slot(extract: Extract) -> tuple[str, str]:
        return extract.specification.name.casefold(), extract.specification.part.casefold()

    taken = {slot(extract) for extract in own}
    return (*(extract for extract in base if slot(extract) not in taken), *own)


def _trusted_hashes() -> frozenset[str]:
    """SHA-256 of every file that ships: it was validated when it was built, so a copy of it need not be again."""
    manifest = shipped_root() / MANIFEST
    if not manifest.is_file():
        return frozenset()
    document = json.loads(manifest.read_text(encoding="utf-8"))
    return frozenset(entry["sha256"] for entry in document["files"].values())


def _is_known(path: Path, trusted: frozenset[str]) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() in trusted
