"""Enumerations mapped to others, value by value."""

from __future__ import annotations

import json
import re

from gbcscheck.domains.base import Domain, Value
from gbcscheck.domains.bits import BitString
from gbcscheck.domains.choice import union
from gbcscheck.domains.conversion_base import BadConversion, Conversion
from gbcscheck.domains.rational import exact
from gbcscheck.domains.singletons import domain_of
from gbcscheck.domains.value_text import print_value
from gbcscheck.domains.words import quoted
from gbcscheck.frozen import frozen


@frozen
class Map(Conversion):
    """An enumeration to another, value by value.

    >>> from gbcscheck.domains import text_set
    >>> str(parse_map("PREPAYMENT=1, CREDIT=0").image(text_set(["PREPAYMENT"])))
    '1'
    """

    pairs: tuple[tuple[Value, Value], ...]

    @property
    def name(self) -> str:
        return "map " + ", ".join(f"{_word(left)}={_word(right)}" for left, right in self.pairs)

    def image(self, domain: Domain) -> Domain:
        return union(*(domain_of(right) for left, right in self.pairs if domain.contains(left)))

    def preimage(self, domain: Domain) -> Domain:
        return union(*(domain_of(left) for left, right in self.pairs if domain.contains(right)))


_BARE = re.compile(r"[A-Za-z_][\w.-]*(?: [\w.-]+)*", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?", re.ASCII)
_VALUE = r'"(?:[^"\\]|\\.)*"|[^=,"]+'
_PAIR = re.compile(rf"\s*({_VALUE})\s*=\s*({_VALUE})\s*(?:,|$)")


def _word(value: Value) -> str:
    if isinstance(value, str):
        return value if _BARE.fullmatch(value) and value not in ("true", "false") else quoted(value)
    return print_value(value)


def _value_of(word: str) -> Value:
    """A value of a map: a number, octets, bits, true, false, a text in quotation marks or a bare one."""
    word = word.strip()
    if word in ("true", "false"):
        return word == "true"
    if _NUMBER.fullmatch(word):
        return exact(word)
    if re.fullmatch(r"0x(?:[0-9A-Fa-f]{2})+", word):
        return bytes.fromhex(word[2:])
    if re.fullmatch(r"0b[01]+", word):
        return BitString(word[2:])
    if word.startswith('"'):
        try:
            text: Value = json.loads(word)
        except json.JSONDecodeError:
            raise BadConversion(f"{word} is no value: an unknown escape") from None
        return text
    if _BARE.fullmatch(word):
        return word
    raise BadConversion(f"{word!r} is no value: a text that is no plain name stands in quotation marks")


def parse_map(text: str) -> Map:
    """The pairs of a map, as in ``A=1, B=2``. Raises BadConversion."""
    pairs: list[tuple[Value, Value]] = []
    at = 0
    while at < len(text):
        match = _PAIR.match(text, at)
        if match is None:
            raise BadConversion(f"{text[at:].strip()!r} is no pair of a map, as in A=1, B=2")
        pairs.append((_value_of(match[1]), _value_of(match[2])))
        at = match.end()
    lefts = [pair[0] for pair in pairs]
    for index, left in enumerate(lefts):
        if any(left == other and type(left) is type(other) for other in lefts[:index]):
            raise BadConversion(f"{left!r} is mapped twice")
    if not pairs:
        raise BadConversion("a map without a pair, as in A=1, B=2")
    return Map(tuple(pairs))
