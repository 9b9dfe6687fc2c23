"""The pairs of a service request and its command in folders, proved one by one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.device.context import Context
from gbcscheck.device.files import Argument, expand
from gbcscheck.device.judge import judge_file
from gbcscheck.device.model import Progress
from gbcscheck.device.pairs.names import match_names, pair_name
from gbcscheck.device.pairs.proving import PairProof, prove_pair
from gbcscheck.errors import GbcscheckError, Problems, UsageError
from gbcscheck.model.device_files import JudgedFile

NO_COMMAND = {"response": "a response", "alert": "an alert"}
MOST = 5
"""Pairs that a message names of those that could not be compared."""


class FolderProof(NamedTuple):
    """What the pairs of some folders show; ``unread``: the names of the pairs that could
    not be proved, each with the reason."""

    pairs: tuple[PairProof, ...]
    unread: tuple[tuple[str, str], ...]


def prove_folders(
    context: Context, folders: Iterable[Path], progress: Progress | None = None, *, allow_outside: bool = False
) -> FolderProof:
    """What every pair of some folders shows, matched by the names of their files. UsageError where there is none, or
    none that can be compared; Problems where a folder cannot be read."""
    paths = [str(folder) for folder in folders]
    arguments, problems, _ = expand(paths, allow_outside=allow_outside)
    if problems:
        raise Problems(problems)
    matched = match_names(argument.path for argument in arguments)
    if not matched:
        raise UsageError(
            "no request has a command of the same name beside it: X_REQUEST_DUIS.XML and X_COMMAND_GBCS.HEX, or X.xml "
            "and X.hex",
            where=" ".join(paths),
        )
    pairs: list[PairProof] = []
    unread: list[tuple[str, str]] = []
    for number, pair in enumerate(matched, 1):
        if progress is not None:
            progress(f"pair {number} of {len(matched)}")
        try:
            (request, *_), (command, *_) = (judge_file(Argument(path, found=True), context) for path in pair)
        except GbcscheckError as error:
            unread.append((pair_name(pair.request), error.problem))
            continue
        reasons = (one.reason or one.basis for one in (request, command))
        reason = next(filter(None, reasons), "") or _other_kind(request, command)
        if reason:
            unread.append((pair_name(pair.request), reason))
        else:
            pairs.append(prove_pair(context.catalogue, request, command))
    if not pairs:
        told = "; ".join(f"{name}: {reason}" for name, reason in unread[:MOST])
        raise UsageError(f"no pair could be compared ({told})", where=" ".join(paths))
    return FolderProof(tuple(pairs), tuple(unread))


def _other_kind(request: JudgedFile, command: JudgedFile) -> str:
    """Why two files are no request and its command; empty where they are."""
    if request.format != "duis" or command.format != "message":
        return f"a DUIS request and a GBCS message were expected, these are {request.format} and {command.format}"
    purpose = read_envelope(command.octets).purpose if command.octets else ""
    return f"a command was expected, this is {NO_COMMAND[purpose]}" if purpose in NO_COMMAND else ""
