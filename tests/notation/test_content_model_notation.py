"""The notation of content models: printed and read back, and refused where it is wrong."""

from __future__ import annotations

import pytest

from gbcscheck.domains.content_models import NO_CHILD, NO_WORD, Wildcard
from gbcscheck.notation.content_model import parse_model, parse_wildcard, print_model, wildcard_text
from gbcscheck.notation.errors import NotationError


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("(A)", "(A)"),
        ("A", "(A)"),
        ("A?", "(A?)"),
        ("(A,B)*", "((A, B)*)"),
        ("((A), (B, (C)))", "(A, B, C)"),
        ("(A | (B | C)?)", "(A | (B | C)?)"),
        ("(A & B?)", "(A & B?)"),
        ("A{2}", "(A{2})"),
        ("A{2..5}", "(A{2..5})"),
        ("A{2..}", "(A{2..})"),
        ("A{1..}", "(A+)"),
        ("A{0..0}", "()"),
        ("(Energy.Total-1, _x #2?)", "(Energy.Total-1, _x #2?)"),
        ("(A, <any lax>{0..9}, <not ##local urn:t strict>, <urn:b urn:a skip>)",) * 2,
        ("<urn:x##local%3C lax>", "(<urn:x##local%3C lax>)"),
    ],
)
def test_a_model_is_read_and_printed(written: str, printed: str) -> None:
    model = parse_model(written)
    expected = printed.replace("urn:b urn:a", "urn:a urn:b")
    assert print_model(model) == expected
    assert parse_model(expected) == model


def test_nothing_at_all_and_no_word() -> None:
    assert (parse_model("()"), print_model(NO_CHILD)) == (NO_CHILD, "()")
    assert (parse_model("(|)"), print_model(NO_WORD)) == (NO_WORD, "(|)")


@pytest.mark.parametrize(
    ("text", "start", "problem"),
    [
        ("(A, B", 5, "it ends too early"),
        ("", 0, "it ends too early"),
        ("(A | B, C)", 6, "not expected here"),
        ("(A B)", 3, "not expected here"),
        ("(A))", 3, "not expected here"),
        ("(A, )", 4, "not expected here"),
        ("A{5..2}", 1, "the lower end is above the upper end"),
        ("<some lax>{", 10, "not expected here"),
        ("<any quick>", 0, "no wildcard"),
        ("<not lax>", 0, "no wildcard"),
        ("<any urn:t lax>", 0, "no wildcard"),
        (
            "(" * 200 + "A" + ")" * 200,
            100,
            "101 levels in the brackets of a content model; at most 100 are read (--limits model-brackets=101 "
            "raises that)",
        ),
    ],
)
def test_what_is_no_model_is_refused_at_its_place(text: str, start: int, problem: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse_model(text)
    assert (caught.value.start, str(caught.value).splitlines()[0]) == (start, problem)


def test_wildcards_by_themselves() -> None:
    for text in ("any lax", "not ##local urn:t strict", "##local skip", "urn:a urn:b lax"):
        assert wildcard_text(parse_wildcard(text)) == text
    assert parse_wildcard("any lax") == Wildcard(frozenset(), True, "lax")
    assert parse_wildcard("##local skip").admits("", "invalid")
