"""The envelope of a message: what it says, and whether that can be so."""

from __future__ import annotations

from gbcscheck.cosem.access import NOTIFICATION, REQUEST, RESPONSE
from gbcscheck.cosem.envelope import SECURITY_CONTROL, Envelope, Field
from gbcscheck.device.context import Context
from gbcscheck.device.device_types import names_another
from gbcscheck.device.message_rules import (
    HEADER_DATE_TIME,
    OTHER_DEVICE,
    PURPOSE_AND_PAYLOAD,
    PURPOSE_AND_USE_CASE,
    UNKNOWN_PURPOSE,
)
from gbcscheck.device.model import FileRecord, Problem, octets_source
from gbcscheck.device.use_cases import UseCase
from gbcscheck.domains import DateTimeValue, cosem_date_time
from gbcscheck.domains.cosem_calendar import no_such_day

ELECTRICITY = {REQUEST: "command", RESPONSE: "response", NOTIFICATION: "alert"}
"""First octets of DLMS payloads, and the purpose of the message that carries them."""
APDUS = {REQUEST: "an access-request", RESPONSE: "an access-response", NOTIFICATION: "a data-notification"}
SUPPLEMENTS = ("supplementary remote party", "supplementary remote party's counter", "supplementary counter")
"""What may stand behind the message code, eight octets each."""
CERTIFICATE_BEHIND, WITHOUT_CERTIFICATE, SEQUENCE = 18, 26, 0x30
"""The octets of the message code and the first two supplements, those of all three, and the first of a certificate."""
TYPES = {"SME.C": ("command", "response"), "SME.A": ("alert",)}
"""Beginnings of message types and the purposes that go with them; what begins otherwise is not told apart."""


def head(envelope: Envelope, use_case: UseCase | None, listed: str, record: FileRecord) -> None:
    """What stands before the payload, as facts; ``listed`` is the use case of a message code that is in no table."""
    start = envelope.transaction.offset - 2
    if envelope.mac_header:
        record.branch("MAC header", octets_source(0, start))
        record.depth = 1
        record.fact("security control", f"0x{SECURITY_CONTROL:02X}", octets_source(start - 5, 1))
        record.depth = 0
    record.branch("grouping header", octets_source(start, envelope.payload_start - start))
    record.depth = 1
    transaction = envelope.transaction
    purpose = envelope.purpose or f"unknown (0x{transaction.octets[0]:02X})"
    record.fact("purpose", purpose, octets_source(transaction.offset, 1))
    record.fact("originator's counter", envelope.counter, octets_source(transaction.offset + 1, 8))
    record.fact("originator", _identifier(envelope.originator), _place(envelope.originator))
    record.fact("recipient", _identifier(envelope.recipient), _place(envelope.recipient))
    if envelope.date_time.octets:
        value = DateTimeValue.from_octets(envelope.date_time.octets)
        record.fact("date-time", value, _place(envelope.date_time))
    offset, other = envelope.other_information.offset, envelope.other_information.octets
    unlisted = f"{listed}, in no table" if listed else "in no table"
    told = f"{use_case.name} {use_case.fact('title')}" if use_case else unlisted
    record.fact("message code", f"0x{envelope.message_code:04X} {told}", octets_source(offset, 2))
    at = 2
    for label in SUPPLEMENTS if certificate_at(envelope) is None else SUPPLEMENTS[:2]:
        if len(other) < at + 8:
            break
        part = Field(other[at : at + 8], offset + at)
        record.fact(label, part.number if "counter" in label else _identifier(part), _place(part))
        at += 8
    if len(other) > at and certificate_at(envelope) is None:
        record.fact("further information", f"{len(other) - at} octets", octets_source(offset + at, len(other) - at))
    record.depth = 0


def certificate_at(envelope: Envelope) -> int | None:
    """Where the certificate of the supplementary remote party begins, which stands behind its counter; None where the
    header has none."""
    other = envelope.other_information
    if len(other.octets) <= WITHOUT_CERTIFICATE or other.octets[CERTIFICATE_BEHIND] != SEQUENCE:
        return None
    return other.offset + CERTIFICATE_BEHIND


