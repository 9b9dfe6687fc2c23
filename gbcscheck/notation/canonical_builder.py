"""From the parts that the grammar of the canonical notation finds to the domain that they stand for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from gbcscheck.domains import (
    ANY,
    NONE,
    Domain,
    NotExact,
    bits_pattern,
    bits_set,
    boolean,
    booleans,
    integers,
    list_of,
    null,
    numbers,
    octets_set,
    points,
    record,
    text_set,
    texts,
    union,
)
from gbcscheck.domains.bits import bits
from gbcscheck.domains.kinds import DATED
from gbcscheck.domains.octets import octets
from gbcscheck.domains.rational import Rational, decimal_text, tidy
from gbcscheck.domains.units import is_unit, unit_names
from gbcscheck.limits import DIGITS

MAX_COUNT = 1 << 32
"""Characters, bits, octets or entries."""

PRODUCTS: dict[str, tuple[Callable[..., Domain], tuple[str, ...]]] = {
    dated.word: (dated.make, tuple(kind.legal)) for kind, dated in DATED.items()
}
"""Each word for a set of dates or times: what makes the set, and its fields."""


class Refused(Exception):
    """A text that follows the grammar and stands for no domain."""

    def __init__(self, problem: str, token: Any, *, until: Any = None, expected: tuple[str, ...] = ()) -> None:
        super().__init__(problem)
        self.problem = problem
        self.start: int = 0 if token is None else token.start_pos
        self.end: int | None = None if token is None else (until or token).end_pos
        self.expected = expected


class Literals:
    """Members of a list that are joined in one go: texts, octets, bits, or numbers of one unit."""

    def __init__(self, kind: str, value: Any) -> None:
        self.kind = kind
        self.value = value


def _number(token: Any) -> Rational:
    digits = sum(map(str.isdigit, token))
    if digits > DIGITS.most:
        raise Refused(DIGITS.problem(digits), token)
    try:
        return int(token)
    except ValueError:
        pass
    whole, _, divisor = token.partition("/")
    if divisor and not int(divisor):
        raise Refused("a division by 0", token)
    return tidy(Fraction(whole) / int(divisor or 1))


def _count(token: Any) -> int:
    number = _number(token)
    if not isinstance(number, int) or number < 0:
        raise Refused("a count has to be a whole number from 0 up", token)
    if number > MAX_COUNT:
        raise Refused(f"a count above {MAX_COUNT}", token)
    return number


def _unit(token: Any, before: Any = None) -> str | None:
    if token is None:
        return None
    name = str(token)
    if is_unit(name):
        return name
    if name == "step":
        raise Refused("no unit is called step", token)
    if re.fullmatch(r"[eE]\d*", name):
        raise Refused("a number is written without an exponent", token)
    if before == "0" and name[0] in "xX":
        raise Refused("octets are written as pairs of hexadecimal digits", before, until=token, expected=("0x0E",))
    if before == "0" and name[0] in "bB":
        raise Refused("bits are written with 0, 1 and x", before, until=token, expected=("0b01x",))
    raise Refused(f"{name!r} is not a unit that is known here", token, expected=unit_names())


def _text(token: Any) -> str:
    text = json.loads(token)
    assert isinstance(text, str)
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise Refused("half of a surrogate pair is no character", token)
    return text


class Builder:
    """The actions of the grammar: one method for each rule and alias, given the children of the rule."""

    def start(self, children: list[Any]) -> Domain:
        domain: Domain = children[0]
        return domain

    def domain(self, children: list[Any]) -> Domain:
        parts: list[Domain] = []
        groups: dict[str, list[Any]] = {}
        for child in children:
            if isinstance(child, Literals):
                groups.setdefault(child.kind, []).append(child.value)
            else:
                parts.append(child)
        for kind, values in groups.items():
            parts.append(self._listed(kind, values))
        if len(parts) == 1:
            return parts[0]
        try:
            return union(*parts)
        except NotExact as error:
            raise Refused(f"this is no set that a domain can express: {error.problem}", None) from None

    def _listed(self, kind: str, values: list[Any]) -> Domain:
        if kind == "text":
            return text_set(values)
        if kind == "octets":
            return octets_set(values)
        if kind == "bits":
            return bits_set(values)
        return points(values, kind.removeprefix("number ") or None)

    # --- numbers -----------------------------------------------------------------------------------------------------

    def point(self, children: list[Any]) -> Literals:
        number, unit = children
        return Literals(f"number {_unit(unit, number) or ''}", _number(number))

    def integer(self, children: list[Any]) -> Domain:
        return integers(unit=_unit(children[0]))

    def decimal(self, children: list[Any]) -> Domain:
        step, unit = children
        return numbers(step=None if step is None else step[0], unit=_unit(unit))

    def range(self, children: list[Any]) -> Domain:
        (low, dots, high), step, unit = children
        bounds = [None if end is None else _number(end) for end in (low, high)]
        low_open, high_open = dots.startswith("<"), dots.endswith("<")
        if (low is None and low_open) or (high is None and high_open):
            raise Refused("an open end needs its number", dots)
        if bounds[0] is not None and bounds[1] is not None:
            if bounds[0] > bounds[1]:
                raise Refused("the lower end is above the upper end", low, until=high)
            if bounds[0] == bounds[1] and (low_open or high_open):
                raise Refused("no number lies between these ends", low, until=high)
        pace: Rational | None = 1 if step is None else step[0]
        if pace is not None:
            for end, token in zip(bounds, (low, high), strict=True):
                if end is not None and end % pace:
                    raise Refused(
                        f"{decimal_text(end)} is no multiple of the step, {decimal_text(pace)}",
                        token,
                        expected=("a step, as in 0..0.5 step 0.1", "step any for all numbers"),
                    )
        found = numbers(
            bounds[0], bounds[1], low_open=low_open, high_open=high_open, step=pace, unit=_unit(unit, high or low)
        )
        if found is NONE:
            raise Refused("no number lies between these ends", low or dots, until=high or dots)
        return found

    def closed(self, children: list[Any]) -> tuple[Any, Any, Any]:
        return (children[0], children[1], children[2])

    def from_low(self, children: list[Any]) -> tuple[Any, Any, Any]:
        return (children[0], children[1], None)

    def to_high(self, children: list[Any]) -> tuple[Any, Any, Any]:
        return (None, children[0], children[1])

    def every(self, children: list[Any]) -> tuple[Rational | None]:
        number = _number(children[0])
        if number <= 0:
            raise Refused("a step has to be above 0", children[0])
        return (number,)

    def dense(self, children: list[Any]) -> tuple[Rational | None]:
        return (None,)

    # --- strings -----------------------------------------------------------------------------------------------------

    def text(self, children: list[Any]) -> Literals:
        return Literals("text", _text(children[0]))

    def texts(self, children: list[Any]) -> Domain:
        low, high = children[0] or (0, None)
        patterns = []
        for token in children[1:]:
            pattern = _text(token)
            try:
                texts(0, None, [pattern])
            except ValueError as error:
                raise Refused(str(error), token) from None
            patterns.append(pattern)
        return texts(low, high, patterns)

    def octets(self, children: list[Any]) -> Literals:
        return Literals("octets", bytes.fromhex(children[0][2:]))

    def bits(self, children: list[Any]) -> Domain | Literals:
        mask = children[0][2:]
        return bits_pattern(mask) if "x" in mask else Literals("bits", mask)

    def counted(self, children: list[Any]) -> Domain:
        word, counts = children
        low, high = counts or (0, None)
        return bits(low, high) if word == "bits" else octets(low, high)

    def exactly(self, children: list[Any]) -> tuple[int, int | None]:
        return (_count(children[0]), _count(children[0]))

    def between(self, children: list[Any]) -> tuple[int, int | None]:
        low, dots, high = children
        if len(dots) > 2:
            raise Refused("a count has no open end", dots)
        if _count(low) > _count(high):
            raise Refused("the lower end is above the upper end", low, until=high)
        return (_count(low), _count(high))

    def at_least(self, children: list[Any]) -> tuple[int, int | None]:
        return (self._closed_count(children[0], children[1]), None)

    def at_most(self, children: list[Any]) -> tuple[int, int | None]:
        return (0, self._closed_count(children[1], children[0]))

    def _closed_count(self, token: Any, dots: Any) -> int:
        if len(dots) > 2:
            raise Refused("a count has no open end", dots)
        return _count(token)

    # --- the others --------------------------------------------------------------------------------------------------

    def sequence(self, children: list[Any]) -> Domain:
        item, counts = children
        return list_of(item, *(counts or (0, None)))

    def record(self, children: list[Any]) -> Domain:
        fields: dict[str, Domain] = {}
        for child in children:
            if child is None:
                continue
            name, token, part = child
            if name in fields:
                raise Refused(f"the field {name} stands here twice", token)
            fields[name] = part
        return record(fields)

    def field(self, children: list[Any]) -> tuple[str, Any, Domain]:
        token, part = children
        return (_text(token) if token.type == "TEXT" else str(token), token, part)

    def part(self, children: list[Any]) -> tuple[Any, Domain]:
        return (children[0], children[1])

    def product(self, children: list[Any]) -> Domain:
        word, *given = children
        construct, names = PRODUCTS[word]
        fields: dict[str, Domain] = {}
        for child in given:
            if child is None:
                continue
            token, part = child
            if token not in names:
                raise Refused(f"{word} has no field {token}", token, expected=names)
            if token in fields:
                raise Refused(f"the field {token} stands here twice", token)
            try:
                legal = construct(**{str(token): part})
            except ValueError as error:
                raise Refused(str(error), token) from None
            if legal is NONE and part is not NONE:
                raise Refused(f"none of these is a legal {token}", token)
            fields[str(token)] = part
        return construct(**fields)

    def any(self, children: list[Any]) -> Domain:
        return ANY

    def none(self, children: list[Any]) -> Domain:
        return NONE

    def null(self, children: list[Any]) -> Domain:
        return null()

    def boolean(self, children: list[Any]) -> Domain:
        return booleans()

    def true(self, children: list[Any]) -> Domain:
        return boolean(True)

    def false(self, children: list[Any]) -> Domain:
        return boolean(False)
