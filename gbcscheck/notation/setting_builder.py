"""What each rule of ``table_value.lark`` stands for: days of the week, times, dates, switches, octets, texts."""

from __future__ import annotations

import datetime

from gbcscheck.domains import (
    Domain,
    bits_of,
    bits_set,
    boolean,
    booleans,
    integers,
    octets_set,
    points,
    record,
    text_set,
)
from gbcscheck.domains.cosem import LAST_DAY
from gbcscheck.notation.calendar import calendar_date, clock, date_and_time, date_of, time_of_day
from gbcscheck.notation.grammars import Refusal, whole_number
from gbcscheck.notation.quantity_builder import QuantityBuilder
from gbcscheck.notation.setting import (
    BITS,
    DATE,
    DATE_TIME,
    OCTETS,
    PERIOD,
    QUANTITY,
    RANGE,
    SEASON,
    SWITCH,
    TEXT,
    TIME_OF_DAY,
    WEEK_DAYS,
    Setting,
)
from gbcscheck.notation.setting_forms import MONTHS
from gbcscheck.notation.setting_words import WORDS

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Days of the week in the order of their bits: bit 0, written first, is Monday (GBCS, exec_weekdays)."""

_NAMED_TIMES = {"midnight": 0, "noon": 12}
_SPELLING = {word.lower(): word for word in WORDS}


class SettingBuilder(QuantityBuilder):
    """What each rule of the grammar stands for, in a column of one unit."""

    def start(self, setting: Setting) -> Setting:
        return setting

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
        if written.split(".")[0] in ("24:00", "24:00:00"):
            raise Refusal(
                written, "the day ends before 24:00 (the hour is at most 23): 00:00 is the midnight at which it begins"
            )
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

    def first_of_month(self, _start: str, month: str) -> Domain:
        return date_of(None, _month(month), 1)

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

    def words(self, *words: str) -> Setting:
        return Setting(TEXT, text_set(_SPELLING[word.lower()] for word in words))


def _day(word: str) -> int:
    return next(place for place, day in enumerate(DAYS) if day.startswith(word.lower()[:3].rstrip(".")))


def _month(word: str) -> int:
    return MONTHS.index(word.lower()[:3]) + 1


def _week(days: set[int]) -> str:
    return "".join("1" if day in days else "0" for day in range(7))
