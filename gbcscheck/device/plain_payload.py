"""What a payload holds where no table says what it has to hold: told as facts, and not judged."""

from __future__ import annotations

from gbcscheck.cosem.access import CHOICES, RESULTS, Notification, Payload, Request
from gbcscheck.cosem.axdr import Data
from gbcscheck.device.model import FileRecord, octets_source
from gbcscheck.notation.obis import object_name


def tell_payload(payload: Payload, record: FileRecord) -> None:
    """The accesses, values and results of a payload, where they are to be told."""
    if not record.tree:
        return
    if isinstance(payload, Notification):
        tell_data(payload.body, "body", record)
        return
    for access in payload.accesses or ():
        named = f"class {access.class_id} {object_name(access.name)} {access.member}"
        record.fact(CHOICES[access.choice], named, octets_source(access.offset, access.length))
    for number, data in enumerate(payload.data, start=1):
        tell_data(data, f"value {number}", record)
    for number, result in enumerate(() if isinstance(payload, Request) else payload.results, start=1):
        named = RESULTS.get(result.result, "unknown")
        record.fact(f"result {number}", f"{named} ({result.result})", octets_source(result.offset, 2))


def tell_data(data: Data, label: str, record: FileRecord) -> None:
    """A value and everything in it, where it is to be told."""
    if not record.tree:
        return
    source = octets_source(data.offset, data.length)
    if not data.members:
        record.fact(label, data, source)
        return
    record.branch(label, source, data)
    record.depth += 1
    for number, member in enumerate(data.members, start=1):
        tell_data(member, f"[{number}]", record)
    record.depth -= 1
