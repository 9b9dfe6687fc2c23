"""Every real message is read to its end and written back to its own octets."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from cosem_messages import is_dlms, real_messages, top_values, walk
from cosem_writing import write_access, write_data, write_envelope, write_payload

from gbcscheck.cosem.access import Access, Request, read_payload
from gbcscheck.cosem.axdr import COMPACT_ARRAY, read_data
from gbcscheck.cosem.envelope import read_envelope


def test_every_envelope_is_written_back_to_its_own_octets(corpus: Path) -> None:
    messages = real_messages(corpus)
    assert len(messages) > 600
    changed = [name for name, octets in messages if write_envelope(env := read_envelope(octets), env.payload) != octets]
    assert changed == []


def test_every_payload_of_dlms_is_written_back_to_its_own_octets(corpus: Path) -> None:
    kinds: Counter[str] = Counter()
    changed = []
    for name, octets in real_messages(corpus):
        envelope = read_envelope(octets)
        if is_dlms(envelope):
            payload = read_payload(octets, envelope.payload_start, envelope.payload_end)
            kinds[type(payload).__name__] += 1
            if payload.end != envelope.payload_end or write_payload(payload) != envelope.payload:
                changed.append(name)
    assert changed == []
    assert min(kinds["Request"], kinds["Response"]) > 150
    assert kinds["Notification"] > 30


def test_every_value_and_every_access_stands_where_it_says(corpus: Path) -> None:
    values = 0
    for name, octets in real_messages(corpus):
        envelope = read_envelope(octets)
        if not is_dlms(envelope):
            continue
        payload = read_payload(octets, envelope.payload_start, envelope.payload_end)
        for top in top_values(payload):
            for data in walk(top):
                values += 1
                if top.tag == COMPACT_ARRAY and data is not top:
                    assert top.offset < data.offset <= data.offset + data.length <= top.offset + top.length, name
                else:
                    place = octets[data.offset : data.offset + data.length]
                    assert place == write_data(data), name
                    assert read_data(place)._replace(offset=data.offset)[:2] == data[:2] or data.members, name
        accesses: tuple[Access, ...] = payload.accesses if isinstance(payload, Request) else ()
        for access in accesses:
            assert octets[access.offset : access.offset + access.length] == write_access(access), name
    assert values > 10_000
