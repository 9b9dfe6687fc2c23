"""What ``gbcscheck repair`` writes beside its report: edited copies, a change document, a workbook to answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gbcscheck.cli.options import FILE
from gbcscheck.cli.streams import print_line
from gbcscheck.errors import UsageError

if TYPE_CHECKING:
    from gbcscheck.api.repairing import Repaired

Command = TypeVar("Command", bound=Callable[..., Any])


def outputs_options(command: Command) -> Command:
    """``--edited``, ``--document``, ``--proposals`` and ``--apply``."""
    for option in (
        click.option(
            "--apply",
            "proposals_read",
            type=FILE,
            metavar="PROPOSALS.xlsx",
            help="Take the edits that are accepted in a workbook of --proposals, in place of looking for some; each is "
            "held against what stands there now, and all of them against every rule.",
        ),
        click.option(
            "--proposals",
            type=FILE,
            metavar="OUT.xlsx",
            help="Write a workbook in which people accept edits, or write what they want in their place; for --apply.",
        ),
        click.option(
            "--document",
            "documents",
            type=FILE,
            multiple=True,
            metavar="OUT",
            help="Write a change document, as Word (OUT.docx) or as Markdown (OUT.md); may be repeated.",
        ),
        click.option(
            "--edited",
            type=FILE,
            multiple=True,
            metavar="OUT",
            help="Write a copy of the file of this kind that has edits: a workbook (OUT.xlsx) or a text file (OUT.csv, "
            "OUT.json, OUT.xsd) with the edits made, a Word document (OUT.docx) with the edits as tracked changes; "
            "may be repeated.",
        ),
    ):
        command = option(command)
    return command


def hold_outputs(
    edited: Sequence[Path], documents: Sequence[Path], proposals: Path | None, report: Path | None
) -> None:
    """UsageError where two of the outputs would go to one file, and for names that end otherwise than they have to:
    told before anything is looked for."""
    from gbcscheck.api.repair_outputs import hold_names

    hold_names(documents, proposals)
    taken: dict[str, Path] = {}
    for path in (*edited, *documents, *([proposals] if proposals else []), *([report] if report else [])):
        if taken.setdefault(os.path.realpath(path), path) is not path:
            raise UsageError("two outputs would go to one file", where=str(path))


def made_outputs(
    repaired: Repaired, edited: Sequence[Path], documents: Sequence[Path], proposals: Path | None
) -> tuple[list[tuple[bytes, Path]], list[str]]:
    """The outputs, which are not written yet, each with its file, and what is to be told of them on standard error;
    errors as in ``RepairOutputs``."""
    from gbcscheck.api.repair_outputs import RepairOutputs

    outputs = RepairOutputs(repaired)
    found: list[tuple[bytes, Path]] = []
    told: list[str] = []
    for path in edited:
        copy = outputs.copy_for(path)
        found.append((copy.edited.content, path))
        places = copy.edited.places
        told.append(f"{path}: {copy.source} with {places:,} place{'s' if places != 1 else ''} changed")
        told.extend(f"{path}: {note}" for note in copy.edited.notes)
        if copy.elsewhere:
            told.append(f"{path}: edits of other files are not in it: {', '.join(copy.elsewhere)}")
    found.extend((outputs.paper_for(path), path) for path in documents)
    if proposals:
        found.append((outputs.review(), proposals))
    return found, told


def tell_made(told: Sequence[str], *, quiet: bool) -> None:
    """Say on standard error what was written, and what has to be known of it."""
    for line in () if quiet else told:
        print_line(line)
