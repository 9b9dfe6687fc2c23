"""The one workbook that was checked, copied with the findings in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.errors import UsageError
from gbcscheck.repair.annotated import Annotated

if TYPE_CHECKING:
    from gbcscheck.release.releases import Release
    from gbcscheck.report import Report

__all__ = ["WORKBOOK", "Annotated", "annotated_copy"]

WORKBOOK = ".xlsx"


def annotated_copy(report: Report, loaded: Release) -> Annotated:
    """The copy of the one workbook among the files that were read, which is not written yet.

    UsageError where no workbook or more than one was read; errors as in ``gbcscheck.repair``.
    """
    books = [file for file in loaded.files if file.suffix.lower() == WORKBOOK]
    if not books:
        own = [file for file in loaded.files if file not in _shipped(loaded.files)]
        read = ", ".join(map(str, own[:3]))
        raise UsageError(f"--annotate marks the cells of a workbook ({WORKBOOK}); {_none(read)}")
    if len(books) > 1:
        named = ", ".join(str(book) for book in books)
        raise UsageError(f"--annotate marks one workbook, and {len(books)} were read: {named}; check one at a time")
    from gbcscheck.repair.workbook.marking import annotate as marked

    return marked(books[0], report)


def _none(read: str) -> str:
    return f"none was read, but {read}" if read else "none was given"


def _shipped(files: Iterable[Path]) -> set[Path]:
    from gbcscheck.facts.shipped import shipped_root

    root = shipped_root()
    return {file for file in files if root in file.parents}
