"""X.509 certificates in messages (RFC 5280): read by ``cryptography``, told field by field, and judged as far as a
source says what they have to be. Signatures of certificates are not verified."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gbcscheck.cosem.der import Element, read_der
from gbcscheck.cosem.envelope import Envelope
from gbcscheck.cosem.errors import OctetsError, left
from gbcscheck.device.asn1.elements import LONGEST, bits_in_words, place, written
from gbcscheck.device.asn1.payloads import KEY_USAGES
from gbcscheck.device.asn1.rules import CERTIFICATE, CERTIFICATE_USE
from gbcscheck.device.model import FileRecord, Problem, octets_source
from gbcscheck.model.device_files import FITS, OPEN, WRONG

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, Extension, Name

P256 = "secp256r1"
"""The curve P-256 under the name that the library has for it (RFC 5480 2.1.1.1)."""
AGREEMENT = b"\x08"
"""The key usage of key agreement alone."""
UNIQUE_IDENTIFIER = "2.5.4.45"
"""The attribute of a name that holds the entity identifier of a remote party (X.520, x500UniqueIdentifier)."""
_KEY_USAGE, _ALTERNATIVE_NAME = "2.5.29.15", "2.5.29.17"
_HARDWARE_NAME = bytes.fromhex("06082B06010505070804")
"""The identifier of a hardware module's name (RFC 4108) as DER has it."""
ENTITY = 8
"""Octets of an entity identifier."""
NAMED_FIELDS = 5
"""Fields of a certificate that are told but for its key and its extensions."""


def judge_certificate(element: Element, octets: bytes, name: str, subject: str, record: FileRecord) -> None:
    """Judge one certificate by itself, and tell what it holds."""
    try:
        read = _read(octets[element.offset : element.end])
        _same_algorithm(element, octets)
    except ValueError as error:
        record.leaf(name, "no certificate that can be read", subject, WRONG, place(element))
        message = f"{name} is no certificate that can be read: {error}"
        report(Problem(CERTIFICATE, message), element, octets, subject, record)
        return
    record.branch(name, place(element), None, subject)
    record.depth += 1
    _fields(read, element.parts[0], octets, subject, record)
    record.fact("signature", "not verified", place(element.parts[2]))
    record.depth -= 1


def judge_usage(element: Element, octets: bytes, usage: bytes, subject: str, record: FileRecord) -> None:
    """Judge the key usage of a certificate by that which it is for; one that cannot be read is told elsewhere."""
    found = key_usage(element)
    if found is None or found == usage:
        return
    is_now, wanted = (bits_in_words(one, KEY_USAGES) or f"0x{one.hex().upper()}" for one in (found, usage))
    message = f"a certificate for {is_now} where one for {wanted} is expected"
    report(Problem(CERTIFICATE_USE, message), element, octets, subject, record)


def key_usage(element: Element) -> bytes | None:
    """The bits of a certificate's key usage; None where it has none."""
    for extension in _extensions(element):
        if extension.parts[0].value == _KEY_USAGE and isinstance(extension.parts[-1].value, bytes):
            content = extension.parts[-1].value
            value = read_der(content, 0, len(content)).value
            return value if isinstance(value, bytes) else None
    return None


def _extensions(element: Element) -> Iterator[Element]:
    """The extensions of a certificate, each an identifier, whether it is critical, and its octets."""
    for part in element.parts[0].parts if element.parts else ():
        if part.name == "[3]" and part.parts:
            yield from (one for one in part.parts[0].parts if len(one.parts) >= 2)


