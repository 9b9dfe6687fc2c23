"""The work on many files, and on files of many messages, in shares that one process does at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from gbcscheck.device.context import Context
from gbcscheck.device.files import STANDARD_INPUT, Argument
from gbcscheck.device.hexfile import HexMessage
from gbcscheck.device.judge import JudgeOptions, judge_argument, judge_messages
from gbcscheck.device.long_hexfile import SHORT, has_a_message_a_line, messages_in
from gbcscheck.errors import GbcscheckError, UnreadableSource
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
    """Some files, or some messages of one file. ``done`` says how many files are done with it."""

    arguments: tuple[Argument, ...]
    messages: tuple[HexMessage | UnreadableSource, ...] = ()
    done: int = 0


def shares_of(arguments: Sequence[Argument], judge_options: JudgeOptions, jobs: int) -> Iterator[Share]:
    """All the work, in the order of the files. Standard input is a share of its own."""
    most = MOST_FILES if jobs == 1 else max(1, min(MOST_FILES, len(arguments) // (SHARES_EACH * jobs)))
    held: list[Argument] = []
    octets = 0
    for argument in arguments:
        alone = argument.path == STANDARD_INPUT
        size = 0 if alone else _size(argument.path)
        long = size > SHORT and _has_messages(argument, judge_options, size)
        if held and (alone or long or len(held) == most or octets > MOST_OCTETS):
            yield Share(tuple(held), done=len(held))
            held, octets = [], 0
        if long:
            yield from _of_long_file(argument)
        elif alone:
            yield Share((argument,), done=1)
        else:
            held.append(argument._replace(size=size))
            octets += size
    if held:
        yield Share(tuple(held), done=len(held))


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):  # whoever reads it says what is wrong with it
        return 0


def _has_messages(argument: Argument, judge_options: JudgeOptions, size: int) -> bool:
    """Whether a file is judged message by message."""
    wanted = not argument.command and judge_options.form in ("", "message")
    return wanted and has_a_message_a_line(argument.path, size)


def _of_long_file(argument: Argument) -> Iterator[Share]:
    """The messages of a long file; where it cannot be read to its end, the file itself, to be told as unreadable."""
    messages = messages_in(argument.path)
    try:
        while some := tuple(islice(messages, MESSAGES)):
            yield Share((argument,), some)
    except GbcscheckError as error:
        problem = UnreadableSource(error.problem, where=error.where)
        yield Share((argument,), (problem,))
    yield Share((argument,)[:0], done=1)


def judge_share(share: Share, context: Context, judge_options: JudgeOptions) -> Iterator[JudgedFile]:
    """What is told of each file, or each message, of a share."""
    if share.messages:
        (argument,) = share.arguments
        yield from judge_messages(argument.path, share.messages, context, judge_options)
        return
    for argument in share.arguments:
        yield from judge_argument(argument, context, judge_options)
