"""The registry of formats, and what all of them do alike."""

from __future__ import annotations

import pytest
from report_changes import compared_report
from report_examples import CONTRADICTION, example_report

from gbcscheck.report.formats import FORMATS, render
from gbcscheck.report.layout import Layout


def test_the_first_format_is_for_people() -> None:
    assert next(iter(FORMATS)) == "text"
    assert [name for name, form in FORMATS.items() if form.is_text] == ["text"]


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_names_rule_and_subject(form: str) -> None:
    text = render(example_report(CONTRADICTION), form, Layout())
    assert "V101" in text
    assert "exec_weekdays" in text


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_is_the_same_twice(form: str) -> None:
    assert render(compared_report(), form, Layout()) == render(compared_report(), form, Layout())


def test_the_text_shows_what_is_waived_where_it_is_asked_for() -> None:
    report = compared_report()
    text = render(report, "text", Layout())
    assert "Other.subject" not in text
    assert "  1 waived, --show-waived shows them\n" in text
    assert "warning: gbcscheck.toml:7: the waiver for S101 holds for nothing any more" in text
    shown = render(report, "text", Layout(), waived=True)
    assert "Other.subject" in shown
    assert "  waived   agreed on 4 May\n" in shown
    assert "  1 waived\n" in shown


def test_the_brief_text_has_a_line_for_a_waiver_to_look_after() -> None:
    lines = render(compared_report(), "text", Layout(), brief=True).splitlines()
    assert lines[-2:] == [
        "gbcscheck.toml:7: warning: the waiver for S101 holds for nothing any more; take it out",
        "gbcscheck.toml:12: warning: the waiver for R105 expired on 2026-01-31; what it was for counts again (1)",
    ]


def test_what_is_waived_or_fixed_fails_nothing() -> None:
    report = compared_report()
    assert report.severities() == {"error": 1, "warning": 1, "note": 0}
    assert report.waived() == 1
    assert report.reaches("new")
    assert report.reaches("breaking")
    assert not report.reaches("never")
