"""A decoded file as a tree: every value with place, meaning, octets and verdict, at any width."""

from __future__ import annotations

from dataclasses import replace

import pytest
from device_examples import LINES, MESSAGE, UNJUDGED, WRONG_WEEK, device_report

from gbcscheck.model.device_files import WRONG, Entry
from gbcscheck.report.explain import explained_lines, render_explained
from gbcscheck.report.layout import Layout, paint


def tree(width: int = 100) -> list[str]:
    return paint(explained_lines(MESSAGE, Layout(width)), colour=False).splitlines()


def test_a_tree_at_100_columns() -> None:
    assert tree()[:14] == [
        "meter.hex",
        "GBCS message · ECS37 · service reference 6.18 · judged as GBCS 4.0 · 3 values · 60 octets",
        "",
        "       0  grouping header",
        "note   1    counter                  12                                      21 22",
        "          ^ note[D101] a thing worth knowing",
        "      10  payload",
        "      12    an item of a long name  array of 1",
        "WRONG 30      exec_weekdays          Monday to Friday                        3E 3F 40",
        "          ^ error[D205] Monday to Friday where the use case fixes every day",
        "            by GBCS 3.1 use cases ECS37, row 730, gbcs/use-cases-3.1.xlsx · DLMS!K685",
        "ok    33      switch_time            17:00:00                                41 42",
        'open  35      a text of many octets  "word word word word word word word     43 44 45 46 47 48 49 ..',
        "                                     word word word word word word word",
    ]


def test_a_finding_stands_below_its_line_with_who_says_so() -> None:
    lines = tree()
    (number,) = [number for number, line in enumerate(lines) if line.startswith("WRONG")]
    assert lines[number + 1].strip() == "^ error[D205] Monday to Friday where the use case fixes every day"
    assert lines[number + 2].strip().startswith("by GBCS 3.1 use cases ECS37, row 730, gbcs/use-cases-3.1.xlsx")


def test_a_finding_without_a_line_of_its_own_is_told_too() -> None:
    text = "\n".join(tree())
    assert text.index("^ warning[D202] an access is missing") > text.index("a text of many octets")


def test_octets_stand_at_the_right_and_long_ones_are_cut() -> None:
    (line,) = [line for line in tree() if "switch_time" in line]
    assert line.endswith("41 42")
    (line,) = [line for line in tree() if "a text of" in line]
    assert line.endswith("43 44 45 46 47 48 49 ..")
    assert not [line for line in tree(60) if "41 42" in line]


@pytest.mark.parametrize("width", [40, 60, 80, 96, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = paint(explained_lines(MESSAGE, Layout(width, break_words=True)), colour=False)
    assert max(len(line) for line in text.splitlines()) <= width
    assert text.count("word ") + text.count("word\n") + text.count('word "') >= 20


def test_counts_of_verdicts_are_as_many_as_the_values() -> None:
    """The note stands on a line that is told and not judged."""
    (told,) = [line for line in tree() if line.startswith("3 values: ")]
    assert told == "3 values: 1 ok, 1 open, 1 WRONG; 1 note on other lines"


def test_lines_of_a_document_have_their_line_numbers() -> None:
    text = paint(explained_lines(LINES, Layout(100)), colour=False)
    assert "      line  2" not in text
    assert "ok    line 12    StartTime  17:00:00Z\n" in text
    assert "       line 2  Request\n" in text


def test_findings_on_one_line_stand_below_their_own_values() -> None:
    entries = tuple(Entry(0, f"item {name}", "1", name, WRONG, "line 1") for name in "ab")
    own = (WRONG_WEEK.statements[0]._replace(source="line 1"),)
    findings = tuple(
        replace(WRONG_WEEK, subject=name, message=f"wrong {name}", statements=own) for name in ("b", "a", "c")
    )
    lines = paint(explained_lines(replace(LINES, entries=entries, findings=findings), Layout(100)), colour=False)
    order = [line.split()[-1] for line in lines.splitlines() if "item" in line or "wrong" in line]
    assert order == ["1", "a", "c", "1", "b"]


def test_a_file_without_entries_is_told_with_its_reason() -> None:
    text = paint(explained_lines(UNJUDGED, Layout(100)), colour=False)
    assert text == "other.hex\nGBCS message\nnot judged: the payload is ASN.1\n"


def test_control_characters_are_never_printed() -> None:
    hostile = LINES.entries[1]._replace(label="a\x1b[31m", value="b\x07\nc")
    text = paint(explained_lines(replace(LINES, entries=(hostile,)), Layout(100)), colour=False)
    assert "\x1b" not in text
    assert "\x07" not in text


def test_all_files_and_one_summary() -> None:
    text = render_explained(device_report(), Layout(100))
    assert [text.index(name) for name in ("meter.hex", "other.hex", "request.xml")] == sorted(
        text.index(name) for name in ("meter.hex", "other.hex", "request.xml")
    )
    assert text.count("are not verified") == 1
