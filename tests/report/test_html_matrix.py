"""Cells of the matrix: what a finding makes of them, and what they are without one."""

from __future__ import annotations

from dataclasses import replace

from report_examples import CONSTANT, CONTRADICTION, DEFAULT, ENCODING, NOTE, SCHEMA, TABLE, TYPE, USE_CASES, WEEKDAYS

from gbcscheck.model import Finding
from gbcscheck.model.matrix import MatrixRow
from gbcscheck.report.html_matrix import STATES, Line, matrix_lines

COLUMNS = {TABLE: 0, USE_CASES: 1, SCHEMA: 2}
ROW = MatrixRow(WEEKDAYS, (WEEKDAYS, CONSTANT.subject), (DEFAULT, CONSTANT))


def words(line: Line, *findings: Finding) -> list[str]:
    return [STATES[letter] for letter in line.states(findings, COLUMNS)]


def test_both_sides_of_a_finding_conflict_and_the_third_is_silent() -> None:
    (line,) = matrix_lines([ROW], [CONTRADICTION])
    assert line.findings == [0]
    assert words(line, CONTRADICTION) == ["conflicts", "conflicts", "silent"]


def test_without_a_finding_those_that_speak_agree_and_one_by_itself_is_alone() -> None:
    (line,) = matrix_lines([ROW], [])
    assert words(line) == ["agrees", "agrees", "silent"]
    (line,) = matrix_lines([MatrixRow("X", ("X",), (DEFAULT,))], [])
    assert words(line) == ["alone", "silent", "silent"]


def test_a_note_a_waiver_and_a_fix_are_no_conflict() -> None:
    for changed, word in (
        (replace(CONTRADICTION, severity="note"), "note"),
        (replace(CONTRADICTION, waived="agreed"), "waived"),
        (replace(CONTRADICTION, status="fixed"), "agrees"),
    ):
        (line,) = matrix_lines([ROW], [changed])
        assert words(line, changed) == [word, word, "silent"]


def test_the_worst_finding_counts() -> None:
    both = (replace(CONTRADICTION, severity="note"), CONTRADICTION)
    (line,) = matrix_lines([ROW], both)
    assert line.findings == [0, 1]
    assert words(line, *both)[0] == "conflicts"


def test_a_finding_touches_the_rows_of_the_other_subjects_of_its_cause() -> None:
    other = MatrixRow("Other.value", ("Other.value",), (DEFAULT._replace(subject="Other.value"),))
    finding = replace(CONTRADICTION, also=("Other.value",))
    first, second = matrix_lines([ROW, other], [finding])
    assert first.findings == second.findings == [0]
    assert words(second, finding) == ["conflicts", "conflicts", "silent"]


def test_a_finding_of_something_else_has_a_row_of_its_own_behind_the_others() -> None:
    lines = matrix_lines([ROW], [ENCODING, NOTE])
    assert [line.name for line in lines] == [WEEKDAYS, ENCODING.subject, NOTE.subject]
    assert lines[1].statements == (TYPE, CONSTANT)
    assert words(lines[1], ENCODING, NOTE)[1:] == ["conflicts", "conflicts"]
