"""The DER of the ASN.1 payloads of GBCS messages (ITU-T X.690): tags, lengths and simple values, each with its place.

What a sequence stands for is not told here. Every rule of DER that can be looked at without that is held: definite
lengths, parts that fill what is around them, shortest integers, truth as 0x00 or 0xFF, times in UTC. A length in more
octets than it needs is read and marked: published test messages have such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from gbcscheck.cosem.errors import OctetsError, left, plural

DEEPEST = 32
"""Levels of elements within one another that are read; those of GBCS have less than ten."""
CLASSES = ("", "APPLICATION ", "", "PRIVATE ")
"""What stands before the number of a tag: universal tags have names, and a context's own have none."""
CONSTRUCTED, LONG_NUMBER = 0x20, 0x1F
SEQUENCE, SET = 16, 17
NAMES: Mapping[int, str] = {
    1: "BOOLEAN",
    2: "INTEGER",
    3: "BIT STRING",
    4: "OCTET STRING",
    5: "NULL",
    6: "OBJECT IDENTIFIER",
    10: "ENUMERATED",
    12: "UTF8String",
    SEQUENCE: "SEQUENCE",
    SET: "SET",
    19: "PrintableString",
    22: "IA5String",
    23: "UTCTime",
    24: "GeneralizedTime",
    30: "BMPString",
}
"""The universal types that are read (X.680 8.4); another one is told by its number."""


class NoSuchTime(str):
    """A time in the form of DER that no calendar or clock has: 30 February, 25 o'clock."""

    __slots__ = ()


class Element(NamedTuple):
    """An element: its type or tag, its value (None for one with parts), the offsets of its first octet, of its content
    and behind it, its parts, whether its length is written in as few octets as can be, and whether all lengths in it
    are."""

    name: str
    value: object
    offset: int
    start: int
    end: int
    parts: tuple[Element, ...] = ()
    is_shortest: bool = True
    are_shortest: bool = True


def read_der(octets: bytes, at: int, end: int, depth: int = 0) -> Element:
    """The element that begins at an offset and ends at ``end`` at the latest; OctetsError where it is no DER."""
    if depth > DEEPEST:
        raise OctetsError(f"more than {DEEPEST} levels of elements within one another", at)
    if at + 1 < end and octets[at] & LONG_NUMBER != LONG_NUMBER and octets[at + 1] < 0x80:  # almost all elements
        first, number, length, start, shortest = octets[at], octets[at] & LONG_NUMBER, octets[at + 1], at + 2, True
    else:
        first, number, behind = _tag(octets, at, end)
        length, start, shortest = _length(octets, behind, end)
    if length > end - start:
        raise OctetsError(f"an element of {plural(length, 'octet')} was expected, {left(end - start)}", at)
    stop, is_universal = start + length, first < 0x40
    name = NAMES.get(number, f"[UNIVERSAL {number}]") if is_universal else f"[{CLASSES[first >> 6]}{number}]"
    if first & CONSTRUCTED:
        if is_universal and number not in (SEQUENCE, SET):
            raise OctetsError(f"{name} with parts; in DER it has its value itself", at)
        parts = _parts(octets, start, stop, depth)
        every = shortest and all(part.are_shortest for part in parts)
        return Element(name, None, at, start, stop, parts, shortest, every)
    if is_universal and number in (SEQUENCE, SET):
        raise OctetsError(f"{name} without the mark of having parts", at)
    read = _VALUES.get(number) if is_universal else None
    content = octets[start:stop]
    value = content if read is None else read(content, start)
    return Element(name, value, at, start, stop, (), shortest, shortest)


def as_type(element: Element, name: str, octets: bytes) -> Element:
    """An element with a tag of its own (``[3]``) as one of the universal type that it stands for; OctetsError where its
    content is none of that type."""
    with_parts = name in (NAMES[SEQUENCE], NAMES[SET])
    if with_parts != (element.value is None):
        raise OctetsError(f"{name} with{'out' if with_parts else ''} the mark of having parts", element.offset)
    if with_parts:
        return element._replace(name=name)
    number = next(number for number, one in NAMES.items() if one == name)
    read = _VALUES.get(number)
    content = octets[element.start : element.end]
    return element._replace(name=name, value=content if read is None else read(content, element.start))


