"""Tables of Word documents: which there are, how they are called, and that no cell slides into another column."""

from __future__ import annotations

from pathlib import Path

import pytest
from word_documents import (
    BY,
    caption,
    cell,
    control,
    deleted,
    field,
    heading,
    inserted,
    paragraph,
    plain_row,
    plain_table,
    row,
    run,
    simple_field,
    table,
    write,
)

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.table import read_tables
from gbcscheck.extract.table_choice import TableChoice
from gbcscheck.extract.word.captions import read_caption
from gbcscheck.extract.word.document import WordDocument, read_document
from gbcscheck.extract.word.sheets import read_sheets
from gbcscheck.limits import OverLimit, by_limits

SMALL = plain_table([["Data item", "Default"], ["A", "1"]])
OTHER = plain_table([["Data item", "Default"], ["B", "2"]])
WIDE = plain_table([["Data item", "Default", "Unit"], ["B", "2", "s"]])


def read(path: Path, body: str) -> WordDocument:
    return read_document(write(path / "draft.docx", body))


def texts(path: Path, body: str, view: str = "final") -> list[list[str]]:
    first = read(path, body).tables[0]
    seen: object = "original" if view == "original" else "final"
    return [[first.text(one, seen) for one in line.cells] for line in first.rows(seen)]  # type: ignore[arg-type]


# --- names, captions, headings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "title", "goes_on"),
    [
        ("Table 28d: Default values", "Table 28d", "Default values", False),
        ("Table 28D – Default values", "Table 28d", "Default values", False),
        ("TABLE 28d Default values", "Table 28d", "Default values", False),
        ("Table 28d", "Table 28d", "", False),
        ("Table 28d (continued)", "Table 28d", "", True),
        ("Table 28d cont'd: Default values", "Table 28d", "Default values", True),
        ("Table 28d – Default values (continued from previous page)", "Table 28d", "Default values", True),
        ("Continuation of Table 28d", "Table 28d", "", True),
        ("Table A.3: Codes", "Table A.3", "Codes", False),
        ("Table 7.2-1: Codes", "Table 7.2-1", "Codes", False),
        ("Table\u00a028d\nDefault values", "Table 28d", "Default values", False),
        ("(continued)", "", "", True),
    ],
)
def test_captions(text: str, number: str, title: str, goes_on: bool) -> None:
    found = read_caption(text, is_styled=False)
    assert found is not None
    assert (found.number, found.title, found.is_continued) == (number, title, goes_on)


@pytest.mark.parametrize(
    "text",
    [
        "Table 28d lists the default values.",
        "Table 28d shall apply.",
        "Table 28d Default values apply to every device.",
        "Tables 28c and 28d",
        "Tablet 5",
        "See Table 28d",
        "Figure 3: Table 28d",
        "",
    ],
)
def test_what_is_no_caption(text: str) -> None:
    assert read_caption(text, is_styled=False) is None


def test_a_caption_of_a_figure_is_none_of_a_table(tmp_path: Path) -> None:
    body = caption("Table 1: One") + SMALL + caption("Figure 2: Not a table") + paragraph(run("Text.")) + OTHER
    assert [one.name for one in read(tmp_path, body).tables] == ["Table 1", "Table 1 (2)"]


@pytest.mark.parametrize(
    "body",
    [
        caption("Table 28d: Default values") + SMALL,
        paragraph(run("Table 28d: Default values")) + SMALL,
        caption("Table 28d: Default values") + paragraph() + paragraph(run("All values in V.")) + SMALL,
        paragraph(run("Table 28d")) + paragraph(run("Default values")) + SMALL,
        paragraph(run("Text.")) + SMALL + caption("Table 28d: Default values"),
        paragraph(run("Table ") + simple_field("SEQ Table", "28") + run("d: Default values")) + SMALL,
        paragraph(run("Table ") + field("SEQ Table \\* ARABIC", run("28")) + run("d: Default values")) + SMALL,
        caption("Table 28d: Default values", "Tabellentitel") + SMALL,
        control(caption("Table 28d: Default values")) + control(SMALL),
        paragraph(deleted("Table 28c") + inserted(run("Table 28d")) + run(": Default values")) + SMALL,
        paragraph(run("Table 28d: Default values"), "berschrift2") + SMALL,
        table([row([cell(run("Table 28d: Default values"), '<w:gridSpan w:val="2"/>')]), plain_row(["a", "b"])], 2),
    ],
)
def test_a_table_is_called_by_its_number(body: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path, heading("7 Defaults") + body).tables
    assert (found.name, found.number, found.caption) == ("Table 28d", "Table 28d", found.caption)
    assert found.caption.replace(":", "") == "Table 28d Default values"
    assert found.heading == "7 Defaults"


