"""One GBCS message: what its envelope says, whether that can be so, and which judge its payload goes to."""

from __future__ import annotations

from collections.abc import Callable

from gbcscheck.cosem.access import NOTIFICATION, REQUEST, RESPONSE, Notification, read_payload
from gbcscheck.cosem.axdr import OCTET_STRING, Data
from gbcscheck.cosem.envelope import MAC_HEADER, SECURITY_CONTROL, Envelope, Field, read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.cosem.lengths import read_length
from gbcscheck.device import asn1
from gbcscheck.device.context import Context
from gbcscheck.device.device_types import names_another
from gbcscheck.device.future_dated import Detail, detail_of
from gbcscheck.device.message_rules import (
    HEADER_DATE_TIME,
    OCTETS_BEHIND,
    OTHER_DEVICE,
    PURPOSE_AND_PAYLOAD,
    PURPOSE_AND_USE_CASE,
    UNKNOWN_PURPOSE,
)
from gbcscheck.device.model import FileRecord, Problem, octets_source
from gbcscheck.device.plain_payload import tell_payload
from gbcscheck.device.results import judged, unread
from gbcscheck.device.use_cases import UseCase
from gbcscheck.domains import DateTimeValue, cosem_date_time
from gbcscheck.domains.cosem_calendar import no_such_day
from gbcscheck.domains.cosem_words import AT_ONCE
from gbcscheck.model.device_files import WRONG, JudgedFile

ELECTRICITY = {REQUEST: "command", RESPONSE: "response", NOTIFICATION: "alert"}
"""First octets of DLMS payloads, and the purpose of the message that carries them."""
APDUS = {REQUEST: "an access-request", RESPONSE: "an access-response", NOTIFICATION: "a data-notification"}
ENCRYPTED = 0x20
"""Bit of the security control of general-ciphering that says so (IEC 62056-5-3, security control byte)."""
GAS_PROFILE = b"\x01\x09"
"""First octets of a GBZ payload (GBCS section 7.2.11)."""
TYPES = {"SME.C": ("command", "response"), "SME.A": ("alert",)}
"""Beginnings of message types and the purposes that go with them; what begins otherwise is not told apart."""


def judge_message(path: str, octets: bytes, context: Context, *, tree: bool = True) -> JudgedFile:
    """One message, judged under the newest table that has its message code; with ``tree`` its values are told, else
    only counted."""
    try:
        envelope = read_envelope(octets)
    except OctetsError as error:
        control = _encrypting(octets)
        if control:
            reason = f"the message is encrypted (security control 0x{control:02X}), and nothing is decrypted here"
            return judged(path, "message", reason, octets, FileRecord(path), None)
        return unread(path, "message", str(error), octets)
    record = context.record(path, tree=tree)
    use_case = context.use_cases.get(envelope.message_code)
    if tree:
        head(envelope, use_case, record)
    _judge_head(envelope, use_case, context, record)
    if tree:
        record.branch("payload", octets_source(envelope.payload_start, envelope.payload_end - envelope.payload_start))
    record.depth += 1
    detail = detail_of(envelope.message_code, context, record) if use_case is None else None
    try:
        reason = _judge_payload(envelope, use_case, context, record, detail)
    except OctetsError as error:
        return unread(path, "message", f"the payload cannot be decoded: {error}", octets, record, use_case)
    record.depth = 0
    if tree:
        _tail(envelope, record)
    if detail is not None:
        return judged(path, "message", detail.reason, octets, record, detail.use_case)
    return judged(path, "message", reason, octets, record, use_case)


def _encrypting(octets: bytes) -> int:
    """The security control of a message whose MAC header says that what follows is encrypted; 0 otherwise."""
    if not octets.startswith(bytes((MAC_HEADER, 0, 0, 0, 0, 0, 0))):
        return 0
    try:
        length, at = read_length(octets, 7, len(octets))
    except OctetsError:
        return 0
    whole = length == len(octets) - at and length > 0
    return octets[at] if whole and octets[at] & ENCRYPTED else 0


# --- the header ------------------------------------------------------------------------------------------------------


def head(envelope: Envelope, use_case: UseCase | None, record: FileRecord) -> None:
    """What stands before the payload, as facts."""
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
    told = f"{use_case.name} {use_case.fact('title')}" if use_case else "in no table"
    record.fact("message code", f"0x{envelope.message_code:04X} {told}", octets_source(offset, 2))
    at = 2
    for label in ("supplementary remote party", "supplementary remote party's counter", "supplementary counter"):
        if len(other) < at + 8:
            break
        part = Field(other[at : at + 8], offset + at)
        record.fact(label, part.number if "counter" in label else _identifier(part), _place(part))
        at += 8
    if len(other) > at:
        record.fact("further information", f"{len(other) - at} octets", octets_source(offset + at, len(other) - at))
    record.depth = 0


