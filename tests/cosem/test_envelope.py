"""The envelope of a message: its fields and their places, with and without a MAC, and exact errors."""

from __future__ import annotations

import pytest
from cosem_writing import write_envelope

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.errors import OctetsError

FIELDS = "09 01 0000000000000001 08 90B3D51F30020000 08 00DB1234567890A0 00 02 004A"
PAYLOAD = "08 D9200000010000 00"
PLAIN = bytes.fromhex(f"DF {FIELDS} {PAYLOAD}")
SIGNED = PLAIN + b"\x40" + bytes(range(64))
MAC = bytes(range(12))


def with_mac(grouping: bytes) -> bytes:
    inner = bytes.fromhex("1100000000") + grouping + MAC
    length = bytes((len(inner),)) if len(inner) < 128 else bytes((0x81, len(inner)))
    return b"\xdd" + bytes(6) + length + inner


@pytest.mark.parametrize("octets", [PLAIN, PLAIN + b"\0", SIGNED, with_mac(PLAIN + b"\0"), with_mac(SIGNED)])
def test_every_field_is_found_and_written_back(octets: bytes) -> None:
    envelope = read_envelope(octets)
    assert envelope.purpose == "command"
    assert envelope.counter == 1
    assert envelope.message_code == 0x004A
    assert envelope.originator.number == 0x90B3D51F30020000
    assert envelope.recipient.octets == bytes.fromhex("00DB1234567890A0")
    assert envelope.payload == bytes.fromhex("D920000001000000")
    assert octets[envelope.payload_start : envelope.payload_end] == envelope.payload
    assert envelope.mac.octets == (MAC if envelope.mac_header else b"")
    assert envelope.signature.octets == (bytes(range(64)) if len(octets) > 120 or octets == SIGNED else b"")
    for field in envelope[2:7]:
        assert octets[field.offset : field.offset + len(field.octets)] == field.octets
    assert write_envelope(envelope, envelope.payload) == octets


def test_another_payload_moves_every_length_on_the_way() -> None:
    envelope = read_envelope(with_mac(PLAIN + b"\0"))
    longer = write_envelope(envelope, envelope.payload + bytes(200))
    again = read_envelope(longer)
    assert again.payload == envelope.payload + bytes(200)
    assert again.mac.octets == MAC
    assert write_envelope(again, envelope.payload) == envelope.octets


def test_lengths_in_long_form_are_read() -> None:
    long = bytes.fromhex(f"DF 8109 {FIELDS[2:]} 820008 {PAYLOAD[2:]}")
    assert read_envelope(long).payload == read_envelope(PLAIN).payload
    assert write_envelope(read_envelope(long), read_envelope(long).payload) == PLAIN


def test_a_message_of_no_known_purpose_has_an_empty_one() -> None:
    octets = bytearray(PLAIN)
    octets[2] = 9
    assert read_envelope(bytes(octets)).purpose == ""


def _mac_with(at: int, octet: int) -> str:
    octets = bytearray(with_mac(PLAIN + b"\0"))
    octets[at] = octet
    return octets.hex()


REST = len(with_mac(PLAIN + b"\0")) - 8
GROUPING = bytes.fromhex(f"DF {FIELDS}")
ERRORS = [
    ("", 0, "there are no octets; a GBCS message was expected"),
    ("D9 00", 0, "0xD9 begins no GBCS message; 0xDD or 0xDF was expected"),
    ("DD", 1, "six octets 0x00 of the MAC header were expected"),
    (_mac_with(3, 1), 3, "six octets 0x00 of the MAC header were expected"),
    ("DD 000000000000", 7, "the octets end where a length was expected"),
    (_mac_with(7, 1), 7, f"the MAC header promises 1 octet, {REST} octets are left"),
    (_mac_with(8, 0x31), 8, "security control 0x11 and invocation counter 0x00000000 were expected"),
    (_mac_with(9, 1), 8, "security control 0x11 and invocation counter 0x00000000 were expected"),
    (_mac_with(13, 0xDE), 13, "a grouping header (0xDF) was expected"),
    ("DF", 1, "the octets end where a length was expected"),
    ("DF 09 01", 1, "the transaction identifier of 9 octets was expected, 1 octet is left"),
    ("DF 08 01", 1, "the transaction identifier has 8 octets; 9 were expected"),
    ("DF 01 01", 1, "the transaction identifier has 1 octet; 9 were expected"),
    (GROUPING[:11].hex() + "00", 11, "the originator has 0 octets; 8 were expected"),
    (GROUPING[:20].hex() + "0100", 20, "the recipient has 1 octet; 8 were expected"),
    (GROUPING[:29].hex() + "0100", 29, "the date-time has 1 octet; 0 or 12 were expected"),
    (GROUPING[:30].hex() + "0100", 31, "a message code of 2 octets was expected"),
    (f"DF {FIELDS}", 33, "the octets end where a length was expected"),
    (f"DF {FIELDS} 08 D9", 33, "the payload of 8 octets was expected, 1 octet is left"),
    (f"DF {FIELDS} {PAYLOAD} 01 00", 42, "the signature has 1 octet; 0 or 64 were expected"),
    (f"DF {FIELDS} {PAYLOAD} 01", 42, "the signature has 1 octet; 0 or 64 were expected"),
    (f"DF {FIELDS} {PAYLOAD} 40 00", 42, "the signature of 64 octets was expected, 1 octet is left"),
    (f"DF {FIELDS} {PAYLOAD} 00 FFFF", 43, "2 octets are left behind the message"),
    (with_mac(PLAIN + b"\0\0").hex(), 56, "a MAC of 12 octets was expected, 13 octets are left"),
]


@pytest.mark.parametrize(("octets", "offset", "words"), ERRORS, ids=[f"{row[1]}: {row[2]}" for row in ERRORS])
def test_errors_say_where_and_what_was_expected(octets: str, offset: int, words: str) -> None:
    with pytest.raises(OctetsError) as caught:
        read_envelope(bytes.fromhex(octets))
    assert (caught.value.offset, str(caught.value)) == (offset, f"octet {offset}: {words}")
