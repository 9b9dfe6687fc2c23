"""What people write in tables of settings: ``253 V``, ``Mon-Fri``, ``16:00-20:00``, ``1 Nov to end Feb``, ``NA``.

English words and no locale: a decimal point, no grouping of digits, months by name or dates as in ISO 8601. Units are
those of ``gbcscheck.domains.units``.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import lru_cache

from gbcscheck.domains import (
    Domain,
    bits_of,
    bits_set,
    boolean,
    booleans,
    integers,
    numbers,
    octets_set,
    points,
    record,
    text_set,
)
from gbcscheck.domains.cosem import LAST_DAY
from gbcscheck.domains.units import base_unit, is_unit
from gbcscheck.frozen import frozen
from gbcscheck.notation.calendar import calendar_date, clock, date_and_time, date_of, time_of_day
from gbcscheck.notation.grammars import Refusal, methods, read, whole_number

QUANTITY = "quantity"
RANGE = "range"
CHOICE = "choice"
WEEK_DAYS = "week days"
TIME_OF_DAY = "time of day"
PERIOD = "period of the day"
DATE = "date"
SEASON = "period of the year"
DATE_TIME = "date and time"
SWITCH = "switch"
OCTETS = "octets"
BITS = "bits"
TEXT = "text"

BLANKS = ("", "NA", "N/A", "n/a", "na", "-", "--", "–", "—")
"""What a cell without a value holds. Which of them a table uses is worth knowing: two null markers are one too many."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Days of the week in the order of their bits: bit 0, written first, is Monday (GBCS, exec_weekdays)."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@frozen
class Blank:
    """A cell that holds no value, and the marker that says so (empty text for an empty cell)."""

    marker: str


@frozen
class Setting:
    """A value or a set of values. A period's domain is a record of ``start`` and ``end``."""

    reading: str
    domain: Domain


@lru_cache(maxsize=16384)
def read_setting(text: str, unit: str | None = None) -> Setting | Blank:
    """Read a text of a table of settings.

    ``unit`` is that of the column or row, for numbers without a unit of their own. Raises NotationError where the text
    is outside of the vocabulary, or its unit measures something else than ``unit``; KeyError for a ``unit`` that
    ``gbcscheck.domains.units`` does not know.
    """
    if text.strip() in BLANKS:
        return Blank(text.strip())
    setting: Setting = read("table_value", text.strip(), methods(_Reader(unit)), _WORDS)
    return setting


