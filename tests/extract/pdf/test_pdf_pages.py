"""Single things of pages: glyphs over each other, over edges, without characters; marks on text; what is refused."""

from __future__ import annotations

import contextlib
import sys
import zlib
from pathlib import Path

import pytest
from pdf_maker import HELVETICA, NO_CHARACTERS, assembled, line, pdf, ruled, stream, table, text

from gbcscheck.errors import UnreadableSource
from gbcscheck.extract.pdf import listed_tables, read_pdf, sheets
from gbcscheck.extract.pdf.reading import read_document
from gbcscheck.extract.pdf.tables import PdfTable
from gbcscheck.extract.sources import read_source
from gbcscheck.limits import OverLimit, by_limits

ROWS = [["Data item", "Default", "Notes"], ["A", "600", "x"], ["B", "0xFE", ""]]
TEXTS = [["Data item", "Default", "Notes"], ["A", "600", "x"], ["B", "0xFE", ""]]


def read(folder: Path, content: bytes) -> tuple[PdfTable, ...]:
    path = folder / "t.pdf"
    path.write_bytes(content)
    return read_pdf(path)


def texts(found: PdfTable) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


def cell(found: PdfTable, address: str) -> tuple[str, str, str, str]:
    (one,) = {cell for row in found.rows for cell in row.cells if cell.address == address}
    return one.text, one.uncertain, one.unread, one.struck


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("packed", [False, True])
def test_a_plain_table_is_read_however_its_page_is_turned(tmp_path: Path, rotate: int, packed: bool) -> None:
    (found,) = read(tmp_path, pdf([table(ROWS)], rotate=rotate, packed=packed))
    assert texts(found) == TEXTS
    assert not any(cell.uncertain or cell.unread for row in found.rows for cell in row.cells)


def test_texts_over_each_other_are_not_certain_and_bold_by_drawing_twice_is(tmp_path: Path) -> None:
    (found,) = read(tmp_path, pdf([table(ROWS) + text((155, 666), "700")]))
    assert cell(found, "B2")[1] == "texts drawn over each other"
    (found,) = read(tmp_path, pdf([table(ROWS) + text((155.4, 666), "600")]))
    assert cell(found, "B2") == ("600", "", "", "")


def test_text_over_the_edge_of_a_cell_is_not_certain_in_either(tmp_path: Path) -> None:
    (found,) = read(tmp_path, pdf([table(ROWS) + text((100, 646), "spills over here")]))
    assert cell(found, "A3")[1] == cell(found, "B3")[1] == "text drawn over the edge of its cell"
    assert cell(found, "B2") == ("600", "", "", "")


def test_a_line_through_text_strikes_it_out_and_one_under_it_does_not(tmp_path: Path) -> None:
    (found,) = read(tmp_path, pdf([table(ROWS) + line(155, 669, 172, 669) + line(155, 645, 177, 645)]))
    assert cell(found, "B2") == ("", "", "", "600")
    assert cell(found, "B3") == ("0xFE", "", "", "")
    (sheet,) = sheets(tmp_path / "t.pdf")
    assert sheet.rows[1].cells[1].deleted == "600"


def test_text_that_runs_up_a_cell_says_nothing_of_the_room_in_others(tmp_path: Path) -> None:
    """Its letters end where its cell does not: a word that is broken beside it was taken for two."""
    broken = text((105, 666), "entries[1].switch").replace("105", "58") + text((58, 655), "_time")
    upright = text((330, 652), "600 s", matrix="0 1 -1 0")
    rulings = ruled((50, 140, 250, 350), (700, 680, 640))
    titles = text((58, 686), "Data item") + text((155, 686), "Default") + text((255, 686), "Notes")
    (found,) = read(tmp_path, pdf([rulings + titles + broken + upright]))
    of_cell = cell(found, "A2")
    assert of_cell[0].replace("\n", " ") != "entries[1].switch _time" or of_cell[1]


