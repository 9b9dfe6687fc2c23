"""Measure the reader of PDF beside pdfplumber's own ``extract_tables``, on the same 300 pages.

Run from a checkout: ``python benchmarks/pdf.py``, with the ``test`` extra, LibreOffice and the corpus. The pages are
those of the documents that the tests have made of the real use case tables (landscape, small print, rows over pages),
as often as it takes. Each side reads the same file once, one after the other, each in a process of its own, which takes
some five minutes in all; times are seconds of processor without the start of Python and the imports, and seconds by the
clock; memory is that of the largest process.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from configurations import most_memory

RUNS = 1
PAGES = 300
TARGET = 1.5
TESTS = Path(__file__).parent.parent / "tests" / "extract" / "pdf"
LAYOUTS = ("landscape", "repeated", "small", "split", "shaded")


def write_pdf(folder: Path) -> Path:
    """A PDF of 300 pages with the real tables."""
    import pypdfium2

    sys.path.insert(0, str(TESTS))
    from measure import CORPUS, make_pdfs
    from pdf_layouts import Contents

    make_pdfs(folder, Contents(CORPUS), share=2)
    whole = pypdfium2.PdfDocument.new()
    sources = [pypdfium2.PdfDocument((folder / f"{name}.pdf").read_bytes()) for name in LAYOUTS]
    for source in cycle(sources):
        taken = min(len(source), PAGES - len(whole))
        if not taken:
            break
        whole.import_pages(source, list(range(taken)))
    path = folder / "pages.pdf"
    whole.save(str(path))
    return path


def of_pdfplumber(path: Path, jobs: int) -> int:
    """Tables on the pages as pdfplumber extracts them."""
    import pdfplumber

    count = 0
    with pdfplumber.open(path) as document:
        for page in document.pages:
            count += len(page.extract_tables())
            page.close()
    return count


def of_gbcscheck(path: Path, jobs: int) -> int:
    """Tables over all pages as gbcscheck reads them."""
    from gbcscheck.extract.pdf import read_pdf

    return len(read_pdf(path, jobs=jobs))


SIDES = {"pdfplumber": (of_pdfplumber, 1), "gbcscheck": (of_gbcscheck, 1), "gbcscheck -j 2": (of_gbcscheck, 2)}


def measured(side: str, path: Path) -> tuple[float, float, float]:
    """Seconds of processor, seconds by the clock and MB of one process."""
    command = [sys.executable, __file__, "--side", side, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1800)
    processor, clock, memory = map(float, done.stdout.split())
    return processor, clock, memory


def run_side(side: str, path: Path) -> None:
    """Read a document, and print seconds and MB."""
    import pdfplumber  # noqa: F401  imported by both sides before the clock starts

    import gbcscheck.extract.pdf  # noqa: F401

    read, jobs = SIDES[side]
    began, clock = time.process_time(), time.perf_counter()
    if not read(path, jobs):
        raise SystemExit("no table was found")
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = time.process_time() - began + children.ru_utime + children.ru_stime
    print(processor, time.perf_counter() - clock, max(most_memory(), children.ru_maxrss * 1024) / 10**6)


def main() -> int:
    if sys.argv[1:2] == ["--side"]:
        run_side(sys.argv[2], Path(sys.argv[3]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = write_pdf(Path(folder))
        taken: dict[str, list[tuple[float, float, float]]] = {side: [] for side in SIDES}
        for _ in range(RUNS):
            for side in SIDES:
                taken[side].append(measured(side, path))
                print(f"  {side}: {taken[side][-1][0]:.1f} s of processor", file=sys.stderr, flush=True)
        print(f"{PAGES} pages, {path.stat().st_size:,} octets")
        for side, runs in taken.items():
            processor, clock = (statistics.median(one[place] for one in runs) for place in (0, 1))
            print(f"  {side:<15}{processor:7.1f} s{clock:7.1f} s by the clock{max(one[2] for one in runs):7.0f} MB")
        times = statistics.median(one[0] for one in taken["gbcscheck"]) / statistics.median(
            one[0] for one in taken["pdfplumber"]
        )
        print(f"  {times:.2f} times pdfplumber's extract_tables (at most {TARGET})")
    return int(times > TARGET)


if __name__ == "__main__":
    sys.exit(main())
