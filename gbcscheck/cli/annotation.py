"""``--annotate OUT``: a copy of the workbook or Word document that was checked, with the findings in it."""

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
    from gbcscheck.api.annotating import Annotated
    from gbcscheck.api.checking import Checked

Command = TypeVar("Command", bound=Callable[..., Any])


def annotate_option(command: Command) -> Command:
    """``--annotate OUT``."""
    return click.option(
        "--annotate",
        type=FILE,
        metavar="OUT",
        help="Write a copy of the workbook (OUT.xlsx) that is checked, its clashing cells filled and commented, what "
        "was not read or compared with nothing in other colours, with a sheet that lists the findings; or of the Word "
        "document (OUT.docx), each clashing cell with a comment.",
    )(command)


def annotated(checked: Checked, annotate: Path, others: Sequence[Path | None]) -> Annotated:
    """The copy of the one workbook or Word document among the files that were read, which is not written yet.

    ``others`` are the further outputs of the run. UsageError where the name of the copy is that of another output;
    errors as in ``annotated_copy``.
    """
    from gbcscheck.api.annotating import annotated_copy

    if any(other is not None and os.path.realpath(other) == os.path.realpath(annotate) for other in others):
        raise UsageError("--annotate and -o would both go to one file", where=str(annotate))
    return annotated_copy(checked.report, checked.loaded, annotate)


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
        is_book = annotate is not None and annotate.suffix.lower().startswith(".xls")
        one = made.gaps == 1
        unread = f"{made.gaps:,} that {'was' if one else 'were'} not read"
        how = "or compared with nothing, in other colours" if is_book else f"{'has' if one else 'have'} a comment"
        others = f"; {unread} {how}" if made.gaps else ""
        print_line(
            f"{annotate}: {cells} marked{others}" if made.cells else f"{annotate}: no cell of it clashes{others}"
        )
    for note in made.notes:
        print_line(f"{annotate}: {note}")