def test_titles_that_are_not_certain_are_told_where_no_titles_are_known(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    path.write_bytes(pdf([table([["", "Default"], ["A", "600"]], xs=(50, 90, 250)) + text((55, 686), "Data item")]))
    with pytest.raises(UnreadableSource, match=r'row 1, column 1: uncertain: .*read as "Data ite'):
        read_source(path)


def test_a_strike_that_touches_rulings_makes_no_cells(tmp_path: Path) -> None:
    close = ruled([50, 150, 250], [700, 680]) + text((52, 686), "struck out") + line(50, 689, 98, 689)
    (found,) = read(tmp_path, pdf([close + text((155, 686), "7")]))
    assert texts(found) == [["", "7"]]


def test_a_font_without_characters_leaves_its_cell_unread(tmp_path: Path) -> None:
    fonts = {**HELVETICA, "F2": NO_CHARACTERS}
    (found,) = read(tmp_path, pdf([table(ROWS) + text((260, 646), "\x00\x01\x00\x02", font="F2")], fonts=fonts))
    assert cell(found, "C3")[2].startswith("a glyph without a character")
    (sheet,) = sheets(tmp_path / "t.pdf")
    assert sheet.rows[2].cells[2].problem.startswith("a glyph without a character")


def test_a_stamp_across_the_page_is_told_and_is_no_text(tmp_path: Path) -> None:
    stamp = text((180, 640), "DRAFT", size=40, matrix="0.7 0.7 -0.7 0.7")
    path = tmp_path / "t.pdf"
    path.write_bytes(pdf([table(ROWS) + stamp]))
    found = read_document(path)
    assert texts(found.tables[0]) == TEXTS
    assert found.not_read == ((1, "text at an angle (a stamp, a watermark)"),)


def test_a_caption_names_a_table_and_a_sentence_does_not(tmp_path: Path) -> None:
    named = text((50, 705), "Table 28d: Defaults") + table(ROWS)
    (found,) = read(tmp_path, pdf([named]))
    assert (found.name, found.number, found.caption) == ("Table 28d", "Table 28d", "Table 28d: Defaults")
    (found,) = read(tmp_path, pdf([text((50, 705), "Table 28d lists the defaults.") + table(ROWS)]))
    assert (found.name, found.number) == ("table on page 1", "")
    first, second = read(tmp_path, pdf([named, named]))
    assert (first.name, second.name) == ("Table 28d", "Table 28d (2)")


def lone(folder: Path, *pages: str) -> list[tuple[int, str]]:
    """The pages and texts of captions without a ruled table, as they are told."""
    path = folder / "t.pdf"
    path.write_bytes(pdf(pages))
    return [(page, reason.partition(": ")[2]) for page, reason in read_document(path).not_read]


def test_captions_below_tables_name_them_though_each_stands_near_the_next_table_too(tmp_path: Path) -> None:
    """Where the caption of a table stood on the next page, every table was called by the number of the one before."""
    small = [["Data item", "Default"], ["A", "1"]]
    first, second = (table([*small[:1], [name, "1"]], top=top) for name, top in (("A", 700), ("B", 620)))
    captions = text((50, 650), "Table 1: First") + text((50, 636), "A line of text.")
    third = text((50, 570), "Table 2: Second") + text((50, 556), "A line.") + table([*small[:1], ["C", "1"]], top=540)
    following = (
        text((50, 780), "Table 3: Third") + text((50, 766), "A line.") + table([*small[:1], ["D", "1"]], top=750)
    )
    found = read(tmp_path, pdf([first + captions + second + third, following + text((50, 700), "Table 4: Fourth")]))
    assert [(one.name, one.rows[1].cells[0].text) for one in found] == [
        ("Table 1", "A"),
        ("Table 2", "B"),
        ("Table 3", "C"),
        ("Table 4", "D"),
    ]
    assert read_document(tmp_path / "t.pdf").not_read == ()


UNRULED = text((50, 500), "Data item") + text((250, 500), "Default") + text((50, 480), "A") + text((250, 480), "7")
NAMED = text((50, 705), "Table 28d: Defaults") + table(ROWS)


@pytest.mark.parametrize(
    "words",
    ["Table 28e: Objects", "Table 28e", "Table 5.1 Objects", "Table 9 - Units. They are those of the devices"],
)
def test_a_caption_at_which_no_ruled_table_stands_is_told(tmp_path: Path, words: str) -> None:
    """A table without rulings beside ruled ones was passed over in silence."""
    assert lone(tmp_path, NAMED, NAMED + text((50, 520), words) + UNRULED) == [(2, f'"{words}"')]
    (first, _) = sheets(tmp_path / "t.pdf")
    assert [(one.what, one.place) for one in first.left_out] == [("page", "page 2")]
    assert listed_tables(tmp_path / "t.pdf").unlooked[0].startswith("page 2: a caption without a ruled table")


def test_a_document_of_captions_alone_is_refused_with_them(tmp_path: Path) -> None:
    (tmp_path / "t.pdf").write_bytes(pdf([text((50, 520), "Table 28e: Objects") + UNRULED]))
    with pytest.raises(UnreadableSource, match=r'on its page; .*; page 1: a caption .*: "Table 28e: Objects"$'):
        sheets(tmp_path / "t.pdf")


def lines(top: float, *words: str, size: float = 10) -> str:
    """Lines of one paragraph."""
    return "".join(text((50, top - 1.2 * size * index), line, size=size) for index, line in enumerate(words))


@pytest.mark.parametrize(
    "drawn",
    [
        lines(500, "The device is set to the values before it is installed, which are those of", "Table 28e."),
        lines(500, "The device is set to the values before it is installed, as listed in", "Table 28e (defaults)"),
        lines(500, "Table 28e (Objects) holds what each of the devices has to", "be able to show when somebody asks."),
        lines(500, "Table 28e: it lists what is set.") + lines(470, "Table 28f (defaults) shall be read with it."),
        lines(500, "Table 28e - the objects of each device, which are set before it is put", "into a house or into "
              "a flat, and then read back by those who did so", "as they stand there"),
        lines(500, "Table 28e: Objects ..................................... 12"),
        text((50, 500), "Table 28e: Objects") + text((400, 500), "12"),
        lines(500, "Table 28e: Objects 12") + lines(485, "Table 28f: Units 13"),
        text((50, 500), "Table 28e") + text((250, 500), "Objects") + text((50, 480), "Table 28f"),
        lines(500, "Table 28d: Defaults"),
        lines(715, "Table 28d (continued on the next page)"),
    ],
)  # fmt: skip
def test_a_mention_of_a_table_is_no_caption(tmp_path: Path, drawn: str) -> None:
    assert lone(tmp_path, NAMED, NAMED + drawn) == []


def test_a_row_without_a_bottom_ruling_is_read(tmp_path: Path) -> None:
    rulings = "".join(line(x, 660, x, 700) for x in (50, 150, 250)) + line(50, 700, 250, 700) + line(50, 680, 250, 680)
    drawn = rulings + text((55, 686), "A") + text((155, 686), "1") + text((55, 666), "B") + text((155, 666), "2")
    (found,) = read(tmp_path, pdf([drawn]))
    assert texts(found) == [["A", "1"], ["B", "2"]]


def test_processes_read_what_one_reads(tmp_path: Path) -> None:
    content = pdf([text((50, 705), f"Table {number}: T") + table(ROWS) for number in range(20)])
    (tmp_path / "t.pdf").write_bytes(content)
    alone = read_pdf(tmp_path / "t.pdf")
    assert [one.name for one in alone] == [f"Table {number}" for number in range(20)]
    assert read_pdf(tmp_path / "t.pdf", jobs=2) == alone


# --- what is refused -------------------------------------------------------------------------------------------------


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read(folder, content)
    return caught.value.problem


def test_what_is_no_sound_pdf_is_refused_in_words(tmp_path: Path) -> None:
    sound = pdf([table(ROWS)])
    assert refusal(tmp_path, b"Data item,Default\n") == "a text file; a PDF was expected"
    assert refusal(tmp_path, sound[:500]).startswith("a truncated PDF")
    assert refusal(tmp_path, sound[:300] + b"\n%%EOF").startswith("a damaged PDF")
    assert refusal(tmp_path, pdf([""])).startswith("a PDF that is without text")


@pytest.mark.parametrize("box", ["null", "[0 0 600]", "[0 0 600 (x)]", "(x)", "[]", "[0 0 << >> 800]"])
def test_a_page_without_a_sound_box_is_refused_or_read(tmp_path: Path, box: str) -> None:
    content = pdf([table(ROWS)]).replace(b"[0 0 600 800]", box.encode())
    with contextlib.suppress(UnreadableSource):
        assert read(tmp_path, content)


def test_text_without_a_size_is_told(tmp_path: Path) -> None:
    (found,) = read(tmp_path, pdf([table(ROWS) + text((155, 646), "9", size=0)]))
    assert cell(found, "B3")[2] == "text without a size, which nobody sees"
    assert cell(found, "B2") == ("600", "", "", "")


def test_a_scan_is_refused_in_words(tmp_path: Path) -> None:
    image = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"
    assert refusal(tmp_path, pdf([image])).startswith("a PDF that is a scan: its pages are images")
    (found,) = read(tmp_path, pdf([image + table(ROWS)]))
    assert cell(found, "B2")[1].startswith("its text lies on an image of the page")
    path = tmp_path / "t.pdf"
    path.write_bytes(pdf([table(ROWS), image]))
    assert read_document(path).not_read == ((2, "a scanned page: an image without text"),)


def test_a_password_is_asked_away(tmp_path: Path) -> None:
    zeros = "00" * 32
    locked = f"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /O <{zeros}> /U <{zeros}> /P -4 >> /ID [<00><00>]"
    assert refusal(tmp_path, pdf([table(ROWS)], trailer=locked)).startswith("the PDF is locked with a password")


def test_pages_and_what_is_on_them_are_limited(tmp_path: Path) -> None:
    content = pdf([table(ROWS)] * 6)
    for name, value in (("pages", 5), ("page-objects", 10), ("crossings", 3)):
        with by_limits({name: value}), pytest.raises(OverLimit) as caught:
            read(tmp_path, content)
        assert f"--limits {name}=" in caught.value.problem


def test_forms_that_draw_forms_are_counted_before_they_are_drawn(tmp_path: Path) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"/X Do"),
    ]
    for number in range(6, 16):
        resources = f"/Resources << /XObject << /X {number} 0 R >> >>" if number < 15 else "/Resources << >>"
        objects.append(stream(b"/X Do " * 10, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}"))
    with pytest.raises(OverLimit) as caught:
        read(tmp_path, assembled(objects))
    assert caught.value.problem.startswith("1,111,111,111 forms in what a page of a PDF draws")
    itself = [
        *objects[:4],
        stream(b"/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>"),
    ]
    assert refusal(tmp_path, assembled(itself)).startswith("a PDF that is without text")


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_stream_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(tmp_path: Path, layers: int) -> None:
    octets = b"0" * 3_000_000
    for _ in range(layers):
        octets = zlib.compress(octets)
    filters = "/Filter [" + "/FlateDecode " * layers + "]"
    bomb = assembled(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", stream(octets, filters)]
    )
    with by_limits({"streams": 1_000_000}), pytest.raises(OverLimit):
        read(tmp_path, bomb)


def test_streams_packed_in_ways_that_are_not_read_are_refused(tmp_path: Path) -> None:
    for name in ("/LZWDecode", "/RunLengthDecode", "/L#5aWDecode"):
        packed = assembled([b"<< /Type /Catalog >>", stream(b"xyz", f"/Filter {name}")])
        assert "LZW or run lengths" in refusal(tmp_path, packed)


def test_without_the_extra_the_command_that_installs_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    assert refusal(tmp_path, pdf([table(ROWS)])).endswith("pip install 'gbcscheck[documents]'")
