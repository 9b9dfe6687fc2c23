"""GBCS messages where they are: in the lines of a log or a table of captures, in dumps of octets, as base64 in lines or
in an XML document, and several behind one another in a binary file.

A message is what can be read as one from its first octet to its last (``cosem.envelope``): nothing is taken for one by
its looks. What begins as one and is not whole is told with its line, and a line in which there is none is named.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

from gbcscheck.cosem.envelope import GROUPING_HEADER, MAC_HEADER, read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.cosem.lengths import read_length
from gbcscheck.device.hexfile import HexMessage, digits_of
from gbcscheck.errors import UnreadableSource
from gbcscheck.limits import OCTETS

_STARTS = (bytes((MAC_HEADER, 0, 0, 0, 0, 0, 0)), bytes((GROUPING_HEADER, 9)))
"""How a message begins: with a MAC header, or with a grouping header and the length of the transaction identifier."""
_OCTET = "(?:0[xX])?[0-9A-Fa-f]{2}"
_RUN = re.compile(rf"(?<![0-9A-Za-z]){_OCTET}(?:[ :,\-]?{_OCTET}){{19,}}(?![0-9A-Za-z])")
"""Octets in hexadecimal, with one sign between any two at most."""
_BASE64 = re.compile(r"(?<![0-9A-Za-z+/])[0-9A-Za-z+/]{32,}={0,2}(?![0-9A-Za-z+/=])")
_DUMPED = re.compile(r"\s*([0-9A-Fa-f]{4,8})(:?)(?:\s+(\S.*))?")
"""A line of a dump: an offset, octets, and their characters (``hexdump -C``, ``xxd``, ``od -A x -t x1z``, the text
export of Wireshark)."""
_DUMPED_A_LINE = 16
_ELEMENT = re.compile(r">([0-9A-Za-z+/=\s]{32,})</")


class NoMessage(NamedTuple):
    """A line, from 1, in which there is no message; ``last`` is the last one where they are a dump."""

    line: int
    last: int


Captured = HexMessage | UnreadableSource | NoMessage


def captures_of(text: str, *, where: str) -> Iterator[Captured]:
    """The messages of a text in their order, each with its line; the error of each that is not whole, and every line
    without one. Empty lines are none."""
    if (octets := _from_base64("".join(text.split()))).startswith(_STARTS):  # base64 alone, broken into lines
        yield from _messages_in(octets, text.count("\n", 0, len(text) - len(text.lstrip())) + 1, where)
        return
    dump = _Dump()
    for number, line in enumerate(text.split("\n"), start=1):
        if dump.takes(line, number):
            continue
        yield from dump.end(where)
        if dump.takes(line, number):
            continue
        if line.strip():
            found = list(_of_line(line, number, where))
            yield from found or [NoMessage(number, number)]
    yield from dump.end(where)


def captures_of_xml(text: str, *, where: str) -> Iterator[Captured]:
    """The messages that elements of an XML document hold as base64, each with the line on which it begins."""
    for element in _ELEMENT.finditer(text):
        written = element.group(1)
        octets = _from_base64("".join(written.split()))
        if octets.startswith(_STARTS):
            blank = len(written) - len(written.lstrip())
            number = text.count("\n", 0, element.start(1) + blank) + 1
            yield from _messages_in(octets, number, where)


def captures_of_octets(octets: bytes, *, where: str) -> list[bytes]:
    """The messages that stand behind one another in some octets, which they fill; all of them as one where they do
    not."""
    found: list[bytes] = []
    at = 0
    while at < len(octets):
        message = _whole_at(octets, at)
        if isinstance(message, OctetsError):
            return [octets]
        found.append(message)
        at += len(message)
    return found


def has_captures(text: str) -> bool:
    """Whether there is a message in a text, or what begins as one."""
    return any(not isinstance(one, NoMessage) for one in captures_of(text, where=""))


def _of_line(line: str, number: int, where: str) -> Iterator[Captured]:
    for run in _RUN.finditer(line):
        yield from _messages_in(bytes.fromhex(digits_of(run.group())), number, where)
    for token in _BASE64.finditer(line):
        octets = _from_base64(token.group())
        if octets.startswith(_STARTS):
            yield from _messages_in(octets, number, where)


def _from_base64(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except (binascii.Error, ValueError):
        return b""


def _messages_in(octets: bytes, number: int, where: str) -> Iterator[Captured]:
    """The messages within some octets; where there is none, the fault of the first that begins."""
    at, faults, whole = 0, [], False
    while (start := _next_start(octets, at)) is not None:
        message = _whole_at(octets, start)
        if isinstance(message, OctetsError):
            faults.append(message)
            at = start + 1
        else:
            yield HexMessage(message, number)
            at, whole = start + len(message), True
    if faults and not whole:
        yield UnreadableSource(f"a message begins here that is not whole: {faults[0]}", where=f"{where}:{number}")


def _next_start(octets: bytes, at: int) -> int | None:
    return min((found for start in _STARTS if (found := octets.find(start, at)) >= 0), default=None)


def _whole_at(octets: bytes, at: int) -> bytes | OctetsError:
    """The message that begins there: of the length that its MAC header promises, else all that is left."""
    message = octets[at:]
    try:
        if message.startswith(_STARTS[0]):
            length, begin = read_length(message, 7, len(message))
            message = message[: begin + length]
        read_envelope(message)
    except OctetsError as error:
        return error
    return message


class _Dump:
    """The lines of a dump, gathered while each goes on where the one before it ends."""

    def __init__(self) -> None:
        self._octets = bytearray()
        self._lines: list[int] = []
        self._repeats = False

    def takes(self, line: str, number: int) -> bool:
        """Whether a line begins a dump, or goes on with the one that has begun."""
        if self._lines and line.strip() == "*":
            self._repeats = True
            return True
        found = _DUMPED.fullmatch(line.rstrip())
        if found is None:
            return False
        offset, octets = int(found.group(1), 16), _dumped(found.group(3), has_colon=bool(found.group(2)))
        if self._repeats and offset > len(self._octets):
            self._repeat(offset)
        if offset != len(self._octets) or not (octets or self._lines):
            return False
        self._octets += octets
        self._lines.append(number)
        return True

    def _repeat(self, offset: int) -> None:
        """``hexdump`` writes one star for lines that are the same as the one above them."""
        above = bytes(self._octets[-_DUMPED_A_LINE:])
        count, rest = divmod(offset - len(self._octets), _DUMPED_A_LINE)
        if not rest and offset <= OCTETS.most:
            self._octets += above * count
        self._repeats = False

    def end(self, where: str) -> Iterator[Captured]:
        """The messages of the dump that has ended; afterwards there is none."""
        octets, lines = bytes(self._octets), self._lines
        self._octets, self._lines, self._repeats = bytearray(), [], False
        if lines:
            yield from list(_messages_in(octets, lines[0], where)) or [NoMessage(lines[0], lines[-1])]


def _dumped(text: str | None, *, has_colon: bool) -> bytes:
    """The octets of a line of a dump without their characters, which stand behind a bar or an angle, or behind the
    blanks that no two octets have between them; none of a line that is the last offset alone."""
    if text is None:
        return b""
    for begin, end in ((" |", "|"), ("  >", "<")):
        if text.endswith(end) and begin in text:
            text = text.partition(begin)[0]
    text = re.split(r"\s{2,}" if has_colon else r"\s{3,}", text)[0]
    digits = "".join(text.split())
    try:
        return bytes.fromhex(digits) if len(digits) <= 64 else b""
    except ValueError:
        return b""
