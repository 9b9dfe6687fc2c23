"""Mutations of real gas messages, one change at a time, made from the rows of their use case and not by the judge.

A mutation says its kind, the row that it goes against, and the octets of the changed message; lengths on the way to the
change are those of a message that was written so on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cosem_writing import write_envelope, write_gbz
from gas_rows_again import HEADER, Block, Laid, Over, bounds_of, numbers_of

from gbcscheck.cosem.gbz import Component
from gbcscheck.model import Statement
from gbcscheck.release.catalogue import Catalogue

PROFILE, CLUSTER, COMMAND, FRAME_CONTROL, CONTROL = (
    "profile",
    "cluster",
    "command identifier",
    "frame control",
    "control",
)
FIXED, CHOICE, RANGE, FIELD_LENGTH = "fixed value", "choice", "range of the ZCL sheet", "exact length of a field"
LENGTH, COUNT, DROPPED, TWICE = "command length alone", "component count", "component dropped", "component twice"
ORDER, BEHIND, CODE = "order of components", "octets behind the payload", "message code"
KINDS = (
    PROFILE,
    CLUSTER,
    COMMAND,
    FRAME_CONTROL,
    CONTROL,
    FIXED,
    CHOICE,
    RANGE,
    FIELD_LENGTH,
    LENGTH,
    COUNT,
    DROPPED,
    TWICE,
    ORDER,
    BEHIND,
    CODE,
)
FREE = "another free value"

Order = Literal["big", "little"]
"""Which octet of a number comes first."""

_KIND_OF = {
    "Profile ID": PROFILE,
    "Extended Header Cluster ID": CLUSTER,
    "Command identifier": COMMAND,
    "Frame control": FRAME_CONTROL,
    "Extended Header Control Field": CONTROL,
    "Extended Header GBZ Command Length": LENGTH,
    "Total number of GBZ Use Case Specific Component(s)": COUNT,
}
_COUNTED_TOGETHER = "Alternate response: the number"
_STRUCTURAL = ("Status (ENUM8)", "Ciphered information length", "Extended Header GBZ Command Length")
"""Free values on which the place of others depends."""


class Mutation(NamedTuple):
    """One changed message: what was changed, against which row, how, and its octets."""

    kind: str
    message: str
    use_case: str
    subject: str
    change: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What the ZCL sheet permits the parameters of a use case, by the letters and digits of their names."""

    permitted: dict[str, list[Statement | None]]

    @classmethod
    def of(cls, catalogue: Catalogue, use_case: str) -> Limits:
        """The parameters of a use case."""
        found: dict[str, list[Statement | None]] = {}
        for statement in catalogue.by_attribute["parameter"]:
            if statement.subject.startswith(f"{use_case}/"):
                permitted = catalogue.first(statement.subject, "permitted")
                found.setdefault(_plain(str(statement.value)), []).append(permitted)
        return cls(found)

    def about(self, laid: Laid) -> list[Statement | None]:
        """What is said of the field of a row."""
        return self.permitted.get(_plain(re.sub(r"\s*\([A-Z].*\)$", "", laid.row.name)), [])


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def mutations(over: Over, limits: Limits, other_code: int) -> Iterator[Mutation]:
    """Everything that must not stay unseen."""
    for laid in over.head:
        yield from _wrong(over, laid, limits)
    for component, block, rows in _ends_of_each_block(over):
        for laid in rows:
            yield from _wrong(over, laid, limits)
        yield from _lengths(over, component, block, rows)
    yield from _components(over)
    yield from _swapped(over)
    yield from _message(over, other_code)


def free_changes(over: Over, limits: Limits) -> Iterator[Mutation]:
    """Changes that the tables leave open: one free value to another of the same length."""
    for _, _, rows in _ends_of_each_block(over):
        for laid in rows:
            row, octets = laid.row, laid.octets
            if row.stated is not None or row.name in _STRUCTURAL or limits.about(laid) or not octets:
                continue
            if row.type_name in ("OCTETSTRING", "CHARSTRING"):
                if len(octets) > 1:
                    yield _changed(over, laid, FREE, octets[:1] + bytes((octets[1] ^ 1,)) + octets[2:], "another octet")
                continue
            for change, mask in (("last bit", 1), ("every bit", 0xFF)):
                yield _changed(over, laid, FREE, bytes(octet ^ mask for octet in octets), change)


