"""The envelope of a GBCS message (GBCS section 7.2): MAC header, grouping header, payload, signature and MAC.

Signatures and MACs are told by their place and length, and never verified.
"""

from __future__ import annotations

from typing import NamedTuple

from gbcscheck.cosem.errors import OctetsError, left, plural
from gbcscheck.cosem.lengths import read_length, read_string

MAC_HEADER, GROUPING_HEADER = 0xDD, 0xDF
"""General-Ciphering and General-Signing: the first octets of the two headers."""
PURPOSES = {1: "command", 2: "response", 3: "alert"}
"""The first octet of the transaction identifier: what the message is (GBCS CRA flag)."""
MAC_LENGTH = 12
SECURITY_CONTROL = 0x11
BEGINNINGS = (bytes((MAC_HEADER, 0, 0, 0, 0, 0, 0)), bytes((GROUPING_HEADER, 9)))
"""How a message begins: with a MAC header, or with a grouping header and the length of the transaction identifier."""


class Field(NamedTuple):
    """A field of a header, and its place in the octets."""

    octets: bytes
    offset: int

    @property
    def number(self) -> int:
        """The field as a number, most significant octet first."""
        return int.from_bytes(self.octets, "big")


class Envelope(NamedTuple):
    """A message: ``octets`` are all of it; the payload is ``octets[payload_start:payload_end]``.

    ``other_information`` begins with the message code (two octets); what may follow are a supplementary remote
    party's identifier and counter (eight octets each), an originator's counter and a certificate.
    """

    octets: bytes
    mac_header: bool
    transaction: Field
    originator: Field
    recipient: Field
    date_time: Field
    other_information: Field
    payload_start: int
    payload_end: int
    signature: Field
    mac: Field

    @property
    def purpose(self) -> str:
        """``command``, ``response`` or ``alert``; empty for any other value."""
        return PURPOSES.get(self.transaction.octets[0], "")

    @property
    def counter(self) -> int:
        """The originator's counter."""
        return int.from_bytes(self.transaction.octets[1:], "big")

    @property
    def message_code(self) -> int:
        """What use case the message belongs to."""
        return int.from_bytes(self.other_information.octets[:2], "big")

    @property
    def payload(self) -> bytes:
        """The octets of the payload."""
        return self.octets[self.payload_start : self.payload_end]


def read_envelope(octets: bytes) -> Envelope:
    """The parts of a message, with a MAC header or without; OctetsError where they cannot be told apart."""
    if not octets:
        raise OctetsError("there are no octets; a GBCS message was expected", 0)
    if octets[0] == MAC_HEADER:
        return _read_with_mac(octets)
    if octets[0] != GROUPING_HEADER:
        raise OctetsError(f"0x{octets[0]:02X} begins no GBCS message; 0xDD or 0xDF was expected", 0)
    envelope, at = _read_grouping(octets, 0, len(octets))
    if at != len(octets):
        raise OctetsError(f"{left(len(octets) - at)} behind the message", at)
    return envelope


def end_of_message(octets: bytes, at: int) -> int | None:
    """Where the message ends that begins at an offset, by its lengths alone: as its MAC header promises, else where the
    octets end or another one begins; None where its lengths lead to no such place. Nothing is copied, so that of octets
    that are no message every beginning may be asked for."""
    try:
        if octets.startswith(BEGINNINGS[0], at):
            length, begin = read_length(octets, at + len(BEGINNINGS[0]), len(octets))
            end = begin + length
            return end if end <= len(octets) and octets[begin + 5 : begin + 6] == BEGINNINGS[1][:1] else None
        here = at + 1
        for _, lengths in (*_HEADER, _PAYLOAD):
            length, start = read_length(octets, here, len(octets))
            here = start + length
            if here > len(octets) or (lengths and length not in lengths):
                return None
    except OctetsError:
        return None
    signed = here + 1 + octets[here] if here < len(octets) and octets[here] in SIGNATURES else here
    return next((end for end in (here, signed) if end == len(octets) or octets.startswith(BEGINNINGS, end)), None)


def _read_with_mac(octets: bytes) -> Envelope:
    for at in range(1, 7):
        if octets[at : at + 1] != b"\x00":
            raise OctetsError("six octets 0x00 of the MAC header were expected", at)
    length, at = read_length(octets, 7, len(octets))
    if length != len(octets) - at:
        raise OctetsError(f"the MAC header promises {plural(length, 'octet')}, {left(len(octets) - at)}", 7)
    if octets[at : at + 5] != bytes((SECURITY_CONTROL, 0, 0, 0, 0)):
        raise OctetsError("security control 0x11 and invocation counter 0x00000000 were expected", at)
    end = len(octets) - MAC_LENGTH
    if at + 5 >= end or octets[at + 5] != GROUPING_HEADER:
        raise OctetsError("a grouping header (0xDF) was expected", at + 5)
    envelope, stop = _read_grouping(octets, at + 5, end)
    if stop != end:
        raise OctetsError(f"a MAC of {MAC_LENGTH} octets was expected, {left(len(octets) - stop)}", stop)
    return envelope._replace(mac_header=True, mac=Field(octets[end:], end))


SIGNATURES = (0, 64)
"""How many octets a signature may have."""
_PAYLOAD: tuple[str, tuple[int, ...]] = ("the payload", ())
_HEADER: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("the transaction identifier", (9,)),
    ("the originator", (8,)),
    ("the recipient", (8,)),
    ("the date-time", (0, 12)),
    ("the other information", ()),
)
"""The strings of a grouping header in their order, and the lengths that each may have; any where there are none."""


def _read_grouping(octets: bytes, at: int, end: int) -> tuple[Envelope, int]:
    fields = []
    here = at + 1
    for what, lengths in _HEADER:
        found, stop = read_string(octets, here, end, what, lengths)
        fields.append(Field(found, stop - len(found)))
        here = stop
    if len(fields[4].octets) < 2:
        raise OctetsError("a message code of 2 octets was expected", fields[4].offset)
    payload, stop = read_string(octets, here, end, *_PAYLOAD)
    signature, behind = Field(b"", stop), stop
    if stop < end:
        signed, behind = read_string(octets, stop, end, "the signature", SIGNATURES)
        signature = Field(signed, behind - len(signed))
    start = stop - len(payload)
    transaction, originator, recipient, date_time, other = fields
    none = Field(b"", behind)
    return (
        Envelope(octets, False, transaction, originator, recipient, date_time, other, start, stop, signature, none),
        behind,
    )
