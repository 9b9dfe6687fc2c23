"""Laws of the readers of octets, for values and octets of every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cosem_messages import walk
from cosem_strategies import VALUES, without_places
from cosem_writing import write_data, write_envelope, write_length, write_payload
from hypothesis import given, settings
from hypothesis import strategies as st
from shares import examples

from gbcscheck.cosem.access import (
    CHOICES,
    Access,
    Notification,
    Payload,
    Request,
    Response,
    Result,
    Selection,
    read_payload,
)
from gbcscheck.cosem.axdr import COMPACT_ARRAY, MOST_PER_OCTET, Data, read_data
from gbcscheck.cosem.envelope import MAC_LENGTH, Envelope, Field, read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.cosem.lengths import read_length


@given(VALUES)
def test_what_is_written_is_read(value: Data) -> None:
    octets = write_data(value)
    read = read_data(octets)
    assert without_places(read) == value
    assert (read.offset, read.length) == (0, len(octets))
    assert write_data(read) == octets


@given(VALUES, st.binary(max_size=3), st.binary(max_size=3))
def test_the_place_of_every_value_holds_its_own_octets(value: Data, before: bytes, behind: bytes) -> None:
    octets = before + write_data(value) + behind
    read = read_data(octets, len(before))
    assert read.offset + read.length == len(octets) - len(behind)
    tagged = [read]
    while tagged:
        data = tagged.pop()
        assert octets[data.offset : data.offset + data.length] == write_data(data)
        if data.tag != COMPACT_ARRAY:
            tagged.extend(data.members)
        assert len(list(walk(data))) <= MOST_PER_OCTET * len(octets)


@given(VALUES)
def test_octets_cut_short_are_never_read(value: Data) -> None:
    octets = write_data(value)
    for end in range(len(octets)):
        assert _refusal(read_data, octets[:end]) is not None


@given(st.integers(0, (1 << 32) - 1))
def test_a_length_is_read_as_it_was_written(length: int) -> None:
    octets = write_length(length)
    assert read_length(octets, 0, len(octets)) == (length, len(octets))


# --- payloads and envelopes ------------------------------------------------------------------------------------------

FOUR = st.binary(min_size=4, max_size=4)
DATE_TIME = st.sampled_from((b"", bytes(12)))


@st.composite
def accesses(draw: st.DrawFn) -> Access:
    choice = draw(st.sampled_from(sorted(CHOICES)))
    selection = Selection(draw(st.integers(0, 255)), draw(VALUES)) if choice > 3 else None
    name = draw(st.binary(min_size=6, max_size=6))
    return Access(choice, draw(st.integers(0, 65535)), name, draw(st.integers(0, 255)), selection, 0, 0)


ACCESSES = st.lists(accesses(), max_size=3).map(tuple)
DATA = st.lists(VALUES, max_size=3).map(tuple)
RESULTS = st.lists(st.builds(Result, st.integers(1, 3), st.integers(0, 255), st.just(0)), max_size=3).map(tuple)
PAYLOADS: st.SearchStrategy[Payload] = st.one_of(
    st.builds(Request, FOUR, DATE_TIME, ACCESSES, DATA, st.just(0)),
    st.builds(Response, FOUR, DATE_TIME, st.one_of(st.none(), ACCESSES), DATA, RESULTS, st.just(0)),
    st.builds(Notification, FOUR, DATE_TIME, VALUES, st.just(0)),
)


def _field(size: int) -> st.SearchStrategy[Field]:
    return st.binary(min_size=size, max_size=size).map(lambda octets: Field(octets, 0))


@st.composite
def envelopes(draw: st.DrawFn) -> tuple[Envelope, bytes]:
    """An envelope with its payload beside it."""
    mac = draw(st.booleans())
    signed = draw(st.sampled_from((0, 64)))
    envelope = Envelope(
        b"\xdf" * 100,
        mac,
        draw(_field(9)),
        draw(_field(8)),
        draw(_field(8)),
        draw(st.one_of(_field(0), _field(12))),
        draw(st.integers(2, 200).flatmap(_field)),
        0,
        0,
        draw(_field(signed)),
        draw(_field(MAC_LENGTH if mac else 0)),
    )
    return envelope, write_payload(draw(PAYLOADS))


@given(PAYLOADS)
def test_payloads_are_read_as_they_were_written(payload: Payload) -> None:
    octets = write_payload(payload)
    read = read_payload(octets)
    assert read.end == len(octets)
    assert type(read) is type(payload)
    assert write_payload(read) == octets
    behind = read_payload(b"\x00" + octets + b"\x00", 1, len(octets) + 1)
    assert write_payload(behind) == octets


@given(envelopes())
def test_envelopes_are_read_as_they_were_written(made: tuple[Envelope, bytes]) -> None:
    envelope, payload = made
    octets = write_envelope(envelope, payload)
    read = read_envelope(octets)
    assert read.payload == payload
    for name in ("transaction", "originator", "recipient", "date_time", "other_information", "signature", "mac"):
        field = getattr(read, name)
        assert field.octets == getattr(envelope, name).octets
        assert octets[field.offset : field.offset + len(field.octets)] == field.octets
    assert write_envelope(read, read.payload) == octets


# --- octets of any kind ----------------------------------------------------------------------------------------------


def _refusal(reader: Callable[[bytes], Any], octets: bytes) -> OctetsError | None:
    """The reader's own error; any other exception is the test's failure."""
    refusal = None
    try:
        reader(octets)
    except OctetsError as error:
        refusal = error
    assert refusal is None or 0 <= refusal.offset <= len(octets)
    return refusal


def read_all(octets: bytes) -> None:
    """Envelope and payload, as every message is read."""
    envelope = read_envelope(octets)
    read_payload(octets, envelope.payload_start, envelope.payload_end)


@settings(max_examples=examples(300))
@given(st.binary(max_size=200))
def test_any_octets_are_read_or_refused(octets: bytes) -> None:
    _refusal(read_data, octets)
    _refusal(read_data, b"\x13" + octets)
    _refusal(read_envelope, octets)
    for tag in (b"", b"\xd9", b"\xda", b"\x0f"):
        _refusal(read_payload, tag + octets)


@settings(max_examples=examples(300))
@given(envelopes(), st.data())
def test_messages_with_a_change_are_read_or_refused(made: tuple[Envelope, bytes], data: st.DataObject) -> None:
    octets = bytearray(write_envelope(*made))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(octets)))
        upto = data.draw(st.integers(at, min(len(octets), at + 4)))
        octets[at:upto] = data.draw(st.binary(max_size=4))
    _refusal(read_all, bytes(octets))
    envelope, payload = made
    changed = bytearray(payload)
    at = data.draw(st.integers(0, len(changed) - 1))
    changed[at] = data.draw(st.integers(0, 255))
    _refusal(read_all, write_envelope(envelope, bytes(changed)))