def _ends_of_each_block(over: Over) -> list[tuple[Component, Block, tuple[Laid, ...]]]:
    """The first and the last component of each block: those between them are like these."""
    by_block: dict[int, list[tuple[Component, Block, tuple[Laid, ...]]]] = {}
    for one in over.components:
        by_block.setdefault(id(one[1]), []).append(one)
    return [one for group in by_block.values() for one in (group if len(group) == 1 else (group[0], group[-1]))]


# --- values ----------------------------------------------------------------------------------------------------------


def _wrong(over: Over, laid: Laid, limits: Limits) -> Iterator[Mutation]:
    row = laid.row
    if row.encrypted:
        return
    if row.stated is None:
        yield from _outside_zcl(over, laid, limits)
        return
    numbers, size = numbers_of(row.stated), len(laid.octets)
    order: Order = "big" if row.is_big_endian else "little"
    top = 1 << 8 * size
    if row.name == "Extended Header GBZ Command Length":
        return
    if numbers:
        kind = _KIND_OF.get(row.name, FIXED if row.stated.attribute == "constant" else CHOICE)
        for new in _others(row.name, over, [number % top for number in numbers], laid.octets, order, top):
            yield _changed(over, laid, kind, new.to_bytes(size, order), f"0x{new:0{2 * size}X}")
    elif bounds_of(row.stated) is not None:
        low, high = bounds_of(row.stated) or (0, 0)
        for new in {low - 1, high + 1}:
            if 0 <= new < top:
                kind = _KIND_OF.get(row.name, CHOICE)
                yield _changed(over, laid, kind, new.to_bytes(size, order), f"0x{new:0{2 * size}X}")
    elif row.stated.domain == "octets(0)":
        yield _resized(over, laid, FIXED, b"\x01A", "a string of one octet")


def _others(
    name: str, over: Over, allowed: list[int], octets: bytes, order: Literal["big", "little"], top: int
) -> list[int]:
    """Numbers that a row does not have: neighbours, the other end, one bit of a header at a time."""
    now = int.from_bytes(octets, order)
    if over.envelope.purpose == "response" and name == "Status (ENUM8)":
        return [0]
    bits = (1, 2, 4, 8, 0x10) if name in ("Frame control", "Extended Header Control Field") else (1, top >> 1)
    near = [now ^ bit for bit in bits] + [(max(allowed) + 1) % top, top - 1, 0]
    return [number for number in dict.fromkeys(near) if number not in allowed][:6]


def _outside_zcl(over: Over, laid: Laid, limits: Limits) -> Iterator[Mutation]:
    """A value that no row of the parameter permits, where the layout leaves the field open."""
    stated = limits.about(laid)
    ranges = [bounds_of(one) for one in stated if one is not None]
    if len(ranges) < max(1, len(stated)) or not laid.row.type_name.startswith(("UINT", "ENUM")):
        return
    known = [span for span in ranges if span is not None]
    if len(known) < len(ranges):
        return
    top = 1 << 8 * len(laid.octets)
    for new in {min(low for low, _ in known) - 1, max(high for _, high in known) + 1}:
        if 0 <= new < top:
            yield _changed(over, laid, RANGE, new.to_bytes(len(laid.octets), "little"), f"0x{new:X}")


def _changed(over: Over, laid: Laid, kind: str, new: bytes, change: str) -> Mutation:
    payload = over.envelope.payload
    changed = payload[: laid.at] + new + payload[laid.at + len(laid.octets) :]
    return _mutation(over, kind, laid.row.subject, change, changed)


def _mutation(over: Over, kind: str, subject: str, change: str, payload: bytes) -> Mutation:
    return Mutation(kind, over.name, over.use_case, subject, change, write_envelope(over.envelope, payload))


