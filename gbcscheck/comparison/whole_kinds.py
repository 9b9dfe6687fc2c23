"""Every value of the kind of a set: what holds where nothing restricts it."""

from __future__ import annotations

from gbcscheck.domains import (
    ANY,
    Bits,
    Booleans,
    Choice,
    CosemDate,
    CosemDateTime,
    CosemTime,
    Domain,
    ListOf,
    Nulls,
    Numbers,
    Octets,
    Record,
    Texts,
    XsDate,
    XsDateTime,
    XsTime,
    bits,
    integers,
    octets,
    texts,
)
from gbcscheck.domains.base import Anything, Nothing
from gbcscheck.domains.by_kind import ByKind


def whole_kind(domain: Domain, length: Domain | None = None) -> Domain:
    """Every value of the kind of a set; of dates, records and other kinds of many parts, everything. ``length`` is the
    number of octets that a whole number takes, where that is one."""
    return _WHOLE(domain, length)


def _numbers(_: Numbers, length: Domain | None) -> Domain:
    sizes = length.members(1) if length is not None else None
    size = sizes[0] if sizes else None
    return integers(0, 256**size - 1) if isinstance(size, int) and 0 < size <= 8 else integers()


_WHOLE: ByKind[Domain] = ByKind(
    "every value of the kind",
    {
        Numbers: _numbers,
        Texts: lambda *_: texts(),
        Octets: lambda *_: octets(),
        Bits: lambda *_: bits(),
        **dict.fromkeys((CosemDate, CosemTime, CosemDateTime, XsDate, XsTime, XsDateTime), lambda *_: ANY),
        **dict.fromkeys((Booleans, ListOf, Record, Nulls, Choice, Anything, Nothing), lambda *_: ANY),
    },
)
