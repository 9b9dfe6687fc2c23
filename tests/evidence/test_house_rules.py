"""What house rules ask of sets of values: within, outside, and relations between two; unknown breaks nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import points
from gbcscheck.evidence.house_rules import Broken, Related, Within, in_words, outside, unrelated
from gbcscheck.notation.canonical import parse_domain

NUMBERS = st.integers(-50, 50)


def within(text: str) -> Within:
    return Within(permitted=parse_domain(text))


def relation(sign: str, premise: str = "", conclusion: str = "") -> Related:
    sets = [parse_domain(text) if text else None for text in (premise, conclusion)]
    return Related("A", sign, "B", *sets)


def broken(left: str, sign: str, right: str, *implied: str) -> Broken | None:
    return unrelated([parse_domain(left)], [parse_domain(right)], relation(sign, *implied))


class TestWithin:
    @pytest.mark.parametrize(
        ("values", "permitted"),
        [("230 V", "180..250 V"), ("0.2 kV", "180..250 V"), ("1 min", "0..60 s"), ('"a"', '"a" | "b"'), ("5", "0..9")],
    )
    def test_values_in_the_set_break_nothing_units_converted(self, values: str, permitted: str) -> None:
        assert outside([parse_domain(values)], within(permitted)) is None

    @pytest.mark.parametrize(
        ("values", "permitted", "witness"),
        [
            ("260 V", "180..250 V", "260 V"),
            ("2 min", "0..60 s", "120 s"),
            ("3 s", "180..250 V", "3 s"),
            ("0..10", "0..9", "10"),
            ('"c"', '"a" | "b"', '"c"'),
        ],
    )
    def test_a_value_beyond_the_set_is_the_witness(self, values: str, permitted: str, witness: str) -> None:
        assert outside([parse_domain(values)], within(permitted)) == Broken(witness)

    @pytest.mark.parametrize(
        ("permitted", "step"), [("180..260 V", "1 V"), ("180..260 step 5 V", "5 V"), ("0..300", "1")]
    )
    def test_a_value_between_the_bounds_that_is_no_step_is_explained(self, permitted: str, step: str) -> None:
        broken = outside([parse_domain("207.5" if step == "1" else "207.5 V")], within(permitted))
        assert broken is not None
        assert broken.why("Is it so?").startswith(
            f"Is it so? It lies between the bounds and is no multiple of {step}; with step any"
        )
        assert outside([parse_domain("207.5 V")], within("180..260 step any V")) is None
        beyond = outside([parse_domain("261 V")], within("180..260 V"))
        assert beyond is not None
        assert beyond.why("Is it so?") == "Is it so?"

    def test_a_number_without_a_unit_is_taken_to_be_in_the_rules_and_that_is_told(self) -> None:
        assert outside([parse_domain("200")], within("180..250 V")) is None
        found = outside([parse_domain("260")], within("180..250 V"))
        assert found == Broken("260 V", "One side states no unit; its numbers are taken to be in V here.")

    def test_one_reading_that_lies_within_will_do(self) -> None:
        assert outside([parse_domain("2300"), parse_domain("230")], within("180..250")) is None
        assert outside([], within("180..250")) is None

    def test_the_rules_set_is_read_in_the_data_type(self) -> None:
        days = parse_domain("0b1111111")
        assert outside([days], within("0xFE"), [parse_domain("bits(7)")]) is None
        assert outside([parse_domain("0b1111100")], within("0xFE"), [parse_domain("bits(7)")]) is not None

    def test_a_member_of_a_forbidden_set_is_the_witness(self) -> None:
        asked = Within(forbidden=parse_domain("4..6"))
        assert outside([parse_domain("5..9")], asked) == Broken("5")
        assert outside([parse_domain("7")], asked) is None

    def test_what_cannot_be_told_breaks_nothing(self) -> None:
        words = parse_domain(r'text matching "\\p{L}+x"')
        capitals = r'text matching "\\p{Lu}*"'
        assert words.is_subset(parse_domain(capitals)) is None
        assert outside([words], within(capitals)) is None


class TestRelations:
    @pytest.mark.parametrize(
        ("left", "sign", "right"),
        [
            ("207 V", "<", "253 V"),
            ("207 V", "<", "0.253 kV"),
            ("5", "<=", "5"),
            ("0..9", "<", "1"),
            ("0..9", "<", "5.."),
            ("1", "!=", "2"),
            ("1..2", "!=", "1..2"),
            ("0x01", "!=", "0x02"),
            ('"a"', "<", '"b"'),
        ],
    )
    def test_values_that_may_stand_so_break_nothing(self, left: str, sign: str, right: str) -> None:
        assert broken(left, sign, right) is None

    @pytest.mark.parametrize(
        ("left", "sign", "right", "witness"),
        [
            ("253 V", "<", "207 V", "253 V and 207 V"),
            ("5", "<", "5", "5 and 5"),
            ("6", "<=", "5", "6 and 5"),
            ("5..9", "<", "0..5", "5 and 0"),
            ("1", "!=", "1", "1 and 1"),
            ("60 s", "!=", "1 min", "60 s and 60 s"),
            ("0x01", "!=", "0x01", "0x01 and 0x01"),
        ],
    )
    def test_values_none_of_which_stand_so_are_a_conflict(self, left: str, sign: str, right: str, witness: str) -> None:
        assert broken(left, sign, right) == Broken(witness)

    def test_there_is_no_order_between_two_quantities(self) -> None:
        found = broken("1 V", "<", "2 s")
        assert found is not None
        assert "no order between V and s" in found.witness

    def test_times_and_dates_have_an_order_where_they_are_given_in_full(self) -> None:
        six, ten, whenever = "hour 6, minute 0, second 0, hundredths 255", "hour 10, minute 0, second 0", "hour 10"
        ten += ", hundredths 0"
        assert broken(f"time({six})", "<", f"time({ten})") is None
        assert broken(f"time({ten})", "<", f"time({six})") is not None
        assert broken(f"time({ten})", "<", f"time({whenever})") is None
        new_year, eve = "year 2022, month 1, day 1, weekday 255", "year 2021, month 12, day 31, weekday 5"
        assert broken(f"date({eve})", "<", f"date({new_year})") is None
        assert broken(f"date({new_year})", "<=", f"date({eve})") is not None

    def test_implies_asks_only_where_the_premise_holds_for_all(self) -> None:
        assert broken("1", "implies", "2", "1", "3..4") == Broken("1 and 2")
        assert broken("1", "implies", "3", "1", "3..4") is None
        assert broken("2", "implies", "2", "1", "3..4") is None
        assert broken("1..2", "implies", "2", "1", "3..4") is None

    @given(left=NUMBERS, right=NUMBERS)
    def test_single_numbers_stand_in_exactly_the_relations_that_python_says(self, left: int, right: int) -> None:
        one, other = points([left]), points([right])
        assert (unrelated([one], [other], relation("<")) is None) == (left < right)
        assert (unrelated([one], [other], relation("<=")) is None) == (left <= right)
        assert (unrelated([one], [other], relation("!=")) is None) == (left != right)

    @given(left=st.sets(NUMBERS, min_size=1, max_size=4), right=st.sets(NUMBERS, min_size=1, max_size=4))
    def test_sets_break_an_order_where_no_pair_has_it(self, left: set[int], right: set[int]) -> None:
        one, other = points(sorted(left)), points(sorted(right))
        assert (unrelated([one], [other], relation("<")) is None) == any(a < b for a in left for b in right)


def test_what_is_asked_in_words() -> None:
    asked = Within(parse_domain("180..250 V"), parse_domain("200 V"))
    assert in_words(asked) == "in 180..250 V, not in 200 V"
    assert in_words(relation("implies", "1", "3..9")) == "A in 1 implies B in 3..9"
    assert in_words(relation("<")) == "A < B"
