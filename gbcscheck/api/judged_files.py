"""Many files of devices judged in one run, until it is done or interrupted."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gbcscheck.device.context import Context
from gbcscheck.device.files import Argument, expand
from gbcscheck.device.judge import Wishes, judge_files
from gbcscheck.errors import GbcscheckError, Problems, UsageError
from gbcscheck.model.device_files import JudgedFile
from gbcscheck.wildcards import NO_EXCLUSIONS, Exclusions


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


def judge_all(
    paths: tuple[str, ...],
    context: Context,
    wishes: Wishes,
    jobs: int,
    pair: bool,
    told: Callable[[Run], None],
    exclude: Exclusions = NO_EXCLUSIONS,
    *,
    allow_outside: bool = False,
) -> Run:
    """Judge every file; an interrupt from the keyboard ends it early, with what was judged until then. ``told`` is
    called with the run before the first file and after each."""
    run = Run()
    try:
        run.arguments, run.problems, run.excluded = expand(paths, exclude, allow_outside=allow_outside)
        if pair:
            run.arguments = _paired(run.arguments)
        told(run)
        for found in judge_files(run.arguments, context, wishes, jobs=jobs or os.cpu_count() or 1):
            run.done += 1
            run.files.extend(found)
            told(run)
    except KeyboardInterrupt:
        run.interrupted = True
    for file in run.files:
        if file.problem is not None:
            run.problems.extend(file.problem.problems if isinstance(file.problem, Problems) else (file.problem,))
    return run


def _paired(arguments: Sequence[Argument]) -> list[Argument]:
    """The files with each request and its command in one: two files that were named are a pair, else names tell.

    UsageError where there is no pair.
    """
    from gbcscheck.device.pairs.names import match_names

    if len(arguments) == 2 and not any(argument.found for argument in arguments):
        return [arguments[0]._replace(command=arguments[1].path)]
    commands = dict(match_names(argument.path for argument in arguments))
    if not commands:
        raise UsageError(
            "no request has a command of the same name beside it: X_REQUEST_DUIS.XML and X_COMMAND_GBCS.HEX, or X.xml "
            "and X.hex; two files of other names are a pair where only these are named"
        )
    taken = set(commands.values())
    return [
        argument._replace(command=commands.get(argument.path, ""))
        for argument in arguments
        if argument.path not in taken
    ]
