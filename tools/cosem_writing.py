"""The octets of COSEM values, payloads and messages, written back from what the package reads them into.

Of those that make messages: the samples of the pages, the benchmarks and the tests.
"""

from __future__ import annotations

from gbcscheck.cosem.access import NOTIFICATION, REQUEST, RESPONSE, Access, Notification, Payload, Request
from gbcscheck.cosem.axdr import FIXED, NUMBERS, Bits, Compact, Data
from gbcscheck.cosem.envelope import GROUPING_HEADER, MAC_HEADER, SECURITY_CONTROL, Envelope
from gbcscheck.cosem.gbz import TIME_STAMP_LENGTH, Component, Gbz


def write_length(length: int) -> bytes:
    """A length or count in as few octets as it takes."""
    if length < 0x80:
        return bytes((length,))
    size = (length.bit_length() + 7) // 8
    return bytes((0x80 | size,)) + length.to_bytes(size, "big")


def write_data(data: Data) -> bytes:
    """The octets of a value; its offset and length are not looked at."""
    return bytes((data.tag,)) + _write_content(data)


def _write_content(data: Data, *, described: bool = False) -> bytes:
    tag, value = data.tag, data.value
    if isinstance(value, Bits):
        return write_length(value.length) + value.octets
    if isinstance(value, Compact):
        contents = b"".join(_write_content(member, described=True) for member in value.members)
        return value.description + write_length(len(contents)) + contents
    if isinstance(value, tuple):
        if described:
            return b"".join(_write_content(member, described=True) for member in value)
        return write_length(len(value)) + b"".join(write_data(member) for member in value)
    if isinstance(value, int):
        size, signed = NUMBERS.get(tag, (1, False))
        return value.to_bytes(size, "big", signed=signed)
    if value is None:
        return b""
    return value if tag in FIXED else write_length(len(value)) + value


def write_payload(payload: Payload) -> bytes:
    """The octets of an APDU; offsets and lengths in it are not looked at."""
    if isinstance(payload, Notification):
        return _head(NOTIFICATION, payload) + write_data(payload.body)
    if isinstance(payload, Request):
        return _head(REQUEST, payload) + _write_accesses(payload.accesses) + _write_list(payload.data)
    repeated = b"\x00" if payload.accesses is None else b"\x01" + _write_accesses(payload.accesses)
    results = b"".join(bytes((result.choice, result.result)) for result in payload.results)
    written = _write_list(payload.data) + write_length(len(payload.results)) + results
    return _head(RESPONSE, payload) + repeated + written


def _head(tag: int, payload: Payload) -> bytes:
    return bytes((tag,)) + payload.invoke_id + write_length(len(payload.date_time)) + payload.date_time


def _write_accesses(accesses: tuple[Access, ...]) -> bytes:
    return write_length(len(accesses)) + b"".join(write_access(access) for access in accesses)


def write_access(access: Access) -> bytes:
    """The octets of one access."""
    head = bytes((access.choice,)) + access.class_id.to_bytes(2, "big") + access.name + bytes((access.number,))
    if access.selection is None:
        return head
    return head + bytes((access.selection.selector,)) + write_data(access.selection.parameters)


def _write_list(data: tuple[Data, ...]) -> bytes:
    return write_length(len(data)) + b"".join(write_data(one) for one in data)


def write_envelope(envelope: Envelope, payload: bytes) -> bytes:
    """The octets of the message with another payload: every length on the way follows it; the signature and the MAC
    stay as they were."""
    parts = (
        envelope.transaction,
        envelope.originator,
        envelope.recipient,
        envelope.date_time,
        envelope.other_information,
    )
    strings = (*(part.octets for part in parts), payload)
    grouping = bytes((GROUPING_HEADER,)) + b"".join(write_length(len(string)) + string for string in strings)
    if envelope.mac_header or len(envelope.octets) > envelope.payload_end:
        grouping += write_length(len(envelope.signature.octets)) + envelope.signature.octets
    if not envelope.mac_header:
        return grouping
    inner = bytes((SECURITY_CONTROL, 0, 0, 0, 0)) + grouping + envelope.mac.octets
    return bytes((MAC_HEADER, 0, 0, 0, 0, 0, 0)) + write_length(len(inner)) + inner


def write_gbz(gbz: Gbz) -> bytes:
    """The octets of a payload; offsets are not looked at, and counts and lengths are written as they are stated."""
    head = gbz.profile.to_bytes(2, "big") + bytes((gbz.stated,))
    if gbz.alert is not None:
        head += gbz.alert.code.to_bytes(2, "big") + gbz.alert.time_stamp.to_bytes(TIME_STAMP_LENGTH, "big")
    return head + b"".join(write_component(component) for component in gbz.components) + gbz.rest


def write_component(component: Component) -> bytes:
    """The octets of a component, its length as it is stated."""
    head = bytes((component.control,)) + component.cluster.to_bytes(2, "big") + component.length.to_bytes(2, "big")
    return head + component.additional + component.frame
