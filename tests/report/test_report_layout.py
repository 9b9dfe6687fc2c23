"""Cleaning, measuring, wrapping and painting."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.printable import clean
from gbcscheck.report.layout import Layout, breaks, columns, heading, joined, paint, paragraph, wrap


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("0b11111110", "0b11111110"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("right\u202eto left", "right\\u202eto left"),
        ("no\xa0break\tspace", "no break space"),
        ("lone \udcff surrogate", "lone \\udcff surrogate"),
        ("m³/h – 30 °C", "m³/h – 30 °C"),
    ],
)
def test_what_a_source_holds_cannot_steer_the_terminal(text: str, printed: str) -> None:
    assert clean(text) == printed


def test_wide_and_combining_characters_are_measured() -> None:
    assert columns("abc") == 3
    assert columns("漢字") == 4
    assert columns("e\u0301") == 1


def test_a_text_that_fits_is_one_line() -> None:
    assert wrap("as it is,  two blanks and all", Layout(40)) == ["as it is,  two blanks and all"]


def test_words_move_to_the_next_line() -> None:
    assert wrap("no service request can set week days", Layout(16)) == ["no service", "request can set", "week days"]


def test_a_word_that_ends_at_the_edge_stays() -> None:
    assert wrap("twelve chars and", Layout(12)) == ["twelve chars", "and"]


def test_long_names_are_broken_at_a_terminal_and_whole_in_a_pipe() -> None:
    path = "/Request/Body/UpdateDeviceConfigurationVoltage/StartTime"
    assert wrap(path, Layout(36, break_words=True)) == [
        "/Request/Body/",
        "UpdateDeviceConfigurationVoltage/",
        "StartTime",
    ]
    assert wrap(path, Layout(36)) == [path]


def test_line_breaks_of_the_text_are_kept() -> None:
    assert wrap("name\n\n0 - 0xFFFF", Layout(40)) == ["name", "", "0 - 0xFFFF"]


@given(st.text(alphabet=st.sampled_from("ab /.\n漢"), max_size=80), st.integers(8, 30))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    pieces = breaks(text, Layout(width, break_words=True))
    assert all(columns(text[start:end]) <= width for start, end in pieces)
    assert re.sub(r"\s", "", "".join(text[start:end] for start, end in pieces)) == re.sub(r"\s", "", text)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(pieces))


def test_a_paragraph_hangs_beside_its_label() -> None:
    lines = paragraph(("why      ", "faint"), "nobody can set it at all", Layout(26), indent=2)
    assert paint(lines, colour=False) == "  why      nobody can set\n           it at all\n"


def test_a_heading_hangs_by_two() -> None:
    lines = heading(("error[V101] ", "error"), "default contradicts the constant", Layout(24))
    assert paint(lines, colour=False) == "error[V101] default\n  contradicts the\n  constant\n"


def test_parts_are_joined_while_they_fit() -> None:
    parts = [("gbcs/table-28d.xlsx", "place"), ("Table 28d!D7", "place"), ("GBCS 3.2 Table 28d", ""), ("synthetic", "")]
    assert paint(joined(parts, " · ", Layout(100), indent=2), colour=False) == (
        "  gbcs/table-28d.xlsx · Table 28d!D7 · GBCS 3.2 Table 28d · synthetic\n"
    )
    assert paint(joined(parts, " · ", Layout(40), indent=2), colour=False) == (
        "  gbcs/table-28d.xlsx · Table 28d!D7 ·\n    GBCS 3.2 Table 28d · synthetic\n"
    )


def test_colour_adds_nothing_but_colour() -> None:
    lines = heading(("error[V101] ", "error"), "default contradicts", Layout(80), style="strong")
    painted = paint(lines, colour=True)
    assert "\x1b[1;31merror[V101] \x1b[0m" in painted
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == paint(lines, colour=False)