def test_notes_between_caption_and_table_are_kept(tmp_path: Path) -> None:
    body = caption("Table 1: One") + paragraph(run("All values in V unless stated otherwise.")) + SMALL
    assert read(tmp_path, body).tables[0].notes == ("All values in V unless stated otherwise.",)
    reading = read_tables(tmp_path / "draft.docx")
    assert [one.domain for one in reading.extract.rows] == ["1 V"]


def test_captions_below_belong_to_the_table_above(tmp_path: Path) -> None:
    body = SMALL + caption("Table 1: One") + OTHER + caption("Table 2: Two") + WIDE + caption("Table 3: Three")
    found = read(tmp_path, paragraph(run("Text.")) + body).tables
    assert [(one.name, one.caption) for one in found] == [
        ("Table 1", "Table 1: One"),
        ("Table 2", "Table 2: Two"),
        ("Table 3", "Table 3: Three"),
    ]


def test_several_tables_under_one_caption_stay_apart(tmp_path: Path) -> None:
    body = caption("Table 1: One") + SMALL + paragraph() + OTHER + heading("8 Next") + WIDE + caption("Table 4: Four")
    found = read(tmp_path, heading("7 First") + body).tables
    assert [(one.name, one.number, one.heading) for one in found] == [
        ("Table 1", "Table 1", "7 First"),
        ("Table 1 (2)", "Table 1", "7 First"),
        ("Table 4", "Table 4", "8 Next"),
    ]


def test_a_table_without_a_number_is_counted(tmp_path: Path) -> None:
    body = SMALL + heading("8 Next") + OTHER + caption("Codes", "Beschriftung") + WIDE
    found = read(tmp_path, body).tables
    assert [(one.name, one.caption) for one in found] == [("1st table", ""), ("2nd table", ""), ("3rd table", "Codes")]


def test_a_table_that_goes_on_is_one(tmp_path: Path) -> None:
    body = caption("Table 1: One") + SMALL + caption("Table 2: Two") + WIDE + caption("Table 1 (continued)") + OTHER
    first, second = read(tmp_path, body).tables
    assert (first.name, second.name) == ("Table 1", "Table 2")
    assert [line.number for line in first.rows()] == [1, 2, 3, 4]
    (sheet, _) = read_sheets(tmp_path / "draft.docx")
    assert [[one.text for one in line.cells] for line in sheet.rows] == [
        ["Data item", "Default"],
        ["A", "1"],
        ["B", "2"],
    ]
    assert [line.number for line in sheet.rows] == [1, 2, 4]


def test_a_table_of_other_columns_is_no_continuation(tmp_path: Path) -> None:
    body = caption("Table 1: One") + SMALL + caption("Table 1 (continued)") + WIDE
    assert [one.name for one in read(tmp_path, body).tables] == ["Table 1", "Table 1 (2)"]


def test_tables_in_cells_are_tables_of_their_own(tmp_path: Path) -> None:
    inner = cell(paragraph(run("see")) + OTHER + paragraph() + WIDE + paragraph())
    named = cell(caption("Table 9: Nine") + SMALL + paragraph())
    body = heading("7 First") + caption("Table 1: One") + table([plain_row(["a", "b"]), row([inner, named])], 2)
    found = read(tmp_path, body).tables
    assert [(one.name, one.within, one.heading) for one in found] == [
        ("Table 1", "", "7 First"),
        ("Table 1 (in row 2, column 1), 1", "Table 1", "7 First"),
        ("Table 1 (in row 2, column 1), 2", "Table 1", "7 First"),
        ("Table 9", "Table 1", "7 First"),
    ]
    outer = read_sheets(tmp_path / "draft.docx")[0].rows[1].cells[0]
    assert (outer.value, outer.problem) == (None, "a table in the cell, read as a table of its own: not read")


# --- the grid --------------------------------------------------------------------------------------------------------

TITLES = plain_row(["Data item", "Default", "Unit"])


def test_a_cell_in_a_content_control_keeps_its_column(tmp_path: Path) -> None:
    body = table([TITLES, row([cell(run("A")), control(cell(run("1"))), cell(run("s"))])], 3)
    assert texts(tmp_path, body)[1] == ["A", "1", "s"]


def test_cells_that_are_left_out_keep_their_columns(tmp_path: Path) -> None:
    body = table(
        [
            TITLES,
            row([cell(run("1")), cell(run("s"))], '<w:gridBefore w:val="1"/>'),
            row([cell(run("B"))], '<w:gridAfter w:val="2"/>'),
        ],
        3,
    )
    assert texts(tmp_path, body)[1:] == [["", "1", "s"], ["B", "", ""]]


