"""The commonest shapes of the canonical notation, read without the grammar: most runs never need to load it.

What is read here is read as the grammar reads it (a test compares the two); every other text, right or wrong, is left
to the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gbcscheck.domains import (
    ANY,
    NONE,
    Domain,
    NotExact,
    bits_pattern,
    boolean,
    booleans,
    integers,
    list_of,
    null,
    numbers,
    octets_of,
    text_set,
    texts,
    union,
)
from gbcscheck.domains.bits import bits
from gbcscheck.domains.octets import octets
from gbcscheck.domains.rational import exact
from gbcscheck.domains.units import is_unit
from gbcscheck.notation.canonical_builder import PRODUCTS

_LONGEST = 65536
"""Characters of a text that is tried."""
_DEEPEST = 4
"""Brackets of a text that is tried."""
_WORDS: dict[str, Callable[[], Domain]] = {
    "any": lambda: ANY,
    "none": lambda: NONE,
    "null": null,
    "boolean": booleans,
    "true": lambda: boolean(True),
    "false": lambda: boolean(False),
    "int": integers,
    "decimal": numbers,
    "text": texts,
    "bits": bits,
    "octets": octets,
    **{word: construct for word, (construct, _) in PRODUCTS.items()},
}
_COUNTED: dict[str, Callable[[int, int | None], Domain]] = {"text": texts, "bits": bits, "octets": octets}

_NUMBER = r"-?\d{1,20}(?:\.\d{1,20})?"
_UNIT = r"(?: (?P<unit>[A-Za-z%]\w{0,6}(?:/\w{1,4})?))?"
_POINT = rf"(?P<point>{_NUMBER}){_UNIT}"
_RANGE = rf"(?P<low>{_NUMBER})?\.\.(?P<high>{_NUMBER})?(?: step (?P<step>any|{_NUMBER}))?{_UNIT}"
_LITERAL = r"0x(?P<octets>(?:[0-9A-Fa-f]{2})+)|0b(?P<bits>[01x]+)"
_COUNTS = r"(?P<low>[0-9]{1,9})(?P<dots>\.\.)?(?P<high>[0-9]{1,9})?"
_STRING = r'"[^"\\\x00-\x1f]*"'
_OF_LENGTH = rf"(?P<word>text|bits|octets)\({_COUNTS}\)"
_MATCHING = rf"text(?:\({_COUNTS}\))? matching (?P<pattern>{_STRING})"
_TEXTS = rf"{_STRING}(?: \| {_STRING})*"
_LIST = rf"list\((?P<item>.+?)(?:, {_COUNTS})?\)"
_PRODUCT = r"(?P<word>(?:xs:)?[A-Za-z-]+)\((?P<fields>[a-z]+ [^(){}\"]+)\)"


def plain(text: str) -> Domain | None:
    """The domain of a text of one of the commonest shapes; None for every other text."""
    if text in _WORDS:
        return _WORDS[text]()
    if len(text) > _LONGEST:
        return None
    if '"' in text:
        if re.fullmatch(_TEXTS, text):
            return text_set(text[1:-1].split('" | "'))
        match = re.fullmatch(_MATCHING, text)
        return None if match is None else _matching(match)
    brackets = text.count("(")
    if brackets > _DEEPEST:
        return None
    if not brackets:
        return _joined(text.split(" | "))
    if match := re.fullmatch(_OF_LENGTH, text, re.ASCII):
        counts = _counts(match)
        return None if counts is None else _COUNTED[match["word"]](*counts)
    if match := re.fullmatch(_LIST, text, re.ASCII):
        item = plain(match["item"])
        counts = (0, None) if match["low"] is None else _counts(match)
        return None if item is None or counts is None else list_of(item, *counts)
    match = re.fullmatch(_PRODUCT, text, re.ASCII)
    return None if match is None else _product(match)


def _counts(match: re.Match[str]) -> tuple[int, int | None] | None:
    low = int(match["low"])
    if match["dots"] is None:
        return (low, low) if match["high"] is None else None
    if match["high"] is None:
        return low, None
    return (low, int(match["high"])) if low <= int(match["high"]) else None


def _joined(pieces: list[str]) -> Domain | None:
    parts = []
    for piece in pieces:
        part = _WORDS[piece]() if piece in _WORDS else _single(piece)
        if part is None:
            return None
        parts.append(part)
    try:
        return parts[0] if len(parts) == 1 else union(*parts)
    except NotExact:
        return None


def _single(text: str) -> Domain | None:
    """One literal, number or range of numbers."""
    if match := re.fullmatch(_LITERAL, text, re.ASCII):
        return octets_of(bytes.fromhex(match["octets"])) if match["octets"] else bits_pattern(match["bits"])
    match = re.fullmatch(_POINT, text, re.ASCII)
    if match is not None:
        if match["unit"] is not None and not is_unit(match["unit"]):
            return None
        return numbers(match["point"], match["point"], unit=match["unit"])
    match = re.fullmatch(_RANGE, text, re.ASCII)
    return None if match is None else _range(match)


def _range(match: re.Match[str]) -> Domain | None:
    unit = match["unit"]
    if (match["low"] is None and match["high"] is None) or (unit is not None and not is_unit(unit)):
        return None
    low, high = (None if end is None else exact(end) for end in (match["low"], match["high"]))
    if low is not None and high is not None and low > high:
        return None
    step = None if match["step"] == "any" else exact(match["step"] or 1)
    if step is not None and (step <= 0 or (low or 0) % step or (high or 0) % step):
        return None
    return numbers(low, high, step=step, unit=unit)


def _matching(match: re.Match[str]) -> Domain | None:
    counts = (0, None) if match["low"] is None else _counts(match)
    try:
        return None if counts is None else texts(*counts, [match["pattern"][1:-1]])
    except ValueError:
        return None


def _product(match: re.Match[str]) -> Domain | None:
    if match["word"] not in PRODUCTS:
        return None
    construct, names = PRODUCTS[match["word"]]
    fields: dict[str, Domain] = {}
    for written in match["fields"].split(", "):
        name, _, rest = written.partition(" ")
        part = plain(rest)
        if part is None or name in fields or name not in names:
            return None
        fields[name] = part
    try:
        found = construct(**fields)
    except ValueError:
        return None
    return None if found is NONE else found
