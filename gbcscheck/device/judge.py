"""Any file, judged: what it is decides who judges it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device import files
from gbcscheck.device.captures import (
    Beside,
    Captured,
    NoMessage,
    captures_of,
    captures_of_octets,
    captures_of_xml,
    is_dump,
)
from gbcscheck.device.context import Choices, Context
from gbcscheck.device.files import Argument, Kind
from gbcscheck.device.hexfile import HexMessage, messages_of, read_octets_of
from gbcscheck.device.message import judge_message
from gbcscheck.device.model import FileRecord
from gbcscheck.device.results import judged, unread
from gbcscheck.errors import GbcscheckError, Problems, UnreadableSource, reading_input
from gbcscheck.model.device_files import JudgedFile

if TYPE_CHECKING:
    from gbcscheck.device.configuration.read import ConfigurationVerdict


OF_A_USE_CASE = ("message", "axdr")
"""Kinds of files that can be of the use case that the user names."""
OPTIONS = {"--use-case": "bare A-XDR and messages", "--object": "bare A-XDR"}
"""What the options that say of what a file is are for."""


class JudgeOptions(NamedTuple):
    """What the user wants of every file: ``form`` is one of ``FORMATS``, empty for what its content says;
    ``explain`` keeps every value in words, to be shown."""

    form: str = ""
    explain: bool = False


def judge_argument(argument: Argument, context: Context, judge_options: JudgeOptions) -> tuple[JudgedFile, ...]:
    """What is told of one file: one result for each message that it holds, one for any other file; of files that belong
    together all of their results, and what is wrong between them."""
    tree = judge_options.explain or bool(argument.beside)
    found = _judged_or_unreadable(argument, context, judge_options.form, tree)
    if argument.beside:
        by_file = [found]
        for path in argument.beside:
            other = Argument(path, argument.found)
            by_file.append(_judged_or_unreadable(other, context, judge_options.form, tree))
        found = tuple(one for several in by_file for one in several)
        found = (*found, *_pairs(by_file, argument, context))
    found = (*found, *without_partner(argument))
    return tuple(_as_wished(found, context, judge_options))


def without_partner(argument: Argument) -> Iterator[JudgedFile]:
    """What is told of a file that could be one of a pair and is none; nothing of others."""
    if argument.alone:
        from gbcscheck.device.pairs.groups import alone

        yield alone(argument)


def judge_messages(
    path: str, messages: Iterable[Captured], context: Context, judge_options: JudgeOptions
) -> Iterator[JudgedFile]:
    """What is told of some messages of a file that has several."""
    return _as_wished(_judge_each(path, messages, context, judge_options.explain), context, judge_options)


def _as_wished(found: Iterable[JudgedFile], context: Context, judge_options: JudgeOptions) -> Iterator[JudgedFile]:
    if not judge_options.explain:
        return map(_without_tree, found)
    from gbcscheck.device.wording import in_plain_words

    return (in_plain_words(one, context) for one in found)


def _without_tree(found: JudgedFile) -> JudgedFile:
    """What a report without trees needs of a file: its octets only where they are shown with a finding."""
    if found.entries or (found.octets and not found.findings):
        return replace(found, entries=(), octets=found.octets if found.findings else b"")
    return found


def _judged_or_unreadable(argument: Argument, context: Context, form: str, tree: bool) -> tuple[JudgedFile, ...]:
    try:
        return judge_file(argument, context, form, tree=tree)
    except GbcscheckError as error:
        return tuple(_unreadable(argument, error))


def _pairs(by_file: Sequence[Sequence[JudgedFile]], argument: Argument, context: Context) -> Iterator[JudgedFile]:
    """What is told of any two of several files that belong together."""
    from gbcscheck.device.pairs.groups import judge_group

    try:
        yield from judge_group(by_file, context)
    except GbcscheckError as error:
        yield from _unreadable(argument, error)


def _unreadable(argument: Argument, error: GbcscheckError) -> Iterator[JudgedFile]:
    for problem in error.problems if isinstance(error, Problems) else (error,):
        place = f" ({problem.where})" if problem.where not in ("", argument.path) else ""
        yield JudgedFile(argument.path, "", judged=False, reason=f"{problem.problem}{place}", problem=problem)


def judge_file(argument: Argument, context: Context, form: str = "", *, tree: bool = True) -> tuple[JudgedFile, ...]:
    """One file read, recognised and judged; with ``tree`` its values are told, else only counted. GbcscheckError where
    it cannot be decoded at all; a file of a folder that is nothing that is judged is told with the reason instead."""
    path = argument.path
    if form == "configurations" or (not form and argument.may_be_long and files.begins_with_json_lines(path)):
        _refuse_other_files(path, "configurations", context.choices)
        return (_judge_lines(path, _stream(path), context, tree),)
    with reading_input(path):
        content = files.unpacked(files.read_content(path), path)
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
    _refuse_other_files(path, kind.form, choices)
    judged = judge_octets(path, content, kind.form, context, tree=tree)
    if kind.form == "configuration" and not form and files.is_loosely_yaml(content, argument):
        return tuple(_named_something(one) for one in judged)
    return judged


def _named_something(file: JudgedFile) -> JudgedFile:
    """What is told of a text that may be anything: nothing is wrong with one that names no data item."""
    if file.values or not file.unknown:
        return file
    return JudgedFile(file.path, "", judged=False, reason="a text that names no data item")


def _refuse_other_files(path: str, form: str, choices: Choices) -> None:
    """Raise UnreadableSource where the user said of what use case or object a file is that says so itself."""
    option = "--use-case" if choices.use_case and form not in OF_A_USE_CASE else ""
    option = "--object" if choices.object and form != "axdr" else option
    if option:
        raise UnreadableSource(f"{option} is for {OPTIONS[option]}, and this is another kind of file", where=path)


def _stream(path: str) -> Path | BinaryIO:
    return sys.stdin.buffer if path == files.STANDARD_INPUT else Path(path)


def judge_octets(
    path: str, content: bytes, form: str, context: Context, *, tree: bool = True
) -> tuple[JudgedFile, ...]:
    """The content of a file judged as one of ``FORMATS``; GbcscheckError where it is none of it."""
    if form == "message":
        return _judge_messages(path, content, context, tree)
    if form == "axdr":
        return (_judge_bare(path, content, context, tree),)
    if form == "configurations":
        return (_judge_lines(path, io.BytesIO(content), context, tree),)
    if form in ("duis", "mmc", "dcc"):
        return tuple(_judge_xml(path, content, form, context, tree))
    return (_judge_document(path, content, form, context, tree),)


def _judge_document(path: str, content: bytes, form: str, context: Context, tree: bool) -> JudgedFile:
    """A document that is judged as a whole; GbcscheckError where it cannot be decoded."""
    record = context.record(path, tree=tree)
    reason = _document_judge(form)(path, content, context, record).reason
    asked = context.choices.gbcs if form == "objects" else ""
    judged_as = f"GBCS {asked}" if asked else f"release {context.catalogue.release.name}"
    return judged(path, form, reason, b"", record, None, judged_as)


DocumentJudge = Callable[[str, bytes, Context, FileRecord], "ConfigurationVerdict"]


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


def _judge_xml(path: str, content: bytes, form: str, context: Context, tree: bool) -> Iterator[JudgedFile]:
    """A request or a response as XML, and the messages that it holds."""
    from gbcscheck.device.documents.judge import judge_document
    from gbcscheck.device.documents.payloads import messages_of
    from gbcscheck.inputs.xml_safe import parse_xml

    record = context.record(path, tree=tree)
    document = parse_xml(content, where=path)
    within = list(messages_of(document, where=path))
    verdict = judge_document(form, document, within, context, record)
    told = judged(path, form, verdict.reason, b"", record, None, verdict.judged_as)
    yield replace(told, use_case=verdict.use_case, service_reference=verdict.service_reference)
    if form == "dcc" and len(within) == 1 and isinstance(within[0], HexMessage):
        yield judge_message(path, within[0].octets, context, tree=tree)
    else:
        yield from _judge_each(path, within, context, tree)


def _messages_within(path: str, content: bytes) -> Iterator[Captured]:
    from gbcscheck.device.documents.payloads import messages_of
    from gbcscheck.inputs.xml_safe import parse_xml

    return messages_of(parse_xml(content, where=path), where=path)


def _judge_lines(path: str, source: Path | BinaryIO, context: Context, tree: bool) -> JudgedFile:
    """A file of JSON lines, read line by line; lines that are no JSON are its problem, and the others are judged."""
    from gbcscheck.device.configuration.read import judge_json_lines

    record = FileRecord(path, tree=tree)
    form, judged_as = "configurations", f"release {context.catalogue.release.name}"
    try:
        reason = judge_json_lines(path, source, context, record).reason
    except Problems as error:
        count = len(error.problems)
        reason = f"{count} line{'s'[: count != 1]} of it cannot be decoded"
        return replace(judged(path, form, reason, b"", record, None), problem=error)
    return judged(path, form, reason, b"", record, None, judged_as)


# --- messages and bare A-XDR -----------------------------------------------------------------------------------------


def _judge_messages(path: str, content: bytes, context: Context, tree: bool) -> tuple[JudgedFile, ...]:
    text = files.text_of(content)
    if text is None or files.is_binary_message(content):
        several = captures_of_octets(content, where=path)
        if len(several) == 1:
            return (judge_message(path, content, context, tree=tree),)
        numbered = (HexMessage(one, n) if isinstance(one, bytes) else one for n, one in enumerate(several, start=1))
        return tuple(_judge_each(path, numbered, context, tree))
    found = _messages_of(text.lstrip("\ufeff"), path)
    if len(found) == 1 and isinstance(found[0], HexMessage):
        return (judge_message(path, found[0].octets, context, tree=tree),)
    return tuple(_judge_each(path, found, context, tree))


def messages_in(path: str, content: bytes) -> list[bytes]:
    """The octets of the messages that a file holds, those within the elements of a document too."""
    text = files.text_of(content)
    if text is None or files.is_binary_message(content):
        return [one for one in captures_of_octets(content, where=path) if isinstance(one, bytes)]
    text = text.lstrip("\ufeff")
    found = _messages_within(path, content) if text.lstrip().startswith("<") else _messages_of(text, path)
    return [one.octets for one in found if isinstance(one, HexMessage)]


def _messages_of(text: str, path: str) -> Sequence[Captured]:
    """The messages of a text: hexadecimal and nothing else, or among other things."""
    if text.lstrip().startswith("<") and (captured := list(captures_of_xml(text, where=path))):
        return captured
    plain = messages_of(text, where=path)
    if len(plain) > 1 or (isinstance(plain[0], HexMessage) and files.is_binary_message(plain[0].octets)):
        return plain
    captured = list(captures_of(text, where=path))
    return captured if any(isinstance(one, HexMessage) for one in captured) or is_dump(text) else plain


def _judge_each(path: str, found: Iterable[Captured], context: Context, tree: bool) -> Iterator[JudgedFile]:
    """The messages of a file that has several, each called by its line; a line without one is told."""
    for one in found:
        if isinstance(one, HexMessage):
            yield judge_message(f"{path}:{one.line}", one.octets, context, tree=tree)
        elif isinstance(one, NoMessage):
            which = f"{path}:{one.line}" if one.line == one.last else f"{path}:{one.line} to {one.last}"
            yield JudgedFile(which, "", judged=False, reason="a line without a GBCS message")
        elif isinstance(one, Beside):
            yield JudgedFile(f"{path}:{one.line}", "", judged=False, reason=one.reason)
        else:
            yield JudgedFile(one.where, "message", judged=False, reason=one.problem, problem=one)


def _judge_bare(path: str, content: bytes, context: Context, tree: bool) -> JudgedFile:
    from gbcscheck.device.bare import judge_attribute_octets, judge_payload_octets

    text = files.text_of(content)
    octets = content if text is None else read_octets_of(text.lstrip("\ufeff"), where=path)
    record = context.record(path, tree=tree)
    try:
        if context.choices.object:
            return judge_attribute_octets(octets, context, record)
        return judge_payload_octets(octets, context, record)
    except OctetsError as error:
        return unread(path, "axdr", str(error), octets, record)