def test_merged_cells_hold_the_first_ones_value(tmp_path: Path) -> None:
    first = [cell(run("A"), '<w:vMerge w:val="restart"/>'), cell(run("1")), cell(run("s"))]
    second = [cell("", "<w:vMerge/>"), cell(run("2 s"), '<w:gridSpan w:val="2"/>')]
    third = [cell("", '<w:vMerge w:val="continue"/>'), cell(run("3")), cell("", '<w:hMerge w:val="continue"/>')]
    write(tmp_path / "draft.docx", table([TITLES, row(first), row(second), row(third)], 3))
    (sheet,) = read_sheets(tmp_path / "draft.docx")
    assert [[(one.address, one.text) for one in line.cells] for line in sheet.rows[1:]] == [
        [("A2", "A"), ("B2", "1"), ("C2", "s")],
        [("A2", "A"), ("B3", "2 s"), ("B3", "2 s")],
        [("A2", "A"), ("B4", "3"), ("B4", "3")],
    ]


def test_a_row_that_does_not_fill_its_table_is_an_error(tmp_path: Path) -> None:
    body = caption("Table 28d") + table([TITLES, plain_row(["A", "1", "s"]), plain_row(["B", "2"])], 3)
    path = write(tmp_path / "draft.docx", body)
    with pytest.raises(UnreadableSource, match="rows that do not fill the columns of their table") as error:
        read_tables(path)
    assert error.value.detail == "  Table 28d, row 3: 2 columns, where the table has 3: a gap"
    (sheet,) = read_sheets(path)
    assert {one.problem for one in sheet.rows[2].cells} == {"2 columns, where the table has 3: a gap: not read"}


def test_a_surplus_is_an_error_too_and_other_tables_are_read(tmp_path: Path) -> None:
    bad = table([TITLES, plain_row(["A", "1", "s", "more"])], 3)
    path = write(tmp_path / "draft.docx", caption("Table 1") + bad + caption("Table 2") + SMALL)
    with pytest.raises(UnreadableSource) as error:
        read_tables(path)
    assert error.value.detail == "  Table 1, row 2: 4 columns, where the table has 3: a surplus"
    assert len(read_tables(path, choice=TableChoice(table="Table 2")).extract.rows) == 1


def test_a_row_whose_borders_were_moved_by_hand_keeps_its_columns(tmp_path: Path) -> None:
    def spans(texts: list[str], widths: list[int]) -> str:
        return row(
            [cell(run(text), f'<w:gridSpan w:val="{width}"/>') for text, width in zip(texts, widths, strict=True)]
        )

    usual = [spans(texts, [1, 2, 1]) for texts in (["Data item", "Default", "Unit"], ["A", "1", "s"])]
    body = table([*usual, spans(["B", "2", "V"], [1, 1, 2])], 4)
    assert texts_of(tmp_path, body) == [["Data item", "Default", "Unit"], ["A", "1", "s"], ["B", "2", "V"]]
    path = write(tmp_path / "draft.docx", caption("Table 1") + table([*usual, spans(["B", "2"], [2, 2])], 4))
    with pytest.raises(UnreadableSource) as error:
        read_tables(path)
    assert error.value.detail == "  Table 1, row 3: a cell stands under two columns of the table and fills neither"


def texts_of(path: Path, body: str) -> list[list[str]]:
    (sheet,) = read_sheets(write(path / "draft.docx", body))
    return [[one.text for one in line.cells] for line in sheet.rows]


def test_a_table_that_goes_on_may_have_another_grid(tmp_path: Path) -> None:
    wide = [row([cell(run(text), '<w:gridSpan w:val="3"/>') for text in texts]) for texts in (["C", "3"], ["D", "4"])]
    path = write(tmp_path / "draft.docx", caption("Table 1") + SMALL + caption("Table 1 (continued)") + table(wide, 6))
    (sheet,) = read_sheets(path)
    assert [[one.address for one in line.cells] for line in sheet.rows] == [
        ["A1", "B1"],
        ["A2", "B2"],
        ["A3", "B3"],
        ["A4", "B4"],
    ]


def test_rows_that_agree_need_no_grid(tmp_path: Path) -> None:
    body = table([TITLES, plain_row(["A", "1", "s"])], 3).replace("<w:gridCol", "<w:other")
    assert texts(tmp_path, body)[1] == ["A", "1", "s"]


def test_more_columns_than_are_read_are_refused_before_they_are_made(tmp_path: Path) -> None:
    wide = table([row([cell(run("A"), '<w:gridSpan w:val="999999999"/>')])], 1)
    before = table([row([cell(run("A"))], '<w:gridBefore w:val="999999999"/>')], 1)
    for body in (wide, before):
        path = write(tmp_path / "draft.docx", caption("Table 1") + body)
        with pytest.raises(OverLimit, match="at most 702 are read"):
            read_sheets(path)


