"""Elements of DER as reports have them: their place, their octets, the names of their bits."""

from __future__ import annotations

from collections.abc import Mapping

from gbcscheck.cosem.der import Element
from gbcscheck.device.model import FileRecord, octets_source
from gbcscheck.model.device_files import OPEN

LONGEST = 40
"""Octets of a value that a finding shows."""


def place(element: Element) -> str:
    """The octets of an element, tag and length included."""
    return octets_source(element.offset, element.end - element.offset)


def written(element: Element, octets: bytes) -> str:
    """The octets of an element as hexadecimal digits; a long one is cut."""
    shown = octets[element.offset : min(element.end, element.offset + LONGEST)].hex(" ").upper()
    return shown if element.end - element.offset <= LONGEST else f"{shown} ..."


def bits_in_words(octets: bytes, names: Mapping[int, str]) -> str:
    """The names of the bits that are set, bit 0 being the most significant one of the first octet; empty where one that
    is set has none.

    >>> bits_in_words(b"\\x88", {0: "digital signature", 4: "key agreement"})
    'digital signature, key agreement'
    """
    found = [8 * at + bit for at, octet in enumerate(octets) for bit in range(8) if octet & 0x80 >> bit]
    named = [names.get(bit, "") for bit in found]
    return ", ".join(named) if all(named) else ""


def tell(element: Element, record: FileRecord, subject: str = "") -> None:
    """Every value of an element as open, by its type."""
    if element.parts or element.name in ("SEQUENCE", "SET"):
        record.branch(element.name, place(element), None, subject)
        record.depth += 1
        for part in element.parts:
            tell(part, record, subject)
        record.depth -= 1
    else:
        record.leaf(element.name, element.value, subject, OPEN, place(element))
