"""Shares of the work done by several processes, forked once the specifications are loaded.

Each process has a pipe by which it is told of shares, some numbers each, and one by which it hands over what it makes
of them. It does its shares in the order in which it is told of them.
"""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import struct
from collections import deque
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager, suppress
from itertools import chain, islice
from threading import Lock, Thread
from typing import Any, NoReturn, TypeVar

from gbcscheck.device.shares import Share
from gbcscheck.errors import GbcscheckError

T = TypeVar("T")

_ENDING = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that end a run."""
AHEAD = 3
"""Shares that a process is told of before it hands over the first of them. All that is said of them has to fit into a
pipe, so that nobody waits to be heard by somebody who waits to be heard."""
MOST_WAITING = 8
"""Shares for each process that wait for the one before them at most, handed out or worked on here."""
MOST_BEFORE = 10
"""Shares that are worked on before processes are forked at most."""
_ONE_RUN = Lock()
"""Held by the run that has processes; that of another thread waits, since what it forked would keep pipes of the first
open."""
_LENGTH = struct.Struct("<Q")
"""What stands before each message in a pipe: how many octets it has."""


def can_fork() -> bool:
    """Whether this system can fork a process."""
    return hasattr(os, "fork")


def work_in_parallel(
    shares: Iterator[Share], work: Callable[[Share], T], known: Sized, only_here: Callable[[Share], bool], jobs: int
) -> Iterator[tuple[int, T]]:
    """What ``work`` makes of each share, in the order of the shares, and how many files are done with it.

    The first shares are worked on here, while what is ``known`` grows with each: what is worked out once for a release
    or for a use case is there before the processes are forked. So is what can be done ``only_here``. An interrupt ends
    the processes and is raised here, and so is what one of them raises; GbcscheckError where one has ended by itself.
    """
    for share in islice(shares, MOST_BEFORE):
        before = len(known)
        yield share.done, work(share)
        if len(known) == before:
            break
    following = next(shares, None)
    if following is None:
        return
    with _ONE_RUN:
        yield from _forked(chain((following,), shares), work, only_here, jobs)


def _forked(
    shares: Iterator[Share], work: Callable[[Share], T], only_here: Callable[[Share], bool], jobs: int
) -> Iterator[tuple[int, T]]:
    """What ``work`` makes of each share, by processes that are forked now; errors as in ``work_in_parallel``."""
    frozen = gc.get_freeze_count()
    gc.freeze()  # what a process never frees it need not copy
    workers: list[_Worker] = []
    try:
        with _later(), suppress(OSError):  # what the system does not grant is done by those that there are
            for _ in range(jobs - 1):
                workers.append(_Worker(work, workers))
        if workers:
            yield from _in_order(shares, workers, work, only_here)
        else:
            yield from ((share.done, work(share)) for share in shares)
    except BaseException:
        for worker in workers:
            worker.kill()
        raise
    finally:
        for worker in workers:
            worker.end()
        if not frozen:
            gc.unfreeze()


class _Task:
    """A share that is worked on, and what it comes to as soon as that is here."""

    __slots__ = ("is_done", "made", "share")

    def __init__(self, share: Share) -> None:
        self.share = share
        self.made: Any = None
        self.is_done = False

    def end(self, made: Any) -> None:
        """Take what the share comes to."""
        self.made = made
        self.is_done = True


def _in_order(
    shares: Iterator[Share], workers: list[_Worker], work: Callable[[Share], Any], only_here: Callable[[Share], bool]
) -> Iterator[tuple[int, Any]]:
    """Tell the processes of shares, a few ahead of what they hand over, and work on others here while the next result
    is not there. What can be done here only is done in its turn."""
    waiting: deque[_Task] = deque()
    results = select.poll()
    by_number = {worker.results: worker for worker in workers}
    for number in by_number:
        results.register(number, select.POLLIN)
    most = MOST_WAITING * (len(workers) + 1)
    while True:
        for worker in workers:
            for share in islice(shares, max(0, min(AHEAD - len(worker.tasks), most - len(waiting)))):
                waiting.append(task := _Task(share))
                if not only_here(share):
                    worker.tell(task)
        if not waiting:
            return
        task = waiting[0]
        if task.is_done or only_here(task.share):
            waiting.popleft()
            yield task.share.done, task.made if task.is_done else work(task.share)
            continue
        mine = next(shares, None) if len(waiting) < most else None
        if mine is not None:
            waiting.append(task := _Task(mine))
            if not only_here(mine):
                task.end(work(mine))
        for number, _ in results.poll(None if mine is None else 0):
            by_number[number].take()


class _Worker:
    """A process that was forked here, with the tasks that it is told of and has not handed over."""

    def __init__(self, work: Callable[[Share], Any], others: list[_Worker]) -> None:
        self.tasks: deque[_Task] = deque()
        told, self._telling = os.pipe()
        self.results, handing_over = os.pipe()
        try:
            self.process = os.fork()
            if not self.process:
                for worker in (*others, self):
                    worker.close()
                _work_as_told(told, handing_over, work)
        except OSError:
            self.close()
            raise
        finally:
            os.close(told)
            os.close(handing_over)

    def tell(self, task: _Task) -> None:
        """Tell the process of a task."""
        self.tasks.append(task)
        with suppress(BrokenPipeError):  # it has ended: whoever waits for its result says so
            _send(self._telling, task.share)

    def take(self) -> None:
        """Take the next result of the process; raise what it has raised."""
        try:
            is_made, made = _receive(self.results)
        except EOFError:
            raise GbcscheckError(
                "a process that judged files has ended before its work was done (killed, or out of memory); "
                "-j 1 judges without any"
            ) from None
        if not is_made:
            raise made
        self.tasks.popleft().end(made)

    def close(self) -> None:
        """Neither tell the process anything nor take anything from it any more."""
        for number in (self._telling, self.results):
            os.close(number)

    def kill(self) -> None:
        """End the process: nobody waits for what it is about to say."""
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGTERM)

    def end(self) -> None:
        """Wait for the process, which ends when nobody can tell it anything."""
        self.close()
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)


def _send(number: int, message: Any) -> None:
    """Write a message into a pipe."""
    octets = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    rest = memoryview(_LENGTH.pack(len(octets)) + octets)
    while rest:
        rest = rest[os.write(number, rest) :]


def _receive(number: int) -> Any:
    """The next message of a pipe; EOFError where there is none, or no more than a part of one."""
    (length,) = _LENGTH.unpack(_read(number, _LENGTH.size))
    return pickle.loads(_read(number, length))


def _read(number: int, length: int) -> bytes:
    octets = os.read(number, length)
    if len(octets) == length:
        return octets
    parts = [octets]
    while octets and (length := length - len(octets)):
        parts.append(octets := os.read(number, length))
    if length:
        raise EOFError
    return b"".join(parts)


@contextmanager
def _later() -> Iterator[None]:
    """Let signals wait while processes are forked: one that ends before it is ready would be told as one that was
    killed."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:  # a signal that has come already is raised as soon as others are made to wait
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# --- in a process that was forked ------------------------------------------------------------------------------------


def _work_as_told(told: int, handing_over: int, work: Callable[[Share], Any]) -> NoReturn:
    """Do the shares that this process is told of, until the one that it was forked from tells it of nothing any more.
    It ends without anything that that one does at its own end."""
    try:
        _leave_signals()
        Thread(target=_end_with_teller, args=(told,), daemon=True).start()
        while True:
            _send(handing_over, _made(work, _receive(told)))
    finally:
        os._exit(1)


def _made(work: Callable[[Share], Any], share: Share) -> tuple[bool, Any]:
    """What is made of a share, or the error that was raised, which says where."""
    try:
        return True, work(share)
    except Exception as error:
        import traceback

        error.add_note(traceback.format_exc())
        return False, error


def _leave_signals() -> None:
    """Leave an interrupt from the keyboard to the process that started this one, and end by any other signal at once:
    what is temporary is that process's own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _ENDING - {signal.SIGINT}:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _end_with_teller(told: int) -> None:
    """End at once when nobody holds the other end of a pipe any more: nobody takes any result."""
    gone = select.poll()
    gone.register(told, 0)
    gone.poll()
    os._exit(1)
