"""A set as an expression has the members that the set has."""

from __future__ import annotations

import re
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shares import examples

from gbcscheck.domains import (
    ANY,
    NONE,
    Bits,
    BitString,
    DateTimeValue,
    DateValue,
    Domain,
    Numbers,
    Octets,
    Texts,
    TimeValue,
    bits,
    bits_pattern,
    bits_set,
    booleans,
    cosem_date,
    cosem_time,
    integers,
    list_of,
    null,
    numbers,
    octets,
    octets_set,
    points,
    texts,
    union,
    xs_date,
)
from gbcscheck.domains.cosem import CosemDate, CosemDateTime, CosemTime
from gbcscheck.domains.patterns import is_same_in_ascii
from gbcscheck.fleet.answers import all_of, any_of, expression, first_of
from gbcscheck.fleet.compiled import COMPILED, Content, Dated, Field, Whole, Written, is_compiled, is_member
from gbcscheck.fleet.digit_patterns import field_pattern

sys.path.insert(0, str(Path(__file__).parents[1] / "domains"))
from domain_strategies import BIT_SETS, OCTET_SETS, PATTERN_TEXTS, TEXT_SETS, cosem_sets, number_sets

ibis = pytest.importorskip("ibis")
pyarrow = pytest.importorskip("pyarrow")

CONNECTION = ibis.duckdb.connect()
OF_DATES: dict[type[Domain], tuple[str, ...]] = {
    CosemDate: ("year", "month", "day", "weekday"),
    CosemTime: ("hour", "minute", "second", "hundredths"),
}
OF_DATES[CosemDateTime] = (*OF_DATES[CosemDate], *OF_DATES[CosemTime], "deviation", "status")
WIDE = ("year", "deviation")


def members(domains: list[Domain], values: list[Any], content: Any) -> list[list[bool | None]]:
    """For each set which of some values are members; ``content`` makes of a column what it holds."""
    if not domains:
        return []
    kind = pyarrow.int64() if isinstance(values[0], int) else pyarrow.string()
    v = ibis.memtable(pyarrow.table({"v": pyarrow.array(values, kind)})).v
    asked = {f"d{n}": expression(is_member(domain, content(v))) for n, domain in enumerate(domains)}
    found = CONNECTION.to_pyarrow(v.as_table().select(**asked)).to_pydict()
    return [found[name] for name in asked]


SOME = st.lists(number_sets(), min_size=8, max_size=12)


