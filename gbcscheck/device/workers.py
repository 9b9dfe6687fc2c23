"""Many files judged by several processes, forked once the specifications are loaded."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gbcscheck.device.files import STANDARD_INPUT, Argument
from gbcscheck.device.judge import Wishes, judge_argument
from gbcscheck.device.model import JudgedFile

if TYPE_CHECKING:
    from gbcscheck.device.context import Context

_SHARED: list[tuple[Context, Wishes]] = []
"""What the forked processes find in their memory; a context is never sent from one to the other."""


def can_fork() -> bool:
    """Whether this system can fork a process."""
    return "fork" in multiprocessing.get_all_start_methods()


def judge_in_parallel(
    arguments: Sequence[Argument], context: Context, wishes: Wishes, jobs: int
) -> Iterator[tuple[JudgedFile, ...]]:
    """The results in the order of the arguments. An interrupt ends the processes and is raised here."""
    system = multiprocessing.get_context("fork")
    _SHARED.append((context, wishes))
    try:
        with system.Pool(min(jobs, len(arguments)), initializer=_leave_signals) as pool:
            pending = pool.imap(_judge, [one for one in arguments if one.path != STANDARD_INPUT])
            for argument in arguments:
                if argument.path == STANDARD_INPUT:
                    yield judge_argument(argument, context, wishes)
                else:
                    yield next(pending)
    finally:
        _SHARED.pop()


def _leave_signals() -> None:
    """Leave an interrupt from the keyboard to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _judge(argument: Argument) -> tuple[JudgedFile, ...]:
    context, wishes = _SHARED[-1]
    return judge_argument(argument, context, wishes)
