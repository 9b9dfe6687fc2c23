"""Sets of values, as an algebra: what every constraint of every specification becomes.

Kinds hold data and set operations and know nothing of words. ``printing`` and ``describing`` stand above them; they are
imported here, so that whoever has a set can write and describe it.
"""

from gbcscheck.domains import describing, printing
from gbcscheck.domains.base import (
    ANY,
    NONE,
    Classes,
    Domain,
    NotExact,
    NotInterpretable,
    NoWitness,
    Undecided,
    Value,
    try_witness,
)
from gbcscheck.domains.bits import Bits, BitString, bits, bits_of, bits_pattern, bits_set
from gbcscheck.domains.booleans import NULL, Booleans, Null, Nulls, boolean, booleans, null
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
from gbcscheck.domains.lists import ListOf, list_of
from gbcscheck.domains.numbers import Numbers, Quantity, integers, numbers, points
from gbcscheck.domains.octets import Octets, octets, octets_of, octets_set
from gbcscheck.domains.products import Record, RecordValue, record
from gbcscheck.domains.texts import Texts, text_set, texts
from gbcscheck.domains.xml_moments import XsDateTimeValue, XsDateValue, XsTimeValue
from gbcscheck.domains.xml_times import (
    XsDate,
    XsDateTime,
    XsTime,
    moments_equal_to,
    moments_within,
    xs_date,
    xs_date_time,
    xs_time,
)

__all__ = [
    "ANY",
    "NONE",
    "NULL",
    "BitString",
    "Bits",
    "Booleans",
    "Choice",
    "Classes",
    "CosemDate",
    "CosemDateTime",
    "CosemTime",
    "DateTimeValue",
    "DateValue",
    "Domain",
    "ListOf",
    "NoWitness",
    "NotExact",
    "NotInterpretable",
    "Null",
    "Nulls",
    "Numbers",
    "Octets",
    "Quantity",
    "Record",
    "RecordValue",
    "Texts",
    "TimeValue",
    "Undecided",
    "Value",
    "XsDate",
    "XsDateTime",
    "XsDateTimeValue",
    "XsDateValue",
    "XsTime",
    "XsTimeValue",
    "bits",
    "bits_of",
    "bits_pattern",
    "bits_set",
    "boolean",
    "booleans",
    "cosem_date",
    "cosem_date_time",
    "cosem_time",
    "describing",
    "integers",
    "list_of",
    "moments_equal_to",
    "moments_within",
    "null",
    "numbers",
    "octets",
    "octets_of",
    "octets_set",
    "points",
    "printing",
    "record",
    "text_set",
    "texts",
    "try_witness",
    "union",
    "xs_date",
    "xs_date_time",
    "xs_time",
]
