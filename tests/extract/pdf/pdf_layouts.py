"""Documents with tables in many layouts, made with python-docx, and what each cell of them holds: the real tables of
the field as content, so that what a PDF of them says can be counted against what was put in."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from gbcscheck.extract.sheets import text_of
from gbcscheck.extract.workbook import read_workbook

ROOT = Path(__file__).parents[3]
TABLE_28D = ROOT / "specs" / "gbcs" / "3.2" / "table-28d.xlsx"
Rows = list[list[str]]


@dataclass
class Put:
    """A table that was put into a document: its number, and the texts of its cells, merged cells in all their places.
    ``struck`` are cells that hold nothing but struck-out text."""

    number: str
    rows: Rows
    struck: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class Layout:
    """One layout: its name, what makes the document and says what is in it, and what is done to the PDF of it."""

    name: str
    make: Callable[[Any, random.Random, int], list[Put]]
    rotate: int = 0


def table_28d() -> Rows:
    """The rows of Table 28d as it ships, with its titles."""
    (sheet,) = read_workbook(TABLE_28D).values()
    return [
        [cell.text for cell in row.cells] for row in sheet.rows if len([c for c in row.cells if not c.is_blank]) > 1
    ]


class Contents:
    """Rows of the real use case tables, by sheet, a share of them at random."""

    def __init__(
        self, corpus: Path, names: Sequence[str] = ("use-cases-3.1.xlsx", "use-cases-4.0.xlsx"), rows: int = 10_000
    ) -> None:
        self._names = names
        self._sheets = {}
        for name in names:
            book = openpyxl.load_workbook(corpus / "gbcs" / name, read_only=True)
            for sheet in book.worksheets:
                found = sheet.iter_rows(max_row=min(rows, sheet.max_row), values_only=True)
                self._sheets[name, sheet.title] = [[text_of(value) for value in row] for row in found]

    def rows(self, chance: random.Random, sheet: str, columns: Sequence[int], count: int) -> Rows:
        """The titles and some rows of a sheet that follow on each other, with some of its columns; the first is filled
        in every row."""
        rows = self._sheets[chance.choice(self._names), sheet]
        start = chance.randrange(1, max(2, len(rows) - count))
        found = [rows[0], *rows[start : start + count]]
        return [[row[column] if column < len(row) else "" for column in columns] for row in found]


# --- parts of documents ----------------------------------------------------------------------------------------------


def _property(element: Any, name: str, **values: str) -> None:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    element.append(made)


def _write(cell: Any, text: str, size: float, *, bold: bool = False) -> Any:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = None
    for index, line in enumerate(text.split("\n")):
        if index:
            run.add_break(WD_BREAK.LINE)
        run = paragraph.add_run(line)
        run.font.size = Pt(size)
        run.font.bold = bold
    return run


def add_table(
    document: Any,
    rows: Rows,
    widths: Sequence[float],
    *,
    size: float = 9,
    header: bool = True,
    whole_rows: bool = False,
    bold: bool = True,
) -> Any:
    """A ruled table with a text in each cell; ``widths`` in cm. ``header``: its first row is repeated on each page;
    ``whole_rows``: no row goes on over a page."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, (texts, row) in enumerate(zip(rows, table.rows, strict=True)):
        for text, cell, width in zip(texts, row.cells, widths, strict=True):
            cell.width = Cm(width)
            _write(cell, text, size, bold=bold and number == 0)
        if header and number == 0:
            _property(row._tr.get_or_add_trPr(), "w:tblHeader")
        if whole_rows:
            _property(row._tr.get_or_add_trPr(), "w:cantSplit")
    return table