def _parts(octets: bytes, at: int, end: int, depth: int) -> tuple[Element, ...]:
    found = []
    while at < end:
        found.append(read_der(octets, at, end, depth + 1))
        at = found[-1].end
    return tuple(found)


def _tag(octets: bytes, at: int, end: int) -> tuple[int, int, int]:
    """The first octet of a tag, its number, and the offset behind it."""
    if at >= end:
        raise OctetsError("the octets end where a tag was expected", at)
    first = octets[at]
    if first & LONG_NUMBER != LONG_NUMBER:
        return first, first & LONG_NUMBER, at + 1
    number, behind = 0, at + 1
    while True:
        if behind >= end or behind > at + 4:
            raise OctetsError("a tag of at most four octets was expected", at)
        number, more = number << 7 | octets[behind] & 0x7F, octets[behind] & 0x80
        behind += 1
        if not more:
            return first, number, behind


def _length(octets: bytes, at: int, end: int) -> tuple[int, int, bool]:
    """A length, the offset behind it, and whether it is written in as few octets as can be (X.690 10.1)."""
    if at >= end:
        raise OctetsError("the octets end where a length was expected", at)
    first = octets[at]
    if first < 0x80:
        return first, at + 1, True
    size, start = first & 0x7F, at + 1
    if not 1 <= size <= 4:
        raise OctetsError(f"0x{first:02X} begins no length of DER", at)
    if end - start < size:
        raise OctetsError(f"a length of {plural(size, 'octet')} was expected, {left(end - start)}", at)
    length = int.from_bytes(octets[start : start + size], "big")
    return length, start + size, length >= 0x80 and length >> 8 * (size - 1) != 0


# --- simple values ---------------------------------------------------------------------------------------------------


def _integer(content: bytes, at: int) -> int:
    if not content:
        raise OctetsError("an INTEGER without an octet", at)
    if len(content) > 1 and content[0] in (0x00, 0xFF) and content[0] >> 7 == content[1] >> 7:
        raise OctetsError("an INTEGER in more octets than it needs", at)
    return int.from_bytes(content, "big", signed=True)


def _boolean(content: bytes, at: int) -> bool:
    if content not in (b"\x00", b"\xff"):
        raise OctetsError("a BOOLEAN is 0x00 or 0xFF", at)
    return content == b"\xff"


def _null(content: bytes, at: int) -> None:
    if content:
        raise OctetsError("a NULL has no content", at)


def _bits(content: bytes, at: int) -> bytes:
    if not content or content[0] > 7 or (content[0] and len(content) == 1):
        raise OctetsError("a BIT STRING begins with how many bits of its last octet are unused", at)
    if content[0] and content[-1] & (1 << content[0]) - 1:
        raise OctetsError("unused bits of a BIT STRING are 0", at)
    return content[1:]


def _identifier(content: bytes, at: int) -> str:
    numbers, number = [], 0
    for place, octet in enumerate(content):
        if not number and octet == 0x80:
            raise OctetsError("a number of an OBJECT IDENTIFIER in more octets than it needs", at + place)
        number = number << 7 | octet & 0x7F
        if not octet & 0x80:
            numbers.append(number)
            number = 0
    if not numbers or content[-1] & 0x80:
        raise OctetsError("an OBJECT IDENTIFIER that ends within a number, or has none", at)
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def _text(encoding: str) -> Callable[[bytes, int], str]:
    def read(content: bytes, at: int) -> str:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            raise OctetsError(f"no text in {encoding}", at + error.start) from None

    return read


def _time(pattern: str, form: str) -> Callable[[bytes, int], str]:
    def read(content: bytes, at: int) -> str:
        text = content.decode("ascii", "replace")
        found = re.fullmatch(pattern, text, re.ASCII)
        if found is None:
            raise OctetsError("no time of DER: digits to the second and a Z", at)
        try:
            datetime.strptime(found[1], form)
        except ValueError:
            return NoSuchTime(text)
        return text

    return read


_VALUES: Mapping[int, Callable[[bytes, int], object]] = {
    1: _boolean,
    2: _integer,
    3: _bits,
    5: _null,
    6: _identifier,
    10: _integer,
    12: _text("utf-8"),
    19: _text("ascii"),
    22: _text("ascii"),
    23: _time(r"(\d{12})Z", "%y%m%d%H%M%S"),
    24: _time(r"(\d{14})(?:\.\d*[1-9])?Z", "%Y%m%d%H%M%S"),
    30: _text("utf-16-be"),
}
