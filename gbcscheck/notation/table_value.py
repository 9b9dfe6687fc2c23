"""What people write in tables of settings: ``253 V``, ``Mon-Fri``, ``16:00-20:00``, ``1 Nov to end Feb``, ``NA``.

English words and no locale: a decimal point, months by name or dates as in ISO 8601. Units are those of
``gbcscheck.domains.unit_words``. What may mean two things is refused with both.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from gbcscheck.domains import Domain, Octets, points
from gbcscheck.notation.errors import NotationError
from gbcscheck.notation.grammars import LONGEST, methods, read
from gbcscheck.notation.plain_text import plain_text
from gbcscheck.notation.setting import EXPECTED, NOT_EXPECTED, OCTETS, QUANTITY, SWITCH, TEXT, Blank, Setting
from gbcscheck.notation.setting_builder import SettingBuilder
from gbcscheck.notation.setting_forms import usual_form
from gbcscheck.notation.setting_words import is_blank_mark, why_no_value


@lru_cache(maxsize=16384)
def read_setting(text: str, unit: str | None = None, expected: str = "") -> Setting | Blank:
    """Read a text of a table of settings.

    ``unit`` is that of the column or row, for numbers without a unit of their own; ``expected`` what the row is known
    to hold, one of ``EXPECTED``. Raises NotationError where the text is outside of the vocabulary or may mean two
    things, its unit measures something else than ``unit``, or it is of another kind than is expected; KeyError for a
    ``unit`` that ``gbcscheck.domains.units`` does not know.

    >>> str(read_setting("30 min (1800 s)").domain)
    '1800 s'
    """
    plain = plain_text(text)
    if len(plain) > LONGEST:
        raise NotationError(f"{len(plain)} characters are too many for a setting", plain, end=LONGEST)
    if is_blank_mark(plain):
        return Blank(text.strip())
    if expected == "days" and plain.casefold() == "all":
        plain = "every day"
    why = why_no_value(plain)
    if why:
        raise NotationError(why, plain, end=len(plain))
    if expected != "time" and _NUMBER.fullmatch(plain):  # the commonest cell, without the grammar
        setting = Setting(QUANTITY, points([Decimal(plain)], unit))
    else:
        setting = _with_its_equal(usual_form(plain, expected), unit, expected)
    _hold_expected(setting, plain, expected)
    return setting


_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?", re.ASCII)
_FOOTNOTE = re.compile(r"[0-9]{1,2}", re.ASCII)
_EQUALS = re.compile(r"(.+?)\s*(?:\(\s*(?:=|i\.e\.,?)?\s*([^()]+?)\s*\)|=\s*([^=]+))", re.DOTALL)


def _with_its_equal(written: str, unit: str | None, expected: str) -> Setting:
    """A value that may be written twice: ``30 min (1800 s)``. Refused where the two are not the same."""
    both = _EQUALS.fullmatch(written)
    if both is None or written.lower().startswith(("<", ">", "=")):
        return _read(written, unit)
    first, again = both[1], both[2] or both[3]
    value = _read(first, unit)
    place = written.rindex(again)
    try:
        second = _read(usual_form(again, expected), unit)
    except NotationError:
        problem = "beside the value stands what is no second way to write it"
        raise NotationError(problem, written, start=place, end=place + len(again)) from None
    if not _is_same(value.domain, second.domain):
        raise NotationError(_unlike(value, second, first, again), written, start=place, end=place + len(again))
    return value if value.reading != OCTETS else second


def _unlike(value: Setting, second: Setting, first: str, again: str) -> str:
    """Why what stands beside a value is no second way to write it."""
    kinds = {value.reading, second.reading}
    if QUANTITY in kinds and kinds & {TEXT, SWITCH}:
        return f"{first} and {again}: a number and a word for it, where one of the two was expected"
    if _FOOTNOTE.fullmatch(again) and getattr(value.domain, "unit", None):
        return f"{again} behind {first} may be the mark of a footnote, or a second value"
    return f"{first} is not {again}"


def _is_same(one: Domain, other: Domain) -> bool:
    """Whether two sets are the same, a single value of octets the same number as another."""
    if one == other:
        return True
    values = [domain.members(1) for domain in (one, other)]
    numbers = [
        int.from_bytes(found[0]) if isinstance(found[0], bytes) else found[0] for found in values if found is not None
    ]
    return len(numbers) == 2 and numbers[0] == numbers[1] and any(isinstance(domain, Octets) for domain in (one, other))


def _read(written: str, unit: str | None) -> Setting:
    setting: Setting = read("table_value", written, methods(SettingBuilder(unit)), _WORDS)
    return setting


def _hold_expected(setting: Setting, text: str, expected: str) -> None:
    if setting.reading in NOT_EXPECTED.get(expected, ()):
        raise NotationError(f"{_a(setting.reading)} and not {EXPECTED[expected]}", text, end=len(text))


def _a(reading: str) -> str:
    return reading if reading.endswith("days") else f"a {reading}"


_WORDS = {
    "NUMBER": "a number",
    "UNIT": "a unit",
    "DAY": "a day of the week",
    "EVERY_DAY": "'daily'",
    "WORKING_DAYS": "'weekdays'",
    "WEEKEND": "'weekends'",
    "CLOCK": "a time as 16:00",
    "NAMED_TIME": "'midnight' or 'noon'",
    "ISO_DATE": "a date as 2021-11-01",
    "ISO_DATE_TIME": "a date and time as 2021-11-01T00:00:00Z",
    "ORDINAL": "a day of the month",
    "MONTH": "a month",
    "END_OF": "'end' and a month",
    "FIRST_OF": "'start' and a month",
    "ON": "'yes', 'on' or 'true'",
    "OFF": "'no', 'off' or 'false'",
    "AT_LEAST": "'at least'",
    "AT_MOST": "'at most'",
    "ABOVE": "'above'",
    "BELOW": "'below'",
    "OR_MORE": "'or more'",
    "OR_LESS": "'or less'",
    "_PLUS_MINUS": "'±'",
    "TOLERANCES": "a tolerance as +10 %/-6 %",
    "CURRENCY": "'£'",
    "WORD": "a word of the schemas",
    "M_TO_F": "'M-F'",
    "OCTETS": "octets as 0x000001FFFF",
    "HEX": "a hexadecimal number",
    "BINARY": "bits as 0b1111111",
    "QUOTED": "a text in quotes",
    "_FROM": "'from'",
    "_BETWEEN": "'between'",
    "_TO": "'to'",
    "_OR": "'or'",
    "_AND": "'and'",
    "_EXCEPT": "'except'",
}
