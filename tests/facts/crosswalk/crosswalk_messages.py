"""A decoder just large enough for the proof of the crosswalk: GBCS messages of the Reference Test Data Set.

Reads a hexadecimal GBCS message (with or without its MAC header) down to the values of its payload: A-XDR data of
an access request or response, or the components of a GBZ payload. It checks lengths and tags as it goes and raises
ValueError at the first surprise.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Leaf:
    """A simple value: ``kind`` is number, boolean, octets, bits or null; bits are a text of 0 and 1."""

    kind: str
    value: int | bool | bytes | str | None


@dataclass(frozen=True, slots=True)
class Compound:
    """An array or a structure."""

    kind: str
    members: tuple[Data, ...]


Data = Leaf | Compound


@dataclass(frozen=True, slots=True)
class Access:
    """One access to a COSEM object: ``member`` is ``attribute 2`` or ``method 1``; ``name`` the OBIS code's octets."""

    class_id: int
    name: bytes
    member: str
    data: Data


@dataclass(frozen=True, slots=True)
class Component:
    """One component of a GBZ payload: ``command`` is the ZCL command identifier, ``payload`` what follows it."""

    cluster: int
    command: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A GBCS message: its message code, and what it carries (accesses of DLMS messages, components of gas ones)."""

    code: int
    accesses: tuple[Access, ...] = ()
    answers: tuple[Data, ...] = ()
    components: tuple[Component, ...] = ()


class _Octets:
    def __init__(self, octets: bytes) -> None:
        self._octets = octets
        self._at = 0

    def take(self, count: int) -> bytes:
        taken = self._octets[self._at : self._at + count]
        if len(taken) != count:
            raise ValueError(f"{count} octets wanted at offset {self._at}, {len(taken)} are left")
        self._at += count
        return taken

    def number(self, count: int, *, signed: bool = False) -> int:
        return int.from_bytes(self.take(count), "big", signed=signed)

    def expect(self, *allowed: int) -> int:
        at = self._at
        found = self.number(1)
        if found not in allowed:
            raise ValueError(f"octet 0x{found:02X} at offset {at}, expected one of {[hex(octet) for octet in allowed]}")
        return found

    def length(self) -> int:
        first = self.number(1)
        return first if first < 0x80 else self.number(first & 0x7F)

    def string(self) -> bytes:
        return self.take(self.length())

    def rest(self) -> bytes:
        return self.take(len(self._octets) - self._at)

    def at_end(self) -> bool:
        return self._at == len(self._octets)


def read_message(path: Path) -> Message:
    """Decode a file that holds one GBCS message as hexadecimal digits."""
    octets = _Octets(bytes.fromhex(path.read_text("ascii").strip()))
    if octets.expect(0xDD, 0xDF) == 0xDD:
        for _ in range(6):
            octets.expect(0x00)
        octets = _Octets(octets.string())
        octets.expect(0x11)
        octets.take(4)
        octets.expect(0xDF)
    for _ in range(4):
        octets.string()
    code = int.from_bytes(octets.string()[:2], "big")
    return _payload(code, octets.string())


def _payload(code: int, payload: bytes) -> Message:
    if payload[:2] == b"\x01\x09":
        return Message(code, components=_components(_Octets(payload)))
    octets = _Octets(payload)
    if octets.expect(0xD9, 0xDA) == 0xD9:
        message = Message(code, accesses=_access_request(octets))
    else:
        message = Message(code, answers=_access_response(octets))
    if not octets.at_end():
        raise ValueError("octets are left behind the payload")
    return message


def _access_request(octets: _Octets) -> tuple[Access, ...]:
    octets.take(4)
    octets.string()
    places = []
    for _ in range(octets.length()):
        choice = octets.expect(1, 2, 3, 4, 5)
        class_id, name, member = octets.number(2), octets.take(6), octets.number(1)
        if choice in (4, 5):
            octets.take(1)
            _data(octets)
        places.append((class_id, name, f"{'method' if choice == 3 else 'attribute'} {member}"))
    if octets.length() != len(places):
        raise ValueError("as many data as accesses are wanted")
    return tuple(Access(class_id, name, member, _data(octets)) for class_id, name, member in places)


def _access_response(octets: _Octets) -> tuple[Data, ...]:
    octets.take(4)
    octets.string()
    octets.expect(0x00)
    answers = tuple(_data(octets) for _ in range(octets.length()))
    for _ in range(octets.length()):
        octets.take(2)
    return answers


_NUMBERS = {5: (4, True), 6: (4, False), 15: (1, True), 16: (2, True), 17: (1, False), 18: (2, False)} | {
    20: (8, True),
    21: (8, False),
    22: (1, False),
}
"""Octets and sign of the numbers of A-XDR by tag (Blue Book 4.1.5)."""


def _data(octets: _Octets) -> Data:
    tag = octets.number(1)
    if tag in (1, 2):
        return Compound("array" if tag == 1 else "structure", tuple(_data(octets) for _ in range(octets.length())))
    return _compact_array(octets) if tag == 19 else _simple(octets, tag)


def _compact_array(octets: _Octets) -> Data:
    described = octets.number(1)
    tags = [octets.number(1) for _ in range(octets.length())] if described == 2 else [described]
    contents = _Octets(octets.string())
    members: list[Data] = []
    while not contents.at_end():
        values = tuple(_simple(contents, tag) for tag in tags)
        members.append(Compound("structure", values) if described == 2 else values[0])
    return Compound("array", tuple(members))


def _simple(octets: _Octets, tag: int) -> Leaf:
    if tag in _NUMBERS:
        count, signed = _NUMBERS[tag]
        return Leaf("number", octets.number(count, signed=signed))
    if tag == 0:
        return Leaf("null", None)
    if tag == 3:
        return Leaf("boolean", octets.number(1) != 0)
    if tag == 4:
        length = octets.length()
        whole = octets.take(-(-length // 8))
        return Leaf("bits", "".join(f"{octet:08b}" for octet in whole)[:length])
    if tag in (9, 10, 12):
        return Leaf("octets", octets.string())
    raise ValueError(f"no A-XDR tag: {tag}")


def _components(octets: _Octets) -> tuple[Component, ...]:
    octets.take(2)
    found = []
    for _ in range(octets.number(1)):
        octets.expect(0x00, 0x01)
        cluster = octets.number(2)
        frame = _Octets(octets.take(octets.number(2)))
        frame.take(2)
        command = frame.number(1)
        found.append(Component(cluster, command, frame.rest()))
    return tuple(found)


def leaves(data: Data) -> tuple[Leaf, ...]:
    """The simple values in a value, in order."""
    return (data,) if isinstance(data, Leaf) else tuple(leaf for member in data.members for leaf in leaves(member))
