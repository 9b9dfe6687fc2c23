"""Measure the reader of Word documents beside python-docx: a document of 500 pages with 200 tables, and a larger one.

Run from a checkout: ``python benchmarks/documents.py``, with the ``test`` extra. Both sides read the same file, in
turns, each run a process of its own: python-docx opens it and takes the text of every cell of every table; gbcscheck
does so in the final view of its tracked changes, laid out on the grid, with captions and headings. Times are seconds of
processor without the start of Python and the imports; memory is that of the whole process.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from configurations import most_memory

RUNS = 5
PAGES, TABLES, ROWS, COLUMNS = 500, 200, 14, 6
PARAGRAPHS = 11
"""Paragraphs of text on a page."""
TARGET = 2.0
MOST_MEMORY = 500
"""MB."""
_WORDS = "The ESME shall be capable of storing the value and of making it available when a command asks for it. " * 4


def write_document(path: Path, *, tables: int = TABLES, rows: int = ROWS, pages: int = PAGES) -> None:
    """A document on the template of python-docx, with headings, text, captions and tables."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = docx.Document()
    body = document.element.body
    end = body[-1]
    names = nsdecls("w")

    def add(xml: str) -> None:
        end.addprevious(parse_xml(xml))

    def paragraph(text: str, style: str = "") -> str:
        named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p {names}>{named}<w:r><w:t>{text}</w:t></w:r></w:p>"

    def cell(text: str) -> str:
        size = '<w:tcPr><w:tcW w:w="1500" w:type="dxa"/></w:tcPr>'
        run = f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>{text}</w:t></w:r>'
        return f'<w:tc>{size}<w:p><w:pPr><w:spacing w:before="40"/></w:pPr>{run}</w:p></w:tc>'

    grid = '<w:gridCol w:w="1500"/>' * COLUMNS
    every = pages / tables
    for number in range(1, tables + 1):
        add(paragraph(f"Data items of part {number}", "Heading2"))
        for _ in range(round(every * PARAGRAPHS) - 2):
            add(paragraph(_WORDS))
        add(paragraph(f"Table {number}: Default values", "Caption"))
        lines = "".join(
            f"<w:tr>{''.join(cell(f'value {number}.{row}.{column}') for column in range(COLUMNS))}</w:tr>"
            for row in range(rows)
        )
        add(f"<w:tbl {names}><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>")
    document.save(str(path))


def of_python_docx(path: Path) -> int:
    """Characters in the cells as python-docx walks them."""
    import docx

    document = docx.Document(str(path))
    return sum(len(cell.text) for table in document.tables for row in table.rows for cell in row.cells)


def of_gbcscheck(path: Path) -> int:
    """Characters in the cells as gbcscheck reads them."""
    from gbcscheck.extract.word.sheets import read_sheets

    return sum(len(cell.text) for sheet in read_sheets(path) for row in sheet.rows for cell in row.cells)


SIDES = {"gbcscheck": of_gbcscheck, "python-docx": of_python_docx}


def measured(side: str, path: Path) -> tuple[float, float, int]:
    """Seconds, MB and characters of one process."""
    command = [sys.executable, __file__, "--side", side, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    seconds, memory, characters = done.stdout.split()
    return float(seconds), float(memory), int(characters)


def run_side(side: str, path: Path) -> None:
    """Read a document, and print seconds, MB and characters."""
    import docx  # noqa: F401  imported by both sides before the clock starts

    import gbcscheck.extract.word.sheets  # noqa: F401

    began = time.process_time()
    characters = SIDES[side](path)
    seconds = time.process_time() - began
    print(seconds, most_memory() / 10**6, characters)


def main() -> int:
    if sys.argv[1:2] == ["--side"]:
        run_side(sys.argv[2], Path(sys.argv[3]))
        return 0
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, tables, rows, pages in (("500 pages", TABLES, ROWS, PAGES), ("a table of 10,000 rows", 1, 10_000, 1)):
            path = Path(folder) / "document.docx"
            write_document(path, tables=tables, rows=rows, pages=pages)
            taken: dict[str, list[tuple[float, float, int]]] = {side: [] for side in SIDES}
            for _ in range(RUNS):
                for side in SIDES:
                    taken[side].append(measured(side, path))
            if len({one[2] for runs in taken.values() for one in runs}) != 1:
                raise AssertionError("the two sides read different texts")
            medians = {side: statistics.median(one[0] for one in runs) for side, runs in taken.items()}
            memory = {side: max(one[1] for one in runs) for side, runs in taken.items()}
            times = medians["gbcscheck"] / medians["python-docx"]
            print(f"{name}: {path.stat().st_size:,} octets")
            for side in SIDES:
                print(f"  {side:<12}{medians[side]:7.2f} s{memory[side]:7.0f} MB")
            print(f"  {times:.2f} times python-docx (at most {TARGET}); at most {MOST_MEMORY} MB")
            worst |= times > TARGET or memory["gbcscheck"] > MOST_MEMORY
    return worst


if __name__ == "__main__":
    sys.exit(main())
