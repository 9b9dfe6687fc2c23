"""The GBCS GBZ sheet, the byte layout of gas messages: elements, values, octets and components.

Numbers are those of the field: a hexadecimal value is a whole number unless the element is a string. The octets of a
string count the octet of its length that stands before it, its domain does not.
"""

from __future__ import annotations

from functools import cache

from gbcscheck.domains import ANY, Domain, integers, octets, points, union
from gbcscheck.frozen import frozen
from gbcscheck.notation.grammars import Builders, Refusal, methods, note_text, read, whole_number
from gbcscheck.notation.zcl_type import ZclType, read_zcl_type

FREE = "free"
CONSTANT = "constant"
CHOICE = "choice"
RANGE = "range"
MINIMUM = "minimum"
TIME = "time"
CONCATENATION = "concatenation"
LENGTH = "length"
IDENTIFIER = "identifier"
OPTIONAL_OCTETS = "empty or fixed length"

WIDEST_NUMBER = 4
"""An element without a type that takes at most so many octets is read as a whole number (headers, counters)."""


@frozen
class GbzElement:
    """A field's name, its type where the cell gives one, and whether an unsuccessful response leaves it out."""

    name: str
    data_type: ZclType | None = None
    omitted_if_unsuccessful: bool = False


@frozen
class GbzValue:
    """What a field may hold.

    ``domain`` holds the values as written, even where the octets could not hold them all. ``meanings`` are values with
    what the cell says of them; ``prefix`` the fixed octets that a concatenation begins with; ``content`` names what
    stands in the field (``Meter entity ID``). Of strings that are empty or of one length, and of concatenations, the
    domain gives the shortest and the longest: the column ``octets`` has the numbers of octets exactly.
    """

    reading: str
    domain: Domain
    meanings: tuple[tuple[int, str], ...] = ()
    prefix: bytes = b""
    content: str = ""
    note: str = ""


@frozen
class GbzComponent:
    """A command of a message, or what stands in its place, and how many of it there are (at most any where None)."""

    name: str
    fewest: int = 1
    most: int | None = 1


@cache
def read_gbz_element(text: str) -> GbzElement:
    """Read a cell of the column ``element``. Raises NotationError."""
    element: GbzElement = read("gbz_element", text, _ELEMENT, _WORDS)
    return element


@cache
def read_gbz_octets(text: str) -> tuple[int, ...]:
    """Read a cell of the column ``octets``: the numbers of octets that a field may take, none where any may do.

    Raises NotationError.
    """
    counts: tuple[int, ...] = read("gbz_octets", text, _OCTETS, _WORDS)
    return counts


def octets_domain(counts: tuple[int, ...]) -> Domain:
    """The numbers of octets as a domain."""
    return points(counts) if counts else integers(0, None)


@cache
def read_gbz_component(text: str) -> GbzComponent:
    """Read a cell of the column ``component``. Raises NotationError."""
    component: GbzComponent = read("gbz_component", text, _COMPONENT, _WORDS)
    return component


@cache
def read_gbz_value(text: str, data_type: ZclType | None = None, counts: tuple[int, ...] = ()) -> GbzValue | None:
    """Read a cell of the column ``value`` of an element of this type and these numbers of octets; nothing where it is
    blank or a dash. Raises NotationError."""
    if text.strip() in ("", "-", "--"):
        return None
    value: GbzValue = read("gbz_value", text, methods(_Value(data_type, counts)), _WORDS)
    return value


def _element(*parts: str) -> GbzElement:
    named = {getattr(part, "type", "NAME"): part for part in parts}
    data_type = read_zcl_type(note_text(named["TYPE"])) if "TYPE" in named else None
    return GbzElement(" ".join(named["NAME"].split()), data_type, "OMITTED" in named)


def _counts(*counts: str) -> tuple[int, ...]:
    return tuple(sorted({int(count) for count in counts}))


def _between(low: str, high: str) -> tuple[int, int]:
    if int(low) > int(high):
        raise Refusal(high, f"there cannot be from {low} to {high} instances")
    return int(low), int(high)


_ELEMENT: Builders = {"start": _element}

_OCTETS: Builders = {"any_number": lambda: (), "counts": _counts}

_COMPONENT: Builders = {
    "component": lambda name, occurs=(1, 1): GbzComponent(str(name), *occurs),
    "alternative": lambda when: GbzComponent("Alternate response", 0, None),
    "exactly": lambda count: (int(count), int(count)),
    "between": _between,
    "at_least": lambda count: (int(count), None),
}


