"""Sets and values in the words of their encoding: ``0xFE`` as days of the week is ``every day``."""

from __future__ import annotations

from gbcscheck.domains.base import Domain, NotExact, NotInterpretable, Value
from gbcscheck.domains.bits import bits
from gbcscheck.domains.cosem import cosem_date, cosem_date_time, cosem_time
from gbcscheck.domains.cosem_words import in_words
from gbcscheck.domains.describing import describe
from gbcscheck.domains.interpret_as import interpret_as
from gbcscheck.domains.singletons import domain_of
from gbcscheck.domains.value_text import print_value

ENCODINGS = {"weekdays": bits(7, 7), "date": cosem_date(), "time": cosem_time(), "date-time": cosem_date_time()}
"""What ``describe_as`` knows, each with the type that values are read as."""


def describe_as(what: Domain | Value, encoding: str) -> str:
    """A set of values, or one value, in the words of its encoding (one of ENCODINGS); in general words where it has
    more than one member or is no such thing.

    >>> from gbcscheck.domains import octets_of
    >>> describe_as(octets_of(b"\\xfe"), "weekdays"), describe_as(bytes.fromhex("FFFFFFFFFF"), "date")
    ('every day', 'any date')
    """
    if encoding in ENCODINGS:
        try:
            domain = what if isinstance(what, Domain) else domain_of(what)
            members = interpret_as(domain, ENCODINGS[encoding]).members(1)
        except (NotInterpretable, NotExact):
            members = None
        if members:
            return in_words(members[0])
    return describe(what) if isinstance(what, Domain) else print_value(what)
