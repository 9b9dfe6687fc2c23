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

from gbcscheck.cosem.envelope import BEGINNINGS, end_of_message, read_envelope
from gbcscheck.cosem.errors import OctetsError, plural
from gbcscheck.device.hexfile import LOOKED_AT, HexMessage, digits_of
from gbcscheck.errors import UnreadableSource
from gbcscheck.limits import OCTETS

_BEGINNING = re.compile(rb"\xDD\0{6}|\xDF\x09(?:.{9}\x08.{8}\x08|(?=.{0,19}\Z))", re.DOTALL)
"""How a message begins within other octets: with a MAC header, or with a grouping header as far as the lengths of its
identifiers."""
_OCTETS = "(?:(?:0[xX])?[0-9A-Fa-f]{2})++(?![0-9A-Za-z])"
_RUN = re.compile(rf"(?<![0-9A-Za-z]){_OCTETS}(?:[ :,\-]{_OCTETS})*+")
"""Octets in hexadecimal, with one sign between any two at most. Nothing is tried again: a run may have millions."""
_BASE64 = re.compile(r"(?<![0-9A-Za-z+/])[0-9A-Za-z+/]{32,}={0,2}(?![0-9A-Za-z+/=])")
_DUMPED = re.compile(r"\s*([0-9A-Fa-f]{4,8})(:?)(?:\s+(\S.*))?")
"""A line of a dump: an offset, octets, and their characters (``hexdump -C``, ``xxd``, ``od -A x -t x1z``, the text
export of Wireshark)."""
_DUMPED_A_LINE = 16
_SIGNS = re.compile("[ :,\\-]")
_SHORTEST = 20
"""Fewer octets are no message."""
_BROKEN = re.compile(r"(?<![0-9A-Za-z])(?:[dD]{2}0{12}|[dD][fF]09)[0-9A-Fa-f]{16,}([G-Zg-z][0-9A-Za-z]{0,8})")
"""What begins as a message in hexadecimal without signs between the octets, and goes on with something else."""
_AND_SO_ON = ("\u2026", "...")
"""What a tool writes behind the first octets of some that it does not show (``tshark -V``): no message was cut."""
LONGEST_TOLD = 65_536
"""Octets of what is no message that are looked at to say why."""
_ELEMENT = re.compile(r">([0-9A-Za-z+/=\s]{32,})</")


class NoMessage(NamedTuple):
    """A line, from 1, in which there is no message; ``last`` is the last one where they are a dump."""

    line: int
    last: int


class Beside(NamedTuple):
    """A line with octets before, between or behind messages that belong to none of them, and how many."""

    line: int
    octets: int

    @property
    def reason(self) -> str:
        """What is said of them."""
        return f"{plural(self.octets, 'octet')} beside a GBCS message"


Captured = HexMessage | UnreadableSource | NoMessage | Beside


def captures_of(text: str, *, where: str) -> Iterator[Captured]:
    """The messages of a text in their order, each with its line; the error of each that is not whole, and every line
    without one. Empty lines are none."""
    if (octets := _from_base64("".join(text.split()))).startswith(BEGINNINGS):  # base64 alone, broken into lines
        yield from _messages_in(octets, text.count("\n", 0, len(text) - len(text.lstrip())) + 1, where)
        return
    dump = _Dump()
    for number, line in enumerate(text.split("\n"), start=1):
        if dump.takes(line, number):
            continue
        yield from dump.end(where)
        if dump.takes(line, number):
            continue
        yield from captures_in_line(line, number, where=where)
    yield from dump.end(where)


def captures_in_line(line: str, number: int, *, where: str) -> list[Captured]:
    """The messages of one line, or that it has none; nothing of an empty one."""
    return (list(_of_line(line, number, where)) or [NoMessage(number, number)]) if line.strip() else []


def is_of_dump(line: str) -> bool:
    """Whether a line may be one of a dump."""
    found = _DUMPED.fullmatch(line.rstrip())
    return found is not None and len(_dumped(found.group(3), has_colon=bool(found.group(2)))) > 1


def captures_of_xml(text: str, *, where: str) -> Iterator[Captured]:
    """The messages that elements of an XML document hold as base64, each with the line on which it begins."""
    for element in _ELEMENT.finditer(text):
        written = element.group(1)
        octets = _from_base64("".join(written.split()))
        if octets.startswith(BEGINNINGS):
            blank = len(written) - len(written.lstrip())
            number = text.count("\n", 0, element.start(1) + blank) + 1
            yield from _messages_in(octets, number, where)


