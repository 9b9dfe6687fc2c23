"""Numbers of a CSV file with semicolons or tabs: whether their decimal sign is a comma, told by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Sign = Literal["point", "comma", "either", ""]
"""What the numbers of a table show: that decimals follow a point, a comma, both here and there, or nothing."""

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)+(?=[eE][-+]?\d{1,3}(?![\w.,])|(?![\w.,]))")
"""A number with signs in it, an exponent behind it left out."""
_GROUPED = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
"""A number that groups thousands by its sign as well as it may have three decimals after it."""
_GROUPS_BY_POINT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)|[1-9]\d{0,2}(?:\.\d{3}){2,}")
_GROUPS_BY_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)|[1-9]\d{0,2}(?:,\d{3}){2,}")
_ONE_SIGN = re.compile(r"\d+([.,])\d+")


def decimal_sign(texts: Iterable[str]) -> Sign:
    """Which decimal sign some values show, those left aside that could group thousands."""
    found = {sign for text in texts for number in _NUMBER.findall(text) if (sign := _sign_of(number))}
    return "either" if len(found) > 1 else found.pop() if found else ""


def _sign_of(number: str) -> Sign:
    if _GROUPS_BY_POINT.fullmatch(number):
        return "comma"
    if _GROUPS_BY_COMMA.fullmatch(number):
        return "point"
    single = _ONE_SIGN.fullmatch(number)
    if single is None or _GROUPED.fullmatch(number):
        return ""
    return "comma" if single[1] == "," else "point"


def with_points(text: str, sign: Sign, delimiter: str) -> str:
    """A text of a CSV file with points as the decimal signs of its numbers.

    Raises NotationError for a number whose sign may group thousands as well as begin decimals.
    """
    if delimiter not in (";", "\t"):
        return text
    return _NUMBER.sub(lambda found: _with_point(found, sign, delimiter), text)


def _with_point(found: re.Match[str], sign: Sign, delimiter: str) -> str:
    number = found[0]
    grouped = _GROUPED.fullmatch(number)
    if grouped and _is_open(grouped[1], sign, delimiter):
        from gbcscheck.notation.errors import NotationError

        one, other = number.replace(",", "."), re.sub(r"[.,]", "", number)
        raise NotationError(f"{one} or {other}: the sign may be a decimal one, or group thousands", found.string)
    if _GROUPS_BY_POINT.fullmatch(number):
        return number.replace(".", "").replace(",", ".")
    if _GROUPS_BY_COMMA.fullmatch(number):
        return number.replace(",", "")
    return number.replace(",", ".") if _ONE_SIGN.fullmatch(number) else number


def _is_open(sign_of_number: str, sign: Sign, delimiter: str) -> bool:
    """Whether it cannot be told what the sign of a number is that may group thousands."""
    if sign_of_number == ",":
        return sign != "comma"
    return sign in ("comma", "either") or (sign == "" and delimiter == ";")
