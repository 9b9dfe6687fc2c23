"""The payload of a GBCS message for electricity: access-request, access-response, and the notification of an alert.

The xDLMS APDUs of IEC 62056-5-3 in A-XDR, as GBCS section 7.2.9 and 7.2.10 use them.
"""

from __future__ import annotations

from typing import NamedTuple

from gbcscheck.cosem.axdr import Budget, Data, read_data
from gbcscheck.cosem.errors import OctetsError, left, plural
from gbcscheck.cosem.lengths import read_length, read_string

REQUEST, RESPONSE, NOTIFICATION = 0xD9, 0xDA, 0x0F
"""First octets of the three APDUs."""

CHOICES = {1: "get", 2: "set", 3: "action", 4: "get with selection", 5: "set with selection"}
"""Kinds of access by their choice tag; the last two carry a selector and its parameters."""

RESULTS = {
    0: "success",
    1: "hardware-fault",
    2: "temporary-failure",
    3: "read-write-denied",
    4: "object-undefined",
    9: "object-class-inconsistent",
    11: "object-unavailable",
    12: "type-unmatched",
    13: "scope-of-access-violated",
    14: "data-block-unavailable",
    15: "long-get-aborted",
    16: "no-long-get-in-progress",
    17: "long-set-aborted",
    18: "no-long-set-in-progress",
    19: "data-block-number-invalid",
    250: "other-reason",
}
"""Results of an access (IEC 62056-5-3, Data-Access-Result and Action-Result)."""


_MEMBERS = {kind: tuple(f"{kind} {number}" for number in range(256)) for kind in ("attribute", "method")}
"""Every attribute and every method by its number, in the words of GBCS's tables: each text is made once."""


class Selection(NamedTuple):
    """Selective access: the selector and its parameters."""

    selector: int
    parameters: Data


class Access(NamedTuple):
    """One access: ``choice`` as in ``CHOICES``, class, logical name (six octets), attribute or method number; its own
    place in the octets."""

    choice: int
    class_id: int
    name: bytes
    number: int
    selection: Selection | None
    offset: int
    length: int

    @property
    def member(self) -> str:
        """``attribute 2`` or ``method 1``, as the tables of GBCS say it."""
        return _MEMBERS["method" if self.choice == 3 else "attribute"][self.number]


class Result(NamedTuple):
    """What came of one access: choice tag (get, set, action) and result; its place in the octets."""

    choice: int
    result: int
    offset: int


class Request(NamedTuple):
    """An access-request: the identifier and priority (four octets), the accesses and the data of each."""

    invoke_id: bytes
    date_time: bytes
    accesses: tuple[Access, ...]
    data: tuple[Data, ...]
    end: int


class Response(NamedTuple):
    """An access-response: data and result of each access; ``accesses`` where the response repeats them."""

    invoke_id: bytes
    date_time: bytes
    accesses: tuple[Access, ...] | None
    data: tuple[Data, ...]
    results: tuple[Result, ...]
    end: int


class Notification(NamedTuple):
    """A data-notification, the payload of an alert: its body is one value."""

    invoke_id: bytes
    date_time: bytes
    body: Data
    end: int


Payload = Request | Response | Notification


def read_payload(octets: bytes, at: int = 0, end: int | None = None) -> Payload:
    """The APDU at ``at``; it ends at its ``end``, before which nothing may be missing. OctetsError otherwise."""
    end = len(octets) if end is None else end
    if at >= end or octets[at] not in (REQUEST, RESPONSE, NOTIFICATION):
        found = f"0x{octets[at]:02X}" if at < end else "nothing"
        raise OctetsError(
            f"{found} begins no payload; 0xD9 (access-request), 0xDA (access-response) or 0x0F (data-notification) "
            "was expected",
            at,
        )
    tag = octets[at]
    budget = Budget(end - at)
    if end - at < 5:
        raise OctetsError("the octets end in the identifier and priority of the payload", at + 1)
    invoke_id = octets[at + 1 : at + 5]
    date_time, here = read_string(octets, at + 5, end, "the date-time", (0, 12))
    if tag == NOTIFICATION:
        body = read_data(octets, here, end, budget=budget)
        return Notification(invoke_id, date_time, body, body.offset + body.length)
    if tag == REQUEST:
        accesses, here = _read_accesses(octets, here, end, budget)
        data, here = _read_list(octets, here, end, budget)
        return Request(invoke_id, date_time, accesses, data, here)
    repeated: tuple[Access, ...] | None = None
    if here >= end or octets[here] > 1:
        raise OctetsError("0x00 or 0x01 (whether the accesses are repeated) was expected", here)
    if octets[here]:
        repeated, here = _read_accesses(octets, here + 1, end, budget)
    else:
        here += 1
    data, here = _read_list(octets, here, end, budget)
    results, here = _read_results(octets, here, end)
    return Response(invoke_id, date_time, repeated, data, results, here)


def _read_accesses(octets: bytes, at: int, end: int, budget: Budget) -> tuple[tuple[Access, ...], int]:
    count, at = _count(octets, at, end, 10, "access request")
    accesses = []
    for _ in range(count):
        if end - at < 10:
            raise OctetsError(f"an access of at least 10 octets was expected, {left(end - at)}", at)
        choice = octets[at]
        if choice not in CHOICES:
            raise OctetsError(f"0x{choice:02X} is no kind of access; 1 to 5 was expected", at)
        stop, selection = at + 10, None
        if choice > 3:
            if stop >= end:
                raise OctetsError("the octets end where a selector was expected", stop)
            parameters = read_data(octets, stop + 1, end, budget=budget)
            selection = Selection(octets[stop], parameters)
            stop = parameters.offset + parameters.length
        class_id = int.from_bytes(octets[at + 1 : at + 3], "big")
        accesses.append(Access(choice, class_id, octets[at + 3 : at + 9], octets[at + 9], selection, at, stop - at))
        at = stop
    return tuple(accesses), at


def _read_list(octets: bytes, at: int, end: int, budget: Budget) -> tuple[tuple[Data, ...], int]:
    count, at = _count(octets, at, end, 1, "value")
    found = []
    for _ in range(count):
        data = read_data(octets, at, end, budget=budget)
        found.append(data)
        at = data.offset + data.length
    return tuple(found), at


def _read_results(octets: bytes, at: int, end: int) -> tuple[tuple[Result, ...], int]:
    count, at = _count(octets, at, end, 2, "result")
    results = []
    for place in range(at, at + 2 * count, 2):
        if octets[place] not in (1, 2, 3):
            raise OctetsError(
                f"0x{octets[place]:02X} is no kind of result; 1 (get), 2 (set) or 3 (action) was expected", place
            )
        results.append(Result(octets[place], octets[place + 1], place))
    return tuple(results), at + 2 * count


def _count(octets: bytes, at: int, end: int, size: int, noun: str) -> tuple[int, int]:
    count, here = read_length(octets, at, end)
    if count * size > end - here:
        raise OctetsError(f"{plural(count, noun)} expected, {left(end - here)}", at)
    return count, here
