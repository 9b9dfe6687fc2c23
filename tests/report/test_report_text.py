"""The text report, whole and at the widths that people have."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from report_examples import CONTRADICTION, DEFAULT, ENCODING, NOTE, example_report

from gbcscheck.report.layout import Layout, columns
from gbcscheck.report.text import render_brief, render_text

EXPECTED = """\
error[V101] default contradicts the constant of the use case
  MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays

  gbcs/table-28d.xlsx · Table 28d!D7 · GBCS 3.2 Table 28d · synthetic
    0b11111000
    ^^^^^^^^^^ default: Monday to Friday
  gbcs/use-cases-3.1.xlsx · DLMS!K685 · GBCS 3.1 ECS37, row 730 · published
    ||0b11111110 (bit padding is on the least significant bit)
      ^^^^^^^^^^ constant: every day of the week

  witness  Saturday: in the constant, not in the default
  why      no service request can set week days
  help     write 0b11111110 in Table 28d!D7        gbcscheck explain V101

warning[R105] the request lets times through that the command cannot carry
  /Request/Body/SetMaximumDemandConfigurableTimePeriod/MaximumDemandTimePeriodSchedule/StartTime

  xsd/duis-5.1.xsd:1864 · DUIS 5.1 schema · published
    xs:time
    ^^^^^^^ type
  gbcs/use-cases-3.1.xlsx · DLMS!K685 · GBCS 3.1 ECS37, row 730 · published
    of ECS37/MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays
    ||0b11111110 (bit padding is on the least significant bit)
      ^^^^^^^^^^ constant, read as 0b1111111

  witness  24:00:00; 17:00:00+01:00; 17:00:00.005
  also     A.value, B.value, C.value, D.value and 2 more
  help     gbcscheck explain R105

1 error, 1 warning; 1 note hidden, --notes shows them
  kinds    enumeration 1, default 1, encoding 1
  checked  41,234 statements on 1 subject, by 3 rules
  specs    GBCS 3.1, GBCS 3.2, DUIS 5.1
  release  before-mp131: Table 28d as MP131 found it
           Never in force as a set.
  skipped  signature.xsd: declares no global element
  unread   1 problem with the input, named in the messages
"""


def test_the_whole_report() -> None:
    assert render_text(example_report(), Layout(100)) == EXPECTED


def test_notes_are_shown_when_asked_for() -> None:
    text = render_text(example_report(), Layout(100), notes=True)
    assert "note[S101] two lists differ" in text
    assert "matrix.json#/12/Eligible User Roles · DUIS 5.1 service requests · derived" in text
    assert "1 error, 1 warning, 1 note\n" in text
    assert "hidden" not in text


@pytest.mark.parametrize("width", [24, 30, 40, 60, 80, 120])
def test_every_line_keeps_to_the_width_of_a_terminal(width: int) -> None:
    text = render_text(example_report(), Layout(width, break_words=True), notes=True)
    assert [line for line in text.splitlines() if columns(line) > width] == []


def test_forty_columns_are_enough_to_read_it() -> None:
    text = render_text(example_report(CONTRADICTION), Layout(40, break_words=True))
    assert text.startswith("""\
error[V101] default contradicts the
  constant of the use case
  MaximumDemandConfigurableTimePeriod.
  entries[*].exec_weekdays

  gbcs/table-28d.xlsx · Table 28d!D7 ·
    GBCS 3.2 Table 28d · synthetic
    0b11111000
    ^^^^^^^^^^ default: Monday to Friday
""")


def test_without_colour_there_is_no_escape_and_with_it_the_same_text() -> None:
    plain = render_text(example_report(), Layout(100))
    coloured = render_text(example_report(), Layout(100, colour=True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_escapes_in_a_source_are_shown_and_not_sent() -> None:
    hostile = DEFAULT._replace(text="\x1b]0;title\x07", clause="\x1b[2J")
    finding = replace(CONTRADICTION, statements=(hostile,), message="\x1b[31mred", subject="a\x9b1m")
    assert "\x1b" not in render_text(example_report(finding), Layout(100))
    assert "\x1b" not in render_brief(example_report(finding))


def test_the_trailing_columns_are_clean() -> None:
    text = render_text(example_report(), Layout(100), notes=True)
    assert all(line == line.rstrip() for line in text.splitlines())


def test_many_sides_are_counted() -> None:
    text = render_text(example_report(replace(CONTRADICTION, statements=(DEFAULT,) * 9)), Layout(100))
    assert text.count("Table 28d!D7 · GBCS") == 6
    assert "… and 3 more statements, all in the JSON report" in text


def test_a_clean_run_says_so() -> None:
    report = replace(example_report(), findings=())
    assert render_text(report, Layout(100)).startswith("no conflict found\n")
    only_notes = replace(example_report(), findings=(NOTE, NOTE))
    assert render_text(only_notes, Layout(100)).startswith("no conflict found; 2 notes hidden, --notes shows them\n")


def test_brief_is_one_line_a_finding() -> None:
    assert render_brief(example_report(CONTRADICTION, ENCODING, NOTE)) == (
        "gbcs/table-28d.xlsx · Table 28d!D7: error[V101] MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays: "
        "default contradicts the constant of the use case\n"
        "xsd/duis-5.1.xsd:1864: warning[R105] /Request/Body/SetMaximumDemandConfigurableTimePeriod/"
        "MaximumDemandTimePeriodSchedule/StartTime: the request lets times through that the command cannot carry\n"
    )
