"""The plain values that flow through the program: places, statements, findings."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import NamedTuple

from gbcscheck.frozen import frozen

PROVENANCES = ("published", "derived", "synthetic")
"""How a statement is known: read in the source, worked out from published facts, or made up to show a case."""
HOUSE_RULE = "house rule"
"""What stands there where a person's own rule is the other side of a conflict: it is of no document."""

PAGED = (".docx", ".docm", ".pdf")
"""Endings of documents whose tables people find by number, row and column, not by the letters of a spreadsheet."""
_CLAUSE = "clause "
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_REPEAT = re.compile(r" #[0-9]+$")

UNSTATED = "unstated"
"""The version that an extract gives where its source states none."""


@frozen
class Place:
    """A place in a file: ``path`` and, as fits, a worksheet cell, a line (from 1), a JSON pointer, octets of a
    message (``offset`` from 0, and ``length``), which may stand in a line, or a clause (``5.7.4.31, sentence 2``)."""

    path: str
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    pointer: str | None = None
    offset: int | None = None
    length: int | None = None
    clause: str | None = None

    def __str__(self) -> str:
        if self.cell is not None:
            return f"{self.path} · {self.cell_words}"
        if self.line is not None:
            octets = f" · {_octets(self.offset, self.length or 0)}" if self.offset is not None else ""
            return f"{self.path}:{self.line}{octets}"
        if self.pointer is not None:
            return f"{self.path}#{self.pointer}"
        if self.offset is not None:
            return f"{self.path} · {_octets(self.offset, self.length or 0)}"
        if self.clause is not None:
            return f"{self.path} · {self.clause_words}"
        return self.path

    @property
    def clause_words(self) -> str:
        """The clause as people name it: ``clause 5.7.4.31, sentence 2``."""
        return f"{_CLAUSE}{self.clause}"

    @property
    def cell_words(self) -> str:
        """The cell as people name it: ``DLMS!K685`` of a workbook, ``Table 28d, row 7, column 3`` of a document."""
        found = _CELL.fullmatch(self.cell or "") if self.path.lower().endswith(PAGED) else None
        if found is None:
            return f"{self.sheet}!{self.cell}"
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return f"{self.sheet}, row {found[2]}, column {column}"

    @classmethod
    def words(cls, path: str, source: str) -> str:
        """The place within its file as people name it, of what ``parse`` reads: ``Table 28d, row 7, column 3``."""
        return cls.parse(path, source).cell_words if "!" in source and path.lower().endswith(PAGED) else source

    @classmethod
    def parse(cls, path: str, source: str) -> Place:
        """Read the ``source`` of a statement: ``DLMS!K685``, ``line 1864``, ``line 12 of Other.xsd`` (a file beside
        ``path``), ``/12/Service Reference``, ``octets 45+3``, ``clause 5.7.4.31, sentence 2`` or nothing."""
        if not source:
            return cls(path)
        if source.startswith("/"):
            return cls(path, pointer=source)
        if source.startswith("line "):
            number, _, beside = source[5:].partition(" of ")
            if number.isdigit():
                folder, slash, _ = path.rpartition("/")
                beside = f"{folder}{slash}{beside}" if beside else path
                return cls(posixpath.normpath(beside) if "/../" in beside else beside, line=int(number))
        if source.startswith("octets "):
            offset, _, length = source[7:].partition("+")
            if offset.isdigit() and length.isdigit():
                return cls(path, offset=int(offset), length=int(length))
        if source.startswith(_CLAUSE):
            return cls(path, clause=source.removeprefix(_CLAUSE))
        sheet, bang, cell = source.rpartition("!")
        if bang:
            return cls(path, sheet=sheet.strip("'"), cell=cell)
        return cls(path, pointer=source)


def _octets(offset: int, length: int) -> str:
    return f"octet {offset}" if length < 2 else f"octets {offset} to {offset + length - 1}"


class Specification(NamedTuple):
    """A document at a version, and the part of it that one file holds (``use cases``, ``Table 28d``)."""

    name: str
    version: str
    part: str = ""

    def __str__(self) -> str:
        return " ".join(word for word in (self.name, self.version, self.part) if word)

    @property
    def in_words(self) -> str:
        """As people name it: without a version where the source states none."""
        return str(Specification(self.name, "" if self.version == UNSTATED else self.version, self.part))


class Statement(NamedTuple):
    """One thing that one specification says of one subject. A named tuple, since a release has tens of thousands.

    ``domain`` is a set of values in the canonical notation; ``value`` a fact that is not a set (a title, an object, a
    reference), exactly as its cell held it; ``text`` what the cell says in its own words. ``clause`` is the place in
    the document (``ECS37, row 730``), ``source`` the place in the file ``path``, as ``Place.parse`` reads it.
    """

    subject: str
    attribute: str
    specification: Specification
    provenance: str
    clause: str
    path: str
    source: str
    domain: str | None = None
    value: str | int | float | bool | None = None
    text: str | None = None

    @property
    def place(self) -> Place:
        """The place in the file."""
        return Place.parse(self.path, self.source)

    @property
    def written(self) -> str:
        """What the source says, in its own words where they are kept."""
        if self.text is not None:
            return self.text
        return self.domain if self.domain is not None else str(self.value)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Who says what of what, with no path, version, line or cell: the identity used in fingerprints."""
        return (self.specification.name, self.specification.part, self.subject, self.attribute)


def distinct(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements without repeats, in their order."""
    return tuple(dict.fromkeys(statements))


def without_repeat(subject: str) -> str:
    """A subject, or a name, without the number of a repeat: ``Status #3`` is the third row of its sheet of that name.

    >>> without_repeat("8.14.4 #2")
    '8.14.4'
    """
    return _REPEAT.sub("", subject)
