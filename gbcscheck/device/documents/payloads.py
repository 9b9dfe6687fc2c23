"""The GBCS messages that an XML document holds in base64 (DUIS: GBCSPayload, DeviceGBCSResponse)."""

from __future__ import annotations

import binascii
from collections.abc import Iterator

from gbcscheck.cosem.envelope import BEGINNINGS
from gbcscheck.device.captures import captures_of_octets
from gbcscheck.device.documents.walk import children, local_name, text_of
from gbcscheck.device.hexfile import HexMessage, is_hex, means_a_message
from gbcscheck.errors import UnreadableSource
from gbcscheck.inputs.xml_safe import XmlDocument

PAYLOADS = ("GBCSPayload", "DeviceGBCSResponse")
"""Elements of DUIS that hold a message (DUIS 5.1 to 5.4, elements of these names, xs:base64Binary)."""


def messages_of(document: XmlDocument, *, where: str) -> Iterator[HexMessage | UnreadableSource]:
    """The messages within the elements of a document, each with the line on which it begins, and the error of each
    payload that holds none. Of other elements, those count that hold what begins as a message."""
    for element, line in document.line_by_element().items():
        if children(element):
            continue
        written = text_of(element)
        number = line + written.count("\n", 0, len(written) - len(written.lstrip()))
        octets = _from_base64(written)
        if octets is not None and octets.startswith(BEGINNINGS):
            for one in captures_of_octets(octets, where=f"{where}:{number}"):
                yield HexMessage(one, number) if isinstance(one, bytes) else one
        elif local_name(element) in PAYLOADS:
            yield UnreadableSource(f"{local_name(element)} {_fault(written, octets)}", where=f"{where}:{number}")


def _from_base64(text: str) -> bytes | None:
    try:
        return binascii.a2b_base64("".join(text.split()), strict_mode=True)
    except (binascii.Error, ValueError):
        return None


def _fault(written: str, octets: bytes | None) -> str:
    """Why what a payload holds is no message in base64."""
    if not written.strip():
        return "is empty; a GBCS message in base64 was expected"
    if is_hex(written) and means_a_message(written):
        return "is written in hexadecimal; base64 was expected"
    if octets is None:
        return "is damaged: it is no base64"
    shown = octets[:4].hex(" ").upper()
    return f"holds {len(octets):,} octets that are no GBCS message: they begin with {shown}"
