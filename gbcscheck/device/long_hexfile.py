"""Long files of GBCS messages, one a line, and long logs: read line by line, in memory that does not grow with the
file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from gbcscheck.cosem.envelope import read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.device.captures import Captured, captures_in_line, is_of_dump
from gbcscheck.device.hexfile import HexMessage, octets_or_error
from gbcscheck.errors import GbcscheckError, UnreadableSource
from gbcscheck.inputs.files import open_regular

SHORT = 64 * 1024
"""Octets of a file that may be read whole."""
LONG = 1_000_000
"""Octets of a log that is read whole at most."""
FIRST_LINES = 200
"""Lines of a log of which one has a message at least."""
_BEGINNINGS = (b"DD", b"DF", b"dd", b"df", b"Dd", b"Df", b"dD", b"dF")
"""The first digits of a message: those of its MAC header, or of its grouping header."""
_TEXT = bytes((0x09, 0x0D, *range(0x20, 0x7F)))
"""Octets of a line that mean the same whatever the encoding of the file."""


def has_a_message_a_line(path: str, size: int) -> bool:
    """Whether a file of so many octets is long and has a message on each of its lines, none of them longer than what is
    read whole: such a file may be as long as it likes.

    Only what ``hexfile.messages_of`` would say of the whole text counts: every line begins as a message does, and the
    first line is a whole message, so that all of them together are none.
    """
    if size <= SHORT:
        return False
    try:
        with open_regular(Path(path), where=path) as stream:
            return _has_a_message_a_line(stream)
    except GbcscheckError:
        return False


def _has_a_message_a_line(stream: BinaryIO) -> bool:
    count = 0
    for line in _lines(stream):
        if len(line) > SHORT:
            return False
        if not line.strip():
            if line.strip(b" \t\r"):
                return False
            continue
        if not line.lstrip().startswith(_BEGINNINGS) or line.translate(None, _TEXT):
            return False
        if not count and not _is_message(line):
            return False
        count += 1
    return count > 1


def _is_message(line: bytes) -> bool:
    try:
        read_envelope(bytes.fromhex(line.decode("ascii")))
    except (ValueError, OctetsError):
        return False
    return True


def is_long_log(path: str, size: int) -> bool:
    """Whether a file of so many octets is a long text with messages in its lines, among other things. It has no dump,
    whose lines belong together, and begins neither as XML nor as base64 alone: one of its first lines has a message."""
    if size <= LONG:
        return False
    try:
        with open_regular(Path(path), where=path) as stream:
            return _is_log(stream)
    except GbcscheckError:
        return False


def _is_log(stream: BinaryIO) -> bool:
    found = False
    for number, octets in enumerate(_lines(stream)):
        line = octets.decode("utf-8", "replace")
        if len(octets) > SHORT or "\0" in line or is_of_dump(line) or (not number and line.lstrip().startswith("<")):
            return False
        if not found:
            found = any(isinstance(one, HexMessage) for one in captures_in_line(line, 1, where=""))
            if not found and number > FIRST_LINES:
                return False
    return found


class Stretch(NamedTuple):
    """Some lines of a file: the octets before them, how many octets they are, the number of the first (from 1), and
    whether messages stand among other things in them."""

    offset: int
    octets: int
    line: int
    is_log: bool = False


def stretches_of(path: str, messages: int, *, is_log: bool = False) -> Iterator[Stretch]:
    """A file that has a message a line, or a log, in stretches of so many lines. Where it cannot be read any more they
    end, with one that has nothing but says why when its messages are asked for."""
    offset, line = 0, 1
    try:
        with open_regular(Path(path), where=path) as stream:
            lines = iter(partial(stream.readline, SHORT + 2), b"")
            while octets := [len(one) for one in islice(lines, messages)]:
                yield Stretch(offset, sum(octets), line, is_log)
                offset += sum(octets)
                line += len(octets)
    except GbcscheckError:
        yield Stretch(offset, 1, line, is_log)


def messages_in(path: str, stretch: Stretch) -> Iterator[Captured]:
    """The messages of a stretch of a file, in their order, and in its place what is told of a line without one; the
    error of each that is no hexadecimal, and one at the end where the file cannot be read any more or has grown
    short."""
    try:
        with open_regular(Path(path), where=path) as stream:
            stream.seek(stretch.offset)
            content = stream.read(stretch.octets)
        if len(content) < stretch.octets:
            raise UnreadableSource("it has become shorter while it was read", where=path)
    except GbcscheckError as error:
        yield UnreadableSource(error.problem, where=error.where)
        return
    for number, line in enumerate(content.split(b"\n"), start=stretch.line):
        if stretch.is_log:
            text = line.decode("utf-8", "replace").rstrip("\r")
            yield from captures_in_line(text.removeprefix("\ufeff"), number, where=path)
        elif line.strip():
            yield octets_or_error(line.decode("ascii", "replace"), path, number)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a file without their line feeds."""
    while line := stream.readline(SHORT + 2):
        yield line.removesuffix(b"\n")