def read_cell(value: object, unit: str | None = None) -> Setting | Blank:
    """Read a cell of a workbook as it is typed: a number, a switch, a date or time, or a text as ``read_setting`` does.

    A date-time at midnight is a date: workbooks do not tell the two apart. Raises NotationError, and TypeError for any
    other type of value.
    """
    if value is None:
        return Blank("")
    if isinstance(value, str):
        return read_setting(value, unit)
    if isinstance(value, bool):
        return Setting(SWITCH, boolean(value))
    if isinstance(value, int | float):
        return Setting(QUANTITY, points([Decimal(repr(value))], unit))
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return Setting(DATE_TIME, date_and_time(value))
    if isinstance(value, datetime.date):
        return Setting(DATE, date_of(value.year, value.month, value.day))
    if isinstance(value, datetime.time):
        return Setting(
            TIME_OF_DAY, time_of_day(value.hour, value.minute, value.second, value.microsecond // 10_000 or None)
        )
    if isinstance(value, datetime.timedelta):
        return Setting(QUANTITY, points([Decimal(value // datetime.timedelta(milliseconds=1)) / 1000], "s"))
    raise TypeError(f"no cell of a workbook holds a {type(value).__name__}")


class _Reader:
    """What each rule of the grammar stands for, in a column of one unit."""

    def __init__(self, unit: str | None) -> None:
        self._unit = unit

    def start(self, setting: Setting) -> Setting:
        return setting

    # quantities

    def quantity(self, number: str, unit: str | None = None) -> Quantity:
        if unit is None:
            return Quantity(number, Decimal(number), None)
        if not is_unit(unit):
            raise Refusal(unit, f"'{unit}' is no unit")
        if self._unit is not None and base_unit(unit)[0] != base_unit(self._unit)[0]:
            raise Refusal(unit, f"'{unit}' is no unit of the same kind as {self._unit}")
        return Quantity(number, Decimal(number), str(unit))

    def some_quantities(self, *quantities: Quantity) -> Setting:
        unit = self._common_unit(*quantities)
        reading = QUANTITY if len(quantities) == 1 else CHOICE
        return Setting(reading, points([q.number for q in quantities], unit))

    def span(self, low: Quantity, high: Quantity) -> Setting:
        unit = self._common_unit(low, high)
        if low.number > high.number:
            raise Refusal(high.written, f"a range from {low.written} cannot end at {high.written}")
        return Setting(RANGE, numbers(low.number, high.number, unit=unit, step=_resolution(low, high)))

    def bound(self, side: str, end: Quantity) -> Setting:
        unit, step = self._common_unit(end), _resolution(end)
        is_open = side.lower() in _STRICT
        if side.lower() in _LOWER:
            return Setting(RANGE, numbers(end.number, None, low_open=is_open, unit=unit, step=step))
        return Setting(RANGE, numbers(None, end.number, high_open=is_open, unit=unit, step=step))

    def _common_unit(self, *quantities: Quantity) -> str | None:
        """The unit of quantities of which the last names it for those before; else that of the column."""
        units = {quantity.unit for quantity in quantities if quantity.unit is not None}
        if len(units) > 1:
            raise Refusal(quantities[-1].written, "one value or range, one unit")
        return units.pop() if units else self._unit

    # days of the week

    def one_day(self, day: str) -> str:
        return _week({_day(day)})

    def days_between(self, first: str, last: str) -> str:
        start, end = _day(first), _day(last)
        return _week({(start + count) % 7 for count in range((end - start) % 7 + 1)})

    def every_day(self, _words: str) -> str:
        return _week(set(range(7)))

    def working_days(self, _words: str) -> str:
        return _week(set(range(5)))

    def weekend(self, _words: str) -> str:
        return _week({5, 6})

    def some_days(self, *weeks: str) -> Setting:
        return Setting(WEEK_DAYS, bits_of("".join(max(days) for days in zip(*weeks, strict=True))))

    def days_except(self, days: str, *others: str) -> Setting:
        remaining = [day if "1" not in out else "0" for day, *out in zip(days, *others, strict=True)]
        return Setting(WEEK_DAYS, bits_of("".join(remaining)))

    # times of day and dates

    def time(self, written: str) -> Domain:
        if written.lower() in _NAMED_TIMES:
            return time_of_day(_NAMED_TIMES[written.lower()])
        return clock(written)

    def one_time(self, time: Domain) -> Setting:
        return Setting(TIME_OF_DAY, time)

    def period(self, start: Domain, end: Domain) -> Setting:
        return Setting(PERIOD, record({"start": start, "end": end}))

    def iso_date(self, written: str) -> Domain:
        year, month, day = (int(field) for field in written.split("-"))
        return calendar_date(written, year, month, day)

    def day_of_month(self, day: str, month: str, year: str | None = None) -> Domain:
        number = day.lower().rstrip("stndrh")
        if not number.isdigit() or (year is not None and not (year.isdigit() and len(year) == 4)):
            raise Refusal(day, "expected a date as 1 November or 1 November 2021")
        return calendar_date(day, int(year) if year is not None else None, _month(month), int(number))

    def end_of_month(self, _end: str, month: str) -> Domain:
        return date_of(None, _month(month), LAST_DAY)

    def one_date(self, date: Domain) -> Setting:
        return Setting(DATE, date)

    def season(self, start: Domain, end: Domain) -> Setting:
        return Setting(SEASON, record({"start": start, "end": end}))

    def date_time(self, written: str) -> Setting:
        try:
            moment = datetime.datetime.fromisoformat(written.removesuffix("Z"))
        except ValueError:
            raise Refusal(written, "there is no such date and time") from None
        return Setting(DATE_TIME, date_and_time(moment, written.endswith("Z")))

    # switches, bits, octets, texts

    def on(self, _word: str) -> bool:
        return True

    def off(self, _word: str) -> bool:
        return False

    def switches(self, *values: bool) -> Setting:
        return Setting(SWITCH, booleans() if len(values) > 1 else boolean(values[0]))

    def some_octets(self, *literals: str) -> Setting:
        return Setting(OCTETS, octets_set(bytes.fromhex(literal[2:]) for literal in literals))

    def octet_span(self, low: str, high: str) -> Setting:
        bounds = [int(end[2:].replace(" ", "") or "0", 16) for end in (low, high)]
        if bounds[0] > bounds[1]:
            raise Refusal(high, f"a range from {low} cannot end at {high}")
        return Setting(RANGE, integers(*bounds))

    def odd_digits(self, literal: str) -> Setting:
        return Setting(QUANTITY, points([whole_number(literal)], self._unit))

    def bits(self, *literals: str) -> Setting:
        return Setting(BITS, bits_set(literal[2:] for literal in literals))

    def texts(self, *quoted: str) -> Setting:
        return Setting(TEXT, text_set(text[1:-1] for text in quoted))


@frozen
class Quantity:
    """A number as written, and its unit where one is written after it."""

    written: str
    number: Decimal
    unit: str | None


def _resolution(*bounds: Quantity) -> Decimal:
    """The step of a range: 1, or the last decimal place that its ends are written to."""
    exponents = [end.number.as_tuple().exponent for end in bounds]
    return Decimal(1).scaleb(min(0, *(e for e in exponents if isinstance(e, int))))


def _day(word: str) -> int:
    return DAYS.index(word.lower()[:3])


def _month(word: str) -> int:
    return MONTHS.index(word.lower()[:3]) + 1


def _week(days: set[int]) -> str:
    return "".join("1" if day in days else "0" for day in range(7))


_STRICT = ("above", "more than", ">", "below", "less than", "<")
_LOWER = ("at least", "minimum", ">=", "≥", "above", "more than", ">")
_NAMED_TIMES = {"midnight": 0, "noon": 12}

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
    "ON": "'yes', 'on' or 'true'",
    "OFF": "'no', 'off' or 'false'",
    "AT_LEAST": "'at least'",
    "AT_MOST": "'at most'",
    "ABOVE": "'above'",
    "BELOW": "'below'",
    "OCTETS": "octets as 0x000001FFFF",
    "HEX": "a hexadecimal number",
    "BINARY": "bits as 0b1111111",
    "QUOTED": "a text in quotes",
    "_TO": "'to'",
    "_OR": "'or'",
    "_AND": "'and'",
    "_EXCEPT": "'except'",
}
