"""GBCS messages as hexadecimal text: one message in a file, or several, one a line or in blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gbcscheck.cosem.envelope import GROUPING_HEADER, MAC_HEADER, read_envelope
from gbcscheck.cosem.errors import OctetsError
from gbcscheck.errors import UnreadableSource

_BETWEEN = re.compile(r"0[xX]|[\s,:;\-]+")
"""What may stand between digits: a prefix, blanks and line breaks, and the marks that tools put between octets."""
LOOKED_AT = 2000
"""Characters of a text that are looked at to see whether it is hexadecimal with a fault."""
SHORTEST = 40
"""Fewer digits with a fault among them are not taken for hexadecimal; the header of a message alone has more."""
_NO_DIGIT = re.compile(r"[^0-9A-Fa-f\s]")
_FIRST = {f"{MAC_HEADER:02X}", f"{GROUPING_HEADER:02X}"}


class HexMessage(NamedTuple):
    """A message and the line (from 1) on which it begins."""

    octets: bytes
    line: int


def digits_of(text: str) -> str:
    """The text without prefixes and without what stands between the digits, in upper case."""
    return _BETWEEN.sub("", text).upper()


def is_hex(text: str) -> bool:
    """Whether a text is hexadecimal digits and what may stand between them, and holds at least two."""
    digits = digits_of(text)
    return len(digits) > 1 and not _NO_DIGIT.search(digits)


def is_nearly_hex(text: str) -> bool:
    """Whether a text is long and all but a few of its characters are hexadecimal digits: hexadecimal with a fault."""
    digits = digits_of(text[:LOOKED_AT])
    faults = len(_NO_DIGIT.findall(digits))
    return len(digits) >= SHORTEST and faults * 10 <= len(digits)


def means_a_message(text: str) -> bool:
    """Whether a text begins as a message in hexadecimal does, whatever follows: a damaged message is one."""
    first = digits_of(text.lstrip()[:40])
    return first[:2] in _FIRST and not _NO_DIGIT.search(first[:8])


def read_octets_of(text: str, *, where: str, line: int = 1) -> bytes:
    """The octets of a hexadecimal text; UnreadableSource names the line and column of what is no digit."""
    try:
        octets = bytes.fromhex(text)
    except ValueError:
        octets = b""
    if octets:
        return octets
    digits = digits_of(text)
    if not digits:
        raise UnreadableSource("there are no digits; hexadecimal text was expected", where=f"{where}:{line}")
    if _NO_DIGIT.search(digits):
        spared = _BETWEEN.sub(lambda found: " " * len(found.group()), text)
        fault = _NO_DIGIT.search(spared)
        if fault:
            number = line + text.count("\n", 0, fault.start())
            column = fault.start() - text.rfind("\n", 0, fault.start())
            sign = fault.group()
            shown = f'"{sign}"' if sign.isprintable() else f"U+{ord(sign):04X}"
            raise UnreadableSource(
                f"{shown} is no hexadecimal digit; 0 to 9 and A to F were expected", where=f"{where}:{number}:{column}"
            )
    if len(digits) % 2:
        raise UnreadableSource(
            f"{len(digits):,} hexadecimal digits: half an octet is missing or too many", where=f"{where}:{line}"
        )
    return bytes.fromhex(digits)


def messages_of(text: str, *, where: str) -> list[HexMessage | UnreadableSource]:
    """The messages of a hexadecimal text in their order; the error of each that is no hexadecimal in its place.

    The whole text is one message where it reads as one; else each line is one, or each block between empty lines,
    where every one of them begins as a message does; else the whole text is one that is damaged.
    """
    whole = octets_or_error(text, where, 1)
    if "\n" not in text.strip() or _is_whole(whole):
        return [_at_first_line(whole, text)]
    for parts in (_lines(text), _blocks(text)):
        found = list(parts)
        if len(found) > 1 and all(digits_of(part.lstrip()[:8])[:2] in _FIRST for part, _ in found):
            return [octets_or_error(part, where, line) for part, line in found]
    return [_at_first_line(whole, text)]


def _at_first_line(message: HexMessage | UnreadableSource, text: str) -> HexMessage | UnreadableSource:
    """A message that begins behind empty lines, with its line."""
    if isinstance(message, UnreadableSource):
        return message
    blank = len(text) - len(text.lstrip())
    return message._replace(line=text.count("\n", 0, blank) + 1)


def octets_or_error(text: str, where: str, line: int) -> HexMessage | UnreadableSource:
    """The message that begins on a line, or the error of what is none."""
    try:
        return HexMessage(read_octets_of(text, where=where, line=line), line)
    except UnreadableSource as error:
        return error


def _is_whole(message: HexMessage | UnreadableSource) -> bool:
    if isinstance(message, UnreadableSource):
        return False
    try:
        read_envelope(message.octets)
    except OctetsError:
        return False
    return True


def _lines(text: str) -> Iterator[tuple[str, int]]:
    return ((line, number) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def _blocks(text: str) -> Iterator[tuple[str, int]]:
    """The parts of a text between empty lines, each with the line on which it begins."""
    lines: list[str] = []
    start = 1
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line.strip():
            start = start if lines else number
            lines.append(line)
        elif lines:
            yield "\n".join(lines), start
            lines = []
