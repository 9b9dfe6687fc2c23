"""A cell's own words with a marker under its value."""

from __future__ import annotations

import pytest
from report_examples import CODE, CONSTANT, TYPE

from gbcscheck.report.layout import Layout, paint
from gbcscheck.report.quotation import LONGEST, own_words, quotation, value_span


def quoted(text: str, note: str = "constant: every day", width: int = 80) -> str:
    return paint(quotation(text, note, Layout(width, break_words=True), style="error"), colour=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0b11111000", "0b11111000"),
        ("||0b11111110 (bit padding is on the least significant bit)", "0b11111110"),
        ("0-0:12.0.0.255||0x00000C0000FF", "0x00000C0000FF"),
        ("||0x01 (credit) or 0x02 (prepayment)", "0x01 (credit) or 0x02 (prepayment)"),
        ("octet-string(5)", "octet-string(5)"),
        ("||", "||"),
        ("(none)", "(none)"),
    ],
)
def test_the_value_is_told_from_the_remark(text: str, value: str) -> None:
    start, end = value_span(text)
    assert text[start:end] == value


def test_carets_stand_under_the_value() -> None:
    assert quoted("||0b11111110 (padded)") == "||0b11111110 (padded)\n  ^^^^^^^^^^ constant: every day\n"


def test_a_note_that_does_not_fit_beside_the_carets_stands_below() -> None:
    assert quoted("||0b11111110 (padded)", width=26) == ("||0b11111110 (padded)\n  ^^^^^^^^^^\n  constant: every day\n")


def test_a_wrapped_text_has_its_note_at_the_foot() -> None:
    assert quoted("||0b11111110 (bit padding is on the left)", width=28) == (
        "||0b11111110 (bit padding\n  ^^^^^^^^^^\nis on the left)\n= constant: every day\n"
    )


def test_a_value_of_several_lines_has_a_bar() -> None:
    assert quoted("Import Supplier\nOther User", "roles") == "| Import Supplier\n| Other User\n^ roles\n"


def test_wide_characters_keep_the_carets_in_place() -> None:
    assert quoted("漢||0x01", "") == "漢||0x01\n    ^^^^\n"


def test_a_long_list_is_cut_for_the_eye() -> None:
    lines = quoted("\n".join(f"role {number}" for number in range(30)), "roles").splitlines()
    assert lines[6:] == ["| role 6", "| … 23 more lines", "^ roles"]
    assert f"({LONGEST * 2:,} characters)" in quoted("x" * LONGEST * 2).replace("\n| ", "")


LIST = " | ".join(f'"{major}.{minor}"' for major in range(1, 10) for minor in range(1, 21))


def quoted_for(witness: str, text: str = LIST, width: int = 60) -> list[str]:
    layout = Layout(width, break_words=True)
    return paint(quotation(text, "permitted", layout, style="error", witness=witness), colour=False).splitlines()


@pytest.mark.parametrize("witness", ['"1.1"', '"1.2"', '"5.13"', '"9.2"', '"9.20"', "5.2"])
def test_a_long_list_is_quoted_around_the_member_that_counts(witness: str) -> None:
    lines = quoted_for(witness)
    (carets,) = [number for number, line in enumerate(lines) if line.strip().startswith("^")]
    start = lines[carets].index("^")
    end = start + lines[carets].count("^")
    assert lines[carets - 1][start:end].strip('"') == witness.strip('"')
    assert len(lines) <= 5
    assert all(len(line) <= 60 for line in lines)
    assert lines[0].startswith("… ") == ('"1.1"' not in "".join(lines))
    assert any(line.endswith(" …") for line in lines) == ('"9.20"' not in "".join(lines))


@pytest.mark.parametrize("witness", ["", '"6.30"', "6.", "x" * 300])
def test_a_long_list_without_the_member_is_cut_at_three_lines(witness: str) -> None:
    lines = quoted_for(witness)
    assert lines[3:] == [f"| … ({len(LIST):,} characters)", "^ permitted"]
    assert lines[0].startswith('| "1.1" | "1.2" | ')


def test_a_member_of_a_long_column_is_marked() -> None:
    text = "\n".join(f"role {number}" for number in range(30))
    assert quoted_for("role 20", text) == ["… role 19", "role 20", "^^^^^^^", "role 21 …", "= permitted"]


def test_the_value_of_a_long_cell_is_marked() -> None:
    lines = quoted_for("15", "||0x0F (" + "remark " * 60 + ")")
    assert lines[:2] == ["||0x0F (remark remark remark remark remark remark remark", "  ^^^^"]
    assert lines[-1] == "= permitted"
    assert len(lines) == 5


def test_blanks_that_would_not_be_seen_are_quoted() -> None:
    assert own_words(CONSTANT._replace(text=" ")) == '" "'
    assert own_words(CONSTANT._replace(text="")) == '""'
    assert own_words(CONSTANT._replace(text=None)) == "0b1111111"


def test_values_are_written_as_in_json() -> None:
    assert own_words(CODE) == "6.18"
    assert own_words(TYPE._replace(value=True)) == "true"
    assert own_words(TYPE) == "xs:time"
