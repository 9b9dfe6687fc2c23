"""What holds where nothing restricts a value of a kind."""

from __future__ import annotations

import pytest

from gbcscheck.comparison.whole_kinds import whole_kind
from gbcscheck.notation.canonical import parse_domain


@pytest.mark.parametrize(
    ("stated", "length", "whole"),
    [
        ("0..9", None, "int"),
        ("0..9", "1", "0..255"),
        ("0..9", "8", "0..18446744073709551615"),
        ("0..9", "9", "int"),
        ("0..9", "1..2", "int"),
        ('"A" | "B"', None, "text"),
        ("0x0E", None, "octets"),
        ("0b1111111", None, "bits"),
        ("true", None, "any"),
        ("date", "5", "any"),
        ('0..9 | "A"', None, "any"),
        ("any", None, "any"),
        ("none", None, "any"),
    ],
)
def test_every_value_of_the_kind_of_a_set(stated: str, length: str | None, whole: str) -> None:
    counted = None if length is None else parse_domain(length)
    assert str(whole_kind(parse_domain(stated), counted)) == whole