# --- lengths ---------------------------------------------------------------------------------------------------------


def _lengths(over: Over, component: Component, block: Block, rows: tuple[Laid, ...]) -> Iterator[Mutation]:
    length = next(laid for laid in rows if laid.row.name == "Extended Header GBZ Command Length")
    for step in (1, -1):
        new = (component.length + step).to_bytes(2, "big")
        yield _changed(over, length, LENGTH, new, f"{component.length + step}")
    if not block.is_exact:
        return
    for laid in rows:
        if laid.at < length.at + 2 or not laid.octets:
            continue
        yield _resized(over, laid, FIELD_LENGTH, laid.octets + b"\x00", "one octet longer")
        yield _resized(over, laid, FIELD_LENGTH, laid.octets[:-1], "one octet shorter")


def _resized(over: Over, laid: Laid, kind: str, new: bytes, change: str) -> Mutation:
    """The field with another number of octets, and every length on the way corrected."""
    payload = over.envelope.payload
    place = laid.at + over.envelope.payload_start
    component = next(one for one in over.gbz.components if one.offset <= place < one.end)
    start = component.offset - over.envelope.payload_start
    end = component.end - over.envelope.payload_start
    body = payload[start + HEADER : laid.at] + new + payload[laid.at + len(laid.octets) : end]
    header = payload[start : start + 3] + len(body).to_bytes(2, "big")
    return _mutation(over, kind, laid.row.subject, change, payload[:start] + header + body + payload[end:])


# --- components and the message --------------------------------------------------------------------------------------


def _components(over: Over) -> Iterator[Mutation]:
    gbz = over.gbz
    for step in (1, -1):
        new = write_gbz(gbz._replace(stated=gbz.stated + step))
        yield _mutation(over, COUNT, over.head[1].row.subject, f"{gbz.stated + step}", new)
    for index, (component, block, _) in enumerate(over.components):
        found = sum(one[1] is block for one in over.components)
        parts = list(gbz.components)
        subject = block.rows[0].subject.rpartition("/")[0]
        if found - 1 < block.fewest and len(parts) > 1:
            rest = tuple(parts[:index] + parts[index + 1 :])
            new = write_gbz(gbz._replace(components=rest, stated=gbz.stated - 1))
            yield _mutation(over, DROPPED, subject, f"component {index + 1}", new)
        if found + 1 > block.most:
            more = (*parts[: index + 1], component, *parts[index + 1 :])
            new = write_gbz(gbz._replace(components=more, stated=gbz.stated + 1))
            yield _mutation(over, TWICE, subject, f"component {index + 1}", new)


def _swapped(over: Over) -> Iterator[Mutation]:
    """Two neighbours of different rows in the wrong order, each still the last one or not as before. Those that the
    rows count together may come in any order."""
    for index, ((_, block, rows), (_, other, _)) in enumerate(zip(over.components, over.components[1:], strict=False)):
        if block is other or any(one.name.startswith(_COUNTED_TOGETHER) for one in (block, other)):
            continue
        parts = list(over.gbz.components)
        first, second = parts[index], parts[index + 1]
        parts[index] = second._replace(control=second.control & ~1 | first.control & 1)
        parts[index + 1] = first._replace(control=first.control & ~1 | second.control & 1)
        subject = rows[0].row.subject.rpartition("/")[0]
        changed = write_gbz(over.gbz._replace(components=tuple(parts)))
        yield _mutation(over, ORDER, subject, f"components {index + 1} and {index + 2}", changed)


def _message(over: Over, other_code: int) -> Iterator[Mutation]:
    payload, subject = over.envelope.payload, over.head[0].row.subject
    for more in (b"\x00", bytes(5), bytes(12)):
        yield _mutation(over, BEHIND, subject, f"{len(more)} octets", payload + more)
    other = over.envelope.other_information
    changed = other._replace(octets=other_code.to_bytes(2, "big") + other.octets[2:])
    octets = write_envelope(over.envelope._replace(other_information=changed), payload)
    yield Mutation(CODE, over.name, over.use_case, over.use_case, f"0x{other_code:04X}", octets)
