"""What a check says without reading a value is what reading it and asking every specification says."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from configuration_runs import context
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.device.configuration.form import Form
from gbcscheck.device.configuration.leaf import known
from gbcscheck.device.configuration.quick import checks_of
from gbcscheck.device.configuration.values import NotRead, NotSet, read_value
from gbcscheck.domains import (
    ANY,
    Domain,
    bits,
    bits_pattern,
    bits_set,
    integers,
    numbers,
    octets,
    octets_set,
    points,
    text_set,
    texts,
    union,
)

RELEASES = ("before-mp131", "current")
SIXTY_FOUR = 2**64

KINDS: tuple[Domain, ...] = (
    integers(0, 255),
    integers(-128, 127),
    integers(0, None),
    points([0, 1, 5, 200]),
    points([10, 20], "s"),
    integers(0, 86_400, unit="s"),
    numbers(0, 10, step="0.25"),
    union(integers(0, 10), integers(100, 110)),
    numbers(0, 1000, step=5),
    numbers("0.5", "7.5"),
    bits(7, 7),
    bits(0, 16),
    bits_pattern("1xx0"),
    bits_set(["10", "0110"]),
    octets(2, 4),
    octets_set([b"\x01", b"ab"]),
    texts(0, 5),
    text_set(["on", "off"]),
)
RAW = st.one_of(
    st.integers(-300, 1200),
    st.sampled_from([-1, 0, 2**32 - 1, 2**32, SIXTY_FOUR, -SIXTY_FOUR]),
    st.decimals(min_value=-20, max_value=120, places=2, allow_nan=False),
    st.sampled_from([Decimal("1E+2"), Decimal("0E-9"), Decimal("5.0"), Decimal("10.25")]),
    st.from_regex(r"0b[01]{0,9}", fullmatch=True),
    st.from_regex(r"0x[0-9A-Fa-f]{0,10}", fullmatch=True),
    st.sampled_from(["on", "off", '"on"', " on ", "", " ", "NA", "-", "Mon-Fri", "0b1x10", "10", "0x", "10 s", "5"]),
    st.text(max_size=6),
    st.booleans(),
)


def _is_member(raw: object, form: Form, permitted: Domain) -> bool:
    """By the slow way: what is read is a value of the first type, and is permitted."""
    try:
        value = read_value(raw, form)
    except NotRead:
        return False
    return not isinstance(value, NotSet) and form.kinds[0].contains(value) and permitted.contains(value)


@given(
    kind=st.sampled_from(KINDS),
    permitted=st.sampled_from((ANY, *KINDS)),
    unit=st.sampled_from(["", "s", "min"]),
    raw=RAW,
)
def test_what_a_check_accepts_is_read_and_permitted(kind: Domain, permitted: Domain, unit: str, raw: object) -> None:
    form = Form("X.value", (kind,), "", unit, (), ())
    check = checks_of(form, permitted).get(type(raw))
    if check is not None and check(raw):
        assert _is_member(raw, form, permitted)


@given(raw=RAW)
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_of_numbers_all_that_fit_are_accepted(kind: Domain, raw: object) -> None:
    form = Form("X.value", (kind,), "", "", (), ())
    check = checks_of(form, ANY).get(type(raw))
    if check is not None and type(raw) in (int, Decimal):
        assert check(raw) == _is_member(raw, form, ANY)


def test_a_set_with_a_unit_is_no_set_of_plain_numbers() -> None:
    assert not checks_of(Form("X.value", (integers(0, 9, unit="s"),), "", "", (), ()), ANY)
    assert checks_of(Form("X.value", (integers(0, 9, unit="s"),), "", "s", (), ()), ANY)[int](9)
    assert not checks_of(Form("X.value", (integers(0, 9),), "", "", (), ()), integers(0, 9, unit="V"))


def test_without_a_type_nothing_is_known() -> None:
    assert not checks_of(Form("X.value", (), "", "", (), ()), ANY)


@cache
def _items(release: str) -> tuple[str, ...]:
    return tuple(context(release).catalogue.items)


VALUES: tuple[object, ...] = (
    *(0, 1, 2, 7, 59, 60, 127, 128, 255, 256, 1799, 1800, 32767, 65535, 65536, 2**31, 2**32 - 1, 2**32, SIXTY_FOUR),
    *(-1, -128, -129, -32768, -(2**31), -(2**31) - 1),
    *map(Decimal, ("0.1", "1.0", "2.5", "1E+3")),
    *("0b1111111", "0b0000000", "0b1", "0b11111110", "0x00", "0x0102", "0x000000000000", "0xFFFFFFFFFFFFFFFF", "x", ""),
)


@pytest.mark.parametrize("release", RELEASES)
def test_every_item_of_a_release_is_judged_alike_both_ways(release: str) -> None:
    found = known(context(release).catalogue)
    accepted = 0
    for item in _items(release):
        form, checks = found.form(item), found.checks(item)
        for raw in VALUES:
            check = checks.get(type(raw))
            if check is None or not check(raw):
                continue
            accepted += 1
            value = read_value(raw, form)
            assert form.kinds[0].contains(value), (item, raw)
            assert found.judge.on_device(item, value) == (), (item, raw)
    assert accepted > 5000
