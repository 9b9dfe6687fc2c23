"""Messages in hexadecimal, as people and tools write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.hexfile import (
    HexMessage,
    is_hex,
    is_nearly_hex,
    means_a_message,
    messages_of,
    read_octets_of,
)
from gbcscheck.errors import UnreadableSource

GROUPED = bytes.fromhex(
    "DF 09 01 00 00 00 00 00 00 00 01 08 90 B3 D5 1F 30 01 00 00 08 00 DB 12 34 56 78 90 A0 00 02 00 4A 01 00"
)
"""A message without MAC header: command, message code 0x004A, a payload of one octet, no signature."""


@given(
    octets=st.binary(min_size=1, max_size=60), between=st.sampled_from(["", " ", "\n", "\r\n", "\t", ":", "-", ", "])
)
def test_octets_are_read_however_they_are_separated(octets: bytes, between: str) -> None:
    for prefix in ("", "0x"):
        for case in (str.upper, str.lower):
            text = between.join(f"{prefix}{case(f'{octet:02x}')}" for octet in octets)
            if prefix and not between:
                text = "0x" + octets.hex()
            assert read_octets_of(text, where="a.hex") == octets
            assert is_hex(text)


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ("DD 00\n0G", "a.hex:2:2", '"G" is no hexadecimal digit'),
        ("DD 0", "a.hex:1", "3 hexadecimal digits: half an octet"),
        ("0xDD\n 0x0x\u2028Z", "a.hex:2:7", '"Z" is no hexadecimal digit'),
        (" \n", "a.hex:1", "there are no digits"),
        ("DD\u0664", "a.hex:1:3", "is no hexadecimal digit"),
        ("DD\x00", "a.hex:1:3", "U+0000 is no hexadecimal digit"),
    ],
)
def test_what_is_no_hexadecimal_is_told_with_its_place(text: str, where: str, problem: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_octets_of(text, where="a.hex")
    assert caught.value.where == where
    assert problem in caught.value.problem


def test_a_message_may_take_several_lines() -> None:
    text = "\n" + GROUPED.hex("\n")
    assert messages_of(text, where="a.hex") == [HexMessage(GROUPED, 2)]


def test_several_messages_stand_one_a_line() -> None:
    line = GROUPED.hex().upper()
    text = f"{line}\n\n{line}\r\n{line}\n"
    assert messages_of(text, where="a.hex") == [HexMessage(GROUPED, number) for number in (1, 3, 4)]


def test_several_messages_stand_in_blocks() -> None:
    block = GROUPED.hex(" ", 8).replace(" ", "\n")
    text = f"{block}\n\n\n{block}\n"
    lines = block.count("\n") + 1
    assert messages_of(text, where="a.hex") == [HexMessage(GROUPED, 1), HexMessage(GROUPED, lines + 3)]


def test_one_damaged_message_leaves_the_others() -> None:
    line = GROUPED.hex()
    first, damaged, last = messages_of(f"{line}\nDD00zz\n{line}\n", where="a.hex")
    assert first == HexMessage(GROUPED, 1)
    assert isinstance(damaged, UnreadableSource)
    assert damaged.where == "a.hex:2:5"
    assert last == HexMessage(GROUPED, 3)


def test_a_damaged_message_in_lines_is_one_message() -> None:
    text = GROUPED[:-1].hex("\n")
    assert messages_of(text, where="a.hex") == [HexMessage(GROUPED[:-1], 1)]


def test_a_message_is_told_from_other_text() -> None:
    assert means_a_message("0xdf 09")
    assert means_a_message(" \nDD00")
    assert not means_a_message("DF is the first octet")
    assert not means_a_message("0204")
    assert is_nearly_hex(GROUPED.hex().replace("90", "9O"))
    assert not is_nearly_hex("a bad decade faced a cafe, an abbey and a facade of beads")
    assert not is_nearly_hex("DEAD")
