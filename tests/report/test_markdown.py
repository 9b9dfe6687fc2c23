"""Markdown for a comment: its sections, its limit, and text that is no markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from coverage_examples import COVERAGE
from report_changes import compared_report, many_findings
from report_examples import CONTRADICTION, example_report

from gbcscheck.report.markdown import MARKER, render_markdown

LIMIT = 65_000


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| **")]


def test_a_summary_and_a_table_of_errors() -> None:
    text = render_markdown(example_report())
    assert text.splitlines()[:3] == [MARKER, "", "## gbcscheck: 1 error, 1 warning, 1 note"]
    assert "### Errors (1)" in text
    assert "<details><summary>Notes (1)</summary>" in text
    row = rows(text)[0]
    assert row.startswith("| **V101** default contradicts the constant of the use case<br>")
    assert "`MaximumDemandConfigurableTimePeriod.entries[*].exec_weekdays`" in row
    assert f"<sub>{CONTRADICTION.fingerprint}</sub>" in row
    assert "* draft.xlsx: the file is empty" in text


def test_the_first_line_names_the_category_where_it_is_not_the_usual_one() -> None:
    assert MARKER == "<!-- gbcscheck -->"
    text = render_markdown(replace(example_report(), category="drafts/2027"))
    assert text.startswith("<!-- gbcscheck drafts/2027 -->\n\n## gbcscheck: ")
    assert text.partition("\n")[2] == render_markdown(example_report()).partition("\n")[2]


def test_what_was_looked_at_stands_first_in_the_words_of_the_text() -> None:
    text = render_markdown(replace(example_report(), coverage=COVERAGE))
    (line,) = [line for line in text.splitlines() if line.startswith("* draft.xlsx: read as")]
    assert text.index(line) < text.index("### Errors")
    assert 'read as GBCS 3.2 Table 28d ("GBCS 3.2" in Table' in line
    assert "compared 1 of 4 items with GBCS 3.1 use cases; by 1 rule; with none 2 items:" in line
    assert "Nobody's (perhaps Somebody, Everybody); in no other document; unread 1 cell:" in line
    assert "* 1 file of kinds that are not read: notes.docx" in text.replace("`", "")
    assert "what was looked at" not in render_markdown(example_report())


def test_of_many_tables_the_first_are_told() -> None:
    many = replace(COVERAGE, tables=COVERAGE.tables * 200)
    text = render_markdown(replace(example_report(), coverage=many))
    assert text.count("* draft.xlsx: read as") == 20
    assert "* and 180 more tables" in text
    assert len(text) < LIMIT


def test_a_comparison_folds_away_what_is_not_new() -> None:
    text = render_markdown(compared_report())
    assert "## gbcscheck: 1 breaking change, 1 unknown change, 1 error\n" in text
    assert "compared with `origin/main`" in text
    assert re.findall(r"(?:###|<summary>) ?([A-Z][a-z ]+) \((\d+)\)", text) == [
        ("Errors", "2"),
        ("Warnings", "1"),
        ("Not new", "1"),
        ("Fixed", "1"),
        ("Waived", "1"),
        ("Notes", "1"),
    ]
    assert "waived: agreed on 4 May" in text
    assert "the waiver for S101 holds for nothing any more" in text


@pytest.mark.parametrize(
    ("statuses", "title", "counted"),
    [
        (("remaining", "remaining"), "nothing new", "0 findings new, 0 fixed, 2 as before"),
        (("new", "remaining"), "1 error", "1 finding new, 0 fixed, 1 as before"),
        (("new waived", "fixed"), "nothing new", "0 findings new, 1 fixed, 0 as before, 1 waived"),
        ((), "nothing that conflicts", "0 findings new, 0 fixed, 0 as before"),
    ],
)
def test_after_a_comparison_the_headline_counts_what_is_new(
    statuses: tuple[str, ...], title: str, counted: str
) -> None:
    findings = [
        replace(CONTRADICTION, status=status.partition(" ")[0], waived=status.partition(" ")[2]) for status in statuses
    ]
    text = render_markdown(replace(example_report(*findings), findings=tuple(findings), base="main"))
    assert f"## gbcscheck: {title}\n" in text
    assert counted in text


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    text = render_markdown(example_report(CONTRADICTION))
    for row in rows(text):
        assert row.count("|") == 4
    assert "<code>&#124;&#124;0b11111110 (bit padding" in text


@pytest.mark.parametrize("odd", ["<script>x</script>", "a_b_*c*", "@someone", "``` code", "x\\|y", "[a](b)", "# no"])
def test_text_is_no_markup(odd: str) -> None:
    report = example_report(replace(CONTRADICTION, message=f"{odd} here", subject=odd, witness=odd))
    (row,) = rows(render_markdown(report))
    assert row.count("|") - row.count("\\|") == 4
    assert "<script>" not in row.replace("`<script>x</script>`", "")
    assert "@someone" not in row.replace("`@someone`", "")


@pytest.mark.parametrize("number", [1, 100, 5_000])
def test_it_stays_below_the_limit_and_counts_the_rest(number: int) -> None:
    text = render_markdown(many_findings(number))
    assert len(text) < LIMIT
    shown = len(rows(text))
    rest = re.search(r"\*\*([0-9,]+) more (?:is|are) not shown here\*\*", text)
    assert shown + (int(rest[1].replace(",", "")) if rest else 0) == number


def test_long_texts_do_not_break_the_limit() -> None:
    long = "\n".join(["word " * 40_000] * 3)
    report = example_report(
        replace(
            CONTRADICTION,
            message=long,
            witness=long,
            why=long,
            suggestion=long,
            subject="s" * 70_000,
            statements=tuple(one._replace(text=long, clause=long, path=long) for one in CONTRADICTION.statements) * 9,
        )
    )
    text = render_markdown(replace(report, note=long))
    assert len(text) < LIMIT
    assert len(rows(text)) == 1


def test_nothing_found() -> None:
    text = render_markdown(replace(example_report(), findings=(), problems=()))
    assert "## gbcscheck: nothing that conflicts" in text
    assert "|---|" not in text
