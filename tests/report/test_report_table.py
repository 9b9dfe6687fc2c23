"""Tables for people."""

from __future__ import annotations

from gbcscheck.report.layout import Layout, columns, paint
from gbcscheck.report.table import table

ROWS = [
    [("V101", "strong"), ("default-contradicts-constant", ""), ("Does a table set another value than a use case?", "")],
    [("R105", "strong"), ("value-cannot-be-encoded", ""), ("Two\nlines", "")],
]
HEADINGS = ("code", "name", "question")


def test_columns_are_as_wide_as_they_have_to_be() -> None:
    assert paint(table(HEADINGS, ROWS, None), colour=False) == (
        "code  name                          question\n"
        "V101  default-contradicts-constant  Does a table set another value than a use case?\n"
        "R105  value-cannot-be-encoded       Two\n"
        "                                    lines\n"
    )


def test_the_widest_columns_give_way() -> None:
    text = paint(table(HEADINGS, ROWS, Layout(60)), colour=False)
    assert text == (
        "code  name                          question\n"
        "V101  default-contradicts-constant  Does a table set another\n"
        "                                    value than a use case?\n"
        "R105  value-cannot-be-encoded       Two\n"
        "                                    lines\n"
    )


def test_a_table_that_cannot_fit_becomes_records() -> None:
    text = paint(table(HEADINGS, ROWS, Layout(26, break_words=True)), colour=False)
    assert all(columns(line) <= 26 for line in text.splitlines())
    assert text.startswith("V101\n  name      default-\n            contradicts-\n")
