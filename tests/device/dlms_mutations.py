"""Mutations of real DLMS commands, one change at a time, made from the rows of their use case and not by the judge.

A mutation says its kind, the row that it goes against, and the octets of the changed message; every length on the way
to the change is that of a message that was written so on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cosem_writing import write_envelope, write_payload
from dlms_rows import DATES, DlmsRow, Group, Matched, Path, match, pair, replaced, triple

from gbcscheck.cosem.access import Access, Request, Selection
from gbcscheck.cosem.axdr import ARRAY, BOOLEAN, NULL, STRINGS, STRUCTURE, TAGS, Bits, Data, Value
from gbcscheck.cosem.envelope import Envelope

CONSTANT, TYPE, LENGTH, OBJECT = "constant", "type", "exact length", "object, class or attribute"
MAXIMUM, BOUNDS, DROPPED_FIELD, ENUMERATION = "length over the maximum", "array bounds", "field dropped", "enumeration"
DATE, WILDCARD, BEHIND, HEADER = "invalid date or time", "wildcard", "octets behind the payload", "header length"
CODE, DROPPED, TWICE, ORDER, GET = "message code", "access dropped", "access twice", "order", "value sent with a get"
RANGE, SELECTION = "end of a range", "selective access"
KINDS = (
    CONSTANT,
    TYPE,
    LENGTH,
    OBJECT,
    MAXIMUM,
    BOUNDS,
    DROPPED_FIELD,
    ENUMERATION,
    DATE,
    WILDCARD,
    BEHIND,
    HEADER,
    CODE,
    DROPPED,
    TWICE,
    ORDER,
    GET,
    RANGE,
    SELECTION,
)
FREE = "another free value"

SAME_WIDTH = {5: 6, 6: 5, 9: 10, 10: 9, 12: 9, 15: 17, 16: 18, 17: 15, 18: 16, 20: 21, 21: 20, 22: 17, BOOLEAN: 17}
"""Another type tag for octets of the same width."""
SIGNED = {15: 8, 16: 16, 5: 32, 20: 64}
MOST_ELEMENTS = 150
"""Longest array that is made too long."""


@dataclass(frozen=True, slots=True)
class Command:
    """A real command, the rows of its use case, and those of the other use cases by their message code."""

    name: str
    use_case: str
    envelope: Envelope
    request: Request
    groups: tuple[Group, ...]
    codes: Mapping[int, tuple[Group, ...]]


class Mutation(NamedTuple):
    """One changed message: what was changed, against which row, how, and its octets."""

    kind: str
    command: str
    use_case: str
    subject: str
    change: str
    octets: bytes


def mutations(command: Command) -> Iterator[Mutation]:
    """Everything that must not stay unseen."""
    yield from _in_values(command, _wrong_leaf, wrong=True)
    yield from _in_accesses(command)
    yield from _in_the_message(command)


def free_changes(command: Command) -> Iterator[Mutation]:
    """Changes that the tables leave open: one free value to another of the same type, one valid date to another."""
    yield from _in_values(command, _free_leaf, wrong=False)


# --- values ----------------------------------------------------------------------------------------------------------

Change = tuple[str, str, Data]
"""Kind, what was done in words, the value instead."""


def _in_values(
    command: Command, leaf: Callable[[Data, DlmsRow], Iterator[Change]], *, wrong: bool
) -> Iterator[Mutation]:
    for number, group in pair(command.request, command.groups):
        if command.request.accesses[number].choice in (1, 4):
            continue
        data = command.request.data[number]
        matched = match(data, group)
        for path, value, row in _ends_of_each_row(matched) if wrong else matched.leaves:
            for kind, change, new in leaf(value, row):
                yield _with_value(command, number, replaced(data, path, new), kind, row, change)
        if wrong:
            yield from _in_compounds(command, number, matched)


def _ends_of_each_row(matched: Matched) -> list[tuple[Path, Data, DlmsRow]]:
    """The first and the last value of each row: those between them are like these."""
    by_row: dict[str, list[tuple[Path, Data, DlmsRow]]] = {}
    for leaf in matched.leaves:
        by_row.setdefault(leaf[2].subject, []).append(leaf)
    return [leaf for leaves in by_row.values() for leaf in (leaves if len(leaves) == 1 else (leaves[0], leaves[-1]))]


def _in_compounds(command: Command, number: int, matched: Matched) -> Iterator[Mutation]:
    data = command.request.data[number]
    for path, value, row, least, most in matched.arrays:
        members = value.members
        changes = [(TYPE, "array to structure", value._replace(tag=STRUCTURE))]
        if members and most <= MOST_ELEMENTS:
            longer = (*members, *[members[-1]] * (most + 1 - len(members)))
            changes.append((BOUNDS, f"{most + 1} elements", value._replace(value=longer)))
        if least:
            changes.append((BOUNDS, f"{least - 1} elements", value._replace(value=members[: least - 1])))
        for kind, change, new in changes:
            yield _with_value(command, number, replaced(data, path, new), kind, row, change)
    for path, value, row in matched.structures[:1] + matched.structures[1:][-1:]:
        swapped = value._replace(tag=ARRAY)
        yield _with_value(command, number, replaced(data, path, swapped), TYPE, row, "structure to array")
        for index in range(len(value.members)):
            shorter = value._replace(value=value.members[:index] + value.members[index + 1 :])
            changed = replaced(data, path, shorter)
            yield _with_value(command, number, changed, DROPPED_FIELD, row, f"field {index + 1} dropped")


def _wrong_leaf(data: Data, row: DlmsRow) -> Iterator[Change]:
    value = data.value
    if row.constant and (flipped := _flipped(data, row)) is not None:
        several = "|" in row.constant
        yield (ENUMERATION if several else CONSTANT, "another value", flipped)
    tag = SAME_WIDTH.get(data.tag)
    if tag is not None and row.type and TAGS[tag] not in row.type.partition("(")[0].split():
        yield (TYPE, f"{data.type_name} to {TAGS[tag]}", data._replace(tag=tag, value=_as(value, tag)))
    yield (TYPE, f"{data.type_name} to structure", Data(STRUCTURE, (data,), 0, 0))
    if data.tag in STRINGS and isinstance(value, bytes):
        kind = LENGTH if row.exact else MAXIMUM
        if row.length is not None and len(value) <= row.length:
            longer = value + bytes(row.length + 1 - len(value))
            yield (kind, f"{row.length + 1} octets", data._replace(value=longer))
        if row.exact and value:
            yield (kind, f"{len(value) - 1} octets", data._replace(value=value[:-1]))
    if isinstance(value, Bits) and row.length is not None and value.length <= row.length:
        size = row.length // 8 + 1
        longer = value.octets.ljust(size, b"\0")
        kind = LENGTH if row.exact else MAXIMUM
        yield (kind, f"{row.length + 1} bits", data._replace(value=Bits(longer, row.length + 1)))
    if isinstance(value, bytes) and len(value) == DATES.get(row.encoding):
        yield from _wrong_dates(data, value, row)


def _as(value: Value, tag: int) -> Value:
    """The same octets as a number of another type."""
    if not isinstance(value, int):
        return value
    if tag in SIGNED:
        half = 1 << SIGNED[tag] - 1
        return value - 2 * half if value >= half else value
    width = {17: 8, 18: 16, 6: 32, 21: 64}[tag]
    return value % (1 << width)


def _flipped(data: Data, row: DlmsRow) -> Data | None:
    value = data.value
    if data.tag == BOOLEAN:
        return data._replace(value=0 if value else 255)
    if isinstance(value, int):
        allowed = {int(number, 0) for number in re.findall(r"-?\b(?:0x[0-9A-F]+|\d+)\b", row.constant)}
        near = (value ^ 1, value ^ 2, value ^ 4, value ^ 8)
        return data._replace(value=next(number for number in near if number not in allowed))
    if isinstance(value, bytes) and value:
        return data._replace(value=value[:-1] + bytes((value[-1] ^ 1,)))
    if isinstance(value, Bits) and value.length:
        return data._replace(value=Bits(bytes((value.octets[0] ^ 0x80,)) + value.octets[1:], value.length))
    return None


FIELDS = {
    "date": {"year": (0, 2), "month": (2, 1), "day": (3, 1)},
    "time": {"hour": (0, 1), "minute": (1, 1), "second": (2, 1)},
    "date-time": {
        "year": (0, 2),
        "month": (2, 1),
        "day": (3, 1),
        "hour": (5, 1),
        "minute": (6, 1),
        "second": (7, 1),
    },
}
"""Where each field of a date or time stands and how many octets it takes (Blue Book 4.1.6.1)."""
INVALID = {"month": 13, "day": 32, "hour": 24, "minute": 60, "second": 60}


def _wrong_dates(data: Data, value: bytes, row: DlmsRow) -> Iterator[Change]:
    for name, (at, size) in FIELDS[row.encoding].items():
        if name in INVALID and not row.constant:
            changed = value[:at] + bytes((INVALID[name],)) + value[at + size :]
            yield (DATE, f"{name} {INVALID[name]}", data._replace(value=changed))
        if row.no_wildcards and value[at : at + size] != b"\xff" * size:
            changed = value[:at] + b"\xff" * size + value[at + size :]
            yield (WILDCARD, f"{name} not specified", data._replace(value=changed))


def _free_leaf(data: Data, row: DlmsRow) -> Iterator[Change]:
    value = data.value
    if row.constant:
        return
    if row.encoding:
        at = {"date": 3, "time": 1, "date-time": 6}[row.encoding]
        if isinstance(value, bytes) and len(value) == DATES[row.encoding] and 2 <= value[at] <= 26:
            yield (FREE, "another day or minute", data._replace(value=_last_bit(value, at)))
    elif data.tag == BOOLEAN:
        yield (FREE, "another truth", data._replace(value=0 if value else 255))
    elif isinstance(value, int):
        yield (FREE, "another number", data._replace(value=value ^ 1))
    elif isinstance(value, bytes) and value:
        yield (FREE, "other octets", data._replace(value=_last_bit(value, len(value) - 1)))
    elif isinstance(value, Bits) and value.length:
        changed = bytes((value.octets[0] ^ 0x80,)) + value.octets[1:]
        yield (FREE, "other bits", data._replace(value=Bits(changed, value.length)))


def _last_bit(value: bytes, at: int) -> bytes:
    return value[:at] + bytes((value[at] ^ 1,)) + value[at + 1 :]


def _with_value(command: Command, number: int, data: Data, kind: str, row: DlmsRow, change: str) -> Mutation:
    values = list(command.request.data)
    values[number] = data
    request = command.request._replace(data=tuple(values))
    return _written(command, request, kind, row.subject, change)


def _written(command: Command, request: Request, kind: str, subject: str, change: str) -> Mutation:
    octets = write_envelope(command.envelope, write_payload(request))
    return Mutation(kind, command.name, command.use_case, subject, change, octets)


# --- accesses --------------------------------------------------------------------------------------------------------


def _in_accesses(command: Command) -> Iterator[Mutation]:
    request = command.request
    known = {group.object for group in command.groups}
    pairs = dict(pair(request, command.groups))
    items = list(zip(request.accesses, request.data, strict=True))
    for number, (access, data) in enumerate(items):
        group = pairs.get(number)
        if group is None:
            continue
        subject = group.rows[0].subject
        for change, new in _other_objects(access):
            if triple(new) not in known:
                changed = [*items[:number], (new, data), *items[number + 1 :]]
                yield _with_items(command, changed, OBJECT, subject, change)
        if not group.optional:
            yield _with_items(command, items[:number] + items[number + 1 :], DROPPED, subject, "left out")
        rows = sum(one.object == group.object for one in command.groups)
        if rows == sum(triple(one) == group.object for one in request.accesses):
            yield _with_items(command, [*items[:number], items[number], *items[number:]], TWICE, subject, "twice")
        if number and triple(items[number - 1][0]) != triple(access):
            swapped = [*items[: number - 1], items[number], items[number - 1], *items[number + 1 :]]
            yield _with_items(command, swapped, ORDER, subject, "before the one ahead of it")
        if access.selection is not None:
            for kind, change, new in _other_selections(access, access.selection):
                changed = [*items[:number], (new, data), *items[number + 1 :]]
                yield _with_items(command, changed, kind, subject, change)
        if access.choice in (1, 4) and data.tag == NULL:
            changed = [*items[:number], (access, Data(17, 0, 0, 0)), *items[number + 1 :]]
            yield _with_items(command, changed, GET, subject, "null-data to unsigned")


def _other_objects(access: Access) -> Iterator[tuple[str, Access]]:
    yield "another class", access._replace(class_id=access.class_id + 1)
    yield "another attribute or method", access._replace(number=access.number + 1)
    yield (
        "another kind of access",
        access._replace(choice={1: 3, 2: 3, 3: 2, 4: 3, 5: 3}[access.choice], selection=None),
    )
    for at in range(6):
        name = access.name[:at] + bytes((access.name[at] ^ 1,)) + access.name[at + 1 :]
        yield f"another logical name, group {'ABCDEF'[at]}", access._replace(name=name)


def _other_selections(access: Access, selection: Selection) -> Iterator[tuple[str, str, Access]]:
    """Selective access by range (Blue Book, class 7): a structure whose second and third fields are the ends."""
    yield SELECTION, "no selection", access._replace(choice=1, selection=None)
    yield SELECTION, "another selector", access._replace(selection=selection._replace(selector=selection.selector + 1))
    fields = selection.parameters.members
    for index, name in ((1, "from"), (2, "to")):
        other = SAME_WIDTH[fields[index].tag]
        for kind, change, new in (
            (RANGE, f"{name}: {TAGS[other]}", fields[index]._replace(tag=other, value=_as(fields[index].value, other))),
            (SELECTION, f"{name}: left out", None),
        ):
            parameters = replaced(selection.parameters, (index,), new)
            yield kind, change, access._replace(selection=selection._replace(parameters=parameters))


def _with_items(command: Command, items: list[tuple[Access, Data]], kind: str, subject: str, change: str) -> Mutation:
    accesses, data = tuple(item[0] for item in items), tuple(item[1] for item in items)
    return _written(command, command.request._replace(accesses=accesses, data=data), kind, subject, change)


# --- the message as a whole ------------------------------------------------------------------------------------------


def _in_the_message(command: Command) -> Iterator[Mutation]:
    envelope, name = command.envelope, command.use_case
    for behind in (b"\0", b"\xff", envelope.payload[:7]):
        octets = write_envelope(envelope, envelope.payload + behind)
        yield Mutation(BEHIND, command.name, name, name, f"{len(behind)} octets behind", octets)
    for at in _length_places(envelope):
        for step in (1, -1):
            broken = bytearray(envelope.octets)
            broken[at] = (broken[at] + step) % 256
            yield Mutation(HEADER, command.name, name, name, f"length at octet {at} {step:+}", bytes(broken))
    sent = {triple(access) for access in command.request.accesses}
    others = [code for code, groups in sorted(command.codes.items()) if not _may_be(sent, groups)]
    after = [code for code in others if code > envelope.message_code] + others
    for code in after[:3]:
        other = envelope.other_information
        changed = other._replace(octets=code.to_bytes(2, "big") + other.octets[2:])
        octets = write_envelope(envelope._replace(other_information=changed), envelope.payload)
        yield Mutation(CODE, command.name, name, name, f"message code 0x{code:04X}", octets)


def _may_be(sent: set[tuple[int, bytes, str]], groups: tuple[Group, ...]) -> bool:
    """Whether a message of these accesses could be of another use case, whose optional rows it leaves out."""
    known = {group.object for group in groups}
    wanted = {group.object for group in groups if not group.optional}
    return wanted <= sent <= known


def _length_places(envelope: Envelope) -> list[int]:
    """Offsets of the last octet of each length in the headers."""
    fields = (envelope.transaction, envelope.originator, envelope.recipient, envelope.other_information)
    places = [field.offset - 1 for field in fields]
    places += [envelope.date_time.offset - 1, envelope.payload_start - 1]
    if envelope.mac_header:
        # The length of all that follows stands before the security control and the invocation counter (five octets),
        # the first octet of the grouping header and the length of the transaction identifier.
        places.append(envelope.transaction.offset - 1 - 1 - 5 - 1)
    return places
