"""The rows of the GBZ sheet read once more, for mutations: nothing here imports the judge.

A message of the corpus is laid over the rows of its use case, so that each row has its octets in the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from gbcscheck.cosem.envelope import Envelope
from gbcscheck.cosem.gbz import Component, Gbz, read_gbz
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

PARTS = {"command": "Command", "response": "Normal response", "alert": "Pushed message"}
WIDTHS = re.compile(r"(?:U?INT|ENUM|BITMAP)(\d+)")
HEADER = 5


class GasRow(NamedTuple):
    """One row: its subject and name, what it says, its type's name, its size (0: varies)."""

    subject: str
    name: str
    stated: Statement | None
    type_name: str
    size: int
    optional: bool
    encrypted: bool

    @property
    def is_big_endian(self) -> bool:
        """Whether the most significant octet comes first: in all that is no field of a ZCL payload."""
        return not self.type_name

    @property
    def is_open(self) -> bool:
        """Whether nothing says how long the field is."""
        return not self.size


class Laid(NamedTuple):
    """A row with its octets: ``at`` counts from the start of the payload."""

    row: GasRow
    at: int
    octets: bytes


@dataclass(slots=True)
class Block:
    """The rows of one component, and how many of it there may be."""

    name: str
    rows: list[GasRow] = field(default_factory=list)
    fewest: int = 1
    most: int = 1

    def constant(self, name: str) -> int | None:
        """The one value of a row, if it has one."""
        for row in self.rows:
            if row.name == name and row.stated is not None and row.stated.attribute == "constant":
                numbers = numbers_of(row.stated)
                return numbers[0] if numbers else None
        return None

    @property
    def is_exact(self) -> bool:
        """Whether the length of the component follows from its rows alone."""
        return not any(row.is_open for row in self.rows)


@dataclass(frozen=True, slots=True)
class Over:
    """A real message laid over its rows: the rows before the components, and each component with its block."""

    name: str
    use_case: str
    envelope: Envelope
    gbz: Gbz
    head: tuple[Laid, ...]
    components: tuple[tuple[Component, Block, tuple[Laid, ...]], ...]


def numbers_of(statement: Statement) -> tuple[int, ...]:
    """The numbers of a short list; nothing for ranges and strings."""
    text = statement.domain or ""
    return tuple(int(part) for part in text.split(" | ")) if re.fullmatch(r"-?\d+( \| -?\d+)*", text) else ()


def bounds_of(statement: Statement) -> tuple[int, int] | None:
    """The ends of a range of numbers."""
    found = re.fullmatch(r"(-?\d+)\.\.(-?\d+)", statement.domain or "")
    return (int(found[1]), int(found[2])) if found else None


def blocks_of(catalogue: Catalogue, use_case: str, purpose: str) -> tuple[list[GasRow], list[Block]]:
    """The rows before the components, and those of each component in order."""
    start = f"{use_case}/{PARTS[purpose]}/"
    head: list[GasRow] = []
    blocks: list[Block] = []
    for subject in dict.fromkeys(s.subject for s in catalogue.by_attribute["octets"] if s.subject.startswith(start)):
        row = _row(catalogue, subject)
        if row.name == "Extended Header Control Field":
            group = subject.rpartition("/")[0]
            block = Block(group.rpartition("/")[2])
            occurs = catalogue.first(group, "occurs")
            if occurs is not None:
                numbers = [int(number) for number in re.findall(r"\d+", occurs.domain or "")]
                block.fewest, block.most = numbers[0], 999 if (occurs.domain or "").endswith("..") else numbers[-1]
            blocks.append(block)
        (blocks[-1].rows if blocks else head).append(row)
    first = next((at for at, row in enumerate(head) if row.name == "Profile ID"), 0)
    return head[first:], blocks


def _row(catalogue: Catalogue, subject: str) -> GasRow:
    by_attribute = {statement.attribute: statement for statement in reversed(catalogue.about(subject))}
    type_name = str(by_attribute["type"].text) if "type" in by_attribute else ""
    octets = by_attribute["octets"].domain or ""
    size = int(octets) if octets.isdigit() else 0
    width = WIDTHS.fullmatch(type_name)
    if not size and width:
        size = int(width[1]) // 8
    if not size and type_name == "UTCTime":
        size = 4
    name = re.sub(r" #\d+$", "", subject.rpartition("/")[2])
    stated = by_attribute.get("constant") or by_attribute.get("permitted")
    return GasRow(subject, name, stated, type_name, size, "presence" in by_attribute, "encrypted" in by_attribute)


def lay_over(catalogue: Catalogue, name: str, use_case: str, envelope: Envelope) -> Over | None:
    """A message over its rows; None where a component fits none, as in a refusal."""
    head, blocks = blocks_of(catalogue, use_case, envelope.purpose)
    if not blocks:
        return None
    gbz = read_gbz(envelope.octets, envelope.payload_start, envelope.payload_end, alert=envelope.purpose == "alert")
    laid, at = [], 0
    for row in head:
        laid.append(Laid(row, at, envelope.payload[at : at + row.size]))
        at += row.size
    found, place = [], 0
    for component in gbz.components:
        index = next((here for here in range(place, len(blocks)) if _fits(component, blocks[here])), None)
        if index is None:
            return None
        place = index
        start = component.offset - envelope.payload_start
        end = component.end - envelope.payload_start
        found.append((component, blocks[index], tuple(_lay(blocks[index], envelope.payload, start, end))))
    return Over(name, use_case, envelope, gbz, tuple(laid), tuple(found))


def _fits(component: Component, block: Block) -> bool:
    if component.cluster != block.constant("Extended Header Cluster ID"):
        return False
    if component.command != block.constant("Command identifier"):
        return False
    answered = block.constant("Command identifier (UINT8)")
    return answered is None or component.frame[3] == answered


def _lay(block: Block, payload: bytes, at: int, end: int) -> Iterator[Laid]:
    status = 0
    for index, row in enumerate(block.rows):
        if row.encrypted:
            behind = 12
            yield Laid(row, at, payload[at : end - behind])
            mac = block.rows[-1]
            yield Laid(mac, end - behind, payload[end - behind : end])
            return
        if row.optional and status:
            continue
        size = row.size
        if row.type_name in ("OCTETSTRING", "CHARSTRING"):
            size = 1 + payload[at]
        elif not size:
            size = end - at - sum(later.size for later in block.rows[index + 1 :])
        yield Laid(row, at, payload[at : at + size])
        if row.name == "Status (ENUM8)":
            status = payload[at]
        at += size
