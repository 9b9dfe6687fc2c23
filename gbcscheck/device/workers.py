"""Many files judged by several processes, forked once the specifications are loaded."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gbcscheck.device.files import STANDARD_INPUT, Argument
from gbcscheck.device.judge import Wishes, judge_argument
from gbcscheck.model.device_files import JudgedFile

if TYPE_CHECKING:
    from gbcscheck.device.context import Context

_ENDING = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that end a run."""
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
        with _later():
            workers = system.Pool(min(jobs, len(arguments)), initializer=_leave_signals)
        with workers as pool:
            pending = pool.imap(_judge, [one for one in arguments if one.path != STANDARD_INPUT])
            for argument in arguments:
                if argument.path == STANDARD_INPUT:
                    yield judge_argument(argument, context, wishes)
                else:
                    yield next(pending)
    finally:
        _SHARED.pop()


@contextmanager
def _later() -> Iterator[None]:
    """Let signals wait while processes are forked: one that ends before it is ready may keep a lock for ever."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_signals() -> None:
    """Leave an interrupt from the keyboard to the process that started this one, and end by any other signal at once:
    what is temporary is that process's own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _ENDING - {signal.SIGINT}:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _judge(argument: Argument) -> tuple[JudgedFile, ...]:
    context, wishes = _SHARED[-1]
    return judge_argument(argument, context, wishes)
