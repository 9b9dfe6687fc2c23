"""``--annotate OUT.xlsx``: a copy of the workbook that was checked, with the findings in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gbcscheck.cli.options import FILE
from gbcscheck.cli.streams import print_line, staged
from gbcscheck.errors import UsageError

if TYPE_CHECKING:
    from gbcscheck.release.releases import Release
    from gbcscheck.repair import Annotated
    from gbcscheck.report import Report

Command = TypeVar("Command", bound=Callable[..., Any])

WORKBOOK = ".xlsx"


def annotate_option(command: Command) -> Command:
    """``--annotate OUT.xlsx``."""
    return click.option(
        "--annotate",
        type=FILE,
        metavar="OUT.xlsx",
        help="Write a copy of the workbook that is checked, its clashing cells filled and commented, with a sheet "
        "that lists the findings.",
    )(command)


def annotated(report: Report, loaded: Release, annotate: Path, others: Sequence[Path | None]) -> Annotated:
    """The copy of the one workbook among the files that were read, which is not written yet.

    ``others`` are the further outputs of the run. UsageError where no workbook or more than one was read, and where
    the name of the copy is not one of a workbook, or that of another output; errors as in ``gbcscheck.repair``.
    """
    if annotate.suffix.lower() != WORKBOOK:
        raise UsageError(
            f"--annotate writes a workbook; a name that ends in {WORKBOOK} was expected", where=str(annotate)
        )
    if any(other is not None and os.path.realpath(other) == os.path.realpath(annotate) for other in others):
        raise UsageError("--annotate and -o would both go to one file", where=str(annotate))
    books = [file for file in loaded.files if file.suffix.lower() == WORKBOOK]
    if not books:
        read = ", ".join(str(file) for file in loaded.files[:3] if file not in _shipped(loaded.files))
        raise UsageError(f"--annotate marks the cells of a workbook ({WORKBOOK}); {_none(read)}")
    if len(books) > 1:
        named = ", ".join(str(book) for book in books)
        raise UsageError(f"--annotate marks one workbook, and {len(books)} were read: {named}; check one at a time")
    from gbcscheck.repair import annotate as marked

    return marked(books[0], report)


def _none(read: str) -> str:
    return f"none was read, but {read}" if read else "none was given"


def _shipped(files: Iterable[Path]) -> set[Path]:
    from gbcscheck.facts.shipped import shipped_root

    root = shipped_root()
    return {file for file in files if root in file.parents}


@contextmanager
def put_beside(
    made: Annotated | None, annotate: Path | None, sources: Callable[[], Iterable[Path]]
) -> Iterator[Callable[[], None]]:
    """Write the copy beside where it will stand, and give what puts it there; nothing where none was asked for.

    GbcscheckError where it is one of the ``sources``, or cannot be written.
    """
    if made is None or annotate is None:
        yield lambda: None
        return
    with staged([(made.content, annotate)], sources=sources()) as commit:
        yield commit


def tell_marked(made: Annotated | None, annotate: Path | None, *, quiet: bool) -> None:
    """Say on standard error what was marked, and what has to be known of the copy."""
    if made is None:
        return
    if not quiet:
        cells = f"{made.cells:,} cell{'s' if made.cells != 1 else ''}"
        print_line(f"{annotate}: {cells} marked" if made.cells else f"{annotate}: no cell of it clashes")
    for note in made.notes:
        print_line(f"{annotate}: {note}")
