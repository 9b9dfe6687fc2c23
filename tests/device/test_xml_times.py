"""What a COSEM time could become of a time in XML."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.documents.times import time_at, time_outcomes
from gbcscheck.domains import XsTimeValue
from gbcscheck.domains.conversions import parse_conversion


@given(st.integers(0, 8_639_999))
def test_a_time_that_can_be_carried_has_one_outcome(hundredths: int) -> None:
    value = XsTimeValue(Fraction(hundredths, 100), 0)
    carried = parse_conversion("xs:time to time").convert(value)
    assert time_at(hundredths) == carried
    assert time_outcomes(value).startswith(f"{carried} (")
    assert "if" not in time_outcomes(value)


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        (
            "00:30:00+01:00",
            "0x001E0000 (00:30:00) if the offset is left out, 0x171E0000 (23:30:00) if it is turned to UTC",
        ),
        (
            "23:59:59.999Z",
            "0x173B3B63 (23:59:59.99) if finer digits are cut off, 0x00000000 (00:00:00) if they are rounded",
        ),
        ("24:00:00", "0x00000000 (00:00:00) if it is taken to be UTC and if 24:00:00 is taken as midnight"),
    ],
)
def test_each_way_of_reading_a_time_is_shown(text: str, outcomes: str) -> None:
    assert time_outcomes(XsTimeValue.parse(text)) == outcomes
