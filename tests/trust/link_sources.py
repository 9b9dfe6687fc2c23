"""Whether a link of the crosswalk makes its other end a second source of what a line of a schema says: that depends on
what the link states. Looked up by text alone, in the release as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from operators import LineEdit
from schema_edits import Ends, ends, longest, most_often

from gbcscheck.facts.crosswalk import Link, LinkEnd
from gbcscheck.release.catalogue import Catalogue

UNSTATED = "unstated"
_ROW_ENDS = {
    "double-long-unsigned": (0, 2**32 - 1),
    "long-unsigned": (0, 2**16 - 1),
    "unsigned": (0, 2**8 - 1),
    "long64-unsigned": (0, 2**64 - 1),
    "double-long": (-(2**31), 2**31 - 1),
    "long": (-(2**15), 2**15 - 1),
    "integer": (-(2**7), 2**7 - 1),
    "long64": (-(2**63), 2**63 - 1),
    **{f"UINT{bits}": (0, 2**bits - 1) for bits in (8, 16, 24, 32, 40, 48, 56)},
    **{f"INT{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 24, 32, 48)},
}
"""The least and greatest number of a data type (Blue Book 4.1.5, ZigBee Cluster Library 2.6.2)."""


@dataclass(frozen=True)
class LinkSources:
    """Asks the links of a release."""

    catalogue: Catalogue = field(repr=False)

    def states(self, one: LineEdit, schema: str, subjects: Iterable[str], new: str, beside: str) -> bool:
        """Whether a link of one of some subjects states what an edit of their line changes: ``new`` is the line after
        it, ``beside`` is what else its type says."""
        if one.edit.__name__ == "member_gone" and "<xs:enumeration" not in beside:
            return False  # without its only member the type is any text
        if one.edit.__name__ == "longer" and re.search(r'<xs:pattern value="[^"]*\{\d', beside):
            return False  # the pattern says how long it is
        links = [found for subject in subjects for found in self._links.get(subject, ())]
        return any(self._states(one, schema, link, end, new) for link, end in links)

    def _states(self, one: LineEdit, schema: str, link: Link, end: LinkEnd, new: str) -> bool:
        if one.of == "element":
            return True
        rows = [row for row in link.ends if row.role in ("command", "response") and self._text(row.subject, "type")]
        if one.of == "presence":
            return not link.rest and any(row.role == "command" for row in rows)
        if one.of == "entries":
            return any(most_often(new) > entries for entries in self._entries(link))
        if one.of == "length":
            return any(
                longest(new) > length if schema == "DUIS" else longest(new) < length for length in self._sizes(rows)
            )
        if one.of == "members" and end.conversion == UNSTATED:
            return any(
                self._text(other.subject, "permitted") for other in self._of_item(link) if other.role == "request"
            )
        if end.conversion in ("", UNSTATED):
            mine = ends(new) if one.of == "numbers" else None
            wanted = (row for row in rows if end.conversion == "" and not row.part)
            return any(mine is None or self._conflicts(schema, mine, row.subject) for row in wanted)
        return True

    def _conflicts(self, schema: str, mine: Ends, row: str) -> bool:
        """Whether a request lets numbers through that are none of a row, or a response does not show all of a row."""
        word = re.match(r"[A-Za-z0-9-]+", self._text(row, "type"))
        there = _ROW_ENDS.get(word.group()) if word else None
        if there is None:
            return True  # another type: whether it conflicts, no table of ends can tell
        low, high = (there[side] if mine[side] is None else mine[side] for side in (0, 1))
        return low < there[0] or high > there[1] if schema == "DUIS" else low > there[0] or high < there[1]

    def _entries(self, link: Link) -> Iterator[int]:
        """How many entries the one array of a row of a command has."""
        for row in link.all_ends_of("command"):
            array, entry, behind = row.subject.partition("[*]")
            number = re.search(r"\.\.(\d+)\]", self._text(array, "occurs"))
            if entry and "[*]" not in behind and number:
                yield int(number[1])

    def _sizes(self, rows: Iterable[LinkEnd]) -> Iterator[int]:
        """How long the texts and octets of some rows may be, where their types say so, or their ranges."""
        for row in rows:
            for text in (self._text(row.subject, "type"), self._text(row.subject, "permitted")):
                number = re.search(r"string\((\d+)\)|n = (?:\d+ - )?(\d+)", text)
                if number and not row.part:
                    yield int(number[1] or number[2])

    def _text(self, subject: str, attribute: str) -> str:
        stated = self.catalogue.first(subject, attribute)
        return stated.written if stated is not None else ""

    def _of_item(self, link: Link) -> Iterator[LinkEnd]:
        for other in self.catalogue.crosswalk.links:
            if other.item == link.item:
                yield from other.ends

    @cached_property
    def _links(self) -> Mapping[str, list[tuple[Link, LinkEnd]]]:
        found: dict[str, list[tuple[Link, LinkEnd]]] = {}
        for link in self.catalogue.crosswalk.links:
            for end in link.ends:
                found.setdefault(end.subject, []).append((link, end))
        return found
