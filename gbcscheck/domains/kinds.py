"""The kinds of sets, in one table: which there are, in which order, and the types of their members.

Whatever is done differently for each kind is a table over these; a test holds that none of them lacks a kind.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from gbcscheck.domains.base import Domain
from gbcscheck.domains.bits import Bits, BitString
from gbcscheck.domains.booleans import Booleans, Null, Nulls
from gbcscheck.domains.cosem import (
    CosemDate,
    CosemDateTime,
    CosemProduct,
    CosemTime,
    DateTimeValue,
    DateValue,
    TimeValue,
    cosem_date,
    cosem_date_time,
    cosem_time,
)
from gbcscheck.domains.lists import ListOf
from gbcscheck.domains.numbers import Numbers, Quantity
from gbcscheck.domains.octets import Octets
from gbcscheck.domains.products import Record, RecordValue
from gbcscheck.domains.texts import Texts
from gbcscheck.domains.xml_moments import XsDateTimeValue, XsDateValue, XsTimeValue
from gbcscheck.domains.xml_products import XsProduct
from gbcscheck.domains.xml_times import XsDate, XsDateTime, XsTime, xs_date, xs_date_time, xs_time

KINDS: dict[type[Domain], tuple[type, ...]] = {
    Numbers: (int, Fraction, Quantity),
    Booleans: (bool,),
    Texts: (str,),
    Bits: (BitString,),
    Octets: (bytes,),
    CosemDate: (DateValue,),
    CosemTime: (TimeValue,),
    CosemDateTime: (DateTimeValue,),
    XsDate: (XsDateValue,),
    XsTime: (XsTimeValue,),
    XsDateTime: (XsDateTimeValue,),
    ListOf: (tuple,),
    Record: (RecordValue,),
    Nulls: (Null,),
}
"""Each kind of set with the types of its members, in the order of their ranks: that of the alternatives of a choice."""


class DatedKind(NamedTuple):
    """A kind of dates or times: its word in the notation, and what makes a set from the sets of its fields."""

    word: str
    make: Callable[..., Domain]


DATED: dict[type[CosemProduct | XsProduct], DatedKind] = {
    CosemDate: DatedKind("date", cosem_date),
    CosemTime: DatedKind("time", cosem_time),
    CosemDateTime: DatedKind("date-time", cosem_date_time),
    XsDate: DatedKind("xs:date", xs_date),
    XsTime: DatedKind("xs:time", xs_time),
    XsDateTime: DatedKind("xs:dateTime", xs_date_time),
}
"""The kinds of dates and times."""