def _read(octets: bytes) -> Certificate:
    """A certificate of which every part can be read; ValueError with the reason."""
    from cryptography import x509

    with refusals_in_words():
        read = x509.load_der_x509_certificate(octets)
        begin, end = read.not_valid_before_utc, read.not_valid_after_utc
        _ = (read.issuer, read.subject, read.extensions, read.signature_algorithm_oid)
        number = read.serial_number
        read.public_key()
    if number <= 0:  # RFC 5280 4.1.2.2
        raise ValueError(f"its serial number is {number}, and a positive one is expected")
    if begin > end:
        raise ValueError(f"it is valid from {begin:%Y-%m-%d} to {end:%Y-%m-%d}, which is before that")
    return read


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """Whatever the library refuses is a ValueError, and what it warns of is not told."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    refusals = (
        TypeError,
        UnsupportedAlgorithm,
        x509.InvalidVersion,
        x509.DuplicateExtension,
        x509.UnsupportedGeneralNameType,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except refusals as error:
            raise ValueError(str(error)) from None


def _same_algorithm(element: Element, octets: bytes) -> None:
    """ValueError where a certificate names another signature algorithm inside than outside (RFC 5280 4.1.1.2)."""
    inner, outer, _ = element.parts
    named = inner.parts[2] if inner.parts[0].name == "[0]" else inner.parts[1]
    if octets[named.start : named.end] != octets[outer.start : outer.end]:
        raise ValueError("it names another signature algorithm inside than outside")


def _fields(read: Certificate, inner: Element, octets: bytes, subject: str, record: FileRecord) -> None:
    """What a certificate holds, field by field."""
    parts = inner.parts[1:] if inner.parts[0].name == "[0]" else inner.parts
    number, _, issuer, validity, owner, key, *_ = parts
    wrapped = [part for part in parts if part.name == "[3]" and part.parts]
    elements = wrapped[0].parts[0].parts if wrapped else ()
    if not record.tree:
        record.values += NAMED_FIELDS + len(elements)
        tell_key(read.public_key(), key, octets, subject, record)
        return
    record.leaf("serial number", f"0x{number.value:X}", subject, OPEN, place(number))
    record.leaf("issuer", name_in_words(read.issuer), subject, OPEN, place(issuer))
    begin, end = validity.parts
    record.leaf("valid from", f"{read.not_valid_before_utc:%Y-%m-%dT%H:%M:%SZ}", subject, FITS, place(begin))
    record.leaf("valid until", f"{read.not_valid_after_utc:%Y-%m-%dT%H:%M:%SZ}", subject, FITS, place(end))
    record.leaf("subject", name_in_words(read.subject), subject, OPEN, place(owner))
    tell_key(read.public_key(), key, octets, subject, record)
    tell_extensions(read.extensions, elements, subject, record)


def tell_extensions(
    extensions: Iterable[Extension[Any]], elements: Sequence[Element], subject: str, record: FileRecord
) -> None:
    """Extensions by name, each with its element."""
    for extension, element in zip(extensions, elements, strict=True):
        critical = ", critical" if extension.critical else ""
        record.leaf(f"{_extension_name(extension.oid)}{critical}", _extension(element), subject, OPEN, place(element))


def tell_key(public: object, element: Element, octets: bytes, subject: str, record: FileRecord) -> None:
    """The curve of a public key, which is P-256."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

    curve = public.curve.name if isinstance(public, EllipticCurvePublicKey) else type(public).__name__
    fits = curve == P256
    told = f"{curve} (P-256)" if fits else curve
    record.leaf("public key", told, subject, FITS if fits else WRONG, place(element))
    if not fits:
        message = f"a public key of {curve} where one of P-256 is expected"
        report(Problem(CERTIFICATE_USE, message), element, octets, subject, record)


def name_in_words(name: Name) -> str:
    """A name as people write it, the entity identifier in it as elsewhere."""
    parts = []
    for attribute in name:
        value = attribute.value
        if attribute.oid.dotted_string == UNIQUE_IDENTIFIER and isinstance(value, bytes):
            parts.append(f"entity {hyphenated(value[1:])}")
        else:
            told = value if isinstance(value, str) else f"0x{value.hex().upper()}"
            parts.append(f"{attribute.rfc4514_attribute_name} {told}")
    return ", ".join(parts) or "empty"


def _extension_name(oid: object) -> str:
    """``key usage`` for keyUsage; the number where the library has no name."""
    named = getattr(oid, "_name", "Unknown OID")
    if named == "Unknown OID":
        return f"extension {getattr(oid, 'dotted_string', '')}"
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in named).strip()


def _extension(element: Element) -> str:
    """The value of an extension: the names of key usages, else its octets."""
    content = element.parts[-1].value
    assert isinstance(content, bytes)
    if element.parts[0].value == _KEY_USAGE:
        return bits_in_words(content[3:], KEY_USAGES) or f"0x{content.hex().upper()}"
    entity = _entity(content) if element.parts[0].value == _ALTERNATIVE_NAME else b""
    return f"entity {hyphenated(entity)}" if entity else f"0x{content.hex().upper()}"


def _entity(content: bytes) -> bytes:
    """The entity identifier in the alternative name of a device's certificate, where it is the serial number of its
    hardware (RFC 4108); empty where there is none."""
    at = content.find(_HARDWARE_NAME)
    identifier = content[-ENTITY:]
    return identifier if at >= 0 and content[-ENTITY - 2 : -ENTITY] == bytes((0x04, ENTITY)) else b""


def hyphenated(octets: bytes) -> str:
    """An entity identifier as people write it."""
    return "-".join(f"{octet:02X}" for octet in octets)


def report(problem: Problem, element: Element, octets: bytes, subject: str, record: FileRecord) -> None:
    """A finding on an element of a certificate."""
    record.problem(
        problem,
        subject=subject,
        attribute="certificate",
        written=written(element, octets),
        source=place(element),
    )


def judge_certificate_of_header(envelope: Envelope, at: int, subject: str, record: FileRecord) -> None:
    """Judge the certificate that stands in the header from an offset on: that of the key with which the supplementary
    remote party agrees on one."""
    other = envelope.other_information
    end = other.offset + len(other.octets)
    name = "supplementary remote party's certificate"
    try:
        element = read_der(envelope.octets, at, end)
        if element.end != end:
            raise OctetsError(f"{left(end - element.end)} behind it", element.end)
    except OctetsError as error:
        written, source = envelope.octets[at : at + LONGEST].hex(" ").upper(), octets_source(at, end - at)
        record.leaf(name, "no certificate that can be read", subject, WRONG, source)
        problem = Problem(CERTIFICATE, f"{name} is no certificate that can be read: {error}")
        record.problem(problem, subject=subject, attribute="certificate", written=written, source=source)
        return
    judge_certificate(element, envelope.octets, name, subject, record)
    judge_usage(element, envelope.octets, AGREEMENT, subject, record)
