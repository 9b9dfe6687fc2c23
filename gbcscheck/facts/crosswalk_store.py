"""The crosswalk that ships, in a form that is read with less work than its files: every link by itself, with its proof.

It is made with the wheel, stands in the package as the stores of extracts do (``store.py``), and is of the very files
that it was made from, by their SHA-256. Where there is none that can be trusted the files are read. The JSON of the
files stays what counts. A line names the format and holds a check sum of all that follows, which is a JSON object:
nothing of it is run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from gbcscheck.facts.crosswalk import ROLES, Crosswalk, Link, new_end
from gbcscheck.facts.crosswalk_file import crosswalk_of, load_crosswalk
from gbcscheck.facts.shipped import shipped_root
from gbcscheck.inputs.files import read_octets, sha256_of_octets
from gbcscheck.inputs.json_values import decode_json
from gbcscheck.inputs.packaged import PACKAGED, is_of_program, is_older
from gbcscheck.model import Place

FORMAT = 1
"""Changes with every change of the format."""
NAME = "crosswalk.store"
_BEGIN = b"gbcscheck crosswalk %d " % FORMAT
_ROLES = tuple(ROLES)
_TEXTS_OF_ENDS = ("subject", "conversion", "where", "part", "gather")
_TEXTS_OF_LINKS = (
    "item",
    "service_request",
    "read_service_request",
    "proof",
    "reading_proof",
    "note",
    "members",
    "rest",
)
"""What is a text of an end and of a link, in the order in which a store has them: each a list of numbers in the list of
all texts."""
_OF_LINKS = ("entries", "proofs")
"""What the links are made of in a file."""


def load_known_crosswalk(paths: list[Path], *, shown: Mapping[Path, str]) -> Crosswalk:
    """A crosswalk whose files are known to be valid (those that ship): by its store where there is one, else as
    ``load_crosswalk`` does."""
    if paths and (found := _packaged(paths, shown)) is not None:
        return found
    return _of_files(tuple((path, shown.get(path, str(path)), read_octets(path)) for path in paths))


@lru_cache(maxsize=1)
def _of_files(files: tuple[tuple[Path, str, bytes], ...]) -> Crosswalk:
    """The crosswalk of some files with the paths that reports name, read once as long as their content is the same."""
    paths = [path for path, _, _ in files]
    return load_crosswalk(paths, shown={path: name for path, name, _ in files}, trusted=frozenset(paths))


def write_packaged_crosswalk(specs: Path, folder: Path, made: Path) -> Iterator[tuple[Path, str]]:
    """Write the store of the crosswalk of a folder of the specifications below another folder; with its path there."""
    name = (folder.relative_to(specs) / NAME).as_posix()
    file = made / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pack(sorted(folder.glob("*.json"))))
    yield file, name


def pack(paths: list[Path]) -> bytes:
    """The store of a crosswalk, of its valid files in their order."""
    names = [path.name for path in paths]
    contents = [read_octets(path) for path in paths]
    crosswalk = load_crosswalk(paths, shown=dict(zip(paths, names, strict=True)), trusted=frozenset(paths))
    texts: dict[str, int] = {}
    keys: dict[tuple[str, ...], int] = {}

    def number(text: str) -> int:
        return texts.setdefault(text, len(texts))

    ends = [end for link in crosswalk.links for end in link.ends]
    of_ends = [[number(getattr(end, name)) for end in ends] for name in _TEXTS_OF_ENDS]
    of_links = [[number(getattr(link, name)) for link in crosswalk.links] for name in _TEXTS_OF_LINKS]
    documents = [decode_json(content, where=name) for name, content in zip(names, contents, strict=True)]
    value = {
        "files": [[name, sha256_of_octets(one), len(one)] for name, one in zip(names, contents, strict=True)],
        "documents": [{key: one for key, one in each.items() if key not in _OF_LINKS} for each in documents],
        "ends": [
            [_ROLES.index(end.role) for end in ends],
            *of_ends,
            [keys.setdefault(end.key, len(keys)) for end in ends],
        ],
        "links": [
            *of_links,
            [len(link.ends) for link in crosswalk.links],
            [int(link.settable) for link in crosswalk.links],
            [names.index(link.place.path) for link in crosswalk.links],
            [number(link.place.pointer or "") for link in crosswalk.links],
        ],
        "keys": list(keys),
        "texts": list(texts),
    }
    rest = json.dumps(value, separators=(",", ":")).encode("ascii")
    return _BEGIN + b"%08x\n" % crc32(rest) + rest


def _packaged(paths: list[Path], shown: Mapping[Path, str]) -> Crosswalk | None:
    """The crosswalk of the store that was packaged with some files, where they are still what it was made from."""
    try:
        with (PACKAGED / paths[0].parent.relative_to(shipped_root()) / NAME).open("rb") as stream:
            made = os.fstat(stream.fileno())
            if not is_of_program(made):
                return None
            content = stream.read()
        begin = len(_BEGIN) + 9
        if content[:begin] != _BEGIN + b"%08x\n" % crc32(memoryview(content)[begin:]):
            return None
        value = json.loads(content[begin:])
        now = [path.stat() for path in paths]
        if [[name, size] for name, _, size in value["files"]] != [
            [path.name, one.st_size] for path, one in zip(paths, now, strict=True)
        ]:
            return None
        if not is_older(now, made) and [sha for _, sha, _ in value["files"]] != [
            sha256_of_octets(path.read_bytes()) for path in paths
        ]:
            return None
    except (OSError, ValueError, RecursionError):
        return None
    return _unpacked(value, [shown.get(path, str(path)) for path in paths])


def _unpacked(value: Any, shown: list[str]) -> Crosswalk:
    """The crosswalk of what a store holds, with the paths that reports name."""
    text, key = value["texts"].__getitem__, [tuple(one) for one in value["keys"]]
    roles, *columns, keys = value["ends"]
    words = [map(text, column) for column in columns]
    of_ends = (map(_ROLES.__getitem__, roles), *words[:4], map(key.__getitem__, keys), words[4])
    ends = list(map(new_end, zip(*of_ends, strict=True)))
    *of_links, counts, settable, files, pointers = value["links"]
    links: list[Link] = []
    at = 0
    for members in zip(*(map(text, column) for column in of_links), counts, settable, files, pointers, strict=True):
        item, request, read, proof, reading_proof, note, several, rest, count, is_settable, file, pointer = members
        place = Place(shown[file], pointer=text(pointer))
        own = tuple(ends[at : at + count])
        at += count
        links.append(
            Link(item, request, read, own, bool(is_settable), proof, reading_proof, note, place, several, rest)
        )
    return crosswalk_of(tuple(links), zip(shown, value["documents"], strict=True))
