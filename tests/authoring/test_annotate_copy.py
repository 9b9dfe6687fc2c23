"""The marked copy: clashing cells filled and commented, and everything else as it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from marked_books import KEPT, SHEET, change_parts, finding_in, parts_of, report_of, said_in, write_book

from gbcscheck.authoring.annotated import Annotated
from gbcscheck.authoring.texts import LONGEST_COMMENT
from gbcscheck.authoring.workbook.marking import annotate
from gbcscheck.authoring.workbook.styles import FILLS
from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.extract.workbook import read_workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "draft.xlsx")


def opened(made: Annotated) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made.content))


def test_a_clashing_cell_is_filled_and_commented_and_keeps_its_format(book: Path) -> None:
    made = annotate(book, report_of(finding_in(book, "B4"), finding_in(book, "B5", severity="warning")))
    assert made.cells == 2
    assert made.notes == ()
    sheet = opened(made)[SHEET]
    assert sheet["B4"].fill.fgColor.rgb == FILLS["error"]
    assert sheet["B5"].fill.fgColor.rgb == FILLS["warning"]
    text = sheet["B4"].comment.text
    assert text.split("\n") == [
        "error V101: default contradicts the constant",
        "This cell: default 0x0F (fifteen)",
        "Other side: GBCS 9.9 ECS99, row 1 (gbcs/use-cases.xlsx · DLMS!K685): constant ||0x001E (thirty)",
        "Witness: 15",
        "Why: the use case fixes it",
        "What to do: write 0x1E",
    ]
    assert sheet["B4"].comment.author == "gbcscheck"


def test_only_the_style_of_marked_cells_and_the_drawing_of_their_comments_change_in_a_sheet(book: Path) -> None:
    made = annotate(book, report_of(finding_in(book, "B3", "B4"), finding_in(book, "C6")))
    before = etree.fromstring(parts_of(book)["xl/worksheets/sheet1.xml"])
    after = etree.fromstring(parts_of(made.content)["xl/worksheets/sheet1.xml"])
    for root in (before, after):
        for cell in root.iter(f"{MAIN}c"):
            if cell.get("r") in ("B3", "B4", "C6"):
                cell.attrib.pop("s", None)
        for drawing in root.findall(f"{MAIN}legacyDrawing"):
            root.remove(drawing)
    assert etree.tostring(after, method="c14n") == etree.tostring(before, method="c14n")


def test_every_part_that_marks_do_not_touch_is_the_same_octet_for_octet(book: Path) -> None:
    made = annotate(book, report_of(finding_in(book, "B3"), finding_in(book, "B4")))
    before, after = parts_of(book), parts_of(made.content)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }
    assert all(after[name] == content for name, content in KEPT.items())
    assert [name for name in after if name not in before] == ["xl/worksheets/gbcscheck1.xml"]


def test_the_original_is_only_read_and_the_copy_is_the_same_every_time(book: Path) -> None:
    content = book.read_bytes()
    report = report_of(finding_in(book, "B3", "B4"))
    assert annotate(book, report).content == annotate(book, report).content
    assert book.read_bytes() == content


def test_formulas_widths_panes_and_the_rest_survive(book: Path) -> None:
    made = annotate(book, report_of(finding_in(book, "B3"), finding_in(book, "D3"), finding_in(book, "B4")))
    sheet = opened(made)[SHEET]
    assert sheet["D3"].value == "=SUM(C3:C5)"
    assert sheet["D3"].number_format == "0.00"
    assert openpyxl.load_workbook(io.BytesIO(made.content), data_only=True)[SHEET]["D3"].value == 6
    assert (sheet["B3"].font.b, sheet["B3"].font.color.rgb, sheet["B3"].border.bottom.style) == (
        True,
        "FFCC0000",
        "double",
    )
    assert sheet["E4"].fill.fgColor.rgb == "FF00FF00"
    assert sheet.column_dimensions["A"].width == 33
    assert sheet.row_dimensions[4].height == 40
    assert sheet.freeze_panes == "B3"
    assert str(sheet.merged_cells) == "A7:C7"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["C3:C6"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["C3:C6"]
    assert opened(made)["Other"]["A1"].hyperlink.target == "https://example.org/"


def test_comments_that_were_there_stay_and_ours_stands_below(book: Path) -> None:
    sheet = opened(annotate(book, report_of(finding_in(book, "B3"))))[SHEET]
    assert sheet["A1"].comment.text == "The title"
    text = sheet["B3"].comment.text
    assert text.startswith("Agreed on 3 May\n\nerror V101: default contradicts the constant\n")
    assert sheet["B3"].comment.author == "A. Author"


def test_many_findings_of_one_cell_are_one_comment_of_reasonable_length(book: Path) -> None:
    findings = [finding_in(book, "B4", message="x" * 2000, severity="note") for _ in range(300)]
    made = annotate(book, report_of(*findings, finding_in(book, "B4")))
    sheet = opened(made)[SHEET]
    assert len(sheet["B4"].comment.text) < LONGEST_COMMENT + 100
    assert sheet["B4"].fill.fgColor.rgb == FILLS["error"]
    few = annotate(book, report_of(*[finding_in(book, "B4") for _ in range(7)]))
    assert opened(few)[SHEET]["B4"].comment.text.endswith("\n\nand 2 more, on the sheet of findings")
    root = etree.fromstring(parts_of(few.content)["xl/comments/comment1.xml"])
    assert [one.get("ref") for one in root.iter(f"{MAIN}comment")].count("B4") == 1


def test_a_waived_finding_marks_nothing(book: Path) -> None:
    made = annotate(book, report_of(finding_in(book, "B4", waived="agreed"), finding_in(book, "B5", status="fixed")))
    assert made.cells == 0
    sheet = opened(made)[SHEET]
    assert sheet["B4"].comment is None
    assert sheet["B4"].fill.fill_type is None
    assert parts_of(made.content)["xl/worksheets/sheet1.xml"] == parts_of(book)["xl/worksheets/sheet1.xml"]


def test_a_cell_that_is_not_in_the_file_gets_its_place_and_the_style_of_its_column(book: Path) -> None:
    def styled(xml: bytes) -> bytes:
        return xml.replace(b"<sheetData>", b'<sheetData><row r="1"/>', 1) if b'<row r="1"' not in xml else xml

    change_parts(book, {"xl/worksheets/sheet1.xml": styled})
    made = annotate(book, report_of(*(finding_in(book, cell) for cell in ("F4", "A20", "C12", "B6"))))
    root = etree.fromstring(parts_of(made.content)["xl/worksheets/sheet1.xml"])
    rows = [int(row.get("r", "0")) for row in root.iter(f"{MAIN}row")]
    assert rows == sorted(set(rows))
    assert {12, 20} <= set(rows)
    for row in root.iter(f"{MAIN}row"):
        columns = [cell.get("r", "") for cell in row.iterfind(f"{MAIN}c")]
        assert columns == sorted(columns, key=lambda name: (len(name), name))
    assert opened(made)[SHEET]["F4"].fill.fgColor.rgb == FILLS["error"]


def test_a_sheet_without_comments_gets_its_drawing_where_the_schema_wants_it(book: Path) -> None:
    finding = finding_in(book)
    statement = said_in(book, "A1", sheet="Other")
    made = annotate(book, report_of(finding.__class__("V101", "note", "X", "m", (statement, *finding.statements))))
    parts = parts_of(made.content)
    root = etree.fromstring(parts["xl/worksheets/sheet2.xml"])
    names = [child.tag.removeprefix(MAIN) for child in root]
    assert names.index("legacyDrawing") > names.index("pageMargins")
    assert opened(made)["Other"]["A1"].comment.text.startswith("note V101")
    assert opened(made)["Other"]["A1"].hyperlink.target == "https://example.org/"
    assert opened(made)[SHEET]["A1"].comment.text == "The title"


@pytest.mark.parametrize("anchor", [b"", b"<ns2:Anchor>2, 15, 1, 4, 3, 15, 4, 4</ns2:Anchor>"])
def test_boxes_of_comments_have_numbers_of_their_own_and_grow_with_their_text(book: Path, anchor: bytes) -> None:
    def with_anchor(drawing: bytes) -> bytes:
        assert b"<ns2:Row>2</ns2:Row>" in drawing
        return drawing.replace(b"<ns2:Row>2</ns2:Row>", anchor + b"<ns2:Row>2</ns2:Row>")

    drawing = next(name for name in parts_of(book) if name.endswith(".vml"))
    change_parts(book, {drawing: with_anchor})
    made = annotate(book, report_of(finding_in(book, "B3"), finding_in(book, "B4"), finding_in(book, "B5")))
    root = etree.fromstring(parts_of(made.content)[drawing])
    shapes = [one.get("id") for one in root.iter("{urn:schemas-microsoft-com:vml}shape")]
    assert len(shapes) == len(set(shapes)) == 4
    anchors = [one.text or "" for one in root.iter("{urn:schemas-microsoft-com:office:excel}Anchor")]
    assert anchors[0].split(", ")[:6] == ["2", "15", "1", "4", "8", "15"]
    assert int(anchors[0].split(", ")[6]) >= 7


def test_a_thread_of_comments_stays_alone_and_that_is_said(book: Path) -> None:
    relations = "xl/worksheets/_rels/sheet1.xml.rels"

    def with_thread(xml: bytes) -> bytes:
        kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
        one = f'<Relationship Id="rId77" Type="{kind}" Target="/xl/threadedComments/threadedComment1.xml"/>'
        return xml.replace(b"</Relationships>", one.encode() + b"</Relationships>")

    thread = f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="B3"/></ThreadedComments>'.encode()
    change_parts(book, {relations: with_thread}, {"xl/threadedComments/threadedComment1.xml": thread})
    made = annotate(book, report_of(finding_in(book, "B3"), finding_in(book, "B4")))
    assert made.notes == (f"{SHEET}!B3 has a threaded comment; it is filled and listed, and has no other comment",)
    sheet = opened(made)[SHEET]
    assert sheet["B3"].comment.text == "Agreed on 3 May"
    assert sheet["B3"].fill.fgColor.rgb == FILLS["error"]
    assert sheet["B4"].comment.text.startswith("error V101")


def test_a_workbook_without_styles_gets_them(book: Path) -> None:
    def without(xml: bytes) -> bytes:
        root = etree.fromstring(xml)
        for one in list(root):
            if "styles" in (one.get("Target") or one.get("PartName") or ""):
                root.remove(one)
        return etree.tostring(root)

    plain = openpyxl.Workbook()
    assert plain.active is not None
    plain.active.title = SHEET
    plain.active["B4"] = "0x0F"
    plain.save(book)
    change_parts(
        book, {"xl/styles.xml": lambda _: None, "xl/_rels/workbook.xml.rels": without, "[Content_Types].xml": without}
    )
    sheet = opened(annotate(book, report_of(finding_in(book, "B4"))))[SHEET]
    assert sheet["B4"].fill.fgColor.rgb == FILLS["error"]


def test_the_copy_is_read_like_the_original(book: Path) -> None:
    made = annotate(book, report_of(finding_in(book, "B3", "B4")))
    copy = book.with_name("copy.xlsx")
    copy.write_bytes(made.content)
    assert read_workbook(copy)[SHEET].rows == read_workbook(book)[SHEET].rows


# --- what is refused -------------------------------------------------------------------------------------------------


def test_a_signed_workbook_is_refused(book: Path) -> None:
    change_parts(book, {}, {"_xmlsignatures/sig1.xml": b"<Signature/>"})
    with pytest.raises(GbcscheckError, match="signed, and a changed copy would break the signature"):
        annotate(book, report_of(finding_in(book, "B3")))


def test_a_strict_workbook_is_refused(book: Path) -> None:
    def strict(xml: bytes) -> bytes:
        return xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )

    change_parts(book, {"xl/workbook.xml": strict})
    with pytest.raises(GbcscheckError, match="save it as an Excel workbook"):
        annotate(book, report_of(finding_in(book, "B3")))


def test_a_bomb_a_text_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 150_000_000)
    for path, content in ((bomb, None), (tmp_path / "a.xlsx", b"text"), (tmp_path / "b.xlsx", b"")):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(UnreadableSource):
            annotate(path, report_of())


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "_rels/.rels"])
def test_a_damaged_part_is_named(book: Path, part: str) -> None:
    change_parts(book, {part: lambda xml: xml[: len(xml) // 2]})
    with pytest.raises(UnreadableSource, match="damaged workbook"):
        annotate(book, report_of(finding_in(book, "B3")))
