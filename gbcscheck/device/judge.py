"""Any file, judged: what it is decides who judges it. Many files at once are shared out to several processes."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device import files
from gbcscheck.device.context import Context
from gbcscheck.device.files import Argument, Kind
from gbcscheck.device.hexfile import HexMessage, messages_of, read_octets_of
from gbcscheck.device.message import judge_message
from gbcscheck.device.model import Sink
from gbcscheck.device.results import judged, unread
from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource, reading_input
from gbcscheck.model.device_files import JudgedFile

if TYPE_CHECKING:
    from gbcscheck.device.configuration.read import ConfigurationVerdict


class Wishes(NamedTuple):
    """What the user wants of every file: ``form`` is one of ``FORMATS``, empty for what its content says;
    ``explain`` keeps every value in words, to be shown."""

    form: str = ""
    explain: bool = False


def judge_files(
    arguments: Sequence[Argument], context: Context, wishes: Wishes, *, jobs: int = 1
) -> Iterator[tuple[JudgedFile, ...]]:
    """What is told of each file, in the order of the arguments, whatever the number of processes.

    Standard input is read in this process. Where processes cannot be forked there is only this one.
    """
    if jobs > 1 and len(arguments) > 1:
        from gbcscheck.device.workers import can_fork, judge_in_parallel

        if can_fork():
            yield from judge_in_parallel(arguments, context, wishes, jobs)
            return
    for argument in arguments:
        yield judge_argument(argument, context, wishes)


def judge_argument(argument: Argument, context: Context, wishes: Wishes) -> tuple[JudgedFile, ...]:
    """What is told of one file: one result for each message that it holds, one for any other file; of a request and
    its command both results, and what is wrong between them."""
    found = _judged_or_unreadable(argument, context, wishes.form)
    if argument.command:
        found = (*found, *_judged_or_unreadable(Argument(argument.command, argument.found), context, wishes.form))
        found = (*found, *_pair(found, argument, context))
    if wishes.explain:
        from gbcscheck.device.wording import in_plain_words

        return tuple(in_plain_words(one, context) for one in found)
    return tuple(replace(one, entries=(), octets=one.octets if one.findings else b"") for one in found)


def _judged_or_unreadable(argument: Argument, context: Context, form: str) -> tuple[JudgedFile, ...]:
    try:
        return judge_file(argument, context, form)
    except GbcscheckError as error:
        return tuple(_unreadable(argument, error))


def _pair(found: tuple[JudgedFile, ...], argument: Argument, context: Context) -> Iterator[JudgedFile]:
    """A request and its command, in whichever order they were named; nothing where one of them is unreadable."""
    from gbcscheck.device.pairs.judge import judge_pair

    if any(one.problem is not None for one in found):
        return
    request, *commands = sorted(found, key=lambda one: one.format != "duis")
    try:
        for command in commands:
            yield judge_pair(request, command, context)
    except GbcscheckError as error:
        yield from _unreadable(argument, error)


def _unreadable(argument: Argument, error: GbcscheckError) -> Iterator[JudgedFile]:
    for problem in error.problems if isinstance(error, Problems) else (error,):
        place = f" ({problem.where})" if problem.where not in ("", argument.path) else ""
        yield JudgedFile(argument.path, "", judged=False, reason=f"{problem.problem}{place}", problem=problem)


def judge_file(argument: Argument, context: Context, form: str = "") -> tuple[JudgedFile, ...]:
    """One file read, recognised and judged. GbcscheckError where it cannot be decoded at all; a file of a folder that
    is nothing that is judged is told with the reason instead."""
    path = argument.path
    if form == "configurations" or (not form and files.begins_with_json_lines(path)):
        return (_judge_lines(path, _stream(path), context),)
    with reading_input(path):
        content = files.read_content(path)
    choices = context.choices
    bare = bool(choices.object or choices.use_case)
    try:
        with reading_input(path):
            kind = Kind(form) if form else files.recognise(content, path, bare=bare)
    except UnreadableSource as error:
        if not argument.found:
            raise
        kind = Kind("", error.problem)
    if kind.reason:
        return (JudgedFile(path, "", judged=False, reason=kind.reason),)
    return judge_octets(path, content, kind.form, context)


def _stream(path: str) -> Path | BinaryIO:
    return sys.stdin.buffer if path == files.STANDARD_INPUT else Path(path)


def judge_octets(path: str, content: bytes, form: str, context: Context) -> tuple[JudgedFile, ...]:
    """The content of a file judged as one of ``FORMATS``; GbcscheckError where it is none of it."""
    if form == "message":
        return _judge_messages(path, content, context)
    if form == "axdr":
        return (_judge_bare(path, content, context),)
    if form == "configurations":
        return (_judge_lines(path, io.BytesIO(content), context),)
    return (_judge_document(path, content, form, context),)


def _judge_document(path: str, content: bytes, form: str, context: Context) -> JudgedFile:
    """A document that is judged as a whole; GbcscheckError where it cannot be decoded."""
    sink = Sink(path)
    if form in ("duis", "mmc"):
        return _judge_xml(path, content, form, context, sink)
    reason = _document_judge(form)(path, content, context, sink).reason
    return judged(path, form, reason, b"", sink, None, f"release {context.catalogue.release.name}")


DocumentJudge = Callable[[str, bytes, Context, Sink], "ConfigurationVerdict"]


def _document_judge(form: str) -> DocumentJudge:
    """What judges a configuration, a table or COSEM objects; imported when it is needed."""
    if form == "configuration":
        from gbcscheck.device.configuration.read import judge_configuration

        return judge_configuration
    if form == "table":
        from gbcscheck.device.configuration.table import judge_table

        return judge_table
    from gbcscheck.device.objects.judge import judge_cosem_objects

    return judge_cosem_objects


def _judge_xml(path: str, content: bytes, form: str, context: Context, sink: Sink) -> JudgedFile:
    """A request or a response as XML."""
    from gbcscheck.inputs.xml_safe import parse_xml

    document = parse_xml(content, where=path)
    if form == "duis":
        from gbcscheck.device.documents.duis import judge_duis

        verdict = judge_duis(document, context, sink)
    else:
        from gbcscheck.device.documents.mmc import judge_mmc

        verdict = judge_mmc(document, context, sink)
    told = judged(path, form, verdict.reason, b"", sink, None, verdict.judged_as)
    return replace(told, use_case=verdict.use_case, service_reference=verdict.service_reference)


def _judge_lines(path: str, source: Path | BinaryIO, context: Context) -> JudgedFile:
    """A file of JSON lines, read line by line; lines that are no JSON are its problem, and the others are judged."""
    from gbcscheck.device.configuration.read import judge_json_lines

    sink = Sink(path)
    form, judged_as = "configurations", f"release {context.catalogue.release.name}"
    try:
        reason = judge_json_lines(path, source, context, sink).reason
    except Problems as error:
        count = len(error.problems)
        reason = f"{count} line{'s'[: count != 1]} of it cannot be decoded"
        return replace(judged(path, form, reason, b"", sink, None), problem=error)
    return judged(path, form, reason, b"", sink, None, judged_as)


# --- messages and bare A-XDR -----------------------------------------------------------------------------------------


def _judge_messages(path: str, content: bytes, context: Context) -> tuple[JudgedFile, ...]:
    text = files.text_of(content)
    if text is None or files.is_binary_message(content):
        return (judge_message(path, content, context),)
    found = messages_of(text.lstrip("\ufeff"), where=path)
    if len(found) == 1 and isinstance(found[0], HexMessage):
        return (judge_message(path, found[0].octets, context),)
    return tuple(
        judge_message(f"{path}:{one.line}", one.octets, context)
        if isinstance(one, HexMessage)
        else JudgedFile(one.where, "message", judged=False, reason=one.problem, problem=one)
        for one in found
    )


def _judge_bare(path: str, content: bytes, context: Context) -> JudgedFile:
    from gbcscheck.device.bare import judge_attribute_octets, judge_payload_octets

    text = files.text_of(content)
    octets = content if text is None else read_octets_of(text.lstrip("\ufeff"), where=path)
    sink = Sink(path)
    try:
        if context.choices.object:
            return judge_attribute_octets(octets, context, sink)
        return judge_payload_octets(octets, context, sink)
    except OctetsError as error:
        return unread(path, "axdr", str(error), octets, sink)
