"""A PDF read: its pages by one process or several, its tables over all of them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.extract.pdf.opening import damaged, octets_of, opened, page_count
from gbcscheck.extract.pdf.page_content import PageContent, content_of
from gbcscheck.extract.pdf.tables import PdfTable, said_of_itself, tables_of
from gbcscheck.extract.progress import tell
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

SHARE = 8
"""Pages that a process reads in one go."""
LONE = "a caption without a ruled table (tables without rulings are not read)"


@frozen
class PdfDocument:
    """What is read of a PDF: its tables, how many pages it has, what of which page is not
    read, and what it says of itself, with where."""

    tables: tuple[PdfTable, ...]
    pages: int
    not_read: tuple[tuple[int, str], ...] = ()
    said: tuple[tuple[str, str], ...] = ()


def read_document(
    path: Path,
    *,
    shown: str | None = None,
    pages: Sequence[int] | None = None,
    jobs: int = 1,
) -> PdfDocument:
    """Read the ruled tables of a PDF: of all its pages, or of some (from 1). ``jobs`` processes share the pages.

    Raises UnreadableSource for what is no sound PDF, is locked, or has no text at all (as a scan); OverLimit for one
    that is larger than is read.
    """
    where = shown or str(path)
    content = octets_of(path, where=where)
    count = page_count(content, where)
    wanted = sorted({page for page in pages if 1 <= page <= count}) if pages is not None else list(range(1, count + 1))
    found = []
    for page in _contents(content, wanted, where, jobs):
        found.append(page)
        tell(f"reading {where}: page {page.number:,} of {count:,}")
    if found and not any(page.has_text for page in found):
        scans = sum(page.is_scan for page in found)
        what = "a scan: its pages are images" if scans else "without text"
        raise UnreadableSource(
            f"a PDF that is {what}, and no text of it can be read; the document that it was made of is needed",
            where=where,
        )
    tables = tables_of(found)
    not_read = [(page.number, reason) for page in found for reason in _not_read(page)]
    not_read += [(page, f'{LONE}: "{caption.text}"') for page, caption in tables.lone_captions]
    not_read.sort(key=lambda one: one[0])
    return PdfDocument(tables.tables, count, tuple(not_read), said_of_itself(found))


def _not_read(page: PageContent) -> Iterator[str]:
    if page.is_scan and not page.has_text:
        yield "a scanned page: an image without text"
    yield from page.not_read


def _contents(content: bytes, pages: Sequence[int], where: str, jobs: int) -> Iterator[PageContent]:
    if jobs < 2 or len(pages) <= SHARE:
        with opened(content, where) as document:
            for page in pages:
                yield _content(document, page, where)
        return
    shares = [pages[start : start + SHARE] for start in range(0, len(pages), SHARE)]
    with ProcessPoolExecutor(min(jobs, len(shares)), initializer=_begin, initargs=(content, where)) as executor:
        try:
            for share in executor.map(_share, shares):
                yield from share
        except BaseException:
            executor.shutdown(wait=True, cancel_futures=True)
            raise


def _content(document: PDF, number: int, where: str) -> PageContent:
    """What one page has; its caches are gone afterwards."""
    page: Page | None = None
    try:
        page = document.pages[number - 1]
        return content_of(page, where)
    except (GbcscheckError, MemoryError):
        raise
    except RecursionError:
        raise UnreadableSource("its parts are nested too deeply to be read", where=f"{where} · page {number}") from None
    except Exception as error:  # pdfminer raises all kinds of errors for what does not fit together
        raise damaged(error, f"{where} · page {number}") from error
    finally:
        if page is not None:
            page.close()


# --- in a process of its own -----------------------------------------------------------------------------------------


class _Process:
    """What a process that reads pages has open."""

    document: PDF
    where: str
    stack: ExitStack


def _begin(content: bytes, where: str) -> None:
    """Open the document once for all shares of this process, which ends at once where it is interrupted, or where the
    process that started it is gone."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _Process.stack = ExitStack()
    _Process.document = _Process.stack.enter_context(opened(content, where))
    _Process.where = where


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _share(pages: Sequence[int]) -> list[PageContent]:
    return [_content(_Process.document, page, _Process.where) for page in pages]
