"""The octets of a store: an extract whose statements can be read without parsing JSON.

A line that names the format and holds a check sum of all that follows; a line of JSON with the header of the extract,
the SHA-256 of the content it was made from, and what the rest is; then the columns (numbers of 1, 2 or 4 octets,
little end first) and the texts. It is the same for every version of Python and on every machine. What is wrong in it
can make a statement wrong and nothing worse; whoever reads one has to know where it comes from (``store.py``).
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby
from zlib import crc32

from gbcscheck.facts.columns import MEMBERS, Columns, Numbers
from gbcscheck.facts.extract_file import Extract
from gbcscheck.model import Specification

FORMAT = 2
"""Changes with every change of the format: a store of another one is made again."""
ENDING = ".store"
_NAME = b"gbcscheck store %d " % FORMAT
_CODES = "BHI"
"""Type codes of arrays of 1, 2 and 4 octets."""
_SIZES = {"B": 1, "H": 2, "I": 4}
_INDEXES = ("by_subject", "starts", "by_attribute", "again")


class Damaged(ValueError):
    """Octets that are no store, or none of this format, or not as they were written."""


def pack(extract: Extract, sha256: str, size: int) -> bytes:
    """The store of an extract that was read from content of that SHA-256 and so many octets."""
    rows = extract.rows if isinstance(extract.rows, Columns) else Columns.of(extract.rows)
    texts = [one for one in rows.others if isinstance(one, str)]
    scalars = [one for one in rows.others if not isinstance(one, str)]
    columns = _with_texts_first(rows) if scalars else rows.columns
    separator = _separator([*rows.subjects, *texts])
    numbers = [_smallest(column) for column in (*columns, *(getattr(rows, name) for name in _INDEXES))]
    blobs = [separator.join(some).encode("utf-8", "surrogatepass") for some in (rows.subjects, texts)]
    head = {
        "sha256": sha256,
        "size": size,
        "specification": [extract.specification.name, extract.specification.version, extract.specification.part],
        "provenance": extract.provenance,
        "provenances": list(dict.fromkeys(one for one in rows.cells(MEMBERS.index("provenance")) if one)),
        "source": [extract.source_name, extract.source_sha256],
        "date": extract.date,
        "generator": extract.generator,
        "note": extract.note,
        "attributes": dict(extract.attributes),
        "separator": separator,
        "columns": [[column.typecode, len(column)] for column in numbers],
        "texts": [[len(some), len(blob)] for some, blob in zip((rows.subjects, texts), blobs, strict=True)],
        "scalars": scalars,
    }
    rest = b"".join((json.dumps(head).encode("ascii"), b"\n", *map(_little, numbers), *blobs))
    return _NAME + b"%08x\n" % crc32(rest) + rest


class Store:
    """The octets of a store, of which as much is read as is asked for. Raises Damaged for what is none of this
    format."""

    def __init__(self, content: bytes) -> None:
        end = len(_NAME) + 9
        if not content.startswith(_NAME) or content[len(_NAME) : end] != b"%08x\n" % crc32(memoryview(content)[end:]):
            raise Damaged
        stop = content.find(b"\n", end)
        try:
            self.head = json.loads(content[end:stop])
        except (ValueError, RecursionError) as error:
            raise Damaged from error
        self._body = memoryview(content)[stop + 1 :]

    @property
    def sha256(self) -> str:
        """The SHA-256 of the content that it was made from."""
        return str(self.head["sha256"])

    @property
    def size(self) -> int:
        """The octets of the content that it was made from."""
        return int(self.head["size"])

    @property
    def statements(self) -> int:
        """How many rows the extract has."""
        return int(self.head["columns"][0][1])

    @property
    def provenances(self) -> tuple[str, ...]:
        """How statements are known that say so themselves, each way once."""
        return tuple(self.head["provenances"])

    def extract(self, path: str) -> Extract:
        """The extract, under the path that reports name."""
        return replace(self.header(path), rows=self._rows())

    def header(self, path: str) -> Extract:
        """The extract without its rows."""
        head = self.head
        return Extract(
            Specification(*head["specification"]),
            head["provenance"],
            (),
            source_name=head["source"][0],
            source_sha256=head["source"][1],
            date=head["date"],
            generator=head["generator"],
            path=path,
            note=head["note"],
            attributes=head["attributes"],
        )

    def _rows(self) -> Columns:
        numbers: list[Numbers] = []
        at = 0
        for code, length in self.head["columns"]:
            stop = at + length * _SIZES[code]
            numbers.append(_native(code, self._body[at:stop]))
            at = stop
        (named, subjects), (other, _) = self.head["texts"]
        split = self._splitter(self.head["separator"])
        scalars = self.head["scalars"]
        rest = self._body[at + subjects :]
        return Columns(
            numbers[: len(MEMBERS)],
            split(self._body[at : at + subjects], named),
            lambda: [*split(rest, other), *scalars],
            content=self.sha256,
            **dict(zip(_INDEXES, numbers[len(MEMBERS) :], strict=True)),
        )

    @staticmethod
    def _splitter(separator: str) -> Callable[[memoryview, int], list[str]]:
        def split(octets: memoryview, number: int) -> list[str]:
            return str(octets, "utf-8", "surrogatepass").split(separator) if number else []

        return split


def _separator(texts: Iterable[str]) -> str:
    """What stands between two texts: U+0000, and behind it more of U+0001 than stand in a row in any text that holds
    U+0000, so that it is found between them alone."""
    runs = (len(list(run)) for text in texts if "\0" in text for sign, run in groupby(text) if sign == "\1")
    has_zero = any("\0" in text for text in texts)
    return "\0" + "\1" * (1 + max(runs, default=0) if has_zero else 0)


def _with_texts_first(rows: Columns) -> list[Numbers]:
    """The columns for a table in which the texts stand before the numbers and truth values."""
    head, others = 1 + len(rows.subjects), rows.others
    order = sorted(range(len(others)), key=lambda index: not isinstance(others[index], str))
    place = [*range(head), *(0 for _ in order)]
    for new, old in enumerate(order):
        place[head + old] = head + new
    return [array("I", map(place.__getitem__, column)) for column in rows.columns]


def _smallest(numbers: Numbers) -> array[int]:
    """Some numbers in as few octets each as hold them."""
    most = max(numbers, default=0)
    return array(next(code for code in _CODES if most < 1 << 8 * _SIZES[code]), numbers)


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _native(code: str, octets: memoryview) -> array[int]:
    numbers = array(code)
    numbers.frombytes(octets)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
