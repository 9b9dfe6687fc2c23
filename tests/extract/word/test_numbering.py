"""The numbers before paragraphs. Those marked were seen to be LibreOffice's too, in its export of the same document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numbered_documents import (
    BY,
    deleted,
    inserted,
    level,
    lists,
    paragraph,
    run,
    style,
    write_document,
)

from gbcscheck.extract.word.document import read_document
from gbcscheck.extract.word.numbering import SKIPPED, Counter, Level, ListOf, Numbering
from gbcscheck.extract.word.paragraphs import JOINED, WordParagraph, read_paragraphs
from gbcscheck.extract.word.views import View

FIVE = tuple(level(place) for place in range(5))
ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
OTHER = f'<w:lvlOverride w:ilvl="1">{level(1, "lowerLetter", "%1.%2", 4)}</w:lvlOverride>'
HEADINGS = (
    style("H1", listed='<w:numId w:val="1"/>', outline=0)
    + style("H2", "H1", '<w:ilvl w:val="1"/>', 1)
    + style("H3", listed='<w:ilvl w:val="2"/><w:numId w:val="1"/>', outline=2)
)
OF_HEADINGS = lists(*(level(place, more=f'<w:pStyle w:val="H{place + 1}"/>') for place in range(3)))


def _read(
    tmp_path: Path, body: str, numbering: str = "", styles: str = "", view: View = "final"
) -> list[WordParagraph]:
    path = write_document(tmp_path / "numbered.docx", body, numbering, styles)
    return [one for one in read_paragraphs(read_document(path), view) if one is not None]


def _labels(found: list[WordParagraph]) -> list[str]:
    return [one.number or one.label for one in found]


CASES = {
    "levels": ([(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)], lists(*FIVE), "1 1.1 1.2 1.2.1 2 2.1"),
    "lists of one abstract list count on, one begins anew": (
        [(1, 0), (1, 0), (2, 0), (1, 0), (3, 0), (3, 0), (1, 0), (3, 0)],
        lists(*FIVE, numbers={1: "", 2: "", 3: ANEW}),
        "1 2 3 4 7 8 9 10",
    ),
    "a level of its own": (
        [(1, 0), (2, 0), (2, 1), (1, 1)],
        lists(*FIVE, numbers={1: "", 2: OTHER}),
        "1 2 2.d 2.5",
    ),
    "other starts": ([(1, 0), (1, 1), (1, 0)], lists(level(0, start=0), level(1, start=5)), "0 0.5 1"),
}
"""Paragraphs by list and level, and their numbers, which LibreOffice gives too."""


@pytest.mark.parametrize(("places", "numbering", "labels"), CASES.values(), ids=CASES)
def test_numbers_are_those_that_libreoffice_gives(
    tmp_path: Path, places: list[tuple[int, int]], numbering: str, labels: str
) -> None:
    body = "".join(paragraph("Text", *one) for one in places)
    assert [one.strip("()") for one in _labels(_read(tmp_path, body, numbering))] == labels.split()


def test_forms_of_numbers(tmp_path: Path) -> None:
    numbering = lists(
        level(0, "upperRoman", "%1."),
        level(1, "lowerLetter", "(%2)"),
        level(2, "lowerRoman", "(%3)", 9),
        level(3, "upperLetter", "%1-%4", 27),
        level(4, "decimal", "%1.%5", 3, "<w:isLgl/>"),
        level(5, "decimalZero", "%6)"),
        level(6, "bullet", "•"),
    )
    found = _read(tmp_path, "".join(paragraph("Text", 1, place) for place in range(7)), numbering)
    assert _labels(found) == ["I.", "(a)", "(ix)", "I-AA", "1.3", "01)", "•"]
    assert [one.number for one in found] == ["", "", "", "", "1.3", "", ""]


def test_a_level_may_begin_anew_after_a_certain_level_alone_or_never(tmp_path: Path) -> None:
    """17.9.10: LibreOffice does not read this and begins anew after every higher level."""
    after_first = lists(level(0), level(1), level(2, more='<w:lvlRestart w:val="1"/>'))
    body = "".join(paragraph("Text", 1, place) for place in (0, 1, 2, 2, 1, 2, 0, 1, 2))
    assert _labels(_read(tmp_path, body, after_first))[5:] == ["1.2.3", "2", "2.1", "2.1.1"]
    never = lists(level(0), level(1, more='<w:lvlRestart w:val="0"/>'))
    body = "".join(paragraph("Text", 1, place) for place in (0, 1, 1, 0, 1))
    assert _labels(_read(tmp_path, body, never)) == ["1", "1.1", "1.2", "2", "2.3"]


def test_styles_number_paragraphs_by_the_level_that_is_linked_to_them(tmp_path: Path) -> None:
    body = "".join(
        (
            paragraph("a", style="H1"),
            paragraph("b", style="H2"),
            paragraph("c", style="H3"),
            paragraph("d", style="H2"),
            paragraph("e", 0, style="H2"),
            paragraph("f", style="H2"),
            paragraph("g", style="H1"),
        )
    )
    found = _read(tmp_path, body, OF_HEADINGS, HEADINGS)
    assert _labels(found) == ["1", "1.1", "1.1.1", "1.2", "", "1.3", "2"]
    assert all(one.is_heading for one in found)


def test_a_list_may_have_the_levels_of_a_style_of_lists(tmp_path: Path) -> None:
    """17.9.21: the list that a paragraph names points at a style, whose list has the levels."""
    linked = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Clauses"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="6"><w:styleLink w:val="Clauses"/>{level(0)}{level(1)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>'
    )
    styles = style("Clauses", listed='<w:numId w:val="2"/>').replace('"paragraph"', '"numbering"')
    body = paragraph("a", 1) + paragraph("b", 1, 1) + paragraph("c", 2, 1)
    assert [one.number for one in _read(tmp_path, body, linked, styles)][1:] == ["1.1", "1.2"]


def test_a_number_below_a_level_that_was_skipped_is_not_made_up(tmp_path: Path) -> None:
    """Neither that number, nor the next one of the level that was skipped: programs differ."""
    body = "".join(paragraph("Text", 1, place) for place in (0, 2, 1, 0, 1))
    found = _read(tmp_path, body, lists(*FIVE))
    assert [one.number for one in found] == ["", "", "", "", "2.1"]
    assert [one.problems for one in found] == [(), (SKIPPED,), (SKIPPED,), (), ()]


def test_a_form_of_numbers_that_is_not_known_is_told(tmp_path: Path) -> None:
    (found,) = _read(tmp_path, paragraph("Text", 1), lists(level(0, "cardinalText")))
    assert found.problems == ("numbers of the form cardinalText are not read",)
    (found,) = _read(tmp_path, paragraph("Text", 9), lists(level(0)))
    assert found.problems == ("the document has no list 9 with a level 1",)


# --- tracked changes -------------------------------------------------------------------------------------------------


def test_a_deleted_paragraph_counts_in_the_original_alone(tmp_path: Path) -> None:
    body = (
        paragraph("One", 1)
        + paragraph(deleted("Two"), 1, mark="del")
        + paragraph(inserted(run("Three")), 1, mark="ins")
        + paragraph("Four", 1)
    )
    numbering = lists(level(0, text="%1.1"))
    final = _read(tmp_path, body, numbering)
    assert [(one.number, one.text) for one in final] == [("1.1", "One"), ("2.1", "Three"), ("3.1", "Four")]
    original = _read(tmp_path, body, numbering, view="original")
    assert [(one.number, one.text) for one in original] == [("1.1", "One"), ("2.1", "Two"), ("3.1", "Four")]


def test_a_deleted_paragraph_at_the_end_counts_no_more(tmp_path: Path) -> None:
    table = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    body = paragraph("One", 1) + paragraph(deleted("Two"), 1, mark="del") + table + paragraph("Three", 1)
    assert [one.number for one in _read(tmp_path, body, lists(level(0, text="%1.1")))] == ["1.1", "2.1"]


def test_a_paragraph_in_a_table_counts_in_its_list(tmp_path: Path) -> None:
    row = f"<w:tr><w:tc>{paragraph('Two', 1)}</w:tc></w:tr>"
    gone = f"<w:tr><w:trPr><w:del {BY}/></w:trPr><w:tc>{paragraph('Three', 1)}</w:tc></w:tr>"
    body = paragraph("One", 1) + f"<w:tbl>{row}{gone}</w:tbl>" + paragraph("Four", 1)
    numbering = lists(level(0, text="%1.1"))
    assert [one.number for one in _read(tmp_path, body, numbering)] == ["1.1", "3.1"]
    assert [one.number for one in _read(tmp_path, body, numbering, view="original")] == ["1.1", "4.1"]


def test_paragraphs_of_two_lists_that_a_change_joins_are_told(tmp_path: Path) -> None:
    body = paragraph("One", 1, mark="del") + paragraph(" and two", 1, 1) + paragraph("Three", 1, 1)
    found = _read(tmp_path, body, lists(level(0), level(1)))
    assert [JOINED in one.problems for one in found] == [True, False]


def test_numbers_that_were_put_on_a_paragraph_are_of_the_final_view(tmp_path: Path) -> None:
    body = (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins {BY}/></w:numPr></w:pPr>{run("One")}</w:p>'
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:pPrChange {BY}><w:pPr><w:numPr>'
        f'<w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>{run("Two")}</w:p>'
    )
    numbering = lists(level(0, text="%1.0"), level(1))
    assert [one.number for one in _read(tmp_path, body, numbering)] == ["1.0", "1.1"]
    assert [one.number for one in _read(tmp_path, body, numbering, view="original")] == ["", "1.0"]


# --- typed numbers, and what is no paragraph of the text -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "label", "rest"),
    [
        ("5.7.4.31\tSample Limit", "5.7.4.31", "", "Sample Limit"),
        ("5.7.4 Sample Limit", "5.7.4", "", "Sample Limit"),
        ("5.7.4A. Sample Limit", "5.7.4A", "", "Sample Limit"),
        ("(i) Armed;", "", "(i)", "Armed;"),
        ("b) Armed;", "", "b)", "Armed;"),
        ("• Armed", "", "•", "Armed"),
        ("5 Sample", "", "", "5 Sample"),
        ("5.7.4", "", "", "5.7.4"),
        ("(note) Armed", "", "", "(note) Armed"),
    ],
)
def test_numbers_and_labels_that_are_typed(tmp_path: Path, text: str, number: str, label: str, rest: str) -> None:
    body = paragraph(text.replace("\t", "</w:t><w:tab/><w:t>") if "\t" in text else text)
    (found,) = _read(tmp_path, body)
    assert (found.number, found.label, found.text) == (number, label, rest)


def test_lists_of_contents_are_left_out(tmp_path: Path) -> None:
    contents = paragraph("1.1 Sample 7", style="TOC1")
    styles = style("TOC1", shown="toc 1")
    assert [one.text for one in _read(tmp_path, contents + paragraph("Text"), "", styles)] == ["Text"]


# --- laws ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 3), max_size=30))
def test_clauses_rise_where_no_level_is_skipped(steps: list[int]) -> None:
    levels = tuple(Level(1, text=".".join(f"%{one + 1}" for one in range(place + 1))) for place in range(4))
    counter = Counter(Numbering({"1": ListOf("0", levels)}))
    depth, before = -1, (0,)
    for step in steps:
        depth = min(step, depth + 1)
        label = counter.label("1", depth)
        number = tuple(map(int, label.text.split(".")))
        assert number > before
        assert len(number) == depth + 1
        before = number
