"""DER: what is written is read, with every element in its place, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.cosem.der import DEEPEST, Element, NoSuchTime, as_type, read_der
from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.errors import OctetsError

Value = int | bool | bytes | str | None | list["Value"]


def written(value: Value) -> bytes:
    """The DER of a value: a text is a UTF8String, octets are an OCTET STRING, a list is a SEQUENCE."""
    if isinstance(value, bool):
        return tlv(1, b"\xff" if value else b"\x00")
    if isinstance(value, int):
        return tlv(2, value.to_bytes((value if value >= 0 else ~value).bit_length() // 8 + 1, "big", signed=True))
    if isinstance(value, bytes):
        return tlv(4, value)
    if isinstance(value, str):
        return tlv(12, value.encode())
    if value is None:
        return tlv(5, b"")
    return tlv(0x30, b"".join(map(written, value)))


def tlv(tag: int, content: bytes, size: int = 0) -> bytes:
    """A tag, a length in as few octets as can be or in so many behind its first, and the content."""
    count = len(content)
    if count < 0x80 and not size:
        return bytes((tag, count)) + content
    size = size or (count.bit_length() + 7) // 8
    return bytes((tag, 0x80 + size)) + count.to_bytes(size, "big") + content


def value_of(element: Element) -> Value:
    if element.name == "SEQUENCE":
        return [value_of(part) for part in element.parts]
    assert element.value is None or isinstance(element.value, int | bytes | str)
    return element.value


def read(octets: bytes) -> Element:
    return read_der(octets, 0, len(octets))


SIMPLE = st.none() | st.booleans() | st.integers() | st.binary(max_size=300) | st.text(max_size=60)
VALUES = st.recursive(SIMPLE, lambda inner: st.lists(inner, max_size=5), max_leaves=12)


@given(value=VALUES, behind=st.binary(max_size=4))
def test_what_is_written_is_read_and_no_further(value: Value, behind: bytes) -> None:
    octets = written(value)
    found = read(octets + behind)
    assert (value_of(found), found.offset, found.end) == (value, 0, len(octets))
    assert all(found.start <= part.offset <= part.start <= part.end <= found.end for part in found.parts)


@given(value=VALUES, cut=st.integers(1, 20))
def test_octets_that_end_early_are_no_element(value: Value, cut: int) -> None:
    octets = written(value)
    with pytest.raises(OctetsError):
        read(octets[: max(0, len(octets) - cut)])


@given(octets=st.binary(max_size=80))
def test_any_octets_are_read_or_refused(octets: bytes) -> None:
    try:
        found = read(octets)
    except OctetsError:
        return
    assert 0 < found.end <= len(octets)


@pytest.mark.parametrize(
    ("octets", "offset", "problem"),
    [
        ("", 0, "end where a tag was expected"),
        ("30", 1, "end where a length was expected"),
        ("3080 0000", 1, "0x80 begins no length of DER"),
        ("3085 0000000001 00", 1, "0x85 begins no length of DER"),
        ("3082 01", 1, "a length of 2 octets was expected, 1 octet is left"),
        ("3003 02", 0, "an element of 3 octets was expected, 1 octet is left"),
        ("3003 020201", 2, "an element of 2 octets was expected, 1 octet is left"),
        ("1000", 0, "SEQUENCE without the mark of having parts"),
        ("2403 040100", 0, "OCTET STRING with parts"),
        ("0200", 2, "an INTEGER without an octet"),
        ("0202 0001", 2, "an INTEGER in more octets than it needs"),
        ("0202 FF80", 2, "an INTEGER in more octets than it needs"),
        ("0101 01", 2, "a BOOLEAN is 0x00 or 0xFF"),
        ("0501 00", 2, "a NULL has no content"),
        ("0302 0180", -1, ""),
        ("0302 0101", 2, "unused bits of a BIT STRING are 0"),
        ("0302 0880", 2, "how many bits of its last octet are unused"),
        ("0300", 2, "how many bits of its last octet are unused"),
        ("0603 2A8037", 3, "in more octets than it needs"),
        ("0602 2A86", 2, "that ends within a number"),
        ("0C02 C328", 2, "no text in utf-8"),
        ("180F 3230323330323239303030303030 20", 2, "no time of DER"),
        ("180F 3230323430323239303030303030 5A", -1, ""),
        ("170B 32343032323930303030 5A", 2, "no time of DER"),
        ("180F 3230323330323239303030303030 5A", -1, ""),
        ("1F810000", -1, ""),
        ("1FFFFFFFFFFF7F00", 0, "a tag of at most four octets was expected"),
    ],
)
def test_the_rules_of_der(octets: str, offset: int, problem: str) -> None:
    if offset < 0:
        read(bytes.fromhex(octets))
        return
    with pytest.raises(OctetsError) as caught:
        read(bytes.fromhex(octets))
    assert caught.value.offset == offset
    assert problem in str(caught.value)


def test_tags_of_other_classes_are_told_by_their_numbers() -> None:
    found = read(bytes.fromhex("A0 05 81 01 07 42 00"))
    assert [(one.name, one.value) for one in (found, *found.parts)] == [
        ("[0]", None),
        ("[1]", b"\x07"),
        ("[APPLICATION 2]", b""),
    ]


def test_identifiers_and_times_are_read() -> None:
    assert read(bytes.fromhex("06 08 2A 86 48 CE 3D 03 01 07")).value == "1.2.840.10045.3.1.7"
    assert read(bytes.fromhex("06 03 88 37 03")).value == "2.999.3"
    for text, is_one in ((b"20300115000000Z", True), (b"20300230000000Z", False), (b"20300115250000Z", False)):
        value = read(tlv(24, text)).value
        assert value == text.decode()
        assert isinstance(value, NoSuchTime) is not is_one


def test_a_length_in_more_octets_than_it_needs_is_read_and_marked() -> None:
    """Published test messages have them."""
    for size, shortest in ((0, True), (1, False), (2, False)):
        assert read(tlv(4, b"abc", size)).is_shortest is shortest
    assert read(tlv(4, bytes(200), 1)).is_shortest
    assert not read(tlv(4, bytes(200), 2)).is_shortest


def test_no_nesting_is_too_deep_for_the_program() -> None:
    octets = b""
    for _ in range(5_000):
        octets = tlv(0x30, octets)
    with pytest.raises(OctetsError, match=f"more than {DEEPEST} levels"):
        read(octets)


def test_the_payloads_of_the_corpus_are_read_to_their_ends(corpus: Path) -> None:
    ends = set()
    for path in (corpus / "rtds").glob("*/*.HEX"):
        envelope = read_envelope(bytes.fromhex(path.read_text("ascii").strip()))
        if envelope.octets[envelope.payload_start : envelope.payload_start + 1] in (b"\x02", b"\x04", b"\x05", b"\x30"):
            found = read_der(envelope.octets, envelope.payload_start, envelope.payload_end)
            ends.add((path.name, found.end - envelope.payload_end))
    assert len(ends) == 75
    assert {behind for _, behind in ends} == {0}


@given(st.integers(-(2**63), 2**63))
def test_an_element_with_a_tag_of_its_own_is_read_as_what_it_stands_for(number: int) -> None:
    content = written(number)[2:]
    octets = tlv(0x83, content)
    element = read_der(octets, 0, len(octets))
    assert (element.name, element.value) == ("[3]", content)
    assert as_type(element, "INTEGER", octets)[:2] == ("INTEGER", number)
    with pytest.raises(OctetsError, match="SEQUENCE without the mark"):
        as_type(element, "SEQUENCE", octets)


def test_what_is_no_value_of_its_type_is_refused() -> None:
    for octets, name in ((b"\x83\x00", "INTEGER"), (b"\x83\x01\x01", "BOOLEAN"), (b"\xa3\x02\x05\x00", "INTEGER")):
        with pytest.raises(OctetsError):
            as_type(read_der(octets, 0, len(octets)), name, octets)
    octets = b"\xa3\x02\x05\x00"
    assert as_type(read_der(octets, 0, 4), "SEQUENCE", octets).parts[0].name == "NULL"
