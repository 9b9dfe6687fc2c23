"""The octets around a value: the right ones marked, within the width, whatever the place and length."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gbcscheck.report.layout import Layout, paint
from gbcscheck.report.octets import octet_lines

OCTETS = bytes(range(256))


def shown(octets: bytes, offset: int, length: int, note: str = "", width: int = 96) -> list[str]:
    return paint(octet_lines(octets, offset, length, note, Layout(width), "error"), colour=False).splitlines()


def marked(lines: list[str]) -> list[str]:
    """The digits above carets."""
    found = []
    for above, line in pairwise(lines):
        carets = re.match(r"( *)(\^+)", line)
        if carets:
            found.extend(above[carets.start(2) : carets.end(2)].split())
    return found


def test_a_value_stands_in_the_middle_of_one_row() -> None:
    row, carets = shown(OCTETS, 100, 3, "three octets")
    assert row.startswith(" 92  5C 5D")
    assert row[carets.index("^") :].startswith("64 65 66")
    assert carets.endswith("^^^^^^^^ three octets")


@given(total=st.integers(1, 300), data=st.data(), width=st.integers(40, 140))
def test_what_is_marked_is_the_value(total: int, data: st.DataObject, width: int) -> None:
    octets = (OCTETS + OCTETS)[:total]
    offset = data.draw(st.integers(0, total - 1))
    length = data.draw(st.integers(1, total - offset))
    lines = shown(octets, offset, length, width=width)
    digits = [f"{octet:02X}" for octet in octets[offset : offset + length]]
    found = marked(lines)
    assert found
    assert found == digits[: len(found)]
    if len(found) < len(digits):
        assert f"... {len(digits) - len(found)} more octets" in lines[-1]
    assert max(len(line) for line in lines) <= width
    for line in lines:
        row = re.match(r" *(\d+)  ([0-9A-F]{2}(?: {1,2}[0-9A-F]{2})*)$", line)
        if row:
            start = int(row[1])
            assert row[2].split() == [f"{octet:02X}" for octet in octets[start : start + len(row[2].split())]]


def test_where_something_is_missing_one_caret_stands() -> None:
    row, carets = shown(b"\x01\x02\x03", 3, 0, "nothing follows")
    assert row == "0  01 02 03"
    assert carets == "            ^ nothing follows"
    row, carets = shown(b"\x01\x02\x03", 1, 0)
    assert carets.index("^") == row.index("02")


def test_a_long_value_is_cut_and_the_rest_counted() -> None:
    lines = shown(OCTETS, 10, 200, "a log")
    assert lines[-2:] == ["     ... 128 more octets", "     a log"]
    assert len(marked(lines)) == 72


@pytest.mark.parametrize(("width", "octets"), [(100, 24), (70, 16), (40, 8)])
def test_a_row_is_as_long_as_fits(width: int, octets: int) -> None:
    assert len(shown(OCTETS, 100, 1, width=width)[0].split()) == octets + 1


def test_a_note_that_does_not_fit_stands_below() -> None:
    lines = shown(OCTETS, 100, 3, "words " * 20)
    assert lines[1].strip() == "^^^^^^^^"
    assert " ".join(" ".join(lines[2:]).split()) == ("words " * 20).strip()


def test_no_octets_are_no_error() -> None:
    assert shown(b"", 0, 0, "nothing")[-1].strip().endswith("nothing")
