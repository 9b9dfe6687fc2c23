"""Shares of the work done by several processes, forked once the specifications are loaded."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from gbcscheck.device.files import STANDARD_INPUT
from gbcscheck.device.judge import JudgeOptions
from gbcscheck.device.shares import Share, judge_share
from gbcscheck.errors import GbcscheckError
from gbcscheck.model.device_files import JudgedFile

if TYPE_CHECKING:
    from gbcscheck.device.context import Context

T = TypeVar("T")
Work = Callable[[Iterable[JudgedFile]], Any]

_ENDING = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that end a run."""
AHEAD = 3
"""Shares for each process that are handed out before the first of them is taken back."""
MOST_WAITING = 8
"""Shares for each process that wait for the one before them at most, handed out or worked on here."""
_SHARED: list[tuple[Context, JudgeOptions, Work]] = []
"""What the forked processes find in their memory; a context is never sent from one to the other."""


def can_fork() -> bool:
    """Whether this system can fork a process."""
    return "fork" in multiprocessing.get_all_start_methods()


def work_in_parallel(
    shares: Iterator[Share],
    context: Context,
    judge_options: JudgeOptions,
    work: Callable[[Iterable[JudgedFile]], T],
    jobs: int,
) -> Iterator[tuple[int, T]]:
    """What ``work`` makes of each share, in the order of the shares, and how many files are done with it.

    The first share is worked on here, so that what is worked out once for a release is there before the processes are
    forked; so is standard input. An interrupt ends the processes and is raised here; GbcscheckError where one of them
    has ended by itself.
    """
    first = next(shares, None)
    if first is None:
        return
    yield first.done, work(judge_share(first, context, judge_options))
    second = next(shares, None)
    if second is None:
        return
    before = {process.pid for process in multiprocessing.active_children()}
    _SHARED.append((context, judge_options, work))
    frozen = gc.get_freeze_count()
    gc.freeze()  # what a process never frees it need not copy
    try:
        with _later():
            pool = ProcessPoolExecutor(jobs - 1, multiprocessing.get_context("fork"), initializer=_leave_signals)
            pool.submit(int).result()  # all processes are forked for the first thing that there is to do
        try:
            yield from _in_order(chain((second,), shares), pool, jobs)
        except BaseException:
            _end(before)
            raise
        finally:
            pool.shutdown(cancel_futures=True)
    except BrokenProcessPool:
        raise GbcscheckError(
            "a process that judged files has ended before its work was done (killed, or out of memory); "
            "-j 1 judges without any"
        ) from None
    finally:
        _SHARED.pop()
        if not frozen:
            gc.unfreeze()


def _in_order(shares: Iterator[Share], pool: ProcessPoolExecutor, jobs: int) -> Iterator[tuple[int, Any]]:
    """Hand out shares, a few ahead of what is taken back, and work on others here while the next result is not there.
    Standard input is worked on here, in its turn."""
    waiting: deque[tuple[Share, Future[Any] | None]] = deque()
    while True:
        handed_out = sum(future is not None and not future.done() for _, future in waiting)
        room = min(AHEAD * jobs - handed_out, MOST_WAITING * jobs - len(waiting))
        for share in islice(shares, max(0, room)):
            waiting.append((share, None if _is_standard_input(share) else pool.submit(_work, share)))
        if not waiting:
            return
        share, future = waiting[0]
        if future is not None and not future.done() and len(waiting) < MOST_WAITING * jobs:
            other = next(shares, None)
            if other is not None:
                waiting.append((other, None if _is_standard_input(other) else _worked(other)))
                continue
        waiting.popleft()
        yield share.done, _work(share) if future is None else future.result()


def _worked(share: Share) -> Future[Any]:
    """A share that is worked on here and now."""
    done: Future[Any] = Future()
    done.set_result(_work(share))
    return done


def _is_standard_input(share: Share) -> bool:
    return any(argument.path == STANDARD_INPUT for argument in share.arguments)


def _end(before: set[int | None]) -> None:
    """End the processes that were forked here: nobody waits for what they are about to say."""
    for process in multiprocessing.active_children():
        if process.pid not in before:
            process.terminate()


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
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End at once when the process that started this one is gone, however it ended: nobody takes any result."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(share: Share) -> Any:
    context, judge_options, work = _SHARED[-1]
    return work(judge_share(share, context, judge_options))
