"""One GBCS message: what its envelope says, whether that can be so, and which judge its payload goes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gbcscheck.cosem.access import Notification, read_payload
from gbcscheck.cosem.axdr import OCTET_STRING, Data
from gbcscheck.cosem.envelope import MAC_HEADER, Envelope, read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.cosem.lengths import read_length
from gbcscheck.device.context import Context
from gbcscheck.device.future_dated import CODE_SIZE, SIZES, Detail, detail_of
from gbcscheck.device.message_head import ELECTRICITY, head, judge_head, tail
from gbcscheck.device.message_rules import OCTETS_BEHIND
from gbcscheck.device.model import FileRecord, Problem, octets_source
from gbcscheck.device.results import ALERT_ALONE, Verdict, judged, unread
from gbcscheck.device.use_cases import UseCase
from gbcscheck.model.device_files import WRONG, JudgedFile

ENCRYPTED = 0x20
"""Bit of the security control of general-ciphering that says so (IEC 62056-5-3, security control byte)."""
GAS_PROFILE = b"\x01\x09"
"""First octets of a GBZ payload (GBCS section 7.2.11)."""
ALERT_HEAD = 6
"""Octets of the alert code and the time stamp of a GBZ alert."""


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
    listed = use_case.name if use_case is not None else context.listed(envelope.message_code)
    wanted = context.choices.use_case
    if wanted and envelope.message_code not in SIZES:
        from gbcscheck.device.asn1.judge import is_asn1

        named = context.use_cases.called(wanted)
        if use_case is None and named is not None and not is_asn1(envelope):
            use_case, listed = named, named.name
        elif listed.casefold() != wanted.casefold():
            return unread(path, "message", another_use_case(envelope, listed, wanted), octets)
    name = listed or f"message code 0x{envelope.message_code:04X}"
    if tree:
        head(envelope, use_case, listed, record)
    judge_head(envelope, use_case, name, context, record)
    if tree:
        record.branch("payload", octets_source(envelope.payload_start, envelope.payload_end - envelope.payload_start))
    record.depth += 1
    detail = detail_of(envelope.message_code, context, record) if use_case is None else None
    try:
        verdict = _judge_payload(envelope, use_case, name, context, record, detail)
    except OctetsError as error:
        return unread(path, "message", f"the payload cannot be decoded: {error}", octets, record, use_case)
    record.depth = 0
    if tree:
        tail(envelope, record)
    if detail is not None:
        of_command = detail.use_case
        if wanted and (of_command is None or of_command.name.casefold() != wanted.casefold()):
            return unread(
                path, "message", another_use_case(envelope, of_command.name if of_command else "", wanted), octets
            )
        return judged(path, "message", detail.reason, octets, record, of_command)
    told = judged(path, "message", verdict.reason, octets, record, use_case, verdict.judged_as)
    return replace(told, use_case=listed, basis=verdict.basis) if verdict.basis or not use_case else told


def another_use_case(envelope: Envelope, name: str, wanted: str) -> str:
    """Why a message is not judged as the use case that the user named."""
    code = f"message code 0x{envelope.message_code:04X}"
    return f"--use-case says {wanted}, and the message is one of {f'{name} ({code})' if name else code}"


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


# --- the payload -----------------------------------------------------------------------------------------------------


def _judge_payload(
    envelope: Envelope, use_case: UseCase | None, name: str, context: Context, record: FileRecord, detail: Detail | None
) -> Verdict:
    """Hand the payload to its judge; ``name`` is that of the use case. OctetsError where it cannot be decoded."""
    start = envelope.octets[envelope.payload_start : min(envelope.payload_end, envelope.payload_start + 2)]
    if not start:
        return Verdict("the payload is empty")
    if start[0] in ELECTRICITY:
        return _judge_electricity(envelope, use_case, name, context, record, detail)
    from gbcscheck.device.gas.judge import has_layout, judge_gas

    if start == GAS_PROFILE or (use_case is not None and has_layout(use_case)):
        reason = judge_gas(envelope, use_case, context, record, _of_gas(envelope, name, detail))
        return _unlisted_alert(context) if use_case is None and not reason else Verdict(reason)
    from gbcscheck.device.asn1.judge import TAGS, is_asn1, judge_asn1

    if start[0] in TAGS or is_asn1(envelope):
        verdict, end = judge_asn1(envelope, name, context.catalogue, record)
        payload_problem(end, envelope.payload_end, envelope.octets, name, record)
        return verdict
    return Verdict(_payload_reason(start[0]))


def _judge_electricity(
    envelope: Envelope, use_case: UseCase | None, name: str, context: Context, record: FileRecord, detail: Detail | None
) -> Verdict:
    """The payload of an electricity message: by the rows of its use case, else object by object."""
    octets = envelope.octets
    payload = read_payload(octets, envelope.payload_start, envelope.payload_end)
    if isinstance(payload, Notification) and use_case is None:
        verdict = _judge_unlisted_alert(envelope, payload, name, context, record, detail)
    elif isinstance(payload, Notification) or (use_case is not None and _has_rows(use_case)):
        from gbcscheck.device.electricity.judge import judge_payload

        assert use_case is not None
        verdict = Verdict(judge_payload(octets, payload, use_case, context, record))
    else:
        from gbcscheck.device.electricity.objects import judge_objects

        verdict = judge_objects(octets, payload, name, context, record)
    payload_problem(payload.end, envelope.payload_end, octets, name, record)
    return verdict


def _has_rows(use_case: UseCase) -> bool:
    from gbcscheck.device.electricity.rows import rows_of

    return bool(rows_of(use_case.name, use_case.catalogue).groups)


def _of_gas(envelope: Envelope, name: str, detail: Detail | None) -> Callable[[int, int], bool] | None:
    """What judges the octets behind the time of a gas alert, which begin with their number."""
    if detail is None:
        return None

    def judge(at: int, end: int) -> bool:
        length, start = read_length(envelope.octets, at, end)
        if length != end - start:
            return False
        detail.of_alert(envelope.octets, at - ALERT_HEAD, name)
        detail.judge(envelope.octets, start, end, name)
        return True

    return judge


def _judge_unlisted_alert(
    envelope: Envelope, payload: Notification, name: str, context: Context, record: FileRecord, detail: Detail | None
) -> Verdict:
    """What can be judged of an alert whose message code is in no table: its alert code, its time stamp, and the detail
    of a command with a time of its own."""
    from gbcscheck.device.electricity.alert import CONTENTS, LONG_UNSIGNED, judge_alert
    from gbcscheck.device.electricity.value import READ, MessageOctets, Walk
    from gbcscheck.device.items.judge import item_judge

    walk = Walk(MessageOctets(envelope.octets), READ, item_judge(context.catalogue), record)

    def judge(data: Data) -> bool:
        if detail is None or data.tag != OCTET_STRING or not isinstance(data.value, bytes):
            return False
        end, code = data.offset + data.length, payload.body.members[0]
        if code.tag == LONG_UNSIGNED:
            detail.of_alert(envelope.octets, code.offset + code.length - CODE_SIZE, name)
        detail.judge(envelope.octets, end - len(data.value), end, name)
        return True

    judge_alert(payload, None, context.catalogue, name, walk, judge, CONTENTS.get(envelope.message_code, ""))
    return _unlisted_alert(context)


def _unlisted_alert(context: Context) -> Verdict:
    return Verdict("", f"release {context.catalogue.release.name}", ALERT_ALONE)


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
