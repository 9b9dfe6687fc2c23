"""The canonical notation: what it reads, what it prints, and what it says of a text that is wrong."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.domains import (
    ANY,
    NONE,
    Domain,
    bits,
    bits_of,
    bits_pattern,
    boolean,
    booleans,
    cosem_date,
    cosem_date_time,
    cosem_time,
    integers,
    list_of,
    null,
    numbers,
    octets,
    octets_of,
    points,
    record,
    text_set,
    texts,
    union,
    xs_date,
    xs_date_time,
    xs_time,
)
from gbcscheck.limits import DOMAIN
from gbcscheck.notation import canonical
from gbcscheck.notation.canonical import (
    NotationError,
    parse_by_grammar,
    parse_domain,
    print_domain,
    print_value,
)
from gbcscheck.notation.canonical_builder import Builder
from gbcscheck.notation.errors import WIDTH, either, mark

EXAMPLES: list[tuple[str, Domain, str]] = [
    # text, what it stands for, and how it is printed where that differs
    ("any", ANY, ""),
    ("none", NONE, ""),
    ("null", null(), ""),
    ("0..255", integers(0, 255), ""),
    ("0..", integers(0), ""),
    ("..10", integers(None, 10), ""),
    ("int", integers(), ""),
    ("decimal", numbers(), ""),
    ("decimal step 0.01", numbers(step="0.01"), ""),
    ("decimal step any", numbers(), "decimal"),
    ("0..6.5535 step 0.0001", numbers(0, "6.5535", step="0.0001"), ""),
    ("0<..<10 step any", numbers(0, 10, low_open=True, high_open=True), ""),
    ("0<.. step any", numbers(0, low_open=True), ""),
    ("..<10 step any", numbers(high=10, high_open=True), ""),
    ("0<..<10", integers(1, 9), "1..9"),
    ("-5..-1", integers(-5, -1), ""),
    ("+5", points([5]), "5"),
    ("1 | 2 | 5", points([1, 2, 5]), ""),
    ("1|2|5", points([1, 2, 5]), "1 | 2 | 5"),
    ("0 | 1", integers(0, 1), ""),
    ("0..10 | 20..30", union(integers(0, 10), integers(20, 30)), ""),
    ("5 | 0..3", points([0, 1, 2, 3, 5]), "0..3 | 5"),
    ("0..1 step any | 5", union(numbers(0, 1), points([5])), ""),
    ("1/3", points(["1/3"]), ""),
    ("0.50", points(["0.5"]), "0.5"),
    ("0..1799 s", integers(0, 1799, unit="s"), ""),
    ("0..30 min", integers(0, 30, unit="min"), "0..1800 step 60 s"),
    ("0..0.5 step 0.25 kV", numbers(0, "0.5", step="0.25", unit="kV"), "0 V | 250 V | 500 V"),
    ("230 V | 253 V", points([230, 253], "V"), ""),
    ("int V", integers(unit="V"), ""),
    ("decimal step 0.1 V", numbers(step="0.1", unit="V"), ""),
    ("5 V | 3 A", union(points([5], "V"), points([3], "A")), "3 A | 5 V"),
    ("5 min", points([5], "min"), "300 s"),
    ('"A" | "B"', text_set(["A", "B"]), ""),
    ('"B" | "A" | "A"', text_set(["A", "B"]), '"A" | "B"'),
    ('" "', text_set([" "]), ""),
    ('""', text_set([""]), ""),
    (r'"a\"b\\c\n\u00e9"', text_set(['a"b\\c\né']), r'"a\"b\\c\né"'),
    ('"a | b"', text_set(["a | b"]), ""),
    ('"a" | "b | c"', text_set(["a", "b | c"]), ""),
    ("text", texts(), ""),
    ("text(1..20)", texts(1, 20), ""),
    ("text(5)", texts(5, 5), ""),
    ("text(1..)", texts(1), ""),
    ("text(..8)", texts(0, 8), "text(0..8)"),
    ('text(1..20) matching "[0-9]+"', texts(1, 20, ["[0-9]+"]), ""),
    (
        'text matching "[0-9]+" matching "[1-9].*"',
        texts(1, None, ["[0-9]+", "[1-9].*"]),
        'text(1..) matching "[0-9]+" matching "[1-9].*"',
    ),
    ("0b1111111", bits_of("1111111"), ""),
    ("0b1xx0", bits_pattern("1xx0"), ""),
    ("0b00 | 0b01", bits_pattern("0x"), "0b0x"),
    ("bits", bits(), ""),
    ("bits(7)", bits(7, 7), ""),
    ("bits(0..20)", bits(0, 20), ""),
    ("0x000001FFFF", octets_of(bytes.fromhex("000001FFFF")), ""),
    ("0x0e", octets_of(b"\x0e"), "0x0E"),
    ("0x00 | 0x03", union(octets_of(b"\x00"), octets_of(b"\x03")), ""),
    ("octets", octets(), ""),
    ("octets(5)", octets(5, 5), ""),
    ("octets(0..12)", octets(0, 12), ""),
    ("octets(0)", octets_of(b""), ""),
    ("boolean", booleans(), ""),
    ("true | false", booleans(), "boolean"),
    ("false", boolean(False), ""),
    ("list(0..255)", list_of(integers(0, 255)), ""),
    ("list(0..255, 1..2)", list_of(integers(0, 255), 1, 2), ""),
    ("list(null | 0..5, 3)", list_of(union(null(), integers(0, 5)), 3, 3), "list(0..5 | null, 3)"),
    ("list(none, 0)", list_of(NONE), ""),
    ("{}", record({}), ""),
    ("{a: 0..1, b: text}", record({"a": integers(0, 1), "b": texts()}), "{a: 0 | 1, b: text}"),
    (
        '{"time of day": time, text: 5}',
        record({"time of day": cosem_time(), "text": points([5])}),
        '{"text": 5, "time of day": time}',
    ),
    ("time", cosem_time(), ""),
    ("date", cosem_date(), ""),
    ("date-time", cosem_date_time(), ""),
    (
        "time(hour 0..23, minute 0..59, second 0..59, hundredths 0..99 | 255)",
        cosem_time(hour=integers(0, 23), minute=integers(0, 59), second=integers(0, 59)),
        "time(hour 0..23, minute 0..59, second 0..59)",
    ),
    ("date(year 2020, weekday 255)", cosem_date(year=points([2020]), weekday=points([255])), ""),
    ("xs:time", xs_time(), ""),
    ("xs:date(zone null)", xs_date(zone=null()), ""),
    (
        "xs:dateTime(year 2000..2099, zone 0 | null)",
        xs_date_time(year=integers(2000, 2099), zone=union(points([0]), null())),
        "",
    ),
    (
        "xs:time(seconds 0..86399.99 step 0.01, zone 0)",
        xs_time(seconds=numbers(0, "86399.99", step="0.01"), zone=points([0])),
        "",
    ),
    ('null | octets(12) | "NA"', union(null(), octets(12, 12), text_set(["NA"])), '"NA" | octets(12) | null'),
    ("  0 ..  255\n", integers(0, 255), "0..255"),
]


@pytest.mark.parametrize(("text", "domain", "printed"), EXAMPLES)
def test_read_and_printed(text: str, domain: Domain, printed: str) -> None:
    assert parse_domain(text) == domain
    assert parse_by_grammar(text) == domain
    assert print_domain(domain) == (printed or text)


def test_equal_sets_are_printed_alike() -> None:
    assert print_domain(parse_domain("1..3 | 4 | 5..9")) == "1..9"
    assert print_domain(parse_domain("9 | 2 | 4 | 3")) == "2..4 | 9"


# --- the commonest shapes are read without the grammar, and as the grammar reads them -----------------------------

ATOMS = st.sampled_from(
    (
        *("0", "7", "255", "-1", "1.5", "..", "<..", "..<", "0x0E", "0xF", "0b01", "0b1x", '"A"', '"B', "|", " ", "  "),
        *("any", "none", "null", "int", "decimal", "text", "bits", "octets", "boolean", "true", "time", "\n"),
        *(
            "(",
            ")",
            "(5)",
            "(1..3)",
            "(3..1)",
            "(2..)",
            "step",
            "0.5",
            "s",
            "V",
            ",",
            "{",
            "}",
            "xs:time",
            "zone",
            "hour",
        ),
        *("list(", "matching", '"[0-9]+"', '"[a"', "time(hour ", "date(year 0..5, month 1)", "٣"),
    )
)


@given(st.lists(ATOMS, max_size=5).map("".join))
def test_both_ways_read_the_same_language(text: str) -> None:
    assert _outcome(parse_domain, text) == _outcome(parse_by_grammar, text)


@given(st.lists(ATOMS, max_size=7).map(" ".join))
def test_both_ways_read_the_same_language_with_blanks(text: str) -> None:
    assert _outcome(parse_domain, text) == _outcome(parse_by_grammar, text)


def _outcome(parse: Callable[[str], Domain], text: str) -> Domain | str:
    try:
        return parse(text)
    except NotationError as error:
        return str(error)


@given(st.text(max_size=40))
def test_whatever_is_given_is_read_or_refused_clearly(text: str) -> None:
    outcome = _outcome(parse_domain, text)
    if isinstance(outcome, Domain):
        assert parse_domain(print_domain(outcome)) == outcome
    else:
        assert "^" in outcome


# --- errors ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem", "marked"),
    [
        ("", "nothing here", ""),
        ("   ", "nothing here", ""),
        ("foo", "'foo' cannot stand here", "foo"),
        ("1 2", "'2' cannot stand here", "2"),
        ("any any", "'any' cannot stand here", "any"),
        ("10..20 |", "something is missing at the end", ""),
        ("text(1..", "something is missing at the end", ""),
        ("5..3", "the lower end is above the upper end", "5..3"),
        ("text(5..3)", "the lower end is above the upper end", "5..3"),
        ("5<..<5 step any", "no number lies between", "5<..<5"),
        ("5<..<6", "no number lies between", "5<..<6"),
        ("0..0.7", "0.7 is no multiple of the step, 1", "0.7"),
        ("1..99 step 2", "1 is no multiple of the step, 2", "1"),
        ("0..5 step 0", "a step has to be above 0", "0"),
        ("0..5 step -1", "a step has to be above 0", "-1"),
        ("<..5 step any", "an open end needs its number", "<.."),
        ("5..< step any", "an open end needs its number", "..<"),
        ("5/0", "a division by 0", "5/0"),
        ("1e999999999", "without an exponent", "e999999999"),
        ("0..10 furlong", "'furlong' is not a unit that is known here", "furlong"),
        ("0..10 | 20 s", "numbers with a unit and numbers without", "0..10 | 20 s"),
        ("0xF", "pairs of hexadecimal digits", "0xF"),
        ("0b", "with 0, 1 and x", "0b"),
        ("0b12", "'2' cannot stand here", "2"),
        ("bits(0..10**12)", "'*' cannot stand here", "*"),
        ("bits(0..1000000000000)", "a count above 4294967296", "1000000000000"),
        ("bits(-1)", "a whole number from 0 up", "-1"),
        ("text(1<..5)", "a count has no open end", "<.."),
        ("text(1<..)", "a count has no open end", "<.."),
        ("list(0..1, 1.5)", "a whole number from 0 up", "1.5"),
        ('"abc', "never closed", '"'),
        (r'"a\q"', "unknown escape", '"'),
        (r'"\ud800"', "surrogate", r'"\ud800"'),
        ('text matching "[a"', "", '"[a"'),
        ("time(hour 24..30)", "none of these is a legal hour", "hour"),
        ("time(day 5)", "time has no field day", "day"),
        ("time(hour 5, hour 6)", "the field hour stands here twice", "hour"),
        ("time(hour 0 h)", "no unit", "hour"),
        ("xs:time(seconds 0 s)", "no unit", "seconds"),
        ("{a: 1, a: 2}", "the field a stands here twice", "a"),
        ("9" * 101, "101 digits in a number of a set of values; at most 100 are read", "9" * 101),
        ("(" * 40, "33 levels in the brackets of a set of values; at most 32", "("),
        ("{a: " * 40, "at most 32 are read (--limits brackets=33", "{"),
        ("9" * (DOMAIN.value + 1), "at most 200,000 are read (--limits domain=201k", "9"),
        ("list(0..5 | 0..1 step any | 7.., 2)", "this is no set that a domain can express", None),
    ],
)
def test_what_is_wrong_and_where(text: str, problem: str, marked: str | None) -> None:
    with pytest.raises(NotationError) as caught:
        parse_domain(text)
    error = caught.value
    assert problem in error.problem
    assert "Error" not in str(error)
    if marked is not None:
        assert text[error.start : error.end] == marked


def test_brackets_inside_texts_do_not_nest() -> None:
    assert parse_domain('"' + "(" * 100 + '" | null').contains("(" * 100)


def test_the_text_is_shown_with_a_marker() -> None:
    with pytest.raises(NotationError) as caught:
        parse_domain("0..10 | 20..30 mins | x")
    assert str(caught.value) == "\n".join(
        [
            "'x' cannot stand here",
            "  0..10 | 20..30 mins | x",
            "                        ^",
            'expected a set of values (0..255, 1 | 2, "A", 0x0E, 0b01, text(1..20), any, ...)',
        ]
    )


def test_a_marker_stays_on_its_line() -> None:
    assert mark("one\ntwo three\nfour", 4, 7) == "  two three\n  ^^^"
    assert mark("one\ntwo", 3, 7) == "  one\n     ^"
    assert mark("a\tb", 2, 3) == "  a b\n    ^"
    assert mark("", 0, 0) == "  \n  ^"
    assert either(("a",)) == "a"


@given(st.text(max_size=300), st.integers(0, 320), st.integers(0, 320))
def test_a_marker_stands_under_its_character(text: str, one: int, two: int) -> None:
    error = NotationError("wrong", text, start=min(one, two), end=max(one, two))
    shown, caret = error.detail.split("\n")
    assert len(shown) <= WIDTH + 4
    assert set(caret.strip()) == {"^"}
    column = len(caret) - len(caret.lstrip())
    if error.start < len(text) and text[error.start].isprintable() and text[error.start] != " ":
        assert shown[column] == text[error.start]


def test_a_place_in_a_long_line_is_cut_out_around_the_marker() -> None:
    text = "1 | " * 500 + "x"
    with pytest.raises(NotationError) as caught:
        parse_domain(text)
    _, shown, caret, _ = str(caught.value).split("\n")
    assert shown.startswith("  …")
    assert shown[caret.index("^")] == "x"


# --- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "true"),
        (5, "5"),
        ("A", '"A"'),
        (b"", "0x"),
        (b"\x0e", "0x0E"),
        (bytes(100), "0x" + "00" * 60 + "… (100 octets)"),
        ((1, (2, "A")), '[1, [2, "A"]]'),
        (tuple(range(20)), "[0, 1, 2, 3, 4, 5, 6, 7, … (20 entries)]"),
        ("x" * 500, '"' + "x" * 120 + '…" (500 characters)'),
    ],
)
def test_values(value: object, shown: str) -> None:
    assert print_value(value) == shown


# --- cost ------------------------------------------------------------------------------------------------------------


def test_two_thousand_texts_are_read_quickly() -> None:
    """Well below half a second on any machine that builds this; the bound leaves room for a busy one."""
    shapes = [
        "0..{n}",
        "0x{n:08X}",
        "text(1..{n})",
        '"state {n}"',
        "0..{n}.5 step 0.5",
        '"A{n}" | "B{n}"',
        "octets({n}) | null",
        "{{a: 0..{n}, b: text}}",
        "{n} | {n}1 | {n}22",
        "time(hour 0..23, hundredths 255) | {n}",
    ]
    texts_read = [shapes[n % len(shapes)].format(n=n + 3) for n in range(2000)]
    parse_by_grammar("0..1")
    started = time.perf_counter()
    for text in texts_read:
        parse_domain(text)
    assert time.perf_counter() - started < 2


def test_the_grammar_is_loaded_when_a_text_needs_it() -> None:
    plain = [text for text, _, _ in EXAMPLES[:8]] + [
        "list(0..255, 1..2)",
        "time(hour 0..23)",
        'text matching "[0-9]+"',
    ]
    code = (
        "import sys; from gbcscheck.notation.canonical import parse_domain;"
        f"[parse_domain(text) for text in {plain!r}];"
        "assert 'lark' not in sys.modules; assert 'elementpath' not in sys.modules;"
        "parse_domain('{a: 1}'); assert 'lark' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_action_is_of_a_rule_of_the_grammar() -> None:
    rules = {rule.alias or rule.origin.name for rule in canonical._parser().rules}
    assert {name for name in vars(Builder) if not name.startswith("_")} <= rules
