"""Reading a cell's raw set in the context of its data type: ``0xFE`` of seven bits is ``0b1111111``.

Cells hold octets, binary literals and integers, whatever their type; here they become values of the type. Nothing is
judged: a number that its type cannot hold stays the number that it is, and a rule may find it.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from gbcscheck.domains.base import ANY, NONE, Domain, NotExact, NotInterpretable, Value
from gbcscheck.domains.bits import Bits, BitString, bits, bits_pattern, bits_set
from gbcscheck.domains.booleans import Booleans, Nulls, boolean
from gbcscheck.domains.by_kind import ByKind
from gbcscheck.domains.choice import Choice, union
from gbcscheck.domains.cosem import (
    CosemDate,
    CosemDateTime,
    CosemTime,
    DateTimeValue,
    DateValue,
    TimeValue,
    cosem_date,
    cosem_date_time,
    cosem_time,
)
from gbcscheck.domains.describing import describe
from gbcscheck.domains.lists import ListOf, list_of
from gbcscheck.domains.numbers import Numbers, integers, points
from gbcscheck.domains.octets import Octets, octets, octets_set
from gbcscheck.domains.products import Record, record
from gbcscheck.domains.rational import exact
from gbcscheck.domains.singletons import domain_of
from gbcscheck.domains.texts import Texts
from gbcscheck.domains.xml_moments import XsDateTimeValue, XsDateValue, XsTimeValue
from gbcscheck.domains.xml_times import XsDate, XsDateTime, XsTime


def interpret_as(domain: Domain, to: Domain) -> Domain:
    """A set as it was written, read as values of the type ``to``.

    Octets and binary literals become integers (big-endian; two's complement where only that is of the type),
    booleans, bit strings (trailing zero padding dropped), COSEM dates and times; integers become octets and booleans;
    texts become what XML writes for the type, and their octets in UTF-8. A set that already is of the type's kind is
    returned as it is, members outside of the type included. Raises NotInterpretable with the reason.

    >>> from gbcscheck.domains import bits, octets_of
    >>> str(interpret_as(octets_of(b"\\xfe"), bits(7, 7)))
    '0b1111111'
    """
    if domain is NONE or to is ANY or domain is ANY:
        return to if domain is ANY else domain
    if isinstance(domain, Choice):
        return union(*(interpret_as(one, to) for one in domain.alternatives))
    if isinstance(to, Choice):
        return _to_choice(domain, to)
    if type(domain) is type(to):
        return _OF_ONE_KIND(domain, to)
    reader = _READERS.get((type(domain), type(to)))
    if reader is None:
        raise NotInterpretable(f"{domain} cannot be read as {to.kind}")
    return reader(domain, to)


def is_readable(kind: type[Domain], to: type[Domain]) -> bool:
    """Whether some sets of a kind can be read as those of another."""
    return kind is to or (kind, to) in _READERS


def _to_choice(domain: Domain, to: Choice) -> Domain:
    """Read as the alternative of the same kind, else as the first one into which it can be read, whole if possible."""
    for one in to.alternatives:
        if type(one) is type(domain):
            return interpret_as(domain, one)
    read: list[Domain] = []
    for one in to.alternatives:
        try:
            found = interpret_as(domain, one)
        except NotInterpretable:
            continue
        if found.is_subset(one):
            return found
        read.append(found)
    if not read:
        raise NotInterpretable(f"{domain} cannot be read as {describe(to)}")
    return read[0]


def _as_it_is(domain: Domain, to: Domain) -> Domain:
    return domain


def _to_list(domain: ListOf, to: ListOf) -> Domain:
    entries = interpret_as(domain.item, to.item) if domain.item is not NONE else NONE
    return list_of(entries, domain.lengths.low, domain.lengths.high)


def _to_record(domain: Record, to: Record) -> Domain:
    types = dict(to.fields)
    if set(types) != {name for name, _ in domain.fields}:
        raise NotInterpretable(f"the fields of {domain} are not those of {to}")
    return record({name: interpret_as(part, types[name]) for name, part in domain.fields})


def _members(domain: Domain, to: Domain) -> tuple[Value, ...]:
    """The members of a set that has to be read one by one."""
    members = domain.members()
    if members is None:
        raise NotInterpretable(f"{domain} cannot be read as {to.kind}: only single values can")
    return members


# --- bit strings -----------------------------------------------------------------------------------------------------


def _without_padding(domain: Bits, to: Bits) -> Domain:
    """Bit strings of whole octets without the padding that a shorter type leaves: on the least significant side."""
    most = to.length_range.high
    if most is None or domain.length_range.low <= most or domain.lengths is not None:
        return domain
    octet = -(-most // 8) * 8
    if domain.mask is not None:
        return bits_pattern(_cut(domain.mask, most, octet))
    return bits_set(_cut(literal, most, octet) if len(literal) > most else literal for literal in domain.listed)


def _cut(literal: str, most: int, octet: int) -> str:
    if len(literal) != octet:
        raise NotInterpretable(f"0b{literal} has {len(literal)} bits, {most} are there to be filled")
    if set(literal[most:]) != {"0"}:
        raise NotInterpretable(f"0b{literal}: a bit of the padding behind the first {most} bits is set")
    return literal[:most]


def _octets_to_bits(domain: Domain, to: Domain) -> Domain:
    assert isinstance(domain, Octets)
    assert isinstance(to, Bits)
    if domain.lengths is not None:
        least, most = to.length_range
        same = most is not None and domain.lengths == (-(-least // 8), -(-most // 8))
        return to if same else bits(domain.lengths.low * 8, None if most is None else (domain.lengths.high or 0) * 8)
    raw = bits_set("".join(f"{octet:08b}" for octet in literal) for literal in domain.listed)
    assert isinstance(raw, Bits)
    return _without_padding(raw, to)


# --- numbers ---------------------------------------------------------------------------------------------------------


def _octets_to_numbers(domain: Domain, to: Domain) -> Domain:
    assert isinstance(domain, Octets)
    assert isinstance(to, Numbers)
    if domain.lengths is not None:
        return integers(0, 256 ** (domain.lengths.high or 0) - 1) if domain.lengths.high else to
    return points([_integer(literal, to) for literal in domain.listed])


def _integer(literal: bytes, to: Numbers) -> int:
    """Big-endian; two's complement where the number without a sign is not of the type and the one with it is."""
    number = int.from_bytes(literal, "big")
    signed = int.from_bytes(literal, "big", signed=True)
    return signed if not to.holds(number) and to.holds(signed) else number


def _bits_to_numbers(domain: Domain, to: Domain) -> Domain:
    return points([int(value.bits or "0", 2) for value in _members(domain, to) if isinstance(value, BitString)])


def _numbers_to_octets(domain: Domain, to: Domain) -> Domain:
    assert isinstance(to, Octets)
    least, most = to.length_range
    if least != most:
        raise NotInterpretable(f"{domain} cannot be read as octets: nothing says how many")
    if domain == integers(0, 256**least - 1):
        return octets(least, least)
    literals = []
    for value in _members(domain, to):
        if not isinstance(value, int) or not -(1 << 8 * least >> 1) <= value < 1 << 8 * least:
            raise NotInterpretable(f"{value} cannot be read as {least} octets")
        literals.append((value % (1 << 8 * least)).to_bytes(least, "big"))
    return octets_set(literals)


# --- booleans --------------------------------------------------------------------------------------------------------

_TRUTH = {0: False, 1: True, 0xFF: True}
"""TRUE is 0x01 in the templates of GBCS and 0xFF on the wire."""


def _to_booleans(domain: Domain, to: Domain) -> Domain:
    values = []
    for value in _members(domain, to):
        number = value
        if isinstance(value, bytes) and len(value) == 1:
            number = value[0]
        elif isinstance(value, BitString) and value.bits:
            number = int(value.bits, 2)
        if not isinstance(number, int) or number not in _TRUTH:
            raise NotInterpretable(f"{domain} is no boolean: 0x00 is false, 0x01 and 0xFF are true")
        values.append(boolean(_TRUTH[number]))
    return union(*values)


# --- dates and times -------------------------------------------------------------------------------------------------


def _octets_to_cosem(domain: Domain, to: Domain) -> Domain:
    shape, count, every = _COSEM[type(to)]
    assert isinstance(domain, Octets)
    if domain.lengths is not None:
        if domain.lengths != (count, count):
            raise NotInterpretable(f"{domain} cannot be read as {to.kind}: it has {count} octets")
        return every()
    found = []
    for literal in domain.listed:
        if len(literal) != count:
            raise NotInterpretable(f"0x{literal.hex().upper()} cannot be read as {to.kind}: it has {count} octets")
        value = shape.from_octets(literal)
        one = domain_of(value)
        if one is NONE:
            raise NotInterpretable(f"0x{literal.hex().upper()} cannot be read as {to.kind}: a field has no legal value")
        found.append(one)
    try:
        return union(*found)
    except NotExact as error:
        raise NotInterpretable(error.problem) from None


def _cosem_to_octets(domain: Domain, to: Domain) -> Domain:
    values = _members(domain, to)
    return octets_set(v.octets() for v in values if isinstance(v, DateValue | TimeValue | DateTimeValue))


_COSEM: dict[type[Domain], tuple[type[DateValue | TimeValue | DateTimeValue], int, Callable[[], Domain]]] = {
    CosemDate: (DateValue, 5, cosem_date),
    CosemTime: (TimeValue, 4, cosem_time),
    CosemDateTime: (DateTimeValue, 12, cosem_date_time),
}


# --- texts, as XML and JSON write values -----------------------------------------------------------------------------


def _texts_to(read: Callable[[str], Value]) -> Callable[[Domain, Domain], Domain]:
    def reader(domain: Domain, to: Domain) -> Domain:
        assert isinstance(domain, Texts)
        if domain.listed is None:
            raise NotInterpretable(f"{domain} cannot be read as {to.kind}: only single values can")
        try:
            return union(*(domain_of(read(text.strip())) for text in domain.listed))
        except NotExact as error:
            raise NotInterpretable(error.problem) from None
        except ValueError:
            raise NotInterpretable(f"{domain} cannot be read as {to.kind}") from None

    return reader


def _truth(text: str) -> bool:
    if text not in ("true", "false", "1", "0"):
        raise ValueError(text)
    return text in ("true", "1")


def _decimal(text: str) -> int | Fraction:
    if "/" in text or "e" in text.casefold():
        raise ValueError(text)
    return exact(text)


def _texts_to_octets(domain: Domain, to: Domain) -> Domain:
    assert isinstance(domain, Texts)
    if domain.listed is None:
        raise NotInterpretable(f"{domain} cannot be read as octets: only single texts can")
    try:
        return octets_set(text.encode("utf-8") for text in domain.listed)
    except UnicodeEncodeError:
        raise NotInterpretable(f"{domain} cannot be read as octets: half of a surrogate pair is no character") from None


_READERS: dict[tuple[type[Domain], type[Domain]], Callable[[Domain, Domain], Domain]] = {
    (Octets, Bits): _octets_to_bits,
    (Octets, Numbers): _octets_to_numbers,
    (Bits, Numbers): _bits_to_numbers,
    (Numbers, Octets): _numbers_to_octets,
    (Octets, Booleans): _to_booleans,
    (Bits, Booleans): _to_booleans,
    (Numbers, Booleans): _to_booleans,
    **{(Octets, shape): _octets_to_cosem for shape in _COSEM},
    **{(shape, Octets): _cosem_to_octets for shape in _COSEM},
    (Texts, Numbers): _texts_to(_decimal),
    (Texts, Booleans): _texts_to(_truth),
    (Texts, Octets): _texts_to_octets,
    (Texts, XsTime): _texts_to(XsTimeValue.parse),
    (Texts, XsDate): _texts_to(XsDateValue.parse),
    (Texts, XsDateTime): _texts_to(XsDateTimeValue.parse),
}
"""What reads sets of one kind as those of another; where there is none, they cannot be read so."""

_OF_ONE_KIND: ByKind[Domain] = ByKind(
    "read as a type of the same kind",
    {
        **dict.fromkeys(
            (Numbers, Booleans, Texts, Octets, CosemDate, CosemTime, CosemDateTime, XsDate, XsTime, XsDateTime, Nulls),
            _as_it_is,
        ),
        Bits: _without_padding,
        ListOf: _to_list,
        Record: _to_record,
    },
)
