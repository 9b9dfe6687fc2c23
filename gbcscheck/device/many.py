"""Many files judged, and files of many messages: in their order, by one process or by several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from gbcscheck.device.context import Context
from gbcscheck.device.files import Argument
from gbcscheck.device.judge import JudgeOptions
from gbcscheck.device.shares import Share, is_standard_input, judge_share, shares_of
from gbcscheck.model.device_files import JudgedFile

T = TypeVar("T")


def work_through(
    arguments: Sequence[Argument],
    context: Context,
    judge_options: JudgeOptions,
    work: Callable[[Iterable[JudgedFile]], T],
    *,
    jobs: int = 1,
) -> Iterator[tuple[int, T]]:
    """What ``work`` makes of the files, some at a time and in the order of the arguments, and how many of these are
    done with it. Only what it makes is kept: it works where the files are judged, and what it returns has to be small.

    Standard input is read in this process. Where processes cannot be forked there is only this one.
    """
    shares = shares_of(arguments, judge_options, jobs)
    use_cases: set[str] = set()

    def work_on(share: Share) -> T:
        files = judge_share(share, arguments, context, judge_options)
        return work(_noted(files, use_cases) if jobs > 1 else files)

    if jobs > 1:
        from gbcscheck.device.workers import can_fork, work_in_parallel

        if can_fork():
            only_here = partial(is_standard_input, arguments=arguments)
            yield from work_in_parallel(shares, work_on, use_cases, only_here, jobs)
            return
    for share in shares:
        yield share.done, work_on(share)


def _noted(files: Iterable[JudgedFile], use_cases: set[str]) -> Iterator[JudgedFile]:
    """The files, while the use case of each is noted."""
    for file in files:
        use_cases.add(file.use_case)
        yield file
