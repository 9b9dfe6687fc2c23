"""Which files of a fleet there are: files, folders, globs, partitions in the manner of Hive, and paths of a store that
the engine reads itself."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.frozen import frozen
from gbcscheck.inputs.confinement import Confinement, names_below
from gbcscheck.inputs.files import refuse_irregular, refuse_pointer
from gbcscheck.limits import FILES

PARQUET, CSV, JSON_LINES = "Parquet", "CSV", "JSON lines"
ENDINGS = {
    **dict.fromkeys((".parquet", ".parq", ".pq"), PARQUET),
    **dict.fromkeys((".csv", ".tsv"), CSV),
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), JSON_LINES),
}
"""Endings of the names of files that are looked for in a folder; what a file is its content says."""
MAGIC = b"PAR1"
NO_PARTITION = "__HIVE_DEFAULT_PARTITION__"
"""What stands in the name of a folder for a partition without a value."""
_STORE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_GLOB = re.compile(r"[*?\[]")
_PARTITION = re.compile(r"([^/=]+)=([^/]*)")


@frozen
class Source:
    """One file. ``partition`` is what the names of its folders say, column by column; None is no value. ``size`` and
    ``changed`` (nanoseconds) are those that it had when it was found; of a path of a store they are -1."""

    path: str
    kind: str
    size: int = -1
    changed: int = -1
    partition: tuple[tuple[str, str | None], ...] = ()

    @property
    def is_of_store(self) -> bool:
        """Whether it is a path that only the engine can read."""
        return is_of_store(self.path)

    @property
    def is_as_found(self) -> bool:
        """Whether the file is what it was when it was found."""
        if self.is_of_store:
            return True
        try:
            status = os.stat(self.path)
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (self.size, self.changed)


class Sources(NamedTuple):
    """The files that were found, in the order of their paths; those that could not be, and those of other kinds that a
    folder holds beside them."""

    found: tuple[Source, ...]
    problems: tuple[GbcscheckError, ...]
    others: tuple[str, ...]


def find_sources(names: Sequence[str], *, allow_outside: bool = False) -> Sources:
    """The files that some arguments name, each once. What is missing, or leads out of what was named, is among the
    problems."""
    found: dict[str, Source] = {}
    problems: list[GbcscheckError] = []
    others: list[str] = []
    for name in names:
        for path, is_named in _paths_of(name, problems, others, allow_outside=allow_outside):
            if path in found:
                continue
            FILES.hold(len(found) + 1, where=name)
            try:
                found[path] = source_of(path)
            except GbcscheckError as error:
                if is_named or error.where:
                    problems.append(error)
    ordered = sorted(found.values(), key=lambda one: os.path.abspath(one.path) if not one.is_of_store else one.path)
    return Sources(tuple(ordered), tuple(problems), tuple(sorted(dict.fromkeys(others))))


def is_of_store(path: str) -> bool:
    """Whether a path names something in a store (``s3://bucket/key``)."""
    return _STORE.match(path) is not None and not path.startswith("file://")


def source_of(path: str) -> Source:
    """A file, recognised by its beginning; UnreadableSource where there is none, or it is empty."""
    partition = tuple(_partition_of(path))
    if is_of_store(path):
        return Source(path, PARQUET, partition=partition)
    refuse_irregular(Path(path), where=path)
    try:
        with open(path, "rb") as stream:
            status, start = os.fstat(stream.fileno()), stream.read(512)
    except OSError as error:
        raise UnreadableSource(f"cannot be read ({error.strerror})", where=path) from None
    if not start:
        raise UnreadableSource("the file is empty", where=path)
    refuse_pointer(start, where=path)
    return Source(path, _kind_of(path, start), status.st_size, status.st_mtime_ns, partition)


def _kind_of(path: str, start: bytes) -> str:
    if start.startswith(MAGIC):
        return PARQUET
    ending = ENDINGS.get(Path(path).suffix.casefold(), "")
    if ending == PARQUET:
        raise UnreadableSource("this is no Parquet file: its first four octets are not PAR1", where=path)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if ending == JSON_LINES and not text.startswith(b"{"):
        raise UnreadableSource("JSON lines were expected, one object a line, and this begins otherwise", where=path)
    if text.startswith(b"{"):
        return JSON_LINES
    if b"\0" in start:
        raise UnreadableSource("neither Parquet nor CSV nor JSON lines: its beginning is no text", where=path)
    return CSV


def _paths_of(
    name: str, problems: list[GbcscheckError], others: list[str], *, allow_outside: bool
) -> Iterator[tuple[str, bool]]:
    """The files that one argument names, each with whether it was named itself."""
    if is_of_store(name):
        yield name, True
        return
    path = name.removeprefix("file://")
    if os.path.isdir(path):
        yield from ((one, False) for one in _below(path, problems, others, allow_outside=allow_outside))
    elif _GLOB.search(path) and not os.path.lexists(path):
        matched = sorted(glob.glob(path, recursive=True))
        if not matched:
            problems.append(UnreadableSource("no file has a name like this", where=name))
        for one in matched:
            if os.path.isdir(one):
                yield from ((below, False) for below in _below(one, problems, others, allow_outside=allow_outside))
            else:
                yield one, True
    else:
        yield path, True


def _below(folder: str, problems: list[GbcscheckError], others: list[str], *, allow_outside: bool) -> Iterator[str]:
    """The files of a fleet below a folder; what begins with a point or an underscore is no part of a table."""
    within = Confinement.around([Path(folder)], allow_outside=allow_outside)
    for path, _ in names_below(Path(folder), within, problems, wanted=lambda name: not name.startswith("_")):
        below = os.path.relpath(path, folder)
        if any(part.startswith("_") and "=" not in part for part in Path(below).parts):
            continue
        if Path(path).suffix.casefold() in ENDINGS:
            yield path
        else:
            others.append(path)


def _partition_of(path: str) -> Iterator[tuple[str, str | None]]:
    """What the folders of a path say in the manner of Hive: ``manufacturer=Acme/day=2026-11-28``."""
    for part in path.split("/")[:-1]:
        named = _PARTITION.fullmatch(part)
        if named is not None:
            yield unquote(named[1]), None if named[2] == NO_PARTITION else unquote(named[2])


def appeared(names: Iterable[str], known: Iterable[Source], *, allow_outside: bool = False) -> tuple[str, ...]:
    """Files that some arguments name now and that were not there when the run began."""
    before = {source.path for source in known}
    now = find_sources(tuple(names), allow_outside=allow_outside)
    return tuple(one.path for one in now.found if one.path not in before)
