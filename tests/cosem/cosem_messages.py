"""The real GBCS messages of the corpus as octets, and the values that they hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gbcscheck.cosem.access import NOTIFICATION, REQUEST, RESPONSE, Notification, Payload, Request
from gbcscheck.cosem.axdr import Data
from gbcscheck.cosem.envelope import Envelope

DLMS = frozenset((REQUEST, RESPONSE, NOTIFICATION))


def real_messages(corpus: Path) -> list[tuple[str, bytes]]:
    """Name and octets of every message of the Reference Test Data Set, by name."""
    paths = sorted((corpus / "rtds").rglob("*.HEX"), key=lambda path: path.name)
    return [(path.stem, bytes.fromhex(path.read_text("ascii"))) for path in paths]


def is_dlms(envelope: Envelope) -> bool:
    """Whether the payload is an APDU of DLMS; the others are gas or ASN.1."""
    return envelope.payload[0] in DLMS


def top_values(payload: Payload) -> tuple[Data, ...]:
    """Every value of a payload that stands in no other, the parameters of selective access included."""
    if isinstance(payload, Notification):
        return (payload.body,)
    accesses = payload.accesses if isinstance(payload, Request) else payload.accesses or ()
    return (*(access.selection.parameters for access in accesses if access.selection), *payload.data)


def walk(data: Data) -> Iterator[Data]:
    """A value and all in it, in the order of their octets."""
    yield data
    for member in data.members:
        yield from walk(member)
