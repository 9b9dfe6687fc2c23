"""What a payload holds where no table says what it has to hold: told as facts, and not judged."""

from __future__ import annotations

from gbcscheck.cosem.axdr import Data
from gbcscheck.device.model import FileRecord, octets_source


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
