"""Laws of values at the two ends of a link."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import (
    Domain,
    TimeValue,
    XsTimeValue,
    integers,
    numbers,
    text_set,
    xs_date,
    xs_date_time,
    xs_time,
)
from gbcscheck.domains.conversions import parse_conversion
from gbcscheck.evidence.conversion import at_end, encodings_of, on_device, sent_as
from gbcscheck.evidence.reading import set_of

ENDS: list[tuple[str, Domain]] = [
    ("", integers(0, 255)),
    ("scale 10", numbers(0, Fraction(513, 2), step="0.1")),
    ("map Disable=true, Unchanged=false", text_set(["Disable"])),
    ("xs:time to time", xs_time()),
    ("xs:time to time", xs_time(seconds=integers(61200, 61200))),
    ("xs:date to date", xs_date()),
    ("xs:dateTime to date-time", xs_date_time()),
]

TIMES = st.builds(
    TimeValue, st.integers(0, 23), st.integers(0, 59), st.integers(0, 59), st.one_of(st.integers(0, 99), st.just(255))
)


@pytest.mark.parametrize(("convert", "permitted"), ENDS)
def test_what_becomes_of_a_value_is_one_of_its_encodings(convert: str, permitted: Domain) -> None:
    image, encodings = on_device(convert, permitted), encodings_of(convert, permitted)
    assert image is not None
    assert encodings is not None
    assert image.is_subset(encodings) is True
    assert sent_as(convert, encodings) == image


@given(TIMES, st.integers(0, 86399))
def test_a_time_is_an_encoding_of_what_it_is_in_xml_and_of_nothing_else(image: TimeValue, seconds: int) -> None:
    written = XsTimeValue(seconds, 0)
    stands_for = parse_conversion("time to xs:time").convert(image)
    one = set_of(written)
    assert one is not None
    encodings = encodings_of("xs:time to time", one)
    assert encodings is not None
    assert encodings.contains(image) == (stands_for == written)


@given(st.integers(0, 255), st.integers(0, 255))
def test_the_values_of_an_end_are_those_that_become_members(one: int, other: int) -> None:
    low, high = sorted((one, other))
    there = at_end("scale 10", integers(low, high))
    assert there is not None
    assert on_device("scale 10", there) == integers(low, high)
