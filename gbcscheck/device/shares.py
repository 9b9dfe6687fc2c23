"""The work on many files, and on files of many messages, in shares that one process does at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gbcscheck.device.context import Context
from gbcscheck.device.files import STANDARD_INPUT, Argument
from gbcscheck.device.judge import JudgeOptions, judge_argument, judge_messages, without_partner
from gbcscheck.device.long_hexfile import SHORT, Stretch, has_a_message_a_line, is_long_log, messages_in, stretches_of
from gbcscheck.model.device_files import JudgedFile

MESSAGES = 256
"""Messages of one file in a share."""
MOST_FILES = 64
"""Files in a share: what is told of them is held until it is handed over."""
MOST_OCTETS = 64 * 1024
"""Octets of the files of a share, but for its last: what takes long is a share of its own."""
SHARES_EACH = 8
"""Shares for each process at least, where there are files enough, so that all of them end at about one time."""


class Share(NamedTuple):
    """Some of the files that are judged: the number of the first, and the octets of each where somebody looked; or a
    ``stretch`` of one file of messages. ``done`` says how many files are done with it. It is of numbers alone, so that
    a process that knows the files can be told of it in few octets."""

    first: int
    sizes: tuple[int | None, ...]
    stretch: Stretch | None = None
    done: int = 0


def shares_of(arguments: Sequence[Argument], judge_options: JudgeOptions, jobs: int) -> Iterator[Share]:
    """All the work, in the order of the files. Standard input is a share of its own."""
    most = MOST_FILES if jobs == 1 else max(1, min(MOST_FILES, len(arguments) // (SHARES_EACH * jobs)))
    sizes: list[int | None] = []
    octets = 0
    for number, argument in enumerate(arguments):
        alone = argument.path == STANDARD_INPUT
        size = 0 if alone else _size(argument.path)
        long, is_log = _has_messages(argument, judge_options, size) if size > SHORT else (False, False)
        if sizes and (alone or long or len(sizes) == most or octets > MOST_OCTETS):
            yield Share(number - len(sizes), tuple(sizes), done=len(sizes))
            sizes, octets = [], 0
        if long:
            yield from (
                Share(number, (size,), stretch) for stretch in stretches_of(argument.path, MESSAGES, is_log=is_log)
            )
            yield Share(number, (), done=1)
        elif alone:
            yield Share(number, (None,), done=1)
        else:
            sizes.append(size)
            octets += size
    if sizes:
        yield Share(len(arguments) - len(sizes), tuple(sizes), done=len(sizes))


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):  # whoever reads it says what is wrong with it
        return 0


def _has_messages(argument: Argument, judge_options: JudgeOptions, size: int) -> tuple[bool, bool]:
    """Whether a file is judged message by message, and whether they stand among other things in it."""
    if argument.beside or judge_options.form not in ("", "message"):
        return False, False
    if has_a_message_a_line(argument.path, size):
        return True, False
    is_log = is_long_log(argument.path, size)
    return is_log, is_log


def judge_share(
    share: Share, arguments: Sequence[Argument], context: Context, judge_options: JudgeOptions
) -> Iterator[JudgedFile]:
    """What is told of each file, or each message, of a share of the arguments."""
    if share.stretch is not None:
        path = arguments[share.first].path
        yield from judge_messages(path, messages_in(path, share.stretch), context, judge_options)
        return
    if not share.sizes:  # the end of a file of many messages
        yield from without_partner(arguments[share.first])
    for number, size in enumerate(share.sizes, start=share.first):
        yield from judge_argument(arguments[number]._replace(size=size), context, judge_options)


def is_standard_input(share: Share, arguments: Sequence[Argument]) -> bool:
    """Whether a share is what comes from standard input, which one process alone can read."""
    return arguments[share.first].path == STANDARD_INPUT
