"""The ASN.1 payloads of messages: read and told, not judged, since no table at hand says what their values may be."""

from __future__ import annotations

from collections.abc import Iterator

from gbcscheck.cosem.der import Element, read_der
from gbcscheck.cosem.envelope import Envelope
from gbcscheck.device.message_rules import LONGER_LENGTH
from gbcscheck.device.model import FileRecord, Problem, octets_source

TAGS = frozenset((0x02, 0x04, 0x05, 0x30))
"""First octets of such payloads: INTEGER, OCTET STRING, NULL, SEQUENCE."""
REASON = "the payload is ASN.1, of which the structure was read: no table at hand says what its values may be"


def tell_asn1(envelope: Envelope, subject: str, record: FileRecord) -> int:
    """Enter every element of a payload as a fact, and note lengths that are longer than need be; the offset behind the
    last element. OctetsError where it is no DER."""
    whole = read_der(envelope.octets, envelope.payload_start, envelope.payload_end)
    if record.tree:
        _tell(whole, record)
    longer = [element for element in _each(whole) if not element.is_shortest]
    if longer:
        first = longer[0]
        written = envelope.octets[first.offset : first.start].hex(" ").upper()
        record.problem(
            Problem(LONGER_LENGTH, f"{len(longer)} of the lengths have more octets than they need; the first is here"),
            subject=subject,
            attribute="length",
            written=written,
            source=octets_source(first.offset, first.start - first.offset),
        )
    return whole.end


def _each(element: Element) -> Iterator[Element]:
    yield element
    for part in element.parts:
        yield from _each(part)


def _tell(element: Element, record: FileRecord) -> None:
    source = octets_source(element.offset, element.end - element.offset)
    if element.parts or element.name in ("SEQUENCE", "SET"):
        record.branch(element.name, source)
        record.depth += 1
        for part in element.parts:
            _tell(part, record)
        record.depth -= 1
    else:
        record.fact(element.name, element.value, source)
