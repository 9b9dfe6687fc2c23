"""A-XDR without a message around it: one attribute's value, or the payload of a message whose use case is known."""

from __future__ import annotations

import re

from gbcscheck.cosem.access import NOTIFICATION, REQUEST, RESPONSE, read_payload
from gbcscheck.cosem.axdr import Data, read_data
from gbcscheck.cosem.envelope import PURPOSES, Envelope, Field
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device.context import Context
from gbcscheck.device.message import GAS_PROFILE, payload_problem
from gbcscheck.device.model import FileRecord
from gbcscheck.device.plain_payload import tell_data
from gbcscheck.device.results import judged
from gbcscheck.device.use_cases import UseCase
from gbcscheck.errors import UsageError
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.obis import logical_name

DLMS_TAGS = tuple(bytes((tag,)) for tag in (REQUEST, RESPONSE, NOTIFICATION))
LOGICAL_NAME_POINTS = 5
_MEMBER = re.compile(r"(?:attribute |method )?[1-9]\d{0,2}")


def check_choices(context: Context) -> None:
    """Raise UsageError where an object, a member or a use case that the user named is none."""
    choices = context.choices
    if choices.object:
        _object(choices.object)
    if choices.member and not _MEMBER.fullmatch(choices.member):
        raise UsageError(f'"{choices.member}" is no attribute; a number from 1 was expected')
    if choices.use_case:
        _use_case(context)


def judge_attribute_octets(octets: bytes, context: Context, record: FileRecord) -> JudgedFile:
    """One attribute's value; OctetsError where it cannot be decoded."""
    from gbcscheck.device.electricity.calendars import Calendars
    from gbcscheck.device.electricity.judge import judge_attribute
    from gbcscheck.device.electricity.value import HELD, MessageOctets, Walk
    from gbcscheck.device.items.judge import item_judge

    choices = context.choices
    class_id, name = _object(choices.object)
    data = _one_value(octets)
    member = choices.member or "attribute 2"
    places, calendars = MessageOctets(octets), Calendars()
    reason = judge_attribute(context, class_id, name, member, data, places, record, calendars)
    calendars.judge(Walk(places, HELD, item_judge(context.catalogue), record))
    if reason:
        tell_data(data, "value", record)
    judged_as = "" if reason else f"GBCS {next(iter(context.versions), '')}".strip()
    return judged(record.path, "axdr", reason, octets, record, None, judged_as)


def judge_payload_octets(octets: bytes, context: Context, record: FileRecord) -> JudgedFile:
    """A payload of the use case that the user named, or the decrypted contents of one; OctetsError where it cannot be
    decoded."""
    from gbcscheck.device.electricity.judge import judge_payload, judge_protected
    from gbcscheck.device.electricity.value import MessageOctets

    use_case = _use_case(context)
    if octets.startswith(GAS_PROFILE):
        reason = _judge_gas_payload(octets, use_case, context, record)
    elif octets[:1] in DLMS_TAGS:
        payload = read_payload(octets)
        reason = judge_payload(octets, payload, use_case, context, record)
        payload_problem(payload.end, len(octets), octets, use_case.name, record)
    else:
        data = _one_value(octets)
        reason = judge_protected(use_case, context, data, MessageOctets(octets), record)
        if reason:
            tell_data(data, "value", record)
    return judged(record.path, "axdr", reason, octets, record, use_case)


def _judge_gas_payload(octets: bytes, use_case: UseCase, context: Context, record: FileRecord) -> str:
    """A GBZ payload does not say whether it is that of a command, a response or an alert: it is judged as the one of
    which it breaks the fewest rules."""
    from gbcscheck.device.gas.judge import judge_gas

    best: tuple[str, FileRecord] | None = None
    for purpose in PURPOSES:
        house = record.house.another() if record.house is not None else None
        tried = FileRecord(record.path, tree=record.tree, house=house)
        try:
            reason = judge_gas(_enveloped(octets, purpose), use_case, context, tried)
        except OctetsError:
            continue
        if best is None or (bool(reason), len(tried.findings)) < (bool(best[0]), len(best[1].findings)):
            best = reason, tried
    if best is None:
        raise OctetsError("the octets end where a component of a GBZ payload was expected", len(octets))
    record.entries, record.findings, record.values = best[1].entries, best[1].findings, best[1].values
    record.house = best[1].house
    return best[0]


def _enveloped(octets: bytes, purpose: int) -> Envelope:
    """A payload alone, as the judges of messages take it."""
    none = Field(b"", 0)
    transaction = Field(bytes((purpose,)) + bytes(8), 0)
    return Envelope(octets, False, transaction, none, none, none, Field(bytes(2), 0), 0, len(octets), none, none)


def _one_value(octets: bytes) -> Data:
    data = read_data(octets)
    if data.length != len(octets):
        raise OctetsError(f"{len(octets) - data.length} octets follow the value", data.length)
    return data


def _object(text: str) -> tuple[int | None, bytes]:
    """Class, if one is named before a slash (``10/0-0:12.0.0.255``), and logical name."""
    class_id, slash, name = text.rpartition("/")
    if slash and not class_id.isdigit():
        raise UsageError(f'"{class_id}" in --object is no class; a number was expected')
    if name.count(".") == LOGICAL_NAME_POINTS:  # six numbers with points between, as many tools write it
        a, b, rest = name.split(".", 2)
        name = f"{a}-{b}:{rest}"
    try:
        return int(class_id) if slash else None, logical_name(name)
    except NotationError:
        raise UsageError(f'"{name}" in --object is no logical name; one like 0-0:12.0.0.255 was expected') from None


def _use_case(context: Context) -> UseCase:
    wanted = context.choices.use_case
    found = context.use_cases.called(wanted)
    if found is None:
        raise UsageError(f'no use case is called "{wanted}" in GBCS {" or ".join(context.versions)}')
    return found
