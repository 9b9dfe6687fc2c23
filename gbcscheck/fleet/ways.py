"""The ways in which a value of an item may plainly be written, each with the one kind of value that it then is.

This says of columns what ``device/configuration/values.py`` says of single values, for the forms that are plain: what
is written otherwise (``16h``, ``Mon-Fri``, ``1,5``, ``PT30S``) is left to the judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias, Union

from gbcscheck.device.configuration.form import Form
from gbcscheck.device.configuration.values import LOGICAL_NAME_OCTETS
from gbcscheck.domains import (
    Bits,
    CosemDate,
    CosemDateTime,
    CosemTime,
    DateTimeValue,
    Domain,
    Numbers,
    Octets,
    Texts,
)
from gbcscheck.domains.cosem import DATE_FIELDS, DATE_TIME_FIELDS, TIME_FIELDS, UNSPECIFIED, UNSPECIFIED_DEVIATION
from gbcscheck.domains.patterns import LONGEST_COUNT
from gbcscheck.fleet.compiled import Content, Dated, Field, Whole, Written
from gbcscheck.fleet.readings import (
    BARE_BITS,
    BARE_OCTETS,
    BITS,
    DATE,
    DECIMAL,
    NOTATION,
    OCTETS,
    OCTETS_APART,
    PLACES,
    PLAIN_TEXT,
    TEXT,
    TIME,
    WHOLE,
    Reading,
    matches,
    millionths,
    whole_number,
)

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, StringValue

Condition: TypeAlias = Union["BooleanValue", bool]

_WIDTHS = {"year": 4, "deviation": 4}
"""Hexadecimal digits of the fields of dates and times that have more than one octet."""
_ISO_DATE: tuple[Field | str, ...] = (Field("year", 4, 10), "-", Field("month", 2, 10), "-", Field("day", 2, 10))
_ISO_MINUTE: tuple[Field | str, ...] = (Field("hour", 2, 10), ":", Field("minute", 2, 10))
_ISO_SECOND: tuple[Field | str, ...] = (*_ISO_MINUTE, ":", Field("second", 2, 10))
_FIELDS = {CosemDate: DATE_FIELDS, CosemTime: TIME_FIELDS, CosemDateTime: DATE_TIME_FIELDS}
_UNSAID = (("weekday", UNSPECIFIED), ("hundredths", 0), ("deviation", UNSPECIFIED_DEVIATION), ("status", UNSPECIFIED))

PLAIN: frozenset[type[Domain]] = frozenset((Numbers, Texts, Bits, Octets, *_FIELDS))
"""The kinds of values that may plainly be written; of others only those of a list are told."""


def ways(form: Form, read: Reading) -> Iterator[tuple[Condition, Content]]:
    """Each way in which values of a column may be written, and what they then are, of the kind of the item's first
    type; an item without a type may hold a number."""
    shape = type(form.kinds[0]) if form.kinds else Numbers
    if shape is Numbers:
        yield from _numbers(form, read)
    elif read.kind == TEXT:
        if shape is Texts:
            yield _plain_text(form, read), Written(Texts, read.text)
        elif shape is Bits:
            yield from _bits(form, read)
        elif shape is Octets:
            yield from _octets(form, read)
        elif shape in _FIELDS:
            yield from _dated(form, read, shape)


def _numbers(form: Form, read: Reading) -> Iterator[tuple[Condition, Content]]:
    if read.kind != TEXT and not form.kinds and form.unit:
        return  # read as a number in no unit, of text as one in the item's
    if read.whole is not None:
        yield True if read.is_exact else read.whole.notnull(), Whole(read.whole)
        return
    plain = matches(read.text, WHOLE)
    if not form.kinds:  # digits 0 and 1 alone are bits, where nobody says that they are a number
        plain &= ~matches(read.text, BARE_BITS)
    yield plain, Whole(whole_number(read.text))
    yield matches(read.text, DECIMAL), Whole(millionths(read.text), 10**PLACES)


def _plain_text(form: Form, read: Reading) -> BooleanValue:
    plain = matches(read.text, PLAIN_TEXT)
    if form.documents:
        plain &= matches(read.text, f"[A-Za-z]{PLAIN_TEXT}")  # a quantity may be what a document writes
    return plain


def most_bits(form: Form) -> int | None:
    """The greatest count of bits that each type of bits has; None where there is no such type. Bits without a bound are
    told apart up to the longest text that is put into an expression."""
    ends = [kind.length_range.high for kind in form.kinds if isinstance(kind, Bits)]
    return min(LONGEST_COUNT if high is None else high for high in ends) if ends else None


def _bits(form: Form, read: Reading) -> Iterator[tuple[Condition, Content]]:
    """Bits with no more of them than each type has, and what fills whole octets where each has so many: zeros behind
    them, or one octet."""
    ends = [kind.length_range for kind in form.kinds if isinstance(kind, Bits)]
    most = most_bits(form) or 0
    for before, pattern in (("0b", BITS), ("", "[01]{2,}")):
        plain = matches(read.text, pattern) & (read.text.length() <= len(before) + most)
        yield plain, Written(Bits, read.text, before)
    padding = -most % 8
    if not all(one == (most, most) for one in ends) or most > LONGEST_COUNT:
        return
    for before in ("0b", "") if padding else ():
        bits = Written(Bits, read.text.left(len(before) + most), before)
        yield matches(read.text, f"{before}[01]{{{most}}}{'0' * padding}"), bits
    if 4 <= most <= 8:
        last = "".join(sign for sign in "0123456789ABCDEF" if int(sign, 16) % 2**padding == 0)
        text = read.text.upper()
        yield matches(text, f"0X[0-9A-F][{last}]"), Written(Bits, text, "0X", digits=2)


def _octets(form: Form, read: Reading) -> Iterator[tuple[Condition, Content]]:
    """Octets behind ``0x``; hexadecimal digits alone, which are octets where so many are of a type and so many
    characters are not; and texts that are neither."""
    text = read.text
    as_text = Written(Octets, text, digits=1)
    yield matches(text, OCTETS), Written(Octets, text, "0x", digits=2)
    own = [kind.lengths for kind in form.kinds if isinstance(kind, Octets)]
    bare = matches(text, BARE_OCTETS)
    for lengths in own:
        if lengths is None:
            break
        low, high = lengths
        yield bare & _between(text.length(), low, high), as_text
        yield bare & _between(text.length(), 2 * low, None if high is None else 2 * high), _as_digits(text)
    else:
        yield bare, as_text
    plain = matches(text, PLAIN_TEXT) & ~matches(text, OCTETS_APART) & ~matches(text, NOTATION)
    if (LOGICAL_NAME_OCTETS, LOGICAL_NAME_OCTETS) in own:
        plain &= matches(text, "[^.]*")
    yield plain, as_text


def _as_digits(text: StringValue) -> Written:
    """Hexadecimal digits without anything before them, as octets."""
    return Written(Octets, text, digits=2)


def _between(count: Any, low: int, high: int | None) -> BooleanValue:
    return count >= low if high is None else count.between(low, high)


def _dated(form: Form, read: Reading, shape: type[Domain]) -> Iterator[tuple[Condition, Content]]:
    """Dates and times as their octets, and as ISO 8601 has them with the fields that it does not say."""
    fields = tuple(Field(name, _WIDTHS.get(name, 2), 16, signed=name == "deviation") for name in _FIELDS[shape])
    count = sum(one.width for one in fields)
    yield matches(read.text, f"0x[0-9A-Fa-f]{{{count}}}"), Dated(shape, read.text.upper(), ("0X", *fields))
    if shape is CosemDate:
        yield matches(read.text, DATE), Dated(shape, read.text, _ISO_DATE, _UNSAID)
    elif shape is CosemTime:
        yield matches(read.text, TIME), Dated(shape, read.text, _ISO_SECOND, _UNSAID)
        yield matches(read.text, "[0-9]{2}:[0-9]{2}"), Dated(shape, read.text, _ISO_MINUTE, (*_UNSAID, ("second", 0)))
    else:
        moment = (*_ISO_DATE, "[T ]", *_ISO_SECOND)
        yield matches(read.text, f"{DATE}[T ]{TIME}"), Dated(shape, read.text, moment, _UNSAID)
        fixed = (*_UNSAID, *((name, 0) for name in TIME_FIELDS[:3]))
        yield matches(read.text, DATE), Dated(shape, read.text, _ISO_DATE, fixed)
        if (utc := _in_utc(form)) is not None:
            yield matches(read.text, f"{DATE}[T ]{TIME}Z"), Dated(shape, read.text, (*moment, "Z"), utc)


def _in_utc(form: Form) -> tuple[tuple[str, int], ...] | None:
    """What a date and time in UTC is in the fields that ISO 8601 does not say, by the reader itself."""
    from gbcscheck.device.configuration.values import read_value

    value = read_value("2021-11-01T16:00:00Z", form)
    if not isinstance(value, DateTimeValue):
        return None
    said = dict(zip(DATE_TIME_FIELDS, value.fields(), strict=True))
    return tuple((name, said[name]) for name, _ in _UNSAID)
