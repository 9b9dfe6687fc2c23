"""Sets of values as expressions of a columnar engine: which values of a column are members.

A set is compiled for the one way in which a column holds its values (``Content``). Where a set is of another kind than
the values, no value is a member; where it cannot be put into an expression that every engine answers alike, the answer
is not known, and the values have to be judged one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gbcscheck.domains import (
    ANY,
    NONE,
    Bits,
    BitString,
    Choice,
    CosemDate,
    CosemDateTime,
    CosemTime,
    Domain,
    Numbers,
    Octets,
    Texts,
    bits,
    integers,
)
from gbcscheck.domains.cosem import CosemProduct
from gbcscheck.domains.patterns import is_same_in_ascii
from gbcscheck.fleet.answers import Answer, all_of, any_of
from gbcscheck.fleet.digit_patterns import field_pattern
from gbcscheck.fleet.readings import matches
from gbcscheck.frozen import frozen

if TYPE_CHECKING:
    from ibis.expr.types import IntegerValue, StringValue

LEAST, MOST = -(2**63), 2**63 - 1
"""The whole numbers of 64 bits with a sign."""


@frozen
class Whole:
    """Numbers as so many parts of one, ``per`` of which are one: 1 for whole numbers."""

    number: IntegerValue
    per: int = 1


@frozen
class Written:
    """Values of one kind as texts: bits, octets as hexadecimal digits, or a text itself, behind ``before`` (``0b``)."""

    kind: type[Domain]
    text: StringValue
    before: str = ""
    digits: int = 1
    """Characters of one octet: two hexadecimal digits, also of bits, or one character of ASCII."""


@frozen
class Field:
    """A field of a date or time, written with so many digits of a base; ``signed``: as two's complement."""

    name: str
    width: int
    base: int
    signed: bool = False


@frozen
class Dated:
    """Dates or times as texts with fields at their places; ``unsaid`` are the values of fields that are not written."""

    kind: type[Domain]
    text: StringValue
    layout: tuple[Field | str, ...]
    unsaid: tuple[tuple[str, int], ...] = ()


Content = Whole | Written | Dated


def is_member(domain: Domain, content: Content) -> Answer:
    """Which values of a column are members of a set; units are not asked for here."""
    if domain is ANY:
        return True
    if domain is NONE:
        return False
    if isinstance(domain, Choice):
        return any_of(is_member(one, content) for one in domain.alternatives)
    if type(domain) is not (Numbers if isinstance(content, Whole) else content.kind):
        return False
    compiled = COMPILED.get(type(domain))
    return None if compiled is None else compiled(domain, content)


def is_compiled(domain: Domain) -> bool:
    """Whether a set has an expression, by which members and other values of its kind are told apart."""
    if isinstance(domain, Choice):
        return all(is_compiled(one) for one in domain.alternatives)
    if isinstance(domain, Texts):
        return all(is_same_in_ascii(pattern) for pattern in domain.patterns)
    return domain in (ANY, NONE) or type(domain) in COMPILED


def without_unit(domain: Domain) -> Domain:
    """Numbers as plain numbers; any other set as it is."""
    return domain.with_unit(None) if isinstance(domain, Numbers) else domain


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(domain: Domain, content: Content) -> Answer:
    assert isinstance(domain, Numbers)
    assert isinstance(content, Whole)
    counted = domain.with_unit(None).scaled(content.per).meet(integers(LEAST, MOST))
    if not isinstance(counted, Numbers):
        return False
    listed = [span.low for span in counted.spans if span.is_point]
    ranges = [(span.low, span.high) for span in counted.spans if not span.is_point]
    number = content.number
    found: list[Answer] = []
    for low, high in ranges:
        if (low, high) == (LEAST, MOST):
            found.append(True)
        elif low == LEAST:
            found.append(number <= high)
        else:
            found.append(number >= low if high == MOST else number.between(low, high))
    if listed:
        found.append(number == listed[0] if len(listed) == 1 else number.isin(listed))
    within = any_of(found)
    if ranges and counted.step not in (None, 1):
        return all_of([within, number % counted.step == 0])
    return within


# --- texts, bits, octets ---------------------------------------------------------------------------------------------


def _lengths(text: StringValue, before: int, low: int, high: int | None) -> Answer:
    count = text.length()
    if high is None:
        return count >= before + low
    return count == before + low if low == high else count.between(before + low, before + high)


def _texts(domain: Domain, content: Content) -> Answer:
    assert isinstance(domain, Texts)
    assert isinstance(content, Written)
    if domain.listed is not None:
        return content.text.isin(list(domain.listed))
    if not all(is_same_in_ascii(pattern) for pattern in domain.patterns):
        return None
    lengths = _lengths(content.text, 0, *domain.lengths)
    return all_of([lengths, *(matches(content.text, pattern) for pattern in domain.patterns)])


def _bits(domain: Domain, content: Content) -> Answer:
    assert isinstance(domain, Bits)
    assert isinstance(content, Written)
    if content.digits == 2:
        return _bits_of_an_octet(domain, content)
    if domain.lengths is not None:
        return _lengths(content.text, len(content.before), *domain.lengths)
    if domain.mask is None:
        return content.text.isin([content.before + one for one in domain.listed])
    if "x" not in domain.mask:
        return content.text == content.before + domain.mask
    return matches(content.text, content.before + domain.mask.replace("x", "[01]"))


def _bits_of_an_octet(domain: Bits, content: Written) -> Answer:
    """Members of at most eight bits, as the octet that they fill from its first bit on."""
    listed = domain.meet(bits(0, 8)).members()
    if listed is None:
        return None
    octets = [one.octets() for one in listed if isinstance(one, BitString) and one.bits]
    return any_of([content.text.isin([content.before + one.hex().upper() for one in octets])] if octets else [])


def _octets(domain: Domain, content: Content) -> Answer:
    assert isinstance(domain, Octets)
    assert isinstance(content, Written)
    if domain.lengths is not None:
        low, high = domain.lengths
        each = content.digits
        return _lengths(content.text, len(content.before), each * low, None if high is None else each * high)
    if content.digits == 2:
        return content.text.upper().isin([content.before.upper() + one.hex().upper() for one in domain.listed])
    return any_of([content.text.isin([one.decode() for one in domain.listed if one.isascii()])])


# --- dates and times -------------------------------------------------------------------------------------------------


def _dates(domain: Domain, content: Content) -> Answer:
    assert isinstance(domain, CosemProduct)
    assert isinstance(content, Dated)
    parts = dict(zip(domain.names, domain.parts, strict=True))
    if any(name in parts and not parts[name].contains(value) for name, value in content.unsaid):
        return False
    pattern = ""
    for piece in content.layout:
        if isinstance(piece, str):
            pattern += piece
            continue
        field = field_pattern(parts[piece.name], piece.width, piece.base, signed=piece.signed)
        if not field:
            return None if field is None else False
        pattern += field
    return matches(content.text, pattern)


COMPILED: dict[type[Domain], Callable[[Domain, Content], Answer]] = {
    Numbers: _numbers,
    Texts: _texts,
    Bits: _bits,
    Octets: _octets,
    CosemDate: _dates,
    CosemTime: _dates,
    CosemDateTime: _dates,
}
"""The kinds of sets that have an expression. Booleans and null are few enough to be asked for one by one; lists and
records stand in no column."""
