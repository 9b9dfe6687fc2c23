"""Annotations of GitHub Actions: escaping, order, and the ten of a kind that are shown."""

from __future__ import annotations

from dataclasses import replace

from report_changes import NARROWED, compared_report, many_findings
from report_examples import CONTRADICTION, DEFAULT, NOTE, example_report

from gbcscheck.model import Place
from gbcscheck.report import Report
from gbcscheck.report.github import render_github


def lines(report: Report) -> list[str]:
    return render_github(report).splitlines()


def unescaped(text: str) -> str:
    """What the runner makes of a message."""
    return text.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def test_a_cell_has_a_file_and_no_line() -> None:
    first, notice = lines(replace(example_report(CONTRADICTION), problems=()))
    head, _, message = first.removeprefix("::").partition("::")
    assert head == "error file=gbcs/table-28d.xlsx,title=V101 default-contradicts-constant"
    told = unescaped(message).split("\n")
    assert told[0] == (
        "default contradicts the constant of the use case: MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays"
    )
    assert told[1].startswith("gbcs/table-28d.xlsx · Table 28d!D7: GBCS 3.2 Table 28d, synthetic: 0b11111000")
    assert told[-1] == f"fingerprint: {CONTRADICTION.fingerprint}"
    assert notice == "::notice title=gbcscheck::1 error"


def test_a_line_is_given() -> None:
    second = lines(replace(example_report(), problems=()))[1]
    assert second.startswith("::warning file=xsd/duis-5.1.xsd,line=1864,title=R105 ")


def test_signs_of_the_command_are_escaped() -> None:
    odd = replace(CONTRADICTION, message="50% or\r\nless: a, b", statements=CONTRADICTION.statements)
    place = Place("a,b:c%\n.json", line=3)
    report = replace(example_report(odd), places={CONTRADICTION.statements[0]: place}, problems=())
    first = lines(report)[0]
    assert first.startswith("::error file=a%2Cb%3Ac%25%0A.json,line=3,title=V101 default")
    assert "::50%25 or less: a, b: Maximum" in first


def test_only_ten_of_a_kind_and_the_rest_is_told() -> None:
    told = lines(replace(many_findings(14), problems=()))
    assert [line[:8] for line in told] == ["::error "] * 10 + ["::notice"]
    notice = unescaped(told[-1])
    assert "14 errors\n4 are not annotated, since GitHub shows 10 of a kind; the first of them:\n" in notice
    assert "error[V101] Item10.value | `10`: default contradicts" in notice


def test_notes_are_counted_and_not_annotated() -> None:
    assert lines(replace(example_report(NOTE), problems=())) == ["::notice title=gbcscheck::1 note"]


def test_of_a_comparison_only_what_is_new_is_annotated() -> None:
    told = lines(replace(compared_report(), problems=()))
    heads = [line.split("::")[1] for line in told]
    assert heads == [
        "warning title=gbcscheck",
        "warning title=gbcscheck",
        "error file=specs/table 28d.json,line=12,title=change/narrowed",
        "error file=specs/table 28d.json,line=12,title=V101 default-contradicts-constant",
        "warning file=gbcs/use-cases-3.1.xlsx,title=change/moved",
        "notice title=gbcscheck",
    ]
    assert told[-1].endswith("::2 errors, 2 warnings, 1 note, 1 of them not new, 1 waived")


def test_a_set_that_is_not_as_its_source_writes_it_is_told() -> None:
    change = replace(NARROWED, old=DEFAULT, new=DEFAULT._replace(domain="0b0000001"))
    report = replace(example_report(), findings=(), problems=(), changes=(change,), base="main")
    told = unescaped(lines(report)[0]).split("\n")
    assert "0b11111000 (permitted now, read as 0b0000001)" in told[1]
    assert "0b11111000 (permitted before, read as 0b1111100)" in told[2]


def test_what_could_not_be_read_is_an_error() -> None:
    first, *_ = lines(example_report())
    assert first == "::error title=gbcscheck::draft.xlsx: the file is empty"
    placed = replace(example_report(), problem_places={"draft.xlsx": Place("specs/draft.xlsx", line=3)})
    assert lines(placed)[0] == ("::error file=specs/draft.xlsx,line=3,title=gbcscheck::draft.xlsx: the file is empty")


def test_nothing_found_says_nothing() -> None:
    assert render_github(replace(example_report(), findings=(), problems=())) == ""
