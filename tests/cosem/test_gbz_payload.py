"""The reader of GBZ payloads: real messages back to their own octets, places, limits and errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from cosem_messages import real_messages
from cosem_writing import write_component, write_envelope, write_gbz
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.cosem.gbz import MOST_COMPONENTS, Component, read_components, read_gbz

CHANGE_SUPPLY = "0109 01 01 0702 0015 01 00 0b 00000000 804a371c 00000000 00 00 00 00 01 01"


def octets(text: str) -> bytes:
    return bytes.fromhex(text)


def test_every_gas_message_of_the_corpus_is_written_back_to_its_octets(corpus: Path) -> None:
    found = 0
    for name, message in real_messages(corpus):
        envelope = read_envelope(message)
        if envelope.payload[:2] != b"\x01\x09":
            continue
        alert = envelope.purpose == "alert"
        gbz = read_gbz(message, envelope.payload_start, envelope.payload_end, alert=alert)
        assert write_envelope(envelope, write_gbz(gbz)) == message, name
        if not alert:
            assert gbz.stated == len(gbz.components), name
            assert gbz.rest == b"", name
            assert all(len(one.additional) + len(one.frame) == one.length for one in gbz.components), name
        found += 1
    assert found == 176


def test_fields_and_their_places() -> None:
    message = b"\xff" * 4 + octets(CHANGE_SUPPLY)
    gbz = read_gbz(message, 4)
    (component,) = gbz.components
    assert (gbz.profile, gbz.stated, gbz.alert, gbz.offset, gbz.end) == (0x0109, 1, None, 4, len(message))
    assert (component.control, component.cluster, component.length) == (1, 0x0702, 21)
    assert (component.offset, component.frame_offset, component.end) == (7, 12, len(message))
    assert (component.frame_control, component.command) == (1, 0x0B)


def test_what_stands_before_the_frame_is_told_by_the_control() -> None:
    (encrypted,) = read_gbz(octets("0109 01 03 0702 0006 0001 18 00 01 00")).components
    assert (encrypted.additional, encrypted.frame, encrypted.frame_offset) == (b"\x00\x01", b"\x18\x00\x01\x00", 10)
    (dated,) = read_gbz(octets("0109 01 11 0705 0007 1c0e6c00 01 00 0a")).components
    assert (dated.additional, dated.command) == (bytes.fromhex("1c0e6c00"), 0x0A)


def test_an_alert_has_a_code_and_a_time_first() -> None:
    gbz = read_gbz(octets("0109 00 8f30 1c374a80"), alert=True)
    assert gbz.alert is not None
    assert (gbz.alert.code, gbz.alert.time_stamp, gbz.components, gbz.rest) == (0x8F30, 0x1C374A80, (), b"")


@pytest.mark.parametrize(
    ("text", "alert", "offset", "message"),
    [
        ("", False, 0, "a profile"),
        ("0109", False, 0, "2 octets are left"),
        ("0109 01 8f30", True, 3, "an alert code"),
    ],
)
def test_payloads_that_end_too_early(text: str, alert: bool, offset: int, message: str) -> None:
    with pytest.raises(OctetsError, match=message) as caught:
        read_gbz(octets(text), alert=alert)
    assert caught.value.offset == offset


def test_a_component_that_states_too_much_is_read_as_far_as_it_goes() -> None:
    gbz = read_gbz(octets("0109 01 01 0702 ffff 08 00 0b"))
    (component,) = gbz.components
    assert (component.length, component.frame, gbz.rest) == (0xFFFF, b"\x08\x00\x0b", b"")
    assert write_gbz(gbz) == octets("0109 01 01 0702 ffff 08 00 0b")


def test_fewer_than_five_octets_begin_no_component() -> None:
    gbz = read_gbz(octets("0109 01 01 0702 0003 08 00 0b 01 02 03 04"))
    assert len(gbz.components) == 1
    assert gbz.rest == b"\x01\x02\x03\x04"


def test_a_frame_without_a_header_has_no_command() -> None:
    (component,) = read_gbz(octets("0109 01 01 0702 0001 08")).components
    assert (component.frame_control, component.command) == (0x08, None)
    (empty,) = read_gbz(octets("0109 01 01 0702 0000")).components
    assert (empty.frame_control, empty.command) == (None, None)


def test_more_components_than_their_count_can_state() -> None:
    one = octets("00 0702 0000")
    assert len(read_components(one * MOST_COMPONENTS, 0, 5 * MOST_COMPONENTS)[0]) == MOST_COMPONENTS
    with pytest.raises(OctetsError, match="255") as caught:
        read_components(one * (MOST_COMPONENTS + 1), 0, 5 * (MOST_COMPONENTS + 1))
    assert caught.value.offset == 5 * MOST_COMPONENTS


@given(st.binary(min_size=9, max_size=300), st.booleans())
def test_any_octets_are_written_back_as_they_were(message: bytes, alert: bool) -> None:
    assert write_gbz(read_gbz(message, alert=alert)) == message


@given(st.binary(min_size=3, max_size=300))
def test_components_follow_each_other_without_a_gap(message: bytes) -> None:
    gbz = read_gbz(message)
    at = 3
    for component in gbz.components:
        assert component.offset == at
        assert message[at : component.end] == write_component(component)
        assert component.end - at <= 5 + component.length
        at = component.end
    assert at + len(gbz.rest) == len(message)


@given(
    st.integers(0, 255),
    st.integers(0, 0xFFFF),
    st.binary(min_size=6, max_size=40),
)
def test_a_written_component_is_read_back(control: int, cluster: int, body: bytes) -> None:
    before = (2 if control & 2 else 0) + (4 if control & 0x10 else 0)
    component = Component(control, cluster, len(body), body[:before], body[before:], 0)
    assert read_components(write_component(component), 0, 5 + len(body)) == ((component,), 5 + len(body))
