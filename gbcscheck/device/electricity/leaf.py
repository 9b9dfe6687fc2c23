"""One value of an electricity message against its row: data type, length, constant, dates and times."""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Number

from gbcscheck.cosem.axdr import (
    ARRAY,
    BIT_STRING,
    BOOLEAN,
    COMPACT_ARRAY,
    NULL,
    STRUCTURE,
    TAGS,
    UTF8_STRING,
    VISIBLE_STRING,
    Data,
)
from gbcscheck.cosem.axdr import Bits as WireBits
from gbcscheck.device.electricity.rows import Leaf
from gbcscheck.device.electricity.rules import CONSTANT, INSTANT, LENGTH, PERMITTED, TYPE, WILDCARD
from gbcscheck.device.model import Problem
from gbcscheck.domains import (
    Bits,
    BitString,
    CosemDateTime,
    DateTimeValue,
    DateValue,
    Domain,
    Octets,
    Texts,
    TimeValue,
    Value,
    cosem_date,
    cosem_date_time,
    cosem_time,
)
from gbcscheck.domains.cosem_calendar import is_at_once, no_such_day, reserved_status
from gbcscheck.domains.cosem_words import CANCELLED, in_words
from gbcscheck.domains.encoding_words import describe_as
from gbcscheck.domains.value_text import print_value

_INSTANTS: dict[str, tuple[int, type[DateValue] | type[TimeValue] | type[DateTimeValue], Domain]] = {
    "date": (5, DateValue, cosem_date()),
    "time": (4, TimeValue, cosem_time()),
    "date-time": (12, DateTimeValue, cosem_date_time()),
}
"""Octets, value and possible values of the encodings of dates and times."""


def value_of(data: Data, encoding: str = "") -> Value:
    """A simple value as a member of a set of values: a number, truth, text, bits, octets, or a date or time where
    ``encoding`` says that the octets hold one."""
    value = data.value
    if data.tag == BOOLEAN:
        return bool(value)
    if isinstance(value, WireBits):
        return BitString(str(value))
    if isinstance(value, bytes):
        if data.tag in (VISIBLE_STRING, UTF8_STRING):
            return value.decode("utf-8", "replace")
        known = _INSTANTS.get(encoding)
        if known is not None and len(value) == known[0]:
            return known[1].from_octets(value)
        return value
    if isinstance(value, int):
        return value
    raise ValueError(f"a {data.type_name} is no simple value")


def written(data: Data, octets: bytes) -> str:
    """The octets of a value, tag and length included, as hexadecimal digits; a long value is cut."""
    shown = octets[data.offset : data.offset + min(data.length, 40)].hex(" ").upper()
    return shown if data.length <= 40 else f"{shown} ..."


def meaning_of(data: Data, leaf: Leaf | None = None) -> str:
    """A value in plain words, as its row encodes it."""
    if data.value is None or data.tag in (ARRAY, STRUCTURE, COMPACT_ARRAY):
        count = len(data.members)
        return data.type_name if data.value is None else f"{data.type_name} of {count} member{'s'[: count != 1]}"
    value = value_of(data)
    if leaf is not None and leaf.wording:
        return describe_as(value, leaf.wording)
    return f"{data.type_name} {print_value(value)}"


def leaf_problems(leaf: Leaf, data: Data) -> Iterator[Problem]:
    """Everything that is wrong with a value by its own row; nothing where the row leaves it open."""
    if leaf.tag is None:
        return
    if data.tag != leaf.tag:
        expected = TAGS[leaf.tag]
        yield Problem(
            TYPE,
            f"{data.type_name} where {expected} is expected",
            leaf.statements("type"),
            suggestion=f"write the value as {expected} (tag 0x{leaf.tag:02X})",
        )
        return
    if leaf.is_open or leaf.tag == NULL:
        return
    value = value_of(data)
    if leaf.type_domain is not None and not leaf.type_domain.contains(value):
        yield _wrong_length(leaf, data)
        return
    if leaf.constant is not None:
        yield from _constant(leaf, data, value)
    elif leaf.encoding:
        yield from _instant(leaf, data)
    elif leaf.permitted is not None and not leaf.permitted.contains(value):
        expected = leaf.permitted.describe()
        yield Problem(PERMITTED, f"{meaning_of(data)} where {expected} is permitted", leaf.statements("permitted"))


def _wrong_length(leaf: Leaf, data: Data) -> Problem:
    domain = leaf.type_domain
    value = data.value
    unit = "bits" if data.tag == BIT_STRING else "characters" if isinstance(domain, Texts) else "octets"
    found = value.length if isinstance(value, WireBits) else len(value) if isinstance(value, bytes) else 0
    assert isinstance(domain, Octets | Bits | Texts)
    expected = domain.describe()
    return Problem(
        LENGTH,
        f"{data.type_name} of {found} {unit} where {expected} {'is' if expected.startswith('1 ') else 'are'} expected",
        leaf.statements("type"),
    )


def _constant(leaf: Leaf, data: Data, value: Value) -> Iterator[Problem]:
    """A constant that is no value of its row's type (a finding of ``check``) fixes nothing here."""
    assert leaf.constant is not None
    if leaf.constant.contains(value) or not _same_sort(leaf.constant, value):
        return
    expected, meaning = leaf.constant.describe(), describe_as(leaf.constant, leaf.wording)
    if meaning != expected:
        expected = f"{expected} ({meaning})"
    yield Problem(
        CONSTANT,
        f"{meaning_of(data, leaf)} where the use case fixes {expected}",
        leaf.statements("constant"),
        suggestion=f"write {expected}",
    )


def _same_sort(constant: Domain, value: Value) -> bool:
    """Whether the constant has any member of the value's sort."""
    member = constant.witness()
    numbers = [isinstance(one, Number) and not isinstance(one, bool) for one in (member, value)]
    return all(numbers) or type(member) is type(value)


def _instant(leaf: Leaf, data: Data) -> Iterator[Problem]:
    value = value_of(data, leaf.encoding)
    if not isinstance(value, DateValue | TimeValue | DateTimeValue):
        return
    is_one = _INSTANTS[leaf.encoding][2].contains(value)
    why = no_such_day(value) or ("" if is_one else "a part of it is out of its range")
    if why:
        yield Problem(
            INSTANT,
            f"no {leaf.encoding} of COSEM: {in_words(value)}; {why}",
            leaf.statements("encoding"),
            why="what a device makes of it is not defined (Blue Book 4.1.6.1).",
        )
    elif leaf.permitted is not None and not _in_full(leaf.permitted, value):
        yield Problem(
            WILDCARD,
            f"a {leaf.encoding} without wildcards is expected: {in_words(value)}",
            leaf.statements("permitted"),
        )
    elif reserved_status(value):
        yield Problem(
            INSTANT,
            f"{reserved_status(value)}: {in_words(value)}",
            leaf.statements("encoding"),
            severity="warning",
            why="bits 4 to 6 of a clock status are reserved (Blue Book 4.1.6.1).",
        )


def _in_full(permitted: Domain, value: Value) -> bool:
    """Whether a date or time is permitted where wildcards are not. A date-time gives all six of year to second, or is
    one of the two special values; the set in ``permitted`` cannot say so, since its fields vary by themselves."""
    if not permitted.contains(value):
        return False
    if isinstance(permitted, CosemDateTime) and isinstance(value, DateTimeValue):
        if is_at_once(value) or value == CANCELLED:
            return True
        date, time = value.date, value.time
        unspecified = date.year == 0xFFFF or 0xFF in (date.month, date.day, time.hour, time.minute, time.second)
        return not unspecified and date.month > 0 and date.day > 0
    return True
