"""Where stores are kept, and when one is taken for what an extract says.

Those of what ships are made with the wheel and stand in the package (``gbcscheck/store``), as much to be trusted as the
code beside them. All others are made on first use and kept in the user's cache folder, under the SHA-256 of the content
that they were made from. JSON stays what counts: a store is of one content and no other, one that is damaged, of
another format, or not the user's own is made again, and where none can be kept everything is read as if there were
none.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePosixPath

from gbcscheck.facts.columns import Columns
from gbcscheck.facts.extract_file import Extract, parse_extract
from gbcscheck.facts.shipped import MANIFEST, shipped_root
from gbcscheck.facts.store_format import ENDING, FORMAT, Damaged, Store, pack
from gbcscheck.frozen import frozen
from gbcscheck.inputs.files import read_octets, sha256_of_octets
from gbcscheck.inputs.json_values import load_json
from gbcscheck.inputs.packaged import PACKAGED, is_of_program, is_older
from gbcscheck.limits import LIMITS

LEAST_OCTETS = 1_000_000
"""An own extract of less than this is read as quickly without a store."""


def load_known(path: Path, *, shown: str | None = None) -> Extract:
    """An extract whose content is known to be valid (what ships): by a store where there is one, else as
    ``load_extract`` does, and a store is made."""
    where = shown or str(path)
    packaged = _packaged(path)
    if packaged is not None:
        return packaged.extract(where)
    content = read_octets(path, where=where)
    return Stores(user_folder()).parsed(content, sha256_of_octets(content), where=where)


@frozen
class Summary:
    """What an extract is: its header, with no rows, how many statements it has, and how some of them are known where
    that is not the header's way."""

    header: Extract
    statements: int
    provenances: tuple[str, ...]


def summarise(path: Path) -> Summary:
    """What an extract that ships is; errors as in ``load_known``."""
    packaged = _packaged(path)
    if packaged is not None:
        return Summary(packaged.header(str(path)), packaged.statements, packaged.provenances)
    return summary_of(load_known(path))


def summary_of(extract: Extract) -> Summary:
    """What an extract is that was read."""
    ways = tuple(dict.fromkeys(row.provenance for row in extract.rows if row.provenance))
    return Summary(replace(extract, rows=()), len(extract.rows), ways)


def load_shipped(relative: str) -> Extract:
    """One extract that ships, by its path in the repository (``gbcs/3.1/use-cases.json``)."""
    return load_known(shipped_root() / relative, shown=relative)


def load_own(path: Path, trusted: frozenset[str]) -> Extract:
    """An extract of a user's, validated unless its content is one whose SHA-256 is trusted; errors as in
    ``load_extract``."""
    where = str(path)
    content = read_octets(path)
    digest = sha256_of_octets(content)
    stores = stores_for(digest, len(content), trusted, user_folder())
    found = stores.get(digest, where=where)
    if found is not None:
        return found
    return stores.put(parse_extract(content, where=where, trusted=digest in trusted), digest, len(content))


def stores_for(digest: str, size: int, trusted: frozenset[str], folder: Path | None) -> Stores:
    """Where in a folder the store of some content is, of that SHA-256 and size; content whose SHA-256 is trusted is
    valid whoever has read it."""
    if digest in trusted:
        return Stores(folder)
    return Stores(folder, f"-{_validator()}") if folder is not None and size >= LEAST_OCTETS else Stores(None)


def user_folder() -> Path | None:
    """The user's cache folder, unless a repository has put files there."""
    from gbcscheck.inputs.cache import cache_folder

    folder = cache_folder()
    return folder if folder is not None and _is_usable(folder) else None


def _validator() -> str:
    """A name of what decides whether an extract is valid: this state of the program, and the limits of the run."""
    from gbcscheck.inputs.seal import program

    limits = ",".join(f"{limit.name}={limit.most}" for limit in LIMITS)
    return sha256_of_octets(f"{program()} {limits}".encode())[:32]


class Stores:
    """The stores in one folder; without a folder none is kept. ``suffix`` is part of the name of each: what else than
    the content decides whether it is valid."""

    def __init__(self, folder: Path | None, suffix: str = "") -> None:
        self._folder = folder
        self._suffix = suffix

    def parsed(self, content: bytes, digest: str, *, where: str) -> Extract:
        """The extract of some content that is known to be valid, by its store or else by its JSON."""
        found = self.get(digest, where=where)
        if found is not None:
            return found
        return self.put(parse_extract(content, where=where, trusted=True), digest, len(content))

    def get(self, digest: str, *, where: str) -> Extract | None:
        """The extract of content of that SHA-256, under the path that reports name; None where there is no store of it
        that can be trusted."""
        if self._folder is None:
            return None
        from gbcscheck.inputs.cache import read_own

        try:
            store = Store(read_own(self._file(digest)) or b"")
        except Damaged:
            return None
        return store.extract(where) if store.sha256 == digest else None

    def put(self, extract: Extract, digest: str, size: int) -> Extract:
        """Keep the store of an extract that was read from content of that SHA-256 and size; the extract with its rows
        as columns. Nothing is kept where that cannot be done."""
        extract = replace(extract, rows=Columns.of(extract.rows, content=digest))
        if self._folder is not None:
            from gbcscheck.inputs.cache import write_own

            try:
                write_own(self._file(digest), pack(extract, digest, size))
                _tidied(self._folder)
            except OSError:
                self._folder = None
        return extract

    def _file(self, digest: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{digest}{self._suffix}-{FORMAT}{ENDING}"


@cache
def _is_usable(folder: Path) -> bool:
    from gbcscheck.inputs.cache import is_of_repository

    return not is_of_repository(folder)


@cache
def _tidied(folder: Path) -> None:
    """Remove the oldest files of a cache folder where it has grown too large, once in a run."""
    from gbcscheck.inputs.cache import tidy

    tidy(folder)


# --- what ships ------------------------------------------------------------------------------------------------------


def _packaged(path: Path) -> Store | None:
    """The store that was packaged with an extract that ships, where the extract is still what it was made from."""
    try:
        file = PACKAGED / path.relative_to(shipped_root()).with_suffix(ENDING)
        extract = path.stat()
        with file.open("rb") as stream:
            made = os.fstat(stream.fileno())
            if not is_of_program(made):
                return None
            store = Store(stream.read())
        if extract.st_size != store.size:
            return None
        return store if is_older([extract], made) or sha256_of_octets(path.read_bytes()) == store.sha256 else None
    except (OSError, ValueError):
        return None


def write_packaged(specs: Path, folder: Path) -> Iterator[tuple[Path, str]]:
    """Write the stores of every extract that a manifest names into a folder; each with its path below that."""
    for relative, entry in load_json(specs / MANIFEST)["files"].items():
        if "statements" not in entry:
            continue
        content = read_octets(specs / relative)
        digest = sha256_of_octets(content)
        if digest != entry["sha256"]:
            raise ValueError(f"{relative} is not what {MANIFEST} says; tools/build_specs.py writes it anew")
        name = PurePosixPath(relative).with_suffix(ENDING).as_posix()
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pack(parse_extract(content, where=relative, trusted=True), digest, len(content)))
        yield file, name
