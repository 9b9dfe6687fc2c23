"""``releases.toml``: the releases of a repository as it names them, before anything of them is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gbcscheck.errors import InvalidExtract, UsageError
from gbcscheck.facts.shipped import shipped_root
from gbcscheck.frozen import frozen
from gbcscheck.inputs.confinement import is_link
from gbcscheck.inputs.files import is_regular
from gbcscheck.inputs.toml_text import parse_toml, read_toml
from gbcscheck.limits import ENTRIES
from gbcscheck.release.order import refuse_wrong_order

INDEX = "releases.toml"


@frozen
class ReleaseEntry:
    """One release as ``releases.toml`` names it, before anything is read; paths are relative to the repository.
    ``witnesses`` are extracts of documents from outside, which are no part of it."""

    name: str
    title: str
    note: str
    extracts: tuple[str, ...]
    crosswalk: str
    follows: str = ""
    witnesses: tuple[str, ...] = ()


def release_names(root: Path | None = None) -> tuple[str, ...]:
    """Names of the releases of a repository (the shipped one by default), the default one first."""
    return tuple(entry.name for entry in release_entries(root))


def release_entries(root: Path | None = None) -> tuple[ReleaseEntry, ...]:
    """The releases that ``releases.toml`` of a repository names, the default one first.

    Raises UnreadableSource or InvalidExtract for a file that is missing, not TOML, or not of the expected shape.
    """
    index = (root or shipped_root()) / INDEX
    text = read_toml(index)
    document = parse_toml(text, where=str(index))

    def place(*keys: str) -> str:
        """The file and the line of a key, or of the table around it: asked only where something is wrong."""
        from gbcscheck.inputs.toml_places import line_of, lines_of

        return f"{index}:{line_of(lines_of(text), keys)}"

    tables = document.get("release")
    if not isinstance(tables, dict) or not tables:
        raise InvalidExtract("a table [release.NAME] was expected; none was found", where=place("release"))
    default = document.get("default", next(iter(tables)))
    if not isinstance(default, str):
        raise InvalidExtract("default has to be the name of a release, as a text", where=place("default"))
    if default not in tables:
        raise InvalidExtract(f'default = "{default}" names no release of this file', where=place("default"))
    entries = [_entry(name, table, place) for name, table in tables.items()]
    refuse_wrong_order({entry.name: entry.follows for entry in entries}, where=str(index))
    return tuple(sorted(entries, key=lambda entry: entry.name != default))


def _entry(name: str, table: Any, place: Callable[..., str]) -> ReleaseEntry:
    paths = {
        key: table.get(key, usual) if isinstance(table, dict) else None
        for key, usual in (("extracts", None), ("witnesses", []))
    }
    for key, value in paths.items():
        if not isinstance(value, list) or not all(isinstance(path, str) for path in value):
            where = place("release", name, key)
            raise InvalidExtract(f"[release.{name}]: a list of paths was expected as {key}", where=where)
        ENTRIES.hold(len(value), where=place("release", name, key) if len(value) > ENTRIES.most else "")
    texts = {key: table.get(key, "") for key in ("title", "note", "crosswalk", "follows")}
    for key, value in texts.items():
        if not isinstance(value, str):
            raise InvalidExtract(f"[release.{name}]: {key} has to be a text", where=place("release", name, key))
    extracts, witnesses = (tuple(dict.fromkeys(paths[key] or ())) for key in ("extracts", "witnesses"))
    return ReleaseEntry(name, texts["title"], texts["note"], extracts, texts["crosswalk"], texts["follows"], witnesses)


def find_release(name: str, root: Path | None = None) -> ReleaseEntry:
    """The release of that name; UsageError with near names where there is none."""
    entries = release_entries(root)
    for entry in entries:
        if entry.name == name:
            return entry
    raise UsageError(f'no release is called "{name}"; there are {", ".join(entry.name for entry in entries)}')


def is_repository(folder: Path) -> bool:
    """Whether a folder has a list of releases, be it a link that may lead out."""
    return is_regular(folder / INDEX) or is_link(folder / INDEX)
