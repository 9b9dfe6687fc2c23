"""The values that XML writes: a literal read as a member of the set that the schema permits.

Lexical forms: XML Schema Part 2. Blanks around a value count in texts (a single space is a value of its own), and
nowhere else.
"""

from __future__ import annotations

import base64
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from gbcscheck.model import Statement

if TYPE_CHECKING:
    from gbcscheck.domains import Domain

_INTEGER = re.compile(r"[-+]?\d+", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})*")
_TRUTH = {"true": True, "1": True, "false": False, "0": False}
MOST_DIGITS = 400
"""Digits of a number that are read; the longest bound of these schemas has 20."""


class NotOfType(ValueError):
    """A literal that is no value of the kind that its element takes."""


def read_literal(literal: str, domain: Domain, statement: Statement) -> object:
    """The value of a literal by the kind of the set that ``statement`` sets out. Raises NotOfType."""
    from gbcscheck.domains import Booleans, Numbers, Octets, Texts, XsDate, XsDateTime, XsTime

    base = (statement.text or "").partition(",")[0]
    text = literal.strip(" \t\r\n")
    if isinstance(domain, Numbers):
        return _number(text, whole=domain.step == 1 and base != "xs:decimal")
    if isinstance(domain, Booleans):
        if text not in _TRUTH:
            raise NotOfType("true, false, 1 or 0 was expected")
        return _TRUTH[text]
    if isinstance(domain, Octets):
        return _octets(text, base)
    if isinstance(domain, XsTime | XsDate | XsDateTime):
        return _time(text, domain)
    if isinstance(domain, Texts) and base != "xs:string" and not domain.contains(literal):
        # a type that is built on xs:token collapses blanks; which one it is, an enumeration does not say
        collapsed = " ".join(literal.split())
        return collapsed if domain.contains(collapsed) else literal
    return literal


def _number(text: str, *, whole: bool) -> int | Fraction:
    if len(text) > MOST_DIGITS:
        raise NotOfType(f"a number of at most {MOST_DIGITS} digits was expected")
    if _INTEGER.fullmatch(text):
        return int(text)
    if whole or not _DECIMAL.fullmatch(text):
        raise NotOfType("a whole number was expected" if whole else "a decimal number was expected")
    number = Fraction(text if text[-1] != "." else text[:-1])
    return int(number) if number.denominator == 1 else number


def _octets(text: str, base: str) -> bytes:
    if base == "xs:base64Binary":
        try:
            return base64.b64decode("".join(text.split()), validate=True)
        except ValueError:  # binascii.Error is one, and so is what is said of characters beyond ASCII
            raise NotOfType("octets in base64 were expected") from None
    if not _HEX.fullmatch(text):
        raise NotOfType("octets as pairs of hexadecimal digits were expected")
    return bytes.fromhex(text)


def _time(text: str, domain: Domain) -> object:
    from gbcscheck.domains import XsDateTimeValue, XsDateValue, XsTime, XsTimeValue
    from gbcscheck.domains.xmltime import XsDate

    kind = XsTimeValue if isinstance(domain, XsTime) else XsDateValue if isinstance(domain, XsDate) else XsDateTimeValue
    try:
        return kind.parse(text)
    except ValueError as error:
        detail = str(error).partition(": ")[2]
        raise NotOfType(detail or f"{domain.kind} was expected") from None