class _Value:
    """What each rule of the values' grammar stands for, in an element of one type and numbers of octets."""

    def __init__(self, data_type: ZclType | None, counts: tuple[int, ...]) -> None:
        self._type = data_type
        self._counts = counts
        if data_type is None and len(counts) == 1 and 0 < counts[0] <= WIDEST_NUMBER:
            self._type = ZclType("", counts[0])

    def free(self, note: str = "()") -> GbzValue:
        return GbzValue(FREE, self._every(), note=note_text(note))

    def noted(self, number: str, note: str = "()") -> tuple[str, str]:
        return number, note_text(note)

    def choice(self, *stated: tuple[str, str]) -> GbzValue:
        reading = CONSTANT if len(stated) == 1 else CHOICE
        if self._type is not None and self._type.is_string:
            return GbzValue(reading, _any_of([self._content(written) for written, _ in stated]))
        numbers = [(self._number(written), meaning) for written, meaning in stated]
        return GbzValue(
            reading, points([n for n, _ in numbers]), tuple(labelled for labelled in numbers if labelled[1])
        )

    def span(self, low: str, high: str) -> GbzValue:
        first, last = self._end(low), self._end(high)
        if first > last:
            raise Refusal(high, f"a range from {low} cannot end at {high}")
        return GbzValue(RANGE, integers(first, last))

    def open_span(self, low: str) -> GbzValue:
        return GbzValue(RANGE, integers(self._end(low), self._largest()))

    def minimum(self, fixed: str, remainder: str) -> GbzValue:
        return GbzValue(MINIMUM, integers(self._end(fixed), self._largest()), note=str(remainder))

    def prefixed(self, prefix: str, content: str) -> GbzValue:
        if not prefix.lower().startswith("0x") or len(prefix) % 2:
            raise Refusal(prefix, "what stands before || is octets, as 0x01")
        return GbzValue(CONCATENATION, self._every(), prefix=bytes.fromhex(prefix[2:]), content=str(content))

    def utc_time(self, *words: str) -> GbzValue:
        pairs = zip(words[::2], words[1::2], strict=True)
        meanings = tuple((self._number(number), meaning.strip()) for number, meaning in pairs)
        return GbzValue(TIME, ZclType("UTCTime", 4).domain(), meanings)

    def encoded_length(self, field: str) -> GbzValue:
        return GbzValue(LENGTH, integers(0, None), content=str(field))

    def identifier(self, content: str) -> GbzValue:
        return GbzValue(IDENTIFIER, self._every(), content=str(content))

    def empty_or(self, count: str, content: str) -> GbzValue:
        return GbzValue(OPTIONAL_OCTETS, octets(0, int(count)), content=str(content))

    def _every(self) -> Domain:
        """All that the element can hold, from the fewest to the most octets."""
        if self._type is not None and self._type.is_string and self._counts:
            return self._type.strings(self._counts[0] - 1, self._counts[-1] - 1)
        if self._type is not None:
            return self._type.domain()
        return octets(self._counts[0], self._counts[-1]) if self._counts else ANY

    def _largest(self) -> int | None:
        if self._type is None or not self._type.is_number or self._type.octets is None:
            return None
        return (1 << 8 * self._type.octets) - 1

    def _end(self, written: str) -> int:
        """The end of a range of numbers, as it is written."""
        if self._type is not None and self._type.is_string:
            raise Refusal(written, f"a range of numbers, and the data type is {self._type.name}")
        return whole_number(written)

    def _number(self, written: str) -> int:
        value = whole_number(written)
        return value if self._type is None else self._type.number(value, written)

    def _content(self, written: str) -> Domain:
        """The octets or characters of a string written with the octet of its length before it."""
        assert self._type is not None
        if not written.lower().startswith("0x") or len(written) % 2:
            raise Refusal(written, "a string is written as octets, its length first, as 0x00")
        length, *content = bytes.fromhex(written[2:])
        if length != len(content):
            raise Refusal(written, f"the length {length} stands before {len(content)} octets")
        try:
            return self._type.text(bytes(content))
        except UnicodeDecodeError:
            raise Refusal(written, "the octets are no characters") from None


def _any_of(domains: list[Domain]) -> Domain:
    whole, *rest = domains
    for domain in rest:
        whole = union(whole, domain)
    return whole


_WORDS = {
    "NUMBER": "a number",
    "DECIMAL": "a number of octets",
    "NAME": "a name",
    "TYPE": "a data type in parentheses",
    "NOTE": "a note in parentheses",
    "MEANING": "what the number stands for",
    "REMAINDER": "'length of any variable fields below'",
    "COUNTER": "the name of a counter",
    "IDENTIFIER": "an entity's identifier",
    "FIELD": "a field's letter",
    "CONTENT": "what the octets hold",
    "WHEN": "when it is sent",
}