@given(domains=SOME, per=st.sampled_from([1, 10, 10**6]))
@settings(max_examples=examples(3))
def test_numbers(domains: list[Domain], per: int) -> None:
    values = [*range(-70, 140), *(n * per for n in range(-8, 14)), *(n * per // 2 for n in range(-8, 14))]
    for domain, found in zip(domains, members(domains, values, lambda v: Whole(v, per)), strict=True):
        held = isinstance(domain, Numbers) and domain.with_unit(None)
        assert found == [bool(held) and held.contains(Fraction(value, per)) for value in values], str(domain)


BIG = 2**63


@pytest.mark.parametrize(
    ("domain", "least", "most"),
    [
        (integers(0, 2**64 - 1), False, True),
        (integers(-BIG, BIG - 1), True, True),
        (integers(None, 0), True, False),
        (integers(-(2**80), None), True, True),
        (integers(BIG, 2**64), False, False),
        (numbers(None, None, step=Fraction(1, 2)), True, True),
        (ANY, True, True),
        (NONE, False, False),
    ],
    ids=str,
)
def test_numbers_at_the_ends_of_64_bits(domain: Domain, least: bool, most: bool) -> None:
    assert members([domain], [-BIG, BIG - 1], Whole) == [[least, most]]


def test_a_step_is_asked_of_all_numbers_too() -> None:
    assert members([integers(None, None).meet(numbers(step=5))], [0, 5, 7, -10], Whole) == [[True, True, False, True]]


TEXTS = ["", "A", "0", "00", "A0", "A0A0", "é", "a c", "abc", "0123456789", "b", "B", "AA", "007"]


@given(domains=st.lists(TEXT_SETS | PATTERN_TEXTS, min_size=8, max_size=12))
@settings(max_examples=examples(4))
def test_texts(domains: list[Domain]) -> None:
    values = [text for text in TEXTS if text.isascii()]
    for domain, found in zip(domains, members(domains, values, lambda v: Written(Texts, v)), strict=True):
        expected = [domain.contains(value) if is_compiled(domain) else None for value in values]
        assert found == expected, str(domain)


@given(domains=st.lists(BIT_SETS, min_size=8, max_size=12), before=st.sampled_from(["0b", ""]))
@settings(max_examples=examples(4))
def test_bits(domains: list[Domain], before: str) -> None:
    values = ["".join("01"[n >> k & 1] for k in range(length)) for length in range(1, 6) for n in range(2**length)]
    values += ["1" * 7, "0" * 8]
    written = [before + value for value in values]
    for domain, found in zip(domains, members(domains, written, lambda v: Written(Bits, v, before)), strict=True):
        assert found == [domain.contains(BitString(value)) for value in values], str(domain)


def test_bits_as_the_octet_that_they_fill() -> None:
    domains = [bits_pattern("1111100"), bits(7, 7), bits_set(["0000000", "1111111"]), bits(1, 8), bits(9, 9)]
    written = [f"0X{n:02X}" for n in range(0, 256, 2)]
    found = members(domains, written, lambda v: Written(Bits, v, "0X", digits=2))
    assert [sum(map(bool, one)) for one in found] == [1, 128, 2, 128, 0]
    assert found[0][0xF8 // 2]
    assert found[2][0xFE // 2]


@given(domains=st.lists(OCTET_SETS, min_size=8, max_size=12))
@settings(max_examples=examples(4))
def test_octets(domains: list[Domain]) -> None:
    values = [b"\0", b"\xfe", b"ab", b"a", b"\0\1", b"abc", bytes(5), b"Zz"]
    hexadecimal = [f"0X{value.hex().upper()}" for value in values]
    plain = [value.decode() for value in values if value.isalpha() and value.isascii()]
    of_hexadecimal = members(domains, hexadecimal, lambda v: Written(Octets, v, "0X", digits=2))
    of_plain = members(domains, plain, lambda v: Written(Octets, v))
    for domain, found, of_texts in zip(domains, of_hexadecimal, of_plain, strict=True):
        assert found == [domain.contains(value) for value in values], str(domain)
        assert of_texts == [domain.contains(value.encode()) for value in plain], str(domain)


def octets_of(kind: type[Domain]) -> list[bytes]:
    """Octets of a date or time in which one field, or none, is at an edge."""
    usual = {"year": 2021, "month": 11, "day": 1, "weekday": 255, "deviation": 0x8000, "status": 255}
    found = []
    for field in OF_DATES[kind]:
        for value in (
            0,
            1,
            2,
            12,
            13,
            17,
            23,
            24,
            30,
            59,
            60,
            99,
            100,
            252,
            253,
            254,
            255,
            0x7FFF,
            0x8000,
            0xFD30,
            0xFFFF,
        ):
            fields = {name: usual.get(name, 0) for name in OF_DATES[kind]} | {field: value}
            found.append(
                b"".join(
                    (fields[n] % 65536).to_bytes(2, "big") if n in WIDE else bytes((fields[n] % 256,)) for n in fields
                )
            )
    return found


def octet_fields(kind: type[Domain]) -> tuple[Field | str, ...]:
    return ("0X", *(Field(n, 4 if n in WIDE else 2, 16, signed=n == "deviation") for n in OF_DATES[kind]))


VALUES: dict[type[Domain], Any] = {CosemDate: DateValue, CosemTime: TimeValue, CosemDateTime: DateTimeValue}


@given(domains=st.lists(cosem_sets(), min_size=12, max_size=18))
@settings(max_examples=examples(3))
def test_dates_and_times(domains: list[Domain]) -> None:
    for kind in OF_DATES:
        of_kind = [one for one in domains if type(one) is kind]
        octets_ = octets_of(kind)
        written = [f"0X{one.hex().upper()}" for one in octets_]
        for domain, found in zip(
            of_kind, members(of_kind, written, lambda v, k=kind: Dated(k, v, octet_fields(k))), strict=True
        ):
            assert found == [domain.contains(VALUES[kind].from_octets(one)) for one in octets_], str(domain)


def test_fields_that_are_not_written_have_to_be_members_too() -> None:
    def content(v: Any, hundredths: int) -> Content:
        layout = (Field("hour", 2, 10), ":", Field("minute", 2, 10), ":", Field("second", 2, 10))
        return Dated(CosemTime, v, layout, (("hundredths", hundredths),))

    domain = cosem_time(hour=integers(16, 19), hundredths=points([0]))
    times = ["15:59:59", "16:00:00", "19:59:59", "20:00:00", "16:00:60", "16:0:00"]
    assert members([domain], times, lambda v: content(v, 0)) == [[False, True, True, False, False, False]]
    assert members([domain], times, lambda v: content(v, 255)) == [[False] * 6]


@given(
    values=st.one_of(
        st.tuples(st.integers(0, 255), st.integers(0, 255)).map(lambda ends: integers(min(ends), max(ends))),
        st.lists(st.integers(0, 255), min_size=1, max_size=9).map(points),
    ),
    base=st.sampled_from([10, 16]),
)
def test_digits_of_a_field(values: Domain, base: int) -> None:
    width = 3 if base == 10 else 2
    pattern = field_pattern(values, width, base)
    assert pattern
    written = [f"{n:03d}" if base == 10 else f"{n:02X}" for n in range(256)]
    assert [re.fullmatch(pattern, text) is not None for text in written] == [values.contains(n) for n in range(256)]


def test_digits_of_a_field_with_a_sign_and_of_too_many() -> None:
    pattern = field_pattern(union(integers(-32768, -32768), integers(-720, 840)), 4, 16, signed=True)
    assert pattern
    legal = [n for n in range(65536) if re.fullmatch(pattern, f"{n:04X}")]
    assert legal == [*range(841), 0x8000, *range(65536 - 720, 65536)]
    assert field_pattern(points(range(0, 256, 2)), 2, 16) is None
    assert field_pattern(integers(300, 400), 2, 16) == ""


# --- what has no expression ------------------------------------------------------------------------------------------


def test_values_of_another_kind_are_no_members_and_choices_are_their_alternatives() -> None:
    several = union(integers(0, 9), octets(1, 2), null())
    assert members([several, octets(1, 2), booleans(), xs_date()], [5, 10], Whole) == [
        [True, False],
        *[[False] * 2] * 3,
    ]
    assert is_compiled(union(integers(0, 9), octets_set([b"\1"])))


def test_kinds_without_an_expression_are_named() -> None:
    assert set(COMPILED) == {Numbers, Texts, Bits, Octets, CosemDate, CosemTime, CosemDateTime}
    for domain in (booleans(), null(), list_of(integers()), xs_date(), texts(patterns=[r"\d+"])):
        assert not is_compiled(domain)
    for domain in (texts(1, 5), texts(patterns=["[ -~]{1,22}"]), cosem_date(), ANY, NONE, integers()):
        assert is_compiled(domain)


@pytest.mark.parametrize(
    "pattern",
    [r"\d", "[^\\s]", "a.c", "é", "[a-z-[b]]", "(a{100}){11}", "[0-9]{1,1001}", "^a", "a$", "a\n", "(?:a)", "a+?"],
)
def test_patterns_that_engines_may_read_otherwise_are_left_to_the_judge(pattern: str) -> None:
    assert not is_same_in_ascii(pattern)


@pytest.mark.parametrize(
    "pattern", ["[0-9]{20}", "(A0)+|B", "[A-Fa-f0-9]{2}-[A-F]{2}", r"a\.b", "(a{100}){10}", "[^A]*"]
)
def test_patterns_that_all_read_alike(pattern: str) -> None:
    assert is_same_in_ascii(pattern)


# --- three values ----------------------------------------------------------------------------------------------------

THREE = (True, False, None)


def test_what_is_not_known_stays_so_unless_the_others_decide() -> None:
    v = ibis.memtable(pyarrow.table({"v": pyarrow.array(THREE, pyarrow.bool_())})).v
    for one in THREE:
        found = CONNECTION.to_pyarrow(
            v.as_table().select(v="v", all=expression(all_of([v, one])), any=expression(any_of([one, v])))
        ).to_pylist()
        for row in found:
            both = {row["v"], one}
            assert row["all"] is (False if False in both else None if None in both else True)
            assert row["any"] is (True if True in both else None if None in both else False)


def test_constants_stay_constants() -> None:
    assert (all_of([]), any_of([]), all_of([True, None]), any_of([False, None])) == (True, False, None, None)
    assert (all_of([None, False]), any_of([None, True])) == (False, True)
    assert (first_of([(False, True)], None), first_of([(True, False)], None)) == (None, False)


def test_a_case_whose_condition_is_not_known_does_not_hold() -> None:
    v = ibis.memtable(pyarrow.table({"v": pyarrow.array(THREE, pyarrow.bool_())})).v
    found = CONNECTION.to_pyarrow(v.as_table().select(a=expression(first_of([(v, True), (~v, None)], False))))
    assert found.to_pydict()["a"] == [True, None, False]