def _tail(envelope: Envelope, record: FileRecord) -> None:
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


def _judge_head(envelope: Envelope, use_case: UseCase | None, context: Context, record: FileRecord) -> None:
    subject = use_case.name if use_case else f"message code 0x{envelope.message_code:04X}"
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
    date_time = envelope.date_time
    instant = DateTimeValue.from_octets(date_time.octets) if date_time.octets else AT_ONCE
    why = no_such_day(instant) if cosem_date_time().contains(instant) else "a part of it is out of its range"
    if why:
        value = f"0x{date_time.octets.hex().upper()}"
        record.problem(
            Problem(HEADER_DATE_TIME, f"{value} in the header is no date-time: {why}"),
            subject=subject,
            attribute="date-time",
            written=value,
            source=_place(date_time),
        )


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


# --- the payload -----------------------------------------------------------------------------------------------------


def _judge_payload(
    envelope: Envelope, use_case: UseCase | None, context: Context, record: FileRecord, detail: Detail | None
) -> str:
    """Hand the payload to its judge; the reason where there is none. OctetsError where it cannot be decoded."""
    start = envelope.octets[envelope.payload_start : min(envelope.payload_end, envelope.payload_start + 2)]
    if not start:
        return "the payload is empty"
    if start[0] not in ELECTRICITY:
        from gbcscheck.device.gas.judge import has_layout, judge_gas

        if start == GAS_PROFILE or (use_case is not None and has_layout(use_case)):
            return judge_gas(envelope, use_case, context, record, _of_gas(envelope, detail))
        if start[0] in asn1.TAGS:
            subject = use_case.name if use_case else f"message code 0x{envelope.message_code:04X}"
            end = asn1.tell_asn1(envelope, subject, record)
            payload_problem(end, envelope.payload_end, envelope.octets, subject, record)
            return asn1.REASON
        return _payload_reason(start[0])
    payload = read_payload(envelope.octets, envelope.payload_start, envelope.payload_end)
    reason = f"no table at hand has a use case with the message code 0x{envelope.message_code:04X}"
    if use_case is None and isinstance(payload, Notification):
        _judge_unlisted_alert(envelope, payload, context, record, detail)
    elif use_case is None:
        tell_payload(payload, record)
    else:
        from gbcscheck.device.electricity.judge import judge_payload

        reason = judge_payload(envelope.octets, payload, use_case, context, record)
        if reason:
            tell_payload(payload, record)
    subject = use_case.name if use_case else f"message code 0x{envelope.message_code:04X}"
    payload_problem(payload.end, envelope.payload_end, envelope.octets, subject, record)
    return reason


def _of_gas(envelope: Envelope, detail: Detail | None) -> Callable[[int, int], bool] | None:
    """What judges the octets behind the time of a gas alert, which begin with their number."""
    if detail is None:
        return None

    def judge(at: int, end: int) -> bool:
        length, start = read_length(envelope.octets, at, end)
        if length != end - start:
            return False
        detail.judge(envelope.octets, start, end, f"message code 0x{envelope.message_code:04X}")
        return True

    return judge


def _judge_unlisted_alert(
    envelope: Envelope, payload: Notification, context: Context, record: FileRecord, detail: Detail | None
) -> None:
    """What can be judged of an alert whose message code is in no table: its alert code, its time stamp, and the detail
    of a command with a time of its own."""
    from gbcscheck.device.electricity.alert import judge_alert
    from gbcscheck.device.electricity.value import READ, MessageOctets, Walk
    from gbcscheck.device.items.judge import item_judge

    walk = Walk(MessageOctets(envelope.octets), READ, item_judge(context.catalogue), record)
    subject = f"message code 0x{envelope.message_code:04X}"

    def judge(data: Data) -> bool:
        if detail is None or data.tag != OCTET_STRING or not isinstance(data.value, bytes):
            return False
        end = data.offset + data.length
        detail.judge(envelope.octets, end - len(data.value), end, subject)
        return True

    judge_alert(payload, None, context.catalogue, subject, walk, judge)


def payload_problem(end: int, expected: int, octets: bytes, subject: str, record: FileRecord) -> None:
    """A finding where a payload ends before the end that the header gives it."""
    if end == expected:
        return
    count = expected - end
    source = octets_source(end, count)
    written = octets[end : min(expected, end + 40)].hex(" ").upper()
    record.leaf("behind the payload", f"{count} octet{'s'[: count != 1]}", subject, WRONG, source)
    message = f"{count} octet{'s'[: count != 1]} behind the end of the payload's own content"
    record.problem(Problem(OCTETS_BEHIND, message), subject=subject, attribute="length", written=written, source=source)


def _payload_reason(first: int) -> str:
    """Why a payload is not judged, by its first octet."""
    return f"the payload begins with 0x{first:02X}; those of DLMS (0xD9, 0xDA, 0x0F) and of GBZ (0x0109) are judged"
