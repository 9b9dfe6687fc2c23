"""Sentences of clauses: every form is read as its table says, near misses are not, and no small word is overlooked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import integers, numbers, points, texts
from gbcscheck.domains.rational import decimal_text
from gbcscheck.notation.canonical import parse_domain, print_domain
from gbcscheck.notation.clause import ClauseSentence, item_name, read_clause_sentence
from gbcscheck.notation.clause_forms import FORMS, ClauseForm
from gbcscheck.notation.errors import NotationError

SMALL_WORDS = ("not", "except", "where", "and", "or", "unless", "at least")


def _said(sentence: ClauseSentence) -> tuple[tuple[str, str], ...]:
    return tuple((one.attribute, str(one.stated)) for one in sentence.said)


def _gives(text: str, *items: str) -> dict[str, str]:
    return dict(_said(read_clause_sentence(text, listed=items)))


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_every_form_gives_what_its_table_says(form: ClauseForm) -> None:
    read = read_clause_sentence(form.example, listed=form.items)
    assert (_said(read), read.item) == (form.gives, form.item)
    for attribute, what in form.gives:
        if attribute in ("permitted", "default", "states", "type", "x-entries"):
            assert print_domain(parse_domain(what)) == what


OTHER_WAYS = [
    ("A value in seconds between 10 and 900 (inclusive).", {"unit": "s", "permitted": "10..900 s"}),
    ("A value in minutes in the range 0 to 60", {"unit": "min", "permitted": "0..3600 step 60 s"}),
    ("A value in Volts not less than 200.", {"unit": "V", "permitted": "200.. V"}),
    ("A value in Volts up to and including 253.", {"unit": "V", "permitted": "..253 V"}),
    ("A value in kW, in the range 0 to 25, in steps of 0.5.", {"unit": "kW", "permitted": "0..25000 step 500 W"}),
    ("A value in the range 0 to 50 kW, in steps of 1 kW.", {"permitted": "0..50000 step 1000 W"}),
    ("A value in the range 0 to 50 V.", {"permitted": "0..50 V"}),
    ("A value in hours in the range 0 to 9, in steps of 15 min.", {"unit": "h", "permitted": "0..32400 step 900 s"}),
    ("An integer in the range -5 to 5.", {"permitted": "-5..5"}),
    ("A 16 bit signed integer.", {"type": "-32768..32767"}),
    ("An 8 bit unsigned integer in the range 0 to 9.", {"type": "0..255", "permitted": "0..9"}),
    ("A character string of 1 to 20 characters.", {"permitted": "text(1..20)"}),
    ("A string of between 1 and 20 inclusive characters.", {"permitted": "text(1..20)"}),
    ("The default value is 0x0A1B.", {"default": "0x0A1B"}),
    ("The default value shall be 2030-03-01.", {"default": "date(year 2030, month 3, day 1)"}),
    ("The Limit must be set to ‘Armed’ or ‘Not fitted’.", {"states": '"Armed" | "Not fitted"'}),
    ("The Limit shall be not configurable.", {"settable-by": "none"}),
    ("This value shall be readable by the Import Supplier.", {"readable-by": "Import Supplier"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "gives"), OTHER_WAYS, ids=[text for text, _ in OTHER_WAYS])
def test_other_ways_to_write_a_form(text: str, gives: dict[str, str]) -> None:
    assert _gives(text) == gives


NEAR_MISSES = [
    # negated
    ("A value in seconds not in the range 0 to 1799.", "no form"),
    ("The Sample Limit shall not be in the range 0 to 10 V.", "no form"),
    ("The default value shall not be 600 seconds.", "no form"),
    ("The Sample Limit shall not be capable of being read by the Supplier.", "no form"),
    # conditional, excepted, intended
    ("Where fitted, a value in seconds in the range 0 to 1799.", "a condition"),
    ("A value in seconds in the range 0 to 1799 unless in Prepayment Mode.", "a condition"),
    ("If enabled, the default value shall be 600 seconds.", "a condition"),
    ("A value in seconds in the range 0 to 1799 except 900.", "an exception"),
    ("The Sample Limit shall only be configurable by the Supplier.", "a condition"),
    ("The Sample Limit may be configurable by the Supplier.", "no more than an intention"),
    ("The default value should be 600 seconds.", "no more than an intention"),
    ("A value in seconds, typically in the range 0 to 1799.", "no more than an intention"),
    # elsewhere
    ("A value in seconds in the range set out in clause 5.3.", "a reference to elsewhere"),
    ("The default value shall be as defined in Annex B.", "a reference to elsewhere"),
    ("A value in seconds in accordance with Table 4.", "a reference to elsewhere"),
    # ends that nobody says are included
    ("A value in seconds between 0 and 1799.", "expected 'inclusive' or 'exclusive'"),
    ("A value in seconds up to 1799.", "no form"),
    ("A value in seconds of about 1799.", "no form"),
    # two of a thing, or things that do not go together
    ("A value in seconds in the range 0 to 10, in the range 20 to 30.", "twice"),
    ("A value in seconds in the range 0 to 10 or 20 to 30.", "no form"),
    ("A value in seconds in the range 0 to 10 V.", "two units"),
    ("A value in the range 0 V to 10 kV to 3.", "no form"),
    ("A value in the range 0 V to 10.5 kV, with a default of 3.", "two units, and a number without one"),
    ("A value in seconds in the range 10 to 0.", "cannot end"),
    ("A value in seconds in the range 0 to 10, with a resolution of 3.", "no multiple"),
    ("A value in seconds in the range 0 to 10, with a resolution of 0.", "more than nothing"),
    ("A value in seconds not less than 1 and greater than 9.", "twice"),
    ("A value in seconds not less than 1, not greater than 9.", "twice"),
    ("A value in seconds not less than 1 or not greater than 9.", "no form"),
    ("A value in seconds greater than 1 and less than 2.", "no value"),
    ("An integer in the range 0 to 1.5.", "no multiple|none"),
    ("An unsigned integer in the range -1 to 5.", "below 0"),
    ("A time of day in the range 0 to 24.", "no range"),
    ("A time of day with a resolution of 90 minutes.", "none that"),
    ("A string of up to 25 characters in the range 0 to 9.", "no number"),
    # a resolution that nobody says
    ("A value in seconds in the range 0 to 1 hour.", "a range in s and h, and no resolution"),
    ("A value in minutes in the range 0 to 1799 seconds.", "a range in min and s"),
    ("A value in the range 30 minutes to 1 hour.", "a range in min and h"),
    ("A value in the range 0 to 50 kW.", "nor that the value is in kW"),
    ("A value in seconds in the range 5 to 1 hour, in steps of 5.", "two units, and 5 without one"),
    ("A value in seconds, one of 15, 30 or 60 minutes.", "two units, and 15 without one"),
    # units and numbers that are none
    ("A value in fortnights in the range 0 to 2.", "no unit"),
    ("A value in m in the range 0 to 2.", "metres or minutes"),
    ("A value in seconds in the range 0 to 1,799.", "no form"),
    ("A value in seconds in the range zero to ten.", "no form"),
    ("An 8 bit integer.", "no form"),
    ("A 128 bit unsigned integer.", "bits were expected"),
    ("The default value shall be 31 February 2030.", "no such day"),
    ("The default value shall be 25:00.", "at most 23"),
    ("The default value shall be Armed.", "no form"),
    # states that are more than names
    ("The Sample State shall be set to Armed.", "ends too early|no form"),
    ("The Sample State shall be set to Armed, Locked and Unlocked.", "no form"),
    ("The Sample State shall be set to Armed, Locked and tight or Unlocked.", "more than the name|no form"),
    ("The Sample State shall be one of the following:", "no list"),
    # no data item
    ("All Devices: A value in seconds in the range 0 to 10.", "may be no data item"),
    ("Note: A value in seconds in the range 0 to 10.", "an example"),
    ("Each of the limits shall be a value in seconds in the range 0 to 10.", "at once|no form"),
    ("A value.", "no more"),
    ("", "ends too early|no form"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), NEAR_MISSES, ids=[text for text, _ in NEAR_MISSES])
def test_a_near_miss_is_not_read(text: str, why: str) -> None:
    with pytest.raises(NotationError) as refused:
        read_clause_sentence(text)
    assert re.search(why, str(refused.value)), str(refused.value)


BAD_LISTS = [
    (("Armed;",), "no list of two"),
    (("Armed;", "Locked; and", "Unlocked."), "no 'or'"),
    (("Armed;", "Locked;", "Unlocked."), "no 'or'"),
    (("Armed;", "Locked where fitted; or", "Unlocked."), "a condition"),
    (("Armed;", "Armed; or", "Unlocked."), "twice"),
    (("Armed;", "the supply is locked; or", "Unlocked."), "more than the name"),
    (("Armed:", "Locked; or", "Unlocked."), "more than the name"),
]


@pytest.mark.parametrize(("items", "why"), BAD_LISTS)
def test_a_list_that_is_more_than_names_is_not_read(items: tuple[str, ...], why: str) -> None:
    with pytest.raises(NotationError, match=why):
        read_clause_sentence("The Sample State shall be one of the following:", listed=items)


def test_a_list_below_a_sentence_that_does_not_lead_to_one_is_refused() -> None:
    with pytest.raises(NotationError, match="does not lead to one"):
        read_clause_sentence("A value in seconds.", listed=("Armed;", "Locked."))


def test_numbers_in_a_list_are_values() -> None:
    given = _gives("The Sample Limit shall be one of the following values:", "15 minutes;", "30 minutes; or", "1 hour.")
    assert given == {"permitted": "900 s | 1800 s | 3600 s"}


def test_a_list_without_signs_behind_its_items_has_no_word_between_them() -> None:
    sentence = "The Sample State shall be one of the following:"
    assert _gives(sentence, "Armed", "Locked", "Open") == {"states": '"Armed" | "Locked" | "Open"'}
    for items in (("Armed", "Locked or", "Open"), ("Armed;", "Locked;", "Open.")):
        with pytest.raises(NotationError):
            read_clause_sentence(sentence, listed=items)


# --- small words -----------------------------------------------------------------------------------------------------


def _mutations(text: str) -> Iterator[str]:
    """The text with each of its small words left out or replaced, and with one put in at every place."""
    words = text.split(" ")
    for place in range(len(words) + 1):
        for small in SMALL_WORDS:
            yield " ".join((*words[:place], small, *words[place:]))
    for small in SMALL_WORDS:
        for found in re.finditer(rf"(?<![\w-]){small}(?![\w-])", text, re.I):
            for other in ("", *SMALL_WORDS):
                if other != small:
                    changed = f"{text[: found.start()]}{other}{text[found.end() :]}"
                    yield " ".join(changed.split())


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_no_small_word_put_in_left_out_or_changed_leaves_what_is_said(form: ClauseForm) -> None:
    whole = read_clause_sentence(form.example, listed=form.items)
    tried = 0
    for changed in _mutations(form.example):
        tried += 1
        try:
            read = read_clause_sentence(changed, listed=form.items)
        except NotationError:
            continue
        assert (read.item, read.said) != (whole.item, whole.said), changed
    assert tried > 20


@pytest.mark.parametrize("form", [form for form in FORMS if form.items], ids=lambda form: form.name)
def test_no_small_word_in_a_list_leaves_what_is_said(form: ClauseForm) -> None:
    whole = read_clause_sentence(form.example, listed=form.items)
    for place, item in enumerate(form.items):
        for changed in _mutations(item):
            items = (*form.items[:place], changed, *form.items[place + 1 :])
            try:
                read = read_clause_sentence(form.example, listed=items)
            except NotationError:
                continue
            assert read.said != whole.said, changed


# --- a sentence made of a set is read as that set --------------------------------------------------------------------

UNITS = (("seconds", "s"), ("minutes", "min"), ("Volts", "V"), ("kWh", "kWh"), ("cubic metres per hour", "m3/h"))


@given(
    st.integers(-5000, 5000), st.integers(0, 5000), st.sampled_from(UNITS), st.sampled_from((0, 1, 2)), st.booleans()
)
def test_a_range_reads_back(low: int, size: int, unit: tuple[str, str], places: int, between: bool) -> None:
    ends = [decimal_text(Fraction(end, 10**places)) for end in (low, low + size)]
    words = f"between {ends[0]} and {ends[1]} inclusive" if between else f"in the range {ends[0]} to {ends[1]}"
    step = decimal_text(Fraction(1, 10**places))
    given_step = f", with a resolution of {step}"
    assert _gives(f"A value in {unit[0]} {words}{given_step}.") == {
        "unit": unit[1],
        "permitted": str(numbers(ends[0], ends[1], step=step, unit=unit[1])),
    }


@given(st.integers(-99, 99), st.integers(1, 99), st.booleans(), st.booleans())
def test_bounds_read_back(low: int, size: int, low_open: bool, high_open: bool) -> None:
    lower = "greater than" if low_open else "not less than"
    upper = "less than" if high_open else "not greater than"
    domain = numbers(low, low + size + 2, low_open=low_open, high_open=high_open, step=1)
    assert _gives(f"An integer {lower} {low} and {upper} {low + size + 2}.") == {"permitted": str(domain)}


@given(st.lists(st.integers(0, 999), min_size=2, max_size=6, unique=True))
def test_single_values_read_back(values: list[int]) -> None:
    written = f"{', '.join(map(str, values[:-1]))} or {values[-1]}"
    assert _gives(f"A value in Volts, one of {written}.") == {"unit": "V", "permitted": str(points(values, "V"))}


@given(st.integers(0, 99), st.integers(0, 99))
def test_lengths_and_hexadecimal_numbers_read_back(low: int, size: int) -> None:
    assert _gives(f"A string of {low} to {low + size} characters.") == {"permitted": str(texts(low, low + size))}
    assert _gives(f"An integer in the range 0x{low:02X} to 0b{low + size:b}.") == {
        "permitted": str(integers(low, low + size))
    }


# --- names, units and errors -----------------------------------------------------------------------------------------


def test_the_title_of_its_clause_names_the_item_in_any_case() -> None:
    text = "The sample limit shall be configurable by the Supplier."
    assert read_clause_sentence(text, "Sample limit").item == "Sample Limit"
    with pytest.raises(NotationError, match="no form"):
        read_clause_sentence(text, "Another title")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Sample Limit [INFO]", "Sample Limit"),
        ("Sample Matrix [1..n]", "Sample Matrix"),
        ("Readings(n) [INFO]:", "Readings"),
        ("Sample  Limit ", "Sample Limit"),
    ],
)
def test_marks_behind_a_name_are_no_part_of_it(written: str, name: str) -> None:
    assert item_name(written) == name


def test_a_number_without_a_unit_is_open_and_takes_that_of_its_clause() -> None:
    assert read_clause_sentence("The default value shall be 30.").is_open
    assert not read_clause_sentence("An integer in the range 0 to 30.").is_open
    read = read_clause_sentence("The default value shall be 30.", unit="min")
    assert _said(read) == (("default", "1800 s"),)
    assert not read.is_open


def test_a_sentence_that_is_too_long_is_refused_by_name() -> None:
    with pytest.raises(NotationError, match="2199 characters"):
        read_clause_sentence("A " * 1100)


def test_the_error_shows_the_place_and_what_was_expected() -> None:
    with pytest.raises(NotationError) as refused:
        read_clause_sentence("A value in seconds in the range 0 onwards.")
    assert str(refused.value).splitlines()[2:] == ["                                           ^", "expected 'to'"]
