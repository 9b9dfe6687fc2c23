"""Files that were put together, held against each other two by two; and what has nothing to be held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from gbcscheck.device.context import Context
from gbcscheck.device.files import Argument
from gbcscheck.device.pairs.headers import belong_together, name_of
from gbcscheck.device.pairs.judge import are_pair, judge_pair
from gbcscheck.model.device_files import JudgedFile

NO_DOCUMENT = "no document of these files has its sender, receiver and counter"


def judge_group(by_file: Sequence[Sequence[JudgedFile]], context: Context) -> Iterator[JudgedFile]:
    """Any two of several files that belong together; what cannot be read is told by itself, and so is a file of several
    messages of which none belongs to a document. Where some do, the last pair names the others. UsageError where the
    first two are no pair, and no others are."""
    readable = [[one for one in found if one.problem is None] for found in by_file]
    is_pair = False
    judged: list[JudgedFile] = []
    met: set[str] = set()
    for first, second in combinations([found for found in readable if found], 2):
        pairs = [(one, other) for one in first for other in second if are_pair(one, other)]
        is_pair = is_pair or bool(pairs)
        fitting = [pair for pair in pairs if belong_together(*pair)] if len(pairs) > 1 or len(by_file) > 2 else pairs
        if len(pairs) > 1 and not fitting:
            reason = f"none of its {len(pairs)} messages has the sender, receiver and counter of the other file"
            judged.append(JudgedFile(f"{first[0].path} + {second[0].path}", "pair", judged=False, reason=reason))
        for pair in fitting:
            met.update(one.path for one in pair)
            judged.append(judge_pair(*pair, context))
    others = tuple(line for found in readable for line in _without_partner(found, met))
    yield from judged[:-1]
    yield from (replace(one, not_read=(*one.not_read, *others)) for one in judged[-1:])
    if not is_pair and all(len(found) for found in readable):
        yield judge_pair(readable[0][0], readable[1][0], context)


def _without_partner(found: Sequence[JudgedFile], met: set[str]) -> Iterator[str]:
    """A line for each command and response of a file of messages that no document belongs to, where one belongs to
    others."""
    if all(one.format == "message" for one in found) and any(one.path in met for one in found):
        yield from (f"{one.path}: {NO_DOCUMENT}" for one in found if name_of(one) and one.path not in met)


def alone(argument: Argument) -> JudgedFile:
    """What is told of a file that could be one of a pair and is none."""
    near = argument.alone.partition(": ")[2]
    left_out = (f"no partner: {near}",) if near else ()
    return JudgedFile(argument.path, "pair", judged=False, reason=argument.alone, not_read=left_out)