def captures_of_octets(octets: bytes, *, where: str) -> list[bytes | UnreadableSource]:
    """The messages that stand behind one another in some octets, and the error of what begins as one behind them and is
    not whole; all of the octets as one where they are anything else."""
    found: list[bytes | UnreadableSource] = []
    at = 0
    while at < len(octets):
        message = _read_at(octets, at, end_of_message(octets, at))
        if not isinstance(message, OctetsError):
            found.append(message)
            at += len(message)
        elif found and octets.startswith(BEGINNINGS, at):
            place = f"{where}:{len(found) + 1}"
            return [
                *found,
                UnreadableSource(f"a message begins at octet {at} that is not whole: {message}", where=place),
            ]
        else:
            return [octets]
    return found


def is_dump(text: str) -> bool:
    """Whether a text begins as a dump: its first two lines that are not empty are the first of one."""
    dump = _Dump()
    lines = [line for line in text[:LOOKED_AT].split("\n") if line.strip()][:2]
    return len(lines) == 2 and all(dump.takes(line, number) for number, line in enumerate(lines, start=1))


def has_captures(text: str) -> bool:
    """Whether there is a message in a text, or what begins as one."""
    return any(not isinstance(one, NoMessage) for one in captures_of(text, where=""))


def _of_line(line: str, number: int, where: str) -> Iterator[Captured]:
    runs = [run for run in _RUN.finditer(line) if run.end() - run.start() >= 2 * _SHORTEST]
    for run in runs:
        found = _of_run(run.group(), number, where)
        is_cut = line.startswith(_AND_SO_ON, run.end())
        yield from (one for one in found if not (is_cut and isinstance(one, UnreadableSource)))
    known = {run.start() for run in runs}
    for token in _BROKEN.finditer(line):
        if token.start() not in known:
            why = f'"{token[1]}" behind its octets is no hexadecimal digit'
            yield UnreadableSource(f"a message begins here that is not whole: {why}", where=f"{where}:{number}")
    for token in _BASE64.finditer(line):
        in_digits = any(run.start() <= token.start() < run.end() for run in runs)
        octets = b"" if in_digits else _from_base64(token.group())
        if octets.startswith(BEGINNINGS):
            yield from _messages_in(octets, number, where)


def _of_run(run: str, number: int, where: str) -> list[Captured]:
    """The messages of octets in hexadecimal with one sign between them at most: what stands between these signs may be
    cells of a table, where the octets are not all of messages."""
    digits = run if run.isalnum() and "x" not in run and "X" not in run else digits_of(run)
    found = list(_messages_in(bytes.fromhex(digits), number, where))
    if digits is run:
        return found
    cells = [digits_of(cell) for cell in _SIGNS.split(run)]
    if all(isinstance(one, HexMessage) for one in found) or max(map(len, cells)) < 2 * _SHORTEST:
        return found
    by_cell = [one for cell in cells for one in _messages_in(bytes.fromhex(cell), number, where)]
    return by_cell if any(isinstance(one, HexMessage) for one in by_cell) else found


def _from_base64(text: str) -> bytes:
    try:
        return binascii.a2b_base64(text, strict_mode=True)
    except (binascii.Error, ValueError):
        return b""


def _messages_in(octets: bytes, number: int, where: str) -> Iterator[Captured]:
    """The messages within some octets. Of those before, between and behind them the first that begins as one and is not
    whole is told; else how many there are between and behind."""
    at = gap = beside = 0
    found = told = False
    while (start := _next_start(octets, at)) is not None:
        end = end_of_message(octets, start)
        message = _read_at(octets, start, end)
        if isinstance(message, bytes):
            yield HexMessage(message, number)
            beside += start - gap if found and not told else 0
            at = gap = start + len(message)
            found, told = True, False
            continue
        if not told:
            yield UnreadableSource(f"a message begins here that is not whole: {message}", where=f"{where}:{number}")
            told = True
        at = start + 1
    beside += len(octets) - gap if found and not told else 0
    if beside:
        yield Beside(number, beside)


def _next_start(octets: bytes, at: int) -> int | None:
    if not at and octets.startswith(BEGINNINGS):
        return 0
    found = _BEGINNING.search(octets, at)
    return None if found is None else found.start()


def _read_at(octets: bytes, at: int, end: int | None) -> bytes | OctetsError:
    """The message that ends there; the error of the one that would have to where there is no such place."""
    message = octets[at : min(at + LONGEST_TOLD, len(octets))] if end is None else octets[at:end]
    try:
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
        self._gap = ""

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
            if self._lines and octets and offset:
                self._gap = f"; line {number} of the dump is at 0x{offset:X} where 0x{len(self._octets):X} was expected"
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
        octets, lines, gap = bytes(self._octets), self._lines, self._gap
        self._octets, self._lines, self._repeats, self._gap = bytearray(), [], False, ""
        for one in _messages_in(octets, lines[0], where) if lines else ():
            yield UnreadableSource(f"{one.problem}{gap}", where=one.where) if isinstance(one, UnreadableSource) else one
            lines = []
        if lines:
            yield NoMessage(lines[0], lines[-1])


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
