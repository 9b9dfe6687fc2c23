"""The reader of payloads: accesses with and without selection, results, and exact errors."""

from __future__ import annotations

import pytest
from cosem_writing import write_access, write_payload

from gbcscheck.cosem.access import Access, Notification, Request, Response, Result, Selection, read_payload
from gbcscheck.cosem.errors import OctetsError

CLOCK = "0008 0000010000FF"
GET = f"01 {CLOCK} 02"
RANGE = "02 02 090C07E40101FF000000008000FF 090C07E40201FF000000008000FF"
SELECTED = f"04 0007 0000636200FF 02 02 {RANGE}"


def octets_of(text: str) -> bytes:
    return bytes.fromhex(text)


def test_a_request_with_selective_access() -> None:
    octets = octets_of(f"D9 20000001 00 02 {GET} {SELECTED} 02 00 00")
    request = read_payload(octets)
    assert isinstance(request, Request)
    clock, buffer = request.accesses
    assert clock == Access(1, 8, octets_of("0000010000FF"), 2, None, 7, 10)
    assert isinstance(buffer.selection, Selection)
    assert (buffer.selection.selector, len(buffer.selection.parameters.members)) == (2, 2)
    assert (buffer.offset, buffer.length) == (17, 10 + 1 + 30)
    assert octets[buffer.offset : buffer.offset + buffer.length] == write_access(buffer)
    assert [access.member for access in request.accesses] == ["attribute 2", "attribute 2"]
    assert [data.offset for data in request.data] == [59, 60]
    assert write_payload(request) == octets
    assert request.end == len(octets)


def test_the_member_of_an_action_is_a_method() -> None:
    request = read_payload(octets_of("D9 20000001 00 01 03 0007 0000636200FF 01 01 0F00"))
    assert isinstance(request, Request)
    assert request.accesses[0].member == "method 1"


def test_a_set_with_selection() -> None:
    octets = octets_of(f"D9 20000001 00 01 05 0007 0000636200FF 02 01 {RANGE} 01 1200FF")
    request = read_payload(octets)
    assert isinstance(request, Request)
    assert request.accesses[0].selection is not None
    assert write_payload(request) == octets


def test_a_response_that_repeats_the_accesses_and_one_that_does_not() -> None:
    repeated = octets_of(f"DA 20000001 00 01 01 {GET} 01 1100 01 01 00")
    response = read_payload(repeated)
    assert isinstance(response, Response)
    assert response.accesses is not None
    assert response.results == (Result(1, 0, len(repeated) - 2),)
    assert write_payload(response) == repeated
    plain = octets_of("DA 20000001 00 00 01 1100 01 01 0D")
    response = read_payload(plain)
    assert isinstance(response, Response)
    assert response.accesses is None
    assert response.results[0].result == 13
    assert write_payload(response) == plain


def test_a_notification() -> None:
    octets = octets_of("0F 20000001 0C 07E40B18FF173B0A008000FF 0202 128F35 090100")
    notification = read_payload(octets)
    assert isinstance(notification, Notification)
    assert notification.date_time == octets_of("07E40B18FF173B0A008000FF")
    assert [member.value for member in notification.body.members] == [0x8F35, b"\0"]
    assert notification.end == len(octets)
    assert write_payload(notification) == octets


def test_octets_behind_the_payload_are_left_to_the_caller() -> None:
    octets = octets_of("D9 20000001 00 00 00 FFFF")
    assert read_payload(octets).end == len(octets) - 2


def test_the_values_of_a_message_share_one_limit() -> None:
    # The compact-array has 22 values for each octet of its contents: with one of them the message has few enough for
    # its octets, with two it has not.
    compact = b"\x13\x02\x15\x11" + bytes(20) + b"\x64" + bytes(100)
    text = b"\x09\x81\xc8" + bytes(200)
    read_payload(octets_of("D9 20000001 00 00 02") + text + compact)
    with pytest.raises(OctetsError, match=r"more than 3,\d{3} values"):
        read_payload(octets_of("D9 20000001 00 00 03") + text + compact * 2)


CHOICE_WANTED = "0xD9 (access-request), 0xDA (access-response) or 0x0F (data-notification) was expected"
ERRORS = [
    ("", 0, f"nothing begins no payload; {CHOICE_WANTED}"),
    ("D8 00", 0, f"0xD8 begins no payload; {CHOICE_WANTED}"),
    ("D9 200000", 1, "the octets end in the identifier and priority of the payload"),
    ("D9 20000001", 5, "the octets end where a length was expected"),
    ("D9 20000001 0C 07E4", 5, "the date-time of 12 octets was expected, 2 octets are left"),
    ("D9 20000001 03 07E40B 00 00", 5, "the date-time has 3 octets; 0 or 12 were expected"),
    ("D9 20000001 00", 6, "the octets end where a length was expected"),
    ("D9 20000001 00 01", 6, "1 access request expected, 0 octets are left"),
    (f"D9 20000001 00 02 {GET}", 6, "2 access requests expected, 10 octets are left"),
    (f"D9 20000001 00 01 06 {CLOCK} 02 00", 7, "0x06 is no kind of access; 1 to 5 was expected"),
    (f"D9 20000001 00 02 {SELECTED} 010203", 48, "an access of at least 10 octets was expected, 3 octets are left"),
    ("D9 20000001 00 01 04 0007 0000636200FF 02", 17, "the octets end where a selector was expected"),
    ("D9 20000001 00 01 04 0007 0000636200FF 02 01", 18, "the octets end where a value was expected"),
    (f"D9 20000001 00 01 {GET}", 17, "the octets end where a length was expected"),
    (f"D9 20000001 00 01 {GET} 02 00", 17, "2 values expected, 1 octet is left"),
    ("DA 20000001 00", 6, "0x00 or 0x01 (whether the accesses are repeated) was expected"),
    ("DA 20000001 00 02", 6, "0x00 or 0x01 (whether the accesses are repeated) was expected"),
    ("DA 20000001 00 00 00 02 0100", 8, "2 results expected, 2 octets are left"),
    ("DA 20000001 00 00 00 01 0400", 9, "0x04 is no kind of result; 1 (get), 2 (set) or 3 (action) was expected"),
    ("0F 20000001 00", 6, "the octets end where a value was expected"),
]


@pytest.mark.parametrize(("octets", "offset", "words"), ERRORS, ids=[f"{row[0]}: {row[2]}" for row in ERRORS])
def test_errors_say_where_and_what_was_expected(octets: str, offset: int, words: str) -> None:
    with pytest.raises(OctetsError) as caught:
        read_payload(octets_of(octets))
    assert (caught.value.offset, str(caught.value)) == (offset, f"octet {offset}: {words}")


def test_the_end_is_a_wall() -> None:
    octets = octets_of(f"D9 20000001 00 01 {GET} 01 00")
    for end in range(len(octets)):
        with pytest.raises(OctetsError) as caught:
            read_payload(octets, 0, end)
        assert caught.value.offset <= end
