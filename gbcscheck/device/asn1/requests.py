"""Certification requests (PKCS #10, RFC 2986), with which devices answer: read by ``cryptography`` and told field by
field. Their signatures are not verified."""

from __future__ import annotations

from collections.abc import Sequence

from gbcscheck.cosem.der import Element
from gbcscheck.device.asn1.certificates import name_in_words, refusals_in_words, report, tell_extensions, tell_key
from gbcscheck.device.asn1.elements import place
from gbcscheck.device.asn1.rules import CERTIFICATE
from gbcscheck.device.model import FileRecord, Problem
from gbcscheck.model.device_files import OPEN, WRONG

EXTENSIONS = "1.2.840.113549.1.9.14"
"""The attribute that asks for extensions (PKCS #9, extensionRequest)."""


def judge_request(element: Element, octets: bytes, name: str, subject: str, record: FileRecord) -> None:
    """Judge a certification request, and tell what it asks for."""
    from cryptography import x509

    try:
        with refusals_in_words():
            read = x509.load_der_x509_csr(octets[element.offset : element.end])
            public, owner, extensions = read.public_key(), name_in_words(read.subject), read.extensions
        _, person, key, *attributes = element.parts[0].parts
        asked = _asked(attributes)
        if len(asked) != len(extensions):
            raise ValueError("its extensions stand in more places than one")
    except ValueError as error:
        record.leaf(name, "no request that can be read", subject, WRONG, place(element))
        message = f"{name} is no certification request that can be read: {error}"
        report(Problem(CERTIFICATE, message), element, octets, subject, record)
        return
    record.branch(name, place(element), None, subject)
    record.depth += 1
    record.leaf("subject", owner, subject, OPEN, place(person))
    tell_key(public, key, octets, subject, record)
    tell_extensions(extensions, asked, subject, record)
    record.fact("signature", "not verified", place(element.parts[2]))
    record.depth -= 1


def _asked(attributes: Sequence[Element]) -> Sequence[Element]:
    """The extensions that a request asks for."""
    for attribute in attributes[0].parts if attributes else ():
        if len(attribute.parts) == 2 and attribute.parts[0].value == EXTENSIONS:
            return [one for wanted in attribute.parts[1].parts for one in wanted.parts]
    return ()
