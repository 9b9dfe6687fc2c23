"""How well PDFs are read: every cell that was put into a document held against what is read of its PDF.

    python tests/extract/pdf/measure.py [--share N] [--seed N] [--corpus FOLDER] [--keep FOLDER] [--show N]

A cell counts as wrong where its text differs from what was put in and it is not said to be uncertain or unread; so does
whatever is told of a page, since there is nothing on it that is not read. Blanks and breaks of lines count alike, since
a PDF does not say which is which. LibreOffice (``soffice``) makes the PDFs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pdf_layouts import Contents, Put, layouts, write_documents

from gbcscheck.extract.pdf.reading import read_document
from gbcscheck.extract.pdf.tables import PdfTable

CORPUS = Path(os.environ.get("GBCSCHECK_CORPUS") or Path(__file__).parents[3].parent / "shared" / "corpus")


@dataclass
class Count:
    """The cells of some documents: how many there are, are read, are not certain, and what is wrong."""

    cells: int = 0
    read: int = 0
    unsure: int = 0
    wrong: list[str] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        share = 100 * self.read / self.cells if self.cells else 0
        return f"{self.cells} cells, {len(self.wrong)} wrong, {share:.2f} % read, {self.unsure} uncertain or unread"


def make_pdfs(
    folder: Path, contents: Contents, *, share: int = 1, seed: int = 1, left_out: Sequence[str] = ()
) -> dict[str, list[Put]]:
    """PDFs of every layout but some in a folder, by one call of LibreOffice; what is in them."""
    put = write_documents(folder, contents, share=share, seed=seed, left_out=left_out)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    documents = [str(folder / f"{name}.docx") for name in put]
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *documents]
    subprocess.run(command, check=True, capture_output=True, timeout=900)
    for layout in layouts(contents):
        if layout.rotate and layout.name in put:
            _rotate(folder / f"{layout.name}.pdf", layout.rotate)
    return put


def _rotate(path: Path, by: int) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        page.set_rotation(by)
    document.save(str(path))
    document.close()


def plain(text: str) -> str:
    """A text with one blank for all that are between its words."""
    return " ".join(text.split())


def compared(put: Sequence[Put], found: Sequence[PdfTable], name: str) -> Count:
    """What was put into a document against the tables that are read of it."""
    count = Count()
    by_name = {table.name: table for table in found}
    for table in put:
        cells = sum(len(row) for row in table.rows)
        count.cells += cells
        read = by_name.pop(table.number, None)
        if read is None:
            count.wrong.append(f"{name}: {table.number} is not read; there are {[one.name for one in found]}")
            continue
        if len(read.rows) != len(table.rows):
            count.wrong.append(f"{name}: {table.number} has {len(table.rows)} rows, read {len(read.rows)}")
        for expected, row in zip(table.rows, read.rows, strict=False):
            if len(row.cells) != len(expected):
                count.wrong.append(f"{name}: {table.number} row {row.number} has {len(row.cells)} columns")
                continue
            for text, cell in zip(expected, row.cells, strict=True):
                if cell.uncertain or cell.unread:
                    count.unsure += 1
                    reason = cell.unread or cell.uncertain
                    count.reasons[reason] = count.reasons.get(reason, 0) + 1
                elif plain(cell.text) == plain(text):
                    count.read += 1
                else:
                    count.wrong.append(f"{name}: {table.number} {cell.address}: {text!r} read as {cell.text!r}")
    for table in by_name.values():
        count.wrong.append(f"{name}: {table.name} was not put in")
    return count


def total(counts: Mapping[str, Count]) -> Count:
    """All counts as one."""
    found = Count()
    for count in counts.values():
        found.cells += count.cells
        found.read += count.read
        found.unsure += count.unsure
        found.wrong += count.wrong
        for reason, number in count.reasons.items():
            found.reasons[reason] = found.reasons.get(reason, 0) + number
    return found


def main() -> int:
    """Print the figures of every layout, and of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=1, help="how many times as long the documents are")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--keep", type=Path, help="where documents are left")
    parser.add_argument("--show", type=int, default=5, help="how many wrong cells of a layout are shown")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        put = make_pdfs(folder, Contents(given.corpus), share=given.share, seed=given.seed)
        read = {name: read_document(folder / f"{name}.pdf") for name in put}
        counts = {name: compared(tables, read[name].tables, name) for name, tables in put.items()}
        for name, document in read.items():
            counts[name].wrong += [f"{name}: page {page}: {reason}" for page, reason in document.not_read]
    for name, count in counts.items():
        print(f"{name:10} {count}")
        for line in count.wrong[: given.show]:
            print(f"    {line}")
        for reason, number in sorted(count.reasons.items(), key=lambda one: -one[1]):
            print(f"    {number} times: {reason}")
    everything = total(counts)
    print(f"{'all':10} {everything}")
    return 1 if everything.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
