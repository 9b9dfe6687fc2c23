"""The one workbook or Word document that was checked, copied with the findings in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gbcscheck.authoring.annotated import Annotated
from gbcscheck.errors import UsageError

if TYPE_CHECKING:
    from gbcscheck.release.releases import Release
    from gbcscheck.report import Report

__all__ = ["KINDS", "Annotated", "annotated_copy"]

KINDS = {
    ".xlsx": "workbook",
    ".xlsm": "workbook with macros",
    ".docx": "Word document",
    ".docm": "Word document with macros",
}
"""The endings of files that take the findings, and what such a file is."""


def annotated_copy(report: Report, loaded: Release, output: Path) -> Annotated:
    """The copy of the one file of the kind of ``output`` among those that were read, which is not written yet.

    UsageError where the name of the output is none of such a file, and where no file of its kind or more than one was
    read; errors as in ``authoring.workbook.marking`` and ``authoring.word.marking``.
    """
    suffix = output.suffix.lower()
    if suffix not in KINDS:
        raise UsageError(
            f"--annotate writes a workbook or a Word document; a name that ends in {_or(KINDS)} was expected",
            where=str(output),
        )
    files = [file for file in loaded.files if file.suffix.lower() == suffix]
    if not files:
        own = [file for file in loaded.files if file not in _shipped(loaded.files)]
        read = ", ".join(map(str, own[:3]))
        raise UsageError(f"--annotate marks a {KINDS[suffix]} ({suffix}); {_none(read)}")
    if len(files) > 1:
        named = ", ".join(str(file) for file in files)
        raise UsageError(
            f"--annotate marks one {KINDS[suffix]}, and {len(files)} were read: {named}; check one at a time"
        )
    if suffix in (".xlsx", ".xlsm"):
        from gbcscheck.authoring.workbook.marking import annotate

        return annotate(files[0], report)
    from gbcscheck.authoring.word.marking import annotate_document

    return annotate_document(files[0], report)


def _or(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}"


def _none(read: str) -> str:
    return f"none was read, but {read}" if read else "none was given"


def _shipped(files: Iterable[Path]) -> set[Path]:
    from gbcscheck.facts.shipped import shipped_root

    root = shipped_root()
    return {file for file in files if root in file.parents}
