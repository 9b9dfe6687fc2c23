"""Logical names and their six octets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.obis import logical_name, object_name


@given(st.binary(min_size=6, max_size=6))
def test_a_logical_name_is_written_and_read_back(octets: bytes) -> None:
    assert logical_name(object_name(octets)) == octets


def test_a_name_may_stand_between_blanks() -> None:
    assert logical_name(" 0-0:12.0.0.255\n") == bytes.fromhex("00000C0000FF")


@pytest.mark.parametrize("text", ["0-0:12.0.0", "0.0.12.0.0.255", "", "0-0:12.0.0.255.1", "٠-0:12.0.0.255"])
def test_what_is_no_logical_name_is_refused(text: str) -> None:
    with pytest.raises(NotationError, match="not a logical name"):
        logical_name(text)


def test_a_field_above_255_is_marked() -> None:
    with pytest.raises(NotationError) as caught:
        logical_name("0-0:12.0.256.255")
    assert (caught.value.start, caught.value.end) == (9, 12)


def test_another_number_of_octets_is_no_logical_name() -> None:
    with pytest.raises(ValueError, match="6 octets, not 5"):
        object_name(bytes(5))
