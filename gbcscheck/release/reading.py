"""Reads files as ``extract.sources`` does, each content once: within a run, and from one run to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gbcscheck.errors import GbcscheckError
from gbcscheck.extract.source_kinds import kind_of
from gbcscheck.extract.sources import Found, Read, Skip, mapping_of, read_json, read_source
from gbcscheck.extract.table_choice import ALL, TableChoice, View
from gbcscheck.facts.columns import Columns
from gbcscheck.facts.extract_file import Extract, ExtractRow, Reading, Unread, parse_extract, render_extract
from gbcscheck.facts.store import stores_for
from gbcscheck.inputs.cache import Cache, key_of
from gbcscheck.inputs.confinement import Confinement
from gbcscheck.inputs.files import is_regular, read_octets
from gbcscheck.model import Finding

Rows = Sequence[ExtractRow]

_VALID = "valid"
"""What is kept for a JSON extract: that its content was found to be valid."""
_PLACE = "\x00"
"""Stands for the path of the file in what is kept."""


class Reader:
    """Reads files; called with a path and the SHA-256 of content known to be valid, as ``read_source`` is."""

    def __init__(self, cache: Cache, tables: TableChoice = ALL) -> None:
        self.cache = cache
        self.tables = tables
        """Which tables of files are read."""
        self.findings: dict[str, tuple[tuple[Extract, ...], list[Finding]]] = {}
        """What rules have found in this run, by all that it was found in. The extracts are kept with it, as a key may
        name them by identity."""
        self._read: dict[str, Found] = {}
        self._contents: dict[int, tuple[Rows, str]] = {}
        """Names of contents by the identity of their rows, which are kept too, so that no others can have it."""

    def content_of(self, extract: Extract) -> str:
        """A name of what an extract says: that of the content that it was read from, or of its statements."""
        known = self._contents.get(id(extract.rows))
        if known is not None:
            return known[1]
        if isinstance(extract.rows, Columns) and extract.rows.content:
            return extract.rows.content
        return hashlib.sha256(repr(extract.rows).encode("utf-8", "surrogatepass")).hexdigest()

    def __call__(self, path: Path, trusted: frozenset[str], within: Confinement | None = None) -> Found:
        """What a file holds; errors as ``read_source`` raises them."""
        return self._found(path, trusted, within, self.tables)

    def in_view(self, view: View) -> Read:
        """What reads files as this does, and documents with tracked changes in a view."""
        tables = replace(self.tables, view=view)
        return lambda path, trusted, within: self._found(path, trusted, within, tables)

    def _found(self, path: Path, trusted: frozenset[str], within: Confinement | None, tables: TableChoice) -> Found:
        within = within or Confinement.around([path])
        if not is_regular(path) or not kind_of(path).suffix:
            return read_source(path, trusted, within, tables)
        content = read_octets(path, where=str(path))
        if path.suffix.lower() == ".json":
            return self._json(path, content, trusted)
        return self._source(path, content, within, tables)

    def _json(self, path: Path, content: bytes, trusted: frozenset[str]) -> Found:
        digest = hashlib.sha256(content).hexdigest()
        known = self._read.get(digest)
        if isinstance(known, Extract):
            return replace(known, path=str(path))
        found = self._json_content(path, content, digest, trusted)
        if isinstance(found, Extract):
            self._read[digest] = found
        return found

    def _json_content(self, path: Path, content: bytes, digest: str, trusted: frozenset[str]) -> Found:
        stores = stores_for(digest, len(content), trusted, self.cache.folder)
        stored = stores.get(digest, where=str(path))
        if stored is not None:
            return stored
        key = key_of(_VALID, digest)
        if digest not in trusted and self.cache.get(key) == _VALID:
            try:
                return stores.put(parse_extract(content, where=str(path), trusted=True), digest, len(content))
            except (GbcscheckError, KeyError, TypeError, AttributeError):
                return read_json(path, content, trusted, self.cache.folder)  # what was kept is wrong
        found = read_json(path, content, trusted, self.cache.folder)
        if isinstance(found, Extract) and digest not in trusted:
            self.cache.put(key, _VALID)
        return found

    def _source(self, path: Path, content: bytes, within: Confinement, tables: TableChoice) -> Found:
        """What a source document holds; the key is made of its content and of all that is read beside it."""
        chosen = () if tables == ALL else ("tables", repr(tables))
        key = key_of("source", path.suffix.lower(), path.name, content, *_beside(path, within), *chosen)
        if key not in self._read:
            found = _unpacked(self.cache.get(key))
            if found is None:
                found = _packable(read_source(path, within=within, choice=tables), path)
                if self.cache.keeps:
                    self.cache.put(key, _packed(found))
            self._read[key] = found
            for number, part in enumerate((found, *found.also) if isinstance(found, Reading) else ()):
                self._contents[id(part.extract.rows)] = (part.extract.rows, f"{key} {number}" if number else key)
        return _at(self._read[key], path)


def _beside(path: Path, within: Confinement) -> list[bytes | str]:
    """The name and content of every other file that is read for a source, as the parts of a key."""
    if path.suffix.lower() == ".xsd":
        from gbcscheck.extract.xsd_files import schema_files

        others = [file for file in schema_files(path, within) if file != path.resolve()]
    else:
        beside = mapping_of(path, within)
        others = [beside] if beside else []
    parts: list[bytes | str] = []
    for other in others:
        parts.extend((other.name, read_octets(other, where=str(other)) if is_regular(other) else b""))
    return parts


# --- what is kept of a source ----------------------------------------------------------------------------------------


def _packable(found: Found, path: Path) -> Found:
    """What was read, with a mark in the place of the file's path; it is no extract, which would have one of its own."""
    if not isinstance(found, Reading):
        return found
    return _each(found, lambda name: ("", _PLACE if name == str(path) else name))


def _each(reading: Reading, names: Callable[[str], tuple[str, str]]) -> Reading:
    """A reading with another path and name of the source in each of its parts, made from the name that it has."""
    path, name = names(reading.extract.source_name)
    also = tuple(_each(one, names) for one in reading.also)
    return replace(reading, extract=replace(reading.extract, path=path, source_name=name), also=also)


def _at(found: Found, path: Path) -> Found:
    if isinstance(found, Reading) and found.extract.source_name == _PLACE:
        return _each(found, lambda name: ("", str(path) if name == _PLACE else name))
    return found


def _packed(found: Found) -> Any:
    if isinstance(found, Skip):
        return {"skip": found.reason}
    if not isinstance(found, Reading):
        return None
    return {
        "extract": render_extract(found.extract),
        "unread": [[one.place, one.column, one.text, one.reason] for one in found.unread],
        "not taken": [[one.place, one.column, one.text, one.reason] for one in found.not_taken],
        "also": [_packed(one) for one in found.also],
    }


def _unpacked(value: Any) -> Found | None:
    """What was kept, read again; None where it is not of the expected shape."""
    try:
        return Skip(str(value["skip"])) if "skip" in value else _unpacked_reading(value)
    except (GbcscheckError, KeyError, TypeError, AttributeError):
        return None


def _unpacked_reading(value: Any) -> Reading:
    extract = parse_extract(value["extract"].encode(), where="", trusted=True)
    unread, not_taken = (tuple(Unread(*map(str, one)) for one in value[key]) for key in ("unread", "not taken"))
    also = tuple(_unpacked_reading(one) for one in value["also"])
    return Reading(extract, unread=unread, not_taken=not_taken, also=also)
