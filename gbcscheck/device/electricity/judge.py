"""Electricity messages judged: payloads, decrypted contents, and the values of single attributes."""

from __future__ import annotations

from gbcscheck.cosem.access import Notification, Payload, Request
from gbcscheck.cosem.axdr import Data
from gbcscheck.device.context import Context
from gbcscheck.device.electricity.alert import judge_alert
from gbcscheck.device.electricity.calendars import Calendars
from gbcscheck.device.electricity.request import RequestJudge
from gbcscheck.device.electricity.response import ResponseJudge
from gbcscheck.device.electricity.rows import Group, rows_of
from gbcscheck.device.electricity.value import HELD, READ, MessageOctets, Places, Walk
from gbcscheck.device.items.judge import item_judge
from gbcscheck.device.model import FileRecord
from gbcscheck.device.use_cases import UseCase
from gbcscheck.notation.obis import object_name


def judge_payload(octets: bytes, payload: Payload, use_case: UseCase, context: Context, record: FileRecord) -> str:
    """Judge the decoded payload of a message; the reason why it is not judged where its use case has no DLMS rows."""
    rows = rows_of(use_case.name, use_case.catalogue)
    if isinstance(payload, Notification):
        walk = Walk(MessageOctets(octets), READ, item_judge(context.catalogue), record)
        judge_alert(payload, rows, context.catalogue, use_case.name, walk)
        return ""
    if not rows.groups:
        return f"{use_case.name} has no DLMS rows in GBCS {use_case.version}"
    if isinstance(payload, Request):
        RequestJudge(octets, rows, context, record).request(payload)
    else:
        ResponseJudge(octets, rows, context, record).response(payload)
    return ""


def judge_attribute(
    context: Context,
    class_id: int | None,
    name: bytes,
    member: str,
    data: Data,
    places: Places,
    record: FileRecord,
    calendars: Calendars | None = None,
) -> str:
    """Judge one attribute's value by a use case that carries it, one that reads it where there is one: a constant of a
    command that sets is then held against the value as a fact of the data item. The reason where none carries it.

    ``name`` is the logical name, six octets; ``places`` tells where values stand; ``calendars`` takes what is part of a
    calendar, to be judged as a whole.
    """
    group = _carrying(context, class_id, name, member)
    if group is not None:
        assert group.value is not None
        walk = Walk(places, HELD, item_judge(context.catalogue), record, context.choices.variant)
        walk.value(group.value, data, group.value.name, group.leaves[0].subject)
        if calendars is not None:
            calendars.take(group, data)
        return ""
    named = f"{object_name(name)} {member}" + (f" of class {class_id}" if class_id is not None else "")
    return f"no use case table speaks of {named}"


def _carrying(context: Context, class_id: int | None, name: bytes, member: str) -> Group | None:
    """The rows of the first use case that reads an attribute, else of the first that carries it; None where none
    does. Versions of GBCS after that of the first that reads it are not looked at."""
    first: Group | None = None
    for use_case in context.use_cases.values():
        rows = rows_of(use_case.name, use_case.catalogue)
        for group in (*rows.groups, *rows.protected):
            if (group.name, group.member) != (name, member) or class_id not in (None, group.class_id):
                continue
            if group.value is not None and not group.is_method:
                if use_case.fact("direction") == "Read":
                    return group
                first = first or group
    return first


def judge_protected(use_case: UseCase, context: Context, data: Data, places: Places, record: FileRecord) -> str:
    """Judge the decrypted contents of what a use case's class 30 object protects: the value of its one protected
    attribute, or a structure of the values of all; the reason where it protects none, or another number of them."""
    protected = rows_of(use_case.name, use_case.catalogue).protected
    if not protected:
        return f"{use_case.name} protects no attribute; a payload (0xD9, 0xDA or 0x0F first) was expected"
    values = (data,) if len(protected) == 1 else data.members
    if len(values) != len(protected):
        return f"{use_case.name} protects {len(protected)} attributes, and {len(values)} values were found"
    walk = Walk(places, READ, item_judge(context.catalogue), record, context.choices.variant)
    calendars = Calendars()
    for group, value in zip(protected, values, strict=True):
        assert group.value is not None
        walk.value(group.value, value, group.item, group.leaves[0].subject)
        calendars.take(group, value)
    calendars.judge(walk)
    return ""