def test_cells_and_rows_have_limits(tmp_path: Path) -> None:
    path = write(tmp_path / "draft.docx", SMALL + paragraph() + OTHER)
    with by_limits({"cells": 7}), pytest.raises(OverLimit, match="8 cells"):
        read_sheets(path)
    with by_limits({"rows": 1}), pytest.raises(OverLimit, match="2 rows"):
        read_sheets(path)
    with by_limits({"word-elements": 20}), pytest.raises(OverLimit, match="elements in a part of a Word document"):
        read_sheets(path)


# --- tracked changes of cells and rows -------------------------------------------------------------------------------


def test_rows_and_cells_that_changes_bring_and_take(tmp_path: Path) -> None:
    new = row([cell(run(text)) for text in ("N", "5", "s")], f"<w:ins {BY}/>")
    old = row([cell(run(text)) for text in ("O", "6", "s")], f"<w:del {BY}/>")
    both = row(
        [cell(run("X")), cell(run("y"), f"<w:cellDel {BY}/>"), cell(run("z"), f"<w:cellIns {BY}/>"), cell(run("s"))]
    )
    body = table([TITLES, new, old, both], 3)
    assert texts(tmp_path, body)[1:] == [["N", "5", "s"], ["X", "z", "s"]]
    assert texts(tmp_path, body, "original")[1:] == [["O", "6", "s"], ["X", "y", "s"]]
    assert [line.number for line in read(tmp_path, body).tables[0].rows("original")] == [1, 3, 4]


def test_a_tracked_merge(tmp_path: Path) -> None:
    merged = f'<w:cellMerge {BY} w:vMerge="cont"/>'
    split = f'<w:cellMerge {BY} w:vMergeOrig="cont"/>'
    body = table(
        [
            TITLES,
            plain_row(["A", "1", "s"]),
            row([cell(run("B"), merged), cell(run("2"), split), cell(run("V"))]),
        ],
        3,
    )
    assert texts(tmp_path, body)[2] == ["A", "2", "V"]
    assert texts(tmp_path, body, "original")[2] == ["B", "1", "V"]


def test_properties_as_they_were(tmp_path: Path) -> None:
    spans = f'<w:gridSpan w:val="2"/><w:tcPrChange {BY}><w:tcPr/></w:tcPrChange>'
    body = table([TITLES, row([cell(run("A")), cell(run("1"), spans), cell(run("s"), f"<w:cellDel {BY}/>")])], 3)
    assert texts(tmp_path, body)[1] == ["A", "1"]
    assert texts(tmp_path, body, "original")[1] == ["A", "1", "s"]


def test_a_whole_table_that_is_new_or_gone(tmp_path: Path) -> None:
    def marked(mark: str, texts: list[str]) -> str:
        return row([cell(inserted(run(one)) if mark == "ins" else deleted(one)) for one in texts], f"<w:{mark} {BY}/>")

    new = paragraph(inserted(run("Table 2: Two"))) + table(
        [marked("ins", ["Data item", "Default"]), marked("ins", ["B", "2"])], 2
    )
    gone = paragraph(deleted("Table 3: Three")) + table(
        [marked("del", ["Data item", "Default"]), marked("del", ["C", "3"])], 2
    )
    path = write(tmp_path / "draft.docx", caption("Table 1: One") + SMALL + new + gone)
    assert [one.name for one in read_sheets(path)] == ["Table 1", "Table 2"]
    assert [one.name for one in read_sheets(path, "original")] == ["Table 1", "Table 3"]


def test_changes_are_counted_where_they_stand(tmp_path: Path) -> None:
    body = (
        paragraph(inserted(run("a")) + deleted("b"))
        + caption("Table 1")
        + table([TITLES, row([cell(deleted("1") + inserted(run("2"))), cell(run("x")), cell(run("y"))])], 3)
    )
    found = read(tmp_path, body)
    assert (found.changes, found.changes_in_text, found.tables[0].changes) == (4, 2, 2)
    (sheet,) = read_sheets(tmp_path / "draft.docx")
    assert sheet.around is not None
    assert sheet.around.unlooked == ("2 tracked changes in text outside tables were not looked at",)


def test_the_element_of_a_cell_can_be_found_by_its_place(tmp_path: Path) -> None:
    found = read(tmp_path, caption("Table 1") + SMALL).tables[0]
    one = found.cell(2, 2)
    assert one is not None
    assert one.element is not None
    assert "".join(one.element.itertext()) == "1"
    assert found.cell(3, 1) is None
    assert found.cell(1, 3) is None