def tail(envelope: Envelope, record: FileRecord) -> None:
    """What stands behind the payload, as facts."""
    if envelope.signature.octets:
        record.fact("signature", "64 octets, not verified", _place(envelope.signature))
    if envelope.mac_header:
        record.fact("MAC", f"{len(envelope.mac.octets)} octets, not verified", _place(envelope.mac))


def _place(part: Field) -> str:
    return octets_source(part.offset, len(part.octets))


def _identifier(part: Field) -> str:
    """An entity identifier (EUI-64) as people write it."""
    return "-".join(f"{octet:02X}" for octet in part.octets)


def judge_head(
    envelope: Envelope, use_case: UseCase | None, subject: str, context: Context, record: FileRecord
) -> None:
    """Judge purpose, message code, certificate and date-time; ``subject`` is what findings are about."""
    first = octets_source(envelope.transaction.offset, 1)
    written = f"0x{envelope.transaction.octets[0]:02X}"
    if not envelope.purpose:
        message = f"the purpose {written} is none; 0x01 (command), 0x02 (response) or 0x03 (alert) was expected"
        record.problem(
            Problem(UNKNOWN_PURPOSE, message), subject=subject, attribute="purpose", written=written, source=first
        )
    tag = envelope.octets[envelope.payload_start] if envelope.payload_end > envelope.payload_start else -1
    if envelope.purpose and ELECTRICITY.get(tag, envelope.purpose) != envelope.purpose:
        article = "an" if envelope.purpose == "alert" else "a"
        record.problem(
            Problem(
                PURPOSE_AND_PAYLOAD,
                f"the header announces {article} {envelope.purpose}, and the payload is {APDUS[tag]} "
                f"(0x{tag:02X}), that of {'an alert' if tag == NOTIFICATION else f'a {ELECTRICITY[tag]}'}",
            ),
            subject=subject,
            attribute="purpose",
            written=written,
            source=first,
            meaning=envelope.purpose,
        )
    if use_case is not None:
        _judge_use_case(envelope, use_case, context, record)
    at = certificate_at(envelope)
    if at is not None:
        from gbcscheck.device.asn1.certificates import judge_certificate_of_header

        record.depth = 1
        judge_certificate_of_header(envelope, at, subject, record)
        record.depth = 0
    date_time = envelope.date_time
    if date_time.octets and (why := _no_date_time(date_time.octets)):
        value = f"0x{date_time.octets.hex().upper()}"
        record.problem(
            Problem(HEADER_DATE_TIME, f"{value} in the header is no date-time: {why}"),
            subject=subject,
            attribute="date-time",
            written=value,
            source=_place(date_time),
        )


def _no_date_time(octets: bytes) -> str:
    """Why octets are no date-time of COSEM; empty where they are one."""
    instant = DateTimeValue.from_octets(octets)
    is_one = cosem_date_time().contains(instant)
    return no_such_day(instant) or ("" if is_one else "a part of it is out of its range")


def _judge_use_case(envelope: Envelope, use_case: UseCase, context: Context, record: FileRecord) -> None:
    """The purpose against the message type, and the target against the device type that the user named."""
    code = f"0x{envelope.message_code:04X}"
    place = octets_source(envelope.other_information.offset, 2)
    kind = use_case.stated("message-type")
    purposes = TYPES.get(str(kind.value)[:5], ()) if kind is not None else ()
    if kind is not None and purposes and envelope.purpose and envelope.purpose not in purposes:
        message = (
            f"the header announces {'an alert' if envelope.purpose == 'alert' else f'a {envelope.purpose}'}, and the "
            f"message code {code} is that of {use_case.name}, whose message type {kind.value} is for "
            f"{' and '.join(f'{purpose}s' for purpose in purposes)}"
        )
        record.problem(
            Problem(PURPOSE_AND_USE_CASE, message, (kind,)),
            subject=use_case.name,
            attribute="message-code",
            written=code,
            source=place,
        )
    wanted = context.choices.device_type
    target = use_case.stated("target") if wanted else None
    if target is not None and names_another(str(target.value), wanted):
        message = f"{use_case.name} is a use case of {target.value}, and the files are those of {wanted}"
        record.problem(
            Problem(OTHER_DEVICE, message, (target,)),
            subject=use_case.name,
            attribute="message-code",
            written=code,
            source=place,
        )
