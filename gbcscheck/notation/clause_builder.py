"""What each rule of the grammar of clauses stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gbcscheck.domains import (
    Domain,
    bits,
    bits_set,
    boolean,
    integers,
    octets,
    octets_set,
    text_set,
    texts,
)
from gbcscheck.domains.rational import Rational, exact
from gbcscheck.domains.unit_words import UnknownUnit, read_unit, short_units
from gbcscheck.notation.calendar import calendar_date, clock
from gbcscheck.notation.clause_parts import Amount, Parts, Said, Stated, together
from gbcscheck.notation.grammars import Refusal, whole_number
from gbcscheck.notation.setting_forms import MONTHS

ENTRIES = "x-entries"
"""The attribute of how many entries a data item comprises; of its own, as no other document counts them like this."""
SOMEBODY = "somebody"
"""Who may set an item that is configurable, where it is not said by whom."""


_STATE_STOPS = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|shall|must|not|no|and|or|than|which|that|by|at|then|value|values)\b"
)
_NAME_STOPS = frozenset(
    ("but", "or", "not", "no", "any", "all", "device", "devices", "meter", "system", "it", "this", "these", "then")
)
_MOST_BITS = 64


class ClauseBuilder:
    """The value of each rule. ``listed`` are the items of the list below the sentence."""

    def __init__(self, listed: Sequence[str]) -> None:
        self._listed = listed

    # sentences

    def start(self, sentence: Stated) -> Stated:
        return sentence

    def untitled(self, parts: Parts) -> Stated:
        return Stated("", parts)

    def titled(self, item: str, parts: Parts) -> Stated:
        return Stated(_item(item), parts, is_definition=True)

    def named(self, item: str) -> str:
        return _item(item)

    def of_clause(self) -> str:
        return ""

    def stated(self, item: str, *properties: Parts) -> Stated:
        return Stated(item, together(properties))

    def denied(self, item: str, _word: str) -> Stated:
        return Stated(item, self.not_configurable(""))

    def had(self, item: str, parts: Parts) -> Stated:
        return Stated(item, parts)

    def default_stated(self, *found: Any) -> Stated:
        *item, value = found
        return Stated(item[0] if item else "", Parts(default=value))

    def unit_stated(self, *found: str) -> Stated:
        *item, unit = found
        return Stated(item[0] if item else "", self.unit(unit))

    def definition(self, *parts: Parts) -> Parts:
        return together(parts)

    def property(self, parts: Parts) -> Parts:
        return parts

    def properties(self, *parts: Parts) -> Parts:
        return together(parts)

    # kinds

    def value(self, word: str, unit: str | None = None) -> Parts:
        return replace(self.unit(unit) if unit else Parts(), kind="value")

    def integer(self, word: str, unit: str | None = None) -> Parts:
        made = self.unit(unit) if unit else Parts()
        low = (Amount("0", 0, None), False) if "unsigned" in word.lower() else None
        return replace(made, kind="unsigned" if low else "integer")

    def sized_integer(self, count: str, _bit: str, words: str) -> Parts:
        width = _width(count)
        signed = words.lower().startswith("signed")
        low, high = (-(1 << width - 1), (1 << width - 1) - 1) if signed else (0, (1 << width) - 1)
        return Parts(kind="sized", said=(Said("type", integers(low, high)),))

    def sized_bits(self, count: str, _bit: str) -> Parts:
        return Parts(kind="whole", said=(Said("permitted", bits(_width(count), int(count))),))

    def bit_string(self, counts: tuple[int, int]) -> Parts:
        return Parts(kind="whole", said=(Said("permitted", bits(*counts)),))

    def octet_string(self, counts: tuple[int, int]) -> Parts:
        return Parts(kind="whole", said=(Said("permitted", octets(*counts)),))

    def string(self, counts: tuple[int, int]) -> Parts:
        return Parts(kind="whole", said=(Said("permitted", texts(*counts)),))

    def list(self, counts: tuple[int, int]) -> Parts:
        return Parts(kind="whole", said=(Said(ENTRIES, integers(*counts)),))

    def time_of_day(self, _words: str) -> Parts:
        return Parts(kind="time")

    def exactly(self, count: str) -> tuple[int, int]:
        return int(count), int(count)

    def at_most(self, count: str) -> tuple[int, int]:
        return 0, int(count)

    def from_to(self, low: str, high: str) -> tuple[int, int]:
        if int(low) > int(high):
            raise Refusal(high, f"a range from {low} cannot end at {high}")
        return int(low), int(high)

    # limits

    def closed(self, low: Amount, high: Amount) -> Parts:
        return Parts(low=(low, False), high=(high, False), has_limits=True)

    def opened(self, low: Amount, high: Amount) -> Parts:
        return Parts(low=(low, True), high=(high, True), has_limits=True)

    def bound(self, side: str, end: Amount) -> Parts:
        words = side.lower()
        is_open = words in ("greater than", "more than", "less than")
        if words in (
            "not less than",
            "no less than",
            "at least",
            "greater than or equal to",
            "greater than",
            "more than",
        ):
            return Parts(low=(end, is_open))
        return Parts(high=(end, is_open))

    def bounds(self, *ends: Parts) -> Parts:
        return replace(together(ends), has_limits=True)

    def numbers_of(self, *amounts: Amount) -> Parts:
        return Parts(among=amounts)

    def step(self, amount: Amount) -> Parts:
        return Parts(step=amount)

    # states

    def states_of(self, *names: str) -> Parts:
        return Parts(said=(Said("states", text_set([_state(name) for name in names])),))

    def listed(self) -> Parts:
        if len(self._listed) < 2:
            raise Refusal("", "no list of two or more stands below it")
        found = _bare_items(self._listed)
        if len(set(found)) != len(found):
            raise Refusal("", "an item of its list stands there twice")
        if all(_NUMBER.fullmatch(item) for item in found):
            return Parts(among=tuple(_listed_amount(item) for item in found))
        return self.states_of(*found)

    # rights

    def configurable(self, _word: str, parties: str = SOMEBODY) -> Parts:
        return Parts(said=(Said("settable-by", value=parties),))

    def not_configurable(self, _word: str) -> Parts:
        return Parts(said=(Said("settable-by", value="none"),))

    def readable(self, parties: str) -> Parts:
        return Parts(said=(Said("readable-by", value=parties),))

    def parties(self, *names: str) -> str:
        found = [re.sub(r"^[Tt]he ", "", name) for name in names]
        if any(name.casefold().split()[0] in _NAME_STOPS for name in found):
            raise Refusal(names[0], "no party is named")
        return ", ".join(found)

    # units and values

    def unit(self, written: str) -> Parts:
        name = _unit(written)
        return Parts(unit=name)

    def quantity(self, written: str, unit: str | None = None) -> Amount:
        is_whole = written[:2].lower() in ("0x", "0b")
        number: Rational = whole_number(written) if is_whole else exact(written)
        return Amount(written, number, _unit(unit) if unit else None)

    def with_default(self, value: Amount | Domain) -> Parts:
        return Parts(default=value)

    def number(self, amount: Amount) -> Amount | Domain:
        prefix, digits = amount.written[:2].lower(), amount.written[2:]
        if amount.unit is None and prefix == "0x" and len(digits) % 2 == 0:
            return octets_set([bytes.fromhex(digits)])
        if amount.unit is None and prefix == "0b":
            return bits_set([digits])
        return amount

    def clock(self, written: str) -> Domain:
        return clock(written)

    def iso_date(self, written: str) -> Domain:
        year, month, day = map(int, written.split("-"))
        return calendar_date(written, year, month, day)

    def date(self, day: str, month: str, year: str) -> Domain:
        if len(year) != 4:
            raise Refusal(year, "expected a year of four digits")
        return calendar_date(day, int(year), MONTHS.index(month.lower()[:3]) + 1, int(day))

    def true(self, _word: str) -> Domain:
        return boolean(True)

    def false(self, _word: str) -> Domain:
        return boolean(False)

    def quoted(self, text: str) -> Domain:
        return text_set([text[1:-1]])


# --- words -----------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)(?: ?([A-Za-z%°£µ].*))?")


def _listed_amount(item: str) -> Amount:
    found = _NUMBER.fullmatch(item)
    assert found is not None
    return Amount(found[1], exact(found[1]), _unit(found[2]) if found[2] else None)


def _bare_items(items: Sequence[str]) -> list[str]:
    """The items of a list without the signs at their ends. Refused where they are written as one sentence, with a sign
    after each, and the last but one has no ``or``; and the other way round."""
    texts = [" ".join(item.split()) for item in items]
    *first, before, last = texts
    is_sentence = all(text.endswith((";", ",")) for text in first) and bool(first or before.endswith((" or", ";", ",")))
    if is_sentence:
        with_or = re.fullmatch(r"(.+?)[;,]? or", before)
        if with_or is None:
            raise Refusal(before, "the items of its list are no alternatives: the last but one has no 'or' behind it")
        before = with_or[1]
    return [text.removesuffix(";").removesuffix(",") for text in first] + [before, last.rstrip(".;")]


def _item(written: str) -> str:
    """The name of a data item. Refused where a word of it leaves doubt that it is one."""
    strange = [word for word in re.split(r"[^A-Za-z]+", written.casefold()) if word in _NAME_STOPS]
    if strange:
        raise Refusal(written, f'"{written}" may be no data item: "{strange[0]}"')
    return written


def _state(written: str) -> str:
    """The name of a state. Refused where it is more than a name."""
    if written[:1] in "\"'":
        return written[1:-1]
    if not re.fullmatch(r"[A-Z][A-Za-z0-9-]*(?: [A-Za-z0-9-]+){0,5}", written) or _STATE_STOPS.search(written):
        raise Refusal(written, f'"{written}" is more than the name of a state')
    return written


def _unit(written: str) -> str:
    try:
        name = read_unit(short_units(written))
    except UnknownUnit as error:
        raise Refusal(written, str(error)) from None
    if name is None:
        raise Refusal(written, f"'{written}' is no unit")
    return name


def _width(count: str) -> int:
    if not 1 <= int(count) <= _MOST_BITS:
        raise Refusal(count, f"1 to {_MOST_BITS} bits were expected")
    return int(count)
