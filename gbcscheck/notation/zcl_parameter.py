"""Parameters of the GBCS ZCL sheet: a name and what it may hold, or an attribute of a cluster.

A cell such as ``Stabilisation Period`` / ``0 - 0xFF`` gives a range, ``Currency`` / ``826 (GBP) | 978 (EUR)`` a choice,
``Commodity: CalorificValue: 0x0304`` an attribute's identifier. A bare name says nothing of the values.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from gbcscheck.domains import Domain, NotInterpretable, integers, list_of, points
from gbcscheck.domains.interpret_as import interpret_as
from gbcscheck.frozen import frozen
from gbcscheck.notation.grammars import Refusal, methods, note_text, read, whole_number
from gbcscheck.notation.zcl_type import ZclType, read_zcl_type

RANGE = "range"
CHOICE = "choice"
LENGTH = "length"
TIME = "time"
ARRAY = "array"
SPECIAL = "special values"
ATTRIBUTE = "attribute"
BARE_NAME = "bare name"
ELSEWHERE = "ZigBee standard"
"""How a cell reads. The last three say nothing of the values."""

Stated = tuple[int, str]
"""A value and what it stands for."""


@frozen
class ZclParameter:
    """A parameter cell.

    ``domain`` holds the values as written, even where the parameter's type cannot hold them all; None where the cell
    does not constrain them. ``part`` names the part of the parameter that the domain is about (``Log ID`` of
    ``Event Control / Log ID``), or the element of an array. ``meanings`` are values with what they stand for.
    ``specials`` are values that a message may hold beside the domain or in it, with their purpose: in a signed type
    they are bit patterns (0xFFFFFFFF of INT32 is -1). ``attribute_set`` and ``attribute_ids`` are those of an
    attribute.
    """

    name: str
    reading: str
    domain: Domain | None = None
    part: str = ""
    meanings: tuple[Stated, ...] = ()
    specials: tuple[Stated, ...] = ()
    attribute_set: str = ""
    attribute_ids: tuple[int, ...] = ()
    note: str = ""


@frozen
class Special:
    """A value that ``Set to`` names: the one to send (fixed), or one with a purpose of its own."""

    value: int
    meaning: str
    fixed: bool = False


@cache
def read_zcl_parameter(text: str, data_type: ZclType | None = None) -> ZclParameter | None:
    """Read a cell of the column ``attribute/value/parameter``; nothing where it is blank or a dash.

    ``data_type`` is that of the same row: it decides what a bit pattern or a length stands for. Raises NotationError.
    """
    if text.strip() in ("", "-", "--"):
        return None
    parameter: ZclParameter = read("zcl_parameter", text, methods(_Reader(data_type)), _WORDS)
    return parameter


class _Reader:
    """What each rule of the grammar stands for, in a row of one data type."""

    def __init__(self, data_type: ZclType | None) -> None:
        self._type = data_type

    # the cell

    def external(self, _words: str) -> ZclParameter:
        return ZclParameter("", ELSEWHERE)

    def external_name(self, name: str, _words: str) -> ZclParameter:
        return ZclParameter(str(name), ELSEWHERE)

    def bare(self, name: str, note: str = "()") -> ZclParameter:
        return ZclParameter(str(name), BARE_NAME, note=note_text(note))

    def stated(self, name: str, stated: Stated) -> ZclParameter:
        return replace(self.choice(stated), name=str(name))

    def part(self, name: str, part: str, *stated: Stated) -> ZclParameter:
        return replace(self.choice(*stated), name=str(name), part=str(part))

    def parameter(self, name: str, *rest: str | ZclParameter) -> ZclParameter:
        *note, body = rest
        words = " ".join(note_text(str(n)) for n in note)
        assert isinstance(body, ZclParameter)
        return replace(body, name=str(name), note=words or body.note)

    def attribute(self, attribute_set: str, *rest: Any) -> ZclParameter:
        *note, name, identifiers = rest
        return ZclParameter(
            str(name), ATTRIBUTE, attribute_set=" ".join([attribute_set, *note]), attribute_ids=identifiers
        )

    def id_list(self, *identifiers: str) -> tuple[int, ...]:
        return tuple(whole_number(identifier) for identifier in identifiers)

    def id_span(self, first: str, last: str) -> tuple[int, ...]:
        low, high = self.span(first, last)
        return tuple(range(low, high + 1))

    # what the parameter may hold

    def span(self, low: str, high: str) -> tuple[int, int]:
        if whole_number(low) > whole_number(high):
            raise Refusal(high, f"a range from {low} cannot end at {high}")
        return whole_number(low), whole_number(high)

    def span_body(self, span: tuple[int, int], special: Special | None = None) -> ZclParameter:
        return self._with(special, ZclParameter("", RANGE, integers(*span)))

    def noted(self, number: str, note: str = "()") -> Stated:
        return self._number(number), note_text(note)

    def labelled(self, number: str, meaning: str) -> Stated:
        return self._number(number), meaning.strip()

    pair = labelled

    def choice(self, *stated: Stated) -> ZclParameter:
        return ZclParameter("", CHOICE, points([n for n, _ in stated]), meanings=tuple(s for s in stated if s[1]))

    labels = choice

    def meanings(self, *words: str) -> ZclParameter:
        return self.choice(*(self.labelled(*pair) for pair in zip(words[::2], words[1::2], strict=True)))

    def gloss(self, number: str, same: str) -> ZclParameter:
        if whole_number(number) != whole_number(same):
            raise Refusal(same, f"{number} is {whole_number(number)}, not {same}")
        return self.choice((self._number(number), ""))

    def nibble(self, number: str, nibble: str, meaning: str) -> ZclParameter:
        return replace(self.choice((whole_number(number), "")), note=f"{nibble} = {meaning.strip()}")

    def length(self, count: str, note: str = "") -> ZclParameter:
        return self.length_span(count, count, note)

    def length_span(self, low: str, high: str, note: str = "") -> ZclParameter:
        shortest, longest = self.span(low, high)
        if self._type is None or not self._type.is_string:
            name = "not given" if self._type is None else self._type.name
            raise Refusal(low, f"n counts the octets of a string, and the data type is {name}")
        return ZclParameter("", LENGTH, self._type.strings(shortest, longest), note=note.strip())

    def utc_time(self, *stated: Stated | Special) -> ZclParameter:
        meanings = tuple(meaning for meaning in stated if not isinstance(meaning, Special))
        time = ZclParameter("", TIME, _UTC_TIME.domain(), meanings=meanings)
        special = stated[-1] if stated else None
        return self._with(special if isinstance(special, Special) else None, time)

    def fixed(self, _set_to: str, number: str, note: str = "()") -> Special:
        return Special(self._number(number), note_text(note), fixed=True)

    def purpose(self, _set_to: str, number: str, purpose: str) -> Special:
        return Special(self._number(number), purpose.strip())

    def special_body(self, special: Special) -> ZclParameter:
        if special.fixed:
            return self._with(special, self.choice((special.value, special.meaning)))
        return self._with(special, ZclParameter("", SPECIAL))

    def condition(self, condition: str, _set_to: str, number: str) -> ZclParameter:
        return self._with(Special(self._number(number), str(condition)), ZclParameter("", SPECIAL))

    def repeated(self, element: str, name: str) -> ZclParameter:
        return ZclParameter("", ARRAY, list_of(_domain(element)), part=str(name))

    def array(self, element: str, name: str, low: str, high: str) -> ZclParameter:
        fewest, most = self.span(low, high)
        return ZclParameter("", ARRAY, list_of(_domain(element), fewest, most), part=str(name))

    def repeated_values(self, element: str, *stated: Stated) -> ZclParameter:
        try:
            values = interpret_as(points([number for number, _ in stated]), to=_domain(element))
        except NotInterpretable as error:
            raise Refusal(element, error.problem) from None
        return ZclParameter("", ARRAY, list_of(values), meanings=stated)

    def external_body(self, _words: str) -> ZclParameter:
        return ZclParameter("", ELSEWHERE)

    def _number(self, written: str) -> int:
        value = whole_number(written)
        if self._type is None:
            return value
        if self._type.is_string:
            raise Refusal(written, f"a number, and the data type is {self._type.name}")
        return self._type.number(value, written)

    def _with(self, special: Special | None, parameter: ZclParameter) -> ZclParameter:
        if special is None:
            return parameter
        return replace(parameter, specials=((special.value, special.meaning),))


def _domain(data_type: str) -> Domain:
    read_type = read_zcl_type(data_type)
    assert read_type is not None
    return read_type.domain()


_UTC_TIME = ZclType("UTCTime", 4)

_WORDS = {
    "NAME": "a parameter's name",
    "NUMBER": "a number",
    "ATTRIBUTE_ID": "an identifier as 0x0304",
    "DECIMAL": "a whole number",
    "MEANING": "what the number stands for",
    "PAIR_MEANING": "what the number stands for",
    "NIBBLE": "'MS nibble' or 'LS nibble'",
    "SET_TO": "'Set to'",
    "CONDITION": "a condition and 'set to'",
    "PURPOSE": "a purpose as 'to cancel'",
    "ELEMENT": "the type of an element as 'UINT8:'",
    "EXTERNAL": "'Refer to ZigBee standard'",
    "NOTE": "a note in parentheses",
    "_LINE": "a line break",
}
