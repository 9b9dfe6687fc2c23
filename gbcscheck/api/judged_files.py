"""Many files of devices judged in one run, until it is done or interrupted: each kept, or told part by part."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from gbcscheck.device.context import Context
from gbcscheck.device.files import Argument, expand
from gbcscheck.device.judge import JudgeOptions
from gbcscheck.device.many import work_through
from gbcscheck.errors import GbcscheckError, Problems
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.report.judged import Totals as Totals
from gbcscheck.report.judged_parts import Parts
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions

T = TypeVar("T")


@dataclass(slots=True)
class Run:
    """What one run has judged: the files in their order, how many there were, and what could not be read or is
    excluded."""

    files: list[JudgedFile] = field(default_factory=list)
    problems: list[GbcscheckError] = field(default_factory=list)
    arguments: list[Argument] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    done: int = 0
    interrupted: bool = False


def by_one_process(jobs: int) -> str:
    """Why one process judges all files where ``jobs`` asks for more; empty where it does not, or more can work."""
    if jobs == 1:
        return ""
    from gbcscheck.device.workers import can_fork

    if can_fork():
        return ""
    return "this system cannot fork a process, so one judges all files, whatever -j says"


class Asked(NamedTuple):
    """What is judged in a run, against what, how, and by how many processes; ``pair`` says that files are held to each
    other. ``as_found`` takes files that are named as if they were found in a folder."""

    paths: tuple[str, ...]
    context: Context
    judge_options: JudgeOptions
    jobs: int = 1
    pair: bool = False
    exclude: Exclusions = NO_EXCLUSIONS
    allow_outside: bool = False
    as_found: bool = False


def judge_all(asked: Asked, told: Callable[[Run], None]) -> Run:
    """Judge every file; an interrupt from the keyboard ends it early, with what was judged until then. ``told`` is
    called with the run before the first file and after each."""
    run = Run()
    _work_through(run, asked, tuple, run.files.extend, told)
    for file in run.files:
        if file.problem is not None:
            run.problems.extend(file.problem.problems if isinstance(file.problem, Problems) else (file.problem,))
    return run


def tell_all(asked: Asked, told: Callable[[Run], None], parts: Parts) -> Run:
    """Judge every file as ``judge_all`` does, and keep none: what the report tells of them goes to ``parts``."""
    run = Run()
    _work_through(run, asked, parts.teller, parts.add, told)
    run.problems.extend(parts.totals.problems)
    return run


def _work_through(
    run: Run,
    what: Asked,
    work: Callable[[Iterable[JudgedFile]], T],
    take: Callable[[T], None],
    told: Callable[[Run], None],
) -> None:
    """Judge every file; ``take`` gets what ``work`` makes of them, some at a time. An interrupt ends it early."""
    try:
        run.arguments, run.problems, run.excluded = expand(what.paths, what.exclude, allow_outside=what.allow_outside)
        if what.as_found:
            run.arguments = [argument._replace(found=True) for argument in run.arguments]
        if what.pair:
            from gbcscheck.device.pairs.matching import put_together

            run.arguments = put_together(run.arguments, what.context)
        told(run)
        processors = os.cpu_count() or 1
        jobs = min(what.jobs or processors, processors)  # more would only take memory
        for done, found in work_through(run.arguments, what.context, what.judge_options, work, jobs=jobs):
            take(found)
            run.done += done
            told(run)
    except KeyboardInterrupt:
        run.interrupted = True
