"""Dates and times as people write them, as sets of COSEM values (Blue Book 4.1.6.1)."""

from __future__ import annotations

import datetime

from gbcscheck.domains import Domain, cosem_date, cosem_date_time, cosem_time, points
from gbcscheck.domains.cosem import UNSPECIFIED, UNSPECIFIED_DEVIATION, UNSPECIFIED_YEAR
from gbcscheck.notation.grammars import Refusal


def time_of_day(hour: int, minute: int = 0, second: int = 0, hundredths: int | None = None) -> Domain:
    """A time of day; hundredths of a second that are not given may be 0 or not specified."""
    parts = [0, UNSPECIFIED] if hundredths is None else [hundredths]
    return cosem_time(hour=points([hour]), minute=points([minute]), second=points([second]), hundredths=points(parts))


def clock(written: str) -> Domain:
    """A time of day as ``16:00``, ``16:00:30`` or ``16:00:30.25``. Raises Refusal for a field that is too large."""
    whole, _, decimals = written.partition(".")
    hour, minute, second = (int(field) for field in (whole + ":00").split(":")[:3])
    for number, name, highest in ((hour, "hour", 23), (minute, "minute", 59), (second, "second", 59)):
        if number > highest:
            raise Refusal(written, f"the {name} of a time of day is at most {highest}, not {number}")
    return time_of_day(hour, minute, second, int(decimals[:2].ljust(2, "0")) if decimals else None)


def calendar_date(token: str, year: int | None, month: int, day: int) -> Domain:
    """A date that the calendar has; without a year, one that some year has. Raises Refusal for any other."""
    try:
        datetime.date(2000 if year is None else year, month, day)
    except ValueError:
        raise Refusal(token, "the calendar has no such day") from None
    return date_of(year, month, day)


def date_of(year: int | None, month: int, day: int) -> Domain:
    """A date; without a year, that of every year. The day of the week may be given or not."""
    return cosem_date(
        year=points([UNSPECIFIED_YEAR if year is None else year]), month=points([month]), day=points([day])
    )


def date_and_time(moment: datetime.datetime, utc: bool = False) -> Domain:
    """A date and time; its deviation is 0 or not specified where the text says UTC, else anything."""
    hundredths = [moment.microsecond // 10_000] if moment.microsecond else [0, UNSPECIFIED]
    deviation = {"deviation": points([0, UNSPECIFIED_DEVIATION])} if utc else {}
    return cosem_date_time(
        year=points([moment.year]),
        month=points([moment.month]),
        day=points([moment.day]),
        hour=points([moment.hour]),
        minute=points([moment.minute]),
        second=points([moment.second]),
        hundredths=points(hundredths),
        **deviation,
    )
