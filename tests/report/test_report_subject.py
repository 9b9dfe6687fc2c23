"""Each specification's word on one thing, side by side."""

from __future__ import annotations

import json

from report_examples import CONSTANT, DEFAULT, START, TYPE, WEEKDAYS

from gbcscheck.report.layout import Layout, columns
from gbcscheck.report.subject import SubjectView, render_elements, render_subject, render_subjects_json

READ_BACK = CONSTANT._replace(
    subject=f"ECS18b/{WEEKDAYS}",
    clause="ECS18b, row 801",
    path="gbcs/use-cases-3.1.xlsx",
    source="DLMS!K901",
)
VIEW = SubjectView(WEEKDAYS, (DEFAULT, CONSTANT, READ_BACK, TYPE), {START: "xs:time to time"})


def test_a_column_for_each_specification_and_a_row_for_each_attribute() -> None:
    assert (
        render_subject(VIEW, Layout(110))
        == """\
MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays

            GBCS 3.2 Table 28d (synthetic)  GBCS 3.1 use cases                                 DUIS 5.1 schema
default     0b11111000
constant                                    ||0b11111110 (bit padding is on the least
                                            significant bit)  (ECS37, ECS18b)
type                                                                                           xs:time
conversion                                                                                     xs:time to time

  gbcs/table-28d.xlsx · Table 28d!D7 · GBCS 3.2 Table 28d · synthetic
  gbcs/use-cases-3.1.xlsx · DLMS!K685 · GBCS 3.1 ECS37, row 730 · published
  gbcs/use-cases-3.1.xlsx · DLMS!K901 · GBCS 3.1 ECS18b, row 801 · published
  xsd/duis-5.1.xsd:1864 · DUIS 5.1 schema · published
    /Request/Body/SetMaximumDemandConfigurableTimePeriod/MaximumDemandTimePeriodSchedule/StartTime
"""
    )


def test_a_narrow_terminal_gets_records() -> None:
    text = render_subject(VIEW, Layout(40, break_words=True))
    assert all(columns(line) <= 40 for line in text.splitlines())
    assert "conversion\n  DUIS 5.1 schema\n    xs:time to time\n" in text


def test_every_statement_is_in_the_json_form() -> None:
    (document,) = json.loads(render_subjects_json([VIEW]))
    assert document["subject"] == WEEKDAYS
    assert [statement["attribute"] for statement in document["statements"]] == [
        "default",
        "constant",
        "constant",
        "type",
    ]
    assert document["statements"][3]["conversion"] == "xs:time to time"
    assert "conversion" not in document["statements"][0]


def test_the_elements_of_a_data_item_have_a_row_each() -> None:
    element = SubjectView("Limits.values[*].low", (DEFAULT._replace(subject="Limits.values[*].low"),))
    other = SubjectView("Limits.values[*].high", (TYPE._replace(attribute="type", domain="xs:time", value=None),))
    unsaid = SubjectView("Limits.name", (TYPE._replace(attribute="class", value="10"),))
    assert (
        render_elements("Limits", [element, other, unsaid], Layout(100))
        == """\
Limits

                GBCS 3.2 Table 28d (synthetic)  DUIS 5.1 schema
values[*].low   default: 0b11111000
values[*].high                                  type: xs:time
name

All that is said of an element, with the places: gbcscheck show "Limits.values[*].low"
"""
    )
