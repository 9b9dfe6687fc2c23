"""The reader of A-XDR values: every type, their places, limits, and exact errors."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from cosem_writing import write_data

from gbcscheck.cosem.axdr import DEEPEST, MOST_VALUES, TAGS, Bits, Compact, Data, read_data
from gbcscheck.cosem.errors import OctetsError

TYPES = [
    ("00", "null-data", None),
    ("0300", "boolean", 0),
    ("0301", "boolean", 1),
    ("03FF", "boolean", 255),
    ("0400", "bit-string", Bits(b"", 0)),
    ("0407FE", "bit-string", Bits(b"\xfe", 7)),
    ("0407FF", "bit-string", Bits(b"\xff", 7)),
    ("040AFFC0", "bit-string", Bits(b"\xff\xc0", 10)),
    ("0580000000", "double-long", -(1 << 31)),
    ("06FFFFFFFF", "double-long-unsigned", (1 << 32) - 1),
    ("0900", "octet-string", b""),
    ("090600000C0000FF", "octet-string", bytes.fromhex("00000C0000FF")),
    ("0A024142", "visible-string", b"AB"),
    ("0C02C3A9", "utf8-string", "é".encode()),
    ("0D93", "bcd", 0x93),
    ("0FFB", "integer", -5),
    ("10FF38", "long", -200),
    ("11FF", "unsigned", 255),
    ("12FFFF", "long-unsigned", 65535),
    ("14FFFFFFFFFFFFFFFF", "long64", -1),
    ("15FFFFFFFFFFFFFFFF", "long64-unsigned", (1 << 64) - 1),
    ("1603", "enum", 3),
    ("173F800000", "float32", bytes.fromhex("3F800000")),
    ("183FF0000000000000", "float64", bytes.fromhex("3FF0000000000000")),
    ("1907E40B18FF173B0A008000FF", "date-time", bytes.fromhex("07E40B18FF173B0A008000FF")),
    ("1A07E40B18FF", "date", bytes.fromhex("07E40B18FF")),
    ("1B173B0A00", "time", bytes.fromhex("173B0A00")),
    ("1C80", "delta-integer", -128),
    ("1D8000", "delta-long", -32768),
    ("1E80000000", "delta-double-long", -(1 << 31)),
    ("1FFF", "delta-unsigned", 255),
    ("20FFFF", "delta-long-unsigned", 65535),
    ("21FFFFFFFF", "delta-double-long-unsigned", (1 << 32) - 1),
    ("FF", "dont-care", None),
]


@pytest.mark.parametrize(("octets", "name", "value"), TYPES, ids=[f"{name} {octets}" for octets, name, _ in TYPES])
def test_every_type_is_read_and_written(octets: str, name: str, value: object) -> None:
    message = b"\x00\x00" + bytes.fromhex(octets) + b"\x00"
    data = read_data(message, 2)
    assert (data.type_name, data.value, data.offset, data.length) == (name, value, 2, len(message) - 3)
    assert write_data(data) == bytes.fromhex(octets)


def test_no_type_is_forgotten() -> None:
    assert {name for _, name, _ in TYPES} | {"array", "structure", "compact-array"} == set(TAGS.values())


def test_padding_that_is_not_zero_is_kept_and_is_no_part_of_the_bits() -> None:
    data = read_data(bytes.fromhex("0407FF"))
    assert str(data.value) == "1111111"
    assert write_data(data) == bytes.fromhex("0407FF")


def test_every_member_knows_its_place() -> None:
    octets = bytes.fromhex("0102 0202 12000A 0903010203 0202 12000B 0900")
    data = read_data(octets)
    first, second = data.members
    assert (first.offset, first.length) == (2, 10)
    assert [(one.offset, one.length) for one in second.members] == [(14, 3), (17, 2)]
    assert octets[7:12] == write_data(first.members[1])


@pytest.mark.parametrize("length", ["03", "8103", "820003", "83000003", "8400000003"])
def test_a_length_in_long_form_is_read_and_written_short(length: str) -> None:
    data = read_data(bytes.fromhex(f"09{length}010203"))
    assert data.value == b"\1\2\3"
    assert data.length == 4 + len(length) // 2
    assert write_data(data) == bytes.fromhex("0903010203")


def test_a_long_string_takes_a_length_in_long_form() -> None:
    octets = b"\x09\x81\x80" + bytes(128)
    assert write_data(read_data(octets)) == octets


# --- compact-array ---------------------------------------------------------------------------------------------------

COMPACT = [
    ("13 12 04 0001 0002", [1, 2]),
    ("13 11 00", []),
    ("13 09 06 01 41 03 414243", [b"A", b"ABC"]),
    ("13 04 04 07FE 0380", [Bits(b"\xfe", 7), Bits(b"\x80", 3)]),
    ("13 02 02 12 11 06 0001 01 0002 02", [[1, 1], [2, 2]]),
    ("13 02 02 02 02 11 11 12 04 01 02 0003", [[[1, 2], 3]]),
    ("13 02 02 01 0002 11 12 04 01 02 0003", [[[1, 2], 3]]),
    ("13 01 0002 11 04 01 02 03 04", [[1, 2], [3, 4]]),
    ("13 02 02 00 11 02 05 06", [[None, 5], [None, 6]]),
    ("13 02 8102 12 11 8103 0001 01", [[1, 1]]),
    ("13 19 0C 07E40B18FF173B0A008000FF", [bytes.fromhex("07E40B18FF173B0A008000FF")]),
    ("13 1C 02 FF01", [-1, 1]),
]


def _plain(data: Data) -> object:
    return [_plain(member) for member in data.members] if isinstance(data.value, tuple) and data.tag < 3 else data.value


@pytest.mark.parametrize(("octets", "members"), COMPACT)
def test_compact_arrays_are_read(octets: str, members: list[object]) -> None:
    data = read_data(bytes.fromhex(octets))
    assert [_plain(member) for member in data.members] == members
    assert data.length == len(bytes.fromhex(octets))


@pytest.mark.parametrize("octets", [octets for octets, _ in COMPACT if "81" not in octets])
def test_compact_arrays_are_written_to_the_same_octets(octets: str) -> None:
    assert write_data(read_data(bytes.fromhex(octets))) == bytes.fromhex(octets)


def test_members_of_a_compact_array_know_their_places() -> None:
    data = read_data(bytes.fromhex("13 02 02 12 11 06 0001 01 0002 02"))
    assert isinstance(data.value, Compact)
    assert data.value.description == bytes.fromhex("02021211")
    places = [(one.offset, one.length) for member in data.members for one in member.members]
    assert places == [(6, 2), (8, 1), (9, 2), (11, 1)]


# --- errors ----------------------------------------------------------------------------------------------------------

TAG_WANTED = "0x00 to 0x06, 0x09 to 0x0A, 0x0C to 0x0D, 0x0F to 0x21 or 0xFF was expected"
DESCRIBED_WANTED = "0x00 to 0x06, 0x09 to 0x0A, 0x0C to 0x0D, 0x0F to 0x12, 0x14 to 0x21 or 0xFF was expected"
ERRORS = [
    ("", 0, None, "the octets end where a value was expected"),
    ("07", 0, 7, f"0x07 is no type tag; {TAG_WANTED}"),
    ("0202110122", 4, 0x22, f"0x22 is no type tag; {TAG_WANTED}"),
    ("12", 1, 18, "long-unsigned of 2 octets was expected, 0 octets are left"),
    ("1200", 1, 18, "long-unsigned of 2 octets was expected, 1 octet is left"),
    ("03", 1, 3, "boolean of 1 octet was expected, 0 octets are left"),
    ("190102", 1, 25, "date-time of 12 octets was expected, 2 octets are left"),
    ("09", 1, 9, "the octets end where a length was expected"),
    ("090501020304", 1, 9, "octet-string of 5 octets was expected, 4 octets are left"),
    ("0409FF", 1, 4, "bit-string of 2 octets was expected, 1 octet is left"),
    ("09808000", 1, 9, "0x80 begins no length; 0x00 to 0x7F or 0x81 to 0x84 was expected"),
    ("0985000000000100", 1, 9, "0x85 begins no length; 0x00 to 0x7F or 0x81 to 0x84 was expected"),
    ("098201", 1, 9, "a length of 2 octets was expected, 1 octet is left"),
    ("0103 11", 1, 1, "array of 3 members was expected, 1 octet is left"),
    ("0184FFFFFFFF 00", 1, 1, "array of 4,294,967,295 members was expected, 1 octet is left"),
    ("0202 1101", 4, None, "the octets end where a value was expected"),
    ("0984FFFFFFFF 00", 1, 9, "octet-string of 4,294,967,295 octets was expected, 1 octet is left"),
    ("13", 1, 19, "the octets end where a type description was expected"),
    ("13 13 11 00", 1, 19, f"0x13 describes no type; {DESCRIBED_WANTED}"),
    ("13 07 00", 1, 19, f"0x07 describes no type; {DESCRIBED_WANTED}"),
    ("13 02 05 11", 2, 19, "5 type descriptions expected, 1 octet is left"),
    ("13 01 00", 2, 1, "array of 2 octets was expected, 1 octet is left"),
    ("13 11 02 01", 2, 19, "compact-array of 2 octets was expected, 1 octet is left"),
    ("13 12 03 000102", 5, 18, "long-unsigned of 2 octets was expected, 1 octet is left"),
    ("13 00 01 00", 3, 19, "a compact-array whose members take no octets has no end"),
    ("13 02 00 01 00", 4, 19, "a compact-array whose members take no octets has no end"),
    ("13 01 0000 11 01 00", 6, 19, "a compact-array whose members take no octets has no end"),
]


@pytest.mark.parametrize(("octets", "offset", "tag", "words"), ERRORS, ids=[f"{row[0]}: {row[3]}" for row in ERRORS])
def test_errors_say_where_and_what_was_expected(octets: str, offset: int, tag: int | None, words: str) -> None:
    with pytest.raises(OctetsError) as caught:
        read_data(bytes.fromhex(octets))
    assert (caught.value.offset, caught.value.tag, str(caught.value)) == (offset, tag, f"octet {offset}: {words}")


# --- limits ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", [1, 2])
def test_nesting_has_a_limit(tag: int) -> None:
    read_data(bytes((tag, 1)) * DEEPEST + b"\x00")
    with pytest.raises(OctetsError, match=f"nested more than {DEEPEST} deep") as caught:
        read_data(bytes((tag, 1)) * (DEEPEST + 1) + b"\x00")
    assert (caught.value.offset, caught.value.tag) == (2 * DEEPEST, tag)


def test_nesting_of_a_description_counts_with_what_it_stands_in() -> None:
    inner = b"\x13" + b"\x02\x01" * 12 + b"\x11\x01\x05"
    read_data(inner)
    with pytest.raises(OctetsError, match=f"nested more than {DEEPEST} deep"):
        read_data(b"\x02\x01" * 13 + inner)


def _nulls(count: int) -> bytes:
    return b"\x01\x83" + count.to_bytes(3, "big") + bytes(count)


BOMBS = {
    "arrays of 65,535 of arrays of 65,535, of nothing": b"\x13" + b"\x01\xff\xff" * 20 + b"\x00\x04" + bytes(4),
    "arrays of 65,535 of arrays of 65,535, of octets": b"\x13" + b"\x01\xff\xff" * 20 + b"\x11\x04" + bytes(4),
    "arrays of 65,535 of empty structures": b"\x13\x01\xff\xff\x02\x00\x04" + bytes(4),
    "arrays of 65,535 of empty arrays": b"\x13\x01\xff\xff\x01\x00\x00\x11\x04" + bytes(4),
    "a structure of 65,535 nulls and an octet": b"\x13\x02\x02\x01\xff\xff\x00\x11\x7f" + bytes(127),
    "a description of 240 nulls for each octet": b"\x13\x02\x81\xf1" + bytes(240) + b"\x11\x7f" + bytes(127),
    "a count of four thousand million": b"\x01\x84\xff\xff\xff\xff" + bytes(20),
    "a length of four thousand million": b"\x09\x84\xff\xff\xff\xff" + bytes(20),
    "bits, four thousand million": b"\x04\x84\xff\xff\xff\xff" + bytes(20),
    "a long description": b"\x13\x02\x84\xff\xff\xff\xff" + bytes(20),
    "nesting": b"\x01\x01" * 2000,
    "nesting in a description": b"\x13" + b"\x02\x01" * 2000,
    "more values than any message has": _nulls(MOST_VALUES + 1),
}


@pytest.mark.parametrize("octets", BOMBS.values(), ids=BOMBS.keys())
def test_a_few_octets_take_neither_long_nor_much_memory(octets: bytes) -> None:
    tracemalloc.start()
    began = time.process_time()
    try:
        with pytest.raises(OctetsError):
            read_data(octets)
        taken = time.process_time() - began
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000
    assert taken < 0.25


def test_as_many_values_as_the_longest_profile_has_are_read() -> None:
    entry = bytes.fromhex("0203 0900 0600000001 0600000002")
    octets = b"\x01\x82" + (19_056).to_bytes(2, "big") + entry * 19_056
    assert len(read_data(octets).members) == 19_056