def caption(document: Any, text: str) -> None:
    """A paragraph that names a table."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    run = paragraph.add_run(text)
    run.font.bold, run.font.size = True, Pt(10)


def _landscape(document: Any) -> None:
    section = document.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width


def _furniture(document: Any, title: str) -> None:
    """A header and a footer of pages, with the number of the page."""
    section = document.sections[0]
    section.header.paragraphs[0].text = title
    paragraph = section.footer.paragraphs[0]
    paragraph.add_run("Page ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        if kind:
            _property(run._r, "w:fldChar", fldCharType=kind)
        else:
            made = OxmlElement("w:instrText")
            made.text = text
            run._r.append(made)


def _text(document: Any, count: int = 1) -> None:
    for number in range(count):
        document.add_paragraph(
            f"Section {number + 4}. A device shall be set to the values of the table below before it is installed, and "
            "each of them shall be read back as it stands there."
        )


# --- layouts ---------------------------------------------------------------------------------------------------------


def layouts(contents: Contents) -> Iterator[Layout]:
    """Every layout; a document is ``share`` times as long as in the suite."""

    def plain(document: Any, chance: random.Random, share: int) -> list[Put]:
        _text(document)
        caption(document, "Table 28d: Default values")
        rows = table_28d()
        add_table(document, rows, [1, 4.5, 3, 3, 2.3, 3])
        _text(document, 2)
        return [Put("Table 28d", rows)]

    def narrow(document: Any, chance: random.Random, share: int) -> list[Put]:
        put = []
        for number in range(share):
            caption(document, f"Table {28 + number}d – Default values")
            rows = table_28d()
            rows += [
                [str(row), f"Item{row}", "", f"0x{chance.getrandbits(96):024X}", "synthetic", "0 to 0xFFFFFFFF"]
                for row in range(4, 9)
            ]
            rows += [["9", "Item9", "x", f"0b{chance.getrandbits(24):024b}", "synthetic", f"{chance.getrandbits(50)}"]]
            add_table(document, rows, [0.9, 2.6, 2, 1.9, 1.9, 2.2], header=False)
            put.append(Put(f"Table {28 + number}d", rows))
        return put

    def landscape(document: Any, chance: random.Random, share: int) -> list[Put]:
        _landscape(document)
        _furniture(document, "Use case tables")
        caption(document, "Table 7: DLMS objects of use cases")
        rows = contents.rows(chance, "DLMS", range(12), 12 * share)
        add_table(document, rows, [1.5, 1.5, 2.2, 3.4, 1, 1.9, 1.2, 1, 3, 2.6, 2.2, 3.5], size=8)
        return [Put("Table 7", rows)]

    def merged(document: Any, chance: random.Random, share: int) -> list[Put]:
        caption(document, "Table 30 Constants of use cases")
        body = contents.rows(chance, "DLMS", (0, 3, 8, 9, 10), 8 * share)
        rows = [["Use case", "Object", "Object", "Values", "Values"], body[0], *body[1:]]
        table = add_table(document, rows, [2, 4, 4, 3, 3], header=False, whole_rows=True)
        for columns in ((1, 2), (3, 4)):
            _merge(table, rows, [(0, column) for column in columns])
        first = 2
        for number in range(3, len(rows) + 1):
            if number == len(rows) or rows[number][0] != rows[first][0] or number - first >= 3:
                _merge(table, rows, [(row, 0) for row in range(first, number)])
                first = number
        return [Put("Table 30", rows)]

    def repeated(document: Any, chance: random.Random, share: int) -> list[Put]:
        _furniture(document, "Annex: GBZ use cases")
        _text(document, 3)
        caption(document, "Table 12: Layouts of messages")
        rows = contents.rows(chance, "GBZ", (0, 1, 3, 5, 6, 7, 8), 40 * share)
        add_table(document, rows, [1.8, 2, 3, 3.2, 3.2, 2.4, 1.4], size=8, whole_rows=True)
        caption(document, "Table 13: Use cases")
        more = contents.rows(chance, "Use cases", (0, 1, 2, 3, 4), 8 * share)
        add_table(document, more, [2, 5, 2.5, 2, 5])
        return [Put("Table 12", rows), Put("Table 13", more)]

    def split(document: Any, chance: random.Random, share: int) -> list[Put]:
        _furniture(document, "Objects")
        caption(document, "Table 5.1 Objects")
        rows = contents.rows(chance, "Objects", (3, 4, 2, 5, 6), 15 * share)
        rows = [[f"{index}.", *row] if index else ["No.", *row] for index, row in enumerate(rows)]
        rows = [
            [*row[:4], " ".join([row[4]] * (2 if index % 3 else 3)), row[5]] if index else row
            for index, row in enumerate(rows)
        ]
        add_table(document, rows, [1.2, 3.3, 3, 2.7, 4.2, 2.4], header=share % 2 == 1)
        return [Put("Table 5.1", rows)]

    def small(document: Any, chance: random.Random, share: int) -> list[Put]:
        caption(document, "Table 40: ZigBee clusters")
        rows = contents.rows(chance, "ZCL", range(10), 25 * share)
        add_table(document, rows, [1.3, 1.2, 1.9, 2.2, 1.3, 2.6, 1.7, 1.7, 1.7, 1.2], size=5.5)
        return [Put("Table 40", rows)]

    def struck(document: Any, chance: random.Random, share: int) -> list[Put]:
        caption(document, "Table 28d: Default values, as modified")
        rows = table_28d()
        rows += [[str(row), f"Data item {row}", "", "600", "synthetic", ""] for row in range(4, 4 + 3 * share)]
        table = add_table(document, rows, [1, 4.5, 3, 3, 2.3, 3])
        blank: set[tuple[int, int]] = set()
        for number in range(1, len(rows)):
            cell = table.rows[number].cells[3]
            run = cell.paragraphs[0].runs[0]
            run.font.strike, run.font.color.rgb = True, RGBColor(0xC0, 0, 0)
            if number % 3 == 0:
                rows[number][3] = ""
                blank.add((number, 3))
                continue
            added = cell.paragraphs[0].add_run("0xFE" if number % 2 else "1800")
            added.font.size, added.font.underline, added.font.color.rgb = Pt(9), True, RGBColor(0, 0, 0xC0)
            rows[number][3] = added.text
        return [Put("Table 28d", rows, blank)]

    def beside(document: Any, chance: random.Random, share: int) -> list[Put]:
        _property(document.sections[0]._sectPr, "w:cols", num="2", space="720")
        for old in document.sections[0]._sectPr.findall(qn("w:cols"))[:-1]:
            document.sections[0]._sectPr.remove(old)
        put = []
        for number in range(2 * share):
            caption(document, f"Table 5{number}: Use cases")
            rows = contents.rows(chance, "Use cases", (0, 2, 3, 9), 14)
            add_table(document, rows, [1.7, 1.9, 1.7, 2], size=8, header=False)
            put.append(Put(f"Table 5{number}", rows))
            if number % 2 == 0:
                document.add_paragraph().add_run().add_break(WD_BREAK.COLUMN)
        return put

    def below(document: Any, chance: random.Random, share: int) -> list[Put]:
        put = []
        for number in range(3 * share):
            _text(document)
            rows = contents.rows(chance, "Use cases", (0, 1, 2), 5)
            add_table(document, rows, [2.5, 9, 3])
            caption(document, f"Table {number + 60}: Use cases, share {number}")
            put.append(Put(f"Table {number + 60}", rows))
        return put

    def powers(document: Any, chance: random.Random, share: int) -> list[Put]:
        caption(document, "Table 9: Units and conversion")
        rows = [["Item", "Unit", "Default", "Notes"]]
        table_rows: Rows = [["Item", "Unit", "Default", "Notes"]]
        for number in range(4 * share):
            power = chance.randrange(2, 9)
            rows.append([f"efficient flow {number}", "m", f"{number} × 10", "first traffic office – coefficient"])
            table_rows.append([rows[-1][0], "m³", f"{number} × 10{'⁰¹²³⁴⁵⁶⁷⁸⁹'[power]}", rows[-1][3]])
        table = add_table(document, rows, [4, 2, 4, 5], size=10)
        for number in range(1, len(rows)):
            for column in (1, 2):
                raised = "3" if column == 1 else str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(table_rows[number][2][-1]))
                run = table.rows[number].cells[column].paragraphs[0].add_run(raised)
                run.font.size, run.font.superscript = Pt(10), True
        return [Put("Table 9", table_rows)]

    def continued(document: Any, chance: random.Random, share: int) -> list[Put]:
        caption(document, "Table 28e: Objects")
        rows = contents.rows(chance, "Objects", (0, 1, 3, 4, 7), 24 * share)
        half = len(rows) // 2
        widths = [3, 2.5, 5, 3, 3]
        add_table(document, rows[:half], widths, header=False, whole_rows=True)
        document.add_page_break()
        caption(document, "Table 28e (continued)")
        add_table(document, [rows[0], *rows[half:]], widths, header=False, whole_rows=True)
        return [Put("Table 28e", rows)]

    def shaded(document: Any, chance: random.Random, share: int) -> list[Put]:
        caption(document, "Table 14: DLMS constants")
        rows = contents.rows(chance, "DLMS", (0, 1, 3, 5, 10), 14 * share)
        table = add_table(document, rows, [2, 2, 6, 3, 3.5])
        for number, row in enumerate(table.rows):
            for cell in row.cells:
                fill = "1F3864" if not number else "DDEBF7" if number % 2 else "FFFFFF"
                _property(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", fill=fill)
                if not number:
                    for run in cell.paragraphs[0].runs:
                        run.font.color.rgb = RGBColor(255, 255, 255)
        return [Put("Table 14", rows)]

    def upright(document: Any, chance: random.Random, share: int) -> list[Put]:
        caption(document, "Table 15: Use cases")
        rows = contents.rows(chance, "Use cases", (0, 1, 2, 6, 7, 8), 10 * share)
        table = add_table(document, rows, [2, 5, 2, 2.5, 2.5, 2.5], whole_rows=True)
        for cell in table.rows[0].cells:
            _property(cell._tc.get_or_add_tcPr(), "w:textDirection", val="btLr")
        _property(table.rows[0]._tr.get_or_add_trPr(), "w:trHeight", val="2400", hRule="exact")
        return [Put("Table 15", rows)]

    yield from (
        *(Layout(made.__name__, made) for made in (plain, narrow, landscape, merged, repeated, split, small, struck)),
        *(Layout(made.__name__, made) for made in (beside, below, powers, continued, shaded, upright)),
        Layout("rotated", landscape, rotate=90),
        Layout("sideways", plain, rotate=270),
    )


def _merge(table: Any, rows: Rows, cells: Sequence[tuple[int, int]]) -> None:
    """Make one cell of several, with the text of the first."""
    (top, left), (bottom, right) = cells[0], cells[-1]
    text = rows[top][left]
    for row, column in cells:
        rows[row][column] = text
        if (row, column) != (top, left):
            for paragraph in table.rows[row].cells[column].paragraphs:
                for run in list(paragraph.runs):
                    run._r.getparent().remove(run._r)
    if len(cells) == 1:
        return
    joined = table.cell(top, left).merge(table.cell(bottom, right))
    for paragraph in joined.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)


def write_documents(
    folder: Path, contents: Contents, *, share: int = 1, seed: int = 1, left_out: Sequence[str] = ()
) -> dict[str, list[Put]]:
    """Write a document of each layout but some, and say what is in it."""
    found = {}
    for layout in layouts(contents):
        if layout.name in left_out:
            continue
        document = Document()
        section = document.sections[0]
        section.left_margin = section.right_margin = Cm(2)
        found[layout.name] = layout.make(document, random.Random(f"{seed} {layout.name}"), share)
        document.save(str(folder / f"{layout.name}.docx"))
    return found
