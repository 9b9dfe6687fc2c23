"""The text report of a comparison, whatever it has to tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from report_examples import CONTRADICTION, TABLE, TYPE

from gbcscheck.errors import UnreadableSource
from gbcscheck.model import CHANGES, VERDICTS, Change, Statement
from gbcscheck.model.rules import Rule
from gbcscheck.report import Report
from gbcscheck.report.compare_brief import render_compare_brief
from gbcscheck.report.compare_json import compare_document
from gbcscheck.report.compare_text import ORDER, render_compare_text
from gbcscheck.report.layout import Layout, columns

OLD = Statement("X.value", "permitted", TABLE, "synthetic", "Table 28d", "old.xlsx", "Table!D7", domain="0..60")
NEW = OLD._replace(path="new.xlsx", domain="0..59")
BREAKING = Change("narrowed", "breaking", ("DCC",), "X.value", "permitted", OLD, NEW, "60", "Why.", ("Y.value",))
UNKNOWN = replace(BREAKING, verdict="unknown", parties=(), subject="U.value")
COMPATIBLE = replace(
    BREAKING, change="added", verdict="compatible", parties=(), subject="C.value", old=None, witness=""
)
NEUTRAL = replace(BREAKING, change="moved", verdict="neutral", parties=(), subject="N", attribute="title", witness="")
NOTHING = Report(
    release="",
    title="",
    note="",
    specifications=(TABLE,),
    findings=(),
    rules=(Rule("V101", "default-contradicts-constant", "default", "warning"),),
    statements=1,
    subjects=1,
    base="old",
)
EVERYTHING = replace(
    NOTHING,
    changes=(BREAKING, UNKNOWN, COMPATIBLE, NEUTRAL),
    findings=tuple(replace(CONTRADICTION, status=status) for status in ("new", "remaining", "fixed")),
    note="A note.",
    problems=(UnreadableSource("not JSON", where="bad.json"),),
    skipped=tuple(f"{number}.json: no specification" for number in range(7)),
)


def test_where_nothing_has_changed_there_is_one_line() -> None:
    assert render_compare_text(NOTHING, "new", Layout()) == "no change: new says what old says\n"
    remaining = replace(NOTHING, findings=(replace(CONTRADICTION, status="remaining"),))
    assert render_compare_text(remaining, "new", Layout()) == (
        "no change: new says what old says; 1 conflict as before\n"
    )


def test_the_summary_comes_first_then_the_worst() -> None:
    text = render_compare_text(EVERYTHING, "new", Layout())
    assert text.startswith(
        "1 breaking, 1 unknown, 1 compatible, 1 neutral changes\n"
        "  conflicts 1 new, 1 fixed, 1 as before\n"
        "  hurt      DCC by 1\n"
        "  compared  old with new\n"
    )
    order = [
        "breaking[narrowed]",
        "unknown[narrowed]",
        "compatible[added] C.value and 1 below, permitted: it is stated for the first time",
        "neutral title 1:",
        "new error[V101]",
        "fixed error[V101]",
    ]
    places = [text.index(f"\n{words}") for words in order]
    assert places == sorted(places)
    assert "  below     Y.value\n" in text
    assert "  hurts     not known\n" in text
    assert "and 2 more files" in text
    assert "1 problem with the input" in text
    assert "remaining error" not in text


def test_notes_show_all_of_it() -> None:
    text = render_compare_text(EVERYTHING, "new", Layout(), notes=True)
    assert "\nneutral[moved] title: the permitted values have moved\n" in text
    assert "\ncompatible[added] permitted: it is stated for the first time\n" in text
    assert "\nremaining error[V101] " in text


def test_what_is_waived_is_counted_and_shown_where_it_is_asked_for() -> None:
    waived = replace(NOTHING, changes=(replace(BREAKING, waived="Agreed."),))
    hidden, shown = (render_compare_text(waived, "new", Layout(), waived=asked) for asked in (False, True))
    assert hidden.startswith("no change but what is waived\n")
    assert "breaking[narrowed]" not in hidden
    assert "waived    1, --show-waived shows them" in hidden
    assert "  waived    Agreed.\n" in shown
    assert "  waived    1\n" in shown


def test_compatible_changes_and_conflicts_that_are_waived_say_why() -> None:
    fixed, new = (replace(CONTRADICTION, status=status, waived="For now.") for status in ("fixed", "new"))
    changes = tuple(replace(one, waived="Agreed.") for one in (BREAKING, COMPATIBLE, NEUTRAL))
    report = replace(NOTHING, changes=changes, findings=(new, fixed))
    hidden, shown = (render_compare_text(report, "new", Layout(), waived=asked) for asked in (False, True))
    assert [line for line in hidden.splitlines() if not line.startswith("  ")] == ["no change but what is waived"]
    assert "C.value and 1 below, permitted: it is stated for the first time (waived: Agreed.)" in " ".join(
        shown.split()
    )
    assert "(waived: For now.)" in " ".join(shown.split())
    brief = render_compare_brief(report, waived=True).splitlines()
    assert [line.rpartition(" (waived: ")[2] for line in brief] == ["Agreed.)", "For now.)"]
    assert render_compare_brief(report) == ""


@pytest.mark.parametrize("width", [24, 40, 79, 120])
def test_it_fits_a_terminal(width: int) -> None:
    text = render_compare_text(EVERYTHING, "new", Layout(width, break_words=True), notes=True)
    assert max(columns(line) for line in text.splitlines()) <= width
    assert all(line == line.rstrip() for line in text.splitlines())


def test_one_line_each_for_editors() -> None:
    lines = render_compare_brief(EVERYTHING).splitlines()
    assert lines[0] == (
        "new.xlsx · Table!D7: breaking for DCC[change/narrowed] X.value: "
        "permitted: values that were permitted are so no longer"
    )
    assert [line.split(": ")[1].split("[")[0] for line in lines] == ["breaking for DCC", "unknown", "new error"]


def test_every_kind_of_change_has_its_words() -> None:
    for change in CHANGES:
        for verdict in VERDICTS:
            one = replace(NOTHING, changes=(replace(BREAKING, change=change, verdict=verdict),))
            assert f"{verdict}[{change}] " in render_compare_text(one, "new", Layout(), notes=True)
    assert set(ORDER) == set(VERDICTS)


def test_control_characters_of_a_file_are_not_printed() -> None:
    sly = replace(BREAKING, subject="X\x1b[31m", new=TYPE._replace(value="a\x1b]0;b"), witness="\x07", below=("\x1b",))
    text = render_compare_text(replace(NOTHING, changes=(sly,)), "n\x1bw", Layout())
    assert "\x1b" not in text
    assert "\x07" not in text


def test_the_document_counts_by_verdict_and_by_status() -> None:
    document = compare_document(EVERYTHING, "new")
    assert list(document)[:3] == ["tool", "old", "new"]
    assert document["summary"]["changes"] == {"breaking": 1, "compatible": 1, "neutral": 1, "unknown": 1}
    assert document["summary"]["findings"]["fixed"] == {"error": 1, "warning": 0, "note": 0}
    assert [one["old"] is None for one in document["changes"]] == [False, False, True, False]
