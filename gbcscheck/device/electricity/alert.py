"""Alerts of electricity devices: alert code, time stamp, and what the use case's rows say of the rest."""

from __future__ import annotations

from collections.abc import Callable

from gbcscheck.cosem.access import Notification
from gbcscheck.cosem.axdr import OCTET_STRING, STRUCTURE, Data
from gbcscheck.device.electricity.leaf import value_of
from gbcscheck.device.electricity.rows import Rows, ValueShape
from gbcscheck.device.electricity.rules import COUNT, INSTANT, TYPE
from gbcscheck.device.electricity.value import Walk
from gbcscheck.device.message_rules import ALERT_CODE
from gbcscheck.device.model import Problem, octets_source
from gbcscheck.domains import cosem_date_time
from gbcscheck.domains.cosem_calendar import no_such_day
from gbcscheck.model.device_files import FITS, OPEN, WRONG
from gbcscheck.release.catalogue import Catalogue

LONG_UNSIGNED = 18
CONTENTS = {
    0x0110: "device",
    0x00CE: "calculated hash of the image",
    0x00D5: "message that was not delivered",
    0x00F0: "integrity issues",
}
"""What stands behind the time stamp of alerts that no table has, by message code, as a public parser and published
messages show (SmartDCCInnovation/gbcs-parser, Reference Test Data Set 4.5.0): told, and open."""


def judge_alert(
    payload: Notification,
    rows: Rows | None,
    codes: Catalogue,
    subject: str,
    walk: Walk,
    detail: Callable[[Data], bool] | None = None,
    contents: str = "",
) -> None:
    """Judge the body of an alert: a structure of the alert code, a time stamp, and what the use case says of the rest.

    ``rows`` is None where no table has the message code: what follows the time stamp is open then, unless ``detail``
    says of a value that it has judged it; ``contents`` is what the one value behind it is then called.
    """
    body = payload.body
    if body.tag != STRUCTURE or len(body.members) < 2:
        problem = Problem(COUNT, f"{body.type_name} where a structure that begins with an alert code is expected")
        walk.problem(problem, body, subject, "body")
        walk.open(body, "body", subject)
        return
    record = walk.record
    record.branch("alert", octets_source(body.offset, body.length), body, subject)
    record.depth += 1
    code, stamp, *rest = body.members
    leaves = [leaf for group in rows.notified for leaf in group.leaves] if rows else []
    _code(code, codes, subject, walk)
    _stamp(stamp, subject, walk)
    if leaves and len(rest) != len(leaves):
        names = ", ".join(leaf.name for leaf in leaves)
        message = f"{len(rest)} values behind the time stamp where {len(leaves)} are expected: {names}"
        problem = Problem(COUNT, message, tuple(s for leaf in leaves for s in leaf.statements("type")))
        walk.problem(problem, body, subject, "count")
    for number, member in enumerate(rest):
        if len(rest) == len(leaves):
            walk.value(ValueShape(leaves[number].name, leaves[number]), member, leaves[number].name, subject)
        elif detail is None or not detail(member):
            walk.open(member, contents if contents and len(rest) == 1 else f"[{number + 3}]", subject)
    record.depth -= 1


def _code(data: Data, codes: Catalogue, subject: str, walk: Walk) -> None:
    known = False
    shown: object = data
    if data.tag != LONG_UNSIGNED or not isinstance(data.value, int):
        problem = Problem(TYPE, f"{data.type_name} where an alert code (long-unsigned) is expected")
        walk.problem(problem, data, subject, "alert code")
    else:
        named = f"0x{data.value:04X}"
        name = codes.first(named, "name")
        known = bool(codes.about(named))
        shown = f"{named} {name.value}" if name is not None else named
        if not known:
            message = f"{named} is not in the list of event and alert codes"
            walk.problem(Problem(ALERT_CODE, message), data, subject, "alert code")
    verdict = FITS if known else OPEN if data.tag == LONG_UNSIGNED else WRONG
    source = octets_source(data.offset, data.length)
    walk.record.leaf("alert code", shown, subject, verdict, source, "in the list of event and alert codes")


def _stamp(data: Data, subject: str, walk: Walk) -> None:
    fits = False
    shown: object = data
    if data.tag != OCTET_STRING or data.length != 14:
        problem = Problem(TYPE, f"{data.type_name} where a time stamp (octet-string of 12) is expected")
        walk.problem(problem, data, subject, "time stamp")
    else:
        instant = value_of(data, "date-time")
        is_one = cosem_date_time().contains(instant)
        why = no_such_day(instant) or ("" if is_one else "a part of it is out of its range")
        fits, shown = not why, instant
        if why:
            problem = Problem(INSTANT, f"the time stamp is no date-time of COSEM: {why}")
            walk.problem(problem, data, subject, "time stamp")
    verdict = FITS if fits else WRONG
    source = octets_source(data.offset, data.length)
    walk.record.leaf("time stamp", shown, subject, verdict, source, "a legal COSEM date-time")
