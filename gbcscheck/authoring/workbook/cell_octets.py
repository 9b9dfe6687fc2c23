"""Where each cell of a worksheet stands in the octets of its part, so that one can be written anew and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from gbcscheck.authoring.places import position
from gbcscheck.authoring.spans import NotMade
from gbcscheck.extract.sheets import column_letters
from gbcscheck.frozen import frozen

_TAG = re.compile(rb"""<[^\s<>/]+(?:\s+[^\s=<>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_ENCODING = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)["']""")


@frozen
class CellOctets:
    """A cell in its part: the octets from ``start`` to before ``end``, its attributes by name, the prefix of its
    element (``x:`` or nothing), and what is in it: whether there is a formula, the stored value, the octets of its
    inline text, and those of whatever else is in it, which stay."""

    start: int
    end: int
    prefix: str
    attributes: Mapping[str, str]
    has_formula: bool
    value: str
    inline: bytes
    others: bytes

    def with_text(self, runs: str) -> bytes:
        """The cell with a text that stands in it, given as the elements of it."""
        inside = f"<{self.prefix}is>{runs}</{self.prefix}is>".encode()
        return self._with("inlineStr", inside)

    def with_number(self, number: str) -> bytes:
        """The cell with a number."""
        return self._with("", f"<{self.prefix}v>{number}</{self.prefix}v>".encode("ascii"))

    def _with(self, kind: str, inside: bytes) -> bytes:
        kept = {name: value for name, value in self.attributes.items() if name not in ("t", "cm", "vm")}
        attributes = {**kept, **({"t": kind} if kind else {})}
        opening = f"<{self.prefix}c{''.join(f' {name}={quoteattr(value)}' for name, value in attributes.items())}>"
        return opening.encode() + inside + self.others + f"</{self.prefix}c>".encode()


def cells_in(part: bytes) -> dict[str, CellOctets]:
    """The cells of a worksheet's part by address; a cell or a row without a number follows the one before it.

    NotMade where the part is not in UTF-8, as every program writes it.
    """
    declared = _ENCODING.match(part.removeprefix(b"\xef\xbb\xbf")[:200])
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
        raise NotMade("the sheet's part of the workbook is not in UTF-8; open the workbook and save it again")
    reader = _Reader(part)
    reader.parse()
    return reader.cells


class _Reader:
    """Reads a part with expat, which says at which octet each element begins."""

    def __init__(self, part: bytes) -> None:
        from xml.parsers import expat

        self.cells: dict[str, CellOctets] = {}
        self._part = part
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._row = self._column = 0
        self._depth = 0
        self._start_at = self._child_at = 0
        self._attributes: dict[str, str] = {}
        self._prefix = ""
        self._is_empty = False
        self._forget()

    def _forget(self) -> None:
        self._children: list[tuple[str, int, int]] = []
        self._value = ""
        self._in_value = False

    def parse(self) -> None:
        self._parser.Parse(self._part, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        at = self._parser.CurrentByteIndex
        if self._depth:
            self._depth += 1
            if self._depth == 2:
                self._child_at = at
                self._in_value = local == "v"
        elif local == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif local == "c":
            self._depth = 1
            self._start_at, self._attributes = at, attributes
            self._prefix = name[: len(name) - 1]
            self._column = position(attributes["r"])[1] if "r" in attributes else self._column + 1
            self._forget()

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def _end(self, name: str) -> None:
        if not self._depth:
            return
        if self._depth == 2:
            self._children.append((name.rpartition(":")[2], self._child_at, self._behind(self._child_at)))
            self._in_value = False
        elif self._depth == 1:
            self._add()
        self._depth -= 1

    def _add(self) -> None:
        def octets(*names: str) -> bytes:
            return b"".join(self._part[start:end] for name, start, end in self._children if name in names)

        known = ("f", "v", "is")
        cell = CellOctets(
            self._start_at,
            self._behind(self._start_at),
            self._prefix,
            self._attributes,
            any(name == "f" for name, _, _ in self._children),
            self._value,
            octets("is"),
            octets(*(name for name, _, _ in self._children if name not in known)),
        )
        self.cells.setdefault(f"{column_letters(self._column - 1)}{self._row}", cell)

    def _behind(self, start: int) -> int:
        """The offset behind the element that began at ``start`` and now ends."""
        at = self._parser.CurrentByteIndex
        tag = _TAG.match(self._part, start)
        if tag is not None and tag[0].endswith(b"/>"):
            return tag.end()
        return self._part.index(b">", at) + 1
